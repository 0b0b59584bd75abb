"""Rules by which goods are handed out, targets set and works served when a plan is played forward.

They stand in the table ``[execution]`` of a model file. They describe allocation alone: how targets move, who is given what there
is, which works wait. No rule is about persons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from planner.formulation.objectives import Key

__all__ = ["ADOPTED", "CLAIMANTS", "KEYS", "ExecutionRules", "Tautness", "rules_of", "unfit"]

ADOPTED = "adopted"
Tautness = float | tuple[float, ...] | Literal["adopted"]
CLAIMANTS = ("sites", "state", "exports", "households")  # that ranks may name beside groups of activities


@dataclass(frozen=True)
class ExecutionRules:
    """What is asked, and by which rules it is handed out, built and reported.

    Args:
        benchmark: ``common``: the path to the figures at one share; ``own``: that to each figure's proportional share.
        tautness: what is asked as a multiple of the benchmark: one number, one a period, or ``adopted`` for the plan as it is.
        sites_tautness: the same for building begun; ``None`` for that of outputs.
        allocation: who is given what there is.
        strength: under ``priority``, the share of each good that is handed out by rank.
        sites: which works are served first.
        stop_below: works are stopped where all together got less than this share of a quarter's steps; 0 for never.
        targets: how targets move from quarter to quarter.
        months: steps a period, a multiple of four.
        claim_cap: most that is claimed, as a multiple of what is needed.
        cushion: months of use that are kept where deliveries are not relied upon.
        restock: months in which what is kept is filled up or drawn down.
        stretch: share of an input that a branch can do without, what it makes being worth that much less.
        trace: share of material cost below which an input may be put off.
        arrears: share of a quarter's arrears laid on the next quarter's target.
        gloss: share of what is missing that reports claim to be there.
        working_stock: months of use in the pool at the start.
        noise: standard deviation of the logarithm of monthly shocks that lower output.
        ranks: of groups of activities and of ``CLAIMANTS``, the lowest served first; those not named come after all groups named.
    """

    benchmark: Literal["common", "own"] = "common"
    tautness: Tautness = 1.0
    sites_tautness: Tautness | None = None
    allocation: Literal["proportional", "equal", "priority", "pool"] = "proportional"
    strength: float = 0.5
    sites: Literal["scattered", "finish_first"] = "scattered"
    stop_below: float = 0.0
    targets: Literal["raise_all", "held", "cut_to_pace"] = "raise_all"
    months: int = 12
    claim_cap: float = 2.0
    cushion: float = 1.0
    restock: float = 6.0
    stretch: float = 0.15
    trace: float = 0.02
    arrears: float = 0.25
    gloss: float = 0.25
    working_stock: float = 1.5
    noise: float = 0.0
    ranks: Mapping[str, int] = field(default_factory=dict)


_SAYS: Mapping[str, str] = {
    "benchmark": "`common`: the steadiest path to the figures at one share of all; `own`: to each figure's proportional share",
    "tautness": "what is asked as a multiple of the benchmark: a number, a list, one a period, or `adopted`: the plan as it is",
    "sites_tautness": "the same for building begun, where it is another",
    "allocation": "`proportional` to claims, households after the others; `equal`: households with them; `priority`: in part by "
    "rank; `pool`: true needs, nothing kept, one program a month",
    "strength": "under `priority`, the share of each good that goes by rank; the rest is proportional",
    "sites": "`scattered`: works are served alike; `finish_first`: those begun earlier come first",
    "stop_below": "share of a quarter's steps of all works below which the youngest are stopped; 0 for never",
    "targets": "`raise_all` by arrears, `held`, or `cut_to_pace` of the branches that are served first",
    "months": "steps a period, a multiple of four",
    "claim_cap": "most that is claimed, as a multiple of what is needed",
    "cushion": "months of use that are kept where deliveries are not relied upon",
    "restock": "months in which what is kept is filled up or drawn down",
    "stretch": "share of an input that a branch can do without, what it makes being worth that much less",
    "trace": "share of material cost below which an input may be put off",
    "arrears": "share of a quarter's arrears laid on the next quarter's target",
    "gloss": "share of what is missing that reports claim to be there",
    "working_stock": "months of use in the pool at the start",
    "noise": "standard deviation of the logarithm of monthly shocks, which only lower output",
    "ranks": "of groups of activities and of `sites`, `state`, `exports` and `households`: the lowest are served first",
}
_KINDS: Mapping[str, object] = {
    "benchmark": ("common", "own"),
    "tautness": (ADOPTED, float, list),
    "sites_tautness": (ADOPTED, float, list),
    "allocation": ("proportional", "equal", "priority", "pool"),
    "sites": ("scattered", "finish_first"),
    "targets": ("raise_all", "held", "cut_to_pace"),
    "months": int,
    "ranks": dict,
}
KEYS: Mapping[str, Key] = {
    f"execution.{one.name}": Key(_KINDS.get(one.name, float), f"of `planner execute`: {_SAYS[one.name]}")
    for one in fields(ExecutionRules)
}  # keys of model files, in the order of the rules

_SHARES = ("strength", "stop_below", "stretch", "trace", "gloss")
_LEAST = {"claim_cap": 1.0, "cushion": 0.0, "restock": 1.0, "arrears": 0.0, "working_stock": 0.0, "noise": 0.0}
_QUARTERS = 4


def rules_of(table: Mapping[str, Any]) -> ExecutionRules:
    """The rules of a table of a model file, lists as they are kept."""
    given: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return ExecutionRules(**given)


def unfit(table: Mapping[str, Any]) -> Iterator[tuple[str, str, str, str]]:
    """What is wrong with the values of rules: code, key, value, sentence.

    Args:
        table: rules by name, each of its kind.

    >>> [(code, key) for code, key, _, _ in unfit({"tautness": [1.0, 0.0], "months": 6, "strength": 2.0})]
    [('E180', 'tautness'), ('E174', 'months'), ('E174', 'strength')]
    """
    for key in ("tautness", "sites_tautness"):
        asked = table.get(key)
        for one in asked if isinstance(asked, list | tuple) else () if asked is None or asked == ADOPTED else (asked,):
            if isinstance(one, str) or not 0.0 < one < float("inf"):
                yield "E180", key, str(one), f"{key} is what is asked as a multiple of the benchmark: a number above 0."
    months = table.get("months", _QUARTERS)
    if months < _QUARTERS or months % _QUARTERS:
        yield (
            "E174",
            "months",
            str(months),
            "The steps of a period are a multiple of four, so that it has four quarters.",
        )
    for key in _SHARES:
        if not 0.0 <= table.get(key, 0.0) <= 1.0 or (key == "stretch" and table.get(key, 0.0) == 1.0):
            yield "E174", key, str(table[key]), f"{key} is a share, from 0 to 1."
    for key, least in _LEAST.items():
        if table.get(key, least) < least:
            yield "E174", key, str(table[key]), f"{key} is {least:g} or more."
    for group, rank in table.get("ranks", {}).items():
        if not isinstance(rank, int) or isinstance(rank, bool) or rank < 0:
            yield "E174", f"ranks.{group}", str(rank), "A rank is a whole number, 0 for what is served first."
