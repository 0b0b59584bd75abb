"""Words of columns that every table with a row a figure has: what is asked, why it is short, where it comes from.

An empty meaning stands for the one that the column has everywhere (``glossary.SAME_EVERYWHERE``).
"""

from __future__ import annotations

from collections.abc import Mapping

from planner.reporting.wording.marks import MEANING

__all__ = ["ASKED", "FIGURE", "SHORTFALL", "WHY"]

FIGURE: Mapping[str, str] = {
    "plan": "",
    "measure": "",
    "item": "",
    "period": "",
    "sense": "at_least, at_most or exactly",
    "unit": "",
    "official": "the plan's figure",
    "low": "modest end of the figure, where it was given as a range",
    "high": "ambitious end of the figure",
}

WHY: Mapping[str, str] = {
    "why": "why it is short: out of reach by itself, given up for others, or it cannot be made; empty where it is met",
    "given_up_for": "which others would fall if it were raised by a hundredth",
    "without_use": "how much of it the path makes that nothing in the model uses; empty for what nothing ever uses",
    "mark": f"what is to be seen beside it: {'; '.join(MEANING.values())}",
}

ASKED: Mapping[str, str] = {
    "asked": "to the share reached (and no more, if exactly), or in full and why: hard, a cap, not above the base, ...",
    "change": "raised, lowered, unchanged or new against the plan extended; own; or kept from another plan",
    "origin": "plan the figure was taken over from",
}

SHORTFALL = "official less feasible, where that is positive; for at_most the other way"
