"""Spoilt packages: each is refused with the one right finding, at the right place, and with nothing but `DataError`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from planner.economy import DataError, Finding, load
from planner.economy import read as reading
from planner.economy.codes import CODES


class Spoilt(NamedTuple):
    """What is done to the package, and the finding that must follow."""

    name: str
    spoil: Callable[[Any], object]
    code: str
    file: str
    rows: tuple[int, ...]
    column: str
    also: frozenset[str] = frozenset()  # codes of findings that rightly come with it


def _set(file: str, row: int, column: str, value: str) -> Callable[[Any], object]:
    return lambda package: package.cell(f"{file}.csv", row, column, value)


def _add(file: str, line: str) -> Callable[[Any], object]:
    return lambda package: package.add(f"{file}.csv", line)


def _put(file: str, content: str | bytes) -> Callable[[Any], object]:
    return lambda package: package.files.__setitem__(file, content)


def _swap(file: str, old: str, new: str) -> Callable[[Any], object]:
    return lambda package: package.replace(file, old, new)


def _cells(*changes: tuple[str, int, str, str]) -> Callable[[Any], object]:
    return lambda package: [package.cell(f"{file}.csv", row, column, value) for file, row, column, value in changes]


COEFFICIENTS, HEADING = "coefficients.csv", "economy.toml"
READING = [
    Spoilt("latin-1", _put("plans.csv", "plan,title\ngrowth,Año\nbare,\n".encode("latin-1")), "E102", "plans.csv", (2,), ""),
    Spoilt("utf-16", _put("plans.csv", "plan\ngrowth\n".encode("utf-16")), "E102", "plans.csv", (1,), ""),
    Spoilt("NUL byte", _put("plans.csv", b"plan\ngrowth\nba\0re\n"), "E102", "plans.csv", (3,), ""),
    Spoilt("empty file", _put("plans.csv", ""), "E103", "plans.csv", (1,), ""),
    Spoilt("blank header", _put("plans.csv", "\n\n"), "E103", "plans.csv", (1,), ""),
    Spoilt("long row", _add("plans", "third,,,,"), "E103", "plans.csv", (4,), ""),
    Spoilt("short row", _add("stocks", "steel,1"), "E103", "stocks.csv", (3,), ""),
    Spoilt("semicolons", _put("stocks.csv", "product;initial\ncoal;1\n"), "E103", "stocks.csv", (1,), ""),
    Spoilt("quote not closed", _add("plans", 'third,"no end'), "E103", "plans.csv", (4,), ""),
    Spoilt("endless cell", _add("plans", "third," + "x" * 200_000), "E103", "plans.csv", (4,), ""),
    Spoilt("unknown column", _set("stocks", 2, "spoilag", "0"), "E105", "stocks.csv", (1,), "spoilag"),
    Spoilt("column twice", _put("population.csv", "period,value,value\n*,1,2\n"), "E105", "population.csv", (1,), "value"),
    Spoilt("column absent", _put("population.csv", "period\n*\n"), "E111", "population.csv", (1,), "value"),
    Spoilt("key absent", _put("population.csv", "value\n1\n"), "E111", "population.csv", (1,), "period", frozenset({"E142"})),
    Spoilt("unknown table", _put("product.csv", "product\n"), "E106", "product.csv", (), ""),
    Spoilt("unknown file", _put("notes.xlsx", b"PK"), "E106", "notes.xlsx", (), ""),
    Spoilt("unknown folder", _put("old/products.csv", ""), "E106", "old", (), ""),
    Spoilt("folder for a table", lambda p: (p.files.pop("stocks.csv"), p.files.update({"stocks.csv/x": ""})), "E102", "stocks.csv", (), ""),
    Spoilt("stray file in scenarios", _put("scenarios/dry.toml", ""), "E106", "scenarios/dry.toml", (), ""),
]
HEADINGS = [
    Spoilt("no toml", _put(HEADING, "title = [\n"), "E107", HEADING, (), ""),
    Spoilt("unknown key", _swap(HEADING, "value_unit", "value_units"), "E107", HEADING, (5,), "value_units"),
    Spoilt("missing key", _swap(HEADING, "base_period = 2000\n", ""), "E107", HEADING, (), "base_period", frozenset({"E140"})),
    Spoilt("wrong type", _swap(HEADING, '"bn"', "3"), "E107", HEADING, (5,), "value_unit"),
    Spoilt("periods not a list", _swap(HEADING, "[2001, 2002, 2003]", "3"), "E107", HEADING, (4,), "periods"),
    Spoilt("schema", _swap(HEADING, "schema = 1", "schema = 2"), "E108", HEADING, (1,), "schema"),
    Spoilt("period twice", _swap(HEADING, "2002, 2003", "2002, 2003, 2002"), "E141", HEADING, (4,), "periods"),
    Spoilt("base in periods", _swap(HEADING, "2000", "2001"), "E141", HEADING, (3,), "base_period", frozenset({"E140"})),
    Spoilt("label like a list", _swap(HEADING, "2003]", '2003, "2004,5"]'), "E141", HEADING, (4,), "periods"),
    Spoilt("default plan", _swap(HEADING, '"growth"', '"grwth"'), "E104", HEADING, (6,), "default_plan"),
    Spoilt("default scenario", _swap(HEADING, "default_plan", 'default_scenario = "dri"\ndefault_plan'), "E160", HEADING, (6,), "default_scenario"),
    Spoilt("scenario called base", _put("scenarios/base/scenario.toml", 'title = ""'), "E162", "scenarios/base", (), ""),
]
KEYS = [
    Spoilt("unknown item", _set("coefficients", 5, "item", "stel"), "E104", COEFFICIENTS, (5,), "item"),
    Spoilt("unknown activity", _set("coefficients", 6, "activity", "coal_minin"), "E104", COEFFICIENTS, (6,), "activity"),
    Spoilt("product as resource", _set("coefficients", 3, "item", "coal"), "E104", COEFFICIENTS, (3,), "item"),
    Spoilt("principal product", _set("activities", 3, "product", "cole"), "E104", "activities.csv", (3,), "product"),
    Spoilt("unknown plan", _set("targets", 2, "plan", "grow"), "E104", "targets.csv", (2,), "plan"),
    Spoilt("target for nothing", _set("targets", 2, "item", "tin"), "E104", "targets.csv", (2,), "item"),
    Spoilt("unknown group", _set("targets", 3, "item", "metal"), "E104", "targets.csv", (3,), "item"),
    Spoilt("unknown capacity", _set("pipeline", 2, "capacity", "furnace"), "E104", "pipeline.csv", (2,), "capacity"),
    Spoilt("unknown project", _set("project_rules", 2, "other", "south"), "E104", "project_rules.csv", (2,), "other"),
    Spoilt("duplicate key", _add("supply", "land,*,41,,,M ha"), "E110", "supply.csv", (5, 6), "resource"),
    Spoilt("same year, written otherwise", _add("investment", "furnaces,steel,02,0.1,,,"), "E110", "investment.csv", (3, 4), "capacity"),
    Spoilt("missing key", _set("supply", 5, "resource", ""), "E111", "supply.csv", (5,), "resource"),
    Spoilt("missing value", _set("supply", 4, "value", ""), "E111", "supply.csv", (4,), "value"),
    Spoilt("not an identifier", _set("plans", 3, "plan", "2nd plan"), "E112", "plans.csv", (3,), "plan"),
    Spoilt("trained from itself", _set("training", 2, "from_resource", "skilled"), "E113", "training.csv", (2,), "from_resource"),
    Spoilt("rule with itself", _set("project_rules", 2, "other", "north_works"), "E113", "project_rules.csv", (2,), "other"),
    Spoilt("two preferred", _set("actuals", 3, "preferred", "yes"), "E114", "actuals.csv", (2, 3), "preferred"),
]
NUMBERS = [
    Spoilt("no number", _set("coefficients", 2, "value", "1.2 t"), "E120", COEFFICIENTS, (2,), "value"),
    Spoilt("decimal comma", _set("supply", 4, "value", "1,5"), "E120", "supply.csv", (4,), "value"),
    Spoilt("underscore", _set("supply", 4, "value", "1_000"), "E120", "supply.csv", (4,), "value"),
    Spoilt("low end no number", _set("coefficients", 2, "low", "?"), "E120", COEFFICIENTS, (2,), "low"),
    Spoilt("infinite", _set("supply", 4, "value", "inf"), "E121", "supply.csv", (4,), "value"),
    Spoilt("nan", _set("stocks", 2, "limit", "NaN"), "E121", "stocks.csv", (2,), "limit"),
    Spoilt("too large", _set("supply", 4, "value", "1e999"), "E121", "supply.csv", (4,), "value"),
    Spoilt("negative", _set("final_use", 3, "value", "-0.2"), "E122", "final_use.csv", (3,), "value"),
    Spoilt("flexible", _set("consumption", 2, "flexible", "50"), "E122", "consumption.csv", (2,), "flexible"),
    Spoilt("spoilage", _set("stocks", 2, "spoilage", "1.02"), "E122", "stocks.csv", (2,), "spoilage"),
    Spoilt("retirement", _set("capacities", 3, "retirement", "5"), "E122", "capacities.csv", (3,), "retirement"),
    Spoilt("share of a project", _set("projects", 2, "share_first_year", "2"), "E122", "projects.csv", (2,), "share_first_year"),
    Spoilt("year nought", _set("investment", 2, "year", "0"), "E122", "investment.csv", (2,), "year"),
    Spoilt("gestation endless", _set("capacities", 2, "gestation", "1e18"), "E122", "capacities.csv", (2,), "gestation"),
    Spoilt("low above value", _set("coefficients", 2, "low", "1.3"), "E123", COEFFICIENTS, (2,), "low"),
    Spoilt("high below value", _set("capacities", 2, "initial_high", "3.9"), "E123", "capacities.csv", (2,), "initial_high"),
    Spoilt("range of nothing", _set("trade", 4, "limit_high", "3"), "E123", "trade.csv", (4,), "limit_high"),
    Spoilt("gestation in halves", _set("capacities", 2, "gestation", "2.5"), "E124", "capacities.csv", (2,), "gestation"),
    Spoilt("lead in halves", _set("coefficients", 2, "lead", "0.5"), "E124", COEFFICIENTS, (2,), "lead"),
    Spoilt("role", _set("coefficients", 2, "role", "inptu"), "E125", COEFFICIENTS, (2,), "role"),
    Spoilt("direction", _set("trade", 3, "direction", "imports"), "E125", "trade.csv", (3,), "direction"),
    Spoilt("measure", _set("targets", 2, "measure", "produce"), "E125", "targets.csv", (2,), "measure"),
    Spoilt("sense", _set("targets", 3, "sense", "atleast"), "E125", "targets.csv", (3,), "sense"),
    Spoilt("verified", _set("coefficients", 2, "verified", "maybe"), "E125", COEFFICIENTS, (2,), "verified"),
]
TECHNOLOGY = [
    Spoilt("no source", lambda p: (p.add("products.csv", "tin,Tin,kt,,"), p.add("final_use.csv", "tin,cans,*,1,,,kt")), "E130", "products.csv", (6,), "product"),
    Spoilt("circle", _set("coefficients", 5, "value", "0.9"), "E131", COEFFICIENTS, (2, 5), "value"),
    Spoilt("own output", _add("coefficients", "farming,grain,input,,1.2,,,Mt per Mt,,"), "E132", COEFFICIENTS, (12,), "value"),
    Spoilt("own output, stated", _cells(("coefficients", 11, "value", "0.9"), ("coefficients", 2, "item", "steel"), ("coefficients", 2, "value", "1")), "E132", COEFFICIENTS, (2, 11), "value"),
    Spoilt("no export to meet the target", _cells(("trade", 2, "direction", "import"), ("trade", 4, "direction", "import")), "E133", "targets.csv", (4,), "item"),
    Spoilt("not in the bundle", _cells(("targets", 5, "item", "coal")), "E133", "targets.csv", (5,), "item"),
    Spoilt("idle capacity", _add("capacities", "kilns,,Mt,1,,,,1,"), "E134", "capacities.csv", (4,), "capacity"),
]
PERIODS = [
    Spoilt("outside", _set("supply", 3, "period", "2012"), "E140", "supply.csv", (3,), "period"),
    Spoilt("base period", _set("final_use", 3, "period", "2000"), "E140", "final_use.csv", (3,), "period"),
    Spoilt("from a period outside", _set("coefficients", 10, "from_period", "1999"), "E140", COEFFICIENTS, (10,), "from_period"),
    Spoilt("star where none is", _set("pipeline", 2, "period", "*"), "E140", "pipeline.csv", (2,), "period"),
    Spoilt("target after the end", _set("targets", 2, "period", "2004"), "E140", "targets.csv", (2,), "period"),
    Spoilt("target in the base period", _set("targets", 2, "period", "2000"), "E140", "targets.csv", (2,), "period"),
    Spoilt("backwards", _set("targets", 3, "period", "2003..2001"), "E141", "targets.csv", (3,), "period"),
    Spoilt("named twice", _set("targets", 4, "period", "2001,2001"), "E141", "targets.csv", (4,), "period"),
    Spoilt("no population", _put("population.csv", "period,value\n2001,1\n2003,1\n"), "E142", "population.csv", (), "period"),
    Spoilt("built after completion", _set("investment", 3, "year", "3"), "E143", "investment.csv", (3,), "year"),
    Spoilt("project goods too late", _set("project_goods", 3, "year", "3"), "E143", "project_goods.csv", (3,), "year"),
    Spoilt(
        "latest first", _cells(("projects", 3, "earliest", "2003"), ("projects", 3, "latest", "2001")),
        "E144", "projects.csv", (3,), "latest",
    ),
]
UNITS = [
    Spoilt("per the wrong thing", _set("coefficients", 2, "unit", "Mt per kt"), "E150", COEFFICIENTS, (2,), "unit"),
    Spoilt("another unit", _set("final_use", 3, "unit", "kt"), "E150", "final_use.csv", (3,), "unit"),
    Spoilt("unit of a resource", _set("supply", 5, "unit", "M acres"), "E150", "supply.csv", (5,), "unit"),
    Spoilt("per head of whom", _set("consumption", 2, "unit", "Mt per household"), "E150", "consumption.csv", (2,), "unit"),
    Spoilt("currency", _set("trade", 3, "unit", "bn dollars per bn"), "E150", "trade.csv", (3,), "unit", frozenset({"E151"})),
    Spoilt("unit of a target", _set("targets", 2, "unit", "kt"), "E150", "targets.csv", (2,), "unit"),
    Spoilt("unit of investment", _set("targets", 3, "unit", "M"), "E150", "targets.csv", (3,), "unit"),
    Spoilt("unit of what is preferred", _set("actuals", 2, "unit", "kt"), "E150", "actuals.csv", (2,), "unit"),
    Spoilt("two units of persons", lambda p: (p.add("population.csv", "2003,90,persons"), p.cell("consumption.csv", 2, "unit", "")), "E151", "population.csv", (3,), "unit"),
]
ALL = [*READING, *HEADINGS, *KEYS, *NUMBERS, *TECHNOLOGY, *PERIODS, *UNITS]


def _refused(folder: Any, **options: Any) -> tuple[Finding, ...]:
    with pytest.raises(DataError) as caught:
        load(folder, **options)
    return caught.value.findings


@pytest.mark.parametrize("spoilt", ALL, ids=[case.name for case in ALL])
def test_refused_at_the_right_place(spoilt: Spoilt, package: Any, written: Any) -> None:
    spoilt.spoil(package)
    findings = _refused(written(package))
    places = [(finding.code, finding.file, finding.rows, finding.column) for finding in findings]
    assert (spoilt.code, spoilt.file, spoilt.rows, spoilt.column) in places
    assert {finding.code for finding in findings} == {spoilt.code} | spoilt.also
    for finding in findings:
        assert finding.code in CODES
        assert finding.sentence[-1] in ".?"
        assert len(finding.sentence.split()) > 5


def test_everything_is_shown_at_once(package: Any, written: Any) -> None:
    """Flaws of unlike kinds in unlike files do not hide each other, the unknown item and the circle among them."""
    package.cell("coefficients.csv", 8, "item", "machine")
    package.cell("coefficients.csv", 5, "value", "0.9")
    package.cell("supply.csv", 4, "value", "-1")
    package.cell("targets.csv", 2, "period", "2044")
    package.add("economy.toml", "colour = 1")
    codes = [finding.code for finding in _refused(written(package))]
    assert codes == ["E107", "E131", "E104", "E122", "E140"]


def test_message_is_laid_out_as_a_reader_needs_it(package: Any, written: Any) -> None:
    package.cell("coefficients.csv", 5, "item", "stel")
    package.cell("coefficients.csv", 2, "value", "1,2")
    with pytest.raises(DataError) as caught:
        load(written(package))
    assert str(caught.value).endswith(
        """coefficients.csv: 2 errors
  E120 not a number               row 2, column value
       "1,2" is not a number. The decimal sign is a point.
  E104 unknown product            row 5, column item
       "stel" is not in products.csv. Did you mean "steel"?
