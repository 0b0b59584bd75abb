"""Economies that follow one another, and the plan whose figures are asked of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from planner.economy import DataError, Economy, Finding
from planner.formulation import Question

__all__ = ["EconomyChain"]

_OF_GOODS = ("output", "delivery", "export", "import", "stock")  # measures whose figures mean the same on both sides


@dataclass(frozen=True, eq=False)
class EconomyChain:
    """Economies in a row, and what is asked of them.

    Args:
        economies: first to last; each later one says at the end of which period of the one before it begins.
        question: of the share of all figures at once.
        plan: whose figures; of the first economy.
        floors: closure of consumption of each economy, in its own base level.
    """

    economies: tuple[Economy, ...]
    question: Question
    plan: str
    floors: tuple[str | float, ...]

    @property
    def ends(self) -> tuple[str, ...]:
        """Periods at whose end each economy but the first begins."""
        return tuple(economy.heading.opening_period or economy.base_period for economy in self.economies[1:])

    def dates(self, at: int) -> tuple[str, ...]:
        """Periods of an economy that are not yet those of the next.

        Args:
            at: which of them.
        """
        periods = self.economies[at].periods
        return periods[: periods.index(self.ends[at]) + 1] if at < len(self.ends) else periods

    def asked(self, at: int) -> Question:
        """The question as it is put to an economy, with its own floor.

        Args:
            at: which of them.
        """
        return replace(self.question, floor=self.floors[at], floor_by_period={})

    def figures(self, at: int) -> pd.DataFrame:
        """The figures of the plan as a later economy is asked for them: its own of that name, else those of goods in the first.

        Args:
            at: which of the later ones.

        Returns:
            Rows as in the table `targets`.

        Raises:
            DataError: neither has figures that can be asked for.
        """
        first, later = self.economies[0], self.economies[at]
        own = later.tables["targets"]
        own = own[own["plan"] == self.plan]
        if len(own):
            return own.reset_index(drop=True)
        rows = first.tables["targets"]
        rows = rows[
            (rows["plan"] == self.plan) & rows["measure"].isin(_OF_GOODS) & (rows["period"] == first.periods[-1])
        ]
        unit = dict(zip(later.tables["products"]["product"], later.tables["products"]["unit"], strict=True))
        rows = rows[[unit.get(item) == own_unit for item, own_unit in zip(rows["item"], rows["unit"], strict=True)]]
        if rows.empty:
            said = (
                f'"{self.plan}" has no figures of goods that can be asked for of {later.name}. Name a plan of {first.name} that '
                "has."
            )
            raise DataError([Finding("E178", "targets.csv", (), "plan", self.plan, said)], later.folder)
        return rows.assign(origin="").reset_index(drop=True)

    def due(self, at: int, dates: Sequence[str]) -> pd.DataFrame:
        """The figures of the plan, all of them due in each of some periods of a later economy.

        Args:
            at: which of the later ones.
            dates: the periods.
        """
        figures = self.figures(at)
        return pd.concat([figures.assign(period=due) for due in dates], ignore_index=True)

    def up_to(self, at: int, targets: pd.DataFrame, plan: str = "") -> EconomyChain:
        """The economies up to one of them, which is asked for other figures.

        Args:
            at: which of them.
            targets: what it is asked for, in place of what its table holds.
            plan: their name; empty for that of this chain.
        """
        last = self.economies[at].with_tables({"targets": targets})
        return EconomyChain((*self.economies[:at], last), self.question, plan or self.plan, self.floors[: at + 1])
