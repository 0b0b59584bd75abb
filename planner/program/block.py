"""Runs of rows or columns with one name, and the names that follow from their keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[np.object_]


@dataclass(frozen=True, eq=False, repr=False)
class Block:
    """A run of rows or columns with one name: its axes, keys and units.

    A block without a name is foreign: its rows keep the names they came with.
    """

    name: str
    index: tuple[str, ...]
    keys: tuple[Labels, ...]
    unit: Labels
    start: int

    def __repr__(self) -> str:
        """Name, axes and run."""
        return f"Block({self.name}{list(self.index)}, {self.start}:{self.stop})"

    @property
    def stop(self) -> int:
        """One past the last position."""
        return self.start + len(self.unit)

    @property
    def slice(self) -> slice:
        """The run itself."""
        return slice(self.start, self.stop)

    @cached_property
    def positions(self) -> dict[tuple[str, ...], int]:
        """Position of each key."""
        keys = zip(*self.keys, strict=True) if self.keys else [()] * len(self.unit)
        return {key: self.start + i for i, key in enumerate(keys)}

    def names(self) -> list[str]:
        """Names by the grammar ``family(key,key)``: letter first, only letters, digits and ``_ . ( ) ,``.

        A key in two parts, ``coal@west``, is written as two: ``family(coal,west,1931)``.
        """
        if not self.name:
            return [str(key) for key in self.keys[0]]
        if not self.keys:
            return [self.name] * len(self.unit)
        return [
            re.sub(r"[^A-Za-z0-9_.(),]", "_", f"{self.name}({','.join(key).replace('@', ',')})")
            for key in zip(*self.keys, strict=True)
        ]
