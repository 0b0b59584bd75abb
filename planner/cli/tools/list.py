"""``planner list``: what there is to choose from."""

from __future__ import annotations

import click

from planner.answers.catalogue import KINDS
from planner.cli import names
from planner.cli.options import families, form
from planner.cli.output import print_rows, talk


@click.command("list", short_help="List economies, models, plans, solvers and more.")
@click.argument("kind", type=click.Choice(list(KINDS)), required=False)
@click.argument("economy", default=names.DEFAULT_ECONOMY, metavar="[ECONOMY]", shell_complete=names.complete_economy)
@families
@form
def command(kind: str | None, economy: str, form: str) -> None:
    """List what there is of a KIND; plans, scenarios and questions are those of ECONOMY (default: ussr_1928).

    \b
    Examples:
      planner list
      planner list economies
      planner list plans ussr_1928
      planner list codes --format json
    """
    if kind is None:
        print_rows([{"kind": name, "what": what} for name, (what, _, _) in KINDS.items()], ("kind", "what"), form)
        return
    _, columns, rows = KINDS[kind]
    print_rows(
        rows(economy), columns, form, none=f"{economy} has no {kind}." if kind == "plans" else f"There are no {kind}."
    )
    if kind in ("families", "measures", "codes"):
        talk("`planner explain NAME` says more.")
