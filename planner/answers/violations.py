"""How far any given plan is from each row and bound, in their own units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Unpack

import numpy as np
import pandas as pd

from planner.answers.base.about import PosedAnswer
from planner.answers.pose import Asked, Subject, posed, spelled
from planner.answers.solve import SolveAnswer
from planner.economy.findings import did_you_mean
from planner.formulation import Formulation
from planner.language.counting import counted, verb
from planner.language.numbers import number
from planner.program import Vector
from planner.reporting.run.manifest import provenance, times
from planner.solver.elastic import Elastic, row_scale
from planner.solver.solution import Solution
from planner.solver.violation import share_of
from planner.solver.violation import violations as broken_by

__all__ = ["Violations", "violations"]

Point = SolveAnswer | Solution | Mapping[Any, float] | pd.DataFrame
_CLEAR = 1e-9  # share of what a row consists of below which it is not broken but rounded


@dataclass(frozen=True, eq=False, repr=False)
class Violations(PosedAnswer):
    """How far a plan is from each row and bound.

    Args:
        formulation: what was asked.
        values: the plan, shape (columns,).
        given: how many of its columns were given; the others were chosen so that rows are broken least.
    """

    kind: ClassVar[str] = "violations"
    first: ClassVar[tuple[str, ...]] = ("violations",)

    values: Vector
    given: int

    @property
    def worst(self) -> float:
        """The greatest violation of a row, as a share of what the row consists of."""
        return share_of(*broken_by(self.formulation.program, self.values))

    @property
    def headline(self) -> str:
        """How many rows and bounds are broken, and which is broken most for its size."""
        table = self._as_written["violations"]
        broken = table[table["violation"] > 0]
        if not len(broken):
            return "The plan keeps every row and bound."
        row = broken.sort_values("share", ascending=False, kind="stable").iloc[0]
        name = f"{row['family']}({','.join(filter(None, (row['item'], row['period'])))})"
        return (
            f"{counted(len(broken), 'limit')} {verb(len(broken), 'is', 'are')} broken, {name} most for its size: by "
            f"{number(row['violation'])} {row['unit']}.".replace(" .", ".")
        )

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        program = self.formulation.program
        broken, sizes = broken_by(program, self.values)
        broken = np.where(broken > _CLEAR * sizes, broken, 0.0)
        share = broken / np.where(sizes > 0, sizes, 1.0)
        body = np.asarray(program.matrix @ self.values)
        parts = [_part("row", program.rows, program.row_lower, body, program.row_upper, broken, share)]
        low, high = program.column_lower - self.values, self.values - program.column_upper
        size = np.maximum(
            1e-12,
            np.abs(self.values) + np.where(low > high, _finite(program.column_lower), _finite(program.column_upper)),
        )
        over = np.maximum(0.0, np.maximum(low, high))
        over = np.where(over > _CLEAR * size, over, 0.0)
        parts.append(
            _part("bound", program.columns, program.column_lower, self.values, program.column_upper, over, over / size)
        )
        return {"violations": pd.concat(parts, ignore_index=True)}

    def _found(self) -> Mapping[str, Any]:
        table = self._as_written["violations"]
        return {
            "columns_given": self.given,
            "columns": len(self.values),
            "broken": int((table["violation"] > 0).sum()),
            "worst_share": self.worst,
        }

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How it was found."""
        made = provenance(self.economy, self.formulation.question, plan=self.formulation.plan or None)
        return {**made, "times": times({})}


def _finite(values: Vector) -> Vector:
    return np.where(np.isfinite(values), np.abs(values), 0.0)


def _part(
    kind: str, blocks: Any, lower: Vector, value: Vector, upper: Vector, broken: Vector, share: Vector
) -> pd.DataFrame:
    frames = []
    for block in blocks:
        run = block.slice
        keys = dict(zip(block.index, block.keys, strict=True))
        period = keys.pop("period", np.full(len(block.unit), "", object))
        item = ["/".join(map(str, key)) for key in zip(*keys.values(), strict=True)] if keys else [""] * len(block.unit)
        frames.append(
            pd.DataFrame(
                {
                    "kind": kind,
                    "family": block.name,
                    "item": item,
                    "period": period,
                    "lower": lower[run],
                    "value": value[run],
                    "upper": upper[run],
                    "violation": broken[run],
                    "unit": block.unit,
                    "share": share[run],
                }
            )
        )
    return pd.concat(frames, ignore_index=True)


@spelled
def violations(point: Point, economy: Subject, **asked: Unpack[Asked]) -> Violations:
    """Measure how far a plan is from each row and bound of a question.

    Args:
        point: an answer or a solution of the same question; levels by column, as ``"activity(corn_old,1)"`` or
            ``("activity", "corn_old", 1)``; or a table of ``activity``, ``period`` and ``level``. What it does not say is
            chosen so that the rows are broken least, and figures are asked in full.
        economy: a name, a path, an economy, or a question that ``planner.pose`` has put to one.
        asked: model, plan, scenario, corner, floor and changes, as ``planner.pose`` takes them.

    Raises:
        DataError: the data, the model or the question do not fit.
        ValueError: the point names what the program does not have, or is of another program.

    >>> from planner.answers.solve import solve
    >>> violations(solve("two_goods", plan="ambitious"), "two_goods", plan="ambitious").headline
    'The plan keeps every row and bound.'
    """
    formulation = posed(economy, asked)
    program = formulation.program
    levels = _levels(point, formulation)
    given = np.isfinite(levels)
    if given.all():
        return Violations(formulation, levels, int(given.sum()))
    fixed = program.with_(
        column_lower=np.where(given, levels, program.column_lower),
        column_upper=np.where(given, levels, program.column_upper),
    )
    found = Elastic(fixed, weights=row_scale(fixed)).strain(fixed)
    return Violations(formulation, np.where(given, levels, found.values), int(given.sum()))


def _levels(point: Point, formulation: Formulation) -> Vector:
    """The level of every column, ``nan`` where the point does not say it."""
    program = formulation.program
    if isinstance(point, SolveAnswer):
        if point.plan is None:
            raise ValueError(f"The answer holds no plan: {point.reason}")
        point = point.plan
    if isinstance(point, Solution):
        if point.program.column_names != program.column_names:
            raise ValueError("The solution is of another program: its columns have other names.")
        return np.asarray(point.values, dtype=float)
    if isinstance(point, pd.DataFrame):
        point = {
            ("activity", a, p): level for a, p, level in point[["activity", "period", "level"]].itertuples(index=False)
        }
    at = {name: i for i, name in enumerate(program.column_names)}
    levels = np.full(len(at), np.nan)
    if "attainment" in program.column_block:
        levels[program.column_block["attainment"].start] = 1.0
    for key, level in point.items():
        name = key if isinstance(key, str) else f"{key[0]}({','.join(map(str, key[1:]))})"
        if name not in at:
            raise ValueError(f'There is no column "{name}".{did_you_mean(name, list(at))}')
        levels[at[name]] = float(level)
    return levels
