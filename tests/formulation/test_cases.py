"""Small economies, one feature each, and the rows that follow from them, to be checked by hand against the formulation.

Each file under ``cases`` says what it shows, gives the tables of an economy and a question, and then the rows of every
family it names, the ``objective`` or the ``bounds`` of some blocks of columns (``all bounds`` for those of every one), or under
``then`` what the second objective asks once the first is reached. Base period 0, periods 1 and 2 and the value unit crowns where a file says nothing else.
"""

from pathlib import Path

import numpy as np
import pytest

from planner.analysis.shares.second_objective import second_program
from planner.economy.schema import TABLES
from planner.formulation import Formulation, formulate
from planner.program.algebra import algebra, bounds, objective
from planner.solver.highs import Session
from tests.formulation.build import build, question, sections

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))


def posed(case: dict[str, str], folder: Path) -> Formulation:
    """The question of a case."""
    tables = {name: text for name, text in case.items() if name in TABLES}
    economy = build(folder / "economy", tables, case.get("economy", ""))
    asked = question(folder, case.get("question", ""))
    return formulate(economy, asked, "plan" if "targets" in case else "")


def said(formulation: Formulation, name: str) -> list[str] | None:
    """The lines of a section of this name; nothing where it holds no algebra."""
    program = formulation.program
    if name.startswith("rows "):
        block = program.row_block[name.removeprefix("rows ")]
        return algebra(program, range(block.start, block.stop))
    if name == "objective":
        return [objective(program)]
    if name == "all bounds":
        return bounds(program)
    if name.startswith("bounds "):
        blocks = [program.column_block[block] for block in name.split()[1:]]
        return bounds(program, [j for block in blocks for j in range(block.start, block.stop)])
    if name == "then":
        shares = np.full(len(formulation.targets.frame), np.nan)
        _, second = second_program(formulation, Session().solve(program), shares)
        block = second.row_block["first_objective"]
        return [objective(second), *algebra(second, range(block.start, block.stop))]
    return None


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_rows_are_as_worked_out_by_hand(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    case = sections(path.read_text(encoding="utf-8"))
    formulation = posed(case, tmp_path)
    lines = {name: found for name in case if (found := said(formulation, name)) is not None}
    assert lines, "the case asks for nothing"
    if request.config.getoption("--golden", default=False):
        case |= {name: "\n".join(found) for name, found in lines.items()}
        parts = [case.pop(""), *(f"--- {name}\n{text.strip()}\n" for name, text in case.items())]
        path.write_text("".join(parts).replace("\n\n", "\n"), encoding="utf-8")
    for name, found in lines.items():
        assert found == case[name].strip().splitlines(), name
