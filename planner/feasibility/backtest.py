"""The back-test: what happened, tested like a plan. A model that rejects what happened is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.economy import DataError, Economy, Finding
from planner.economy.arrays import Arrays
from planner.feasibility.alone import each_alone
from planner.feasibility.attainment import Attainment, attain
from planner.formulation import Question, formulate
from planner.solver.highs import Session

PLAN = "as_produced"  # the name under which what happened is posed as a plan


@dataclass(frozen=True, eq=False)
class Backtest:
    """The back-test at one corner.

    Args:
        by_year: to_period, only, kind, attainment, verdict: outputs up to each period jointly, and of each period alone.
        by_product: what each output could have been alone, and which are worst.
    """

    by_year: pd.DataFrame
    by_product: pd.DataFrame


def as_plan(economy: Economy) -> Economy:
    """The economy with its preferred output figures posed as the targets of a plan.

    Raises:
        DataError: there are no such figures.
    """
    actuals = economy.tables["actuals"]
    chosen = (
        (actuals["preferred"] == "yes") & (actuals["measure"] == "output")
        & actuals["period"].isin(economy.periods) & (actuals["value"] > 0)
    )  # fmt: skip
    if not chosen.any():
        sentence = (
            "There is no preferred output figure within the horizon, so there is nothing to test the model against."
        )
        raise DataError([Finding("E178", "actuals.csv", (), "preferred", "", sentence)], economy.folder)
    columns = economy.tables["targets"].columns
    made = actuals[chosen].assign(
        plan=PLAN, sense="at_least", weight=1.0, hard="no", low=actuals["value"], high=actuals["value"]
    )
    return replace(economy, tables={**economy.tables, "targets": made.reindex(columns=columns).reset_index(drop=True)})


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
        economy: under conditions as they turned out; question: whose families and floor hold.
        tick: told what is being solved.

    Returns:
        Shares of 1.0 and more mean that what happened fits.
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
            wanted = (period,) if only else economy.periods[: t + 1]
            found = _attained(posed, targets[targets["period"].isin(wanted)], question, session)
            rows.append(
                {
                    "span": f"{period} alone" if only else f"to {period}",
                    "period": period,
                    "kind": "training" if period in training else "hold-out",
                    "figures": int(targets["period"].isin(wanted).sum()),
                    "attainment": found.share,
                    "fits": {"inside": "yes", "outside": "no", "empty": "region empty"}.get(found.verdict, "undecided"),
                    "unit": "share of what was produced",
                }
            )
    return Backtest(pd.DataFrame(rows), _by_product(posed, question, session))


def _attained(posed: Economy, targets: pd.DataFrame, question: Question, session: Session) -> Attainment:
    tables = {**posed.tables, "targets": targets.reset_index(drop=True)}
    return attain(formulate(replace(posed, tables=tables), question, PLAN), session)


def _by_product(posed: Economy, question: Question, session: Session) -> pd.DataFrame:
    """Each figure alone and with the others held; the worst first."""
    formulation = formulate(Arrays(posed), question, PLAN)
    joint = attain(formulation, session, proof=False)
    frame = formulation.targets.frame
    table = frame[["item", "period", "unit", "value", "source", "verified"]].rename(
        columns={"item": "product", "value": "produced"}
    )
    if not joint.solution.optimal:
        return table.assign(alone=np.nan, held=np.nan).iloc[:0]
    readings = each_alone(formulation, joint.share, session, left_out=False)
    training = training_periods(posed)
    table["kind"] = np.where(table["period"].isin(training), "training", "hold-out")
    table["alone_share"], table["with_others_held_share"] = readings.alone, readings.held
    return table.sort_values(["alone_share", "product", "period"], kind="stable").reset_index(drop=True)
