"""Checks of the horizon: periods that are numbers stand in order and without gaps, and parts of a period make it up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

import pandas as pd

from planner.economy.findings import Finding, did_you_mean, findings_in
from planner.economy.periods import parts_of
from planner.economy.reading.economy_file import EconomyFile
from planner.economy.residuals.steps import marked

__all__ = ["calendar", "horizon"]

_NUMBER = re.compile(r"[+-]?[0-9]+", re.ASCII)


def horizon(heading: EconomyFile, tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Numbered periods that run backwards, or leave numbers out where something goes by the period.

    Labels that are no numbers are taken in the order in which they stand; a base period of a larger number than all the
    others counts in another way than they do.

    Args:
        heading: what ``economy.toml`` says.
        tables: effective tables.

    >>> from planner.economy import load
    >>> tables = load("two_goods").tables
    >>> [finding.code for finding in horizon(EconomyFile(base_period="0", periods=("2", "1")), tables)]
    ['E141']
    >>> [finding.code for finding in horizon(EconomyFile(base_period="1928", periods=("1929", "1933")), tables)]
    ['W121']
    """
    if not heading.periods or not all(_NUMBER.fullmatch(label) for label in heading.periods):
        return []
    row, base = (heading.lines.get("periods", 0),), heading.base_period
    for before, after in pairwise(heading.periods):
        if int(after) <= int(before) and after != before:  # the same label twice is told of where the heading is read
            said = f"{after} comes after {before}. Periods that are numbers are listed in their order."
            return [Finding("E141", "economy.toml", row, "periods", after, said)]
    first, last = int(heading.periods[0]), int(heading.periods[-1])
    numbered = bool(_NUMBER.fullmatch(base))
    if numbered and first < int(base) <= last and base not in heading.periods:
        said = f"The base period {base} lies within the horizon. It is the period before the first."
        return [Finding("E141", "economy.toml", (heading.lines.get("base_period", 0),), "base_period", base, said)]
    labels = ((base,) if numbered and int(base) < first else ()) + heading.periods
    steps = [(int(after) - int(before), before, after) for before, after in pairwise(labels)]
    lasts = set(tables["periods"]["period"])
    gaps = [f"{before} to {after}" for step, before, after in steps if before not in lasts and step != 1]
    if not gaps or not _by_the_period(tables):
        return []
    shown = ", ".join(gaps[:8]) + (f" and {len(gaps) - 8} more" if len(gaps) > 8 else "")
    said = (
        f"There are gaps: {shown}. Each period of the list counts as one, next to the one before: plant retires and stocks "
        "spoil once, building and leads take as many of the periods listed, unless periods.csv says how long one is. Are "
        "rates and flows meant so?"
    )
    return [Finding("W121", "economy.toml", row, "periods", shown, said)]


def _by_the_period(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether anything wears, grows, is kept, built or moved from one period to the next."""
    plant = tables["capacities"][["retirement", "gestation", "growth_limit", "growth_floor", "life"]]
    ahead, leaves = tables["coefficients"]["lead"] > 0, tables["resources"]["wastage"] > 0
    kept = len(tables["stocks"]) or len(tables["training"]) or len(tables["projects"])
    return bool((plant > 0).any(axis=None) or ahead.any() or leaves.any() or kept)


def calendar(tables: Mapping[str, pd.DataFrame], periods: Sequence[str]) -> list[Finding]:
    """Periods without a label, parts that do not fit their whole, and tables that go with even periods alone.

    Args:
        tables: effective tables.
        periods: the horizon.
    """
    frame = tables["periods"]
    if not periods:
        return []
    round_ = _carried_round(tables["stocks"], parted=bool((frame["part_of"] != "").any()))
    if not len(frame):
        return round_
    wholes = dict.fromkeys(label for label in frame["part_of"] if label)
    names = [*periods, *wholes]
    lost = [label for label in frame["period"] if label not in names]
    said = {
        label: f'"{label}" is no period of economy.toml, nor the whole of parts.{did_you_mean(label, names)}'
        for label in lost
    }
    result = findings_in(frame, frame["period"].isin(lost), "E140", "period", said.__getitem__)
    result += findings_in(
        frame,
        (frame["length"] <= 0).to_numpy(),
        "E215",
        "length",
        'A period that is "{value}" long is none. How long is it?',
    )
    result += findings_in(
        frame,
        frame["part_of"].isin(periods),
        "E215",
        "part_of",
        '"{value}" is a period itself. Its parts stand in its place.',
    )
    for whole in wholes:
        if whole not in periods:
            result += _whole(frame, whole, periods)
    return [*round_, *result] or _even_alone(tables)


def _carried_round(stocks: pd.DataFrame, *, parted: bool) -> list[Finding]:
    """Stocks that go round where there is nothing to go round in, or that are stated as they open."""
    astray = (stocks["carried"] == "round").to_numpy() & ((stocks["initial"] > 0).to_numpy() | (not parted))
    said = (
        "A stock that is carried round needs a whole with parts (part_of in periods.csv), and opens with what it closes with, so "
        "it has no `initial`."
    )
    return findings_in(stocks, astray, "E215", "carried", said)


def _whole(frame: pd.DataFrame, whole: str, periods: Sequence[str]) -> list[Finding]:
    """What is wrong with the parts of a whole."""
    parts = frame[frame["part_of"] == whole]
    own, known = list(parts["period"]), parts_of(whole, periods)
    strange = [label for label in own if label not in known]
    said = f'The label of a part begins with that of its whole and a point: "{whole}.{strange[0] if strange else ""}".'
    result = findings_in(frame, frame["period"].isin(strange), "E215", "period", said)
    if strange:
        return result
    here = ((frame["part_of"] == whole) & (frame["period"] == own[0])).to_numpy()
    missing = [label for label in known if label not in own]
    first = list(periods).index(known[0])
    if missing:
        said = f'"{missing[0]}" is called a part of "{whole}", but its row does not say so. Name its whole.'
        result += findings_in(frame, here, "E215", "part_of", said)
    elif list(periods[first : first + len(known)]) != known:
        said = f'The parts of "{whole}" do not follow one another among the periods: {", ".join(known)}.'
        result += findings_in(frame, here, "E215", "part_of", said)
    total = frame.loc[(frame["period"] == whole).to_numpy(), "length"].tolist()
    added = sum((Decimal(repr(float(part))) for part in parts["length"]), Decimal(0))
    if total and not missing and added != Decimal(repr(float(total[0]))):
        said = f'The parts of "{whole}" add up to {added.normalize():f}, and it is {total[0]:g} long.'
        result += findings_in(frame, (frame["period"] == whole).to_numpy(), "E215", "length", said)
    return result


def _even_alone(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Tables whose rows count periods, where these are not alike."""
    said = "{}.csv has residuals, and they are laid out by counting periods. Take out periods.csv, or these rows."
    there = [name for name, frame in tables.items() if len(frame) and marked(frame).any()]
    return [Finding("E214", f"{name}.csv", (), "", "", said.format(name)) for name in there]
