"""What a text of periods means: one label, ``first..last``, or a comma list of these.

Two spellings of the same periods are one cell: ``1..1`` is ``1``, and ``1929,1930,1931`` is ``1929..1931``. Tables are put
into one spelling when they are read, so that keys can be compared as text ever after.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from planner.economy.findings import did_you_mean
from planner.economy.schema.columns import Table

__all__ = [
    "keys_meant",
    "labels_of",
    "meant",
    "one_spelling",
    "overlapping",
    "parts_of",
    "span",
    "spelled",
    "split_periods",
    "with_last",
]


def split_periods(text: str, known: Sequence[str]) -> list[str]:
    """Periods that a text names, in the order of the horizon.

    Args:
        text: what a target, an actual or a term of an objective says.
        known: labels in order.

    Raises:
        LookupError: with a sentence, when a label is unknown.
        ValueError: with a sentence, when one is named twice or a range runs backwards.

    >>> split_periods("1929..1931", ["1929", "1930", "1931"])
    ['1929', '1930', '1931']
    >>> split_periods("1930", ["1929", "1930.dry", "1930.wet"])
    ['1930.dry', '1930.wet']
    """
    named: list[str] = []
    for part in text.split(","):
        first, dots, last = (piece.strip() for piece in part.partition(".."))
        ends = [first, last] if dots else [first]
        named_parts = [[label] if label in known else parts_of(label, known) for label in ends]
        for label, parts in zip(ends, named_parts, strict=True):
            if not parts:
                near = did_you_mean(label, known)
                raise LookupError(f'"{label}" is not a period of this economy ({span(known)}).{near}')
        some = list(known[known.index(named_parts[0][0]) : known.index(named_parts[-1][-1]) + 1])
        if not some or set(some) & set(named):
            raise ValueError(f'"{text}" runs backwards or names a period twice. Write them in order, each once.')
        named += some
    return sorted(named, key=list(known).index)


def parts_of(whole: str, known: Sequence[str]) -> list[str]:
    """Labels of the parts of a period that is none itself.

    >>> parts_of("1930", ["1930.dry", "1930.wet"]), parts_of("1", ["1", "1.5"])
    (['1930.dry', '1930.wet'], [])
    """
    return [] if whole in known else [label for label in known if label.startswith(f"{whole}.")]


def span(known: Sequence[str]) -> str:
    """The labels there are, the middle of a long list left out.

    >>> span(["1", "2"]), span([str(year) for year in range(1929, 1942)])
    ('1, 2', '1929 .. 1941')
    """
    return ", ".join(known) if len(known) < 9 else f"{known[0]} .. {known[-1]}"


def spelled(text: str, known: Sequence[str]) -> str:
    """The one spelling of what a text names; a text that names no periods is left as it is.

    >>> [spelled(text, ["1", "2", "3", "4"]) for text in ("1..1", "2, 1", "4,1..2", "1,3", "spring")]
    ['1', '1..2', '1..2, 4', '1, 3', 'spring']
    >>> spelled("1.a..1.b", ["1.a", "1.b", "2"])
    '1'
    """
    try:
        labels = split_periods(text, known)
    except (LookupError, ValueError):
        return text
    return _joined(labels, known)


def _joined(labels: Sequence[str], known: Sequence[str]) -> str:
    """Labels in order as text, neighbours drawn together."""
    runs: list[list[str]] = []
    for label in labels:
        follows = bool(runs) and known.index(runs[-1][-1]) + 1 == known.index(label)
        if follows:
            runs[-1].append(label)
        else:
            runs.append([label])
    return ", ".join(run[0] if len(run) == 1 else _whole(run, known) or f"{run[0]}..{run[-1]}" for run in runs)


def _whole(run: Sequence[str], known: Sequence[str]) -> str:
    """The period of which a run of labels is all the parts; nothing where there is none."""
    whole = run[0].rpartition(".")[0]
    return whole if whole and parts_of(whole, known) == list(run) else ""


def with_last(text: str, last: Sequence[str], known: Sequence[str], moved: int = 1) -> str:
    """The periods of a text with the last of them moved to others; a range grows or shrinks with its end.

    Args:
        text: names periods.
        last: the labels to end with, in order.
        known: labels in order, among them ``last``.
        moved: how many of the text's labels move: the parts of a whole move together.

    >>> years = ["1", "2", "3", "4"]
    >>> cases = ("2", "4"), ("1..2", "4"), ("1,3", "4"), ("1..3", "2"), ("2..3", "1")
    >>> [with_last(text, [last], years) for text, last in cases]
    ['4', '1..4', '1, 4', '1..2', '1']
    >>> with_last("1", ["2.a", "2.b"], ["1.a", "1.b", "2.a", "2.b"], 2)
    '2'
    """
    labels, at = split_periods(text, known), known.index
    before, own = labels[:-moved], labels[-moved:]
    if before and at(before[-1]) + 1 == at(own[0]):
        before = before + list(known[at(own[0]) : at(last[0])])
    return _joined([label for label in before if at(label) < at(last[0])] + list(last), known)


def overlapping(one: str, other: str, known: Sequence[str]) -> bool:
    """Whether two texts name some period in common.

    >>> overlapping("1..2", "2", ["1", "2"]), overlapping("1", "2", ["1", "2"])
    (True, False)
    """
    try:
        return bool(set(split_periods(one, known)) & set(split_periods(other, known)))
    except (LookupError, ValueError):
        return False


def labels_of(table: Table, base_period: str, periods: Sequence[str]) -> tuple[str, ...]:
    """Labels that the lists of a table may name: of what happened, the base period too."""
    return ((base_period,) if table.name == "actuals" and base_period else ()) + tuple(periods)


def one_spelling(table: Table, frame: pd.DataFrame, base_period: str, periods: Sequence[str]) -> pd.DataFrame:
    """The rows with every text of periods in its one spelling.

    Args:
        table: whose rows they are.
        frame: the rows.
        base_period: labels of ``economy.toml``.
        periods: likewise.
    """
    known = labels_of(table, base_period, periods)
    changed = {}
    for name in table.lists if len(frame) else ():
        texts = {text: spelled(text, known) for text in frame[name].unique()}
        changed[name] = frame[name].map(texts).astype(frame[name].dtype)
    return frame.assign(**changed) if changed else frame


def meant(table: Table, name: str, text: str, known: Sequence[str], first: str) -> str:
    """A cell of a key by what it means: periods in one spelling, the first period left unsaid where it may be.

    Args:
        table: where it stands.
        name: likewise.
        text: the cell.
        known: labels a list may name.
        first: label of the first period.
    """
    if name in table.lists:
        return spelled(text, known)
    return "" if name in table.open_ended and text == first else text


def keys_meant(table: Table, frame: pd.DataFrame, periods: Sequence[str]) -> pd.DataFrame:
    """The key of each row by what it means, shape (rows, key columns).

    Args:
        table: whose rows they are.
        frame: in one spelling.
        periods: the horizon.
    """
    keys = frame[list(table.key)]
    return keys.assign(**{name: keys[name].mask(keys[name] == periods[0], "") for name in table.open_ended if periods})
