"""Spoilt packages: each is refused with the one right finding, at the right place, and with nothing but `DataError`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from planner.economy import DataError, Finding, load
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


def _cell(
    name: str, code: str, file: str, row: int, column: str, value: str, also: frozenset[str] = frozenset()
) -> Spoilt:
    """A cell that is spoilt and found where it stands."""
    return Spoilt(name, _set(file, row, column, value), code, f"{file}.csv", (row,), column, also)


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
    Spoilt(
        "latin-1", _put("plans.csv", "plan,title\ngrowth,Año\nbare,\n".encode("latin-1")), "E102", "plans.csv", (2,), ""
    ),
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
    Spoilt(
        "column twice", _put("population.csv", "period,value,value\n*,1,2\n"), "E105", "population.csv", (1,), "value"
    ),
    Spoilt("column absent", _put("population.csv", "period\n*\n"), "E111", "population.csv", (1,), "value"),
    Spoilt("key absent", _put("population.csv", "value\n1\n"), "E111", "population.csv", (1,), "period"),
    Spoilt("unknown table", _put("product.csv", "product\n"), "E106", "product.csv", (), ""),
    Spoilt("unknown file", _put("notes.xlsx", b"PK"), "E106", "notes.xlsx", (), ""),
    Spoilt("unknown folder", _put("old/products.csv", ""), "E106", "old", (), ""),
    Spoilt(
        "folder for a table",
        lambda p: (p.files.pop("stocks.csv"), p.files.update({"stocks.csv/x": ""})),
        "E102",
        "stocks.csv",
        (),
        "",
    ),
    Spoilt("stray file in scenarios", _put("scenarios/dry.toml", ""), "E106", "scenarios/dry.toml", (), ""),
]
HEADINGS = [
    Spoilt("no toml", _put(HEADING, "title = [\n"), "E107", HEADING, (), ""),
    Spoilt("unknown key", _swap(HEADING, "value_unit", "value_units"), "E107", HEADING, (5,), "value_units"),
    Spoilt("missing key", _swap(HEADING, "base_period = 2000\n", ""), "E107", HEADING, (), "base_period"),
    Spoilt("wrong type", _swap(HEADING, '"bn"', "3"), "E107", HEADING, (5,), "value_unit"),
    Spoilt("periods not a list", _swap(HEADING, "[2001, 2002, 2003]", "3"), "E107", HEADING, (4,), "periods"),
    Spoilt(
        "wrong type in a table",
        _swap(HEADING, '"growth"\n', '"growth"\n\n[backtest]\n# of what was had\nfloor = "high"\n'),
        "E107",
        HEADING,
        (10,),
        "backtest.floor",
    ),
    Spoilt("schema", _swap(HEADING, "schema = 1", "schema = 2"), "E108", HEADING, (1,), "schema"),
    Spoilt("period twice", _swap(HEADING, "2002, 2003", "2002, 2003, 2002"), "E141", HEADING, (4,), "periods"),
    Spoilt(
        "base in periods", _swap(HEADING, "2000", "2001"), "E141", HEADING, (3,), "base_period", frozenset({"E140"})
    ),
    Spoilt("label like a list", _swap(HEADING, "2003]", '2003, "2004,5"]'), "E141", HEADING, (4,), "periods"),
    Spoilt("default plan", _swap(HEADING, '"growth"', '"grwth"'), "E104", HEADING, (6,), "default_plan"),
    Spoilt(
        "default scenario",
        _swap(HEADING, "default_plan", 'default_scenario = "dri"\ndefault_plan'),
        "E160",
        HEADING,
        (6,),
        "default_scenario",
    ),
    Spoilt(
        "scenario called base", _put("scenarios/base/scenario.toml", 'title = ""'), "E162", "scenarios/base", (), ""
    ),
]
KEYS = [
    _cell("unknown item", "E104", "coefficients", 5, "item", "stel"),
    _cell("unknown activity", "E104", "coefficients", 6, "activity", "coal_minin"),
    _cell("product as resource", "E104", "coefficients", 3, "item", "coal"),
    _cell("principal product", "E104", "activities", 3, "product", "cole"),
    _cell("unknown plan", "E104", "targets", 2, "plan", "grow"),
    _cell("target for nothing", "E104", "targets", 2, "item", "tin"),
    _cell("unknown group", "E104", "targets", 3, "item", "metal"),
    _cell("unknown capacity", "E104", "pipeline", 2, "capacity", "furnace"),
    _cell("unknown project", "E104", "project_rules", 2, "other", "south"),
    Spoilt("duplicate key", _add("supply", "land,*,41,,,M ha"), "E110", "supply.csv", (5, 6), "resource"),
    Spoilt(
        "same year, written otherwise",
        _add("investment", "furnaces,steel,02,0.1,,,"),
        "E110",
        "investment.csv",
        (3, 5),
        "capacity",
    ),
    _cell("missing key", "E111", "supply", 5, "resource", ""),
    _cell("missing value", "E111", "supply", 4, "value", ""),
    _cell("not an identifier", "E112", "plans", 3, "plan", "2nd plan"),
    _cell("trained from itself", "E113", "training", 2, "from_resource", "skilled"),
    _cell("rule with itself", "E113", "project_rules", 2, "other", "north_works"),
    Spoilt(
        "needs what it excludes",
        _add("project_rules", "south_works,requires,north_works"),
        "E115",
        "project_rules.csv",
        (3,),
        "other",
    ),
    Spoilt("two preferred", _set("actuals", 3, "preferred", "yes"), "E114", "actuals.csv", (2, 3), "preferred"),
]
NUMBERS = [
    _cell("no number", "E120", "coefficients", 2, "value", "1.2 t"),
    _cell("decimal comma", "E120", "supply", 4, "value", "1,5"),
    _cell("underscore", "E120", "supply", 4, "value", "1_000"),
    _cell("low end no number", "E120", "coefficients", 2, "low", "?"),
    _cell("infinite", "E121", "supply", 4, "value", "inf"),
    _cell("nan", "E121", "stocks", 2, "limit", "NaN"),
    _cell("too large", "E121", "supply", 4, "value", "1e999"),
    _cell("negative", "E122", "final_use", 3, "value", "-0.2"),
    _cell("flexible", "E122", "consumption", 2, "flexible", "50"),
    _cell("spoilage", "E122", "stocks", 2, "spoilage", "1.02"),
    _cell("retirement", "E122", "capacities", 3, "retirement", "5"),
    _cell("share of a project", "E122", "projects", 2, "share_first_year", "2"),
    _cell("year nought", "E122", "investment", 2, "year", "0"),
    _cell("gestation endless", "E122", "capacities", 2, "gestation", "1e18"),
    _cell("low above value", "E123", "coefficients", 2, "low", "1.3"),
    _cell("high below value", "E123", "capacities", 2, "initial_high", "3.9"),
    _cell("range of nothing", "E123", "trade", 4, "limit_high", "3"),
    _cell("gestation in halves", "E124", "capacities", 2, "gestation", "2.5"),
    _cell("lead in halves", "E124", "coefficients", 2, "lead", "0.5"),
    _cell("role", "E125", "coefficients", 2, "role", "inptu"),
    _cell("direction", "E125", "trade", 3, "direction", "imports"),
    _cell("measure", "E125", "targets", 2, "measure", "produce"),
    _cell("sense", "E125", "targets", 3, "sense", "atleast"),
    _cell("verified", "E125", "coefficients", 2, "verified", "maybe"),
]
TECHNOLOGY = [
    Spoilt(
        "no source",
        lambda p: (p.add("products.csv", "tin,Tin,kt,,"), p.add("final_use.csv", "tin,cans,*,1,,,kt")),
        "E130",
        "products.csv",
        (6,),
        "product",
    ),
    Spoilt("circle", _set("coefficients", 5, "value", "0.9"), "E131", COEFFICIENTS, (2, 5), "value"),
    Spoilt(
        "own output",
        _add("coefficients", "farming,grain,input,,1.2,,,Mt per Mt,,,"),
        "E132",
        COEFFICIENTS,
        (12,),
        "value",
    ),
    Spoilt(
        "own output, stated",
        _cells(
            ("coefficients", 11, "value", "0.9"),
            ("coefficients", 2, "item", "steel"),
            ("coefficients", 2, "value", "1"),
        ),
        "E132",
        COEFFICIENTS,
        (2, 11),
        "value",
    ),
    Spoilt(
        "no export to meet the target",
        _cells(("trade", 2, "direction", "import"), ("trade", 4, "direction", "import")),
        "E133",
        "targets.csv",
        (4,),
        "item",
    ),
    Spoilt("not in the bundle", _cells(("targets", 5, "item", "coal")), "E133", "targets.csv", (5,), "item"),
    Spoilt("money machine", _add("trade", "grain,import,2003,0.06,,,,"), "E138", "trade.csv", (4, 5), "price"),
    Spoilt("idle capacity", _add("capacities", "kilns,,Mt,1,,,,1,"), "E134", "capacities.csv", (4,), "capacity"),
]
PERIODS = [
    _cell("outside", "E140", "supply", 3, "period", "2012"),
    _cell("base period", "E140", "final_use", 3, "period", "2000"),
    _cell("from a period outside", "E140", "coefficients", 10, "from_period", "1999"),
    _cell("star where none is", "E140", "pipeline", 2, "period", "*"),
    _cell("target after the end", "E140", "targets", 2, "period", "2004"),
    _cell("target in the base period", "E140", "targets", 2, "period", "2000"),
    _cell("backwards", "E141", "targets", 3, "period", "2003..2001"),
    _cell("named twice", "E141", "targets", 4, "period", "2001,2001"),
    Spoilt(
        "no population",
        _put("population.csv", "period,value\n2001,1\n2003,1\n"),
        "E142",
        "population.csv",
        (),
        "period",
    ),
    _cell("built after completion", "E143", "investment", 3, "year", "3"),
    _cell("project goods too late", "E143", "project_goods", 3, "year", "3"),
    Spoilt(
        "latest first",
        _cells(("projects", 3, "earliest", "2003"), ("projects", 3, "latest", "2001")),
        "E144",
        "projects.csv",
        (3,),
        "latest",
    ),
]
UNITS = [
    _cell("per the wrong thing", "E150", "coefficients", 2, "unit", "Mt per kt"),
    _cell("another unit", "E150", "final_use", 3, "unit", "kt"),
    _cell("unit of a resource", "E150", "supply", 5, "unit", "M acres"),
    _cell("per head of whom", "E150", "consumption", 2, "unit", "Mt per household"),
    _cell("currency", "E150", "trade", 3, "unit", "bn dollars per bn", frozenset({"E151"})),
    _cell("unit of a target", "E150", "targets", 2, "unit", "kt"),
    _cell("unit of investment", "E150", "targets", 3, "unit", "M"),
    _cell("unit of what is preferred", "E150", "actuals", 2, "unit", "kt"),
    Spoilt(
        "two units of persons",
        lambda p: (p.add("population.csv", "2003,90,persons"), p.cell("consumption.csv", 2, "unit", "")),
        "E151",
        "population.csv",
        (3,),
        "unit",
    ),
]
ALL = [*READING, *HEADINGS, *KEYS, *NUMBERS, *TECHNOLOGY, *PERIODS, *UNITS]


def _refused(folder: Any) -> tuple[Finding, ...]:
    with pytest.raises(DataError) as caught:
        load(folder)
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
