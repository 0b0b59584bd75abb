"""Statements and their tests: what can be written, what is refused, and when a statement holds."""

import shutil

import pytest

import planner
from planner.economy import DataError, Economy, load
from planner.economy.claims import UnreadableError, read_test
from planner.shipped import shipped

HEAD = "claim,text,statement,kind,test\n"


@pytest.fixture(scope="module")
def goods() -> Economy:
    return load("two_goods")


def stating(economy: Economy, test: str) -> Economy:
    rows = economy.tables["claims"].head(1).assign(test=test)
    return economy.with_tables({"claims": rows})


def refused(package, folder, test):
    package.files["claims.csv"] = f"{HEAD}one,a text,It is so.,target,{test}\n"
    with pytest.raises(DataError) as error:
        load(package.write(folder / "mine"))
    return [(finding.code, finding.rows, finding.column) for finding in error.value.findings]


@pytest.mark.parametrize(
    "text",
    [
        "output of iron is 3",
        "wealth output:iron:2 = 3",
        "produced output:iron = 3",
        "produced output:iron:2 = many",
        "official output:iron:2 = 3",
        "verdict ambitious >= outside",
        "verdict ambitious / verdict cautious = outside",
        "produced output:iron:2 / produced output:iron:1 / produced output:iron:0 = 1",
        "hunger ambitious = 1",
    ],
)
def test_a_test_that_cannot_be_read(text, package, tmp_path):
    with pytest.raises(UnreadableError):
        read_test(text)
    assert refused(package, tmp_path, text) == [("E210", (2,), "test")]


@pytest.mark.parametrize(
    "text",
    [
        "produced output:stel:2001 = 3",
        "produced outputs:steel:2001 = 3",
        "produced output:steel:1999 = 3",
        "official bold output:steel:2001 = 3",
        "late growth 2005 >= 0.5",
        "table outputs steel value = 3",
        "table products steel name = 3",
        "table capacities forge initial = 3",
    ],
)
def test_a_test_names_what_is_there(text, package, tmp_path):
    assert refused(package, tmp_path, text) == [("E104", (2,), "test")]


def test_what_is_written_is_read_again(goods):
    for text in filter(None, goods.tables["claims"]["test"]):
        for check in read_test(text):
            assert read_test(str(check)) == (check,)


@pytest.mark.parametrize(
    ("test", "says"),
    [
        ("produced output:iron:2 = 32", "agrees"),
        ("produced output:iron:2 = 40", "disagrees"),
        ("produced output:iron:2 = 40 within 20 %", "agrees"),
        ("feasible ambitious output:iron:2 = 36", "agrees"),
        ("attained ambitious = 0.9", "agrees"),
        ("attained ambitious >= 0.92", "undecided"),  # 0.9 at the centre, 0.932 at best
        ("periods cautious = 2", "agrees"),
        ("table capacities furnaces initial = 20", "agrees"),
        ("table coefficients smelting:corn:input value / table capacities furnaces initial >= 1", "disagrees"),
        ("executed ambitious output 2 <= 1", "agrees"),
        ("produced output:iron:2 = 32 and verdict ambitious = inside", "disagrees"),
        ("produced import:corn:2 = 3", "undecided"),
        ("outside", "outside what tables can say"),
        ("", "no test"),
    ],
)
def test_what_is_said_of_a_statement(test, says, goods):
    assert planner.claims(stating(goods, test)).statements["says"].tolist() == [says]


def test_years_reached(tmp_path):
    folder = shutil.copytree(shipped("inputs") / "two_goods", tmp_path / "mine")
    years = {"official": "5", "low": "not by 9", "high": "in the end"}
    rows = [f"ambitious,iron,{figure},40,t,2,{year}\n" for figure, year in years.items()]
    (folder / "reached.csv").write_text("plan,item,figure,value,unit,due,reached\n" + "".join(rows), encoding="utf-8")
    facts = load(folder)

    def says(test):
        return planner.claims(stating(facts, test)).statements["says"].tolist()

    assert says("reached ambitious iron <= 5") == ["agrees"]
    assert says("reached ambitious iron low <= 9") == ["disagrees"]
    assert says("reached ambitious iron high <= 9") == ["undecided"]
    assert says("late ambitious 9 >= 0.5") == ["undecided"]  # a third surely, two thirds perhaps
    assert says("late ambitious 5 >= 0.5") == ["agrees"]


def test_an_economy_without_statements():
    with pytest.raises(DataError) as error:
        planner.claims("leontief")
    assert [finding.code for finding in error.value.findings] == ["E211"]
