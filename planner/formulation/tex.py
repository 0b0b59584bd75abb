"""A question in LaTeX: its symbols, and every constraint family as an equation with the sentence that says it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from planner.formulation.question import Question
from planner.formulation.registry import FAMILIES, Family
from planner.formulation.symbols import SYMBOLS, Symbol
from planner.formulation.unknowns import UNKNOWNS

__all__ = ["as_text", "equation", "symbols_in", "tex"]

_GREEK = {"θ": r"\theta", "κ": r"\kappa", "δ": r"\delta", "σ": r"\sigma", "λ": r"\lambda", "π": r"\pi"}
_SIGNS = {"Σ": r"\sum", "≤": r"\le", "≥": r"\ge", "−": "-", "′": "'", "·": r"\cdot", "×": r"\times"}
_RAISED = dict(zip("⁺⁻ᵉᵐᵗˢ", "+-emts", strict=True))
_LOWERED = dict(zip("₋₊₀₁ₛₜ", "-+01st", strict=True))
_KNOWN = {s.symbol for s in SYMBOLS}
_LETTERS = {symbol[0] for symbol in _KNOWN if symbol[0].isascii()}
_UNKNOWN = {u.symbol for u in UNKNOWNS.values()}
_TOKEN = re.compile(
    rf"(?P<raised>[{''.join(_RAISED)}]+)|(?P<lowered>[{''.join(_LOWERED)}]+[λL]?)|(?P<word>[A-Za-z]+(?:[ ,]+[A-Za-z]+)*)"
)

_START = r"""\documentclass{article}
\usepackage{amsmath,longtable}
\begin{document}
"""


def tex(question: Question) -> str:
    """A document that states a question.

    Args:
        question: whose families and objective are written.

    Returns:
        LaTeX in ASCII, which needs amsmath and longtable alone.
    """
    families = [f for f in FAMILIES.values() if f.part_of in question.families]
    used = {symbol for family in families for symbol in symbols_in(family.algebra)}
    unknown = [s for s in SYMBOLS if s.unknown and s.symbol in used]
    data = [s for s in SYMBOLS if not s.unknown and s.symbol in used]
    parts = [
        _START,
        rf"\section*{{{as_text(question.title)}}}",
        "",
        rf"Sought: {as_text(question.sought.says)}.",
        "",
        rf"\subsection*{{Unknowns}}{chr(10)}{_table(unknown)}",
        rf"\subsection*{{Data}}{chr(10)}{_table(data)}",
        r"\subsection*{Constraints}",
        *(line for family in families for line in _stated(family)),
        r"\end{document}",
        "",
    ]
    return "\n".join(parts)


def equation(algebra: str) -> str:
    r"""The algebra of a family in LaTeX's mathematics.

    Args:
        algebra: as the family writes it.

    >>> equation("K = (1−δ)K₋₁ + pipeline + u₋L")
    'K = (1-\\delta )K_{-1} + \\text{pipeline} + u_{-L}'
    >>> equation("κx ≤ qK")
    '\\kappa x \\le  qK'
    """
    found = _TOKEN.sub(_token, algebra)
    return "".join(
        f"{_GREEK[c]} " if c in _GREEK else f"{_SIGNS[c]} " if c in _SIGNS and c not in "−′" else _SIGNS.get(c, c)
        for c in found
    )


def symbols_in(algebra: str) -> set[str]:
    """Symbols that an algebra uses.

    >>> sorted(symbols_in("πᵉe + d + other receipts ≥ A⁻x₊λ"))
    ['A⁻', 'd', 'e', 'x', 'λ', 'πᵉ']
    """
    words = {part for m in re.finditer(r"[A-Za-z]+", algebra) for part in _parts(m.group())}
    longer = {s for s in _KNOWN if len(s) > 1 and s in algebra}
    marks = {"ₛ": "s", "ˢ": "s", "ₜ": "t", "ᵗ": "t"}
    single = {s for s in _KNOWN if len(s) == 1 and (s in words or (not s.isascii() and s in algebra))}
    return (
        longer
        | single - {s[0] for s in longer if algebra.count(s[0]) == algebra.count(s)}
        | {letter for mark, letter in marks.items() if mark in algebra}
    )


def _parts(letters: str) -> tuple[str, ...]:
    """A run of letters: one symbol, a coefficient before an unknown, or a word."""
    if letters in _LETTERS:
        return (letters,)
    if len(letters) == 2 and letters[0] in _LETTERS - _UNKNOWN and letters[1] in _UNKNOWN:
        return tuple(letters)
    return ()


def _token(found: re.Match[str]) -> str:
    text = found.group()
    if found["raised"]:
        return "^{" + "".join(_RAISED[c] for c in text) + "}"
    if found["lowered"]:
        return "_{" + "".join(_LOWERED.get(c, c) for c in text) + "}"
    return re.sub(r"[A-Za-z]+(?:[ ,]+[A-Za-z]+)*", lambda m: _words(m.group()), text)


def _words(text: str) -> str:
    """Runs of letters, symbols among them, as LaTeX: words upright, symbols as they are."""
    pieces = re.split(r"([ ,]+)", text)
    out, plain = "", ""
    for piece in pieces:
        if re.fullmatch("[A-Za-z]+", piece) and _parts(piece):
            out += (r"\text{" + plain + "}" if plain.strip() else plain) + piece
            plain = ""
        else:
            plain += piece
    return out + (r"\text{" + plain + "}" if plain.strip() else plain)


def _stated(family: Family) -> Iterator[str]:
    each = f" One for each {', '.join(family.index)}; {family.unit}." if family.index else ""
    yield rf"\paragraph{{{as_text(family.name)}}} {as_text(family.says + each)}"
    yield from (rf"\[ {equation(part)} \]" for part in family.algebra.split("; "))


def _table(symbols: list[Symbol]) -> str:
    rows = "\n".join(
        rf"$ {equation(s.symbol)} $ & {as_text(s.term)} & {as_text(', '.join(s.index))} & {as_text(s.unit)} \\"
        for s in symbols
    )
    return rf"\begin{{longtable}}{{llll}}{chr(10)}symbol & term & index & unit \\ \hline{chr(10)}{rows}{chr(10)}\end{{longtable}}"


_COMMANDS = str.maketrans(
    {sign: f"\\{sign}" for sign in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)


def as_text(words: str) -> str:
    r"""Words with what LaTeX reads as a command made harmless.

    >>> print(as_text(r"a_b costs 5 %, C:\temp"))
    a\_b costs 5 \%, C:\textbackslash{}temp
    """
    words = words.translate(_COMMANDS)
    for mathematical in re.findall(r"[^\x00-\x7f]+", words):
        words = words.replace(mathematical, f"${equation(mathematical).strip()}$", 1)
    return words
