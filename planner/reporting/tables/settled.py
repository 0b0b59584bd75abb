"""Why figures are short, and the path to those that can be had, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.analysis.shares.path import Path
from planner.analysis.shares.proportional import MET
from planner.analysis.shares.settled import Settled
from planner.economy.names import Names
from planner.economy.places import AT, base, place
from planner.formulation import Formulation
from planner.formulation.actual_figures import actual_figures
from planner.formulation.chains.state import state_table
from planner.formulation.measures import COUNTED, periods_of
from planner.program import Vector
from planner.reporting.tables.plan import Reader, tidy
from planner.reporting.tables.produced import produced_table
from planner.reporting.wording.marks import MARKS
from planner.solver.solution import Solution

if TYPE_CHECKING:
    from planner.analysis.frontier.alternatives import Alternative

__all__ = [
    "alternative_paths_table",
    "import_shares_table",
    "labour_table",
    "left_by",
    "path_table",
    "path_tables",
    "reasons",
    "regional_path_table",
    "without_use",
]

Frame = pd.DataFrame
_BELOW = 1e-6  # of what was produced, by which a feasible figure must fall short of it to be marked
_TOLD = 0.01  # of the level before, from which on a fall is told
_UNSTEADY = 0.05  # of a share, by which it may change before it is marked


def reasons(
    formulation: Formulation, settled: Settled | None, actual: Vector, moves: Vector | None = None
) -> dict[str, object]:
    """Columns that say why each figure is short: ``why``, ``given_up_for``, ``without_use`` and ``mark``.

    Args:
        formulation: what was asked.
        settled: its shares.
        actual: what was produced of each target, ``nan`` where unknown.
        moves: by how much each share changes where the data move a little; ``None`` where that was not asked.
    """
    count = len(formulation.targets.frame)
    found = settled.proportional if settled is not None else None
    if settled is None or found is None or np.isnan(found.shares).all():
        nothing = [""] * count
        return {"why": nothing, "given_up_for": nothing, "without_use": np.full(count, np.nan), "mark": nothing}
    names = Names.of(formulation.economy)
    targets = formulation.targets
    rivals = [
        "; ".join(f"{names.target(*targets.terms[j][:2])} in {targets.terms[j][2]}" for j in found.rivals.get(i, ()))
        for i in range(count)
    ]
    return {
        "why": [found.why(i) for i in range(count)],
        "given_up_for": rivals,
        "without_use": without_use(formulation, settled.path),
        "mark": _marks(formulation, found.shares, actual, moves),
    }


def _marks(formulation: Formulation, shares: Vector, actual: Vector, moves: Vector | None) -> list[str]:
    """What a reader should see beside a figure: it passes the modest end, is below what was in fact produced, is unsteady."""
    targets, economy = formulation.targets, formulation.economy
    figures = targets.figures(shares)
    modest = np.where(targets.at_most, targets.frame["high"], targets.frame["low"]).astype(float)
    ranged = (targets.frame["low"] < targets.frame["high"]).to_numpy()
    passes = np.where(targets.at_most, figures <= modest, figures >= modest) & ranged & (shares < MET)
    same = bool(economy.backtest_scenario) and economy.scenario == economy.backtest_scenario
    below = (figures < np.minimum(actual, targets.official) * (1.0 - _BELOW)) & targets.lifted & same
    unsteady = np.zeros(len(shares), bool) if moves is None else moves > _UNSTEADY
    every = zip(passes, below, unsteady, strict=True)
    return ["; ".join(words for words, said in zip(MARKS, one, strict=True) if said) for one in every]


def without_use(formulation: Formulation, path: Path | None) -> Vector:
    """How much of each target's output the path makes without a use in the model, shape (targets,).

    ``nan`` where that says nothing: of other measures, of several periods, and of final goods, which nothing uses.
    """
    facts, targets = formulation.facts, formulation.targets
    result = np.full(len(targets.terms), np.nan)
    if path is None:
        return result
    taken = (
        (abs(facts.technology.uses).sum(axis=1) + abs(facts.plant.builds).sum(axis=1)).reshape(-1, facts.T).sum(axis=1)
    )
    for i, (measure, item, text) in enumerate(targets.terms):
        when = periods_of(text, list(facts.periods))
        if measure == "output" and item != "*" and len(when) == 1:
            products = facts.standing("product", item)
            if taken[products].sum() > 0:
                result[i] = path.unused[products, when[0]].sum()
    return result


def path_tables(path: Path | None, *, ends: bool = True) -> dict[str, Frame]:
    """Every table of a path by file stem; none where there is no path.

    Args:
        path: the path.
        ends: whether the least and the greatest of each output are sought, two linear programs each; with regions, where
            these are large, they are not.
    """
    if path is None:
        return {}
    regional = path.formulation.facts.regional
    return {
        "path": path_table(path, ends=ends and not regional),
        **({"regional_path": regional_path_table(path)} if regional else {}),
        "produced": produced_table(path),
        "labour": labour_table(path),
        **left_by(path.formulation, path.plan, path.reference.last + 1),
        "import_shares": import_shares_table(path),
    }


def left_by(formulation: Formulation, plan: Solution, periods: int) -> dict[str, Frame]:
    """``state.csv``: what a plan leaves at the end of each period; nothing where periods are not alike.

    Args:
        formulation: what was asked.
        plan: the plan.
        periods: how many, from the first.
    """
    state = state_table(formulation, plan, periods)
    return {"state": state} if len(state) else {}


def path_table(path: Path, *, ends: bool = True) -> Frame:
    """``path.csv``: reference, path, least, greatest, official and actual figure of each product by period."""
    reference, T = path.reference, path.formulation.facts.T
    time = path.formulation.facts.time
    lasts = np.where(time.length == time.whole_length, time.length, np.nan)  # of a part it says nothing
    table = outputs_table(path)
    table.insert(3, "reference", np.where(reference.level > 0, reference.level * lasts, np.nan).ravel())
    unknown = np.full(path.output.shape, np.nan)
    least, greatest = path.room if ends else (unknown, unknown)
    table.insert(5, "least", least.ravel())
    table.insert(6, "greatest", greatest.ravel())
    most = greatest if ends else path.output
    table["note"] = [_note(path, name, t) for name in range(len(reference.names)) for t in range(T)]
    return tidy(table[_within(path) & (most.ravel() > 0)], ["product", "period"])


def outputs_table(path: Path) -> Frame:
    """Outputs and the level of consumption on a path, actual and official figures, a row a name and period of the horizon."""
    formulation, reference = path.formulation, path.reference
    facts, T = formulation.facts, formulation.facts.T
    items = np.repeat(np.array(reference.names, object), T)
    frame = pd.DataFrame(
        {
            "measure": np.where(items == "*", "consumption", "output"),
            "item": items,
            "period": np.tile(facts.periods, len(reference.names)),
        }
    )
    official = dict(zip(formulation.targets.terms, formulation.targets.official, strict=True))
    return pd.DataFrame(
        {
            "product": items,
            "period": frame["period"],
            "unit": np.repeat(path.units, T),
            "feasible": path.output.ravel(),
            "actual": actual_figures(facts, frame),
            "official": [official.get(key, np.nan) for key in frame.itertuples(index=False, name=None)],
        }
    )


def regional_path_table(path: Path) -> Frame:
    """``regional_path.csv``: what is made on the path in each region of the products that have places."""
    facts, targets = path.formulation.facts, path.formulation.targets
    output = np.asarray(facts.technology.outputs @ path.plan.block("activity")).reshape(-1, facts.T)
    at, when = (axis.ravel() for axis in np.indices(output.shape))
    placed = np.array([AT in label for label in facts.products], dtype=bool)
    there = placed[at] & (when <= path.reference.last) & (placed & (output > 0).any(axis=1))[at]
    items = facts.products[at[there]]
    frame = pd.DataFrame({"measure": "output", "item": items, "period": facts.periods[when[there]]})
    official = dict(zip(targets.terms, targets.official, strict=True))
    table = pd.DataFrame(
        {
            "product": [base(item) for item in items],
            "region": [place(item) for item in items],
            "period": frame["period"],
            "unit": facts.units("products")[at[there]],
            "feasible": output[at[there], when[there]],
            "actual": actual_figures(facts, frame),
            "official": [official.get(key, np.nan) for key in frame.itertuples(index=False, name=None)],
        }
    )
    return tidy(table, ["product", "region", "period"])


def _within(path: Path) -> npt.NDArray[np.bool_]:
    """Rows of the outputs that are not after the last period with a figure."""
    at = np.arange(path.formulation.facts.T)
    return np.tile(at, len(path.reference.names)) <= path.reference.last


def alternative_paths_table(plans: Sequence[Alternative]) -> Frame:
    """``alternative_paths.csv``: the path of each of several plans, the steadiest first."""
    paths = [tidy(outputs_table(one.path)[_within(one.path)], ["product", "period"]) for one in plans]
    every = pd.concat([table.assign(number=number) for number, table in enumerate(paths, 1)], ignore_index=True)
    return every[["number", *(name for name in every.columns if name != "number")]]


def _note(path: Path, name: int, period: int) -> str:
    """Where the reference comes from, and what holds the output down where it falls."""
    part = path.reference.below[name]
    told = {
        "figure": "to the settled figure",
        "plan below": f"to {'the' if part >= MET else f'{100 * part:.1f} % of the'} figure of the plan extended",
        "least": "no figure: to the least it must reach",
        "": "no figure",
    }[path.reference.kind[name]]
    fall = path.falls[name, period] if path.reference.level[name, period] > 0 else 0.0
    if fall <= _TOLD:
        return told
    cause = path.causes.get((name, period))
    return f"{told}; falls by {100 * fall:.1f} %: {' '.join(filter(None, cause)) if cause else 'the other outputs'}"


def labour_table(path: Path) -> Frame:
    """``labour.csv``: employment by branch and period, and output per worker: official, path, produced.

    A branch is a group of activities; ``*`` is everybody, those who build, keep up plant or serve units that are on among
    them. Output per worker is what its products would have taken at the path's labour per unit of the first period, by what
    they take: 1 in the first period.
    """
    formulation = path.formulation
    facts, T = formulation.facts, formulation.facts.T
    reader = Reader(formulation, path.plan)
    activities = facts.tables["activities"]
    persons = np.asarray((facts.households.headcount @ facts.technology.employs).sum(axis=0)) * reader.value(
        reader.plan.activity
    )
    rows = pd.DataFrame(
        {
            "branch": np.repeat(facts.labels("activities", "group"), T),
            "at": np.tile(np.arange(T), len(activities)),
            "product": np.repeat(activities["product"].map(base).to_numpy(dtype=object), T),
            "path": persons,
        }
    )
    kept = rows[rows["at"] <= path.reference.last]
    rows = pd.DataFrame(kept.groupby(["branch", "product", "at"], as_index=False)[["path"]].sum())
    position = {name: at for at, name in enumerate(path.reference.names)}
    output = path.output[rows["product"].map(position), rows["at"]]
    first = rows["at"] == 0
    per_unit: pd.Series[float] = rows["path"][first] / np.where(output[first] > 0, output[first], np.nan)
    norm = dict(zip(rows["product"][first], per_unit, strict=True))
    rows["at_first"] = rows["product"].map(norm) * output
    rows["counted"] = rows["path"].where(rows["at_first"].notna(), 0.0)
    whole = rows.assign(branch="*")
    both = pd.concat([whole, rows], ignore_index=True)
    table = pd.DataFrame(both.groupby(["branch", "at"], as_index=False)[["path", "at_first", "counted"]].sum())
    everybody = np.asarray(facts.households.headcount @ reader.value(reader.plan.employment))  # builders and upkeep too
    table["path"] = np.where(table["branch"] == "*", everybody[table["at"]], table["path"])
    keys = pd.DataFrame({"measure": "employment", "item": table["branch"], "period": facts.periods[table["at"]]})
    terms = dict(zip(formulation.targets.terms, formulation.targets.official, strict=True))
    named = (keys["item"] == "*").to_numpy()
    produced = np.full(len(keys), np.nan)
    produced[named] = actual_figures(facts, keys[named])
    per_worker = table["at_first"] / table["counted"].where(table["counted"] > 0)
    return tidy(
        pd.DataFrame(
            {
                "branch": keys["item"],
                "period": keys["period"],
                "unit": facts.units("resources")[facts.labour[0]] if len(facts.labour) else "",
                "official": [terms.get(key, np.nan) for key in keys.itertuples(index=False, name=None)],
                "path": table["path"],
                "produced": produced,
                "output_per_worker": per_worker,
            }
        ),
        ["branch", "period"],
    )


def import_shares_table(path: Path) -> Frame:
    """``import_shares.csv``: imports as a share of output and imports, by product and period: official, path, actual."""
    formulation = path.formulation
    facts, T = formulation.facts, formulation.facts.T
    reader = Reader(formulation, path.plan)
    names, together = facts.country.products.names, facts.country.products.sums(T)
    made_in, bought_in = (
        together @ reader.value(COUNTED[measure].block(facts, reader.plan)) for measure in ("output", "import")
    )
    items, periods = np.repeat(names, T), np.tile(facts.periods, len(names))
    table = pd.DataFrame({"product": items, "period": periods, "unit": "share of output and imports"})
    terms = dict(zip(formulation.targets.terms, formulation.targets.official, strict=True))
    known = {}
    for measure in ("output", "import"):
        frame = pd.DataFrame({"measure": measure, "item": items, "period": periods})
        asked = np.array([terms.get((measure, *key), np.nan) for key in zip(items, periods, strict=True)], dtype=float)
        known[measure] = asked, actual_figures(facts, frame)
    for name, made, bought in (
        ("official", known["output"][0], known["import"][0]),
        ("path", made_in, bought_in),
        ("actual", known["output"][1], known["import"][1]),
    ):
        total = made + bought
        table[name] = np.where(total > 0, bought / np.where(total > 0, total, 1.0), np.nan)
    within = np.tile(np.arange(T), len(names)) <= path.reference.last
    imported = facts.labels("trade", "product")[facts.labels("trade", "direction") == "import"]
    traded = np.isin(items, [base(str(label)) for label in imported])
    return tidy(table[within & traded], ["product", "period"])
