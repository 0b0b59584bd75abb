"""What is wrong with an economy, and what it holds: what ``planner check`` does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import pandas as pd

from planner.analysis.uncertainty.contradictions import contradictions
from planner.answers.base.answer import Answer
from planner.answers.chain.opening import beside_the_record, too_little
from planner.answers.pose import derived, question_about
from planner.economy import DataError, Economy, Finding, load
from planner.economy.checks.keys import uncited
from planner.economy.economy import find
from planner.economy.reading.economy_file import read_economy_file
from planner.economy.reading.files import Files
from planner.economy.reading.snapshot import Snapshot, scenario_names
from planner.economy.schema import TABLES
from planner.economy.uncertain import counts, stated_in
from planner.formulation.default import default_question
from planner.language.counting import counted
from planner.language.numbers import percent
from planner.reporting.wording.sure import data_known

__all__ = ["CheckAnswer", "check"]


@dataclass(frozen=True, eq=False, repr=False)
class CheckAnswer(Answer):
    """Every error and warning of an economy, and what it holds.

    Args:
        folder: of the economy.
        scenarios: that were checked.
        loaded: the economy under each of them, as far as it loads.
        findings: each once.
        handed_on: what it begins with beside the record, where that is asked for.
    """

    kind: ClassVar[str] = "check"
    first: ClassVar[tuple[str, ...]] = ("findings", "contents")

    folder: Path
    scenarios: tuple[str, ...]
    loaded: tuple[Economy, ...]
    findings: tuple[Finding, ...]
    handed_on: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What keeps it from being used."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def about(self) -> Mapping[str, Any]:
        """Which economy, under which scenarios."""
        return {
            "economy": self.loaded[0].name if self.loaded else None,
            "title": self.loaded[0].title if self.loaded else None,
            "scenarios": list(self.scenarios),
        }

    @property
    def headline(self) -> str:
        """How many errors and warnings there are, and how much of the data is known."""
        if not self.loaded:
            return "Nothing of it can be used."
        wrong = len(self.errors)
        known = f"{counted(wrong, 'error')}, {counted(len(self.findings) - wrong, 'warning')}"
        return f"{self.loaded[0].title}: {known}. {data_known(counts(self.loaded[0]), plan=False)}"

    def _told(self) -> list[dict[str, Any]]:
        return [{"severity": one.severity, **asdict(one), "title": one.heading} for one in self.findings]

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        empty = ["severity", "code", "file", "rows", "column", "value", "sentence", "title"]
        found = pd.DataFrame(self._told(), columns=None if self.findings else empty)
        told = {"findings": found, "contents": pd.DataFrame(contents(self.loaded) if self.loaded else [])}
        return {**told, "handed_on": self.handed_on} if len(self.handed_on) else told

    def _found(self) -> Mapping[str, Any]:
        return {"findings": self._told(), "tables": contents(self.loaded) if self.loaded else []}


def check(
    economy: str | Path,
    *,
    scenario: str = "all",
    changes: Sequence[str] = (),
    opening: str | None = None,
    source: str | Path | None = None,
) -> CheckAnswer:
    """Check an economy: every error and warning at once, and what its folder holds. Nothing is solved.

    Args:
        economy: a name or a path.
        scenario: ``base`` for the tables without any, ``all`` for every one in turn.
        changes: of single rows, as ``planner.pose`` takes them.
        opening: with what it begins, as ``planner.pose`` takes it; then every scenario in turn is the economy's own alone.
        source: the run that left it.

    Raises:
        DataError: there is no such economy, or it cannot begin with what is asked for.

    >>> check("two_goods").errors
    ()
    """
    folder = find(economy)
    chosen = ("base", *scenario_names(folder)) if scenario == "all" else (scenario,)
    loaded, findings = [], dict[Finding, None]()
    for name in chosen:
        try:
            loaded.append(load(economy, scenario=name, changes=changes))
            found: Sequence[Finding] = (*loaded[-1].warnings, *contradictions(loaded[-1]))
        except DataError as error:
            found = error.findings
        findings.update(dict.fromkeys(found))
    if scenario == "all" and len(loaded) == len(chosen):
        findings.update(dict.fromkeys(uncited([one.tables for one in loaded])))
    heading = read_economy_file(Files(Snapshot.of(folder)))
    asked = default_question(heading, folder, loaded[0] if loaded else None)
    begins = loaded[0] if loaded else None
    if begins is not None and (opening is not None or source is not None):
        own = None if scenario == "all" else scenario
        begins = derived(economy, scenario=own, changes=changes, opening=opening, source=source)
        findings.update(dict.fromkeys(too_little(begins, question_about(begins))))
    handed_on = pd.DataFrame() if begins is None else beside_the_record(begins)
    return CheckAnswer(folder, chosen, tuple(loaded), (*findings, *asked), handed_on)


def contents(loaded: Sequence[Economy]) -> list[dict[str, Any]]:
    """What an economy holds, table by table.

    Args:
        loaded: the economy under one scenario or several; the first is described, the others add what they change.

    Returns:
        Rows of the tables that are not empty: rows as read (``*`` rows expanded), how many numbers they state, each counted
        once whatever the periods, the share of those seen in their source in every row, and rows that scenarios bring.
    """
    result = []
    for name, table in TABLES.items():
        frame = loaded[0].tables[name]
        changed = sum(int(e.tables[name]["file"].astype(str).str.startswith("scenarios/").sum()) for e in loaded)
        if not len(frame) and not changed:
            continue
        stated, seen = stated_in(table, frame)
        share = percent(seen / stated, 0) if stated else ""
        row = {"table": name, "rows": len(frame), "numbers": stated, "verified": share, "in scenarios": changed}
        result.append(row)
    return result
