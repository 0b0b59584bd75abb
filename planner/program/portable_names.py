"""Names that every file format and every solver reads back as they were written.

Our own names follow the grammar ``family(key,key)``, which MPS, LP and PuLP all keep. Names of foreign programs may
hold anything; one bad or repeated name makes HiGHS drop all names of its kind, and PuLP writes ``_`` for some signs,
after which two names may be one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

LONGEST = 100  # CBC and CPLEX cut or refuse longer names in LP files
_GRAMMAR = re.compile(r"[A-Za-z][A-Za-z0-9_.(),]*")
_NUMBER = re.compile(r"[eE][0-9]")  # an LP file would read `3 e5` as a number
_RESERVED = re.compile(
    "free|inf|infinity|st|subject|such|to|bounds?|bin|binary|binaries|gen|generals?|int|integers?|end|min|max|"
    "minimi[sz]e|maximi[sz]e|minimum|maximum|semi|sos|rhs|ranges|obj",
    re.IGNORECASE,
)


def portable(names: Sequence[str]) -> list[str]:
    """Names that survive every round trip: unique, plain and short; a name that is so already stays as it is.

    Args:
        names: in order, unique or not.

    Returns:
        One name for each; what was changed ends in ``.N``, its position counted from 1.

    >>> portable(["activity(steel,1933)", "3rd row", "3rd-row", "free", "e5"])
    ['activity(steel,1933)', 'n3rd_row.2', 'n3rd_row.3', 'free.4', 'ne5.5']
    """
    kept = {name for name, times in Counter(names).items() if times == 1 and _is_portable(name)}
    return [name if name in kept else _plain(name, number, kept) for number, name in enumerate(names, start=1)]


def _is_portable(name: str) -> bool:
    plain = _GRAMMAR.fullmatch(name) is not None and len(name) <= LONGEST
    return plain and not _NUMBER.match(name) and not _RESERVED.fullmatch(name)


def _plain(name: str, number: int, taken: set[str]) -> str:
    stem, end = re.sub(r"[^A-Za-z0-9_.(),]", "_", name), f".{number}"
    if not stem[:1].isalpha() or _NUMBER.match(stem):
        stem = f"n{stem}"
    while stem[: LONGEST - len(end)] + end in taken:
        end += "_"
    return stem[: LONGEST - len(end)] + end
