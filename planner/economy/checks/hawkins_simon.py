"""Whether techniques can feed themselves: the Hawkins-Simon condition, with a choice of techniques and joint products."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["Guilty", "InputOutput", "guilty_blocks", "obtainable", "productive"]

Vector = npt.NDArray[np.float64]
Codes = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]

_MOST_DENSE = 400  # products for which a dense system is solved, for a message
_ROUNDS = 400  # of a geometric iteration; whatever needs more is left to the linear program


@dataclass(frozen=True)
class InputOutput:
    """Inputs and outputs of activities as parallel arrays, one entry a coefficient.

    Args:
        products: number of products.
        used: product of each input; unit: position.
        user: activity of each input.
        takes: input per unit of activity, > 0.
        made: product of each output.
        maker: activity of each output.
        makes: output per unit of activity, > 0.
    """

    products: int
    used: Codes
    user: Codes
    takes: Vector
    made: Codes
    maker: Codes
    makes: Vector

    @property
    def activities(self) -> int:
        """Number of activities."""
        return int(max(self.user.max(initial=-1), self.maker.max(initial=-1))) + 1

    def block(self, inside: Mask) -> InputOutput:
        """The technology seen by some products only: the inputs from outside cost nothing, other outputs are lost."""
        made = inside[self.made]
        concerned = np.zeros(self.activities, dtype=bool)
        concerned[self.maker[made]] = True
        return self.some(inside[self.used] & concerned[self.user], made)

    def some(self, used: Mask, made: Mask) -> InputOutput:
        """The technology with some of its inputs and some of its outputs.

        Args:
            used: which inputs, shape (inputs,).
            made: which outputs, shape (outputs,).
        """
        return InputOutput(
            self.products,
            self.used[used],
            self.user[used],
            self.takes[used],
            self.made[made],
            self.maker[made],
            self.makes[made],
        )

    def cheapest(self) -> Codes:
        """For each product the output entry that is cheapest at prices which count every product alike, −1 if none.

        Prices follow from techniques and techniques from prices, in turn; they are scaled down when they run away.
        """
        price, choice = np.ones(self.products), np.full(self.products, -1, dtype=np.intp)
        choice[self.made] = np.arange(len(self.made))
        if (choice >= 0).sum() == len(self.made):  # none is made in two ways
            return choice
        for _ in range(_ROUNDS):
            cost = np.bincount(self.user, self.takes * price[self.used], self.activities) + 1.0
            asked = cost[self.maker] / self.makes
            order = np.lexsort((asked, self.made))
            first = order[np.unique(self.made[order], return_index=True)[1]]
            before, price = price, np.zeros(self.products)
            price[self.made[first]] = asked[first]
            price /= max(1.0, price.max() / 1e100)
            choice[self.made[first]] = first
            if np.allclose(price, before, rtol=1e-6, atol=0):
                break
        return choice


def productive(technology: InputOutput) -> bool:
    """Whether some levels of the activities leave more of every product that is made than goes into making it.

    A quick proof comes first: with one technique a product, ``v, Av, A²v …`` (``v`` = 1 of each) falls below 1 in every
    product; then ``x = v + Av + …`` leaves a surplus. If it does not come, a linear program decides.

    Args:
        technology: inputs of products that nobody makes are taken to be free.

    Returns:
        True if productive.

    References:
        Hawkins and Simon 1949; Gale 1960 for joint outputs and choice.

    >>> one = np.array([0]); half = np.array([0.5])
    >>> productive(InputOutput(1, one, one, half, one, one, np.array([1.0])))
    True
    >>> productive(InputOutput(1, one, one, 2 * half, one, one, np.array([1.0])))
    False
    """
    inside = np.zeros(technology.products, dtype=bool)
    inside[technology.made] = True
    block = technology.block(inside)
    if not len(block.used):
        return True
    return _falls(block, inside) or not _prices_of_loss(block).any()


def obtainable(technology: InputOutput, free: Mask, activities: int) -> tuple[Mask, Mask]:
    """Which activities can run, and which products can be had, if nothing limits the levels.

    An activity can run if some levels, its own above 0, leave no product short; a product can be had if some levels
    leave more of it than they take, and no other short. Unlike with `productive`, a product of which nothing is over
    does no harm to those who need none of it: a catalyst given back in full, a herd kept for its milk.

    Args:
        technology: the techniques.
        free: products that come from elsewhere, shape (products,).
        activities: how many there are; those without any entry can run.

    Returns:
        Which activities can run, shape (activities,), and which products can be had, shape (products,).

    >>> takes_itself = InputOutput(2, np.array([0]), np.array([0]), np.ones(1), np.array([0, 1]), np.array([0, 0]), np.ones(2))
    >>> runs, had = obtainable(takes_itself, np.zeros(2, dtype=bool), 1)
    >>> runs.tolist(), had.tolist()  # one unit of the first product is lent, the second comes of it
    ([True], [False, True])
    """
    runs, had = np.ones(activities, dtype=bool), free.copy()
    while True:  # what takes something that nobody has is out, and then what takes its products, and so on
        had = free.copy()
        had[technology.made[runs[technology.maker]]] = True
        starved = runs[technology.user] & ~had[technology.used]
        if not starved.any():
            break
        runs[technology.user[starved]] = False
    inside = had & ~free
    block = technology.some(
        runs[technology.user] & inside[technology.used], runs[technology.maker] & inside[technology.made]
    )
    if not len(block.used) or _falls(block, inside):
        return runs, had
    return _largest_support(block, runs, had, inside)


def _largest_support(block: InputOutput, runs: Mask, had: Mask, inside: Mask) -> tuple[Mask, Mask]:
    """The activities and surpluses that some levels have above 0: these levels are a cone, so one solve finds all."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    rows, columns = np.flatnonzero(inside), np.flatnonzero(runs)
    at, by = np.full(len(inside), -1, dtype=np.intp), np.full(len(runs), -1, dtype=np.intp)
    at[rows], by[columns] = np.arange(len(rows)), np.arange(len(columns))
    row, column = np.concatenate([at[block.used], at[block.made]]), np.concatenate([by[block.user], by[block.maker]])
    value = np.concatenate([block.takes, -block.makes])
    value = value * _balanced(row, column, np.abs(value), (len(rows), len(columns)))
    levels, surplus = np.arange(len(columns)), np.arange(len(rows))
    width = 2 * len(columns) + len(rows)  # levels, then of each level and each surplus the part that counts: at most 1
    balance: Any = csr_array(
        (
            np.concatenate([value, np.ones(len(rows)), np.full(len(columns), -1.0), np.ones(len(columns))]),
            (
                np.concatenate([row, surplus, len(rows) + levels, len(rows) + levels]),
                np.concatenate([column, 2 * len(columns) + surplus, levels, len(columns) + levels]),
            ),
        ),
        shape=(len(rows) + len(columns), width),
    )
    bounds = [(0.0, np.inf)] * len(columns) + [(0.0, 1.0)] * (width - len(columns))
    cost = np.append(np.zeros(len(columns)), np.full(width - len(columns), -1.0))
    answer = linprog(cost, A_ub=balance, b_ub=np.zeros(balance.shape[0]), bounds=bounds, method="highs")
    if answer.x is None:
        return runs, had  # nothing is proved against anybody
    runs, had = runs.copy(), had.copy()
    runs[columns] = answer.x[len(columns) : 2 * len(columns)] > 0.5
    had[rows] = answer.x[2 * len(columns) :] > 0.5
    return runs, had


