"""What a search among plans found: whole projects, brackets, pairs of quantities, plans near the best."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor, isfinite, isnan

from planner.language.counting import capital, counted, verb
from planner.language.numbers import number, percent
from planner.reporting.wording.sentences import objective
from planner.solver.solution import Solution, Status

__all__ = [
    "between",
    "both_together",
    "bracket_empty",
    "bracket_wide",
    "bracket_written",
    "near_best",
    "search_stopped",
    "whole_plans",
    "whole_projects",
]


def search_stopped(search: Solution, bound: float) -> str:
    """That a search was stopped after it had found something, which stands without its proof; empty where it was not.

    Args:
        search: the solve.
        bound: what nothing passes, by its own account.
    """
    if search.status is not Status.STOPPED:
        return ""
    return (
        f"The search was stopped after {search.seconds:.3g} s. This is the best found so far; nothing passes {bound:.6g}.\n"
        "Give it longer with --time-limit, or be content with a wider --gap."
    )


def between(says: str, unit: str, reached: float, bound: float, figures: str = "") -> str:
    """How far an optimum is known: that a plan reaches one number and none passes another.

    Args:
        says: the objective in words.
        unit: of it.
        reached: by a plan that holds.
        bound: proved; not finite where nothing was.
        figures: what a share is asked of, together; empty where the objective is no share.

    >>> between("", "", 0.692776, 0.692891, "all 100 figures together")
    'All 100 figures together can be reached to 69.277 % at least; that no plan reaches more than 69.290 % is proved.'
    >>> between("plant in existence at the end", "t", 12.0, float("inf"))
    'Plant in existence at the end: 12 t at least; how much more there could be is not known.'
    """
    if figures:
        least, most = (
            percent(floor(reached * 1e5) / 1e5, 3),
            percent(ceil(bound * 1e5) / 1e5, 3) if isfinite(bound) else "",
        )
        first = f"{figures} can be reached to {least} at least"
    else:
        first = objective(says, number(reached, 6), unit).removesuffix(".") + " at least"
        most = f"{number(bound, 6)} {unit}".rstrip()
    if not isfinite(bound):
        return capital(f"{first}; how much more there could be is not known.")
    return capital(f"{first}; that no plan reaches more than {most} is proved.")


def bracket_empty(bound: float, iterations: int) -> tuple[str, str]:
    """That a first-order method ended without a plan that holds, and what to do.

    Args:
        bound: proved of every plan; not finite where nothing was.
        iterations: taken.
    """
    proved = f", though it is proved that none passes {number(bound, 6)}" if isfinite(bound) else ""
    return (
        f"The work ended after {iterations:,} iterations without a plan that holds{proved}. Nothing was written.",
        "Give it more with --work, or seek the optimum itself with --method exact.",
    )


def bracket_wide(gap: float, iterations: int) -> str:
    """That a first-order method ended before plan and bound came as near to each other as was wanted.

    Args:
        gap: relative distance of the two.
        iterations: taken.
    """
    far = f"plan and bound lie {percent(gap, 3)} apart" if isfinite(gap) else "one of plan and bound is missing"
    return (
        f"The work ended after {iterations:,} iterations, and {far}. Both stand as they are written.\n"
        "Give it more with --work, or be content with a wider --gap."
    )


def bracket_written(size: int) -> str:
    """Which plan the tables of a bracket hold, and why it is one.

    Args:
        size: coefficients of the program, where it was taken for the sake of its size; 0 where it was asked for.

    >>> bracket_written(153585).partition(". ")[0]
    'The program has 153,585 coefficients, and so a first-order method was taken'
    """
    why = (
        f"The program has {size:,} coefficients, and so a first-order method was taken. --method exact seeks the optimum, "
        "and a share for every figure by itself, which may take long. "
    )
    return (why if size else "") + "The tables hold the plan that holds; one that reaches more may look otherwise."


def whole_projects(title: str, share: float, bound: float) -> str:
    """How far whole projects reach, and what nothing passes.

    >>> whole_projects("The plan", 0.48, 0.4817)
    'The plan: whole projects reach 48.0 % of all figures at once; no programme passes 48.2 %.'
    """
    return (
        f"{title}: whole projects reach {percent(share)} of all figures at once; no programme passes {percent(bound)}."
    )


def both_together(distance: float, share: float) -> str:
    """How far the official figures of two quantities can be had together, as a clause.

    Args:
        distance: to what can be had, as a share of the figures.
        share: of both that can be had together.

    >>> both_together(0.0, 1.2), both_together(0.05, 0.9), both_together(float("nan"), float("nan"))
    ('both official figures can be had together', 'the official figures lie outside by 5.0 %; 90.0 % of both can be had together',
     'the plan has no figures of both')
    """
    if isnan(distance):
        return "the plan has no figures of both"
    if not distance:
        return "both official figures can be had together"
    return f"the official figures lie outside by {percent(distance)}; {percent(share)} of both can be had together"


def whole_plans(count: int, epsilon: float) -> list[str]:
    """What a few whole plans near the best are, in sentences.

    >>> whole_plans(3, 0.01)[0]
    '3 whole plans that reach every settled figure to within 1.0 % and differ most from one another; each is one of many.'
    """
    return [
        f"{counted(count, 'whole plan')} that reach every settled figure to within {percent(epsilon)} and differ most from one "
        "another; each is one of many.",
        "The first is the steadiest path. Each other takes one total nearly as far as it goes, and is the steadiest with that; "
        "which total it is follows from how far the plans then lie apart, not from what it would be good for.",
    ]


def near_best(epsilon: float, best: str, readings: Mapping[str, int]) -> str:
    """How many totals are fixed in plans near the best, and how many free.

    >>> near_best(0.01, "90.0 %", {"fixed": 3, "at least": 1, "free": 0, "none": 2})
    'Within 1.0 % of the best (90.0 %) 3 totals are as good as fixed, 1 must be done in part, 0 may be left undone.'
    """
    fixed, some, free = (readings[name] for name in ("fixed", "at least", "free"))
    return (
        f"Within {percent(epsilon)} of the best ({best}) {counted(fixed, 'total', none='0')} {verb(fixed, 'is', 'are')} as good "
        f"as fixed, {some:,} must be done in part, {free:,} may be left undone."
    )
