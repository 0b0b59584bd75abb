"""Numbers as model files write them, exactly."""

from __future__ import annotations

import re
from fractions import Fraction

INFINITE = Fraction(10) ** 20  # both formats: what is as large as this stands for infinity
INFINITY_WORDS = ("inf", "infinity")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eEdD][+-]?\d+)?", re.ASCII)
_LONGEST = 400  # digits
_GREATEST, _LEAST = Fraction(10) ** 300, Fraction(1, 10**300)


def number(text: str) -> Fraction | None:
    """A decimal, exactly; ``None`` for what is no number, or none that a solver could hold.

    Args:
        text: digits with at most one point; the exponent begins with e, or d as Fortran writes it.

    >>> number("1.5D+1"), number("-.25"), number("1e-13"), number("nan"), number("0x10"), number("1e400")
    (Fraction(15, 1), Fraction(-1, 4), Fraction(1, 10000000000000), None, None, None)
    """
    found = _NUMBER.fullmatch(text)
    if not found or len(text) > _LONGEST:
        return None
    exponent = found.group(2)
    if exponent and len(exponent.lstrip("eEdD+-0")) > 3:
        return None if any(sign in "123456789" for sign in found.group(1)) else Fraction(0)
    value = Fraction(text.lower().replace("d", "e"))
    return value if value == 0 or _LEAST <= abs(value) <= _GREATEST else None


def infinity(text: str) -> int:
    """The sign of a word for infinity, or 0 where it is none.

    >>> infinity("-Inf"), infinity("+infinity"), infinity("4")
    (-1, 1, 0)
    """
    sign = -1 if text.startswith("-") else 1
    return sign if text.lstrip("+-").lower() in INFINITY_WORDS else 0


def written(value: Fraction, digits: int = 17, *, up: bool | None = None) -> str:
    """A fraction as decimal text: exactly where that is possible, else rounded to some digits.

    Args:
        value: any.
        digits: of the rounded number.
        up: round upwards, or downwards, or to the nearest (``None``).

    >>> written(Fraction(1, 10)), written(Fraction(1, 3), 5, up=True), written(Fraction(10)**13), written(Fraction(1, 10**13))
    ('0.1', '0.33334', '10000000000000', '1e-13')
    """
    if exact := _terminating(value):
        return exact
    whole_part = abs(value.numerator) // value.denominator
    ahead = len(str(whole_part)) if whole_part else -_zeros(abs(value))
    shift = digits - ahead
    scaled = value * Fraction(10) ** shift
    whole = round(scaled) if up is None else -(-scaled.numerator // scaled.denominator) if up else scaled.__floor__()
    return _terminating(Fraction(whole) / Fraction(10) ** shift) or repr(float(value))


def _zeros(value: Fraction) -> int:
    """Zeros between the point and the first digit of a number below one, or thereabouts."""
    return max(0, len(str(value.denominator)) - len(str(value.numerator)) - 1)


def _terminating(value: Fraction) -> str | None:
    """The decimal of a fraction that has one of reasonable length."""
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    places = max(twos, fives)
    if rest != 1 or places > _LONGEST:
        return None
    whole = str(abs(value.numerator) * 10**places // value.denominator)
    sign = "-" if value < 0 else ""
    if places == 0:
        stripped = whole.rstrip("0")
        zeros = len(whole) - len(stripped)
        return sign + (f"{stripped}e{zeros}" if zeros > 15 and stripped else whole)
    if places > 12 and len(whole) + 6 < places:
        return f"{sign}{whole}e-{places}"
    whole = whole.rjust(places + 1, "0")
    return f"{sign}{whole[:-places]}.{whole[-places:]}"
