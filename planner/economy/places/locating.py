"""Tables laid out over places: every item with places gets one row a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from planner.economy.places import AT, AXIS_OF_ROLE, SHARED, SHIPMENT, Layout, Tables, Way, Where, at, base, place, ways
from planner.economy.schema import TABLES
from planner.economy.schema.columns import FILE, ROW, range_names
from planner.economy.tables import made_like

__all__ = ["located"]


def located(tables: Tables, periods: Sequence[str]) -> Tables:
    """Tables in which every item with places has one row a place.

    Args:
        tables: as stated, at a corner or not; without errors.
        periods: the horizon.

    Returns:
        The tables themselves where there are no regions. Else those of an economy in which nothing is left to be shared out:
        the country's limits on sums, which no row of a place can hold, are read from the tables as stated.
    """
    if not len(tables["regions"]):
        return tables
    return dict(_Locating(Layout(tables), periods).all())


class Carriage(NamedTuple):
    """A row of carriage."""

    item: str
    currency: str
    mode: str
    start: str
    end: str
    per_unit: float
    per_km: float
    weight: float
    file: str
    row: int

    def fits(self, way: Way) -> bool:
        """Whether it may be of a way."""
        return self.mode in ("", way.mode) and self.start in ("", way.start) and self.end in ("", way.end)

    @property
    def closeness(self) -> int:
        """How much it says of where it holds: two ends more than a mode, and that more than nothing."""
        return 4 * bool(self.start) + 4 * bool(self.end) + 2 * bool(self.mode)


class _Locating:
    """Lays tables out over places."""

    def __init__(self, layout: Layout, periods: Sequence[str]) -> None:
        self.layout, self.tables, self.periods = layout, layout.tables, periods
        self.ways = ways(self.tables)

    def all(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Every table."""
        layout = self.layout
        plant = layout.capacities | {name: ("", *sites) for name, sites in layout.sites.items()}
        made = {
            "products": lambda: self._spread("products", "product", layout.products),
            "resources": lambda: self._spread("resources", "resource", layout.resources),
            "capacities": lambda: self._capacities(plant),
            "activities": self._activities,
            "coefficients": self._coefficients,
            "pipeline": lambda: self._shared("pipeline", layout.capacities),
            "supply": lambda: self._shared("supply", layout.resources),
            "final_use": lambda: self._shared("final_use", layout.products),
            "stocks": lambda: self._without(self._shared("stocks", layout.products), "limit"),
            "opening": lambda: self._shared("opening", layout.activities),
            "investment": lambda: self._goods("investment", "capacity", layout.capacities | layout.sites),
            "upkeep": lambda: self._goods("upkeep", "capacity", layout.capacities),
            "run_inputs": lambda: self._goods("run_inputs", "activity", layout.activities),
            "consumption": lambda: self._spread("consumption", "product", layout.products),
            "worker_consumption": lambda: self._spread("worker_consumption", "product", layout.products),
            "trade": lambda: self._without(
                self._spread("trade", "product", dict.fromkeys(layout.products, layout.gates)), "limit"
            ),
            "training": self._training,
            "costs": self._costs,
        }
        for name, frame in self.tables.items():
            found = made[name]() if name in made else frame
            if name in ("projects", "project_goods", "project_rules"):
                found = frame.iloc[:0]  # questions about projects are refused where there are regions
            yield name, found.drop(columns="_general", errors="ignore")

    # -- rows -------------------------------------------------------------------------------------------------------------

    def _taken(self, table: str, column: str, where: Where) -> tuple[list[int], list[str], list[bool]]:
        """Rows and labels as they become, and whether each is one of the country laid out."""
        frame = self.tables[table]
        others = [frame[name].tolist() for name in TABLES[table].key if name != column]
        labels = frame[column].tolist()
        rest = list(zip(*others, strict=True)) if others else [()] * len(labels)
        own = {(label, key) for label, key in zip(labels, rest, strict=True) if AT in label}
        rows, names, general = list[int](), list[str](), list[bool]()
        for row, (label, key) in enumerate(zip(labels, rest, strict=True)):
            for region in ("",) if AT in label else where.get(label, ("",)):
                name = at(label, region)
                if not region or (name, key) not in own:
                    rows.append(row)
                    names.append(name)
                    general.append(bool(region))
        return rows, names, general

    def _spread(self, table: str, column: str, where: Where) -> pd.DataFrame:
        """Norms: the row of the country holds everywhere."""
        rows, names, general = self._taken(table, column, where)
        frame = self.tables[table].iloc[rows].reset_index(drop=True)
        frame[column] = pd.Series(names, dtype=frame[column].dtype)
        return frame.assign(_general=np.array(general, bool))

    def _shared(self, table: str, where: Where) -> pd.DataFrame:
        """Endowments: the row of the country is shared out."""
        column, number = SHARED[table]
        frame = self._spread(table, column, where)
        uses = frame["use"].tolist() if "use" in frame else [""] * len(frame)
        when = frame["period"].tolist() if "period" in frame else [""] * len(frame)
        known: dict[tuple[str, str, str], dict[str, float]] = {}
        portion = np.ones(len(frame))
        cells = zip(frame[column].tolist(), uses, when, frame["_general"].tolist(), strict=True)
        for row, (label, use, period, general) in enumerate(cells):
            if general:
                key = (base(label), use, period)
                if key not in known:
                    known[key] = self.layout.portions(table, key[0], use, self.periods, period) or {}
                portion[row] = known[key].get(place(label), 0.0)
        names = [name for name in (number, *range_names(number)) if name in frame]
        return frame.assign(**{name: frame[name].to_numpy(dtype=float) * portion for name in names})

    @staticmethod
    def _without(frame: pd.DataFrame, limit: str) -> pd.DataFrame:
        """Limits bind the sum over places: rows laid out have none of their own."""
        general = frame["_general"].to_numpy()
        names = [name for name in (limit, *range_names(limit)) if name in frame]
        return frame.assign(**{name: frame[name].mask(general) for name in names})

    # -- tables -----------------------------------------------------------------------------------------------------------

    def _capacities(self, plant: Where) -> pd.DataFrame:
        frame = self._spread("capacities", "capacity", plant)
        portions = self._shared("capacities", self.layout.capacities).set_index("capacity")
        labels = frame["capacity"].tolist()
        names = [name for name in ("initial", *range_names("initial")) if name in frame]
        own = dict(zip(self.tables["growth_floors"]["capacity"], self.tables["growth_floors"]["value"], strict=True))
        sites = np.array([base(label) in self.layout.sites for label in labels], dtype=bool)
        general = frame["_general"].to_numpy()
        for name in names:
            stated = portions[name].to_dict()
            frame[name] = [
                float(stated.get(label, 0.0)) for label in labels
            ]  # what is built at a site starts with nothing
        floors = [float(own.get(label, 0.0)) for label in labels]
        frame["growth_floor"] = np.where(general, floors, frame["growth_floor"].to_numpy(dtype=float))
        return frame.assign(growth_limit=frame["growth_limit"].mask(sites))

    def _activities(self) -> pd.DataFrame:
        frame = self.tables["activities"]
        stated = frame.assign(activity=frame["activity"].map(base)).drop_duplicates("activity")
        where = self.layout.activities
        rows, names, products = list[int](), list[str](), list[str]()
        for row, (name, product) in enumerate(zip(stated["activity"], stated["product"], strict=True)):
            for region in where.get(name, ("",)):
                rows.append(row)
                names.append(at(name, region))
                products.append(at(product, region) if product in self.layout.products else product)
        result = stated.iloc[rows].reset_index(drop=True)
        result = result.assign(
            activity=pd.Series(names, dtype=frame["activity"].dtype),
            product=pd.Series(products, dtype=frame["product"].dtype),
        )
        moved = self._shipments
        if not len(moved):
            return result
        names_of = dict(zip(self.tables["products"]["product"], self.tables["products"]["name"], strict=True))
        links = self.tables["links"]
        written = dict(zip(links["link"], zip(links[FILE], links[ROW], strict=True), strict=True))
        columns = {
            "activity": [f"{p}{AT}{way.label}" for p, way, _ in moved],
            "name": [names_of[p] for p, _, _ in moved],
            "product": [at(p, way.end) for p, way, _ in moved],
            "group": [SHIPMENT] * len(moved),
            FILE: [written[way.link][0] for _, way, _ in moved],
            ROW: [written[way.link][1] for _, way, _ in moved],
        }
        return pd.concat([result, made_like(result, len(moved), columns)], ignore_index=True)

    @cached_property
    def _shipments(self) -> list[tuple[str, Way, list[Carriage]]]:
        """Product, way and rows of carriage of everything that can be moved."""
        goods, frame = self.tables["products"], self.tables["carriage"]
        by_product: dict[str, list[Carriage]] = {}
        columns = ("item", "currency", "mode", "from", "to", "per_unit", "per_km", "weight", FILE, ROW)
        cells = zip(frame["product"], *(frame[name] for name in columns), strict=True)
        for product, *row in cells:
            by_product.setdefault(str(product), []).append(Carriage(*row))
        found = []
        for way in self.ways:
            for product in goods["product"][goods["place"] == "shipped"]:
                rows = [row for row in by_product.get(product, ()) if row.fits(way)]
                if rows:
                    closest = max(row.closeness for row in rows)
                    found.append((product, way, [row for row in rows if row.closeness == closest]))
        return found

    def _coefficients(self) -> pd.DataFrame:
        frame = self.tables["coefficients"]
        layout, begins = self.layout, {label: number for number, label in enumerate(self.periods)}
        cells = [frame[name].tolist() for name in ("activity", "item", "role", "from_period")]
        own: dict[tuple[str, str, str], int] = {}
        for label, item, role, begin in zip(*cells, strict=True):
            if AT in label:
                first = own.get((label, item, role), len(begins))
                own[label, item, role] = min(first, begins.get(begin, 0))
        rows, activities, items = list[int](), list[str](), list[str]()
        for row, (label, item, role, begin) in enumerate(zip(*cells, strict=True)):
            name = base(label)
            where = (place(label),) if AT in label else layout.activities.get(name, ("",))
            for region in where:
                if region and region not in layout.activities.get(name, ()):
                    continue
                if AT not in label and begins.get(begin, 0) >= own.get((at(name, region), item, role), len(begins) + 1):
                    continue
                placed = AT not in item and item in layout.of(AXIS_OF_ROLE[role])
                rows.append(row)
                activities.append(at(name, region))
                items.append(at(item, region) if placed else item)
        result = frame.iloc[rows].reset_index(drop=True)
        result = result.assign(
            activity=pd.Series(activities, dtype=frame["activity"].dtype),
            item=pd.Series(items, dtype=frame["item"].dtype),
        )
        more = [*self._own_plant(set(frame["activity"][frame["role"] == "capacity"].map(base))), *self._carrying()]
        if not more:
            return result
        columns = dict(zip(("activity", "item", "role", "value", FILE, ROW), zip(*more, strict=True), strict=True))
        columns |= dict.fromkeys(range_names("value"), columns["value"])
        return pd.concat([result, made_like(result, len(more), columns)], ignore_index=True)

    def _own_plant(self, occupying: set[str]) -> Iterator[tuple[object, ...]]:
        """What an activity in places takes of the pool that bears its name, no row saying what it occupies."""
        pools = set(self.tables["capacities"]["capacity"]) - set(self.layout.capacities)
        stated = self.tables["activities"]
        for name in self.layout.activities:
            if name in pools and name not in occupying:
                row = stated[stated["activity"].map(base) == name].iloc[0]
                for region in self.layout.activities[name]:
                    yield at(name, region), name, "capacity", 1.0, row[FILE], row[ROW]

    def _carrying(self) -> Iterator[tuple[object, ...]]:
        """What moving something takes."""
        lines, products = set(self.tables["capacities"]["capacity"]), self.layout.products
        for product, way, rows in self._shipments:
            label = f"{product}{AT}{way.label}"
            written = rows[0].file, rows[0].row
            taken = {at(product, way.start): (1.0, *written)}  # and what is lost of it on the way
            for row in rows:
                takes = row.per_unit + row.per_km * way.km
                if row.item and takes:
                    item = at(row.item, way.start) if row.item in products else row.item
                    known, file, line = taken.get(item, (0.0, row.file, row.row))
                    taken[item] = known + takes, file, line
            yield from ((label, item, "input", *cell) for item, cell in taken.items())
            if way.link in lines:
                yield label, way.link, "capacity", float(max(row.weight for row in rows)), *written

    def _costs(self) -> pd.DataFrame:
        """What is paid and earned, with what is paid for moving something."""
        frame = self.tables["costs"]
        more = [
            ("cost", "activity", f"{product}{AT}{way.label}", row.currency, period, takes, 1, row.file, row.row)
            for product, way, rows in self._shipments
            for row in rows
            if row.currency and (takes := row.per_unit + row.per_km * way.km)
            for period in self.periods
        ]
        if not more:
            return frame
        names = ("kind", "measure", "item", "currency", "period", "value", "times", FILE, ROW)
        columns = dict(zip(names, zip(*more, strict=True), strict=True))
        columns |= dict.fromkeys(range_names("value"), columns["value"])
        return pd.concat([frame, made_like(frame, len(more), columns)], ignore_index=True)

    def _goods(self, table: str, column: str, where: Where) -> pd.DataFrame:
        """What plant takes where it is built or stands, and a technique where it runs."""
        layout = self.layout
        frame = self._spread(table, column, where)
        items = [
            at(item, place(label)) if item in layout.products or item in layout.resources else item
            for label, item in zip(frame[column], frame["item"], strict=True)
        ]
        return frame.assign(item=pd.Series(items, dtype=frame["item"].dtype))

    def _training(self) -> pd.DataFrame:
        frame, where = self.tables["training"], self.layout.resources
        rows, to, source, general = list[int](), list[str](), list[str](), list[bool]()
        for row, (up, down) in enumerate(zip(frame["to_resource"], frame["from_resource"], strict=True)):
            there = [where[name] for name in (up, down) if name in where]
            for region in [r for r in self.layout.regions if all(r in some for some in there)] if there else [""]:
                rows.append(row)
                to.append(at(up, region) if up in where else up)
                source.append(at(down, region) if down in where else down)
                general.append(bool(region))
        result = (
            frame.iloc[rows]
            .reset_index(drop=True)
            .assign(
                to_resource=pd.Series(to, dtype=frame["to_resource"].dtype),
                from_resource=pd.Series(source, dtype=frame["from_resource"].dtype),
                _general=np.array(general, bool),
            )
        )
        return self._without(result, "growth_limit")
