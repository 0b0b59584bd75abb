"""Make a run anew from the data package, the model and the options that its manifest names, and compare every file.

Nothing in the folder is taken on trust. Made with the same versions of everything, a run has the same bytes, but for the
times of its manifest. Made with others, the programs of its proofs still have (they come of additions, subtractions,
multiplications and divisions of decimals in a fixed order); what a solver found is compared to nine digits, its prices are
not compared, since there may be several (that they prove what they are said to has been added up before). Charts and page are
drawn again from the run's own tables; where another library drew them, their words are compared.
"""

from __future__ import annotations

import csv
import json
import math
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from planner.answers.base.answer import Answer
from planner.answers.chain.join import JoinAnswer, join
from planner.answers.execution.execute import execute
from planner.answers.feasibility import assess
from planner.answers.ladder import ladder
from planner.answers.money import money
from planner.answers.projects import projects
from planner.answers.solve import solve
from planner.economy.economy import find
from planner.files import as_text
from planner.language.counting import counted, listed, verb
from planner.proof.verify import HEAD
from planner.reporting.charts.registry import FOLDER, drawn_files
from planner.reporting.page.page import PAGE, page, write_page
from planner.reporting.page.short import SHORT, short_page
from planner.reporting.run.files import MANIFEST
from planner.reporting.run.manifest import DRAWING
from planner.reporting.run.read import read_run

__all__ = ["MADE_ANEW", "compared", "differences", "made_from", "remade"]


def _join(first: str | Path, *, economies: Sequence[str], **asked: Any) -> JoinAnswer:
    """The economies in a row, the first of which may lie elsewhere; none of them can have been changed."""
    del asked["changes"]
    return join(first, *economies[1:], **asked)


_VERBS: Mapping[str, tuple[Callable[..., Answer], tuple[str, ...]]] = {  # and the options that not every question has
    "feasibility": (assess, ("against", "years")),
    "ladder": (ladder, ()),
    "projects": (projects, ("corner", "gap", "nodes", "count")),
    "solve": (solve, ("corner",)),
    "execute": (
        execute,
        ("corner", "tautness", "allocation", "sites", "targets", "rule", "every", "draws", "seed"),
    ),
    "money": (money, ("corner", "level", "account")),
    "join": (_join, ("corner", "economies", "draws", "seed")),
}
_ARGUMENTS = {"rule": "rules", "level": "levels"}  # of options that may be given again
_SAID = ("against",)  # options of which nothing is an answer too
MADE_ANEW = tuple(
    kind for kind in _VERBS if kind != "ladder"
)  # kinds that are commands; a ladder is one of feasibility
_DIGITS = 1e-9  # relative difference of what a solver found with other versions
_EXACT = ("program/", "variants.csv", "statement.csv", "verify.py", "data.csv")  # no solver has a part in these
_OF_THE_MOMENT = ("times", "files", "seal", "versions")
_MOST = 3  # cells of a file that are told one by one
_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][-+]?\d+)?")


def differences(run: str | Path, economy: str | Path | None = None) -> list[str]:
    """What in a run does not follow from its data package; empty where everything does.

    Args:
        run: the folder of a run of a command that can be made anew: its kind is one of ``MADE_ANEW``.
        economy: the data package, where it is not the one the manifest names.

    Returns:
        Sentences: files, cells and keys that are otherwise when the run is made anew.

    Raises:
        DataError: the data package cannot be read, or the question cannot be asked of it.
        ValueError: the run is none that can be made anew, or its economy was changed in memory.
    """
    with tempfile.TemporaryDirectory() as place:
        return compared(Path(run), remade(Path(run), Path(place), economy))


def remade(run: Path, place: Path, economy: str | Path | None = None) -> Path:
    """A run made anew.

    Args:
        run: its folder.
        place: an empty folder, in which the new one is put under the same name.
        economy: the data package, where it is not the one the manifest names.

    Raises:
        DataError: the data package cannot be read, or the question cannot be asked of it.
        ValueError: the run is none that can be made anew, or its economy was changed in memory.
    """
    return _again(_manifest(run), economy, place / run.resolve().name)


