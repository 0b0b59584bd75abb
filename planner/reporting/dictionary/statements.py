"""Words of the tables that `planner claims` writes.

An empty meaning stands for the one that the column has everywhere (``glossary.SAME_EVERYWHERE``).
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["STATEMENTS", "STATEMENTS_KEYS"]

_SAYS = "agrees, disagrees, undecided where the ranges of the data or other series leave it open"

STATEMENTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "claims": (
        "What texts state about the plan, in our words, and what the tables say of it.",
        {
            "claim": "identifier of the statement",
            "statement": "in a sentence of our own",
            "says": f"{_SAYS}, outside what tables can say, or no test; all checks of a test must agree",
            "why": "what is stated beside what the tables have; without a test, why it has none",
            "text": "in which text it stands",
            "quantity": "what it is about",
            "value": "what the text says it is",
            "unit": "of that value",
            "period": "when",
            "kind": "base, target, outcome, constraint or mechanism",
            "test": "how it is tested; empty: it has no test",
            "disputed": "what disputes it, in words",
        },
    ),
    "claim_checks": (
        "Every check of every test: what is stated, what the tables have, and the figures beside it.",
        {
            "claim": "identifier of the statement",
            "check": "which of its checks, from 1",
            "test": "the check as it is written",
            "relation": "of what is found to what is stated",
            "stated": "what the text says: a number or a verdict",
            "found": "what is looked up",
            "low": "least that it can be, by its range and by other series",
            "high": "most that it can be",
            "off": "of an equality: what is stated over what is found, less one",
            "says": _SAYS,
            "why": "the same in a sentence",
            "thing": "what the check is about; empty: a plan as a whole",
            "official": "figure of the plan that the check names, else of the one that stands beside; of a plan 1",
            "due": "when that figure is due",
            "feasible": "what of it can be had together with the plan's others; of a year: the first in which one enterprise "
            "that gave up all others could have had it; of a plan: the share of all figures that can be had at once",
            "produced": "what was produced in the period of the check; of a year: when it was in fact reached",
            "unit": "of official, feasible and produced",
            "source": "where what is found comes from",
            "grade": "weakest grade among those sources (`planner explain sources.grade`)",
            "verified": "",
        },
    ),
}

STATEMENTS_KEYS: Mapping[str, str] = {
    "beside": "plan whose figures stand beside statements that name none",
    "agrees": "statements that agree with the tables",
    "disagrees": "statements that disagree with them",
    "undecided": "statements that the ranges of the data leave open",
    "untested": "statements without a test",
    "outside": "statements that are outside what tables can say",
}
