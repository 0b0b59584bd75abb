"""Small economies that showed a fault once, each one example of a kind; the right answers are found with a pencil."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import planner
from planner.cli import main
from planner.economy import DataError
from planner.solver.solution import Status
from tests.formulation.build import sections

CASES = Path(__file__).parent / "cases"
# Iron in 2 is made by the furnaces standing then: 20, and what the iron of 1 builds. Of the 20 t of iron of 1 the 10 t of corn
# that feed the smelters and the administration take 1; so 19 are built and 39 made, which is 97.5 % of 40.
BUILT = 0.975
# Where 2.5 t may be bought in 1 for 5 t of corn, corn takes 1.5 t of 22.5, 21 are built, and 41 made.
BOUGHT = 1.025
ANSWERS = {
    "small_units": BUILT,
    "cap_of_nothing_in_the_last_period": BOUGHT,
    "cap_near_nothing": BUILT,
    "exactly_nothing": BUILT,
    "gap": BUILT,
    "initial_capacity": 50.0,  # half of 100 is worn before it is used
    "initial_stock": 50.0001,  # half of 100 is wasted, and next to nothing is grown
    "cap_soft": 2.0,  # smoke comes with steel, at most 200
    "cap_hard": 2.0,
    "small_cap": 1e-5,
    "corridor": 5.0,
    "corridor_two_spellings": 5.0,
    "herd": 165.5,  # 10 cows, then 11, then 12.1, at 5 of milk
    "import_without_family": 1000.0,
    "stock_limit_without_family": 100.0,
}
REFUSED = {
    "unsorted": "E141",
    "output_lead": "E128",
    "capacity_lead": "E128",
    "no_population": "E142",
}
EMPTY = {
    "seed_before_the_first_period": ("begun_before(grow,1) <= 0", "material_balance(corn,1) >= 10"),
    "hard_empty": ("resource(land,1) <= 3", "target(output,steel,1) >= 10"),
}
TOLD = {
    "small_units": {"W205"},
    "cap_near_nothing": {"W205"},
    "gap": {"W121"},
    "herd": {"W122"},
    "seed_before_the_first_period": {"W122"},
    "import_without_family": {"W120", "W125"},
    "stock_limit_without_family": {"W125"},
}
ON_SHARES = [name for name, value in ANSWERS.items() if value in (BUILT, BOUGHT, 2.0, 1e-5)]


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], dict[str, str]]:
    """Writes a case into the folder one is in; what is needed to ask of it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    def write(case: str) -> dict[str, str]:
        parts = sections((CASES / f"{case}.txt").read_text(encoding="utf-8"))
        Path(case).mkdir()
        for name, text in parts.items():
            if name:
                (Path() if name == "model.toml" else Path(case)).joinpath(name).write_text(text, encoding="utf-8")
        return {"economy": f"./{case}"} | ({"model": "model.toml"} if "model.toml" in parts else {})

    return write


def asked(command: str, asked: dict[str, str], *more: str) -> Result:
    model = ["--model", asked["model"]] if "model" in asked else []
    return CliRunner().invoke(main, [command, asked["economy"], *model, "--out", "out", "--overwrite", *more])


def test_every_case_is_asked() -> None:
    assert {path.stem for path in CASES.iterdir()} == {*ANSWERS, *REFUSED, *EMPTY}


@pytest.mark.parametrize("case", ANSWERS)
def test_the_answer_by_every_road(case: str, written: Callable[[str], dict[str, str]]) -> None:
    question = written(case)
    result = planner.solve(**question)
    assert result.status is Status.OPTIMAL
    assert result.solution.objective == pytest.approx(ANSWERS[case], rel=1e-9)
    for more in ([], ["--solver", "cbc"]):
        said = asked("solve", question, "--format", "json", *more)
        assert said.exit_code == 0, said.output
        assert json.loads(said.stdout)["summary"]["value"] == pytest.approx(ANSWERS[case], rel=1e-7)


