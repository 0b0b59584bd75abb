"""The command line: parse, call, print. No economics here, and nothing heavy is imported before a command needs it."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import click

from planner.cli.exit_codes import Exit, ending, heeding, watched
from planner.cli.output import tell
from planner.language.printable import legible

__all__ = ["COMMANDS", "main"]

COMMANDS = (
    "solve",
    "feasibility",
    "projects",
    "backtest",
    "join",
    "sensitivity",
    "frontier",
    "near-optimal",
    "regions",
    "uncertainty",
    "execute",
    "money",
    "claims",
    "compare",
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

_TOOLS = ("explain", "list", "new", "export", "completion")  # those that solve nothing, in a folder of their own
_FORMERLY = {"room": "near-optimal"}  # names that are understood for one version more
_KEPT = 50_000  # objects made before rubbish is looked for: imports make many that stay

_ENDS = f"Exit codes: {', '.join(f'{code.value} {code.says}' for code in Exit)}."


class Commands(click.Group):
    """Commands by name, one module each, imported when asked for; exceptions become exit codes here and only here."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order in which a reader meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module."""
        name = _FORMERLY.get(cmd_name, cmd_name)
        if name not in COMMANDS:
            return None
        room = "tools" if name in _TOOLS else "commands"
        command: click.Command = import_module(f"planner.cli.{room}.{name.replace('-', '_')}").command
        return command

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """Read the options of the program itself, of which some print at once."""
        with watched(None):
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        with watched(ctx):
            return super().invoke(ctx)

    def main(self, *args: Any, standalone_mode: bool = True, **more: Any) -> Any:
        """Read the command line, run the command and end with the code that fits."""
        run: Callable[..., Any] = super().main
        if not standalone_mode:
            return run(*args, standalone_mode=False, **more)
        for stream in (sys.stdout, sys.stderr):
            legible(stream)
        gc.set_threshold(_KEPT, 20, 20)
        with ending(), heeding():
            code = run(*args, standalone_mode=False, **more)
        raise SystemExit(code if isinstance(code, int) else 0)


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from importlib.metadata import version

        tell(f"planner {version('planner')}")
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
      planner solve              the Soviet plan of 1928-33, as raised in 1930
      planner solve two_goods    an example that can be solved with a pencil
      planner new mine           start an economy of your own
      planner explain capacity   what a word of the model means
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False
