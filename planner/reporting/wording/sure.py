"""How sure an answer is: what is known of its data, what its verdict hangs on, and how verdicts are spread."""

from __future__ import annotations

from collections.abc import Sequence

from planner.economy.uncertain import Counts
from planner.language.counting import all_of, capital, counted, listed, lower, verb
from planner.reporting.wording.sentences import FEW

__all__ = ["data_known", "hanging", "judged", "turning", "verdicts_counted"]


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
        named = f" ({'; '.join(mine)})" if 0 < len(mine) <= FEW else ""
        told.append(f"{count:,} {'' if told else verb(count, 'is ', 'are ')}{name}{named}")
    return f"Of {counted(len(verdicts), noun)} {listed(told)}."


def _of_verdicts(name: str) -> tuple[int, str]:
    known = ("inside", "within reach", "outside", "certainly outside", "empty set")
    return (known.index(name) if name in known else len(known), name)
