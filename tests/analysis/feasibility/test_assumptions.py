"""What of the package decides an assessment: groups of assumptions, what happened, judgements, floors that can be kept."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import planner
from planner.analysis.feasibility.cases import rungs
from planner.analysis.feasibility.decomposition import REST, Groups, decompose
from planner.analysis.feasibility.households import bears, floor_sentence, highest_floor
from planner.answers.pose import pose
from planner.cli import main
from planner.economy import Economy, load
from planner.economy.schema.columns import FILE, ROW
from planner.formulation import load_question
from planner.shipped import shipped
from tests.analysis.feasibility.judging import judged_table

QUESTION = load_question("attainment")


def with_groups(economy: Economy, *rows: tuple[str, str, str]) -> Economy:
    frame = economy.tables["assumptions"].iloc[:0]
    made = (
        frame.drop(columns=[FILE, ROW])
        .reindex(range(len(rows)))
        .assign(**dict(zip(("table", "kind", "group"), zip(*rows, strict=True), strict=True)))
    )
    return replace(economy, tables={**economy.tables, "assumptions": made.fillna("")}).settled()


def test_without_groups_every_table_is_one() -> None:
    economy = load("two_goods")
    groups = Groups.of(economy)
    assert groups.names[:3] == ("products", "aggregates", "activities")
    assert not {"targets", "actuals", "plans", "judgements", "assumptions"} & set(groups.names)
    table = decompose(economy, economy.in_scenario("open_trade"), QUESTION, "ambitious")
    assert table["group"].tolist() == ["from the plan's assumptions", "trade", "to what happened"]
    assert table["alone"].tolist() == pytest.approx([0.9, 0.05, 0.95])


def hands_and_norms() -> Economy:
    hands = (("supply", "labour", "hands"), ("coefficients", "labour", "hands"))
    return with_groups(load("two_goods"), *hands, ("coefficients", "", "norms"))


def test_groups_are_what_the_package_says() -> None:
    economy = hands_and_norms()
    groups = Groups.of(economy)
    assert groups.names == ("hands", "norms", REST)
    of = np.array(groups.names, object)[groups.of_rows(economy, "coefficients")]
    labour = economy.tables["coefficients"]["item"] == "workers"
    assert set(of[labour]) == {"hands"}
    assert set(of[~labour]) == {"norms"}
    assert set(np.array(groups.names, object)[groups.of_rows(economy, "trade")]) == {REST}


def test_groups_of_the_package_change_one_by_one() -> None:
    economy = hands_and_norms()
    happened = economy.changed(["supply:resource=workers,period=*:value*=0.8", "coefficients:item=corn:value*=1.1"])
    table = decompose(economy, happened, QUESTION, "ambitious")
    assert table["group"].tolist()[1:3] == ["hands", "norms"]
    assert table["shapley"].iloc[1:-1].sum() == pytest.approx(table["alone"].iloc[-1] - table["alone"].iloc[0])


def test_the_soviet_groups_are_in_its_package() -> None:
    economy = load("ussr_1928")
    names = Groups.of(economy).names
    assert names[0] == "harvests, herds, draught power and the households they feed"
    assert names[-1] == REST
    source = (shipped("inputs").parent / "planner").rglob("*.py")
    assert not [path for path in source if "draught" in path.read_text(encoding="utf-8") and "decompos" in path.name]


def test_what_happened_is_named_by_the_package(tmp_path: Path) -> None:
    """No scenario is known by its name to the program: two_goods has none that happened, until its heading says so."""
    assert "decomposition" not in planner.assess("two_goods", years=0).tables
    text = (shipped("inputs") / "two_goods/economy.toml").read_text(encoding="utf-8")
    folder = tmp_path / "two_goods"
    for file in (shipped("inputs") / "two_goods").rglob("*"):
        if file.is_file():
            (folder / file.relative_to(shipped("inputs") / "two_goods")).parent.mkdir(parents=True, exist_ok=True)
            (folder / file.relative_to(shipped("inputs") / "two_goods")).write_bytes(file.read_bytes())
    (folder / "economy.toml").write_text(f'{text}\n[backtest]\nscenario = "open_trade"\n', encoding="utf-8")
    table = planner.assess(folder, years=0).tables["decomposition"]
    assert set(table["against"]) == {"open_trade"}
    assert "decomposition" not in planner.assess(folder, against=None, years=0).tables
    out = tmp_path / "run"
    asked = ["feasibility", str(folder), "--out", str(out), "--years", "0", "--against"]
    assert CliRunner().invoke(main, [*asked, ""]).exit_code == 0
    assert not (out / "decomposition.csv").exists()
    assert CliRunner().invoke(main, [*asked, "dry", "--overwrite"]).exit_code == 3


# -- a feasible set that is empty says what floor some plan keeps -----------------------------------------------------------


def test_the_highest_floor_by_hand() -> None:
    """Two goods: 62 t of corn less the office's 2 t, over 50 t for 100 persons, and no iron made for sale."""
    formulation = pose("two_goods", floor=4.9)
    level = highest_floor(formulation.facts, formulation.question)
    assert 1.0 < level < 4.9
    assert bears(formulation) == level
    keeps, fails = (planner.solve("two_goods", floor=level * factor).status.value for factor in (1 - 1e-6, 1 + 1e-4))
    assert (keeps, fails) == ("optimal", "infeasible")


