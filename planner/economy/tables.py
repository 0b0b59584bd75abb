"""The tables of an economy, held together: none can be exchanged, and numbers read from files cannot be written over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

__all__ = ["Tables", "content", "made_like", "sealed", "unlike"]


class Tables(Mapping[str, pd.DataFrame]):
    """Tables by name, in the order of the schema.

    A frame given from outside is taken as a copy that shares its numbers until either is written to, so that whoever
    made it may go on with it.

    Args:
        frames: by name.
    """

    def __init__(self, frames: Mapping[str, pd.DataFrame]) -> None:
        """Take the frames over."""
        self._frames = {name: frame.copy(deep=False) for name, frame in frames.items()}

    def __getitem__(self, name: str) -> pd.DataFrame:
        """One table."""
        return self._frames[name]

    def __iter__(self) -> Iterator[str]:
        """Names of the tables."""
        return iter(self._frames)

    def __len__(self) -> int:
        """How many tables there are."""
        return len(self._frames)

    def with_(self, frames: Mapping[str, pd.DataFrame]) -> Tables:
        """These tables with others in the place of some, which are taken as they are."""
        result = Tables({})
        result._frames = {**self._frames, **frames}
        return result


def sealed(frames: Mapping[str, pd.DataFrame]) -> Tables:
    """Tables whose numbers cannot be written over: pandas refuses to.

    Args:
        frames: by name; they stay as they are.

    >>> frame = sealed({"supply": pd.DataFrame({"value": [1.0, 2.0]})})["supply"]
    >>> frame.loc[0, "value"] = 5.0
    Traceback (most recent call last):
    ValueError: assignment destination is read-only
    """
    return Tables({}).with_({name: _sealed(frame) for name, frame in frames.items()})


def _sealed(frame: pd.DataFrame) -> pd.DataFrame:
    columns: dict[str, pd.Series | np.ndarray] = {}
    for name, column in frame.items():
        columns[str(name)] = column  # words are shared until either is written to
        if column.dtype.kind in "iufb":
            columns[str(name)] = numbers = column.to_numpy().view()
            numbers.flags.writeable = False
    return pd.DataFrame(columns, index=frame.index, copy=False)


def made_like(frame: pd.DataFrame, count: int, columns: Mapping[str, Sequence[str] | Sequence[float]]) -> pd.DataFrame:
    """Rows of the columns of a frame: those given, and nothing in the others.

    Args:
        frame: whose columns, and their types.
        count: how many rows.
        columns: values by column, shape (count,) each.

    >>> made_like(pd.DataFrame({"key": ["a"], "value": [1.0], "source": ["s"]}), 1, {"key": ["b"]}).to_dict("records")
    [{'key': 'b', 'value': 0.0, 'source': ''}]
    """
    filled = {}
    for name, kind in frame.dtypes.items():
        nothing = 0 if pd.api.types.is_numeric_dtype(kind) else ""
        filled[name] = pd.Series(list(columns.get(str(name), [])) or [nothing] * count, dtype=kind)
    return pd.DataFrame(filled)


def unlike(one: Mapping[str, pd.DataFrame], other: Mapping[str, pd.DataFrame]) -> tuple[str, ...]:
    """Names of the tables that do not hold the same, in the order of the first, then what the second alone has."""
    changed = (name for name in one if name not in other or not _same(one[name], other[name]))
    return (*changed, *(name for name in other if name not in one))


def _same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    return one is other or one.equals(other)


def content(tables: Mapping[str, pd.DataFrame]) -> str:
    """SHA-256 of everything that tables hold, names and order of columns included."""
    digest = hashlib.sha256()
    for name, frame in tables.items():
        digest.update(f"\0{name}\0{len(frame)}".encode())
        for column in frame.columns:
            digest.update(f"\0{column}\0".encode())
            if pd.api.types.is_numeric_dtype(frame[column]):
                digest.update((frame[column].to_numpy(dtype=float) + 0.0).tobytes())  # -0 is 0
            else:
                digest.update("\0".join(map(str, frame[column])).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
