"""What techniques can do in one period when some products come from elsewhere, and what stands in their way."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd

from planner.economy.checks.base_technology import BaseTechnology, Mask
from planner.economy.checks.hawkins_simon import Codes, Guilty, guilty_blocks, obtainable, productive

__all__ = ["Reach"]


class Reach:
    """What can run and what can be had.

    Args:
        base: the techniques in force.
        free: products that come from elsewhere, shape (products,).
        ahead: whether what is taken ahead is counted, or for nothing.
    """

    def __init__(self, base: BaseTechnology, free: Mask, *, ahead: bool) -> None:
        """Keep them."""
        self.base, self.free = base, free
        self.technology = base.whole if ahead else base.at_once
        self._counted = np.ones(len(base.ahead), dtype=bool) if ahead else ~base.ahead

    @cached_property
    def _found(self) -> tuple[Mask, Mask]:
        return obtainable(self.technology, self.free, len(self.base.activities))

    @property
    def runs(self) -> Mask:
        """Activities that can run, shape (activities,)."""
        return self._found[0]

    @property
    def had(self) -> Mask:
        """Products of which some can be over, shape (products,)."""
        return self._found[1]

    @cached_property
    def made(self) -> Mask:
        """Products that an activity makes which can run, shape (products,)."""
        result = np.zeros(len(self.had), dtype=bool)
        result[self.technology.made[self.runs[self.technology.maker]]] = True
        return result

    @cached_property
    def _lent(self) -> Mask:
        """Inputs that their own activity gives back in full, shape (inputs,)."""
        technology, products = self.technology, len(self.had)
        back = pd.Series(technology.makes).groupby(technology.maker * products + technology.made).sum()
        lent: Mask = (
            back.reindex(technology.user * products + technology.used).fillna(0.0).to_numpy() >= technology.takes
        )
        return lent

    def in_the_way(self, asked: Mask) -> Mask:
        """Products that cannot be had and keep some products from being had, these among them.

        Args:
            asked: which products, shape (products,).
        """
        technology, short = self.technology, ~self.had
        found = asked & short
        blocking = short[technology.used] & ~self._lent
        while True:
            makers = np.zeros(len(self.runs), dtype=bool)
            makers[technology.maker[found[technology.made]]] = True
            more = found.copy()
            more[technology.used[blocking & makers[technology.user]]] = True
            if (more == found).all():
                return found
            found = more

    @cached_property
    def starving(self) -> Mask:
        """Products that are short where they keep an activity from running, and what keeps these from being had."""
        technology = self.technology
        result = np.zeros(len(self.had), dtype=bool)
        result[technology.used[~self.runs[technology.user] & ~self.had[technology.used] & ~self._lent]] = True
        return self.in_the_way(result)

    def guilty(self, roots: Mask, losing: Codes) -> list[Guilty]:
        """The sets of products among some that eat more than they make; inputs are positions in ``base.whole.used``.

        Args:
            roots: products that stand in the way, shape (products,).
            losing: activities that are told of by themselves.
        """
        if not roots.any():
            return []
        whole = self.base.whole
        used = self._counted & ~self.free[whole.used] & ~np.isin(whole.user, losing)
        made = ~self.free[whole.made] & ~np.isin(whole.maker, losing)
        part, places = whole.some(used, made), np.flatnonzero(used)
        if productive(part):
            return []
        found = [guilty for guilty in guilty_blocks(part) if len(guilty.inputs) and roots[guilty.products].any()]
        return [Guilty(g.products, places[g.inputs], g.head, g.share) for g in found]
