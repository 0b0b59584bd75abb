"""Every command as a function: the same answer as the command line gives, and one form for all of them."""

import inspect
import json
import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

import planner
from planner.answers.base.answer import Answer
from planner.cli import COMMANDS, main
from planner.reporting.run.write import plain

FEW = planner.Sampling(samples=12, seed=3)
ALONE = planner.Cluster(workers=1)
CURVE = "capacities:furnaces:initial=0.5:2"
ASKED = {"plan": "ambitious"}
PAIR = ("output:corn:2", "output:iron:2")

VERBS: dict[str, tuple[Callable[[], Answer], list[str]]] = {
    "solve": (lambda: planner.solve("two_goods", **ASKED), ["solve", "two_goods", "--plan", "ambitious"]),
    "solve, changed": (
        lambda: planner.solve(
            "two_goods", model="consumption", corner="optimistic", changes=["supply:period=1:value*=1.1"]
        ),
        [
            "solve",
            "two_goods",
            "--model",
            "consumption",
            "--corner",
            "optimistic",
            "--set",
            "supply:period=1:value*=1.1",
        ],
    ),
    "feasibility": (
        lambda: planner.assess("two_goods", years=3, **ASKED),
        ["feasibility", "two_goods", "--plan", "ambitious", "--years", "3"],
    ),
    "ladder": (
        lambda: planner.ladder("two_goods", plan="all", floor=0.9),
        ["feasibility", "two_goods", "--plan", "all", "--floor", "0.9"],
    ),
    "backtest": (lambda: planner.backtest("two_goods"), ["backtest", "two_goods"]),
    "sensitivity": (
        lambda: planner.sensitivity("two_goods", curves=[CURVE], top=5, **ASKED),
        ["sensitivity", "two_goods", "--plan", "ambitious", "--curve", CURVE, "--top", "5"],
    ),
    "frontier": (
        lambda: planner.frontier(*PAIR, "two_goods", hold=0.5, **ASKED),
        ["frontier", *PAIR, "two_goods", "--plan", "ambitious", "--hold", "0.5"],
    ),
    "near-optimal": (
        lambda: planner.near_optimal("two_goods", epsilon=0.05, **ASKED),
        ["near-optimal", "two_goods", "--plan", "ambitious", "--epsilon", "0.05"],
    ),
    "regions": (
        lambda: planner.regions("two_regions", **ASKED),
        ["regions", "two_regions", "--plan", "ambitious"],
    ),
    "execute": (
        lambda: planner.execute("two_goods", tautness="adopted", allocation="priority", **ASKED),
        ["execute", "two_goods", "--tautness", "adopted", "--allocation", "priority", "--plan", "ambitious"],
    ),
    "money": (
        lambda: planner.money("two_goods_money", levels=[1.5]),
        ["money", "two_goods_money", "--level", "1.5"],
    ),
    "claims": (lambda: planner.claims("two_goods"), ["claims", "two_goods"]),
    "uncertainty": (
        lambda: planner.uncertainty("two_goods", plan="all", sampling=FEW, cluster=ALONE),
        ["uncertainty", "two_goods", "--plan", "all", "--samples", "12", "--seed", "3", "--workers", "1"],
    ),
}
EMPTY: dict[str, tuple[Callable[[], Answer], list[str]]] = {
    "solve": (lambda: planner.solve("two_goods", floor=5.0), ["solve", "two_goods", "--floor", "5"]),
    "sensitivity": (lambda: planner.sensitivity("two_goods", floor=5.0), ["sensitivity", "two_goods", "--floor", "5"]),
    "execute": (lambda: planner.execute("two_goods", floor=5.0), ["execute", "two_goods", "--floor", "5"]),
    "near-optimal": (
        lambda: planner.near_optimal("two_goods", floor=5.0),
        ["near-optimal", "two_goods", "--floor", "5"],
    ),
    "frontier": (
        lambda: planner.frontier(*PAIR, "two_goods", floor=5.0),
        ["frontier", *PAIR, "two_goods", "--floor", "5"],
    ),
    "feasibility": (lambda: planner.assess("two_goods", floor=5.0), ["feasibility", "two_goods", "--floor", "5"]),
}
ABOUT = (
    "economy",
    "title",
    "plan",
    "plan_title",
    "scenario",
    "corner",
    "floor",
    "model",
    "question",
    "changes",
    "caution",
)


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, dict[str, Any], str]]:
    """Code, JSON and stderr of a command."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str) -> tuple[int, dict[str, Any], str]:
        result = CliRunner(env={"COLUMNS": "400"}).invoke(main, [*arguments, "--format", "json"])
        return result.exit_code, json.loads(result.stdout), result.stderr

    return invoke


def numbers_in(value: Any) -> Iterator[float]:
    """Every float of a document."""
    if isinstance(value, dict):
        for one in value.values():
            yield from numbers_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from numbers_in(one)
    elif isinstance(value, float):
        yield value


@pytest.mark.parametrize("verb", VERBS)
def test_python_says_what_the_command_line_says(said, tmp_path, verb):
    ask, arguments = VERBS[verb]
    code, document, stderr = said(*arguments)
    assert code == 0, stderr
    answer = ask()
    assert document.pop("folder")
    assert document == json.loads(json.dumps(answer.document))
    assert tuple(answer.summary)[: len(ABOUT)] == ABOUT
    assert answer.summary["headline"] == answer.headline
    assert answer.warnings is not None
    folder = answer.write(tmp_path / "again")
    assert json.loads((folder / "summary.json").read_text()) == answer.summary
    written = {path.stem for path in folder.glob("*.csv")}
    assert set(answer.tables) <= written
    with pytest.raises(FileExistsError):
        answer.write(folder)
    assert answer.write(folder, overwrite=True) == folder


@pytest.mark.parametrize("verb", VERBS)
def test_every_answer_has_one_form(verb):
    answer = VERBS[verb][0]()
    assert len(repr(answer)) < 160
    assert "\n" not in repr(answer)
    html = answer._repr_html_()
    assert "<table" in html
    assert all(math.isfinite(number) for number in numbers_in(answer.summary))
    assert set(answer.first) <= set(answer.tables)
    assert len(dir(answer.plot)) == len(answer.charts)
    for name in dir(answer.plot):
        assert type(getattr(answer.plot, name)()).__name__ == "Figure"
    with pytest.raises(AttributeError, match="There is no chart"):
        _ = answer.plot.nothing
    for table in answer.tables.values():
        for name in ("period", "due"):
            if name in table and table[name].astype(str).str.fullmatch(r"[1-9]\d*").all() and len(table):
                assert table[name].dtype.kind == "i"


@pytest.mark.parametrize("verb", EMPTY)
def test_a_question_without_a_plan_is_answered_with_its_reason(said, verb):
    """By hand: 300 hands feed at most 1.875 of the base level in the better of two years; 5 times nobody could."""
    ask, arguments = EMPTY[verb]
    code, document, stderr = said(*arguments)
    answer = ask()
    assert code == 4
    assert answer.reason
    assert " ".join(answer.reason.split()) in " ".join(stderr.split())
    assert document["summary"] == answer.summary
    assert answer.summary["reason"] == answer.reason
    assert getattr(answer, "value", None) is None
    assert answer.summary.get("value") is None
    assert all(math.isfinite(number) for number in numbers_in(answer.summary))
    assert len(repr(answer)) < 200
    if verb in ("solve", "sensitivity", "near-optimal"):
        assert answer.conflict
        assert answer.highest_floor is not None
        assert planner.solve("two_goods", floor=answer.highest_floor * (1 - 1e-6)).value is not None
        assert planner.solve("two_goods", floor=answer.highest_floor * (1 + 1e-4)).value is None


def test_every_command_is_a_verb():
    others = {"new", "list", "completion"}  # files copied, what `catalogue` says, a script for the shell
    verbs = {command.replace("-", "_") for command in COMMANDS if command not in others}
    assert verbs <= set(planner.__all__)
    assert {"load", "pose", "ladder", "compare", "violations", "catalogue"} <= set(planner.__all__)
    assert set(planner.__all__) <= set(dir(planner))
    for name in planner.__all__:
        assert getattr(planner, name) is not None
        assert not inspect.ismodule(getattr(planner, name)), name  # no room hides a verb


def test_the_version():
    assert planner.__version__ == CliRunner().invoke(main, ["--version"]).stdout.split()[1]
    with pytest.raises(AttributeError):
        _ = planner.nothing


def test_a_verb_says_what_can_be_asked():
    asked = {"model", "plan", "scenario", "corner", "floor", "changes"}
    for verb in (
        planner.solve,
        planner.assess,
        planner.projects,
        planner.sensitivity,
        planner.frontier,
        planner.near_optimal,
        planner.money,
    ):
        assert asked < set(inspect.signature(verb).parameters)


def test_a_question_posed_serves_every_verb():
    posed = planner.pose("two_goods", **ASKED)
    assert planner.solve(posed).summary == planner.solve("two_goods", **ASKED).summary
    assert planner.near_optimal(posed).document == planner.near_optimal("two_goods", **ASKED).document
    with pytest.raises(TypeError, match="plan cannot be changed"):
        planner.solve(posed, plan="cautious")


def test_compare_is_every_case_by_itself():
    answer = planner.compare("two_goods", plan="all", scenario="all", corner="all")
    table = answer.tables["runs"]
    assert len(table) == 2 * 2 * 3
    assert not table.duplicated(["plan", "scenario", "corner"]).any()
    for row in table.to_dict("records"):
        alone = planner.solve("two_goods", plan=row["plan"], scenario=row["scenario"], corner=row["corner"])
        assert row["value"] == pytest.approx(alone.value, rel=1e-9)
    empty = planner.compare("two_goods", floor=5.0).tables["runs"]
    assert empty["value"].isna().all()
    assert empty["reason"].str.contains("no plan satisfies").all()


def test_violations_of_a_plan_and_of_one_that_is_moved():
    answer = planner.solve("two_goods", model="attainment", **ASKED)
    posed = answer.formulation
    assert not planner.violations(answer, posed).tables["violations"]["violation"].any()
    levels = dict(zip(posed.program.column_names, answer.plan.values.tolist(), strict=True))
    more = next(name for name in levels if name.startswith("activity(") and levels[name] > 1)
    found = planner.violations({**levels, more: levels[more] + 1.0}, posed).tables["violations"]
    program, step = posed.program, [float(name == more) for name in posed.program.column_names]
    body = program.matrix @ (answer.plan.values + step)
    wanted = [
        max(0.0, low - at, at - high) for low, at, high in zip(program.row_lower, body, program.row_upper, strict=True)
    ]
    assert found.loc[found["kind"] == "row", "violation"].to_numpy() == pytest.approx(wanted, abs=1e-6)
    assert found["violation"].max() > 0


def test_violations_of_activities_alone():
    """The levels of a plan that can be had are completed to one that keeps every row; idle hands feed nobody."""
    answer = planner.solve("two_goods", model="consumption")
    assert planner.violations(answer.tables["activities"], "two_goods", model="consumption").worst < 1e-9
    table = answer.tables["activities"].assign(level=0.0)
    idle = planner.violations(table, "two_goods", model="consumption")
    assert "broken" in idle.headline
    assert idle.summary["columns_given"] < idle.summary["columns"]
    with pytest.raises(ValueError, match="There is no column"):
        planner.violations({"activity(corn)": 1.0}, "two_goods", model="consumption")


def test_an_economy_of_data_frames_is_the_one_of_its_files():
    read = planner.load("two_goods")
    folder = read.folder
    frames = {path.stem: pd.read_csv(path, dtype=str).fillna("") for path in folder.glob("*.csv")}
    made = planner.load(
        frames,
        name="two_goods",
        title=read.title,
        base_period="0",
        periods=["1", "2"],
        value_unit="crowns",
        default_plan="ambitious",
        default_model="five_year",
    )
    assert made == read
    assert planner.solve(made).document["targets"] == planner.solve("two_goods").document["targets"]
    with pytest.raises(planner.DataError):
        planner.load(
            {**frames, "products": frames["products"].drop(columns="unit")}, periods=["1", "2"], base_period="0"
        )


def test_the_rest_of_the_verbs(said, tmp_path):
    folder = planner.assess("two_goods", years=1, **ASKED).write(tmp_path / "far")
    found = planner.verify(folder)
    assert found.verified
    assert found.headline.startswith("VERIFIED")
    assert planner.report(folder, tmp_path / "page.html").read_text().startswith("<!DOCTYPE html>")
    (folder / "certificate.csv").write_text("claim\n")
    assert not planner.verify(folder).verified
    program = planner.export("two_goods", tmp_path / "plan.lp", **ASKED)
    assert "material_balance" in program.read_text()
    with pytest.raises(FileExistsError):
        planner.export("two_goods", program, **ASKED)
    assert planner.diagnose(program).verdict.value == "feasible"
    checked = planner.check("two_goods")
    assert not checked.errors
    _, document, _ = said("check", "two_goods")
    assert document == checked.summary
    assert planner.explain("capacity").entries[0].word == "capacity"
    assert "capacity" in planner.explain("capacty").headline
    assert {"two_goods", "ussr_1928"} <= set(planner.catalogue()["economy"])
    with pytest.raises(ValueError, match="There is no kind"):
        planner.catalogue("things")


def test_tables_as_labelled_arrays():
    xarray = pytest.importorskip("xarray")
    answer = planner.solve("two_goods", **ASKED)
    tree = answer.to_xarray()
    assert isinstance(tree, xarray.DataTree)
    table = answer.tables["activities"]
    levels = tree["activities"]["level"]
    assert levels.dims == ("activity", "period")
    for row in table.to_dict("records"):
        assert float(levels.sel(activity=row["activity"], period=row["period"])) == row["level"]


def test_without_xarray_the_way_to_it_is_said(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "xarray", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'planner\[arrays\]'"):
        planner.solve("two_goods", **ASKED).to_xarray()


def test_the_soviet_plan_says_the_same_from_python(said):
    _, document, _ = said("solve", "ussr_1928", "--model", "attainment")
    answer = planner.solve("ussr_1928", model="attainment")
    assert document["summary"] == answer.summary
    assert document["targets"] == plain(answer.tables["targets"].to_dict("records"))
    assert (answer.tables["activities"]["period"] >= 1929).all()
