"""What popular texts state about the plans, as ``planner claims`` finds it; the page for teachers.

``pytest --golden`` writes the lists of ``planner/docs/statements.md``.
"""

import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

import planner
from planner.answers.claims import ClaimsAnswer
from planner.economy import load
from planner.language.counting import counted
from tests.readme.sections import holds

PAGE = Path(__file__).parents[2] / "planner" / "docs" / "statements.md"
ECONOMIES = ("ussr_1928", "ussr_1932", "ussr_1937")
SECTIONS = {
    "may be repeated": "agrees",
    "should not be repeated": "disagrees",
    "left open": "undecided",
    "outside": "outside what tables can say",
    "without a test": "no test",
}


@cache
def found(economy: str) -> ClaimsAnswer:
    return planner.claims(economy)


def letter(text: str) -> str:
    """What a text is called here."""
    return text.partition(" (")[0]


def grade(checks: pd.DataFrame) -> str:
    """How well what is found is known, in a few words."""
    known = [word for cell in checks["verified"] for word in cell.split("; ") if word]
    seen = sum(word == "yes" for word in known)
    return f" Seen in a source: {seen} of {counted(len(known), 'number')} looked up." if known else ""


def has_test(economy: str, claim: str) -> bool:
    """Whether a statement has a test in an economy."""
    rows = load(economy).tables["claims"]
    return bool((rows["claim"].eq(claim) & rows["test"].ne("")).any())


@pytest.mark.slow
@pytest.mark.parametrize("section", SECTIONS)
def test_the_page_for_teachers(section: str, request: pytest.FixtureRequest) -> None:
    lines = []
    for economy in ECONOMIES:
        answer = found(economy)
        for row in answer.statements[answer.statements["says"] == SECTIONS[section]].to_dict("records"):
            other = [name for name in ECONOMIES if section == "without a test" and has_test(name, row["claim"])]
            why = f" {row['why']}{grade(answer.checks[answer.checks['claim'] == row['claim']])}" if row["why"] else ""
            disputed = f" *Disputed:* {row['disputed']}." if row["disputed"] and row["why"] else ""
            lines.append(
                f"- **{row['statement']}** ({letter(row['text'])}; {row['claim']}, `{economy}`).{why}{disputed}"
                + "".join(f" Tested in `{name}`." for name in other)
            )
    holds(PAGE, section, "\n" + "\n".join(lines) + "\n\n", golden=request.config.getoption("--golden", default=False))


def test_every_statement_stands_on_the_page():
    page = PAGE.read_text(encoding="utf-8")
    for economy in ECONOMIES:
        stated = load(economy).tables["claims"]["claim"].tolist()
        assert sorted(re.findall(rf"(C\d+), `{economy}`", page)) == sorted(stated)


@pytest.mark.slow
def test_examples():
    """Pig iron is to triple, not to quadruple; electricity grows by 4.4, not six-fold; the oil base is 11.6, not 9.2."""
    checks = found("ussr_1928").checks.set_index("claim")
    for claim, stated, number in (("C006", 4, 3.03), ("C130", 6, 4.4), ("C148", 9.2, 11.6)):
        row = checks.loc[claim]
        assert (row["stated"], row["found"], row["says"]) == (stated, pytest.approx(number, abs=0.001), "disagrees")
    says = found("ussr_1928").statements.set_index("claim")["says"]
    assert says[["C065", "C066", "C094", "C141"]].tolist() == ["undecided", "agrees", "disagrees", "agrees"]
