"""Tables and codes in words, from their declarations."""

from __future__ import annotations

from planner.economy.codes import CODES
from planner.economy.schema import TABLES
from planner.economy.schema.columns import By, Column, Place, Table

__all__ = ["explain_code", "explain_table", "placing", "rules", "without_a_row"]


def explain_code(code: str) -> str:
    """Title, meaning and remedy of a code.

    Args:
        code: such as ``E131``.

    Raises:
        KeyError: there is no such code.

    >>> explain_code("E113").splitlines()[0]
    'E113 refers to itself'
    """
    title, meaning, remedy = CODES[code]
    return f"{code} {title}\n\n{meaning}\n\nWhat to do: {remedy}"


def explain_table(name: str) -> str:
    """What a table holds, what each of its columns means, and what it means that a row is not there.

    Args:
        name: name of a table.

    Raises:
        KeyError: there is no such table.

    >>> print(explain_table("project_rules"))
    project_rules.csv: Projects that need or exclude each other.
      project: which. Key; stands in projects.
      rule: how they hang. Key; one of requires, excludes.
      other: the other project. Key; stands in projects.
    Without a row: Projects do not depend on each other.
    """
    table = TABLES[name]
    lines = [f"{name}.csv: {table.meaning}"]
    lines += [f"  {column.name}: {column.meaning}. {rules(column)}." for column in table.columns]
    lines += [f"  {place.name}: {place.meaning}. {placing(place)}." for place in table.places]
    lines.append(f"Without a row: {without_a_row(table)}")
    if table.unit_rule:
        lines.append(f"The unit must be that of: {table.unit_rule}.")
    return "\n".join(lines)


def without_a_row(table: Table) -> str:
    """What it means that a table has no row, and which findings say so.

    >>> without_a_row(TABLES["supply"])
    'None of the resource is there. See W120, E127.'
    """
    return f"{table.absent} See {', '.join(table.told)}." if table.told else table.absent


def placing(place: Place) -> str:
    """What may stand in a column that says where, in words.

    >>> placing(TABLES["capacities"].places[0])
    'Optional; stands in regions; read as part of capacity: `CAPACITY@REGION`'
    """
    word = place.of.upper()
    return f"Optional; stands in regions; read as part of {place.of}: `{word}@REGION`"


def rules(column: Column) -> str:
    """Key, type, default, references and range of a column, in words."""
    parts = ["required" if column.required else _default(column)]
    if column.key:
        parts = ["key"] if column.default is None else ["key", *parts]
    if column.refers and not isinstance(column.refers, By):
        parts.append(f"stands in {' or '.join(column.refers)}")
    elif isinstance(column.refers, By):
        cases = (f"{' or '.join(places)} for {case}" for case, places in column.refers.of.items())
        parts.append(f"by {column.refers.column}: {', '.join(cases)}")
    elif column.choices:
        parts.append(f"one of {', '.join(column.choices)}")
    elif column.numeric:
        most = f"{column.minimum:g} to {column.maximum:g}" if column.maximum == 1 else f"{column.minimum:g} or more"
        most = "negative ones too" if column.minimum == float("-inf") else most
        parts.append(f"a {'whole ' if column.kind == 'integer' else ''}number, {most}")
    elif column.kind in ("period", "periods"):
        parts.append("a period" if column.kind == "period" else "one or several periods")
    else:
        parts.append("an identifier" if column.kind == "id" else "text")
    if column.ranged:
        parts.append("with a range" + _favourable(column))
    text = "; ".join(parts)
    return text[0].upper() + text[1:]


def _default(column: Column) -> str:
    if column.default in (None, ""):
        return "optional"
    return f"default {column.default:g}" if isinstance(column.default, int | float) else f"default {column.default}"


def _favourable(column: Column) -> str:
    rule = column.optimistic
    if isinstance(rule, By):
        return ", favourable end: " + ", ".join(f"{end} for {case}" for case, (end,) in rule.of.items())
    return f", favourable end: {rule}" if rule else ""
