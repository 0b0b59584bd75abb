"""What stands in full together, what is out of reach by itself, and what is given up for others, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from planner.analysis.shares.path import RULE, Path
from planner.analysis.shares.proportional import MET, Proportional
from planner.analysis.shares.settled import Settled
from planner.economy.names import Names
from planner.formulation import Formulation
from planner.language.counting import capital, counted, lower, some_of, verb
from planner.language.numbers import number, percent
from planner.reporting.tables.origins import groups_of, met_in_words
from planner.reporting.wording.numbers import limit_of

__all__ = [
    "MANY",
    "path_in_words",
    "settled_in_words",
    "settled_summary",
    "shares_by_rule",
    "stand_in_full",
]

MANY = f"{RULE[:1].upper()}{RULE[1:]}"
_FIRST = 3  # falls told at once
_POINT = 0.01  # of a share, by which it must differ by other weights to be told
_ORDER = ("out of reach by itself", "given up for others", "cannot be made")
_HEAD = {
    "out of reach by itself": ("is out of reach by itself", "are out of reach by themselves"),
    "given up for others": ("is given up for others", "are given up for others"),
    "cannot be made": ("cannot be made at all", "cannot be made at all"),
}


def settled_in_words(settled: Settled | None) -> list[str]:
    """The second part of the answer: what stands in full together, and of the others why not, with their shares."""
    if settled is None or settled.proportional is None or not settled.first.optimal:
        return []
    found, formulation = settled.proportional, settled.formulation
    if found.refused:
        return [refused_in_words(found, formulation)]
    scaled = np.flatnonzero(formulation.targets.scaled)
    if not len(scaled):
        return []
    met = found.shares >= MET
    told = [stand_in_full(int(met[scaled].sum()), len(scaled), met_in_words(groups_of(formulation), met.astype(float)))]
    for why in _ORDER:
        some = [i for i in scaled if found.why(int(i)) == why]
        if some:
            each = [_short(formulation, found, int(i)) for i in some]
            told.append(f"{len(some)} {_HEAD[why][len(some) > 1]}: {', '.join(each)}.")
    return told + _by_other_weights(found, formulation)


def _by_other_weights(found: Proportional, formulation: Formulation) -> list[str]:
    """Shares that differ by more than a point where votes are counted the other way."""
    if found.otherwise is None:
        return []
    names, targets = Names.of(formulation.economy), formulation.targets
    moved = np.abs(found.otherwise - found.shares)
    way = "series of figures" if formulation.question.share_weights == "rows" else "figure"
    each = []
    for i in np.argsort(-moved, kind="stable")[: int((moved > _POINT).sum())]:
        measure, item, period = targets.terms[i]
        other, own = percent(found.otherwise[i]), percent(found.shares[i])
        each.append(f"{names.target(measure, item)} in {period} {other} (not {own})")
    return [f"With one vote for each {way}, shares differ by more than a point: {', '.join(each)}."] if each else []


def stand_in_full(met: int, count: int, kinds: str = "") -> str:
    """How many of the figures that a share is asked of stand in full together.

    Args:
        met: of them.
        count: of figures.
        kinds: how many of each kind are met, in words.

    >>> stand_in_full(0, 1), stand_in_full(1, 1), stand_in_full(1, 2)
    ('The one figure does not stand in full.', 'The one figure stands in full.', '1 of 2 figures stands in full.')
    >>> stand_in_full(0, 3), stand_in_full(2, 3, "1 of 2 raised, 1 of 1 kept"), stand_in_full(2, 2)
    ('None of 3 figures stands in full.', '2 of 3 figures stand in full together (1 of 2 raised, 1 of 1 kept).',
     'Both figures stand in full together.')
    """
    told = f" ({kinds})" if kinds else ""
    if count == 1 and not met:
        return f"The one figure does not stand in full{told}."
    together = " together" if met > 1 else ""
    return capital(f"{some_of(met, count, 'figure')} {verb(met, 'stands', 'stand')} in full{together}{told}.")


def shares_by_rule(settled: Settled | None) -> str:
    """By which rule the shares of a table were settled, and of what they are shares where not of the figures."""
    growth = settled is not None and settled.formulation.question.basis == "growth"
    of_what = "; of the growth over the base period" if growth else ""
    if settled is not None and settled.formulation.targets.scaled.sum() < 2:
        return f"as much as can be had, none above 100 %{of_what}"
    if settled is not None and settled.proportional is None:
        return f"balanced (the worst raised as far as it goes, then the next){of_what}"
    weighed = "what some gain, in per cent, weighed against what others lose; none counts above 100 %"
    return f"proportional ({weighed}){of_what}"


def _short(formulation: Formulation, found: Proportional, target: int) -> str:
    """A figure with its share, what it could be alone, and for which others it is given up."""
    names, targets = Names.of(formulation.economy), formulation.targets
    measure, item, period = targets.terms[target]
    said = f"{names.target(measure, item)} in {period} {percent(found.shares[target])}"
    rivals = found.rivals.get(target, ())
    if not rivals:
        return said
    named = [names.target(*targets.terms[i][:2]) for i in rivals[:2]]
    more = f" and {len(rivals) - 2} more" if len(rivals) > 2 else ""
    return f"{said} (alone {percent(found.alone[target])}; for {' and '.join(named) if not more else ', '.join(named)}{more})"


def refused_in_words(found: Proportional, formulation: Formulation) -> str:
    """Why no shares are told where the floor is nearly all that can be had.

    Args:
        found: refused.
        formulation: whose floor.
    """
    highest = found.left * float(formulation.variables.floor.max(initial=0.0))
    return (
        f"No figures are told for single products: the floor under consumption is within two hundredths of the highest that "
        f"some plan keeps ({number(highest)} of the base level), so that next to nothing is left to be shared out."
    )


def settled_summary(settled: Settled | None, path: Path | None) -> dict[str, Any]:
    """The same in a few keys of ``summary.json``; none where there are no proportional shares.

    Args:
        settled: the shares.
        path: to them, where the run holds it.
    """
    found = settled.proportional if settled is not None else None
    if settled is None or found is None or not settled.first.optimal:
        return {}
    targets = settled.formulation.targets
    floor = found.left * float(settled.formulation.variables.floor.max(initial=0.0))
    of_kind: dict[str, list[str]] = {
        why: [targets.names[i] for i in range(len(targets.names)) if found.why(i) == why] for why in _ORDER
    }
    scaled = targets.scaled
    shares = found.shares[scaled]
    return {
        "share_of_all_at_once": settled.first.objective,
        "lowest_share": None if found.refused or not len(shares) else float(shares.min()),
        "met_in_full_together": None if found.refused else int((shares >= MET).sum()),
        "out_of_reach_by_themselves": of_kind["out of reach by itself"],
        "given_up_for_others": of_kind["given up for others"],
        "cannot_be_made": of_kind["cannot be made"],
        "gap_of_shares": found.gap,
        "highest_floor": floor,
        "shares_in_words": settled_in_words(settled),
        "path": None if path is None else {"rule": MANY, "gap": path.gap, "falls": falls_in_words(path)},
    }


def path_in_words(path: Path | None) -> list[str]:
    """What path there is to the settled figures, and the greatest falls on it."""
    if path is None:
        return []
    falls = falls_in_words(path)
    some = "; ".join(falls[:_FIRST])
    more = f"; {len(falls) - _FIRST} more in path.csv" if len(falls) > _FIRST else ""
    fallen = f"{counted(len(falls), 'output')} of single periods {verb(len(falls), 'falls', 'fall')} on it"
    asked = path.formulation.targets.scaled.any()
    to = " to these figures, one of many, which may end half a per cent under them" if asked else ", one of many"
    return [
        f"path.csv has the steadiest path{to}."
        + (
            f" {capital(fallen)} by more than 1 %, with the limit to blame: {some}{more}."
            if falls
            else " No output falls on it."
        )
    ]


def falls_in_words(path: Path, least: float = 0.01) -> Sequence[str]:
    """Every fall of an output on the path, with the limit that is to blame, the greatest first.

    Args:
        path: to the settled figures.
        least: of the level before, from which on a fall is told.
    """
    names, facts = Names.of(path.formulation.economy), path.formulation.facts
    T = path.output.shape[1]
    falls = [
        (path.falls.flat[cell], int(cell // T), int(cell % T))
        for cell in path.reference.rows
        if path.falls.flat[cell] > least
    ]
    told = []
    for fall, name, period in sorted(falls, key=lambda one: (-one[0], one[1:])):
        item = path.reference.names[name]
        what = names.target("consumption" if item == "*" else "output", item)
        cause = path.causes.get((name, period))
        blamed = "the other outputs" if cause is None else _limit_named(names, *cause)
        told.append(f"{what} in {facts.periods[period]} {percent(-fall)} ({blamed})")
    return told


def _limit_named(names: Names, family: str, item: str, period: str) -> str:
    """A limit in words: what it limits, the rule where that is not plain, and when."""
    if family == "output":
        return f"else more {names.target('consumption' if item == '*' else family, item)} in {period}"
    what = lower(limit_of(names, family, item)) or family.replace("_", " ")
    return f"{what}{', pace of building' if family == 'growth_limit' else ''}{f', {period}' if period else ''}"
