"""``planner export``: the program behind a question, for other solvers and other eyes."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import click

from planner.cli import options
from planner.cli.output import put_out, talk, working
from planner.files import draft

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
    "--out",
    required=True,
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="File to write, for text a folder; - for stdout.",
)
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

    if str(out) != "-":
        with working("Writing the program"):
            formulation = planner.pose(economy, **asked)
            try:
                planner.export(formulation, out, form=form, overwrite=overwrite)
            except ValueError as error:
                raise click.UsageError(str(error)) from None
        rows, columns = formulation.program.shape
        size = f"{rows:,} rows, {columns:,} columns, {formulation.program.matrix.nnz:,} coefficients"
        talk(f"Wrote {out}" + ("" if out.suffix == ".tex" or form == "tex" else f": {size}."))
        return
    if form in (None, "text"):
        said = "Give --format." if form is None else "Text is a folder of four tables, so it cannot go to stdout."
        raise click.UsageError(said)
    with working("Writing the program"), draft(Path(tempfile.gettempdir()) / "program") as folder:
        text = planner.export(economy, folder / "program", form=form, **asked).read_text(encoding="utf-8")
    put_out(text)
