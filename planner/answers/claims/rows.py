"""One check of a test as a row: what is stated, what is found, and the figures beside it."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan
from typing import Any

from planner.answers.claims.judging import Found, judged
from planner.answers.claims.lookup import figures_of, look_up, produced, reached_row
from planner.answers.claims.solved import Solved
from planner.economy import Economy
from planner.economy.claims import Check, LookupTerm
from planner.economy.names import Names
from planner.economy.provenance import keys_in
from planner.economy.schema.package import READ
from planner.language.numbers import number
from planner.reporting.wording.statements import by_how_much

__all__ = ["COLUMNS", "check_row"]

_GRADES = (*READ, "derived", "recalled", "judgement")  # the strongest first
COLUMNS = [
    "claim",
    "check",
    "test",
    "relation",
    "stated",
    "found",
    "low",
    "high",
    "off",
    "says",
    "why",
    "thing",
    "official",
    "due",
    "feasible",
    "produced",
    "unit",
    "source",
    "grade",
    "verified",
]


def check_row(claim: str, at: int, check: Check, beside: str, solved: Solved) -> dict[str, Any]:
    """A row of ``claim_checks.csv``.

    Args:
        claim: whose check it is.
        at: which of its checks, from 1.
        check: what is stated.
        beside: plan whose figures stand beside it where it names none.
        solved: what is solved for it.
    """
    each = [look_up(term, solved) for term in check.terms]
    found = each[0] if check.over is None else each[0].over(each[1])
    of = " over ".join(f"{number(one.value)} {one.unit}".rstrip() for one in each) if len(each) == 2 else ""
    low, high = found.ends
    return {
        "claim": claim,
        "check": at,
        "test": str(check),
        "relation": check.relation,
        "stated": check.stated,
        "found": found.verdict or found.value,
        "low": low,
        "high": high,
        "off": _off(check, found),
        "says": judged(check, found),
        "why": by_how_much(
            check.stated, check.relation, found.value, found.ends, found.verdict, found.unit, of, found.note
        ),
        "thing": _thing(check.term, Names.of(solved.economy)),
        **_sides(check.term, beside, solved),
        "source": found.source,
        "grade": _grade(found, solved.economy),
        "verified": found.verified,
    }


def _off(check: Check, found: Found) -> float:
    """By what share what is stated passes what is found, where the two should be equal."""
    if isinstance(check.stated, str) or check.relation != "=" or not found.value > 0:
        return nan
    return check.stated / found.value - 1


def _sides(term: LookupTerm, beside: str, solved: Solved) -> dict[str, Any]:
    """Official, feasible and produced: of a figure the figures, of a year the years, of a plan how far it can be reached."""
    if term.kind == "reached":
        return _years(reached_row(term, solved) or {})
    if term.kind in ("attained", "verdict"):
        share = look_up(LookupTerm("attained", term.words), solved)
        return _beside(official=1.0, feasible=share.value, unit=share.unit)
    if "cell" not in term.words:
        return _beside()
    plan, made = term.plan or beside, produced(term, solved.economy.tables)
    figures = figures_of(term, solved.economy.tables, plan)
    same = figures[figures["period"] == term.cell[2]]
    rows = (same if len(same) else figures).to_dict("records")
    if not rows:
        return _beside(produced=made.value, unit=made.unit)
    measure, item, due = (str(rows[-1][name]) for name in ("measure", "item", "period"))
    had = look_up(LookupTerm("feasible", {"plan": plan, "cell": f"{measure}:{item}:{due}"}), solved)
    return _beside(float(rows[-1]["value"]), due, had.value, made.value, str(rows[-1]["unit"]))


def _years(row: Mapping[Any, Any]) -> dict[str, Any]:
    due, feasible, reached = (str(row.get(name, "")) for name in ("due", "feasible", "reached"))
    return _beside(due, due, feasible, reached, "year")


def _beside(
    official: float | str = nan,
    due: str = "",
    feasible: float | str = nan,
    produced: float | str = nan,
    unit: str = "",
) -> dict[str, Any]:
    return {"official": official, "due": due, "feasible": feasible, "produced": produced, "unit": unit}


def _thing(term: LookupTerm, names: Names) -> str:
    """What a check is about, as a reader knows it; nothing where it is about a plan as a whole."""
    measure, item, _ = term.cell
    if "table" in term.words:
        return names.key(term.words["key"].replace(":", " "), term.words["table"])
    return names.target(measure, item) if measure else names(term.words.get("item", ""), "product")


def _grade(found: Found, economy: Economy) -> str:
    """The weakest grade among the sources of what is found."""
    known = dict(zip(economy.tables["sources"]["key"], economy.tables["sources"]["grade"], strict=True))
    grades = [str(known[key]) for key in keys_in(found.source) if key in known]
    return max(grades, key=_GRADES.index, default="")
