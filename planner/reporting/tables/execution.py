"""A plan played forward as tables: outputs, years, works, stocks, shortages, tautness, draws, stylised facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from planner.analysis.execution.outcomes import PlayOutcome
from planner.analysis.execution.record import Played
from planner.analysis.execution.setting import Setting
from planner.analysis.execution.stylised import StylisedFact
from planner.analysis.execution.world import World
from planner.formulation.actual_figures import actual_figures
from planner.formulation.execution.rules import ExecutionRules
from planner.program import Vector
from planner.reporting.tables.plan import tidy

__all__ = ["draws_table", "facts_table", "maxima_table", "played_tables", "tautness_table"]

_MADE = 1e-9  # of an amount, below which there is none
_RULES = ("benchmark", "allocation", "sites", "targets", "stop_below")


def played_tables(played: Played) -> dict[str, pd.DataFrame]:
    """Every table of one play by file stem.

    Args:
        played: the play.
    """
    return {
        "execution": _execution(played),
        "execution_years": _years(played),
        "shortages": _shortages(played),
        "works": _works(played),
        "execution_stocks": _stocks(played),
    }


def _axis(played: Played, table: str, axis: str) -> dict[str, object]:
    """Labels, periods and units of a flat block over an axis."""
    facts, T = played.setting.world.facts, played.setting.world.played
    labels = facts.axis(axis)
    return {
        axis: np.repeat(labels, T),
        "period": np.tile(facts.periods[:T], len(labels)),
        "unit": np.repeat(facts.units(table), T),
    }


def _execution(played: Played) -> pd.DataFrame:
    """``execution.csv``: of each product and period what is official, asked, feasible, made, useful, reported and produced."""
    book, world = played.record, played.setting.world
    frame = pd.DataFrame(_axis(played, "products", "product"))
    cells = frame.assign(measure="output", item=frame["product"])[["measure", "item", "period"]]
    targets = world.benchmark.formulation.targets
    official = dict(zip(targets.terms, targets.official, strict=True))
    frame["official"] = [official.get(cell, np.nan) for cell in cells.itertuples(index=False, name=None)]
    feasible, made = world.output.ravel(), played.made.ravel()
    frame["asked"] = played.of_products(book.asked_of).ravel()
    frame["feasible"], frame["made"] = feasible, made
    frame["share"] = np.divide(made, feasible, out=np.full(len(made), np.nan), where=feasible > _MADE)
    frame["useful"] = played.of_products(book.useful).ravel()
    frame["reported"] = played.of_products(book.reported).ravel()
    frame["produced"] = actual_figures(world.facts, cells)
    there = (feasible > _MADE) | (made > _MADE)
    return tidy(frame[there], ["product", "period"])


def _years(played: Played) -> pd.DataFrame:
    """``execution_years.csv``: the play by period, as shares and multiples of the feasible plan."""
    book, world = played.record, played.setting.world
    value = world.value * world.followed
    asked, made = value @ played.of_products(book.asked_of), value @ played.made

    def share(activities: Vector) -> Vector:
        of = value @ played.of_products(activities)
        found: Vector = np.divide(of, made, out=np.full(len(made), np.nan), where=made > 0)
        return found

    return pd.DataFrame(
        {
            "period": world.facts.periods[: world.played],
            "tautness": np.divide(
                asked, value @ world.output, out=np.full(world.played, np.nan), where=value @ world.output > 0
            ),
            "output": played.output,
            "fulfilment": np.divide(made, asked, out=np.full(world.played, np.nan), where=asked > 0),
            "reported": share(book.reported),
            "useful": share(book.useful),
            "households": played.households,
            "hands": played.hands,
            "unfinished": played.unfinished,
            "stopped": book.stopped.astype(int),
            "unit": "share of the feasible plan",
        }
    )


def _shortages(played: Played) -> pd.DataFrame:
    """``shortages.csv``: in order of time, the first time that a good was short of what a branch or its works needed."""
    facts = played.setting.world.facts
    count, n = len(facts.activities), played.setting.rules.months
    rows = [
        (
            facts.periods[t],
            step * 12 // n + 1,
            facts.products[good],
            "branch" if at < count else "works",
            facts.activities[at] if at < count else facts.capacities[at - count],
            share,
        )
        for t, step, good, at, share in played.record.shortages
    ]
    return pd.DataFrame(rows, columns=["period", "month", "product", "kind", "item", "share"])


def _works(played: Played) -> pd.DataFrame:
    """``works.csv``: of each kind of plant and period what was begun, finished and standing, and the feasible plan's."""
    book, world = played.record, played.setting.world
    frame = pd.DataFrame(_axis(played, "capacities", "capacity"))
    frame["feasible_begun"], frame["begun"] = world.starts.ravel(), book.begun.ravel()
    frame["finished"] = book.finished.ravel()
    frame["feasible_plant"] = world.benchmark.block("capacity_level").ravel()
    frame["plant"] = book.plant.ravel()
    return tidy(frame, ["capacity", "period"])


