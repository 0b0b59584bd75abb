"""Experiments on the tables of 1928: shares as they were found before the tables were revised, paths, years to fulfilment.

``pytest --golden`` writes the tables of ``planner/docs/other_paths.md``.
"""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import planner
from planner.analysis.feasibility.decomposition import at_corner
from planner.analysis.feasibility.horizon import periods_needed
from planner.answers.compare import asked_in_file
from planner.economy import Economy
from planner.economy.names import Names
from planner.language.numbers import number
from planner.reporting.dictionary.markdown import markdown_table
from planner.solver.highs import Session
from tests.readme.sections import holds

DOCS = Path(__file__).parents[2] / "planner" / "docs"
PAGE = DOCS / "other_paths.md"
ECONOMY = "ussr_1928_alternatives"
BY_FACTOR = ("even_growth", "expanded_reproduction")
# scenario, model and plan: share before the revision of the tables, central and optimistic; it is the same since but where
# SINCE says so. Before there was no rule for farm goods that a herd holds back, so the rule `steady` leaves those out
BEFORE = {
    ("plan_assumptions", "steady", "ffyp_optimum"): (0.850, 1.008),
    ("plan_assumptions", "steady", "ffyp_minimum"): (1.063, 1.259),
    ("no_collectivisation", "even_growth", "even_growth"): (1.491, 1.747),
    ("kept_link", "even_growth", "even_growth"): (1.485, 1.747),
    ("kept_link_hands", "even_growth", "even_growth"): (1.588, 1.747),
    ("no_collectivisation", "slower_tempo", "ffyp_minimum"): (0.919, 1.259),
    ("kept_link", "slower_tempo", "ffyp_minimum"): (0.915, 1.259),
    ("open_trade", "slower_tempo", "ffyp_minimum"): (0.915, 1.259),
    ("kept_link_hands", "slower_tempo", "ffyp_minimum"): (1.063, 1.259),
    ("kept_link", "slower_tempo", "ffyp_optimum"): (0.606, 1.008),
    ("kept_link_hands", "slower_tempo", "ffyp_optimum"): (0.850, 1.008),
}
NEW = (
    ("kept_link_plan_hands", "slower_tempo", "ffyp_minimum"),
    ("machines_first", "slower_tempo", "ffyp_minimum"),
    ("machines_first", "slower_tempo", "ffyp_optimum"),
    ("plan_assumptions", "expanded_reproduction", "expanded_reproduction"),
    ("kept_link", "expanded_reproduction", "expanded_reproduction"),
)
NONE = float("nan")
SINCE = {
    ("no_collectivisation", "even_growth", "even_growth"): NONE,
    ("kept_link", "even_growth", "even_growth"): 1.588,
    ("no_collectivisation", "slower_tempo", "ffyp_minimum"): NONE,
    ("kept_link", "slower_tempo", "ffyp_minimum"): 1.063,
    ("open_trade", "slower_tempo", "ffyp_minimum"): 1.063,
    ("kept_link", "slower_tempo", "ffyp_optimum"): 0.850,
}
CONDITIONS = {
    "credit": ("credit and payments abroad",),
    "harvests": ("harvests, herds, draught power and the households they feed",),
    "terms of trade": ("terms of trade and its limits",),
}
LATEST = 8  # periods after the end
DRAWS = 100


@cache
def share(scenario: str, model: str, plan: str, corner: str) -> float:
    posed = planner.pose(ECONOMY, scenario=scenario, model=model, plan=plan, corner=corner)
    asked = replace(posed.question, objective="attainment")
    solution = Session().solve(planner.pose(posed.economy, model=asked, plan=plan).program)
    return solution.objective if solution.optimal else NONE


def told(value: float) -> str:
    return "no plan" if value != value else f"{value:.3f}"


