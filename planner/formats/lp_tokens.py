"""Words, numbers and signs of a CPLEX LP file, and which lines open a section."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(
    r"(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<sense><=|=<|>=|=>|<|>|=)"
    r"|(?P<sign>[-+:\[\]*^/])"
    r"|(?P<name>[^\s\d.+\-*^<>=:\[\]/\\][^\s+\-*^<>=:\\]*)",
    re.ASCII,
)
_SECTIONS = {
    "minimi[sz]e|minimum|min": "min",
    "maximi[sz]e|maximum|max": "max",
    r"subject\s+to|such\s+that|st|s\.\s?t\.|st\.|subjectto": "rows",
    "bounds?": "bounds",
    "generals?|gen|integers?|int": "whole",
    "binary|binaries|bin": "binary",
    "end": "end",
    r"lazy\s+constraints": "lazy",
    r"user\s+cuts": "user cuts",
    "semi-continuous|semis?": "semi-continuous columns",
    r"sos[12]?": "special ordered sets",
    r"general\s+constraints?|gencons?|genconstrs?": "general constraints",
    "pwlobj": "a piecewise-linear objective",
    r"multi-objectives?": "several objectives",
    "scenario": "scenarios",
}
_PATTERNS = [(re.compile(rf"\s*(?:{words})(?=\s|$)", re.IGNORECASE), name) for words, name in _SECTIONS.items()]
SECTION_NAMES = ("Bounds", "General", "Binary", "Integers", "Subject To", "End", "Lazy Constraints")
OPEN = {"min", "max", "rows", "bounds", "whole", "binary", "end", "lazy"}


class Token(NamedTuple):
    """A word, number or sign and its line."""

    kind: str
    text: str
    line: int


def section_of(line: str) -> tuple[str, str] | None:
    """The section that a line opens, and what stands behind the keyword; ``None`` for any other line.

    A keyword stands at the beginning of a line and is followed by white space; with a colon, a sense or a sign behind it, it
    is a name.

    >>> section_of("  Subject To c1: x >= 1"), section_of("st >= 4"), section_of("free: x = 1"), section_of("End")
    (('rows', ' c1: x >= 1'), None, None, ('end', ''))
    """
    found = [(match.end(), name) for pattern, name in _PATTERNS if (match := pattern.match(line))]
    if not found:
        return None
    stop, name = max(found)
    rest = line[stop:]
    follows = rest.lstrip()[:1]
    if follows in set(":<>=") or (follows in set("+-*^") and name not in ("min", "max", "rows")):
        return None
    return name, rest


def is_keyword(name: str) -> bool:
    """Whether a name is a word that opens a section, or ``free`` or infinity."""
    return name.lower() in ("free", "inf", "infinity") or section_of(name) is not None


def tokens_of(text: str, line: int) -> list[Token]:
    """The tokens of a line; what is none becomes one of the kind ``other``.

    >>> [token.text for token in tokens_of("c1: 3x - 2.5e1 y<=4", 1)]
    ['c1', ':', '3', 'x', '-', '2.5e1', 'y', '<=', '4']
    """
    found, at = [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(text, at)
        if match:
            found.append(Token(str(match.lastgroup), match.group(), line))
            at = match.end()
        else:
            found.append(Token("other", text[at], line))
            at += 1
    return found
