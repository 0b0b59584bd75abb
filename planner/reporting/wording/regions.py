"""What is said of a country divided into regions: what holds of every division, and what hangs on figures of regions."""

from __future__ import annotations

from math import isnan

from planner.analysis.feasibility.attainment import INSIDE
from planner.language.counting import verb
from planner.reporting.wording.sentences import reach

__all__ = ["AT_THE_CENTRE", "anywhere", "without_regions"]

AT_THE_CENTRE = "All of this is at the central shares of regions; nothing is asked of the country as a whole."


def anywhere(central: float, generous: float, *, certain: bool) -> str:
    """What the country could reach in one place, and what follows from it.

    Args:
        central: share of the country's figures there, at the central values.
        generous: the same of their modest ends, where everything uncertain favours the plan.
        certain: whether that by itself makes the verdict certain.

    >>> anywhere(0.9, 0.9325, certain=True)
    'All in one place, the country could reach 90.0 % of its own figures, 93.2 % where everything uncertain favours the plan,
    and no division into regions allows more.'
    >>> anywhere(0.85, 1.008, certain=False)
    'All in one place, the country could reach 85.0 % of its own figures, 100.8 % where everything uncertain favours the plan,
    and no division into regions allows more. All else is at the central shares of regions.'
    >>> anywhere(1.2, 1.3, certain=False)
    'All of this is at the central shares of regions: in one place the country could reach 120.0 % of its own figures, 130.0 %
    where everything uncertain favours the plan.'
    >>> anywhere(float("nan"), float("nan"), certain=True)
    'Nor would any plan be left if all of the country lay in one place, so none is for any division into regions.'
    """
    if isnan(central) and isnan(generous):
        return "Nor would any plan be left if all of the country lay in one place, so none is for any division into regions."
    most = "no plan is left" if isnan(central) else f"the country could reach {reach(central)} of its own figures"
    said = f"{most}, {reach(generous)} where everything uncertain favours the plan"
    if certain or not central >= INSIDE:
        nested = f"All in one place, {said}, and no division into regions allows more."
        return nested if certain else f"{nested} All else is at the central shares of regions."
    return f"All of this is at the central shares of regions: in one place {said}."


def without_regions(count: int, verified: int, country: float, *, hangs: bool) -> str:
    """What the country's own figures come to, and whether the verdict hangs on those of regions.

    Args:
        count: of figures of regions.
        verified: of them, seen in a source.
        country: share of the country's figures alone, made and moved by region.
        hangs: whether the verdict is another one without figures of regions.

    >>> without_regions(13, 1, 0.5, hangs=False)
    'Of the 13 figures of regions 1 was seen in a source; without them 50.0 % could be had.'
    >>> without_regions(13, 1, 1.02, hangs=True)
    'The verdict hangs on figures of regions, of which 1 of 13 was seen in a source: without them 102.0 % could be had.'
    """
    without = "nothing is asked" if isnan(country) else f"{reach(country)} could be had"
    some, was = f"{verified:,}" if verified else "none", verb(verified, "was", "were")
    if hangs:
        of_them = f"{some} of {count:,} {was} seen in a source"
        return f"The verdict hangs on figures of regions, of which {of_them}: without them {without}."
    if count == 1:
        return f"The one figure of a region was {'' if verified else 'not '}seen in a source; without it {without}."
    return f"Of the {count:,} figures of regions {some} {was} seen in a source; without them {without}."
