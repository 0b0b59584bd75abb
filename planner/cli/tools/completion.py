"""``planner completion``: names completed by the shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from planner.cli.output import put_out

_FILES = {"bash": "~/.bashrc", "zsh": "~/.zshrc", "fish": "~/.config/fish/config.fish"}


@click.command("completion", short_help="Print the script for shell completion.")
@click.argument("shell", type=click.Choice(tuple(_FILES)))
def command(shell: str) -> None:
    """Print the script that lets SHELL complete commands, options, economies, plans, scenarios and models.

    \b
    Examples:
      eval "$(planner completion bash)"                  for this shell
      echo 'eval "$(planner completion bash)"' >> ~/.bashrc
      echo 'eval "$(planner completion zsh)"' >> ~/.zshrc
      planner completion fish > ~/.config/fish/completions/planner.fish
    """
    from planner.cli import main

    kind = get_completion_class(shell)
    if kind is None:  # a version of click that no longer knows the shell
        raise click.UsageError(f"There is no completion for {shell}.")
    script = kind(main, {}, "planner", "_PLANNER_COMPLETE")
    put_out(script.source_template % script.source_vars() + "\n")
