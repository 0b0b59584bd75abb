"""What is said of the answer about one plan: every sentence once, for none, one, several and all of what it counts.

Terminal, page and summary say the same because they all ask here. Sentences begin with a capital and end with a full stop
unless they are meant to be part of another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, isfinite, isnan

from planner.analysis.feasibility.attainment import INSIDE
from planner.economy.uncertain import Counts
from planner.language.counting import all_of, capital, counted, listed, lower, some_of, verb
from planner.language.numbers import number, percent
from planner.solver.solution import Solution, Status

__all__ = [
    "EMPTY",
    "STATUS",
    "about",
    "at_every_date",
    "both_together",
    "data_known",
    "earlier",
    "hanging",
    "judged",
    "least_missed",
    "more_needed",
    "most_met",
    "near_best",
    "no_amount",
    "objective",
    "proved",
    "reached",
    "reached_at",
    "search_stopped",
    "strength",
    "turning",
    "verdicts_counted",
    "whole_plans",
    "whole_projects",
]

EMPTY = "No plan keeps the floors and balances, whatever the targets: the feasible set is empty."
STATUS = {
    "infeasible": EMPTY,
    "unbounded": "Nothing limits the objective: the feasible set is unbounded in its direction.",
    "stopped": "The solver was stopped before it had an answer.",
}
_FEW = 3  # names that a sentence lists; more are counted


def figures(count: int) -> str:
    """The figures of a plan, all of them.

    >>> [figures(count) for count in (0, 1, 2, 21)]
    ['no figure', 'the one figure', 'both figures together', 'all 21 figures together']
    """
    return all_of(count, "figure") + (" together" if count > 1 else "")


def reach(share: float) -> str:
    """How far figures can be reached, such that what is short of all of them never reads as all of them.

    >>> [reach(share) for share in (0.4817, 1.0, 1.2, 0.99999, float("nan"))]
    ['48.2 %', '100.0 %', '120.0 %', 'just under 100 %', 'no plan at all']
    """
    if isnan(share):
        return "no plan at all"
    return "just under 100 %" if share < INSIDE and percent(share) == percent(1.0) else percent(share)


def reached(count: int, share: float) -> str:
    """How far the figures of a plan can be reached at once, in a sentence.

    >>> reached(21, 0.4817), reached(1, 0.9)
    ('All 21 figures together can be reached to 48.2 %.', 'The one figure can be reached to 90.0 %.')
    >>> reached(2, 1.0), reached(2, 1.2), reached(0, 1.0)
    ('Both figures together can be met in full, with nothing to spare.',
     'Both figures together can be met in full, and up to 120.0 %.',
     'There is no figure to be reached.')
    """
    return reached_at(count, {"": share})


def reached_at(count: int, shares: dict[str, float], subject: str = "", kept: str = "the floors and balances") -> str:
    """How far the figures can be reached at once, under one set of numbers or several.

    Args:
        count: of figures that a share is asked of.
        shares: by condition, such as ``at the central values``; the first is the one that is judged.
        subject: the figures, where they are called otherwise than by their number.
        kept: what every plan keeps.

    >>> reached_at(2, {"at the central values": 0.9, "where every uncertain number favours the plan": 0.9325})
    'Both figures together can be reached to 90.0 % at the central values and 93.2 % where every uncertain number favours the
    plan.'
    >>> reached_at(3, {"": float("nan"), "there": 0.4})
    'All 3 figures together can be reached to 40.0 % there; else no plan keeps the floors and balances.'
    """
    if not count:
        return "There is no figure to be reached."
    known = {condition: share for condition, share in shares.items() if not isnan(share)}
    if not known:
        return EMPTY
    first = next(iter(known.values()))
    if len(known) == 1 and first >= INSIDE and percent(first) == percent(1.0):
        return capital(f"{subject or figures(count)} can be met in full, with nothing to spare.")
    told = listed([f"{reach(share)} {condition}".rstrip() for condition, share in known.items()])
    rest = "" if len(known) == len(shares) else f"; else no plan keeps {kept}"
    how = "met in full, and up to" if first >= INSIDE else "reached to"
    return capital(f"{subject or figures(count)} can be {how} {told}{rest}.")


def about(title: str, said: str) -> str:
    """A sentence with what it is about, so that it can be quoted by itself.

    >>> about("The plan", "Both figures can be met."), about("How much is there?", "All of it."), about("", "Nothing.")
    ('The plan: both figures can be met.', 'How much is there? All of it.', 'Nothing.')
    """
    if not title or title.endswith("?"):
        return f"{title} {said}".lstrip()
    return f"{title}: {lower(said)}"


def proved(gap: float) -> str:
    """What a certificate adds; nothing where there is none.

    >>> proved(0.5183), proved(float("nan")), proved(1e-7)
    ('That 51.8 % is missing at the central values is proved in exact arithmetic.', '',
     'That less than 0.1 % is missing at the central values, but something, is proved in exact arithmetic.')
    """
    if isnan(gap) or gap <= 0:
        return ""
    missing = f"{percent(gap)} is missing" if gap >= 5e-4 else "less than 0.1 % is missing"
    return f"That {missing} at the central values{'' if gap >= 5e-4 else ', but something,'} is proved in exact arithmetic."


def strength(verdict: str, data: Counts, kept: str = "floors and balances, whatever the targets") -> str:
    """How sure a verdict is, and over what, as a clause.

    Args:
        verdict: over the ranges.
        data: how many numbers the answer rests on, and how many of them have a range.
        kept: what every plan keeps, whatever it is asked for.

    >>> few, none, all_ = Counts(90, 0, 3, 0), Counts(17, 0, 0, 0), Counts(2, 0, 2, 0)
    >>> strength("certainly outside", few)
    'outside even with each of the 3 uncertain numbers at the end that favours the plan; the other 87 are taken as stated'
    >>> strength("certainly outside", all_), strength("outside", none)
    ('outside even with both uncertain numbers at the end that favours the plan',
     'outside as the numbers are stated; none of the 17 has a range, so how sure they are is not known')
    >>> strength("inside", none), strength("empty set", none)
    ('inside as the numbers are stated; none of the 17 has a range, so how sure they are is not known',
     'no plan at all keeps floors and balances, whatever the targets, as the numbers are stated')
    """
    uncertain, rest = data.uncertain, data.stated - data.uncertain
    others = f"; the other {rest:,} {verb(rest, 'is', 'are')} taken as stated" if rest else ""
    if verdict == "undecided":
        return "the solver stopped, or tolerances decide"
    if verdict == "empty set":
        where = f"even with {_each(uncertain)} at the end that favours it" if uncertain else "as the numbers are stated"
        return f"no plan at all keeps {kept}, {where}{others if uncertain else ''}"
    if not uncertain:
        one = f"none of the {data.stated:,} has" if data.stated > 1 else "none has"
        return f"{verdict} as the numbers are stated; {one} a range, so how sure they are is not known"
    if verdict == "certainly outside":
        return f"outside even with {_each(uncertain)} at the end that favours the plan{others}"
    if verdict == "within reach":
        return f"outside at the central values, inside with {_each(uncertain)} at the end that favours the plan at once{others}"
    if verdict == "outside":
        return "outside at the central values; it is not excluded that favourable numbers would bring it inside"
    return f"{verdict} at the central values"


def _each(uncertain: int) -> str:
    if uncertain < 3:
        return all_of(uncertain, "uncertain number")
    return f"each of the {counted(uncertain, 'uncertain number')}"


def objective(says: str, value: str, unit: str) -> str:
    """The value of an objective that is no share of figures.

    Args:
        says: the objective in words, be it a question.
        value: in figures.
        unit: of it.

    >>> objective("plant in existence at the end", "12", "crowns"), objective("How much labour?", "260", "man-years")
    ('Plant in existence at the end: 12 crowns.', 'How much labour? 260 man-years.')
    """
    return capital(f"{says}{'' if says.endswith(('?', ':')) else ':'} {value} {unit}".rstrip() + ".")


# -- figure by figure -------------------------------------------------------------------------------------------------


def most_met(met: int, count: int, *, exact: bool = True, bound: int = -1) -> str:
    """The most figures that can be met in full at once.

    Args:
        met: of them.
        count: of figures.
        exact: whether no more can be.
        bound: more than this cannot.

    >>> most_met(14, 21), most_met(0, 2), most_met(2, 2), most_met(0, 1)
    ('At most 14 of 21 figures can be met in full at once.', 'Neither of 2 figures can be met in full.',
     'Both figures can be met in full at once.', 'The one figure cannot be met in full.')
    >>> most_met(3, 5, exact=False, bound=4)
    '3 of 5 figures can be met in full at once, 4 at the most.'
    """
    if count == 1 and not met:
        return "The one figure cannot be met in full."
    said = some_of(met, count, "figure")
    if not exact:
        more = f", {bound:,} at the most" if bound > met else "; whether more can is not decided"
        return capital(f"{said} can be met in full at once{more}.")
    if met in (0, count):
        return capital(f"{said} can be met in full{' at once' if met > 1 else ''}.")
    return f"At most {said} can be met in full at once."


def least_missed(missed: float, short: int, count: int) -> str:
    """The least sum of shortfalls, and how many figures fall short there.

    >>> least_missed(2.26, 7, 21), least_missed(0.1, 1, 2), least_missed(0.0, 0, 2)
    ('The least sum of shortfalls is 2.26 of a figure; 7 of 21 figures fall short there.',
     'The least sum of shortfalls is 0.1 of a figure; 1 of 2 figures falls short there.',
     'The least sum of shortfalls is nothing: no figure need fall short.')
    """
    if not short:
        return "The least sum of shortfalls is nothing: no figure need fall short."
    said = f"The least sum of shortfalls is {number(missed)} of a figure"
    return f"{said}; {some_of(short, count, 'figure')} {verb(short, 'falls', 'fall')} short there."


# -- what it would have taken -----------------------------------------------------------------------------------------


def no_amount(refused: Sequence[str], proved: int, total: int) -> str:
    """Which groups of limits would not do by themselves, however large; nothing where each of them would.

    Args:
        refused: names of those that would not.
        proved: for how many of them that is proved.
        total: groups there are.

    >>> no_amount([], 0, 5), no_amount(["Land"], 1, 5)
    ('', 'Of the 5 groups of limits, land alone would do in no amount (proved).')
    >>> no_amount(["Labour", "Land"], 2, 2), no_amount(["Land"], 0, 1)
    ('Neither of the 2 groups of limits alone would do, in whatever amount (proved).',
     'The one group of limits, land, would do in no amount (found, not proved).')
    >>> no_amount(["a", "b", "c", "d"], 3, 6), no_amount(["a", "b", "c", "d"], 4, 4)
    ('Of the 6 groups of limits, 4 would do alone in no amount (3 of them proved).',
     'None of the 4 groups of limits alone would do, in whatever amount (proved).')
    """
    count = len(refused)
    if not count:
        return ""
    how = "proved" if proved == count else "found, not proved" if not proved else f"{proved:,} of them proved"
    names = [lower(name) for name in refused]
    if total == 1:
        return f"The one group of limits, {names[0]}, would do in no amount ({how})."
    if count == total:
        none = "Neither" if total == 2 else "None"
        return f"{none} of the {counted(total, 'group')} of limits alone would do, in whatever amount ({how})."
    if count > _FEW:
        return f"Of the {counted(total, 'group')} of limits, {count:,} would do alone in no amount ({how})."
    return f"Of the {counted(total, 'group')} of limits, {listed(names, 'or')} alone would do in no amount ({how})."


def more_needed(answer: str, needed: float, *, is_proved: bool) -> str:
    """By how much limits would have to be larger, as a cell.

    >>> [more_needed(*row, is_proved=False) for row in (("enough", 0.013), ("nothing needed", 0.0), ("enough", 1e-5))]
    ['+1.3 %', 'nothing', 'under 0.1 %']
    >>> more_needed("undecided", float("nan"), is_proved=False), more_needed("no amount", 0.0, is_proved=True)
    ('undecided', 'no amount, proved')
    """
    if answer == "no amount":
        return "no amount" + (", proved" if is_proved else "")
    if answer == "enough":
        return f"+{percent(needed)}" if needed >= 5e-4 else "under 0.1 %"
    return "nothing" if answer == "nothing needed" else "undecided"


def equally(answer: str, needed: float, groups: int, total: int, *, is_proved: bool) -> str:
    """What it would take of all limits that can grow together, by one share; nothing where there is but one group of them.

    Args:
        answer: whether some amount is enough.
        needed: the share by which they have to grow.
        groups: that can grow together.
        total: groups there are.
        is_proved: whether it is proved that no amount would do.

    >>> equally("enough", 0.096, 7, 7, is_proved=False), equally("enough", 0.096, 1, 3, is_proved=False)
    ('All 7 groups of limits, growing by the same share: +9.6 %.', '')
    >>> equally("no amount", float("nan"), 2, 2, is_proved=True), equally("enough", 0.096, 3, 5, is_proved=False)
    ('Both groups of limits, growing by the same share: no amount would do (proved).',
     '3 of 5 groups of limits, those that can grow together, growing by the same share: +9.6 %.')
    """
    if groups < 2:
        return ""
    cell = more_needed(answer, needed, is_proved=False)
    if answer == "no amount":
        cell = f"no amount would do{' (proved)' if is_proved else ''}"
    which = " of limits" if groups == total else " of limits, those that can grow together"
    return capital(f"{some_of(groups, total, 'group')}{which}, growing by the same share: {cell}.")


# -- dates ------------------------------------------------------------------------------------------------------------


def at_every_date(due: Sequence[str], shares: Sequence[float], count: int = 2) -> str:
    """When the figures could be reached, conditions held as in the last period of the data.

    Args:
        due: dates tried, the plan's own first.
        shares: reached if due then.
        count: of figures.

    >>> at_every_date(["1933"], [1.2]), at_every_date(["1933"], [0.9])
    ('Due in 1933 the figures can be met.', 'Due in 1933 the figures are out of reach; no later date was tried.')
    >>> at_every_date(["1933"], [0.9], 1)
    'Due in 1933 the figure is out of reach; no later date was tried.'
    >>> at_every_date(["1933", "1934", "1935"], [0.48, 0.7, 1.1])
    'With conditions held as in the last period of the data (1933) the figures could first be met if due in 1935.'
    >>> at_every_date(["1933", "1934"], [0.48, 0.91])
    'With conditions held as in the last period of the data (1933) the figures stay out of reach up to 1934, the latest date
    tried (at most 91.0 % of them).'
    """
    known = [share for share in shares if not isnan(share)]
    if not known:
        return ""
    what = f"the figure{'' if count == 1 else 's'}"
    if shares[0] >= INSIDE:
        return f"Due in {due[0]} {what} can be met."
    if len(due) == 1:
        return f"Due in {due[0]} {what} {verb(count, 'is', 'are')} out of reach; no later date was tried."
    held = f"With conditions held as in the last period of the data ({due[0]}) {what}"
    if known[-1] >= INSIDE:
        return f"{held} could first be met if due in {due[-1]}."
    most = f"at most {reach(max(known))} of {'it' if count == 1 else 'them'}"
    return f"{held} {verb(count, 'stays')} out of reach up to {due[-1]}, the latest date tried ({most})."


def earlier(share: float, count: int = 2) -> str:
    """What is reached with everything due a period earlier; nothing where no figure is left then.

    Args:
        share: of the figures.
        count: of them.

    >>> earlier(0.379), earlier(float("nan")), earlier(1.1)
    ('Due one period earlier: 37.9 %; what is due between two periods lies between the two shares.', '',
     'Due one period earlier they can be met as well.')
    >>> earlier(1.1, 1)
    'Due one period earlier it can be met as well.'
    """
    if not isfinite(share):
        return ""
    if share >= INSIDE:
        return f"Due one period earlier {'it' if count == 1 else 'they'} can be met as well."
    return f"Due one period earlier: {reach(share)}; what is due between two periods lies between the two shares."


# -- how sure ---------------------------------------------------------------------------------------------------------


def data_known(data: Counts, *, plan: bool = True) -> str:
    """How much of the data was seen in its source, and how much of it is uncertain.

    Args:
        data: how many numbers.
        plan: whether figures of a plan are among them.

    >>> data_known(Counts(1271, 10, 554, 9))
    'Of 1,271 numbers of the data 10 were seen in their source; 554 are uncertain, 9 of them figures of the plan.'
    >>> data_known(Counts(17, 0, 0, 0)), data_known(Counts(26, 26, 1, 0))
    ('Of 17 numbers of the data none was seen in its source; none has a range, so none counts as uncertain.',
     'Of 26 numbers of the data all were seen in their source; 1 is uncertain.')
    >>> data_known(Counts(24, 0, 1, 0), plan=False)
    'Figures of plans aside, of 24 numbers of the data none was seen in its source; 1 is uncertain.'
    """
    if not data.stated:
        return "The data hold no number."
    if not plan:
        return f"Figures of plans aside, {lower(data_known(data))}"
    verified = "all" if data.verified == data.stated else f"{data.verified:,}" if data.verified else "none"
    was = "was seen in its" if data.verified < 2 and verified != "all" else "were seen in their"
    said = f"Of {counted(data.stated, 'number')} of the data {verified} {was} source"
    if not data.uncertain:
        return f"{said}; none has a range, so none counts as uncertain."
    own = (
        f", {data.figures:,} of them {'a figure' if data.figures == 1 else 'figures'} of the plan"
        if data.figures
        else ""
    )
    return f"{said}; {data.uncertain:,} {verb(data.uncertain, 'is', 'are')} uncertain{own}."


def hanging(names: Sequence[str], others: int) -> str:
    """Whether the verdict hangs on single figures.

    Args:
        names: figures without which the rest can be met.
        others: how many figures there are besides any one.

    >>> hanging(["iron in 2"], 1)
    'The verdict hangs on one figure: without iron in 2 the rest can be met.'
    >>> hanging(["iron", "coal"], 4)
    'The verdict hangs on single figures: without iron, or without coal, the rest can be met.'
    >>> hanging([], 4), hanging([], 0)
    ('The verdict hangs on no single figure: without any one of them the rest is still out of reach.', '')
    """
    if not others:
        return ""
    if not names:
        return "The verdict hangs on no single figure: without any one of them the rest is still out of reach."
    if len(names) == 1:
        return f"The verdict hangs on one figure: without {names[0]} the rest can be met."
    return f"The verdict hangs on single figures: without {', or without '.join(names)}, the rest can be met."


def turning(found: int, uncertain: int, *, complete: bool = True) -> str:
    """How many uncertain numbers would turn the verdict by themselves; nothing where there is none.

    >>> turning(0, 0), turning(0, 1), turning(0, 554)
    ('',
     'The one uncertain number, moved to an end of its own range, does not turn the verdict.',
     'No single one of the 554 uncertain numbers, moved to an end of its own range, turns the verdict.')
    >>> turning(1, 554), turning(2, 2), turning(1, 1)
    ('Of the 554 uncertain numbers 1 alone would turn the verdict, moved to an end of its own range.',
     'Of the 2 uncertain numbers each alone would turn the verdict, moved to an end of its own range.',
     'The one uncertain number would turn the verdict, moved to an end of its own range.')
    >>> turning(0, 554, complete=False)
    'No single one of the 554 uncertain numbers that was tried, moved to an end of its own range, turns the verdict; the search
    was cut.'
    """
    moved, cut_short = "moved to an end of its own range", "" if complete else "; the search was cut"
    if not uncertain:
        return ""
    if uncertain == 1:
        does = "would turn the verdict" if found else "does not turn the verdict"
        return f"The one uncertain number {does}, {moved}." if found else f"The one uncertain number, {moved}, {does}."
    if not found:
        tried = "" if complete else " that was tried"
        no = "Neither" if uncertain == 2 else "No single one"
        return f"{no} of the {uncertain:,} uncertain numbers{tried}, {moved}, turns the verdict{cut_short}."
    some = "each" if found == uncertain else f"{found:,}"
    return f"Of the {uncertain:,} uncertain numbers {some} alone would turn the verdict, {moved}{cut_short}."


def judged(count: int) -> str:
    """Heading of the judgements that were made knowing a verdict; nothing where there are none.

    >>> judged(0), judged(1), judged(6)
    ('', 'One judgement was made in the data after a verdict had been seen:',
     '6 judgements were made in the data after a verdict had been seen:')
    """
    if count < 2:
        return "One judgement was made in the data after a verdict had been seen:" if count else ""
    return f"{count} judgements were made in the data after a verdict had been seen:"


def search_stopped(search: Solution, bound: float) -> str:
    """That a search was stopped after it had found something, which stands without its proof; empty where it was not.

    Args:
        search: the solve.
        bound: what nothing passes, by its own account.
    """
    if search.status is not Status.STOPPED:
        return ""
    return (
        f"The search was stopped after {search.seconds:.3g} s. This is the best found so far; nothing passes {bound:.6g}.\n"
        "Give it longer with --time-limit, or be content with a wider --gap."
    )


def between(says: str, unit: str, reached: float, bound: float, figures: str = "") -> str:
    """How far an optimum is known: that a plan reaches one number and none passes another.

    Args:
        says: the objective in words.
        unit: of it.
        reached: by a plan that holds.
        bound: proved; not finite where nothing was.
        figures: what a share is asked of, together; empty where the objective is no share.

    >>> between("", "", 0.692776, 0.692891, "all 100 figures together")
    'All 100 figures together can be reached to 69.277 % at least; that no plan reaches more than 69.290 % is proved.'
    >>> between("plant in existence at the end", "t", 12.0, float("inf"))
    'Plant in existence at the end: 12 t at least; how much more there could be is not known.'
    """
    if figures:
        least, most = (
            percent(floor(reached * 1e5) / 1e5, 3),
            percent(ceil(bound * 1e5) / 1e5, 3) if isfinite(bound) else "",
        )
        first = f"{figures} can be reached to {least} at least"
    else:
        first = objective(says, number(reached, 6), unit).removesuffix(".") + " at least"
        most = f"{number(bound, 6)} {unit}".rstrip()
    if not isfinite(bound):
        return capital(f"{first}; how much more there could be is not known.")
    return capital(f"{first}; that no plan reaches more than {most} is proved.")


def bracket_empty(bound: float, iterations: int) -> tuple[str, str]:
    """That a first-order method ended without a plan that holds, and what to do.

    Args:
        bound: proved of every plan; not finite where nothing was.
        iterations: taken.
    """
    proved = f", though it is proved that none passes {number(bound, 6)}" if isfinite(bound) else ""
    return (
        f"The work ended after {iterations:,} iterations without a plan that holds{proved}. Nothing was written.",
        "Give it more with --work, or leave --method first-order out.",
    )


def bracket_wide(gap: float, iterations: int) -> str:
    """That a first-order method ended before plan and bound came as near to each other as was wanted.

    Args:
        gap: relative distance of the two.
        iterations: taken.
    """
    far = f"plan and bound lie {percent(gap, 3)} apart" if isfinite(gap) else "one of plan and bound is missing"
    return (
        f"The work ended after {iterations:,} iterations, and {far}. Both stand as they are written.\n"
        "Give it more with --work, or be content with a wider --gap."
    )


def verdicts_counted(verdicts: Sequence[str], plans: Sequence[str] = ()) -> str:
    """How many cases have which verdict.

    Args:
        verdicts: of each case.
        plans: their titles, where each case is another plan.

    >>> verdicts_counted(["inside", "outside", "inside"], ["One", "Two", "Three"])
    'Of 3 plans 2 are inside (One; Three) and 1 outside (Two).'
    >>> verdicts_counted(["certainly outside", "inside", "certainly outside"]), verdicts_counted(["inside"])
    ('Of 3 cases 1 is inside and 2 certainly outside.', 'The one case is inside.')
    >>> verdicts_counted(["inside", "inside"]), verdicts_counted([])
    ('Both cases are inside.', 'There is no case.')
    """
    if not verdicts:
        return "There is no case."
    counts = {name: verdicts.count(name) for name in sorted(set(verdicts), key=_of_verdicts)}
    noun = "plan" if plans else "case"
    if len(counts) == 1:
        return capital(f"{all_of(len(verdicts), noun)} {verb(len(verdicts), 'is', 'are')} {verdicts[0]}.")
    told: list[str] = []
    for name, count in counts.items():
        mine = [plan for plan, verdict in zip(plans, verdicts, strict=False) if verdict == name]
        named = f" ({'; '.join(mine)})" if 0 < len(mine) <= _FEW else ""
        told.append(f"{count:,} {'' if told else verb(count, 'is ', 'are ')}{name}{named}")
    return f"Of {counted(len(verdicts), noun)} {listed(told)}."


def _of_verdicts(name: str) -> tuple[int, str]:
    known = ("inside", "within reach", "outside", "certainly outside", "empty set")
    return (known.index(name) if name in known else len(known), name)


def whole_projects(title: str, share: float, bound: float) -> str:
    """How far whole projects reach, and what nothing passes.

    >>> whole_projects("The plan", 0.48, 0.4817)
    'The plan: whole projects reach 48.0 % of all figures at once; no programme passes 48.2 %.'
    """
    return (
        f"{title}: whole projects reach {percent(share)} of all figures at once; no programme passes {percent(bound)}."
    )


def both_together(distance: float, share: float) -> str:
    """How far the official figures of two quantities can be had together, as a clause.

    Args:
        distance: to what can be had, as a share of the figures.
        share: of both that can be had together.

    >>> both_together(0.0, 1.2), both_together(0.05, 0.9), both_together(float("nan"), float("nan"))
    ('both official figures can be had together', 'the official figures lie outside by 5.0 %; 90.0 % of both can be had together',
     'the plan has no figures of both')
    """
    if isnan(distance):
        return "the plan has no figures of both"
    if not distance:
        return "both official figures can be had together"
    return f"the official figures lie outside by {percent(distance)}; {percent(share)} of both can be had together"


def whole_plans(count: int, epsilon: float) -> list[str]:
    """What a few whole plans near the best are, in sentences.

    >>> whole_plans(3, 0.01)[0]
    '3 whole plans that reach every settled figure to within 1.0 % and differ most from one another; each is one of many.'
    """
    return [
        f"{counted(count, 'whole plan')} that reach every settled figure to within {percent(epsilon)} and differ most from one "
        "another; each is one of many.",
        "The first is the steadiest path. Each other takes one total nearly as far as it goes, and is the steadiest with that; "
        "which total it is follows from how far the plans then lie apart, not from what it would be good for.",
    ]


def near_best(epsilon: float, best: str, readings: Mapping[str, int]) -> str:
    """How many totals are fixed in plans near the best, and how many free.

    >>> near_best(0.01, "90.0 %", {"fixed": 3, "at least": 1, "free": 0, "none": 2})
    'Within 1.0 % of the best (90.0 %) 3 totals are as good as fixed, 1 must be done in part, 0 may be left undone.'
    """
    fixed, some, free = (readings[name] for name in ("fixed", "at least", "free"))
    return (
        f"Within {percent(epsilon)} of the best ({best}) {counted(fixed, 'total', none='0')} {verb(fixed, 'is', 'are')} as good "
        f"as fixed, {some:,} must be done in part, {free:,} may be left undone."
    )
