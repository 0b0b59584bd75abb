"""Whole plans near the best: each reaches the settled figures, each is another, and a run holds, draws and tells them."""

import json

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import planner
from planner.analysis.frontier.feasible_set import row_of
from planner.analysis.frontier.near_optimal import groups
from planner.analysis.shares.settled import settle
from planner.cli import main
from planner.economy import DataError
from planner.reporting.dictionary.glossary import RESULTS


@pytest.fixture(scope="module")
def found():
    """Four plans to the same figures."""
    return planner.near_optimal("two_goods", plan="ambitious", plans=4, epsilon=0.02)


def test_each_plan_is_feasible_and_reaches_every_settled_figure_to_within_epsilon(found):
    formulation = found.formulation
    program, targets = formulation.program, formulation.targets
    settled = targets.figures(settle(formulation, reasons=False).shares)
    weights, constants = row_of(formulation, targets.terms)
    limits = np.ones(len(program.row_lower), bool)
    limits[program.row_block["target"].slice] = False
    for one in found.plans:
        plan = one.path.plan.values
        assert (weights @ plan + constants >= settled * (1 - 0.02) - 1e-6).all()
        rows = program.matrix @ plan
        assert (rows >= program.row_lower - 1e-6)[limits].all()
        assert (rows <= program.row_upper + 1e-6)[limits].all()


def test_plans_differ_and_each_takes_its_total_nearly_to_its_end(found):
    wanted = groups(found.formulation)
    weights, constants = row_of(found.formulation, [q.term for q in wanted])
    assert found.plans[0].seeks is None
    for number, one in enumerate(found.plans[1:], 1):
        total = float((weights @ one.path.plan.values + constants)[wanted.index(one.seeks)])
        assert total == pytest.approx(one.total)
        gone = (total - one.in_first) / (one.furthest - one.in_first)
        assert 0.95 - 1e-6 <= gone <= 1.0 + 1e-6
        assert one.apart > 0.1
        assert all(not np.allclose(one.totals, other.totals) for other in found.plans[:number])


def test_the_same_question_gives_the_same_plans(found):
    again = planner.near_optimal("two_goods", plan="ambitious", plans=4, epsilon=0.02)
    for name in ("alternatives", "alternative_paths"):
        pd.testing.assert_frame_equal(found.tables[name], again.tables[name])


def test_a_question_without_figures_has_no_such_plans():
    with pytest.raises(DataError, match="Whole plans are sought where figures have shares"):
        planner.near_optimal("two_goods", model="consumption", plans=2)


def test_command_writes_draws_and_tells_them(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "120")
    asked = ["near-optimal", "two_goods", "--plan", "ambitious", "--plans", "3", "--out", "run"]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0
    assert "Most consumption per head in 2" in result.stdout
    for name in ("alternatives", "alternative_paths"):
        assert list(pd.read_csv(tmp_path / f"run/{name}.csv").columns) == list(RESULTS[name][1])
    assert (tmp_path / "run/charts/alternatives.svg").is_file()
    assert "differ most from one another" in (tmp_path / "run/report.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "run/summary.json").read_text(encoding="utf-8"))["plans"] == 3
