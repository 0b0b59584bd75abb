"""A strict reader of CPLEX LP files: sections, bounds and whole numbers. Rows are read in ``lp_rows``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from planner.formats.draft import ZERO, Draft
from planner.formats.findings import Findings
from planner.formats.lp_rows import read_objective, read_rows
from planner.formats.lp_tokens import OPEN, Token, section_of, tokens_of
from planner.formats.numbers import INFINITE, infinity, number
from planner.program.exact_program import Limit, Side


def read_lp(lines: Sequence[str], findings: Findings) -> Draft:
    """Read the lines of an LP file.

    Args:
        lines: of the file.
        findings: takes what is wrong with it.
    """
    draft = Draft(findings)
    parts = _sections(lines, draft)
    rows_at = next((at for at, (name, _) in enumerate(parts) if name == "rows"), None)
    if parts and parts[0][0] not in ("min", "max"):
        findings.say("E241", 0, "", "", "The file does not begin with Minimize or Maximize and an objective.")
    elif rows_at is None:
        findings.say(
            "E241", 0, "", "", "There is no section Subject To. Write it, with nothing below it if there are no rows."
        )
    for name, tokens in parts:
        if name in ("min", "max"):
            draft.sense = "max" if name == "max" else "min"
            read_objective(draft, tokens)
        elif name in ("rows", "lazy"):
            read_rows(draft, tokens, "Lazy Constraints" if name == "lazy" else "Subject To")
    binary = [token for name, tokens in parts if name == "binary" for token in tokens]
    for name, tokens in parts:
        if name == "bounds":
            for bound in _bounds_of(tokens):
                _bound(draft, bound)
    _whole(draft, [token for name, tokens in parts if name == "whole" for token in tokens], "General")
    _whole(draft, binary, "Binary")
    _zero_or_one(draft, binary)
    return draft


def _sections(lines: Sequence[str], draft: Draft) -> list[tuple[str, list[Token]]]:  # noqa: C901 - the states of a reader
    """The sections in order, each with its tokens."""
    parts: list[tuple[str, list[Token]]] = []
    findings, ended, stray = draft.findings, 0, 0
    for number_, raw in enumerate(lines, 1):
        text = raw.split("\\")[0]
        if not text.strip():
            continue
        if ended:
            findings.say(
                "E231",
                number_,
                "",
                text.strip(),
                f"This stands behind End (line {ended}), where nothing is read any more.",
            )
            break
        found = section_of(text)
        keyword = text.rstrip().removesuffix(":").strip()
        if parts and text.rstrip().endswith(":") and section_of(keyword):
            findings.say("E232", number_, keyword, "", f'No colon stands behind "{keyword}", which opens a section.')
            found = section_of(keyword)
        if found and parts and parts[-1][1][-1:] and parts[-1][1][-1].text in ("+", "-"):
            found = None  # a sign wants a term behind it: here the word is a name
        if found and found[0] == "rows" and any(name == "rows" for name, _ in parts):
            if not found[1].strip() and parts[-1][0] not in ("bounds", "whole", "binary"):
                findings.say("E232", number_, text.strip(), "", "A second section Subject To.")
                continue
            found = None
        if found:
            name, text = found
            if name in ("min", "max") and parts:
                findings.say(
                    "E232", number_, name, "", "A second objective, or one that is not at the beginning of the file."
                )
            elif name == "end":
                ended = number_
                if text.strip():
                    findings.say("E231", number_, "End", text.strip(), "Nothing stands behind End.")
            elif name == "lazy":
                findings.say(
                    "W235",
                    number_,
                    "Lazy Constraints",
                    "",
                    "Lazy constraints hold like any other row and are read as such.",
                )
            elif name in ("bounds", "whole", "binary") and not any(part == "rows" for part, _ in parts):
                findings.say(
                    "E232", number_, name, "", "The section stands before Subject To, which has to come first."
                )
            parts.append((name, []))
        if parts:
            tokens = tokens_of(text, number_)
            beyond = parts[-1][0]
            if tokens and beyond not in OPEN and not parts[-1][1]:  # an empty section states nothing
                findings.say(
                    "E238", number_, beyond, "", f"The section states {beyond}, which is no part of a linear program."
                )
            parts[-1][1].extend(tokens)
        elif not stray:
            stray = number_
            other = (
                " It looks like the LP format of lp_solve, which is another one; let it write MPS."
                if ":" in text
                else ""
            )
            findings.say(
                "E241", number_, "", text.strip(), f"The file does not begin with Minimize or Maximize.{other}"
            )
    if not ended:
        findings.say("E231", 0, "", "", "No line says End, so the file may be cut short, or it is no LP file.")
    return parts


# -- bounds -----------------------------------------------------------------------------------------------------------


def _bounds_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """Bounds, one by one: each begins on a new line, and may go on over lines where it would not be complete."""
    found: list[list[Token]] = []
    for token in tokens:
        last = found[-1][-1] if found else None
        unfinished = last is not None and last.kind in ("sense", "sign")
        alone = last is not None and len(found[-1]) == 1
        goes_on = token.kind == "sense" or (alone and token.text.lower() == "free")
        if last is not None and (token.line == last.line or unfinished or goes_on):
            found[-1].append(token)
        else:
            found.append([token])
    return found


def _bound(draft: Draft, tokens: list[Token]) -> None:
    """Read a line of bounds: ``l <= x <= u``, one side of it, ``x = v`` or ``x free``."""
    line = tokens[0].line
    words = _joined(tokens)
    senses = [word.text for word in words if word.kind == "sense"]
    names = [word for word in words if word.kind == "name" and not infinity(word.text)]
    name = names[0].text if names else ""
    shape = ["s" if word.kind == "sense" else "x" if word in names else "v" for word in words]
    if len(words) == 2 and names and words[1].text.lower() == "free" and words[0] is names[0]:
        if _known(draft, name, line):
            draft.bound(name, "lower", None, line, "Bounds", last_holds=True)
            draft.bound(name, "upper", None, line, "Bounds", last_holds=True)
        return
    if (
        "".join(shape) not in ("xsv", "vsx", "vsxsv")
        or len({sense[0] for sense in (s.strip("=") or "=" for s in senses)}) > 1
    ):
        text = " ".join(word.text for word in words)
        draft.findings.say(
            "E239", line, "Bounds", text, "A bound reads l <= x <= u, one side of that, x = v, or x free."
        )
        return
    if not _known(draft, name, line):
        return
    sense = senses[0].strip("=") or "="
    for at, word in enumerate(words):
        if shape[at] != "v":
            continue
        value = _value(draft, word, line)
        for side in _sides(sense, number_first=at == 0):
            if value is not None:
                limit: Limit = draft.limit(
                    value, side, line, "Bounds", f'Column "{name}"', word=bool(infinity(word.text))
                )
                draft.bound(name, side, limit, line, "Bounds", last_holds=True)


def _sides(sense: str, *, number_first: bool) -> tuple[Side, ...]:
    """Which bounds a number sets that stands before or behind the column."""
    if sense == "=":
        return "lower", "upper"
    return ("lower",) if (sense == "<") == number_first else ("upper",)


def _joined(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with signs joined to the numbers behind them."""
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else None
        follows = token.kind == "number" or (token.kind == "name" and infinity(token.text))
        if before and before.kind == "sign" and before.text in "+-" and follows:
            found[-1] = Token("number", before.text + token.text, token.line)
        else:
            found.append(token)
    return found


