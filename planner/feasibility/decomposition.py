"""From the plan's own assumptions to what happened: what each group of assumptions did to attainment (measure k)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd

from planner.economy import Economy
from planner.formulation import Question, formulate
from planner.program import Block, LinearProgram, Matrix, select
from planner.solver.highs import Session

Mask = Callable[[Economy, pd.DataFrame], np.ndarray]
_FARM = ("land", "draught", "livestock")


def _kinds(economy: Economy, kinds: Sequence[str] | None, column: str) -> Callable[[pd.DataFrame], np.ndarray]:
    resources = economy.tables["resources"]
    chosen = resources["kind"].isin(kinds) if kinds is not None else ~resources["kind"].isin((*_FARM, "labour"))
    names = set(resources.loc[chosen, "resource"])
    return lambda frame: frame[column].isin(names).to_numpy()


@dataclass(frozen=True)
class Group:
    """A group of assumptions: which rows of which tables belong to it."""

    name: str
    rows: Callable[[Economy, str, pd.DataFrame], np.ndarray]


def _every(*tables: str) -> Callable[[Economy, str, pd.DataFrame], np.ndarray]:
    return lambda _, table, frame: np.full(len(frame), table in tables)


def _harvest(economy: Economy, table: str, frame: pd.DataFrame) -> np.ndarray:
    if table == "supply":
        return _kinds(economy, _FARM, "resource")(frame)
    if table == "coefficients":
        return _kinds(economy, _FARM, "item")(frame)
    # Households go with the harvests that fed them: what fewer people would have needed is not a number to be set apart.
    return np.full(len(frame), table in ("final_use", "consumption", "worker_consumption", "population"))


def _productivity(economy: Economy, table: str, frame: pd.DataFrame) -> np.ndarray:
    if table != "coefficients":
        return np.zeros(len(frame), bool)
    return _kinds(economy, ("labour",), "item")(frame)


def _hands(economy: Economy, table: str, frame: pd.DataFrame) -> np.ndarray:
    if table == "supply":
        return _kinds(economy, ("labour",), "resource")(frame)
    return np.full(len(frame), table == "training")


def _norms(economy: Economy, table: str, frame: pd.DataFrame) -> np.ndarray:
    if table != "coefficients":
        return np.zeros(len(frame), bool)
    return np.asarray(~(_kinds(economy, ("labour",), "item")(frame) | _kinds(economy, _FARM, "item")(frame)))


GROUPS = (
    Group("harvests, herds, draught power and the households they feed", _harvest),
    Group("terms of trade and its limits", _every("trade")),
    Group("credit and payments abroad", _every("finance")),
    Group("output per worker", _productivity),
    Group("hands", _hands),
    Group("costs of building", _every("investment")),
    Group("other norms", _norms),
    Group("all else", lambda _, table, frame: np.full(len(frame), True)),
)


def decompose(
    planned: Economy, happened: Economy, question: Question, plan: str, tick: Callable[[str], None] = lambda _: None
) -> pd.DataFrame:
    """Attainment with each group of assumptions switched to what happened: alone, last, and its Shapley share.

    Args:
        planned: under the plan's own assumptions; happened: the same economy as it turned out; question: of max θ.
        plan: name of the plan; tick: told what is being solved.

    Returns:
        group, alone, last, shapley, unit: changes of θ*; the Shapley shares add up to the whole change. A region that is
        empty counts as θ = 0: nothing can be reached under that floor.
    """
    layers = _layers(planned, happened)
    names = list(layers)
    session = Session()
    known: dict[frozenset[str], float] = {}

    def value(chosen: frozenset[str]) -> float:
        if chosen not in known:
            tick(" + ".join(sorted(chosen)) or "the plan's own assumptions")
            solution = session.solve(formulate(_switched(planned, layers, chosen), question, plan).program)
            known[chosen] = solution.objective if solution.optimal else 0.0
        return known[chosen]

    everything = frozenset(names)
    start, end = value(frozenset()), value(everything)
    alone = {name: value(frozenset([name])) - start for name in names}
    last = {name: end - value(everything - {name}) for name in names}
    # A group that changes nothing first, last or in company of the others' halves would cost half of all solves.
    moving = [name for name in names if max(abs(alone[name]), abs(last[name])) > 1e-9]
    still = everything - set(moving)
    shapley = dict.fromkeys(names, 0.0)
    count = len(moving)
    for name in moving:
        others = [other for other in moving if other != name]
        for size in range(count):
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            for company in combinations(others, size):
                base = frozenset(company) | still
                shapley[name] += weight * (value(base | {name}) - value(base))
    rows = [(name, alone[name], last[name], shapley[name]) for name in names]
    rest = (end - start) - sum(shapley.values())
    if still and abs(rest) > 1e-9:
        rows.append(("groups that change nothing alone or last", np.nan, np.nan, rest))
    table = pd.DataFrame(rows, columns=["group", "alone", "last", "shapley"])
    whole = pd.DataFrame(
        [("from the plan's assumptions", start, np.nan, start), ("to what happened", end, np.nan, end)],
        columns=table.columns,
    )
    table = pd.concat([whole.iloc[:1], table, whole.iloc[1:]], ignore_index=True)
    table["unit"] = "share of the official figures"
    return table


def shared_floor(happened: Economy, question: Question) -> str | float:
    """The question's floor, or the highest the region bears as things turned out, if that is lower.

    Below the base level this is a diagnosis, not an option: it says how low the arithmetic would have pressed people.
    """
    asked = (
        question.floor if isinstance(question.floor, float) else {"base": 1.0, "promised": 1.0}.get(question.floor, 0.0)
    )
    families = tuple(f for f in question.families if f not in ("target", "consumption_floor"))
    posed = formulate(happened, replace(question, families=families, floor=0.0), "")
    program = greatest_least(posed.program, posed.program.column_block["consumption"])
    solution = Session().solve(program)
    bears = solution.objective if solution.optimal else 0.0
    if bears >= asked - 1e-9:
        return question.floor
    return float(np.floor(bears * 100.0) / 100.0)


def greatest_least(program: LinearProgram, block: Block) -> LinearProgram:
    """The program that raises the least of a block of columns: max z with z ≤ each of them."""
    size, columns = len(block.unit), program.shape[1]
    each = select(np.arange(block.start, block.stop), columns)
    wider = program.with_rows("each", each, lower=0.0, index=block.index, keys=block.keys, unit=block.unit)
    last = np.concatenate([np.zeros(program.shape[0]), -np.ones(size)])[:, None]
    wider = wider.with_columns("least", Matrix(last), lower=-np.inf, unit=block.unit[:1])
    return wider.maximising(np.append(np.zeros(columns), 1.0), "least level", str(block.unit[0]))


def _layers(planned: Economy, happened: Economy) -> dict[str, dict[str, pd.DataFrame]]:
    """For every group that differs, the tables that differ; a row belongs to the first group that claims it."""
    layers: dict[str, dict[str, pd.DataFrame]] = {}
    for table in planned.tables:
        if table in ("targets", "actuals", "plans"):
            continue
        for group in GROUPS:
            mine = _mine(planned, table, planned.tables[table], group)
            theirs = _mine(happened, table, happened.tables[table], group)
            before, after = planned.tables[table][mine], happened.tables[table][theirs]
            if not _same(before, after):
                layers.setdefault(group.name, {})[table] = after
    return {group.name: layers[group.name] for group in GROUPS if group.name in layers}


def _mine(economy: Economy, table: str, frame: pd.DataFrame, group: Group) -> np.ndarray:
    claimed = np.zeros(len(frame), bool)
    for other in GROUPS:
        rows = np.asarray(other.rows(economy, table, frame), dtype=bool) & ~claimed
        if other is group:
            return rows
        claimed |= rows
    return claimed


def _same(one: pd.DataFrame, two: pd.DataFrame) -> bool:
    ignored = ["source", "url", "verified", "note", "file", "row"]
    left = one.drop(columns=ignored, errors="ignore").reset_index(drop=True)
    right = two.drop(columns=ignored, errors="ignore").reset_index(drop=True)
    return left.equals(right)


def _switched(planned: Economy, layers: dict[str, dict[str, pd.DataFrame]], chosen: frozenset[str]) -> Economy:
    tables = dict(planned.tables)
    for group in GROUPS:
        if group.name in chosen:
            for table, rows in layers[group.name].items():
                kept = tables[table][~_mine(planned, table, tables[table], group)]
                tables[table] = pd.concat([kept, rows], ignore_index=True)
    return replace(planned, tables=tables)
