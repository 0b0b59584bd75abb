"""A program as an LP file that any reader takes: exact decimals, plain names, rows in one line each or few."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from planner.formats.numbers import written
from planner.program.exact_program import ExactProgram, Limit, Terms
from planner.program.portable_names import portable

_WIDTH = 100


def lp_text(program: ExactProgram, *, comment: Sequence[str] = ()) -> str:
    """A program in LP format.

    Args:
        program: names that the format does not allow are changed, and a comment says so. A row with two different limits is
            written as two rows, ``…_lo`` and ``…_up``, since not every reader takes both in one.
        comment: lines to put first.

    >>> from planner.program import LinearProgram
    >>> program = ExactProgram.of(LinearProgram.plain(cost=[1.0], matrix=[[0.1]], row_lower=[3.0], row_upper=[3.0]))
    >>> print(lp_text(program))
    Minimize
     obj: x(1)
    Subject To
     r(1): 0.1 x(1) = 3
    Bounds
    End
    <BLANKLINE>
    """
    rows, columns = portable(program.row_names), portable(program.column_names)
    changed = [
        (old, new)
        for old, new in zip([*program.row_names, *program.column_names], [*rows, *columns], strict=True)
        if old != new
    ]
    lines = [f"\\ {line}" for line in comment]
    lines += [f"\\ {new} is {' '.join(old.split())!r} in the file" for old, new in changed]
    lines += [
        "Maximize" if program.sense == "max" else "Minimize",
        *_wrapped(f"obj: {_objective(program, columns)}".rstrip()),
    ]
    lines.append("Subject To")
    for i, name in enumerate(rows):
        lines += _row(
            name, _terms(program.rows[i], columns) or _nothing(columns), program.row_lower[i], program.row_upper[i]
        )
    lines.append("Bounds")
    bounds = zip(columns, program.column_lower, program.column_upper, strict=True)
    lines += [f" {line}" for name, low, high in bounds for line in _bounds(name, low, high)]
    whole = [name for name, integer in zip(columns, program.integer, strict=True) if integer]
    if whole:
        lines += ["General", *_wrapped(" ".join(whole))]
    return "\n".join([*lines, "End", ""])


def _objective(program: ExactProgram, names: Sequence[str]) -> str:
    """The objective; a column that stands nowhere else stands there with a cost of 0, or its bounds would have no owner."""
    named = {j for row in program.rows for j in row} | set(program.cost)
    lost = [f"+ 0 {name}" for j, name in enumerate(names) if j not in named]
    return " ".join([_terms(program.cost, names), *lost]).strip().removeprefix("+ ")


def _terms(terms: Terms, names: Sequence[str]) -> str:
    parts = []
    for j, value in sorted(terms.items()):
        size = "" if abs(value) == 1 else f"{written(abs(value))} "
        parts.append(f"{'-' if value < 0 else '+'} {size}{names[j]}")
    return " ".join(parts).removeprefix("+ ")


def _nothing(columns: Sequence[str]) -> str:
    """A term for a row without any: readers want one."""
    return f"0 {columns[0]}" if columns else "0 nothing"


def _row(name: str, body: str, lower: Limit, upper: Limit) -> list[str]:
    if lower is not None and lower == upper:
        return _wrapped(f"{name}: {body} = {written(lower)}")
    both = lower is not None and upper is not None
    found = []
    if lower is not None:
        found += _wrapped(f"{name}{'_lo' if both else ''}: {body} >= {written(lower)}")
    if upper is not None:
        found += _wrapped(f"{name}{'_up' if both else ''}: {body} <= {written(upper)}")
    return found


def _bounds(name: str, low: Limit, high: Limit) -> list[str]:
    if low is None and high is None:
        return [f"{name} free"]
    if low is not None and low == high:
        return [f"{name} = {written(low)}"]
    found = [] if low == 0 else [f"{name} >= {'-inf' if low is None else written(low)}"]
    return found + ([] if high is None else [f"{name} <= {written(high)}"])


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=" ", subsequent_indent="  ", break_long_words=False, break_on_hyphens=False
    )
