"""What is said of a country divided into regions: what holds of every division, and what hangs on figures of regions."""

from __future__ import annotations

from math import isnan

from planner.language.counting import verb
from planner.reporting.wording.sentences import reach

__all__ = ["anywhere", "without_regions"]


def anywhere(central: float, generous: float, *, certain: bool) -> str:
    """What the country could reach in one place, and what follows from it.

    Args:
        central: share of the country's figures there, at the central values.
        generous: the same of their modest ends, where everything uncertain favours the plan.
        certain: whether that by itself makes the verdict certain.

    >>> anywhere(0.9, 0.9325, certain=True)
    'All in one place, the country could reach 90.0 % of its own figures, 93.2 % where everything uncertain favours the plan,
    and no division into regions allows more.'
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
    if certain:
        return f"All in one place, {said}, and no division into regions allows more."
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
    without = "no plan is left" if isnan(country) else f"{reach(country)} could be had"
    some = f"{verified:,}" if verified else "none"
    of_them = f"{verb(verified, 'was', 'were')} seen in a source"
    if hangs:
        return (
            f"The verdict hangs on figures of regions, of which {some} of {count:,} {of_them}: without them {without}."
        )
    return f"Of the {count:,} figures of regions {some} {of_them}; without them {without}."
