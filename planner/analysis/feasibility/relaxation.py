"""What it would have taken: the least by which limits must grow for every target to be met in full (measure d)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial

import numpy as np
import pandas as pd
import scipy.sparse as sp

from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.feasibility.claims import Freed, no_amount, proved_without
from planner.analysis.feasibility.conflict_groups import had_in, limits_where, places_of
from planner.analysis.shares.target_rows import TargetRows
from planner.economy import Economy
from planner.economy.names import Names
from planner.economy.schema import TABLES
from planner.formulation import Family, Formulation, formulate
from planner.program import Codes, LinearProgram
from planner.proof.certificate import Certificate
from planner.solver.highs import Session
from planner.solver.solution import Status

NO_AMOUNT = "no amount"
UNIT, ALL = "growth of the limit, as a share of it", "all of them"
MOST = 1e4  # a limit that must grow ten-thousandfold is no help


@dataclass(frozen=True)
class Limit:
    """A group of limits that grow together.

    Args:
        name: in words.
        scaled: the economy with these limits multiplied by a factor.
    """

    name: str
    scaled: Callable[[Economy, float], Economy]


@dataclass(frozen=True, eq=False)
class Relaxation:
    """What meeting the targets would have taken.

    Args:
        table: group, way, needed, answer, proved, unit: ``needed`` is the growth; ``nan`` with answer ``no amount`` where no
            growth would do (``proved`` says whether a certificate in exact arithmetic holds that), 0 where nothing is needed.
        by_region: the same of all that there is in each region, by itself; empty without regions.
        claims: those certificates, by the names that ``planner.analysis.feasibility.claims.no_amount`` gives them.
    """

    table: pd.DataFrame
    by_region: pd.DataFrame
    claims: tuple[Certificate, ...]


def limits_of(economy: Economy) -> list[Limit]:
    """The groups of limits in an economy's tables: labour, each other resource, then what the columns say they limit."""
    resources = economy.tables["resources"]
    labour = resources["kind"] == "labour"
    groups = [Limit("labour", _of_resources(set(resources.loc[labour, "resource"])))] if labour.any() else []
    groups += [Limit(str(row.name), _of_resources({str(row.resource)})) for row in resources[~labour].itertuples()]
    for name, columns in _limits_that_grow().items():
        if any(economy.tables[table][column].notna().any() for table, column in columns):
            groups.append(Limit(name, _of_columns(columns)))
    return groups


def _limits_that_grow() -> dict[str, list[tuple[str, str]]]:
    """Columns whose numbers are room and not claims, by what they limit; those of single resources aside."""
    found: dict[str, list[tuple[str, str]]] = {}
    for table in TABLES.values():
        for column in table.limits:
            if column.optimistic != "low" and "resource" not in table.key:
                found.setdefault(column.limit, []).append((table.name, column.name))
    return found


def _of_resources(names: set[str]) -> Callable[[Economy, float], Economy]:
    def scaled(economy: Economy, factor: float) -> Economy:
        supply = economy.tables["supply"]
        grown = supply["value"].where(~supply["resource"].isin(names), supply["value"] * factor)
        return economy.with_numbers({("supply", "value"): grown.to_numpy(dtype=float)})

    return scaled


def _of_columns(columns: Iterable[tuple[str, str]]) -> Callable[[Economy, float], Economy]:
    def scaled(economy: Economy, factor: float) -> Economy:
        return economy.with_numbers(
            {(table, column): economy.tables[table][column].to_numpy(dtype=float) * factor for table, column in columns}
        )

    return scaled


def relax(formulation: Formulation, share: float) -> Relaxation:
    """Targets in full: how much more each group of limits would have to be, alone, all jointly, and all equally.

    A limit b becomes b(1 + u). Alone: the least u of one group with all others as they are. Jointly: the u of all groups
    with the least sum. Equally: one u for all. Groups whose growth changes coefficients and not limits alone (the pace of
    building, places for training) are found by bisection and stand in ``alone`` only. What is asked of a plan rather than
    there for it (a floor, building at the end) stays as it is. How much is needed is sought only where it is not proved that
    no amount would do.

    Args:
        formulation: of max θ.
        share: its θ*.
    """
    handle = TargetRows(formulation)
    hard = handle.held(formulation.program, handle.scaled, 1.0)
    rows: list[tuple[str, str, float, str, str]] = []
    columns: dict[str, Growth] = {}
    moved: dict[str, Freed] = {}
    claims = _Refused(formulation, share)
    for limit in limits_of(formulation.economy):
        grown = formulate(limit.scaled(formulation.economy, 2.0), formulation.question, formulation.plan).program
        growth, moved[limit.name] = growth_between(formulation.program, grown), apart(formulation.program, grown)
        if growth is not None and not growth.nothing:
            columns[limit.name] = growth
        least = partial(_alone, formulation, hard, limit, growth, share)
        rows.append((limit.name, "alone", *claims.answered(limit.name, "alone", moved[limit.name], least)))
    for name, growth in own_growths(formulation).items():
        columns[name], moved[name] = growth, growth.moved
        least = partial(_one, hard, growth)
        rows.append((name, "alone", *claims.answered(name, "alone", growth.moved, least)))
    if columns:
        every, together = Freed.together(moved[name] for name in columns), cache(partial(_least, hard, columns))

        def jointly(name: str) -> tuple[float, str]:
            return together()[name]

        rows += [
            (name, "jointly", *claims.answered(name, "jointly", every, partial(jointly, name))) for name in columns
        ]
        least = partial(_one, hard, _together(columns.values()))
        rows.append((ALL, "equally", *claims.answered(ALL, "equally", every, least)))
    frame = pd.DataFrame(rows, columns=["group", "way", "needed", "answer", "proved"]).assign(unit=UNIT)
    return Relaxation(frame, _by_region(formulation, hard, columns, claims), tuple(claims.found.values()))


