"""What a plan may be asked to do best: one decorated function an objective."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from planner.economy import DataError, Finding
from planner.economy.arrays import Arrays
from planner.economy.measures import MEASURES
from planner.formulation.measures import COUNTED, functional, money, unit_of
from planner.formulation.objectives.rows import Goal, Key, objective
from planner.formulation.variables import Variables
from planner.program import Expression, Matrix, to_the, total

if TYPE_CHECKING:
    from planner.formulation.question import Question


def _row(values: np.ndarray) -> Matrix:
    return Matrix(np.asarray(values, dtype=float)[None, :])


@objective(
    "attainment",
    says="the greatest share to which every target is reached at once",
    within="the share to which the figures are reached",
    use="for the headline",
    needs_targets=True,
    is_share=True,
    reading="common",
)
def attainment(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """The greatest share θ to which every target is reached at once."""
    return Goal("max", plan.targets.share.expression(), question.share_unit, "the share of all targets reached at once")


@objective(
    "proportional",
    says="the greatest sum of the logarithms of the shares, none counted above one: proportional fairness",
    within="the share to which the figures are reached",
    use="for the feasible figure of each product",
    needs_targets=True,
    is_share=True,
    reading="proportional",
    keys={
        "proportional.weights": Key(
            ("series", "rows"),
            "of the objective `proportional`: one vote for all figures of one thing (`series`), or for each (`rows`)",
        ),
    },
)
def proportional(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """The share reached at once, which stands first; the shares of each are found by solving again."""
    return attainment(facts, plan, question)


@objective(
    "balanced",
    says="the worst share raised as far as it goes, then settled, then the next: lexicographic max-min",
    within="the share to which the figures are reached",
    use="where no share may be raised at the cost of a worse one, be it ever so little: one bottleneck then holds down "
    "everything that takes a little of it",
    needs_targets=True,
    is_share=True,
    reading="balanced",
)
def balanced(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """The first step of the lexicographic max-min; the rest is done by solving again."""
    return attainment(facts, plan, question)


@objective(
    "shortfall",
    says="the least weighted sum of shortfalls, each as a share of its target",
    within="the sum of shortfalls",
    use="where some targets may be given up wholly",
    needs_targets=True,
    reading="missed",
)
def shortfall(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """The least weighted sum of shortfalls, each as a share of its target; single targets may be given up wholly."""
    targets = plan.targets
    weights = targets.frame["weight"].to_numpy(dtype=float) * targets.scaled
    return Goal(
        "min",
        _row(weights) @ plan.missed,
        "sum of shares",
        "the weighted sum of shortfalls, each as a share of its target",
    )


@objective(
    "by_period",
    says="the greatest sum over periods of the share to which all figures of each are reached, none counted above one",
    within="the sum over periods of the share reached",
    use="where each period counts by itself and a hopeless one holds down no other; `attainment` raises the worst",
    needs_targets=True,
    reading="by_period",
)
def by_period(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """The least sum over periods of the share by which all figures of each are missed."""
    first = np.zeros(len(plan.targets.frame))
    first[np.unique(plan.targets.first_of_period[plan.targets.scaled])] = 1.0
    return Goal("min", _row(first) @ plan.missed, "shares", "the sum over periods of the share that is missed")


@objective(
    "output",
    says="the most output of all periods, as a multiple of that of the base period",
    within="output of all periods",
    use="to see what else could be made, as a second objective above all",
)
def output(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """Mean output over periods against that of the base period: at base prices where every product has one, else all alike."""
    goods, base = facts.country.products, facts.base_totals
    known = base > 0.0
    if not known.any():
        raise DataError(
            [Finding("E178", "actuals.csv", (), "period", facts.economy.base_period, _NO_BASE)], facts.economy.folder
        )
    prices = np.where(known, facts.prices[goods.first], 1.0)
    worth = np.where(known, 1.0 if np.isnan(prices).any() else prices * base, 0.0)
    each = np.divide(worth / worth.sum(), base, out=np.zeros(len(base)), where=known)
    weights = np.outer(each, facts.time.length / facts.time.length.sum())
    made = COUNTED["output"].block(facts, plan)
    return Goal(
        "max", _row(weights.ravel()) @ made, "level, base period = 1", "output of all periods against the base period"
    )


_NO_BASE = "No output of the base period is known, so there is nothing that output could be held against. Add it to actuals.csv."


@objective(
    "consumption",
    says="discounted household consumption, or its level in one period",
    within="household consumption",
    use="for what the plan gave up",
    keys={
        "consumption.discount": Key(float, "of the objective `consumption`: rate per period"),
        "consumption.period": Key(str, "of the objective `consumption`: its one period"),
    },
)
def consumption(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """Discounted household consumption, or its level in one period."""
    if question.consumption_period:
        weights = (facts.periods == question.consumption_period).astype(float)
    else:
        opening = facts.time.opening(facts.T)[:-1]
        weights = facts.time.length / to_the(np.full(facts.T, 1.0 + question.discount), opening)
        weights = weights / total(weights)
    return Goal(
        "max",
        _row(weights) @ plan.consumption,
        "level per head, base period = 1",
        "the level of household consumption per head",
    )


@objective(
    "terminal_capital",
    says="plant in the last period, at given weights or at its cost",
    within="plant in the last period",
    use="for growth after the plan",
    keys={"terminal_capital.weights": Key(dict, "table of capacity = weight")},
)
def terminal_capital(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """Plant in existence in the last period, at given weights or at what it costs to build."""
    weights = np.zeros((len(facts.capacities), facts.T))
    if question.capital_weights:
        for capacity, weight in question.capital_weights.items():
            weights[facts.standing("capacity", capacity), -1] = weight
        unit = "weighted units"
    else:
        weights[:, -1] = facts.plant.cost
        unit = facts.economy.value_unit
    return Goal("max", _row(weights.ravel()) @ plan.capacity, unit, "plant in existence at the end")


@objective(
    "net_revenue",
    says="the most revenue less cost, discounted where the economy or the question has a rate",
    within="net revenue",
    use="for an enterprise, or a country, that buys and sells",
    of_money=True,
)
def net_revenue(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """Revenue less cost of all periods, in one currency, each period's discounted."""
    return Goal("max", *_discounted(facts, plan, question, "net revenue"))


