"""What draws say beyond their counts: what carries them, what the condition moves, what history tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from planner.economy.names import Names
from planner.language.counting import counted, lower
from planner.language.numbers import percent
from planner.reporting.tables.uncertainty import factor_name

__all__ = ["called_met", "carried", "history"]


def carried(made: Mapping[str, pd.DataFrame], names: Names) -> list[str]:
    """Which single number carries most of each plan's result, in a sentence a plan.

    Args:
        made: tables of a run.
        names: of the economy.
    """
    if "carried" not in made:
        return []
    first = made["carried"].drop_duplicates("plan").to_dict("records")
    return [
        f"{names.plan(str(row['plan']))}: most hangs on {lower(factor_name(str(row['factor']), names))} (correlation with the "
        f"share reached {row['correlation']:.2f})"
        for row in first
    ]


def called_met(made: Mapping[str, pd.DataFrame], names: Names) -> list[str]:
    """Which figures can be called met, in a sentence a plan: in more than nine of ten draws, together with the others.

    Args:
        made: tables of a run.
        names: of the economy.
    """
    if "figures" not in made:
        return []
    said = []
    table = made["figures"]
    for plan, part in table[table["among"] == "all draws"].groupby("plan", sort=False):
        rows = part.sort_values("together", kind="stable").to_dict("records")
        named = [f"{lower(names.target(row['measure'], row['item']))} in {row['period']}" for row in rows]
        some = [
            f"{name} ({row['met_together']:,} of {row['draws']:,})"
            for name, row in zip(named, rows, strict=True)
            if row["reading"] == "open"
        ]
        none = [name for name, row in zip(named, rows, strict=True) if row["reading"] == "not met"]
        met = sum(row["reading"] == "met" for row in rows)
        parts = [f"{names.plan(str(plan))}: {met} of {counted(len(rows), 'figure')} met in more than nine of ten draws"]
        parts += [f"in some: {', '.join(some)}"] if some else []
        parts += [f"in none: {', '.join(none)}"] if none else []
        said.append("; ".join(parts))
    return said


def history(options: Mapping[str, Any], made: Mapping[str, pd.DataFrame], names: Names) -> list[str]:
    """What the condition does to the counts, and what history tells, in sentences.

    Args:
        options: of the run.
        made: its tables.
        names: of the economy.
    """
    if "history" not in made:
        return []
    tolerance = float(options["tolerance"])
    span = str(options["span"])
    said = []
    for row in _chosen(made["history"], tolerance).to_dict("records"):
        if row["span"] in (span, "hold-out", "all"):
            seen = {"hold-out": "not seen by the calibration", "all": "seen by the calibration in part"}[
                str(row["span"])
            ]
            admit = f"{row['kept']:,} of {row['draws']:,} draws admit what happened in {row['years']} ({seen})"
            interval = f"{percent(row['low'])} to {percent(row['high'])}"
            said.append(f"{admit} at {percent(tolerance)} of every actual figure ({interval})")
    for row in _chosen(made["given"], tolerance).to_dict("records"):
        if row["span"] != span:
            continue
        head = f"{names.plan(str(row['plan']))}, among draws that admit what happened in {row['years']}"
        if row["tells_apart"] == "too few":
            said.append(f"{head}: {row['kept']:,} draws, too few to say")
            continue
        gap, least, most = (f"{100 * row[key]:+.1f}" for key in ("difference", "difference_low", "difference_high"))
        moved = f"{gap} points ({least} to {most})"
        apart = "" if row["tells_apart"] == "yes" else ": what happened does not tell these draws apart"
        said.append(
            f"{head}: all figures are met in {int(row['feasible']):,} of {row['kept']:,} ({percent(row['low'])} to "
            f"{percent(row['high'])}); the condition moves the share by {moved}{apart}"
        )
    told = made.get("told", pd.DataFrame({"span": []}))
    listed = [factor_name(str(name), names) for name in told.loc[told["span"] == span, "factor"]] if len(told) else []
    said.append(
        f"history tells of these numbers: {'; '.join(listed)}" if listed else "history tells no single number apart"
    )
    said.append(
        "a draw that is too kind is never rejected; what closes by construction, being what a balance leaves, is not tested"
    )
    return said


def _chosen(table: pd.DataFrame, tolerance: float) -> pd.DataFrame:
    return table[np.isclose(table["tolerance"], tolerance)]
