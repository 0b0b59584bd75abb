"""Checks of residuals: whether each has one balance to close, and whether the base period closes at the centre."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from planner.economy.findings import Finding
from planner.economy.reading.economy_file import EconomyFile
from planner.economy.residuals.accounts import BASE
from planner.economy.residuals.closing import Closing

__all__ = ["residuals"]

_SLACK = 0.02  # households count as those of the first period, and statistics of one year close no better than 1 %


def residuals(tables: Mapping[str, pd.DataFrame], heading: EconomyFile) -> list[Finding]:
    """Residuals that no balance determines, and balances of the base period that do not come out.

    Args:
        tables: effective tables without errors.
        heading: what ``economy.toml`` says.
    """
    closing = Closing(tables, heading.base_period, heading.periods, heading.backtest_scenario)
    if not heading.periods or not closing.any:
        return []
    if closing.steps.findings:
        return list(closing.steps.findings)
    result = []
    for account, left, used, file, rows in closing.at_the_centre():
        if account.period == BASE and account.kind == "product" and abs(left) > _SLACK * used:
            missing = "is missing" if left < 0 else "is left over"
            said = (
                f"Of {account.item} {abs(left):.4g} {missing} in {heading.base_period}, {abs(left) / used:.1%} of the "
                f"{used:.4g} used, with every technique at its level. It is so in every draw."
            )
            result.append(Finding("W208", file, rows, "value", f"{left:.4g}", said))
    return result
