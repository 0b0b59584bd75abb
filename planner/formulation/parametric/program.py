"""A question as a function of its numbers: the program they give, without stating the question anew each time.

A program's coefficients and limits are linear in most numbers of the data. Which number enters where, and with what
factor, is found out by stating the question a few dozen times with many numbers moved at once; after that a program for
thousands of other values costs one sparse product each. The result is held against programs stated in full. Where they
disagree (two uncertain numbers are multiplied with each other, a number changes what is connected with what), programs
are stated in full: slower, never wrong. Shares of regions multiply what they share out, so nothing is sought of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from planner.formulation import Formulation, formulate
from planner.formulation.parametric.rows import UncertainRows
from planner.program import Codes, LinearProgram, Matrix, Vector
from planner.solver.scaling import scaling_of

__all__ = ["ParametricProgram", "parametrise"]

_EXACT = 1e-9  # greatest difference, relative to an entry, from a program stated in full
_MATCH = 1e-8  # how near a ratio of two changes comes to the factor of the number behind them


@dataclass(frozen=True, eq=False)
class ParametricProgram:
    """A formulation whose numbers may be moved.

    Args:
        formulation: as stated, every number at ``numbers.now``.
        numbers: those that move.
        slopes: change of each entry of the program (see ``flat``) for one more unit of each number, shape
            (entries, numbers); ``None`` where the entries are not linear in the numbers together.
        odd: numbers in which the entries are not linear even alone, shape (odd,).
    """

    formulation: Formulation
    numbers: UncertainRows
    slopes: Matrix | None
    odd: Codes

    def at(self, values: Vector) -> LinearProgram:
        """The program with the numbers at other values.

        Args:
            values: shape (numbers,).

        Returns:
            A program; of the same pattern wherever the entries are linear in the numbers.
        """
        program = self.formulation.program
        if self.slopes is None or (values[self.odd] != self.numbers.now[self.odd]).any():
            return in_full(self.formulation, self.numbers, values)
        return unflat(program, flat(program) + self.slopes @ (values - self.numbers.now))


def in_full(formulation: Formulation, numbers: UncertainRows, values: Vector) -> LinearProgram:
    """The question stated anew with the numbers at other values."""
    return formulate(numbers.economy_at(values), formulation.question, formulation.plan).program


def parametrise(formulation: Formulation, numbers: UncertainRows) -> ParametricProgram:
    """Find out how a program depends on numbers.

    Args:
        formulation: of ``numbers.economy``, official figures as its targets.
        numbers: those that are to move.
    """
    if (numbers.table["table"] == "shares").any():  # each multiplies numbers of other tables
        return ParametricProgram(formulation, numbers, None, np.zeros(0, np.intp))
    probe = _Probe(formulation, numbers)
    slopes, odd = probe.slopes()
    found = ParametricProgram(formulation, numbers, slopes, odd)
    everything = np.arange(len(numbers))
    if _agrees(found, everything):
        return found
    wrong = [
        chosen for chosen in probe.sets() if not _agrees(found, chosen)
    ]  # such as figures that fall below the base
    found = replace(found, odd=np.unique(np.concatenate([odd, *wrong])).astype(np.intp))
    return found if wrong and _agrees(found, everything) else replace(found, slopes=None)


def flat(program: LinearProgram) -> Vector:
    """Every number of a program in one vector: coefficients, objective, limits, bounds, offset."""
    p = program
    parts = (p.matrix.data, p.cost, p.row_lower, p.row_upper, p.column_lower, p.column_upper, [p.offset])
    return np.concatenate(parts)


def unflat(program: LinearProgram, entries: Vector) -> LinearProgram:
    """A program of the same pattern out of such a vector."""
    rows, columns = program.shape
    matrix = program.matrix
    lengths = [len(matrix.data), columns, rows, rows, columns, columns]
    data, cost, row_lower, row_upper, column_lower, column_upper, offset = np.split(entries, np.cumsum(lengths))
    return program.with_(
        matrix=Matrix((data, matrix.indices, matrix.indptr), shape=matrix.shape, copy=False),
        cost=cost,
        row_lower=row_lower,
        row_upper=row_upper,
        column_lower=column_lower,
        column_upper=column_upper,
        offset=float(offset[0]),
    )


class _Probe:
    """States the question with many numbers moved at once and tells which number stands behind each change.

    Every number moves by its own step, then by its own step times a factor that no other number has. An entry behind
    which one number stands changes by amounts whose ratio is that number's factor. Entries behind which several numbers of
    a set stand show no such ratio; then the set is halved.
    """

    def __init__(self, formulation: Formulation, numbers: UncertainRows) -> None:
        """Take a step for every number, and factors between one and two."""
        self.formulation, self.numbers = formulation, numbers
        self.base, self.units = flat(formulation.program), units_of(formulation.program)
        self.step = numbers.step
        self.factor = 1.0 + np.random.default_rng(1928).random(len(numbers))

    def slopes(self) -> tuple[Matrix, Codes]:
        """Slopes of all entries, and the numbers in which they are not linear."""
        found: list[tuple[Codes, Codes, Vector]] = [(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0))]
        sets, odd = self.sets(), []
        while sets:
            chosen = sets.pop()
            once, more = self._change(chosen, 1.0), self._change(chosen, self.factor)
            if once is not None and more is not None:
                entry = np.flatnonzero(once)
                behind, clear = self._behind(chosen, more[entry] / once[entry])
                if clear:
                    found.append((entry, behind, once[entry] / self.step[behind]))
                    continue
            if len(chosen) == 1:
                odd += chosen.tolist()
            else:
                middle = len(chosen) // 2
                sets += [chosen[middle:], chosen[:middle]]
        entry, behind, slope = (np.concatenate(parts) for parts in zip(*found, strict=True))
        slopes = Matrix(sp.coo_array((slope, (entry, behind)), shape=(len(self.base), len(self.numbers))))
        return slopes, np.array(sorted(odd), dtype=np.intp)

    def sets(self) -> list[Codes]:
        """Numbers to be moved together: of one column, coefficients by role, those of resources by the resource too.

        Those who work eat, whatever their skill: several kinds of labour stand behind one entry.
        """
        keys = [f"{row.table}.{row.column}" for row in self.numbers.table.itertuples()]
        for i, (table, number) in enumerate(
            zip(self.numbers.table["table"], self.numbers.table["number"], strict=True)
        ):
            if table == "coefficients":
                _, item, role = number.split(" ")
                keys[i] += f" {role} {item if role == 'resource' else ''}"
        return [np.flatnonzero(np.array(keys, object) == key) for key in dict.fromkeys(keys)]

    def _change(self, chosen: Codes, factor: float | Vector) -> Vector | None:
        values = self.numbers.now.copy()
        values[chosen] += (self.step * factor)[chosen]
        program = in_full(self.formulation, self.numbers, values)
        if not program.same_pattern(self.formulation.program):
            return None
        return difference(flat(program), self.base, self.units)

    def _behind(self, chosen: Codes, ratio: Vector) -> tuple[Codes, bool]:
        """The number behind each change, by the ratio of the two; and whether every ratio is some number's factor."""
        order = chosen[np.argsort(self.factor[chosen])]
        factor = self.factor[order]
        near = np.clip(np.searchsorted(factor, ratio), 1, max(1, len(factor) - 1))
        left = near - 1
        near = np.minimum(near, len(factor) - 1)
        near = np.where(np.abs(factor[left] - ratio) <= np.abs(factor[near] - ratio), left, near)
        return order[near], bool((np.abs(factor[near] - ratio) <= _MATCH).all())