def _manifest(run: Path) -> dict[str, Any]:
    try:
        manifest = dict(json.loads((run / MANIFEST).read_text(encoding="utf-8")))
        kind, changed = manifest["kind"], manifest["inputs"]["changed_in_memory"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(f"{run}: no manifest of a run that can be made anew ({error})") from error
    if kind not in _VERBS:
        raise ValueError(
            f"{run} is a run of the kind {kind!r}; those of {listed([f'`planner {one}`' for one in MADE_ANEW])} are made anew "
            "and compared."
        )
    by = str((manifest.get("solve") or {}).get("solver", "")) if kind == "solve" else "HiGHS"
    if not by.startswith("HiGHS") or "first-order" in by:
        raise ValueError(f"{run} was solved by {by}; runs of the exact method of HiGHS are made anew and compared.")
    if changed:
        raise ValueError(
            f"{', '.join(changed)} of the economy changed in memory before this was solved, so that no data package holds "
            "what it rests on; it cannot be rebuilt. What the run itself says can be verified without --rebuild."
        )
    return manifest


def _again(manifest: Mapping[str, Any], economy: str | Path | None, folder: Path) -> Path:
    """The run made anew."""
    options = manifest["options"]
    try:
        asked = {key: options[key] for key in ("model", "plan", "scenario", "floor")} | {"changes": options["sets"]}
        ask, own = _VERBS[manifest["kind"]]
        asked |= {_ARGUMENTS.get(key, key): options[key] for key in own if key in _SAID or options[key] is not None}
        asked |= {key: options[key] for key in ("opening", "source") if options.get(key)}
        if manifest["kind"] != "ladder":  # whose options are as they were given
            asked["scenario"] = options["scenario"] or "base"
        found = ask(economy or options["economy"], **asked)
    except (KeyError, TypeError) as error:
        raise ValueError(f"the options of the manifest are none of such a run ({error!r})") from error
    found.write(folder)
    if PAGE in manifest.get("files", ()):  # it may have been written afterwards
        write_page(folder)
    if SHORT in manifest.get("files", ()):
        write_page(folder, short=True)
    return folder


def compared(run: Path, again: Path) -> list[str]:
    """What in a run is otherwise than in the same run made anew, in sentences."""
    return list(_differences(run, again, _manifest(run)))


def made_from(run: Path, economy: str | Path | None = None) -> list[str]:
    """What a run was made anew from, and what could not be compared, in sentences.

    Args:
        run: its folder.
        economy: the data package, where it is not the one the manifest names.
    """
    manifest = _manifest(run)
    found = [f"Made anew from the data package {find(economy or manifest['options']['economy']).as_posix()}."]
    told = manifest.get("versions") or {}
    if others := [name for name in DRAWING if told.get(name) != version(name)]:
        found.append(f"Pictures drawn by another {' and '.join(others)} were not compared, but for the words in them.")
    return found


def _differences(run: Path, again: Path, manifest: Mapping[str, Any]) -> Iterator[str]:
    fresh = json.loads((again / MANIFEST).read_text(encoding="utf-8"))
    told, here = manifest.get("versions") or {}, fresh["versions"]
    same = all(told.get(name) == here[name] for name in here if name not in DRAWING)
    drawn = all(told.get(name) == here[name] for name in DRAWING)
    own, charts = read_run(run), dict[str, bytes]()
    for key in dict.fromkeys([*manifest, *fresh]):
        if key not in _OF_THE_MOMENT and not (key == "solve" and not same) and manifest.get(key) != fresh.get(key):
            yield f"{MANIFEST}: {key} is {_short(manifest.get(key))}, made anew {_short(fresh.get(key))}"
    listed, made = set(manifest.get("files", ())), set(fresh["files"])
    yield from (f"{name}: is missing in the run" for name in sorted(made - listed))
    yield from (f"{name}: does not come of this question" for name in sorted(listed - made))
    for name in sorted(listed & made):
        one, two = (run / name).read_bytes(), (again / name).read_bytes()
        if one == two:
            continue
        exact = same or name.startswith(_EXACT)
        if name.endswith(".csv"):
            found = list(_cells(name, one.decode(errors="replace"), two.decode(), exact=exact))
            more = len(found) - _MOST
            yield from found[:_MOST]
            yield from [f"{name}: {counted(more, 'more cell')} {verb(more, 'differs', 'differ')}"] if more > 0 else ()
        elif name.endswith(".json"):
            if exact or not _alike(json.loads(one), json.loads(two)):
                yield f"{name}: differs from what is made anew"
        # what the run's own tables give, which have been compared
        elif name in (SHORT, PAGE) or name.startswith(f"{FOLDER}/"):
            if name == SHORT:
                two = short_page(own).encode()
            else:
                charts = charts or drawn_files(own)
                two = page(own, charts).encode() if name == PAGE else charts.get(name, b"")
            if one != two and (drawn or not name.endswith(".png")) and (drawn or _words(one) != _words(two)):
                yield f"{name}: does not show what the tables of the run say"
        else:
            yield f"{name}: differs from what is made anew"


def _words(drawing: bytes) -> bytes:
    """A page or a chart without what is drawn, but for the words in it, and without the mark over all of it."""
    marked = re.sub(rb"<meta name=\"generator\"[^>]*>", b"", drawing)
    return re.sub(
        rb"<svg.*?</svg>", lambda chart: b" ".join(re.findall(rb">([^<]+)<", chart[0])), marked, flags=re.DOTALL
    )


def _cells(name: str, one: str, two: str, *, exact: bool) -> Iterator[str]:
    """Cells of a table that differ."""
    rows = [list(csv.reader(text.splitlines(keepends=True))) for text in (one, two)]
    if name == "certificate.csv" and not exact:
        keep = [HEAD.index(cell) for cell in ("claim", "name", "side", "limit", "unit", "program")]
        rows = [[[row[i] for i in keep] for row in table if row[1:2] == ["claim"]] for table in rows]
    if len(rows[0]) != len(rows[1]):
        yield f"{name}: has {counted(len(rows[0]), 'line')}, made anew {len(rows[1])}"
        return
    head = rows[1][0] if rows[1] else []
    found = False
    for at, (mine, fresh) in enumerate(zip(*rows, strict=True), 1):
        if len(mine) != len(fresh):
            yield f"{name}, line {at}: has {counted(len(mine), 'cell')}, made anew {len(fresh)}"
        for i, (cell, other) in enumerate(zip(mine, fresh, strict=False)):
            if cell != other and (exact or not _alike(cell, other)):
                found = True
                column = head[i] if i < len(head) else i + 1
                yield f"{name}, line {at}, {column}: is {_short(cell)}, made anew {_short(other)}"
    if exact and not found:
        yield f"{name}: its bytes differ from what is made anew"


def _alike(one: Any, two: Any) -> bool:
    """Whether two values of other versions say the same: numbers to nine digits, those within text too."""
    if isinstance(one, Mapping) and isinstance(two, Mapping):
        return one.keys() == two.keys() and all(_alike(one[key], two[key]) for key in one)
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(_alike, one, two))
    if isinstance(one, str) and isinstance(two, str):
        a, b = _NUMBER.fullmatch(one), _NUMBER.fullmatch(two)
        return math.isclose(float(one), float(two), rel_tol=_DIGITS, abs_tol=1e-12) if a and b else one == two
    if isinstance(one, int | float) and isinstance(two, int | float):
        return math.isclose(one, two, rel_tol=_DIGITS, abs_tol=1e-12)
    return bool(one == two)


def _short(value: Any) -> str:
    text = as_text(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
