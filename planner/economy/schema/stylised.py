"""What stylised facts of taut plans may count: names, meanings, and the number at which nothing is seen.

The functions that count stand with the play (`planner.analysis.execution.stylised`); the table of an economy names these.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["NEUTRAL", "SAYS"]

_KNOWN: Mapping[str, tuple[float, str]] = {
    "fulfilment": (1.0, "output of the items as a share of what was asked"),
    "fulfilment_gap": (0.0, "the same, less that of the items it is against"),
    "growth": (0.0, "output of the items against the period before, less one"),
    "unfinished": (1.0, "works in progress as a multiple of those of the feasible plan"),
    "scatter": (0.0, "standard deviation of fulfilment over the items, less that of the first period"),
    "worst_quarter": (
        0.0,
        "deepest fall of a quarter's output of the items under the best quarter before, up to the period",
    ),
    "hands": (1.0, "hands hired by production as a multiple of those of the feasible plan"),
    "product_per_hand": (1.0, "output of the items per hand as a multiple of the feasible plan's"),
    "relative_output": (1.0, "output of the items against that of the others, both as shares of the feasible plan's"),
    "report_gap": (0.0, "by what share reports of the items lie above what was made"),
    "recovery": (
        0.0,
        "output of the items as a share of the feasible plan's, less its lowest share in the periods before",
    ),
    "building_gap": (
        0.0,
        "goods put into works as a multiple of those of the feasible plan, less output of the items as a multiple of its own",
    ),
    "trend_lead": (
        0.0,
        "rank correlation, over the items, of growth since the base period with that of the first period, less its rank "
        "correlation with the growth that was asked",
    ),
    "pace_gain": (
        0.0,
        "output under targets cut to the pace of the branches served first against output under targets raised by arrears, less "
        "one",
    ),
    "households": (1.0, "what households got as a share of what they were promised"),
}
NEUTRAL: Mapping[str, float] = {name: number for name, (number, _) in _KNOWN.items()}
SAYS: Mapping[str, str] = {name: says for name, (_, says) in _KNOWN.items()}
