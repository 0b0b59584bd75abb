"""Attainment: the share to which all targets are reached at once, with the proof that goes with it (measures a and e)."""

from __future__ import annotations

from dataclasses import dataclass

from planner.economy import DataError, Finding
from planner.feasibility.share import Shares
from planner.formulation import Formulation
from planner.solver.certificate import Certificate, prove, prove_empty
from planner.solver.highs import Session
from planner.solver.solution import Solution, Status

INSIDE = 1.0 - 1e-6  # a plan is inside from here on
PATIENCE = 60.0  # seconds for exact prices: far more than they take, so that no clock decides what is written
SOUND = 1e-6  # greatest violation, relative to the size of its row, at which a point still counts as one of the region


@dataclass(frozen=True, eq=False)
class Attainment:
    """θ* of a plan, and what stands behind it.

    Args:
        formulation: what was solved. solution: the solve of max θ.
        certificate: exact proof that θ* ≤ its bound, or that the region is empty; ``None`` where nothing was proved.
    """

    formulation: Formulation
    solution: Solution
    certificate: Certificate | None

    @property
    def empty(self) -> bool:
        """Whether the region is empty even without targets: the plan fails before any target."""
        return self.solution.status is Status.INFEASIBLE

    @property
    def share(self) -> float:
        """θ*; ``nan`` where there is none."""
        return self.solution.objective if self.solution.optimal else float("nan")

    @property
    def verdict(self) -> str:
        """``inside`` with a checked point, ``outside`` with an exact certificate, ``empty`` region, else ``borderline``.

        A solver that stopped is ``undecided``. The verdict never comes from a solver's status alone.
        """
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
    plan, name = formulation.plan or "no plan", formulation.question.name
    sentence = (
        f'With the model "{name}", {plan} has no figure that could be reached in part, so there is no distance to measure. '
        "Figures that are hard, caps, and floors of 0 hold in full. Choose a plan with others, and a model with the family "
        "`target`; `planner solve` answers other questions."
    )
    raise DataError(
        [Finding("E178", "targets.csv", (), "plan", formulation.plan, sentence)], formulation.economy.folder
    )


def attain(
    formulation: Formulation,
    session: Session | None = None,
    *,
    proof: bool = True,
    known_empty: dict[bytes, Certificate | None] | None = None,
) -> Attainment:
    """Solve max θ and prove what the answer says.

    Args:
        formulation: of the objective ``attainment`` or ``balanced``.
        session: a warm solver.
        proof: whether a certificate is made where θ* < 1 or the region is empty.
        known_empty: proofs of emptiness of these same facts by floor, read and added to: where no target holds in full,
            the region is empty whatever the plan, and one proof serves all.
    """
    solution = (session or Session()).solve(formulation.program)
    certificate = None
    if proof and solution.status is Status.INFEASIBLE:
        certificate = region_empty(formulation, known_empty if known_empty is not None else {})
    elif proof and solution.optimal and solution.objective < INSIDE:
        certificate = prove(solution, seconds=PATIENCE)
    return Attainment(formulation, solution, certificate)


def region_empty(formulation: Formulation, known: dict[bytes, Certificate | None]) -> Certificate | None:
    """A proof that no plan keeps the floors and balances, and the targets that hold in full, whatever the others."""
    handle, targets = Shares(formulation), formulation.targets
    held = bool(targets.held.any())
    key = formulation.variables.floor.tobytes()
    if held or key not in known:
        program = handle.free(formulation.program, handle.scaled)
        found = prove_empty(program, f"no plan keeps {targets.kept}", seconds=PATIENCE)
        if held:
            return found
        known[key] = found
    return known[key]
