"""Every code of a finding is raised by some test, and every code that the program raises is explained."""

import ast
import re
from pathlib import Path

import pytest

import planner
from planner.economy.codes import CODES
from planner.economy.reading.datapackage import write_datapackage
from planner.formats.read import ModelError, read
from planner.shipped import shipped

HERE = Path(__file__).parent
LP = "Minimize\n obj: x + y\nSubject To\n c1: x + y >= 1\n{rows}Bounds\n{bounds}{more}End\n"


def lp(folder, *, rows="", bounds="", more=""):
    """Codes of what is found in an LP file with some lines more."""
    path = folder / "case.lp"
    path.write_text(LP.format(rows=rows, bounds=bounds, more=more), encoding="utf-8")
    try:
        return {finding.code for finding in read(path).warnings}
    except ModelError as error:
        return {finding.code for finding in error.findings}


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("W231", {"bounds": " x <= 4\n x <= 5\n"}),
        ("W232", {"rows": " c2: x + y + 3 >= 4\n"}),
        ("W233", {"rows": f" c2: x + {'z' * 300} >= 4\n"}),
        ("W234", {"bounds": " x <= 1e21\n"}),
        ("W235", {"rows": "Lazy Constraints\n c2: x - y >= -5\n"}),
        ("W236", {"rows": " c2: x + 2 x >= 4\n"}),
        ("E240", {"bounds": " x >= 1e21\n"}),
        ("E242", {"bounds": " 0 <= x <= 5\n", "more": "Binary\n x\n"}),
    ],
)
def test_an_lp_file_read_otherwise_than_others_may_says_so(tmp_path, code, lines):
    assert code in lp(tmp_path, **lines)
    assert code not in lp(tmp_path)


def test_a_second_set_of_an_mps_file_is_refused(tmp_path):
    path = tmp_path / "case.mps"
    head = "NAME case\nROWS\n N obj\n G c1\nCOLUMNS\n x obj 1 c1 1\nRHS\n one c1 1\n"
    path.write_text(head + "ENDATA\n", encoding="utf-8")
    assert read(path).program
    path.write_text(head + " two c1 2\nENDATA\n", encoding="utf-8")
    with pytest.raises(ModelError) as error:
        read(path)
    assert {finding.code for finding in error.value.findings} == {"E237"}


def test_a_shipped_economy_gets_no_descriptor():
    with pytest.raises(planner.DataError) as error:
        write_datapackage(shipped("inputs") / "two_goods")
    assert [finding.code for finding in error.value.findings] == ["E136"]
    assert not (shipped("inputs") / "two_goods" / "datapackage.json").exists()


def test_every_code_is_raised_by_some_test():
    """It stands in what a test compares; what comments and docstrings mention does not count."""
    named = set[str]()
    for tree in (ast.parse(path.read_text(encoding="utf-8")) for path in HERE.rglob("*.py")):
        said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in said)
        named |= {code for node in texts for code in re.findall(r"\b[EW]\d{3}\b", str(node.value))}
    assert sorted(set(CODES) - named) == []


def test_every_code_that_is_raised_is_explained_and_none_besides():
    root = Path(planner.__file__).parent
    files = (path for path in root.rglob("*.py") if not path.name.startswith("codes"))
    raised = set(re.findall(r"[\"']([EW]\d{3})[\"']", "\n".join(path.read_text(encoding="utf-8") for path in files)))
    assert raised == set(CODES)
