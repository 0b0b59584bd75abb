"""What is asked and who comes first: the rules of a question as arrays of the economy that is played."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from planner.analysis.execution.world import World
from planner.economy import DataError, Finding
from planner.economy.findings import did_you_mean
from planner.formulation.execution.rules import ADOPTED, CLAIMANTS, ExecutionRules, Tautness
from planner.program import Vector

__all__ = ["Setting", "adopted", "ensure_fit"]


@dataclass(frozen=True, eq=False)
class Setting:
    """An economy with its benchmark, and the rules by which it is played.

    Args:
        world: what is played.
        rules: by which.
    """

    world: World
    rules: ExecutionRules

    @cached_property
    def tautness(self) -> Vector:
        """Of each activity in each period, shape (J, T)."""
        return self._of(self.rules.tautness)

    @cached_property
    def of_sites(self) -> Vector:
        """Of building begun, shape (T,): where nothing is said of it, the mean of outputs by worth."""
        world = self.world
        if self.rules.sites_tautness is not None:
            return self._mean(self._of(self.rules.sites_tautness))
        return self._mean(self.tautness) if world.played else np.zeros(0)

    def _mean(self, tautness: Vector) -> Vector:
        worth = np.einsum("p,tpj,jt->jt", self.world.value, self.world.makes, self.world.activity)
        total = worth.sum(axis=0)
        plain = tautness.mean(axis=0)
        mean = np.divide((tautness * worth).sum(axis=0), total, out=plain, where=total > 0)
        one = np.ptp(tautness, axis=0) == 0  # one number stays as it is
        return np.asarray(np.where(one, tautness[0], mean))

    def _of(self, asked: Tautness) -> Vector:
        shape = len(self.world.facts.activities), self.world.played
        if isinstance(asked, str):
            return np.repeat(adopted(self.world)[:, None], shape[1], axis=1)
        return np.array(np.broadcast_to(np.asarray(asked, dtype=float), shape))

    @cached_property
    def ranks(self) -> Vector:
        """Rank of each activity, work, and of households, the state and exports, shape (J + works + 3,): the lowest first."""
        given = dict(self.rules.ranks)
        groups = [given[name] for name in given if name not in CLAIMANTS]
        last = max(groups, default=-1) + 1
        own = np.array([float(given.get(str(name), last)) for name in self.world.facts.labels("activities", "group")])
        households, state, exports = (float(given.get(name, last)) for name in ("households", "state", "exports"))
        if "households" not in given:
            households = last + 1.0
        return np.concatenate([own, given.get("sites", last) + self._age, [households, state, exports]])

    @cached_property
    def alike(self) -> Vector:
        """The same where ranks do not count: all alike but households, who come after the others or with them."""
        households = 0.0 if self.rules.allocation == "equal" else 1.0
        return np.concatenate([np.zeros(len(self.world.facts.activities)), self._age, [households, 0.0, 0.0]])

    @property
    def _age(self) -> Vector:
        """Nothing, or a part of a rank by the period in which works were begun, those begun first before the others."""
        count, T = len(self.world.facts.capacities), self.world.played
        later = np.tile(np.arange(T) / (T + 1), count)
        return later if self.rules.sites == "finish_first" else np.zeros(count * T)


def adopted(world: World) -> Vector:
    """Tautness of the plan as it is, of each activity, shape (J,): one over the share of its figures that the benchmark reaches.

    Of a path at one share that is 1/θ* for all; at shares of their own, 1 for a branch without a figure.

    Args:
        world: what is played.

    Raises:
        DataError: the question is not about figures.
    """
    benchmark, facts = world.benchmark, world.facts
    if np.isnan(benchmark.common):
        said = f'The question "{benchmark.formulation.question.name}" is not about the figures of a plan, so no plan was adopted.'
        raise DataError([Finding("E180", "", (), "tautness", ADOPTED, said)], facts.economy.folder)
    if benchmark.by == "common":
        return np.full(len(facts.activities), 1.0 / benchmark.common)
    share = benchmark.share[facts.column_codes("activities", "product")]
    return 1.0 / np.where(np.isnan(share), 1.0, share)


def ensure_fit(rules: ExecutionRules, world: World) -> None:
    """Refuse rules that name what the economy does not have.

    Args:
        rules: as they were read or given.
        world: what is to be played.

    Raises:
        DataError: ranks name an unknown group, or there is not one tautness for each period.
    """
    facts, findings = world.facts, []
    known = [*dict.fromkeys(map(str, facts.labels("activities", "group"))), *CLAIMANTS]
    file = world.benchmark.formulation.question.file
    for name in rules.ranks:
        if name not in known:
            said = f'Ranks name "{name}", which is no group of {facts.economy.name}.{did_you_mean(name, known)}'
            findings.append(Finding("E179", file, (), f"execution.ranks.{name}", name, said))
    for key in ("tautness", "sites_tautness"):
        asked = getattr(rules, key)
        if isinstance(asked, tuple) and len(asked) != world.played:
            periods = ", ".join(map(str, facts.periods[: world.played]))
            said = f"{key} has {len(asked)} numbers; {world.played} periods are played: {periods}."
            findings.append(Finding("E180", file, (), f"execution.{key}", ", ".join(map(str, asked)), said))
    if findings:
        raise DataError(findings, facts.economy.folder)
