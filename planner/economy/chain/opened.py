"""An economy that opens with a state a plan left behind, in place of the position on record.

A unit of an entry of the state enters single cells of the economy's tables, each with a factor: plant stands among the
capacities, works come on stream as a pipeline, and what their remaining building years take is a final use. So the opening
position, and with it every limit of a program, is linear in the state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.arrays.axes import later
from planner.economy.facts import Economy
from planner.economy.findings import DataError, Finding
from planner.economy.schema import TABLES
from planner.economy.schema.columns import FILE, range_names
from planner.economy.tables import made_like

__all__ = ["USE", "Opening", "opened_by"]

USE = "works_in_progress"  # the final use that building gone on with is
Cell = tuple[str, str, int]  # table, column, row


@dataclass(frozen=True, eq=False)
class Opening:
    """How the tables of an economy follow from the state it opens with.

    Args:
        economy: on record.
        state: entries in its own units: kind, key, period, value.
    """

    economy: Economy
    state: pd.DataFrame

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Tables with nothing where the state enters, and the record elsewhere."""
        return self._made[0]

    @cached_property
    def entering(self) -> pd.DataFrame:
        """entry, table, column, row, factor: where a unit of each entry of the state enters, and how."""
        return self._made[1]

    def with_state(self, values: npt.NDArray[np.float64]) -> dict[str, pd.DataFrame]:
        """Tables with the state in them.

        Args:
            values: of its entries, shape (entries,).
        """
        tables = dict(self.tables)
        found = self.entering.assign(
            value=self.entering["factor"] * values[self.entering["entry"].to_numpy(dtype=np.intp)]
        )
        for (table, column), cells in found.groupby(["table", "column"], sort=False):
            frame = tables[str(table)]
            more = np.bincount(cells["row"], cells["value"], len(frame))
            names = (str(column), *range_names(str(column)))
            tables[str(table)] = frame.assign(**{name: frame[name] + more for name in names})
        return tables

    @cached_property
    def _made(self) -> tuple[Mapping[str, pd.DataFrame], pd.DataFrame]:
        draft = _Draft(self.economy)
        over = {str(kind): set(some["key"]) for kind, some in self.state.groupby("kind")}
        draft.cleared(over)
        taken = list(self._cells())
        rows = [(entry, table, column, draft.row(table, keys), factor) for entry, table, column, keys, factor in taken]
        return draft.tables, pd.DataFrame(rows, columns=["entry", "table", "column", "row", "factor"])

    def _cells(self) -> Iterator[tuple[int, str, str, dict[str, str], float]]:
        """Entry, table, column, key of the row and factor of everything that a unit of the state enters."""
        first = self.economy.periods[0]
        for entry, row in enumerate(self.state.to_dict("records")):
            kind, key, at = str(row["kind"]), str(row["key"]), self._position(str(row["period"]))
            period = self.economy.periods[at] if at < len(self.economy.periods) else ""
            if kind == "capacity":
                yield entry, "capacities", "initial", {"capacity": key}, 1.0
            elif kind == "stock":
                yield entry, "stocks", "initial", {"product": key}, 1.0
            elif kind == "labour":
                yield entry, "resources", "initial", {"resource": key}, 1.0
            elif kind == "debt":
                yield entry, "opening", "value", {"kind": kind, "key": key, "period": first}, 1.0
            elif kind in ("activity", "running", "retiring") and period:
                yield entry, "opening", "value", {"kind": kind, "key": key, "period": period}, 1.0
            elif kind in ("building", "pipeline"):
                if period:
                    yield entry, "pipeline", "value", {"capacity": key, "period": period}, 1.0
                for cell in self._still_taken(key, at) if kind == "building" else ():
                    yield entry, *cell
            elif kind == "training":
                for cell in self._taught(key, at):
                    yield entry, *cell

    def _position(self, label: str) -> int:
        """How many periods after the first one lies, within the horizon or after it."""
        known = list(self.economy.periods)
        for step in range(1, 100):
            if label in known:
                break
            known.append(later(self.economy.periods, step))
        if label not in known:
            said = f'The state speaks of the period "{label}", which neither is one of {self.economy.name} nor follows its last.'
            raise DataError([Finding("E251", "economy.toml", (), "opening.period", label, said)], self.economy.folder)
        return known.index(label)

    def _still_taken(self, capacity: str, at: int) -> Iterator[tuple[str, str, dict[str, str], float]]:
        """What works that come on stream in a period still take in their remaining building years, for each unit of plant."""
        tables, periods = self.economy.tables, self.economy.periods
        plant = tables["capacities"].set_index("capacity")
        begun = at - int(plant["gestation"][capacity])
        labour = set(tables["resources"]["resource"][tables["resources"]["kind"] == "labour"])
        products = set(tables["products"]["product"])
        eaten = tables["worker_consumption"]
        rows = tables["investment"]
        for row in rows[rows["capacity"] == capacity].to_dict("records"):
            used = begun + int(row["year"]) - 1
            if not 0 <= used < len(periods):
                continue
            item, value, period = str(row["item"]), float(row["value"]), periods[used]
            if item in products:
                yield "final_use", "value", {"product": item, "use": USE, "period": period}, value
                continue
            yield "supply", "value", {"resource": item, "period": period}, -value
            for product, each in zip(eaten["product"], eaten["per_worker"], strict=True) if item in labour else ():
                yield "final_use", "value", {"product": str(product), "use": USE, "period": period}, value * float(each)

    def _taught(self, link: str, at: int) -> Iterator[tuple[str, str, dict[str, str], float]]:
        """Those who join the higher grade as their training ends, and teachers until then, for each in training."""
        tables, periods = self.economy.tables, self.economy.periods
        lower, _, higher = link.partition(".")
        rows = tables["training"]
        [row] = rows[(rows["to_resource"] == higher) & (rows["from_resource"] == lower)].to_dict("records")
        staff = tables["resources"].set_index("resource")
        left = 1.0
        for t, period in enumerate(periods):
            if t < at:
                yield "supply", "value", {"resource": higher, "period": period}, -float(row["trainers"])
            else:
                yield "supply", "value", {"resource": higher, "period": period}, float(row["joining"]) * left
                left *= 1.0 - float(staff["wastage"][higher])


