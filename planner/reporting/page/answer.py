"""The answer of a run in one place: a sentence to quote, figures, how sure it is, how to repeat it, what it cannot say.

The page shows it and ``answer.csv`` holds it; the sentence is the ``headline`` of ``summary.json``, with which the screen begins.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.language.counting import capital, listed, lower
from planner.reporting.charts.ladder import finding, rungs_of
from planner.reporting.dictionary.terms import glossed
from planner.reporting.page.kinds import command_of, facts_of, kind_of
from planner.reporting.page.shapes import share
from planner.reporting.run.read import BELOW_BASE, Run, is_below_base
from planner.reporting.wording import sure
from planner.reporting.wording.conditions import NUMBERS, households
from planner.reporting.wording.data import data_warnings, spans_fit

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["PageAnswer", "answer", "answer_table", "doubts", "main_table", "question"]


@dataclass(frozen=True)
class PageAnswer:
    """What was found.

    Args:
        headline: the sentence, or a few, that can be quoted; empty where the run has none.
        says: more sentences.
        verdict: that stands out in the headline, where the run judges a plan.
        facts: label and text of what is worth a number.
    """

    headline: str
    says: tuple[str, ...] = ()
    verdict: str = ""
    facts: tuple[tuple[str, str], ...] = ()

    @property
    def parts(self) -> tuple[str, str, str]:
        """The headline before its verdict, the verdict, and what follows; all of it before where there is no verdict in it."""
        before, found, after = self.headline.partition(self.verdict) if self.verdict else (self.headline, "", "")
        return before, found, after

    @property
    def gloss(self) -> str:
        """What its technical words mean, in plain ones; empty where there are none."""
        return glossed(" ".join((self.headline, *self.says)))


def question(run: Run) -> str:
    """What was asked, in a line: by the kind of run, or by its model."""
    return kind_of(run).asks or str(run.summary.get("question") or "")


def main_table(run: Run) -> str:
    """Name of the table that stands beneath the answer; of projects none of which is started, what each would be worth."""
    kind = kind_of(run)
    return "worth" if kind.name == "projects" and not run.summary.get("programme") else kind.table


def answer(run: Run) -> PageAnswer:
    """The answer, whatever sort of run it is."""
    more: dict[str, Callable[[Run], tuple[tuple[str, ...], tuple[tuple[str, str], ...]]]] = {
        "feasibility": _feasibility,
        "ladder": lambda run: (_ladder(run), ()),
        "backtest": lambda run: (_backtest(run), ()),
        "solve": _solve,
        "diagnosis": lambda run: (tuple(map(str, run.summary.get("sentences") or ()))[1:], facts_of(run)),
    }
    says, facts = more.get(kind_of(run).name, _other)(run)
    headline = str(run.summary.get("headline") or next(iter(run.summary.get("sentences") or ()), ""))
    return PageAnswer(headline, says, str(run.summary.get("verdict") or ""), facts)


def answer_table(run: Run) -> pd.DataFrame:
    """``answer.csv``: what a reader can quote, part by part, in the words of the page.

    Args:
        run: of any kind.
    """
    from pandas import DataFrame

    found, kind = answer(run), kind_of(run)
    rows = [
        ("question", "", question(run)),
        ("answer", "", found.headline),
        *(("more", "", sentence) for sentence in found.says),
        *(("figure", label, text) for label, text in found.facts),
        *(("how sure", "", sentence) for sentence in doubts(run)),
        ("to repeat", "", command_of(run) or _in_memory(run)),
        ("what it cannot say", "", kind.cannot),
    ]
    return DataFrame([row for row in rows if row[2]], columns=["part", "label", "says"])


def _in_memory(run: Run) -> str:
    """Why no command makes a run of tables again that were changed in Python; empty for other runs."""
    changed = (run.manifest.get("inputs") or {}).get("changed_in_memory") or ()
    return f"Changed in memory, so that no command makes it again: {', '.join(changed)}." if changed else ""


def _feasibility(run: Run) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    said = run.summary
    kinds = said.get("targets_most_met_by_kind")
    reached: Mapping[str, Any] = said.get("attainment") or {}
    facts = [
        (f"share of all figures reached, {NUMBERS[corner]}", _share(reached.get(corner), "no plan at all"))
        for corner in reached
    ]
    count, met = said.get("targets"), said.get("targets_most_met_in_full")
    if met is not None:
        more = "" if said.get("targets_most_met_is_proved") else ", more not excluded"
        facts.append(("most figures in full at once", f"{met} of {count}{more}"))
    for label, key in (
        ("share of the planned growth reached", "attainment_of_growth"),
        ("share reached if due one period earlier", "attainment_due_one_period_earlier"),
    ):
        if said.get(key) is not None:
            facts.append((label, _share(said[key])))
    if said.get("reached_in"):
        facts.append(("figures reached in full, conditions held", str(said["reached_in"])))
    return ((f"Among the most that can be met in full together: {kinds}.",) if kinds else ()), tuple(facts)


def _share(value: Any, otherwise: str = "–") -> str:
    return otherwise if value is None else share(str(value))


def _ladder(run: Run) -> tuple[str, ...]:
    table, says = run.table("verdicts"), []
    for scenario in dict.fromkeys(table.column("scenario")):
        rungs = rungs_of(table, scenario, run.names)
        for floor in dict.fromkeys(rung.floor for rung in rungs):
            found = finding([rung for rung in rungs if rung.floor == floor])
            below = f" ({BELOW_BASE})" if is_below_base(floor) else ""
            where = f"Scenario {scenario.replace('_', ' ')}, where {households(floor)}{below}"
            says.append(f"{where}: {lower(found)}.")
    return tuple(says)


def _backtest(run: Run) -> tuple[str, ...]:
    says = []
    for corner, found in (run.summary.get("corners") or {}).items():
        outside, unknown = found.get("does_not_fit") or [], found.get("without_facts") or []
        spans = len(found.get("attainment") or {}) - len(unknown)
        untold = f" No figure is known of {listed(unknown)}." if unknown else ""
        if untold or corner != "central":  # of which the headline speaks
            says.append(spans_fit(corner, outside, spans) + untold)
    return ("A model that rejects what happened is wrong.", *says)


def _solve(run: Run) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    said = run.summary
    if said.get("status") != "optimal" or said.get("value") is None:
        return (), ()
    facts = []
    if said.get("targets"):
        facts.append(("figures met in full", f"{said.get('targets_met')} of {said['targets']}"))
    if said.get("worst_target"):
        measure, item, period = str(said["worst_target"]).split(" ", 2)
        facts.append(("figure that is met worst", f"{run.names.target(measure, item)} in {period}"))
    return tuple(filter(None, [str(said.get("plan_written") or "")])), tuple(facts)


def _other(run: Run) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Where a run judges a plan, the verdict and what it rests on; and the figures that its kind puts under the answer."""
    verdict, why = (str(run.summary.get(key) or "") for key in ("verdict", "verdict_rests_on"))
    return ((capital(f"{verdict}: {why.rstrip('.')}."),) if verdict and why else ()), facts_of(run)


def doubts(run: Run) -> list[str]:
    """How sure the answer is, in sentences: what the run says of itself, else how much of its data is known."""
    told = [str(sentence) for sentence in run.summary.get("doubts") or ()]
    if not told and run.counts is not None:
        told = [sure.data_known(run.counts)]
    return [*told, *filter(None, [warned(run)])]


def warned(run: Run) -> str:
    """What `planner check` would say of the data."""
    found = (run.manifest.get("data") or {}).get("warnings") or {}
    economy = str((run.manifest.get("options") or {}).get("economy") or "")
    return data_warnings(sum(found.values()), economy, list(found)) if found else ""
