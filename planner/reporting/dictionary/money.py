"""Words of the tables that `planner money` writes.

An empty meaning stands for the one that the column has everywhere (``glossary.SAME_EVERYWHERE``).
"""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["MONEY", "MONEY_KEYS"]

_CASE: Mapping[str, str] = {
    "case": "as it was, as written (the plan's own wage bill and promised level), as feasible (the plan solved), at a level",
    "account": "whose figures: a plan, or what happened",
    "period": "",
    "hands": "whose wages are paid",
    "goods_by": "by what goods are counted",
}


def _with_ends(columns: Mapping[str, str]) -> dict[str, str]:
    """Columns with the ends of their ranges after them."""
    ends = {"": "{}", "_low": "what 5 of 100 draws fall below", "_high": "what 5 of 100 draws pass"}
    return {f"{name}{end}": said.format(meaning) for name, meaning in columns.items() for end, said in ends.items()}


MONEY: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "clearing": (
        "Households' money against households' goods, a row a case; medians of the draws. The base period balances by "
        "construction, so that every gap is over and above it.",
        {
            **_CASE,
            "level": "of consumption, base period 1, where goods are counted by it",
            **_with_ends(
                {
                    "money": "money for goods: incomes less what is taken and spent on services",
                    "goods": "goods there are, at prices of the base period",
                    "clearing": "the price, base period 1, at which the money would just buy the goods",
                    "price": "the price planned, or asked; empty where none is stated",
                    "gap": "share of the money that finds no goods at that price; negative where goods are left",
                    "unbacked": "the same in money",
                }
            ),
            "unit": "of money and goods",
        },
    ),
    "money": (
        "The account of households line by line, and of the plan solved the notes it would come to. Between the periods that an "
        "account names it lies on straight lines.",
        {
            **_CASE,
            "line": "wages, farm and other are earned; taken and services are not left for goods; unbacked: money without goods; "
            "notes: those of the base date and all that was unbacked since; wanted: as many a unit of money as in the base; "
            "overhang: notes beyond that",
            "value": "median of the draws",
            "low": "what 5 of 100 draws fall below",
            "high": "what 5 of 100 draws pass",
            "unit": "",
        },
    ),
    "scissors": (
        "What the village gives at the price it is paid, and pays for what it buys, against reference prices: none of them is "
        "the right one, and the sign can hang on the choice. Sums of a period have * as good.",
        {
            "good": "what was priced; * for all of a period",
            "product": "product for which it stands",
            "side": "delivers (reference less paid counts) or buys (charged less reference counts)",
            "account": "whose figures",
            "period": "",
            "quantity": "how much changed hands, in units of the product",
            "price": "paid or charged",
            "reference": "price that it is held against; world: the price of trade, its currency taken at par; shadow prices are "
            "scaled so that goods with a base price come to as much as at these",
            "at_reference": "that price",
            "amount": "what the village gives up: positive where it is paid less, or charged more, than the reference",
            "price_unit": "unit of both prices",
            "unit": "unit of the amount",
        },
    ),
    "financing": (
        "Sources and uses of public money, of the plan and as they were; the issue of notes stands last.",
        {
            "account": "whose figures",
            "body": "whose accounts",
            "side": "source, use, or a total that its sources cannot pass",
            "item": "what it is; rest of a total: what its listed sources leave",
            "period": "",
            "value": "amount",
            "low": "low end of its range as stated",
            "high": "high end of its range as stated",
            "unit": "",
            "verified": "",
            "how": "stated, what is not listed, or difference of notes in existence",
        },
    ),
    "price_levels": (
        "Indices of prices and money in existence as they are stated, from which the chart is drawn.",
        {
            "series": "of what",
            "account": "whose figures",
            "at": "period or date",
            "kind": "index asked of households, index, notes or other money",
            "value": "the figure",
            "low": "low end of its range as stated",
            "high": "high end of its range as stated",
            "unit": "unit, or of an index what is 100",
            "verified": "",
        },
    ),
    "income_use": (
        "What income goes to at prices of the base period: of the plan as far as its own figures say it, of the path, and as "
        "produced. Uses in different units are not added up; one of which no good has a base price has no row.",
        {
            "use": "consumption, plant, stocks (added), exports less imports, final use by purpose",
            "kind": "plan, path or produced",
            "period": "",
            "value": "amount",
            "unit": "",
            "counted": "how it is counted: of how many goods there is a base price; those without one do not count",
        },
    ),
    "capital": (
        "Plant in existence, and what building it would cost at central norms and base prices; goods without one do not count.",
        {
            "capacity": "kind of plant; * for all",
            "kind": "base, path, plan or produced",
            "period": "",
            "amount": "units of capacity",
            "unit": "",
            "cost_per_unit": "to build a unit of it",
            "cost": "amount times that",
            "cost_unit": "value unit of the economy",
        },
    ),
}

MONEY_KEYS: Mapping[str, str] = {
    "account": "plan whose account of households counts; null for none",
    "levels": "levels of consumption at which households are looked at too",
    "money_in_words": "what the tables show of money, in sentences",
    "missing": "what the economy does not say and the balance of money would need",
    "case": "the case that the headline is about",
    "of_period": "period of that case",
    "clearing": "price at which households' money would just buy their goods, base period 1",
    "price": "price planned or asked, base period 1",
    "gap": "of the headline's case: share of households' money without goods; of projects: distance of the value from its bound",
    "money": "households' money for goods",
    "goods": "their goods at prices of the base period",
}
