"""A diagnosis of a linear program: what can be said of it, in numbers and in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from planner.diagnosis.correction_set import GiveUp, first_few
from planner.diagnosis.irreducible import Conflict
from planner.diagnosis.movements import Move, Moves
from planner.diagnosis.points import Point
from planner.diagnosis.proof import Proof
from planner.diagnosis.propagation import Chain
from planner.diagnosis.told import called, short, steps_of
from planner.diagnosis.whole_numbers import WholeDecision
from planner.program.exact_program import ExactProgram

USUAL = 1e-6  # the tolerance most solvers are used with
TIGHTEST = 1e-9  # the tightest tolerance that solvers offer
STEPS = 16  # of a chain that are printed


class Verdict(Enum):
    """What can be said of a program."""

    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    BORDERLINE = "borderline"
    RELAXED = "relaxation feasible"
    UNDECIDED = "undecided"


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """A program's diagnosis.

    Args:
        program: the program, in the file's own numbers.
        verdict: what can be said of it.
        point: a point that meets everything exactly; of the relaxation where that is all that is known.
        optimum: best value of the objective as a solver sees it, exact at its point; ``None`` where none was found.
        unbounded: whether the solver sees no end of the objective.
        proof: a contradiction of rows and bounds.
        whole: what is known of whole numbers.
        chain: the contradiction as a chain of single rows, where there is one.
        margin: by how much every limit of the proof could give way and leave it standing: in their units, and as a share of
            what the rows consist of; ``None`` without a proof.
        conflict: rows, bounds and whole numbers that cannot hold together.
        give_up: the fewest rows to give up.
        least: moves of limits, least in sum.
        fewest: moves of the rows of ``give_up``.
        near: the point that comes nearest where nothing was decided.
        notes: what else must be known, in sentences.
        seconds: time spent; in no file but the manifest.
    """

    program: ExactProgram
    verdict: Verdict
    point: Point | None = None
    optimum: Fraction | None = None
    unbounded: bool = False
    proof: Proof | None = None
    whole: WholeDecision | None = None
    chain: Chain | None = None
    margin: tuple[Fraction, Fraction] | None = None
    conflict: Conflict | None = None
    give_up: GiveUp | None = None
    least: Moves | None = None
    fewest: Moves | None = None
    near: Point | None = None
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def proved(self) -> bool:
        """Whether the verdict rests on an exact point or an exact proof."""
        return self.verdict in (Verdict.FEASIBLE, Verdict.INFEASIBLE, Verdict.BORDERLINE)

    @property
    def distance(self) -> Fraction | None:
        """The least total by which rows are broken, bounds held, as a solver sees it; ``None`` where it was not found."""
        if self.verdict is Verdict.FEASIBLE:
            return Fraction(0)
        return self.least.total if self.least is not None else None

    @property
    def proved_distance(self) -> Fraction:
        """How much of the distance is proved."""
        return self.least.proved if self.least is not None else Fraction(0)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The diagnosis in words."""
        said = [self._headline()]
        if self.verdict is Verdict.FEASIBLE and self.optimum is not None:
            said.append(f"Its optimum is {float(self.optimum):.9g}, as the solver sees it; the point is exact.")
        elif self.unbounded and self.verdict is Verdict.FEASIBLE:
            said.append("The objective has no end, as the solver sees it.")
        if self.conflict is not None and self.conflict.members:
            said.append(conflict_sentence(self.conflict))
            said += self._assumed()
        if self.give_up is not None:
            said.append(self.give_up.sentence)
        elif self.conflict is not None and self.conflict.members and not self.conflict.rows:
            said.append("Giving up rows is no cure: bounds contradict each other by themselves.")
        said += _moves_sentences(self)
        return (*said, *self.notes)

    @property
    def steps(self) -> tuple[str, ...]:
        """The chain in sentences; the middle of a long one is left out."""
        said = steps_of(self.chain) if self.chain is not None else ()
        if len(said) <= STEPS:
            return said
        half = STEPS // 2
        return (*said[:half], f"… {len(said) - 2 * half} steps like these …", *said[-half:])

    def _headline(self) -> str:
        texts = {
            Verdict.FEASIBLE: "Feasible: a point meets every row and bound exactly, in the numbers of the file.",
            Verdict.INFEASIBLE: "Infeasible: no values meet all rows and bounds, by a proof in exact arithmetic.",
            Verdict.UNDECIDED: "Undecided: no point was found that meets every row exactly, and no proof that there is none.",
            Verdict.RELAXED: (
                "The relaxation is feasible, the program not decided: values between whole numbers meet every row exactly, but"
                " no whole point was found and no proof that there is none."
            ),
        }
        if self.verdict is Verdict.BORDERLINE and self.margin is not None:
            absolute, relative = (float(value) for value in self.margin)
            return (
                "Borderline: infeasible in exact arithmetic, but by less than any solver's tolerance: limits need to"
                f" give way by no more than {absolute:.1e} each, {relative:.1e} of what the rows consist of. Solvers may differ."
            )
        if self.verdict is Verdict.FEASIBLE and any(self.program.integer):
            return "Feasible: a whole point meets every row and bound exactly, in the numbers of the file."
        if self.verdict is Verdict.INFEASIBLE and self.proof is None:
            return (
                "Infeasible: no whole numbers meet all rows and bounds, though values between them do; proved exactly."
            )
        return texts[self.verdict]

    def _assumed(self) -> list[str]:
        """What the format assumes about bounds of the conflict, where other readers assume something else."""
        assumed = self.program.places.assumed
        members = self.conflict.members if self.conflict is not None else ()
        found = [
            assumed.get((m.position, "lower" if m.kind == "lower" else "upper")) for m in members if m.kind in _BOUNDS
        ]
        return [f"{text}." for text in found if text]


