"""``planner new``: a shipped economy copied out, to be changed into one's own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from planner.cli import names
from planner.cli.exit_codes import EndError, Exit
from planner.cli.output import talk
from planner.files import put_folder, sole_use, write_bytes
from planner.shipped import folder_of


@click.command("new", short_help="Start an economy of your own from a shipped one.")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--from",
    "source",
    default="two_goods",
    show_default=True,
    metavar="ECONOMY",
    shell_complete=names.complete_economy,
    help="Economy that is copied.",
)
def command(folder: Path, source: str) -> None:
    """Start an economy of your own in DIR: a complete example, ready to be changed.

    \b
    Examples:
      planner new inputs/mine
      planner new inputs/ussr --from ussr_1928
      planner check mine
    """
    original = folder_of(source) or _unknown(source)
    if os.path.lexists(folder) and not (folder.is_dir() and not any(folder.iterdir())):
        raise EndError(Exit.EXISTS, f"{folder} exists and is not an empty folder. Name another one.")
    files = dict(_files(original))

    def copy(draft: Path) -> None:
        for name, path in files.items():
            write_bytes(draft / name, path.read_bytes())

    with sole_use(folder):
        put_folder(folder, copy, mark="economy.toml")
    talk(f"Copied {len(files)} files of {source} to {folder}/. Change them, then: planner check {folder}")


def _files(folder: Path, inside: str = "", above: tuple[Path, ...] = ()) -> Iterator[tuple[str, Path]]:
    """Files of an economy by path inside it; hidden ones aside, links followed, but not round in a circle."""
    here = folder.resolve()
    for path in sorted(folder.iterdir()) if here not in above else ():
        if path.name.startswith((".", "__")):
            continue
        if path.is_dir():
            yield from _files(path, f"{inside}{path.name}/", (*above, here))
        elif path.is_file():
            yield f"{inside}{path.name}", path


def _unknown(economy: str) -> Path:
    from planner.economy.economy import find

    return find(economy)
