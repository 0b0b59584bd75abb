"""The smallest set of rows to give up so that the others can hold; bounds of columns always hold.

Each contradiction found says that one of its rows has to go, so the smallest set that meets all of them is a lower bound;
when the program can hold without that very set, it is the answer. From above, the rows that the elastic program breaks are
thinned out. Where time runs out the two bounds are what is known.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from planner.feasibility.hitting import Set, smallest_hitting
from planner.program import LinearProgram
from planner.solver.elastic import CLEAR, Answer, Elastic, Leeway, Strain
from planner.solver.highs import Limits, Session

_PRICED = 1e-9


@dataclass(frozen=True)
class GiveUp:
    """Rows to give up.

    Args:
        rows: names; without them the rest can hold, by a checked point.
        at_least: how many must go at least, within the solver's tolerances.
        reason: why the two do not meet, if they do not.
    """

    rows: tuple[str, ...]
    at_least: int
    reason: str = ""

    @property
    def exact(self) -> bool:
        """Whether no smaller set would do."""
        return len(self.rows) == self.at_least

    @property
    def sentence(self) -> str:
        """The finding in words."""
        number = f"{len(self.rows)} row{'s' if len(self.rows) != 1 else ''}"
        if self.exact:
            return f"Without {number} ({some(self.rows)}) all others can hold, and no fewer will do."
        return (
            f"Without {number} ({some(self.rows)}) all others can hold; at least {self.at_least} must go. {self.reason}"
        )


def rows_to_give_up(
    program: LinearProgram, total: Strain | None = None, *, seconds: float = 20.0, method: str = "choose"
) -> GiveUp | None:
    """The smallest set of rows without which a program can hold.

    Args:
        program: a linear program without a point, whose bounds do not clash.
        total: its least total violation, if it is known.
        seconds: time to spend.
        method: of the solver.

    Returns:
        The set, or bounds on its size; ``None`` where no set was found within tolerances and time.

    >>> program = LinearProgram.plain(cost=[0.0], matrix=[[1.0]] * 3, row_lower=[3, 4, -np.inf], row_upper=[np.inf, np.inf, 1])
    >>> rows_to_give_up(program).sentence
    'Without 1 row (r(3)) all others can hold, and no fewer will do.'
    """
    limits = Limits(seconds=seconds, method=method)
    total = total or Elastic(program, session=Session(limits)).strain(program)
    search = _Search(program, time.monotonic() + seconds, limits)
    best = search.thinned(total, time.monotonic() + 0.4 * seconds)
    at_least, best, reason = search.close(best)
    if best is None:
        return None
    names = program.row_names
    return GiveUp(tuple(names[row] for row in sorted(best)), at_least, reason)


class _Search:
    """Contradictions found so far, and a warm program in which rows are let go."""

    def __init__(self, program: LinearProgram, deadline: float, limits: Limits) -> None:
        self.program, self.deadline = program, deadline
        self.leeway = Leeway(program, session=Session(limits))
        self.cores: list[Set] = []

    def without(self, rows: Iterable[int]) -> Strain:
        """How far the program is from holding without some rows."""
        gone = np.zeros(self.program.shape[0], dtype=bool)
        gone[list(rows)] = True
        return self.leeway.strain(self.program.with_(
            row_lower=np.where(gone, -np.inf, self.program.row_lower),
            row_upper=np.where(gone, np.inf, self.program.row_upper),
        ))  # fmt: skip

    def thinned(self, strain: Strain, deadline: float) -> Set | None:
        """The rows that the least total violation breaks, thinned out to a set none of which can stay."""
        broken = strain.violations > CLEAR * strain.sizes if strain.solved else np.zeros(0, dtype=bool)
        chosen = set(np.flatnonzero(broken).tolist())
        if not chosen or self.without(chosen).answer is not Answer.FEASIBLE:
            return None
        for row in sorted(chosen, key=lambda i: strain.violations[i] / strain.sizes[i]):
            if time.monotonic() > deadline:
                break
            if self.without(chosen - {row}).answer is Answer.FEASIBLE:
                chosen.discard(row)
        return frozenset(chosen)

    def close(self, best: Set | None) -> tuple[int, Set | None, str]:
        """Raise the lower bound to the best set known, or find a better one."""
        at_least = 1
        while best is None or at_least < len(best):
            left = self.deadline - time.monotonic()
            if left <= 0:
                return at_least, best, "The search was cut for time."
            hit = smallest_hitting(self.program.shape[0], self.cores, seconds=left)
            if hit is None:
                return at_least, best, "The search was cut for time."
            at_least = max(at_least, len(hit))
            if best is not None and at_least >= len(best):
                break
            strain = self.without(hit)
            if strain.answer is Answer.FEASIBLE:
                return at_least, hit, ""
            if not (disjoint := self._collect(strain, hit)):
                return at_least, best, "Tolerances decide whether fewer would do."
            at_least = max(at_least, disjoint)
        return at_least, best, ""

    def _collect(self, strain: Strain, gone: Set) -> int:
        """Add the contradiction that is left, then further ones that share no row with it; how many there were."""
        found = 0
        while strain.answer is Answer.INFEASIBLE:
            weight = np.abs(strain.prices) / self.leeway.scale
            core = frozenset(np.flatnonzero(weight > _PRICED * weight.max(initial=0.0)).tolist()) - gone
            if not core:
                break
            self.cores.append(core)
            found, gone = found + 1, gone | core
            if time.monotonic() > self.deadline:
                break
            strain = self.without(gone)
        return found


def some(names: tuple[str, ...], most: int = 6) -> str:
    """The first few names, and how many more there are.

    >>> some(("a", "b", "c"), 2)
    'a, b and 1 more'
    """
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
