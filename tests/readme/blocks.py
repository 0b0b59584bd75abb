"""Blocks of commands in Markdown pages: what a page says that a command prints, and what the command prints.

A block is fenced and begins with a line ``$ planner ...``; what follows up to the next such line is what goes to stdout, in
lines of 100 columns. A line ``[…]`` stands for lines that the page leaves out: those above it are the first ones printed,
those below it the last.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from planner.cli import main

COLUMNS = "100"
CUT = "[…]"
_FENCED = re.compile(
    r"^```(?![^\n]*recipe)[^\n]*\n(\$ .*?)^```$", re.MULTILINE | re.DOTALL
)  # tests/recipes has the others


@dataclass(frozen=True)
class Said:
    """A command in a page and what the page says it prints."""

    command: str
    lines: tuple[str, ...]


def blocks(page: str) -> Iterator[Said]:
    """Every command that a page shows, with its output.

    >>> list(blocks("Text\\n```console\\n$ planner list\\nkind\\n```\\n```toml\\na = 1\\n```\\n"))
    [Said(command='planner list', lines=('kind',))]
    """
    for fenced in _FENCED.finditer(page):
        for part in re.split(r"^\$ ", fenced.group(1), flags=re.MULTILINE)[1:]:
            command, _, printed = part.partition("\n")
            yield Said(command, tuple(printed.rstrip("\n").split("\n")) if printed else ())


def printed(command: str) -> tuple[str, ...]:
    """What a command prints on stdout; it runs where the test runs, which should be an empty folder."""
    program, *arguments = shlex.split(command)
    assert program == "planner", command
    result = CliRunner(env={"COLUMNS": COLUMNS}).invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return tuple(line.rstrip() for line in result.stdout.rstrip("\n").split("\n"))


def as_shown(said: Said, output: tuple[str, ...]) -> tuple[str, ...]:
    """The output as the page would show it: with the same lines left out.

    >>> as_shown(Said("", ("a", "[…]", "z")), ("b", "c", "d", "e"))
    ('b', '[…]', 'e')
    """
    if CUT not in said.lines:
        return output
    above, below = said.lines.index(CUT), len(said.lines) - said.lines.index(CUT) - 1
    return (*output[:above], CUT, *output[len(output) - below :])


def rewritten(page: str, output: dict[Said, tuple[str, ...]]) -> str:
    """The page with every block as the commands print it now."""

    def block(fenced: re.Match[str]) -> str:
        parts = [
            f"$ {said.command}\n" + "".join(f"{line}\n" for line in output[said]) for said in blocks(fenced.group(0))
        ]
        return fenced.group(0).replace(fenced.group(1), "".join(parts))

    return _FENCED.sub(block, page)


def pages(root: Path) -> list[Path]:
    """Pages of the project that a reader meets first."""
    return sorted(
        [
            *root.glob("*.md"),
            *root.glob("inputs/*.md"),
            *root.glob("inputs/*/README.md"),
            *root.glob("models/*.md"),
            *root.glob("outputs/*.md"),
            *root.glob("planner/*.md"),
            *root.glob("planner/docs/*.md"),
        ]
    )
