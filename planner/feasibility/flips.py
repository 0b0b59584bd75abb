"""Single numbers whose move within their own range would turn the verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from planner.economy import Economy
from planner.economy.labels import row_labels
from planner.economy.schema import TABLES
from planner.feasibility.attainment import INSIDE
from planner.formulation import Question, formulate
from planner.solver.highs import Session

MOST = 400  # solves spent on the search


@dataclass(frozen=True)
class Number:
    """One number of the data: its table and column, and its positions among the rows of the table.

    What a table states period by period for one key (the land there is, hands per tonne of coal) moves as one.
    """

    table: str
    column: str
    places: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Flips:
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


def flips(
    central: Economy, corner: Economy, question: Question, plan: str, tick: Callable[[str], None] = lambda _: None
) -> Flips:
    """Search for single numbers that turn the verdict when moved to a corner's end, all others central.

    More room never lowers θ*. So if a whole set of numbers moved at once does not turn the verdict, none of them does
    alone, and halving the set finds those that do in few solves.

    Args:
        central: at the central values; corner: the same economy at the corner towards which the verdict might turn:
            ``optimistic`` where the plan is outside, ``pessimistic`` where it is inside.
        question: of max θ; plan: name of the plan; tick: told how many numbers are still open.
    """
    numbers = moved(central, corner)
    session = Session()
    outside = corner.corner == "optimistic"
    spent = 0

    def turned(chosen: list[Number]) -> float | None:
        nonlocal spent
        spent += 1
        solution = session.solve(formulate(mixed(central, corner, chosen), question, plan).program)
        share = solution.objective if solution.optimal else 0.0
        return share if (share >= INSIDE) == outside else None

    found: list[tuple[Number, float]] = []
    open_sets = [numbers] if numbers else []
    while open_sets and spent < MOST:
        chosen = open_sets.pop()
        tick(f"{len(chosen)} numbers")
        share = turned(chosen)
        if share is None:
            continue
        if len(chosen) == 1:
            found.append((chosen[0], share))
        else:
            middle = len(chosen) // 2
            open_sets += [chosen[middle:], chosen[:middle]]
    return Flips(_table(central, corner, found), not open_sets, len(numbers))


def moved(central: Economy, corner: Economy) -> list[Number]:
    """Every number that stands elsewhere at the corner, in the order of tables, columns and rows."""
    result = []
    for name, frame in central.tables.items():
        for column in TABLES[name].ranged:
            one, two = frame[column.name].to_numpy(), corner.tables[name][column.name].to_numpy()
            different = np.flatnonzero((one != two) & ~(np.isnan(one) & np.isnan(two)))
            keys = (
                list(zip(*(frame[key] for key in _lasting(name)), strict=True)) if _lasting(name) else [()] * len(frame)
            )
            stated: dict[tuple[object, ...], list[int]] = {}
            for place in different:
                stated.setdefault(keys[place], []).append(int(place))
            result += [Number(name, column.name, tuple(places)) for places in stated.values()]
    return result


def _lasting(table: str) -> tuple[str, ...]:
    """Keys of a table other than periods."""
    return tuple(key for key in TABLES[table].key if key not in ("period", "from_period"))


def mixed(central: Economy, corner: Economy, chosen: list[Number]) -> Economy:
    """The central economy with some numbers as at the corner."""
    places: dict[tuple[str, str], list[int]] = {}
    for number in chosen:
        places.setdefault((number.table, number.column), []).extend(number.places)
    columns = {}
    for (table, column), at in places.items():
        columns[table, column] = central.tables[table][column].to_numpy(dtype=float).copy()
        columns[table, column][at] = corner.tables[table][column].to_numpy()[at]
    return central.with_numbers(columns)


def _table(central: Economy, corner: Economy, found: list[tuple[Number, float]]) -> pd.DataFrame:
    rows = []
    for number, share in found:
        frame = central.tables[number.table].iloc[list(number.places)]
        row = frame.iloc[-1]
        periods = frame["period"] if "period" in frame else frame.get("from_period", pd.Series([""]))
        rows.append(
            {
                "table": number.table,
                "number": row_labels(TABLES[number.table], frame.iloc[-1:], _lasting(number.table))[0],
                "column": number.column,
                "periods": ",".join(dict.fromkeys(str(period) for period in periods if period)),
                "central": row[number.column],
                "end": corner.tables[number.table][number.column].iloc[number.places[-1]],
                "attainment": share,
                "unit": row.get("unit", ""),
                "source": row.get("source", ""),
                "verified": row.get("verified", ""),
            }
        )
    columns = ["table", "number", "column", "periods", "central", "end", "attainment", "unit", "source", "verified"]
    return pd.DataFrame(rows, columns=columns)
