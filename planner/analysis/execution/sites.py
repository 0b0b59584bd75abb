"""Works under construction: what each asks for this month, how far it gets, and which are stopped where all starve."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from planner.analysis.execution.world import Mask, World
from planner.program import Codes, Vector

__all__ = ["Sites"]

_CATCH_UP = 1.5  # times its pace, at which works that are late may go on
_DONE = 1e-6  # of a stage, for rounding
_SERVED = 0.98  # of a quarter's steps, from which stopped works are taken up again
_TAKEN_UP = 0.25  # of the steps of those in progress, that are taken up again in a quarter


@dataclass(eq=False)
class Sites:
    """Works by kind of plant and the period in which they were begun, flat with the period last.

    Args:
        world: norms.
        months: steps a period.
    """

    world: World
    months: int
    units: Vector = field(init=False)
    stage: Codes = field(init=False)
    progress: Vector = field(init=False)
    open: Mask = field(init=False)
    stopped: Mask = field(init=False)

    def __post_init__(self) -> None:
        """No works yet."""
        count = len(self.world.facts.capacities) * self.world.played
        self.units, self.progress = np.zeros(count), np.zeros(count)
        self.stage = np.zeros(count, np.intp)
        self.open, self.stopped = np.zeros(count, bool), np.zeros(count, bool)
        self.kind = np.repeat(np.arange(len(self.world.facts.capacities)), self.world.played)
        self.begun = np.tile(np.arange(self.world.played), len(self.world.facts.capacities))
        self._asked = self._got = 0.0

    def begin(self, t: int, units: Vector) -> None:
        """Open the works of a period.

        Args:
            t: the period.
            units: of each kind of plant, shape (K,).
        """
        own = np.flatnonzero(self.begun == t)
        self.units[own] = units
        self.open[own] = units > 0

    def steps(self, t: int, month: int) -> Vector:
        """Share of a stage that each asks for this month: its pace, more if it is late, never ahead of its gestation."""
        n = self.months
        ahead = (t - self.begun) + (month + 1) / n - self.stage - self.progress
        step = np.minimum(np.minimum(1.0 - self.progress, ahead), _CATCH_UP / n)
        return np.where(self.open & ~self.stopped, np.maximum(step, 0.0), 0.0)

    def needs(self, steps: Vector) -> Vector:
        """Products that these steps take, shape (P, sites)."""
        found: Vector = (self.world.building[self.stage, :, self.kind] * (self.units * steps)[:, None]).T
        return found

    def hands(self, steps: Vector) -> Vector:
        """Resources that these steps take in a month, shape (S, sites)."""
        found: Vector = (self.world.building_employs[self.stage, :, self.kind] * (self.units * steps)[:, None]).T
        return found

    def go_on(self, steps: Vector, share: Vector) -> Vector:
        """Make the steps as far as goods were there; gives plant that is finished and joins, shape (K,).

        Args:
            steps: asked for.
            share: of each that could be made.
        """
        weight = self.units * self.world.plant_value[self.kind] * steps
        self._asked += float(weight.sum())
        self._got += float((weight * share).sum())
        self.progress = self.progress + steps * share
        passed = self.open & (self.progress > 1.0 - _DONE)
        self.stage[passed] += 1
        self.progress[passed] = 0.0
        finished = passed & (self.stage >= self.world.stages[self.kind])
        self.open[finished] = False
        self.stage[finished] = 0
        own = finished & (
            self.world.facts.plant.gestation[self.kind] > 0
        )  # what is used in its own year stands already
        return np.bincount(self.kind[own], self.units[own], len(self.world.stages)).astype(float)

    def not_delivered(self, t: int) -> Vector:
        """At the end of a period, plant used in the year of its building that was not built, shape (K,); its works are closed."""
        own = self.open & (self.world.facts.plant.gestation[self.kind] == 0) & (self.begun == t)
        self.open[own] = False
        missing = self.units[own] * (1.0 - self.progress[own])
        return np.bincount(self.kind[own], missing, len(self.world.stages)).astype(float)

    def reckon(self, below: float) -> Mask:
        """After a quarter, stop the youngest works where all starve, or take the oldest up again; gives those stopped now.

        Args:
            below: share of the quarter's steps under which works are stopped; 0 for never.
        """
        share = self._got / self._asked if self._asked > 0 else 1.0
        self._asked = self._got = 0.0
        now = np.zeros(len(self.open), bool)
        if below <= 0.0:
            return now
        age = np.lexsort((self.kind, -(self.stage + self.progress), self.begun))  # the oldest and farthest first
        weight = self.units * self.world.plant_value[self.kind] / self.world.stages[self.kind]
        if share < below:
            active = age[(self.open & ~self.stopped)[age]]
            kept = np.cumsum(weight[active]) <= share * weight[active].sum()
            kept[:1] = True
            now[active[~kept]] = True
            self.stopped = self.stopped | now
        elif share >= _SERVED and self.stopped.any():
            waiting = age[(self.open & self.stopped)[age]]
            active_weight = float(weight[self.open & ~self.stopped].sum())
            up = np.cumsum(weight[waiting]) <= max(_TAKEN_UP * active_weight, 0.0)
            up[:1] = True
            self.stopped[waiting[up]] = False
        return now

    @property
    def unfinished(self) -> float:
        """Labour embodied in works that are not finished."""
        done = self.units * self.world.plant_value[self.kind] * (self.stage + self.progress)
        return float((done / self.world.stages[self.kind])[self.open].sum())
