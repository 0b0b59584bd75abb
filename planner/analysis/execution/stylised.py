"""Stylised facts of taut plans: what is observed, what a play shows of it, and on which rules that hangs.

Each is a row of the economy's table ``stylised_facts``: a measure, of what, when, and what was observed. Nothing is fitted.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from planner.analysis.execution.play import play
from planner.analysis.execution.record import Played
from planner.analysis.execution.setting import Setting
from planner.analysis.execution.world import Mask, World
from planner.economy.schema.stylised import NEUTRAL
from planner.formulation.actual_figures import actual_figures, rank_correlation
from planner.formulation.execution.rules import ExecutionRules
from planner.program import Vector

__all__ = ["StylisedFact", "stylised_facts"]

_FEWEST = 3  # products, below which there is no rank to speak of
_NEAR = 0.1  # by which what a play shows may differ from what was observed and still be told as found in size
_NOTHING = 0.005  # from neutral, within which a play shows nothing
_SWITCHES: Mapping[str, Mapping[str, object]] = {
    "sites": {"sites": "finish_first"},
    "stop_below": {"stop_below": 0.5},
    "targets": {"targets": "cut_to_pace"},
    "arrears": {"arrears": 0.0},
    "allocation": {"allocation": "proportional"},
    "stretch": {"stretch": 0.0},
    "claims": {"claim_cap": 1.0, "cushion": 0.0},
    "gloss": {"gloss": 0.0},
    "working_stock": {"working_stock": 3.0},
    "sites_tautness": {"sites_tautness": 1.0},
}  # single rules switched, each to the other or to nothing


@dataclass(frozen=True)
class StylisedFact:
    """One stylised fact against a play.

    Args:
        name: its key in the table.
        observed: the number observed; ``nan`` where only its direction is.
        shown: what the play shows; ``nan`` where it cannot be counted.
        found: ``in size``, ``in direction`` or ``not``.
        hangs_on: rules of which another setting changes that, in the order of the rules.
    """

    name: str
    observed: float
    shown: float
    found: str
    hangs_on: tuple[str, ...]


def stylised_facts(played: Played) -> list[StylisedFact]:
    """Every stylised fact of the economy against a play, and which single rules it hangs on.

    Args:
        played: the play.
    """
    world, rules = played.setting.world, played.setting.rules
    table = world.facts.tables["stylised_facts"]
    if not len(table):
        return []
    others = {
        name: play(Setting(world, _switched(rules, name))) for name in _SWITCHES if _switched(rules, name) != rules
    }
    found = []
    for row in table.to_dict("records"):
        shown = _shown(played, row)
        verdict = _verdict(row, shown)
        hangs = tuple(name for name, other in others.items() if _verdict(row, _shown(other, row)) != verdict)
        found.append(StylisedFact(str(row["fact"]), float(row["observed"]), shown, verdict, hangs))
    return found


def _switched(rules: ExecutionRules, name: str) -> ExecutionRules:
    other: Mapping[str, object] = _SWITCHES[name]
    if name == "sites" and rules.sites == "finish_first":
        other = {"sites": "scattered"}
    if name == "stop_below" and rules.stop_below > 0:
        other = {"stop_below": 0.0}
    if name == "targets" and rules.targets == "cut_to_pace":
        other = {"targets": "raise_all"}
    return replace(rules, **other)  # type: ignore[arg-type]


def _verdict(row: Mapping[Hashable, Any], shown: float) -> str:
    """Whether what is shown lies on the side of neutral on which it was observed, and near what was observed."""
    neutral, observed = NEUTRAL[str(row["measure"])], float(str(row["observed"]))
    side = 1.0 if str(row["direction"]) == "above" else -1.0
    if not np.isfinite(shown) or side * (shown - neutral) <= _NOTHING:
        return "not"
    return "in size" if np.isfinite(observed) and abs(shown - observed) <= _NEAR else "in direction"


def _shown(played: Played, row: Mapping[Hashable, Any]) -> float:
    world = played.setting.world
    periods = list(map(str, world.facts.periods[: world.played]))
    when = str(row["period"])
    t = periods.index(when) if when in periods else world.played - 1
    mine, against = (_chosen(world, str(row[key] or "")) for key in ("items", "against"))
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(_MEASURES[str(row["measure"])](played, t, mine, against))


def _chosen(world: World, text: str) -> Mask:
    """Products that a text names by themselves or by their group; all that are followed where it names none."""
    names = [name.strip() for name in text.split(";") if name.strip()]
    if not names:
        return world.followed
    group = world.facts.labels("products", "group")
    found: Mask = np.isin(world.facts.products, names) | np.isin(group, names)
    return found


def _fulfilment(played: Played, t: int, which: Mask) -> float:
    value = played.setting.world.value * which
    return float(value @ played.made[:, t]) / float(value @ played.of_products(played.record.asked_of)[:, t])


def _made(played: Played, t: int, which: Mask) -> float:
    return float((played.setting.world.value * which) @ played.made[:, t])


def _reported(played: Played, t: int, which: Mask) -> float:
    return float((played.setting.world.value * which) @ played.of_products(played.record.reported)[:, t])


def _benchmark(played: Played, t: int, which: Mask) -> float:
    return float((played.setting.world.value * which) @ played.setting.world.output[:, t])


def _quarters(played: Played, which: Mask) -> Vector:
    """Output of some products by quarter, shape (4 T,)."""
    world = played.setting.world
    by_quarter = np.repeat(world.makes, 4, axis=0)
    found: Vector = np.einsum("p,qpj,jq->q", world.value * which, by_quarter, played.record.quarters)
    return found


def _scatter(played: Played, t: int, which: Mask) -> float:
    asked = played.of_products(played.record.asked_of)[:, t]
    there = which & (asked > 0)
    return float(np.std(played.made[there, t] / asked[there]))


def _worst_quarter(played: Played, t: int, which: Mask, _: Mask) -> float:
    by_quarter = _quarters(played, which)[: 4 * (t + 1)]
    before = np.maximum.accumulate(by_quarter)
    return float((by_quarter / before - 1.0).min())


def _building_gap(played: Played, t: int, which: Mask, _: Mask) -> float:
    world = played.setting.world
    put = world.value @ played.record.built[:, t] / (world.value @ world.built[:, t])
    return float(put - _made(played, t, which) / _benchmark(played, t, which))


def _trend_lead(played: Played, t: int, which: Mask, _: Mask) -> float:
    """Whether growth follows that of the first period more closely than it follows what was asked."""
    base = _made_before(played.setting.world)
    made, asked = played.made, played.of_products(played.record.asked_of)[:, t]
    there = which & (base > 0) & (made[:, 0] > 0) & (made[:, t] > 0) & (asked > 0)
    if not t or there.sum() < _FEWEST:
        return float("nan")
    grown, first, wanted = (some[there] / base[there] for some in (made[:, t], made[:, 0], asked))
    return rank_correlation(grown, first) - rank_correlation(grown, wanted)


def _made_before(world: World) -> Vector:
    """Output of each product in the base period, shape (P,); ``nan`` where it is not known."""
    cells = pd.DataFrame({"measure": "output", "item": world.facts.products, "period": world.facts.economy.base_period})
    return actual_figures(world.facts, cells)


def _pace_gain(played: Played, *_: object) -> float:
    world, rules = played.setting.world, played.setting.rules
    cut, raised = (
        played if rules.targets == targets else play(Setting(world, replace(rules, targets=targets)))
        for targets in ("cut_to_pace", "raise_all")
    )
    return cut.mean / raised.mean - 1.0


def _recovery(played: Played, t: int, which: Mask, _: Mask) -> float:
    shares = np.array([_made(played, s, which) / _benchmark(played, s, which) for s in range(t + 1)])
    return float(shares[-1] - shares[:-1].min(initial=np.inf))


_MEASURES: Mapping[str, Callable[[Played, int, Mask, Mask], float]] = {
    "fulfilment": lambda played, t, mine, _: _fulfilment(played, t, mine),
    "fulfilment_gap": lambda played, t, mine, against: _fulfilment(played, t, mine) - _fulfilment(played, t, against),
    "growth": lambda played, t, mine, _: _made(played, t, mine) / _made(played, t - 1, mine) - 1.0 if t else np.nan,
    "unfinished": lambda played, t, _, __: played.unfinished[t],
    "scatter": lambda played, t, mine, _: _scatter(played, t, mine) - _scatter(played, 0, mine),
    "worst_quarter": _worst_quarter,
    "hands": lambda played, t, _, __: played.hands[t],
    "product_per_hand": lambda played, t, mine, _: (
        _made(played, t, mine) / _benchmark(played, t, mine) / played.hands[t]
    ),
    "relative_output": lambda played, t, mine, against: (
        _made(played, t, mine)
        / _benchmark(played, t, mine)
        / (_made(played, t, against) / _benchmark(played, t, against))
    ),
    "report_gap": lambda played, t, mine, _: _reported(played, t, mine) / _made(played, t, mine) - 1.0,
    "recovery": _recovery,
    "building_gap": _building_gap,
    "trend_lead": _trend_lead,
    "pace_gain": _pace_gain,
    "households": lambda played, t, _, __: played.households[t],
}
