"""Tables of the READMEs of the Soviet packages that the program makes: path beside produced; verdicts before and after a revision.

``pytest --golden`` writes them anew. The verdicts before are those of the tables as they stood before the revision (they are in
the history of ``inputs/ussr_1928``, plan ``raised_1930`` then being ``raised_1929_12`` now), put through the same ladder.
"""

from pathlib import Path

import pandas as pd
import pytest

import planner
from planner.analysis.feasibility.backtest import training_periods
from planner.analysis.shares.settled import settle
from planner.answers.pose import pose
from planner.economy.names import Names
from planner.language.counting import listed
from planner.language.numbers import number, percent
from planner.reporting.dictionary.markdown import markdown_table
from planner.reporting.tables.produced import APART, produced_table
from tests.readme.sections import holds

INPUTS = Path(__file__).parents[2] / "inputs"
README = INPUTS / "ussr_1928" / "README.md"
BEFORE = Path(__file__).parent / "data" / "ussr_1928" / "verdicts_before.csv"
PLANS = (
    ("ussr_1928", "ffyp_optimum"),
    ("ussr_1928", "raised_1930"),
    pytest.param("ussr_1932", "sfyp_adopted", marks=pytest.mark.slow),
    pytest.param("ussr_1937", "tfyp_adopted", marks=pytest.mark.slow),
)
CONDITIONS = (("plan_assumptions", "base"), ("realised", 0.45), ("no_collectivisation", 0.45))  # scenario and floor
NEW = ("new",) * 4
ENDS = (("central", "official"), ("optimistic", "official"), ("optimistic", "modest"))


def three(value: float) -> str:
    """Three digits: a path is found to about as many."""
    return number(float(f"{value:.3g}"))


def signed(share: float) -> str:
    return f"{100 * share:+.0f} %"


@pytest.mark.parametrize(("economy", "plan"), PLANS)
def test_the_path_beside_what_was_produced(economy: str, plan: str, request: pytest.FixtureRequest) -> None:
    shipped = planner.load(economy)
    found = settle(pose(shipped, plan=plan), reasons=False).path
    assert found is not None
    calibrated = sorted(training_periods(shipped))
    table, names = produced_table(found), Names.of(shipped)
    called = {p: "consumption per head" if p == "*" else names.inline(p, "product") for p in table["product"].unique()}
    cells = {
        (row.product, row.period): f"{three(row.path)} / {three(row.produced)} ({signed(row.apart)})"
        for row in table.itertuples(index=False)
    }
    units = dict(zip(table["product"], table["unit"], strict=True))
    rows = [
        (called[product], units[product], *(cells.get((product, period), "") for period in shipped.periods))
        for product in called
    ]
    told = table[table["period"].isin(calibrated) & (table["apart"].abs() > APART)]
    assert (told["reason"] != "").all()
    reasons = [
        f"- {called[row.product]} in {row.period} ({signed(row.apart)}): {row.reason}."
        for row in told.sort_values(["reason", "product", "period"]).itertuples(index=False)
    ]
    text = (
        f"\n**{names.plan(plan)}** (`{plan}`): path / produced (path against produced).\n\n"
        f"{markdown_table(('product', 'unit', *shipped.periods), rows).rstrip()}\n\n"
        f"More than 15 % apart in {listed(calibrated)}:\n\n" + "\n".join(reasons) + "\n\n"
    )
    holds(
        INPUTS / economy / "README.md",
        f"path of {plan}",
        text,
        golden=request.config.getoption("--golden", default=False),
    )


@pytest.mark.slow
def test_verdicts_before_and_after_the_revision(request: pytest.FixtureRequest) -> None:
    ladders = [planner.ladder("ussr_1928", scenario=scenario, floor=floor).verdicts for scenario, floor in CONDITIONS]
    after = pd.concat(ladders).query("annual == 'no' and corner != 'pessimistic'")
    before = pd.read_csv(BEFORE)
    names = Names.of(planner.load("ussr_1928"))
    rows = []
    for scenario, plan in after[["scenario", "plan"]].drop_duplicates().itertuples(index=False):
        was, now = (
            _told(table[(table["plan"] == plan) & (table["scenario"] == scenario)]) for table in (before, after)
        )
        assert was[-1] in (now[-1], "new"), f"the README says that no verdict changed, but {plan} under {scenario} did"
        if scenario == CONDITIONS[0][0] or was not in (now, NEW):
            cells = (b if a in (b, "new") else f"{a} → {b}" for a, b in zip(was, now, strict=True))
            rows.append((names.plan(plan) + " (new)" * (was is NEW), f"`{scenario}`", *cells))
    heads = ("plan", "scenario", "central", "favourable ends", "modest end of figures too", "verdict over the ranges")
    text = f"\n{markdown_table(heads, rows).rstrip()}\n\n"
    holds(README, "verdicts", text, golden=request.config.getoption("--golden", default=False))


def _told(table: pd.DataFrame) -> tuple[str, ...]:
    """Shares at three ends of the ranges and the verdict; ``new`` for a plan that was not there."""
    if table.empty:
        return NEW
    shares = table.set_index(["corner", "figures"])["attainment"]
    return (*(percent(float(shares[end])) for end in ENDS), str(table["verdict_over_ranges"].iloc[0]))
