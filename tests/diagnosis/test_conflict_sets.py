"""Conflicts and cures against all subsets, and against each other."""

from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.diagnosis.conflict_sets import Conflicts, enumerate_conflicts
from planner.diagnosis.hitting_set import smallest_hitting
from planner.program import LinearProgram
from planner.solver.elastic import ElasticOutcome
from planner.solver.highs import Session
from planner.solver.solution import Status


@st.composite
def systems(draw):
    """A few rows in some columns between 0 and 9, in units of their own, put into groups; some rows always hold."""
    columns, rows = draw(st.integers(1, 3)), draw(st.integers(3, 8))
    matrix = np.array(draw(st.lists(st.integers(-3, 3), min_size=rows * columns, max_size=rows * columns)), float)
    limits = np.array(draw(st.lists(st.integers(-6, 12), min_size=rows, max_size=rows)), float)
    units = np.array(draw(st.lists(st.sampled_from([1.0, 1000.0, 0.01]), min_size=rows, max_size=rows)))
    limits = limits * units
    kinds = draw(st.lists(st.sampled_from("≤≥="), min_size=rows, max_size=rows))
    program = LinearProgram.plain(
        cost=np.zeros(columns),
        matrix=matrix.reshape(rows, columns) * units[:, None],
        column_upper=np.full(columns, 9.0),
        row_lower=[-np.inf if kind == "≤" else limit for kind, limit in zip(kinds, limits, strict=True)],
        row_upper=[np.inf if kind == "≥" else limit for kind, limit in zip(kinds, limits, strict=True)],
    )
    place = draw(st.lists(st.integers(0, 5), min_size=rows, max_size=rows))
    groups = {f"g{g}": np.flatnonzero(np.array(place) == g) for g in range(1, 6) if g in place}
    return program, groups


def holds(program, groups, chosen):
    """Whether some groups and what always holds can stand together, by a plain solve."""
    free = np.concatenate([np.zeros(0, int), *(rows for name, rows in groups.items() if name not in chosen)])
    lower, upper = program.row_lower.copy(), program.row_upper.copy()
    lower[free], upper[free] = -np.inf, np.inf
    return Session().solve(program.with_(row_lower=lower, row_upper=upper)).status is Status.OPTIMAL


def subsets(names):
    return [frozenset(one) for one in chain.from_iterable(combinations(names, k) for k in range(len(names) + 1))]


def minimal(sets):
    return {one for one in sets if not any(other < one for other in sets)}


def brute_force(program, groups):
    """All minimal conflicts and cures, from every subset there is."""
    fits = {chosen: holds(program, groups, chosen) for chosen in subsets(groups)}
    everything = frozenset(groups)
    return minimal({s for s, ok in fits.items() if not ok}), minimal({everything - s for s, ok in fits.items() if ok})


def hitting_sets(names, sets):
    return minimal({one for one in subsets(names) if all(one & other for other in sets)})


def as_sets(found):
    return {frozenset(one) for one in found}


@given(systems())
@settings(max_examples=60, deadline=None)
def test_against_all_subsets(case):
    program, groups = case
    found = enumerate_conflicts(program, groups)
    conflicts, cures = brute_force(program, groups)
    if found.answer is ElasticOutcome.FEASIBLE:
        assert not conflicts
    elif frozenset() in conflicts:
        assert (found.conflicts, found.cures) == ((), ())
        assert "whatever the groups" in found.reason
    else:
        assert found.complete
        assert not found.unconfirmed
        assert as_sets(found.conflicts) == conflicts
        assert as_sets(found.cures) == cures
        assert len(found.smallest_cure) == min(map(len, cures))
        assert hitting_sets(groups, conflicts) == as_sets(found.cures)
        assert hitting_sets(groups, cures) == as_sets(found.conflicts)


def floors_and_roofs(count):
    """One column, floors at 1, 2 … and roofs at 0: every floor contradicts every roof."""
    rows = np.ones((2 * count, 1))
    program = LinearProgram.plain(
        cost=[0.0],
        matrix=rows,
        row_lower=[*range(1, count + 1), *[-np.inf] * count],
        row_upper=[*[np.inf] * count, *[0.0] * count],
    )
    return program, {f"{kind}{i}": [i + count * (kind == "roof")] for kind in ("floor", "roof") for i in range(count)}


def test_a_cap_says_so_and_still_finds_a_cure():
    program, groups = floors_and_roofs(8)
    full = enumerate_conflicts(program, groups, most=1000)
    assert (len(full.conflicts), len(full.cures), full.complete) == (64, 2, True)
    cut = enumerate_conflicts(program, groups, most=5)
    assert not cut.complete
    assert "cut at 5 sets" in cut.reason
    assert len(cut.smallest_cure) == 8
    few = enumerate_conflicts(program, groups, solves=3)
    assert not few.complete
    assert "as many solves as it may take" in few.reason


def test_groups_of_bounds():
    program = LinearProgram.plain(cost=[0.0, 0.0], matrix=[[1.0, 1.0]], row_lower=[5.0], column_upper=[2.0, 2.0])
    found = enumerate_conflicts(program, {"need": [0]}, bounds={"first": [0], "second": [1]})
    assert as_sets(found.conflicts) == {frozenset({"need", "first", "second"})}
    assert as_sets(found.cures) == {frozenset({name}) for name in ("need", "first", "second")}


def test_all_together_or_not_at_all():
    program = LinearProgram.plain(cost=[0.0], matrix=[[1.0], [1.0]], row_upper=[3.0, -1.0])
    assert enumerate_conflicts(program, {"kind": [0]}) == Conflicts(
        ElasticOutcome.INFEASIBLE, reason="what always holds cannot stand by itself, whatever the groups"
    )
    fine = enumerate_conflicts(program.with_(row_upper=np.array([3.0, 1.0])), {"kind": [0], "other": [1]})
    assert (fine.answer, fine.complete) == (ElasticOutcome.FEASIBLE, True)


@pytest.mark.parametrize("gap", [1e-13, 1e-15])
def test_what_tolerances_decide_is_no_conflict(gap):
    program = LinearProgram.plain(
        cost=[0.0, 0.0], matrix=[[1.0, 1.0], [1.0, 1.0]], row_lower=[1.0 + gap, -np.inf], row_upper=[np.inf, 1.0]
    )
    found = enumerate_conflicts(program, {"floor": [0], "roof": [1]})
    assert found.answer is not ElasticOutcome.INFEASIBLE
    assert (found.conflicts, found.cures) == ((), ())


@given(st.integers(1, 6), st.data())
@settings(max_examples=60, deadline=None)
def test_smallest_hitting_set_against_all_subsets(size, data):
    one = st.frozensets(st.integers(0, size - 1), min_size=1)
    hit, spared = (data.draw(st.lists(one, max_size=5)) for _ in range(2))
    good = [
        s for s in subsets(range(size)) if all(s & other for other in hit) and not any(other <= s for other in spared)
    ]
    found = smallest_hitting(hit, spared)
    if good:
        assert found in good
        assert len(found) == min(map(len, good))
    else:
        assert found is None
