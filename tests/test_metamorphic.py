"""Changes that must not change an answer, through the command line: order, rows that say nothing, a product told as two,
a scenario written out; and limits that are relaxed, after which no share is lower."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

from planner.cli import main
from planner.economy import load
from planner.shipped import shipped
from tests.test_units import written

Rows = list[dict[str, str]]
Change = Callable[[str, Rows], Rows]
Found = tuple[str, dict[str, list[tuple[str, ...]]]]

COMMANDS = {
    "solve": ["solve", "{}"],
    "feasibility": ["feasibility", "{}", "--years", "2"],
    "ladder": ["feasibility", "{}", "--plan", "all"],
    "backtest": ["backtest", "{}"],
    "sensitivity": ["sensitivity", "{}"],
    "near-optimal": ["near-optimal", "{}"],
    "execute": ["execute", "{}", "--tautness", "adopted"],
    "frontier": ["frontier", "output:iron:2", "output:corn:2", "{}"],
    "uncertainty": ["uncertainty", "{}", "--samples", "4", "--workers", "1"],
    "compare": ["compare", "plan=ambitious", "plan=cautious", "--economy", "{}"],
    "claims": ["claims", "{}"],
    "regions": ["regions", "{}"],
    "money": ["money", "{}"],
}
ECONOMIES = {"regions": "two_regions", "money": "two_goods_money"}
WHERE_IT_STANDS = {"file", "row"}  # of a number in the files
OF_FILES = {"places", "statement", "certificate", "variants"}  # tables that number rows, or name the files' digests
PROOFS = {"proofs", "program", "optimistic"}


def run(folder: Path, name: str, *more: str, economy: str = "") -> Found:
    """What a command prints and writes about an economy in a folder: tables as sorted rows, numbers to eight digits."""
    out, mine = folder / "out", folder / (economy or ECONOMIES.get(name, "two_goods"))
    shutil.rmtree(out, ignore_errors=True)
    words = [*(word.format(mine) for word in COMMANDS[name]), *more, "--out", str(out)]
    result = CliRunner().invoke(main, words)
    assert result.exit_code == 0, result.output
    tables = {}
    for path in sorted(out.rglob("*.csv")):
        if path.stem not in OF_FILES and not PROOFS & set(path.relative_to(out).parts):
            rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
            tables[path.stem] = sorted(
                tuple(
                    f"{key}={_digits(cell.replace(str(folder), ''))}"
                    for key, cell in row.items()
                    if key not in WHERE_IT_STANDS
                )
                for row in rows
            )
    return result.stdout.replace(str(folder), ""), tables


def _digits(cell: str) -> str:
    try:
        return f"{float(cell) + 0.0:.8g}" if abs(float(cell)) > 1e-11 else "0"
    except ValueError:
        return cell


def shuffled(folder: Path) -> None:
    """Rows and columns of every table in another order."""
    chance = Random(3)
    for path in sorted(folder.rglob("*.csv")):
        head, *body = csv.reader(path.open(encoding="utf-8", newline=""))
        chance.shuffle(body)
        order = chance.sample(range(len(head)), len(head))
        _write(path, [[cells[at] for at in order] for cells in (head, *body)])


def rewritten(folder: Path, change: Change) -> None:
    """Every table with its rows changed."""
    for path in sorted(folder.rglob("*.csv")):
        rows = list(csv.DictReader(path.open(encoding="utf-8", newline="")))
        new = change(path.stem, rows)
        _write(path, [list(rows[0]), *(list(row.values()) for row in new)])


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows(rows)


def copied(folder: Path) -> Path:
    """A folder with the economies that are changed."""
    for name in ("two_goods", *ECONOMIES.values()):
        shutil.copytree(shipped("inputs") / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Found]:
    """What each command finds of the economies as they are; each is run when it is first asked for."""
    folder = copied(tmp_path_factory.mktemp("usual"))
    return cache(lambda name: run(folder, name))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return copied(tmp_path)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_order_of_rows_and_columns(name, copy, usual):
    shuffled(copy)
    screen, tables = run(copy, name)
    assert tables == usual(name)[1]
    if name != "ladder":  # it lists plans as the table does
        assert screen == usual(name)[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_rows_that_say_nothing(name, copy, usual):
    """Trade that may not happen, plant that nobody adds to, a use of nothing."""

    def more(table: str, rows: Rows) -> Rows:
        if table == "trade":
            rows = [*rows, {**rows[0], "product": "iron", "direction": "export", "limit": "0"}]
        if table == "final_use":
            rows = [*rows, {**rows[0], "product": "iron", "use": "nothing", "value": "0"}]
        return rows

    rewritten(copy, more)
    _, tables = run(copy, name)
    for table in (
        "targets",
        "feasibility",
        "path",
        "verdicts",
        "horizon",
        "near_optimal",
        "frontier",
        "draws",
        "backtest",
    ):
        assert set(usual(name)[1].get(table, ())) <= set(tables.get(table, ())), table


TWINS = {"iron": "steel", "smelting": "steelmaking", "furnaces": "mills"}
HALVED = {
    "capacities": ("initial",),
    "trade": ("limit",),
    "targets": ("value", "weight"),
    "actuals": ("value",),
}
MAKERS = {"coefficients": "activity", "investment": "capacity"}


def _as_two(table: str, rows: Rows) -> Rows:
    """Iron told as two goods, each made in half the plant; what took iron takes half of each."""
    if table == "claims":  # what was said is said once
        return rows
    if table not in MAKERS:
        return [half for row in rows for half in _halves(row, HALVED.get(table, ()))]
    made = []
    for row in rows:
        maker = row[MAKERS[table]]
        for own in (maker, TWINS[maker]) if maker in TWINS else (maker,):
            told = {**row, MAKERS[table]: own}
            if row["item"] == "furnaces":  # each technique has the plant of its own
                made.append({**told, "item": "furnaces" if own == maker else TWINS["furnaces"]})
            else:
                made += _halves(told, ("value", "low", "high"), ("item",))
    return made


def _halves(row: dict[str, str], halved: tuple[str, ...], keys: tuple[str, ...] = ()) -> Rows:
    """A row of something that is told as two, in halves; other rows as they are."""
    twin = {key: TWINS[cell] for key, cell in row.items() if cell in TWINS and (not keys or key in keys)}
    if not twin:
        return [row]
    half = {key: repr(float(row[key]) / 2) for key in halved if row.get(key)}
    return [{**row, **half}, {**row, **half, **twin}]


def test_a_product_told_as_two(copy, usual):
    rewritten(copy / "two_goods", _as_two)
    _, tables = run(copy, "feasibility")
    summary = json.loads((copy / "out" / "summary.json").read_text())
    assert summary["attainment"] == pytest.approx(
        {"central": 0.9, "optimistic": 0.9325, "pessimistic": 0.8675}, abs=1e-9
    )
    once = {row["item"]: row for row in _records(usual("feasibility")[1]["feasibility"])}
    twice = {row["item"]: row for row in _records(tables["feasibility"])}
    assert set(twice) == {"corn", "iron", "steel"}
    for item, other in (("corn", "corn"), ("iron", "iron"), ("steel", "iron")):
        assert float(twice[item]["share"]) == pytest.approx(float(once[other]["share"]), abs=1e-6)  # tangents end there


def _records(rows: list[tuple[str, ...]]) -> list[dict[str, str]]:
    return [dict(cell.split("=", 1) for cell in row) for row in rows]  # type: ignore[misc]


LIMITS = {
    "supply": "supply:resource=workers:value*=1.2",
    "plant": "capacities:capacity=furnaces:initial*=1.2",
    "trade": "trade:product=corn,direction=export,period=*:limit*=1.5",
    "use": "final_use:product=corn,use=administration,period=*:value*=0.5",
}


@pytest.mark.parametrize("limit", LIMITS)
def test_no_share_falls_when_a_limit_is_relaxed(limit, copy, usual):
    once = _records(usual("feasibility")[1]["horizon"])
    _, tables = run(copy, "feasibility", "--set", LIMITS[limit])
    later = _records(tables["horizon"])
    assert 0 < len(later) <= len(once)  # it ends as soon as all is reached
    for old, new in zip(once, later, strict=False):
        assert old["due"] == new["due"]
        assert float(new["attainment"]) >= float(old["attainment"]) - 1e-7


NO_SCENARIO = {"ladder", "compare", "claims", *ECONOMIES}  # asked for by case, side or statement, or not in their files


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in NO_SCENARIO])
def test_a_scenario_laid_over_and_the_same_tables_written_out(name, copy):
    there = run(copy, name, "--scenario", "open_trade")[1]
    written(load(copy / "two_goods", scenario="open_trade"), copy / "written")
    here = run(copy, name, economy="written")[1]
    plain = {"data", "catalogue", "limits"}
    for table in set(there) - plain:
        assert _bare(here[table]) == _bare(there[table]), table


def _bare(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Without what names the folder and the scenario."""
    kept = [row for row in rows if row[0] != "part=to repeat"]
    return [tuple(cell for cell in row if cell.split("=")[0] not in ("scenario", "source", "note")) for row in kept]
