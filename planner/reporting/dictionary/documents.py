"""Words of a run's other files: the JSON files, the program as text, and tables that share their name with another.

``summary.json`` holds the answer, ``manifest.json`` how the run was made. A test runs every command that writes a folder and
holds the keys and columns here against those that are written.
"""

from __future__ import annotations

from collections.abc import Mapping

from planner.reporting.dictionary.money import MONEY_KEYS
from planner.reporting.dictionary.statements import STATEMENTS_KEYS

__all__ = ["MANIFEST", "PROGRAM", "SUMMARY", "TWO_SIDED"]

_ASKED: Mapping[str, str] = {
    "economy": "name of the data package",
    "title": "title of the data package",
    "model": "name of the question",
    "question": "the question in a sentence",
    "plan": "whose targets are asked about",
    "plan_title": "that plan, as a reader says it",
    "scenario": "facts laid over the base tables; null for none",
    "corner": "end of the ranges: central, optimistic or pessimistic",
    "corners": "by corner of the ranges what was found; of a frontier the corners of the feasible set, in order",
    "floor": "least household consumption that the question holds",
    "changes": "changes of numbers that were asked for, as they were written",
    "economies": "economies that follow one another, first to last",
    "joints": "periods at whose ends one gives way to the next",
    "first_year": "first period in which all figures could have been had together, over all economies; null: in none",
    "dates_in_full": "at how many of the due dates tried all figures can be had together, over all economies",
    "dates": "how many due dates were tried",
    "joined": "by due date, the share of all figures at once by one program over all economies",
    "by_record": "the same of each later economy by itself, from what stood on record",
    "opening": "of an economy that follows another, with what it begins: record, run or bound",
    "opening_says": "the same in words",
    "caution": "what the data package asks a reader to bear in mind",
    "warnings": "findings about the data and the question: code, file, row, column, value, sentence",
}

_FOUND: Mapping[str, str] = {
    "status": "how the solve ended",
    "objective": "what is sought, as a clause",
    "value": "of the objective, in unit",
    "unit": "unit of the value",
    "verdict": "inside, outside, within reach or certainly outside; of projects, whether the figures can be met",
    "headline": "the answer in one paragraph",
    "targets": "how many figures the plan has",
    "figures": "how many figures are asked about, in words",
    "figures_together": "how the figures are named together",
    "figures_by_kind": "how many are raised, lowered, kept, new or own",
    "targets_met": "how many figures are met in the plan of the tables",
    "worst_target": "the figure that is met worst",
    "plan_written": "which plan the tables hold",
    "indices": "official indices of output beside those that the plan's own figures come to, in sentences",
    "then": "the second objective, where the question has one: in words, its value in the plan of the tables, the unit",
    "bracket": "by a first-order method: what the plan of the tables reaches, the proved bound, their relative distance and "
    "the one that was wanted, and the iterations taken",
    "shares_by": "the solver that the shares of single figures come from",
    "share_of_all_at_once": "share to which all figures can be reached at once",
    "lowest_share": "the lowest share of a figure where each is settled by itself; empty where none is told",
    "met_in_full_together": "how many figures are met in full at their settled shares",
    "out_of_reach_by_themselves": "figures that fall short even alone",
    "given_up_for_others": "figures that could be had alone, or more of them, but not with the others",
    "cannot_be_made": "figures of which next to nothing can be had even alone",
    "gap_of_shares": "by how much the weighted sum of the logarithms of the shares could at most be greater",
    "highest_floor": "the highest floor under consumption that some plan keeps, the figures given up; empty without a floor",
    "shares_in_words": "what stands in full together, and of the others why not, in sentences",
    "country": "share to which the figures of the country can be had together, those of regions set aside",
    "regions": "the same of the figures of regions, those of the country set aside",
    "both": "the same of all figures",
    "figures_of_regions": "how many figures the plan has for regions",
    "figures_seen": "how many of them were seen in a source",
    "lines": "lines between regions that some plant limits, times periods",
    "lines_full": "how many of them are full in the plan with the least hauls",
    "flows": "how many products move on how many lines in how many periods, counted together",
    "path": "the rule of the path in the tables, how exactly it is found, and every fall on it with the limit to blame",
    "binding": "the ten limits with the greatest weight, as in the table of that name",
}