@pytest.mark.slow
def test_shares_as_they_were_and_as_they_are(request: pytest.FixtureRequest) -> None:
    rows = []
    for key in (*BEFORE, *NEW):
        now = tuple(share(*key, corner) for corner in ("central", "optimistic"))
        was = BEFORE.get(key)
        if was is not None:
            expected = (SINCE.get(key, was[0]), was[1])
            assert now == pytest.approx(expected, abs=0.0005, nan_ok=True), key
        cells = [
            told(value) if was is None or key not in SINCE or at else f"{told(was[0])} → {told(value)}"
            for at, value in enumerate(now)
        ]
        scenario, model, plan = key
        rows.append((f"`{plan}`", f"`{model}`", f"`{scenario}`", *cells))
    text = f"\n{markdown_table(('plan', 'question', 'scenario', 'central', 'favourable ends'), rows).rstrip()}\n\n"
    holds(PAGE, "shares", text, golden=request.config.getoption("--golden", default=False))


@pytest.mark.slow
def test_paths_beside_the_plan_and_what_happened(request: pytest.FixtureRequest) -> None:
    said = asked_in_file(DOCS / "other_paths.toml")
    found = planner.compare(ECONOMY, *said.pop("runs"), **said, draws=DRAWS)
    paths, names = found.tables["paths"], Names.of(found.economy)
    periods = [str(period) for period in found.economy.periods]
    rows = []
    for (measure, item), own in paths.groupby(["measure", "item"], sort=False):
        unit = str(own["unit"].iloc[0])
        for at, run in enumerate(found.tables["runs"]["run"]):
            path = own[(own["run"] == run) & (own["kind"] == "feasible")]
            cells = dict(zip(path["period"].astype(str), path["value"], strict=True))
            head = f"**{names.target(str(measure), str(item))}, {unit}**" if at == 0 else ""
            rows.append((head, str(run), *(number(cells.get(period, NONE), 3) for period in periods)))
        made = own[own["kind"] == "produced"].drop_duplicates("period")
        cells = dict(zip(made["period"].astype(str), made["value"], strict=True))
        if cells:  # of plant nothing is told
            rows.append(("", "what happened", *(number(cells.get(period, NONE), 3) for period in periods)))
    text = f"\n{markdown_table(('of', 'run', *periods), rows).rstrip()}\n\n"
    golden = request.config.getoption("--golden", default=False)
    holds(PAGE, "paths", text, golden=golden)
    drawn = [
        (
            str(row["run"]),
            f"{row['feasible']} of {row['draws']}",
            f"{row['empty']} of {row['draws']}",
            *(number(row[key], 3) for key in ("p05", "p50", "p95")),
            *(_points(row[key]) for key in ("difference_low", "difference", "difference_high")),
        )
        for row in found.tables["runs_drawn"].to_dict("records")
    ]
    heads = ("run", "all figures met", "no plan", "5 %", "half", "95 %", "less the first run: 5 %", "half", "95 %")
    holds(PAGE, "draws", f"\n{markdown_table(heads, drawn).rstrip()}\n\n", golden=golden)


def _points(difference: float) -> str:
    return "–" if difference != difference else f"{100 * difference:+.1f}"


def condition(facts: Economy, names: tuple[str, ...], corner: str) -> Economy:
    return facts if corner == "central" else at_corner(facts, names, corner)


@pytest.mark.slow
def test_years_to_fulfilment(request: pytest.FixtureRequest) -> None:
    facts = planner.load("ussr_1928")
    question = replace(planner.pose(facts, plan="ffyp_optimum").question, objective="attainment")
    every = {**CONDITIONS, "all three": tuple(name for names in CONDITIONS.values() for name in names)}
    rows = []
    for plan in ("ffyp_optimum", "ffyp_minimum"):
        for called, names in every.items():
            cells = []
            for corner in ("pessimistic", "central", "optimistic"):
                periods = periods_needed(condition(facts, names, corner), question, plan, LATEST)
                cells.append(f"not within {len(facts.periods) + LATEST}" if periods == float("inf") else f"{periods:g}")
            rows.append((Names.of(facts).plan(plan), called, *cells))
        whole = [periods_needed(facts.at_corner("optimistic"), question, plan, LATEST)]
        rows.append((Names.of(facts).plan(plan), "every uncertain number", "no plan", "", f"{whole[0]:g}"))
    heads = ("plan", "condition", "unfavourable end", "centre", "favourable end")
    text = f"\n{markdown_table(heads, rows).rstrip()}\n\n"
    holds(PAGE, "years", text, golden=request.config.getoption("--golden", default=False))
