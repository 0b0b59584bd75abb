"""Handles on the target rows of a program: the changes from which every measure of distance is made.

Each returns a new program of the same pattern, so that a warm session re-solves in place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.formulation import Formulation
from planner.program import Codes, LinearProgram, Vector
from planner.solver.solution import Solution


@dataclass(frozen=True, eq=False)
class Shares:
    """The target rows of a formulation and the attainment variable θ."""

    formulation: Formulation

    @property
    def program(self) -> LinearProgram:
        """The program as formulated: maximise θ."""
        return self.formulation.program

    @cached_property
    def theta(self) -> int:
        """Column of θ."""
        return self.program.column_block["attainment"].start

    @cached_property
    def rows(self) -> Codes:
        """Row of each target."""
        block = self.program.row_block["target"]
        return np.arange(block.start, block.stop)

    @cached_property
    def scaled(self) -> Codes:
        """Which targets θ scales."""
        return np.flatnonzero(self.formulation.targets.scaled)

    @cached_property
    def _mirror(self) -> dict[int, int]:
        """Row of the other side of each target to be met exactly."""
        targets = self.formulation.targets
        exact = np.flatnonzero(targets.exactly & targets.scaled)
        start = self.program.row_block["target_ceiling"].start
        return {int(target): start + i for i, target in enumerate(exact)}

    def prices(self, solution: Solution) -> Vector:
        """What holds θ back: price of each target times its span, both sides of those to be met exactly, shape (targets,)."""
        price = np.abs(solution.row_prices[self.rows])
        for target, row in self._mirror.items():
            price[target] += abs(solution.row_prices[row])
        weight: Vector = price * np.abs(self.formulation.targets.span)
        return weight

    def rows_of(self, targets: Codes) -> Codes:
        """Rows of some targets, both sides of those to be met exactly."""
        mirrored = [self._mirror[int(i)] for i in targets if int(i) in self._mirror]
        return np.concatenate([self.rows[targets], np.array(mirrored, dtype=np.intp)])

    def free(self, program: LinearProgram, targets: Codes) -> LinearProgram:
        """The program without some targets."""
        return program.relaxed(self.rows_of(targets))

    def held(self, program: LinearProgram, targets: Codes, shares: Vector | float) -> LinearProgram:
        """The program with some targets held at shares of their own rather than at θ.

        Args:
            program: of this formulation's pattern.
            targets: positions of scaled targets.
            shares: the share of each, shape (targets,), or one for all.
        """
        shares = np.broadcast_to(np.asarray(shares, dtype=float), len(targets))
        by_target = dict(zip(targets.tolist(), shares.tolist(), strict=True))
        mirrored = [i for i in by_target if i in self._mirror]
        rows = np.concatenate([self.rows[targets], np.array([self._mirror[i] for i in mirrored], dtype=np.intp)])
        level = np.concatenate([shares, [by_target[i] for i in mirrored]])
        places = np.array([program.position(int(row), self.theta) for row in rows], dtype=np.intp)
        moved = self.program.matrix.data[places] * level  # what θ would contribute at that share
        lower, upper = self.program.row_lower[rows] - moved, self.program.row_upper[rows] - moved
        return program.with_coefficients(places, np.zeros(len(places))).limited(rows, lower=lower, upper=upper)

    def at(self, program: LinearProgram, share: float) -> LinearProgram:
        """The program with θ fixed."""
        return program.bounded(self.theta, lower=share, upper=share)

    def figures(self, shares: Vector) -> Vector:
        """The figure of each target at a share: base + share × (official − base), mirrored where less is better."""
        targets = self.formulation.targets
        up = targets.base + shares * targets.span
        return np.where(
            targets.scaled, np.where(targets.at_most, (2.0 - shares) * targets.official, up), targets.official
        )