class _Refused:
    """Proofs that no growth of some limits would do, one for each set of limits.

    Args:
        formulation: of max θ.
        share: its θ*.
    """

    def __init__(self, formulation: Formulation, share: float) -> None:
        """Begin without any."""
        self.found: dict[str, Certificate] = {}
        self._formulation, self._session, self._inside = formulation, Session(), share >= INSIDE
        self._known: dict[tuple[int, ...], Certificate | None] = {}

    def answered(
        self, name: str, way: str, freed: Freed, least: Callable[[], tuple[float, str]]
    ) -> tuple[float, str, str]:
        """Growth that is needed, the answer, and whether a certificate holds that no amount would do; empty where some does."""
        if not self._inside and self._proved(name, way, freed):
            return float("nan"), NO_AMOUNT, "yes"
        needed, answer = least()
        return needed, answer, "no" if answer == NO_AMOUNT else ""

    def _proved(self, name: str, way: str, freed: Freed) -> bool:
        key, claim = (*freed.rows.tolist(), -1, *freed.above.tolist()), no_amount(name, way)
        if key not in self._known:
            self._known[key] = proved_without(self._formulation, claim, freed, self._session)
        if (proof := self._known[key]) is None:
            return False
        self.found[claim] = replace(proof, claim=claim)
        return True


def _by_region(
    formulation: Formulation, hard: LinearProgram, growths: Mapping[str, Growth], claims: _Refused
) -> pd.DataFrame:
    """By how much all that there is in each region would have to be more, by itself; empty without regions."""
    program, names, rows = formulation.program, Names.of(formulation.economy), list[tuple[object, ...]]()
    if not formulation.facts.regional or not growths:
        return pd.DataFrame()
    whole, of_rows, of_columns = _together(growths.values()), places_of(program.rows), places_of(program.columns)
    for region in formulation.facts.layout.regions:
        here, there = of_rows == region, of_columns == region
        growth = Growth(whole.row_lower * here, whole.row_upper * here, whole.column_upper * there)
        if growth.nothing:
            continue
        words = had_in(names, region)
        rows.append((region, words, *claims.answered(words, "alone", growth.moved, partial(_one, hard, growth))))
    return pd.DataFrame(rows, columns=["region", "group", "needed", "answer", "proved"]).assign(unit=UNIT)


@dataclass(frozen=True, eq=False)
class Growth:
    """How limits move when a group grows by its own size: rows, then bounds of columns; shape (rows,) and (columns,)."""

    row_lower: np.ndarray
    row_upper: np.ndarray
    column_upper: np.ndarray

    @property
    def moved(self) -> Freed:
        """What moves."""
        rows = np.flatnonzero((self.row_lower != 0) | (self.row_upper != 0))
        return Freed(rows, np.flatnonzero(self.column_upper != 0))

    @property
    def nothing(self) -> bool:
        """Whether nothing moves."""
        return not (self.row_lower.any() or self.row_upper.any() or self.column_upper.any())


def growth_between(one: LinearProgram, two: LinearProgram) -> Growth | None:
    """The difference of two programs, if it lies in their limits alone."""
    if not one.same_pattern(two) or not np.allclose(one.matrix.data, two.matrix.data, rtol=1e-12, atol=0):
        return None
    return Growth(
        *(limits_moved(getattr(one, side), getattr(two, side)) for side in ("row_lower", "row_upper", "column_upper"))
    )


