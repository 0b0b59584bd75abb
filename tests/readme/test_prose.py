"""The numbers in the running text of the first page are those of the kept run and of the shares that other tests solve for."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import planner
from tests.known_answers.test_ussr_table import PLANS

ROOT = Path(planner.__file__).parents[1]
PROSE = " ".join((ROOT / "README.md").read_text(encoding="utf-8").partition("## What it found")[2].split())
KEPT = ROOT / "outputs" / "reference"


def rows(table: str) -> list[dict[str, str]]:
    with (KEPT / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def percent(share: float, digits: int = 1) -> str:
    return f"{100 * share:.{digits}f} %"


def test_what_is_said_of_the_raised_figures_is_what_the_kept_run_found() -> None:
    said = json.loads((KEPT / "summary.json").read_text(encoding="utf-8"))
    central, optimistic = said["attainment"]["central"], said["attainment"]["optimistic"]
    modest = said["attainment_of_modest_figures"]["optimistic"]
    raised = {kind["change"]: kind["targets"] for kind in said["figures_by_kind"]}["raised"]
    assert f"all {said['targets']} together could be reached to {percent(central)} ({percent(optimistic)} with" in PROSE
    assert f"{percent(modest)} if the modest end" in PROSE
    assert f"{said['met_in_full_together']} stand in full together" in PROSE
    assert (len(said["out_of_reach_by_themselves"]), len(said["given_up_for_others"]), raised) == (4, 2, 7)
    shares = {row["item"]: percent(float(row["share"]), 0) for row in rows("feasibility") if row["measure"] == "output"}
    short = [
        "pig iron ({pig_iron}), copper ({copper}), coal ({coal}), farm machinery ({agricultural_machinery})",
        "steel ({steel}) and rolled steel ({rolled_steel})",
    ]
    assert all(one.format(**shares) in PROSE for one in short)
    assert len(said["judgements_made_after_a_verdict_was_seen"]) == 11
    assert "eleven judgements" in PROSE


def test_the_path_of_coal_is_that_of_the_kept_run() -> None:
    coal = [row for row in rows("path") if row["product"] == "coal" and row["period"] >= "1929"]
    for column in ("feasible", "actual"):
        assert f"{', '.join(f'{float(row[column]):.1f}' for row in coal)}" in PROSE


def test_what_is_said_of_other_plans_is_what_is_solved_for() -> None:
    adopted, minimum, older = (PLANS[plan] for plan in ("ffyp_optimum", "ffyp_minimum", "raised_1929_12"))
    assert f"stood at {percent(adopted[0])}, and at {percent(adopted[1])} where" in PROSE
    assert f"the rest stands at {percent(adopted[2])}" in PROSE
    assert f"variant stood at {percent(minimum[0])}" in PROSE
    assert f"comes to {percent(older[0])}" in PROSE
