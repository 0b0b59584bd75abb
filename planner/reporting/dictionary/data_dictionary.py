"""The data dictionary, ``inputs/README.md``, and the page of sources, ``inputs/SOURCES.md``, written from schema and data."""

from __future__ import annotations

import csv
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from planner.economy.codes import CODES
from planner.economy.provenance import is_address, keys_in, reference
from planner.economy.schema import ECONOMY_KEYS, PROVENANCE, SCENARIO_KEYS, TABLES, Key
from planner.economy.schema.columns import Table
from planner.economy.schema.describe import placing, rules, without_a_row
from planner.reporting.dictionary.markdown import markdown_table, sentence
from planner.shipped import ECONOMIES, shipped

__all__ = ["data_dictionary", "sources"]

_START = """\
# Economies

An economy is a folder of CSV tables beside an `economy.toml`: facts with their units, ranges and sources, and no code.
This page is written by `planner explain --write .` from the declarations by which the tables are read and checked.
`planner check FOLDER` says what is wrong with an economy, `planner new FOLDER` copies a complete one out, and
`planner explain TABLE` or `TABLE.COLUMN` prints what stands here.

Where a number comes from stands in its row, by keys of `sources.csv`; [`SOURCES.md`](SOURCES.md) counts rows by source.
"""

_RULES = """\
- Files are UTF-8 text with a header row; columns may stand in any order, and those that are not required may be absent.
- A **key** tells the rows of a table apart: none may stand twice. Identifiers begin with a letter and hold letters, digits,
  `_`, `.` and `-`.
- `*` in a column of periods stands for all of them, `1929..1931` for several; a row for one period goes before one for all.
- A number **with a range** may have `low` and `high` beside it (`NAME_low`, `NAME_high` where the table has several). The
  favourable end is the one that enlarges the set of feasible plans; `--corner optimistic` takes it everywhere at once.
- Every row may say where its numbers come from, in four more columns:
"""


_SAID: tuple[
    tuple[str, str, str], ...
] = (  # what is meant, how it is said, an economy that says it or the test that does
    (
        "least cost, or most profit",
        "prices in `costs` for a unit of any measure; the objective `least_cost` or `net_revenue`",
        "dantzig",
    ),
    (
        "a market that takes so much at most, at its price",
        "`costs` of kind revenue and `bounds` for `delivery`",
        "steel_mill",
    ),
    ("nothing may be left over: a balance that is an equation", "`products.disposal = none`", "williams_mining"),
    ("hours of machines, land, hands", "`resources`, `supply`, `coefficients` of role resource", "lathes_1939"),
    (
        "several techniques, joint products, a supply-use table",
        "one of `activities` each, with rows of role output",
        "",
    ),
    (
        "limits of quality in a blend",
        "a row of `relations`: the quality of each input times its activity, less the norm times the output, at "
        "least or at most 0; an exact quality as a product of which nothing is left over",
        "williams_mining",
    ),
    (
        "a set-up or a charge whatever the amount; a least lot",
        "`runs` (`units`, `least`, `most`) and a cost of `running`; of being switched on, of `started`; what a unit takes "
        "besides its level, such as hours of setting up or fuel without load, in `run_inputs`",
        "williams_power",
    ),
    (
        "n at most, one only with another, one or the other",
        "`bounds` for `running` of a group; `relations` of `running`",
        "williams_mining",
    ),
    ("least time on or off, limits of change", "`relations` with lags of `running`, `started` or `activity`", ""),
    (
        "plant in whole units, a charge for building at all, economies of scale",
        "`expansions` and a cost of `expansion`",
        "",
    ),
    (
        "vintages with norms and lives of their own",
        "a kind of plant and a technique for each, `life`, and `bounds` that none is begun but in its period",
        "turkpow",
    ),
    (
        "ages of herds and forests",
        "a product for each age, and a technique that makes the next age of it with a lead of a period; `opening` says what "
        "there was",
        "",
    ),
    (
        "a decision before the weather, or a price, is known",
        "kinds of weather as parts of a period, each as long as it is likely: plant is begun for all of them, what is made, "
        "bought and sold is of each",
        "",
    ),
    (
        "hiring, dismissing, wages with or without work, overtime",
        "columns of `resources`; costs of `recruited`, `dismissed`, `employment` and "
        "`idle`; overtime as a technique that a relation holds to them",
        "williams_manpower",
    ),
    (
        "orders that wait",
        "orders as a product: a negative final use with `credit = yes` brings them, delivering takes one of them and one of "
        "the good, and the stock of orders costs",
        "",
    ),
    (
        "a load curve, seasons, a store that closes as it opened",
        "`periods.part_of`, `stocks.carried = round`",
        "williams_power",
    ),
    (
        "hauls between places, lines that are full or lose some of what they carry, a charge for a way that is used",
        "`regions`, `links`, `carriage`, whose item may be the product itself; `runs` of a way (`N>M`)",
        "mexss",
    ),
    (
        "a battery, a pumped store",
        "what is stored as a product with `stocks`; charging and discharging as techniques on plant, with what is lost in them",
        "",
    ),
    ("several currencies", "the column `currency` of `trade` and `finance`; rates in `exchange`", ""),
    ("prices that rise with the amount", "`price_steps`", ""),
    (
        "instalments, outlays year by year, a budget of a year",
        "`costs.due` and `times`; `bounds` for `cost` or `net_revenue` of a currency",
        "williams_farm",
    ),
    (
        "money that is kept, at interest",
        "a technique that makes deposits, with a cost now and a revenue `due` a period later",
        "",
    ),
    (
        "emissions, waste",
        "a product that techniques make beside their own, with `bounds` for its `output` or a cost of its `delivery`",
        "",
    ),
    ("any other rule", "`relations` and `relation_terms`: a weighted sum of measures, with lags", "mahalanobis"),
)


