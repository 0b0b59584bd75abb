"""Handles on the target rows of a program: the changes from which every measure of distance is made.

Each returns a new program of the same pattern, so that a warm session re-solves in place.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from planner.formulation import Formulation
from planner.formulation.targets import Mask, Targets
from planner.program import Codes, LinearProgram, Matrix, Vector
from planner.solver.solution import Solution

_NONE = -1  # the row of a side that a target does not have


@dataclass(frozen=True, eq=False)
class TargetRows:
    """The target rows of a formulation and the attainment variable θ."""

    formulation: Formulation

    @property
    def program(self) -> LinearProgram:
        """The program as formulated: maximise θ."""
        return self.formulation.program

    @property
    def _targets(self) -> Targets:
        return self.formulation.targets

    @cached_property
    def theta(self) -> int:
        """Column of θ."""
        return self.program.column_block["attainment"].start

    @cached_property
    def scaled(self) -> Codes:
        """Which targets θ scales; the others hold in full and are part of the feasible set."""
        return np.flatnonzero(self._targets.scaled)

    @cached_property
    def _floors(self) -> Codes:
        """Row of each target's floor, shape (targets,)."""
        return self._side("target", self._targets.floor)

    @cached_property
    def _caps(self) -> Codes:
        """Row of each target's cap, shape (targets,)."""
        return self._side("target_ceiling", self._targets.cap)

    def _side(self, family: str, there: Mask) -> Codes:
        rows = np.full(len(there), _NONE, dtype=np.intp)
        rows[there] = self.program.row_block[family].start + np.arange(np.count_nonzero(there))
        return rows

    @cached_property
    def rows(self) -> Codes:
        """Row of each target, shape (targets,): of its floor, or of its cap where there is no floor."""
        return np.where(self._floors != _NONE, self._floors, self._caps)

    def rows_of(self, targets: Codes) -> Codes:
        """Every row of some targets: their floors, then their caps."""
        both: Codes = np.concatenate([self._floors[targets], self._caps[targets]])
        found: Codes = both[both != _NONE]
        return found

    def moving(self, targets: Codes) -> tuple[Codes, Codes]:
        """Rows of some targets that θ moves, and the target of each; what holds in full is not among them."""
        lifted = targets[self._targets.lifted[targets]]
        eased = targets[self._targets.eased[targets]]
        return np.concatenate([self._floors[lifted], self._caps[eased]]), np.concatenate([lifted, eased])

    def prices(self, solution: Solution) -> Vector:
        """What holds θ back: price of each target times its span, of floor and eased cap together, shape (targets,)."""
        weight = np.zeros(len(self._targets.frame))
        rows, of = self.moving(self.scaled)
        np.add.at(weight, of, np.abs(solution.row_prices[rows] * self._targets.span[of]))
        return weight

    def free(self, program: LinearProgram, targets: Codes) -> LinearProgram:
        """The program without what θ asks of some targets; what holds in full stays."""
        rows, _ = self.moving(targets)
        return program.relaxed(rows)

    def held(self, program: LinearProgram, targets: Codes, shares: Vector | float) -> LinearProgram:
        """The program with some targets held at shares of their own rather than at θ.

        Args:
            program: of this formulation's pattern.
            targets: positions of scaled targets.
            shares: the share of each, shape (targets,), or one for all.
        """
        by_target = np.zeros(len(self._targets.frame))
        by_target[targets] = shares
        rows, of = self.moving(targets)
        places = program.positions(rows, self.theta)
        moved = self.program.matrix.data[places] * by_target[of]  # what θ would contribute at that share
        lower, upper = self.program.row_lower[rows] - moved, self.program.row_upper[rows] - moved
        return program.with_coefficients(places, np.zeros(len(places))).limited(rows, lower=lower, upper=upper)

    def apart(self, program: LinearProgram, name: str, **columns: Any) -> LinearProgram:
        """The program with the share of each scaled target in a column of its own, which comes last, and θ at nothing.

        Args:
            program: of this formulation's pattern.
            name: of the block of these columns.
            columns: their bounds and keys, as ``LinearProgram.with_columns`` takes them.
        """
        rows, of = self.moving(self.scaled)
        places = program.positions(rows, self.theta)
        shape = (program.shape[0], len(self.scaled))
        own = Matrix((program.matrix.data[places], (rows, np.searchsorted(self.scaled, of))), shape=shape)
        without = program.with_coefficients(places, np.zeros(len(places)))
        return self.at(without, 0.0).with_columns(name, own, **columns)

    def at(self, program: LinearProgram, share: float) -> LinearProgram:
        """The program with θ fixed."""
        return program.bounded(self.theta, lower=share, upper=share)
