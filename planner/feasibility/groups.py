"""What a plan's conflicts are told in: targets, kinds of plant, resources, foreign exchange, the floor. Balances stay hard."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.economy.names import Names
from planner.feasibility.share import Shares
from planner.formulation import Formulation
from planner.program import Codes
from planner.wording import capital, listed


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
    """The groups of a formulation: every scaled target, then everything but balances and accumulation of plant."""
    return [*_targets(formulation), *_limits(formulation)]


def _targets(formulation: Formulation) -> list[Member]:
    handle = Shares(formulation)
    targets = formulation.targets
    names = Names.of(formulation.economy)
    result = []
    for i in handle.scaled:
        measure, item, period = targets.terms[i]
        figure = f"{targets.official[i]:,.6g} {targets.frame['unit'].iloc[i]}".rstrip()
        words = f"{names.target(measure, item)} {figure} in {period}"
        rows = handle.rows_of(np.array([i]))
        result.append(Member(f"target:{measure} {item} {period}", "target", words, rows))
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
    names = Names.of(formulation.economy)
    found: dict[str, tuple[str, str, list[Codes]]] = {}
    for family, (kind, words) in _FAMILIES.items():
        block = program.row_block.get(family)
        if block is None or not len(block.unit):
            continue
        positions = np.arange(block.start, block.stop)
        items = block.keys[0] if family in _ONE_BY_ONE else np.full(len(positions), "", object)
        for item in dict.fromkeys(items):
            key = f"{kind}:{item}" if item else kind
            text = words.format(item=names.inline(str(item), block.index[0]))
            found.setdefault(key, (kind, text, []))[2].append(positions[items == item])
    return [Member(key, kind, words, np.concatenate(rows)) for key, (kind, words, rows) in found.items()]


def conflict_sentence(members: list[Member]) -> str:
    """A minimal conflict in words.

    >>> rows = np.zeros(0, dtype=np.intp)
    >>> a = Member("", "target", "coal 75 Mt in 1933", rows)
    >>> b = Member("", "plant", "the coal mines that could be built in time", rows)
    >>> conflict_sentence([a, b]), conflict_sentence([a, a]), conflict_sentence([b])
    ('Coal 75 Mt in 1933 cannot be had with the coal mines that could be built in time.',
     'Coal 75 Mt in 1933 and coal 75 Mt in 1933 cannot both be had.',
     'The coal mines that could be built in time cannot hold, whatever the targets.')
    """
    targets = [member.words for member in members if member.kind == "target"]
    limits = [member.words for member in members if member.kind != "target"]
    together = {1: "", 2: "both "}.get(len(targets or limits), "all ")
    if not targets:
        return capital(f"{listed(limits)} cannot {together}hold, whatever the targets.")
    return capital(f"{listed(targets)} cannot {together}be had{' with ' + listed(limits) if limits else ''}.")


def cure_sentence(members: list[Member]) -> str:
    """A minimal correction in words: what given up or without limit lets the rest stand.

    A floor that would have to give way is said as what the arithmetic would have demanded of people.

    >>> rows = np.zeros(0, dtype=np.intp)
    >>> a, b = Member("", "target", "coal 75 Mt in 1933", rows), Member("", "labour", "the labour there was", rows)
    >>> cure_sentence([a, b]), cure_sentence([Member("", "floor", "the floor", rows)])
    ('Without coal 75 Mt in 1933 and with no limit to the labour there was, all the rest could be met together.',
     'With household consumption below its floor, all the rest could be met together.')
    """
    targets = [member.words for member in members if member.kind == "target"]
    limits = [member.words for member in members if member.kind not in ("target", "floor")]
    parts = []
    if targets:
        parts.append(f"without {listed(targets)}")
    if limits:
        parts.append(f"with no limit to {listed(limits)}")
    if any(member.kind == "floor" for member in members):
        parts.append("with household consumption below its floor")
    return capital(f"{' and '.join(parts)}, all the rest could be met together.")


def gives_way(member: Member) -> str:
    """What a cure does with one of its members, as a clause.

    >>> rows = np.zeros(0, dtype=np.intp)
    >>> gives_way(Member("", "target", "coal 75 Mt in 1933", rows)), gives_way(Member("", "labour", "the labour", rows))
    ('coal 75 Mt in 1933 given up', 'no limit to the labour')
    """
    if member.kind == "floor":
        return "household consumption below its floor"
    return f"{member.words} given up" if member.kind == "target" else f"no limit to {member.words}"
