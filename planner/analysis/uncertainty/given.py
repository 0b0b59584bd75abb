"""What happened, asked in the same draws: which draws admit it, and what that says of a plan.

The model errs in the plan's favour, so a draw that is too generous is never rejected: the condition can discard what is too
harsh and can never discard what is too kind. It is a check of consistency, and evidence only as far as it goes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.feasibility.backtest import PLAN, as_plan, training_periods
from planner.analysis.uncertainty.condition import ALL, HOLD_OUT
from planner.analysis.uncertainty.uncertainty import DrawsOutcome, Uncertainty
from planner.analysis.uncertainty.wilson import wilson
from planner.economy import DataError, Economy
from planner.formulation import Formulation, Question, formulate
from planner.program import Vector

__all__ = [
    "FEWEST",
    "TOLERANCES",
    "admits",
    "carried_table",
    "difference",
    "given_table",
    "history_table",
    "met_in",
    "posed",
    "shifts",
    "span_of",
    "threshold",
    "told_table",
    "years_of",
]

TOLERANCES = (0.90, 0.91, 0.92, 0.93, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99, 0.995, 1.0)
FEWEST = 50  # draws kept, below which no share is given
_ROUNDING = 1.0 - INSIDE  # θ* this close to a tolerance counts as having reached it
Mask = npt.NDArray[np.bool_]


def posed(economy: Economy, question: Question) -> list[Formulation]:
    """What happened as questions: of the years the calibration did not see, of those it saw, and of all.

    An actual figure that is a range is drawn and must be met in full; the others are scaled together.

    Args:
        economy: under conditions as they turned out.
        question: of the back-test.

    Raises:
        DataError: no output figure of these years is known.
    """
    training = training_periods(economy)
    spans = {
        HOLD_OUT: [p for p in economy.periods if p not in training],
        "training": [*training],
        ALL: [*economy.periods],
    }
    question = replace(question, objective="attainment")
    found = []
    for span, periods in spans.items():
        name = f"{PLAN} {span}"
        try:
            plan = as_plan(economy, periods, name=name, drawn=True)
        except DataError:
            if span in (HOLD_OUT, ALL):
                raise
            continue
        found.append(formulate(plan, question, name))
    return found


def span_of(outcome: DrawsOutcome) -> str:
    """Which years an outcome of what happened is about."""
    return outcome.formulation.plan.removeprefix(f"{PLAN} ")


def years_of(outcome: DrawsOutcome) -> str:
    """These years in words: ``1931 to 1933``."""
    years = [str(year) for year in dict.fromkeys(outcome.formulation.targets.frame["period"])]
    years = [year for year in outcome.formulation.economy.periods if year in years]
    return years[0] if len(years) == 1 else f"{years[0]} to {years[-1]}"


def admits(outcome: DrawsOutcome, tolerance: float) -> Mask:
    """Draws that admit what happened to a share, shape (draws,)."""
    reached = np.where(outcome.status == "solved", outcome.value, -np.inf)
    return np.asarray(reached >= tolerance - _ROUNDING, dtype=bool)


def difference(met: Mask, kept: Mask) -> tuple[float, float, float]:
    """By how much the share of draws met changes when only some are kept, with its 95 % interval.

    The draws kept are some of all, so the difference is that of kept against rejected ones, times the share rejected; of
    this Newcombe's interval is taken.

    Args:
        met: by draw.
        kept: by draw.

    >>> met, kept = np.array([True] * 8 + [False] * 2), np.array([True] * 4 + [False] * 6)
    >>> [round(value, 3) for value in difference(met, kept)]
    [0.2, -0.126, 0.42]
    """
    inside, outside = met[kept], met[~kept]
    if not len(inside) or not len(outside):
        return 0.0, 0.0, 0.0
    rejected = len(outside) / len(met)
    one, other = inside.mean(), outside.mean()
    (low, high), (below, above) = (wilson(int(some.sum()), len(some)) for some in (inside, outside))
    gap = one - other
    least = gap - sqrt((one - low) ** 2 + (above - other) ** 2)
    most = gap + sqrt((high - one) ** 2 + (other - below) ** 2)
    return float(gap * rejected), float(least * rejected), float(most * rejected)


def threshold(numbers: int, level: float = 0.05) -> float:
    """|z| above which one of many numbers tells more than chance does in one of twenty cases.

    >>> round(threshold(570), 2)
    3.92
    """
    return NormalDist().inv_cdf(1.0 - level / (2 * max(1, numbers)))


def _tolerances(found: Uncertainty) -> list[float]:
    """From .90 to 1, and the one that was asked for."""
    return sorted({*TOLERANCES, float(found.options.get("tolerance", 1.0))})


def history_table(found: Uncertainty) -> pd.DataFrame:
    """Share of draws that admit what happened, by span of years and tolerance."""
    rows = []
    for outcome in found.given:
        for tolerance in _tolerances(found):
            kept = admits(outcome, tolerance)
            share = kept.mean() if len(kept) else np.nan
            ends = wilson(int(kept.sum()), len(kept))
            rows.append((span_of(outcome), years_of(outcome), tolerance, len(kept), int(kept.sum()), share, *ends))
    return pd.DataFrame(rows, columns=["span", "years", "tolerance", "draws", "kept", "share", "low", "high"])


def given_table(found: Uncertainty) -> pd.DataFrame:
    """Share of draws with all figures met among those that admit what happened, by plan, span and tolerance."""
    rows = []
    for outcome in found.outcomes:
        met, decided = met_in(outcome), outcome.status != "undecided"
        for given in found.given:
            for tolerance in _tolerances(found):
                kept = admits(given, tolerance) & decided
                count = int(kept.sum())
                row: list[object] = [outcome.formulation.plan, span_of(given), years_of(given), tolerance, count]
                if count < FEWEST:
                    rows.append([*row, *[np.nan] * 7, "too few"])
                    continue
                share = float(met[kept].mean())
                gap = difference(met[decided], kept[decided])
                apart = "no" if gap[1] <= 0.0 <= gap[2] else "yes"
                rows.append([*row, int(met[kept].sum()), share, *wilson(int(met[kept].sum()), count), *gap, apart])
    columns = [
        "plan",
        "span",
        "years",
        "tolerance",
        "kept",
        "feasible",
        "share",
        "low",
        "high",
        "difference",
        "difference_low",
        "difference_high",
        "tells_apart",
    ]
    return pd.DataFrame(rows, columns=columns)


def told_table(found: Uncertainty, tolerance: float) -> pd.DataFrame:
    """Numbers whose quantile is another among draws that admit what happened, by more than chance among so many."""
    rows = []
    limit = threshold(len(found.design.names))
    for given in found.given:
        kept = admits(given, tolerance)
        for at, z, mean in shifts(found.quantiles, kept):
            if abs(z) > limit:
                rows.append((span_of(given), tolerance, found.design.names[at], mean, z, limit))
    table = pd.DataFrame(rows, columns=["span", "tolerance", "factor", "mean_quantile", "z", "threshold"])
    return table.iloc[np.argsort(-table["z"].abs().to_numpy(dtype=float), kind="stable")].reset_index(drop=True)


def shifts(quantiles: Vector, kept: Mask) -> list[tuple[int, float, float]]:
    """Shift of the mean quantile of every factor among the draws kept, against a choice of as many draws by lot.

    Args:
        quantiles: shape (draws, factors).
        kept: shape (draws,).

    Returns:
        Factor, z and mean quantile; nothing where all or none are kept.
    """
    draws, count = len(kept), int(kept.sum())
    if count < 2 or count == draws:
        return []
    mean, spread = quantiles.mean(0), quantiles.std(0, ddof=1)
    own = quantiles[kept].mean(0)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (own - mean) / (spread * sqrt((1.0 - count / draws) / count))
    return [(at, float(value), float(own[at])) for at, value in enumerate(np.nan_to_num(z))]


def met_in(outcome: DrawsOutcome) -> Mask:
    """Draws in which all figures can be met, shape (draws,)."""
    return np.asarray((outcome.status == "solved") & (outcome.value >= INSIDE), dtype=bool)


def carried_table(found: Uncertainty, most: int = 12) -> pd.DataFrame:
    """Correlation of the share reached with the quantile of each factor, over draws that have a plan; the strongest first."""
    rows: list[tuple[object, ...]] = []
    for outcome in found.outcomes:
        solved = outcome.status == "solved"
        value = outcome.value[solved]
        if len(value) < FEWEST or np.ptp(value) == 0.0:
            continue
        quantiles = found.quantiles[solved]
        spread = quantiles.std(0) * value.std()
        with np.errstate(divide="ignore", invalid="ignore"):
            related = ((quantiles - quantiles.mean(0)) * (value - value.mean())[:, None]).mean(0) / spread
        related = np.nan_to_num(related)
        order: Sequence[int] = np.argsort(-np.abs(related), kind="stable")[:most].tolist()
        rows += [(outcome.formulation.plan, found.design.names[at], float(related[at]), len(value)) for at in order]
    return pd.DataFrame(rows, columns=["plan", "factor", "correlation", "draws"])
