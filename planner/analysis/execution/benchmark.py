"""What could have been had together: the plan that playing forward is measured by, and of which tautness is a multiple.

For a question about the share of figures it is the steadiest path to all of them at one share θ*, so that the plan as adopted
asks for 1/θ* times as much; or the path to each figure's proportional share, so that a branch with a figure is asked for one over
its own. For any other question it is the optimum.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from planner.analysis.shares.path import Path, path_to
from planner.analysis.shares.settled import settle
from planner.economy import DataError, Finding
from planner.economy.arrays import Arrays
from planner.formulation import Formulation
from planner.formulation.measures import periods_of
from planner.program import Expression, LinearProgram, Matrix, Vector
from planner.solver.highs import Session
from planner.solver.solution import Solution

__all__ = ["Benchmark", "benchmark_of"]

_NOTHING = 1e-9  # of a share, or of an activity, that is none


@dataclass(frozen=True, eq=False)
class Benchmark:
    """A plan that keeps every balance and limit, with all that playing it forward asks of it.

    Args:
        formulation: whose plan it is.
        solution: the plan.
        share: of the figures that it reaches, one for each product, shape (products,); ``nan`` where there is no figure.
        common: share of all figures at once; ``nan`` where the question is not about figures.
        periods: how many from the first are played: to the last that has a figure.
        path: the path it is, where it is one.
        by: ``common`` or ``own``, of shares.
    """

    formulation: Formulation
    solution: Solution
    share: Vector
    common: float
    periods: int
    path: Path | None = None
    by: Literal["common", "own"] = "common"

    @property
    def facts(self) -> Arrays:
        """The economy as arrays."""
        return self.formulation.facts

    @property
    def program(self) -> LinearProgram:
        """The program as formulated."""
        return self.formulation.program

    def values(self, expression: Expression) -> Vector:
        """An expression at the plan, shape (items, periods played)."""
        return self._played(self.solution.read(expression))

    def block(self, name: str) -> Vector:
        """A block of unknowns at the plan, shape (items, periods played), none below nothing."""
        return np.maximum(self._played(self.solution.block(name)), 0.0)

    def room(self, family: str) -> Vector | None:
        """What is left of the limits of a family, by row (resources, periods), infinite where none is stated."""
        facts = self.facts
        if family not in self.program.row_block:
            return None
        block = self.program.row_block[family]
        rows = block.slice
        body = Matrix(self.program.matrix[rows]) @ self.solution.values[: self.program.shape[1]]
        left = np.minimum(self.program.row_upper[rows] - body, body - self.program.row_lower[rows])
        found = np.full((len(facts.resources), facts.T), np.inf)
        found[facts.codes("resource", block.keys[0]), facts.codes("period", block.keys[1])] = np.maximum(left, 0.0)
        return found[:, : self.periods]

    def _played(self, flat: Vector) -> Vector:
        return np.asarray(flat.reshape(-1, self.facts.T)[:, : self.periods], dtype=float)


def benchmark_of(
    formulation: Formulation, by: Literal["common", "own"] = "common", session: Session | None = None
) -> Benchmark | Solution:
    """The benchmark of a question; where no plan keeps its limits, the solve that says so.

    Args:
        formulation: the question, linear.
        by: ``common`` for the path at one share of all figures, ``own`` for that at proportional shares.
        session: a solver.

    Raises:
        DataError: nothing can be had.
    """
    session = session or Session()
    first = session.solve(formulation.program)
    if not first.optimal:
        return first
    if not formulation.goal.is_share:
        every = np.full(len(formulation.facts.products), np.nan)
        return _something(Benchmark(formulation, first, every, np.nan, formulation.facts.T))
    common = float(first.objective)
    if common < _NOTHING:
        raise _nothing(formulation, "all its figures at once can be had to 0 % only")
    scaled = formulation.targets.scaled
    shares = np.where(scaled, common, 1.0)
    if by == "own":
        settled = settle(formulation, session, reasons=False)
        shares = np.where(np.isnan(settled.shares), shares, settled.shares)
    path = path_to(formulation, shares, session)
    return _something(
        Benchmark(formulation, path.plan, _by_product(formulation, shares), common, path.reference.last + 1, path, by)
    )


def _by_product(formulation: Formulation, shares: Vector) -> Vector:
    """Share of each product's figures that the path reaches; of several periods the least."""
    facts, found = formulation.facts, np.full(len(formulation.facts.products), np.nan)
    for (measure, item, text), share in zip(formulation.targets.terms, shares, strict=True):
        if measure == "output" and item in facts.positions("product") and len(periods_of(text, list(facts.periods))):
            at = facts.position("product", item)
            found[at] = np.fmin(found[at], share)
    return found


def _something(benchmark: Benchmark) -> Benchmark:
    if benchmark.block("activity").max(initial=0.0) < _NOTHING:
        raise _nothing(benchmark.formulation, "the plan makes nothing")
    return benchmark


def _nothing(formulation: Formulation, why: str) -> DataError:
    economy, plan = formulation.economy, formulation.plan
    said = f"There is nothing to play forward in {economy.name}{f', plan {plan}' * bool(plan)}: {why}."
    return DataError([Finding("E181", "", (), "plan", plan, said)], economy.folder)
