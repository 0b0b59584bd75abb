"""What the page says of each table: its heading, what it holds, what its columns mean, where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from planner.reporting.dictionary.glossary import RESULTS, SAME_EVERYWHERE
from planner.reporting.wording.marks import MEANING
from planner.reporting.wording.numbers import WEIGHT

__all__ = ["LIMITS_OF_THE_MODEL", "View", "view_of"]


@dataclass(frozen=True)
class View:
    """How a table is shown.

    Args:
        title: heading.
        says: a sentence or two.
        columns: what they mean, by their heading on the page.
        section: of the page.
        choose: columns to filter by.
        shares: columns in per cent.
        as_stated: columns with every digit given, or with labels as they are.
        in_unit: columns in the unit of the row, in per cent where that is one of shares.
    """

    title: str
    says: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    section: str = "more"
    choose: tuple[str, ...] = ()
    shares: tuple[str, ...] = ()
    as_stated: tuple[str, ...] = ()
    in_unit: tuple[str, ...] = ()


_TARGETS = {
    "target": "what is counted; output unless another measure is named",
    "due": "year or years of the figure",
    "official": "the plan's figure",
    "feasible": "the figure that can be had together with the others",
    "share": "feasible as a share of official",
    "to note": "; ".join(MEANING.values()),
    "planned": "the figure in the plan that the tables hold",
    "asked": "why a figure holds in full, whatever share the others are reached to; empty: it is reached to its share",
    "figure": "raised, lowered, unchanged or new against the plan that this one extends; kept: taken over from another plan",
    "alone": "the most of it that could be had with all other targets given up",
    "others held": "the most of it with the other targets held at the common share",
    "all, without it": "the share to which the others could be reached if this target were left out",
    "actual": "what happened, where it is known",
    "verdict": "alone and with the others",
    "verified": "whether the official figure was seen in its source: yes, reconstructed, derived, recalled or no",
}

_DRAWN = ("share", "low", "high")
_SPREAD = ("p05", "p25", "p50", "p75", "p95")

_VIEWS: Mapping[str, View] = {
    "feasibility": View("Targets", "Official, feasible and actual figure of every target.", _TARGETS, "targets"),
    "targets": View("Targets", "Official, feasible and actual figure of every target.", _TARGETS, "targets"),
    "target_sources": View(
        "Where the official figures come from",
        columns={"range": "modest and ambitious end of the figure", "verified": _TARGETS["verified"]},
        section="sources",
    ),
    "verdicts": View(
        "Verdicts over the ranges of the data",
        "Each uncertain number has a range. At the optimistic corner every one of them takes the end that favours the "
        "plan: what is outside there is outside for every choice within the ranges. The modest end of a figure is the end of "
        "its own range that is easier to meet.",
        {
            "floor": "what households get at least; below base is a diagnosis, not an option",
            "annual": "yes: tested as one year, from the state before it",
            "pessimistic": "share reached; empty: no plan keeps the floors and balances at all",
            "central": "share reached at the stated values",
            "optimistic": "share reached where every range favours the plan",
            "modest end": "share reached of the lower figures, where a plan's are ranges, at the optimistic corner",
            "of growth": "share reached of the growth over the base period, central values",
        },
        "sure",
    ),
    "relaxation": View(
        "What it would have taken to meet every target",
        "Targets are held in full; the table says by how much each group of limits would have had to be larger.",
        {
            "alone": "with all other limits as they are; no amount: however much of it, the targets stay out of reach",
            "jointly": "all groups together, so that the sum of these shares is least",
            "equally": "every limit larger by the same share",
        },
        "needed",
    ),
    "leave_one_out": View(
        "Targets left out",
        "The share to which the rest could be reached without a target, or without two of them.",
        {"left_out": "measure, item and period", "and": "a second one", "gain": "more than with all of them"},
        "needed",
        shares=("attainment", "gain"),
    ),
    "horizon": View(
        "Later dates",
        "The figures due later, conditions held as in the last year of the data, but for what the question lets grow.",
        {"periods": "length of the plan", "attainment": "share reached"},
        "needed",
        shares=("attainment",),
    ),
    "joined": View(
        "One program over all economies",
        "The figures due in ever later years; each economy begins with what the one before leaves.",
        {"attainment": "share reached"},
        "needed",
        shares=("attainment",),
    ),
    "chain": View(
        "Each economy by itself",
        "Each begins with what stood on record at the joint, with what the plan before left, or with the larger of both. These "
        "are answers to another question than those above.",
        {
            "opening": "record: what stood; run: what the plan before left, which had to keep all it found; bound: of each kind "
            "the larger, which nobody could have had",
            "attainment": "share reached",
            "reached": "whether in full; cannot begin: the first period needs more of the item than there is",
            "family": "kind of the limit that holds the figures back most",
            "item": "what that limit is of, or what is missing",
            "period": "in which it binds, or is needed",
        },
        "needed",
        shares=("attainment",),
    ),
    "chain_figures": View("Figures by year", choose=("plan",)),
    "chain_reached": View(
        "When each figure was reached",
        'One enterprise that gave up every other figure from the first year on could have had it in the year under "feasible".',
        {"due": "when it was due", "feasible": "could be had", "reached": "in fact reached"},
        section="targets",
        choose=("late",),
        as_stated=("value",),
    ),
    "decomposition": View(
        "From the plan's assumptions to what happened",
        "The first and the last line are shares of the official figures; between them each group of assumptions is "
        "switched to what happened, in points of that share.",
        {
            "alone": "only this group switched",
            "last": "this group switched after all others",
            "share of the whole": "mean over all orders in which the groups can be switched (Shapley)",
        },
        "needed",
    ),
    "conflicts": View(
        "Conflicts and cures, member by member",
        columns={"members": "keys of the groups", "size": "how many groups"},
        section="why",
    ),
    "switching_values": View(
        "Single numbers that would turn the verdict",
        "Each moved to its own end, all others at their stated values.",
        {"central": "value as stated", "end": "the end that turns the verdict", "attainment": "share reached there"},
        "sure",
        shares=("attainment",),
        as_stated=("central", "end"),
    ),
    "statement": View(
        "What each proof shows",
        "Each claim has its rows and multipliers in certificate.csv.",
        {"claim": "its name there; the first line is about the run", "says": "what it shows and does not show"},
        "proof",
    ),
    "certificate": View(
        "The certificate",
        "Each row of the program is multiplied and all are added up; here for the first claim.",
        {
            "part": "claim: what is stated; row, column: what is added up; total: the sum",
            "side": "which limit of the row is used; in the first line, what is claimed",
            "multiplier × limit": "what the row adds to the sum; in the first line, what is missing to one",
            "share": "the same as a share of the total",
        },
        "proof",
    ),
    "sources": View(
        "Sources",
        "The footnotes of all tables: what was read, and where. The grade says what the text is; verified, that the very "
        "number was seen in it.",
        section="sources",
    ),
    "data": View(
        "Every number",
        "All numbers of the economy as they were used, with their ranges. Verified says that the number was seen in "
        "the source, not that it is true.",
        {
            "table": "table of the economy",
            "key": "row of that table",
            "value": "as used",
            "low": "end of the range",
            "high": "end of the range",
            "file": "where it stands in the data package",
            "row": "line of that file",
        },
        "sources",
        choose=("table", "verified"),
        as_stated=("value", "low", "high", "row"),
    ),
    "backtest": View(
        "What was produced, tested like a plan",
        "The share of what was produced that the tables allow; 100 % and more: it fits.",
        {
            "span": "years tested together",
            "kind": "training: years the calibration saw; hold-out: the rest",
            "attainment": "share of all figures at once",
        },
        "targets",
        shares=("attainment",),
    ),
    "backtest_products": View(
        "Product by product",
        columns={"alone_share": "the most of it that could be had", "with_others_held_share": "with the others held"},
        section="targets",
        shares=("alone_share", "with_others_held_share", "alone", "held"),
        as_stated=("produced",),
    ),
    "backtest_reached": View(
        "When each figure was reached",
        'One enterprise that gave up every other figure could have had it in the year under "feasible".',
        {"due": "when it was due", "feasible": "could be had", "reached": "in fact reached"},
        section="targets",
        choose=("plan", "late"),
        as_stated=("value",),
    ),
    "binding": View(
        "What binds",
        f"Limits that carry the result. Weight: {WEIGHT}; all add up to 1.",
        section="why",
        shares=("weight",),
    ),
    "assumptions": View(
        "Assumptions, against the first run", section="assumed", choose=("run", "table"), shares=("change",)
    ),
    "runs": View("What they reach", section="targets", in_unit=("value", "pessimistic", "optimistic")),
    "met": View("Draws in which all figures can be met", section="targets", shares=_DRAWN, in_unit=_SPREAD),
    "runs_drawn": View(
        "What they reach over draws of all uncertain numbers",
        section="targets",
        shares=(*_DRAWN, "more"),
        in_unit=(*_SPREAD, "difference_low", "difference", "difference_high"),
    ),
    "figures": View(
        "Each figure: met together, met alone, feasible",
        section="targets",
        choose=("among",),
        shares=("together", "together_low", "together_high", "alone"),
    ),
    "history": View("Draws that admit what happened", section="sure", shares=("tolerance", "share", "low", "high")),
    "given": View(
        "All figures met, among draws that admit what happened",
        section="sure",
        shares=("tolerance", "share", "low", "high", "difference", "difference_low", "difference_high"),
    ),
    "told": View("Numbers of which history tells", section="sure"),
    "carried": View("What most hangs on", section="sure"),
    "one_way": View("All numbers moved one way, balances kept", section="sure"),
    "brought_down": View("Ranges that the base period contradicts", section="sure", shares=("share",)),
    "alternatives": View("Whole plans", section="path", shares=("apart", "epsilon")),
    "planning_test": View(
        "How well it was foretold what was produced", section="targets", shares=("mean_error", "mean_absolute_error")
    ),
    "execution_years": View(
        "The plan played forward, beside the feasible plan",
        section="path",
        shares=("output", "fulfilment", "reported", "useful", "households"),
    ),
    "execution": View(
        "Feasible, made, reported and produced", section="path", choose=("product", "period"), shares=("share",)
    ),
    "tautness": View(
        "Output over tautness",
        section="targets",
        choose=("benchmark", "allocation", "sites"),
        shares=("output", "last", "households", "figures"),
    ),
    "maxima": View(
        "Where most is made",
        section="targets",
        shares=("best_output", "output_at_1", "output_at_tautest", "fall"),
    ),
    "shortages": View("What ran short first", section="why", choose=("product", "kind"), shares=("share",)),
    "claims": View("Statements beside the tables", section="targets", choose=("kind", "says")),
    "claim_checks": View("Figure by figure", section="targets", choose=("says",)),
    "stylised_facts": View("What is told of taut plans", section="sure"),
    "execution_stocks": View("Where each good came from and went"),
    "execution_draws": View("Draws of shocks", section="sure", shares=("output", "households")),
    "works": View("Building and plant"),
    "whole_units": View("Units that run, and expansions begun", section="path", choose=("kind", "item")),
    "prices": View("Prices", section="why", shares=("weight",)),
    "capacities": View("Plant", shares=("share_used",)),
    "matching": View("Do the regions' figures add up to the country's?", section="charts", shares=("sum_to_official",)),
    "regions": View(
        "Each region's figures, no other being asked for",
        section="charts",
        shares=("share_alone",),
        as_stated=("region", "longitude", "latitude"),
    ),
    "lines": View("What lines carry", section="charts", shares=("share_used",)),
    "regional_conflicts": View("Conflicts and cures by region, member by member", section="why"),
    "regional_relaxation": View("How much more of all that one region has", section="needed", shares=("needed",)),
    "regional_path": View("The path by region", choose=("product", "region")),
    "flows": View("What moves, of the plan with the least hauls", choose=("product", "period")),
    "regional_prices": View("Worth of one more of a product, by region", choose=("product", "period")),
    "regional_weights": View("What limits weigh, by item and by region", choose=("by",), shares=("weight",)),
    "in_one_place": View("The country in one place", section="sure", shares=("attainment",)),
}

_TITLES = {  # of tables of which no more is said than their columns
    "balances": "Where each good comes from and goes",
    "activities": "What each technique makes",
    "path": "Outputs by year",
    "produced": "The path beside what was produced",
    "labour": "Who works where, and output per worker",
    "import_shares": "How much of each good is bought abroad",
    "flows": "What goes from region to region",
    "regional_prices": "What one more of a good is worth in each region",
    "regional_weights": "What limits weigh, by region",
    "projects": "Each project by period",
    "worth": "What each project is worth",
    "ranges": "How far each limit moves before the answer turns",
    "curve": "The answer over numbers made larger or smaller",
    "tornado": "How far single numbers move the answer",
    "bottlenecks": "What more of each limit would bring",
    "frontier": "Pairs that can be had together",
    "near_optimal": "What every plan near the best has",
    "clearing": "Households' money against their goods",
    "money": "The account of households, line by line",
    "scissors": "What the village gives and what it pays",
    "financing": "Who paid for investment",
    "income_use": "What income goes to",
    "capital": "Plant, and what building it would cost",
}

LIMITS_OF_THE_MODEL = (
    "This program asks whether a set of numbers fits inside another set of numbers. It should not be read as weighing "
    "anything else.",
    "It is an upper bound. One will, perfect foresight, free transfer between plants, no hoarding and honest reports "
    "are assumed. What is out of reach even so was, on these numbers, out of reach. What is within reach here need not "
    "have been within anybody's power: it takes data and obedience that no planner had.",
    "Outside the feasible set is not proof of folly: high figures may have been meant to mobilise. Arithmetic is tested "
    "here, not rhetoric.",
    "It shows neither causes nor motives, and it cannot say whether another way would have done better: that needs "
    "behaviour, which a linear program lacks.",
    "Fixed coefficients overstate bottlenecks where one input could stand in for another, and understate them where "
    "quality fell.",
    "A floor under consumption is a condition of the question. A lower one is never an improvement; it says what the "
    "arithmetic would have demanded of people.",
)


def view_of(name: str) -> View:
    """The view of a table by its stem; what is known nowhere gets its name as heading."""
    says, columns = RESULTS.get(name, ("", {}))
    known = {column: said or SAME_EVERYWHERE.get(column, "") for column, said in columns.items()}
    found = _VIEWS.get(name)
    if found is None:
        return View(_TITLES.get(name, name.replace("_", " ").capitalize()), says, known)
    return replace(found, says=found.says or says, columns=found.columns or known)
