"""Many plays of one plan: over tautness, over rules, over draws of shocks, on the cores of this machine or a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.analysis.execution.play import play
from planner.analysis.execution.record import Played
from planner.analysis.execution.setting import Setting, ensure_fit
from planner.analysis.execution.world import World
from planner.analysis.uncertainty.sampling import Cluster
from planner.analysis.uncertainty.workers import spread
from planner.formulation.execution.rules import ExecutionRules
from planner.program import Vector

__all__ = ["PlayOutcome", "outcomes"]

_PIECE = 8  # plays of a task; the same on any machine, as are the answers


@dataclass(frozen=True, eq=False)
class PlayOutcome:
    """A play in a few numbers, as shares or multiples of the benchmark.

    Args:
        output: by period, of what is followed, shape (T,).
        households: what they got of what they were promised, likewise.
        unfinished: works in progress at the end.
        figures: least share of a figure that was made.
    """

    output: Vector
    households: Vector
    unfinished: float
    figures: float

    @property
    def mean(self) -> float:
        """Mean output over periods."""
        return _mean(self.output)

    @property
    def got(self) -> float:
        """Mean of what households got."""
        return _mean(self.households)


def _mean(values: Vector) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


def outcomes(
    world: World,
    cases: Sequence[tuple[ExecutionRules, int]],
    cluster: Cluster | None = None,
) -> list[PlayOutcome]:
    """Play one plan by several rules, in their order whatever the number of workers.

    Args:
        world: what is played.
        cases: rules, and the seed of shocks.
        cluster: where they are played.

    Raises:
        DataError: rules do not fit the economy.
    """
    for rules, _ in cases:
        ensure_fit(rules, world)
    cluster = cluster or Cluster(workers=1)
    pieces = [tuple(cases[at : at + _PIECE]) for at in range(0, len(cases), _PIECE)]
    found: dict[int, list[PlayOutcome]] = {}

    tasks = [(world, piece) for piece in pieces]
    spread(_played, tasks, found.__setitem__, workers=cluster.workers, backend=cluster.backend, address=cluster.address)
    return [outcome for position in range(len(pieces)) for outcome in found[position]]


def _played(world: World, cases: Sequence[tuple[ExecutionRules, int]]) -> list[PlayOutcome]:
    return [_outcome(play(Setting(world, rules), seed)) for rules, seed in cases]


def _outcome(played: Played) -> PlayOutcome:
    return PlayOutcome(played.output, played.households, float(played.unfinished[-1]), played.figures)
