"""How a run was made, as the foot of its page tells it; times are left out, for they differ from run to run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.language.counting import counted
from planner.reporting.page.kinds import command_of, values_of
from planner.reporting.run.read import Run

__all__ = ["Made", "made"]


@dataclass(frozen=True)
class Made:
    """How a run was made.

    Args:
        facts: label and text.
        files: every file read, with its SHA-256.
        command: what makes it again, where it is known.
    """

    facts: tuple[tuple[str, str], ...]
    files: tuple[tuple[str, str], ...]
    command: str


def made(run: Run) -> Made:
    """What the manifest says."""
    manifest = run.manifest
    inputs = manifest.get("inputs") or {}
    files = [*(inputs.get("files") or {}).items(), *(inputs.get("models") or {}).items()]
    return Made(tuple(_facts(manifest)), tuple((str(name), str(digest)) for name, digest in files), command_of(run))


def _facts(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    program, size, solve = (manifest.get(key) or {} for key in ("program", "size", "solve"))
    facts = [("program", f"{program.get('name', 'planner')} {program.get('version', '')}".strip())]
    for key, value in (manifest.get("options") or {}).items():
        if value not in (None, [], {}, ""):
            facts.append((key.replace("_", " "), "; ".join(values_of(value))))
    if size:
        kinds = {"rows": "row", "columns": "column", "nonzeros": "coefficient"}
        facts.append(("size", ", ".join(counted(size.get(key) or 0, name) for key, name in kinds.items())))
    if solve:
        facts.append(("solver", f"{solve.get('solver')}: {solve.get('status')}"))
        worst = (solve.get("residuals") or {}).get("relative")
        if worst is not None:
            facts.append(("greatest violation of a row, relative", f"{worst:.1e}"))
    versions = manifest.get("versions") or {}
    facts.append(("versions", ", ".join(f"{name} {version}" for name, version in versions.items())))
    return [(label, text) for label, text in facts if text]
