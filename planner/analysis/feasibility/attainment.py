"""Attainment: the share to which all targets are reached at once, with the proof that goes with it (measures a and e)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from planner.analysis.shares.target_rows import TargetRows
from planner.economy import DataError, Finding
from planner.formulation import Formulation
from planner.proof.certificate import Certificate, prove, prove_empty
from planner.solver.highs import Session
from planner.solver.solution import Solution, Status

INSIDE = 1.0 - 1e-6  # a plan is inside from here on
SOUND = 1e-6  # greatest violation, relative to the size of its row, at which a point still counts as one of the feasible set


@dataclass(frozen=True, eq=False)
class Attainment:
    """θ* of a plan, and what stands behind it.

    Args:
        formulation: what was solved.
        solution: the solve of max θ.
        certificate: exact proof that θ* ≤ its bound, or that the feasible set is empty; ``None`` where nothing was proved.
        decided: the verdict, where it is that of the country in one place, which holds for every division into regions.
    """

    formulation: Formulation
    solution: Solution
    certificate: Certificate | None
    decided: str = ""

    @property
    def empty(self) -> bool:
        """Whether the feasible set is empty even without targets: the plan fails before any target."""
        return self.solution.status is Status.INFEASIBLE

    @property
    def share(self) -> float:
        """θ*; ``nan`` where there is none."""
        return self.solution.objective if self.solution.optimal else float("nan")

    @property
    def verdict(self) -> str:
        """``inside`` with a checked point, ``outside`` with an exact certificate, ``empty`` set, else ``borderline``.

        A solver that stopped is ``undecided``. The verdict never comes from a solver's status alone.
        """
        if self.decided:
            return self.decided
        gap = self.certificate.gap if self.certificate is not None and self.certificate.valid else None
        proved = gap is not None and gap > 0
        if self.empty:
            return "empty" if proved else "undecided"
        if not self.solution.optimal:
            return "undecided"
        if self.share >= INSIDE and self.solution.residuals.relative <= SOUND:
            return "inside"
        return "outside" if proved and self.share < INSIDE else "borderline"


def ensure_figures(formulation: Formulation) -> None:
    """Refuse a question without figures that can be reached in part.

    Raises:
        DataError: the model has no targets, or all of the plan's hold in full.
    """
    if formulation.targets.scaled.any() and "target" in formulation.program.row_block:
        return
    sentence = (
        f"{_why_no_figures(formulation)}, so there is no distance to measure. `planner solve` answers other questions."
    )
    raise DataError(
        [Finding("E178", "targets.csv", (), "plan", formulation.plan, sentence)], formulation.economy.folder
    )


def _why_no_figures(formulation: Formulation) -> str:
    """Why nothing can be reached in part, and what could be chosen instead, as the beginning of a sentence."""
    plan, name = formulation.plan, formulation.question.name
    if "target" not in formulation.question.families:
        return f'The model "{name}" is about no targets (choose one with the family `target`)'
    if not plan:
        return f'The model "{name}" tests the figures of a plan, and none is named (choose one with --plan)'
    count = len(formulation.targets.frame)
    if not count:
        return f'With the model "{name}" the plan "{plan}" has no figure'
    hold = {1: "its one figure holds", 2: "both of its figures hold"}.get(count, f"all {count} of its figures hold")
    reasons = "; ".join(dict.fromkeys(manner.removeprefix("in full: ") for manner in formulation.targets.manner))
    return f'With the model "{name}" no figure of the plan "{plan}" can be reached in part: {hold} in full ({reasons})'


def attain(
    formulation: Formulation,
    session: Session | None = None,
    *,
    proof: bool = True,
    figures: str = "official",
    known: dict[bytes, Certificate | None] | None = None,
) -> Attainment:
    """Solve max θ and prove what the answer says.

    Args:
        formulation: of the objective ``attainment`` or ``balanced``.
        session: a warm solver.
        proof: whether a certificate is made where θ* < 1 or the feasible set is empty.
        figures: as the formulation takes them, for the name of what is proved.
        known: proofs about these same facts, read and added to. Those of shares stand by their program. Those of emptiness
            stand by the floor: where no target holds in full, the feasible set is empty whatever the plan, and one serves all.
    """
    solution = (session or Session()).solve(formulation.program)
    certificate, known = None, {} if known is None else known
    if proof and solution.status is Status.INFEASIBLE:
        found = empty_set(formulation, known)
        if found is not None:
            certificate = replace(found, claim=empty_claim(formulation, figures), program=formulation.program)
    elif proof and solution.optimal and solution.objective < INSIDE:
        mark = formulation.plan.encode() + formulation.program.fingerprint
        same = known.get(mark) or known.setdefault(mark, prove(solution))
        if same is not None:
            certificate = replace(same, claim=claim_of(formulation, figures))
    return Attainment(formulation, solution, certificate)


def claim_of(formulation: Formulation, figures: str = "official") -> str:
    """What is claimed of a plan, in words that tell one claim of a run from another.

    Args:
        formulation: whose economy stands at a corner.
        figures: ``official``, or the end of targets that are ranges.

    >>> from planner.economy import load
    >>> from planner.formulation import formulate, load_question
    >>> claim_of(formulate(load("two_goods", corner="optimistic"), load_question("attainment"), "ambitious"), "modest")
    'attainment at the optimistic corner'
    """
    corner, frame = formulation.economy.corner, formulation.targets.frame
    ranged = bool((frame["low"] < frame["high"]).any())
    parts = [f" of the {figures} figures" if figures != "official" and ranged else ""]
    parts.append(f" at the {corner} corner" if corner != "central" else "")
    return "attainment" + "".join(parts)


def empty_claim(formulation: Formulation, figures: str = "official") -> str:
    """The same where no plan keeps the floors and balances; where no figure holds in full, none has a part in that.

    Args:
        formulation: as for `claim_of`.
        figures: likewise.

    >>> from planner.economy import load
    >>> from planner.formulation import formulate, load_question
    >>> empty_claim(formulate(load("two_goods", corner="pessimistic"), load_question("attainment"), "ambitious"), "modest")
    'no plan at the pessimistic corner'
    """
    figures = figures if formulation.targets.held.any() else "official"
    return claim_of(formulation, figures).replace("attainment", "no plan", 1)


def empty_set(formulation: Formulation, known: dict[bytes, Certificate | None]) -> Certificate | None:
    """A proof that no plan keeps the floors and balances, and the targets that hold in full, whatever the others."""
    handle, targets = TargetRows(formulation), formulation.targets
    held = bool(targets.held.any())
    key = formulation.variables.floor.tobytes()
    if held or key not in known:
        program = handle.free(formulation.program, handle.scaled)
        found = prove_empty(program)
        if held:
            return found
        known[key] = found
    return known[key]