def _stocks(played: Played) -> pd.DataFrame:
    """``execution_stocks.csv``: where each good went in each period: it always balances."""
    book = played.record
    frame = pd.DataFrame(_axis(played, "products", "product"))
    parts: Mapping[str, Vector] = {
        "made": played.made,
        "imported": book.imported,
        "used": book.used,
        "built": book.built,
        "delivered": book.delivered,
        "unused": book.lost,
        "held": book.held,
        "pool": book.pool,
    }
    before = np.hstack([book.opening[:, None], (book.held + book.pool)[:, :-1]])
    most = (before + played.made + book.imported).max(axis=1, keepdims=True)
    for name, part in {"opening": before, **parts}.items():
        frame[name] = np.where(np.abs(part) > _MADE * most, part, 0.0).ravel()
    return tidy(frame, ["product", "period"])


def tautness_table(
    rules: Sequence[ExecutionRules], tautness: Sequence[float], found: Sequence[PlayOutcome]
) -> pd.DataFrame:
    """``tautness.csv``: output, households, works and the least share of a figure over tautness, rule by rule.

    Args:
        rules: of each play.
        tautness: asked in each.
        found: what came of it.
    """
    return pd.DataFrame(
        {
            **{name: [getattr(one, name) for one in rules] for name in _RULES},
            "tautness": list(tautness),
            "output": [one.mean for one in found],
            "last": [float(one.output[-1]) for one in found],
            "households": [one.got for one in found],
            "unfinished": [one.unfinished for one in found],
            "figures": [one.figures for one in found],
            "unit": "share of the feasible plan",
        }
    )


def maxima_table(table: pd.DataFrame) -> pd.DataFrame:
    """``maxima.csv``: for each set of rules the tautness at which most is made, and what is made there, at 1 and at the tautest.

    Args:
        table: ``tautness.csv``.
    """
    rows = []
    for keys, own in table.groupby(list(_RULES), sort=False):
        best = own.iloc[int(own["output"].to_numpy().argmax())]
        at_one = own.iloc[int((own["tautness"] - 1.0).abs().to_numpy().argmin())]
        tautest = own.iloc[int(own["tautness"].to_numpy().argmax())]
        rows.append(
            {
                **dict(zip(_RULES, keys, strict=True)),
                "best_tautness": best["tautness"],
                "best_output": best["output"],
                "output_at_1": at_one["output"] if abs(at_one["tautness"] - 1.0) < _MADE else np.nan,
                "tautest": tautest["tautness"],
                "output_at_tautest": tautest["output"],
                "fall": 1.0 - tautest["output"] / best["output"],
                "unit": "share of the feasible plan",
            }
        )
    return pd.DataFrame(rows)


def draws_table(world: World, found: Sequence[PlayOutcome], seed: int) -> pd.DataFrame:
    """``execution_draws.csv``: output and households of each draw of shocks, by period.

    Args:
        world: what was played.
        found: what came of each draw.
        seed: of the first.
    """
    periods = world.facts.periods[: world.played]
    rows = [
        (draw + 1, seed + draw, period, one.output[t], one.households[t], "share of the feasible plan")
        for draw, one in enumerate(found)
        for t, period in enumerate(periods)
    ]
    return pd.DataFrame(rows, columns=["draw", "seed", "period", "output", "households", "unit"])


def facts_table(setting: Setting, facts: Sequence[StylisedFact]) -> pd.DataFrame:
    """``stylised_facts.csv``: what is told of taut plans, what the play shows of it, and the rules that it hangs on.

    Args:
        setting: whose economy tells them.
        facts: as they were found.
    """
    told = setting.world.facts.tables["stylised_facts"].set_index("fact")
    rows = [
        {
            "fact": one.name,
            "says": told.loc[one.name, "says"],
            "period": told.loc[one.name, "period"],
            "direction": told.loc[one.name, "direction"],
            "observed": one.observed,
            "shown": one.shown,
            "found": one.found,
            "hangs_on": ", ".join(one.hangs_on),
            "source": told.loc[one.name, "source"],
            "verified": told.loc[one.name, "verified"],
        }
        for one in facts
    ]
    return pd.DataFrame(rows)
