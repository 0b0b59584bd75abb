"""How long periods are, and which of them are parts of a longer one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.program import Matrix, lag, to_the

__all__ = ["Time"]

_HAIR = 1e-9  # of a unit of time: rounding of lengths added up
_MOST = 1000.0  # units of time; what takes longer, beyond the horizon, takes for ever

_Vector = npt.NDArray[np.float64]
_Codes = npt.NDArray[np.intp]


class Time:
    """Time as the periods of a horizon cut it up.

    A period without a row is one unit of time long and whole. Parts follow one another; building, retirement and growth of
    plant go by whole periods, as they open. After the last period time goes on in wholes as long as the last.

    Args:
        periods: labels of the horizon.
        frame: the periods table.

    >>> rows = pd.DataFrame({"period": ["1.dry", "1.wet", "2"], "length": [0.25, 0.75, 2.0], "part_of": ["1", "1", ""]})
    >>> time = Time(["1.dry", "1.wet", "2"], rows)
    >>> time.even, time.whole_length.tolist(), time.opens.tolist(), time.opening(4).tolist()
    (False, [1.0, 1.0, 2.0], [True, False, True], [0.0, 0.25, 1.0, 3.0, 5.0])
    """

    def __init__(self, periods: Sequence[str], frame: pd.DataFrame) -> None:
        """Look up the length and the whole of every period."""
        lengths = dict(zip(frame["period"], frame["length"], strict=True))
        wholes = dict(zip(frame["period"], frame["part_of"], strict=True))
        self.T = len(periods)
        self.length: _Vector = np.array([lengths.get(label, 1.0) for label in periods], dtype=float)
        self.whole: tuple[str, ...] = tuple(wholes.get(label) or label for label in periods)
        self.parted = any(whole != label for whole, label in zip(self.whole, periods, strict=True))
        self.even = not self.parted and bool((self.length == 1.0).all())

    @cached_property
    def of(self) -> _Codes:
        """Which whole each period belongs to, counted from the first, shape (T,)."""
        return np.cumsum([label != before for label, before in zip(self.whole, ("", *self.whole), strict=False)]) - 1

    @cached_property
    def wholes(self) -> tuple[str, ...]:
        """Labels of the wholes in order."""
        return tuple(dict.fromkeys(self.whole))

    @cached_property
    def whole_length(self) -> _Vector:
        """Length of the whole that each period belongs to, shape (T,)."""
        return np.bincount(self.of, self.length).astype(float)[self.of]

    @cached_property
    def opens(self) -> npt.NDArray[np.bool_]:
        """Periods with which a whole opens, shape (T,)."""
        return np.diff(self.of, prepend=-1) > 0

    @cached_property
    def closes(self) -> npt.NDArray[np.bool_]:
        """Periods with which a whole closes, shape (T,)."""
        return np.append(self.opens[1:], True)

    def lasting(self, periods: int) -> _Vector:
        """Time for which plant ages as each of so many periods opens: that of the whole, and none between its parts."""
        last = np.full(max(periods - self.T, 0), self.whole_length[-1])
        return np.append(np.where(self.opens, self.whole_length, 0.0), last)[:periods]

    def opening(self, periods: int) -> _Vector:
        """Time at which each of so many periods opens, and at which the last of them closes, from the first on."""
        last = np.full(max(periods - self.T, 0), self.whole_length[-1])
        return np.concatenate([[0.0], np.cumsum(np.append(self.length, last))])[: periods + 1]

    def at(self, times: _Vector | _Codes) -> _Codes:
        """The period that each moment lies in; negative before the first, after the last counted on."""
        if self.even:
            floors: _Codes = np.floor(np.asarray(times, dtype=float) + _HAIR).astype(np.intp)
            return floors
        beyond = int(np.max(times, initial=0.0) / self.whole_length[-1]) + 2
        found: _Codes = np.searchsorted(self.opening(self.T + beyond) - _HAIR, times, side="right") - 1
        return found

    def arrival(self, durations: _Codes, periods: int = 0) -> _Codes:
        """The period from which on something is there that takes so long, by what takes it and the period that opens with it.

        Args:
            durations: shape (items,).
            periods: of beginning, from the first; those of the horizon where it says none.

        Returns:
            Positions of periods with which a whole opens, shape (items, periods).
        """
        periods = periods or self.T
        begun = np.arange(periods)
        if self.even:
            return np.asarray(durations[:, None] + begun)
        opening = self.opening(periods)
        ends = opening[:-1] + np.minimum(durations, _MOST + opening[-1])[:, None]
        beyond = int(ends.max(initial=0.0) / self.whole_length[-1]) + 2
        last = max(self.T + beyond, periods + 1)
        opens = np.flatnonzero(np.append(self.opens, np.ones(last - self.T, dtype=bool)))
        found: _Codes = opens[np.searchsorted(self.opening(last)[opens] + _HAIR, ends)]
        return np.maximum(found, begun)

    def left(self, share: _Vector, since: _Codes, until: _Codes) -> _Vector:
        """What is left of one in a later period, when a share stays for each unit of time.

        Args:
            share: by case.
            since: period in which it was one, by case; -1 is the base date.
            until: the later one, by case; where it is not, all is left.
        """
        ages = np.concatenate([[0.0], np.cumsum(self.lasting(int(np.max(until, initial=0)) + 1))])
        return to_the(share, np.maximum(ages[until + 1] - ages[np.minimum(since, until) + 1], 0.0))

    def pace(self, share: _Vector, periods: int) -> _Vector:
        """By what share something grows at most in each of so many periods, at a share a unit of time, shape (items, periods)."""
        times = np.tile(self.lasting(periods), len(share))
        grown = to_the(1.0 + np.repeat(share, periods), times).reshape(len(share), periods) - 1.0
        return np.where(times.reshape(grown.shape) == 1.0, share[:, None], grown)

    def after(self, durations: _Codes, share: _Vector | None = None) -> Matrix:
        """A block of items by period as it is once so much time has passed, less what does not stay.

        Args:
            durations: of each item.
            share: of each that stays for a unit of time; all of it where none is given.
        """
        size = len(durations)
        stays = np.ones(size) if share is None else share
        if self.even:
            return lag(size, self.T, durations, to_the(stays, np.minimum(durations, self.T).astype(float)))
        item, begun = (axis.ravel().astype(np.intp) for axis in np.indices((size, self.T)))
        comes = self.arrival(durations).ravel()
        inside = (comes < self.T) & self.opens[begun]
        item, begun, comes = item[inside], begun[inside], comes[inside]
        value = self.left(stays[item], begun, comes)
        return Matrix((value, (item * self.T + comes, item * self.T + begun)), shape=(size * self.T,) * 2)

    def spans(self, years: _Codes) -> tuple[_Codes, _Codes, _Codes, _Vector]:
        """Where what is taken in a unit of time after a beginning falls.

        Args:
            years: the first unit of time counted as 1, shape (rows,).

        Returns:
            Row, period of beginning, period in which it is taken, and what part of it, of all that lies within the horizon.
        """
        row, begun = (axis.ravel().astype(np.intp) for axis in np.indices((len(years), self.T)))
        if self.even:
            taken = begun + years[row] - 1
            inside = taken < self.T
            return row[inside], begun[inside], taken[inside], np.ones(int(inside.sum()))
        opening = self.opening(self.T)
        first = opening[begun] + years[row] - 1.0
        met = np.minimum(first[:, None] + 1.0, opening[1:]) - np.maximum(first[:, None], opening[:-1])
        met[~self.opens[begun]] = 0.0
        case, taken = np.nonzero(met > _HAIR)
        return row[case], begun[case], taken.astype(np.intp), met[case, taken]

    def before(self, items: int, round_: npt.NDArray[np.bool_]) -> Matrix:
        """A block of items by period as it was in the period before.

        Args:
            items: number of items.
            round_: of which the first part of a whole comes after its last, shape (items,).
        """
        if not round_.any():
            return lag(items, self.T)
        item, at = (axis.ravel() for axis in np.indices((items, self.T)))
        closing = np.flatnonzero(self.closes)[self.of]
        since = np.where(round_[item] & self.opens[at], closing[at], at - 1)
        inside = since >= 0
        cells = (item * self.T + at)[inside], (item * self.T + since)[inside]
        return Matrix((np.ones(len(cells[0])), cells), shape=(items * self.T,) * 2)

    def totals(self) -> Matrix:
        """Period by period: each whole's sum where it closes, nothing in its other parts."""
        closing = np.flatnonzero(self.closes)[self.of]
        return Matrix((np.ones(self.T), (closing, np.arange(self.T))), shape=(self.T, self.T))
