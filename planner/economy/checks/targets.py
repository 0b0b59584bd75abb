"""Checks of targets: senses that exclude each other, caps that cannot be eased, figures said to be another plan's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from planner.economy.findings import Finding, findings_in

__all__ = ["targets"]

_CELL = ["plan", "measure", "item", "period"]


def targets(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Everything about the figures of plans that no single column can tell.

    Args:
        tables: effective tables, periods in one spelling.
    """
    return [
        *_collisions(tables["targets"], _CELL),
        *_collisions(tables["bounds"], _CELL[1:]),
        *_easing(tables["targets"]),
        *_origins(tables["targets"]),
        *_rings(tables["plans"]),
    ]


def _collisions(frame: pd.DataFrame, cell: Sequence[str]) -> list[Finding]:
    """A figure to be met exactly beside another of the same cell."""
    exact = frame["sense"] == "exactly"
    if not exact.any():
        return []
    cells = list(zip(*(frame[name] for name in cell), strict=True))
    rows: dict[tuple[str, ...], int] = {}
    for one in cells:
        rows[one] = rows.get(one, 0) + 1
    pinned = {one for one, exactly in zip(cells, exact, strict=True) if exactly}
    wrong = np.array([rows[one] > 1 and one in pinned for one in cells], dtype=bool)
    shown = pd.Series([", ".join(one) for one in cells], index=frame.index)
    said = "{value} is to be met exactly, and another row asks something else of it. Which one holds?"
    return findings_in(frame, wrong, "E146", "sense", said, values=shown)


def _easing(frame: pd.DataFrame) -> list[Finding]:
    """``scales = yes`` where nothing could be eased."""
    eased = (frame["scales"] == "yes").to_numpy()
    floor, hard = eased & (frame["sense"] == "at_least").to_numpy(), eased & (frame["hard"] == "yes").to_numpy()
    said = "Only a cap can be eased (at_most or exactly); a floor is scaled anyhow. Take out `scales`."
    result = findings_in(frame, floor, "E147", "scales", said)
    said = "A hard figure holds in full, so it cannot be eased as well. Choose `hard = no`, or take out `scales`."
    return result + findings_in(frame, hard & ~floor, "E147", "scales", said)


def _origins(frame: pd.DataFrame) -> list[Finding]:
    """Figures said to be taken over from a plan that has no such figure, or another."""
    taken = ((frame["origin"] != "") & (frame["origin"] != frame["plan"])).to_numpy()
    if not taken.any():
        return []
    keys = [*_CELL[1:], "sense"]
    there = dict(zip(zip(frame["plan"], *(frame[key] for key in keys), strict=True), frame["value"], strict=True))
    own = zip(frame["origin"], *(frame[key] for key in keys), strict=True)
    other = np.array([there.get(cell, np.nan) for cell in own], dtype=float)
    differs = taken & (other != frame["value"].to_numpy(dtype=float))
    shown = frame["measure"] + " " + frame["item"] + " " + frame["period"] + " of " + frame["origin"]
    said = "The figure is said to be taken over, but {value} is not there or is another. Is it a figure of this plan's own?"
    return findings_in(frame, differs, "W142", "origin", said, values=shown)


def _rings(plans: pd.DataFrame) -> list[Finding]:
    """Plans that extend themselves, directly or through others."""
    below = dict(zip(plans["plan"], plans["extends"], strict=True))

    def in_ring(plan: str) -> bool:
        seen, at = {plan}, str(below.get(plan, ""))
        while at and at not in seen:
            seen.add(at)
            at = str(below.get(at, ""))
        return at == plan

    wrong = np.array([in_ring(plan) for plan in plans["plan"]], dtype=bool)
    said = "The plan extends itself, directly or in a ring ({value}). Which one came first?"
    return findings_in(plans, wrong, "E148", "extends", said)
