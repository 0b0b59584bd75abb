"""The answer of a run, as the top of its page gives it: a sentence, the verdict and its strength, a few figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from planner.feasibility.verdicts import STRENGTHS
from planner.report.charts_ladder import finding, rungs_of
from planner.report.page_run import BELOW_BASE, Run, is_below_base
from planner.report.page_shapes import exact, figure, share
from planner.report.words import is_share

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
_STATUS = {
    "infeasible": "No plan keeps the floors and balances, whatever the targets: the region itself is empty.",
    "unbounded": "Nothing limits the objective: the region is unbounded in its direction.",
    "stopped": "The solver was stopped before it had an answer.",
}


@dataclass(frozen=True)
class Answer:
    """What was found.

    Args:
        says: sentences; verdict, strength: where the run judges a plan; facts: label and text of what is worth a number.
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
        proved = "" if said.get("targets_most_met_is_proved") else ", more not excluded"
        facts.append(("most figures in full at once", f"{met} of {count}{proved}"))
    for label, key in (
        ("share of the planned growth reached", "attainment_of_growth"),
        ("share reached if due one period earlier", "attainment_due_one_period_earlier"),
    ):
        if said.get(key) is not None:
            facts.append((label, _share(said[key])))
    if said.get("reached_in"):
        facts.append(("figures reached in full, conditions held", str(said["reached_in"])))
    # the headline begins with the plan, which is the title of the page, and with the verdict, which stands by itself
    headline = str(said.get("headline") or "")
    for opening in (f"{run.plan}: ", f"{verdict}: {STRENGTHS.get(verdict, '')}. "):
        headline = headline.removeprefix(opening)
    return Answer((headline[:1].upper() + headline[1:],), verdict, STRENGTHS.get(verdict, ""), tuple(facts))


def _share(value: Any, otherwise: str = "–") -> str:
    return otherwise if value is None else share(str(value))


def _ladder(run: Run) -> Answer:
    table, says = run.table("verdicts"), []
    for scenario in dict.fromkeys(table.column("scenario")):
        rungs = rungs_of(table, scenario, run.plan_titles())
        for floor in dict.fromkeys(rung.floor for rung in rungs):
            found = finding([rung for rung in rungs if rung.floor == floor])
            below = f" ({BELOW_BASE})" if is_below_base(floor) else ""
            where = f"Scenario {scenario.replace('_', ' ')}, consumption floor {floor}{below}"
            says.append(f"{where}: {found[:1].lower()}{found[1:]}.")
    return Answer(tuple(says))


def _backtest(run: Run) -> Answer:
    says = []
    for corner, found in (run.summary.get("corners") or {}).items():
        outside, unknown = found.get("does_not_fit") or [], found.get("without_facts") or []
        tested = [span for span in found.get("attainment") or {} if span not in unknown]
        rest = f"; these do not: {', '.join(outside)}" if outside else ""
        untold = f" No figure is known of: {', '.join(unknown)}." if unknown else ""
        says.append(
            f"At {corner} values {len(tested) - len(outside)} of {len(tested)} spans of years fit{rest}.{untold}"
        )
    return Answer(("What was produced, tested like a plan: a model that rejects what happened is wrong.", *says))


def _solve(run: Run) -> Answer:
    said = run.summary
    status, value = str(said.get("status")), said.get("value")
    if status != "optimal" or value is None:
        return Answer((_STATUS.get(status, "The solver gave no answer."),))
    if is_share(said.get("unit")):
        says = f"All {said.get('targets')} figures together can be reached to {share(str(value))}."
    else:
        goal = str(said.get("objective") or "objective").rstrip("?.")
        says = f"{goal[:1].upper()}{goal[1:]}: {figure(str(value))} ({said.get('unit')})."
    facts = []
    if said.get("targets"):
        facts.append(("figures met in full", f"{said.get('targets_met')} of {said['targets']}"))
    if said.get("worst_target"):
        facts.append(("figure that is met worst", str(said["worst_target"]).replace("_", " ")))
    return Answer((says,), facts=tuple(facts))


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
    """How sure the answer is, in sentences."""
    said, result = run.summary, []
    figures, data = (run.table(name).column("verified") for name in ("feasibility", "data"))
    if figures:
        result.append(f"{figures.count('yes')} of {len(figures)} target figures were seen in their source.")
    if data:
        ranges = sum(
            low != high for low, high in zip(*(run.table("data").column(end) for end in ("low", "high")), strict=True)
        )
        result.append(
            f"{data.count('yes'):,} of {len(data):,} numbers of the data were seen in their source; {ranges:,} have a range."
        )
    alone = said.get("verdict_hangs_on_single_targets")
    if alone:
        result.append(
            f"The verdict hangs on one target: without {' or without '.join(alone)} the rest is within reach."
        )
    elif alone is not None and len(figures) > 1 and said.get("verdict") not in ("inside", "region empty"):
        result.append("The verdict does not hang on one target: without any single one the rest is still out of reach.")
    if "verdict_hangs_on_single_numbers" in said:
        turning, tried = said["verdict_hangs_on_single_numbers"] or [], said.get("every_number_tried")
        if turning:
            result.append(f"{len(turning)} single numbers, each moved to its own end, would turn the verdict.")
        elif tried is not None:
            cut = "" if tried else " among those tried before the search was cut"
            result.append(f"No single number{cut}, moved to the end of its own range, turns the verdict.")
    return result
