"""What a plan's conflicts are told in: groups of limits as the registries name them. What is true by definition stays hard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from planner.analysis.shares.target_rows import TargetRows
from planner.economy.names import Names
from planner.economy.places import TO, base, place
from planner.formulation import FAMILIES, Formulation
from planner.formulation.named import TARGET, Group, Named
from planner.formulation.unknowns import SIGN, UNKNOWNS
from planner.language.counting import capital, listed
from planner.language.numbers import number
from planner.program import Codes, LinearProgram
from planner.program.program import Block

_NONE = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True, eq=False)
class LimitGroup:
    """A group of limits that stands or falls together.

    Args:
        name: stable key, such as ``target:output pig_iron 1933`` or ``plant:coke_batteries``.
        kind: target, or another kind of the registries.
        words: the group in a sentence: "pig iron 17.65 Mt in 1933", "the coke batteries that could be built in time".
        rows: positions of its rows.
        bounds: positions of the columns whose greatest values belong to it.
        rule: whether it is dropped rather than raised where it is given up.
        given_up: what is said of it in place of either.
    """

    name: str
    kind: str
    words: str
    rows: Codes
    bounds: Codes = field(default_factory=lambda: _NONE)
    rule: bool = False
    given_up: str = ""


def members_of(formulation: Formulation) -> list[LimitGroup]:
    """The groups of a formulation: targets that ask something, limits of families and unknowns, floors and the like last."""
    limits = limits_where(formulation, lambda named: not named.asked)
    asked = limits_where(formulation, lambda named: named.asked and not named.of_targets)
    return [*_targets(formulation), *limits, *asked]


def members_by_region(formulation: Formulation) -> list[LimitGroup]:
    """The groups by region over all items: what there is in each region is one, and what is in none stays as it is.

    Figures, what else is asked of a plan, and rules stay as they are too; lines are one group.

    Args:
        formulation: of an economy with regions.
    """
    program, names = formulation.program, Names.of(formulation.economy)
    of_rows, of_columns = places_of(program.rows), places_of(program.columns)
    kept: list[LimitGroup] = []
    parts: dict[str, list[tuple[Codes, Codes]]] = {}
    for member in members_of(formulation):
        if member.kind == TARGET.kind or member.rule or member.given_up:
            kept.append(member)
            continue
        rows, bounds = of_rows[member.rows], of_columns[member.bounds]
        for region in dict.fromkeys([*rows, *bounds]):
            own = member.rows[rows == region], member.bounds[bounds == region]
            if region:
                parts.setdefault(region, []).append(own)
            else:
                kept.append(replace(member, rows=own[0], bounds=own[1]))
    for region in [region for region in formulation.facts.layout.regions if region in parts]:
        here, above = (np.concatenate(some) for some in zip(*parts[region], strict=True))
        kept.append(LimitGroup(f"region:{region}", "region", had_in(names, region), here, above))
    return kept


def had_in(names: Names, region: str) -> str:
    """All that a region has, in words."""
    return f"all that there is in {names(region, 'region')}"


def places_of(blocks: Iterable[Block]) -> npt.NDArray[np.object_]:
    """The region of each row, or column, of some blocks; empty for what is in none, or moves."""
    found = []
    for block in blocks:
        keys = zip(*block.keys, strict=True) if block.keys else ((),) * (block.stop - block.start)
        some = ({place(str(label)) for label in key} - {""} for key in keys)
        found += [next(iter(where)) if len(where) == 1 else "" for where in some]
    return np.array([where if TO not in where else "" for where in found], dtype=object)


def always_held(formulation: Formulation) -> list[str]:
    """What no conflict names and no cure gives up, in words: the definitions behind the rows and bounds that there are."""
    found = []
    for of_rows, (blocks, table) in zip((True, False), _tables(formulation), strict=True):
        for block in blocks:
            definition = table[block.name].definition
            there = len(_limited(formulation.program, block, of_rows=of_rows)) > 0
            if definition is not None and (there or definition is SIGN):
                found.append(definition.words)
    return list(dict.fromkeys(found))


_SENSES = {"at_least": "", "at_most": "at most ", "exactly": "exactly "}


def _targets(formulation: Formulation) -> list[LimitGroup]:
    if "target" not in formulation.program.row_block:
        return []
    handle = TargetRows(formulation)
    targets = formulation.targets
    names = Names.of(formulation.economy)
    result = []
    capped = targets.frame["sense"].to_numpy() == "at_most"
    asking = np.flatnonzero(targets.scaled | targets.held)
    for i in sorted(asking, key=lambda i: (capped[i], targets.names[i])):  # so that no order of rows decides
        measure, item, period = targets.terms[i]
        sense, unit = _SENSES[targets.frame["sense"].iloc[i]], targets.frame["unit"].iloc[i]
        figure = f"{sense}{number(targets.official[i])} {unit}".rstrip()
        words = TARGET.words.format(item=names.target(measure, item), figure=figure, period=period)
        result.append(
            LimitGroup(f"{TARGET.kind}:{targets.names[i]}", TARGET.kind, words, handle.rows_of(np.array([i])))
        )
    return result


def limits_where(formulation: Formulation, wanted: Callable[[Named], bool]) -> list[LimitGroup]:
    """The groups of limits of some families and unknowns, targets aside; those of one kind and item are one.

    Args:
        formulation: what was asked.
        wanted: of which families and unknowns.
    """
    names = Names.of(formulation.economy)
    found: dict[str, tuple[Group, str, dict[bool, list[Codes]]]] = {}  # rows under True, columns under False
    for of_rows, (blocks, table) in zip((True, False), _tables(formulation), strict=True):
        for block in blocks:
            named = table[block.name]
            if named.group is None or named.of_targets or not wanted(named):
                continue
            positions = _limited(formulation.program, block, of_rows=of_rows)
            for item, words, places in _by_item(names, named.group, block, positions):
                key = f"{named.group.kind}:{item}" if item else named.group.kind
                parts = found.setdefault(key, (named.group, words, {True: [_NONE], False: [_NONE]}))[2]
                parts[of_rows].append(places)
    return [
        LimitGroup(
            key,
            group.kind,
            words,
            np.concatenate(parts[True]),
            np.concatenate(parts[False]),
            group.rule,
            group.given_up,
        )
        for key, (group, words, parts) in found.items()
    ]


def _tables(formulation: Formulation) -> Iterator[tuple[tuple[Block, ...], Mapping[str, Named]]]:
    """Blocks of rows and of columns, each with the registry that names them."""
    yield formulation.program.rows, FAMILIES
    yield formulation.program.columns, UNKNOWNS


def _limited(program: LinearProgram, block: Block, *, of_rows: bool) -> Codes:
    """Positions of a block's rows, or of its columns with a greatest value."""
    positions = np.arange(block.start, block.stop)
    return positions if of_rows else positions[np.isfinite(program.column_upper[positions])]


