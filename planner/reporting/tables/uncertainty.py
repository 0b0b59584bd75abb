"""What draws say, in words."""

from __future__ import annotations

from planner.analysis.uncertainty.uncertainty import Uncertainty
from planner.economy.names import Names
from planner.economy.schema import TABLES
from planner.formulation import Formulation
from planner.language.counting import capital, lower
from planner.reporting.wording.conditions import NUMBERS
from planner.reporting.wording.numbers import conditions

__all__ = ["counts_met", "drawn", "factor_name"]


def counts_met(found: Uncertainty) -> bool:
    """Whether it can be counted in how many draws all figures are met: they are independent, and there are figures."""
    return found.design.kind == "random" and found.outcomes[0].formulation.goal.is_share


def drawn(first: Formulation) -> str:
    """Under what conditions draws were made: not at the central values, but over the ranges."""
    return conditions(first).replace(NUMBERS["central"], "numbers drawn from their ranges")


def factor_name(factor: str, names: Names) -> str:
    """A factor as a row is headed: a table and a key, a table, or a source.

    >>> names = Names({"resource": {"land": "Sown land, all"}})
    >>> factor_name("supply land", names), factor_name("final_use", names), factor_name("A book, 1930", names)
    ('Supply: sown land', 'Final use', 'A book, 1930')
    """
    table, _, key = factor.partition(" ")
    if table not in TABLES or ": " in factor:  # a source, by itself or behind the table that cites it
        return factor
    head = capital(table.replace("_", " "))
    return f"{head}: {lower(names.key(key, table))}" if key else head