_FEASIBILITY: Mapping[str, str] = {
    "strength": "the verdict in words, and over how many uncertain numbers it holds",
    "doubts": "what speaks for care, in sentences",
    "attainment": "share to which all figures can be reached at once, by corner",
    "attainment_of_growth": "the same for the growth over the base period, central values",
    "attainment_due_one_period_earlier": "share reached with everything due a period earlier",
    "attainment_of_modest_figures": "share reached of the lower ends of figures that are ranges, by corner",
    "highest_floor_where_empty": "where no plan keeps the floor: the highest floor that some plan keeps, by corner",
    "targets_most_met_by_kind": "how many of each kind are among the most that can be met in full at once",
    "targets_most_met_in_full": "the most figures that can be met in full at once",
    "targets_most_met_is_proved": "whether no more than that can be",
    "reached_in": "first later date at which all figures can be met",
    "conflicts": "smallest sets that cannot hold together, in sentences",
    "conflicts_complete": "whether all of them were found",
    "conflicts_held": "what held in every one of them and cannot be given up",
    "cures": "smallest sets whose giving way lets the rest hold, in sentences",
    "cures_compared": "what cures have in common and where they differ, in sentences",
    "verdict_hangs_on_single_numbers": "numbers that alone turn the verdict within their own range, as in switching_values.csv",
    "every_number_tried": "whether each uncertain number was tried or excluded",
    "verdict_hangs_on_single_targets": "figures without which the rest can be met",
    "judgements_made_after_a_verdict_was_seen": "what the curator of the data decided knowing a result",
    "left_out": "what could not be found, and why",
    "cases": "verdicts of a ladder, one for each plan, scenario and floor",
}

_SENSITIVITY: Mapping[str, str] = {
    "limits": "how many limits the program has",
    "limits_with_a_price": "how many of them have a price on either side",
    "prices_that_differ_by_side": "how many of them are worth more, or less, upwards than downwards",
    "prices": "the limits worth most, in sentences",
    "numbers_with_a_range": "how many numbers are uncertain",
    "numbers_that_matter": "how many of them move the value at an end of their own range",
    "tornado": "the numbers and groups that move the value most",
    "bottlenecks": "the limits, and pairs of them, that are most worth enlarging",
    "x": "first quantity, as MEASURE:ITEM:PERIOD",
    "y": "second quantity",
    "x_name": "first quantity in words",
    "y_name": "second quantity in words",
    "third": "third quantity, of which least amounts are asked",
    "third_name": "third quantity in words",
    "hold": "share at which all other targets were held; null where they were set aside",
    "solves": "how many linear programs it took",
    "points": "official, feasible and actual pair, and how far each lies outside",
    "epsilon": "how far below the best still counts as near, as a share",
    "fixed": "how many totals there are on which all near-best plans agree to five per cent",
    "at_least": "of how many totals every near-best plan does some",
    "free": "how many totals some near-best plan leaves undone",
    "none": "how many totals are nothing in every near-best plan",
}

_UNCERTAINTY: Mapping[str, str] = {
    "design": "random, sobol or morris",
    "samples": "size of the design that was asked for",
    "seed": "of all chance",
    "draws": "how many draws the design has",
    "draws_done": "how many of them were solved",
    "interrupted": "whether the run was broken off",
    "by": "how factors are grouped for indices",
    "sharing": "which numbers share a draw",
    "distribution": "over every range",
    "distributions": "over the ranges of single tables",
    "keep": "how many groups were drawn after a screening; 0 for all",
    "given": "what draws must admit to count besides, as the option was meant: backtest, span and tolerance",
    "span": "of what happened: hold-out (years the calibration did not see), training or all",
    "tolerance": "share of every actual figure that must be possible at once",
    "uncertain_numbers": "how many numbers were drawn",
    "independent_factors": "how many independent quantities lie behind them",
    "shared_factors": "of these, how many stand for a number that several economies take from one source",
    "answers": "what came of the draws, in a sentence a plan",
    "plans": "the same in numbers, as in met.csv",
}

_PROJECTS: Mapping[str, str] = {
    "bound": "what no programme passes, as proved by the search",
    "gap": "relative distance of the value from that bound",
    "in_parts": "value with projects built in part",
    "by_the_unit": "value with all plant built by the unit and no projects",
    "verdict_rests_on": "checked point or proof behind the verdict",
    "prices_hold": "in which sense prices of a programme hold",
    "programme": "projects of the best programme with their dates",
    "search": "how the search ended",
    "in_every_programme_near_the_best": "projects that no programme near the best leaves out, proved by the bounds",
    "worth": "what each project is worth, as in the table of that name",
    "official_list": "the list as it was decided, under several readings",
}

