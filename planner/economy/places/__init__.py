"""Places: a place is part of an item's name, ``coal@UKR``, and two rules say what a number of the country means.

An item with places has one row a place, and an item without is one pool on which every region draws. A number without a
region is the country's: an endowment is shared out, a limit binds the sum, a norm holds everywhere.
`planner.economy.places.locating` lays an economy with regions out so: longer lists of labels, and nothing else is new.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

__all__ = [
    "AT",
    "AXIS_OF_ROLE",
    "POPULATION",
    "SHARED",
    "SHIPMENT",
    "TO",
    "Layout",
    "Tables",
    "Way",
    "Where",
    "at",
    "base",
    "everywhere",
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

AXIS_OF_ROLE = {"input": "products", "output": "products", "capacity": "capacities", "resource": "resources"}
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
    times = Counter(ends for ends, *_ in found)
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
        return dict.fromkeys(frame["product"][frame["place"] != "pool"], self.regions)

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
            there = getattr(self, AXIS_OF_ROLE[role]).get(item) if AT not in item and role in AXIS_OF_ROLE else None
            if there is not None:
                places.setdefault(base(label), []).append(there)
        result: Where = {}
        for name, some in places.items():
            own = self.capacities.get(name) if name not in occupies else None
            more = [*([own] if own is not None else []), *([tuple(narrowed[name])] if name in narrowed else [])]
            if some or more:
                result[name] = tuple(r for r in self.regions if all(r in there for there in (*some, *more)))
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
        key = (table, item, use, when)
        if key not in self._portions:
            self._portions[key] = self._portion(table, item, use, periods, when)
        return self._portions[key]

    @cached_property
    def _portions(self) -> dict[tuple[str, ...], dict[str, float] | None]:
        """Shares that were asked for before."""
        return {}

    def _portion(self, table: str, item: str, use: str, periods: Sequence[str], when: str) -> dict[str, float] | None:
        tables = [f"{table}:{use}", table] if use else [table]
        found = next((self.shares[t, i] for t in tables for i in (item, "*") if (t, i) in self.shares), None)
        if found is None:
            return None
        order = {label: number for number, label in enumerate(periods)}
        now, shares, since = order.get(when, 0), dict[str, float](), dict[str, int]()
        for region, period, value in zip(found["region"], found["period"], found["value"], strict=True):
            began = order.get(period, 0) if period else -1
            if since.get(region, -2) < began <= now:  # the last to have begun holds
                since[region], shares[region] = began, float(value)
        whole = sum(shares.values())
        if abs(whole - 1.0) > 1e-9 and whole > 0:  # one of them was drawn: what is shared out stays the whole
            shares = {region: share / whole for region, share in shares.items()}
        return shares


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
