"""Statements about a plan beside the tables: what ``planner claims`` does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

import pandas as pd

from planner.answers.base.about import about as asked_about
from planner.answers.base.answer import Answer
from planner.answers.claims.judging import OUTSIDE_TABLES, SAYS, UNTESTED, together
from planner.answers.claims.rows import COLUMNS, check_row
from planner.answers.claims.solved import Solved
from planner.answers.pose import derived, question_about
from planner.economy import DataError, Economy, Finding
from planner.economy.claims import OUTSIDE, Check, read_test
from planner.economy.schema import TABLES
from planner.formulation import Question
from planner.formulation.unread import warnings_of
from planner.language.counting import capital, lower
from planner.reporting.run.manifest import provenance, times
from planner.reporting.tables.data import sources_table
from planner.reporting.wording.statements import sorted_out

__all__ = ["ClaimsAnswer", "claims"]


@dataclass(frozen=True, eq=False, repr=False)
class ClaimsAnswer(Answer):
    """What texts state, each statement set beside the data, the official figure, the feasible one and what was produced.

    Args:
        economy: whose tables.
        question: under which plans are tested.
        plan: whose figures stand beside statements that name none.
        statements: one row each, with what is said of it.
        checks: one row for each check of a test.
    """

    kind: ClassVar[str] = "claims"
    first: ClassVar[tuple[str, ...]] = ("claims", "claim_checks")
    beside: ClassVar[Literal["", "charts", "page"]] = "page"

    economy: Economy
    question: Question
    plan: str
    statements: pd.DataFrame
    checks: pd.DataFrame

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked; of every plan that a test names."""
        return asked_about(self.economy, self.question, question=None)

    @property
    def counts(self) -> dict[str, int]:
        """How many statements came out how."""
        found = Counter(self.statements["says"])
        return {word: found[word] for word in SAYS}

    @property
    def headline(self) -> str:
        """How many statements came out how."""
        return sorted_out(self.counts)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What a reader should know of the data and the question."""
        return tuple(warnings_of(self.economy, self.question))

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        tables = {"claims": self.statements, "claim_checks": self.checks}
        return {name: table for name, table in tables.items() if len(table)}

    @property
    def _facts(self) -> Mapping[str, pd.DataFrame]:
        return {"sources": sources_table(self.economy, *TABLES)}

    def _found(self) -> Mapping[str, Any]:
        keys = dict(zip(SAYS, ("agrees", "disagrees", "undecided", "outside", "untested"), strict=True))
        return {"beside": self.plan or None, **{keys[word]: count for word, count in self.counts.items()}}

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the run was made."""
        return {**provenance(self.economy, self.question, plan=self.plan or None), "times": times({})}


def claims(
    economy: str | Path | Economy,
    *,
    model: str | Path | Question | None = None,
    plan: str | None = None,
    scenario: str | None = None,
    floor: str | float | None = None,
    changes: Sequence[str] = (),
    tick: Callable[[str], None] = lambda _: None,
) -> ClaimsAnswer:
    """Set each statement of the table `claims` beside the tables, by the test that it declares.

    Args:
        economy: a name, a path, or an economy.
        model: name or path of a model file, or a question already read, under which plans are tested.
        plan: whose figures stand beside statements that name none; ``None`` for the plan that most tests name.
        scenario: facts laid over the base tables; ``None`` for the economy's own.
        floor: closure of consumption in place of the model's.
        changes: of single rows, as ``planner.pose`` takes them.
        tick: told what is being solved.

    Raises:
        DataError: the data, the model or the question do not fit, or the economy has no statement.

    >>> claims("two_goods").tables["claims"][["claim", "says"]].to_numpy().tolist()
    [['twice', 'agrees'], ['rail', 'disagrees'], ['zeal', 'outside what tables can say'], ['craft', 'no test']]
    """
    facts = derived(economy, scenario=scenario, changes=changes)
    frame = facts.tables["claims"]
    if not len(frame):
        said = f"{facts.name} has no statement: claims.csv has no row."
        raise DataError([Finding("E211", "", (), "", facts.name, said)], facts.folder)
    question = question_about(facts, model, floor)
    tests = {str(row["claim"]): read_test(str(row["test"])) for row in frame.to_dict("records")}
    beside = plan or _named_most(tests) or facts.default_plan or ""
    solved = Solved(facts, question, tick)
    rows = [
        check_row(name, at, check, beside, solved) for name, each in tests.items() for at, check in enumerate(each, 1)
    ]
    checks = pd.DataFrame(rows, columns=COLUMNS)
    by_claim = {str(name): own["says"].tolist() for name, own in checks.groupby("claim", sort=False)}
    why = {str(name): _told(own) for name, own in checks.groupby("claim", sort=False)}
    stated = frame[["claim", "statement"]].astype(str).reset_index(drop=True)
    reasons = zip(frame["claim"], frame["untested"].astype(str), strict=True)
    found = zip(frame["claim"], frame["test"], strict=True)
    stated["says"] = [_says(str(name), str(test), by_claim) for name, test in found]
    stated["why"] = [why.get(str(name), f"{capital(reason)}." if reason else "") for name, reason in reasons]
    others = frame[["text", "quantity", "value", "unit", "period", "kind", "test", "disputed"]].astype(str)
    told = pd.concat([stated, others.reset_index(drop=True)], axis=1)
    return ClaimsAnswer(facts, question, beside, told, checks)


def _told(checks: pd.DataFrame) -> str:
    """What each check of a statement comes to, in sentences; of several, each with what it is about."""
    heads = [f"{capital(thing)}: " if thing and len(checks) > 1 else "" for thing in checks["thing"]]
    return " ".join(f"{head}{lower(why) if head else why}" for head, why in zip(heads, checks["why"], strict=True))


def _says(name: str, test: str, by_claim: Mapping[str, Sequence[str]]) -> str:
    if name in by_claim:
        return together(by_claim[name])
    return OUTSIDE_TABLES if test.strip() == OUTSIDE else UNTESTED


def _named_most(tests: Mapping[str, Sequence[Check]]) -> str:
    """The plan that most tests name, of several the first."""
    named = Counter(term.plan for each in tests.values() for check in each for term in check.terms if term.plan)
    return max(named, key=named.__getitem__, default="")
