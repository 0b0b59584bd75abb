"""What draws say: shares of draws with their intervals, quantiles, plans compared draw by draw, indices."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.uncertainty.draws import EMPTY, UNDECIDED
from planner.analysis.uncertainty.figures import MET
from planner.analysis.uncertainty.given import (
    FEWEST,
    admits,
    carried_table,
    given_table,
    history_table,
    span_of,
    told_table,
    years_of,
)
from planner.analysis.uncertainty.indices import COLUMNS, indices_of
from planner.analysis.uncertainty.uncertainty import DrawsOutcome, Uncertainty
from planner.analysis.uncertainty.wilson import wilson
from planner.program import Vector

__all__ = ["OFTEN", "QUANTILES", "against", "draws_met", "figures_table", "met_row", "spread_of", "tables"]

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
OFTEN = 0.9  # of the draws: only a figure met in more of them is called met
_CELL = ["measure", "item", "period", "sense"]
_NAMES = [f"p{round(100 * q):02d}" for q in QUANTILES]


def quantiles(reached: Vector) -> Vector:
    """Quantiles, each an outcome that was drawn; ``nan`` where the draw has no plan (−∞), all of them without draws.

    >>> quantiles(np.array([-np.inf, 1.0, 2.0, 3.0, 4.0])).tolist()
    [nan, 1.0, 2.0, 3.0, 4.0]
    """
    if not len(reached):
        return np.full(len(QUANTILES), np.nan)
    found = np.quantile(reached, QUANTILES, method="inverted_cdf")
    return np.where(np.isfinite(found), found, np.nan)


def tables(found: Uncertainty) -> dict[str, pd.DataFrame]:
    """Every table of an uncertainty run by name; those that would be empty are left out."""
    made = {
        "met": pd.DataFrame([met_row(found, outcome) for outcome in found.outcomes]),
        "quantiles": pd.concat([_quantiles(outcome) for outcome in found.outcomes], ignore_index=True),
        "samples": pd.concat([_samples(found, outcome) for outcome in found.outcomes], ignore_index=True),
        "comparison": _comparison(found.outcomes),
        "indices": _indices(found),
        "factors": _factors(found),
        "one_way": _one_way(found),
        "figures": figures_table(found),
        "history": history_table(found),
        "given": given_table(found),
        "told": told_table(found, float(found.options.get("tolerance", 0.99))),
        "carried": carried_table(found) if found.design.kind == "random" else pd.DataFrame(),
        "brought_down": _brought_down(found),
        "screening": found.screening if found.screening is not None else pd.DataFrame(),
    }
    return {name: table for name, table in made.items() if len(table)}


def draws_met(reached: Vector) -> dict[str, object]:
    """How many draws meet all figures, that share with its 95 % interval, and how many have no plan.

    Args:
        reached: share of the figures in each draw, −∞ where there is no plan.

    >>> draws_met(np.array([-np.inf, 0.9, 1.1, 1.2]))["share"]
    0.5
    """
    draws, met = len(reached), int((reached >= INSIDE).sum())
    low, high = wilson(met, draws)
    share = met / draws if draws else np.nan
    return {
        "draws": draws,
        "feasible": met,
        "share": share,
        "low": low,
        "high": high,
        "empty": int(np.isneginf(reached).sum()),
    }


def spread_of(reached: Vector) -> dict[str, float]:
    """Quantiles by the names of their columns.

    Args:
        reached: as of ``draws_met``.
    """
    return dict(zip(_NAMES, quantiles(reached).tolist(), strict=True))


def met_row(found: Uncertainty, outcome: DrawsOutcome) -> dict[str, object]:
    """Share of draws in which all figures can be met, its interval, and quantiles of the share reached.

    There is no such share of a question without figures, nor from a design whose draws are not independent.

    Args:
        found: all draws.
        outcome: of one question.
    """
    reached, goal = outcome.reached, outcome.formulation.goal
    row = {"plan": outcome.formulation.plan, **draws_met(reached)}
    if not (goal.is_share and found.design.kind == "random"):
        row |= dict.fromkeys(("feasible", "share", "low", "high"), np.nan)
    row |= {
        "floor_fails": int((outcome.fails == "floor").sum()),
        "undecided": int((outcome.status == UNDECIDED).sum()),
    }
    return {**row, **spread_of(reached), "unit": goal.unit, "seed": found.design.seed, "design": found.design.kind}


def _quantiles(outcome: DrawsOutcome) -> pd.DataFrame:
    """Quantiles of the value and of the feasible share of each target, empty sets counting as none."""
    formulation = outcome.formulation
    rows = [("value", "", "", "", *quantiles(outcome.reached), formulation.goal.unit)]
    decided = outcome.status != UNDECIDED
    for i, cell in enumerate(_cells(outcome)):
        if formulation.targets.scaled[i]:
            shares = np.where(outcome.status == EMPTY, -np.inf, outcome.shares[:, i])[decided]
            shares = shares[~np.isnan(shares)]  # a step left open by the solver
            rows.append((*cell, *quantiles(shares), "share of the official figure"))
    table = pd.DataFrame(rows, columns=[*_CELL, *_NAMES, "unit"])
    table.insert(0, "plan", formulation.plan)
    return table


def figures_table(found: Uncertainty) -> pd.DataFrame:
    """Each figure over the draws: met together with the others, met alone, and what of it is feasible.

    Draws without a plan count as not met. Where what happened was asked too, the same among the draws that admit it.
    """
    rows: list[list[object]] = []
    tolerance, span = found.options.get("tolerance"), found.options.get("span")
    for outcome in found.outcomes if found.design.kind == "random" else ():
        decided = outcome.status != UNDECIDED
        counted = [("all draws", decided)]
        counted += [
            (f"draws that admit what happened in {years_of(given)}", decided & admits(given, float(tolerance)))
            for given in found.given
            if span_of(given) == span and tolerance is not None
        ]
        frame = outcome.formulation.targets.frame
        for at, cell in enumerate(_cells(outcome)):
            if not outcome.formulation.targets.scaled[at]:
                continue
            figure, unit = float(frame["value"].iloc[at]), str(frame["unit"].iloc[at])
            for condition, kept in counted:
                together, alone = outcome.shares[kept, at], outcome.alone[kept, at]
                count = int(kept.sum())
                row: list[object] = [outcome.formulation.plan, *cell, figure, unit, condition, count]
                if count < (FEWEST if condition != "all draws" else 1):
                    rows.append([*row, *[np.nan] * 9, "too few"])
                    continue
                met, own = (int((np.nan_to_num(some) >= MET).sum()) for some in (together, alone))
                reached = np.where(np.isnan(together), -np.inf, np.minimum(together, 1.0) * figure)
                spread = [quantiles(reached)[QUANTILES.index(q)] for q in (0.05, 0.5, 0.95)]
                reading = "met" if met > OFTEN * count else "open" if met else "not met"
                rows.append([*row, met, met / count, *wilson(met, count), own, own / count, *spread, reading])
    columns = [
        "plan",
        *_CELL,
        "figure",
        "unit",
        "among",
        "draws",
        "met_together",
        "together",
        "together_low",
        "together_high",
        "met_alone",
        "alone",
        "p05",
        "p50",
        "p95",
        "reading",
    ]
    return pd.DataFrame(rows, columns=columns)


def _one_way(found: Uncertainty) -> pd.DataFrame:
    """What is reached when all numbers move one way and balances are kept, and where every number is at its good end."""
    rows = []
    for outcome in found.outcomes:
        goal = outcome.formulation.goal
        cells = [*outcome.one_way.items(), *([("bound", outcome.bound)] if np.isfinite(outcome.bound) else [])]
        rows += [(outcome.formulation.plan, name, value, goal.unit) for name, value in cells]
    return pd.DataFrame(rows, columns=["plan", "moved", "value", "unit"])


def _brought_down(found: Uncertainty) -> pd.DataFrame:
    """Items of which the numbers drawn used more in the base period than there was."""
    draws = len(found.numbers)
    rows = [(item, draws, count, count / draws) for item, count in sorted(found.scaled.items()) if count]
    return pd.DataFrame(rows, columns=["item", "draws", "brought_down", "share"])


def _samples(found: Uncertainty, outcome: DrawsOutcome) -> pd.DataFrame:
    """Every draw: its status, the value, and the feasible shares where they were wanted, in long form."""
    cells = _cells(outcome)
    keys = [("value", "", "", ""), *cells]
    values = np.column_stack([outcome.value, outcome.shares]) if cells else outcome.value[:, None]
    count = len(keys)
    columns = {name: np.tile(np.array([key[i] for key in keys], object), len(values)) for i, name in enumerate(_CELL)}
    return pd.DataFrame(
        {
            "plan": outcome.formulation.plan,
            "draw": np.repeat(found.numbers, count),
            **columns,
            "status": np.repeat(outcome.status, count),
            "value": values.ravel(),
        }
    )


def _cells(outcome: DrawsOutcome) -> list[tuple[str, str, str, str]]:
    """Measure, item, period and sense of each target, where the draws have shares of them."""
    targets = outcome.formulation.targets
    senses = targets.frame["sense"].astype(str)
    return (
        [(*term, sense) for term, sense in zip(targets.terms, senses, strict=True)] if outcome.shares.shape[1] else []
    )


def _comparison(outcomes: Sequence[DrawsOutcome]) -> pd.DataFrame:
    """Plans against each other on the same draws: how often one is reached more fully, and by how much."""
    rows = []
    for i, one in enumerate(outcomes):
        for other in outcomes[i + 1 :]:
            decided, more, gap = _gap(one, other)
            spread = float(gap.std(ddof=1)) if len(gap) > 1 else np.nan
            mean = float(gap.mean()) if len(gap) else np.nan
            rows.append((one.formulation.plan, other.formulation.plan, decided, more, mean, spread))
    return pd.DataFrame(
        rows, columns=["plan", "other", "draws", "reached_more_fully", "mean_difference", "standard_deviation"]
    )


def _gap(one: DrawsOutcome, other: DrawsOutcome) -> tuple[int, float, Vector]:
    """Draws decided for both, the share of them in which one reaches more, and by how much where both have a plan."""
    both = (one.status != UNDECIDED) & (other.status != UNDECIDED)
    first, second = (np.where(side.status == EMPTY, -np.inf, side.value)[both] for side in (one, other))
    known = np.isfinite(first) & np.isfinite(second)
    more = float((first > second).mean()) if len(first) else np.nan
    return len(first), more, first[known] - second[known]


def against(outcome: DrawsOutcome, first: DrawsOutcome) -> dict[str, float]:
    """One question less another, draw by draw: how often it reaches more, and quantiles of the difference.

    Args:
        outcome: the one.
        first: the other.
    """
    _, more, gap = _gap(outcome, first)
    spread = dict(zip(QUANTILES, quantiles(gap).tolist(), strict=True))
    return {"more": more, "difference_low": spread[0.05], "difference": spread[0.5], "difference_high": spread[0.95]}


def _indices(found: Uncertainty) -> pd.DataFrame:
    """Indices of every plan; a draw without a plan counts as a value of zero, and an unfinished design has none."""
    if found.design.kind == "random" or found.interrupted:
        return pd.DataFrame(columns=["plan", *COLUMNS])
    parts = []
    for outcome in found.outcomes:
        table = indices_of(found.design, np.nan_to_num(outcome.value))
        table.insert(0, "plan", outcome.formulation.plan)
        parts.append(table)
    return pd.concat(parts, ignore_index=True)


def _factors(found: Uncertainty) -> pd.DataFrame:
    """What was drawn: every number with its range, its distribution and the factor it shares."""
    parts = []
    for outcome, factors in zip(found.outcomes, found.factors, strict=True):
        table = factors.numbers.table[["table", "number", "column", "period", "unit", "low", "central", "high"]].copy()
        table["distribution"] = factors.kinds
        table.loc[~factors.numbers.drawn, "distribution"] = "residual"
        for column, words in (("factor", factors.names), ("group", factors.groups)):
            table[column] = np.array([*words, ""], object)[factors.of]
        table[["source", "verified"]] = factors.numbers.table[["source", "verified"]]
        parts.append((outcome.formulation.plan, table))
    first = parts[0][1] if parts else pd.DataFrame()
    if all(table.equals(first) for _, table in parts):
        return first
    return pd.concat([table.assign(plan=plan) for plan, table in parts], ignore_index=True)
