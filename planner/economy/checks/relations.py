"""Checks of rules and of units that run: a rule about nothing, a unit that could run nowhere."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.economy.findings import Finding, findings_in

__all__ = ["relations"]


def relations(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Relations that add up nothing, and units whose least level lies above their greatest.

    Args:
        tables: effective tables.
    """
    rules, terms = tables["relations"], tables["relation_terms"]
    empty = ~rules["relation"].isin(terms["relation"][terms["weight"] != 0]).to_numpy()
    said = 'The relation "{value}" adds up nothing: relation_terms.csv has no row of it with a weight. Name what it adds up.'
    result = findings_in(rules, empty, "E149", "relation", said)
    runs = tables["runs"]
    wrong = (runs["least"] > runs["most"]).to_numpy()
    said = 'A unit of "{value}" that is on would run above its most at the least. Exchange or correct the two.'
    return result + findings_in(runs, wrong, "E123", "least", said, values=runs["activity"])
