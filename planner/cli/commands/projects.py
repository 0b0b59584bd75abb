"""``planner projects``: which works are worth what, and which programmes are nearly as good as the best."""

from __future__ import annotations

from typing import Any

import click

from planner.cli import options
from planner.cli.run import ask


@click.command(
    "projects", short_help="What whole works are worth, and which programmes are nearly as good as the best."
)
@options.question
@options.search
@click.option("--count", type=options.number("count"), default=12, show_default=True, help="Programmes to list.")
@options.output
@options.form
def command(economy: str, seconds: float, nodes: int, gap: float, count: int, **given: Any) -> None:
    """Choose whole projects of ECONOMY (default: ussr_1928), and ask what each of them is worth.

    Searches for the best programme; then again with each project forced in, forced out and begun a period later; lists
    programmes within 1 % of the best; and compares the list of projects as it was decided. The question is the model
    `projects` unless --model says otherwise.

    \b
    Examples:
      planner projects
      planner projects ussr_1928 --plan ffyp_optimum --corner optimistic
      planner projects --time-limit 10 --gap 0.001 --format json
    """
    import planner
    from planner.cli.progress import Progress

    ask(
        economy,
        given,
        "projects",
        lambda posed, say: planner.projects(
            posed, seconds=seconds, nodes=nodes, gap=gap, count=count, log=Progress(), tick=say
        ),
        model=given["model"] or "projects",
    )
