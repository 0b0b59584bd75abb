"""A conflict in words: each limit as it stands in the file, its multiplier, and what they have added up to so far."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from planner.diagnosis.proof import Member, Proof, Used
from planner.diagnosis.propagation import Chain, Step
from planner.formats.numbers import written
from planner.program.exact_program import ExactProgram, Limit, Terms

MANY = 400  # members from which they stay in the order of the file
LONG = 6  # terms of a sum that are spelled out
_SIGN = {"lower": "≥", "upper": "≤"}


@dataclass(frozen=True)
class Line:
    """A limit of a conflict.

    Args:
        member: which.
        name: of the row or column.
        line: in the file, 0 if there is none.
        text: the limit as an inequality.
        multiplier: exact.
        limit: likewise.
        product: likewise.
        running: sum of the products so far.
        left: what the terms have added up to so far.
    """

    member: Member
    name: str
    line: int
    text: str
    multiplier: Fraction
    limit: Fraction
    product: Fraction
    running: Fraction
    left: str


def lines_of(proof: Proof) -> Iterator[Line]:
    """The limits that a contradiction uses, along the columns they share, one by one: there may be thousands.

    >>> import numpy as np
    >>> from planner.program import LinearProgram
    >>> program = ExactProgram.of(LinearProgram.plain(cost=[0], matrix=[[1], [1]], row_lower=[3, -np.inf], row_upper=[np.inf, 1]))
    >>> for line in lines_of(Proof(program, {0: Fraction(1), 1: Fraction(-1)})):
    ...     print(line.text, "| so far", line.left, "≥", line.running)
    x(1) ≥ 3 | so far x(1) ≥ 3
    x(1) ≤ 1 | so far 0 ≥ 2
    """
    program, names = proof.program, proof.program.column_names
    left: dict[int, Fraction] = {}
    places: list[int] = []  # columns of ``left``, in order
    running = Fraction(0)
    for used in _ordered(program, proof.used):
        for j, a in _terms(program, used.member).items():
            at = bisect_left(places, j)
            if j not in left:
                places.insert(at, j)
            left[j] = left.get(j, Fraction(0)) + used.weight * a
            if not left[j]:
                del left[j], places[at]
        running += used.product
        yield Line(
            used.member,
            _name(program, used.member),
            line_of(program, used.member),
            inequality(program, used.member, used.side),
            used.weight,
            used.limit,
            used.product,
            running,
            _sum([(names[j], left[j]) for j in places[:LONG]], len(left)) or "0",
        )


def _ordered(program: ExactProgram, used: Sequence[Used]) -> Iterable[Used]:
    """Limits such that each closes columns which those before it opened, where one does."""
    if len(used) > MANY:
        return used
    terms = {one: frozenset(_terms(program, one.member)) for one in used}
    left, open_, order = list(used), set[int](), list[Used]()
    seen: dict[int, int] = {}
    for one in used:
        for j in terms[one]:
            seen[j] = seen.get(j, 0) + 1

    def cost(one: Used) -> tuple[bool, int, int, int]:
        closed = sum(1 for j in terms[one] if seen[j] == 1)
        apart = bool(open_) and not terms[one] & open_
        return apart, len(terms[one] - open_) - closed, len(terms[one]), place[one]

    place = {one: at for at, one in enumerate(used)}
    while left:
        best = min(left, key=cost)
        left.remove(best)
        order.append(best)
        for j in terms[best]:
            seen[j] -= 1
        open_ |= terms[best]
        open_ -= {j for j in terms[best] if seen[j] == 0}
    return order


def _terms(program: ExactProgram, member: Member) -> Terms:
    return program.rows[member.position] if member.kind == "row" else {member.position: Fraction(1)}


def _name(program: ExactProgram, member: Member) -> str:
    return (program.row_names if member.kind == "row" else program.column_names)[member.position]


def line_of(program: ExactProgram, member: Member) -> int:
    """The line of a row, a bound or a column; 0 where there is no file, or the bound is the format's default."""
    places, at = program.places, member.position
    if member.kind == "row":
        return places.rows[at] if at < len(places.rows) else 0
    if member.kind == "whole":
        return places.columns[at] if at < len(places.columns) else 0
    return places.bounds.get((at, member.kind), 0)


