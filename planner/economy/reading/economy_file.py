"""Headings: ``economy.toml`` and ``scenario.toml``."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from planner.economy.findings import did_you_mean
from planner.economy.periods import parts_of
from planner.economy.prices.discounting import Discounting
from planner.economy.reading.files import Files
from planner.economy.reading.snapshot import FREE, SCENARIOS
from planner.economy.schema import ECONOMY_KEYS, MOST_FLOOR, SCENARIO_KEYS, SCHEMA_VERSION, Key
from planner.files.toml import parsed

__all__ = ["STATES", "EconomyFile", "chain_of_scenarios", "check_scenarios", "read_economy_file"]

STATES = ("record", "run", "bound")  # what an economy may begin with


@dataclass(frozen=True)
class EconomyFile:
    """What ``economy.toml`` says; empty where it says nothing or nothing usable."""

    title: str = ""
    description: str = ""
    license: str = ""
    base_period: str = ""
    periods: tuple[str, ...] = ()
    value_unit: str = ""
    default_plan: str = ""
    default_scenario: str = ""
    default_model: str = ""
    backtest_scenario: str = ""
    backtest_floor: float | None = None
    opening_from: str = ""
    opening_period: str = ""
    opening_state: str = ""
    discounting_rate: float = 0.0
    discounting_to: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)  # line of each key, for findings

    @property
    def discounting(self) -> Discounting:
        """How much money of each period counts."""
        return Discounting(self.discounting_rate, self.discounting_to)


def read_economy_file(files: Files) -> EconomyFile:
    """Read ``economy.toml``, reporting whatever is wrong with it."""
    file = "economy.toml"
    below: dict[str, Any] = {}
    for layer in files.snapshot.layers[:-1]:  # what an economy does not say for itself is what the one below it says
        below |= _toml(files, f"{layer}{file}", ECONOMY_KEYS, below)[0]
    said, lines = _toml(files, file, ECONOMY_KEYS, below)
    said = below | said
    over = said.pop("extends", "")
    if over and len(files.snapshot.layers) == 1:
        wrong = f'There is no folder "{over}" beside this one, or it is this one, so there is nothing to be laid over.'
        files.report("E101", file, wrong, row=lines.get("extends", 0), column="extends", value=over)
    version = said.pop("schema", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        wrong = f"The economy follows schema {version}; this planner reads schema {SCHEMA_VERSION}."
        files.report("E108", file, wrong, row=lines["schema"], column="schema", value=str(version))
    heading = EconomyFile(**{key.replace(".", "_"): value for key, value in said.items()}, lines=lines)
    labels = [("periods", label) for label in heading.periods] + [("base_period", heading.base_period)]
    for at, (key, label) in enumerate(labels):
        if label in [earlier for _, earlier in labels[:at]]:
            wrong = f'The period "{label}" stands twice. Each is listed once; the base period comes before them.'
            files.report("E141", file, wrong, row=lines.get(key, 0), column=key, value=label)
        elif "," in label or ".." in label or label == "*":
            wrong = f'"{label}" would be read as a list of periods. Choose a label without a comma and without `..`.'
            files.report("E141", file, wrong, row=lines.get(key, 0), column=key, value=label)
    if heading.opening_state and heading.opening_state not in STATES:
        wrong = f'There is no such opening: "{heading.opening_state}".{did_you_mean(heading.opening_state, STATES)}'
        row = lines.get("opening.state", 0)
        files.report("E107", file, wrong, row=row, column="opening.state", value=heading.opening_state)
    date = heading.discounting_to
    if (
        date
        and not parts_of(date, heading.periods)
        and heading.periods
        and heading.discounting.distances(heading.base_period, heading.periods) is None
    ):
        wrong = (
            f'"{date}" is no period, nor are all labels numbers, so nobody can tell how far the periods are from it.'
        )
        files.report("E140", file, wrong, row=lines["discounting.to"], column="discounting.to", value=date)
    return heading


def _toml(
    files: Files, file: str, keys: Sequence[Key], below: Collection[str] = ()
) -> tuple[dict[str, Any], dict[str, int]]:
    """Usable keys of a TOML file, and the line of each; those that another says need not be there."""
    if not files.snapshot.has(file):
        files.report("E101", file, f"There is no {file}, so this folder is not complete. Is it the right folder?")
        return {}, {}
    text = files.text(file)
    if text is None:
        return {}, {}
    try:
        said = parsed(text)
    except ValueError as error:
        row = re.search(r"at line (\d+)", str(error))
        files.report("E107", file, f"This is not TOML: {error}.", row=int(row[1]) if row else 0)
        return {}, {}
    known = [key for key, *_ in keys]
    said = _flat(said, {key.partition(".")[0] for key in known if "." in key})
    lines = {key: _line(text, key) for key in said}
    for key in said:
        if key not in known:
            wrong = f'There is no key "{key}".{did_you_mean(key, known)} The keys are {", ".join(known)}.'
            files.report("E107", file, wrong, row=lines[key], column=key, value=str(said[key])[:80])
    result = {}
    for key, kind, required, meaning in keys:
        if key not in said:
            if required and key not in below:
                files.report("E107", file, f'The key "{key}" is missing: {meaning}.', column=key)
            continue
        value = _value(said[key], kind)
        if value is None:
            wrong = f"{key} is {_WANTED[kind]}: {meaning}."
            files.report("E107", file, wrong, row=lines[key], column=key, value=str(said[key])[:80])
        else:
            result[key] = value
    return result, lines


def _flat(said: Mapping[str, Any], tables: Collection[str]) -> dict[str, Any]:
    """Keys of the tables that are known stand beside the others, the name of their table before a point."""
    flat: dict[str, Any] = {}
    for key, value in said.items():
        if key in tables and isinstance(value, dict):
            flat |= {f"{key}.{inner}": content for inner, content in value.items()}
        else:
            flat[key] = value
    return flat


_WANTED = {
    "integer": "a whole number",
    "text": "a text in quotes",
    "label": "a period, such as 1928",
    "labels": "a list of periods, such as [1929, 1930]",
    "share": f"a number from 0 to {MOST_FLOOR:g}, such as 0.45 (not 45 for 45 per cent)",
}


def _value(value: object, kind: str) -> object | None:
    """The value as its kind wants it, or nothing."""
    if kind == "integer":
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    if kind == "text":
        return value.strip() if isinstance(value, str) else None
    if kind == "share":
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        return float(value) if 0.0 <= value <= MOST_FLOOR else None
    if kind == "label":
        is_label = isinstance(value, str | int) and not isinstance(value, bool)
        return str(value).strip() or None if is_label else None
    labels = [_value(label, "label") for label in value] if isinstance(value, list) else []
    return tuple(labels) if labels and None not in labels else None


def _line(text: str, key: str) -> int:
    """Line of a key; of one in a table, its first line below the heading of that table."""
    table, point, inner = key.rpartition(".")
    if point:
        heading = re.search(rf"^\s*\[\s*{re.escape(table)}\s*\]", text, re.MULTILINE)
        above = text[: heading.end()] if heading else ""
        return above.count("\n") + _line(text[len(above) :], inner) if heading else 0
    found = re.search(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*[=.]|^\s*\[+\s*{re.escape(key)}\b", text, re.MULTILINE)
    return text[: found.end()].count("\n") + 1 if found else 0


def check_scenarios(files: Files, heading: EconomyFile) -> None:
    """Report what does not belong in ``scenarios``, and scenarios named in ``economy.toml`` that do not exist."""
    names = files.snapshot.scenarios
    if "base" in names:
        wrong = "`base` names the tables without any scenario. Rename the folder."
        files.report("E162", "scenarios/base", wrong, value="base")
    for entry in files.snapshot.folders.get(SCENARIOS, ()):
        if entry.name not in names and entry.suffix not in FREE:
            wrong = f'"{entry.name}" is not the folder of a scenario, so it would be ignored.'
            files.report("E106", f"{SCENARIOS}/{entry.name}", wrong, value=entry.name)
    named = {"default_scenario": heading.default_scenario, "backtest.scenario": heading.backtest_scenario}
    for key, name in named.items():
        if name and name not in names:
            wrong = f'There is no scenario "{name}".{did_you_mean(name, names)}'
            files.report("E160", "economy.toml", wrong, row=heading.lines.get(key, 0), column=key, value=name)


def chain_of_scenarios(files: Files, scenario: str) -> dict[str, str]:
    """The scenario and all those it is laid over, lowest first, and what each says whoever reads its results must know.

    Args:
        files: reader of the economy.
        scenario: name; empty for none.
    """
    chain: dict[str, str] = {}
    said_in, row = "", 0
    names = files.snapshot.scenarios
    while scenario:
        if scenario in chain:
            circle = " -> ".join([*list(chain)[list(chain).index(scenario) :], scenario])
            wrong = f"Scenarios extend each other in a circle: {circle}. Remove one `extends`."
            files.report("E161", said_in, wrong, row=row, column="extends", value=scenario)
            break
        if scenario not in names:
            there = f" There are: {', '.join(names)}." if names else " The economy has no scenarios."
            wrong = f'There is no scenario "{scenario}".{did_you_mean(scenario, names)}{there}'
            files.report("E160", said_in, wrong, row=row, column="extends" if said_in else "", value=scenario)
            break
        places = [f"{layer}{SCENARIOS}/{scenario}/scenario.toml" for layer in reversed(files.snapshot.layers)]
        said_in = next((place for place in places if files.snapshot.has(place)), places[0])
        said, lines = _toml(files, said_in, SCENARIO_KEYS)
        chain[scenario] = said.get("caution", "")
        scenario, row = said.get("extends", ""), lines.get("extends", 0)
    return dict(reversed(chain.items()))
