"""Tables of a run put so that people read them: what belongs together side by side, shares in per cent, names in words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from planner.economy.names import Names
from planner.language.counting import capital
from planner.language.numbers import number, percent
from planner.reporting.run.read import Run, TextTable, as_number

__all__ = ["SHAPES", "data", "figure", "share"]

_CORNERS = ("pessimistic", "central", "optimistic")


def share(cell: str) -> str:
    """A share in per cent; what rounds to nothing has no sign.

    >>> share("0.48166"), share("-1e-16"), share("-0.2"), share("")
    ('48.2 %', '0.0 %', '−20.0 %', '–')
    """
    text = percent(as_number(cell)).replace("-", "−")
    return "0.0 %" if text == "−0.0 %" else text


def figure(cell: str) -> str:
    """A figure with four significant digits; what rounds to nothing has no sign.

    >>> figure("12345.678"), figure("-0.5"), figure("-1e-17"), figure("")
    ('12,346', '−0.5', '0', '–')
    """
    value = as_number(cell)
    return "0" if abs(value) < 1e-12 else number(value).replace("-", "−")


def exact(cell: str) -> str:
    """A figure as it is stated in the data.

    >>> exact("19.315"), exact("0.1"), exact("")
    ('19.315', '0.1', '–')
    """
    value = as_number(cell)
    return f"{value:,.10g}".replace("-", "−") if math.isfinite(value) else "–"


def target(row: Mapping[str, str], names: Names) -> str:
    """A target's subject in words, with its sense where it is not the usual one."""
    sense = row.get("sense", "at_least")
    said = capital(names.target(row["measure"], row["item"]))
    return said + ("" if sense == "at_least" else f" ({sense.replace('_', ' ')})")


def targets(run: Run, table: TextTable) -> TextTable:
    """Every target with its readings: those of ``feasibility.csv``, or those of ``targets.csv``."""
    names = run.names
    optional: list[tuple[str, str, Callable[[str], str]]] = [
        ("official", "official", exact),
        ("feasible", "feasible", figure),
        ("share", "share", share),
        ("to note", "mark", str),
        ("planned", "planned", figure),
        ("asked", "asked", _reason),
        ("alone", "alone_share", share),
        ("others held", "with_others_held_share", share),
        ("all, without it", "attainment_without_it", share),
        ("actual", "actual", figure),
        ("verdict", "verdict", str),
        ("figure", "change", str),
        ("verified", "verified", str),
    ]
    kept = [part for part in optional if set(table.column(part[1])) - {"", "undecided", "own", _TO_SHARE}]
    rows = (
        (target(row, names), row["period"], row["unit"], *(put(row[column]) for _, column, put in kept))
        for row in table.records()
    )
    return TextTable(("target", "due", "unit", *(head for head, _, _ in kept)), tuple(rows))


_TO_SHARE = "to the share reached"


def _reason(asked: str) -> str:
    return "" if asked == _TO_SHARE else asked


def target_sources(run: Run, table: TextTable) -> TextTable:
    """Where every official figure comes from."""
    names = run.names
    stated = data(run).where(table="targets", column="value")
    facts = {row["key"]: row for row in stated.records()}
    rows = []
    for row in table.records():
        sense = [] if row.get("sense", "at_least") == "at_least" else [row["sense"]]
        fact = facts.get(" ".join([*(row[key] for key in ("plan", "measure", "item", "period")), *sense]), {})
        low, high = exact(row["low"]), exact(row["high"])
        spread = "" if low == high else f"{low} to {high}"
        told = (row["source"], row["verified"], fact.get("note", ""))
        rows.append((target(row, names), row["period"], exact(row["official"]), spread, row["unit"], *told))
    return TextTable(("target", "due", "official", "range", "unit", "source", "verified", "note"), tuple(rows))


def verdicts(run: Run, table: TextTable) -> TextTable:
    """A case a line, corners across."""
    cases: dict[tuple[str, ...], dict[tuple[str, str], dict[str, str]]] = {}
    for row in table.records():
        case = (*(row[key] for key in ("plan", "scenario", "floor", "model")), row.get("annual", "no"))
        cases.setdefault(case, {})[row["corner"], row["figures"]] = row
    rows = []
    for (plan, scenario, floor, model, annual), found in cases.items():
        official = [found.get((corner, "official"), {}) for corner in _CORNERS]
        cells = [_reached(row) for row in (*official, found.get(("optimistic", "modest"), {}))]
        growth = share(official[1].get("attainment_of_growth", ""))
        verdict = next(iter(found.values()))["verdict_over_ranges"]
        words = (run.names.plan(plan), scenario.replace("_", " "), floor, model.replace("_", " "), annual)
        rows.append((*words, *cells, growth, verdict))
    heads = ("plan", "scenario", "floor", "model", "annual", *_CORNERS, "modest end", "of growth", "verdict")
    return TextTable(heads, tuple(rows))