def _balanced(row: Codes, column: Codes, size: Vector, shape: tuple[int, int]) -> Vector:
    """Factors, row scale times column scale for each entry, that bring the entries near 1 whatever the units are."""
    logs, down, across = np.log2(size), np.zeros(shape[0]), np.zeros(shape[1])
    many = np.maximum(np.bincount(row, minlength=shape[0]), 1), np.maximum(np.bincount(column, minlength=shape[1]), 1)
    for _ in range(8):
        down = -np.bincount(row, logs + across[column], shape[0]) / many[0]
        across = -np.bincount(column, logs + down[row], shape[1]) / many[1]
    factors: Vector = np.exp2(np.round(down)[row] + np.round(across)[column])
    return factors


def _falls(block: InputOutput, inside: Mask) -> bool:
    choice = block.cheapest()
    chosen, entry = np.flatnonzero(choice >= 0), choice[choice >= 0]
    need = inside.astype(np.float64)
    for _ in range(_ROUNDS):
        level = np.bincount(block.maker[entry], need[chosen] / block.makes[entry], block.activities)
        need = np.bincount(block.used, block.takes * level[block.user], block.products).astype(np.float64)
        if need.max() < 1.0:
            return True
        if need.max() > 1e100:
            break
    return False


def _prices_of_loss(block: InputOutput) -> Mask:
    """Products that carry a price at which no activity makes a gain; none if the block is productive."""
    from scipy.optimize import linprog  # only here: the proof above spares most economies its import
    from scipy.sparse import csr_array

    rows, count = np.unique(block.made), block.activities
    at = np.full(block.products, -1, dtype=np.intp)
    at[rows] = np.arange(len(rows))
    value = np.concatenate([block.takes, -block.makes, np.ones(len(rows))])  # uses − outputs + surplus <= 0
    row = np.concatenate([at[block.used], at[block.made], np.arange(len(rows))])
    column = np.concatenate([block.user, block.maker, np.full(len(rows), count)])
    balance: Any = csr_array((value, (row, column)), shape=(len(rows), count + 1))
    bounds = [(0.0, np.inf)] * count + [(0.0, 1.0)]
    cost = np.append(np.zeros(count), -1.0)
    answer = linprog(cost, A_ub=balance, b_ub=np.zeros(len(rows)), bounds=bounds, method="highs")
    priced = np.zeros(block.products, dtype=bool)
    if answer.x is not None and answer.x[-1] < 0.5:  # the surplus is 1 or, if none can be had, 0
        priced[rows] = np.abs(answer.ineqlin.marginals) > 1e-9
    return priced


