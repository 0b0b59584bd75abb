"""Loading: what the frozen economy holds, and where economies are looked for."""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from planner.economy import DataError, check, check_all, load
from planner.economy.schema import TABLES
from planner.shipped import shipped


def test_heading_and_defaults(package: Any, written: Any) -> None:
    economy = load(written(package))
    assert (economy.name, economy.base_period, economy.periods) == ("toy", "2000", ("2001", "2002", "2003"))
    assert (economy.value_unit, economy.default_plan, economy.default_scenario) == ("bn", "growth", None)
    assert (economy.scenario, economy.corner, economy.sets) == (None, "central", ())
    assert check(economy) == []


def test_every_table_has_every_column(package: Any, written: Any) -> None:
    for file in ("stocks.csv", "training.csv"):
        del package.files[file]
    economy = load(written(package))
    assert list(economy.tables) == list(TABLES)
    assert len(economy.tables["stocks"]) == 0
    for name, frame in economy.tables.items():
        stated = {column.name for column in TABLES[name].written}
        assert {*TABLES[name].header, *stated, "file", "row"} <= set(frame.columns)
        for column in TABLES[name].ranged:
            assert frame[column.name].dtype == np.float64
    central = [f"{name}_central" for name in ("initial", "limit", "spoilage")]
    assert set(central) <= set(economy.tables["stocks"].columns)


def test_defaults_are_filled(package: Any, written: Any) -> None:
    tables = load(written(package)).tables
    capacities, targets, projects = tables["capacities"], tables["targets"], tables["projects"]
    assert capacities["utilisation"].tolist() == [1.0, 1.0]
    assert np.isnan(capacities["growth_limit"]).tolist() == [False, True]
    assert targets["sense"].tolist() == ["at_least"] * 4
    assert targets["weight"].tolist() == [1.0, 2.0, 1.0, 1.0]
    assert targets["hard"].tolist() == ["no", "no", "no", "yes"]
    assert tables["products"]["name"].tolist() == ["Steel", "Coal", "grain", "Machines"]
    assert projects[["earliest", "latest"]].to_numpy().tolist() == [["2001", "2002"], ["2001", "2003"]]
    assert tables["coefficients"]["lead"].tolist() == [0, 0, 0, 0, 0, 0, 1, 0, 0, 0]
    assert tables["investment"]["year"].tolist() == [1, 2, 1]


def test_period_text_of_targets_is_kept(package: Any, written: Any) -> None:
    assert load(written(package)).tables["targets"]["period"].tolist() == ["2003", "2001..2003", "2001, 2003", "2003"]


def test_provenance_and_fingerprints(package: Any, written: Any) -> None:
    folder = written(package)
    economy = load(folder, scenario="drier")
    row = economy.tables["coefficients"].iloc[0]
    assert (row["source"], row["verified"], row["file"], row["row"]) == ("a book", "yes", "coefficients.csv", 2)
    assert "scenarios/dry/coefficients.csv" in economy.files
    assert "README.md" not in economy.files
    for file, digest in economy.files.items():
        assert digest == hashlib.sha256((folder / file).read_bytes()).hexdigest()


def test_numbers_are_the_doubles_nearest_to_their_text(package: Any, written: Any) -> None:
    texts = ["0.1", "2.675", "1e-5", "0.30000000000000004", "9007199254740993"]
    package.files["final_use.csv"] = "product,use,period,value\n" + "".join(
        f"grain,use{at},2001,{text}\n" for at, text in enumerate(texts)
    )
    assert load(written(package)).tables["final_use"]["value"].tolist() == [float(text) for text in texts]


def test_rows_count_as_in_a_spreadsheet(package: Any, written: Any) -> None:
    """Cells with line breaks are one row, empty lines count, and Windows line ends change nothing."""
    text = 'plan,title\r\ngrowth,"Two\r\nlines"\r\n\r\n,\r\nbare,\r\nbare,\r\n'
    package.files["plans.csv"] = text
    with pytest.raises(DataError) as caught:
        load(written(package))
    assert [(finding.code, finding.rows) for finding in caught.value.findings] == [("E110", (5, 6))]


def test_pickles(package: Any, written: Any) -> None:
    economy = load(written(package))
    again = pickle.loads(pickle.dumps(economy))
    assert again.tables["trade"].equals(economy.tables["trade"])


def test_path_then_inputs(package: Any, written: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = written(package)
    monkeypatch.chdir(tmp_path)
    assert load("toy").folder == Path("toy")
    (tmp_path / "inputs").mkdir()
    folder.rename(tmp_path / "inputs" / "toy")
    assert load("toy").folder == Path("inputs/toy")
    with pytest.raises(DataError, match=r'Did you mean "toy"') as caught:
        load("tpy")
    assert caught.value.findings[0].code == "E100"


@pytest.mark.parametrize("name", ["", "x" * 5000, "a\0b", "/dev/null", "no/such/place"])
def test_odd_names_are_refused_politely(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(DataError) as caught:
        load(name)
    assert caught.value.findings[0].code == "E100"


def test_folder_without_heading(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        load(tmp_path)
    assert [finding.code for finding in caught.value.findings] == ["E101"]


def test_unknown_corner(package: Any, written: Any) -> None:
    with pytest.raises(DataError, match='Did you mean "optimistic"') as caught:
        load(written(package), corner="optimist")
    assert [finding.code for finding in caught.value.findings] == ["E163"]


def test_check_all_looks_under_every_scenario(package: Any, written: Any) -> None:
    package.add("scenarios/drier/final_use.csv", "tin,cans,2001,1")
    folder = written(package)
    assert load(folder).warnings == ()
    places = [(finding.code, finding.file, finding.rows) for finding in check_all(folder)]
    assert places == [("E104", "scenarios/drier/final_use.csv", (4,))]


SHIPPED = sorted(path.parent.name for path in shipped("inputs").glob("*/economy.toml"))


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_economies_are_sound(name: str) -> None:
    errors = [finding for finding in check_all(name) if finding.severity == "error"]
    assert errors == []
