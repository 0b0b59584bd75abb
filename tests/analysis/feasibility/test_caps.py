"""A cap is a cap: it holds in full at every share, at nothing as at a trace, and by every measure of distance alike."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

import planner
from planner.analysis.feasibility.attainment import empty_set
from planner.analysis.feasibility.conflicts import conflicts_of
from planner.analysis.feasibility.shortfall import least_shortfall, most_met
from planner.analysis.feasibility.target_readings import each_alone
from planner.analysis.shares.balanced import balanced
from planner.cli import main
from planner.cli.exit_codes import Exit
from planner.economy import Economy
from planner.formulation import Formulation, formulate, load_question
from tests.properties.frames import economy

QUESTION = load_question("attainment")
CAP = "targets:plan=ambitious,measure=import,item=iron,period=1,sense={sense}:value={value}"
NO_IMPORT = "trade:product=iron,direction=import,period=1:limit=0"


@pytest.fixture
def cli(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "140")
    return lambda *arguments: CliRunner().invoke(main, list(arguments))


def share(*sets: str) -> float:
    return planner.solve("two_goods", model="attainment", plan="ambitious", changes=sets).solution.objective


@pytest.mark.parametrize("sense", ["at_most", "exactly"])
@pytest.mark.parametrize("value", ["0", "1e-9", "1e-6"])
def test_caps_near_nothing_are_like_nothing(sense: str, value: str) -> None:
    """Foreign iron is worth 0.02 a ton: without its 2.5 t the plan stands at 85 % for 90 %, whoever forbids it."""
    assert share() == pytest.approx(0.9)
    assert share(NO_IMPORT) == pytest.approx(0.85)
    assert share(CAP.format(sense=sense, value=value)) == pytest.approx(0.85, abs=1e-6)


def test_from_the_command_line(cli, tmp_path: Path) -> None:
    result = cli(
        "solve",
        "two_goods",
        "--model",
        "attainment",
        "--set",
        CAP.format(sense="at_most", value="0"),
        "--out",
        "run",
        "--format",
        "json",
    )
    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)
    assert document["summary"]["value"] == pytest.approx(0.85)
    [cap] = [row for row in document["targets"] if row["sense"] == "at_most"]
    assert (cap["official"], cap["planned"], cap["share"], cap["asked"]) == (0, 0, 1, "in full: a cap")
    result = cli(
        "solve", "two_goods", "--model", "attainment", "--set", CAP.format(sense="at_most", value="0"), "--out", "run2"
    )
    assert "both figures together (with 1 more held in full) can be reached to 85.0 %." in result.stdout
    assert "held in full (a cap): Import of iron, at most in 1" in result.stdout


def smoke(*figures: tuple[object, ...], dirt: float = 0.0) -> Economy:
    """Steel makes as much smoke; land for 300. Figures: item, value, sense, hard, scales; final use of smoke is ``dirt``."""
    names = ("item", "value", "sense", "hard", "scales")
    columns = {name: list(column) for name, column in zip(names, zip(*figures, strict=True), strict=True)}
    tables = {
        "products": {"product": ["steel", "smoke"], "unit": "t"},
        "activities": {"activity": ["mill"], "product": ["steel"]},
        "coefficients": {
            "activity": "mill",
            "item": ["steel", "smoke", "land"],
            "role": ["output", "output", "resource"],
            "value": 1.0,
        },
        "resources": {"resource": ["land"], "unit": "ha"},
        "supply": {"resource": ["land"], "period": "1", "value": 300.0},
        "plans": {"plan": ["plan"]},
        "targets": {"plan": "plan", "measure": "output", "period": "1", "unit": "t", **columns},
        **({"final_use": {"product": ["smoke"], "use": "dirt", "period": "1", "value": dirt}} if dirt else {}),
    }
    return economy(tables, ["1"])


def posed(*figures: tuple[object, ...], **more: float) -> Formulation:
    return formulate(smoke(*figures, **more), QUESTION, "plan")


def reached(*figures: tuple[object, ...]) -> float:
    return balanced(posed(*figures)).first.objective


STEEL = ("steel", 100.0, "at_least", "no", "no")


@pytest.mark.parametrize(
    ("cap", "hard", "scales", "by_hand"),
    [
        (200.0, "no", "no", 2.0),
        (200.0, "yes", "no", 2.0),
        (200.0, "no", "yes", 4 / 3),  # 100 t <= (2 - t) 200
        (0.001, "no", "no", 1e-5),
        (0.001, "yes", "no", 1e-5),
        (0.001, "no", "yes", 0.002 / 100.001),
        (0.0, "no", "no", 0.0),
        (0.0, "no", "yes", 0.0),
    ],
)
def test_by_hand(cap: float, hard: str, scales: str, by_hand: float) -> None:
    assert reached(STEEL, ("smoke", cap, "at_most", hard, scales)) == pytest.approx(by_hand, rel=1e-6, abs=1e-9)


def test_exactly_is_a_floor_that_scales_and_a_cap_that_does_not() -> None:
    """Smoke exactly 60: of steel, which makes as much, 60 can be had, and the share of smoke is one."""
    found = balanced(posed(STEEL, ("smoke", 60.0, "exactly", "no", "no")))
    assert found.shares == pytest.approx([0.6, 1.0])
    eased = balanced(posed(STEEL, ("smoke", 60.0, "exactly", "no", "yes")))
    assert eased.shares == pytest.approx([0.75, 0.75])  # 100 t <= (2 - t) 60


READINGS: dict[str, Callable[[Formulation], Any]] = {
    "shares": lambda of: balanced(of).shares,
    "alone": lambda of: each_alone(of, 0.8).alone,
    "held": lambda of: each_alone(of, 0.8).held,
    "without": lambda of: each_alone(of, 0.8).without,
    "missed": least_shortfall,
    "met": lambda of: most_met(of).met,
    "conflicts": lambda of: np.array(conflicts_of(of).table["sentence"].tolist(), object),
}


@pytest.mark.parametrize("reading", READINGS)
def test_every_reading_takes_a_soft_cap_as_a_hard_one(reading: str) -> None:
    more = ("steel", 90.0, "at_most", "no", "no"), ("smoke", 70.0, "at_least", "no", "no")
    soft, hard = (
        READINGS[reading](posed(STEEL, ("smoke", 80.0, "at_most", how, "no"), *more)) for how in ("no", "yes")
    )
    np.testing.assert_array_equal(soft, hard)


def test_a_cap_is_named_in_the_conflict() -> None:
    found = conflicts_of(posed(STEEL, ("smoke", 80.0, "at_most", "no", "no")))
    assert found.sentences("conflict") == ["Steel 100 t in 1 and smoke at most 80 t in 1 cannot both be had."]
    assert sorted(found.sentences("cure")) == [
        "Without smoke at most 80 t in 1, all the rest could be met together.",
        "Without steel 100 t in 1, all the rest could be met together.",
    ]
    assert found.complete


def test_a_cap_that_binds_is_among_what_binds() -> None:
    """One per cent more of the cap is one per cent more of the plan; a figure that scales is no limit."""
    made = smoke(STEEL, ("smoke", 80.0, "at_most", "no", "no"))
    binding = planner.solve(made, model=QUESTION, plan="plan").binding
    assert binding[["family", "item", "weight"]].to_numpy().tolist() == [["target_ceiling", "output/smoke", 1.0]]
    eased = smoke(STEEL, ("smoke", 80.0, "at_most", "no", "yes"))
    assert planner.solve(eased, model=QUESTION, plan="plan").binding.empty


def test_a_cap_that_scales_is_read_like_any_figure() -> None:
    of = posed(STEEL, ("smoke", 80.0, "at_most", "no", "yes"))
    readings = each_alone(of, 8 / 9)
    assert balanced(of).first.objective == pytest.approx(8 / 9)  # 100 t <= (2 - t) 80
    assert readings.alone == pytest.approx([3.0, 2.0])
    assert most_met(of).met.sum() == 1
    assert least_shortfall(of).sum() == pytest.approx(0.2)  # a fifth of the steel, a quarter of the cap


def test_whole_assessments_are_the_same() -> None:
    """Corners, relaxation, dates, targets left out, conflicts: with the cap soft and with it hard."""
    cap = CAP.format(sense="at_most", value="1")
    soft, hard = (
        planner.assess("two_goods", plan="ambitious", changes=[cap, *more], years=3).tables
        for more in ([], [cap.replace(":value=1", ":hard=yes")])
    )
    assert soft.keys() == hard.keys()
    for name, table in soft.items():
        left, right = (
            t.drop(columns=["asked", "source"], errors="ignore").to_csv(index=False) for t in (table, hard[name])
        )
        assert left == right, name


def test_draws_hold_the_cap_too(cli, tmp_path: Path) -> None:
    for name, change in (("capped", CAP.format(sense="at_most", value="0")), ("closed", NO_IMPORT)):
        result = cli(
            "uncertainty",
            "two_goods",
            "--plan",
            "ambitious",
            "--samples",
            "8",
            "--workers",
            "1",
            "--out",
            name,
            "--set",
            change,
        )
        assert result.exit_code == 0, result.stderr
    capped, closed = ((tmp_path / name / "met.csv").read_text() for name in ("capped", "closed"))
    assert [float(cell) for cell in capped.splitlines()[1].split(",")[9:13]] == pytest.approx(
        [float(cell) for cell in closed.splitlines()[1].split(",")[9:13]], rel=1e-8
    )


def test_a_floor_of_nothing_is_listed_and_asks_nothing() -> None:
    """Nobody makes soot, and none is asked for: the figure stays, met, and is given up by nobody."""
    of = posed(STEEL, ("smoke", 0.0, "at_least", "no", "no"))
    assert of.targets.manner == ["to the share reached", "in full: a floor of 0 asks nothing"]
    assert balanced(of).shares == pytest.approx([3.0, 1.0])
    assert not [name for name in conflicts_of(of).table["members"] if "smoke" in name]


def test_a_floor_at_the_base_holds_in_full_on_the_growth_basis() -> None:
    tables = smoke(STEEL, ("smoke", 40.0, "at_least", "no", "no")).tables
    actuals = {"measure": "output", "item": ["smoke"], "period": "0", "series": "s", "value": 50.0, "preferred": "yes"}
    made = economy({"actuals": actuals}, ["1"])
    facts = replace(smoke(STEEL), tables={**tables, "actuals": made.tables["actuals"]})
    of = formulate(facts, replace(QUESTION, basis="growth"), "plan")
    assert of.targets.manner[1] == "in full: not above the base period"


def test_figures_that_all_hold_in_full_are_met_or_not() -> None:
    found = planner.solve(
        smoke(("steel", 100.0, "at_least", "yes", "no"), ("smoke", 150.0, "at_most", "no", "no")),
        model=QUESTION,
        plan="plan",
    )
    assert (found.solution.objective, found.summary["targets_met"]) == (1.0, 2)
    assert found.targets["planned"].tolist() == pytest.approx([100.0, 100.0])
    assert "attainment" not in found.binding["family"].tolist()


def test_an_empty_set_is_not_laid_to_the_floors_alone(cli, tmp_path: Path) -> None:
    """12 of smoke must go somewhere, 10 are allowed: that is no matter of floors and balances alone."""
    found = planner.solve(smoke(STEEL, ("smoke", 10.0, "at_most", "no", "no"), dirt=12.0), model=QUESTION, plan="plan")
    assert found.status.value == "infeasible"
    assert found.targets[["feasible", "share"]].isna().all(axis=None)
    assert found.formulation.targets.kept == "the floors, the balances and the figures held in full"
    change = CAP.format(sense="at_most", value="1")
    result = cli("feasibility", "two_goods", "--set", change, "--floor", "4", "--out", "empty")
    assert result.exit_code == Exit.EMPTY
    assert "keeps the floors, the balances and the figures held in full" in " ".join(result.stdout.split())


def test_the_cap_of_a_figure_to_be_met_exactly_is_part_of_the_set_too() -> None:
    """Whether there is a plan at all may hang on it, so a proof of emptiness without it serves no other plan."""
    of = posed(STEEL, ("smoke", 10.0, "exactly", "no", "no"), dirt=12.0)
    assert of.targets.held.tolist() == [False, True]
    assert of.targets.manner[1] == "to the share reached, and never more than in full"
    known: dict[bytes, Any] = {}
    proof = empty_set(of, known)
    assert proof is not None
    assert proof.valid
    assert not known
