"""Keys of a model file: what each may be and what it means. Keys of single objectives stand with the objectives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.formulation.execution.rules import KEYS as EXECUTION
from planner.formulation.objectives import OBJECTIVES, Key

__all__ = ["FLOORS", "GENERAL", "TERM", "Key", "keys", "nested"]

FLOORS = ("promised", "base", "subsistence", "actual")

GENERAL: Mapping[str, Key] = {
    "schema": Key(int, "1 (needed where nothing is extended)"),
    "title": Key(str, "the question in a sentence"),
    "extends": Key(str, "model file to start from; tables are merged key by key"),
    "families": Key(list, "list of constraint families"),
    "leaves_out": Key(list, "families left out on purpose: no warning is given of the facts that only they would read"),
    "objective": Key(str, "one of the objectives below"),
    "then": Key(
        str,
        "a second objective, of those that are about no figures: among all plans at the optimum the best by it is the plan of "
        "`planner solve`",
    ),
    "targets.basis": Key(("level", "growth"), "`level`, or `growth` over the base period"),
    "targets.groups": Key(list, "groups of products whose output figures alone are tested; empty for all figures"),
    "targets.without": Key(list, "items whose targets are left out"),
    "consumption.floor": Key((*FLOORS, float), "a closure below, or a share of the base level"),
    "consumption.floor_by_period": Key(
        dict, 'table of periods = floor, such as `{ "1932..1933" = 0.8 }`, in place of the floor in these periods'
    ),
    "terminal.condition": Key(
        ("none", "sustain", "keep"),
        "`none`; `sustain`: work in progress at the end as in the last period but one; `keep`: no kind of plant and no stock "
        "is left smaller than as the plan began",
    ),
    "terminal.share": Key(float, "of `keep`: the share of the opening plant that must stand, 1 by default"),
    "terminal.period": Key(str, "of `keep`: the period at whose end it must stand; the last by default"),
    "steady.fall": Key(
        float, "of the family `steady`: the share by which an output may fall in a period, 0 by default"
    ),
    "steady.groups": Key(list, "of the family `steady`: groups of products of which it is asked; empty for all"),
    "horizon.periods": Key(
        ("all", "targets"), "`all`, or `targets`: only the periods of the targets, from the state of the one before"
    ),
    "horizon.growth": Key(
        dict,
        "table of resources, or `population`, = rate a period, such as `{ unskilled = 0.03 }`: by which it grows after the data, "
        "where a later date is asked for; what is not named stays as in the last period",
    ),
    "money.account": Key(str, "of a plan that pays its way: whose account of households it takes, in place of its own"),
    "money.currency": Key(str, "of objectives that are about money: in which currency, where there are several"),
    "money.discount": Key(float, "of objectives that are about money: rate a period, in place of that of the economy"),
    "projects.divisible": Key(
        ("rest", "none", "all"),
        "building by the unit where there are projects: of plant that stands (`rest`), `none` or `all`",
    ),
    "projects.room": Key(
        ("carried", "year"),
        "growth limits and sites not used in a period: `carried` over to later projects, or lost with the `year`",
    ),
    "projects.break_in": Key(
        ("coefficients", "share"),
        "what new plant loses at first: in the `coefficients`, or in each project's own `share` of the first year",
    ),
    "projects.begun": Key(
        ("kept", "stoppable"), "projects building at the base date: `kept` in the pipeline, or `stoppable`"
    ),
    "projects.built": Key(
        ("whole", "parts"), "`whole` or not at all, or in `parts`: a linear question that bounds the other"
    ),
    "projects.budget": Key(float, "the most that projects may cost in all, in value units"),
    "projects.budget_per_period": Key(float, "the most that projects may cost in each period, in value units"),
    **EXECUTION,
}
TERM: Mapping[str, Any] = {"measure": str, "item": str, "period": str, "weight": float}


def keys() -> dict[str, Key]:
    """Every key by its name with dots: the general ones, then those of each objective.

    Raises:
        ValueError: an objective claims a key that all questions have.
    """
    own = {name: key for objective in OBJECTIVES.values() for name, key in objective.keys.items()}
    twice = sorted(own.keys() & GENERAL.keys())
    if twice:
        raise ValueError(f'The key "{twice[0]}" is one of every question and cannot belong to an objective.')
    second = tuple(name for name, objective in OBJECTIVES.items() if objective.reading == "planned")
    known = {"objective": tuple(OBJECTIVES), "then": second}
    return {**GENERAL, **{name: Key(words, GENERAL[name].says) for name, words in known.items()}, **own}


def nested(flat: Mapping[str, Key]) -> dict[str, Any]:
    """What each key may be, tables as dictionaries of their own.

    >>> nested({"title": Key(str, ""), "own.sense": Key(("max", "min"), "")})
    {'title': <class 'str'>, 'own': {'sense': ('max', 'min')}}
    """
    tree: dict[str, Any] = {}
    for name, key in flat.items():
        table, dot, last = name.rpartition(".")
        (tree.setdefault(table, {}) if dot else tree)[last] = key.wanted
    return tree
