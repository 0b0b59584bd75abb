"""``planner report``: a run as one page that anybody can open."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.output import talk, tell, working


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

    The page needs no network and no other file, and runs no script but its own. Charts go into RUN/charts as SVG and PNG,
    unless --out names a file elsewhere: then RUN is only read. Files that the planner did not write, or that were changed
    since, are never replaced.

    \b
    Examples:
      planner report outputs/reference --open
      planner report RUN --out answer.html
    """
    import planner

    with working("Drawing"):
        page = planner.report(run, out)
    tell(str(page))
    if show:
        import webbrowser

        if not webbrowser.open(page.resolve().as_uri()):
            talk("No browser could be started; open the file by hand.")
