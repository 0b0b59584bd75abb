"""The table of objectives: what a plan is asked to do best, one row each, from which keys, words and answers follow."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from planner.economy.arrays import Arrays
from planner.economy.measures import MEASURES
from planner.formulation.measures import functional, money, unit_of
from planner.formulation.named import is_share
from planner.formulation.variables import Variables
from planner.program import Expression, Matrix, to_the, total

if TYPE_CHECKING:
    from planner.formulation.question import Question

Reading = Literal["proportional", "balanced", "common", "missed", "by_period", "planned"]


@dataclass(frozen=True)
class Goal:
    """What is optimised: sense, an expression of one row, its unit and the sentence that says it."""

    sense: Literal["max", "min"]
    body: Expression
    unit: str
    says: str

    @property
    def is_share(self) -> bool:
        """Whether its value is a share of the figures, so that 1 means that all are met."""
        return is_share(self.unit)


State = Callable[[Arrays, Variables, "Question"], Goal]


@dataclass(frozen=True)
class Key:
    """A key of a model file.

    Args:
        wanted: a type, or the words (and types) allowed.
        says: what it may be, for readers.
    """

    wanted: Any
    says: str


@dataclass(frozen=True)
class Objective:
    """An objective.

    Args:
        name: as in model files.
        says: what is sought, as a clause.
        within: the same within a sentence, where that is another.
        use: for which purpose.
        state: makes the goal.
        needs_targets: whether it is about official figures.
        is_share: whether its value is the share of them reached at once.
        of_money: whether its value is money, of one currency.
        reading: how the share of each target is read off: ``proportional`` (what some gain weighed against what others lose),
            ``balanced`` (one after another, none at the cost of a worse one),
            ``common`` (one θ for all), ``missed`` (each may be missed by itself, and the program has unknowns for it),
            ``by_period`` (those of one period together), or as it is ``planned``.
        keys: keys of a model file that only this objective reads, by name with a dot: ``consumption.discount``.
    """

    name: str
    says: str
    within: str
    use: str
    state: State
    needs_targets: bool
    is_share: bool
    of_money: bool
    reading: Reading
    keys: Mapping[str, Key]

    def goal(self, facts: Arrays, plan: Variables, question: Question) -> Goal:
        """What is optimised.

        Raises:
            ValueError: the unit of the goal contradicts what the objective says of itself.
        """
        goal = self.state(facts, plan, question)
        if goal.is_share != self.is_share:
            raise ValueError(f'The objective "{self.name}" has the unit "{goal.unit}" and is_share={self.is_share}.')
        return goal


OBJECTIVES: dict[str, Objective] = {}


def objective(
    name: str,
    *,
    says: str,
    use: str,
    within: str = "",
    needs_targets: bool = False,
    is_share: bool = False,
    of_money: bool = False,
    reading: Reading = "planned",
    keys: Mapping[str, Key] | None = None,
) -> Callable[[State], State]:
    """Register a function as the objective of a name; its row feeds model files, answers and documents.

    Args:
        name: letters, digits and ``_``.
        says: as in ``Objective``.
        within: as in ``Objective``.
        use: as in ``Objective``.
        needs_targets: as in ``Objective``.
        is_share: as in ``Objective``.
        of_money: as in ``Objective``.
        reading: as in ``Objective``.
        keys: as in ``Objective``.

    Raises:
        ValueError: something in the row contradicts the rest of it, or another function bears the name.
    """
    if not re.fullmatch(r"[A-Za-z]\w*", name, re.ASCII):
        raise ValueError(f'"{name}" is no name for an objective: a letter, then letters, digits and "_".')
    if not says or not use:
        raise ValueError(f'The objective "{name}" must say what is sought and what for.')
    of_shares = reading in ("proportional", "balanced", "common")
    if is_share != of_shares or (reading != "planned" and not needs_targets):
        raise ValueError(
            f'The objective "{name}" contradicts itself: shares are read of targets (needs_targets), and where the value is '
            'a share of them (is_share) each target\'s is that one (reading "common") or its own ("proportional", "balanced").'
        )
    wrong = [key for key in keys or () if not re.fullmatch(r"[a-z]\w*\.[a-z]\w*", key)]
    if wrong:
        raise ValueError(f'The objective "{name}" has the key "{wrong[0]}"; a key is written TABLE.KEY.')

    def register(state: State) -> State:
        there = OBJECTIVES.get(name)
        if there is not None and _home(there.state) != _home(state):
            raise ValueError(f'There is an objective "{name}" already, in {there.state.__module__}.')
        taken = {key: o.name for o in OBJECTIVES.values() if o.name != name for key in o.keys}
        twice = [key for key in keys or () if key in taken]
        if twice:
            raise ValueError(f'The key "{twice[0]}" belongs to the objective "{taken[twice[0]]}" already.')
        OBJECTIVES[name] = Objective(
            name, says, within or says, use, state, needs_targets, is_share, of_money, reading, dict(keys or {})
        )
        return state

    return register


def _home(state: State) -> tuple[str, str]:
    return state.__module__, state.__qualname__


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
