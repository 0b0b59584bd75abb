"""The table of unknowns: what each block of columns is, and what the bounds are called that facts or the question set it.

Bounds from below say that nothing is less than nothing and never give way; the groups here are of the bounds from above.
"""

from __future__ import annotations

from dataclasses import dataclass

from planner.economy.prices.price_steps import STEP_KEYS
from planner.formulation.named import (
    ABROAD,
    EXPORTS,
    IMPORTS,
    MIGRATION,
    PLANT,
    PRICE_STEPS,
    Definition,
    Group,
    Named,
)

__all__ = ["SIGN", "UNKNOWNS", "Unknown"]


@dataclass(frozen=True, kw_only=True)
class Unknown(Named):
    """A block of unknowns.

    Args:
        symbol: as the formulation writes it.
    """

    symbol: str


SIGN = Definition("that nothing is less than nothing", "there are no negative amounts of anything")
_ITEM = ("product", "period")
_PLANT = ("capacity", "period")
_LINK = ("training", "period")

UNKNOWNS: dict[str, Unknown] = {
    unknown.name: unknown
    for unknown in (
        Unknown(
            name="activity", symbol="x", index=("activity", "period"), says="Level of a technique.", definition=SIGN
        ),
        Unknown(
            name="construction_start",
            symbol="u",
            index=_PLANT,
            group=PLANT,
            says="Plant begun by the unit as a whole period opens; none of kinds that the question leaves to projects.",
            one_more="one more {unit} of {item} that may be begun by the unit in {period}",
        ),
        Unknown(name="capacity_level", symbol="K", index=_PLANT, says="Plant in existence.", definition=SIGN),
        Unknown(name="stock", symbol="h", index=_ITEM, says="Stock at the end of the period.", definition=SIGN),
        Unknown(
            name="export",
            symbol="e",
            index=("product", "foreign_currency", "period"),
            says="Sold abroad, within the limits of trade.",
            group=EXPORTS,
            one_more="a limit one {unit} higher on exports of {item} in {period}",
        ),
        Unknown(
            name="import",
            symbol="m",
            index=("product", "foreign_currency", "period"),
            says="Bought abroad, within the limits of trade.",
            group=IMPORTS,
            one_more="a limit one {unit} higher on imports of {item} in {period}",
        ),
        Unknown(
            name="borrowing",
            symbol="d",
            index=("foreign_currency", "period"),
            group=ABROAD,
            says="Credit taken less credit repaid, at most the new credit allowed in the period.",
            one_more="one more {unit} of credit in {period}",
        ),
        Unknown(
            name="exchange",
            symbol="χ",
            index=("from", "to", "period"),
            group=ABROAD,
            says="What is given of one currency for another, at the rate of the table.",
            one_more="one more {unit} that may be changed in {period}",
        ),
        Unknown(
            name="consumption",
            symbol="c",
            index=("period",),
            definition=SIGN,
            says="Level of the household bundle per head, base period = 1.",
        ),
        Unknown(
            name="training",
            symbol="w",
            index=_LINK,
            says="Those who start training for a higher skill.",
            definition=Definition(
                "that nobody is trained where the question leaves training out", "there are no places without limit"
            ),
        ),
        Unknown(
            name="transfer", symbol="v", index=_LINK, says="Those who step down to a lower skill.", definition=SIGN
        ),
        Unknown(
            name="leave",
            symbol="ℓ",
            index=("resource", "period"),
            says="Those who leave a region for good.",
            group=MIGRATION,
            one_more="one more {unit} of {item} that may leave in {period}",
        ),
        Unknown(
            name="join",
            symbol="j",
            index=("resource", "period"),
            says="Those who come to a region for good.",
            group=MIGRATION,
            one_more="one more {unit} of {item} that may come in {period}",
        ),
        Unknown(
            name="floor_spent",
            symbol="f",
            index=("capacity", "period"),
            definition=SIGN,
            says="What plant in a region grows by, out of the country's floor.",
        ),
        Unknown(
            name="project_start",
            symbol="y",
            index=("project", "period"),
            says="Start of a project, within its window.",
            group=Group("dates of projects", "the dates between which projects may begin", rule=True),
            one_more="one more start of {item} allowed in {period}",
        ),
        Unknown(
            name="recruiting",
            symbol="n",
            index=("resource", "period"),
            says="Those recruited from outside.",
            group=Group("recruiting", "the recruits there are"),
            one_more="one more {unit} of {item} to recruit in {period}",
        ),
        Unknown(
            name="dismissal",
            symbol="b",
            index=("resource", "period"),
            says="Those dismissed.",
            definition=SIGN,
        ),
        Unknown(
            name="downgrading",
            symbol="g↓",
            index=_LINK,
            says="Those moved down to a lower skill for good.",
            definition=SIGN,
        ),
        Unknown(
            name="running",
            symbol="r",
            index=("activity", "period"),
            says="Units of a technique that are on, of those there are.",
            group=Group("units", "the units of {item} there are", each=("activity",)),
            one_more="one more unit of {item} in {period}",
        ),
        Unknown(
            name="started",
            symbol="a",
            index=("activity", "period"),
            says="Units of a technique that are on and were off in the period before.",
            definition=SIGN,
        ),
        Unknown(
            name="expansion",
            symbol="k",
            index=_PLANT,
            says="Expansions of plant that are begun as a whole period opens, of those that may be.",
            group=Group("expansions", "the expansions of {item} that may be begun", each=("capacity",)),
            one_more="one more expansion of {item} in {period}",
        ),
        Unknown(
            name="price_step",
            symbol="p",
            index=STEP_KEYS,
            definition=PRICE_STEPS,
            says="What lies beyond a step of a price, and not beyond the next.",
        ),
        Unknown(
            name="attainment",
            symbol="θ",
            index=(),
            definition=SIGN,
            says="Share of the official figures that is reached by all at once.",
        ),
        Unknown(
            name="shortfall",
            symbol="z",
            index=("measure", "item", "period"),
            says="Share of a target that is missed.",
            definition=Definition("that a target is missed wholly at most", "no more than all of it can be missing"),
        ),
    )
}
