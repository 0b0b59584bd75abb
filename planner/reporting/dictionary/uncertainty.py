"""Words of the tables that `planner uncertainty` writes.

An empty meaning stands for the one that the column has everywhere (``glossary.SAME_EVERYWHERE``).
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["UNCERTAINTY"]

_QUANTILES: Mapping[str, str] = {
    f"p{q:02d}": f"{q} % of draws reach no more; empty where that draw has no plan at all" for q in (5, 25, 50, 75, 95)
}
_SENSE = "of the target: at_least, at_most or exactly"
_VALUE = "what is counted; value is the objective itself"

UNCERTAINTY: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "probability": (
        "How probable it is that all figures of a plan can be met at once, given the ranges of the data.",
        {
            "plan": "",
            "draws": "that were decided",
            "feasible": "draws in which all figures can be met",
            "probability": "feasible as a share of draws",
            "low": "lower end of Wilson's 95 % interval of the probability",
            "high": "upper end of it",
            "empty": "draws in which no plan keeps the floors and balances, whatever the targets; they stand below all others",
            "undecided": "draws that the solver left open; they are not counted",
            **_QUANTILES,
            "unit": "of the quantiles",
            "seed": "of all chance",
            "design": "random, sobol or morris",
        },
    ),
    "quantiles": (
        "Quantiles over the draws: of the objective, and of the feasible share of each target.",
        {"plan": "", "measure": _VALUE, "item": "", "period": "", "sense": _SENSE, **_QUANTILES, "unit": ""},
    ),
    "samples": (
        "Every draw: the objective, and the feasible share of each target where it was asked for.",
        {
            "plan": "",
            "draw": "its number; the same number is the same draw for every plan",
            "measure": _VALUE,
            "item": "",
            "period": "",
            "sense": _SENSE,
            "status": "solved, empty (no plan keeps the floors and balances) or undecided",
            "value": "to nine significant digits",
        },
    ),
    "comparison": (
        "Plans against each other, draw by draw.",
        {
            "plan": "",
            "other": "the plan it is compared with",
            "draws": "decided for both",
            "reached_more_fully": "share of draws in which the first is reached more fully than the other",
            "mean_difference": "first less other, over draws in which both have a plan",
            "standard_deviation": "of that difference",
        },
    ),
    "indices": (
        "What the uncertainty comes from.",
        {
            "plan": "",
            "factor": "number or group of numbers",
            "index": "first, total (Sobol: shares of the variance); mean, mean_absolute, spread (Morris: changes)",
            "value": "of the index",
            "confidence": "half width of its 95 % interval, by resampling",
            "says": "the index in words",
        },
    ),
    "screening": (
        "Which groups of numbers were drawn where not all were: those that change most, moved alone from a few random states.",
        {
            "plan": "",
            "group": "numbers that are moved together",
            "change": "mean change of the value, without sign; no plan counts as a value of zero",
            "kept": "yes: drawn; no: left at the central values",
        },
    ),
    "factors": (
        "What was drawn: every number with a range.",
        {
            "table": "of the economy",
            "number": "its keys other than periods",
            "column": "of the table",
            "period": "for which it is stated; * for all",
            "unit": "",
            "low": "least value",
            "central": "value as stated",
            "high": "greatest value",
            "distribution": "triangular (mode at the central value), uniform or loguniform",
            "factor": "numbers of one factor share a draw: all low at once, or all high",
            "group": "in which indices are reported",
            "source": "",
            "verified": "",
        },
    ),
}
