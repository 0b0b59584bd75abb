"""Words of the tables that tests of plans write: how far outside, the back-test, the choice of projects.

An empty meaning stands for the one that the column has everywhere (``glossary.SAME_EVERYWHERE``).
"""

from __future__ import annotations

from collections.abc import Mapping

from planner.reporting.dictionary.chains import REACHED
from planner.reporting.dictionary.figures import ASKED, FIGURE, SHORTFALL, WHY

__all__ = ["RUNS"]

_SHARE_REACHED = "share of all figures that can be reached at once; empty: no plan keeps the floors and balances"
_BOUND = "what no plan passes, as proved by the search"

_FEASIBILITY: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "feasibility": (
        "Every reading of every target: by itself, with the others, left out.",
        {
            **FIGURE,
            "alone": "the most of it that could be had with all other targets given up",
            "alone_share": "the same as a share of official; never to be read without the share of all at once",
            "with_others_held": "the most of it with the other targets held at the common share",
            "with_others_held_share": "the same as a share of official",
            "attainment_without_it": "share of all figures reached at once if this one is left out",
            "feasible": "the figure that can be had together with the others, at the share settled for it",
            "share": "feasible as a share of official",
            "moves": "largest change of the share where every uncertain number moves at random within 5 % of its range, in "
            "twenty such states; empty without ranges",
            **WHY,
            "shortfall": SHORTFALL,
            **ASKED,
            "missed_at_least_sum": "what is missed of it where the sum of shares missed is least; single targets are given up",
            "met_in_most": "whether it is met where the greatest number of targets is met in full",
            "actual": "what happened, where it is known",
            "verdict": "out of reach even alone, out of reach with the others, within reach with them, or held in full",
            "source": "",
            "verified": "",
        },
    ),
    "verdicts": (
        "Share reached and verdict at each corner of the ranges, for the figures as stated and their modest ends.",
        {
            "plan": "",
            "scenario": "facts laid over the base tables",
            "floor": "what households get at least",
            "model": "name of the question",
            "annual": "yes: tested as one period, from the state at the end of the one before",
            "corner": "central, optimistic or pessimistic",
            "figures": "official, or modest: the lower ends of figures that are ranges",
            "attainment": _SHARE_REACHED,
            "attainment_of_growth": "the same for growth over the base period",
            "verdict": "inside, outside, borderline or empty, at this corner",
            "gap_proved": "what is missing to one, proved in exact arithmetic; empty too where the country in one place, of "
            "which in_one_place.csv tells, has no plan, nor then has any division of it",
            "highest_floor": "where the feasible set is empty: the highest floor that some plan keeps in every period, base "
            "period = 1; inf where it is not the floor that empties it; empty where no plan keeps the balances at all",
            "verdict_over_ranges": "certainly outside, outside, within reach or inside",
            "unit": "",
        },
    ),
    "in_one_place": (
        "Where there are regions: the same if all of the country lay in one place and hauls took nothing.",
        {
            "plan": "",
            "scenario": "facts laid over the base tables",
            "floor": "what households get at least",
            "model": "name of the question",
            "corner": "central, optimistic or pessimistic",
            "figures": "official, or modest: the lower ends of figures that are ranges; of the country alone",
            "attainment": "share to which these can be reached at once; no division into regions allows more",
            "verdict": "inside, outside, borderline or empty; outside and empty are proofs for every division into regions",
            "unit": "",
        },
    ),
    "relaxation": (
        "By how much each group of limits would have had to be larger for every target to be met in full.",
        {
            "group": "limits that grow together",
            "way": "alone; jointly: the sum of growth is least; equally: all by the same share",
            "needed": "growth as a share of the limit; empty where no amount would do",
            "answer": "in words",
            "proved": "where no amount would do, whether certificate.csv holds the proof of it",
            "unit": "",
        },
    ),
    "leave_one_out": (
        "The share to which the rest could be reached without a target, or without two of them.",
        {
            "left_out": "measure, item and period",
            "and": "a second target left out, where one hides another",
            "attainment": _SHARE_REACHED,
            "gain": "more than with all targets",
            "unit": "",
        },
    ),
    "conflicts": (
        "Sets of requirements that cannot hold together, and sets whose giving up would let the rest hold.",
        {
            "kind": "conflict, or cure",
            "number": "of its kind, smallest first",
            "size": "how many members",
            "members": "targets, plant, resources and floors, by key",
            "sentence": "the same in words",
            "proved": "of a conflict, whether certificate.csv holds the proof of it",
        },
    ),
    "horizon": (
        "The figures due at ever later dates, conditions held as in the last period of the data, but for what the question lets "
        "grow (`planner explain horizon.growth`).",
        {
            "due": "period in which the last figures are due",
            "periods": "length of the plan",
            "attainment": _SHARE_REACHED,
            "reached": "yes, no, or nowhere: with regions, where even in one place, whose share this is, they are out of reach",
            "unit": "",
        },
    ),
    "decomposition": (
        "From the plan's own assumptions to what happened: what each group of assumptions did to the share reached; with "
        "regions, of the country in one place.",
        {
            "group": "assumptions switched together; the first and the last row are the shares themselves",
            "alone": "change when this group alone is switched",
            "last": "change when it is switched after all others",
            "shapley": "mean change over all orders of switching; adds up to the whole",
            "unit": "",
            "floor": "least consumption, held the same throughout",
            "against": "scenario of what happened",
        },
    ),
    "binding": (
        "Limits that carry the result, heaviest first.",
        {
            "family": "constraint family, or block of unknowns",
            "item": "",
            "period": "",
            "limit": "the limit",
            "unit": "",
            "shadow_price": "",
            "price_unit": "unit of the objective per unit of the limit",
            "weight": "price times limit as a share of the objective; all of them add up to 1",
        },
    ),
    "switching_values": (
        "Single numbers of the data whose move within their own range would turn the verdict.",
        {
            "table": "table of the economy",
            "number": "key of its row",
            "column": "which number of the row",
            "periods": "periods for which it is stated",
            "central": "as stated",
            "end": "the end of the range that turns the verdict",
            "attainment": "share reached there",
            "unit": "",
            "source": "",
            "verified": "",
        },
    ),
    "certificate": (
        "The proof: rows of the program, each multiplied, and their sum. `planner verify` adds it up again.",
        {
            "claim": "which statement the line belongs to",
            "part": "claim: what is stated; row, column: what is added up; total: the sum",
            "name": "row or column of the program",
            "side": "which limit is used; in a claim, what is claimed",
            "multiplier": "weight of the row",
            "limit": "the row's limit",
            "product": "multiplier times limit; in a claim, what is missing to one",
            "share": "product as a share of the total",
            "need": "what the share that is maximised takes of the row",
            "unit": "",
            "family": "constraint family",
            "exact": "the multiplier as a fraction, where no decimal is exact",
            "program": "SHA-256 of the program's text",
        },
    ),
    "variants": (
        "What the programs of other corners and figures have otherwise than the one in the folder program, line by line.",
        {
            "variant": "the first claim about that program; it stands in the first line of the variant alone",
            "file": "table of the program's text",
            "change": "set: what a line holds now; drop: no such line",
            "line": "number of the line in that table, its head being line 1; empty for a line it does not have",
            **{
                str(cell): "cell of the line, those of its key left out where its number is given"
                for cell in range(1, 9)
            },
        },
    ),
    "statement": (
        "What the run is about, and what each claim of certificate.csv shows and does not show.",
        {"claim": "name of the claim; empty for the run as a whole", "says": "in words that can be quoted"},
    ),
    "data": (
        "Every number of the economy as it was used, with its range and where it comes from.",
        {
            "table": "table of the economy",
            "key": "row of that table",
            "column": "which number of the row",
            "value": "as used",
            "low": "low end of the range",
            "high": "high end of the range",
            "unit": "",
            "place": "number of the line of `places.csv` that says where it comes from",
            "verified": "",
            "file": "where it stands in the data package",
            "row": "line of that file",
        },
    ),
    "places": (
        "Where the numbers of `data.csv` come from; what is said of several numbers alike stands once.",
        {
            "place": "number, as `data.csv` refers to it",
            "source": "what the rows name as their source: lines of `sources.csv`, `;` between them",
            "note": "remarks",
        },
    ),
    "sources": (
        "The sources that the numbers of `data.csv` name; the page numbers them in this order.",
        {
            "source": "as the tables name it: its key, or the text that stands there",
            "reference": "author, title, year and page",
            "note": "remarks, such as what was read there",
            "url": "address at which it was read",
            "licence": "of the text, where it is stated",
            "grade": "how far it can be relied on (`planner explain sources.grade`)",
            "numbers": "how many numbers of `data.csv` name it",
            "verified_numbers": "of them, how many are verified",
        },
    ),
}

