"""Names completed by the shell: of economies, models, plans, scenarios and tables."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from planner.language.printable import printable
from planner.shipped import economies, folder_of, heading, models, plans, scenarios

DEFAULT_ECONOMY = "ussr_1928"


# -- completion: each offers what can stand at its place --------------------------------------------------------------


def _offered(names: dict[str, str], incomplete: str) -> list[CompletionItem]:
    """Names that can be typed, with what is said of them."""
    return [
        CompletionItem(name, help=printable(says))
        for name, says in names.items()
        if name.startswith(incomplete) and printable(name) == name
    ]


def complete_economy(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Economies by name, with their titles."""
    return _offered({name: _title(path / "economy.toml") for name, path in economies().items()}, incomplete)


def complete_model(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Model files by name, with their titles."""
    return _offered({name: _title(path) for name, path in models(_named_before(ctx)).items()}, incomplete)


def _title(file: Path) -> str:
    return str(heading(file).get("title", ""))


def _named_before(ctx: click.Context) -> Path | None:
    """Folder of the economy on the line; where an option still lacks its value, click has not sorted the words yet."""
    words = [str(word) for word in ctx.args]
    named = next((word for word in words if folder_of(word)), ctx.params.get("economy"))
    return folder_of(named or DEFAULT_ECONOMY)


def complete_plan(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Plans of the economy named before, with their titles."""
    folder = _named_before(ctx)
    return _offered({row["plan"]: row.get("title", "") for row in plans(folder)} if folder else {}, incomplete)


def complete_scenario(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Scenarios of the economy named before, and the base."""
    folder = _named_before(ctx)
    return _offered(dict.fromkeys(["base", *scenarios(folder)], "") if folder else {}, incomplete)


def complete_table(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Tables that can be changed from the command line."""
    folder = _named_before(ctx)
    names = sorted(path.stem for path in folder.glob("*.csv")) if folder else []
    return _offered({f"{name}:": "" for name in names}, incomplete)
