"""An assessment on the terminal: the answer first, then why, then how sure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console

from planner.analysis.feasibility.assessment import Assessment
from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.feasibility.conflicts import PlanConflicts
from planner.analysis.feasibility.horizon import NOWHERE
from planner.analysis.feasibility.shortfall import MostMet
from planner.answers.feasibility import FeasibilityAnswer
from planner.cli.show.grid import GridColumn
from planner.cli.show.pieces import (
    MET,
    bullet,
    held_in_full,
    say,
    show_binding,
    show_conditions,
    show_rows,
    target_named,
)
from planner.cli.show.regions import show_matching
from planner.economy.names import Names
from planner.economy.provenance import cited, references
from planner.language.counting import capital
from planner.language.numbers import number
from planner.reporting.dictionary.terms import glossed
from planner.reporting.tables.assessment import doubts, feasibility_table, most_met_by_kind
from planner.reporting.tables.binding import binding_table
from planner.reporting.wording import sentences, sure
from planner.reporting.wording.conditions import households
from planner.reporting.wording.conflicts import FEW, cures_compared, cut_short, heading
from planner.reporting.wording.marks import legend_of, signs
from planner.reporting.wording.numbers import held_throughout
from planner.reporting.wording.settled import path_in_words, settled_in_words, shares_by_rule

MOST_CONFLICTS = 8  # told one by one


def show(answer: FeasibilityAnswer, console: Console) -> None:
    """Print the whole answer for one plan."""
    found = answer.found
    formulation = found.formulation
    show_conditions(formulation, console)
    console.print()
    if found.attained.solution.optimal:
        names = Names.of(formulation.economy)
        path = found.settled.path if found.settled is not None else None
        for sentence in (*settled_in_words(found.settled), *path_in_words(path)):
            bullet(console, sentence)
        console.print()
        _targets(found, names, console)
        for sentence in answer.indices:
            say(console, sentence, "dim")
        console.print()
        show_binding(binding_table(found.attained.solution), formulation.goal.unit, names, console, most=8)
        console.print()
        _needed(found, console)
    if found.matching is not None:
        show_matching(answer.tables, found.matching.both.objective, Names.of(formulation.economy), console)
        console.print()
    for conflicts in (found.conflicts, found.by_region):
        if conflicts is not None:
            _conflicts(conflicts, console, by_region=conflicts is found.by_region)
    _dates(found, console)
    _decomposition(found.decomposition, console, in_one_place=bool(found.in_one_place))
    _doubts(found, console)


def _targets(found: Assessment, names: Names, console: Console) -> None:
    table = feasibility_table(found)
    columns = [
        GridColumn("target"),
        GridColumn("in"),
        GridColumn("unit"),
        GridColumn("official", "right"),
        GridColumn("feasible", "right"),
        GridColumn("share", "right"),
        GridColumn("alone", "right", drop=2),
        GridColumn("others held", "right", drop=1),
        GridColumn("produced", "right", drop=3),
    ]
    rows = [
        (
            target_named(names, r),
            r["period"],
            r["unit"],
            number(r["official"]),
            number(r["feasible"]),
            _share(r["share"]) + signs(str(r["mark"])),
            _share(r["alone_share"]),
            _share(r["with_others_held_share"]),
            number(r["actual"]),
        )
        for r in table.to_dict("records")
    ]
    missed = [not share >= MET for share in table["share"]]
    legend = {
        "feasible, share": shares_by_rule(found.settled),
        "alone": "all other targets given up",
        "others held": "at the common share",
    }
    show_rows(console, "Targets", columns, rows, bold=missed, file="feasibility.csv", legend=legend)
    say(console, legend_of(table["mark"]), "dim")
    for sentence in held_in_full(table, names):
        say(console, sentence, "dim")
    if found.met is not None:
        _most_met(found, found.met, console)


def _most_met(found: Assessment, together: MostMet, console: Console) -> None:
    """How many figures can be met in full together, of which kinds, and how many fall short where least is missed."""
    scaled = found.formulation.targets.scaled
    count, met = int(scaled.sum()), int(together.met[scaled].sum())
    say(console, sentences.most_met(met, count, exact=together.exact, bound=together.bound))
    kinds = most_met_by_kind(found)
    say(console, f"Among the most that can be met together: {kinds}." if kinds else "")
    missed_shares = found.reading("missed")
    short = int(np.nansum(missed_shares > 1e-6))
    say(console, sentences.least_missed(float(np.nansum(missed_shares)), short, count))


def _share(value: float) -> str:
    return sentences.reach(value) if np.isfinite(value) else "–"


def _needed(found: Assessment, console: Console) -> None:
    if found.attained.share >= INSIDE or not len(found.relaxation):
        return
    table = found.relaxation
    alone = table[table["way"] == "alone"]
    jointly = {row["group"]: _need(row) for row in table[table["way"] == "jointly"].to_dict("records")}
    groups = alone.to_dict("records")
    shown = [
        (capital(row["group"]), _need(row), jointly.get(row["group"], "–"))
        for row in groups
        if row["answer"] != "no amount" or jointly.get(row["group"], "–") not in ("–", "nothing")
    ]
    columns = [GridColumn("limit"), GridColumn("alone", "right"), GridColumn("all jointly, least sum", "right")]
    show_rows(
        console, "What it would have taken to meet every target", columns, shown, none="No group of limits would do."
    )
    refused = [row for row in groups if row["answer"] == "no amount"]
    proved = sum(row["proved"] == "yes" for row in refused)
    say(console, sentences.no_amount([row["group"] for row in refused], proved, len(groups)), "dim")
    for row in table[table["way"] == "equally"].to_dict("records"):
        is_proved, count = row["proved"] == "yes", len(jointly)
        say(console, sentences.equally(row["answer"], float(row["needed"]), count, len(groups), is_proved=is_proved))
    if len(found.regional_relaxation):
        names = Names.of(found.formulation.economy)
        own = [(names(str(r["region"]), "region"), _need(r)) for r in found.regional_relaxation.to_dict("records")]
        columns = [GridColumn("region"), GridColumn("more of all that it has", "right")]
        console.print()
        show_rows(console, "The same, of what one region has, all others as they are", columns, own)
    console.print()


def _need(row: Mapping[Hashable, Any]) -> str:
    return sentences.more_needed(str(row["answer"]), float(row["needed"]), is_proved=row["proved"] == "yes")


def _conflicts(conflicts: PlanConflicts, console: Console, *, by_region: bool) -> None:
    file = "regional_conflicts.csv" if by_region else "conflicts.csv"
    if by_region:
        say(console, "The same, of all that stands in a region together", "bold")
    compared = cures_compared(conflicts)
    for kind, most in (("conflict", MOST_CONFLICTS), ("cure", 0 if compared else FEW)):
        told = conflicts.sentences(kind)
        if told:
            shown = min(most, len(told)) if most else len(told)
            say(console, heading(kind, len(told), shown, complete=conflicts.complete), "bold")
        for sentence in told[:most]:
            bullet(console, sentence)
    for sentence in compared:
        bullet(console, sentence)
    if compared:
        say(console, f"in brackets: in how many of them; one by one in {file}", "dim")
    if not conflicts.complete:
        say(console, cut_short(conflicts.reason), "dim")
    if len(conflicts.table) and not by_region:
        say(console, held_throughout(conflicts.held), "dim")
    console.print()


def _dates(found: Assessment, console: Console) -> None:
    table = found.horizon
    if len(table):
        count = int(found.formulation.targets.scaled.sum())
        due, shares = table["due"].astype(str).tolist(), table["attainment"].tolist()
        nested = table["reached"].iloc[-1] == NOWHERE
        grows = found.formulation.question.growth
        say(console, sentences.at_every_date(due, shares, count, in_one_place=nested, growth=grows))
        say(console, sentences.earlier(found.earlier_share, count))
        console.print()


def _decomposition(table: pd.DataFrame, console: Console, *, in_one_place: bool) -> None:
    if not len(table):
        return
    ends = (0, len(table) - 1)
    rows = [
        (capital(str(r["group"])), "", "", _share(r["alone"]))
        if i in ends
        else (capital(str(r["group"])), *map(_points, (r["alone"], r["last"], r["shapley"])))
        for i, r in enumerate(table.to_dict("records"))
        if i in ends or _moves(r)
    ]
    floor, against = table["floor"].iloc[0], table["against"].iloc[0]
    columns = [
        GridColumn("assumptions"),
        GridColumn("alone", "right"),
        GridColumn("last", "right"),
        GridColumn("share of the whole", "right"),
    ]
    held = f"; {households(str(floor))}, the most that both ends bear" if floor else ""
    where = "; of the country in one place" if in_one_place else ""
    changes = f"changes of the share of all figures reached, in points of a hundred{held}{where}"
    legend = {"alone, last, share of the whole": changes}
    show_rows(
        console, f"Inconsistent in itself, or overtaken by events?  (against: {against})", columns, rows, legend=legend
    )
    console.print()


def _moves(row: Mapping[Hashable, Any]) -> bool:
    return any(abs(v) > 1e-4 for v in (row["alone"], row["last"], row["shapley"]) if np.isfinite(v))


def _points(value: float) -> str:
    if not np.isfinite(value):
        return "–"
    return f"{100 * value:+.1f}" if abs(value) >= 5e-4 else "0.0"


def _doubts(found: Assessment, console: Console) -> None:
    say(console, "How sure is it?", "bold")
    for sentence in doubts(found):
        bullet(console, sentence)
    if found.switching_values is not None:
        economy = found.formulation.economy
        names, known = Names.of(economy), references(economy.tables)
        for row in found.switching_values.table.to_dict("records"):
            seen = "verified" if row["verified"] == "yes" else "not verified"
            what = f"{row['table'].replace('_', ' ')}: {names.key(row['number'], row['table'])}"
            moved = f"{what}, {number(row['central'])} → {number(row['end'])} {row['unit']}".rstrip()
            source = f"; {cited(row['source'], known)}" if row["source"] else ""
            bullet(console, f"{moved}: {sentences.reach(row['attainment'])} ({seen}{source})", 2, "dim")
    if found.judgements:
        bullet(console, sure.judged(len(found.judgements)))
    for judgement in found.judgements:
        bullet(console, judgement, 2, "dim")
    say(console, glossed(" ".join(found.judgements)), "dim")