def called(program: ExactProgram, member: Member) -> str:
    """A member by its name and line."""
    name, line = _name(program, member), line_of(program, member)
    what = {"row": f"row {name}", "whole": f"whole number {name}"}.get(member.kind, f"{member.kind} bound of {name}")
    if line:
        return f"{what} (line {line})"
    return f"{what} (assumed)" if program.places.rows and member.kind in ("lower", "upper") else what


def inequality(program: ExactProgram, member: Member, side: str) -> str:
    """A limit as an inequality."""
    kind: Literal["row", "column"] = "row" if member.kind == "row" else "column"
    asked: Literal["lower", "upper"] = "lower" if side == "lower" else "upper"
    limit = program.limit(kind, member.position, asked)
    low, high = (program.limit(kind, member.position, end) for end in _ENDS)
    sign = "=" if kind == "row" and low == high else _SIGN[side]
    return f"{expression(_terms(program, member), program.column_names) or '0'} {sign} {_limit(limit)}"


def expression(terms: Terms, names: Sequence[str]) -> str:
    """Terms as a sum; of long ones the first few."""
    return _sum([(names[j], a) for j, a in sorted(terms.items())[:LONG]], len(terms))


def _sum(shown: Sequence[tuple[str, Fraction]], count: int) -> str:
    """Terms as a sum, and how many more there are."""
    parts = [f"{'−' if a < 0 else '+'} {'' if abs(a) == 1 else f'{short(abs(a))} '}{name}" for name, a in shown]
    text = " ".join(parts)
    text = text[2:] if text.startswith("+ ") else text.replace("− ", "−", 1) if text.startswith("− ") else text
    return text + (f" + … ({count - len(shown)} more)" if count > len(shown) else "")


@lru_cache(maxsize=4 * LONG)  # of a running sum most terms stay as they are from line to line
def short(value: Fraction) -> str:
    """A number for a person: exactly if that is short, else to seven digits.

    >>> short(Fraction(1, 4)), short(Fraction(1, 3)), short(Fraction(-7))
    ('0.25', '0.3333333', '−7')
    """
    exact = written(value, 20)
    text = exact if len(exact) <= 14 and Fraction(exact) == value else f"{float(value):.7g}"
    return text.replace("-", "−") if text.startswith("-") else text


def _limit(limit: Limit) -> str:
    return "…" if limit is None else short(limit)


_ENDS: tuple[Literal["lower"], Literal["upper"]] = ("lower", "upper")


def steps_of(chain: Chain) -> tuple[str, ...]:
    """A chain of single rows in sentences."""
    program, steps = chain.program, chain.steps
    said = [_step(program, steps, steps[number]) for number in chain.used]
    if chain.row is None:
        first, last = (steps[number] for number in chain.last)
        name = program.column_names[first.column]
        end = f"{name} would have to be at least {short(first.value)} and at most {short(last.value)}."
    elif chain.divisor is not None:
        low, high = program.row_lower[chain.row], program.row_upper[chain.row]
        none = f"{_limit(low)} is not" if low == high else f"none lies between {_limit(low)} and {_limit(high)}"
        end = (
            f"In {called(program, Member('row', chain.row))} every term is a multiple of {short(chain.divisor)}, since its"
            f" columns are whole numbers, and {none}."
        )
    else:
        side = "lower" if chain.lower else "upper"
        member = Member("row", chain.row)
        most = sum((a * steps[n].value for n, a in _paired(chain)), Fraction(0))
        end = (
            f"R{called(program, member)[1:]} asks for {inequality(program, member, side)}, but its left side comes to"
            f" {'at most' if chain.lower else 'at least'} {short(most)}."
        )
    return (*said, end)


def _paired(chain: Chain) -> list[tuple[int, Fraction]]:
    row = chain.program.rows[chain.row] if chain.row is not None else {}
    return [(number, row[chain.steps[number].column]) for number in chain.last]


def _step(program: ExactProgram, steps: Sequence[Step], step: Step) -> str:
    name, sign = program.column_names[step.column], _SIGN[step.side]
    claim = f"{name} {sign} {short(step.value)}"
    if step.rounded:
        return f"{claim}, since {name} is a whole number"
    if step.row is None:
        member = Member(step.side, step.column)
        return f"{claim}: {called(program, member)}"
    since = [
        f"{program.column_names[steps[n].column]} {_SIGN[steps[n].side]} {short(steps[n].value)}" for n in step.before
    ]
    because = f", since {', '.join(since[:4])}{' and more' if len(since) > 4 else ''}" if since else ""
    return f"{claim}: {called(program, Member('row', step.row))}{because}"
