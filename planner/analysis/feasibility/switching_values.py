"""Single numbers whose move within their own range would turn the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.analysis.feasibility.attainment import INSIDE
from planner.economy import Economy
from planner.economy.labels import row_labels
from planner.economy.residuals.closing import Closing
from planner.economy.schema import TABLES
from planner.economy.uncertain import Number, UncertainNumbers, at_end, mixed
from planner.formulation import Question, formulate
from planner.solver.highs import Session

MOST = 400  # solves spent on the search
Turning = tuple[Number, Economy, float]  # a number, the economy whose value of it turns the verdict, θ* then


@dataclass(frozen=True, eq=False)
class SwitchingValues:
    """Numbers that alone turn the verdict.

    Args:
        table: where each stands, its central value and end (in the last period it is stated for), θ* there, source and
            whether verified.
        complete: whether every number was tried or excluded; the search is cut after ``MOST`` solves.
        numbers: how many numbers have a range at all.
    """

    table: pd.DataFrame
    complete: bool
    numbers: int


def switching_values(
    central: Economy, corner: Economy, question: Question, plan: str, tick: Callable[[str], None] = lambda _: None
) -> SwitchingValues:
    """Search for single numbers that turn the verdict when moved to an end of their range, all others central.

    More room never lowers θ*. So if a whole set of numbers moved at once to the ends that favour the plan does not turn the
    verdict, none of them does alone, and halving the set finds those that do in few solves. Numbers of which no end is known
    to favour a plan, its own figures among them, and numbers that a residual follows are tried one by one at both ends; the
    latter only where they would turn it with every residual at the best it can come to.

    Args:
        central: at the central values.
        corner: the same economy at the corner towards which the verdict might turn: ``optimistic`` where the plan is
            outside, ``pessimistic`` where it is inside.
        question: of max θ.
        plan: name of the plan.
        tick: told how many numbers are still open.
    """
    numbers = UncertainNumbers.of(central, plan)
    search = _Search(central, question, plan, corner.corner == "optimistic")
    tied = search.closing.tied() if search.closing.any else {}
    found: list[Turning] = []
    sided, single, followed = [], [], []
    for number in numbers.all:
        follows = tied.get((number.table, number.column), set()).intersection(number.places)
        favoured = bool(TABLES[number.table].by_name[number.column].optimistic)
        if favoured and not follows:
            sided += [number] if _differs(central, corner, number) else []
        elif favoured and corner.corner == "optimistic":
            followed.append(number)
        else:
            single.append(number)
    ends = [at_end(central, end) for end in ("low", "high")]
    single += search.not_excluded(followed, corner, tick)
    found += [turn for number in single for end in ends for turn in search.halved([number], end, tick)]
    found += search.halved(sided, corner, tick)
    order = {number: place for place, number in enumerate(numbers.all)}
    found.sort(key=lambda turning: order[turning[0]])
    return SwitchingValues(_table(central, found), not search.cut, len(numbers))


class _Search:
    """Solves with sets of numbers moved, as many as ``MOST`` allows."""

    def __init__(self, central: Economy, question: Question, plan: str, outside: bool) -> None:
        self._asked = (central, question, plan)
        self._outside = outside
        self._session = Session()
        self.closing = Closing.of(central)
        self.spent = 0
        self.cut = False

    def turned(self, chosen: Sequence[Number], other: Economy, base: Economy | None = None) -> float | None:
        """θ* with some numbers as in another economy, if that turns the verdict; residuals follow, or stay as in a base."""
        central, question, plan = self._asked
        self.spent += 1
        moved = mixed(base, other, chosen) if base is not None else mixed(central, other, chosen, self.closing)
        solution = self._session.solve(formulate(moved, question, plan).program)
        share = solution.objective if solution.optimal else 0.0
        return share if (share >= INSIDE) == self._outside else None

    def not_excluded(self, numbers: list[Number], corner: Economy, tick: Callable[[str], None]) -> list[Number]:
        """Those of a set that may turn the verdict: with the residuals at the optimistic corner, which none of them passes."""
        best = _residuals_at(self._asked[0], corner, self.closing)
        kept = self.halved(numbers, corner, tick, best)
        return [number for number, _, _ in kept]

    def halved(
        self, numbers: list[Number], other: Economy, tick: Callable[[str], None], base: Economy | None = None
    ) -> Iterator[Turning]:
        """Those of a set that alone turn the verdict."""
        open_sets = [numbers] if numbers else []
        while open_sets:
            if self.spent >= MOST:
                self.cut = True
                return
            chosen = open_sets.pop()
            tick(f"numbers that would turn the verdict: {sum(map(len, open_sets)) + len(chosen)} open")
            share = self.turned(chosen, other, base)
            if share is None:
                continue
            if len(chosen) == 1:
                yield chosen[0], other, share
            else:
                middle = len(chosen) // 2
                open_sets += [chosen[middle:], chosen[:middle]]


def _residuals_at(central: Economy, corner: Economy, closing: Closing) -> Economy:
    """An economy with its residuals as at a corner, everything else as it is."""
    columns = {}
    for (table, column), rows in closing.follows().items():
        values = central.tables[table][column].to_numpy(dtype=float).copy()
        values[rows] = corner.tables[table][column].to_numpy(dtype=float)[rows]
        columns[table, column] = values
    return central.with_numbers(columns)


def _differs(central: Economy, corner: Economy, number: Number) -> bool:
    """Whether a number stands elsewhere at a corner: a central value may lie at the end of its range."""
    one, two = (
        economy.tables[number.table][number.column].to_numpy()[list(number.places)] for economy in (central, corner)
    )
    return not np.array_equal(one, two, equal_nan=True)


def _table(central: Economy, found: Sequence[Turning]) -> pd.DataFrame:
    rows = []
    for number, other, share in found:
        frame = central.tables[number.table].iloc[list(number.places)]
        row = frame.iloc[-1]
        time = TABLES[number.table].period_key
        rows.append(
            {
                "table": number.table,
                "number": row_labels(TABLES[number.table], frame.iloc[-1:], TABLES[number.table].lasting_key)[0],
                "column": number.column,
                "periods": ",".join(dict.fromkeys(str(period) for period in (frame[time] if time else ()) if period)),
                "central": row[number.column],
                "end": other.tables[number.table][number.column].iloc[number.places[-1]],
                "attainment": share,
                "unit": row.get("unit", ""),
                "source": row.get("source", ""),
                "verified": row.get("verified", ""),
            }
        )
    columns = ["table", "number", "column", "periods", "central", "end", "attainment", "unit", "source", "verified"]
    return pd.DataFrame(rows, columns=columns)
