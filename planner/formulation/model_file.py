"""The question as a model file: found, read with what it extends, and checked."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from planner.economy import DataError, Finding
from planner.economy.extensions import extend
from planner.economy.findings import did_you_mean
from planner.files import toml
from planner.formulation.execution.rules import rules_of
from planner.formulation.keys import keys, nested
from planner.formulation.model_checks import contradictions, misfits
from planner.formulation.named import KeepRule, SteadyRule
from planner.formulation.objectives import OBJECTIVES
from planner.formulation.projects.requirements import ProjectRules
from planner.formulation.question import ObjectiveTerm, Question
from planner.shipped import shipped

__all__ = ["USUAL", "load_question", "model_path", "question_names"]

USUAL = "five_year"  # the model where neither the user nor the economy names one


def question_names() -> list[str]:
    """Names of the questions in ``./models`` and of those shipped."""
    return sorted({path.stem for folder in (Path("models"), shipped("models")) for path in folder.glob("*.toml")})


def load_question(model: str | Path = USUAL, package: str | Path | None = None) -> Question:
    """Read a model file: the path as given, then that of the package, then ``./models/NAME.toml``, then the shipped one.

    Args:
        model: name or path.
        package: folder of an economy, whose folder ``models`` may hold questions of its own.

    Raises:
        DataError: with everything that is wrong with it, at once.
    """
    extend()
    findings: list[Finding] = []
    read: dict[Path, str] = {}
    content = _merged(model, read, findings, str(model), None if package is None else Path(package) / "models")
    files = list(read)
    if not findings:
        findings = misfits(content, nested(keys()), files[0].name)
    if not findings:
        findings = contradictions(content, files[0].name)
    if findings:
        raise DataError(findings, files[0].parent if files else "")
    own = content.get("own", {})
    horizon, households, rule = (content.get(table, {}) for table in ("horizon", "consumption", "steady"))
    end = content.get("terminal", {})
    floor = households.get("floor", "base")
    return Question(
        files[0].stem,
        content.get("title", files[0].stem),
        tuple(content["families"]),
        content["objective"],
        tuple(files),
        leaves_out=tuple(content.get("leaves_out", [])),
        basis=content.get("targets", {}).get("basis", "level"),
        groups=tuple(str(group) for group in content.get("targets", {}).get("groups", [])),
        without=tuple(str(item) for item in content.get("targets", {}).get("without", [])),
        floor=floor,
        floor_by_period=households.get("floor_by_period", {}),
        steady=SteadyRule(float(rule.get("fall", 0.0)), tuple(str(group) for group in rule.get("groups", []))),
        then=content.get("then", ""),
        terminal=end.get("condition", "none"),
        keep=KeepRule(float(end.get("share", 1.0)), str(end.get("period", ""))),
        sense=own.get("sense", "max"),
        terms=tuple(
            ObjectiveTerm(t["measure"], t["item"], str(t["period"]), float(t.get("weight", 1.0)))
            for t in own.get("terms", [])
        ),
        discount=float(households.get("discount", 0.0)),
        consumption_period=str(households.get("period", "")),
        capital_weights=content.get("terminal_capital", {}).get("weights", {}),
        currency=content.get("money", {}).get("currency", ""),
        account=content.get("money", {}).get("account", ""),
        money_discount=content.get("money", {}).get("discount"),
        share_weights=content.get("proportional", {}).get("weights", "series"),
        given=_given(content),
        annual=horizon.get("periods", "all") == "targets",
        growth=horizon.get("growth", {}),
        projects=ProjectRules(**content.get("projects", {})),
        execution=rules_of(content.get("execution", {})),
        digests=tuple(read.values()),
    )


def _given(content: Mapping[str, Any]) -> dict[str, Any]:
    """Keys of the file's objectives, by name with a dot."""
    sought = [content[key] for key in ("objective", "then") if content.get(key)]
    pairs = (name.split(".") for one in sought for name in OBJECTIVES[one].keys)
    return {f"{table}.{key}": content[table][key] for table, key in pairs if key in content.get(table, {})}


def _merged(
    model: str | Path, files: dict[Path, str], findings: list[Finding], asked: str, beside: Path | None
) -> dict[str, Any]:
    """The file and, under it, all that it extends, tables merged key by key; ``files`` takes the SHA-256 of each."""
    path = model_path(model, beside)
    if path is None:
        findings.append(
            Finding(
                "E170",
                asked if files else "",
                (),
                "extends" if files else "",
                str(model),
                f'There is no model "{model}".{did_you_mean(str(model), question_names())}',
            )
        )
        return {}
    if path in files:
        findings.append(
            Finding("E171", path.name, (), "extends", str(model), "The model extends itself, directly or in a ring.")
        )
        return {}
    files[path] = ""
    try:
        text = toml.text_of(path)
        files[path] = hashlib.sha256(text.encode()).hexdigest()
        content = toml.parsed(text)
    except (OSError, ValueError) as error:
        findings.append(Finding("E172", path.name, (), "", "", f"The file cannot be read as TOML: {error}."))
        return {}
    if not isinstance(content.get("extends", ""), str):
        return content
    below = _merged(content.pop("extends"), files, findings, path.name, path.parent) if "extends" in content else {}
    merged = dict(below)
    for key, value in content.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = {**merged[key], **value} if both else value
    return merged


def model_path(model: str | Path, beside: Path | None) -> Path | None:
    """The file that a name or a path finds; nothing where there is none.

    Args:
        model: name or path.
        beside: folder of models of the package.
    """
    name = f"{model}.toml"
    places = [Path(model), Path("models") / name, shipped("models") / name]
    if beside is not None:
        places.insert(1, beside / name)
    with suppress(OSError):  # a name may be too long to be one
        return next((place.resolve() for place in places if place.is_file()), None)
    return None
