"""The answer of a run, as the top of its page gives it: a sentence, the verdict and its strength, a few figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.language.counting import capital, listed, lower
from planner.reporting.charts.ladder import finding, rungs_of
from planner.reporting.page.kinds import facts_of, kind_of
from planner.reporting.page.shapes import share
from planner.reporting.run.read import BELOW_BASE, Run, is_below_base
from planner.reporting.wording import sentences
from planner.reporting.wording.data import data_warnings, spans_fit

__all__ = ["Answer", "answer", "doubts", "question"]


@dataclass(frozen=True)
class Answer:
    """What was found.

    Args:
        says: sentences.
        verdict: where the run judges a plan.
        strength: likewise.
        facts: label and text of what is worth a number.
    """

    says: tuple[str, ...]
    verdict: str = ""
    strength: str = ""
    facts: tuple[tuple[str, str], ...] = ()


def question(run: Run) -> str:
    """What was asked, in a line: by the kind of run, or by its model."""
    return kind_of(run).asks or str(run.summary.get("question") or "")


def answer(run: Run) -> Answer:
    """The answer, whatever sort of run it is."""
    by_kind = {
        "feasibility": _feasibility,
        "ladder": _ladder,
        "backtest": _backtest,
        "solve": _solve,
        "diagnosis": _diagnosis,
    }
    return by_kind.get(kind_of(run).name, _other)(run)


def _feasibility(run: Run) -> Answer:
    said = run.summary
    verdict = str(said.get("verdict") or "")
    reached: Mapping[str, Any] = said.get("attainment") or {}
    facts = [
        (f"share of all figures reached, {corner}", _share(reached.get(corner), "region empty")) for corner in reached
    ]
    count, met = said.get("targets"), said.get("targets_most_met_in_full")
    if met is not None:
        more = "" if said.get("targets_most_met_is_proved") else ", more not excluded"
        kinds = said.get("targets_most_met_by_kind")
        facts.append(("most figures in full at once", f"{met} of {count}{more}{f' ({kinds})' if kinds else ''}"))
    for label, key in (
        ("share of the planned growth reached", "attainment_of_growth"),
        ("share reached if due one period earlier", "attainment_due_one_period_earlier"),
    ):
        if said.get(key) is not None:
            facts.append((label, _share(said[key])))
    if said.get("reached_in"):
        facts.append(("figures reached in full, conditions held", str(said["reached_in"])))
    # the headline begins with the plan, which is the title of the page, and with the verdict, which stands by itself
    headline, strength = str(said.get("headline") or ""), str(said.get("strength") or "")
    for opening in (f"{run.plan}: ", f"{verdict}: {strength}."):
        headline = headline.removeprefix(opening).lstrip()
    return Answer(tuple(filter(None, (capital(headline),))), verdict, strength, tuple(facts))


def _share(value: Any, otherwise: str = "–") -> str:
    return otherwise if value is None else share(str(value))


def _ladder(run: Run) -> Answer:
    table, says = run.table("verdicts"), []
    for scenario in dict.fromkeys(table.column("scenario")):
        rungs = rungs_of(table, scenario, run.names)
        for floor in dict.fromkeys(rung.floor for rung in rungs):
            found = finding([rung for rung in rungs if rung.floor == floor])
            below = f" ({BELOW_BASE})" if is_below_base(floor) else ""
            where = f"Scenario {scenario.replace('_', ' ')}, consumption floor {floor}{below}"
            says.append(f"{where}: {lower(found)}.")
    return Answer(tuple(says))


def _backtest(run: Run) -> Answer:
    says = []
    for corner, found in (run.summary.get("corners") or {}).items():
        outside, unknown = found.get("does_not_fit") or [], found.get("without_facts") or []
        spans = len(found.get("attainment") or {}) - len(unknown)
        untold = f" No figure is known of {listed(unknown)}." if unknown else ""
        says.append(spans_fit(corner, outside, spans) + untold)
    return Answer(("What was produced, tested like a plan: a model that rejects what happened is wrong.", *says))


def _solve(run: Run) -> Answer:
    said = run.summary
    status, value = str(said.get("status")), said.get("value")
    if status != "optimal" or value is None:
        return Answer((sentences.STATUS.get(status, "The solver gave no answer."),))
    says = str(said.get("headline") or "")
    facts = []
    if said.get("targets"):
        facts.append(("figures met in full", f"{said.get('targets_met')} of {said['targets']}"))
    if said.get("worst_target"):
        facts.append(("figure that is met worst", str(said["worst_target"]).replace("_", " ")))
    written = str(said.get("plan_written") or "")
    return Answer((says, written) if written else (says,), facts=tuple(facts))


def _diagnosis(run: Run) -> Answer:
    return Answer(tuple(str(sentence) for sentence in run.summary.get("sentences") or ()), facts=facts_of(run))


def _other(run: Run) -> Answer:
    """What a run says in a sentence, and the figures that its kind puts under it."""
    said = run.summary
    headline, verdict, why = (str(said.get(key) or "") for key in ("headline", "verdict", "verdict_rests_on"))
    return Answer((headline,) if headline else (), verdict, why.rstrip("."), facts_of(run))


def doubts(run: Run) -> list[str]:
    """How sure the answer is, in sentences: what the run says of itself, else how much of its data is known."""
    told = [str(sentence) for sentence in run.summary.get("doubts") or ()]
    if not told and run.counts is not None:
        told = [sentences.data_known(run.counts)]
    return [*told, *filter(None, [warned(run)])]


def warned(run: Run) -> str:
    """What `planner check` would say of the data."""
    found = (run.manifest.get("data") or {}).get("warnings") or {}
    economy = str((run.manifest.get("options") or {}).get("economy") or "")
    return data_warnings(sum(found.values()), economy, list(found)) if found else ""
