"""Single numbers whose move within their own range would turn the verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import pandas as pd

from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.feasibility.regions import country_of
from planner.economy import Economy
from planner.economy.labels import row_labels
from planner.economy.places.undivided import TERRITORY, undivided
from planner.economy.residuals.closing import Closing
from planner.economy.schema import TABLES
from planner.economy.uncertain import Number, UncertainNumbers, at_end, followed, mixed, sides
from planner.economy.units import Units
from planner.formulation import Question, formulate
from planner.solver.highs import Session

MOST = 400  # solves spent on the search
Member = TypeVar("Member")
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
    to favour a plan are tried one by one at each end at which they do not stand. Numbers that a residual follows are tried so
    only where a set of them might: all of it moved, and every residual where the one that moves it furthest leaves it. With
    regions, what does not bring the country inside in one place does not with any division of it; nor then does how it is
    divided.

    Args:
        central: at the central values.
        corner: the same economy at the corner towards which the verdict might turn: ``optimistic`` where the plan is
            outside, ``pessimistic`` where it is inside.
        question: of max θ.
        plan: name of the plan.
        tick: told how many numbers are still open.
    """
    numbers = UncertainNumbers.of(central, plan)
    search = _Search(central, question, plan, outside=corner.corner == "optimistic")
    tied = followed(numbers.all, search.closing)
    sided, single = [], []
    gone = TERRITORY if search.country is not None and search.is_outside(search.country) else ()
    for number in (number for number in numbers.all if number not in tied and number.table not in gone):
        if not TABLES[number.table].by_name[number.column].optimistic:
            single.append(number)
        elif _differs(central, corner, number):
            sided.append(number)
    ends = [at_end(central, end) for end in ("low", "high")]
    found = list(search.halved(sided, corner, tick))
    open_ends = [(number, end) for number in single for end in ends if _differs(central, end, number)]
    found += [turn for number, end in open_ends for turn in search.halved([number], end, tick)]
    found += search.followed([(number, end) for number in numbers.all if number in tied for end in ends], tick)
    order = {number: place for place, number in enumerate(numbers.all)}
    found.sort(key=lambda turning: order[turning[0]])
    return SwitchingValues(_table(central, found), not search.cut, len(numbers))


class _Search:
    """Solves with sets of numbers moved, as many as ``MOST`` allows."""

    def __init__(self, central: Economy, question: Question, plan: str, *, outside: bool) -> None:
        self._asked = (central, question, plan)
        self._outside = outside
        self._session, self._in_one_place = Session(), Session()
        self.country = country_of(central, question, plan) if outside else None
        self.closing = Closing.of(central)
        self.spent = 0
        self.cut = False

    def is_outside(self, country: Economy) -> bool:
        """Whether the plan is outside with the country in one place, and so for every division of it."""
        one = self._in_one_place.solve(formulate(country, *self._asked[1:]).program)
        return one.optimal and one.objective < INSIDE

    def turned(self, economy: Economy) -> float | None:
        """θ* of an economy, if it turns the verdict."""
        _, question, plan = self._asked
        self.spent += 1
        if self.country is not None and self.is_outside(undivided(economy)):
            return None
        solution = self._session.solve(formulate(economy, question, plan).program)
        share = solution.objective if solution.optimal else 0.0
        return share if (share >= INSIDE) == self._outside else None

    def moved(self, chosen: Sequence[Number], other: Economy) -> Economy:
        """The central economy with some numbers as in another, and the residuals where they follow."""
        return mixed(self._asked[0], other, chosen, self.closing)

    def halved(self, numbers: list[Number], other: Economy, tick: Callable[[str], None]) -> Iterator[Turning]:
        """Those of a set that alone turn the verdict."""
        yield from self._searched(
            numbers, lambda some: self.moved(some, other), lambda number: self._alone(number, other), tick
        )

    def followed(self, states: list[tuple[Number, Economy]], tick: Callable[[str], None]) -> Iterator[Turning]:
        """Those of numbers at an end that alone turn the verdict, where residuals follow them."""
        if not states:
            return
        beyond = _Beyond(self._asked[0], states, self.closing, favour=self._outside)
        for some in (
            np.flatnonzero(beyond.bounded).tolist(),
            *([at] for at in np.flatnonzero(~beyond.bounded).tolist()),
        ):
            yield from self._searched(some, beyond.of, lambda at: self._alone(*states[at]), tick)

    def _alone(self, number: Number, other: Economy) -> Iterator[Turning]:
        """A number as in another economy, if that turns the verdict."""
        share = self.turned(self.moved([number], other))
        if share is not None:
            yield number, other, share

    def _searched(
        self,
        every: list[Member],
        together: Callable[[list[Member]], Economy],
        alone: Callable[[Member], Iterator[Turning]],
        tick: Callable[[str], None],
    ) -> Iterator[Turning]:
        """Those members of a set that turn the verdict; a set of which ``together`` does not has none."""
        open_sets = [every] if every else []
        while open_sets:
            if self.spent >= MOST:
                self.cut = True
                return
            chosen = open_sets.pop()
            tick(f"numbers that would turn the verdict: {sum(map(len, open_sets)) + len(chosen)} open")
            if len(chosen) == 1:
                yield from alone(chosen[0])
            elif self.turned(together(chosen)) is not None:
                middle = len(chosen) // 2
                open_sets += [chosen[middle:], chosen[:middle]]