def limits_moved(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """By how much limits move; nothing where one of the two is infinite."""
    both = np.isfinite(before) & np.isfinite(after)
    return np.where(both, np.where(both, after, 0.0) - np.where(both, before, 0.0), 0.0)


def _together(growths: Iterable[Growth]) -> Growth:
    parts = list(growths)
    return Growth(*(sum(getattr(g, side) for g in parts) for side in ("row_lower", "row_upper", "column_upper")))


def own_growths(formulation: Formulation) -> dict[str, Growth]:
    """Growth, by its own size, of limits that stand in no table but in the question or in the family itself, by their words."""
    program = formulation.program
    grow = limits_where(formulation, lambda named: isinstance(named, Family) and named.grows)
    growths = {member.words: growth_of_rows(program, member.rows) for member in grow}
    return {words: growth for words, growth in growths.items() if not growth.nothing}


def growth_of_rows(program: LinearProgram, rows: Codes, share: float = 1.0) -> Growth:
    """How the limits of some rows move when each gives way by a share of its own size; equations do not."""
    lower, upper = np.zeros(program.shape[0]), np.zeros(program.shape[0])
    low, high = program.row_lower[rows], program.row_upper[rows]
    apart = low != high
    lower[rows] = np.where(apart & np.isfinite(low), -share * np.abs(low), 0.0)
    upper[rows] = np.where(apart & np.isfinite(high), share * np.abs(high), 0.0)
    return Growth(lower, upper, np.zeros(program.shape[1]))


def _alone(
    formulation: Formulation, hard: LinearProgram, limit: Limit, growth: Growth | None, share: float
) -> tuple[float, str]:
    """Least growth of one group of limits, and the answer; by halving where it changes more than limits."""
    if growth is None:
        return _by_bisection(formulation, limit, share)
    if growth.nothing:
        return (float("nan"), NO_AMOUNT) if share < INSIDE else (0.0, "nothing needed")
    return _one(hard, growth)


def _one(hard: LinearProgram, growth: Growth) -> tuple[float, str]:
    """The same of a growth by itself."""
    return _least(hard, {"": growth})[""]


def _least(hard: LinearProgram, growths: Mapping[str, Growth]) -> dict[str, tuple[float, str]]:
    """Least growth of each group so that the program has a point; by name: growth, answer."""
    solution = Session().solve(with_growth(hard, growths))
    if solution.optimal:
        values = np.maximum(solution.block("growth"), 0.0)
        return {
            name: (float(v), "enough" if v > 1e-9 else "nothing needed")
            for name, v in zip(growths, values, strict=True)
        }
    answer = NO_AMOUNT if solution.status is Status.INFEASIBLE else "undecided"
    return {name: (float("nan"), answer) for name in growths}


def with_growth(program: LinearProgram, growths: Mapping[str, Growth]) -> LinearProgram:
    """The program with one column u a group: limits become limit + u × growth; the sum of all u is minimised.

    Bounds of columns that grow become rows.
    """
    names = list(growths)
    grown = np.flatnonzero(np.any([g.column_upper != 0 for g in growths.values()], axis=0))
    step = np.array(
        [
            np.concatenate([np.where(g.row_lower != 0, g.row_lower, g.row_upper), g.column_upper[grown]])
            for g in growths.values()
        ]
    )
    wider = program.bounds_as_rows(grown).with_columns(
        "growth",
        sp.csr_array(-step.T),
        upper=MOST,
        index=("group",),
        keys=(np.array(names, object),),
        unit="share of the limit",
    )
    cost = np.concatenate([np.zeros(program.shape[1]), np.ones(len(names))])
    return wider.minimising(cost, "growth of limits", "share of the limits")


def apart(one: LinearProgram, two: LinearProgram) -> Freed:
    """Rows in which two programs of one size differ, in limits or coefficients, and columns whose greatest value does."""
    difference = sp.csr_array(one.matrix - two.matrix)
    limits = (one.row_lower != two.row_lower) | (one.row_upper != two.row_upper)
    rows = np.flatnonzero(limits | (abs(difference).sum(axis=1) > 0))
    return Freed(rows, np.flatnonzero(one.column_upper != two.column_upper))


def _by_bisection(formulation: Formulation, limit: Limit, share: float) -> tuple[float, str]:
    """Least growth by halving, for limits that multiply variables; six significant digits."""
    if share >= INSIDE:
        return 0.0, "nothing needed"
    session = Session()

    def reaches(growth: float) -> bool:
        posed = formulate(limit.scaled(formulation.economy, 1.0 + growth), formulation.question, formulation.plan)
        solution = session.solve(posed.program)
        return solution.optimal and solution.objective >= INSIDE

    if not reaches(MOST):
        return float("nan"), NO_AMOUNT
    low, high = 0.0, 1.0
    while not reaches(high):
        low, high = high, high * 4.0
    while high - low > 1e-6 * max(1.0, high):
        middle = (low + high) / 2.0
        low, high = (low, middle) if reaches(middle) else (middle, high)
    return high, "enough"
