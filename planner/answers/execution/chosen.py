"""What is asked of a play: which economies can be played, and the rules that are chosen in place of the model's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from planner.economy import DataError, Finding
from planner.economy.findings import did_you_mean
from planner.formulation import Formulation
from planner.formulation.execution.rules import ADOPTED, KEYS, ExecutionRules, Tautness, rules_of, unfit
from planner.formulation.model_checks import misfits

__all__ = ["MODEL", "chosen_rules_of", "ensure_played", "refused"]

MODEL = "execution"  # the question whose rules hold where none is named
_MOST = 200  # points of a sweep


def ensure_played(formulation: Formulation) -> None:
    """Refuse what is not played: goods that move between regions, and works that are begun whole."""
    said = "planner execute plays one country that builds by the unit"
    if len(formulation.economy.tables["regions"]):
        wrong = f"{said}; this economy has regions: play one without regions.csv."
        raise refused(formulation, "E178", "regions", formulation.economy.name, wrong)
    if not formulation.facts.time.even:
        wrong = f"{said}, in whole periods of one unit of time: take out periods.csv."
        raise DataError([Finding("E214", "periods.csv", (), "", "", wrong)], formulation.economy.folder)
    if len(formulation.facts.trade.currencies) > 1:
        wrong = f"{said}, and trades in one currency."
        raise refused(formulation, "E217", "currency", ", ".join(formulation.facts.trade.currencies), wrong)
    if len(formulation.program.column_block["project_start"].unit):
        name = formulation.question.name
        wrong = f'{said}; the question "{name}" has projects: name another with --model, such as {MODEL}.'
        raise refused(formulation, "E178", "model", name, wrong)


def chosen_rules_of(formulation: Formulation, chosen: Mapping[str, Any]) -> tuple[list[float], ExecutionRules]:
    """Points of a sweep, and the rules of the model with those that were chosen in their place."""
    points: list[float] = []
    table: dict[str, Any] = {}
    for key, value in chosen.items():
        if f"execution.{key}" not in KEYS:
            known = [name.partition(".")[2] for name in KEYS]
            raise refused(formulation, "E173", key, "", f'There is no rule "{key}".{did_you_mean(key, known)}')
        table[key] = value
        if key in ("tautness", "sites_tautness"):
            table[key], several = _tautness(formulation, key, value)
            points += several if key == "tautness" else []
    if points:
        table["tautness"] = ADOPTED if formulation.goal.is_share else 1.0
    wanted = {key.partition(".")[2]: one.wanted for key, one in KEYS.items()}
    plain = {key: list(value) if isinstance(value, tuple) else value for key, value in table.items()}
    findings = misfits(plain, wanted, "", "")
    findings = findings or [Finding(code, "", (), key, value, said) for code, key, value, said in unfit(plain)]
    if findings:
        raise DataError(findings, formulation.economy.folder)
    return points, replace(formulation.question.execution, **{k: getattr(rules_of(plain), k) for k in plain})


def _tautness(formulation: Formulation, key: str, value: Any) -> tuple[Tautness, list[float]]:
    """Tautness as it is written: a number, several, ``adopted`` or ``FROM:TO:COUNT``; with the points of a sweep."""
    if not isinstance(value, str):
        return (tuple(map(float, value)) if isinstance(value, Sequence) else float(value)), []
    if value == ADOPTED:
        return "adopted", []
    try:
        if ":" in value:
            low, high, count = value.split(":")
            points = np.linspace(float(low), float(high), int(count))
            if not 2 <= len(points) <= _MOST or points.min() <= 0 or not np.isfinite(points).all():
                raise ValueError
            return 1.0, [round(float(point), 9) for point in points]
        several = tuple(float(part) for part in value.split(","))
    except ValueError:
        said = f"{key} reads a number above 0, one for each period with commas between, {ADOPTED}, or FROM:TO:COUNT for a sweep."
        raise refused(formulation, "E180", key, value, said) from None
    return (several if len(several) > 1 else several[0]), []


def refused(formulation: Formulation, code: str, key: str, value: str, said: str) -> DataError:
    """The error of an option of a play; what follows and what to do is in the sentence."""
    return DataError([Finding(code, "", (), key, value, said)], formulation.economy.folder)