def _value(draft: Draft, word: Token, line: int) -> Fraction | None:
    if sign := infinity(word.text):
        return sign * INFINITE
    value = number(word.text)
    if value is None:
        draft.findings.say("E233", line, "Bounds", word.text, f'"{word.text}" is not a number that can be held.')
    return value


def _known(draft: Draft, name: str, line: int) -> bool:
    if name not in draft.at:
        draft.unknown("column", name, line, "Bounds")
    return name in draft.at


# -- whole numbers ----------------------------------------------------------------------------------------------------


def _whole(draft: Draft, tokens: Sequence[Token], section: str) -> None:
    """Mark the columns that a section lists."""
    for token in tokens:
        if token.kind != "name":
            draft.findings.say(
                "E239", token.line, section, token.text, f'Names of columns are wanted, not "{token.text}".'
            )
        elif token.text not in draft.at:
            draft.unknown("column", token.text, token.line, section)
        else:
            draft.columns[token.text].whole = True


def _zero_or_one(draft: Draft, tokens: Sequence[Token]) -> None:
    """Bounds of binary columns, where none were given; given ones have to lie within 0 and 1."""
    for token in tokens:
        column = draft.columns.get(token.text)
        if column is None:
            continue
        defaults: tuple[tuple[Side, Fraction], ...] = (("lower", ZERO), ("upper", Fraction(1)))
        for side, default in defaults:
            value = column.bounds.get(side, default)
            if value is None or not 0 <= value <= 1:
                draft.findings.say(
                    "E242",
                    token.line,
                    "Binary",
                    token.text,
                    f'"{token.text}" is binary, but its {side} bound in line {column.lines.get(side, 0)} lies outside 0 and 1.',
                )
            else:
                column.bounds[side] = value
                column.lines.setdefault(side, token.line)