def units_of(program: LinearProgram) -> Vector:
    """What is neither much nor little for each number of a program, in its unit; in the order of ``flat``."""
    scaling = scaling_of(program)
    factor, matrix = scaling.objective(program), program.matrix
    rows = 1.0 / scaling.rows
    of_entries = np.repeat(rows, np.diff(matrix.indptr)) / scaling.columns[matrix.indices]
    columns = scaling.columns
    return np.concatenate([of_entries, 1.0 / (columns * factor), rows, rows, columns, columns, [1.0 / factor]])


def difference(one: Vector, other: Vector, units: Vector) -> Vector:
    """One vector less the other, nothing where both are infinite; rounding is no difference.

    Args:
        one: numbers of a program (`flat`).
        other: likewise.
        units: of each (`units_of`).
    """
    with np.errstate(invalid="ignore"):
        change = one - other
    change[~np.isfinite(change)] = 0.0
    size = np.where(np.isfinite(other), np.abs(other), 0.0)
    change[np.abs(change) <= 1e-14 * (units + size)] = 0.0
    return change


def _agrees(stated: ParametricProgram, moved: Codes) -> bool:
    """Whether programs at the ends of the ranges and at random points come out as if stated in full; odd numbers stay."""
    formulation, numbers = stated.formulation, stated.numbers
    moved = np.setdiff1d(moved, stated.odd)
    rng, units = np.random.default_rng(1933), units_of(formulation.program)
    low = np.where(numbers.high > numbers.low, numbers.low, np.maximum(0.0, numbers.central - numbers.step))
    high = np.where(numbers.high > numbers.low, numbers.high, numbers.central + numbers.step)
    points = [low, high, *(low + rng.random(len(numbers)) * (high - low) for _ in range(2))]
    for point in points if len(moved) else []:
        values = numbers.now.copy()
        values[moved] = point[moved]
        whole = in_full(formulation, numbers, values)
        if not whole.same_pattern(formulation.program):
            return False
        one, other = flat(stated.at(values)), flat(whole)
        if not np.array_equal(np.isinf(one), np.isinf(other)):
            return False
        size = units + np.abs(np.where(np.isinf(other), 0.0, other))
        if (np.abs(difference(one, other, units)) > _EXACT * size).any():
            return False
    return True
