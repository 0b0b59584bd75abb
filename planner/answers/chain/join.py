"""In which year a plan's figures could have been had, over economies that follow one another: what ``planner join`` does."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar, Literal

import pandas as pd

from planner.analysis.chains.alone import reached_over
from planner.analysis.chains.chain import EconomyChain
from planner.analysis.chains.dates import by_dates
from planner.analysis.feasibility.reached import NO_PLAN
from planner.analysis.uncertainty.joints import JointDraws, draw_chain
from planner.analysis.uncertainty.sampling import Cluster
from planner.answers.base.about import about
from planner.answers.base.answer import Answer
from planner.answers.base.asked import ensure_in_range
from planner.answers.chain.chained import OPENINGS, by_opening
from planner.answers.chain.opening import opened
from planner.answers.pose import derived, question_about
from planner.economy import DataError, Economy, Finding
from planner.economy.chain.source import RECORD
from planner.economy.names import Names
from planner.formulation import Question
from planner.language.counting import counted
from planner.reporting.run.manifest import economy_name, provenance, times
from planner.reporting.tables.data import sources_table

__all__ = ["JoinAnswer", "join"]

_EMPTY = "no plan keeps the floors and balances, whatever is asked for"


@dataclass(frozen=True, eq=False, repr=False)
class JoinAnswer(Answer):
    """A plan's figures due in ever later periods of several economies.

    Args:
        asked: the economies, and what is asked of them.
        joined: of one program over all of them: economy, due, figures, attainment, reached, unit.
        chain: of each economy by itself, by opening: economy, opening, plan, due, figures, attainment, reached, unit; family,
            item, period: the heaviest limit.
        figures: plan, item, period, economy, unit, official, joined, by_record, by_run, by_bound, produced: each figure of the
            plan by year, and those of the economies' own plans when they are due.
        reached: plan, item, figure, value, unit, due, feasible, reached, late, source, verified: of each figure of the plan in
            the table `reached` of the first economy, the years in which it was due, could have been had by itself, and was made.
        draws: the same in many draws of all uncertain numbers, where it was asked for.
        floor: as it was asked for; ``None`` for that of the model.
    """

    kind: ClassVar[str] = "join"
    first: ClassVar[tuple[str, ...]] = ("joined", "chain")
    beside: ClassVar[Literal["", "charts", "page"]] = "charts"

    asked: EconomyChain
    joined: pd.DataFrame
    chain: pd.DataFrame
    figures: pd.DataFrame
    reached: pd.DataFrame
    draws: JointDraws | None = None
    floor: str | float | None = None

    @property
    def economies(self) -> tuple[Economy, ...]:
        """First to last."""
        return self.asked.economies

    @property
    def economy(self) -> Economy:
        """The first of the economies, whose plan it is."""
        return self.economies[0]

    @property
    def plan(self) -> str:
        """Whose figures."""
        return self.asked.plan

    @property
    def floors(self) -> tuple[str, ...]:
        """Least consumption of each economy, as a share of its own base level or by its name."""
        return tuple(map(str, self.asked.floors))

    @property
    def about(self) -> Mapping[str, Any]:
        """What was asked, and of which economies in a row."""
        return {
            **about(self.economy, self.asked.question, self.plan, floor=", ".join(self.floors)),
            "economies": [economy.name for economy in self.economies],
            "joints": list(self.asked.ends),
        }

    @property
    def value(self) -> str | None:
        """The first period in which all figures could have been had together, over all economies; nothing where none is."""
        met = self.joined[self.joined["reached"] == "yes"]
        return None if met.empty else str(met["due"].iloc[0])

    @property
    def headline(self) -> str:
        """When, by one will over all the years, and when from what stood on record."""
        title = Names.of(self.economy).plan(self.plan)
        mine = self._later[(self._later["opening"] == RECORD) & (self._later["plan"] == self.plan)]
        said, record = _when(self.joined, "together "), _when(mine)
        count, start = counted(int(self.joined["figures"].iloc[0]), "figure"), self.economy.periods[0]
        return f"{title}: {count}, planned as one from {start} on, {said}; from what stood on record at each joint, {record}."

    @property
    def _later(self) -> pd.DataFrame:
        """Of the economies after the first alone."""
        return self.chain[self.chain["economy"] != self.economy.name]

    def _tables(self) -> Mapping[str, pd.DataFrame]:
        return {
            "joined": self.joined,
            "chain": self.chain,
            "chain_figures": self.figures,
            "chain_reached": self.reached,
            **({} if self.draws is None else {"chain_draws": self.draws.table}),
        }

    @property
    def _facts(self) -> Mapping[str, pd.DataFrame]:
        return {"sources": sources_table(self.economy, "reached")}

    def _found(self) -> Mapping[str, Any]:
        met = int((self.joined["reached"] == "yes").sum())
        return {
            "first_year": self.value,
            "dates_in_full": met,
            "dates": len(self.joined),
            **_by_due(self.joined, self._later, self.plan, (RECORD,)),
            "unit": self.asked.question.share_unit,
            **({} if self.draws is None else self.draws.options),
        }

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the run was made; files of every economy."""
        names = [economy_name(economy) for economy in self.economies]
        drawn = {"draws": None, "seed": None} if self.draws is None else self.draws.asked
        made = provenance(self.economy, self.asked.question, plan=self.plan, economies=names, floor=self.floor, **drawn)
        files = {f"{economy.name}/{file}": mark for economy in self.economies for file, mark in economy.files.items()}
        known: dict[str, dict[str, str]] = {}  # what the first calls a thing, else a later one
        for economy in reversed(self.economies):
            for axis, labels in Names.of(economy).known.items():
                known.setdefault(axis, {}).update(labels)
        made["names"] = {axis: labels for axis, labels in known.items() if labels}
        return {**made, "inputs": {**made["inputs"], "files": dict(sorted(files.items()))}, "times": times({})}


