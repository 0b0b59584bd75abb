"""Runs side by side: what differs in what they assume, what they find, and how plans and trends foretold what was produced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

import numpy as np
import pandas as pd

from planner.analysis.uncertainty.statistics import against, met_row
from planner.analysis.uncertainty.uncertainty import Uncertainty
from planner.economy import Economy
from planner.formulation import Formulation
from planner.formulation.actual_figures import rank_correlation
from planner.formulation.named import is_share
from planner.language.counting import counted, listed
from planner.language.numbers import number, percent
from planner.reporting.run.read import Run, TextTable, as_number, is_below_base
from planner.reporting.tables.data import data_tables
from planner.reporting.wording.numbers import limit_of

__all__ = [
    "KINDS",
    "Side",
    "assumptions_table",
    "differences_table",
    "drawn_table",
    "official_of",
    "paths_table",
    "planning_test",
    "runs_reach",
    "runs_table",
]

KINDS = ("official", "feasible", "executed", "produced")
ASKED = ("economy", "model", "plan", "scenario", "corner", "floor", "changes")
_FEW = 4  # runs that a sentence names one by one
_FEWEST = 3  # products, below which there is no rank to speak of
_CELL = ["measure", "item", "period"]
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "path": {"official": "official", "feasible": "feasible", "produced": "actual"},
    "execution": {"official": "official", "feasible": "feasible", "executed": "made", "produced": "produced"},
}  # where a run has them, by table and kind
_FELT = 1e-7  # of a quantity, by which a solver can tell two apart
_SAME = 1e-9  # of a number, by which it must differ to count


@dataclass(frozen=True, eq=False)
class Side:
    """One run of a comparison.

    Args:
        name: as a reader knows it.
        run: as its folder holds it, or would.
        economy: its facts; ``None`` where only the folder is known.
        corners: share reached at the corners of the ranges, where it was sought.
        posed: the question, where it was put now.
    """

    name: str
    run: Run
    economy: Economy | None = None
    corners: Mapping[str, float] | None = None
    posed: Formulation | None = None

    @property
    def drawn(self) -> Formulation | None:
        """The question that draws ask again, at the central values; ``None`` where there is none."""
        central = self.posed is not None and self.posed.economy.corner == "central"
        return self.posed if central else None

    @property
    def asked(self) -> dict[str, str]:
        """What was asked, as text."""
        said = {key: self.run.summary.get(key, self.run.options.get(key)) for key in ASKED}
        said["corner"] = said["corner"] or self.run.options.get(
            "corner"
        )  # a run over all of them is told by the centre
        return {
            key: "; ".join(map(str, value)) if isinstance(value, list) else str(value or "")
            for key, value in said.items()
        }

    @property
    def diagnosis(self) -> bool:
        """Whether households get less than in the base period: a diagnosis, not an option."""
        return is_below_base(self.run.floor)


def runs_table(sides: Sequence[Side]) -> pd.DataFrame:
    """``runs.csv``: what each run was asked and what it reached."""
    rows = []
    for side in sides:
        said, targets = side.run.summary, _targets(side.run)
        corners = side.corners or _corners(side.run)
        shares = targets.numbers("share")
        rows.append(
            {
                "run": side.name,
                "value": as_number(str(corners.get("central") if said.get("value") is None else said["value"])),
                "unit": str(said.get("unit") or (side.run.table("verdicts").column("unit") or [""])[0]),
                "pessimistic": corners.get("pessimistic", np.nan),
                "optimistic": corners.get("optimistic", np.nan),
                "targets": len(targets),
                "targets_met": sum(share >= 1.0 - 1e-6 for share in shares),
                "binds": _binds(side.run),
                "diagnosis": "yes" if side.diagnosis else "no",
                "verdict": str(said.get("verdict") or ""),
                **side.asked,
                "reason": str(said.get("reason") or "").partition("\n")[0],
            }
        )
    return pd.DataFrame(rows)


def runs_reach(runs: pd.DataFrame) -> str:
    """What runs reach, in a sentence; of more than a few of one unit the least and the most.

    Args:
        runs: ``runs.csv``.

    >>> some = pd.DataFrame({"run": ["a", "b"], "value": [0.9, np.nan], "unit": ["share of the official figures"] * 2})
    >>> runs_reach(some), runs_reach(some.head(1))
    ('Of 2 runs side by side a reaches 90.0 % of all its figures together; b has no plan.',
    'The one run a reaches 90.0 % of all its figures together.')
    >>> runs_reach(pd.DataFrame({"run": list("abcde"), "value": [3.0, 1.0, 2.0, 5.0, 4.0], "unit": ["t"] * 5}))
    'Of 5 runs side by side b reaches least, 1 t, and d most, 5 t.'
    """
    told = {
        str(row["run"]): _value(row["value"], str(row["unit"]))
        for row in runs.to_dict("records")
        if not np.isnan(row["value"])
    }
    empty = [f"{_spoken(name)} has no plan" for name in runs["run"] if name not in told]
    if len(told) > _FEW and runs["unit"].nunique() == 1:
        order = runs.dropna(subset="value").sort_values("value", kind="stable")["run"].tolist()
        least, most = order[0], order[-1]
        reached = [f"{_spoken(least)} reaches least, {told[least]}, and {_spoken(most)} most, {told[most]}"]
    else:
        reached = [listed([f"{_spoken(name)} reaches {value}" for name, value in told.items()])] if told else []
    several = f"Of {counted(len(runs), 'run')} side by side" if len(runs) > 1 else "The one run"
    return f"{several} {'; '.join([*reached, *empty])}."


def _spoken(name: str) -> str:
    """The name of a run as it is spoken: that of a question by what it asks.

    >>> _spoken("plan=cautious,scenario=realised"), _spoken("outputs/mine"), _spoken("slower, farming kept")
    ('plan cautious, scenario realised', 'outputs/mine', 'slower, farming kept')
    """
    return ", ".join(" ".join(part.strip().split("=", 1)) for part in name.split(","))


def _value(value: float, unit: str) -> str:
    """A value with its unit; shares in per cent."""
    if is_share(unit):
        return f"{percent(value)} of all its figures together"
    share, of, whole = unit.partition("share of ")
    return f"{percent(value)} of {whole}" if of and not share else f"{number(value)} {unit}"


def _targets(run: Run) -> TextTable:
    return run.table("feasibility" if "feasibility" in run.tables else "targets")


def _corners(run: Run) -> dict[str, float]:
    rows = run.table("verdicts").where(figures="official")
    if len(set(zip(rows.column("plan"), rows.column("scenario"), rows.column("floor"), strict=True))) != 1:
        return {}
    return dict(zip(rows.column("corner"), rows.numbers("attainment"), strict=True))


def _binds(run: Run) -> str:
    """The limit with the greatest weight, as a reader says it."""
    table = run.table(next((name for name in ("binding", "prices") if name in run.tables), ""))
    rows = [row for row in table.records() if not row.get("family", "").startswith("target")]
    weights = [abs(as_number(row.get("weight", ""))) for row in rows]
    known = [at for at, weight in enumerate(weights) if weight > 0]
    if not known:
        return ""
    row = rows[max(known, key=lambda at: weights[at])]
    item = limit_of(run.names, row["family"], row["item"]) if row["item"] else row["family"].replace("_", " ")
    return ", ".join(filter(None, (item, row["period"])))


def assumptions_table(sides: Sequence[Side]) -> pd.DataFrame:
    """``assumptions.csv``: what was asked otherwise, then every number of the data that is another than in the first run."""
    columns = ["run", "table", "key", "column", "unit", "first", "here", "change"]
    rows: list[tuple[object, ...]] = []
    first = sides[0]
    for side in sides[1:]:
        rows += [
            (side.name, "question", key, "", "", first.asked[key], value, np.nan)
            for key, value in side.asked.items()
            if value != first.asked[key]
        ]
    mine = _data(first)
    for side in sides[1:]:
        other = _data(side)
        if mine is None or other is None:
            continue
        both = mine.add_suffix("_first").join(other.add_suffix("_here"), how="outer")
        one, two = (pd.to_numeric(both[f"value_{end}"]).to_numpy(dtype=float) for end in ("first", "here"))
        apart = ~(np.isclose(one, two, rtol=_SAME, atol=0.0) | (np.isnan(one) & np.isnan(two)))
        unit = both["unit_here"].where(both["unit_here"].notna(), both["unit_first"])
        with np.errstate(divide="ignore", invalid="ignore"):
            change = np.where(one != 0, two / one - 1.0, np.nan)
        for at in np.flatnonzero(apart).tolist():
            rows.append((side.name, *both.index[at], unit.iloc[at], one[at], two[at], change[at]))
    table = pd.DataFrame(rows, columns=columns)
    return table.astype({"first": object, "here": object})


def _data(side: Side) -> pd.DataFrame | None:
    """Every number that a run used, by table, key and column."""
    if "data" in side.run.tables:
        frame = side.run.table("data").frame("value")
    elif side.economy is not None:
        frame = data_tables(side.economy)["data"]
    else:
        return None
    frame = frame[["table", "key", "column", "value", "unit"]]
    return frame.drop_duplicates(["table", "key", "column"]).set_index(["table", "key", "column"])


def official_of(economy: Economy, plans: Sequence[str]) -> pd.DataFrame:
    """Figures of plans, as rows of ``paths.csv``.

    Args:
        economy: that has them.
        plans: their names.
    """
    frame = economy.tables["targets"]
    frame = frame[frame["plan"].isin(list(plans))]
    return frame.assign(run=frame["plan"], kind="official")[["run", "kind", *_CELL, "unit", "value"]]


def paths_table(
    sides: Sequence[Side], follow: Sequence[str], kinds: Sequence[str], beside: pd.DataFrame
) -> pd.DataFrame:
    """``paths.csv``: official, feasible, executed and produced of what is followed, by run and period.

    Args:
        sides: the runs.
        follow: ``MEASURE:ITEM`` each, with the wild cards of file names.
        kinds: which of the four.
        beside: rows of further official figures.
    """
    rows = [
        (side.name, kind, *cell, unit, value)
        for side in sides
        for kind, cell, unit, value in _paths(side.run)
        if kind in kinds and not np.isnan(value)
    ]
    table = pd.DataFrame(rows, columns=["run", "kind", *_CELL, "unit", "value"])
    table = pd.concat([table, beside], ignore_index=True) if len(beside) else table
    cells = [f"{measure}:{item}" for measure, item in zip(table["measure"], table["item"], strict=True)]
    followed = [any(fnmatchcase(cell, pattern) for pattern in follow) for cell in cells]
    return table.loc[followed, ["run", "kind", "measure", "item", "unit", "period", "value"]].reset_index(drop=True)


def _paths(run: Run) -> Iterator[tuple[str, tuple[str, str, str], str, float]]:
    for table, columns in _COLUMNS.items():
        for row in run.table(table).records():
            cell = ("consumption" if row["product"] == "*" else "output", row["product"], row["period"])
            for kind, column in columns.items():
                yield kind, cell, row["unit"], as_number(row[column])
    if not set(_COLUMNS) & set(run.tables):
        made: dict[tuple[str, str, str], float] = {}
        for row in run.table("balances").where(side="source", entry="output").records():
            key = (row["product"], row["period"], row["unit"])
            made[key] = made.get(key, 0.0) + as_number(row["quantity"])
        for (product, period, unit), quantity in made.items():
            yield "feasible", ("output", product, period), unit, quantity
    for row in run.table("capacities").records():
        yield "feasible", ("capacity", row["capacity"], row["period"]), row["unit"], as_number(row["in_existence"])


def differences_table(paths: pd.DataFrame, first: str) -> pd.DataFrame:
    """``differences.csv``: what is feasible in each run less what is feasible in the first.

    Args:
        paths: as ``paths_table`` gives them.
        first: name of the first run.
    """
    feasible = paths[paths["kind"] == "feasible"]
    start = feasible[feasible["run"] == first].set_index(_CELL)["value"].rename("first")
    table = feasible[feasible["run"] != first].join(start, on=_CELL, how="inner")
    gap = table["value"] - table["first"]
    gap = gap.mask(gap.abs() <= _FELT * table["first"].abs(), 0.0)
    share = gap / table["first"].where(table["first"] != 0)
    table = table.assign(difference=gap, share=share).drop(columns="kind")
    return table[["run", "measure", "item", "unit", "period", "first", "value", "difference", "share"]].reset_index(
        drop=True
    )


def drawn_table(sides: Sequence[Side], found: Uncertainty) -> pd.DataFrame:
    """``runs_drawn.csv``: what each question reaches over one set of draws, and by how much that differs from the first.

    Args:
        sides: the runs.
        found: draws of those that have a question to be drawn, in order.
    """
    names = [side.name for side in sides if side.drawn is not None]
    first = found.outcomes[0]
    rows = [
        {"run": name, **met_row(found, outcome), **(against(outcome, first) if outcome is not first else {})}
        for name, outcome in zip(names, found.outcomes, strict=True)
    ]
    return pd.DataFrame(rows).drop(columns=["plan", "seed", "design"])


def planning_test(sides: Sequence[Side]) -> pd.DataFrame:
    """``planning_test.csv``: how official figures, the feasible path, a play of it and the trend foretold what was produced.

    All are growth over the base period, of the products of which all of them are known, so that they are compared on the same
    products. Between figures official outputs grow steadily; the trend is the growth of the first period gone on with.
    """
    rows: list[tuple[object, ...]] = []
    for side in sides:
        if side.economy is not None and set(_COLUMNS) & set(side.run.tables):
            rows += [(side.name, *row) for row in _foretold(side.run, side.economy)]
    columns = ["run", "period", "kind", "products", "rank_correlation", "mean_error", "mean_absolute_error", "unit"]
    return pd.DataFrame(rows, columns=columns)


def _foretold(run: Run, economy: Economy) -> Iterator[tuple[object, ...]]:
    actuals = economy.tables["actuals"]
    known = actuals[(actuals["preferred"] == "yes") & (actuals["measure"] == "output")]
    made = {(str(i), str(p)): float(v) for i, p, v in zip(known["item"], known["period"], known["value"], strict=True)}
    name = next(name for name in _COLUMNS if name in run.tables)
    kinds = {kind: column for kind, column in _COLUMNS[name].items() if kind != "produced"}
    table = run.table(name).frame(*kinds.values())
    table = table[table["product"] != "*"]
    periods = list(dict.fromkeys(table["period"]))
    found: dict[str, dict[str, list[float]]] = {
        period: {kind: [] for kind in (*kinds, "produced", "trend")} for period in periods
    }
    for product, own in table.groupby("product", sort=False):
        base, first = made.get((str(product), economy.base_period), 0.0), made.get((str(product), periods[0]), 0.0)
        if not (base > 0 and first > 0):
            continue
        official = _steady(base, own["official"].tolist())
        for at, row in enumerate(own.to_dict("records")):
            period = str(row["period"])
            seen = {kind: float(row[column]) for kind, column in kinds.items()} | {
                "official": official[at],
                "produced": made.get((str(product), period), 0.0),
                "trend": base * (first / base) ** (at + 1),
            }
            if all(value > 0 for value in seen.values()):  # nan is not
                for kind, value in seen.items():
                    found[period][kind].append(np.log(value / base))
    for period, grown in found.items():
        produced_growth, count = np.array(grown["produced"]), len(grown["produced"])
        for kind in (*kinds, "trend"):
            if count < _FEWEST or (kind == "trend" and period == periods[0]):  # the trend is that period itself
                continue
            gap = np.array(grown[kind]) - produced_growth
            rank = rank_correlation(np.array(grown[kind]), produced_growth)
            errors = (float(np.expm1(gap.mean())), float(np.expm1(np.abs(gap).mean())))
            yield period, kind, count, rank, *errors, "share of what was produced"


def _steady(base: float, figures: Sequence[float]) -> list[float]:
    """Steady growth from the base through each figure; ``nan`` after the last."""
    found, before, done = [float("nan")] * len(figures), base, 0
    for at, figure in enumerate(figures):
        if figure > 0:
            for step in range(done, at + 1):
                found[step] = before * (figure / before) ** ((step - done + 1) / (at - done + 1))
            before, done = figure, at + 1
    return found
