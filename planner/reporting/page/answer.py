"""The answer of a run, as the top of its page gives it: a sentence, the verdict and its strength, a few figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.formulation.named import is_share
from planner.language.counting import capital, listed, lower
from planner.reporting.charts.ladder import finding, rungs_of
from planner.reporting.page.shapes import exact, share
from planner.reporting.run.read import BELOW_BASE, Run, is_below_base
from planner.reporting.wording import sentences
from planner.reporting.wording.data import data_warnings, spans_fit

__all__ = ["Answer", "answer", "doubts", "kind_of", "question"]

_KNOWN = {
    "economy",
    "title",
    "plan",
    "plan_title",
    "scenario",
    "floor",
    "model",
    "question",
    "caution",
}  # said elsewhere
_SHARES = {"value", "bound", "in_parts", "attainment"}


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


def kind_of(run: Run) -> str:
    """What sort of run it is, by its tables: feasibility, ladder, backtest, solve, or other."""
    marks = (("feasibility", "feasibility"), ("verdicts", "ladder"), ("backtest", "backtest"), ("balances", "solve"))
    return next((kind for table, kind in marks if table in run.tables), "other")


def question(run: Run) -> str:
    """What was asked, in a line."""
    by_kind = {
        "feasibility": "How far is the plan from what could be produced together, and why?",
        "ladder": "Which of the plans could have been met?",
        "backtest": "Does what was produced fit the tables?",
    }
    return str(run.summary.get("question") or by_kind.get(kind_of(run), ""))


def answer(run: Run) -> Answer:
    """The answer, whatever sort of run it is."""
    by_kind = {"feasibility": _feasibility, "ladder": _ladder, "backtest": _backtest, "solve": _solve}
    return by_kind.get(kind_of(run), _other)(run)


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


def _other(run: Run) -> Answer:
    """A run of a kind that this page knows nothing of: what its summary says in sentences and in numbers."""
    told = {
        key: value for key, value in run.summary.items() if isinstance(value, int | float | str) and key not in _KNOWN
    }
    headline, verdict, why = (str(told.pop(key, "")) for key in ("headline", "verdict", "verdict_rests_on"))
    of_shares = is_share(told.get("unit"))
    facts = [(key.replace("_", " "), _plain(value, of_shares and key in _SHARES)) for key, value in told.items()]
    return Answer((headline,) if headline else (), verdict, why.rstrip("."), tuple(facts))


def _plain(value: float | str, is_share: bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value.replace("_", " ")
    return share(str(value)) if is_share else exact(str(value))


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
