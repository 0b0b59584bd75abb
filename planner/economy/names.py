"""Names of an economy's labels: files hold labels, sentences and pictures hold names, and here one becomes the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from planner.economy.measures import MEASURES
from planner.economy.places import AT, TO, base, place, regions_of
from planner.language.counting import capital, listed, lower

if TYPE_CHECKING:
    from planner.economy.economy import Economy

__all__ = ["Names"]

# axis -> table, its key and the column that names it, in the order in which a label is looked for
TABLES_OF_NAMES: Mapping[str, tuple[str, str, str]] = {
    "product": ("products", "product", "name"),
    "capacity": ("capacities", "capacity", "name"),
    "resource": ("resources", "resource", "name"),
    "activity": ("activities", "activity", "name"),
    "project": ("projects", "project", "name"),
    "plan": ("plans", "plan", "title"),
    "relation": ("relations", "relation", "name"),
    "region": ("regions", "region", "name"),
}
_PROPER = (
    "project",
    "plan",
    "region",
)  # names of their own, which keep their capitals and lose no more than a bracket at their end
_ROLES = ("input", "output", "resource", "capacity")  # said by the item itself


@dataclass(frozen=True)
class Names:
    """What the labels of an economy are called.

    Args:
        known: axis (``product``, ``capacity``, ``resource``, ``activity``, ``project``, ``plan``), label, name as stated.

    >>> names = Names({"product": {"steel": "Crude steel, all kinds"}, "capacity": {"steel": "Open hearths"}})
    >>> names("steel"), names("steel", "capacity"), names.inline("steel"), names("pig_iron")
    ('Crude steel', 'Open hearths', 'crude steel', 'Pig iron')
    """

    known: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, economy: Economy) -> Names:
        """The names that the tables of an economy state; a label without one is its own name."""
        found = {}
        for axis, (table, key, name) in TABLES_OF_NAMES.items():
            frame = economy.tables[table]
            rows = zip(frame[key].astype(str), frame[name].astype(str), strict=True)
            named = {base(label): text for label, text in rows if text and text != label}
            if named or axis != "region":  # an economy without regions has no names of any
                found[axis] = named
        return cls(found)

    def __call__(self, label: str, axis: str = "") -> str:
        """A label as a row or a bar is headed.

        Args:
            label: of an item.
            axis: what it is a label of, where that is known; else the first axis that has it is meant.
        """
        return capital(self._short(str(label), axis)[0])

    def inline(self, label: str, axis: str = "") -> str:
        """A label within a sentence.

        >>> names = Names({"product": {"tv": "TV sets"}, "project": {"KMK": "Kuznetsk works"}})
        >>> names.inline("tv"), names.inline("KMK"), names.inline("Iron")
        ('TV sets', 'Kuznetsk works', 'iron')
        """
        name, proper = self._short(str(label), axis)
        return name if proper else lower(name)

    def target(self, measure: str, item: str) -> str:
        """What a target counts, within a sentence.

        >>> names = Names({"product": {"pig_iron": "Pig iron"}})
        >>> [names.target(*pair) for pair in (("output", "pig_iron"), ("export", "grain"), ("employment", "*"))]
        ['pig iron', 'export of grain', 'all employment']
        >>> names.target("consumption", "*"), names.target("activity", "coal@A>B")
        ('consumption per head', 'haul of coal from A to B')
        """
        if measure == "activity" and TO in place(item):
            return f"haul of {self.inline(item)}"
        row = MEASURES[measure]
        return row.words(item if item == "*" else self.inline(item, row.axis))

    def along(self, axes: Sequence[str], labels: Sequence[str]) -> str:
        """What labels of several axes name, within a sentence: a measure and its item what a target of them counts.

        >>> names = Names({"product": {"pig_iron": "Pig iron"}})
        >>> names.along(("measure", "item"), ("export", "pig_iron")), names.along(("product", "period"), ("pig_iron", "1933"))
        ('export of pig iron', 'pig iron and 1933')
        """
        if tuple(axes) == ("measure", "item"):
            return self.target(*labels)
        return " and ".join(self.inline(label, axis) for axis, label in zip(axes, labels, strict=True))

    def key(self, text: str, table: str = "", axis: str = "") -> str:
        """A key of several labels, such as ``grain_horse land resource``, as a row is headed.

        Args:
            text: labels with spaces or slashes between.
            table: whose key it is, where that is known.
            axis: what the first is a label of, where that is known.

        >>> names = Names({"product": {"pig_iron": "Pig iron"}, "plan": {"p": "The plan"}})
        >>> names.key("p output pig_iron", "targets"), names.key("output/pig_iron"), names.key("old_works pig_iron input")
        ('Pig iron', 'Pig iron', 'Old works, pig iron')
        """
        parts = [part for part in re.split(r"[ /]", text) if part]
        if table == "targets":
            parts = parts[1:]
        if len(parts) == 2 and parts[0] in MEASURES:
            return capital(self.target(*parts))
        kept = [part for part in parts if part not in _ROLES] or parts
        return ", ".join([self(part, axis) if i == 0 else self.inline(part) for i, part in enumerate(kept)])

    def plan(self, plan: str) -> str:
        """Title of a plan, else its label."""
        return self.known.get("plan", {}).get(plan) or plan.replace("_", " ")

    def _short(self, label: str, axis: str) -> tuple[str, bool]:
        """The short name of a label, and whether it is a name of its own."""
        if TO in label and AT not in label:
            return self._where(label).removeprefix("from "), True
        if AT in label:
            name, proper = self._short(base(label), axis)
            return f"{name} {self._where(place(label))}", proper
        for kind in (axis,) if label in self._shorts.get(axis, {}) else self._shorts:
            if kind != "plan" and label in self._shorts[kind]:
                return self._shorts[kind][label], kind in _PROPER
        return label.replace("_", " "), False

    def _where(self, text: str) -> str:
        """Where something is, or which way it goes.

        >>> names = Names({"product": {"coal": "Coal"}, "region": {"UKR": "Ukraine", "CEN": "Centre (Moscow)"}})
        >>> names("coal@UKR"), names.inline("coal@UKR+CEN"), names.inline("coal@UKR>CEN")
        ('Coal in Ukraine', 'coal in Ukraine and Centre', 'coal from Ukraine to Centre')
        """
        ends, _, link = text.partition(":")
        named = [self._shorts.get("region", {}).get(region, region) for region in regions_of(ends)]
        if TO not in ends:
            return f"in {listed(named)}"
        return f"from {named[0]} to {named[1]}" + (f" ({link.replace('_', ' ')})" if link else "")

    @cached_property
    def _shorts(self) -> dict[str, dict[str, str]]:
        """Names up to their first comma, colon or bracket, but whole where two of an axis would then be called the same.

        >>> sorted(Names({"product": {"a": "Coal, hard", "b": "Coal, brown", "c": "Oil (crude)"}})._shorts["product"].values())
        ['Coal, brown', 'Coal, hard', 'Oil']
        """
        result = {}
        for axis, names in self.known.items():
            ends = r" \([^)]*\)$" if axis in _PROPER else r"[,:]| \("
            shorts = {label: re.split(ends, name)[0] or name for label, name in names.items()}
            times = Counter(shorts.values())
            result[axis] = {label: short if times[short] == 1 else names[label] for label, short in shorts.items()}
        return result
