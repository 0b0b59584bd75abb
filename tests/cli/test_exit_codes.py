"""Every kind of end has its code, says why on stderr, and leaves nothing half-written behind."""

import json
import shutil
import subprocess
import sys

import pytest

from planner.cli.exit_codes import Exit
from planner.shipped import shipped
from tests.cli.conftest import left_behind


def test_answered(run, tmp_path):
    result = run("solve", "two_goods", "--plan", "ambitious")
    assert result.exit_code == Exit.ANSWERED
    assert "90.0 %" in result.stdout
    assert "Wrote outputs/two_goods/" in result.stderr
    assert (tmp_path / "outputs/two_goods/ambitious-base-five_year/targets.csv").is_file()


@pytest.mark.parametrize(
    "arguments",
    [
        ("solve", "--no-such-option"),
        ("solve", "--corner", "sunny"),
        ("solve", "--floor", "-1"),
        ("solve", "--floor", "plenty"),
        ("no_such_command",),
        ("list", "no_such_kind"),
        ("feasibility", "--years", "many"),
        ("solve", "--solver", "no_such_solver"),
    ],
)
def test_usage(run, tmp_path, arguments):
    result = run(*arguments)
    assert result.exit_code == Exit.USAGE
    assert result.stderr
    assert not left_behind(tmp_path)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("solve", "two_good"), "E100"),
        (("solve", "two_goods", "--plan", "ambitous"), "E178"),
        (("solve", "two_goods", "--model", "five_yaer"), "E170"),
        (("solve", "two_goods", "--scenario", "open_trad"), "E16"),
        (("solve", "two_goods", "--set", "supply:resource=worker:value=3"), "E16"),
        (("solve", "leontief", "--model", "five_year"), "E178"),
        (("feasibility", "two_goods", "--plan", "nobody"), "E178"),
        (("backtest", "leontief"), "E178"),
        (("feasibility", "williams"), "E178"),
        (("feasibility", "leontief"), "E178"),
        (("feasibility", "williams", "--plan", "all"), "E178"),
        (("check", "nowhere"), "E100"),
    ],
)
def test_bad_input_names_the_code_and_writes_nothing(run, tmp_path, arguments, code):
    result = run(*arguments)
    assert result.exit_code == Exit.INPUT, result.stderr
    assert code in result.stderr + result.stdout
    assert "Traceback" not in result.stderr
    assert not left_behind(tmp_path)


def test_did_you_mean(run):
    assert 'Did you mean "two_goods"?' in run("solve", "two_good").stderr
    assert 'Did you mean "ambitious"?' in run("solve", "two_goods", "--plan", "ambitous").stderr


@pytest.mark.parametrize("command", ["solve", "feasibility"])
def test_an_empty_set_is_said_in_words(run, command):
    result = run(command, "two_goods", "--plan", "ambitious", "--set", "supply:resource=workers:value=1")
    assert result.exit_code == Exit.EMPTY
    assert "empty" in result.stderr
    assert "labour" in result.stderr


def test_an_unbounded_question(run, tmp_path):
    (tmp_path / "endless.toml").write_text(
        'schema = 1\nfamilies = ["material_balance"]\nobjective = "own"\n'
        '[own]\nsense = "max"\nterms = [{ measure = "output", item = "corn", period = "1" }]\n',
        encoding="utf-8",
    )
    result = run("solve", "two_goods", "--model", "endless.toml")
    assert result.exit_code == Exit.EMPTY
    assert "limit" in result.stderr
    assert left_behind(tmp_path) == ["endless.toml"]


def test_a_stopped_solver_is_no_answer(run, tmp_path):
    result = run("solve", "--model", "attainment", "--time-limit", "1e-9")
    assert result.exit_code == Exit.STOPPED
    assert "without proof" in result.stderr
    assert not left_behind(tmp_path)


def test_output_that_exists_is_kept(run, tmp_path):
    assert run("solve", "two_goods", "--out", "mine").exit_code == 0
    before = (tmp_path / "mine/targets.csv").read_bytes()
    result = run("solve", "two_goods", "--out", "mine", "--plan", "cautious")
    assert result.exit_code == Exit.EXISTS
    assert (tmp_path / "mine/targets.csv").read_bytes() == before
    assert run("solve", "two_goods", "--out", "mine", "--plan", "cautious", "--overwrite").exit_code == 0
    assert (tmp_path / "mine/targets.csv").read_bytes() != before
    assert not [name for name in left_behind(tmp_path) if name.startswith(".")]


def test_overwrite_does_not_touch_what_is_no_run(run, tmp_path):
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis/chapter.txt").write_text("years of work", encoding="utf-8")
    for command in (("solve", "two_goods"), ("feasibility", "two_goods")):
        result = run(*command, "--out", "thesis", "--overwrite")
        assert result.exit_code == Exit.EXISTS
    assert left_behind(tmp_path) == ["thesis", "thesis/chapter.txt"]


def test_a_fault_of_ours(run, monkeypatch):
    monkeypatch.setattr("planner.answers.solve.solve", lambda *_, **__: 1 / 0)
    result = run("solve", "two_goods")
    assert result.exit_code == Exit.FAULT
    assert "fault of the planner" in result.stderr
    assert "Traceback" not in result.stderr


def test_bad_data_shows_every_finding_at_once(run, tmp_path):
    shutil.copytree(shipped("inputs") / "two_goods", tmp_path / "mine")
    table = tmp_path / "mine/coefficients.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace("iron", "irn", 1), encoding="utf-8")
    supply = tmp_path / "mine/supply.csv"
    supply.write_text(supply.read_text(encoding="utf-8").replace("300", "-300", 1), encoding="utf-8")
    result = run("solve", "mine")
    assert result.exit_code == Exit.INPUT
    assert "coefficients.csv" in result.stderr
    assert "supply.csv" in result.stderr
    assert "E104" in result.stderr
    assert not (tmp_path / "outputs").exists()


def test_help_is_quick_and_imports_nothing_heavy():
    heavy = ("numpy", "pandas", "highspy", "scipy", "rich")
    probe = f"import sys; import planner.cli; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_results_on_stdout_talk_on_stderr(run):
    result = run("solve", "two_goods", "--format", "json")
    document = json.loads(result.stdout)
    assert document["summary"]["status"] == "optimal"
    assert {row["item"] for row in document["targets"]} == {"corn", "iron"}
    assert "Wrote" in result.stderr


def test_a_closed_pipe_is_no_fault(tmp_path):
    done = subprocess.run(
        f"{sys.executable} -m planner list codes | head -n 1",
        shell=True,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    assert done.stdout
