"""Draws written down as they come, so that a run that was broken off goes on where it stopped.

What a draw gives depends on everything it was made from: data, question, seed, design, versions of the programs. The digest
of all that is the journal's key. It stands in the name of the file and in every line, so draws of different runs never
stand for each other, whoever else writes beside; and a place in which one process draws is closed to others.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from planner.analysis.uncertainty.draws import Draw
from planner.files import append, real, replace, sole_use
from planner.files.lock import beside

__all__ = ["Journal", "journal", "others"]

_KEY = 16  # hexadecimal digits of a fingerprint: 64 bits
_ENDING = "draws"


@dataclass(frozen=True)
class Journal:
    """A file of draws beside the run folder: a line of JSON for each draw of each question.

    Args:
        path: where it lies.
        key: of what is drawn.
    """

    path: Path
    key: str

    def read(self) -> dict[tuple[int, int], Draw]:
        """Draws known, by position of their question and number. Lines of another key, and a line cut short, are left out."""
        try:
            lines = self.path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return {}
        found = [draw for line in lines if (draw := self._draw(line)) is not None]
        known = {(asked, draw.number): draw for asked, draw in found}
        if len(known) < len(lines):  # begin again with what holds, or a line cut short would spoil the next
            text = "".join(self._line(asked, draw) for (asked, _), draw in known.items())
            replace(self.path, text.encode())
        return known

    def add(self, asked: int, draws: Iterable[Draw]) -> None:
        """Write draws of a question behind what is there.

        Args:
            asked: its position among all.
            draws: of it.

        Raises:
            OSError: they cannot be written; what was there before is still good.
        """
        append(self.path, "".join(self._line(asked, draw) for draw in draws))

    def _line(self, asked: int, draw: Draw) -> str:
        shares = [[_cell(share) for share in some] for some in (draw.shares, draw.alone)]
        cells = [self.key, asked, draw.number, draw.status, _cell(draw.value), *shares, draw.fails]
        return json.dumps(cells) + "\n"

    def _draw(self, line: str) -> tuple[int, Draw] | None:
        try:
            key, asked, number, status, value, shares, alone, fails = json.loads(line)
            both = tuple(map(_number, shares)), tuple(map(_number, alone))
            draw = Draw(int(number), str(status), _number(value), *both, str(fails))
        except (ValueError, TypeError, RecursionError):
            return None
        return (asked, draw) if key == self.key and isinstance(asked, int) else None


@contextmanager
def journal(folder: Path, fingerprint: str) -> Iterator[Journal]:
    """The journal of a run, alone in its use.

    Args:
        folder: of the run, beside which the journal lies.
        fingerprint: digest of all that is drawn.

    Raises:
        InUseError: another process draws for the same folder.
    """
    folder = real(folder)
    key = fingerprint[:_KEY]
    with sole_use(folder):
        yield Journal(beside(folder, f"{key}.{_ENDING}"), key)


def others(folder: Path, done: Path | None) -> list[Path]:
    """Journals of other runs to a folder, broken off and not gone on with.

    Args:
        folder: of the run.
        done: the journal of the run itself.
    """
    folder = real(folder)
    start, _, end = beside(folder, f"*.{_ENDING}").name.rpartition("*")
    found = sorted(path for path in folder.parent.iterdir() if path.name.startswith(start) and path.name.endswith(end))
    return [path for path in found if path != done and len(path.name) == len(start) + _KEY + len(end)]


def _cell(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _number(cell: float | None) -> float:
    return float("nan") if cell is None else float(cell)
