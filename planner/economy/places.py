"""Places: a place is part of an item's name, ``coal@UKR``, and two rules say what a number of the country means.

An item with places has one row a place, and an item without is one pool on which every region draws. A number without a
region is the country's: an endowment is shared out, a limit binds the sum, a norm holds everywhere. `located` lays an
economy with regions out so: longer lists of labels, and nothing else is new. An economy without regions stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from planner.economy.schema import TABLES
from planner.economy.schema.columns import FILE, ROW, range_names

__all__ = [
    "AT",
    "POPULATION",
    "SHARED",
    "SHIPMENT",
    "TO",
    "Layout",
    "Way",
    "base",
    "everywhere",
    "located",
    "national",
    "place",
    "regions_of",
    "ways",
]

AT, TO, AND = "@", ">", "+"
SHIPMENT = "shipment"  # group of the activities that move something
POPULATION = "population"
SHARED = {
    "capacities": ("capacity", "initial"),
    "pipeline": ("capacity", "value"),
    "supply": ("resource", "value"),
    "final_use": ("product", "value"),
    "stocks": ("product", "initial"),
    "opening": ("key", "value"),
}
"""Tables whose numbers are shared out: the column of the item, and that of the number."""

_AXIS_OF_ROLE = {"input": "products", "output": "products", "capacity": "capacities", "resource": "resources"}
_PLACED_BY = {"capacities": "capacities", "supply": "resources"}  # what gives a kind of plant or a resource its places

Tables = Mapping[str, pd.DataFrame]
Where = dict[str, tuple[str, ...]]


def base(label: str) -> str:
    """A label without its place.

    >>> base("coal@UKR"), base("coal")
    ('coal', 'coal')
    """
    return label.partition(AT)[0]


def place(label: str) -> str:
    """The place of a label: a region, several, or two ends; ``""`` for none.

    >>> place("coal@UKR"), place("coal@UKR>CEN"), place("coal")
    ('UKR', 'UKR>CEN', '')
    """
    return label.partition(AT)[2]


def at(label: str, region: str) -> str:
    """A label with a place."""
    return f"{label}{AT}{region}" if region else label


def regions_of(text: str) -> list[str]:
    """Regions that a place names.

    >>> regions_of("URA+WSB"), regions_of("UKR>CEN"), regions_of("")
    (['URA', 'WSB'], ['UKR', 'CEN'], [])
    """
    ends = text.partition(":")[0].replace(TO, AND)
    return ends.split(AND) if ends else []


def everywhere(item: str, labels: Iterable[str]) -> list[int]:
    """Positions among labels of all places that an item without a place, or with several, stands for.

    >>> everywhere("coal", ["coal@A", "coal@B", "oil@A"]), everywhere("coal@A+B", ["coal@A", "coal@B", "oil@A"])
    ([0, 1], [0, 1])
    """
    name, where = base(item), place(item)
    wanted = set(where.split(AND)) if where else None
    found = []
    for position, label in enumerate(labels):
        here = place(label)
        shipped = TO in here
        if base(label) != name or not here:
            continue
        if (wanted is None and not shipped) or (wanted is not None and here.partition(":")[0] in wanted):
            found.append(position)
    return found


@dataclass(frozen=True)
class Way:
    """A link in one of its directions.

    Args:
        label: both ends, such as ``UKR>CEN``, and the link where another one joins them too.
        link: which.
        start: where it begins.
        end: where it ends.
        km: its length.
        mode: of what kind.
    """

    label: str
    link: str
    start: str
    end: str
    km: float
    mode: str


def ways(tables: Tables) -> list[Way]:
    """Links in each direction in which they can be used.

    Args:
        tables: of an economy.
    """
    frame = tables["links"]
    columns = (frame[name].tolist() for name in ("link", "from", "to", "km", "mode", "both"))
    found = []
    for link, start, end, km, mode, both in zip(*columns, strict=True):
        for a, b in ((start, end), (end, start)) if both == "yes" else ((start, end),):
            found.append((f"{a}{TO}{b}", link, a, b, float(km), mode))
    times = pd.Series([way[0] for way in found]).value_counts() if found else {}
    return [Way(ends if times[ends] == 1 else f"{ends}:{link}", link, *rest) for ends, link, *rest in found]


@dataclass(frozen=True, eq=False)
class Layout:
    """Where everything is.

    Args:
        tables: as stated.
    """

    tables: Tables

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """The regions."""
        return tuple(self.tables["regions"]["region"])

    @cached_property
    def gates(self) -> tuple[str, ...]:
        """Regions through which foreign trade passes."""
        frame = self.tables["regions"]
        return tuple(frame["region"][frame["gate"] == "yes"]) or self.regions

    @cached_property
    def shares(self) -> dict[tuple[str, str], pd.DataFrame]:
        """Rows of the shares by table and item."""
        frame = self.tables["shares"]
        return {(str(table), str(item)): rows for (table, item), rows in frame.groupby(["table", "item"], sort=False)}

    @cached_property
    def products(self) -> Where:
        """Places of each product that has some."""
        frame = self.tables["products"]
        return {label: self.regions for label in frame["product"][frame["place"] != "pool"]}

    def _placed(self, table: str, key: str, shared: str) -> Where:
        """Places of what has them by a share or a row of its own."""
        labels = self.tables[table][key].tolist()
        found: dict[str, set[str]] = {}
        for label in labels:
            if AT in label:
                found.setdefault(base(label), set()).add(place(label))
        for of, item in self.shares:
            if of == shared:
                found.setdefault(item, set()).update(self.shares[of, item]["region"])
        return {item: tuple(r for r in self.regions if r in there) for item, there in found.items()}

    @cached_property
    def capacities(self) -> Where:
        """Places of each kind of plant that has some."""
        return self._placed("capacities", "capacity", "capacities")

    @cached_property
    def resources(self) -> Where:
        """Places of each resource that has some."""
        return self._placed("supply", "resource", "supply")

    @cached_property
    def activities(self) -> Where:
        """Where each activity stands that stands in places: wherever all its items with places are."""
        frame, rows = self.tables["activities"], self.tables["coefficients"]
        places: dict[str, list[tuple[str, ...]]] = {}
        narrowed: dict[str, list[str]] = {}
        for label, product in zip(frame["activity"], frame["product"], strict=True):
            name = base(label)
            places.setdefault(name, [])
            places[name] += [self.products[product]] if product in self.products else []
            if AT in label:
                narrowed.setdefault(name, []).append(place(label))
        occupies = set()
        for label, item, role in zip(rows["activity"], rows["item"], rows["role"], strict=True):
            occupies |= {base(label)} if role == "capacity" else set()
            there = getattr(self, _AXIS_OF_ROLE[role]).get(item) if AT not in item and role in _AXIS_OF_ROLE else None
            if there is not None:
                places.setdefault(base(label), []).append(there)
        result: Where = {}
        for name, some in places.items():
            own = self.capacities.get(name) if name not in occupies else None
            some = [*some, *([own] if own is not None else []), *([narrowed[name]] if name in narrowed else [])]
            if some:
                result[name] = tuple(r for r in self.regions if all(r in there for there in some))
        return result

    @cached_property
    def sites(self) -> Where:
        """Where plant that is one pool may be built, if goods with places are taken: of a line at its ends, else anywhere."""
        links = self.tables["links"]
        ends = dict(zip(links["link"], zip(links["from"], links["to"], strict=True), strict=True))
        goods = self.tables["investment"]
        found: Where = {}
        for capacity, item in zip(goods["capacity"], goods["item"], strict=True):
            if capacity not in self.capacities and (item in self.products or item in self.resources):
                found[capacity] = tuple(dict.fromkeys(ends.get(capacity, self.regions)))
        return found

    @cached_property
    def built_at(self) -> frozenset[str]:
        """Labels of plant of a pool by where it is built."""
        return frozenset(at(name, region) for name, sites in self.sites.items() for region in sites)

    def of(self, axis: str) -> Where:
        """Places by label on an axis: products, capacities, resources or activities."""
        found: Where = getattr(self, axis)
        return found

    def portions(self, table: str, item: str, use: str, periods: Sequence[str], when: str) -> dict[str, float] | None:
        """The share of each region in a number; nothing where nothing shares it out.

        Args:
            table: whose number it is.
            item: of which.
            use: of final use, by whom; else empty.
            periods: the horizon.
            when: the period of the number; ``""`` for the first.
        """
        tables = [f"{table}:{use}", table] if use else [table]
        found = next((self.shares[t, i] for t in tables for i in (item, "*") if (t, i) in self.shares), None)
        if found is None:
            return None
        order = {label: number for number, label in enumerate(periods)}
        now = order.get(when, 0)
        began = found["period"].map(lambda label: order.get(label, 0) if label else -1)
        rows = found[(began <= now).to_numpy()].assign(began=began).sort_values("began", kind="stable")
        rows = rows.drop_duplicates("region", keep="last")
        shares = dict(zip(rows["region"], rows["value"].astype(float), strict=True))
        whole = sum(shares.values())
        if abs(whole - 1.0) > 1e-9 and whole > 0:  # one of them was drawn: what is shared out stays the whole
            shares = {region: share / whole for region, share in shares.items()}
        return shares


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
            "investment": lambda: self._goods("investment"),
            "upkeep": lambda: self._goods("upkeep"),
            "consumption": lambda: self._spread("consumption", "product", layout.products),
            "worker_consumption": lambda: self._spread("worker_consumption", "product", layout.products),
            "trade": lambda: self._without(
                self._spread("trade", "product", dict.fromkeys(layout.products, layout.gates)), "limit"
            ),
            "training": self._training,
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
        return frame.assign(**{column: pd.Series(names, dtype=frame[column].dtype), "_general": np.array(general, bool)})

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
            frame[name] = [float(stated.get(label, 0.0)) for label in labels]  # what is built at a site starts with nothing
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
        return pd.concat([result, _like(result, len(moved), columns)], ignore_index=True)

    @cached_property
    def _shipments(self) -> list[tuple[str, Way, pd.DataFrame]]:
        """Product, way and rows of carriage of everything that can be moved."""
        goods = self.tables["products"]
        shipped = goods["product"][goods["place"] == "shipped"].tolist()
        carriage = {str(name): rows for name, rows in self.tables["carriage"].groupby("product", sort=False)}
        found = []
        for way in self.ways:
            for product in shipped:
                rows = carriage.get(product)
                if rows is None:
                    continue
                fits = (
                    rows["mode"].isin(["", way.mode])
                    & rows["from"].isin(["", way.start])
                    & rows["to"].isin(["", way.end])
                )
                rows = rows[fits]
                if len(rows):
                    closeness = (
                        4 * (rows["from"] != "").astype(int)
                        + 4 * (rows["to"] != "").astype(int)
                        + 2 * (rows["mode"] != "").astype(int)
                    )
                    found.append((product, way, rows[closeness == closeness.max()]))
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
                placed = AT not in item and item in layout.of(_AXIS_OF_ROLE[role])
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
        return pd.concat([result, _like(result, len(more), columns)], ignore_index=True)

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
            first = rows.iloc[0]
            yield label, at(product, way.start), "input", 1.0, first[FILE], first[ROW]
            columns = (rows[name].tolist() for name in ("item", "per_unit", "per_km", FILE, ROW))
            for item, per_unit, per_km, file, row in zip(*columns, strict=True):
                takes = per_unit + per_km * way.km
                if item and takes:
                    yield label, at(item, way.start) if item in products else item, "input", takes, file, row
            if way.link in lines:
                yield label, way.link, "capacity", float(rows["weight"].max()), first[FILE], first[ROW]

    def _goods(self, table: str) -> pd.DataFrame:
        """What plant takes where it is built or stands."""
        layout = self.layout
        plant = layout.capacities | (layout.sites if table == "investment" else {})
        frame = self._spread(table, "capacity", plant)
        items = [
            at(item, place(label)) if item in layout.products or item in layout.resources else item
            for label, item in zip(frame["capacity"], frame["item"], strict=True)
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
        result = frame.iloc[rows].reset_index(drop=True).assign(
            to_resource=pd.Series(to, dtype=frame["to_resource"].dtype),
            from_resource=pd.Series(source, dtype=frame["from_resource"].dtype),
            _general=np.array(general, bool),
        )
        return self._without(result, "growth_limit")


def _like(frame: pd.DataFrame, count: int, columns: Mapping[str, Sequence[object]]) -> pd.DataFrame:
    """Rows of the columns of a frame: those given, and nothing in the others."""
    filled = {}
    for name, kind in frame.dtypes.items():
        nothing = 0 if pd.api.types.is_numeric_dtype(kind) else ""
        filled[name] = pd.Series(columns.get(str(name), [nothing] * count), dtype=kind)
    return pd.DataFrame(filled)


def national(tables: Tables) -> Tables:
    """The country as one point: without the rows of single regions, by which its own balances are closed.

    Every row keeps its position; those of single regions are put where no balance finds them.

    Args:
        tables: as stated.
    """
    if not len(tables["regions"]):
        return tables
    activities, rows = tables["activities"], tables["coefficients"]
    one = activities.assign(activity=activities["activity"].map(base)).drop_duplicates("activity")
    own = rows["activity"].str.contains(AT, regex=False) | rows["item"].str.contains(AT, regex=False)
    return {**tables, "activities": one, "coefficients": rows.assign(role=rows["role"].mask(own, ""))}
