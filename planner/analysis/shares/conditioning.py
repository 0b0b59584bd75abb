"""How steady shares are: what becomes of them where every uncertain number moves a little."""

from __future__ import annotations

import numpy as np

from planner.analysis.shares.proportional import Nearby, Proportional
from planner.formulation import Formulation, formulate
from planner.formulation.parametric.rows import uncertain_rows
from planner.program import Vector

__all__ = ["DRAWS", "WITHIN", "share_changes"]

DRAWS = 20  # moved economies that are asked
WITHIN = 0.05  # of its range, by which a number moves at most


def share_changes(formulation: Formulation, found: Proportional) -> Vector | None:
    """The largest change of each share where every uncertain number moves at random within 5 % of its range.

    A figure that is traded off against others may change by far more than what it rests on; then its share is one of many
    that the data allow. A number stays within its range. A state that leaves no plan costs the whole share; what cannot be
    made is not followed.

    Args:
        formulation: of a question about the share of targets.
        found: its proportional shares.

    Returns:
        Shape (targets,); ``None`` where there are no shares, or no uncertain number.
    """
    numbers = uncertain_rows(formulation.economy, formulation.plan)
    if not len(numbers) or np.isnan(found.shares).any():
        return None
    low, high, now = numbers.low, numbers.high, numbers.now
    moves = WITHIN * (high - low) * np.random.default_rng(1928).uniform(-1.0, 1.0, (DRAWS, len(numbers)))
    values, _ = numbers.closed(np.clip(now + moves, np.minimum(low, now), np.maximum(high, now)))
    nearby, changes = Nearby(formulation, found), np.zeros(len(found.shares))
    for at in values:
        moved = formulate(numbers.economy_at(at), formulation.question, formulation.plan)
        change = np.abs(np.nan_to_num(nearby.shares(moved)) - found.shares)
        changes = np.maximum(changes, np.where(found.unmade, 0.0, change))
    return changes