def _by_item(names: Names, group: Group, block: Block, positions: Codes) -> Iterator[tuple[str, str, Codes]]:
    """Item, words and positions of each group that the limits of a block make up; an item is one over all its places."""
    axes = [block.index.index(axis) for axis in group.each]
    found: dict[tuple[str, ...], list[int]] = {}
    for position in positions.tolist():
        found.setdefault(tuple(base(str(block.keys[axis][position - block.start])) for axis in axes), []).append(
            position
        )
    for labels, places in found.items():
        said = group.words.format(item=names.along(group.each, labels))
        yield " ".join(labels), said, np.array(places, dtype=np.intp)


def conflict_sentence(members: list[LimitGroup]) -> str:
    """A minimal conflict in words.

    >>> rows = np.zeros(0, dtype=np.intp)
    >>> a = LimitGroup("", "target", "coal 75 Mt in 1933", rows)
    >>> b = LimitGroup("", "plant", "the coal mines that could be built in time", rows)
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


def cure_sentence(members: list[LimitGroup]) -> str:
    """A minimal correction in words: what given up or without limit lets the rest stand.

    A floor that would have to give way is said as what the arithmetic would have demanded of people.

    >>> rows = np.zeros(0, dtype=np.intp)
    >>> a, b = LimitGroup("", "target", "coal 75 Mt in 1933", rows), LimitGroup("", "labour", "the labour there was", rows)
    >>> cure_sentence([a, b]), cure_sentence([LimitGroup("", "floor", "", rows, given_up="with all of it below")])
    ('Without coal 75 Mt in 1933 and with no limit to the labour there was, all the rest could be met together.',
     'With all of it below, all the rest could be met together.')
    """
    dropped = [m.words for m in members if (m.kind == "target" or m.rule) and not m.given_up]
    raised = [m.words for m in members if not (m.kind == "target" or m.rule or m.given_up)]
    parts = []
    if dropped:
        parts.append(f"without {listed(dropped)}")
    if raised:
        parts.append(f"with no limit to {listed(raised)}")
    parts += [member.given_up for member in members if member.given_up]
    return capital(f"{' and '.join(parts)}, all the rest could be met together.")


def gives_way(member: LimitGroup) -> str:
    """What a cure does with one of its members, as a clause.

    >>> rows = np.zeros(0, dtype=np.intp)
    >>> gives_way(LimitGroup("", "target", "coal 75 Mt in 1933", rows)), gives_way(LimitGroup("", "labour", "the labour", rows))
    ('coal 75 Mt in 1933 given up', 'no limit to the labour')
    """
    if member.given_up:
        return member.given_up.removeprefix("with ")
    given = member.kind == "target" or member.rule
    return f"{member.words} given up" if given else f"no limit to {member.words}"
