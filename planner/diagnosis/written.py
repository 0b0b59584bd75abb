"""A diagnosis in files: the program and its proofs as text for ``planner verify``, the conflict and the cure as LP files."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from decimal import ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from pathlib import Path

from planner.diagnosis.diagnosis import Diagnosis, conflict_sentence
from planner.diagnosis.irreducible import part_of
from planner.diagnosis.movements import moved
from planner.diagnosis.proof import Member, Proof
from planner.diagnosis.told import lines_of, short
from planner.diagnosis.whole_numbers import End
from planner.formats.numbers import written
from planner.formats.write_lp import lp_text
from planner.program.exact_program import ExactProgram, Limit
from planner.program.text import HEADS, digest
from planner.proof.verify import HEAD

Line = dict[str, str]
CONFLICT = ("kind", "name", "line", "side", "inequality", "multiplier", "limit", "product", "running_sum", "left_side")


def write_diagnosis(found: Diagnosis, folder: Path) -> None:
    """Write all files that a diagnosis gives rise to.

    Args:
        found: the diagnosis.
        folder: where to; made if missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _write_proofs(found, folder)
    conflict = found.conflict
    if conflict is not None and conflict.members:
        small, _, _ = part_of(found.program, conflict.members)
        text = lp_text(small.with_(cost={}, offset=Fraction(0)), comment=[conflict_sentence(conflict)])
        (folder / "conflict.lp").write_text(text, encoding="utf-8")
        if conflict.proof is not None:
            _write(folder / "conflict.csv", CONFLICT, _conflict_rows(conflict.proof))
    if found.least is not None and found.least.limits:
        moves = found.least.limits
        said = [
            f"{move.kind} {move.name}: {move.side} limit moved from {short(move.before)} to {short(move.after)}"
            for move in moves
        ]
        (folder / "relaxed.lp").write_text(lp_text(moved(found.program, moves), comment=said), encoding="utf-8")
    if found.point is not None:
        names = found.program.column_names
        rows = ((name, str(value), repr(float(value))) for name, value in zip(names, found.point, strict=True))
        _write(folder / "point.csv", ("column", "exact", "value"), rows)


def _conflict_rows(proof: Proof) -> Iterable[Sequence[str]]:
    for line in lines_of(proof):
        side = "lower" if line.multiplier > 0 else "upper"
        yield (
            line.member.kind,
            line.name,
            str(line.line or ""),
            side,
            line.text,
            str(line.multiplier),
            written(line.limit),
            str(line.product),
            str(line.running),
            line.left,
        )


# -- proofs -----------------------------------------------------------------------------------------------------------


def _write_proofs(found: Diagnosis, folder: Path) -> None:
    """The program and every claim about it; nothing where nothing is proved."""
    claims: list[list[Line]] = []
    if found.proof is not None:
        claims.append(_claim("conflict", found.proof))
    if found.least is not None and found.least.proof is not None and found.least.proof.valid:
        claims.append(_claim("distance", found.least.proof))
    if found.whole is not None and found.proof is None:
        claims += [_case(number, end) for number, end in enumerate(found.whole.ends, 1)]
    if not claims:
        return
    write_exact_program(found.program, folder / "program")
    mark = digest(folder / "program")
    rows = ([line.get(cell, "") for cell in HEAD] for lines in claims for line in _marked(lines, mark))
    _write(folder / "certificate.csv", HEAD, rows)


def _marked(lines: list[Line], mark: str) -> list[Line]:
    return [lines[0] | {"program": mark}, *lines[1:]]


def _case(number: int, end: End) -> list[Line]:
    """The claim of one case: the splits that lead to it stand before its rows."""
    claim = f"case {number}"
    head, *rest = _claim(claim, end.proof)
    names = end.proof.program.column_names
    splits = [
        {"claim": claim, "part": "split", "name": names[column], "side": side, "limit": str(value)}
        for column, side, value in end.path
    ]
    return [head, *splits, *rest]


def _claim(claim: str, proof: Proof) -> list[Line]:
    """A contradiction line by line, as ``planner verify`` adds it up."""
    gap = _floor(proof.gap)
    head = {"claim": claim, "part": "claim", "side": "empty", "limit": gap, "product": gap}
    program = proof.program
    if proof.clash:
        kind, at = proof.clash
        name = (program.row_names if kind == "row" else program.column_names)[at]
        return [head, {"claim": claim, "part": "clash", "name": name, "side": kind, "product": repr(float(proof.gap))}]
    lines = [head]
    for used in proof.used:
        is_row = used.member.kind == "row"
        if not is_row and not used.product:
            continue
        name = (program.row_names if is_row else program.column_names)[used.member.position]
        decimal = repr(float(used.weight))
        lines.append(
            {
                "claim": claim,
                "part": "row" if is_row else "column",
                "name": name,
                "side": used.side,
                "multiplier": decimal,
                "limit": number_text(used.limit),
                "product": repr(float(used.product)),
                "share": repr(float(used.product / proof.gap)),
                "exact": str(used.weight) if is_row and Fraction(decimal) != used.weight else "",
            }
        )
    return [*lines, {"claim": claim, "part": "total", "product": repr(float(proof.gap))}]


def _floor(value: Fraction) -> str:
    context = Context(prec=12, rounding=ROUND_FLOOR)
    return str(context.divide(Decimal(value.numerator), Decimal(value.denominator)))


# -- the program ------------------------------------------------------------------------------------------------------


def number_text(limit: Limit) -> str:
    """A number of the file in decimals, exactly; empty for no limit."""
    if limit is None:
        return ""
    text = repr(float(limit))
    return text if Fraction(text) == limit else written(limit, 400)


def write_exact_program(program: ExactProgram, folder: Path) -> None:
    """Write a program as text, in the numbers of its file.

    Args:
        program: the program.
        folder: where to; made if missing.
    """
    folder.mkdir(parents=True, exist_ok=True)
    head = [
        ("sense", program.sense),
        ("objective", program.objective),
        ("unit", ""),
        ("offset", number_text(program.offset)),
    ]
    _write(folder / "program.csv", HEADS["program.csv"], head)
    _write(
        folder / "rows.csv",
        HEADS["rows.csv"],
        (
            (name, number_text(low), number_text(high), "", "", _line(program.places.rows, i))
            for i, (name, low, high) in enumerate(
                zip(program.row_names, program.row_lower, program.row_upper, strict=True)
            )
        ),
    )
    columns = zip(program.column_names, program.column_lower, program.column_upper, program.integer, strict=True)
    _write(
        folder / "columns.csv",
        HEADS["columns.csv"],
        (
            (name, number_text(low), number_text(high), _cost(program, j), "", "", "yes" if whole else "", "")
            for j, (name, low, high, whole) in enumerate(columns)
        ),
    )
    _write(
        folder / "coefficients.csv",
        HEADS["coefficients.csv"],
        (
            (program.row_names[i], program.column_names[j], number_text(a))
            for i, row in enumerate(program.rows)
            for j, a in row.items()
        ),
    )


def _cost(program: ExactProgram, column: int) -> str:
    return number_text(program.cost.get(column, Fraction(0)))


def _line(lines: Sequence[int], at: int) -> str:
    return f"line {lines[at]}" if at < len(lines) else ""


def _write(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(head)
        writer.writerows(rows)


def member_name(program: ExactProgram, member: Member) -> str:
    """Name of the row or column of a member."""
    return (program.row_names if member.kind == "row" else program.column_names)[member.position]