_EXECUTION: Mapping[str, str] = {
    "tautness": "what was asked in each period of a play, as a multiple of the feasible plan",
    "output": "what was made in each, as a share of it",
    "households_got": "what households got in each, as a share of what they were promised",
    "least_share_of_a_figure": "least share of an official figure that was made",
    "unfinished_works": "works that have not joined the plant at the end of each period, times those of the feasible plan",
    "imbalance": "largest difference in the books of a play, as a share of what passed through them",
    "rules": "by which it was played: the table [execution] of the model, with what was chosen in its place",
    "adopted": "tautness of plans as they are, each against what could be had of its own figures",
    "in_words": "under which rules the answer holds, that nothing was fitted, and what is found of what is told",
    "draws_of_output": "least, median and greatest output over draws of shocks",
}

SUMMARY: Mapping[str, str] = {
    **_ASKED,
    **_FOUND,
    **_FEASIBILITY,
    **_SENSITIVITY,
    **_UNCERTAINTY,
    **_PROJECTS,
    **_EXECUTION,
    **MONEY_KEYS,
    **STATEMENTS_KEYS,
}

MANIFEST: Mapping[str, str] = {
    "kind": "command that made the run",
    "program": "name and version of the planner",
    "options": "everything that was chosen, so that the run can be made again",
    "warnings": "findings about the data and the question",
    "inputs": "SHA-256 of every file read, and tables changed in memory",
    "data": "how many numbers there are, with a range and verified, and warnings by code",
    "names": "names of labels in words, by axis",
    "versions": "of Python and the packages that compute",
    "size": "rows, columns and nonzeros of the program, and the range of its coefficients",
    "solve": "solver, status, objective, bound and greatest violations",
    "times": "when it was written and seconds of each step; the only key that differs between two runs alike",
    "file": "of a diagnosis: the file that was read",
    "files": "SHA-256 of every file of the run",
    "seal": "SHA-256 of the manifest itself, with zeros in place of it",
}

PROGRAM: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "program/program": (
        "The program as a whole.",
        {"key": "sense (min or max), objective, its unit, and offset: a constant of it", "value": "as it says"},
    ),
    "program/rows": (
        "Rows of the program: lower ≤ body ≤ upper; an empty limit is none.",
        {
            "row": "name: family and key",
            "lower": "least value",
            "upper": "greatest value",
            "family": "constraint family",
            "unit": "of the row",
            "came_from": "tables that the family reads",
        },
    ),
    "program/columns": (
        "Columns of the program; an empty bound is none.",
        {
            "column": "name: block and key",
            "lower": "least value",
            "upper": "greatest value",
            "cost": "coefficient in the objective",
            "block": "block of unknowns",
            "unit": "of the column",
            "integer": "yes where the value has to be a whole number",
            "declared": "yes where a bound was declared for a proof and is wider than any plan needs",
        },
    ),
    "program/coefficients": (
        "Coefficients of the program; those that are nothing do not stand here.",
        {"row": "name of the row", "column": "name of the column", "value": "the coefficient"},
    ),
}

TWO_SIDED: tuple[str, Mapping[str, str]] = (
    "What one more and one less of every limit would have changed.",
    {
        "family": "constraint family, or block of unknowns",
        "item": "",
        "period": "",
        "kind": "row or bound",
        "side": "at_most or at_least: which limit; both for an equation",
        "unit": "",
        "limit": "where the limit stands",
        "more_is": "whether more of what is limited means a higher or a lower limit",
        "room": "what the plan leaves to the limit",
        "one_more": "change of the objective for one more unit",
        "step_more": "how much more that is known to hold for, at least",
        "one_less": "change of the objective for one unit less; -inf or inf where no plan is left",
        "step_less": "how much less that is known to hold for, at least",
        "price_unit": "unit of the objective per unit of the limit",
        "how": "room: the limit is not reached; re-solved; or unsettled: even the shortest step bends",
        "unique": "yes where the two are one price",
        "size": "of the limit, or where it is nothing half of what its row adds up",
        "words": "one more of it, in words",
    },
)
