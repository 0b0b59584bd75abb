"""The certificate as a table that a spreadsheet adds up.

``certificate.csv`` lies beside the folder ``program``; ``variants.csv`` says what further programs have otherwise than the
one before each. Claims stand in the order of the programs. A claim is a
run of lines: ``claim`` (what is stated, and the sha256 of the program), ``row`` (multiplier × limit = product), ``column``
(what is left of a column's cost × its bound), ``total``.
Decimals are floats rounded from exact fractions; where a multiplier is no such decimal, ``exact`` holds the fraction.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Literal

from planner.files import as_text, csv_text, write_text
from planner.program.program import Block, LinearProgram
from planner.program.text import (
    HEADS,
    Lines,
    by_line_number,
    changed,
    digest,
    line_numbers,
    number,
    program_lines,
    variant_lines,
)
from planner.proof.certificate import Certificate
from planner.proof.exact import ZERO, limit, side
from planner.proof.verify import HEAD, VARIANT

Line = dict[str, str]


def table(certificate: Certificate, program: str = "") -> list[Line]:
    """A certificate line by line, in the order of the program's rows.

    Args:
        certificate: a valid one.
        program: the sha256 of the program's text.

    Returns:
        One mapping of ``HEAD`` a line; ``share`` is of the total, ``need`` what a share that is maximised takes of the row.
    """
    names, columns = certificate.program.row_names, certificate.program.column_names
    bound, gap = stated(certificate)
    goal = columns[certificate.goal] if certificate.goal is not None else certificate.program.objective
    lines = [
        _line(
            certificate,
            "claim",
            name="" if certificate.states == "empty" else goal,
            side=certificate.states,
            limit=bound,
            product=gap,
            unit="" if certificate.states == "empty" else certificate.program.objective_unit,
            program=program,
        )
    ]
    if certificate.clash:
        kind, at = certificate.clash
        name = names[at] if kind == "row" else columns[at]
        return [*lines, _line(certificate, "clash", name=name, side=kind, product=_decimal(certificate.bound))]
    kinds = {i: (block, str(unit)) for i, block, unit in _units(certificate.program.rows)}
    rows = sorted(row for row, weight in certificate.multipliers.items() if weight)
    lines += [_used(certificate, "row", row, names[row], kinds[row]) for row in rows]
    kinds = {i: (block, str(unit)) for i, block, unit in _units(certificate.program.columns)}
    used = [column for column in certificate.sum.reduced if certificate.product("column", column)]
    lines += [_used(certificate, "column", column, columns[column], kinds[column]) for column in used]
    need = _decimal(sum(certificate.needs.values(), ZERO)) if certificate.needs else ""
    return [*lines, _line(certificate, "total", product=_decimal(certificate.bound), need=need)]


def write_certificates(
    folder: str | Path,
    certificates: Sequence[Certificate],
    came_from: Mapping[str, str] | None = None,
    *,
    base: LinearProgram | None = None,
) -> Path:
    """Write ``program/``, ``certificate.csv`` and, where the claims are about several programs, ``variants.csv``.

    Args:
        folder: where to; made if missing.
        certificates: claims with different names. One program is written whole, of the others what differs from the one before.
        came_from: for each family of rows, the tables its numbers came from.
        base: the program that is written whole; that of the first claim by default.

    Returns:
        Path of ``certificate.csv``.

    Raises:
        ValueError: no certificate, or two claims of one name.
    """
    folder = Path(folder)
    if not certificates or len({c.claim for c in certificates}) < len(certificates):
        raise ValueError("a folder of proofs holds one claim or more, each with its own name")
    texts = texts_of(certificates, came_from, base=base)
    claims = [(text.name, text.lines, [table(c) for c in text.certificates]) for text in texts]
    return write_claims(folder, claims)


def write_claims(
    folder: Path, texts: Iterable[tuple[str, Lines | Sequence[Sequence[str]], Sequence[Sequence[Line]]]]
) -> Path:
    """Write programs and what is claimed of each, as they come.

    Args:
        folder: where to.
        texts: for each program its name, its text, and the lines of its claims (`table`). The text of the first is written
            whole in ``program/``; of each other one what it has otherwise than the one before it, and the text may be given
            as just that (`planner.program.text.variant_lines`).

    Returns:
        Path of ``certificate.csv``.
    """
    mark, before, numbers = "", Lines(), dict[tuple[str, ...], str]()
    rows: list[list[str]] = []
    variants: list[tuple[str, ...]] = []
    for name, text, claims in texts:
        if not mark:
            before = dict(text) if isinstance(text, Mapping) else {}
            for file, lines in before.items():
                write_text(folder / "program" / file, csv_text([HEADS[file], *lines]))
            mark, numbers = digest(folder / "program"), line_numbers(before)
        else:
            changes = variant_lines(before, text) if isinstance(text, Mapping) else text
            told = [by_line_number(tuple(change), numbers) for change in changes]
            mark = variant_digest(mark, told) if told else mark
            variants += [
                ("" if at else name, *line, *[""] * (len(VARIANT) - 1 - len(line))) for at, line in enumerate(told)
            ]
            before = dict(text) if isinstance(text, Mapping) else changed(before, text)
        rows += [
            [(mark if key == "program" and line["part"] == "claim" else line[key]) for key in HEAD]
            for claim in claims
            for line in claim
        ]
    if variants:
        write_text(folder / "variants.csv", csv_text([VARIANT, *variants]))
    return write_text(folder / "certificate.csv", csv_text([HEAD, *rows]))


@dataclass(frozen=True, eq=False)
class ProgramText:
    """The text of a program and what is claimed of it.

    Args:
        name: of the program among others of a folder: the first claim about it.
        lines: of its four tables.
        certificates: the claims.
    """

    name: str
    lines: Lines
    certificates: list[Certificate]


def texts_of(
    certificates: Sequence[Certificate],
    came_from: Mapping[str, str] | None = None,
    *,
    base: LinearProgram | None = None,
) -> list[ProgramText]:
    """The programs of some claims as texts, those of equal text as one: the base first, then in the order of the claims."""
    programs: dict[int, tuple[LinearProgram, list[Certificate]]] = {} if base is None else {id(base): (base, [])}
    for certificate in certificates:
        programs.setdefault(id(certificate.program), (certificate.program, []))[1].append(certificate)
    texts: dict[str, ProgramText] = {}
    for program, some in programs.values():
        declared = {j: mark for c in some for j, mark in c.declared.items()}
        lines = program_lines(program, came_from, declared=declared)
        key = sha256(repr(lines).encode()).hexdigest()
        text = texts.setdefault(key, ProgramText(some[0].claim if some else "", lines, []))
        text.certificates.extend(some)
    return list(texts.values())


def variant_digest(base: str, changes: Sequence[Sequence[str]]) -> str:
    """The mark of a program that is written as changes of the one before, as ``planner verify`` computes it.

    Args:
        base: mark of that one.
        changes: as `planner.program.text.by_line_number` gives them.
    """
    cells = [[as_text(cell) for cell in line] for line in changes]
    return sha256(json.dumps([base, *cells]).encode()).hexdigest()


def stated(certificate: Certificate) -> tuple[str, str]:
    """The bound and the gap as they are claimed: twelve digits, rounded to the weaker side.

    Returns:
        Bound, gap; the gap is empty where there is none to speak of.
    """
    rounding = ROUND_CEILING if certificate.states == "at most" else ROUND_FLOOR
    context = Context(prec=12, rounding=rounding)
    bound = context.divide(Decimal(certificate.bound.numerator), Decimal(certificate.bound.denominator))
    if certificate.states == "empty":
        return str(bound), str(bound)
    return str(bound), str(1 - bound) if certificate.gap is not None else ""


def _used(certificate: Certificate, kind: Literal["row", "column"], at: int, name: str, place: tuple[str, str]) -> Line:
    weight, product, total = certificate.weight(kind, at), certificate.product(kind, at), certificate.bound
    which = side(weight, certificate.sense)
    text = _decimal(weight)
    return _line(
        certificate,
        kind,
        name=name,
        side=which,
        multiplier=text,
        limit=number(limit(certificate.program, kind, at, which)),
        product=_decimal(product),
        share=_decimal(product / total) if total else "",
        need=_decimal(certificate.needs[at]) if kind == "row" and at in certificate.needs else "",
        family=place[0],
        unit=place[1],
        exact=str(weight) if kind == "row" and Fraction(text) != weight else "",
    )


def _line(certificate: Certificate, part: str, **cells: str) -> Line:
    return dict.fromkeys(HEAD, "") | {"claim": certificate.claim, "part": part} | cells


def _units(blocks: Sequence[Block]) -> list[tuple[int, str, object]]:
    return [(block.start + i, block.name, unit) for block in blocks for i, unit in enumerate(block.unit)]


def _decimal(value: Fraction) -> str:
    return repr(float(value))
