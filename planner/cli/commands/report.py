"""``planner report``: a run as one page that anybody can open."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli.output import put_out, talk, tell, working


@click.command("report")
@click.argument("run", metavar="RUN", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The page (default: report.html in the folder of the run).",
)
@click.option("--short", is_flag=True, help="One page to print, in plain words, with the charts that answer.")
@click.option(
    "--tables",
    type=click.Choice(["latex", "html"]),
    help="The tables alone, for papers: LaTeX (booktabs), or HTML for a word processor; printed unless --out names a file.",
)
@click.option("--open", "show", is_flag=True, help="Show it in the browser.")
def command(run: Path, out: Path | None, tables: str | None, short: bool, show: bool) -> None:
    """Write the folder RUN as one HTML page: the answer, charts, tables, sources and proof.

    The page needs no network and no other file, and runs no script but its own. Charts go into RUN/charts as SVG and PNG,
    unless --out names a file elsewhere: then RUN is only read. Files that the planner did not write, or that were changed
    since, are never replaced.

    \b
    Examples:
      planner report outputs/reference --open
      planner report RUN --out answer.html
      planner report RUN --short
      planner report RUN --tables latex --out tables.tex
    """
    import planner

    if tables is not None and (short or show):
        raise click.UsageError("--tables takes neither --short nor --open.")
    if tables is not None:
        _tables(run, tables, out)
        return
    with working("Drawing"):
        page = planner.report(run, out, short=short)
    tell(str(page))
    if show:
        import webbrowser

        if not webbrowser.open(page.resolve().as_uri()):
            talk("No browser could be started; open the file by hand.")


def _tables(run: Path, form: str, out: Path | None) -> None:
    """Print the tables of a run for papers, or write them to a file that is not there yet."""
    from planner.files import replace
    from planner.reporting.page.papers import tables_for_papers
    from planner.reporting.run.read import read_run, reading
    from planner.reporting.run.write import OutputExists

    kept = read_run(run)
    with reading(kept):
        text = tables_for_papers(kept, form)
    if out is None:
        put_out(text)
        return
    if out.exists():
        raise OutputExists(out, "Give --out another file.")
    replace(out, text.encode(errors="backslashreplace"))
    tell(str(out))
