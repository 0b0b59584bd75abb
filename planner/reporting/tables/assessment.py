"""An assessment as tables and sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.analysis.feasibility.assessment import Assessment
from planner.analysis.feasibility.attainment import INSIDE
from planner.analysis.feasibility.households import floor_sentence
from planner.economy import Finding
from planner.economy.names import Names
from planner.economy.provenance import verified
from planner.formulation.actual_figures import actual_figures
from planner.formulation.unread import unknown_base
from planner.program import Vector
from planner.reporting.tables.binding import binding_table
from planner.reporting.tables.indices import indices_table
from planner.reporting.tables.origins import changes, groups_of, met_in_words, together
from planner.reporting.tables.plan import Reader, shortfall, tidy
from planner.reporting.tables.regions import tables as regions_tables
from planner.reporting.tables.settled import path_tables, reasons
from planner.reporting.wording import regions, sentences, sure
from planner.reporting.wording.numbers import plan_title

Frame = pd.DataFrame


def feasibility_table(found: Assessment) -> Frame:
    """``feasibility.csv``: one row a target, with every reading of it."""
    formulation = found.formulation
    targets = formulation.targets
    frame = targets.frame
    shares = found.reading("share")
    feasible, actual = targets.figures(shares), actual_figures(formulation.facts, frame)
    table = pd.DataFrame(
        {
            "plan": formulation.plan,
            **{key: frame[key] for key in ("measure", "item", "period", "unit")},
            "sense": frame["sense"],
            "official": targets.official,
            "low": frame["low"],
            "high": frame["high"],
            "alone": targets.figures(found.reading("alone")),
            "alone_share": found.reading("alone"),
            "with_others_held": targets.figures(found.reading("held")),
            "with_others_held_share": found.reading("held"),
            "attainment_without_it": found.reading("without"),
            "feasible": feasible,
            "share": shares,
            "moves": found.reading("moves"),
            **reasons(formulation, found.settled, actual, found.moves),
            "shortfall": shortfall(targets, feasible),
            "asked": targets.manner,
            "change": changes(formulation),
            "origin": frame["origin"],
            "missed_at_least_sum": found.reading("missed"),
            "met_in_most": found.met.met if found.met is not None else np.nan,
            "actual": actual,
            "verdict": [
                target_verdict(alone, share, scaled=scaled)
                for scaled, alone, share in zip(targets.scaled, found.reading("alone"), shares, strict=True)
            ],
            "source": frame["source"],
            "verified": frame["verified"],
        }
    )
    return tidy(table, ["plan", "measure", "item", "period", "sense"])


def target_verdict(alone: float, share: float, *, scaled: bool) -> str:
    """What is to be said of one target.

    >>> [target_verdict(alone, share, scaled=True) for alone, share in ((0.48, 0.48), (1.3, 0.55), (1.3, 1.1))]
    ['out of reach even alone', 'out of reach with the others', 'within reach with the others']
    """
    if not scaled:
        return "held in full"
    if np.isnan(alone) or np.isnan(share):
        return "undecided"
    if alone < INSIDE:
        return "out of reach even alone"
    return "within reach with the others" if share >= INSIDE else "out of reach with the others"


def tables(found: Assessment) -> dict[str, Frame]:
    """Every table of a feasibility run by file stem."""
    result = {
        "feasibility": feasibility_table(found),
        "verdicts": found.verdicts,
        "in_one_place": found.anywhere,
        "relaxation": found.relaxation,
        "regional_relaxation": found.regional_relaxation,
        "leave_one_out": found.leave_one_out,
        "conflicts": found.conflicts.table if found.conflicts is not None else Frame(),
        "regional_conflicts": found.by_region.table if found.by_region is not None else Frame(),
        "horizon": found.horizon,
        "decomposition": found.decomposition,
        "binding": binding_table(found.attained.solution) if found.attained.solution.optimal else Frame(),
        "switching_values": found.switching_values.table if found.switching_values is not None else Frame(),
        **(regions_tables(found.matching) if found.matching is not None else {}),
        **(path_tables(found.settled.path) if found.settled is not None else {}),
        "indices": indices_table(found.formulation, _planned(found)),
    }
    return {name: table for name, table in result.items() if len(table.columns)}


def _planned(found: Assessment) -> Vector:
    """The figure of each target in the plan of the path, shape (targets,)."""
    path = None if found.settled is None else found.settled.path
    if path is None:
        return np.full(len(found.formulation.targets.terms), np.nan)
    return Reader(found.formulation, path.plan).targets


def headline(found: Assessment) -> str:
    """The verdict, its strength and what it rests on."""
    title = plan_title(found.formulation)
    said = " ".join([f"{title}: {found.verdict}: {strength(found)}.", *_bears(found)])
    if found.verdict == "empty set":
        return " ".join([said, *_over_regions(found)])
    certificate = found.attained.certificate
    gap = certificate.gap if certificate is not None and found.attained.verdict == "outside" else None
    proof = sentences.proved(float(gap)) if gap is not None else ""
    units = (
        sentences.UNITS_IN_PARTS
        if found.verdict in ("inside", "within reach")
        and any(len(found.formulation.economy.tables[name]) for name in ("runs", "expansions"))
        else ""
    )
    return " ".join(filter(None, [said, _reached(found), proof, *_over_regions(found), units]))


def _over_regions(found: Assessment) -> list[str]:
    """Where there are regions: what holds of every division into regions, and what hangs on figures of regions."""
    one, matching = found.in_one_place, found.matching
    told = []
    if one:
        certain = found.verdict in ("certainly outside", "empty set")
        told.append(regions.anywhere(one["central"].share, one["optimistic"].share, certain=certain))
    elif found.formulation.facts.regional:
        told.append(regions.AT_THE_CENTRE)
    if matching is not None:
        hangs = bool(found.attained.share < INSIDE <= matching.country)
        count = int(matching.of_regions.sum())
        told.append(regions.without_regions(count, matching.verified, matching.country, hangs=hangs))
    return told


def _bears(found: Assessment) -> list[str]:
    """How high a floor some plan would keep, where the feasible set is empty."""
    corners = found.bears if found.verdict == "empty set" else {"central"} & found.bears.keys()
    return [floor_sentence(found.bears[corner], corner) for corner in corners]


def strength(found: Assessment) -> str:
    """How sure the verdict is, and over which numbers."""
    targets = found.formulation.targets
    kept = f"{targets.kept}, whatever the {'other ' if targets.held.any() else ''}targets"
    return sentences.strength(found.verdict, found.formulation.counts, kept)


def _reached(found: Assessment) -> str:
    """How far the figures can be reached: at the central values, and at the ends that favour the plan, where there are any."""
    data, modest = found.formulation.counts, found.attainment("optimistic", "modest")
    shares = {"at the central values" if data.uncertain else "": found.attainment("central")}
    if data.uncertain > data.figures:
        shares["where every uncertain condition favours the plan"] = found.attainment("optimistic")
    if data.figures:
        also = "with its figures at their lower ends" + (" as well" if len(shares) > 1 else "")
        shares[also] = modest
    count = int(found.formulation.targets.scaled.sum())
    return sentences.reached_at(count, shares, together(found.formulation), found.formulation.targets.kept)


def doubts(found: Assessment) -> list[str]:
    """How sure the answer is, sentence by sentence."""
    frame, data = found.formulation.targets.frame, found.formulation.counts
    told = [
        f"{verified(frame['verified'], 'target figure')}.",
        sure.data_known(data),
    ]
    if found.without is not None and found.attained.share < INSIDE:
        told.append(sure.hanging(hanging(found), int(found.formulation.targets.scaled.sum()) - 1))
    if found.switching_values is not None:
        told.append(
            sure.turning(
                len(found.switching_values.table),
                found.switching_values.numbers,
                complete=found.switching_values.complete,
            )
        )
    return [sentence for sentence in told if sentence]


def warnings(found: Assessment) -> tuple[Finding, ...]:
    """What a reader should know of the data and the question; the share of growth is told too, so its base is among it."""
    formulation = found.formulation
    known = formulation.warnings
    return (*known, *(f for f in unknown_base(formulation.economy, formulation.targets) if f not in known))


def most_met_by_kind(found: Assessment) -> str:
    """How many figures of each kind are among the most that can be met in full together: "3 of 10 raised, 11 of 11 kept"."""
    return "" if found.met is None else met_in_words(groups_of(found.formulation), found.met.met)


def reached_in(horizon: Frame) -> str | None:
    """The first date by which the figures can be met, or that there is none within those tried."""
    if not len(horizon):
        return None
    reached = horizon[horizon["reached"] == "yes"]
    return str(reached["due"].iloc[0]) if len(reached) else f"not by {horizon['due'].iloc[-1]}"


def hanging(found: Assessment) -> list[str]:
    """Targets without which the plan as a whole would be inside."""
    if not len(found.leave_one_out) or found.attained.share >= INSIDE:
        return []
    names = Names.of(found.formulation.economy)
    targets = found.formulation.targets
    return [
        f"{names.target(*targets.terms[i][:2])} in {targets.terms[i][2]}"
        for i in np.flatnonzero(targets.scaled & (found.reading("without") >= INSIDE))
    ]
