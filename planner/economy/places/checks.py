"""Checks of places: regions that are not there, shares that do not add up, numbers that stand nowhere, ways that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import numpy as np
import pandas as pd

from planner.economy.findings import Finding, did_you_mean, findings_in
from planner.economy.places import AT, POPULATION, SHARED, TO, Layout, base, place, regions_of, ways
from planner.economy.schema import TABLES
from planner.economy.schema.columns import Place
from planner.language.counting import listed

__all__ = ["places", "regional"]

Tables = Mapping[str, pd.DataFrame]

_TERRITORY = ("shares", "growth_floors", "links", "carriage", "migration")
_FIGURES = ("targets", "actuals", "bounds", "relation_terms", "costs", "price_steps")
_CONSUMPTION, _SENT = "consumption", "sent"


def places(tables: Tables) -> list[Finding]:
    """Names of places that mean nothing: they have to be in order before anything can be laid out.

    Args:
        tables: effective tables.
    """
    known = set(tables["regions"]["region"])
    joined = {way.label.partition(":")[0] for way in ways(tables)} if known else set()
    result: list[Finding] = []
    for name, frame in tables.items():
        for column in TABLES[name].places if len(frame) else ():
            placed = [text for text in frame[column.of].unique().tolist() if AT in text]
            wrong = {text: said for text in placed if (said := _wrong(text, known, joined, column))}
            result += findings_in(frame, frame[column.of].isin(list(wrong)), "E200", column.of, wrong.__getitem__)
    result += _sent(tables)
    if known:
        return [*result, *_measured(tables)]
    for name in _TERRITORY:
        if len(tables[name]):
            said = f"{name}.csv has rows, but regions.csv has none, so there is nothing that they could be about."
            result.append(Finding("E200", f"{name}.csv", (), "", "", said))
    goods = tables["products"]
    said = '"{value}" has places, but there are no regions. List them in regions.csv, or make it a pool.'
    return result + findings_in(goods, (goods["place"] != "pool").to_numpy(), "E200", "product", said)


def _wrong(label: str, known: set[str], joined: set[str], column: Place) -> str:
    """What is wrong with the place of a label; nothing where it can be."""
    where = place(label)
    if (column.several or column.ways) and TO in where:
        return "" if where in joined else f'"{where}" are not the ends of a link in links.csv. Which way does it go?'
    some = regions_of(where) if column.several else [where]
    lost = [region for region in some if region not in known]
    if lost:
        return f'"{lost[0]}" is not in regions.csv.{did_you_mean(lost[0], known)}'
    return f'"{where}" names a region twice.' if len(set(some)) < len(some) else ""


def _sent(tables: Tables) -> list[Finding]:
    """What is sent elsewhere is sent by a region: a country sends nothing to itself."""
    result = list[Finding]()
    for name in _FIGURES:
        frame = tables[name]
        from_one = np.array([bool(end := place(item)) and TO not in end for item in frame["item"]], bool)
        wrong = (frame["measure"] == _SENT).to_numpy(dtype=bool) & ~from_one
        said = '"{value}" is sent elsewhere by a region. Say by which (column region).'
        result += findings_in(frame, wrong, "E200", "item", said)
    return result


def _measured(tables: Tables) -> list[Finding]:
    """What is the same everywhere, or one for all, has no figure of a region."""
    layout, result = Layout(tables), list[Finding]()
    pools = set(tables["products"]["product"]) - set(layout.products)
    for name in _FIGURES:
        frame = tables[name]
        placed = frame["item"].str.contains(AT, regex=False).to_numpy() if len(frame) else np.zeros(0, bool)
        level = placed & (frame["measure"] == _CONSUMPTION).to_numpy()
        said = '"{value}": consumption per head is the same in every region, so it has no figure of one.'
        result += findings_in(frame, level, "E200", "item", said)
        pooled = placed & frame["item"].map(base).isin(pools).to_numpy() & ~level
        pooled &= ~(frame["measure"].isin(["output", "activity"])).to_numpy()
        said = '"{value}": the product is one pool for all regions, so it has no figure of one. Give it a place in products.csv.'
        result += findings_in(frame, pooled, "E200", "item", said)
    return result


def regional(tables: Tables, periods: Sequence[str]) -> list[Finding]:
    """Shares, numbers and ways, where all names are in order.

    Args:
        tables: effective tables.
        periods: the horizon.
    """
    if not len(tables["regions"]):
        return []
    layout = Layout(tables)
    return [
        *_shares(tables, layout),
        *_sums(tables, periods),
        *_stand(tables, layout, periods),
        *_nowhere(tables, layout),
        *_ways(tables),
        *_local(tables, layout, periods),
        *_workers(tables, layout),
        *_unplaced(tables, layout),
    ]


def _shares(tables: Tables, layout: Layout) -> list[Finding]:
    """Shares of what is not there, and of what is shared out twice."""
    frame = tables["shares"]
    kinds = {**{name: column for name, (column, _) in SHARED.items()}, POPULATION: "", _CONSUMPTION: "product"}
    of = frame["table"].str.partition(":")
    wrong = ~of[0].isin(list(kinds)) | ((of[2] != "") & (of[0] != "final_use")) if len(frame) else np.zeros(0, bool)
    said = f'Nothing is shared out of "{{value}}". It is one of {", ".join(kinds)}, or final_use:USE.'
    result = findings_in(frame, wrong, "E201", "table", said)
    there = {name: {base(text) for text in tables[name][column]} if column else set() for name, column in kinds.items()}
    uses = set(tables["final_use"]["use"])
    cells = list(zip(frame["table"], frame["item"], strict=True))
    lost = np.array([_lost(table, item, there, uses) for table, item in cells], dtype=bool)
    shown = frame["item"] + " in " + frame["table"]
    said = "There is no {value} to be shared out. Is it spelled as there?"
    result += findings_in(frame, lost & ~np.asarray(wrong, bool), "E201", "item", said, values=shown)
    for name, (column, _) in SHARED.items():
        rows = tables[name]
        general = {text for text in rows[column] if AT not in text}
        shared = {item for table, item in layout.shares if table.partition(":")[0] == name}
        twice = [AT in text and base(text) in shared and base(text) not in general for text in rows[column]]
        said = "{value} has a row of its own and a share, but no row of the country that could be shared out. Take one out."
        result += findings_in(rows, np.array(twice, dtype=bool), "E202", column, said)
    return result


def _lost(table: str, item: str, there: Mapping[str, set[str]], uses: set[str]) -> bool:
    name, _, use = table.partition(":")
    if name not in there:
        return False
    return (item != "*" and item not in there[name]) or bool(use and use not in uses)


def _sums(tables: Tables, periods: Sequence[str]) -> list[Finding]:
    """Shares that do not add up to exactly one, as the decimals that they are."""
    frame, order = tables["shares"], {label: number for number, label in enumerate(periods)}
    result: list[Finding] = []
    for (table, item), rows in frame.groupby(["table", "item"], sort=False):
        began = [order.get(label, 0) if label else 0 for label in rows["period"]]
        for now in sorted(set(began)):
            held = rows[[b <= now for b in began]].drop_duplicates("region", keep="last")
            total = sum((Decimal(repr(float(value))) for value in held["value"]), Decimal(0))
            if total != 1:
                from_then = f" from {periods[now]} on" if now else ""
                said = (
                    f"The shares of {item} in {table} add up to {total}{from_then}, not to 1: {abs(1 - total)} would be "
                    f"{'lost' if total < 1 else 'there twice'}."
                )
                wrong = frame.index.isin(held.index)
                shown = pd.Series(str(total), index=frame.index)
                result += findings_in(frame, wrong, "E201", "value", said, values=shown)
                break
    return result


def _stand(tables: Tables, layout: Layout, periods: Sequence[str]) -> list[Finding]:
    """Numbers of the country of what has places, which nothing shares out, and shares where it has no place."""
    where = {
        "capacity": layout.capacities,
        "resource": layout.resources,
        "product": layout.products,
        "key": layout.activities,
    }
    result: list[Finding] = []
    for name, (column, number) in SHARED.items():
        frame = tables[name]
        uses = frame["use"].tolist() if "use" in frame else [""] * len(frame)
        when = frame["period"].tolist() if "period" in frame else [""] * len(frame)
        wrong, astray = np.zeros(len(frame), bool), np.zeros(len(frame), bool)
        cells = zip(frame[column].tolist(), uses, when, (frame[number] > 0).tolist(), strict=True)
        for row, (label, use, period, some) in enumerate(cells):
            there = where[column].get(label)
            if not some or there is None:
                continue
            portions = layout.portions(name, label, use, periods, period)
            wrong[row] = portions is None
            astray[row] = portions is not None and any(v > 0 and r not in there for r, v in portions.items())
        said = (
            f"{{value}} has places, and this number is the country's, so it must stand somewhere. Give it shares "
            f"(table {name} in shares.csv), or rows with a region."
        )
        result += findings_in(frame, wrong, "E203", column, said)
        said = "{value} has a share in a region where it has no place, so that part of it would be lost."
        result += findings_in(frame, astray, "E203", column, said)
    bundle = [label for label in tables[_CONSUMPTION]["product"] if label in layout.products]
    silent = [label for label in bundle if layout.portions(_CONSUMPTION, label, "", periods, "") is None]
    if silent and layout.portions(POPULATION, "*", "", periods, "") is None:
        said = "{value} has places, so it must be known where people live: shares.csv has no shares of the population."
        frame = tables[_CONSUMPTION]
        result += findings_in(frame, frame["product"].isin(silent).to_numpy(), "E203", "product", said)
    return result


def _nowhere(tables: Tables, layout: Layout) -> list[Finding]:
    """Activities that stand nowhere, and norms of a region where the activity does not stand."""
    frame = tables["activities"]
    lost = {name for name, there in layout.activities.items() if not there}
    said = "{value} stands nowhere: no region has all the products, plant and resources with places that it needs."
    shown = frame["activity"].map(base)
    result = findings_in(frame, shown.isin(lost).to_numpy(), "E204", "activity", said, values=shown)
    rows = tables["coefficients"]
    astray = np.array(
        [AT in text and place(text) not in layout.activities.get(base(text), ()) for text in rows["activity"]],
        dtype=bool,
    )
    said = "{value}: the activity does not stand there, so this norm says nothing."
    result += findings_in(rows, astray & ~rows["activity"].map(base).isin(lost).to_numpy(), "E204", "activity", said)
    unplaced = np.array(
        [
            AT in item and not _has_place(layout, role, item)
            for item, role in zip(rows["item"], rows["role"], strict=True)
        ],
        dtype=bool,
    )
    said = "{value}: it has no place there. Give it one, or leave `at` empty."
    return result + findings_in(rows, unplaced, "E204", "item", said)


def _has_place(layout: Layout, role: str, item: str) -> bool:
    axis = {"input": "products", "output": "products", "capacity": "capacities", "resource": "resources"}.get(role, "")
    return not axis or place(item) in layout.of(axis).get(base(item), ())


def _ways(tables: Tables) -> list[Finding]:
    """Links from a region to itself, regions that none reaches, and what moves without carriage."""
    links, goods, regions = tables["links"], tables["products"], tables["regions"]
    itself = (links["from"] == links["to"]).to_numpy()
    result = findings_in(links, itself, "E205", "link", "{value} joins a region with itself. Name the other end.")
    shipped = goods["product"][goods["place"] == "shipped"]
    if not len(shipped):
        return result
    reached = {*links["from"], *links["to"]}
    alone = (~regions["region"].isin(reached)).to_numpy()
    said = "No link reaches {value}, so nothing that moves gets there or away. Add a link, or make the products local."
    result += findings_in(regions, alone, "E206", "region", said)
    carried = set(tables["carriage"]["product"])
    said = '"{value}" is shipped, but carriage.csv does not say what moving it takes. Add a row (0 is an answer too).'
    wrong = ((goods["place"] == "shipped") & ~goods["product"].isin(carried)).to_numpy()
    result += findings_in(goods, wrong, "E207", "product", said)
    stays = set(goods["product"]) - set(shipped)
    rows = tables["carriage"]
    said = '"{value}" is not shipped (products.csv, place), so it is not carried.'
    result += findings_in(rows, rows["product"].isin(stays).to_numpy(), "E207", "product", said)
    both = ((rows["item"] != "") & (rows["currency"] != "")).to_numpy()
    said = "A row of carriage takes an item or is paid for in {value}. Give each a row of its own."
    result += findings_in(rows, both, "E207", "currency", said)
    nothing = ((rows["item"] == "") & (rows["currency"] == "")).to_numpy()
    nothing = nothing & ((rows["per_unit"] > 0) | (rows["per_km"] > 0)).to_numpy()
    said = "Moving {value} takes an amount of nothing: name the item that it takes, or the currency in which it is paid for."
    return result + findings_in(rows, nothing, "E207", "product", said)


def _local(tables: Tables, layout: Layout, periods: Sequence[str]) -> list[Finding]:
    """Local products that are used in a region where nobody can make them, and to which they cannot come from abroad."""
    goods, rows, kept = tables["products"], tables["coefficients"], tables["stocks"]
    local = set(goods["product"][goods["place"] == "local"])
    local -= {base(label) for label, some in zip(kept["product"], kept["initial"], strict=True) if some > 0}
    had: dict[str, set[str]] = {product: set() for product in local}
    makers = [
        (base(a), p) for a, p in zip(tables["activities"]["activity"], tables["activities"]["product"], strict=True)
    ]
    outputs = rows[rows["role"] == "output"]
    makers += [(base(a), base(i)) for a, i in zip(outputs["activity"], outputs["item"], strict=True)]
    for activity, product in makers:
        if product in had:
            had[product] |= set(layout.activities.get(activity, ()))
    bought = tables["trade"]
    for product in set(bought["product"][bought["direction"] == "import"].map(base)) & local:
        had[product] |= set(layout.gates)
    said: dict[str, str] = {}
    for product, region in _used(tables, layout, periods):
        if product in had and region not in had[product]:
            said.setdefault(
                product,
                f'"{product}" is local and used in {region}, where no activity makes it and no trade brings it. Let it be made '
                "there, take the use out, or let it be shipped.",
            )
    return findings_in(goods, goods["product"].isin(list(said)).to_numpy(), "E219", "product", said.__getitem__)


def _used(tables: Tables, layout: Layout, periods: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Products and the regions in which final use or households take some."""
    frame, bundle = tables["final_use"], tables[_CONSUMPTION]
    for label, use, when, some in zip(frame["product"], frame["use"], frame["period"], frame["value"], strict=True):
        if some > 0 and AT in label:
            yield base(label), place(label)
        elif some > 0 and label in layout.products:
            portions = layout.portions("final_use", label, use, periods, when) or {}
            yield from ((label, region) for region, share in portions.items() if share > 0)
    people = layout.portions(POPULATION, "*", "", periods, "") or {}
    for label, some in zip(bundle["product"], bundle["per_head"], strict=True):
        if some > 0 and AT in label:
            yield base(label), place(label)
        elif some > 0 and label in layout.products:
            portions = layout.portions(_CONSUMPTION, label, "", periods, "") or people
            yield from ((label, region) for region, share in portions.items() if share > 0)


