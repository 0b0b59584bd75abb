"""What a plan's conflicts are told in: targets, kinds of plant, resources, foreign exchange, the floor. Balances stay hard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.feasibility.share import Shares
from planner.formulation import Formulation
from planner.program import Codes


@dataclass(frozen=True, eq=False)
class Member:
    """A group of rows that stands or falls together.

    Args:
        name: stable key, such as ``target:output pig_iron 1933`` or ``plant:coke_batteries``.
        kind: target, plant, labour, resource, foreign exchange, floor, training or stocks.
        words: the group in a sentence: "pig iron 17.65 Mt in 1933", "the coke batteries that could be built in time".
        rows: positions of its rows.
    """

    name: str
    kind: str
    words: str
    rows: Codes


def members_of(formulation: Formulation) -> list[Member]:
    """The groups of a formulation: every target that asks something, then everything but balances and accumulation."""
    return [*_targets(formulation), *_limits(formulation)]


_SENSES = {"at_least": "", "at_most": "at most ", "exactly": "exactly "}


def _targets(formulation: Formulation) -> list[Member]:
    handle = Shares(formulation)
    targets = formulation.targets
    names = product_names(formulation)
    result = []
    for i in np.flatnonzero(targets.scaled | targets.held):
        measure, item, period = targets.terms[i]
        figure = f"{_SENSES[targets.frame['sense'].iloc[i]]}{targets.official[i]:,.6g} {targets.frame['unit'].iloc[i]}"
        words = f"{thing(measure, item, names)} {figure} in {period}"
        rows = handle.rows_of(np.array([i]))
        result.append(Member(f"target:{targets.names[i]}", "target", words, rows))
    return result


def thing(measure: str, item: str, names: dict[str, str]) -> str:
    """A target's subject in words.

    >>> thing("output", "pig_iron", {"pig_iron": "Pig iron"}), thing("consumption", "*", {})
    ('pig iron', 'consumption per head')
    """
    if (measure, item) == ("consumption", "*"):
        return "consumption per head"
    name = names.get(item, item.replace("_", " "))
    name = name if name[:2].isupper() else name[:1].lower() + name[1:]
    return name if measure == "output" else f"{measure} of {name}" if item != "*" else f"all {measure}"


def product_names(formulation: Formulation) -> dict[str, str]:
    """Names of products and capacities as a reader says them: up to the first comma."""
    result = {}
    for table, key in (("capacities", "capacity"), ("products", "product")):
        frame = formulation.economy.tables[table]
        for label, name in zip(frame[key], frame["name"], strict=True):
            result[label] = str(name).split(",")[0].split(" (")[0] or str(label).replace("_", " ")
    return result


# family of rows -> kind of group, and the words for it; {item} is the name of the row's first key
_FAMILIES = {
    "capacity": ("plant", "the {item} that could be built in time"),
    "growth_limit": ("plant", "the {item} that could be built in time"),
    "resource": ("resource", "the {item}"),
    "labour": ("labour", "the labour there was"),
    "foreign_exchange": ("foreign exchange", "what could be earned and borrowed abroad"),
    "debt_limit": ("foreign exchange", "what could be earned and borrowed abroad"),
    "consumption_floor": ("floor", "the floor under household consumption"),
    "stock": ("stocks", "the room for stocks"),
    "training": ("training", "the places for training"),
}
_ONE_BY_ONE = ("capacity", "resource", "growth_limit")  # one group an item; the others make one group each


def _limits(formulation: Formulation) -> list[Member]:
    program = formulation.program
    names = product_names(formulation)
    resources = formulation.economy.tables["resources"]
    names.update({str(r.resource): str(r.name).split(",")[0] for r in resources.itertuples() if r.name})
    found: dict[str, tuple[str, str, list[Codes]]] = {}
    for family, (kind, words) in _FAMILIES.items():
        block = program.row_block.get(family)
        if block is None or not len(block.unit):
            continue
        positions = np.arange(block.start, block.stop)
        items = block.keys[0] if family in _ONE_BY_ONE else np.full(len(positions), "", object)
        for item in dict.fromkeys(items):
            key = f"{kind}:{item}" if item else kind
            name = names.get(item, str(item).replace("_", " "))
            text = words.format(item=name if name[:2].isupper() else name[:1].lower() + name[1:])
            found.setdefault(key, (kind, text, []))[2].append(positions[items == item])
    return [Member(key, kind, words, np.concatenate(rows)) for key, (kind, words, rows) in found.items()]


def conflict_sentence(members: list[Member]) -> str:
    """A minimal conflict in words.

    >>> rows = np.zeros(0, dtype=np.intp)
    >>> a = Member("", "target", "coal 75 Mt in 1933", rows)
    >>> b = Member("", "plant", "the coal mines that could be built in time", rows)
    >>> conflict_sentence([a, b])
    'Coal 75 Mt in 1933 cannot be had with the coal mines that could be built in time.'
    """
    targets = [member.words for member in members if member.kind == "target"]
    limits = [member.words for member in members if member.kind != "target"]
    if not targets:
        return _capital(f"{_and(limits)} cannot all hold, whatever the targets.")
    verb = "cannot be had" if len(targets) == 1 else "cannot both be had" if len(targets) == 2 else "cannot all be had"
    return _capital(f"{_and(targets)} {verb}{' with ' + _and(limits) if limits else ''}.")


def cure_sentence(members: list[Member]) -> str:
    """A minimal correction in words: what given up or without limit lets the rest stand.

    A floor that would have to give way is said as what the arithmetic would have demanded of people.
    """
    targets = [member.words for member in members if member.kind == "target"]
    limits = [member.words for member in members if member.kind not in ("target", "floor")]
    parts = []
    if targets:
        parts.append(f"without {_and(targets)}")
    if limits:
        parts.append(f"with no limit to {_and(limits)}")
    if any(member.kind == "floor" for member in members):
        parts.append("with household consumption below its floor")
    return _capital(f"{' and '.join(parts)}, all the rest could be met together.")


def _and(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
