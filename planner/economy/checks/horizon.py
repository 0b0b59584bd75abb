"""Checks of the horizon: periods that are numbers stand in order, and without gaps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

import pandas as pd

from planner.economy.findings import Finding
from planner.economy.reading.economy_file import EconomyFile

__all__ = ["horizon"]

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
    gaps = [f"{before} to {after}" for step, before, after in steps if step > 1]
    if not gaps or not _by_the_period(tables):
        return []
    shown = ", ".join(gaps[:8]) + (f" and {len(gaps) - 8} more" if len(gaps) > 8 else "")
    said = (
        f"There are gaps: {shown}. Each period of the list counts as one, next to the one before: plant retires and stocks "
        "spoil once, building and leads take as many of the periods listed. Are rates and flows meant so?"
    )
    return [Finding("W121", "economy.toml", row, "periods", shown, said)]


def _by_the_period(tables: Mapping[str, pd.DataFrame]) -> bool:
    """Whether anything wears, grows, is kept, built or moved from one period to the next."""
    plant = tables["capacities"][["retirement", "gestation", "growth_limit", "growth_floor", "life"]]
    ahead, leaves = tables["coefficients"]["lead"] > 0, tables["resources"]["wastage"] > 0
    kept = len(tables["stocks"]) or len(tables["training"]) or len(tables["projects"])
    return bool((plant > 0).any(axis=None) or ahead.any() or leaves.any() or kept)
