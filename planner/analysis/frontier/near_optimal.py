"""Near-optimal room: what every plan that is nearly as good as the best must do, and where it is free.

Two plans may reach the same share and share little else. So the objective is held within ε of its best, and the total of
each group (output of a product, a technique, building, trade, consumption, resources) is made least and greatest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pandas as pd

from planner.analysis.frontier.feasible_set import Quantity, at_least, row_of
from planner.economy.arrays import Codes, Labels
from planner.economy.measures import MEASURES
from planner.formulation import Formulation
from planner.formulation.measures import unit_of
from planner.program import LinearProgram, Matrix
from planner.solver.highs import Session, SolveOptions
from planner.solver.scaling import sizes_of
from planner.solver.solution import Solution

__all__ = ["FIXED", "groups", "near_best", "near_optimal"]

FIXED = 0.05  # spread as a share of the greatest below which a total is as good as fixed
NOTHING = 1e-6  # of a usual amount: what is none


def groups(formulation: Formulation) -> list[Quantity]:
    """What is measured of near-best plans, in groups.

    Totals over the whole horizon: output by product, techniques where there are several, building by kind of plant,
    imports and exports by product, use of resources; and the level of consumption of each period.
    """
    return list(_groups(formulation))


def _groups(formulation: Formulation) -> Iterator[Quantity]:
    facts, periods = formulation.facts, formulation.economy.periods
    span = periods[0] if len(periods) == 1 else f"{periods[0]}..{periods[-1]}"
    product = facts.tables["activities"]["product"]
    several = set(product[product.duplicated(keep=False)])
    made = set(facts.tables["activities"]["product"])
    rows: list[tuple[str, Iterable[str]]] = [
        ("output", [p for p in facts.products if p in made]),
        ("activity", [a for a, p in zip(facts.activities, product, strict=True) if p in several]),
        ("start", facts.capacities),
        ("export", _traded(formulation, formulation.variables.export_codes)),
        ("import", _traded(formulation, formulation.variables.import_codes)),
        ("employment", facts.resources),
    ]
    for measure, items in rows:
        yield from (Quantity(measure, str(item), span, unit_of(facts, MEASURES[measure], item)) for item in items)
    if len(facts.tables["consumption"]):
        yield from (Quantity("consumption", "*", period, "base period = 1") for period in periods)


def _traded(formulation: Formulation, goods: Codes) -> Labels:
    facts = formulation.facts
    return facts.products[np.unique(facts.trade.products_of(goods))]


def near_best(program: LinearProgram, best: float, epsilon: float) -> LinearProgram:
    """The program with one more row: its objective within a share ε of the best.

    Args:
        program: linear.
        best: its optimum.
        epsilon: share given up, such as 0.01.
    """
    worst = best - program.offset - (-program.sign) * epsilon * abs(best)
    towards = -program.sign  # the row reads: improvement at least
    return at_least(program, towards * program.cost, towards * worst)


def near_optimal(
    formulation: Formulation,
    solution: Solution,
    epsilon: float = 0.01,
    *,
    tick: Callable[[str], None] = lambda _: None,
) -> pd.DataFrame:
    """Least and greatest total of every group among plans within ε of the best.

    Args:
        formulation: linear.
        solution: its optimum.
        epsilon: share of the objective given up.
        tick: told what is measured.

    Returns:
        measure, item, period, unit, least, greatest (``inf`` where nothing limits it), in_best (in the optimal plan that
        was found, one of many), spread (greatest less least as a share of the greatest), reading: ``fixed`` (all
        near-best plans agree to five per cent), ``at least`` (some must be done), ``free`` (may be left undone), ``none``
        (no near-best plan does any); epsilon.
    """
    wanted = groups(formulation)
    weights, constants = row_of(formulation, [q.term for q in wanted])
    program = near_best(formulation.program, solution.objective, epsilon)
    nothing = NOTHING * (np.abs(weights) * sizes_of(formulation.program)).max(axis=1, initial=0.0)
    rows, session = [], Session(SolveOptions().primal)
    # In one order on every processor, as a dense product is not.
    reached = Matrix(weights) @ solution.values + constants
    for number, (q, weight, constant) in enumerate(zip(wanted, weights, constants, strict=True)):
        if number % 20 == 0:
            tick(f"{number} of {len(wanted)} totals")
        ends = [_end(program, weight, constant, sense, session) for sense in (1.0, -1.0)]
        least, greatest = (0.0 if abs(end) < nothing[number] else end for end in ends)
        rows.append((*q.term, q.unit, least, greatest, float(reached[number]), *_reading(least, greatest), epsilon))
    columns = ["measure", "item", "period", "unit", "least", "greatest", "in_best", "spread", "reading", "epsilon"]
    return pd.DataFrame(rows, columns=columns)


def _end(program: LinearProgram, weight: np.ndarray, constant: float, sense: float, session: Session) -> float:
    """The least (sense 1) or greatest (−1) value of a weighted sum."""
    if not weight.any():
        return float(constant)
    found = session.solve(program.with_(sense="min", cost=sense * weight, offset=0.0))
    return sense * found.value + float(constant)


def _reading(least: float, greatest: float) -> tuple[float, str]:
    if not greatest and not least:
        return 0.0, "none"
    spread = (greatest - least) / abs(greatest) if np.isfinite(greatest) and greatest else float("nan")
    if spread <= FIXED:
        return spread, "fixed"
    return spread, "at least" if least > 0 else "free"
