"""Text of the data on a screen: every word of it, and nothing that a terminal or a reader would obey or not see.

Titles, names, notes and names of files may hold anything. Control signs and escape sequences move the cursor or hide what
was printed; signs that turn the direction of writing show a text other than the one that stands there. Both are shown as
their escapes. Signs that a screen has no place for are shown as their nearest plain ones.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import TextIO

__all__ = ["bold", "in_json", "legible", "marked", "printable"]

_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control signs
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"  # not to be seen
    "\ud800-\udfff]"  # no signs at all: bytes of a file's name that is not text
)
_START, _END = "\x02", "\x03"  # start and end of text, of which nothing is seen anywhere
_PLAIN = {
    "…": "...",
    "–": "-",
    "—": "-",
    "−": "-",
    "‐": "-",
    "·": "-",
    "•": "*",
    "→": "->",
    "←": "<-",
    "⇒": "=>",
    "×": "x",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~",
    "∞": "inf",
    "∑": "sum",
    "Σ": "sum ",
    "θ": "theta",
    "λ": "lambda",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "«": '"',
    "»": '"',
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "✓": "yes",
    "✗": "no",
    "⁺": "+",
    "⁻": "-",
    "₋": "-",
    "₁": "1",
    "─": "-",
    "━": "-",
    "╴": "-",
    "╶": "-",
    "╸": "-",
    "╺": "-",
    "│": "|",
    "┃": "|",
    "┼": "+",
    "╇": "+",
    "╈": "+",
}


def printable(text: str, *, lines: bool = False) -> str:
    r"""Text that a terminal only shows.

    Args:
        text: any.
        lines: whether line ends in it are meant.

    >>> print(printable("\x1b[2Jsteel\u202e 1933\nsolved"))
    \x1b[2Jsteel\u202e 1933\nsolved
    """
    return _UNSEEN.sub(lambda found: "\n" if lines and found[0] == "\n" else _escape(found[0]), text)


def _escape(sign: str) -> str:
    return repr(sign)[1:-1] if not "\ud800" <= sign <= "\udfff" else f"\\u{ord(sign):04x}"


def bold(text: str) -> str:
    """Text that is to be bold where a screen can show it; the marks are signs that no text shows."""
    return f"{_START}{text}{_END}"


def marked(text: str) -> list[tuple[str, bool]]:
    """The parts of a text, and whether each is bold.

    >>> marked(f"{bold('The plan')}: inside")
    [('The plan', True), (': inside', False)]
    """
    parts: list[tuple[str, bool]] = []
    strong = False
    for part in re.split(f"([{_START}{_END}])", text):
        if part in (_START, _END):
            strong = part == _START
        elif part:
            parts.append((part, strong))
    return parts


def in_json(text: str) -> str:
    r"""JSON text in which signs that are not to be seen stand as JSON's own escapes; line ends between values stay.

    >>> in_json('{"title": "steel\u202e"}')
    '{"title": "steel\\u202e"}'
    """
    return _UNSEEN.sub(lambda found: found[0] if found[0] == "\n" else json.dumps(found[0])[1:-1], text)


def legible(stream: TextIO | None) -> None:
    """Let a stream show in plain signs what its code page lacks, instead of failing.

    Args:
        stream: standard output or error; ``None`` and what is no stream of text stay as they are.
    """
    if stream is not None and hasattr(stream, "reconfigure"):
        stream.reconfigure(errors=_NAME)


_NAME = "planner.plain"


def _in_plain_signs(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    shown = "".join(_PLAIN.get(sign) or sign.encode("ascii", "backslashreplace").decode() for sign in signs)
    return shown, error.end


codecs.register_error(_NAME, _in_plain_signs)
