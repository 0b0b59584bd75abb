"""What is drawn: independent quantities behind the uncertain numbers, the distribution of each, and designs of draws.

Numbers that share a draw move together: all low at once, or all high. By the usual rule (``periods``) these are the
numbers of one column that a table states for one key period by period: a coefficient and its later values, the supply of a
resource in every year, the pipeline of one kind of plant. An error in such a row is an error of the whole row. Under
``source`` all numbers of a column (of a role, among coefficients) that cite one source share a draw, for sources that are
wrong as a whole; under ``none`` every number is drawn by itself, so that errors cancel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from planner.economy.provenance import seen
from planner.formulation.parametric.rows import UncertainRows
from planner.program import Codes, Vector

__all__ = ["DISTRIBUTIONS", "GROUPINGS", "SHARING", "Design", "Factors", "design_of", "factors_of"]

Kind = Literal["triangular", "uniform", "loguniform"]
DISTRIBUTIONS: tuple[Kind, ...] = ("triangular", "uniform", "loguniform")
SHARING = ("periods", "source", "none")
GROUPINGS = ("number", "table", "source", "verified")
DESIGNS = ("random", "sobol", "morris")
LEVELS = 4  # of a Morris design
FOLLOWS = -1  # in the place of a factor, of a residual

Matrix2 = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Factors:
    """Independent quantities, uniform on [0, 1], and the numbers behind each.

    Args:
        numbers: what is uncertain.
        names: of the factors.
        of: factor of each number, shape (numbers,); ``FOLLOWS`` of a residual.
        groups: group of each factor, in which indices are reported, shape (factors,).
        kinds: distribution of each number, shape (numbers,).
    """

    numbers: UncertainRows
    names: tuple[str, ...]
    of: Codes
    groups: tuple[str, ...]
    kinds: tuple[str, ...]

    def __len__(self) -> int:
        """How many factors."""
        return len(self.names)

    @cached_property
    def _masks(self) -> dict[str, npt.NDArray[np.bool_]]:
        return {kind: np.array(self.kinds, object) == kind for kind in DISTRIBUTIONS}

    def values(self, shares: Vector) -> Vector:
        """Numbers at given quantiles of their factors, residuals closed.

        Args:
            shares: quantile of each factor, shape (factors,).

        Returns:
            Values, shape (numbers,): what is drawn within its own range, residuals where the drawn numbers leave them.
        """
        return np.asarray(self.many(np.asarray(shares, dtype=float)[None, :])[0][0], dtype=float)

    def many(self, shares: Matrix2) -> tuple[Matrix2, dict[str, npt.NDArray[np.bool_]]]:
        """Numbers at the quantiles of many draws at once.

        Args:
            shares: quantile of each factor, shape (draws, factors).

        Returns:
            Values, shape (draws, numbers); and by item the draws in which what was drawn had to be brought down.
        """
        drawn = self.of >= 0
        u = np.zeros((len(shares), len(self.of)))
        u[:, drawn] = shares[:, self.of[drawn]]
        low, high, middle = self.numbers.low, self.numbers.high, self.numbers.central
        result = low + u * (high - low)
        at = self._masks["triangular"]
        result[:, at] = triangular(u[:, at], low[at], middle[at], high[at])
        at = self._masks["loguniform"]
        result[:, at] = low[at] * (high[at] / low[at]) ** u[:, at]
        return self.numbers.closed(np.clip(result, low, high))


def triangular(u: Vector, low: Vector, mode: Vector, high: Vector) -> Vector:
    """Quantiles of triangular distributions.

    >>> triangular(np.array([0.0, 0.5, 1.0]), np.zeros(3), np.full(3, 1.0), np.full(3, 2.0)).tolist()
    [0.0, 1.0, 2.0]
    """
    span = high - low
    rising = u * span <= mode - low
    left = low + np.sqrt(np.maximum(u * span * (mode - low), 0.0))
    right = high - np.sqrt(np.maximum((1.0 - u) * span * (high - mode), 0.0))
    return np.where(rising, left, right)


def factors_of(
    numbers: UncertainRows,
    *,
    sharing: str = "periods",
    by: str = "number",
    distribution: str = "triangular",
    distributions: Mapping[str, str] | None = None,
) -> Factors:
    """Sort numbers into factors.

    Args:
        numbers: what is uncertain.
        sharing: which numbers share a draw: ``periods``, ``source`` or ``none``.
        by: how factors are grouped for indices: ``number`` (each by itself), ``table`` (coefficients by role), ``source``
            or ``verified``.
        distribution: of every range.
        distributions: of the ranges of single tables, by table. A range that touches zero has no log-uniform
            distribution and is drawn uniformly.
    """
    keys = [_shared(row, sharing) for row in numbers.table.to_dict("records")]
    drawn = numbers.drawn
    names = tuple(dict.fromkeys(key for key, free in zip(keys, drawn, strict=True) if free))
    at = {name: i for i, name in enumerate(names)}
    of = np.array([at[key] if free else FOLLOWS for key, free in zip(keys, drawn, strict=True)], dtype=np.intp)
    own = np.flatnonzero(drawn)
    first = own[np.unique(of[own], return_index=True)[1]]
    records = numbers.table.iloc[first].to_dict("records")
    groups = names if by == "number" else tuple(_group(row, by) for row in records)
    chosen = [(distributions or {}).get(table, distribution) for table in numbers.table["table"]]
    kinds = tuple(
        "uniform" if k == "loguniform" and low <= 0 else k for k, low in zip(chosen, numbers.low, strict=True)
    )
    return Factors(numbers, names, of, groups, kinds)


def _shared(row: Mapping[Any, Any], sharing: str) -> str:
    kind = _kind(row)
    if sharing == "source":
        return f"{kind}: {row['source'] or 'no source'}"
    own = f"{row['table']} {row['number']}" + ("" if row["column"] == "value" else f" {row['column']}")
    return f"{own} {row['period']}".rstrip() if sharing == "none" else own.rstrip()


def _kind(row: Mapping[Any, Any]) -> str:
    """Table and column; of coefficients also the role."""
    role = f" {str(row['number']).rpartition(' ')[2]}" if row["table"] == "coefficients" else ""
    return f"{row['table']}{role}" + ("" if row["column"] == "value" else f" {row['column']}")


def _group(row: Mapping[Any, Any], by: str) -> str:
    if by == "table":
        return _kind(row)
    return str(row["source"] or "no source") if by == "source" else seen(str(row["verified"]))


@dataclass(frozen=True, eq=False)
class Design:
    """A plan of draws, the same on every machine.

    Args:
        kind: ``random``, ``sobol`` or ``morris``.
        seed: of all chance.
        size: number of draws.
        names: of the factors.
        groups: of the factors.
        table: quantiles, shape (draws, factors); without rows for a random design, whose draws are made one by one, so
            that it can be prolonged.
    """

    kind: str
    seed: int
    size: int
    names: tuple[str, ...]
    groups: tuple[str, ...]
    table: Matrix2

    @property
    def problem(self) -> dict[str, Any]:
        """The factors as SALib describes them."""
        return _problem(self.names, self.groups)

    def shares(self, draw: int) -> Vector:
        """Quantiles of one draw, shape (factors,)."""
        if len(self.table):
            return np.asarray(self.table[draw], dtype=float)
        own = np.random.Philox(key=np.array([self.seed, draw], dtype=np.uint64))
        return np.random.Generator(own).random(len(self.names))


def _problem(names: Sequence[str], groups: Sequence[str]) -> dict[str, Any]:
    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    return problem if list(groups) == list(names) else {**problem, "groups": list(groups)}


def design_of(
    names: Sequence[str], groups: Sequence[str], *, kind: str = "random", samples: int, seed: int = 1
) -> Design:
    """Lay out draws.

    Args:
        names: of the factors, shape (factors,).
        groups: likewise.
        kind: ``random``: ``samples`` independent draws. ``sobol``: Saltelli's design, (groups + 2) × samples draws, samples a
            power of two. ``morris``: ``samples`` trajectories of groups + 1 draws each.
        samples: size.
        seed: of all chance.

    Raises:
        ValueError: a Sobol design whose size is no power of two, or too few trajectories to judge by.
    """
    if kind == "random":
        return Design(kind, seed, samples, tuple(names), tuple(groups), np.zeros((0, len(names))))
    problem = _problem(names, groups)
    if kind == "sobol":
        if samples & (samples - 1) or samples < 2:
            raise ValueError(
                f"A Sobol design needs a power of two of samples, such as {1 << max(1, samples.bit_length())}."
            )
        from SALib.sample import sobol

        table = sobol.sample(problem, samples, calc_second_order=False, seed=seed)
    else:
        if samples < 2:
            raise ValueError("A Morris design needs two trajectories at least.")
        from SALib.sample import morris

        table = morris.sample(problem, samples, num_levels=LEVELS, seed=seed)
    return Design(kind, seed, len(table), tuple(names), tuple(groups), np.ascontiguousarray(table, dtype=float))
