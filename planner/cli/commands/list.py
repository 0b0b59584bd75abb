"""``planner list``: what there is to choose from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from planner.cli import names
from planner.cli.options import families, form
from planner.cli.output import print_rows, talk
from planner.shipped import opening

Rows = list[dict[str, Any]]
_KINDS = ("economies", "models", "families", "measures", "solvers", "plans", "scenarios", "codes")


@click.command("list", short_help="List economies, models, plans, solvers and more.")
@click.argument("kind", type=click.Choice(_KINDS), required=False)
@click.argument("economy", default=names.DEFAULT_ECONOMY, metavar="[ECONOMY]", shell_complete=names.complete_economy)
@families
@form
def command(kind: str | None, economy: str, form: str) -> None:
    """List what there is of a KIND; plans and scenarios are those of ECONOMY (default: ussr_1928).

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


def _economies(_: str) -> Rows:
    rows: Rows = []
    for name, path in names.economies().items():
        said = names.heading(path / "economy.toml")
        periods = [str(period) for period in said.get("periods", [])]
        span = periods[0] + (f"..{periods[-1]}" if len(periods) > 1 else "") if periods else ""
        rows.append({"economy": name, "periods": span, "plans": len(names.plans(path)), "title": said.get("title", "")})
    return rows


def _models(_: str) -> Rows:
    return [{"model": name, "use": opening(path)} for name, path in names.models().items()]


def _families(_: str) -> Rows:
    from planner.economy.extensions import extend
    from planner.formulation import FAMILIES

    extend()
    return [{"family": f.name, "index": ", ".join(f.index), "says": f.says} for f in FAMILIES.values()]


def _measures(_: str) -> Rows:
    from planner.economy.extensions import extend
    from planner.economy.measures import MEASURES

    extend()
    return [{"measure": m.name, "item": m.axis, "says": m.says} for m in MEASURES.values()]


def _solvers(_: str) -> Rows:
    from planner.solver.gateway import available_solvers
    from planner.solver.highs import VERSION

    rows: Rows = [{"solver": "highs", "what": f"{VERSION}, built in"}]
    return rows + [{"solver": name, "what": "through PuLP"} for name in available_solvers()]


def _plans(economy: str) -> Rows:
    folder = _folder(economy)
    default = names.heading(folder / "economy.toml").get("default_plan")
    return [{**row, "default": "default" if row["plan"] == default else ""} for row in names.plans(folder)]


def _scenarios(economy: str) -> Rows:
    folder = _folder(economy)
    default = names.heading(folder / "economy.toml").get("default_scenario")
    rows: Rows = [{"scenario": "base", "default": "" if default else "default", "title": "the tables without any"}]
    for name in names.scenarios(folder):
        said = names.heading(folder / "scenarios" / name / "scenario.toml")
        rows.append({"scenario": name, "default": "default" if name == default else "", "title": said.get("title", "")})
    return rows


def _codes(_: str) -> Rows:
    from planner.economy.codes import CODES

    return [{"code": name, "title": code.title} for name, code in CODES.items()]


def _folder(economy: str) -> Path:
    from planner.economy.economy import find

    return names.folder_of(economy) or find(economy)


KINDS: dict[str, tuple[str, tuple[str, ...], Callable[[str], Rows]]] = {
    "economies": (
        "packages of facts, here in ./inputs and shipped",
        ("economy", "periods", "plans", "title"),
        _economies,
    ),
    "models": ("questions, here in ./models and shipped", ("model", "use"), _models),
    "families": ("constraint families of the formulation", ("family", "index", "says"), _families),
    "measures": ("what targets and reports count", ("measure", "item", "says"), _measures),
    "solvers": ("solvers that can be used here", ("solver", "what"), _solvers),
    "plans": ("plans of an economy", ("plan", "default", "decided_on", "title"), _plans),
    "scenarios": ("scenarios of an economy", ("scenario", "default", "title"), _scenarios),
    "codes": ("codes of what can be wrong with data", ("code", "title"), _codes),
}
