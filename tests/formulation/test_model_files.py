"""What is wrong with a model file is said with a code, the key it stands at and what to write instead; all of it at once."""

import pytest

import planner
from planner.formulation import load_question
from planner.reporting.run.manifest import model_name

WHOLE = 'schema = 1\nfamilies = ["material_balance", "target"]\nobjective = "attainment"\n'
FLOORED = WHOLE.replace('"target"', '"target", "consumption_floor"')
TERM = '{ measure = "output", item = "iron", period = "1" }'
OWN = 'schema = 1\nfamilies = ["material_balance"]\nobjective = "own"\n'


def refused(folder, content):
    """Code, key and value of every finding of a file."""
    (folder / "mine.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(planner.DataError) as error:
        load_question(folder / "mine.toml")
    return [(finding.code, finding.column, finding.value) for finding in error.value.findings]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('extends = "nowhere"\n', [("E170", "extends", "nowhere")]),
        ('extends = "mine"\n', [("E171", "extends", "mine")]),
        ("schema = 1\nfamilies = [\n", [("E172", "", "")]),
        (b"title = '\xff'\n", [("E172", "", "")]),
        (WHOLE + "objectiv = 1\n", [("E173", "objectiv", "")]),
        (WHOLE + "[targets]\nbase = 1\n", [("E173", "targets.base", "")]),
        (WHOLE + "title = 3\n", [("E174", "title", "3")]),
        (WHOLE + "targets = 3\n", [("E174", "targets", "3")]),
        (WHOLE + '[targets]\nbasis = "lavel"\n', [("E174", "targets.basis", "lavel")]),
        (WHOLE + "[consumption]\nfloor = 45\n", [("E174", "consumption.floor", "45")]),
        (WHOLE + "[consumption]\nfloor_by_period = { 2 = 0.9 }\n", [("E174", "consumption.floor_by_period.2", "0.9")]),
        (FLOORED + "[consumption]\nfloor_by_period = { 2 = 45 }\n", [("E174", "consumption.floor_by_period.2", "45")]),
        (WHOLE + "[steady]\nfall = 0.1\n", [("E174", "steady", "")]),
        (WHOLE.replace('"target"', '"target", "steady"') + "[steady]\nfall = 2\n", [("E174", "steady.fall", "2")]),
        (WHOLE + "[terminal]\nshare = 0.9\n", [("E174", "terminal.share", "0.9")]),
        (WHOLE + '[terminal]\ncondition = "keep"\nshare = 90\n', [("E174", "terminal.share", "90")]),
        ('then = "proportional"\n' + WHOLE, [("E174", "then", "proportional")]),
        ('then = "own"\n' + WHOLE, [("E177", "own.terms", "")]),
        ('then = "own"\n' + OWN + "[own]\nterms = [" + TERM + "]\n", [("E177", "then", "own")]),
        (WHOLE.removeprefix("schema = 1\n"), [("E175", "schema", "")]),
        (WHOLE.replace("schema = 1", "schema = 2"), [("E175", "schema", "2")]),
        ("schema = 1\n", [("E175", "families", ""), ("E175", "objective", "")]),
        (WHOLE.replace('"target"', '"target", "labor"'), [("E176", "families", "labor")]),
        (WHOLE + 'leaves_out = ["debt_limit"]\n', [("E176", "leaves_out", "debt_limit")]),
        (WHOLE.replace(', "target"', ""), [("E177", "families", "")]),
        (OWN, [("E177", "own.terms", "")]),
        (
            OWN + '[own]\nterms = [{ measure = "output", item = "x" }]\n',
            [("E177", "own.terms[1]", "{'measure': 'output', 'item': 'x'}")],
        ),
        (
            OWN + '[own]\nterms = [{ measure = "output", item = "x", period = 1, weigth = 2 }]\n',
            [("E173", "own.terms[1].weigth", "")],
        ),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(tmp_path, content, found):
    assert refused(tmp_path, content) == found


def test_a_ring_of_models_is_found_wherever_it_closes(tmp_path):
    (tmp_path / "other.toml").write_text('extends = "mine"\n', encoding="utf-8")
    assert refused(tmp_path, 'extends = "other"\n') == [("E171", "extends", "mine")]


def test_every_fault_of_a_file_is_said_at_once(tmp_path):
    found = refused(tmp_path, WHOLE.replace("schema = 1", "schema = 3").replace('"target"', '"tragets"'))
    assert [code for code, _, _ in found] == ["E175", "E176", "E177"]


def test_a_term_that_names_what_is_not_there_does_not_fit(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(OWN + '[own]\nterms = [{ measure = "output", item = "steel", period = "1" }]\n', encoding="utf-8")
    with pytest.raises(planner.DataError) as error:
        planner.solve("two_goods", model=path)
    assert [(finding.code, finding.value) for finding in error.value.findings] == [("E178", "steel")]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("[consumption]\nfloor_by_period = { 3 = 0.9 }\n", ("E178", "consumption.floor_by_period.3", "3")),
        (
            '[consumption]\nfloor_by_period = { "1..2" = 0.9, 2 = 0.8 }\n',
            ("E146", "consumption.floor_by_period.2", "2"),
        ),
        ('[steady]\ngroups = ["tools"]\n', ("E178", "steady.groups", "tools")),
    ],
)
def test_what_the_economy_does_not_have_does_not_fit(tmp_path, content, found):
    path = tmp_path / "mine.toml"
    families = '["material_balance", "consumption_floor", "steady"]'
    path.write_text(f'schema = 1\nfamilies = {families}\nobjective = "consumption"\n{content}', encoding="utf-8")
    with pytest.raises(planner.DataError) as error:
        planner.solve("two_goods", model=path)
    assert [(finding.code, finding.column, finding.value) for finding in error.value.findings] == [found]


def test_a_run_names_the_file_that_was_asked_though_another_bears_its_name(tmp_path):
    """A file of the user's with the name of a shipped question is found again by its path, the shipped one by its name."""
    (tmp_path / "growth.toml").write_text(f"{OWN}[own]\nterms = [{TERM}]\n")
    economy = planner.load("two_goods")
    assert model_name(load_question(tmp_path / "growth.toml"), economy) == (tmp_path / "growth.toml").as_posix()
    assert model_name(load_question("growth"), economy) == "growth"
