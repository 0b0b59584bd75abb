"""A diagnosis of a linear program: what can be said of it, in numbers and in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from planner.feasibility.give_up import GiveUp, some
from planner.feasibility.irreducible import Irreducible
from planner.program import LinearProgram
from planner.solver.certificate import Certificate
from planner.solver.ledger import write_certificates

USUAL = 1e-6  # the tolerance most solvers are used with


class Verdict(Enum):
    """What can be said of a program."""

    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    BORDERLINE = "borderline"
    UNDECIDED = "undecided"


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """A program's diagnosis.

    Args:
        program: the program, whole-number columns freed (``notes`` says so).
        verdict: what can be said of it.
        optimum: best value of its objective; ``nan`` where there is none, ``inf`` (in its own sense) if unbounded.
        distance: least total of row violations, bounds held, each in its row's unit; ``nan`` if it was not found.
        scaled_distance: the same with each row divided by its greatest coefficient (to the nearest power of two).
        proved_distance: how much of ``distance`` is proved in exact arithmetic.
        margin: by how much every limit in the proof could give way and leave it standing; ``nan`` without proof.
        conflict: an irreducible conflict of rows and bounds.
        give_up: the smallest set of rows to give up.
        certificates: proofs that ``planner verify`` adds up; claims ``conflict``, ``distance`` or ``empty``.
        notes: what else must be known, in sentences.
        seconds: time spent.
    """

    program: LinearProgram
    verdict: Verdict
    optimum: float = float("nan")
    distance: float = 0.0
    scaled_distance: float = 0.0
    proved_distance: float = 0.0
    margin: float = float("nan")
    conflict: Irreducible | None = None
    give_up: GiveUp | None = None
    certificates: tuple[Certificate, ...] = ()
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def sentences(self) -> tuple[str, ...]:
        """The diagnosis in words."""
        said = [_HEADLINES[self.verdict].format(margin=self.margin)]
        if self.distance > 0:
            said.append(f"Rows are broken by {self.distance:.6g} in total at least, bounds held.")
        if self.conflict is not None and self.conflict.rows:
            said.append(_conflict_sentence(self.conflict))
        if self.give_up is not None:
            said.append(self.give_up.sentence)
        return (*said, *self.notes)

    def write(self, folder: str | Path) -> Path | None:
        """Write the program and the proofs as text for ``planner verify``; ``None`` where nothing is proved."""
        return write_certificates(folder, self.certificates) if self.certificates else None


_HEADLINES = {
    Verdict.FEASIBLE: "Feasible: a point satisfies every row and bound to rounding, checked on the numbers of the file.",
    Verdict.INFEASIBLE: "Infeasible: no values satisfy all rows and bounds, by a proof in exact arithmetic.",
    Verdict.BORDERLINE: (
        "Borderline: infeasible in exact arithmetic, but by less than any solver's tolerance (limits need to give way by no"
        " more than {margin:.1e}), so that tolerances decide and solvers may differ."
    ),
    Verdict.UNDECIDED: (
        "Undecided: no point satisfies every row clearly enough, and no proof was found that no values whatever can."
    ),
}


def caveats(proof: Certificate, conflict: Irreducible | None, margin: float) -> tuple[str, ...]:
    """What else must be known of a contradiction: what its proof and its conflict lean on."""
    notes = []
    if proof.declared:
        notes.append(declared_note(proof))
    if margin < USUAL:
        notes.append(
            f"Limits need to give way by {margin:.1e} only: a solver with a greater tolerance may call it feasible."
        )
    if conflict is None:
        notes.append("No conflict was cut down: by floats the contradiction is too slight to decide what it needs.")
    elif not conflict.irreducible:
        rest = len(conflict.members) - len(conflict.confirmed)
        notes.append(
            f"The conflict may hold more than it needs: {rest} of its members could not be confirmed by deletion."
            if rest
            else "Every member of the conflict is needed, but that it contradicts itself is not proved by itself."
        )
    return tuple(notes)


def declared_note(proof: Certificate) -> str:
    """How far a proof with declared bounds reaches."""
    low, high = proof.program.column_lower, proof.program.column_upper
    bound = min(
        abs(low[j]) if mark == "lower" else abs(high[j]) if mark == "upper" else min(-low[j], high[j])
        for j, mark in proof.declared.items()
    )
    return (
        f"The proof holds for values up to {bound:.0e} on {len(proof.declared)} columns that the file leaves without a bound;"
        f" {float(proof.resting):.2g} of the contradiction rests on that."
    )


def _conflict_sentence(conflict: Irreducible) -> str:
    rows, bounds = conflict.rows, conflict.bounds
    text = f"{len(rows)} row{'s' if len(rows) != 1 else ''} ({some(rows)})"
    if bounds:
        text += f" and {len(bounds)} bound{'s' if len(bounds) != 1 else ''} "
        text += f"({some(tuple(f'{side} of {name}' for name, side in bounds))})"
    many = len(rows) + len(bounds) > 1
    closing = "without any one of them they can" if conflict.irreducible else "not all of them may be needed for that"
    return f"{text} cannot hold {'together' if many else ''}".rstrip() + (f"; {closing}." if many else ".")
