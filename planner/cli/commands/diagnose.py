"""``planner diagnose``: what is wrong with a linear program of anybody's."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli import options
from planner.cli.exit_codes import Exit
from planner.cli.output import print_json, talk, tell, told, working

if TYPE_CHECKING:
    from planner.diagnosis.diagnose import Diagnosis, Verdict

_SHOWN = 24  # limits of a conflict that are printed


def _weights(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, float | None]:
    """Weights by name or pattern; ``hold`` for a row that stays."""
    found: dict[str, float | None] = {}
    for value in values:
        name, equals, text = value.rpartition("=")
        try:
            weight = None if text == "hold" else float(text)
        except ValueError:
            weight = -1.0
        if not equals or not name or (weight is not None and not 0 < weight < 1e9):
            raise click.BadParameter(f'"{value}" is not NAME=WEIGHT, a number above 0, or NAME=hold.')
        found[name] = weight
    return found


@click.command("diagnose")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--effort",
    type=options.number("effort"),
    default=1.0,
    show_default=True,
    metavar="NUMBER",
    help="Work to spend, as a multiple of the usual; counted in steps, so that the answer is the same on any machine.",
)
@click.option(
    "--time-limit",
    "seconds",
    type=options.number("seconds"),
    metavar="SECONDS",
    help="Stop after a time as well; what is cut short says so. No clock is looked at by default.",
)
@click.option(
    "--weight",
    "weights",
    multiple=True,
    callback=_weights,
    metavar="ROW=NUMBER",
    help="What moving a limit of a row costs (name or pattern; default 1), or ROW=hold for one that stays.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write proofs for `planner verify`, conflict.lp and relaxed.lp.",
)
@click.option("--overwrite", is_flag=True, help="Replace the folder of an earlier run.")
@options.form
@click.pass_context
def command(
    ctx: click.Context,
    file: Path,
    effort: float,
    seconds: float | None,
    weights: dict[str, float | None],
    out: Path | None,
    overwrite: bool,
    form: str,
) -> None:
    """Say whether the linear program in FILE can be met, how far off it is, why, and what would cure it.

    FILE is .mps or .lp, either with .gz, or - for standard input.

    Infeasible is said only with a proof in exact arithmetic, feasible only with a point that meets every row exactly, whole
    where whole numbers are asked for. Every number is taken as the file writes it.

    \b
    Exit codes: 0 feasible, 4 infeasible, 8 infeasible by less than any solver's
    tolerance (borderline), 9 the relaxation is feasible and the program not
    decided, 5 undecided, 3 the file cannot be read.

    \b
    Examples:
      planner diagnose model.mps
      planner diagnose model.lp --out outputs/diagnosis --format json
      planner diagnose model.lp --weight 'need*=10' --weight law=hold
    """
    import planner
    from planner.reporting.run.write import ensure_free

    if out is not None:
        ensure_free(out, overwrite=overwrite)
    with working("Looking for a point, a conflict and a cure"):
        answer = planner.diagnose(file, effort=effort, seconds=seconds, weights=weights)
    if out is not None:
        answer.write(out, overwrite=overwrite)
    if form == "json":
        print_json(answer.document)
    else:
        for warning in answer.warnings:
            lines = ", ".join(map(str, warning.rows))
            talk(f"{warning.code} {f'line {lines}: ' if lines else ''}{warning.sentence}")
        _show(answer.name, answer.found)
    found = answer.found
    if out is not None:
        proved = found.proof is not None or (found.whole is not None and found.whole.ends)
        talk(f"Wrote {out}/" + ("  (check the proof: planner verify " + str(out) + ")" if proved else ""))
    ctx.exit(code_of(found.verdict))


def code_of(verdict: Verdict) -> Exit:
    """The exit code of a verdict."""
    return {
        "feasible": Exit.ANSWERED,
        "infeasible": Exit.EMPTY,
        "borderline": Exit.BORDERLINE,
        "relaxation feasible": Exit.RELAXED,
        "undecided": Exit.STOPPED,
    }[verdict.value]


def _show(name: str, found: Diagnosis) -> None:
    rows, columns = found.program.shape
    told(f"{name}: {rows} row{'s' * (rows != 1)}, {columns} column{'s' * (columns != 1)}: {found.verdict.value}")
    for sentence in found.sentences:
        told(f"  {sentence}")
    if found.steps:
        tell("  Step by step:")
        for step in found.steps:
            told(f"    {step}")
    _show_sum(found)


def _show_sum(found: Diagnosis) -> None:
    """The conflict as inequalities with multipliers and what they have added up to."""
    from planner.diagnosis.told import lines_of, short

    proof = found.conflict.proof if found.conflict is not None else None
    if proof is None:
        return
    many = len(proof.used)
    shown = _SHOWN if many > _SHOWN + 4 else many
    tell("  Multiplied and added up (multiplier × limit: what all so far come to):")
    for line in islice(lines_of(proof), shown):
        place = f" (line {line.line})" if line.line else ""
        what = line.name if line.member.kind == "row" else f"{line.member.kind} bound"
        tell(f"    {short(line.multiplier)} × ({line.text})  {what}{place}:  {line.left} ≥ {short(line.running)}")
    if many > shown:
        tell(f"    … and {many - shown} more limits; --out writes all of them to conflict.csv")
    tell(f"  Adds up to 0 ≥ {short(proof.gap)}, which nothing can meet.")