Nothing was solved. `planner explain E104` says more."""
    )


def test_circle_is_told_in_words(package: Any, written: Any) -> None:
    package.cell("coefficients.csv", 5, "value", "0.9")
    (finding,) = _refused(written(package))
    assert "1 Mt of coal by coal_mining takes 0.9 Mt of steel" in finding.sentence
    assert "1 Mt of steel by steel_making takes 1.2 Mt of coal" in finding.sentence
    assert "together 1.08 per unit, so no level of output can balance" in finding.sentence
    assert "Is row 2 of coefficients.csv really Mt per Mt?" in finding.sentence


def test_second_technique_can_break_a_circle(package: Any, written: Any) -> None:
    package.cell("coefficients.csv", 5, "value", "0.9")
    package.add("activities.csv", "open_cast,coal,fuel")
    assert load(written(package)).tables["activities"].shape[0] == 5


def test_imports_can_break_a_circle_with_a_warning(package: Any, written: Any) -> None:
    package.cell("coefficients.csv", 5, "value", "0.9")
    package.add("trade.csv", "coal,import,*,0.01,,,,bn gold per Mt")
    warnings = load(written(package)).warnings
    assert ("W204", (2, 5)) in [(warning.code, warning.rows) for warning in warnings]


def test_huge_file_is_refused(package: Any, written: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 400)
    findings = _refused(written(package))
    assert ("E109", "coefficients.csv") in [(finding.code, finding.file) for finding in findings]


def test_many_bad_values_are_counted(package: Any, written: Any) -> None:
    package.files["plans.csv"] = "plan\ngrowth\nbare\n" + "".join(f"{n} plan\n" for n in range(500))
    findings = _refused(written(package))
    assert len(findings) == 21
    assert sum(len(finding.rows) for finding in findings) == 500


WARNINGS = [
    Spoilt("byte order mark", lambda p: p.files.update({"plans.csv": b"\xef\xbb\xbf" + p.text("plans.csv").encode()}), "W201", "plans.csv", (1,), ""),
    Spoilt("base period", _set("actuals", 4, "value", "0.5"), "W202", "actuals.csv", (4,), "value"),
    Spoilt("star in vain", lambda p: [p.add("final_use.csv", f"steel,defence,{y},1,,,") for y in (2001, 2003)], "W203", "final_use.csv", (2,), "period"),
    Spoilt("tiny", _set("coefficients", 8, "value", "1e-9"), "W205", COEFFICIENTS, (8,), "value"),
    Spoilt("other unit, not preferred", _set("actuals", 5, "unit", "kt"), "W206", "actuals.csv", (5,), "unit"),
    Spoilt("no price", _set("products", 2, "price", ""), "W207", "products.csv", (2,), "product"),
]


@pytest.mark.parametrize("spoilt", WARNINGS, ids=[case.name for case in WARNINGS])
def test_warned(spoilt: Spoilt, package: Any, written: Any) -> None:
    spoilt.spoil(package)
    places = [(finding.code, finding.file, finding.rows, finding.column) for finding in load(written(package)).warnings]
    assert places == [(spoilt.code, spoilt.file, spoilt.rows, spoilt.column)]
