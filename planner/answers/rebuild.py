"""Rebuild the programs of a run from the data package its manifest names, and compare them number by number."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np

from planner.analysis.feasibility.target_rows import Shares
from planner.answers.solve import pose
from planner.economy import load
from planner.economy.economy import find
from planner.files import from_text
from planner.formulation import load_question
from planner.program import LinearProgram
from planner.program.text import ProgramTextError, read_program


def differences(run: str | Path, economy: str | Path | None = None) -> list[str]:
    """What in a run does not follow from its data package; empty where everything does.

    Args:
        run: a run folder with ``manifest.json`` and the programs of its proofs.
        economy: the data package, where it is not the one the manifest names.

    Returns:
        Sentences: inputs whose fingerprint differs, and names or numbers of a program that differ from those rebuilt.

    Raises:
        DataError: the data package cannot be read.
        ValueError: the run has no manifest that names proofs, or its economy was changed in memory.
    """
    run = Path(run)
    manifest = _manifest(run)
    changed = manifest["inputs"].get("changed_in_memory")
    if changed:
        raise ValueError(
            f"{', '.join(changed)} of the economy changed in memory before this was solved, so that no data package holds "
            "what it rests on; it cannot be rebuilt. What the run itself says can be verified without --rebuild."
        )
    options = manifest["options"]
    folder = find(economy or options["economy"])
    found = _changed_inputs(folder, manifest["inputs"]["files"])
    found += _changed_models(options["model"], manifest["inputs"]["models"])
    for place, stated in manifest["proofs"].items():
        try:
            written = read_program(run / place / "program")
        except ProgramTextError as error:
            found.append(str(error))
            continue
        found += [
            f"{place}: {said}" for said in compared(written, rebuilt(folder, options, stated), _declared(run / place))
        ]
    return found


def rebuilt(folder: Path, options: dict[str, Any], stated: dict[str, Any]) -> LinearProgram:
    """The program that options and a proof's statement of itself ask for.

    Args:
        folder: the data package.
        options: of the manifest.
        stated: corner, figures, and whether targets are left out.
    """
    facts = load(folder, scenario=options["scenario"] or "base", corner=stated["corner"], sets=options["sets"])
    formulation = pose(
        facts, model=options["model"], plan=options["plan"], floor=options["floor"], figures=stated["figures"]
    )
    if not stated["without_targets"]:
        return formulation.program
    handle = Shares(formulation)
    return handle.free(formulation.program, handle.scaled)


def compared(written: LinearProgram, again: LinearProgram, declared: frozenset[str]) -> list[str]:
    """Where two programs differ: names, shape, limits, costs, coefficients.

    Args:
        written: read from text.
        again: rebuilt.
        declared: columns of which a bound was declared for a proof.
    """
    if written.row_names != again.row_names or written.column_names != again.column_names:
        return ["rows or columns have other names or another order"]
    if not written.same_pattern(again):
        return ["coefficients stand in other places"]
    names = {"row": written.row_names, "column": written.column_names}
    free = np.array([name in declared for name in written.column_names], dtype=bool)
    found = []
    for kind, side in (("row", "lower"), ("row", "upper"), ("column", "lower"), ("column", "upper")):
        one, two = getattr(written, f"{kind}_{side}"), getattr(again, f"{kind}_{side}")
        unlike = (one != two) & ~(free if kind == "column" else False)
        found += [f"{side} limit of {names[kind][i]} is {one[i]!r}, rebuilt {two[i]!r}" for i in np.flatnonzero(unlike)]
    found += [f"cost of {names['column'][j]} differs" for j in np.flatnonzero(written.cost != again.cost)]
    at = np.repeat(np.arange(written.shape[0]), np.diff(written.matrix.indptr))
    for place in np.flatnonzero(written.matrix.data != again.matrix.data):
        row, column = names["row"][at[place]], names["column"][written.matrix.indices[place]]
        found.append(
            f"coefficient of {column} in {row} is {written.matrix.data[place]!r}, rebuilt {again.matrix.data[place]!r}"
        )
    return found


def _manifest(run: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
        if not isinstance(manifest["proofs"], dict):
            raise KeyError("proofs")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f"{run}: no manifest that names proofs ({error}); is this the folder of a feasibility run?"
        ) from error
    return dict(manifest)


def _changed_inputs(folder: Path, files: dict[str, str]) -> list[str]:
    found = []
    for name, digest in files.items():
        path = folder / name
        if not path.is_file():
            found.append(f"input {name} is gone from the data package")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            found.append(f"input {name} has changed since the run: its sha256 differs")
    return found


def _changed_models(model: str, files: dict[str, str]) -> list[str]:
    now = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in load_question(model).files}
    return [f"model file {name} has changed since the run" for name, digest in files.items() if now.get(name) != digest]


def _declared(place: Path) -> frozenset[str]:
    """Columns whose bounds the text marks as declared for a proof."""
    with (place / "program" / "columns.csv").open(encoding="utf-8", newline="") as file:
        return frozenset(from_text(line["column"]) for line in csv.DictReader(file) if line["declared"])