@pytest.mark.parametrize("case", ON_SHARES)
def test_the_assessment_says_the_same(case: str, written: Callable[[str], dict[str, str]]) -> None:
    question = written(case)
    found = planner.assess(**question)
    assert found.found.attained.share == pytest.approx(ANSWERS[case], rel=1e-9)
    assert found.verdict == ("outside" if ANSWERS[case] < 1.0 else "inside")
    said = asked("feasibility", question)
    assert said.exit_code == 0, said.output
    percent = f"{100 * ANSWERS[case]:.1f} %"
    assert f"can be reached to {percent}" in " ".join(said.stdout.split()) or f"up to {percent}" in said.stdout
    summary = json.loads(Path("out/summary.json").read_text(encoding="utf-8"))
    assert summary["attainment"]["central"] == pytest.approx(ANSWERS[case], rel=1e-9)


def test_a_cap_of_nothing_is_a_cap(written: Callable[[str], dict[str, str]]) -> None:
    """At most 0, exactly 0 and at most next to nothing in period 1 leave the same; a cap on period 2 leaves imports of 1."""
    question = written("cap_near_nothing")
    targets = Path(question["economy"]) / "targets.csv"
    for cell in ("0,at_most", "0.0,at_most", "-0,at_most", "0,exactly"):
        text = targets.read_text(encoding="utf-8").splitlines()
        text[1] = f"p,import,iron,1,{cell},no"
        targets.write_text("\n".join(text) + "\n", encoding="utf-8")
        result = planner.solve(**question)
        assert result.solution.objective == pytest.approx(BUILT, rel=1e-9), cell
        bought = result.tables["trade"].query("direction == 'import' and period == 1")
        assert bought["value"].abs().max() <= 1e-9


@pytest.mark.parametrize(
    ("calves", "milk", "code"), [("1.0", 150.0, set()), ("0.98", 5 * (10 + 9.8 + 9.604), {"W126"})]
)
def test_a_herd_that_stays_or_shrinks_is_no_error(
    calves: str, milk: float, code: set[str], written: Callable[[str], dict[str, str]]
) -> None:
    question = written("herd")
    file = Path(question["economy"]) / "coefficients.csv"
    file.write_text(
        file.read_text(encoding="utf-8").replace("cow,output,,1.1", f"cow,output,,{calves}"), encoding="utf-8"
    )
    result = planner.solve(**question)
    assert result.solution.objective == pytest.approx(milk, rel=1e-9)
    assert {finding.code for finding in result.warnings} == {"W122"} | code


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_meant_is_refused(case: str, written: Callable[[str], dict[str, str]]) -> None:
    question = written(case)
    with pytest.raises(DataError) as refused:
        planner.solve(**question)
    assert [finding.code for finding in refused.value.findings] == [REFUSED[case]]
    for command in ("solve", "feasibility", "check"):
        said = (
            asked(command, question) if command != "check" else CliRunner().invoke(main, ["check", question["economy"]])
        )
        assert said.exit_code == 3
        assert REFUSED[case] in said.output


@pytest.mark.parametrize("case", EMPTY)
def test_an_empty_set_names_its_conflict(case: str, written: Callable[[str], dict[str, str]]) -> None:
    question = written(case)
    assert planner.solve(**question).status is Status.INFEASIBLE
    said = asked("solve", question)
    assert said.exit_code == 4
    for row in EMPTY[case]:
        assert row in said.stderr
    assert "floor" not in said.stderr.replace("limits and floors", "")  # the question has none
    assert not Path("out").exists()


@pytest.mark.parametrize("case", [*ANSWERS, *EMPTY])
def test_what_is_assumed_is_said(case: str, written: Callable[[str], dict[str, str]]) -> None:
    question = written(case)
    assert {finding.code for finding in planner.solve(**question).warnings} == TOLD.get(case, set())
    said = " ".join(asked("solve", question).stderr.split())
    of_data = {code for code in TOLD.get(case, set()) if code != "W125"}
    assert ("W125" in said) == ("W125" in TOLD.get(case, set()))
    assert (f"about the data: `planner check {question['economy'].removeprefix('./')}`" in said) == bool(of_data)
