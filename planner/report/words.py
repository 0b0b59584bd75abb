"""Numbers and verdicts as a reader says them."""

from __future__ import annotations

import numpy as np

from planner.formulation import Formulation


def number(value: float) -> str:
    """Four significant digits at least, thousands apart, no exponent; a dash where there is none.

    >>> number(102.5), number(0.48166), number(12345.6), number(float("nan")), number(5.0)
    ('102.5', '0.4817', '12,346', '–', '5')
    """
    if not np.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    digits = max(0, 3 - int(np.floor(np.log10(abs(value)))))
    text = f"{value:,.{min(digits, 9)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float, digits: int = 1) -> str:
    """A share in per cent.

    >>> percent(0.48166), percent(float("nan")), percent(float("inf"))
    ('48.2 %', '–', 'no limit')
    """
    if np.isnan(share):
        return "–"
    return "no limit" if np.isinf(share) or share >= 999.0 else f"{100.0 * share:.{digits}f} %"


def plan_title(formulation: Formulation) -> str:
    """Title of the plan that is tested, else its name, else the question."""
    plans = formulation.economy.tables["plans"]
    found = plans.loc[plans["plan"] == formulation.plan, "title"]
    return str(found.iloc[0]) if len(found) and found.iloc[0] else formulation.plan or formulation.question.title


def is_share(unit: object) -> bool:
    """Whether a unit is that of shares, which are shown in per cent.

    >>> is_share("share of the official figures"), is_share("t"), is_share(None)
    (True, False, False)
    """
    return str(unit).startswith("share of ")


def conditions(formulation: Formulation) -> str:
    """Scenario, corner, closure and changes under which an answer holds, in a line."""
    economy, question = formulation.economy, formulation.question
    floor = question.floor if isinstance(question.floor, str) else f"{question.floor:g} of the base level"
    parts = [
        f"scenario {economy.scenario or 'none'}",
        f"{economy.corner} values",
        f"consumption floor: {floor}",
        f"model {question.name}",
    ]
    if "project" in question.families and question.projects.built == "parts":
        parts.append("projects in parts: whole they reach no further")
    if question.floor == "subsistence" or (isinstance(question.floor, float) and question.floor < 1.0):
        parts.append("a floor below the base level is a diagnosis, not an option")
    return "; ".join([*parts, *(f"changed: {change}" for change in economy.sets)])
