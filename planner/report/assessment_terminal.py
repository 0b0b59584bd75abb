"""An assessment on the terminal: the answer first, then why, then how sure."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from rich.console import Console

from planner.feasibility.assess import Assessment
from planner.feasibility.attainment import INSIDE
from planner.report.assessment import feasibility_table, hanging, headline, reached_in
from planner.report.binding import binding_table
from planner.report.terminal import MOST_ROWS, show_binding, show_rows, target_label
from planner.report.words import conditions, number, percent


def show_assessment(found: Assessment, console: Console) -> None:
    """Print the whole answer for one plan."""
    formulation = found.formulation
    console.print(f"[bold]{headline(found)}[/bold]")
    console.print(f"{formulation.economy.title}; {conditions(formulation)}", style="dim")
    console.print()
    if found.attained.solution.optimal:
        _targets(found, console)
        console.print()
        show_binding(binding_table(found.attained.solution), formulation.goal.unit, console, most=8)
        console.print()
        _needed(found, console)
    _conflicts(found, console)
    _dates(found, console)
    _decomposition(found.decomposition, console)
    _doubts(found, console)


def _targets(found: Assessment, console: Console) -> None:
    table = feasibility_table(found)
    columns = [("target", "left"), ("in", "left"), ("unit", "left")]
    columns += [(name, "right") for name in ("official", "feasible", "share", "alone", "others held", "produced")]
    rows = [
        (
            target_label(str(row["measure"]), str(row["item"])), str(row["period"]), str(row["unit"]), number(row["official"]),
            number(row["feasible"]), percent(row["share"]), percent(row["alone_share"]),
            percent(row["with_others_held_share"]), number(row["actual"]),
        )
        for row in table.head(MOST_ROWS).to_dict("records")
    ]  # fmt: skip
    show_rows(console, "Targets", columns, rows)
    if len(table) > MOST_ROWS:
        console.print(f"… and {len(table) - MOST_ROWS} more in feasibility.csv", style="dim")
    console.print(
        "feasible, share: balanced (the worst raised as far as it goes, then the next); alone: all other targets given up; "
        "others held: at the common share",
        style="dim",
    )
    if found.met is not None:
        exact = "" if found.met.exact else f" found; no more than {found.met.bound} is proved"
        missed = found.reading("missed")
        least, short = number(float(np.nansum(missed))), int(np.nansum(missed > 1e-6))
        console.print(f"In full at once: {int(found.met.met.sum())} of {len(table)} targets{exact}.")
        console.print(f"Where the sum of shortfalls is least ({least} of a target), {short} fall short.")


def _needed(found: Assessment, console: Console) -> None:
    if found.attained.share >= INSIDE or not len(found.relaxation):
        return
    table = found.relaxation
    rows = []
    for group in dict.fromkeys(table.loc[table["way"] == "alone", "group"]):
        of = table[table["group"] == group].set_index("way")
        alone = _need(of.loc["alone"])
        jointly = _need(of.loc["jointly"]) if "jointly" in of.index else "–"
        rows.append((str(group), alone, jointly))
    refused = [row for row in rows if row[1].startswith("no amount")]
    shown = [row for row in rows if row not in refused or row[2] not in ("–", "nothing")]
    show_rows(
        console,
        "What it would have taken to meet every target",
        [("limit", "left"), ("alone", "right"), ("all jointly, least sum", "right")],
        shown,
    )
    if refused:
        proved = all("proved" in row[1] for row in refused)
        console.print(
            f"No amount of any one of {len(refused)} groups of limits alone would do{' (proved)' if proved else ''}.",
            style="dim",
        )
    equally = table[table["way"] == "equally"]
    if len(equally):
        console.print(f"All limits on resources, trade and plant growing equally: {_need(equally.iloc[0])}.")
    console.print()


def _need(row: pd.Series) -> str:
    if row["answer"] == "no amount":
        return f"no amount{', proved' if row['proved'] == 'yes' else ''}"
    if row["answer"] == "nothing needed":
        return "nothing"
    return f"+{percent(float(row['needed']))}" if row["answer"] == "enough" else "undecided"


def _conflicts(found: Assessment, console: Console) -> None:
    conflicts = found.conflicts
    if conflicts is None:
        return
    for kind, title, most in (("conflict", "Smallest conflicts", 8), ("cure", "Smallest cures", 3)):
        sentences = conflicts.sentences(kind)
        if not sentences:
            continue
        more = f" (the first {most} of {len(sentences)})" if len(sentences) > most else ""
        console.print(f"[bold]{title}[/bold]{more}")
        for sentence in sentences[:most]:
            console.print(f"  · {sentence}")
    if not conflicts.complete:
        console.print(f"The list was cut: {conflicts.reason}.", style="dim")
    console.print()


def _dates(found: Assessment, console: Console) -> None:
    reached = reached_in(found.horizon)
    if reached is None:
        return
    due = found.horizon["due"].iloc[0]
    if found.attained.share >= INSIDE:
        console.print(f"Due in {due}, the figures can be met.")
    elif reached.startswith("not"):
        best = percent(found.horizon["attainment"].max())
        console.print(
            f"With conditions held as in the last year of the data the figures are out of reach, [bold]{reached}[/bold] "
            f"(at most {best} of them)."
        )
    else:
        console.print(
            f"With conditions held as in the last year of the data, the figures could be reached in [bold]{reached}[/bold]."
        )
    if np.isfinite(found.earlier_share):
        console.print(
            f"Due one period earlier: {percent(found.earlier_share)}; a plan year that straddles two periods lies between."
        )
    console.print()


def _decomposition(table: pd.DataFrame, console: Console) -> None:
    if not len(table):
        return
    ends = (0, len(table) - 1)
    rows = [
        (str(r["group"]), "", "", percent(r["alone"]))
        if i in ends
        else (str(r["group"]), *map(_points, (r["alone"], r["last"], r["shapley"])))
        for i, r in enumerate(table.to_dict("records"))
        if i in ends or _moves(r)
    ]
    floor, against = table["floor"].iloc[0], table["against"].iloc[0]
    columns = [
        ("from the plan's assumptions to what happened", "left"),
        ("alone", "right"),
        ("last", "right"),
        ("share of the whole", "right"),
    ]
    show_rows(console, f"Inconsistent in itself, or overtaken by events?  (against: {against})", columns, rows)
    console.print(
        f"changes of attainment in points; consumption floor {floor}, the highest both ends bear", style="dim"
    )
    console.print()


def _moves(row: Mapping[Hashable, Any]) -> bool:
    return any(abs(v) > 1e-4 for v in (row["alone"], row["last"], row["shapley"]) if np.isfinite(v))


def _points(value: float) -> str:
    return "–" if not np.isfinite(value) else f"{100 * value:+.1f}"


def _doubts(found: Assessment, console: Console) -> None:
    console.print("[bold]How sure is it?[/bold]")
    table = found.formulation.targets.frame
    verified = int((table["verified"] == "yes").sum())
    console.print(f"  · {verified} of {len(table)} target figures are verified in a source.")
    lone = hanging(found)
    if lone:
        console.print(
            f"  · The verdict hangs on one target: without {' or without '.join(lone)} the rest is within reach."
        )
    if found.flips is not None:
        _flips(found, console)
    if found.judgements:
        console.print(f"  · Judgements made in the data after a verdict had been seen ({len(found.judgements)}):")
        for judgement in found.judgements:
            console.print(f"      – {judgement}", style="dim")


def _flips(found: Assessment, console: Console) -> None:
    flips = found.flips
    assert flips is not None
    if not len(flips.table):
        cut = "" if flips.complete else " (the search was cut)"
        console.print(
            f"  · No single number of the {flips.numbers} with a range, moved to its own end, turns the verdict{cut}."
        )
        return
    console.print(f"  · Of {flips.numbers} numbers with a range, {len(flips.table)} alone would turn the verdict:")
    for row in flips.table.to_dict("records"):
        verified = "verified" if row["verified"] == "yes" else "not verified"
        where = f"{row['table']}: {row['number']}, {number(row['central'])} → {number(row['end'])} {row['unit']}"
        console.print(
            f"      – {where}: {percent(row['attainment'])} ({verified}; {row['source']})",
            style="dim",
        )
