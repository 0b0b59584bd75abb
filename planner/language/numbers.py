"""Numbers and shares as a reader says them, in every layer alike."""

from __future__ import annotations

import numpy as np

__all__ = ["number", "percent"]


def number(value: float, significant: int = 4) -> str:
    """Four significant digits at least, thousands apart; an exponent only where there would be a row of zeros, a dash for none.

    Args:
        value: the number.
        significant: digits that are shown at least, zeros at the end left out.

    >>> number(102.5), number(0.48166), number(12345.6), number(float("nan")), number(5.0)
    ('102.5', '0.4817', '12,346', '–', '5')
    >>> number(-2.5e-9), number(7.2e7), number(7.2e16), number(0.0000025)
    ('-2.5e-09', '72,000,000', '7.2e+16', '0.0000025')
    >>> number(538.81120398, 9), number(515033.0, 9)
    ('538.811204', '515,033')
    """
    if not np.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    if not 1e-6 <= abs(value) < 1e15:
        return f"{value:.{significant}g}"
    digits = max(0, significant - 1 - int(np.floor(np.log10(abs(value)))))
    text = f"{value:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float, digits: int = 1) -> str:
    """A share in per cent.

    >>> percent(0.48166), percent(float("nan")), percent(float("inf"))
    ('48.2 %', '–', 'no limit')
    """
    if np.isnan(share):
        return "–"
    return "no limit" if np.isinf(share) or share >= 999.0 else f"{100.0 * share:.{digits}f} %"
