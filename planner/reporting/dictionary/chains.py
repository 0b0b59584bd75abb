"""Words of the tables about chains of economies: the state that a plan leaves to those who come after."""

from __future__ import annotations

from collections.abc import Mapping

from planner.reporting.dictionary.uncertainty import UNCERTAINTY

__all__ = ["CHAINS", "REACHED"]

REACHED: Mapping[str, str] = {
    "plan": "",
    "item": "product, or another thing in words",
    "figure": "official, low, high, or in words",
    "value": "the figure",
    "unit": "",
    "due": "when it was due",
    "feasible": "first period in which one enterprise that gave up every other figure could have made as much; empty for what is "
    "no product; no plan: none keeps the floors and balances",
    "reached": "first year in which as much was made",
    "late": "in time, later, or no year known",
    "source": "",
    "verified": "",
}

_REACHED = "yes, no, or no plan: none keeps the floors and balances"
_BEGUN = f"{_REACHED}; cannot begin: the first period needs more of the item than the economy opens with"
_DATES: Mapping[str, str] = {
    "economy": "in whose periods the figures are due",
    "due": "period in which all of them are due",
    "figures": "how many",
    "attainment": "share of all figures that can be reached at once",
}

CHAINS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "state": (
        "What that plan leaves at the end of each period, in the form of the table `opening` of an economy that begins there.",
        {
            "end_of": "period at whose end it stands so",
            "kind": "capacity: plant in existence; building: works begun under the plan; pipeline: works of before it; retiring: "
            "plant whose fixed life ends; stock; debt; labour: persons beside those of `supply`, negative where some left for "
            "training; training: persons in training; consumption: level of households; activity: techniques that took "
            "something ahead; running: units that were on",
            "key": "kind of plant, product, currency, resource, training or technique, by kind",
            "period": "when works come on stream, plant is gone, training ends or the technique runs; else the next period",
            "unit": "",
            "value": "how much of it",
        },
    ),
    "joined": (
        "The figures of a plan due in ever later periods: one program over all economies to that of the date.",
        {**_DATES, "reached": _REACHED, "unit": ""},
    ),
    "chain": (
        "Each economy by itself, by what it opens with: the same figures by due date, and the figures of its own plan.",
        {
            "economy": "in whose periods the figures are due",
            "opening": "record: what stood; run: what the plan before left (the plan asked for, then each economy's own), which "
            "had to keep all it found; bound: of each kind the larger, which nobody could have had",
            "plan": "",
            **_DATES,
            "reached": _BEGUN,
            "unit": "",
            "family": "of the limit that carries most of the result, targets aside",
            "item": "what that limit is of, or what is missing",
            "period": "in which it binds, or is needed",
        },
    ),
    "chain_draws": (
        "The figures of the plan asked for, by due date, in draws of all uncertain numbers; what economies side by side take "
        "from one source is drawn as one number.",
        {
            "way": "joined: one program over all economies; record: the economy by itself, from what stood on record",
            "economy": _DATES["economy"],
            "due": _DATES["due"],
            **{
                name: said
                for name, said in UNCERTAINTY["met"][1].items()
                if name not in ("plan", "floor_fails", "undecided", "seed", "design")
            },
        },
    ),
    "chain_reached": (
        "When each figure of the plan in the table `reached` was due, could have been had by itself, the horizon going on into "
        "the economies that follow, and was in fact reached.",
        REACHED,
    ),
    "chain_figures": (
        "Each figure by year: as much of it as could be had with the others if all were due then, and what was produced; and the "
        "figures of the same goods in the economies' own plans, when they are due.",
        {
            "plan": "",
            "item": "",
            "period": "",
            "economy": "in whose tables the period is told",
            "unit": "",
            "official": "the figure",
            "joined": "if due then, by one program over all economies; the share of joined.csv times the figure",
            "by_record": "if due then, from what stood on record at the joint; the share of chain.csv times the figure",
            "by_run": "the same from what the plan before left",
            "by_bound": "the same from the larger of both",
            "produced": "what was made in the period, where it is known",
        },
    ),
}
