"""Checks of rules and of units that run: a rule about nothing, a unit that could run nowhere."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.economy.findings import Finding, findings_in

__all__ = ["relations"]


def relations(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Relations that add up nothing, and units and expansions whose least level lies above their greatest.

    Args:
        tables: effective tables.
    """
    rules, terms = tables["relations"], tables["relation_terms"]
    empty = ~rules["relation"].isin(terms["relation"][terms["weight"] != 0]).to_numpy()
    said = 'The relation "{value}" adds up nothing: relation_terms.csv has no row of it with a weight. Name what it adds up.'
    result = findings_in(rules, empty, "E149", "relation", said)
    for name, key, said in (
        ("runs", "activity", 'A unit of "{value}" that is on would run above its most at the least.'),
        ("expansions", "capacity", 'An expansion of "{value}" would be above its most at the least.'),
    ):
        frame = tables[name]
        wrong = (frame["least"] > frame["most"]).to_numpy()
        result += findings_in(frame, wrong, "E123", "least", f"{said} Exchange or correct the two.", values=frame[key])
    return result
