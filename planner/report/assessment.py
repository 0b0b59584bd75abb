"""An assessment as tables, summary and sentences."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from planner.feasibility.assess import Assessment
from planner.feasibility.attainment import INSIDE
from planner.feasibility.groups import product_names, thing
from planner.feasibility.households import floor_sentence
from planner.feasibility.share import Shares
from planner.feasibility.verdicts import STRENGTHS
from planner.report.binding import binding_table
from planner.report.tables import actual_figures, tidy
from planner.report.words import percent, plan_title

Frame = pd.DataFrame


def feasibility_table(found: Assessment) -> Frame:
    """``feasibility.csv``: one row a target, with every reading of it."""
    formulation = found.formulation
    targets = formulation.targets
    handle = Shares(formulation)
    frame = targets.frame
    shares = found.reading("share")
    feasible = handle.figures(shares)
    less = np.where(targets.at_most, feasible - targets.official, targets.official - feasible)
    table = pd.DataFrame(
        {
            "plan": formulation.plan,
            **{key: frame[key] for key in ("measure", "item", "period", "unit")},
            "sense": frame["sense"],
            "official": targets.official,
            "low": frame["low"],
            "high": frame["high"],
            "alone": handle.figures(found.reading("alone")),
            "alone_share": found.reading("alone"),
            "with_others_held": handle.figures(found.reading("held")),
            "with_others_held_share": found.reading("held"),
            "attainment_without_it": found.reading("without"),
            "feasible": feasible,
            "share": shares,
            "shortfall": np.where(np.isnan(feasible), np.nan, np.maximum(0.0, less)),
            "missed_at_least_sum": found.reading("missed"),
            "met_in_most": found.met.met if found.met is not None else np.nan,
            "actual": actual_figures(formulation.facts, frame),
            "verdict": [
                target_verdict(*reading) for reading in zip(targets.scaled, found.reading("alone"), shares, strict=True)
            ],
            "source": frame["source"],
            "verified": frame["verified"],
        }
    )
    return tidy(table, ["plan", "measure", "item", "period", "sense"])


def target_verdict(scaled: bool, alone: float, share: float) -> str:
    """What is to be said of one target.

    >>> target_verdict(True, 0.48, 0.48), target_verdict(True, 1.3, 0.55), target_verdict(True, 1.3, 1.1)
    ('out of reach even alone', 'out of reach with the others', 'within reach with the others')
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
        "relaxation": found.relaxation,
        "leave_one_out": found.leave_one_out,
        "conflicts": found.conflicts.table if found.conflicts is not None else Frame(),
        "horizon": found.horizon,
        "decomposition": found.decomposition,
        "binding": binding_table(found.attained.solution) if found.attained.solution.optimal else Frame(),
        "flips": found.flips.table if found.flips is not None else Frame(),
    }
    return {name: table for name, table in result.items() if len(table.columns)}


def headline(found: Assessment) -> str:
    """The verdict and its strength in two sentences."""
    title = plan_title(found.formulation)
    count = len(found.formulation.targets.frame)
    verdict = found.verdict
    if verdict == "region empty":
        said = f"{title}: the region itself is empty. No plan keeps the floors and balances, whatever the targets."
        return " ".join([said, *(floor_sentence(level, corner) for corner, level in found.bears.items())])
    said = f"{title}: {verdict}: {STRENGTHS[verdict]}."
    if not found.attained.solution.optimal:
        bears = floor_sentence(found.bears["central"]) if "central" in found.bears else ""
        return f"{said} At the central values no plan keeps the floors and balances, whatever the targets. {bears}".rstrip()
    central, optimistic = percent(found.attainment("central")), percent(found.attainment("optimistic"))
    ends = f"{central} at the central values, {optimistic} where every uncertain number favours it"
    proof = ""
    if found.attained.certificate is not None and found.attained.verdict == "outside":
        gap = found.attained.certificate.gap
        proof = f" That {percent(float(gap or 0))} is missing at the central values is proved in exact arithmetic."
    return f"{said} All {count} figures together can be reached to {ends}.{proof}"


def summary(found: Assessment) -> dict[str, Any]:
    """``summary.json``: the answer in a few keys."""
    formulation = found.formulation
    economy = formulation.economy
    horizon = found.horizon
    return {
        "economy": economy.name,
        "title": economy.title,
        "plan": formulation.plan,
        "plan_title": plan_title(formulation),
        "scenario": economy.scenario,
        "floor": formulation.question.floor,
        "model": formulation.question.name,
        "changes": list(economy.sets),
        "verdict": found.verdict,
        "headline": headline(found),
        "attainment": {corner: found.attainment(corner) for corner in ("central", "optimistic", "pessimistic")},
        "attainment_of_growth": found.attainment("central", column="attainment_of_growth"),
        "attainment_due_one_period_earlier": found.earlier_share,
        "attainment_of_modest_figures": {c: found.attainment(c, "modest") for c in ("central", "optimistic")},
        "highest_floor_where_empty": dict(found.bears),
        "targets": len(formulation.targets.frame),
        "targets_most_met_in_full": int(found.met.met.sum()) if found.met is not None else None,
        "targets_most_met_is_proved": found.met.exact if found.met is not None else None,
        "reached_in": reached_in(horizon),
        "conflicts": [] if found.conflicts is None else found.conflicts.sentences("conflict"),
        "cures": [] if found.conflicts is None else found.conflicts.sentences("cure"),
        "conflicts_complete": found.conflicts.complete if found.conflicts is not None else None,
        "verdict_hangs_on_single_numbers": [] if found.flips is None else found.flips.table.to_dict("records"),
        "every_number_tried": found.flips.complete if found.flips is not None else None,
        "verdict_hangs_on_single_targets": hanging(found),
        "judgements_made_after_a_verdict_was_seen": list(found.judgements),
        "left_out": list(found.left_out),
        "caution": economy.caution,
    }


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
    names = product_names(found.formulation)
    targets = found.formulation.targets
    return [
        f"{thing(*targets.terms[i][:2], names)} in {targets.terms[i][2]}"
        for i in np.flatnonzero(targets.scaled & (found.reading("without") >= INSIDE))
    ]
