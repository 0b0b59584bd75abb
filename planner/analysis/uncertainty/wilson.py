"""Wilson's interval of a share."""

from __future__ import annotations

from math import sqrt

__all__ = ["wilson"]

Z = 1.959963984540054  # of a 95 % interval


def wilson(successes: int, draws: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share; it is of use for none and for all, too.

    Args:
        successes: how many.
        draws: of how many.

    >>> [round(end, 4) for end in wilson(5, 10)], [round(end, 4) for end in wilson(0, 100)]
    ([0.2366, 0.7634], [0.0, 0.037])
    """
    if not draws:
        return 0.0, 1.0
    share, weight = successes / draws, Z * Z / draws
    middle = (share + weight / 2) / (1 + weight)
    half = Z * sqrt(share * (1 - share) / draws + weight / (4 * draws)) / (1 + weight)
    return (0.0 if not successes else middle - half), (1.0 if successes == draws else middle + half)