def _reached(row: Mapping[str, str]) -> str:
    return "empty" if row.get("verdict") == "empty" else share(row.get("attainment", ""))


def relaxation(run: Run, table: TextTable) -> TextTable:
    """What each group of limits would have had to grow by: alone, and jointly with the others."""
    need = {(row["group"], row["way"]): _need(row) for row in table.records()}
    groups = dict.fromkeys(table.column("group"))
    ways = [way for way in ("alone", "jointly", "equally") if way in table.column("way")]
    rows = ((group, *(need.get((group, way), "–") for way in ways)) for group in groups)
    return TextTable(("limit", *ways), tuple(rows))


def _need(row: Mapping[str, str]) -> str:
    if row["answer"] == "no amount":
        return "no amount" + (", proved" if row["proved"] == "yes" else "")
    said = {"nothing needed": "nothing", "enough": f"+{share(row['needed'])}"}
    return said.get(row["answer"], row["answer"])


def decomposition(run: Run, table: TextTable) -> TextTable:
    """From the plan's assumptions to what happened: the ends as shares, the steps as changes in points."""
    rows: list[tuple[str, ...]] = []
    for i, row in enumerate(table.records()):
        if i in (0, len(table) - 1):
            rows.append((row["group"], share(row["alone"]), "", ""))
        else:
            rows.append((row["group"], *(_points(row[column]) for column in ("alone", "last", "shapley"))))
    return TextTable(("assumptions", "alone", "last", "share of the whole"), tuple(rows))


def _points(cell: str) -> str:
    value = as_number(cell)
    if not math.isfinite(value):
        return "–"
    text = f"{100 * value:+.1f}".replace("-", "−")
    return "0.0" if text in ("+0.0", "−0.0") else text


def certificate(run: Run, table: TextTable) -> TextTable:
    """The rows and bounds that the first proof of a run weighs; the others stand in the file."""
    wanted = ("claim", "part", "name", "side", "multiplier", "limit", "unit", "product", "share")
    heads = (*wanted[:-2], "multiplier × limit", "share")
    put = {"multiplier": exact, "limit": exact, "product": exact, "share": share}
    records = list(table.records())
    first = [row for row in records if row["claim"] == records[0]["claim"]]
    rows = (tuple(put.get(key, str)(row[key]) if row.get(key) else "" for key in wanted) for row in first)
    return TextTable(heads, tuple(rows))


def conflicts(run: Run, table: TextTable) -> TextTable:
    """The members of every conflict and cure; their sentences stand above the table."""
    heads = tuple(column for column in table.columns if column != "sentence")
    return TextTable(heads, tuple(tuple(row[head] for head in heads) for row in table.records()))


def data(run: Run) -> TextTable:
    """Every number with its source and remarks."""
    told, known = run.table("data"), run.table("places")
    if "place" not in told.columns:
        return told
    at, places = told.columns.index("place"), {row[0]: row[1:] for row in known.rows}
    nothing = ("",) * len(known.columns[1:])
    rows = ((*row[:at], *places.get(row[at], nothing), *row[at + 1 :]) for row in told.rows)
    return TextTable((*told.columns[:at], *known.columns[1:], *told.columns[at + 1 :]), tuple(rows))


def sources(run: Run, told: TextTable) -> TextTable:
    """The sources as footnotes: number, how each is cited, what it is, and the numbers that rest on it."""
    graded = [column for column in ("note", "grade", "licence") if any(told.column(column))]
    heads = ("no.", "reference", "url", *graded, "numbers", "verified numbers")
    rows = (
        (
            number,
            row["reference"] or "none named",
            *(row[part] for part in ("url", *graded)),
            *(exact(row[part]) for part in ("numbers", "verified_numbers")),
        )
        for number, row in zip(run.footnotes.values(), told.records(), strict=False)
    )
    return TextTable(heads, tuple(rows))


SHAPES: Mapping[str, Callable[[Run, TextTable], TextTable]] = {
    "feasibility": targets,
    "targets": targets,
    "verdicts": verdicts,
    "relaxation": relaxation,
    "decomposition": decomposition,
    "certificate": certificate,
    "conflicts": conflicts,
    "sources": sources,
}