def data_dictionary() -> str:
    """The page of tables and columns as Markdown."""
    return "\n".join(
        [
            _START,
            "## What is shipped\n",
            markdown_table(("economy", "what it is", "licence"), _shipped()),
            "## Rules for every table\n",
            _RULES,
            markdown_table(("column", "meaning"), ((f"`{c.name}`", sentence(c.meaning)) for c in PROVENANCE)),
            "## Files of an economy\n",
            "`economy.toml`:\n",
            markdown_table(("key", "what it is"), _keys(ECONOMY_KEYS)),
            "`scenarios/NAME/scenario.toml`, beside tables of the same names whose rows are laid over those of the economy:\n",
            markdown_table(("key", "what it is"), _keys(SCENARIO_KEYS)),
            "## How to say it\n",
            "What models of textbooks ask for, and where it stands. What no economy here says is posed in "
            "[`tests/known_answers/test_posed.py`](../tests/known_answers/test_posed.py), in "
            "[`test_posed_textbooks.py`](../tests/known_answers/test_posed_textbooks.py) or in the tests of its table.\n",
            markdown_table(("what is meant", "how it is said", "see"), _said()),
            "## Tables\n",
            markdown_table(
                ("table", "what it holds"), ((f"[`{t.name}`](#{t.name})", t.meaning) for t in TABLES.values())
            ),
            *(part for table in TABLES.values() for part in _table(table)),
            "## Findings\n",
            "What `planner check` and every other command may say of an economy, a model file or a change; a code that begins "
            "with W stops nothing.\n",
            markdown_table(("code", "title", "what to do"), ((f"`{n}`", c.title, c.remedy) for n, c in CODES.items())),
        ]
    )


def sources() -> str:
    """The page of sources as Markdown."""
    parts = [
        "# Where the numbers come from\n",
        "The tables of the shipped economies, as a selection and arrangement, are under CC BY 4.0 ([`LICENSE`](LICENSE)); the "
        "code is under the MIT licence. Numbers that were taken from the works of others are facts, which nobody owns; cite "
        "the works for them. Each row cites its sources by their keys in the `sources.csv` of the economy, or in its own "
        "words where there is none, and this page, written by `planner explain --write .`, says how many rows of which tables "
        "cite which; a row may cite several.\n",
        f"The grade says {_grade().removesuffix('.')}.\n",
    ]
    for name in ECONOMIES:
        found = _sources_of(shipped("inputs") / name)
        rows = ((_linked(source), source.get("grade", ""), _where(count)) for source, count in found)
        parts += [
            f"## {name}\n",
            f"{sentence(_heading(name)['title'])}\n",
            markdown_table(("source", "grade", "rows"), rows),
        ]
    return "\n".join(parts)


def _grade() -> str:
    return TABLES["sources"].by_name["grade"].meaning


def _heading(name: str) -> dict[str, Any]:
    return tomllib.loads((shipped("inputs") / name / "economy.toml").read_text(encoding="utf-8"))


def _shipped() -> Iterator[Sequence[str]]:
    for name in ECONOMIES:
        told = _heading(name)
        yield f"[`{name}`]({name}/README.md)", f"{sentence(told['title'])} {told['description']}", told["license"]


def _said() -> Iterator[Sequence[str]]:
    return (
        (sentence(meant), sentence(said), f"[`{name}`]({name}/README.md)" * bool(name)) for meant, said, name in _SAID
    )


def _keys(keys: Iterable[Key]) -> Iterator[Sequence[str]]:
    return ((f"`{name}`", sentence(says) + " Required." * required) for name, _, required, says in keys)


def _table(table: Table) -> Iterator[str]:
    yield f"### {table.name}\n"
    rule = f" The unit must be that of: {table.unit_rule}." if table.unit_rule else ""
    yield f"{table.meaning} Without a row: {without_a_row(table)}{rule}\n"
    rows = [(f"`{c.name}`", f"{sentence(c.meaning)}", f"{rules(c)}.") for c in table.columns]
    rows += [(f"`{p.name}`", sentence(p.meaning), f"{placing(p)}.") for p in table.places]
    yield markdown_table(("column", "meaning", "what may stand there"), rows)


def _sources_of(folder: Path) -> list[tuple[Mapping[str, str], Counter[str]]]:
    """Every source of an economy, scenarios included, and the rows of each table that cite it; the most cited first.

    A text that is listed nowhere is its own title.
    """
    listed = (folder / "sources.csv").is_file()
    known: dict[str, Mapping[str, str]] = {"": {"title": "none named"}}
    found: dict[str, Counter[str]] = {}
    address: dict[str, str] = {}
    for file in sorted(folder.rglob("*.csv"), key=lambda file: (file.stem != "sources", file)):
        with file.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if file.stem == "sources":
                    known[row["key"]] = row
                elif "source" in row:
                    cell = row["source"].strip()
                    for key in keys_in(cell) or ("",) if listed else (cell,):
                        found.setdefault(key, Counter())[file.stem] += 1
                        address.setdefault(key, row["url"] if is_address(row.get("url") or "") else "")
    named = [(known.get(key, {"title": key, "url": address.get(key, "")}), count) for key, count in found.items()]
    return sorted(named, key=lambda item: (-item[1].total(), reference(item[0])))


def _linked(source: Mapping[str, str]) -> str:
    said = f"{reference(source)}; {source['note']}" if source.get("note") else reference(source)
    return f"{said} (<{source['url']}>)" if source.get("url") else said


def _where(found: Counter[str]) -> str:
    return ", ".join(f"{table} {count:,}" for table, count in sorted(found.items()))
