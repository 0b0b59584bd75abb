"""Everything that is asked of the sensitivity of one answer, measured with one warm solver."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from planner.analysis.sensitivity.basis_ranges import basis_intervals
from planner.analysis.sensitivity.bottlenecks import bottlenecks
from planner.analysis.sensitivity.curve import curve_table
from planner.analysis.sensitivity.prices import two_sided
from planner.analysis.sensitivity.selector import Selection, select
from planner.analysis.sensitivity.tornado import Tornado
from planner.economy import DataError, Economy, Finding
from planner.formulation import Formulation
from planner.solver.highs import Session
from planner.solver.solution import Solution

__all__ = ["Curve", "Sensitivity", "examine", "read_curve"]


@dataclass(frozen=True)
class Curve:
    """A value curve that is asked for: of which numbers, between which factors."""

    selection: Selection
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What was found.

    Args:
        formulation: linear, as asked.
        solution: its optimum, without values where it has none.
        tables: ``prices``, ``ranges``, ``curve``, ``tornado``, ``bottlenecks``; empty where there is no optimum.
    """

    formulation: Formulation
    solution: Solution
    tables: dict[str, pd.DataFrame]


def examine(
    formulation: Formulation, curves: Sequence[Curve] = (), tick: Callable[[str], None] = lambda _: None
) -> Sensitivity:
    """Prices of both sides, basis intervals, curves, tornado and bottlenecks of a question.

    Args:
        formulation: linear (`planner.analysis.sensitivity.prices.linear`).
        curves: asked for.
        tick: told what is worked on.

    >>> from planner.economy import load
    >>> from planner.formulation import load_question
    >>> from planner.formulation import formulate
    >>> found = examine(formulate(load("two_goods"), load_question("five_year"), "ambitious"))
    >>> found.tables["bottlenecks"]["first"].iloc[0]
    'capacities:furnaces:initial'
    """
    session = Session()
    solution = session.solve(formulation.program)
    if not solution.optimal:
        return Sensitivity(formulation, solution, {})
    prices = two_sided(formulation, solution, session, tick=tick)
    ranges = basis_intervals(session, formulation.program, prices)
    drawn = [pd.DataFrame()]
    for curve in curves:
        tick(f"the curve of {curve.selection.text}")
        drawn.append(curve_table(formulation, curve.selection, curve.low, curve.high, session))
    limits = bottlenecks(formulation, solution, session, tick=tick)
    tornado = Tornado(formulation, solution, session)
    swings = pd.concat([tornado.singles(tick), tornado.groups(tick)], ignore_index=True)
    tables = {"prices": prices, "ranges": ranges, "tornado": swings, "bottlenecks": limits}
    if curves:
        tables["curve"] = pd.concat(drawn[1:], ignore_index=True)
    return Sensitivity(formulation, solution, tables)


def read_curve(text: str, economy: Economy, row: int = 1) -> Curve:
    """A curve as written: ``SELECTOR=FROM:TO``, split at the last equals sign.

    Args:
        text: such as ``supply:unskilled=0.5:2``.
        economy: whose numbers are selected.
        row: which of several, for findings.

    Raises:
        DataError: it does not read so, or selects nothing.
    """
    selector, equals, span = text.rpartition("=")
    try:
        low, high = (float(part) for part in span.split(":"))
    except ValueError:
        low = high = 0.0
    if not equals or not 0.0 <= low < high < float("inf"):
        said = f'"{text}" does not read SELECTOR=FROM:TO with two factors, such as supply:unskilled=0.5:2.'
        raise DataError([Finding("E164", "--curve", (row,), "", text, said)], economy.folder)
    return Curve(select(selector, economy, row=row), low, high)
