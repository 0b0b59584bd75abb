"""Checks of relations: a rule about nothing."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.economy.findings import Finding, findings_in

__all__ = ["relations"]


def relations(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Relations that add up nothing.

    Args:
        tables: effective tables.
    """
    rules, terms = tables["relations"], tables["relation_terms"]
    empty = ~rules["relation"].isin(terms["relation"][terms["weight"] != 0]).to_numpy()
    said = 'The relation "{value}" adds up nothing: relation_terms.csv has no row of it with a weight. Name what it adds up.'
    return findings_in(rules, empty, "E149", "relation", said)
