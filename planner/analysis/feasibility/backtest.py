"""The back-test: what happened, tested like a plan. A model that rejects what happened is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.analysis.feasibility.attainment import Attainment, attain
from planner.analysis.feasibility.target_readings import each_alone
from planner.economy import DataError, Economy, Finding
from planner.economy.arrays import Arrays
from planner.formulation import Question, formulate
from planner.solver.highs import Session

PLAN = "as_produced"  # the name under which what happened is posed as a plan
NO_FACTS = "no facts"  # of a period of which no output figure is known
_FITS = {"inside": "yes", "outside": "no", "empty": "empty set", NO_FACTS: NO_FACTS}


@dataclass(frozen=True, eq=False)
class Backtest:
    """The back-test at one corner.

    Args:
        by_year: to_period, only, kind, attainment, verdict: outputs up to each period jointly, and of each period alone.
        by_product: what each output could have been alone, and which are worst.
    """

    by_year: pd.DataFrame
    by_product: pd.DataFrame


def as_plan(
    economy: Economy, periods: Sequence[str] | None = None, *, name: str = PLAN, drawn: bool = False
) -> Economy:
    """The economy with its preferred output figures posed as the targets of a plan.

    Args:
        economy: under conditions as they turned out.
        periods: of which figures are taken; ``None`` for all.
        name: of the plan.
        drawn: whether figures that are ranges keep them and are asked for in full, so that only the others are scaled.

    Raises:
        DataError: there are no such figures.
    """
    actuals = economy.tables["actuals"]
    chosen = (
        (actuals["preferred"] == "yes")
        & (actuals["measure"] == "output")
        & actuals["period"].isin(economy.periods if periods is None else periods)
        & (actuals["value"] > 0)
    )
    if not chosen.any():
        sentence = (
            "There is no preferred output figure within the horizon, so there is nothing to test the model against."
        )
        raise DataError([Finding("E178", "actuals.csv", (), "preferred", "", sentence)], economy.folder)
    columns = economy.tables["targets"].columns
    made = actuals[chosen].assign(plan=name, sense="at_least", weight=1.0, hard="no")
    if drawn:
        made["hard"] = np.where(made["low"] < made["high"], "yes", "no")
    else:
        made = made.assign(low=made["value"], high=made["value"])
    return economy.with_tables({"targets": made.reindex(columns=columns).reset_index(drop=True)})


def training_periods(economy: Economy) -> tuple[str, ...]:
    """Periods before plant begun under the plan could work: those the calibration saw. The rest are hold-out.

    Plant of the median gestation begun in the first period works that many periods later.
    """
    gestation = economy.tables["capacities"]["gestation"].to_numpy()
    gestation = gestation[gestation > 0]
    return economy.periods[: int(np.median(gestation))] if len(gestation) else ()


def backtest(economy: Economy, question: Question, tick: Callable[[str], None] = lambda _: None) -> Backtest:
    """Test what was produced at the corner the economy was loaded at.

    Args:
        economy: under conditions as they turned out.
        question: whose families and floor hold.
        tick: told what is being solved.

    Returns:
        Shares of 1.0 and more mean that what happened fits. A period of which no figure is known is marked so.
    """
    posed = as_plan(economy)
    question = replace(question, objective="attainment")
    session = Session()
    training = training_periods(economy)
    targets = posed.tables["targets"]
    rows: list[dict[str, object]] = []
    for only in (False, True):
        for t, period in enumerate(economy.periods):
            tick(f"{'in' if only else 'to'} {period}")
            tested = targets[targets["period"].isin((period,) if only else economy.periods[: t + 1])]
            found = _attained(posed, tested, question, session) if len(tested) else None
            verdict = found.verdict if found is not None else NO_FACTS
            rows.append(
                {
                    "span": f"{period} alone" if only else f"to {period}",
                    "period": period,
                    "kind": _kind(period, training) if (targets["period"] == period).any() else NO_FACTS,
                    "figures": len(tested),
                    "attainment": found.share if found is not None else np.nan,
                    "fits": _FITS.get(verdict, "undecided"),
                    "unit": "share of what was produced",
                }
            )
    return Backtest(pd.DataFrame(rows), _by_product(posed, question, session))


def _kind(period: str, training: Sequence[str]) -> str:
    return "training" if period in training else "hold-out"


def _attained(posed: Economy, targets: pd.DataFrame, question: Question, session: Session) -> Attainment:
    tested = posed.with_tables({"targets": targets.reset_index(drop=True)})
    return attain(formulate(tested, question, PLAN), session)


def _by_product(posed: Economy, question: Question, session: Session) -> pd.DataFrame:
    """Each figure alone and with the others held; the worst first."""
    formulation = formulate(Arrays(posed), question, PLAN)
    joint = attain(formulation, session, proof=False)
    frame = formulation.targets.frame
    table = frame[["item", "period", "unit", "value", "source", "verified"]].rename(
        columns={"item": "product", "value": "produced"}
    )
    table["kind"] = [_kind(period, training_periods(posed)) for period in table["period"]]
    if not joint.solution.optimal:
        return table.assign(alone_share=np.nan, with_others_held_share=np.nan).iloc[:0]
    readings = each_alone(formulation, joint.share, session, left_out=False)
    table["alone_share"], table["with_others_held_share"] = readings.alone, readings.held
    return table.sort_values(["alone_share", "product", "period"], kind="stable").reset_index(drop=True)
