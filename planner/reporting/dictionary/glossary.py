"""Words of the results and of the method: files a run writes, their columns, closures, terms.

Families, objectives, measures, tables and codes of findings are explained where they are declared; what has no such place stands
here. A test holds the columns against those that are written.
"""

from __future__ import annotations

from collections.abc import Mapping

from planner.reporting.dictionary.chains import CHAINS
from planner.reporting.dictionary.execution import EXECUTION
from planner.reporting.dictionary.figures import ASKED, FIGURE, SHORTFALL, WHY
from planner.reporting.dictionary.money import MONEY
from planner.reporting.dictionary.path import PATH
from planner.reporting.dictionary.regions import REGIONS
from planner.reporting.dictionary.runs import RUNS
from planner.reporting.dictionary.sensitivity import SENSITIVITY
from planner.reporting.dictionary.statements import STATEMENTS
from planner.reporting.dictionary.uncertainty import UNCERTAINTY

__all__ = ["CLOSURES", "CORNERS", "JSON_FILES", "RESULTS", "SAME_EVERYWHERE", "TERMS"]

# a column without words of its own in a table of results means there what it means everywhere
SAME_EVERYWHERE: Mapping[str, str] = {
    "plan": "whose targets",
    "measure": "what is counted (`planner list measures`)",
    "item": "product, capacity, resource or technique; * for all",
    "period": "label of the period, or periods added up such as 1929..1933",
    "unit": "unit of the row's figures",
    "product": "what is balanced",
    "activity": "technique",
    "capacity": "kind of plant",
    "resource": "labour, land or another primary resource",
    "source": "where the figure comes from",
    "verified": "whether the figure itself was seen in the source: yes, reconstructed, derived, recalled or no",
    "shadow_price": "change of the objective for one more unit of the limit (one of several if degenerate)",
}

_ANSWER: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "answer": (
        "The answer to quote, in the words of the page and of summary.json.",
        {
            "part": "question, answer, more, figure, how sure, to repeat, or what it cannot say",
            "label": "of a figure: what it is",
            "says": "the sentence, the figure, or the command that makes the run again",
        },
    ),
}

_SOLVE: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "targets": (
        "Official, feasible and actual figure of every target.",
        {
            **FIGURE,
            "feasible": "the figure that can be had together with the others, at the share settled for it",
            "planned": "the figure in the plan that the tables hold (summary.json, plan_written, says which plan)",
            "shortfall": SHORTFALL,
            "share": "feasible as a share of official (on the growth basis: of the growth over the base period)",
            "planned_share": "planned as a share of official, as share is; of a figure that holds in full, 1 where it is met",
            **WHY,
            **ASKED,
            "actual": "what happened, where it is known",
            "source": "",
            "verified": "",
        },
    ),
    "indices": (
        "Indices of output at base-period prices: the official one beside those implied; prices decide them all.",
        {
            "item": "product, group or aggregate of products; * for all",
            "period": "",
            "official": "the plan's figure for the index",
            "by_figures": "index that the plan's own figures of output come to, of the products they name",
            "by_figures_low": "the least of it within the ranges of the prices",
            "by_figures_high": "the most of it within the ranges of the prices",
            "covered": "value in the base period of the products that these figures name, as a share of all that count",
            "planned": "index of the plan that the tables hold",
            "actual": "index stated for what happened, where it is known",
            "by_actuals": "index that the outputs of what happened come to, of the products of which they are known",
            "unit": "",
        },
    ),
    "activities": (
        "Level of every technique in the plan that the tables hold; plan_written in summary.json says which plan that is. A path "
        "may end half a per cent under the settled figures.",
        {"activity": "", "period": "", "product": "principal product", "unit": "", "level": "units of activity"},
    ),
    "balances": (
        "Sources and uses of every product in that plan; the two sides add up to the same.",
        {
            "product": "",
            "period": "",
            "side": "source or use",
            "entry": "output, import, stock_before; input, running, started, building, upkeep, final use, households, ...",
            "by": "technique, capacity or final use behind the entry",
            "unit": "",
            "quantity": "in the product's unit",
        },
    ),
    "capacities": (
        "Plant in that plan: what there was, what came, what is used.",
        {
            "capacity": "",
            "period": "",
            "unit": "",
            "before": "in existence the period before",
            "retired": "worn out since, or at the end of its life",
            "from_pipeline": "on stream from what was building at the base date",
            "from_plan": "on stream from what was begun under the plan",
            "in_existence": "in the period",
            "used": "occupied by the techniques",
            "share_used": "used as a share of what is in existence",
            "started": "begun in the period",
            "shadow_price": "",
        },
    ),
    "resources": (
        "Labour, land and other primary resources in that plan: what there is and what is used.",
        {
            "resource": "",
            "period": "",
            "unit": "",
            "kind": "labour, land, ...",
            "supply": "available in the period",
            "trained_and_moved": "joined by training, recruiting or stepping down, less those who left",
            "used": "by production, building and training",
            "unused": "left over",
            "shadow_price": "",
        },
    ),
    "trade": (
        "Exports, imports and credit in that plan.",
        {
            "direction": "export, import, credit_taken, other_receipts, other_payments, interest or exchanged: had for other "
            "currencies, less what is given for them",
            "product": "",
            "period": "",
            "unit": "",
            "quantity": "traded, in the product's unit",
            "limit": "the most that could be traded",
            "price": "per unit, in the currency of the row",
            "value": "quantity times price",
            "currency": "foreign currency; each has a balance of its own",
        },
    ),
    "whole_units": (
        "What comes in whole units in that plan: units of techniques that are on, and expansions of plant that are begun.",
        {
            "kind": "running: units of a technique; expansion: of plant, begun as the period opens",
            "item": "technique or kind of plant",
            "period": "",
            "number": "units that are on, or expansions begun; a whole number wherever the question asks for whole ones",
            "most": "of so many that there are, or that may be begun; the rest of them stand still, or are not begun",
            "switched_on": "units that are on and were off in the period before; of expansions empty",
            "switched_off": "units that are off and were on in the period before; of expansions empty",
            "amount": "level of the technique, or plant begun, all units together",
            "unit": "of the amount",
        },
    ),
    **CHAINS,
    "payments": (
        "What that plan pays and earns for what it does, trade at its prices included; nothing is discounted.",
        {
            "kind": "cost or revenue",
            "measure": "",
            "item": "",
            "currency": "in which it is paid",
            "period": "",
            "quantity": "what is counted",
            "unit": "",
            "price": "currency per unit, all payments for it together",
            "amount": "quantity times price",
        },
    ),
    "prices": (
        "Shadow price of every row of the program and of every bound that is not zero.",
        {
            "kind": "row or bound",
            "family": "constraint family, or block of unknowns",
            "item": "",
            "period": "",
            "limit": "the limit the price belongs to",
            "unit": "",
            "shadow_price": "",
            "price_unit": "unit of the objective per unit of the limit",
            "weight": "price times limit as a share of the objective; all of them add up to 1",
        },
    ),
}

RESULTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    **_ANSWER,
    **_SOLVE,
    **PATH,
    **REGIONS,
    **RUNS,
    **SENSITIVITY,
    **UNCERTAINTY,
    **EXECUTION,
    **MONEY,
    **STATEMENTS,
}

JSON_FILES: Mapping[str, str] = {
    "summary": "The answer in a few keys: what was asked, status, objective, targets met, plan in the tables, what binds.",
    "manifest": "How the run was made: versions, options, SHA-256 of every input, sizes, residuals, times.",
    "diagnosis": "What is known of a model file: whether it can be met, the proof, the conflict and the cure.",
}

CLOSURES: Mapping[str, str] = {
    "promised": "households get at least what the plan's own targets promise them, else the base level",
    "base": "households get at least the base period's level per head",
    "subsistence": "households get at least the part of the bundle that does not move with the level",
    "actual": "households get at least what the economy says they had as things turned out (`backtest.floor` of "
    "economy.toml), else the base level; a check of the tables, no option for a plan",
}

CORNERS: Mapping[str, str] = {
    "central": "every ranged number takes its value",
    "optimistic": "every ranged number takes the end that enlarges the feasible set; what is infeasible here is so "
    "everywhere in the ranges",
    "pessimistic": "every ranged number takes the end that narrows the feasible set",
}

TERMS: Mapping[str, str] = {
    "attainment": "The share θ of the official figures that can be reached at once; below 1 they are infeasible.",
    "half-way optimistic": "Every number of a group half-way from its central value to the end that favours the plan.",
    "half-way pessimistic": "Every number of a group half-way from its central value to the end against the plan.",
    "balance": "Sources of a product against its uses in a period.",
    "borderline": "Infeasible by a proof, but by less than any solver's tolerance; `planner diagnose` says by how much each "
    "limit would have to give way, in its unit and as a share of what the rows consist of.",
    "branch record": "Cases that leave no whole number out, each contradicted by a proof.",
    "binding": "A limit is binding where more of it would improve the objective.",
    "cap": "A figure that must not be passed (at_most, exactly). It holds in full whatever share the floors are reached to; "
    "only where its row says scales = yes is it eased, to (2 − share) times the figure.",
    "certificate": "Weights on rows whose sum is a contradiction: proof that no plan meets the targets (Farkas).",
    "conflict": "A set of requirements that cannot hold together, while every smaller part of it can (IIS).",
    "chain": "Bounds that follow from one row after the other until two of them contradict each other.",
    "corner": "A choice of one end of every range: central, optimistic or pessimistic.",
    "exact point": "Values that meet every row and bound in fractions, not to a tolerance.",
    "feasible set": "All plans that satisfy everything but the targets. If it is empty, no target matters.",
    "floor": "Least household consumption: promised, base, subsistence, actual or a share of the base level.",
    "gestation": "Periods from the start of building to the first use of plant.",
    "kept figure": "A target taken over from another plan (column origin): no decision of this plan, and counted apart.",
    "margin": "By how much every limit of a contradiction could give way and leave it standing.",
    "plan written": "The plan that the tables of a run hold. Where the figures can be reached to more than 100 %, it is the "
    "one that meets them in full with least labour.",
    "raised figure": "A target above the figure of the plan that this one extends (column extends of plans).",
    "reduced cost": "Shadow price of a column's bound.",
    "relaxation": "A program with its whole numbers allowed any value between.",
    "rows to give up": "The fewest rows without which all others can hold, with the least number that any cure needs.",
    "scenario": "A partial package of facts laid over an economy's base tables.",
    "shadow price": "Change of the objective for one more unit of a limit, others unchanged, in its own unit.",
    "shortfall": "What is missing from a target.",
    "tautness": "What is asked of a plan that is played forward, as a multiple of what could be had together: 1/θ for the "
    "plan as it is.",
    "slack": "Room that a row leaves to its limit.",
    "target": "An official figure as a requirement on a measure of the plan.",
}
