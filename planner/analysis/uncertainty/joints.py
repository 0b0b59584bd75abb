"""Draws over joints: when a plan's figures could have been had, over economies in a row of which every uncertain number is drawn.

What two economies state for the same thing from the same source is one number: an error in the room at old works is one error
on both sides of a joint. It stands at one quantile of its range in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from planner.analysis.chains.chain import EconomyChain
from planner.analysis.chains.dates import by_dates, by_itself
from planner.analysis.feasibility.reached import NO_PLAN
from planner.analysis.uncertainty.design import Factors, design_of, factors_of
from planner.analysis.uncertainty.draws import nine_digits, packed, unpacked
from planner.analysis.uncertainty.sampling import Cluster
from planner.analysis.uncertainty.statistics import draws_met, spread_of
from planner.analysis.uncertainty.workers import spread
from planner.economy import DataError, Economy, Finding
from planner.economy.provenance import keys_in
from planner.formulation.parametric.rows import uncertain_rows
from planner.program import Vector

__all__ = ["JointDraws", "chain_at", "draw_chain", "factors_in_row"]

WAYS = ("joined", "record")
_AT_ONCE = 4  # draws a task: each takes some seconds


@dataclass(frozen=True, eq=False)
class JointDraws:
    """What many draws of a chain give.

    Args:
        table: way (joined: one program; record: each economy by itself from its record), economy, due, and what the draws say of
            the share of all figures.
        draws: how many.
        seed: of all chance.
        factors: independent quantities that were drawn.
        shared: of them, those that stand for a number of several economies.
    """

    table: pd.DataFrame
    draws: int
    seed: int
    factors: int
    shared: int

    @property
    def asked(self) -> Mapping[str, int]:
        """What was asked for."""
        return {"draws": self.draws, "seed": self.seed}

    @property
    def options(self) -> Mapping[str, int]:
        """What was asked for, and what was drawn."""
        return {**self.asked, "independent_factors": self.factors, "shared_factors": self.shared}


def factors_in_row(economies: Sequence[Economy]) -> tuple[Factors, ...]:
    """What is drawn of each economy; a number that two neighbours take from the same source goes by one name in both.

    Args:
        economies: first to last.
    """
    found: list[Factors] = []
    before: dict[str, tuple[str, set[str]]] = {}  # of the economy before: name and sources, by number
    for economy in economies:
        factors = factors_of(uncertain_rows(economy))
        own: dict[str, tuple[str, set[str]]] = {}
        for at, name in enumerate(factors.names):
            cells = factors.numbers.table["source"].to_numpy()[factors.of == at]
            sources = {key for cell in cells for key in keys_in(str(cell))}
            known, theirs = before.get(name, ("", set()))
            alone = f"{name} of {economy.name}" if found else name
            own[name] = (known if sources & theirs else alone, sources)
        names = tuple(name for name, _ in own.values())
        found.append(replace(factors, names=names, groups=names))
        before = own
    return tuple(found)


def chain_at(chain: EconomyChain, factors: Sequence[Factors], at: dict[str, float]) -> EconomyChain:
    """A chain with its uncertain numbers at quantiles of their ranges, residuals closed.

    Args:
        chain: at the central values.
        factors: of each economy.
        at: quantile by factor.
    """
    economies = tuple(own.numbers.economy_at(own.values(np.array([at[name] for name in own.names]))) for own in factors)
    return replace(chain, economies=economies)


def draw_chain(
    chain: EconomyChain, draws: int, seed: int, cluster: Cluster, tick: Callable[[str], None] = lambda _: None
) -> JointDraws:
    """Draw all uncertain numbers of a chain and ask again when its figures could be had, many times.

    Args:
        chain: at the central values.
        draws: how many.
        seed: of all chance.
        cluster: where they are solved.
        tick: told how many are done.

    Raises:
        DataError: no number has a range.
    """
    factors = factors_in_row(chain.economies)
    of = [name for own in factors for name in own.names]
    names = list(dict.fromkeys(of))
    if not names:
        said = "No number of the economies has a range (low, high), so nothing is uncertain and nothing can be drawn."
        raise DataError([Finding("E178", "economy.toml", (), "", "", said)], chain.economies[0].folder)
    design = design_of(names, names, samples=draws, seed=seed)
    parcel = packed((chain, factors, names))
    parts = [range(start, min(start + _AT_ONCE, draws)) for start in range(0, draws, _AT_ONCE)]
    tasks = [(parcel, np.array([design.shares(number) for number in part])) for part in parts]
    found: dict[int, list[pd.DataFrame]] = {}

    def take(position: int, answers: list[pd.DataFrame]) -> None:
        found[position] = answers
        tick(f"{sum(map(len, found.values()))} of {draws} draws")

    spread(_solved, tasks, take, workers=cluster.workers, backend=cluster.backend, address=cluster.address)
    each = [table for position in sorted(found) for table in found[position]]
    reached = np.array([table["reached"].to_numpy(dtype=float) for table in each])
    cells = each[0][["way", "economy", "due"]]
    told = pd.DataFrame([{**draws_met(own), **spread_of(own)} for own in reached.T])
    table = cells.join(told).assign(unit=chain.question.share_unit)
    return JointDraws(table, draws, seed, len(names), sum(of.count(name) > 1 for name in names))


def _solved(parcel: bytes, shares: Vector) -> list[pd.DataFrame]:
    """Draws of a chain, one table each; −∞ where no plan keeps the floors and balances."""
    chain, factors, names = unpacked(parcel)
    return [_by_way(chain_at(chain, factors, dict(zip(names, row.tolist(), strict=True)))) for row in shares]


def _by_way(chain: EconomyChain) -> pd.DataFrame:
    rows = [
        by_itself(chain.up_to(at, chain.due(at, [due])).economies[-1], chain.asked(at), chain.plan)
        for at in range(1, len(chain.economies))
        for due in chain.dates(at)
    ]
    both = zip(WAYS, (by_dates(chain), pd.DataFrame(rows)), strict=True)
    table = pd.concat([one.assign(way=way) for way, one in both], ignore_index=True)
    share = table["attainment"].map(nine_digits).where(table["reached"] != NO_PLAN, -np.inf)
    return table[["way", "economy", "due"]].assign(reached=share)
