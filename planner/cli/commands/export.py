"""``planner export``: the program behind a question, for other solvers and other eyes."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from planner.cli import options
from planner.cli.exit_codes import EndError, Exit
from planner.cli.output import put_out, talk, working
from planner.files import draft, replace, sole_use

if TYPE_CHECKING:
    from planner.solver.write import Format

FORMATS = ("mps", "lp", "pulp", "text", "tex")


@click.command("export", short_help="Write the program as MPS, LP, PuLP JSON or text, or the question as LaTeX.")
@options.question
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="mps, lp, pulp (JSON), text or tex (default: by the ending of OUT).",
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="OUT",
    help="File to write, for text a folder; - for stdout.",
)  # fmt: skip
@click.option("--overwrite", is_flag=True, help="Replace the file if it exists.")
def command(economy: str, form: str | None, out: Path, overwrite: bool, **asked: Any) -> None:
    """Write the linear program of a question about ECONOMY (default: ussr_1928).

    Rows and columns keep their names, such as material_balance(steel,1931), and re-reading the file gives the same
    optimum. Text is a folder of four tables that hold every digit. Tex is a LaTeX document that states the question: its symbols,
    and each constraint family as an equation.

    \b
    Examples:
      planner export --out plan.mps
      planner export two_goods --format lp --out -
      planner export two_goods --out two_goods.tex
      planner export ussr_1928 --plan ffyp_optimum --format pulp --out plan.json
    """
    import planner
    from planner.formulation.tex import tex
    from planner.solver.write import ENDINGS, export

    chosen = form or ("tex" if out.suffix.lower() == ".tex" else ENDINGS.get(out.suffix.lower()))
    if chosen is None:
        raise click.UsageError(f'What to write cannot be told from "{out}". Give --format.')
    aside = str(out) == "-"
    if not aside and os.path.lexists(out) and (chosen == "text" or not overwrite or not out.is_file()):
        raise EndError(
            Exit.EXISTS, f"{out} exists. {'Name another folder' if chosen == 'text' else 'Give --overwrite'}."
        )
    if aside and chosen == "text":
        raise click.UsageError("Text is a folder of four tables, so it cannot go to stdout.")
    with working("Writing the program"):
        formulation = planner.pose(economy, **asked)
        program = formulation.program
        if chosen == "tex":
            text = tex(formulation.question)
            if aside:
                put_out(text)
            else:
                replace(out, text.encode())
                talk(f"Wrote {out}")
            return
        if aside:
            with draft(Path(tempfile.gettempdir()) / "program") as folder:
                text = export(program, folder / "program", cast("Format", chosen)).read_text(encoding="utf-8")
        else:
            with sole_use(out):
                export(program, out, cast("Format", chosen))
    if aside:
        put_out(text)
    else:
        rows, columns = program.shape
        talk(f"Wrote {out}: {rows:,} rows, {columns:,} columns, {program.matrix.nnz:,} coefficients.")