def test_where_it_is_not_the_floor_that_empties_the_set() -> None:
    hard = ["targets:plan=ambitious,measure=output,item=iron,period=2:hard=yes"]
    formulation = pose("two_goods", changes=[*hard, "targets:plan=ambitious,item=iron:value=500"])
    assert np.isinf(bears(formulation))
    assert "not the floor" in floor_sentence(bears(formulation))


def test_every_road_to_an_empty_set_says_what_floor_could_be_kept(tmp_path: Path) -> None:
    wanted = "some plan keeps households at"
    answer = planner.assess("two_goods", floor=4.9)
    assert wanted in answer.summary["headline"]
    assert answer.summary["highest_floor_where_empty"]["central"] == answer.tables["verdicts"]["highest_floor"].iloc[0]
    asked = ["--floor", "4.9", "--out", str(tmp_path / "run"), "--overwrite"]
    for command in (["feasibility"], ["feasibility", "--plan", "all"], ["solve"], ["near-optimal"], ["sensitivity"]):
        result = CliRunner().invoke(main, [command[0], "two_goods", *command[1:], *asked])
        assert wanted in " ".join(result.output.split()), command
    economy = load("two_goods")
    table = judged_table(economy, QUESTION, rungs(economy, QUESTION, "all", None, 4.9))
    assert table.groupby("corner")["highest_floor"].nunique().tolist() == [1, 1, 1]


@pytest.mark.slow
def test_a_what_if_tells_its_reader_what_it_rests_on(tmp_path: Path) -> None:
    asked = ["--plan", "ffyp_minimum", "--scenario", "no_collectivisation", "--model", "heavy_industry"]
    for command, code in (("feasibility", 4), ("solve", 4)):
        result = CliRunner().invoke(main, [command, *asked, "--out", str(tmp_path / command)])
        assert result.exit_code == code
        said = " ".join(result.output.split())
        assert "This is a what-if on a table of numbers" in said
        assert "some plan keeps households at 0.942 of the base level" in said
    summary = json.loads((tmp_path / "feasibility/summary.json").read_text(encoding="utf-8"))
    assert summary["caution"].startswith("This is a what-if")
    assert summary["highest_floor_where_empty"] == {"central": pytest.approx(0.9423, abs=1e-4)}
    assert (
        planner.solve("ussr_1928", scenario="no_collectivisation", floor=0.8).summary["caution"] == summary["caution"]
    )
    assert load("ussr_1928", scenario="realised").caution == ""
