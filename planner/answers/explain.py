"""What a word means: what ``planner explain`` does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import pandas as pd

from planner.answers.base.answer import Answer
from planner.reporting.dictionary import lookup
from planner.reporting.dictionary.lookup import Entry

__all__ = ["Explanation", "explain"]


@dataclass(frozen=True, eq=False, repr=False)
class Explanation(Answer):
    """What is known of a word.

    Args:
        word: as it was asked.
        entries: each meaning it has.
    """

    kind: ClassVar[str] = "explain"
    first: ClassVar[tuple[str, ...]] = ("entries",)

    word: str
    entries: tuple[Entry, ...]

    @property
    def about(self) -> Mapping[str, Any]:
        """Which word."""
        return {"word": self.word}

    @property
    def headline(self) -> str:
        """Its first meaning, or the nearest words."""
        if not self.entries:
            return f'Nothing is called "{self.word}".{lookup.nearest(self.word)}'
        first = self.entries[0]
        return f"{first.word} ({first.kind}): {first.says}"

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        rows = [
            (one.kind, one.word, label, says)
            for one in self.entries
            for label, says in (("says", one.says), *one.facts)
        ]
        return {"entries": pd.DataFrame(rows, columns=["kind", "word", "label", "text"])}

    def _found(self) -> Mapping[str, Any]:
        return {
            "entries": [{"kind": e.kind, "word": e.word, "says": e.says, "facts": dict(e.facts)} for e in self.entries]
        }


def explain(word: str) -> Explanation:
    """Explain a constraint family, measure, objective, table, column, file of results, term or error code.

    Args:
        word: such as ``capacity``, ``coefficients.lead``, ``shadow price`` or ``E104``.

    >>> explain("E104").entries[0].kind
    'code of a finding'
    """
    return Explanation(word, tuple(lookup.explain(word)))