class _Draft:
    """Tables in which rows are added as they are asked for.

    Args:
        economy: whose tables they begin with.
    """

    def __init__(self, economy: Economy) -> None:
        """Take the tables."""
        self.tables: dict[str, pd.DataFrame] = dict(economy.tables)
        self._at: dict[str, dict[tuple[str, ...], int]] = {}
        self._units = {
            **dict(zip(economy.tables["products"]["product"], economy.tables["products"]["unit"], strict=True)),
            **dict(zip(economy.tables["resources"]["resource"], economy.tables["resources"]["unit"], strict=True)),
        }

    def cleared(self, over: Mapping[str, set[str]]) -> None:
        """Take out what was on record of everything that a state speaks of.

        Args:
            over: its keys by kind; with a kind of plant goes what was building of it, and when it ends.
        """
        plant = over.get("capacity", set())
        for table, key, kind in (
            ("capacities", "capacity", "capacity"),
            ("stocks", "product", "stock"),
            ("resources", "resource", "labour"),
        ):
            frame = self.tables[table]
            mine = frame[key].isin(over.get(kind, set()))
            names = ("initial", *range_names("initial"))
            self.tables[table] = frame.assign(**{name: frame[name].where(~mine, 0.0) for name in names})
        pipeline, opening = self.tables["pipeline"], self.tables["opening"]
        self.tables["pipeline"] = pipeline[~pipeline["capacity"].isin(plant)].reset_index(drop=True)
        gone = opening["kind"].isin(["activity", "running", *(["debt"] if "debt" in over else [])])
        gone |= (opening["kind"] == "retiring") & opening["key"].isin(plant)
        self.tables["opening"] = opening[~gone].reset_index(drop=True)

    def row(self, table: str, keys: Mapping[str, str]) -> int:
        """Position of a row; one of nothing is added where there is none."""
        names = TABLES[table].key
        if table not in self._at:
            frame = self.tables[table]
            labels = zip(*(frame[name].astype(str) for name in names), strict=True)
            self._at[table] = {label: at for at, label in reversed(list(enumerate(labels)))}
        wanted = tuple(keys[name] for name in names)
        if wanted not in self._at[table]:
            self._at[table][wanted] = len(self.tables[table])
            self.tables[table] = pd.concat([self.tables[table], self._nothing(table, keys)], ignore_index=True)
        return self._at[table][wanted]

    def _nothing(self, table: str, keys: Mapping[str, str]) -> pd.DataFrame:
        """A row of nothing."""
        unit = self._units.get(keys.get("product", keys.get("resource", "")), "")
        told = {column.name: str(column.default) for column in TABLES[table].written if column.default}
        told |= {"unit": unit, FILE: f"{table}.csv", **keys}
        return made_like(self.tables[table], 1, {name: [cell] for name, cell in told.items()})


def opened_by(economy: Economy, state: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Tables of an economy that opens with a state in place of the record.

    Args:
        economy: on record.
        state: entries in its own units: kind, key, period, value.
    """
    return Opening(economy, state).with_state(state["value"].to_numpy(dtype=float))
