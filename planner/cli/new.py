"""``planner new``: a shipped economy copied out, to be changed into one's own."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from planner.cli import names
from planner.cli.exits import EndError, Exit
from planner.cli.output import talk


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
    original = names.folder_of(source) or _unknown(source)
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise EndError(Exit.EXISTS, f"{folder} exists and is not an empty folder. Name another one.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        hidden = shutil.ignore_patterns(".*", "__*")
        shutil.copytree(original, draft, ignore=hidden, copy_function=shutil.copyfile, dirs_exist_ok=True)
        draft.chmod(0o755)
        draft.replace(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    files = sum(1 for path in folder.rglob("*") if path.is_file())
    talk(f"Copied {files} files of {source} to {folder}/. Change them, then: planner check {folder}")


def _unknown(economy: str) -> Path:
    from planner.economy.economy import find

    return find(economy)