_BOUNDS = ("lower", "upper")


def conflict_sentence(conflict: Conflict) -> str:
    """A conflict in a sentence."""
    parts = []
    for kinds, one, many in (
        (("row",), "row", "rows"),
        (_BOUNDS, "bound", "bounds"),
        (("whole",), "whole number", "whole numbers"),
    ):
        chosen = [member for member in conflict.members if member.kind in kinds]
        if chosen:
            names = tuple(
                called(conflict.program, member).removeprefix("row ").removeprefix("whole number ") for member in chosen
            )
            parts.append(f"{len(chosen)} {one if len(chosen) == 1 else many} ({first_few(names)})")
    text = ", ".join(parts[:-1]) + (" and " if parts[:-1] else "") + parts[-1]
    if len(conflict.members) == 1:
        return f"{text} cannot hold by itself."
    closing = (
        "without any one of them the others can" if conflict.irreducible else "that each of them is needed is not shown"
    )
    return f"{text} cannot hold together; {closing}."


def _moving(move: Move) -> str:
    return f"row {move.name}" if move.kind == "row" else f"the {move.side} bound of {move.name}"


def _moves_sentences(found: Diagnosis) -> list[str]:
    said = []
    if found.least is not None and found.least.limits:
        moves = found.least
        few = ", ".join(f"{_moving(m)} from {short(m.before)} to {short(m.after)}" for m in moves.limits[:4])
        more = f" and {len(moves.limits) - 4} more" if len(moves.limits) > 4 else ""
        proved = " (no less will do, by an exact proof)" if moves.proved == moves.total else ""
        said.append(f"All can hold if limits move by {float(moves.total):.6g} in total{proved}: {few}{more}.")
    if found.fewest is not None and found.give_up is not None and len(found.fewest.limits) <= 4:
        few = ", ".join(f"{_moving(m)} to {short(m.after)}" for m in found.fewest.limits)
        if found.least is None or found.fewest.limits != found.least.limits:
            said.append(f"Moving the fewest limits: {few}.")
    return said
