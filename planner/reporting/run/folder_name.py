"""Where a run goes when nobody says where, and names of files made from names in the data."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path

__all__ = ["file_name", "run_folder"]

_LONGEST = 40  # characters of a change in a folder's name; its digest tells longer ones apart
_MOST_BYTES = 150  # of a name: file systems allow 255, and names of drafts and charts need some of them
_ODD = re.compile(r"[^\w.+-]+")  # letters of any script stay
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # no file of Windows can be called so


def file_name(text: str) -> str:
    """A name that every file system takes, made from any text; an ordinary name stays as it is.

    Args:
        text: such as the name of a plan.

    Returns:
        The text itself, or what is left of it with six digits of its digest, so that different texts have different names.

    >>> file_name("raised_1930"), file_name("a/b: c"), file_name("nul"), len(file_name(300 * "x"))
    ('raised_1930', 'a_b_c-212e4b', 'nul-99e624', 150)
    """
    name = _ODD.sub("_", text).strip(". ")
    if name and name == text and len(name.encode()) <= _MOST_BYTES and not _RESERVED.fullmatch(name):
        return name
    digest = hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()[:6]
    if _RESERVED.fullmatch(name):
        name = name.replace(".", "_")
    room = _MOST_BYTES - len(digest) - 1
    return f"{name.encode()[:room].decode(errors='ignore')}-{digest}".lstrip("-")


def run_folder(
    economy: str,
    plan: str | None,
    scenario: str | None,
    model: str,
    *,
    corner: str = "central",
    floor: str | float | None = None,
    sets: Sequence[str] = (),
    root: str | Path = "outputs",
    prefix: str = "",
) -> Path:
    """Folder of a run: what was asked, in words; what is as usual is left out.

    Args:
        economy: its name.
        plan: whose targets; ``None`` or empty where the question has none.
        scenario: ``None`` for the base tables.
        model: name of the model file.
        corner: appended where it is not ``central``.
        floor: closure given in place of the model's; appended where there is one.
        sets: changes of the command line; appended with a digest, so that different changes never share a folder.
        root: above all runs.
        prefix: kind of run, where it is not a plain solve (``"feasibility"``).

    Returns:
        ``root/economy/plan-scenario-model`` and what was appended; names that no file system would take, such as one of
        300 letters, are cut, with a digest.

    >>> run_folder("ussr_1928", "raised_1930", None, "five_year").as_posix()
    'outputs/ussr_1928/raised_1930-base-five_year'
    >>> run_folder("two_goods", "", "open_trade", "growth", corner="optimistic", floor=0.9).as_posix()
    'outputs/two_goods/no_plan-open_trade-growth-optimistic-floor_0.9'
    >>> run_folder("two_goods", "modest", None, "growth", sets=["supply:period=1:value*=1.1"]).name
    'modest-base-growth-supply_period_1_value_1.1-7a250e'
    """
    parts = [plan or "no_plan", scenario or "base", model]
    if prefix:
        parts.insert(0, prefix)
    if corner != "central":
        parts.append(corner)
    if floor is not None:
        parts.append(f"floor_{floor}")
    if sets:
        said = re.sub(r"[^A-Za-z0-9.]+", "_", sets[0]).strip("_")[:_LONGEST].strip("_")
        digest = hashlib.sha256("\n".join(sets).encode("utf-8", errors="surrogatepass")).hexdigest()[:6]
        parts += [said, digest]
    return Path(root) / file_name(economy) / file_name("-".join(parts))
