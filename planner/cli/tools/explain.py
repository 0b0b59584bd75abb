"""``planner explain``: what a word of the model, the data, the results or a finding means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli import options
from planner.cli.exit_codes import EndError, Exit
from planner.cli.output import print_json, print_table, put_out, talk, tell, width
from planner.cli.show.grid import paragraph

if TYPE_CHECKING:
    from planner.reporting.dictionary.lookup import Entry


@click.command("explain", short_help="Explain a word of the model, data or results, or an error code.")
@click.argument("word", nargs=-1, metavar="WORD")
@options.families
@click.option("--all", "everything", is_flag=True, help="Print the handbook of models, families and measures.")
@click.option(
    "--write",
    "project",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Write the pages of models, inputs and outputs into the folder of the project.",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", help="How it is printed.")
def command(word: tuple[str, ...], everything: bool, project: Path | None, form: str) -> None:
    """Explain WORD: a constraint family, measure, objective, table, column, file of results, term or error code.

    \b
    Examples:
      planner explain material_balance
      planner explain E104
      planner explain coefficients.lead
      planner explain shadow price
      planner explain --all
      planner explain --write .
    """
    from planner.reporting.dictionary import lookup as lexicon

    if project is not None:
        from planner.reporting.dictionary.pages import write_pages

        for path in write_pages(project):
            talk(f"Wrote {path}")
        return
    if everything:
        from planner.reporting.dictionary.handbook import handbook

        put_out(handbook())
        return
    if not word:
        _overview()
        return
    asked = " ".join(word)
    found = lexicon.explain(asked)
    if not found:
        near = lexicon.nearest(asked)
        raise EndError(Exit.INPUT, f'Nothing is called "{asked}".{near} `planner explain` lists every word.')
    if form == "json":
        print_json([{"kind": e.kind, "word": e.word, "says": e.says, "facts": dict(e.facts)} for e in found])
        return
    for number, entry in enumerate(found):
        if number:
            tell()
        _show(entry)


def _show(entry: Entry) -> None:
    put_out(click.style(entry.word, bold=True) + f"  {entry.kind}\n")
    label = max((len(name) for name, _ in entry.facts), default=0) + 2
    told = [("  ", entry.says), *(("  " + name.ljust(label), text) for name, text in entry.facts)]
    for lead, text in told:
        tell("\n".join(paragraph(text, width(), lead)))


def _overview() -> None:
    from planner.reporting.dictionary.lookup import entries

    by_kind: dict[str, list[str]] = {}
    for entry in entries():
        by_kind.setdefault(entry.kind, []).append(entry.word)
    print_table([{"kind": kind, "words": ", ".join(found)} for kind, found in by_kind.items()], ("kind", "words"))