@dataclass(frozen=True)
class Guilty:
    """A set of products that eats more than it makes.

    Args:
        products: positions of the products.
        inputs: positions in ``InputOutput.used`` of the inputs that weigh most, heaviest first.
        head: the product with the greatest weight.
        share: what a unit of the head takes of itself, directly and through the others; >= 1.
    """

    products: Codes
    inputs: Codes
    head: int
    share: float


def guilty_blocks(technology: InputOutput) -> list[Guilty]:
    """The smallest sets of products, each needing all the others, that eat more than they make of themselves.

    Inputs from outside a set are taken to be free.

    Args:
        technology: one that is not productive.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    shape = (technology.products, technology.activities)
    takes = csr_array((np.ones(len(technology.used)), (technology.used, technology.user)), shape=shape)
    makes = csr_array((np.ones(len(technology.made)), (technology.made, technology.maker)), shape=shape)
    count, block = connected_components(takes @ makes.T, directed=True, connection="strong")
    result = []
    busy = np.zeros(count, dtype=bool)
    busy[block[technology.used]] = True
    for number in np.flatnonzero(busy).tolist():
        inside = block == number
        part = technology.block(inside)
        if len(part.used) and not productive(part):
            result.append(_weighed(technology, inside))
    if not result:
        everywhere = np.zeros(technology.products, dtype=bool)
        everywhere[technology.made] = True
        result.append(_weighed(technology, _prices_of_loss(technology.block(everywhere))))
    return result


def _weighed(technology: InputOutput, inside: Mask) -> Guilty:
    """Weigh the inputs of a set of products that is not productive, at the cheapest techniques."""
    part = technology.block(inside)
    choice = part.cheapest()
    chosen = choice[choice >= 0]
    product_of = np.full(part.activities, -1, dtype=np.intp)
    product_of[part.maker[chosen]] = part.made[chosen]
    per_unit = np.ones(part.activities)
    per_unit[part.maker[chosen]] = part.makes[chosen]
    kept = product_of[part.user] >= 0
    used, maker, value = part.used[kept], product_of[part.user[kept]], part.takes[kept] / per_unit[part.user[kept]]
    level, price, root = np.ones(part.products), np.ones(part.products), 1.0
    for _ in range(_ROUNDS):  # of A + I, which has no cycles of sign
        level = level + np.bincount(used, value * level[maker], part.products)
        price = price + np.bincount(maker, value * price[used], part.products)
        root, level, price = level.max() - 1.0, level / level.max(), price / price.max()
    weight = price[used] * value * level[maker]
    head = int(np.argmax(price * level * inside))
    heaviest = np.lexsort((-weight, maker != head))
    heaviest = heaviest[weight[heaviest] > 0.05 * weight.max(initial=0.0)]
    concerned = np.isin(np.arange(technology.activities), part.maker)
    places = np.flatnonzero(inside[technology.used] & concerned[technology.user])[kept]  # of the inputs of `part`
    share = _own_share(used, maker, value, np.flatnonzero(inside), head)
    return Guilty(np.flatnonzero(inside), places[heaviest], head, share or float(root))


def _own_share(used: Codes, maker: Codes, value: Vector, products: Codes, head: int) -> float:
    """What a unit of one product takes of itself through the others; 0 if these cannot even feed themselves."""
    if len(products) > _MOST_DENSE:
        return 0.0
    at = np.searchsorted(products, [used, maker])
    takes = np.zeros((len(products), len(products)))
    np.add.at(takes, (at[0], at[1]), value)
    first = int(np.searchsorted(products, head))
    rest = np.delete(np.arange(len(products)), first)
    leontief = np.eye(len(rest)) - takes[np.ix_(rest, rest)]
    try:
        chain = np.linalg.solve(leontief, takes[rest, first])
    except np.linalg.LinAlgError:
        return 0.0
    share = float(takes[first, first] + takes[first, rest] @ chain)
    return share if share >= 1.0 and (chain >= 0).all() else 0.0
