"""Words of the tables that `planner sensitivity`, `planner frontier` and `planner near-optimal` write.

An empty meaning stands for the one that the column has everywhere (``glossary.SAME_EVERYWHERE``). The two-sided
``prices`` of a sensitivity run share their name with the prices of a solve and stand in ``documents.TWO_SIDED``.
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["SENSITIVITY"]

SENSITIVITY: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "ranges": (
        "Intervals over which the optimal basis stays as it is, one limit or one weight of the objective changed at a time.",
        {
            "of": "limit, or weight of a column in the objective",
            "family": "constraint family, or block of unknowns",
            "item": "",
            "period": "",
            "unit": "",
            "at": "where it stands",
            "low": "absolute lower end; empty where the optimum is degenerate there",
            "high": "absolute upper end; empty where the optimum is degenerate there",
            "degenerate": "yes: prices differ by side, or the interval has no room on one side; it is hidden",
            "what": "always a basis interval: a fact about one basis, not about the value",
        },
    ),
    "curve": (
        "The value over numbers multiplied by a factor.",
        {
            "selector": "which numbers",
            "factor": "by which they are multiplied",
            "amount": "their sum at that factor, where they add up",
            "unit": "",
            "value": "of the objective",
            "value_unit": "unit of the objective",
            "slope_after": "change of the value per 1 of the factor, up to the next point",
            "how": "exact: straight between the points; sampled: the numbers stand in coefficients",
            "plan": "whether there is a plan at all",
        },
    ),
    "tornado": (
        "The value with single numbers, and groups of them, at the ends of their ranges, all others as they are.",
        {
            "by": "number, or what a group is made by: table, item, period, source, verified",
            "number": "keys of the number, or name of the group",
            "column": "of the number",
            "periods": "for which it is stated",
            "unit": "",
            "numbers": "rows moved together",
            "table": "of the number",
            "central": "where it stands, in the last period stated",
            "low": "its low end, in the last period stated",
            "high": "its high end, in the last period stated",
            "source": "",
            "verified": "",
            "ends": "what at_low and at_high are: low and high, or for groups pessimistic and optimistic",
            "at_low": "value there; empty where no plan is left",
            "at_high": "value there; empty where no plan is left",
            "value": "as the data stand",
            "change_low": "at_low less value",
            "change_high": "at_high less value",
            "swing": "from the least to the greatest of the three",
            "plan": "yes, or none at one end",
            "unit_of_value": "unit of the objective",
        },
    ),
    "bottlenecks": (
        "What enlarging a limit of the data by a share would buy, alone and with another.",
        {
            "rank": "among limits, or among pairs",
            "way": "one or two",
            "first": "the limit, as a selector writes it",
            "second": "the other one of a pair",
            "share": "by which each is enlarged; claims, such as final use, are reduced by it",
            "added": "what that comes to, summed over periods",
            "unit": "of what is added",
            "gain": "improvement of the objective",
            "alone": "sum of what the two buy one by one",
            "gain_unit": "unit of the objective",
            "gain_per_unit": "gain by added; single limits only",
            "cost": "what building it costs at central norms; plant only",
            "cost_unit": "value unit of the economy",
            "gain_per_cost": "gain by cost",
        },
    ),
    "frontier": (
        "The region of attainable pairs of two quantities, and where the plan and what happened lie.",
        {
            "third": "least amount of the third quantity; empty without one",
            "kind": "corner of the region, or point",
            "name": "official, feasible or actual",
            "order": "of corners, anticlockwise",
            "x": "amount of the first quantity",
            "y": "amount of the second",
            "pareto": "yes where neither can grow without loss of the other",
            "distance": "from the region, both axes in shares of the point's own figures",
            "nearest_x": "nearest point of the region",
            "nearest_y": "nearest point of the region",
            "share_of_both": "greatest share of both figures that can be had together",
            "x_quantity": "measure, item, period",
            "x_unit": "unit of x",
            "y_quantity": "measure, item, period",
            "y_unit": "unit of y",
            "third_quantity": "measure, item, period",
            "third_unit": "unit of third",
            "distance_unit": "of distance",
        },
    ),
    "alternatives": (
        "Whole plans that reach the settled figures and differ most from one another.",
        {
            "number": "of the plan; 1 is the steadiest path",
            "measure": "of the total that was taken to an end; empty of the first plan",
            "item": "of it",
            "period": "of it",
            "end": "most or least",
            "unit": "of the total; of resources times periods",
            "total": "in this plan",
            "in_steadiest": "in the first plan",
            "furthest": "how far it can be taken at the same figures",
            "apart": "from the nearest plan before it: the mean over all totals of how far they lie apart, as a share of how far "
            "they can",
            "epsilon": "share by which each settled figure may be missed",
        },
    ),
    "alternative_paths": (
        "What each of these plans makes, by period.",
        {
            "number": "of the plan",
            "product": "`*`: the level of consumption per head",
            "period": "",
            "unit": "",
            "feasible": "output of the plan",
            "actual": "what happened, where it is known",
            "official": "the plan's figure, where there is one",
        },
    ),
    "near_optimal": (
        "Least and greatest total of every group among plans near the best.",
        {
            "measure": "",
            "item": "",
            "period": "",
            "unit": "of the total; of resources times periods",
            "least": "in any near-best plan",
            "greatest": "in any near-best plan; inf where nothing limits it",
            "in_best": "in the best plan found, one of many",
            "spread": "greatest less least as a share of the greatest",
            "reading": "fixed (within 5 %), at least, free (may be left undone) or none",
            "epsilon": "share of the best that may be given up",
        },
    ),
}
