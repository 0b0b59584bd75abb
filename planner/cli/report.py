"""``planner report``: a run as one page that anybody can open."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.exits import EndError, Exit
from planner.cli.output import talk, working


@click.command("report")
@click.argument("run", metavar="RUN", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The page (default: report.html in the folder of the run).",
)
@click.option("--open", "show", is_flag=True, help="Show it in the browser.")
def command(run: Path, out: Path | None, show: bool) -> None:
    """Write the folder RUN as one HTML page: the answer, charts, tables, sources and proof.

    The page needs no network and no other file. Charts go into RUN/charts as SVG and PNG.

    \b
    Examples:
      planner report outputs/ussr_1928/feasibility-raised_1930-plan_assumptions-five_year --open
      planner report RUN --out answer.html
    """
    from planner.report.page import is_ours, write_page
    from planner.report.page_run import NotARunError

    if out is not None and out.exists() and not is_ours(out):
        raise EndError(Exit.EXISTS, f"{out} exists and is no page of this program. Give --out another file.")
    with working("Drawing"):
        try:
            page = write_page(run, out)
        except NotARunError as error:
            raise EndError(Exit.INPUT, str(error)) from None
    click.echo(page)
    if show:
        import webbrowser

        if not webbrowser.open(page.resolve().as_uri()):
            talk("No browser could be started; open the file by hand.")
