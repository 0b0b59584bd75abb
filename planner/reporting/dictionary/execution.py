"""Words of the tables that `planner execute` writes."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["EXECUTION"]

_RULES = {
    "benchmark": "what the play is measured by: the path at one share of all figures (common), or at each figure's own",
    "allocation": "how what there is is handed out",
    "sites": "which works are served first",
    "targets": "how targets move",
    "stop_below": "share of a quarter's steps below which the youngest works are stopped; 0 for never",
}
_OF = "share of the feasible plan"

EXECUTION: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "execution": (
        "A plan played forward: of each product and period what is official, asked, feasible, made, useful and reported, and "
        "what was produced in fact.",
        {
            "product": "",
            "period": "",
            "unit": "",
            "official": "the plan's figure, where it has one for the period",
            "asked": "the feasible plan times its tautness",
            "feasible": "output of the plan that could be had with perfect knowledge",
            "made": "output of the play",
            "share": "made as a share of feasible",
            "useful": "made, less what it is worth less for inputs that were left out",
            "reported": "what branches say they made",
            "produced": "what happened, where it is known; no rule is fitted to it",
        },
    ),
    "execution_years": (
        "A plan played forward by period, as shares and multiples of the feasible plan; outputs added up by labour embodied.",
        {
            "period": "",
            "tautness": "what was asked",
            "output": "made of products with a figure, or of all where none has one",
            "fulfilment": "the same as a share of what was asked",
            "reported": "reports as a share of what was made",
            "useful": "useful output as a share of what was made",
            "households": "what households got as a share of what they were promised",
            "hands": "hands hired by production: for the target, not for the output",
            "unfinished": "works that have not joined the plant at the end of the period",
            "stopped": "how many works are stopped then",
            "unit": "of tautness, output, hands and unfinished",
        },
    ),
    "shortages": (
        "What ran short, in order of time: the first time that a good stopped a branch or its works.",
        {
            "period": "",
            "month": "of the period",
            "product": "what was short most",
            "kind": "branch, or works under construction",
            "item": "the technique, or the kind of plant that was built",
            "share": "of its needs that there was",
        },
    ),
    "works": (
        "Building and plant of a plan played forward, beside the feasible plan.",
        {
            "capacity": "",
            "period": "",
            "unit": "",
            "feasible_begun": "begun in the feasible plan",
            "begun": "begun in the play",
            "finished": "finished in the play",
            "feasible_plant": "standing in the feasible plan",
            "plant": "standing at the end of the period",
        },
    ),
    "execution_stocks": (
        "Where each good came from and went: opening + made + imported = used + built + delivered + unused + held + pool.",
        {
            "product": "",
            "period": "",
            "unit": "",
            "opening": "in the pool and with branches and works as the period begins",
            "made": "output",
            "imported": "from abroad",
            "used": "by production",
            "built": "by works",
            "delivered": "to households, the state and exports",
            "unused": "of what does not keep: made and not used; of the pool: spoiled, or more than can be stored",
            "held": "with branches and works at the end",
            "pool": "to be handed out next month",
        },
    ),
    "tautness": (
        "Output and what comes with it over tautness, for each set of rules.",
        {
            **_RULES,
            "tautness": "what is asked as a multiple of the feasible plan",
            "output": "made, in the mean of the periods",
            "last": "made in the last period",
            "households": "what households got of what they were promised, in the mean of the periods",
            "unfinished": "works that have not joined the plant at the end",
            "figures": "least share of an official figure that is made",
            "unit": "of output, last and unfinished",
        },
    ),
    "maxima": (
        "Where over tautness most is made, for each set of rules.",
        {
            **_RULES,
            "best_tautness": "of the points played, that at which most is made",
            "best_output": "made there",
            "output_at_1": "made where as much is asked as can be had; empty where that was not played",
            "tautest": "the greatest tautness played",
            "output_at_tautest": "made there",
            "fall": "by how much that is less than the most, as a share of it",
            "unit": "of outputs",
        },
    ),
    "execution_draws": (
        "Plays of one plan with other shocks.",
        {
            "draw": "number of it",
            "seed": "of its shocks",
            "period": "",
            "output": "made, as in execution_years",
            "households": "what they got of what they were promised",
            "unit": _OF,
        },
    ),
    "stylised_facts": (
        "What is told of taut plans, what the play shows of it, and on which rules that hangs; nothing is fitted to it.",
        {
            "fact": "its key in the economy's table",
            "says": "what was observed, in a sentence",
            "period": "when; empty: at the end",
            "direction": "on which side of what a plan without strain shows it was observed",
            "observed": "the number; empty where its direction alone is known",
            "shown": "the same counted in the play",
            "found": "in size (within 0.1), in direction, or not",
            "hangs_on": "single rules of which another setting changes that",
            "source": "",
            "verified": "",
        },
    ),
}
