"""The kinds of runs as their pages know them: what was asked, which figures stand under the answer, what makes a run again.

A kind is what ``manifest.json`` says it is. Each has one row here; what the row leaves out of the summary stands in
``summary.json`` and need not be read by anybody who wants the answer.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from planner.language.numbers import number, percent
from planner.reporting.run.read import Run
from planner.reporting.wording.money import CANNOT

__all__ = ["KINDS", "RunKind", "SummaryFigure", "command_of", "facts_of", "kind_of", "values_of"]


@dataclass(frozen=True)
class SummaryFigure:
    """A figure of the summary under the answer.

    Args:
        label: what it is, in words.
        key: of the summary.
        of: key of what it is a part of.
        form: ``share`` and ``gap`` are told in per cent, ``text`` as it is.
    """

    label: str
    key: str
    of: str = ""
    form: Literal["number", "share", "gap", "text"] = "number"

    def text(self, summary: Mapping[str, Any]) -> str:
        """The figure as a reader sees it; empty where the summary does not have it.

        >>> SummaryFigure("limits with a price", "priced", of="limits").text({"priced": 11, "limits": 26})
        '11 of 26'
        >>> SummaryFigure("bound", "bound", form="share").text({"bound": 0.84385, "unit": "share of the official figures"})
        '84.4 %'
        """
        value = summary.get(self.key)
        if value is None or value == "":
            return ""
        if self.form == "text" or isinstance(value, str):
            return str(value).replace("_", " ")
        if self.form == "gap" or (self.form == "share" and str(summary.get("unit") or "").startswith("share of")):
            return percent(float(value))
        if self.form == "share":
            return f"{number(float(value))} {summary.get('unit') or ''}".rstrip()
        return (
            f"{number(float(value))} of {number(float(summary[self.of]))}"
            if self.of in summary
            else number(float(value))
        )


@dataclass(frozen=True)
class RunKind:
    """One kind of run.

    Args:
        name: as in the manifest.
        title: what it is, beside the name of the plan.
        asks: what was asked; empty where the model says it.
        cannot: what its answer does not say, in a sentence.
        table: that stands beneath the answer, with its charts.
        facts: figures under the answer.
        command: that makes it; empty where the manifest does not hold all that it takes.
        first: options that stand before the economy in its command.
        options: other options of its command that the manifest holds, beside those of every question, by their names there
            and on the command line where these are not the same.
        common: those of every question that its command takes.
        economy: how its command takes the economy: as an argument, or after this option.
        about: what its command is about, by its name in the manifest.
    """

    name: str
    title: str
    asks: str = ""
    cannot: str = ""
    table: str = ""
    facts: tuple[SummaryFigure, ...] = ()
    command: str = ""
    first: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    common: tuple[str, ...] = ("model", "plan", "scenario", "corner", "floor")
    economy: str = ""
    about: str = "economy"


_VALUE = SummaryFigure("best that can be reached", "value", form="share")
KINDS: dict[str, RunKind] = {
    kind.name: kind
    for kind in (
        RunKind(
            "feasibility",
            "how far outside, and why",
            "How far is the plan from what could be produced together, and why?",
            "That figures fit is no proof that they could have been met; that they do not fit says nothing of causes or blame.",
            "feasibility",
            options=("against", "years"),
            common=("model", "plan", "scenario", "floor"),
            command="feasibility",
        ),
        RunKind(
            "solve",
            "a feasible plan",
            cannot="The plan is one of many that reach the same figures; it is arithmetic, not advice.",
            table="targets",
            command="solve",
        ),
        RunKind(
            "ladder",
            "plans side by side",
            "Which of the plans could have been met?",
            "Shares of different plans are shares of different figures: the plan with the greater share is not the better one.",
            "verdicts",
            common=("model", "plan", "scenario", "floor"),
            command="feasibility",
        ),
        RunKind(
            "backtest",
            "what happened, tested like a plan",
            "Does what was produced fit the tables?",
            "A table that is too kind fits as well: what happened can show that tables are wrong, never that they are right.",
            "backtest",
            common=("model", "scenario", "floor"),
            command="backtest",
        ),
        RunKind(
            "join",
            "when the figures could have been had",
            "In which year could the figures have been had together, the horizon going on into the economies that follow?",
            "Planned as one means by one will that knows all years to come; nobody did. That figures fit is no proof that "
            "they could have been met.",
            "joined",
            (
                SummaryFigure("first year, planned as one", "first_year", form="text"),
                SummaryFigure("due dates at which all can be had, planned as one", "dates_in_full", of="dates"),
            ),
            common=("model", "plan", "scenario", "corner", "floor"),
            first=(),
            command="join",
            about="economies",
        ),
        RunKind(
            "sensitivity",
            "what the answer hangs on",
            "What would one more of each limit, and each uncertain number, change?",
            "Each price holds for a small step, the rest being as it is; it says nothing of what more would have cost or "
            "who would have had to give it.",
            "bottlenecks",
            (
                _VALUE,
                SummaryFigure("limits of which one more would help", "limits_with_a_price", of="limits"),
                SummaryFigure("limits worth more one way than the other", "prices_that_differ_by_side"),
                SummaryFigure(
                    "uncertain numbers that move the answer", "numbers_that_matter", of="numbers_with_a_range"
                ),
            ),
            options=("curve", "top"),
            command="sensitivity",
        ),
        RunKind(
            "frontier",
            "what can be had together",
            "Which amounts of the two can be had together?",
            "It shows what the tables allow, not which of it ought to be wanted, and not that anybody could have chosen it.",
            "frontier",
            (
                SummaryFigure("across", "x_name", form="text"),
                SummaryFigure("upwards", "y_name", form="text"),
                SummaryFigure("third quantity, in steps", "third_name", form="text"),
                SummaryFigure("share of all figures held", "hold", form="gap"),
                SummaryFigure("corners of the picture", "corners"),
            ),
            first=("x", "y"),
            options=("hold", "third"),
            command="frontier",
        ),
        RunKind(
            "near_optimal",
            "plans near the best",
            "What do all plans near the best have in common?",
            "What every plan must do hangs on the tables and on what counts as near; free means free in this arithmetic alone.",
            "near_optimal",
            (
                _VALUE,
                SummaryFigure("plans looked at are within so much of it", "epsilon", form="gap"),
                SummaryFigure("totals that are as good as fixed", "fixed"),
                SummaryFigure("totals that must be made in part", "at_least"),
                SummaryFigure("totals that may be left undone", "free"),
                SummaryFigure("totals that none of these plans has", "none"),
                SummaryFigure("whole plans shown", "plans"),
            ),
            options=("epsilon", "plans"),
            command="near-optimal",
        ),
        RunKind(
            "regions",
            "regions matched",
            "Can the figures of regions be met together with those of the country?",
            "Consumption per head is the same in every region, so this arithmetic cannot see where people went hungry; and a "
            "line that is not full in the plan with the least hauls may not have sufficed.",
            "matching",
            (
                SummaryFigure("the country's figures can be had to", "country", form="share"),
                SummaryFigure("those of regions", "regions", form="share"),
                SummaryFigure("all of them", "both", form="share"),
                SummaryFigure("figures of regions seen in a source", "figures_seen", of="figures_of_regions"),
                SummaryFigure("lines full, each way and period", "lines_full", of="lines"),
            ),
            command="regions",
        ),
        RunKind(
            "money",
            "money against goods",
            "Would households' money have found goods at the plan's own prices, and who paid for its investment?",
            CANNOT,
            "clearing",
            (
                SummaryFigure("case of the sentence", "case", form="text"),
                SummaryFigure("price that would sell the goods, base period 1", "clearing"),
                SummaryFigure("price planned or asked", "price"),
                SummaryFigure("share of households' money without goods", "gap", form="gap"),
            ),
            options=("level", "account"),
            command="money",
        ),
        RunKind(
            "claims",
            "what texts state, beside the tables",
            "Which statements about the plan agree with the tables?",
            "A statement about what people did, wanted or suffered has no test here, and none could be written; that one agrees "
            "with the tables does not make it a judgement of the plan.",
            "claims",
            (
                SummaryFigure("agree", "agrees"),
                SummaryFigure("disagree", "disagrees"),
                SummaryFigure("undecided", "undecided"),
                SummaryFigure("outside what tables can say", "outside"),
                SummaryFigure("without a test", "untested"),
            ),
            common=("model", "plan", "scenario", "floor"),
            command="claims",
        ),
        RunKind(
            "uncertainty",
            "how sure the answer is",
            "How often are the figures met when every uncertain number is drawn from its range?",
            "Ranges are judgements, so that a count of draws is no probability that the plan could have been met.",
            "met",
            (
                SummaryFigure("draws", "draws_done", of="draws"),
                SummaryFigure("uncertain numbers", "uncertain_numbers"),
                SummaryFigure("of them moved by themselves", "independent_factors"),
            ),
            options=(
                "samples",
                "seed",
                "design",
                "distribution",
                "sharing",
                "by",
                "keep=factors",
                "given",
                "balanced",
                "distributions=distribution",
            ),
            common=("model", "plan", "scenario", "floor"),
            command="uncertainty",
        ),
        RunKind(
            "execute",
            "a plan played forward",
            "What becomes of the plan if goods are handed out by this rule?",
            "It describes how goods are handed out, not persons, and is no forecast; nothing is fitted to what was produced, and "
            "nothing may be. How deep the fall is hangs on the rules.",
            "execution_years",
            (
                SummaryFigure("share of all figures that can be had at once", "share_of_all_at_once", form="gap"),
                SummaryFigure("output, of what could be had", "value", form="gap"),
                SummaryFigure("least share of a figure that is made", "least_share_of_a_figure", form="gap"),
                SummaryFigure("draws of shocks", "draws"),
            ),
            options=("tautness", "allocation", "sites", "targets", "rule", "every", "draws", "seed"),
            command="execute",
        ),
        RunKind(
            "projects",
            "whole works",
            "Which works are worth building whole, and how far does that reach?",
            "What a work is worth is counted in figures of the plan alone, and for a builder who knows all that is to come.",
            "projects",
            (
                SummaryFigure("whole projects reach", "value", form="share"),
                SummaryFigure("no programme passes", "bound", form="share"),
                SummaryFigure("projects in parts would reach", "in_parts", form="share"),
                SummaryFigure("the same amounts by the unit would reach", "by_the_unit", form="share"),
            ),
            options=("gap", "nodes", "count"),
            command="projects",
        ),
        RunKind(
            "diagnosis",
            "can all rows and bounds hold together?",
            cannot="It says which rows clash as they are written, not which of them is wrong.",
            table="conflict",
            facts=(
                SummaryFigure("rows", "rows"),
                SummaryFigure("columns", "columns"),
                SummaryFigure("columns of whole numbers", "whole_numbers"),
                SummaryFigure("rows that have to be given up at least", "at_least"),
            ),
            common=(),
            options=("effort", "time-limit", "weight"),
            about="file",
            command="diagnose",
        ),
        RunKind(
            "compare",
            "what they assume and what they find",
            "What do the runs assume otherwise, and what do they find otherwise?",
            "What differs in the answers need not come from any one of the assumptions that differ.",
            "runs",
            first=("subjects",),
            options=("file", "follow", "draws", "seed"),
            common=("model", "plan", "scenario", "corner", "floor"),
            economy="economy",
            command="compare",
        ),
    )
}


def kind_of(run: Run) -> RunKind:
    """The kind of a run; one without a name or a row where the manifest says what this page does not know."""
    name = str(run.manifest.get("kind") or "")
    return KINDS.get(name, RunKind(name, ""))


def facts_of(run: Run) -> tuple[tuple[str, str], ...]:
    """Label and text of the figures of a run that its kind puts under the answer."""
    return tuple((fact.label, text) for fact in kind_of(run).facts if (text := fact.text(run.summary)))


def command_of(run: Run) -> str:
    """The command that makes a run again; empty where none does, or the manifest does not hold all that it takes."""
    kind, chosen = kind_of(run), run.options
    if not kind.command or not chosen.get(kind.about) or (run.manifest.get("inputs") or {}).get("changed_in_memory"):
        return ""
    if kind.first and not any(values_of(chosen.get(key)) for key in (*kind.first, "file")):
        return ""
    words = ["planner", kind.command, *(word for key in kind.first for word in values_of(chosen.get(key)))]
    words += [f"--{kind.economy}"] * bool(kind.economy) + values_of(chosen[kind.about])
    for option in (*kind.common, *kind.options):
        key, _, name = option.partition("=")
        for value in values_of("all" if key == "plan" and isinstance(chosen.get(key), list) else chosen.get(key)):
            if value in ("True", "False"):
                words.append(f"--{'no-' * (value == 'False')}{name or key}")
            elif (key, value) not in (("corner", "central"), ("keep", "0")):
                words += [f"--{name or key}", value]
    for change in chosen.get("sets") or ():
        words += ["--set", str(change)]
    return shlex.join(words)


def values_of(value: Any) -> list[str]:
    """An option of the manifest as it is written on the command line, once for each of several values.

    >>> values_of({"stop_below": 0.5}), values_of(["a", "b"]), values_of(None)
    (['stop_below=0.5'], ['a', 'b'], [])
    """
    if value is None or value == "":
        return []
    if isinstance(value, dict):
        return [f"{key}={one}" for key, one in value.items()]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
