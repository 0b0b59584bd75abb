"""The command line: parse, call, print. No economics here, and nothing heavy is imported before a command needs it."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import click

from planner.cli.exits import ending

__all__ = ["COMMANDS", "main"]

COMMANDS = (
    "solve",
    "feasibility",
    "projects",
    "backtest",
    "sensitivity",
    "frontier",
    "room",
    "uncertainty",
    "report",
    "diagnose",
    "verify",
    "check",
    "explain",
    "list",
    "new",
    "export",
    "completion",
)

_ENDS = """\b
Exit codes: 0 answered, 1 a fault of the planner, 2 wrong usage, 3 bad input, 4 the region itself is empty or
unbounded, 5 the solver stopped without proof, 6 the output exists."""


class Commands(click.Group):
    """Commands by name, one module each, imported when asked for; exceptions become exit codes here and only here."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which a reader meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"planner.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and end with the code that fits."""
        with ending(ctx):
            return super().invoke(ctx)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"planner {version('planner')}")
        ctx.exit()


@click.group(
    cls=Commands, epilog=_ENDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@click.option("--debug", is_flag=True, envvar="PLANNER_DEBUG", help="Show the traceback of a fault.")
@click.pass_context
def main(ctx: click.Context, debug: bool) -> None:
    """Ask of an economy, taken as a single enterprise, which targets it can meet.

    \b
    Examples:
      planner solve                     the Soviet plan of 1928-33 with the raised figures of 1930
      planner solve two_goods           an example that can be solved with a pencil
      planner new mine                  start an economy of your own
      planner explain capacity          what a word of the model means
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False
