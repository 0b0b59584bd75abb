"""The proofs of a run added up again: what ``planner verify`` does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from planner.answers.base.answer import Answer
from planner.answers.base.rebuild import differences, made_from
from planner.language.counting import counted, verb
from planner.proof.verify import stated
from planner.proof.verify import verify as add_up

__all__ = ["Verification", "verify"]


@dataclass(frozen=True, eq=False, repr=False)
class Verification(Answer):
    """Whether everything that a run calls proved adds up.

    Args:
        folder: the run.
        statements: what is proved, in sentences.
        failures: what does not add up, or is not as the data make it.
        rebuilt: whether the run was made anew as well.
    """

    kind: ClassVar[str] = "verify"
    first: ClassVar[tuple[str, ...]] = ("statements", "failures")

    folder: Path
    statements: tuple[str, ...]
    failures: tuple[str, ...]
    rebuilt: bool = False

    @property
    def verified(self) -> bool:
        """Whether nothing fails."""
        return not self.failures

    @property
    def failing(self) -> str:
        """How much fails, in a sentence; nothing where nothing does."""
        count = len(self.failures)
        if count == 1 and not self.statements and not (self.folder / "certificate.csv").exists():
            return (
                "there is nothing to add up. No certificate stands in this run: what it says to be within reach, or best, rests "
                "on a checked point."
            )
        return f"{counted(count, 'thing')} {verb(count, 'does', 'do')} not add up." if count else ""

    @property
    def about(self) -> Mapping[str, Any]:
        """Which run."""
        return {"run": self.folder.as_posix(), "rebuilt": self.rebuilt}

    @property
    def headline(self) -> str:
        """Whether nothing fails, and how much is proved."""
        if self.failures:
            return f"NOT VERIFIED: {self.failing}"
        return f"VERIFIED: {counted(len(self.statements), 'statement')}."

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        return {name: pd.DataFrame({name[:-1]: list(getattr(self, name))}) for name in self.first}

    def _found(self) -> Mapping[str, Any]:
        return {"verified": self.verified, "statements": list(self.statements), "failures": list(self.failures)}


def verify(run: str | Path, *, rebuild: bool = False, economy: str | Path | None = None) -> Verification:
    """Add up the certificates of a run in exact arithmetic.

    Args:
        run: the folder of a run.
        rebuild: whether the run is made anew from the data package, and compared file by file.
        economy: the data package, where it is not the one the manifest names.
    """
    statements, failures = list[str](), list[str]()
    if rebuild and not any(Path(run).rglob("certificate.csv")):  # nothing is called proved there
        failures += stated(Path(run))[2]
    else:
        found = add_up(run)
        statements, failures = list(found.statements), list(found.failures)
    if rebuild:
        try:
            failures += differences(run, economy)
            statements += made_from(Path(run), economy)
        except ValueError as error:
            failures.append(str(error))
    return Verification(Path(run), tuple(statements), tuple(failures), rebuild)
