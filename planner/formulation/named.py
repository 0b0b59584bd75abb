"""What limits are called: in conflicts and cures, as something there could be one more of, and why some never give way."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from string import Formatter

_MORE = "a limit one {unit} higher on {name}"


@dataclass(frozen=True)
class SteadyRule:
    """How steady outputs must be.

    Args:
        fall: share of the output of the period before by which one may fall.
        groups: groups of products of which this is asked; empty for all.
    """

    fall: float = 0.0
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class KeepRule:
    """What a plan has to leave to those who come after.

    Args:
        share: of the opening level of each kind of plant.
        period: at whose end; empty for the last.
    """

    share: float = 1.0
    period: str = ""


@dataclass(frozen=True)
class Group:
    """Limits as something that can stand in the way of a plan, and be given up.

    Args:
        kind: what sort of thing it is. Limits of one kind and item are one group, whichever family their rows are of.
        words: the group as the object of "cannot be had with …": "the {item} that could be built in time".
        each: axes of the index of whose labels each has a group of its own, named by ``{item}``; none: one group for all.
        rule: whether it is given up by being dropped ("without …") rather than by being raised ("with no limit to …").
        given_up: what a cure says in place of either, such as "with household consumption below its floor".
    """

    kind: str
    words: str
    each: tuple[str, ...] = ()
    rule: bool = False
    given_up: str = ""


@dataclass(frozen=True)
class Definition:
    """Limits without which a plan would be no plan; they hold in every conflict and no cure gives them up.

    Args:
        words: what they say, as a noun: "the balances of products".
        why: why no plan can do without them, as a clause.
    """

    words: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Named:
    """What is said of a family of rows or of the bounds of a block of unknowns.

    Args:
        name: as in model files, row names and reports.
        index: axes of its rows or columns.
        says: the rule in a sentence.
        group: what its limits are called where they stand in the way.
        definition: in its place, why they never give way. Exactly one of the two.
        one_more: one more of what is limited, in words, with ``{unit}``, ``{item}`` and ``{period}``.
        asked: whether more of it is asked of a plan (a target, a floor) rather than there for it (labour, plant).

    Raises:
        ValueError: neither or both of ``group`` and ``definition``, or words that cannot be filled in.
    """

    name: str
    index: tuple[str, ...]
    says: str
    group: Group | None = None
    definition: Definition | None = None
    one_more: str = ""
    asked: bool = False

    def axes(self, currencies: int) -> tuple[str, ...]:
        """The index in an economy, in which a foreign currency is not named where there is but one.

        Args:
            currencies: how many foreign ones there are.
        """
        return tuple(axis for axis in self.index if axis != "foreign_currency" or currencies > 1)

    def __post_init__(self) -> None:
        """Refuse what could not be told truthfully."""
        if (self.group is None) == (self.definition is None):
            raise ValueError(
                f'"{self.name}" must say what its limits are called where they stand in the way of a plan (group=Group(…)), '
                "or else why they never give way (definition=Definition(…)); exactly one of the two."
            )
        if self.group is not None:
            if not self.group.kind or not self.group.words:
                raise ValueError(f'The group of "{self.name}" needs a kind and words.')
            _ensure_among(self.name, "axis", self.group.each, self.index)
            _ensure_among(self.name, "field of words", _fields(self.group.words), _item_fields(self.group))
        if self.definition is not None and not (self.definition.words and self.definition.why):
            raise ValueError(f'The definition of "{self.name}" needs words and a reason.')
        _ensure_among(self.name, "field of one_more", _fields(self.one_more), self._fields())

    def _fields(self) -> list[str]:
        others = [axis for axis in self.index if axis != "period"]
        return ["unit", *(["item"] if others else []), *(["period"] if "period" in self.index else [])]

    @property
    def phrase(self) -> str:
        """One more of what is limited, with ``{unit}``, ``{item}`` and ``{period}`` where its index has them."""
        where = "".join({"item": ", {item}", "period": ", in {period}", "unit": ""}[field] for field in self._fields())
        return self.one_more or _MORE.replace("{name}", self.name.replace("_", " ")) + where

    @property
    def of_targets(self) -> bool:
        """Whether its limits are the official figures themselves."""
        return self.group is not None and self.group.kind == "target"


def _item_fields(group: Group) -> list[str]:
    if group.kind == "target":
        return ["item", "figure", "period"]
    return ["item"] if group.each else []


def _fields(text: str) -> list[str]:
    """Names in braces of a text.

    >>> _fields("one more {unit} of {item}")
    ['unit', 'item']
    """
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def _ensure_among(name: str, kind: str, used: Collection[str], allowed: Collection[str]) -> None:
    wrong = [one for one in used if one not in allowed]
    if wrong:
        there = ", ".join(allowed) or "none"
        raise ValueError(f'"{name}" names the {kind} "{wrong[0]}"; there is: {there}.')


PLANT = Group("plant", "the {item} that could be built in time", each=("capacity",))
RESOURCE = Group("resource", "the {item}", each=("resource",))
TRAINING = Group("training", "the places for training")
STOCKS = Group("stocks", "the room for stocks")
EXPORTS = Group("exports", "what could be sold abroad")
IMPORTS = Group("imports", "what could be bought abroad")
MIGRATION = Group("migration", "how many may move between regions")
PRICE_STEPS = Definition("the steps of prices", "nothing beyond a step is paid at the price before it")
ABROAD = Group("foreign exchange", "what could be earned and borrowed abroad")
BUDGET = Group("budget", "the money for projects")
TARGET = Group("target", "{item} {figure} in {period}", each=("measure", "item", "period"))


SHARE_OF = {"level": "share of the official figures", "growth": "share of the planned growth"}  # units, by basis


def is_share(unit: object) -> bool:
    """Whether a unit is that of shares, which are shown in per cent.

    >>> is_share("share of the official figures"), is_share("t"), is_share(None)
    (True, False, False)
    """
    return unit in SHARE_OF.values()
