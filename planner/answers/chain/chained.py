"""A chain of plans made in memory: each economy opens with what a plan of the one before leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pandas as pd

from planner.analysis.chains.chain import EconomyChain
from planner.analysis.chains.dates import by_itself
from planner.analysis.shares.settled import settle
from planner.answers.chain.opening import handed_on, too_little
from planner.economy import Economy
from planner.economy.chain.source import RECORD
from planner.formulation import Question, formulate
from planner.formulation.chains.state import state_table
from planner.formulation.named import KeepRule

__all__ = ["OPENINGS", "by_opening"]

OPENINGS = (RECORD, "run", "bound")


@dataclass(frozen=True, eq=False)
class _Link:
    """One economy of a chain.

    Args:
        economy: with its opening; ``None`` where no plan before it leaves anything.
        missing: of which kind of plant, and in which period, it opens with less than it needs.
    """

    economy: Economy | None
    missing: tuple[str, str] | None = None


def by_opening(chain: EconomyChain, tick: Callable[[str], None] = lambda _: None) -> pd.DataFrame:
    """Each economy by itself, with every opening: the plan asked for by due date, and each economy's own plan.

    What is handed on is left by the plan asked for, of the first economy, and by the own plan of each that follows; each must
    keep what it found.

    Args:
        chain: the economies on record, and what is asked of them.
        tick: told what is solved.

    Returns:
        economy, opening, plan, due, figures, attainment, reached, unit; family, item, period: the heaviest limit, or what is
        missing.
    """
    carried = (
        not any(len(one.tables["regions"]) for one in chain.economies) and "project" not in chain.question.in_force
    )
    rows: list[dict[str, object]] = []
    for opening in OPENINGS if carried else (RECORD,):
        for at, link in enumerate(_links(chain, opening, tick)):
            if link.economy is None or (at == 0 and opening != RECORD):
                continue
            for name, posed in _asked(chain, at, link.economy):
                tick(f"{posed.name} by itself, opening {opening}")
                found = by_itself(posed, chain.asked(at), name, link.missing)
                rows.append({"economy": found.pop("economy"), "opening": opening, "plan": name, **found})
    return pd.DataFrame(rows)


def _asked(chain: EconomyChain, at: int, economy: Economy) -> Iterator[tuple[str, Economy]]:
    """Plans put to an economy of a chain: the one asked for due in each of its own periods, then its own."""
    if at == 0:
        yield chain.plan, economy
    else:
        for due in chain.dates(at):
            yield chain.plan, economy.with_tables({"targets": chain.due(at, [due])})
    own = economy.default_plan
    if own and own != chain.plan:
        yield own, economy


def _links(chain: EconomyChain, opening: str, tick: Callable[[str], None]) -> list[_Link]:
    """The economies with their openings; the rest is left out where one cannot begin, or leaves nothing."""
    links = [_Link(chain.economies[0])]
    for at, (later, end) in enumerate(zip(chain.economies[1:], chain.ends, strict=True), start=1):
        before = links[-1]
        if opening == RECORD:
            links.append(_Link(later))
            continue
        if before.economy is None or before.missing is not None:
            links.append(_Link(None))
            continue
        own = chain.plan if at == 1 else before.economy.default_plan or ""
        tick(f"what {own} leaves at the end of {end}")
        state = _left(before.economy, chain.asked(at - 1), own, end)
        if state is None:
            links.append(_Link(None))
            continue
        begun = handed_on(later, state, opening, before.economy.name, own, end)
        lacking = [found for found in too_little(begun, chain.asked(at)) if found.severity == "error"]
        missing = (str(lacking[0].value), later.periods[0]) if lacking else None
        links.append(_Link(begun, missing))
    return links


def _left(economy: Economy, question: Question, plan: str, end: str) -> pd.DataFrame | None:
    """What a plan leaves at the end of a period that must keep what it found; ``None`` where no plan does."""
    kept = replace(
        question,
        families=tuple(dict.fromkeys([*question.families, "keep"])),
        objective="proportional",
        terminal="keep",
        keep=KeepRule(period=end),
    )
    formulation = formulate(economy, kept, plan)
    left = settle(formulation, reasons=False).plan
    if left is None:
        return None
    state = state_table(formulation, left, len(economy.periods))
    return state[state["end_of"] == end].drop(columns="end_of").reset_index(drop=True)
