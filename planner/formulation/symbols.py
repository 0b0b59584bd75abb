"""The table of symbols in which families write their algebra: symbol, term, unit and index of each."""

from __future__ import annotations

from dataclasses import dataclass

from planner.formulation.unknowns import UNKNOWNS

__all__ = ["SYMBOLS", "Symbol"]


@dataclass(frozen=True)
class Symbol:
    """A symbol of the algebra.

    Args:
        symbol: as it is written.
        term: what it stands for, in the field's words.
        unit: of one such number.
        index: what there is one for.
        unknown: name of the block of unknowns that it is; empty for a number of the data.
    """

    symbol: str
    term: str
    unit: str
    index: tuple[str, ...] = ()
    unknown: str = ""


_TERMS = {
    "activity": ("level of a technique", "unit of the activity"),
    "construction_start": ("plant begun by the unit", "unit of the capacity"),
    "capacity_level": ("plant in existence", "unit of the capacity"),
    "stock": ("stock at the end of the period", "unit of the product"),
    "export": ("exports", "unit of the product"),
    "import": ("imports", "unit of the product"),
    "borrowing": ("credit taken less credit repaid", "foreign currency"),
    "exchange": ("what is given of one currency for another", "currency that is given"),
    "consumption": ("level of the household bundle per head", "base period = 1"),
    "training": ("those who start training", "persons"),
    "transfer": ("those who step down to a lower skill", "persons"),
    "leave": ("those who leave a region", "unit of the resource"),
    "join": ("those who come to a region", "unit of the resource"),
    "floor_spent": ("what a region grows by out of the country's floor", "unit of the capacity"),
    "project_start": ("start of a project", "starts, 0 or 1"),
    "recruiting": ("those who are recruited", "persons"),
    "dismissal": ("those who are dismissed", "persons"),
    "downgrading": ("those who are moved down to a lower skill for good", "persons"),
    "running": ("units that are on", "units, whole"),
    "started": ("units that are switched on", "units"),
    "expansion": ("expansions of plant that are begun", "units, whole"),
    "price_step": ("what lies beyond a step of a price", "unit of the measure"),
    "attainment": ("attainment: the share of the figures reached at once", "share of the official figures"),
    "shortfall": ("share of a target that is missed", "share"),
}

_DATA = (
    Symbol("A⁺", "output norms", "product per unit of activity", ("product", "activity", "period")),
    Symbol("A⁻", "input norms", "product per unit of activity", ("product", "activity", "period")),
    Symbol(
        "λ", "lead: periods by which an input is taken before its output is there", "periods", ("product", "activity")
    ),
    Symbol("κ", "plant that a technique occupies", "capacity per unit of activity", ("capacity", "activity", "period")),
    Symbol("q", "highest utilisation of plant", "share", ("capacity",)),
    Symbol("δ", "retirement of plant in a period", "share of what stands", ("capacity",)),
    Symbol("L", "gestation: periods from start to first use", "periods", ("capacity",)),
    Symbol(
        "B", "goods taken by building, by year of building", "product per unit of capacity", ("product", "capacity")
    ),
    Symbol("l", "labour norms", "resource per unit of activity", ("resource", "activity", "period")),
    Symbol("N", "labour there is", "unit of the resource", ("resource", "period")),
    Symbol("C", "household use", "unit of the product", ("product", "period")),
    Symbol("G", "final use given from outside", "unit of the product", ("product", "period")),
    Symbol("σ", "spoilage of a stock in a period", "share of what is kept", ("product",)),
    Symbol("πᵉ", "price of exports", "foreign currency per unit of the product", ("product", "period")),
    Symbol("πᵐ", "price of imports", "foreign currency per unit of the product", ("product", "period")),
    Symbol("g", "most that plant, or a skill, may grow in a period", "share of what there is", ("capacity",)),
    Symbol("g₀", "the same for a branch that is new", "unit of the capacity", ("capacity",)),
    Symbol("n⁺", "greatest level of a unit that is on", "unit of the activity", ("activity",)),
    Symbol("n⁻", "least level of a unit that is on", "unit of the activity", ("activity",)),
    Symbol("R", "goods that a unit takes for being on", "product per unit", ("product", "activity")),
    Symbol("S", "goods that a unit takes for being switched on", "product per unit", ("product", "activity")),
    Symbol("M", "weights of a measure: what a target counts", "unit of the target per unit counted", ("target",)),
    Symbol("t", "period", "label of a period"),
    Symbol("T", "last period", "label of a period"),
    Symbol("s", "period in which something was begun", "label of a period"),
)

SYMBOLS: tuple[Symbol, ...] = (
    *(Symbol(u.symbol, *_TERMS[u.name], u.index, u.name) for u in UNKNOWNS.values()),
    *_DATA,
)