@objective(
    "least_cost",
    says="the least cost less revenue, discounted where the economy or the question has a rate",
    within="cost",
    use="for the cheapest way to meet what is asked for",
    of_money=True,
)
def least_cost(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """Cost less revenue of all periods, in one currency, each period's discounted."""
    body, unit, says = _discounted(facts, plan, question, "cost less revenue")
    return Goal("min", -body, unit, says)


def _discounted(facts: Arrays, plan: Variables, question: Question, says: str) -> tuple[Expression, str, str]:
    """Net revenue of all periods together, with what is due after them, its currency, and what it is in words."""
    economy = facts.economy
    currency = question.currency or str(facts.currencies[0])
    rule = economy.discounting
    rule = rule if question.money_discount is None else replace(rule, rate=question.money_discount)
    whole = dict(zip(economy.periods, facts.time.whole, strict=True))  # money of a part is that of its whole
    rule = replace(rule, to=whole.get(rule.to, rule.to))
    periods = facts.money.periods
    weights = np.zeros((len(facts.currencies), periods))
    weights[facts.position("currency", currency)] = rule.weights(*_dates(facts, periods))
    net = money(facts, plan, "revenue", periods, rule.rate) - money(facts, plan, "cost", periods, rule.rate)
    later = ", with what is due after the last period" if periods > facts.T else ""
    return _row(weights.ravel()) @ net, currency, says + later + rule.words(facts.time.wholes)


def _dates(facts: Arrays, periods: int) -> tuple[str, list[str], Sequence[float]]:
    """The base period, the wholes of so many periods from the first, and where these are not even, when each opens."""
    base, time = facts.economy.base_period, facts.time
    if time.even:
        return base, facts.later(periods).tolist(), ()
    labels = [*time.whole, *facts.later(periods)[facts.T :]]
    opening = time.opening(periods)[:-1]
    first = [labels.index(label) for label in labels]
    return base, labels, opening[first].tolist()


@objective(
    "own",
    says="a weighted sum of any measures",
    within="the weighted sum that is asked for",
    use="for anything else",
    keys={
        "own.sense": Key(("max", "min"), "`max` or `min`"),
        "own.terms": Key(list, "list of `{ measure, item, period, weight }`"),
    },
)
def own(facts: Arrays, plan: Variables, question: Question) -> Goal:
    """A user's weights on any measures."""
    terms = [(term.measure, term.item, term.period) for term in question.terms]
    weights = np.array([term.weight for term in question.terms])
    units = {unit_of(facts, MEASURES[measure], item) for measure, item, _ in terms}
    own_unit = units.pop() if len(units) == 1 and (weights == 1.0).all() else ""
    body = _row(weights) @ functional(facts, plan, terms)
    return Goal(question.sense, body, own_unit or "weighted units", question.title)
