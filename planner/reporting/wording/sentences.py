"""What is said of the answer about one plan: every sentence once, for none, one, several and all of what it counts.

Terminal, page and summary say the same because they all ask here. Sentences begin with a capital and end with a full stop
unless they are meant to be part of another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite, isnan
from types import MappingProxyType

from planner.analysis.feasibility.attainment import INSIDE
from planner.economy.uncertain import Counts
from planner.language.counting import all_of, capital, counted, listed, lower, some_of, verb
from planner.language.numbers import number, percent

__all__ = [
    "EMPTY",
    "FEW",
    "STATUS",
    "about",
    "at_every_date",
    "earlier",
    "least_missed",
    "more_needed",
    "most_met",
    "no_amount",
    "objective",
    "proved",
    "reached",
    "reached_at",
    "strength",
]

EMPTY = "No plan keeps the floors and balances, whatever the targets: the feasible set is empty."
STATUS = {
    "infeasible": EMPTY,
    "unbounded": "Nothing limits the objective: the feasible set is unbounded in its direction.",
    "stopped": "The solver was stopped before it had an answer.",
}
FEW = 3  # names that a sentence lists; more are counted


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


UNITS_IN_PARTS = (
    "Units that run as wholes are taken in parts here: whole ones may reach less, which planner solve finds out."
)


def in_parts(whole: Sequence[str], then: str) -> str:
    """What is measured in parts though the question has it in wholes.

    Args:
        whole: blocks of unknowns that are whole numbers.
        then: what follows from it, as the rest of the sentence.

    >>> in_parts(["running"], "with whole ones there are no prices")
    'Measured with units that run in parts: with whole ones there are no prices.'
    """
    words = {"project_start": "projects", "running": "units that run", "expansion": "expansions"}
    return f"Measured with {listed([words.get(name, name) for name in whole])} in parts: {then}."


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


def by_period(shares: Mapping[str, float]) -> str:
    """To what share the figures of each period can be reached, each period counting by itself.

    >>> by_period({"1": 1.0, "2": 0.9}), by_period({"1": 0.5})
    ('Period by period the figures can be reached to 1.9 of 2 shares together: 100.0 % in 1 and 90.0 % in 2.',
     'Period by period the figures can be reached to 0.5 of 1 share: 50.0 % in 1.')
    """
    said = listed([f"{percent(share)} in {period}" for period, share in shares.items()])
    together = " together" if len(shares) > 1 else ""
    return (
        f"Period by period the figures can be reached to {number(sum(shares.values()))} of "
        f"{counted(len(shares), 'share')}{together}: {said}."
    )


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
    if count > FEW:
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


def at_every_date(
    due: Sequence[str],
    shares: Sequence[float],
    count: int = 2,
    *,
    in_one_place: bool = False,
    growth: Mapping[str, float] = MappingProxyType({}),
) -> str:
    """When the figures could be reached, conditions held as in the last period of the data, but for what is told to grow.

    Args:
        due: dates tried, the plan's own first.
        shares: reached if due then.
        count: of figures.
        in_one_place: whether the last is that of a country in one place, which no division into regions goes beyond.
        growth: rate a period of what grows after the data, by its name.

    >>> at_every_date(["1933"], [1.2]), at_every_date(["1933"], [0.9])
    ('Due in 1933 the figures can be met.', 'Due in 1933 the figures are out of reach; no later date was tried.')
    >>> at_every_date(["1933"], [0.9], 1)
    'Due in 1933 the figure is out of reach; no later date was tried.'
    >>> at_every_date(["1933", "1934", "1935"], [0.48, 0.7, 1.1])
    'With conditions held as in the last period of the data (1933) the figures could first be met if due in 1935.'
    >>> at_every_date(["1933", "1934"], [0.48, 0.91])
    'With conditions held as in the last period of the data (1933) the figures stay out of reach up to 1934, the latest date
    tried (at most 91.0 % of them).'
    >>> at_every_date(["1933", "1934"], [0.48, 1.1], growth={"land": 0.02})
    'With conditions held as in the last period of the data (1933), but for growth of land by 2.0 % a period, the figures could
    first be met if due in 1934.'
    >>> at_every_date(["1933", "1934"], [0.48, 0.91], in_one_place=True)[-70:]
    'the latest date tried (at most 91.0 % of them, were all in one place).'
    """
    known = [share for share in shares if not isnan(share)]
    if not known:
        return ""
    what = f"the figure{'' if count == 1 else 's'}"
    if shares[0] >= INSIDE:
        return f"Due in {due[0]} {what} can be met."
    if len(due) == 1:
        return f"Due in {due[0]} {what} {verb(count, 'is', 'are')} out of reach; no later date was tried."
    grows = listed([f"{name} by {percent(rate)}" for name, rate in growth.items()])
    grown = f", but for growth of {grows} a period," if grows else ""
    held = f"With conditions held as in the last period of the data ({due[0]}){grown} {what}"
    if known[-1] >= INSIDE:
        return f"{held} could first be met if due in {due[-1]}."
    most = f"at most {reach(max(known))} of {'it' if count == 1 else 'them'}{', were all in one place' if in_one_place else ''}"
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
