"""Limits, plans and conditions as a reader says them."""

from __future__ import annotations

from collections.abc import Sequence

from planner.economy.names import Names
from planner.economy.schema import TABLES
from planner.formulation import FAMILIES, Formulation
from planner.language.counting import capital, lower
from planner.reporting.wording.conditions import NUMBERS, households

WEIGHT = "per cent more of the result for one per cent more of the limit"  # what the weight of a limit says


def plan_title(formulation: Formulation) -> str:
    """Title of the plan that is tested, else its name, else the question."""
    return Names.of(formulation.economy).plan(formulation.plan) or formulation.question.title


def limit_of(names: Names, family: str, item: str) -> str:
    """What a limit limits, as a row is headed.

    >>> names = Names({"product": {"steel": "Crude steel"}, "capacity": {"steel": "Open hearths"}})
    >>> limit_of(names, "capacity", "steel"), limit_of(names, "import", "steel"), limit_of(names, "target", "export/steel")
    ('Open hearths', 'Crude steel', 'Export of crude steel')
    """
    known = FAMILIES.get(family)
    return names.key(item, axis=known.index[0] if known is not None and known.index else "")


def selector_name(selector: str, names: Names) -> str:
    """What a selector selects, as a row is headed.

    >>> names = Names({"resource": {"workers": "Hands"}})
    >>> [selector_name(text, names) for text in ("supply:workers", "capacities:furnaces:initial", "finance:credit")]
    ['Hands', 'Capacities of furnaces (initial)', 'Credit']
    >>> selector_name("coefficients:activity=coal_hand,item=coal", names), selector_name("trade:iron import:limit", names)
    ('Coefficients of coal hand, coal', 'Trade of iron, import (limit)')
    """
    table, _, rest = selector.partition(":")
    keys, _, column = rest.partition(":")
    items = names.key(" ".join(part.rpartition("=")[2] for part in keys.split(",") if part), table)
    if table in ("supply", "finance") and items:
        name = items
    else:
        name = f"{table.replace('_', ' ')} of {lower(items)}" if items else table.replace("_", " ")
    return capital(name + (f" ({column.replace('_', ' ')})" if column else ""))


def improved(selector: str, names: Names) -> str:
    """A limit as what would help is called: more of it, and of a claim, such as final use, less.

    >>> improved("supply:workers", Names({})), improved("final_use:corn", Names({}))
    ('workers', 'less final use of corn')
    >>> improved("finance:other_payments", Names({})), improved("trade:iron import:limit", Names({}))
    ('less other payments', 'trade of iron, import (limit)')
    """
    table, *parts = selector.split(":")
    columns = TABLES[table].by_name if table in TABLES else {}
    column = columns.get(parts[-1] if parts else "") or columns.get("value")
    claim = column is not None and column.optimistic == "low"
    return f"{'less ' if claim else ''}{lower(selector_name(selector, names))}"


def conditions(formulation: Formulation) -> str:
    """Scenario, corner, closure and changes under which an answer holds, in a line; a floor only where one holds."""
    economy, question = formulation.economy, formulation.question
    parts = [
        f"scenario {economy.scenario}" if economy.scenario else "no scenario",
        NUMBERS[economy.corner],
    ]
    has_floor = "consumption_floor" in formulation.program.row_block
    if has_floor:
        floor = question.floor if isinstance(question.floor, str) else f"{question.floor:g}"
        own = "".join(f", {one} in {text}" for text, one in question.floor_by_period.items())
        parts.append(f"{households(floor)}{own}")
    parts.append(f"model {question.name}")
    if "project" in question.families and question.projects.built == "parts":
        parts.append("projects in parts: whole they reach no further")
    floors = (question.floor, *question.floor_by_period.values()) if has_floor else ()
    if any(one == "subsistence" or (isinstance(one, float) and one < 1.0) for one in floors):
        parts.append("a floor below the base level is a diagnosis, not an option")
    return "; ".join([*parts, *(f"changed: {change}" for change in economy.sets)])


def held_throughout(held: Sequence[str]) -> str:
    """What no conflict names and no cure gives up, in a sentence; empty for nothing.

    >>> held_throughout(["the balances of products", "that nothing is less than nothing"])
    'Held throughout, being true by definition: the balances of products; that nothing is less than nothing.'
    >>> held_throughout([])
    ''
    """
    return f"Held throughout, being true by definition: {'; '.join(held)}." if held else ""
