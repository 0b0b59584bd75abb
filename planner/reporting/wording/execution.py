"""A plan played forward, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.language.counting import counted, listed, verb
from planner.language.numbers import percent
from planner.program import Vector

__all__ = ["above_the_path", "conditional", "facts_found", "not_fitted", "played_forward"]

_SEEN = 1.0005  # of the feasible plan, from which on tables show more than all of it
_ALLOCATION = {
    "proportional": "in proportion to claims, households after the others",
    "equal": "in proportion to claims, households with the others",
    "priority": "in part by rank, the rest in proportion to claims",
    "pool": "out of one pool, needs being known",
}
_SITES = {"scattered": "all works are served alike", "finish_first": "works begun earlier are served first"}
_TARGETS = {
    "raise_all": "arrears are laid on the next targets",
    "held": "targets stay as they are",
    "cut_to_pace": "targets are cut to the pace of the branches served first",
}


def played_forward(tautness: Sequence[float], output: Vector, households: Vector, periods: Sequence[str]) -> str:
    """What came of a plan that was played forward.

    Args:
        tautness: asked, by period, as a multiple of the benchmark.
        output: made, by period, as a share of it.
        households: what they got of what they were promised, by period.
        periods: labels.

    >>> played_forward([1.2, 1.2], np.array([1.0, 0.8]), np.array([0.9, 0.7]), ["1", "2"])
    'asked for 1.20 times what could be had together, output comes to 90 % of that in 1..2 (80 % in 2), and households get 80 % of
    what they were promised (70 % in 2)'
    """
    least, most = min(tautness), max(tautness)
    asked = f"{least:.2f}" if most - least < 0.005 else f"{least:.2f} to {most:.2f}"
    span = periods[0] if len(periods) == 1 else f"{periods[0]}..{periods[-1]}"

    def share(values: Vector) -> str:
        known = values[np.isfinite(values)]
        return percent(float(known.mean()), 0) if len(known) else "none"

    last = "" if len(periods) == 1 else f" ({percent(float(output[-1]), 0)} in {periods[-1]})"
    said = (
        f"asked for {asked} times what could be had together, output comes to {share(output)} of that in {span}{last}"
    )
    if not np.isfinite(households).any():
        return said
    end = "" if len(periods) == 1 else f" ({percent(float(households[-1]), 0)} in {periods[-1]})"
    return f"{said}, and households get {share(households)} of what they were promised{end}"


def conditional(allocation: str, sites: str, targets: str, stop_below: float) -> str:
    """The condition under which a play holds.

    >>> conditional("proportional", "scattered", "held", 0.0)
    'This holds if goods are handed out in proportion to claims, households after the others, all works are served alike and
    targets stay as they are. It describes how goods are handed out, not persons, and is no forecast.'
    """
    rules = [f"goods are handed out {_ALLOCATION[allocation]}", _SITES[sites]]
    if stop_below > 0:
        rules.append(
            f"the youngest works are stopped where all got less than {percent(stop_below, 0)} of a quarter's steps"
        )
    return (
        f"This holds if {', '.join(rules)} and {_TARGETS[targets]}. It describes how goods are handed out, not persons, and is "
        "no forecast."
    )


def above_the_path(output: Vector, periods: Sequence[str]) -> str:
    """Why more can be made than the feasible plan has; empty where nothing is seen of that.

    Args:
        output: made, by period, as a share of the steadiest path to the figures.
        periods: labels.

    >>> above_the_path(np.array([1.04, 1.1, 0.9]), ["1", "2", "3"])
    'More is made in 1 and 2 than in the feasible plan, which is the one that grows most evenly and not the one that makes most.'
    """
    more = [period for share, period in zip(output, periods, strict=True) if share >= _SEEN]
    path = "the feasible plan, which is the one that grows most evenly and not the one that makes most"
    return f"More is made in {listed(more)} than in {path}." if more else ""


def not_fitted(unseen: Sequence[str]) -> str:
    """That nothing was fitted to what happened, and that nothing may be.

    Args:
        unseen: periods that the calibration of the data did not see.

    >>> not_fitted(["1931", "1932", "1933"])
    'No rule was fitted to what was produced in 1931, 1932 and 1933, and none may be, or the comparison is worth nothing.'
    """
    when = f" in {listed(list(unseen))}" if unseen else ""
    return f"No rule was fitted to what was produced{when}, and none may be, or the comparison is worth nothing."


def facts_found(found: Sequence[str]) -> str:
    """How many stylised facts a play shows.

    >>> facts_found(["in size", "in direction", "not", "not"])
    'Of 4 stylised facts 1 is found in size, 1 in direction alone, 2 not at all.'
    """
    size, direction, none = (sum(one == kind for one in found) for kind in ("in size", "in direction", "not"))
    told = f"Of {counted(len(found), 'stylised fact')} {size} {verb(size, 'is', 'are')} found in size"
    return f"{told}, {direction} in direction alone, {none} not at all."
