"""The page of plans played forward: where most is made, over every rule, beside either benchmark, as it is computed."""

import re
from pathlib import Path

import pytest

import planner

PAGE = (Path(__file__).parents[2] / "planner" / "docs" / "execution.md").read_text(encoding="utf-8")
TABLE = re.search(r"<!-- maxima: .*?-->(.*?)<!-- end of maxima -->", PAGE, re.DOTALL)[1]
LINES = re.findall(r"^\| `(\w+)` `(\w+)` \| (one share|own shares) \| (.*) \|$", TABLE, re.MULTILINE)
PLANS = sorted({(economy, plan) for economy, plan, *_ in LINES})
BY = {"one share": "common", "own shares": "own"}


def shown(row: dict[str, float]) -> str:
    """Where most is made, how much that is, and what is made at the tautest, in per cent."""
    return f"{row['best_tautness']:.1f}: {100 * row['best_output']:.0f} → {100 * row['output_at_tautest']:.0f}"


@pytest.mark.slow
@pytest.mark.parametrize(("economy", "plan"), PLANS)
def test_the_table_is_what_the_plays_come_to(economy: str, plan: str) -> None:
    found = planner.execute(economy, plan=plan, model="execution", tautness="0.8:2:7", every=True).tables["maxima"]
    for name, by, cells in [(name, by, cells) for one, name, by, cells in LINES if (one, name) == (economy, plan)]:
        rows = found[found["benchmark"] == BY[by]].to_dict("records")
        assert cells.split(" | ") == [shown(row) for row in rows], (name, by)


def test_every_line_has_every_rule_beside_both_paths() -> None:
    assert len(LINES) == 2 * len(PLANS) > 0
    assert {len(cells.split(" | ")) for *_, cells in LINES} == {7}


def test_what_is_said_of_all_curves_is_what_the_table_holds() -> None:
    """Neither one place of the maximum, nor a fall by a tenth at twice the path, holds of all: each is counted."""
    cells = [
        re.fullmatch(r"([\d.]+): (\d+) → (\d+)", cell).groups() for *_, line in LINES for cell in line.split(" | ")
    ]
    best = [float(tautness) for tautness, *_ in cells]
    fallen = sum(int(end) <= 0.9 * int(most) for _, most, end in cells)
    counts = len(best), best.count(1.0), best.count(1.2) + best.count(1.4), sum(one > 1.4 for one in best), fallen
    assert min(best) == 1.0
    said = r"Of these (\d+) curves (\d+) have their maximum at 1, (\d+) at 1.2 or 1.4 and (\d+) above; (\d+) lie at 2"
    assert tuple(map(int, re.search(said, PAGE).groups())) == counts