def join(
    *economies: str | Path | Economy,
    plan: str | None = None,
    model: str | Path | Question | None = None,
    scenario: str | None = None,
    corner: str | None = None,
    floor: str | float | None = None,
    draws: int = 0,
    seed: int = 1,
    cluster: Cluster | None = None,
    tick: Callable[[str], None] = lambda _: None,
) -> JoinAnswer:
    """Ask in which year a plan's figures could have been had, the horizon going on into the economies that follow.

    Args:
        economies: names, paths or economies, first to last; each later one says in ``[opening]`` which comes before it.
        plan: whose figures; ``None`` for the default of the first. A later economy that has a plan of that name is asked for it.
        model: a question about the share of all figures at once; ``None`` for ``attainment``.
        scenario: of all of them, by name; ``None`` for the default of each, which must be of one name.
        corner: ``central``, ``optimistic`` or ``pessimistic``.
        floor: closure of consumption of each economy, in its own base level.
        draws: in how many draws of all uncertain numbers it is asked again; what neighbours take from one source is drawn as one.
        seed: of all chance.
        cluster: where draws are solved; the same draws give the same answer anywhere.
        tick: told what is being solved.

    Returns:
        The answer: one program over all of them, and beside it each later economy by itself, opening with the record.

    Raises:
        DataError: an economy does not follow the one before it, a scenario is missing on one side, a line of ``rebase`` is
            missing, or the plan has no figures to ask for.
    """
    ensure_in_range(draws=draws, seed=seed)
    loaded = tuple(opened(derived(one, scenario=scenario, corner=corner), RECORD) for one in economies)
    _ensure_row(loaded)
    question = question_about(loaded[0], model or "attainment", floor)
    floors = tuple(question_about(one, model or "attainment", floor).floor for one in loaded)
    asked = EconomyChain(loaded, question, plan or loaded[0].default_plan or "", floors)
    joined, chain = by_dates(asked, tick), by_opening(asked, tick)
    drawn = draw_chain(asked, draws, seed, cluster or Cluster(), tick) if draws else None
    return JoinAnswer(asked, joined, chain, _figures(asked, joined, chain), _years(asked, tick), drawn, floor)


def _when(table: pd.DataFrame, how: str = "") -> str:
    """In which year all can be had, in words."""
    met = table[table["reached"] == "yes"]
    if len(met):
        return f"{how}first if due in {met['due'].iloc[0]}"
    return _EMPTY if (table["reached"] == NO_PLAN).all() else f"not {how}by {table['due'].iloc[-1]}"


