"""How a sentence counts and lists: one, several, none, all; whatever the language of an answer is built from.

Nothing here knows economics, so that every layer may use it.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["all_of", "capital", "counted", "listed", "lower", "one_of", "some_of", "verb"]


def counted(count: int, one: str, several: str = "", *, none: str = "no") -> str:
    """A count with its noun.

    Args:
        count: how many.
        one: the noun for one.
        several: for more, where it is not ``one`` with an s.
        none: the word for 0.

    >>> counted(0, "figure"), counted(1, "figure"), counted(1200, "figure"), counted(2, "index", "indices")
    ('no figures', '1 figure', '1,200 figures', '2 indices')
    """
    return f"{count:,}" * (count > 0) + none * (count == 0) + f" {one if count == 1 else several or one + 's'}"


def all_of(count: int, one: str, several: str = "") -> str:
    """All of a count.

    >>> [all_of(count, "figure") for count in (0, 1, 2, 21)]
    ['no figure', 'the one figure', 'both figures', 'all 21 figures']
    """
    if count < 2:
        return f"the one {one}" if count else f"no {one}"
    return f"both {several or one + 's'}" if count == 2 else f"all {counted(count, one, several)}"


def some_of(part: int, whole: int, one: str, several: str = "") -> str:
    """A part of a count: none, some, all.

    >>> [some_of(part, 3, "figure") for part in (0, 1, 3)]
    ['none of 3 figures', '1 of 3 figures', 'all 3 figures']
    >>> some_of(0, 1, "figure"), some_of(1, 1, "figure"), some_of(0, 2, "figure"), some_of(0, 0, "figure")
    ('not the one figure', 'the one figure', 'neither of 2 figures', 'no figure')
    """
    if part == whole:
        return all_of(whole, one, several)
    if whole == 1:
        return f"not the one {one}"
    no = "neither" if whole == 2 else "none"
    return f"{f'{part:,}' if part else no} of {counted(whole, one, several)}"


def verb(count: int, one: str, several: str = "") -> str:
    """The form of a verb that goes with a count; none takes the form of one.

    >>> verb(0, "falls", "fall"), verb(1, "is", "are"), verb(2, "is", "are"), verb(2, "stays")
    ('falls', 'is', 'are', 'stay')
    """
    return one if count < 2 else several or one.removesuffix("s")


def listed(parts: Sequence[str], last: str = "and", most: int = 0) -> str:
    """Parts as a sentence lists them.

    Args:
        parts: what is listed.
        last: before the last one.
        most: so many are named and the rest are counted, 0 for all.

    >>> listed(["coal"]), listed(["coal", "steel"]), listed(["coal", "steel", "oil"], "or"), listed([])
    ('coal', 'coal and steel', 'coal, steel or oil', '')
    >>> listed(["a", "b", "c", "d"], most=2)
    'a, b and 2 more'
    """
    shown = [*parts] if not most or len(parts) <= most else [*parts[:most], f"{len(parts) - most:,} more"]
    return f"{', '.join(shown[:-1])} {last} {shown[-1]}" if len(shown) > 1 else "".join(shown)


def one_of(unit: str) -> str:
    """A unit as it stands after "one more": of a plural in one word the singular.

    >>> [one_of(unit) for unit in ("crowns", "man-years", "M pounds", "t", "boxes", "glass", "bn rub 1926/27", "")]
    ['crown', 'man-year', 'M pounds', 't', 'box', 'glass', 'bn rub 1926/27', 'unit']
    """
    if (
        len(unit) < 4
        or not unit.replace("-", "").isalpha()
        or not unit.endswith("s")
        or unit.endswith(("ss", "us", "is"))
    ):
        return unit or "unit"
    return unit.removesuffix("es" if unit.endswith(("xes", "ches", "shes", "sses")) else "s")


def lower(text: str) -> str:
    """A text that stands within a sentence: its first letter small, unless it begins with an abbreviation.

    >>> lower("Pig iron"), lower("TV sets"), lower("")
    ('pig iron', 'TV sets', '')
    """
    return text if text[:2].isupper() else text[:1].lower() + text[1:]


def capital(text: str) -> str:
    """A text with a capital first letter.

    >>> capital("pig iron 17 Mt"), capital("")
    ('Pig iron 17 Mt', '')
    """
    return text[:1].upper() + text[1:]
