"""A diagnosis as a document for JSON: every finding a field of its own."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from planner.diagnosis.diagnosis import Diagnosis, Verdict
from planner.diagnosis.irreducible import Conflict
from planner.diagnosis.movements import Moves
from planner.diagnosis.told import called, line_of, lines_of, steps_of
from planner.diagnosis.written import member_name
from planner.economy.findings import Finding

MOST = 10_000  # values of a point, and violations, that a document holds


def document_of(found: Diagnosis, file: str, warnings: Sequence[Finding] = ()) -> dict[str, Any]:
    """All fields of a diagnosis.

    Args:
        found: the diagnosis.
        file: name of the file.
        warnings: of its reading.
    """
    rows, columns = found.program.shape
    conflict, cure, margin = found.conflict, found.give_up, found.margin
    return {
        "file": file,
        "rows": rows,
        "columns": columns,
        "whole_numbers": sum(found.program.integer),
        "verdict": found.verdict.value,
        "proved": found.proved,
        "irreducible": conflict.irreducible if conflict is not None else None,
        "optimum": _float(found.optimum) if not found.unbounded else None,
        "unbounded": found.unbounded,
        "distance": _float(found.distance),
        "proved_distance": float(found.proved_distance) if found.verdict is not Verdict.FEASIBLE else 0.0,
        "margin": None if margin is None else {"absolute": float(margin[0]), "relative": float(margin[1])},
        "conflict_rows": list(conflict.rows) if conflict is not None else [],
        "conflict_bounds": [list(bound) for bound in conflict.bounds] if conflict is not None else [],
        "conflict_whole_numbers": list(conflict.whole) if conflict is not None else [],
        "conflict": _conflict(found, conflict),
        "chain": list(steps_of(found.chain)) if found.chain is not None else [],
        "cases": len(found.whole.ends) if found.whole is not None else None,
        "give_up": list(cure.rows) if cure is not None else [],
        "at_least": cure.at_least if cure is not None else None,
        "least_moves": _moves(found.least),
        "fewest_moves": _moves(found.fewest),
        "point": _point(found),
        "violations": _violations(found),
        "warnings": [
            {"code": w.code, "lines": list(w.rows), "value": w.value, "sentence": w.sentence} for w in warnings
        ],
        "sentences": list(found.sentences),
    }


def _conflict(found: Diagnosis, conflict: Conflict | None) -> list[dict[str, Any]]:
    if conflict is None:
        return []
    if conflict.proof is None:
        program = found.program
        return [
            {
                "kind": m.kind,
                "name": member_name(program, m),
                "line": line_of(program, m) or None,
                "text": called(program, m),
            }
            for m in conflict.members
        ]
    return [
        {
            "kind": line.member.kind,
            "name": line.name,
            "line": line.line or None,
            "text": line.text,
            "multiplier": str(line.multiplier),
            "limit": float(line.limit),
            "product": float(line.product),
            "running_sum": float(line.running),
            "left_side": line.left,
        }
        for line in lines_of(conflict.proof)
    ]


def _moves(moves: Moves | None) -> dict[str, Any] | None:
    if moves is None:
        return None
    return {
        "total": float(moves.total),
        "proved": float(moves.proved),
        "limits": [
            {
                "kind": m.kind,
                "name": m.name,
                "side": m.side,
                "from": float(m.before),
                "to": float(m.after),
                "by": float(m.by),
            }
            for m in moves.limits
        ],
    }


def _point(found: Diagnosis) -> dict[str, float] | None:
    point = found.point or found.near
    if point is None or len(point) > MOST:
        return None
    return {name: float(value) for name, value in zip(found.program.column_names, point, strict=True)}


def _violations(found: Diagnosis) -> list[dict[str, Any]]:
    """What the point, or where there is none the point of the least moves, breaks, exactly."""
    point = found.point or (found.least.point if found.least is not None else found.near)
    if point is None:
        return []
    program = found.program
    names = {"row": program.row_names, "column": program.column_names, "whole": program.column_names}
    gaps = list(program.violations(point).items())[:MOST]
    return [{"kind": kind, "name": names[kind][at], "by": float(gap)} for (kind, at), gap in gaps]


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
