"""What is said of data, draws, numbers that move, and plans near the best: for none, one, several and all of what is counted."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import numpy as np

from planner.formulation.named import is_share
from planner.language.counting import all_of, capital, counted, listed, some_of, verb
from planner.language.numbers import number, percent

__all__ = [
    "data_warnings",
    "design",
    "drawn_values",
    "idle",
    "interval",
    "met_in_draws",
    "other_projects",
    "projects",
    "share_drawn",
    "share_met",
    "spans_fit",
    "two_prices",
]


def data_warnings(count: int, economy: str, codes: Sequence[str] = ()) -> str:
    """That there are warnings about the data; nothing where there are none.

    >>> data_warnings(0, "mine"), data_warnings(1, "mine")
    ('', '1 warning about the data: `planner check mine`.')
    >>> data_warnings(3, "mine", ["W205", "W206"])
    '3 warnings about the data (W205 and W206): `planner check mine`.'
    """
    kinds = f" ({listed(codes)})" if codes else ""
    return f"{counted(count, 'warning')} about the data{kinds}: `planner check {economy}`." if count else ""


def spans_fit(corner: str, outside: Sequence[str], spans: int) -> str:
    """How many spans of periods of what was produced fit the feasible set.

    >>> spans_fit("central", [], 10), spans_fit("central", ["to 1931"], 2)
    ('At central values all 10 spans of periods fit.', 'At central values 1 of 2 spans of periods fits; to 1931 does not.')
    >>> spans_fit("pessimistic", ["a", "b"], 2), spans_fit("central", [], 1)
    ('At pessimistic values neither of 2 spans of periods fits.', 'At central values the one span of periods fits.')
    """
    fit = spans - len(outside)
    rest = f"; {listed(outside)} {verb(len(outside), 'does', 'do')} not" if 0 < len(outside) < spans else ""
    said = some_of(fit, spans, "span of periods", "spans of periods")
    if not fit and spans == 1:
        return f"At {corner} values the one span of periods does not fit."
    return f"At {corner} values {said} {verb(fit, 'fits', 'fit')}{rest}."


# -- draws ------------------------------------------------------------------------------------------------------------


def share_met(row: Mapping[Hashable, Any]) -> str:
    """The share of draws in which all figures can be met, as a cell; with a bound where it is none or all.

    The bound is the end of the same interval that stands beside it.

    >>> row = dict(draws=1000, share=0.6, low=0.569, high=0.63)
    >>> share_met(row | {"feasible": 600}), share_met(row | {"feasible": 0, "low": 0.0, "high": 0.0038})
    ('60.0 %', 'none (less than 0.4 %)')
    >>> share_met(row | {"feasible": 1000, "low": 0.9962, "high": 1.0}), share_met(row | {"draws": 0, "feasible": 0})
    ('all (more than 99.6 %)', '–')
    """
    if not row["draws"]:
        return "–"
    if not row["feasible"]:
        return f"none (less than {percent(row['high'])})"
    every = row["feasible"] == row["draws"]
    return f"all (more than {percent(row['low'])})" if every else percent(row["share"])


def interval(row: Mapping[Hashable, Any]) -> str:
    """The 95 % interval of the share of draws, as a cell.

    >>> interval(dict(draws=1000, low=0.569, high=0.63)), interval(dict(draws=0, low=0.0, high=1.0))
    ('56.9 – 63.0 %', '–')
    """
    return f"{percent(row['low']).removesuffix(' %')} – {percent(row['high'])}" if row["draws"] else "–"


def met_in_draws(row: Mapping[Hashable, Any]) -> str:
    """What the draws say of one plan, as a clause.

    Args:
        row: of ``met``.

    >>> row = dict(draws=1000, feasible=0, share=0.0, low=0.0, high=0.0038, empty=244, p05=np.nan, p50=0.47, p95=0.51)
    >>> met_in_draws(row)
    'all figures can be met in none of 1,000 draws (of all draws in less than 0.4 %); half of them reach 47.0 % or more, nine of
    ten between no plan at all and 51.0 %; in 244 of 1,000 draws there is no plan'
    >>> met_in_draws(dict(row, draws=2, feasible=1, share=0.5, low=0.09, high=0.91, empty=0, p05=0.9))
    'all figures can be met in 1 of 2 draws (of all draws in 9.0 – 91.0 %); half of them reach 47.0 % or more, nine of ten
    between 90.0 % and 51.0 %'
    >>> met_in_draws(dict(row, draws=0, feasible=0))
    'no draw was decided'
    """
    draws, met = int(row["draws"]), int(row["feasible"])
    if not draws:
        return "no draw was decided"
    if met == 0:
        sure = f"less than {percent(row['high'])}"
    else:
        sure = f"more than {percent(row['low'])}" if met == draws else interval(row)
    count = some_of(met, draws, "draw") if met in (0, draws) else f"{met:,} of {draws:,} draws"
    said = f"all figures can be met in {count} (of all draws in {sure})"
    low, middle, high = (share_drawn(row[key]) for key in ("p05", "p50", "p95"))
    said += f"; half of them reach {middle} or more, nine of ten between {low} and {high}"
    if row["empty"]:
        said += f"; in {row['empty']:,} of {draws:,} draws there is no plan"
        floor = int(row.get("floor_fails", 0))
        said += f" (in {floor:,} the floor under household consumption fails)" if floor else ""
    return said


def drawn_values(row: Mapping[Hashable, Any]) -> str:
    """How the value spreads over the draws of a design, in a sentence.

    Args:
        row: of ``met``.

    >>> drawn_values(dict(draws=80, unit="share of the official figures", p05=np.nan, p50=0.47, p95=0.51))
    'Share of the official figures over 80 draws: half of them at 47.0 % or more, nine of ten between no plan at all and 51.0 %.'
    >>> drawn_values(dict(draws=1, unit="t", p05=2.0, p50=2.0, p95=2.0))
    'T over 1 draw: half of them at 2 or more, nine of ten between 2 and 2.'
    """

    def told(value: float) -> str:
        return share_drawn(value) if is_share(row["unit"]) or not np.isfinite(value) else number(value)

    low, middle, high = (told(row[key]) for key in ("p05", "p50", "p95"))
    over = f"{capital(str(row['unit']))} over {counted(int(row['draws']), 'draw')}"
    return f"{over}: half of them at {middle} or more, nine of ten between {low} and {high}."


def share_drawn(share: float) -> str:
    """A quantile of the share reached.

    >>> share_drawn(0.47), share_drawn(float("nan"))
    ('47.0 %', 'no plan at all')
    """
    return percent(share) if np.isfinite(share) else "no plan at all"


def design(kind: str, seed: int, draws: int, size: int, uncertain: int, independent: int, kinds: Sequence[str]) -> str:
    """What was drawn.

    Args:
        kind: of design.
        seed: of chance.
        draws: done.
        size: how many there are to be.
        uncertain: numbers drawn.
        independent: quantities behind them.
        kinds: distributions.

    >>> design("random", 1, 1000, 1000, 545, 545, ["triangular"])
    'random design, seed 1: 1,000 draws of 545 uncertain numbers, each by itself; triangular; figures of a plan are not drawn'
    >>> design("random", 1, 1, 10, 1, 1, ["uniform"])
    'random design, seed 1: 1 draw (of 10) of the one uncertain number; uniform; figures of a plan are not drawn'
    >>> design("sobol", 1, 8, 8, 545, 12, ["uniform"])
    'sobol design, seed 1: 8 draws of 545 uncertain numbers, as 12 that move together; uniform; figures of a plan are not drawn'
    """
    done = counted(draws, "draw") + (f" (of {size:,})" if draws < size else "")
    if uncertain == 1:
        what = "the one uncertain number"
    elif independent < uncertain:
        what = f"{counted(uncertain, 'uncertain number')}, as {independent:,} that move together"
    else:
        rows = "each by itself" if independent == uncertain else f"each of their {independent:,} rows by itself"
        what = f"{counted(uncertain, 'uncertain number')}, {rows}"
    return f"{kind} design, seed {seed}: {done} of {what}; {listed(kinds)}; figures of a plan are not drawn"


# -- numbers that move ------------------------------------------------------------------------------------------------


def idle(count: int, uncertain: int) -> str:
    """How many uncertain numbers change nothing by themselves.

    >>> idle(547, 554), idle(0, 1), idle(1, 1), idle(0, 0), idle(0, 3), idle(2, 3), idle(3, 3)
    ('Of the 554 uncertain numbers 547 change nothing alone.', 'The one uncertain number changes the value.',
     'The one uncertain number changes nothing.', 'No number has a range, so none is uncertain.',
     'Each of the 3 uncertain numbers changes the value alone.', 'Of the 3 uncertain numbers 2 change nothing alone.',
     'None of the 3 uncertain numbers changes anything alone.')
    """
    if uncertain < 2:
        one = "changes nothing" if count else "changes the value"
        return f"The one uncertain number {one}." if uncertain else "No number has a range, so none is uncertain."
    if not count:
        return f"Each of the {uncertain:,} uncertain numbers changes the value alone."
    if count == uncertain:
        return (
            f"{'Neither' if uncertain == 2 else 'None'} of the {uncertain:,} uncertain numbers changes anything alone."
        )
    return f"Of the {uncertain:,} uncertain numbers {count:,} {verb(count, 'changes', 'change')} nothing alone."


def two_prices(count: int, limits: int) -> str:
    """How many limits have another price for one more than for one less.

    >>> two_prices(1, 26), two_prices(0, 3), two_prices(6, 864), two_prices(0, 0)
    ('1 of 26 limits has another price on each side.', 'None of 3 limits has another price on each side.',
     '6 of 864 limits have another price on each side.', 'There is no limit.')
    """
    if not limits:
        return "There is no limit."
    if limits == 1 and not count:
        return "The one limit has the same price on both sides."
    return capital(f"{some_of(count, limits, 'limit')} {verb(count, 'has', 'have')} another price on each side.")


# -- projects ---------------------------------------------------------------------------------------------------------


def projects(decisions: Mapping[str, int]) -> str:
    """How many projects were decided how.

    >>> projects({"started": 7, "left": 26, "begun before": 8}), projects({}), projects({"left": 1})
    ('7 started, 26 left, 8 begun before', 'there are none', '1 left')
    """
    return ", ".join(f"{count:,} {decision}" for decision, count in decisions.items() if count) or "there are none"


def other_projects(count: int, whole: int) -> str:
    """How many projects make no difference; nothing where all do.

    >>> other_projects(26, 33), other_projects(1, 4), other_projects(3, 3), other_projects(0, 5)
    ('26 more make no difference finer than the gap; see worth.csv.', '1 more makes no difference finer than the gap; see
     worth.csv.', 'All 3 projects make no difference finer than the gap; see worth.csv.', '')
    """
    if not count:
        return ""
    who = capital(all_of(whole, "project")) if count == whole else f"{count:,} more"
    return f"{who} {verb(count, 'makes', 'make')} no difference finer than the gap; see worth.csv."
