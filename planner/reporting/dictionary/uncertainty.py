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
    "met": (
        "In how many draws from the ranges of the data all figures of a plan can be met at once.",
        {
            "plan": "",
            "draws": "that were decided",
            "feasible": "draws in which all figures can be met",
            "share": "feasible as a share of draws; no probability, for the ranges are judgements and the model errs in the "
            "plan's favour",
            "low": "lower end of Wilson's 95 % interval of the share",
            "high": "upper end of it",
            "empty": "draws in which no plan keeps the floors and balances, whatever the targets; they stand below all others",
            "floor_fails": "of these, draws that would have a plan without the floor under household consumption",
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
    "one_way": (
        "All numbers moved one way, balances kept: one more case each, which proves nothing. The bound is another thing: "
        "every number by itself at its good end, and residuals at the best they can come to, which no draw exceeds.",
        {
            "plan": "",
            "moved": "which way and how far: to the ends, or half-way; bound: the independent optimistic corner",
            "value": "of the objective; empty where no plan is left",
            "unit": "",
        },
    ),
    "figures": (
        "Each figure over the draws: met together with the others, met alone, and what of it is feasible. Where the first two "
        "agree the figure's own limits decide; where they differ the first depends on the rule by which figures share.",
        {
            "plan": "",
            "measure": "",
            "item": "",
            "period": "",
            "sense": _SENSE,
            "figure": "the official figure",
            "unit": "",
            "among": "which draws are counted; fewer than 50 that admit what happened are too few",
            "draws": "counted; those without a plan count as not met",
            "met_together": "draws in which the figure is met with the others, all sharing",
            "together": "these as a share of draws",
            "together_low": "lower end of Wilson's 95 % interval of it",
            "together_high": "upper end of it",
            "met_alone": "draws in which it can be met with all other figures given up",
            "alone": "these as a share of draws",
            "p05": "feasible figure that 5 % of draws do not exceed; empty where that draw has no plan",
            "p50": "that half of the draws do not exceed",
            "p95": "that 95 % of the draws do not exceed",
            "reading": "met (in more than nine of ten of them, together with the others), open, not met (in none), too few",
        },
    ),
    "history": (
        "In how many draws what in fact happened is possible, by span of years and tolerance.",
        {
            "span": "hold-out: years the calibration did not see; training: years it saw; all",
            "years": "first and last",
            "tolerance": "share of every actual figure that must be possible at once",
            "draws": "in all",
            "kept": "that admit it",
            "share": "kept as a share of draws",
            "low": "lower end of Wilson's 95 % interval of it",
            "high": "upper end of it",
        },
    ),
    "given": (
        "In how many of the draws that admit what happened all figures of a plan can be met. The condition can discard what is "
        "too harsh and never what is too kind.",
        {
            "plan": "",
            "span": "hold-out: years the calibration did not see; training: years it saw; all",
            "years": "first and last",
            "tolerance": "share of every actual figure that must be possible at once",
            "kept": "draws that admit it",
            "feasible": "of them, those in which all figures can be met",
            "share": "feasible as a share of kept; empty where fewer than 50 are kept",
            "low": "lower end of Wilson's 95 % interval of it",
            "high": "upper end of it",
            "difference": "share less that of all draws",
            "difference_low": "lower end of its 95 % interval (Newcombe)",
            "difference_high": "upper end of it",
            "tells_apart": "no: the interval of the difference covers 0; too few: fewer than 50 draws",
        },
    ),
    "told": (
        "What history tells: numbers whose quantile shifts among the draws that admit it by more than chance shifts one of so "
        "many.",
        {
            "span": "hold-out, training or all",
            "tolerance": "share of every actual figure that must be possible at once",
            "factor": "number, or numbers that share a draw",
            "mean_quantile": "mean quantile among the draws kept; one half among all",
            "z": "its distance from that of all draws, in standard errors of a choice by lot",
            "threshold": "|z| that one of all factors passes by chance in one of twenty runs",
        },
    ),
    "carried": (
        "Which single numbers carry the result: correlation of the share reached with their quantile.",
        {
            "plan": "",
            "factor": "number, or numbers that share a draw",
            "correlation": "Pearson's, over draws that have a plan",
            "draws": "of them",
        },
    ),
    "brought_down": (
        "Items of which the numbers drawn used more in the base period than there was, and were brought down.",
        {
            "item": "",
            "draws": "in all",
            "brought_down": "draws in which it was so",
            "share": "these as a share of draws",
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
        "What was drawn: every number with a range, and the residuals that follow.",
        {
            "table": "of the economy",
            "number": "its keys other than periods",
            "column": "of the table",
            "period": "for which it is stated; * for all",
            "unit": "",
            "low": "least value",
            "central": "value as stated",
            "high": "greatest value",
            "distribution": "triangular (mode at the central value), uniform or loguniform; residual: not drawn, what a "
            "balance leaves",
            "factor": "numbers of one factor share a draw: all low at once, or all high",
            "group": "in which indices are reported",
            "source": "",
            "verified": "",
        },
    ),
}
