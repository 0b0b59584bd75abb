"""``planner diagnose``: what is wrong with a linear program of anybody's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli import options
from planner.cli.exits import EndError, Exit
from planner.cli.output import print_json, talk, tell, working

if TYPE_CHECKING:
    from planner.feasibility.diagnose import Diagnosis


@click.command("diagnose")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--time-limit", "seconds", type=click.FloatRange(min=0, min_open=True), default=60.0, show_default=True, metavar="SECONDS",
    help="Time to spend, roughly; what is cut short says so.",
)  # fmt: skip
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write the program and the proofs as text for `planner verify`.",
)
@click.option("--overwrite", is_flag=True, help="Replace the folder of an earlier run.")
@options.form
def command(file: Path, seconds: float, out: Path | None, overwrite: bool, form: str) -> None:
    """Say whether the linear program in FILE (.mps or .lp) can be satisfied, how far off it is, why, and what would cure it.

    Infeasible is said only with a proof in exact arithmetic, feasible only with a point that satisfies every row; where
    tolerances decide, it says undecided.

    \b
    Examples:
      planner diagnose model.mps
      planner diagnose model.lp --out outputs/diagnosis --format json
    """
    from planner.feasibility.diagnose import diagnose
    from planner.report.write import ensure_free, plain, write_run
    from planner.solver.reading import ModelError, read

    if out is not None:
        ensure_free(out, overwrite=overwrite)
    with working("Reading the model") as say:
        try:
            program = read(file)
        except ModelError as error:
            raise EndError(Exit.INPUT, str(error)) from error
        say("Looking for a point, a conflict and a cure")
        found = diagnose(program, seconds=seconds)
    document = _document(file, found)
    if out is not None:
        made = {"file": file.name, "times": {"solve": found.seconds}}
        documents = {"diagnosis": document, "manifest": made}
        write_run(out, {}, documents, kind="diagnosis", overwrite=overwrite, more=lambda draft: found.write(draft))
    if form == "json":
        print_json(plain(document))
    else:
        _show(file, found)
    if out is not None:
        talk(f"Wrote {out}/" + ("  (check the proof: planner verify " + str(out) + ")" if found.certificates else ""))


def _document(file: Path, found: Diagnosis) -> dict[str, Any]:
    rows, columns = found.program.shape
    conflict, cure = found.conflict, found.give_up
    return {
        "file": file.name,
        "rows": rows,
        "columns": columns,
        "verdict": found.verdict.value,
        "optimum": found.optimum,
        "distance": found.distance,
        "scaled_distance": found.scaled_distance,
        "proved_distance": found.proved_distance,
        "conflict_rows": list(conflict.rows) if conflict is not None else [],
        "conflict_bounds": list(conflict.bounds) if conflict is not None else [],
        "give_up": list(cure.rows) if cure is not None else [],
        "sentences": list(found.sentences),
    }


def _show(file: Path, found: Diagnosis) -> None:
    rows, columns = found.program.shape
    tell(f"{file.name}: {rows} rows, {columns} columns: {found.verdict.value}")
    for sentence in found.sentences:
        tell(f"  {sentence}")