_BACKTEST: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "backtest": (
        "What was produced, tested like a plan.",
        {
            "corner": "central, optimistic or pessimistic",
            "span": "periods tested together",
            "period": "the last of them",
            "kind": "training: periods the calibration saw; hold-out: the rest; no facts: no output figure is known",
            "figures": "how many",
            "attainment": "share of what was produced that the tables allow at once",
            "fits": "yes: one or more; no; empty set: no plan keeps floors and balances; no facts: nothing to test",
            "unit": "",
        },
    ),
    "backtest_products": (
        "The back-test product by product, the one that fits worst first.",
        {
            "corner": "central, optimistic or pessimistic",
            "product": "",
            "period": "",
            "unit": "",
            "produced": "what was produced",
            "source": "",
            "verified": "",
            "kind": "training: periods the calibration saw; hold-out: the rest",
            "alone_share": "the most of it that could be had, as a share of what was produced",
            "with_others_held_share": "the same with the others held at what was produced",
        },
    ),
    "backtest_reached": (
        "When each figure of the table `reached` was due, could have been had, and was in fact reached.",
        REACHED,
    ),
}

_PROJECTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "projects": (
        "Every project by period: started, spent on, on stream, made.",
        {
            "project": "indivisible works",
            "period": "",
            "name": "for readers",
            "region": "where it stands",
            "capacity": "",
            "decision": "started, left, begun before, gone on with or stopped",
            "start": "period in which building starts; empty where it is left",
            "on_stream": "period in which it first works; empty where that is after the horizon",
            "size": "plant it will be, in units of capacity",
            "plant": "what stands of it, in units of capacity",
            "unit": "",
            "spent": "value of the goods it takes, at central norms",
            "spent_unit": "unit of spent",
            "product": "what its kind of plant makes, where that is one product",
            "made": "its share of what is made",
            "made_unit": "unit of made",
        },
    ),
    "worth": (
        "The share reached with each project forced in, forced out, and begun later.",
        {
            "project": "indivisible works",
            "name": "for readers",
            "start_in_best": "period of its start in the best programme; empty where it is left",
            "forced_in": "share reached with it",
            "forced_in_bound": _BOUND,
            "forced_out": "share reached without it",
            "forced_out_bound": _BOUND,
            "later": "share reached with it begun a period later",
            "later_bound": _BOUND,
            "worth": "with it less without it; 0 for what is finer than the gap of the searches",
            "delay": "with it less begun later",
            "needed": "whether every programme near the best contains it: yes, no, or unknown",
            "unit": "",
        },
    ),
    "near_best": (
        "Programmes near the best, one row a project started.",
        {
            "rank": "of the programme, the best first",
            "project": "indivisible works",
            "start": "period in which building starts",
            "attainment": "share reached by the programme",
            "bound": _BOUND,
            "unit": "",
            "projects": "how many it starts",
            "spent": "value of the goods they take, at central norms",
            "spent_unit": "unit of spent",
        },
    ),
    "official_list": (
        "The list of projects as it was decided, under several readings.",
        {
            "reading": "of the list",
            "says": "the same in words",
            "attainment": "share reached; empty where no plan follows the list so read",
            "bound": _BOUND,
            "unit": "",
            "projects": "how many are started",
        },
    ),
    "dates": (
        "Each project's listed date against its start in the best programme.",
        {
            "project": "indivisible works",
            "listed": "period of its start on the list",
            "start": "period of its start in the programme; empty where it is left",
            "periods_later": "how much later than listed",
        },
    ),
    "branches": (
        "The cases of a proof about whole projects: they leave nothing out, and each falls short by its certificate.",
        {
            "case": "number of the case",
            "depth": "number of the split",
            "split": "what the case says of one start",
            "states": "bound: what the case cannot pass; no point: it holds no plan",
            "bound": "what the case cannot pass",
            "certified": "whether a certificate in exact arithmetic proves it",
        },
    ),
}

_DIAGNOSIS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "conflict": (
        "A smallest set of rows and bounds of a model file that cannot hold together, multiplied and added up.",
        {
            "kind": "row or column",
            "name": "in the file",
            "line": "of the file",
            "side": "which limit is used",
            "inequality": "as it is used",
            "multiplier": "weight, a fraction",
            "limit": "right-hand side",
            "product": "multiplier times limit",
            "running_sum": "of the products so far",
            "left_side": "what the left sides so far add up to",
        },
    ),
}

RUNS: Mapping[str, tuple[str, Mapping[str, str]]] = {**_FEASIBILITY, **_BACKTEST, **_PROJECTS, **_DIAGNOSIS}
