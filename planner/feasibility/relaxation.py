"""What it would have taken: the least by which limits must grow for every target to be met in full (measure d)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import scipy.sparse as sp

from planner.economy import Economy
from planner.feasibility.attainment import INSIDE
from planner.feasibility.share import Shares
from planner.formulation import Formulation, formulate
from planner.program import LinearProgram, Matrix
from planner.program.program import Block
from planner.solver.certificate import prove_empty
from planner.solver.highs import Session
from planner.solver.solution import Status

MOST = 1e4  # a limit that must grow ten-thousandfold is no help
_TABLES_OF_LIMITS = {
    "foreign exchange": (("finance", ("other_receipts", "credit", "debt_limit")),),
    "trade limits": (("trade", ("limit",)),),
    "plant standing and under way": (("capacities", ("initial",)), ("pipeline", ("value",))),
    "pace of building": (("capacities", ("growth_limit", "growth_floor")),),
    "opening stocks and room for them": (("stocks", ("initial", "limit")),),
    "work begun before the plan": (("opening", ("value",)),),
}


@dataclass(frozen=True)
class Limit:
    """A group of limits that grow together.

    Args:
        name: in words; scaled: the economy with these limits multiplied by a factor.
    """

    name: str
    scaled: Callable[[Economy, float], Economy]


def limits_of(economy: Economy) -> list[Limit]:
    """The groups of limits an economy has: labour, each other resource, foreign exchange, trade, plant, pace, stocks."""
    resources = economy.tables["resources"]
    labour = resources["kind"] == "labour"
    groups = [Limit("labour", _of_resources(set(resources.loc[labour, "resource"])))] if labour.any() else []
    groups += [Limit(str(row.name), _of_resources({str(row.resource)})) for row in resources[~labour].itertuples()]
    for name, tables in _TABLES_OF_LIMITS.items():
        if any(len(economy.tables[table]) for table, _ in tables):
            groups.append(Limit(name, _of_columns(tables)))
    return groups


def _of_resources(names: set[str]) -> Callable[[Economy, float], Economy]:
    def scaled(economy: Economy, factor: float) -> Economy:
        supply = economy.tables["supply"]
        grown = supply.assign(value=supply["value"].where(~supply["resource"].isin(names), supply["value"] * factor))
        return replace(economy, tables={**economy.tables, "supply": grown})

    return scaled


def _of_columns(tables: tuple[tuple[str, tuple[str, ...]], ...]) -> Callable[[Economy, float], Economy]:
    def scaled(economy: Economy, factor: float) -> Economy:
        changed = {
            table: economy.tables[table].assign(**{c: economy.tables[table][c] * factor for c in columns})
            for table, columns in tables
        }
        return replace(economy, tables={**economy.tables, **changed})

    return scaled


def relax(formulation: Formulation, share: float) -> pd.DataFrame:
    """Targets in full: how much more each group of limits would have to be, alone, all jointly, and all equally.

    A limit b becomes b(1 + u). Alone: the least u of one group with all others as they are. Jointly: the u of all groups
    with the least sum. Equally: one u for all. Groups whose growth changes coefficients and not limits alone (the pace of
    building) are found by bisection and stand in ``alone`` only.

    Args:
        formulation: of max θ; share: its θ*.

    Returns:
        group, way, needed, unit, answer: ``needed`` is u; ``nan`` with answer ``no amount`` where no growth would do
        (``proved`` says whether an exact certificate holds that), 0 where nothing is needed.
    """
    handle = Shares(formulation)
    hard = handle.held(formulation.program, handle.scaled, 1.0)
    rows: list[tuple[str, str, float, str, str]] = []
    columns: dict[str, Growth] = {}
    for limit in limits_of(formulation.economy):
        grown = formulate(limit.scaled(formulation.economy, 2.0), formulation.question, formulation.plan).program
        growth = growth_between(formulation.program, grown)
        if growth is None:
            rows.append((limit.name, "alone", *_by_bisection(formulation, limit, share)))
        elif growth.nothing:
            rows.append(
                (
                    limit.name,
                    "alone",
                    *((float("nan"), "no amount", "yes") if share < INSIDE else (0.0, "nothing needed", "")),
                )
            )
        else:
            columns[limit.name] = growth
            rows.append((limit.name, "alone", *_least(hard, {limit.name: growth})[limit.name]))
    if columns:
        rows += [(name, "jointly", *found) for name, found in _least(hard, columns).items()]
        together = {"all": _together(columns.values())}
        rows += [("all of them", "equally", *found) for found in _least(hard, together).values()]
    table = pd.DataFrame(rows, columns=["group", "way", "needed", "answer", "proved"])
    table["unit"] = "growth of the limit, as a share of it"
    return table


@dataclass(frozen=True, eq=False)
class Growth:
    """How limits move when a group grows by its own size: rows, then bounds of columns; shape (rows,) and (columns,)."""

    row_lower: np.ndarray
    row_upper: np.ndarray
    column_upper: np.ndarray

    @property
    def nothing(self) -> bool:
        """Whether nothing moves."""
        return not (self.row_lower.any() or self.row_upper.any() or self.column_upper.any())


def growth_between(one: LinearProgram, two: LinearProgram) -> Growth | None:
    """The difference of two programs, if it lies in their limits alone."""
    if not one.same_pattern(two) or not np.allclose(one.matrix.data, two.matrix.data, rtol=1e-12, atol=0):
        return None
    return Growth(
        *(_moved(getattr(one, side), getattr(two, side)) for side in ("row_lower", "row_upper", "column_upper"))
    )


def _moved(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    both = np.isfinite(before) & np.isfinite(after)
    return np.where(both, np.where(both, after, 0.0) - np.where(both, before, 0.0), 0.0)


def _together(growths: object) -> Growth:
    parts = list(growths)  # type: ignore[call-overload]
    return Growth(*(sum(getattr(g, side) for g in parts) for side in ("row_lower", "row_upper", "column_upper")))


def _least(hard: LinearProgram, growths: Mapping[str, Growth]) -> dict[str, tuple[float, str, str]]:
    """Least growth of each group so that the program has a point; by name: growth, answer, whether a refusal is proved."""
    program = with_growth(hard, growths)
    solution = Session().solve(program)
    if solution.optimal:
        values = np.maximum(solution.block("growth"), 0.0)
        return {
            name: (float(v), "enough" if v > 1e-9 else "nothing needed", "")
            for name, v in zip(growths, values, strict=True)
        }
    if solution.status is Status.INFEASIBLE:
        certificate = prove_empty(program)
        proved = "yes" if certificate is not None and certificate.valid and not certificate.declared else "no"
        return {name: (float("nan"), "no amount", proved) for name in growths}
    return {name: (float("nan"), "undecided", "no") for name in growths}


def with_growth(program: LinearProgram, growths: Mapping[str, Growth]) -> LinearProgram:
    """The program with one column u a group: limits become limit + u × growth; the sum of all u is minimised.

    Bounds of columns that grow become rows.
    """
    rows, columns = program.shape
    names = list(growths)
    grown = np.flatnonzero(np.any([g.column_upper != 0 for g in growths.values()], axis=0))
    step = np.array(
        [
            np.concatenate([np.where(g.row_lower != 0, g.row_lower, g.row_upper), g.column_upper[grown]])
            for g in growths.values()
        ]
    )
    pick = sp.csr_array((np.ones(len(grown)), (np.arange(len(grown)), grown)), shape=(len(grown), columns))
    body = Matrix(sp.hstack([sp.vstack([program.matrix, pick]), sp.csr_array(-step.T)], format="csr"))
    upper = program.column_upper.copy()
    limits = upper[grown]
    upper[grown] = np.inf
    block = Block(
        "growth", ("group",), (np.array(names, object),), np.full(len(names), "share of the limit", object), columns
    )
    bounds = Block(
        "bound",
        ("column",),
        (np.array([program.column_names[c] for c in grown], object),),
        np.full(len(grown), "", object),
        rows,
    )
    return LinearProgram(
        "min", np.concatenate([np.zeros(columns), np.ones(len(names))]), 0.0, body,
        np.concatenate([program.row_lower, np.full(len(grown), -np.inf)]), np.concatenate([program.row_upper, limits]),
        np.concatenate([program.column_lower, np.zeros(len(names))]), np.concatenate([upper, np.full(len(names), MOST)]),
        np.concatenate([program.integer, np.zeros(len(names), bool)]), (*program.rows, bounds), (*program.columns, block),
        "growth of limits", "share of the limits",
    )  # fmt: skip


def _without_pace(formulation: Formulation) -> str:
    """Whether it is proved that the targets cannot be met even with no limit at all on the pace of building."""
    handle = Shares(formulation)
    program = handle.held(formulation.program, handle.scaled, 1.0)
    upper = program.row_upper.copy()
    upper[program.row_block["growth_limit"].slice] = np.inf
    certificate = prove_empty(program.with_(row_upper=upper))
    return "yes" if certificate is not None and certificate.valid and not certificate.declared else "no"


def _by_bisection(formulation: Formulation, limit: Limit, share: float) -> tuple[float, str, str]:
    """Least growth by halving, for limits that multiply variables; six significant digits."""
    if share >= INSIDE:
        return 0.0, "nothing needed", ""
    session = Session()

    def reaches(growth: float) -> bool:
        posed = formulate(limit.scaled(formulation.economy, 1.0 + growth), formulation.question, formulation.plan)
        solution = session.solve(posed.program)
        return solution.optimal and solution.objective >= INSIDE

    if not reaches(MOST):
        return float("nan"), "no amount", _without_pace(formulation)
    low, high = 0.0, 1.0
    while not reaches(high):
        low, high = high, high * 4.0
    while high - low > 1e-6 * max(1.0, high):
        middle = (low + high) / 2.0
        low, high = (low, middle) if reaches(middle) else (middle, high)
    return high, "enough", ""
