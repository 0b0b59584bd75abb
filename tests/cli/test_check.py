"""``planner check``: what is assumed is said with exit code 0, what cannot be meant ends with 3, and nothing of anybody's is lost."""

import csv
import json
import shutil

import pytest

from planner.economy.findings import DataError
from planner.economy.reading.datapackage import write_datapackage
from planner.shipped import ECONOMIES, is_shipped, shipped


@pytest.fixture
def mine(run, tmp_path):
    """An economy of one's own, a copy of ``two_goods``."""
    assert run("new", "mine", "--from", "two_goods").exit_code == 0
    return tmp_path / "mine"


def codes(run, *more):
    result = run("check", "mine", "--format", "json", *more)
    return result.exit_code, [finding["code"] for finding in json.loads(result.stdout)["findings"]]


def change(file, old, new):
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize(
    ("table", "code"), [("activities", "E126"), ("products", "E126"), ("population", "E142"), ("supply", "E127")]
)
def test_a_table_that_is_missing_is_an_error_and_no_crash(run, mine, table, code):
    (mine / f"{table}.csv").unlink()
    assert codes(run) == (3, [code])
    assert run("solve", "mine").exit_code == 3


def test_rows_that_are_missing_are_named(run, mine):
    change(mine / "final_use.csv", "corn,administration,*", "corn,administration,2")
    assert codes(run) == (0, ["W120"])
    assert "There is no row for corn administration in 1." in " ".join(run("check", "mine").stdout.split())


def test_periods_out_of_order_are_refused(run, mine):
    change(mine / "economy.toml", '["1", "2"]', '["2", "1"]')
    assert codes(run) == (3, ["E141"])


def test_a_gap_between_periods_is_told(run, mine):
    """The second period is called 5: the plan is the same, and what is assumed is said."""
    before = run("solve", "mine", "--plan", "ambitious", "--format", "json")
    shutil.rmtree(mine / "scenarios")
    (mine / "claims.csv").unlink()  # their tests name periods
    change(mine / "economy.toml", '["1", "2"]', '["1", "5"]')
    for file in mine.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as text:
            rows = list(csv.DictReader(text))
        with file.open("w", encoding="utf-8", newline="") as text:
            written = csv.DictWriter(text, list(rows[0]))
            written.writeheader()
            written.writerows({**row, "period": "5"} if row.get("period") == "2" else row for row in rows)
    assert codes(run) == (0, ["W121"])
    after = run("solve", "mine", "--plan", "ambitious", "--format", "json", "--out", "other")
    assert [json.loads(result.stdout)["summary"]["value"] for result in (before, after)] == [pytest.approx(0.9)] * 2


