"""Headings: ``economy.toml`` and ``scenario.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.economy.findings import did_you_mean
from planner.economy.read import FREE, Files, listing
from planner.economy.schema import ECONOMY_KEYS, SCENARIO_KEYS, SCHEMA_VERSION, Key
from planner.toml import parsed

__all__ = ["Heading", "chain_of_scenarios", "check_scenarios", "read_heading", "scenario_names"]


@dataclass(frozen=True)
class Heading:
    """What ``economy.toml`` says; empty where it says nothing or nothing usable."""

    title: str = ""
    description: str = ""
    base_period: str = ""
    periods: tuple[str, ...] = ()
    value_unit: str = ""
    default_plan: str = ""
    default_scenario: str = ""
    default_model: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)  # line of each key, for findings


def read_heading(files: Files) -> Heading:
    """Read ``economy.toml``, reporting whatever is wrong with it."""
    file = "economy.toml"
    said, lines = _toml(files, file, ECONOMY_KEYS)
    version = said.pop("schema", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        wrong = f"The economy follows schema {version}; this planner reads schema {SCHEMA_VERSION}."
        files.report("E108", file, wrong, row=lines["schema"], column="schema", value=str(version))
    heading = Heading(**said, lines=lines)
    labels = [("periods", label) for label in heading.periods] + [("base_period", heading.base_period)]
    for at, (key, label) in enumerate(labels):
        if label in [earlier for _, earlier in labels[:at]]:
            wrong = f'The period "{label}" stands twice. Each is listed once; the base period comes before them.'
            files.report("E141", file, wrong, row=lines.get(key, 0), column=key, value=label)
        elif "," in label or ".." in label or label == "*":
            wrong = f'"{label}" would be read as a list of periods. Choose a label without a comma and without `..`.'
            files.report("E141", file, wrong, row=lines.get(key, 0), column=key, value=label)
    return heading


def _toml(files: Files, file: str, keys: Sequence[Key]) -> tuple[dict[str, Any], dict[str, int]]:
    """Usable keys of a TOML file, and the line of each."""
    if not (files.folder / file).is_file():
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
    lines = {key: _line(text, key) for key in said}
    known = [key for key, *_ in keys]
    for key in said:
        if key not in known:
            wrong = f'There is no key "{key}".{did_you_mean(key, known)} The keys are {", ".join(known)}.'
            files.report("E107", file, wrong, row=lines[key], column=key, value=str(said[key])[:80])
    result = {}
    for key, kind, required, meaning in keys:
        if key not in said:
            if required:
                files.report("E107", file, f'The key "{key}" is missing: {meaning}.', column=key)
            continue
        value = _value(said[key], kind)
        if value is None:
            wrong = f"{key} is {_WANTED[kind]}: {meaning}."
            files.report("E107", file, wrong, row=lines[key], column=key, value=str(said[key])[:80])
        else:
            result[key] = value
    return result, lines


_WANTED = {
    "integer": "a whole number",
    "text": "a text in quotes",
    "label": "a period, such as 1928",
    "labels": "a list of periods, such as [1929, 1930]",
}


def _value(value: object, kind: str) -> object | None:
    """The value as its kind wants it, or nothing."""
    if kind == "integer":
        return value if isinstance(value, int) and not isinstance(value, bool) else None
    if kind == "text":
        return value.strip() if isinstance(value, str) else None
    if kind == "label":
        is_label = isinstance(value, str | int) and not isinstance(value, bool)
        return str(value).strip() or None if is_label else None
    labels = [_value(label, "label") for label in value] if isinstance(value, list) else []
    return tuple(labels) if labels and None not in labels else None


def _line(text: str, key: str) -> int:
    found = re.search(rf"^\s*[\"']?{re.escape(key)}[\"']?\s*[=.]|^\s*\[+\s*{re.escape(key)}\b", text, re.MULTILINE)
    return text[: found.end()].count("\n") + 1 if found else 0


def scenario_names(folder: Path) -> list[str]:
    """Names of the scenarios of an economy, in the order of the alphabet.

    Args:
        folder: folder of the economy.
    """
    if not (folder / "scenarios").is_dir():
        return []
    return sorted(path.name for path in listing(folder / "scenarios") if path.is_dir())


def check_scenarios(files: Files, heading: Heading) -> None:
    """Report what does not belong in ``scenarios``, and a default that does not exist."""
    names = scenario_names(files.folder)
    if "base" in names:
        wrong = "`base` names the tables without any scenario. Rename the folder."
        files.report("E162", "scenarios/base", wrong, value="base")
    if (files.folder / "scenarios").is_dir():
        for path in listing(files.folder / "scenarios"):
            if path.name not in names and path.suffix not in FREE:
                wrong = f'"{path.name}" is not the folder of a scenario, so it would be ignored.'
                files.report("E106", f"scenarios/{path.name}", wrong, value=path.name)
    default = heading.default_scenario
    if default and default not in names:
        wrong = f'There is no scenario "{default}".{did_you_mean(default, names)}'
        row = heading.lines.get("default_scenario", 0)
        files.report("E160", "economy.toml", wrong, row=row, column="default_scenario", value=default)


def chain_of_scenarios(files: Files, scenario: str) -> list[str]:
    """The scenario and all those it is laid over, lowest first.

    Args:
        files: reader of the economy.
        scenario: name; empty for none.
    """
    chain: list[str] = []
    said_in, row = "", 0
    names = scenario_names(files.folder)
    while scenario:
        if scenario in chain:
            circle = " -> ".join([*chain[chain.index(scenario) :], scenario])
            wrong = f"Scenarios extend each other in a circle: {circle}. Remove one `extends`."
            files.report("E161", said_in, wrong, row=row, column="extends", value=scenario)
            break
        if scenario not in names:
            there = f" There are: {', '.join(names)}." if names else " The economy has no scenarios."
            wrong = f'There is no scenario "{scenario}".{did_you_mean(scenario, names)}{there}'
            files.report("E160", said_in, wrong, row=row, column="extends" if said_in else "", value=scenario)
            break
        chain.append(scenario)
        said_in = f"scenarios/{scenario}/scenario.toml"
        said, lines = _toml(files, said_in, SCENARIO_KEYS)
        scenario, row = said.get("extends", ""), lines.get("extends", 0)
    return chain[::-1]
