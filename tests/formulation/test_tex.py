"""The algebra of families is written in known symbols, one meaning each, and goes into LaTeX as it stands."""

import re

import pytest
from click.testing import CliRunner

from planner.cli import main
from planner.formulation import FAMILIES, load_question, question_names
from planner.formulation.symbols import SYMBOLS
from planner.formulation.tex import equation, symbols_in, tex
from planner.formulation.unknowns import UNKNOWNS

WORDS = re.compile(r"\\text\{[^}]*\}|\\[a-z]+|\b[a-z]{3,}\b")


def test_a_symbol_has_one_meaning():
    assert len({s.symbol for s in SYMBOLS}) == len(SYMBOLS)
    assert [s.unknown for s in SYMBOLS if s.unknown] == list(UNKNOWNS)
    assert all(s.term and s.unit for s in SYMBOLS)


@pytest.mark.parametrize("family", FAMILIES.values(), ids=lambda family: family.name)
def test_the_algebra_of_a_family_is_made_of_symbols_and_words(family):
    text = equation(family.algebra)
    assert text.isascii()
    assert text.count("{") == text.count("}")
    letters = set(re.findall("[A-Za-z]", WORDS.sub("", text)))
    assert letters <= {s[0] for s in symbols_in(family.algebra)} | set("em")  # πᵉ and πᵐ are raised e and m


def test_no_symbol_of_the_data_is_idle():
    used = {symbol for family in FAMILIES.values() for symbol in symbols_in(family.algebra)}
    assert {s.symbol for s in SYMBOLS if not s.unknown} <= used


@pytest.mark.parametrize("model", question_names())
def test_a_question_in_latex_has_its_families_and_no_others(model):
    question = load_question(model)
    text = tex(question)
    assert text.isascii()
    assert text.count("{") == text.count("}")
    assert text.count(r"\[") == text.count(r"\]")
    stated = re.findall(r"\\paragraph\{([^}]*)\}", text)
    assert [name.replace("\\_", "_") for name in stated] == [
        f.name for f in FAMILIES.values() if f.part_of in question.families
    ]


def test_export_writes_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["export", "two_goods", "--out", "two_goods.tex"])
    assert done.exit_code == 0, done.stderr
    assert (tmp_path / "two_goods.tex").read_text(encoding="utf-8") == tex(load_question("five_year"))
    again = CliRunner().invoke(main, ["export", "two_goods", "--format", "tex", "--out", "-"])
    assert again.stdout == tex(load_question("five_year"))
    assert CliRunner().invoke(main, ["export", "two_goods", "--out", "two_goods.tex"]).exit_code == 6