@pytest.mark.parametrize("lead", ["0", "1"])
def test_a_lead_of_plant_is_refused(run, mine, lead):
    rows = (mine / "coefficients.csv").read_text(encoding="utf-8").splitlines()
    lines = [rows[0] + ",lead", *(f"{row},{lead if 'capacity' in row else 0}" for row in rows[1:])]
    (mine / "coefficients.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert codes(run) == ((0, []) if lead == "0" else (3, ["E128"]))


@pytest.mark.parametrize(
    ("model", "code", "file"),
    [
        ("five_yaer", "E170", "economy.toml"),
        ("models/broken.toml", "E172", "models/broken.toml"),
        ("leontief", "E178", "leontief.toml"),
        ("five_year", "", ""),
    ],
)
def test_the_default_model_exists_and_fits(run, mine, model, code, file):
    (mine.parent / "models").mkdir()
    (mine.parent / "models/broken.toml").write_text("families = [", encoding="utf-8")
    change(mine / "economy.toml", '"five_year"', f'"{model}"')
    result = run("check", "mine", "--format", "json")
    found = json.loads(result.stdout)["findings"]
    assert [finding["code"] for finding in found] == ([code] if code else [])
    assert result.exit_code == (3 if code else 0)
    assert all(finding["file"].endswith(file) for finding in found)
    if code == "E170":
        lines = (mine / "economy.toml").read_text(encoding="utf-8").splitlines()
        assert found[0]["rows"] == [at for at, line in enumerate(lines, start=1) if "five_yaer" in line]


def test_what_the_default_model_does_not_read_is_named(run, mine):
    (mine.parent / "models").mkdir()
    (mine.parent / "models/closed.toml").write_text(
        'schema = 1\nobjective = "attainment"\n'
        'families = ["material_balance", "capacity", "capacity_accumulation", "labour", "consumption_floor", "target"]\n',
        encoding="utf-8",
    )
    change(mine / "economy.toml", '"five_year"', '"closed"')
    assert codes(run) == (0, ["W125"])


def test_nothing_is_written_beside_shipped_data(run, tmp_path):
    for name in ECONOMIES:
        result = run("check", name, "--write-datapackage")
        assert result.exit_code == 3
        assert f"planner new inputs/mine --from {name}" in " ".join(result.stderr.split())
        assert not (shipped("inputs") / name / "datapackage.json").exists()
        with pytest.raises(DataError):
            write_datapackage(shipped("inputs") / name)


def test_the_shipped_economies_are_those_listed():
    assert all((shipped("inputs") / name / "economy.toml").is_file() for name in ECONOMIES)
    assert not is_shipped(shipped("inputs"))


def test_a_descriptor_of_ones_own_is_written_and_replaced(run, mine):
    for _ in range(2):
        result = run("check", "mine", "--write-datapackage")
        assert result.exit_code == 0
        assert "datapackage.json" in result.stderr
    descriptor = json.loads((mine / "datapackage.json").read_text(encoding="utf-8"))
    supply = next(resource for resource in descriptor["resources"] if resource["name"] == "supply")
    assert "Without a row: None of the resource is there." in supply["description"]


@pytest.mark.parametrize(
    "text", ["", "{}", "not JSON", '{"profile": "tabular-data-package", "licenses": []}', "[" * 100_000]
)
def test_a_descriptor_of_another_hand_is_not_lost(run, mine, text):
    (mine / "datapackage.json").write_text(text, encoding="utf-8")
    result = run("check", "mine", "--write-datapackage")
    assert result.exit_code == 3
    assert "E137" in result.stderr
    assert (mine / "datapackage.json").read_text(encoding="utf-8") == text


def test_a_copy_under_the_same_name_is_not_the_shipped_one(run, tmp_path):
    shutil.copytree(shipped("inputs") / "leontief", tmp_path / "inputs/leontief")
    assert run("check", "leontief", "--write-datapackage").exit_code == 0
    assert (tmp_path / "inputs/leontief/datapackage.json").is_file()


def test_every_table_counts_its_numbers_as_the_sentence_does(run, mine):
    """A number is counted once whatever the periods; one row of two that were seen does not make it seen."""
    change(
        mine / "supply.csv",
        "workers,*,300,persons,made_up,no",
        "workers,1,300,persons,book,yes",
    )
    with (mine / "supply.csv").open("a", encoding="utf-8") as text:
        text.write("workers,2,300,persons,book,no,\n")
    with (mine / "sources.csv").open("a", encoding="utf-8") as text:
        text.write("book,,A book,,,,,original,\n")
    change(mine / "final_use.csv", ",no,", ",yes,")
    summary = json.loads(run("check", "mine", "--format", "json").stdout)
    counted = {row["table"]: (row["numbers"], row["verified"]) for row in summary["tables"]}
    assert (counted["supply"], counted["final_use"]) == ((1, "0 %"), (1, "100 %"))
    known = sum(numbers for table, (numbers, _) in counted.items() if table not in ("targets", "actuals"))
    assert known == 24
    said = " ".join(run("check", "mine").stdout.split())
    assert "of 24 numbers of the data 1 was seen in its source" in said
