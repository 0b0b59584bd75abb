"""Objective and rows of a CPLEX LP file."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from planner.economy.findings import did_you_mean
from planner.formats.draft import ZERO, Draft, DraftRow
from planner.formats.lp_tokens import SECTION_NAMES, Token, is_keyword
from planner.formats.numbers import INFINITE, infinity, number
from planner.program.exact_program import Limit

_ARROW = "An arrow states an indicator row, which is no part of a linear program."


class _LineError(Exception):
    """A row that cannot be read."""

    def __init__(self, code: str, token: Token, sentence: str) -> None:
        super().__init__(sentence)
        self.code, self.token, self.sentence = code, token, sentence


def read_objective(draft: Draft, tokens: Sequence[Token]) -> None:
    """Read the objective: a name, if there is one, and terms; constants add up to its offset."""
    rows = _Tokens(draft, tokens, "objective")
    try:
        if label := rows.label():
            draft.objective = label.text
        terms, constant, _ = rows.expression(draft.cost)
        draft.cost, draft.offset = terms, constant
        if rows.next:
            raise _LineError("E239", rows.next, f'"{rows.next.text}" does not belong into an objective.')
    except _LineError as error:
        draft.findings.say(error.code, error.token.line, "objective", error.token.text, error.sentence)


def read_rows(draft: Draft, tokens: Sequence[Token], section: str) -> None:
    """Read rows; after one that cannot be read the next line goes on."""
    rows = _Tokens(draft, tokens, section)
    while first := rows.next:
        start = rows.at
        try:
            rows.row(first)
        except _LineError as error:
            draft.findings.say(error.code, error.token.line, section, error.token.text, error.sentence)
            rows.skip_line(max(start, rows.at - 1))


class _Tokens:
    """The tokens of a section, read from left to right."""

    def __init__(self, draft: Draft, tokens: Sequence[Token], section: str) -> None:
        self.draft, self.tokens, self.section, self.at = draft, tokens, section, 0

    @property
    def next(self) -> Token | None:
        """The token that comes next."""
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    @property
    def last(self) -> Token:
        """The token read last."""
        return self.tokens[max(0, self.at - 1)]

    def skip_line(self, start: int) -> None:
        """Go on behind the line of a token."""
        line = self.tokens[start].line
        self.at = start
        while self.next and self.next.line == line:
            self.at += 1

    def label(self) -> Token | None:
        """The name before a colon, if one comes next."""
        ahead = self.tokens[self.at : self.at + 2]
        if len(ahead) == 2 and ahead[1].text == ":" and ahead[0].kind == "name":
            self.at += 2
            return ahead[0]
        return None

    def expression(self, terms: dict[int, Fraction]) -> tuple[dict[int, Fraction], Fraction, bool]:
        """Terms and the sum of constants, as far as they go; whether there was any constant."""
        constant, constants, first = ZERO, False, True
        while (token := self.next) and token.kind in ("number", "name", "sign"):
            if self._begins_row(first=first):
                break
            sign = self._sign(first=first)
            value = self._number()
            name = self.next if self.next and self.next.kind == "name" and not self._is_label() else None
            if name is not None:
                self.at += 1
                self._quadratic()
                self._term(terms, name, sign * (Fraction(1) if value is None else value))
            elif value is None:
                raise _LineError("E239", self.next or token, "A number or a column is wanted behind the sign.")
            else:
                constant, constants = constant + sign * value, True
            first = False
        return terms, constant, constants

    def _begins_row(self, *, first: bool) -> bool:
        """Whether the next token opens another row: behind a complete term, on a new line, with a name and a colon."""
        return not first and self._is_label()

    def _is_label(self) -> bool:
        return self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].text == ":"

    def _sign(self, *, first: bool) -> int:
        token = self.next
        if token is None or token.kind != "sign":
            if not first and token is not None:
                self._misspelt(token)
                raise _LineError(
                    "E239",
                    token,
                    f'Between "{self.last.text}" and "{token.text}" a sign is missing: terms are joined by + or -, and a term is '
                    "one number and one name.",
                )
            return 1
        if token.text == "[":
            raise _LineError(
                "E238", token, "Square brackets state quadratic terms, which are no part of a linear program."
            )
        if token.text not in "+-":
            raise _LineError("E239", token, f'"{token.text}" does not belong here.')
        self.at += 1
        if (after := self.next) and after.kind == "sign":
            if after.text == "[":
                raise _LineError(
                    "E238", after, "Square brackets state quadratic terms, which are no part of a linear program."
                )
            raise _LineError("E239", after, "Two signs stand together. Write one.")
        return -1 if token.text == "-" else 1

    def _misspelt(self, token: Token) -> None:
        """Whether the line, or the word before where it stands alone on its line, was to open a section."""
        word, before = self.last, self.tokens[self.at - 2] if self.at > 1 else None
        line = " ".join(other.text for other in self.tokens if other.line == token.line)
        if token.line != word.line and (near := did_you_mean(line, SECTION_NAMES)):
            raise _LineError("E232", token, f'"{line}" is no section of the format.{near}')
        alone = token.line != word.line and (before is None or before.line != word.line)
        near = did_you_mean(word.text, SECTION_NAMES)
        if word.kind == "name" and alone and (near or self.section != "objective"):
            raise _LineError(
                "E232", word, f'"{word.text}" stands alone on its line and is no section of the format.{near}'
            )

    def _number(self) -> Fraction | None:
        token = self.next
        if token is None or token.kind != "number":
            return None
        self.at += 1
        value = number(token.text)
        if value is None:
            raise _LineError("E233", token, f'"{token.text}" is not a number that can be held.')
        if (after := self.next) and after.kind == "number" and after.line == token.line:
            raise _LineError(
                "E239", after, f'Two numbers, "{token.text}" and "{after.text}", stand together. Write their product.'
            )
        return value

    def _quadratic(self) -> None:
        if (token := self.next) and token.kind == "sign" and token.text in "*^":
            raise _LineError("E238", token, "Products and powers of columns are no part of a linear program.")

    def _term(self, terms: dict[int, Fraction], name: Token, value: Fraction) -> None:
        draft, line, text = self.draft, name.line, name.text
        if infinity(text):
            raise _LineError("E239", name, f'"{text}" stands for infinity, which is a bound and no term of a row.')
        if text not in draft.at and any(text.count(left) != text.count(right) for left, right in ("()", "{}")):
            raise _LineError(
                "E239",
                name,
                f'"{text}" would be a name with half a pair of brackets: sums in brackets are not in the format. '
                "Write the terms one by one.",
            )
        if text not in draft.at:
            draft.check_name("column", text, line, keyword=is_keyword(text))
        position = draft.column(text, line)
        if position in terms:
            draft.findings.say(
                "W236", line, self.section, text, f'"{text}" stands twice in one row; its coefficients were added.'
            )
        terms[position] = terms.get(position, ZERO) + value

    # -- a row --------------------------------------------------------------------------------------------------------

    def row(self, first: Token) -> None:
        """Read the row that begins with a token: a name, if there is one, terms, a sense and a number; or terms between two."""
        label = self.label()
        start, sense = self._left_limit()
        terms, constant, constants = self.expression({})
        if start is not None and not terms and not constants:
            raise _LineError("E239", self.last, "A row has terms between its limits.")
        after = self.next
        if after and after.kind == "sign" and after.text == "[":
            raise _LineError(
                "E238", after, "Square brackets state quadratic terms, which are no part of a linear program."
            )
        if start is None and not terms and not constants:
            raise _LineError("E239", after or self.last, "A row has terms, or at least a number, before its sense.")
        senses, right = [sense] if sense else [], None
        if after and after.kind == "sense":
            self.at += 1
            if self.next and self.next.text == ">" and after.text == "-":
                raise _LineError("E238", after, _ARROW)
            senses.append(after.text.strip("=") or "=")
            right = self._right_limit(after)
        elif start is None:
            self._no_sense(after)
        self._end_of_row()
        if constants:
            line = first.line
            self.draft.findings.say(
                "W232", line, self.section, "", "A constant on the left of the row was moved to the right."
            )
        self._add(label, first, terms, senses, (start, right), constant)

    def _no_sense(self, after: Token | None) -> None:
        """Say that a row has no sense; an arrow is an indicator."""
        at = after or self.last
        raise _LineError("E239", at, f'A row ends in a sense and a number; none stands before "{at.text}".')

    def _left_limit(self) -> tuple[Fraction | None, str]:
        """The number and sense before the terms, where there are both."""
        at = self.at
        sign = 1
        if (token := self.next) and token.kind == "sign" and token.text in "+-":
            sign = -1 if token.text == "-" else 1
            self.at += 1
        token = self.next
        ahead = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else None
        behind = self.tokens[self.at + 2] if self.at + 2 < len(self.tokens) else None
        infinite = infinity(token.text) if token and token.kind == "name" else 0
        is_value = token is not None and (token.kind == "number" or infinite)
        if (
            token is None
            or not is_value
            or not ahead
            or ahead.kind != "sense"
            or self._constant_row(behind, ahead.line)
        ):
            self.at = at
            return None, ""
        self.at += 2
        value = infinite * INFINITE if infinite else number(token.text)
        if value is None:
            raise _LineError("E233", token, f'"{token.text}" is not a number that can be held.')
        return sign * value, ahead.text.strip("=") or "="

    def _constant_row(self, behind: Token | None, line: int) -> bool:
        """Whether behind a number and a sense there is but a number: a row without columns."""
        if behind is None:
            return True
        at = self.at + 2
        while at < len(self.tokens) and self.tokens[at].line == line and self.tokens[at].kind != "name":
            at += 1
        return at >= len(self.tokens) or self.tokens[at].line != line

    def _right_limit(self, sense: Token) -> Fraction:
        """The number behind a sense, with one sign at most."""
        sign = 1
        if (token := self.next) and token.kind == "sign" and token.text in "+-":
            sign = -1 if token.text == "-" else 1
            self.at += 1
        token = self.next
        if token is None or (token.line != sense.line and token.kind != "number"):
            raise _LineError("E239", sense, f'No number stands behind "{sense.text}".')
        self.at += 1
        if token.kind == "name" and infinity(token.text):
            return sign * INFINITE
        if token.kind == "name":
            raise _LineError(
                "E239",
                token,
                f'"{token.text}" stands on the right: columns belong on the left, one number on the right.',
            )
        if token.kind != "number":
            raise _LineError("E239", token, f'No number stands behind "{sense.text}".')
        value = number(token.text)
        if value is None:
            raise _LineError("E233", token, f'"{token.text}" is not a number that can be held.')
        return sign * value

    def _end_of_row(self) -> None:
        """A row ends with its line."""
        token = self.next
        if token and token.line == self.last.line:
            if token.text == "-" and self.at + 1 < len(self.tokens) and self.tokens[self.at + 1].text == ">":
                raise _LineError("E238", token, _ARROW)
            if token.kind in ("sign", "name", "number"):
                raise _LineError(
                    "E239",
                    token,
                    f'"{token.text}" stands behind the number on the right: columns belong on the left, one number on the right, '
                    "and the next row begins on a new line.",
                )
            raise _LineError(
                "E239", token, f'"{token.text}" stands behind a complete row; two limits are written l <= terms <= u.'
            )

    def _add(
        self,
        label: Token | None,
        first: Token,
        terms: dict[int, Fraction],
        senses: list[str],
        limits: tuple[Fraction | None, Fraction | None],
        constant: Fraction,
    ) -> None:
        """Add the row to the draft."""
        draft, line = self.draft, first.line
        name = label.text if label else self._name()
        if len(set(senses)) > 1 or (len(senses) == 2 and senses[0] == "="):
            raise _LineError(
                "E239", first, "The two limits of a row point the same way: l <= terms <= u, or u >= terms >= l."
            )
        if name in draft.rows:
            other = draft.rows[name].line
            draft.findings.say(
                "E235",
                line,
                self.section,
                name,
                f'A second row is called "{name}"; the first stands in line {other}.',
                more=(other,),
            )
            return
        if label:
            draft.check_name("row", name, line, keyword=is_keyword(name))
        row = draft.rows[name] = DraftRow(line, terms)
        for value, left in zip(limits, (True, False), strict=True):
            if value is None:
                continue
            for side in (
                ("lower", "upper") if senses[0] == "=" else (("lower",) if (senses[0] == "<") == left else ("upper",))
            ):
                found: Limit = draft.limit(value, side, line, self.section, f'Row "{name}"')
                setattr(row, side, None if found is None else found - constant)

    def _name(self) -> str:
        """A name for a row without one: c and its number, as the format says."""
        count = len(self.draft.rows) + 1
        named = {token.text for token, after in zip(self.tokens, self.tokens[1:], strict=False) if after.text == ":"}
        name = f"c{count}"
        while name in self.draft.rows or name in named:
            name += "_"
        return name
