"""Which groups of limits cannot stand together, and which would have to give way (measure f).

A conflict is a set of groups that cannot hold together, of which any smaller set can; a cure is a smallest-by-inclusion set
of groups without which the rest can hold. Each kind is the minimal hitting sets of the other. Both are enumerated by the
scheme called MARCO (Liffiton and others 2016): take the largest set of groups of which nothing is known; if it holds, what
is left out is a cure, and if not, it is cut down to a conflict; either way the map of what is known grows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from planner.diagnosis.hitting_set import Set, smallest_hitting
from planner.program import Codes, LinearProgram, Vector
from planner.solver.elastic import ElasticOutcome, UniformRelaxation

_PRICED = 1e-9  # share of the greatest price below which a group has no part in a contradiction
SOLVES = 5_000
Names = tuple[str, ...]


@dataclass(frozen=True)
class Conflicts:
    """Conflicts and cures of a set of groups.

    Args:
        answer: whether all groups can hold together; where they can, there is neither conflict nor cure.
        conflicts: minimal conflicting sets, in the order found.
        cures: minimal correction sets; the first is a smallest one.
        complete: whether there are no others.
        reason: why the list was cut, or what else the reader must know; empty if nothing.
        unconfirmed: conflicts of which some member could not be confirmed by leaving it out, within tolerances.
    """

    answer: ElasticOutcome
    conflicts: tuple[Names, ...] = ()
    cures: tuple[Names, ...] = ()
    complete: bool = True
    reason: str = ""
    unconfirmed: tuple[Names, ...] = ()

    @property
    def smallest_cure(self) -> Names | None:
        """A cure with fewest groups, if any cure is known."""
        return self.cures[0] if self.cures else None


@dataclass(frozen=True, eq=False)
class _Group:
    """Rows, and columns with their bounds, that stand or fall together."""

    rows: Codes
    columns: Codes


class Judged(Protocol):
    """What is found of a subset of the groups."""

    @property
    def answer(self) -> ElasticOutcome:
        """Whether its rows can hold together."""

    @property
    def prices(self) -> Vector:
        """Multipliers of the rows that say why not, shape (rows,)."""


class Judge(Protocol):
    """What tells whether a program of one pattern has a point, of which only limits change from call to call."""

    @property
    def scale(self) -> Vector:
        """By what each row's price is divided to compare with others', shape (rows,)."""

    def strain(self, program: LinearProgram) -> Judged:
        """Whether its rows can hold together."""


@dataclass(eq=False)
class _Search:
    """Subsets of groups put to one warm judge, and the map of what is known."""

    program: LinearProgram
    groups: list[_Group]
    left: int  # solves
    judge: Judge
    conflicts: list[Set] = field(default_factory=list)
    cures: list[Set] = field(default_factory=list)
    loose: list[Set] = field(default_factory=list)  # conflicts with a member that could not be confirmed
    unclear: list[Set] = field(default_factory=list)  # what stayed out of sets that could not be decided

    def hold(self, chosen: Iterable[int]) -> Judged:
        """How far the groups chosen, and what always holds, are from holding together."""
        self.left -= 1
        return self.judge.strain(_only(self.program, self.groups, set(chosen)))

    def blamed(self, strain: Judged, chosen: Set) -> Set:
        """The groups that have a part in a contradiction."""
        rows = np.abs(strain.prices) / self.judge.scale
        rows = rows > _PRICED * rows.max(initial=0.0)
        left = np.abs(self.program.matrix.T @ strain.prices)
        columns = left > _PRICED * (abs(self.program.matrix).T @ np.abs(strain.prices))
        return frozenset(g for g in chosen if rows[self.groups[g].rows].any() or columns[self.groups[g].columns].any())

    def shrink(self, strain: Judged, chosen: Set) -> tuple[Set, bool] | None:
        """Cut a set that cannot hold down to a conflict; whether every member was confirmed; ``None`` where no solve is left."""
        open_, kept, clear = sorted(self.blamed(strain, chosen)), set[int](), True
        if self.hold(open_).answer is not ElasticOutcome.INFEASIBLE:  # rounding hid a member
            open_ = sorted(chosen)
        while open_:
            if self.left <= 0:
                return None
            candidate = open_.pop()
            without = self.hold(kept.union(open_))
            if without.answer is ElasticOutcome.INFEASIBLE:
                less = self.blamed(without, frozenset(open_)) | kept
                if self.hold(less).answer is ElasticOutcome.INFEASIBLE:
                    open_ = sorted(less - kept)
            else:
                kept.add(candidate)
                clear &= without.answer is ElasticOutcome.FEASIBLE
        return frozenset(kept), clear


def enumerate_conflicts(
    program: LinearProgram,
    groups: Mapping[str, Codes],
    *,
    bounds: Mapping[str, Codes] | None = None,
    most: int = 40,
    solves: int = SOLVES,
    judge: Judge | None = None,
) -> Conflicts:
    """Minimal conflicts and cures over groups of rows; all other rows, and bounds of columns, always hold.

    Args:
        program: a linear program; whole-number columns may take any value between.
        groups: positions of the rows that stand or fall together, by name.
        bounds: positions of columns whose bounds belong to a group, by its name.
        most: conflicts and cures to list, together; one cure at least is looked for beyond that.
        solves: linear programs to solve at most; a safeguard, so that the same question gives the same list on any machine.
        judge: what tells whether a subset holds; an elastic program by default, which needs no more than the rows.

    Returns:
        Conflicts and cures, and whether these are all.

    >>> program = LinearProgram.plain(
    ...     cost=[0.0], matrix=[[1.0], [1.0], [1.0]], row_lower=[3.0, -np.inf, -np.inf], row_upper=[np.inf, 1.0, 2.0]
    ... )
    >>> found = enumerate_conflicts(program, {"floor": [0], "roof": [1], "ceiling": [2]})
    >>> found.conflicts, found.cures, found.complete
    ((('floor', 'roof'), ('floor', 'ceiling')), (('floor',), ('roof', 'ceiling')), True)
    """
    names, parts = _parts(groups, bounds or {})
    search = _Search(program, parts, solves, judge or UniformRelaxation(program))
    everything = frozenset(range(len(names)))
    answer = search.hold(everything).answer
    if answer is not ElasticOutcome.INFEASIBLE:
        return Conflicts(answer, complete=answer is ElasticOutcome.FEASIBLE, reason=_open_reason(answer))
    if search.hold(()).answer is not ElasticOutcome.FEASIBLE:
        return Conflicts(answer, reason="what always holds cannot stand by itself, whatever the groups")
    complete, reason = _explore(search, everything, most)
    if search.unclear:
        complete, reason = False, f"{len(search.unclear)} sets of groups could not be decided within tolerances"

    def named(sets: list[Set]) -> tuple[Names, ...]:
        return tuple(tuple(names[g] for g in sorted(one)) for one in sets)

    return Conflicts(answer, named(search.conflicts), named(search.cures), complete, reason, named(search.loose))


def _explore(search: _Search, everything: Set, most: int) -> tuple[bool, str]:
    """Grow the map until nothing is unknown, or a cap is met; whether all was found, and why not."""
    while True:
        if search.left <= 0:
            return False, "the search was cut after as many solves as it may take"
        if len(search.conflicts) + len(search.cures) >= most and search.cures:
            return False, f"the search was cut at {most} sets"
        out = smallest_hitting(search.conflicts, [*search.cures, *search.unclear])
        if out is None:
            return True, ""
        chosen = everything - out
        strain = search.hold(chosen)
        if strain.answer is ElasticOutcome.FEASIBLE:  # the largest set that holds: what stays out is a cure
            search.cures.append(out)
        elif strain.answer is ElasticOutcome.UNDECIDED:
            search.unclear.append(out)
        elif (found := search.shrink(strain, chosen)) is not None:
            search.conflicts.append(found[0])
            if not found[1]:
                search.loose.append(found[0])


def _parts(groups: Mapping[str, Codes], bounds: Mapping[str, Codes]) -> tuple[list[str], list[_Group]]:
    names = list(dict.fromkeys([*groups, *bounds]))
    found = [_Group(*(np.asarray(part.get(name, ()), dtype=np.intp) for part in (groups, bounds))) for name in names]
    return names, found


def _only(program: LinearProgram, groups: list[_Group], chosen: set[int]) -> LinearProgram:
    """The program without the groups that are not chosen; a row of several groups stays with any of them."""
    rows, columns = np.zeros(program.shape[0], dtype=bool), np.zeros(program.shape[1], dtype=bool)
    for inside in (False, True):
        for number, group in enumerate(groups):
            if (number in chosen) is inside:
                rows[group.rows] = columns[group.columns] = not inside
    return program.with_(
        row_lower=np.where(rows, -np.inf, program.row_lower),
        row_upper=np.where(rows, np.inf, program.row_upper),
        column_lower=np.where(columns, -np.inf, program.column_lower),
        column_upper=np.where(columns, np.inf, program.column_upper),
    )


def _open_reason(answer: ElasticOutcome) -> str:
    if answer is ElasticOutcome.FEASIBLE:
        return "all groups can hold together"
    return "whether all groups can hold together could not be decided within tolerances"
