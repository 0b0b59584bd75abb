"""Whether a question fits an economy: every measure, item, period and capacity that it names must exist there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from planner.economy import DataError, Finding
from planner.economy.arrays import Arrays
from planner.economy.checks.trade import stepped_money
from planner.economy.findings import did_you_mean
from planner.economy.measures import MEASURES
from planner.economy.periods import spelled
from planner.economy.places import base
from planner.formulation.measures import items_of, periods_of
from planner.formulation.objectives import OBJECTIVES
from planner.formulation.question import POPULATION, Question
from planner.language.counting import listed


def check_fit(facts: Arrays, question: Question) -> None:
    """Refuse a question that names what is not there; left alone it would be answered as if nothing had been asked.

    Raises:
        DataError: with everything that does not fit, at once.
    """
    findings = list(_misfits(facts, question))
    if findings:
        raise DataError(findings, question.files[0].parent if question.files else facts.economy.folder)


def check_accounts(facts: Arrays, question: Question, account: str) -> None:
    """Refuse a question about households' money where the economy does not say what they earn or buy.

    Raises:
        DataError: with everything that is missing.
    """
    missing = facts.accounts.households.missing(account) if "money_balance" in question.in_force else []
    if missing:
        lacks = f"{facts.economy.name} lacks {listed(missing)}"
        said = f'The question "{question.name}" sets households\' money against goods; {lacks}.'
        raise DataError([Finding("E197", "", (), "", account, said)], facts.economy.folder)


def _misfits(facts: Arrays, question: Question) -> Iterator[Finding]:
    file = question.file
    yield from _not_laid_out(facts, question, file)
    yield from _twice(facts, question, file)
    for number, term in enumerate(question.terms if "own" in question.objectives else (), start=1):
        key = f"own.terms[{number}]"
        if term.measure not in MEASURES:
            yield _missing(file, f"{key}.measure", term.measure, "measure", MEASURES)
            continue
        measure = MEASURES[term.measure]
        if term.item == "*" and not measure.star:
            said = f'"*" cannot be the item of {term.measure}: its items are counted in different units. Name one.'
            yield Finding("E178", file, (), f"{key}.item", term.item, said)
        elif not (term.item == "*" and measure.star == "level") and not items_of(facts, measure, term.item):
            yield _missing(file, f"{key}.item", term.item, measure.axis, facts.axis(measure.axis))
        if not periods_of(term.period, facts.economy.periods):
            yield _missing(file, f"{key}.period", term.period, "period", facts.economy.periods)
    yield from _dearest_first(facts, question, file)
    period = question.consumption_period
    if "consumption" in question.objectives and period and period not in facts.economy.periods:
        yield _missing(file, "consumption.period", period, "period", facts.economy.periods)
    yield from _ends(facts, question, file)
    if any(OBJECTIVES[name].of_money for name in question.objectives):
        yield from _currency(facts, question, file)
    groups = {str(group) for group in facts.labels("products", "group")}
    for key, named in (("targets.groups", question.groups), ("steady.groups", question.steady.groups)):
        for group in named:
            if group not in groups:
                yield _missing(file, key, group, "group of products", groups)
    growing = {*map(base, facts.resources), POPULATION}
    for name in question.growth:
        if name not in growing:
            yield _missing(file, "horizon.growth", name, "resource", growing)
    yield from _floors(facts, question, file)


def _dearest_first(facts: Arrays, question: Question, file: str) -> Iterator[Finding]:
    """A weighted sum that would be largest by paying the dearest step of a price first."""
    money = stepped_money(facts.economy.tables)
    for number, term in enumerate(question.terms if "own" in question.objectives else (), start=1):
        way = money.get((term.measure, term.item), money.get((term.measure, ""), 0)) * term.weight
        if way and (way > 0) == (question.sense == "max"):
            said = (
                f"{term.measure} of {term.item} has a price with steps, and the sum would be best on paper with the dearest step "
                "taken first. Weigh the amount that is bought or sold."
            )
            yield Finding("E178", file, (), f"own.terms[{number}]", term.item, said)


def _ends(facts: Arrays, question: Question, file: str) -> Iterator[Finding]:
    """What is asked of the end of the plan, of a period or of plant that is not there."""
    when = question.keep.period
    if "keep" in question.in_force and when and when not in facts.economy.periods:
        yield _missing(file, "terminal.period", when, "period", facts.economy.periods)
    for capacity in question.capital_weights if "terminal_capital" in question.objectives else ():
        if not facts.standing("capacity", capacity):
            yield _missing(file, "terminal_capital.weights", capacity, "capacity", facts.capacities)


def _not_laid_out(facts: Arrays, question: Question, file: str) -> Iterator[Finding]:
    """Projects, of which no table says in which region they are."""
    if facts.regional and "project" in question.in_force:
        said = 'The family "project" is not laid out over regions. Ask this question of the economy without regions.'
        yield Finding("E209", file, (), "families", "project", said)


def _currency(facts: Arrays, question: Question, file: str) -> Iterator[Finding]:
    """A question about money where there is none, where it is of several currencies, or of one that is not there."""
    there = [str(one) for one in facts.currencies]
    if not there:
        said = "The question is about money, but nothing has a price: costs.csv and trade.csv have no row."
        yield Finding("E178", file, (), "objective", question.objective, said)
    elif question.currency and question.currency not in there:
        yield _missing(file, "money.currency", question.currency, "currency", there)
    elif not question.currency and len(there) > 1:
        said = f"There are several currencies: {', '.join(there)}. Nothing is converted, so name one under `[money]`."
        yield Finding("E178", file, (), "money.currency", "", said)


def _floors(facts: Arrays, question: Question, file: str) -> Iterator[Finding]:
    """Floors of single periods that are not there, or that have two."""
    seen: dict[int, str] = {}
    for text in question.floor_by_period:
        key, when = f"consumption.floor_by_period.{text}", periods_of(text, facts.economy.periods)
        if not when:
            yield _missing(file, key, text, "period", facts.economy.periods)
        for t in when:
            first = seen.setdefault(t, text)
            if first != text:
                said = f'The period {facts.periods[t]} has a floor under "{first}" and under "{text}". Give it one.'
                yield Finding("E146", file, (), key, text, said)


def _twice(facts: Arrays, question: Question, file: str) -> Iterator[Finding]:
    """Terms of an own objective that count what another counts, however their periods are spelled."""
    seen: dict[tuple[str, str, str], int] = {}
    for number, term in enumerate(question.terms if "own" in question.objectives else (), start=1):
        cell = (term.measure, term.item, spelled(term.period, facts.economy.periods))
        first = seen.setdefault(cell, number)
        if first != number:
            said = f"Term {number} counts what term {first} counts ({' '.join(cell)}). Give one term the sum of the weights."
            yield Finding("E146", file, (), f"own.terms[{number}]", " ".join(cell), said)


def _missing(file: str, key: str, value: str, kind: str, there: Collection[str]) -> Finding:
    names = sorted(str(name) for name in there)
    shown = f" There are: {', '.join(names)}." if len(names) <= 12 else ""
    return Finding("E178", file, (), key, value, f'There is no {kind} "{value}".{did_you_mean(value, names)}{shown}')