def _workers(tables: Tables, layout: Layout) -> list[Finding]:
    """Those employed eat where they work: their labour must have places where their food has."""
    resources, extra = tables["resources"], tables["worker_consumption"]
    pools = [r for r in resources["resource"][resources["kind"] == "labour"] if r not in layout.resources]
    wrong = extra["product"].isin(list(layout.products)).to_numpy() & bool(pools)
    said = f"{{value}} is eaten where people work, but it is not said where {listed(pools)} are. Give them shares (table supply)."
    result = findings_in(extra, wrong, "E208", "product", said)
    moving = tables["migration"]
    still = (~moving["resource"].map(base).isin(list(layout.resources))).to_numpy()
    said = "{value} is one pool for all regions, so nobody of it can move. Give it shares (table supply)."
    return result + findings_in(moving, still, "E208", "resource", said)


def _unplaced(tables: Tables, layout: Layout) -> list[Finding]:
    """What no number of the country says where it is: whole units, plant that ends on a date, hands counted at the base date."""
    runs, built, opening, resources = (tables[name] for name in ("runs", "expansions", "opening", "resources"))
    said = "{value} has places, and whole units are not shared out. Give each region a row of its own (column region)."
    result = findings_in(runs, runs["activity"].isin(list(layout.activities)).to_numpy(), "E209", "activity", said)
    placed = [*layout.capacities, *layout.sites]
    result += findings_in(built, built["capacity"].isin(placed).to_numpy(), "E209", "capacity", said)
    on = opening["kind"].isin(["retiring", "running"]).to_numpy()
    on = on & opening["key"].isin([*layout.capacities, *layout.activities]).to_numpy()
    said = "{value} has places, and it is not said where this is. Give each region a row of its own (column region)."
    result += findings_in(opening, on, "E209", "key", said)
    hands = ((resources["initial"] > 0) | resources["recruits"].notna()).to_numpy()
    hands = hands & resources["resource"].isin(list(layout.resources)).to_numpy()
    said = "{value} has places, and persons at the base date and recruits are not shared out. State them as supply."
    return result + findings_in(resources, hands, "E209", "resource", said)
