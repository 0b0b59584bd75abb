"""Shadow prices of both sides: what one more unit of a limit would bring, and what one less would cost, by re-solve.

The price a solver reports at a degenerate optimum is one of many. So every limit is moved by a step h to either side and
the program solved again in place. The value of a linear program is concave in its limits (convex where something is
minimised). Therefore the difference quotient over the step agrees with the slope at its far end only if the value is
straight all the way between: then the quotient is the directional derivative, and the step is one over which it holds.
Otherwise the step is shortened.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from planner.formulation import FAMILIES, Formulation, formulate
from planner.program import LinearProgram
from planner.program.program import Block
from planner.solver.highs import Session
from planner.solver.scaling import scaling_of
from planner.solver.solution import Solution, Status

__all__ = ["PricedLimit", "limits_of", "linear", "two_sided"]

FIRST, SHORTEST = 1e-2, 1e-6  # first and shortest step, as shares of the size of the limit
NOISE = 1e-10  # of what the objective is made of
DOUBLINGS = 12  # of a step whose price holds
_SLACK = 1e-7  # of a limit and its unit: one this near counts as reached

Side = Literal["row_lower", "row_upper", "both", "column_lower", "column_upper"]


def linear(formulation: Formulation) -> Formulation:
    """The same question with projects in parts where it has whole ones: prices exist only then."""
    if not formulation.program.integer.any():
        return formulation
    return formulate(formulation.economy, formulation.question.in_parts, formulation.plan)


@dataclass(frozen=True)
class PricedLimit:
    """One limit of a program.

    Args:
        family: constraint family or block of unknowns.
        item: of which.
        period: likewise.
        unit: of the limit.
        side: which array it stands in; ``both`` for an equation.
        place: position there.
        limit: its value.
        more: +1 where more of what is limited means a higher limit, −1 where it means a lower one.
    """

    family: str
    item: str
    period: str
    unit: str
    side: Side
    place: int
    limit: float
    more: int

    @property
    def of_row(self) -> bool:
        """Whether it limits a row and not a column."""
        return not self.side.startswith("column")

    def moved(self, program: LinearProgram, by: float) -> LinearProgram:
        """The program with this limit changed by an amount, in its unit."""
        sides = ("row_lower", "row_upper") if self.side == "both" else (self.side,)
        changed = {}
        for side in sides:
            changed[side] = getattr(program, side).copy()
            changed[side][self.place] += by
        return program.with_(**changed)

    def room(self, solution: Solution) -> float:
        """How far the plan stays from the limit, in its unit; 0 for an equation."""
        value = (solution.row_values if self.of_row else solution.values)[self.place]
        return 0.0 if self.side == "both" else abs(float(value) - self.limit)

    def slope(self, solution: Solution) -> float:
        """One price of the limit at a solution: change of the objective per unit of the limit."""
        return float((solution.row_prices if self.of_row else solution.column_prices)[self.place])


def limits_of(program: LinearProgram) -> list[PricedLimit]:
    """Every limit of a program: rows, and bounds of columns that are not zero."""
    found: list[PricedLimit] = []
    for block in program.rows:
        equal = program.row_lower[block.slice] == program.row_upper[block.slice]
        found += _of_block(block, program.row_lower, "both", equal)
        found += _of_block(block, program.row_lower, "row_lower", ~equal)
        found += _of_block(block, program.row_upper, "row_upper", ~equal)
    for block in program.columns:
        for side in ("column_lower", "column_upper"):
            bound = getattr(program, side)
            found += _of_block(block, bound, side, bound[block.slice] != 0.0)
    return found


def _of_block(block: Block, limit: np.ndarray, side: Side, kept: np.ndarray) -> Iterator[PricedLimit]:
    more_is_asked = side.startswith("row") and block.name in FAMILIES and FAMILIES[block.name].asked
    asked = more_is_asked or side in ("both", "row_upper", "column_lower", "column_upper")
    for i in np.flatnonzero(kept & np.isfinite(limit[block.slice])):
        key = {axis: str(labels[i]) for axis, labels in zip(block.index, block.keys, strict=True)}
        period = key.pop("period", "")
        place = int(block.start + i)
        yield PricedLimit(
            block.name,
            "/".join(key.values()),
            period,
            str(block.unit[i]),
            side,
            place,
            float(limit[place]),
            1 if asked else -1,
        )


@dataclass(frozen=True)
class _Found:
    """Change of the objective per unit, the step over which it holds, and whether quotient and slope agreed."""

    price: float
    step: float
    settled: bool


def two_sided(
    formulation: Formulation,
    solution: Solution,
    session: Session,
    *,
    chosen: Callable[[PricedLimit], bool] = lambda _: True,
    tick: Callable[[str], None] = lambda _: None,
) -> pd.DataFrame:
    """Worth of one more and loss of one less of every limit.

    A limit that the optimal plan does not reach has a price of zero on both sides: what tightens it by less than its room
    leaves that plan as it is, and the value, being concave, cannot grow further where it is level. Every other limit is
    re-solved on both sides.

    Args:
        formulation: linear (`linear`).
        solution: its optimum.
        session: warm.
        chosen: which limits.
        tick: told how far the work is.

    Returns:
        family, item, period, kind, unit, limit, ``more_is`` (a ``higher`` or ``lower`` limit), room; ``one_more``: change
        of the objective for one more unit, ``one_less`` for one less (``-inf`` or ``inf`` where no plan is left), each per
        unit and valid over ``step_more``, ``step_less`` at least; price_unit; ``unique``: yes where the two are one price;
        how: ``room``, ``re-solved``, or ``unsettled`` where even the shortest step bends; size: of the limit, or where it is
        nothing half of what its row adds up.
    """
    program = formulation.program
    limits = [limit for limit in limits_of(program) if chosen(limit)]
    prober = _Prober(solution, session)
    rows = []
    for number, limit in enumerate(limits):
        if number % 50 == 0:
            tick(f"{number} of {len(limits)} limits")
        room = limit.room(solution)
        if room > _SLACK * (prober.unit(limit) + abs(limit.limit)):
            more, less, how = _Found(0.0, np.inf, settled=True), _Found(0.0, room, settled=True), "room"
            if not _loosened_by_more(limit):
                more, less = less, more
        else:
            more, less = prober.derivative(limit, limit.more), prober.derivative(limit, -limit.more)
            how = "re-solved" if more.settled and less.settled else "unsettled"
        size = prober.size(limit)
        rounding = 10 * prober.noise / (size or prober.unit(limit))
        alike = np.isclose(more.price, -less.price, rtol=1e-5, atol=rounding)
        rows.append(_row(limit, program, room, more, less, how) | {"unique": "yes" if alike else "no", "size": size})
    return pd.DataFrame(rows)


def _loosened_by_more(limit: PricedLimit) -> bool:
    upper = limit.side in ("row_upper", "column_upper")
    return upper == (limit.more > 0)


def _row(
    limit: PricedLimit, program: LinearProgram, room: float, more: _Found, less: _Found, how: str
) -> dict[str, object]:
    return {
        "family": limit.family,
        "item": limit.item,
        "period": limit.period,
        "kind": "row" if limit.of_row else "bound",
        "side": {"both": "equal", "row_lower": "at_least", "column_lower": "at_least"}.get(limit.side, "at_most"),
        "unit": limit.unit,
        "limit": limit.limit,
        "more_is": "higher" if limit.more > 0 else "lower",
        "room": room,
        "one_more": more.price,
        "step_more": more.step,
        "one_less": less.price,
        "step_less": less.step,
        "price_unit": f"{program.objective_unit} per {limit.unit or 'unit'}",
        "how": how,
    }


class _Prober:
    """Moves limits of a solved program by steps to either side, in place."""

    def __init__(self, base: Solution, session: Session) -> None:
        self.base, self._session = base, session
        self.program = base.program
        self._units = scaling_of(base.program)
        self.noise = NOISE * base.magnitude

    def unit(self, limit: PricedLimit) -> float:
        """A limit's unit in a program whose numbers are near one, in its own."""
        units = 1.0 / self._units.rows if limit.of_row else self._units.columns
        return float(units[limit.place])

    def size(self, limit: PricedLimit) -> float:
        """Size of a limit, in its unit: its own, or where it is nothing half of what the row adds up."""
        if limit.limit or not limit.of_row:
            return abs(limit.limit)
        return float((abs(self.program.matrix[[limit.place]]) @ np.abs(self.base.values))[0]) / 2

    def derivative(self, limit: PricedLimit, direction: int) -> _Found:
        """Directional derivative of the objective, per unit moved in the direction, and a step over which it holds."""
        size = self.size(limit) or self.unit(limit)
        step, found = FIRST * size, _Found(float("nan"), FIRST * size, settled=False)
        for _ in range(round(np.log10(FIRST / SHORTEST)) + 1):
            solution = self._session.solve(limit.moved(self.program, direction * step))
            if solution.optimal:
                quotient = (solution.objective - self.base.objective) / step
                found = _Found(0.0 if abs(quotient) * step < self.noise else quotient, step, settled=False)
                if _agree(quotient, direction * limit.slope(solution), self.noise / step):
                    return _Found(found.price, self._farther(limit, direction, step, found.price), settled=True)
            step /= 10
        none = np.isnan(found.price) and solution.status is Status.INFEASIBLE  # no step, however short, leaves a plan
        return _Found(self.program.sign * np.inf, 0.0, settled=True) if none else found

    def _farther(self, limit: PricedLimit, direction: int, step: float, price: float) -> float:
        """The step doubled for as long as the price holds; a price of nothing is not followed."""
        if not price:
            return step
        for _ in range(DOUBLINGS):
            solution = self._session.solve(limit.moved(self.program, direction * 2 * step))
            gain = (solution.objective - self.base.objective) / (2 * step) if solution.optimal else np.nan
            if not abs(gain - price) <= 1e-7 * abs(price):
                break
            step *= 2
        return step


def _agree(quotient: float, slope: float, noise: float) -> bool:
    return abs(quotient - slope) <= 1e-6 * max(abs(quotient), abs(slope)) + noise
