"""What there is to choose from: what ``planner list`` does. Names on the disk are found without anything heavy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.shipped import economies, folder_of, heading, models, opening, plans, scenarios

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["KINDS", "catalogue"]

Rows = list[dict[str, Any]]


def catalogue(kind: str = "economies", economy: str | Path = "") -> pd.DataFrame:
    """What there is of a kind, a row each.

    Args:
        kind: economies, models, families, measures, solvers, plans, scenarios or codes.
        economy: whose plans and scenarios.

    Raises:
        ValueError: there is no such kind.
        DataError: there is no such economy.

    >>> catalogue("plans", "two_goods")["plan"].tolist()
    ['cautious', 'ambitious']
    """
    from pandas import DataFrame

    if kind not in KINDS:
        raise ValueError(f'There is no kind "{kind}"; there are {", ".join(KINDS)}.')
    _, columns, rows = KINDS[kind]
    return DataFrame(rows(str(economy)), columns=list(columns))


def _economies(_: str) -> Rows:
    rows: Rows = []
    for name, path in economies().items():
        said = heading(path / "economy.toml")
        periods = [str(period) for period in said.get("periods", [])]
        span = periods[0] + (f"..{periods[-1]}" if len(periods) > 1 else "") if periods else ""
        rows.append({"economy": name, "periods": span, "plans": len(plans(path)), "title": said.get("title", "")})
    return rows


def _models(economy: str) -> Rows:
    package = _folder(economy) if economy else None
    return [{"model": name, "use": opening(path)} for name, path in models(package).items()]


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
    default = heading(folder / "economy.toml").get("default_plan")
    return [{**row, "default": "default" if row["plan"] == default else ""} for row in plans(folder)]


def _scenarios(economy: str) -> Rows:
    folder = _folder(economy)
    default = heading(folder / "economy.toml").get("default_scenario")
    rows: Rows = [{"scenario": "base", "default": "" if default else "default", "title": "the tables without any"}]
    for name in scenarios(folder):
        said = heading(folder / "scenarios" / name / "scenario.toml")
        rows.append({"scenario": name, "default": "default" if name == default else "", "title": said.get("title", "")})
    return rows


def _codes(_: str) -> Rows:
    from planner.economy.codes import CODES

    return [{"code": name, "title": code.title} for name, code in CODES.items()]


def _folder(economy: str) -> Path:
    from planner.economy.economy import find

    return folder_of(economy) or find(economy)


KINDS: dict[str, tuple[str, tuple[str, ...], Callable[[str], Rows]]] = {
    "economies": (
        "packages of facts, here in ./inputs and shipped",
        ("economy", "periods", "plans", "title"),
        _economies,
    ),
    "models": ("questions: those of an economy, here in ./models and shipped", ("model", "use"), _models),
    "families": ("constraint families of the formulation", ("family", "index", "says"), _families),
    "measures": ("what targets and reports count", ("measure", "item", "says"), _measures),
    "solvers": ("solvers that can be used here", ("solver", "what"), _solvers),
    "plans": ("plans of an economy", ("plan", "default", "decided_on", "title"), _plans),
    "scenarios": ("scenarios of an economy", ("scenario", "default", "title"), _scenarios),
    "codes": ("codes of what can be wrong with data", ("code", "title"), _codes),
}
