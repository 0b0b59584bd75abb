"""The fewest rows to give up so that the others can hold; bounds of columns always hold.

From above: of the rows that the least total violation is sensitive to, the one whose loss helps most is given up, and so on
until nothing is broken (Chinneck 2001); what can be taken back is taken back. From below: each contradiction says that one
of its rows has to go, so the smallest set that meets all contradictions found is a lower bound. What is said of the rest is
checked exactly, and so is each contradiction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from planner.diagnosis.decide import Decision, by_solver, clash_of
from planner.diagnosis.hitting_set import Set, smallest_hitting
from planner.diagnosis.irreducible import reduced, restated, without
from planner.diagnosis.proof import Member, Proof
from planner.diagnosis.propagation import Propagation
from planner.program.exact_program import ExactProgram
from planner.proof.work import Work, WorkSpentError
from planner.solver.elastic import CLEAR, Elastic, ElasticOutcome, Strain
from planner.solver.highs import Session, SolveOptions

HANDING_OVER = 20  # iterations that it costs about as much to tell the solver what has changed
CANDIDATES = 3  # broken rows, and rows that are held at a price, that are tried before one is given up
CROWD = 100  # broken rows from which several are given up at a time:
AT_ONCE = 25  # one in so many
NODES = 200  # of a search for a smallest hitting set
MANY = 12  # hitting sets searched for at most
BELOW = 0.6  # share of the work left that goes to them
CUT = "The search was cut at its limit of work."


@dataclass(frozen=True)
class GiveUp:
    """Rows to give up.

    Args:
        rows: names; without them the rest can hold, by an exact point.
        at_least: how many must go at least; each contradiction behind it is proved.
        positions: of the rows.
        reason: why the two do not meet, if they do not.
    """

    rows: tuple[str, ...]
    at_least: int
    positions: tuple[int, ...] = ()
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
            return f"Without {number} ({first_few(self.rows)}) all others can hold, and no fewer will do."
        return f"Without {number} ({first_few(self.rows)}) all others can hold; at least {self.at_least} must go. {self.reason}"


def rows_to_give_up(
    program: ExactProgram, proofs: Iterable[Proof], work: Work, start: Iterable[int] = ()
) -> GiveUp | None:
    """The fewest rows without which a program can hold.

    Args:
        program: a linear program without a point.
        proofs: contradictions known.
        work: steps to spend.
        start: rows without which an exact point of the others is known, if there are any.

    Returns:
        The set, or bounds on its size; ``None`` where no set was found, or where rows are no cure: bounds that contradict each
        other stay.

    >>> from planner.program import LinearProgram
    >>> program = ExactProgram.of(LinearProgram.plain(
    ...     cost=[0.0], matrix=[[1.0]] * 3, row_lower=[3, 4, -np.inf],
    ...     row_upper=[np.inf, np.inf, 1]
    ... ))
    >>> rows_to_give_up(program, (), Work()).sentence
    'Without 1 row (r(3)) all others can hold, and no fewer will do.'
    """
    search = _Search(program, work)
    proofs = [proof for proof in proofs if _rows(proof)]
    search.cores = [_rows(proof) for proof in proofs]
    best: Set | None = frozenset(start) or None
    found: Set | None = None
    try:
        if best is None and proofs:
            best = search.one_of(min(proofs, key=lambda proof: len(proof.members)))
        alone = search.alone()
        search.work = work.part(0.6)
        if best is None or len(best) > 1:
            found = search.from_above(alone)
    except WorkSpentError:
        search.work = work
        found = search.all_broken()
    if found is not None and (best is None or len(found) < len(best)):
        best = found
    search.work = work.part(BELOW)
    at_least, best, reason = search.from_below(best)
    if not best:
        return None
    order = tuple(sorted(best))
    return GiveUp(tuple(program.row_names[i] for i in order), at_least, order, reason)


def _rows(proof: Proof) -> Set:
    if proof.clash:
        return frozenset({proof.clash[1]} if proof.clash[0] == "row" else ())
    return frozenset(i for i, weight in proof.weights.items() if weight)


class _Search:
    """A warm elastic program in which rows are let go, and contradictions found so far."""

    def __init__(self, program: ExactProgram, work: Work) -> None:
        self.program, self.work = program, work
        self.floats = program.floats
        self.cores: list[Set] = []
        self.last: tuple[list[int], Strain] | None = None
        self.size = 10 + sum(program.shape) // 10
        most = max(1, min(work.left // self.size, 10**6))
        self.elastic = Elastic(
            self.floats, session=Session(SolveOptions(seconds=work.seconds, iterations=most, again=False))
        )

    def without(self, rows: Iterable[int]) -> Strain:
        """The least total violation of the program without some rows."""
        gone = np.zeros(self.program.shape[0], dtype=bool)
        gone[list(rows)] = True
        strain = self.elastic.strain(
            self.floats.with_(
                row_lower=np.where(gone, -np.inf, self.floats.row_lower),
                row_upper=np.where(gone, np.inf, self.floats.row_upper),
            )
        )
        self.work.spend(self.size * (strain.iterations + HANDING_OVER))
        return strain

    def decided(self, rows: Iterable[int]) -> Decision:
        """Exactly, whether the program without some rows can hold."""
        rest = without(self.program, [Member("row", i) for i in rows])
        clash = clash_of(rest)
        return Decision(proof=clash) if clash is not None else by_solver(rest, self.work)

    # -- from above ---------------------------------------------------------------------------------------------------

    def one_of(self, proof: Proof) -> Set | None:
        """The heaviest row of a conflict, where without it the others hold: then there is no other conflict."""
        heaviest = frozenset({max(_rows(proof), key=lambda i: (abs(proof.weights.get(i, 0)), -i))})
        return heaviest if self.decided(heaviest).point is not None else None

    def alone(self) -> list[int]:
        """Rows that the bounds of their columns contradict: each has to go."""
        rows = sorted(chain.row for chain in Propagation(self.program, self.work).alone() if chain.row is not None)
        self.cores += [core for i in rows if (core := frozenset({i})) not in self.cores]
        return rows

    def from_above(self, chosen: list[int]) -> Set | None:
        """Rows given up one by one, after those that have to go; then taken back where nothing is lost by it."""
        chosen, must = list(chosen), frozenset(chosen)
        strain, whole = self.without(chosen), self.work.left
        while strain.solved and self._broken(strain).any():
            self.last = list(chosen), strain
            if (crowd := int(self._broken(strain).sum())) > CROWD:
                chosen += self._by_cost(strain, chosen)[: crowd // AT_ONCE]
                strain = self.without(chosen)
                continue
            row, strain = self._dearest(strain, chosen, CANDIDATES if 2 * self.work.left > whole else 1)
            if row < 0:
                return None
            chosen.append(row)
        if not strain.solved or not chosen:
            return None
        for row in list(chosen[:-1]):
            rest = [i for i in chosen if i != row]
            if row not in must and self.without(rest).answer is ElasticOutcome.FEASIBLE:
                chosen = rest
        found = frozenset(chosen)
        return found if self.decided(found).point is not None else None

    def all_broken(self) -> Set | None:
        """Where the work is spent: the rows given up so far, and all that are broken still."""
        if self.last is None:
            return None
        chosen, strain = self.last
        found = frozenset([*chosen, *np.flatnonzero(self._broken(strain)).tolist()])
        try:
            return found if self.decided(found).point is not None else None
        except WorkSpentError:
            return None

    @staticmethod
    def _broken(strain: Strain) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return np.asarray(strain.violations > CLEAR * strain.sizes)

    def _by_cost(self, strain: Strain, chosen: list[int]) -> list[int]:
        """The broken rows, those first whose violation costs most."""
        gain = np.where(self._broken(strain), strain.violations * np.abs(strain.prices), -1.0)
        gain[chosen] = -1.0
        order = np.argsort(-gain, kind="stable")
        return [int(i) for i in order if gain[i] >= 0]

    def _dearest(self, strain: Strain, chosen: list[int], most: int) -> tuple[int, Strain]:
        """The row whose loss leaves the least total violation, and what is left then."""
        broken = self._broken(strain)
        gain = np.where(broken, strain.violations * np.abs(strain.prices), 0.0)
        held = np.where(broken, 0.0, np.abs(strain.prices))
        gain[chosen] = held[chosen] = 0.0
        candidates = [
            int(i) for values in (gain, held) for i in np.argsort(-values, kind="stable")[:most] if values[i] > 0
        ]
        if broken.sum() == 1 and not chosen:
            candidates = candidates or np.flatnonzero(broken).tolist()
        best, left = -1, strain
        for row in candidates:
            found = self.without([*chosen, row])
            if found.solved and (best < 0 or found.distance < left.distance):
                best, left = row, found
            if not self._broken(found).any():
                break
        return best, left

    # -- from below ---------------------------------------------------------------------------------------------------

    def from_below(self, best: Set | None) -> tuple[int, Set | None, str]:
        """Raise the lower bound to the best set known, or find a better one."""
        at_least = 1
        try:
            for _ in range(MANY):
                if best is not None and at_least >= len(best):
                    return at_least, best, ""
                hit = smallest_hitting(self.cores, nodes=NODES, seconds=self.work.seconds)
                if hit is None:
                    return at_least, best, CUT
                at_least = max(at_least, len(hit))
                if best is not None and at_least >= len(best):
                    return at_least, best, ""
                found = self.decided(hit)
                if found.point is not None:
                    return at_least, hit, ""
                if found.proof is None:
                    return at_least, best, CUT if self.work.left < 0 else "Whether fewer would do was not decided."
                disjoint = self._collect(found.proof, hit)
                if not disjoint:
                    return at_least, None, "Bounds of columns contradict each other, which no row can cure."
                at_least = max(at_least, disjoint)
        except WorkSpentError:
            pass
        return at_least, best, CUT

    def _collect(self, proof: Proof, gone: Set) -> int:
        """Add a contradiction, then further ones that share no row with it; how many there were."""
        found = 0
        while True:
            small = reduced(proof.program, proof, self.work)
            whole = restated(self.program, small, list(range(self.program.shape[0]))) or small
            core = _rows(whole)
            if not core:
                return found
            self.cores.append(core)
            found, gone = found + 1, gone | core
            decision = self.decided(gone)
            if decision.proof is None:
                return found
            proof = decision.proof


def first_few(names: tuple[str, ...], most: int = 6) -> str:
    """The first few names, and how many more there are.

    >>> first_few(("a", "b", "c"), 2)
    'a, b and 1 more'
    """
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