class _Beyond:
    """Economies that no member of a set of moved numbers goes beyond, with what follows it.

    Args:
        central: at the central values.
        states: a number, and the economy in which it stands at an end.
        closing: how residuals follow.
        favour: whether they are to be better for the plan than any member, or worse.
    """

    def __init__(
        self, central: Economy, states: list[tuple[Number, Economy]], closing: Closing, *, favour: bool
    ) -> None:
        self._central = central
        keys = dict.fromkeys([*((number.table, number.column) for number, _ in states), *closing.steps.follows])
        self._before = {(table, column): central.tables[table][column].to_numpy(dtype=float) for table, column in keys}
        moved = {key: np.repeat(values[None, :], len(states), axis=0) for key, values in self._before.items()}
        for at, (number, other) in enumerate(states):
            places = list(number.places)
            values = other.tables[number.table][number.column].to_numpy(dtype=float)
            moved[number.table, number.column][at, places] = values[places]
        closed = closing(moved).numbers
        self._after = {key: closed.get(key, values) for key, values in moved.items()}
        self._better = {
            (table, column): sides(TABLES[table], TABLES[table].by_name[column], central.tables[table])
            * (1 if favour else -1)
            for table, column in keys
        }
        self.bounded = np.ones(len(states), dtype=bool)  # a number moves, or is followed by, only what has a known side
        for key, values in self._after.items():
            differs = ~np.isclose(values, self._before[key], rtol=1e-12, atol=0.0, equal_nan=True)
            self.bounded &= ~(differs & (self._better[key] == 0)).any(axis=1)

    def of(self, chosen: Sequence[int]) -> Economy:
        """The economy beyond some of them."""
        columns = {}
        for key, values in self._after.items():
            some = np.vstack([self._before[key], values[list(chosen)]])
            better = self._better[key]
            columns[key] = np.where(better > 0, some.max(0), np.where(better < 0, some.min(0), self._before[key]))
        return self._central.with_numbers(columns)


def _differs(central: Economy, corner: Economy, number: Number) -> bool:
    """Whether a number stands elsewhere at a corner: a central value may lie at the end of its range."""
    one, two = (
        economy.tables[number.table][number.column].to_numpy()[list(number.places)] for economy in (central, corner)
    )
    return not np.array_equal(one, two, equal_nan=True)


def _table(central: Economy, found: Sequence[Turning]) -> pd.DataFrame:
    rows, units = [], Units.of(central)
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
                "unit": units.of_rows(number.table, number.column, frame)[-1],
                "source": row.get("source", ""),
                "verified": row.get("verified", ""),
            }
        )
    columns = ["table", "number", "column", "periods", "central", "end", "attainment", "unit", "source", "verified"]
    return pd.DataFrame(rows, columns=columns)
