"""Checks of units: a row's unit is that of the thing it counts. Nothing is converted; an empty unit is not checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from planner.economy.findings import Finding, findings_in
from planner.economy.schema import TABLES
from planner.economy.units import Units

__all__ = ["units"]

_BETWEEN = "\x1f"  # parts a unit from the one expected while rows are grouped by both


def units(tables: Mapping[str, pd.DataFrame], value_unit: str) -> list[Finding]:
    """Units that do not match.

    Args:
        tables: effective tables.
        value_unit: unit of prices and investment.
    """
    of, result = Units(tables, value_unit), list[Finding]()
    for name, frame in tables.items():
        rule = TABLES[name].unit_rule
        if rule and (frame["unit"] != "").any():
            result += _mismatches(name, frame, of.expected(rule, frame))
            if rule.split()[0] == "head" or name in ("trade", "finance"):
                result += _one_unit(name, frame[frame["currency"] == ""] if "currency" in frame else frame)
    return result


def _mismatches(name: str, frame: pd.DataFrame, wanted: list[str]) -> list[Finding]:
    """Rows whose unit differs; after "per" the singular will do, as in "yards per bushel"."""
    pairs = list(zip(frame["unit"].tolist(), wanted, strict=True))
    wrong = np.array([bool(unit and want) and unit not in (want, want.removesuffix("s")) for unit, want in pairs])
    if not wrong.any():
        return []
    grouped = pd.Series([f"{unit}{_BETWEEN}{want}" for unit, want in pairs], index=frame.index)
    loose = wrong & (frame["preferred"] != "yes").to_numpy() if name == "actuals" else np.zeros_like(wrong)
    found: list[Finding] = []
    for code, rows, end in (
        ("E150", wrong & ~loose, "Convert the number; nothing is converted here."),
        ("W206", loose, "The figure is kept but not compared."),
    ):
        findings = findings_in(frame, rows, code, "unit", partial(_differs, end), values=grouped)
        found += [replace(finding, value=finding.value.partition(_BETWEEN)[0]) for finding in findings]
    return found


def _differs(end: str, pair: str) -> str:
    unit, _, want = pair.partition(_BETWEEN)
    return f'The unit is "{unit}" where "{want}" was expected. {end}'


def _one_unit(name: str, frame: pd.DataFrame) -> list[Finding]:
    """Money and persons are added up, so all rows have one unit (of trade: the part before "per")."""
    if not len(frame):
        return []
    said = frame["unit"].str.partition(" per ")[0] if name == "trade" else frame["unit"]
    kinds = [unit for unit in said.unique() if unit]
    if len(kinds) < 2:
        return []
    wrong = said.isin(kinds[1:]).to_numpy()
    sentence = f'The unit is "{{value}}", while the rows before are in "{kinds[0]}", and they are added up.'
    return findings_in(frame, wrong, "E151", "unit", sentence, values=said)
