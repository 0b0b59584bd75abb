"""An economy that begins with what a plan left: worked out by hand, named in every answer, refused where it cannot be."""

import json

import pytest
from click.testing import CliRunner

import planner
from planner.cli import main
from tests.answers.chain.after import JOINT, LINES, written


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("chain")


@pytest.fixture(scope="module")
def after(place):
    return written(place)


@pytest.fixture(scope="module")
def run(place):
    """A plan that has to hand on what it found."""
    return planner.solve("two_goods", model="kept", plan="ambitious").write(place / "kept")


@pytest.fixture(scope="module")
def greedy(place):
    """A plan that has not."""
    return planner.solve("two_goods", plan="ambitious").write(place / "greedy")


def codes(error):
    return {finding.code for finding in error.value.findings}


def test_by_record_everything_is_as_without_a_joint(after, tmp_path):
    alone = written(tmp_path, name="alone", more="")
    one, other = planner.solve(after), planner.solve(alone)
    assert one.tables["targets"].equals(other.tables["targets"])
    assert (one.value, one.summary["opening"]) == (other.value, "record")
    assert "opening" not in other.summary


def test_plant_and_works_come_over_in_the_units_of_the_later_economy(after, run):
    """Half a new furnace is one old one. Works begun in 2 come in 3; all their building was paid for in 2."""
    state = planner.solve("two_goods", model="kept", plan="ambitious").tables["state"]
    left = state[state["end_of"] == 2].set_index(["kind", "key"])["value"]
    economy = planner.pose(after, opening="run", source=run).economy
    stands = economy.tables["capacities"].set_index("capacity")["initial"]
    assert stands.to_dict() == {"farms": left["capacity", "farms"], "furnaces": 0.5 * left["capacity", "furnaces"]}
    coming = economy.tables["pipeline"]
    assert coming["value"].tolist() == pytest.approx([0.5 * left["building", "furnaces"]])
    assert "works_in_progress" not in set(economy.tables["final_use"]["use"])


def test_the_path_of_an_assessment_leaves_what_the_same_plan_leaves(after, run, tmp_path):
    found = planner.assess("two_goods", model="kept", plan="ambitious").write(tmp_path / "assessed")
    assert (tmp_path / "assessed" / "state.csv").read_text() == (run / "state.csv").read_text()
    one, other = (planner.pose(after, opening="run", source=source).economy for source in (run, found))
    assert one.tables["pipeline"].equals(other.tables["pipeline"])


def test_every_answer_names_its_opening_and_is_made_anew_through_it(after, run, tmp_path):
    answer = planner.solve(after, plan="cautious", opening="run", source=run)
    assert answer.summary["opening"] == "run"
    assert "left at the end of 2" in answer.summary["opening_says"]
    assert any("opens with what the plan" in part for part in answer.run.conditions())
    made = answer.write(tmp_path / "run")
    assert planner.verify(made, rebuild=True).verified
    options = json.loads((made / "manifest.json").read_text(encoding="utf-8"))
    assert options["options"]["source"] == run.as_posix()
    bound = planner.solve(after, plan="cautious", opening="bound", source=run)
    assert bound.summary["opening"] == "bound"
    assert bound.value >= planner.solve(after, plan="cautious", opening="run", source=run).value - 1e-9


def test_what_cannot_be_begun_with_is_refused_in_words(after, run, greedy, tmp_path):
    with pytest.raises(planner.DataError, match="did not have to hand on") as error:
        planner.pose(after, opening="run", source=greedy)
    assert codes(error) >= {"E251"}
    assert planner.pose(after, opening="bound", source=greedy).economy.opened.state == "bound"
    with pytest.raises(planner.DataError, match="is no folder of a run"):
        planner.pose(after, opening="run", source=tmp_path)
    with pytest.raises(planner.DataError, match="The record is asked for"):
        planner.pose(after, opening="record", source=run)
    with pytest.raises(planner.DataError, match="no such opening"):
        planner.pose(after, opening="runs", source=run)
    with pytest.raises(planner.DataError, match="The corner of the run is central"):
        planner.pose(after, opening="run", source=run, corner="optimistic")
    other = planner.solve("two_goods", model="kept", plan="ambitious", scenario="open_trade").write(tmp_path / "open")
    with pytest.raises(planner.DataError, match="The scenario of the run is open_trade"):
        planner.pose(after, opening="run", source=other)
    leontief = planner.solve("leontief").write(tmp_path / "leontief")
    with pytest.raises(planner.DataError, match="after follows two_goods"):
        planner.pose(after, opening="run", source=leontief)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({("capacity", "farms"): None}, 'There is no line for capacity "farms"'),
        ({("capacity", "farms"): "carried,,"}, "has no factor"),
        ({("debt", "crowns"): "dropped,,"}, "not why"),
        ({("capacity", "forges"): "carried,1,"}, "on neither side"),
        ({("capacity", "farms"): "new,,none before"}, "it stands in the state that two_goods left"),
        ({("stock", "corn"): "dropped,,gone"}, "on neither side"),
    ],
)
def test_a_line_that_is_missing_or_wrong_is_told(tmp_path, run, change, said):
    lines = {key: cells for key, cells in {**LINES, **change}.items() if cells is not None}
    with pytest.raises(planner.DataError) as error:
        planner.pose(written(tmp_path, lines), opening="run", source=run)
    assert codes(error) == {"E250"}
    assert said in error.value.findings[0].sentence


def test_less_than_the_first_period_needs_stops_in_words(tmp_path, run):
    """A tenth of the farms: 8 t of corn where administration and rations alone take more."""
    place = written(tmp_path, {**LINES, ("capacity", "farms"): "carried,0.1,"})
    with pytest.raises(planner.DataError, match=r"Farms: 8 t can be used in 3; the first period needs ") as error:
        planner.pose(place, opening="run", source=run)
    assert codes(error) == {"E252", "W250"}
    told = CliRunner().invoke(main, ["check", str(place), "--opening", "run", "--from", str(run)])
    assert told.exit_code == 3
    assert "farms" in told.output
    assert "0.1" in told.output


def test_an_opening_that_is_none(tmp_path):
    with pytest.raises(planner.DataError, match="no such opening") as error:
        planner.load(written(tmp_path, more=JOINT + 'state = "runs"\n'))
    assert codes(error) == {"E107"}
