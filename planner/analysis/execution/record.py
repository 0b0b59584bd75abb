"""What is written down while a plan is played: books by period, and the first shortage of each good at each branch."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from planner.analysis.execution.setting import Setting
from planner.formulation.measures import periods_of
from planner.program import Codes, Vector

__all__ = ["Played", "Record"]


@dataclass(eq=False)
class Record:
    """Books, filled while the plan is played; outputs by product (P, T), activities (J, T).

    Args:
        setting: what is played, by which rules.
    """

    setting: Setting
    x: Vector = field(init=False)

    def __post_init__(self) -> None:
        """Empty books."""
        world = self.setting.world
        P, J, K, T = (*map(len, (world.facts.products, world.facts.activities, world.facts.capacities)), world.played)
        self.x, self.asked_of, self.reported, self.useful = (np.zeros((J, T)) for _ in range(4))
        self.used, self.built, self.delivered, self.imported = (np.zeros((P, T)) for _ in range(4))
        self.households, self.held, self.pool, self.lost = (np.zeros((P, T)) for _ in range(4))
        self.opening = np.zeros(P)
        self.quarters = np.zeros((J, 4 * T))
        self.begun, self.finished, self.plant = (np.zeros((K, T)) for _ in range(3))
        self.hands, self.unfinished, self.stopped = np.zeros(T), np.zeros(T), np.zeros(T)
        self.shortages: list[tuple[int, int, int, int, float]] = []  # period, month, product, branch, share there was
        self._seen = np.zeros((P, J + K), bool)

    def short(self, t: int, month: int, branches: Codes, goods: Codes, shares: Vector) -> None:
        """Write down what stopped whom, the first time it does.

        Args:
            t: the period.
            month: of it.
            branches: activities, or works by kind of plant after them.
            goods: what each lacked most.
            shares: of its needs that each had of it.
        """
        pair = branches * len(self.opening) + goods
        _, once = np.unique(pair, return_index=True)  # works begun at several times are one kind
        branches, goods, shares = branches[once], goods[once], shares[once]
        new = ~self._seen[goods, branches]
        self._seen[goods[new], branches[new]] = True
        some = zip(goods[new].tolist(), branches[new].tolist(), shares[new].tolist(), strict=True)
        self.shortages += [(t, month, good, branch, share) for good, branch, share in some]


@dataclass(frozen=True, eq=False)
class Played:
    """A plan as it was played.

    Args:
        record: the books.
    """

    record: Record

    @property
    def setting(self) -> Setting:
        """What was played, by which rules."""
        return self.record.setting

    def of_products(self, activities: Vector) -> Vector:
        """Amounts of activities as outputs of products, shape (P, T)."""
        return np.asarray(np.einsum("tpj,jt->pt", self.setting.world.makes, activities))

    @property
    def made(self) -> Vector:
        """Output of each product, shape (P, T)."""
        return self.of_products(self.record.x)

    @property
    def output(self) -> Vector:
        """Output of what is followed as a share of the benchmark's, by labour embodied, shape (T,)."""
        world = self.setting.world
        value = world.value * world.followed
        return _share(value @ self.made, value @ world.output)

    @property
    def households(self) -> Vector:
        """What households got as a share of what they were promised, by labour embodied, shape (T,)."""
        world = self.setting.world
        return _share(world.value @ self.record.households, np.einsum("p,tp->t", world.value, world.others[:, :, 0]))

    @property
    def unfinished(self) -> Vector:
        """Works in progress at the end of each period as a multiple of the benchmark's, shape (T,)."""
        return _share(self.record.unfinished, self.setting.world.unfinished)

    @property
    def hands(self) -> Vector:
        """Hands hired by production as a multiple of the benchmark's, shape (T,)."""
        return _share(self.record.hands, self.setting.world.hands)

    @property
    def mean(self) -> float:
        """The mean over periods of ``output``."""
        known = self.output[np.isfinite(self.output)]
        return float(known.mean()) if len(known) else float("nan")

    @property
    def figures(self) -> float:
        """Least share of an output figure that is made in its period; ``nan`` where there is none."""
        formulation, made = self.setting.world.benchmark.formulation, self.made
        targets, facts = formulation.targets, formulation.facts
        found = []
        for (measure, item, text), official, wanted in zip(targets.terms, targets.official, targets.floor, strict=True):
            when = periods_of(text, list(facts.periods))
            if (
                measure == "output"
                and wanted
                and official > 0
                and item in facts.positions("product")
                and len(when) == 1
            ):
                found.append(made[facts.position("product", item), when[0]] / official)
        return float(min(found)) if found else float("nan")

    @property
    def imbalance(self) -> float:
        """Largest difference in the books of any product over all periods, as a share of what passed through them."""
        book = self.record
        came = book.opening[:, None] * (np.arange(book.x.shape[1]) == 0) + self.made + book.imported
        went = book.used + book.built + book.delivered + book.lost
        left = book.pool + book.held
        before = np.hstack([np.zeros((len(left), 1)), left[:, :-1]])
        return float((np.abs(before + came - went - left) / (1.0 + came)).max(initial=0.0))


def _share(of: Vector, whole: Vector) -> Vector:
    share: Vector = np.divide(of, whole, out=np.full(len(whole), np.nan), where=whole > 0)
    return share