def _ensure_row(economies: Sequence[Economy]) -> None:
    """Refuse economies that do not follow one another."""
    if len(economies) < 2:
        raise DataError(
            [Finding("E251", "economy.toml", (), "opening.from", "", "Name two economies or more, first to last.")]
        )
    for before, later in pairwise(economies):
        names = Path(later.heading.opening_from).name
        if names != before.name:
            said = f"{later.name} follows {names or 'no other economy'} ([opening] in its economy.toml), not {before.name}."
            raise DataError([Finding("E251", "economy.toml", (), "opening.from", names, said)], later.folder)
        if before.scenario != later.scenario:
            said = (
                f"{before.name} is under the scenario {before.scenario or 'base'}, {later.name} under "
                f"{later.scenario or 'base'}. They go by name on both sides of a joint: name one that both have."
            )
            raise DataError([Finding("E251", "scenarios", (), "scenario", str(later.scenario), said)], later.folder)


def _figures(asked: EconomyChain, joined: pd.DataFrame, chain: pd.DataFrame) -> pd.DataFrame:
    """Each figure by year: what of it could be had with the others if due then, by every way, and what was made.

    Beside it the figures of the same goods in the economies' own plans, when these are due.
    """
    rows: list[dict[str, object]] = []
    economies, plan, mine = asked.economies, asked.plan, asked.figures(1)
    mine = mine[(mine["measure"] == "output") & (mine["sense"] != "at_most")]
    first = {period: economy for economy in reversed(economies) for period in economy.periods}
    first[economies[0].base_period] = economies[0]
    periods = dict.fromkeys(
        [economies[0].base_period, *(period for economy in economies for period in economy.periods)]
    )
    made = {economy.name: _produced(economy) for economy in economies}
    shares = _by_due(joined, chain[chain["economy"] != economies[0].name], plan)
    for figure in mine.to_dict("records"):
        # one of two economies is told where it comes first
        rows += [_figure(figure, plan, first[period], period, shares, made) for period in periods]
    for economy in economies:
        own = economy.default_plan or plan
        if own == plan:
            continue
        shares = _by_due(joined[:0], chain[chain["economy"] == economy.name], own)
        figures = economy.tables["targets"]
        figures = figures[(figures["plan"] == own) & (figures["measure"] == "output") & (figures["sense"] != "at_most")]
        figures = figures[figures["item"].isin(mine["item"])]
        rows += [_figure(one, own, economy, str(one["period"]), shares, made) for one in figures.to_dict("records")]
    return pd.DataFrame(rows)


def _figure(
    figure: Mapping[Hashable, Any],
    plan: str,
    economy: Economy,
    period: str,
    shares: Mapping[str, Mapping[str, float]],
    made: Mapping[str, Mapping[tuple[str, str], float]],
) -> dict[str, object]:
    had = {name: share.get(period, float("nan")) * figure["value"] for name, share in shares.items()}
    told = {"economy": economy.name, "unit": figure["unit"], "official": figure["value"], **had}
    produced = made[economy.name].get((figure["item"], period), float("nan"))
    return {"plan": plan, "item": figure["item"], "period": period, **told, "produced": produced}


def _years(asked: EconomyChain, tick: Callable[[str], None]) -> pd.DataFrame:
    """When each figure of a plan was due, could have been had by itself, and was reached; no rows where no year is told."""
    rows = asked.economies[0].tables["reached"]
    own = asked.economies[0].with_tables({"reached": rows[rows["plan"] == asked.plan].reset_index(drop=True)})
    question = replace(asked.question, objective="attainment")
    return reached_over(replace(asked, economies=(own, *asked.economies[1:]), question=question), tick)


def _by_due(
    joined: pd.DataFrame, chain: pd.DataFrame, plan: str, openings: Sequence[str] = OPENINGS
) -> dict[str, dict[str, float]]:
    """Share of the figures of a plan by due date, of one program over all economies and of each by itself by its opening."""
    mine = chain[chain["plan"] == plan]
    tables = {"joined": joined, **{f"by_{opening}": mine[mine["opening"] == opening] for opening in openings}}
    return {name: dict(zip(table["due"], table["attainment"], strict=True)) for name, table in tables.items()}


def _produced(economy: Economy) -> dict[tuple[str, str], float]:
    """What was made of each product in each period, by the preferred series."""
    known = economy.tables["actuals"]
    known = known[(known["measure"] == "output") & (known["preferred"] == "yes")]
    return dict(zip(zip(known["item"], known["period"], strict=True), known["value"], strict=True))
