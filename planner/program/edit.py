"""Changes of a program, each of which makes a new one: rows and columns added, bounds moved, another objective."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from planner.program.block import Block, Labels
from planner.program.expression import Codes, Matrix, Vector

Where = Codes | slice | int  # positions of rows or columns


@dataclass(frozen=True, eq=False, repr=False, kw_only=True)
class Edits:
    """The arrays of a ``LinearProgram``, which inherits them from here, and what it can be made into."""

    sense: Literal["max", "min"]
    cost: Vector
    offset: float
    matrix: Matrix
    row_lower: Vector
    row_upper: Vector
    column_lower: Vector
    column_upper: Vector
    integer: npt.NDArray[np.bool_]
    rows: tuple[Block, ...]
    columns: tuple[Block, ...]
    objective: str = "objective"
    objective_unit: str = ""

    def with_(self, **changes: object) -> Self:
        """The program with some arrays replaced; index and names stay."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def with_coefficients(self, positions: Codes, values: Vector) -> Self:
        """The program with coefficients replaced, named by their position among the nonzeros; the pattern stays."""
        data = self.matrix.data.copy()
        data[positions] = values
        pattern = (data, self.matrix.indices, self.matrix.indptr)
        return self.with_(matrix=type(self.matrix)(pattern, shape=self.matrix.shape, copy=False))

    def with_rows(
        self,
        name: str,
        body: Matrix,
        *,
        lower: Vector | float = -np.inf,
        upper: Vector | float = np.inf,
        index: tuple[str, ...] = (),
        keys: tuple[Labels, ...] = (),
        unit: Labels | str = "",
    ) -> Self:
        """The program with a block of rows added at the end.

        Args:
            name: of the block.
            body: coefficients, shape (new rows, columns).
            lower: limits, shape (new rows,) or one for all.
            upper: likewise.
            index: of the block, as in ``Block``.
            keys: likewise.
            unit: likewise.

        >>> from planner.program import LinearProgram
        >>> program = LinearProgram.plain(cost=[1.0, 1.0], matrix=[[1.0, 2.0]], row_upper=[4.0], sense="max")
        >>> wider = program.with_rows("least", Matrix(np.array([[0.0, 1.0]])), lower=1.0)
        >>> wider.row_names, wider.row_lower.tolist()
        (['r(1)', 'least'], [-inf, 1.0])
        """
        count = body.shape[0]
        return self.with_(
            matrix=Matrix(sp.vstack([self.matrix, body], format="csr")),
            row_lower=_longer(self.row_lower, lower, count),
            row_upper=_longer(self.row_upper, upper, count),
            rows=(*self.rows, Block(name, index, keys, _filled(unit, count), len(self.row_lower))),
        )

    def with_columns(
        self,
        name: str,
        body: Matrix,
        *,
        cost: Vector | float = 0.0,
        lower: Vector | float = 0.0,
        upper: Vector | float = np.inf,
        integer: bool = False,
        index: tuple[str, ...] = (),
        keys: tuple[Labels, ...] = (),
        unit: Labels | str = "",
    ) -> Self:
        """The program with a block of columns added at the end.

        Args:
            name: of the block.
            body: coefficients, shape (rows, new columns).
            cost: shape (new columns,) or one for all.
            lower: likewise.
            upper: likewise.
            integer: whether they are whole numbers.
            index: of the block, as in ``Block``.
            keys: likewise.
            unit: likewise.

        >>> from planner.program import LinearProgram
        >>> program = LinearProgram.plain(cost=[1.0], matrix=[[1.0], [2.0]], row_lower=[3.0, 4.0])
        >>> program.with_columns("missing", Matrix(np.eye(2)), cost=9.0).cost.tolist()
        [1.0, 9.0, 9.0]
        """
        count = body.shape[1]
        return self.with_(
            matrix=Matrix(sp.hstack([self.matrix, body], format="csr")),
            cost=_longer(self.cost, cost, count),
            column_lower=_longer(self.column_lower, lower, count),
            column_upper=_longer(self.column_upper, upper, count),
            integer=np.concatenate([self.integer, np.full(count, integer)]),
            columns=(*self.columns, Block(name, index, keys, _filled(unit, count), len(self.column_lower))),
        )

    def bounded(
        self, columns: Where, *, lower: Vector | float | None = None, upper: Vector | float | None = None
    ) -> Self:
        """The program with other bounds on some columns; a side that is not named stays.

        >>> from planner.program import LinearProgram
        >>> LinearProgram.plain(cost=[1.0, 1.0], matrix=[[1.0, 2.0]]).bounded(1, upper=5.0).column_upper.tolist()
        [inf, 5.0]
        """
        return self.with_(
            column_lower=_put(self.column_lower, columns, lower), column_upper=_put(self.column_upper, columns, upper)
        )

    def limited(self, rows: Where, *, lower: Vector | float | None = None, upper: Vector | float | None = None) -> Self:
        """The program with other limits on some rows; a side that is not named stays."""
        return self.with_(row_lower=_put(self.row_lower, rows, lower), row_upper=_put(self.row_upper, rows, upper))

    def relaxed(self, rows: Where) -> Self:
        """The program with some rows without limits.

        >>> from planner.program import LinearProgram
        >>> LinearProgram.plain(cost=[1.0], matrix=[[1.0], [2.0]], row_lower=[3.0, 4.0]).relaxed(0).row_lower.tolist()
        [-inf, 4.0]
        """
        return self.limited(rows, lower=-np.inf, upper=np.inf)

    def minimising(self, cost: Vector, name: str, unit: str = "") -> Self:
        """The program with another objective, of which the least is sought.

        Args:
            cost: shape (columns,).
            name: of the objective.
            unit: likewise.
        """
        return self._seeking("min", cost, name, unit)

    def maximising(self, cost: Vector, name: str, unit: str = "") -> Self:
        """The program with another objective, of which the greatest is sought.

        Args:
            cost: shape (columns,).
            name: of the objective.
            unit: likewise.
        """
        return self._seeking("max", cost, name, unit)

    def _seeking(self, sense: Literal["min", "max"], cost: Vector, name: str, unit: str) -> Self:
        return self.with_(sense=sense, cost=cost, offset=0.0, objective=name, objective_unit=unit)


def _longer(values: Vector, more: Vector | float, count: int) -> Vector:
    return np.concatenate([values, np.broadcast_to(np.asarray(more, dtype=float), count)])


def _put(values: Vector, where: Where, new: Vector | float | None) -> Vector:
    if new is None:
        return values
    changed = values.copy()
    changed[where] = new
    return changed


def _filled(unit: Labels | str, count: int) -> Labels:
    return np.full(count, unit, object) if isinstance(unit, str) else unit
