"""Which balance closes which residual, and in which order.

Which balance a row closes follows from where it stands. Final use and coefficients close the balance of their item in the base
period; rows of a named period in the scenario of what happened that of their period, at its actual outputs; a supply
follows what the base period used of the resource, work under way the plant that the outputs of its period took; other receipts
and payments the currency account. A later row without a balance of its own keeps its ratio to the row of the base period.

Every balance has one unknown: one residual, or the level of one technique that nobody states (what is burnt as fuel is what
is left). They are found one after the other, each where nothing else is left unknown.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.findings import Finding
from planner.economy.residuals.accounts import BASE, ROLES, Codes, ResidualAccount
from planner.economy.residuals.ledger import Ledger
from planner.economy.residuals.order import ordered
from planner.economy.residuals.steps import Residual, StepRows, Steps, marked
from planner.economy.schema.columns import FILE, ROW

__all__ = ["steps_of"]

_KEYS = {"final_use": ("product", "use"), "coefficients": ("activity", "item", "role")}  # that name a residual


def steps_of(ledger: Ledger, happened: str) -> Steps:
    """How the balances of an economy are closed.

    Args:
        ledger: its balances.
        happened: scenario of what happened; empty for none.
    """
    found = _Found(ledger, happened)
    found.final_use()
    found.coefficients()
    found.supplies()
    found.of_periods()
    for steps in (*found.base.values(), *found.later.values()):
        if len(steps) > 1:
            found.two(steps)
    base = ordered(ledger, {account: steps[0] for account, steps in found.base.items()}, found.say)
    found.without_use()
    later = sorted((steps[0] for steps in found.later.values()), key=lambda s: (s.account.period, s.through >= 0))
    return Steps(tuple(base), tuple(later), tuple(found.ratios), tuple(found.supply), tuple(found.findings))


class _Found:
    """Residuals with their balances as they are found, table after table."""

    def __init__(self, ledger: Ledger, happened: str) -> None:
        self.ledger, self.tables = ledger, ledger.tables
        self.base: dict[ResidualAccount, list[Residual]] = {}
        self.later: dict[ResidualAccount, list[Residual]] = {}
        self.ratios: list[tuple[StepRows, int]] = []
        self.supply: list[tuple[str, Codes]] = []
        self.findings: list[Finding] = []
        self._at = {label: place for place, label in enumerate(ledger.periods)}
        self._happened = happened

    def final_use(self) -> None:
        """What is left for a use in the base period, or in its own."""
        frame = self.tables["final_use"]
        flagged, own = marked(frame), self._of_its_period("final_use")
        cells = {
            (str(p), str(u), self._at[str(t)]): row
            for row, (p, u, t) in enumerate(zip(frame["product"], frame["use"], frame["period"], strict=True))
        }
        for (product, use, period), row in cells.items():
            if not flagged[row]:
                continue
            rows = StepRows("final_use", "value", (row,))
            makers = self.ledger.techniques(product)
            if own[row] and (self.ledger.output(product, period) is not None or len(makers) == 1):
                through = -1 if self.ledger.output(product, period) is not None else int(makers[0])
                self._put(Residual(ResidualAccount("product", product, period), rows, through))
            elif period == 0:
                self._put(Residual(ResidualAccount("product", product, BASE), rows))
            else:
                self._keeps_ratio(rows, cells.get((product, use, 0)), flagged & ~own)

    def coefficients(self) -> None:
        """What the techniques of a product take of an item, in the base period or in their own."""
        frame = self.tables["coefficients"]
        flagged, own = marked(frame), self._of_its_period("coefficients")
        codes = {name: place for place, name in enumerate(self.ledger.activities)}
        together: dict[tuple[str, str, str, int], list[int]] = {}
        first: dict[tuple[str, str, str], int] = {}
        keys = list(zip(frame["activity"], frame["item"], frame["role"], frame["from_period"], strict=True))
        for row, (activity, item, role, begins) in enumerate(keys):
            if begins == self.ledger.base or (
                begins in ("", self.ledger.periods[0]) and (activity, item, role) not in first
            ):
                first[activity, item, role] = row
        for row in np.flatnonzero(flagged).tolist():
            activity, item, role, begins = keys[row]
            product = self.ledger.product[codes[activity]]
            period = self._at.get(str(begins), BASE)
            closes = period > BASE and own[row] and self.ledger.output(product, period) is not None and role != "output"
            if closes or first.get((activity, item, role)) == row:
                together.setdefault((product, item, role, period if closes else BASE), []).append(row)
            else:
                self._keeps_ratio(StepRows("coefficients", "value", (row,)), first.get((activity, item, role)), flagged)
        for (_, item, role, period), places in together.items():
            kind = next(kind for kind, roles in ROLES.items() if role in roles)
            self._put(
                Residual(ResidualAccount(kind, str(item), period), StepRows("coefficients", "value", tuple(places)))
            )

    def supplies(self) -> None:
        """Supplies that follow the use of the base period."""
        frame = self.tables["supply"]
        flagged = np.flatnonzero(marked(frame))
        for resource in dict.fromkeys(frame["resource"].iloc[flagged]):
            rows = flagged[(frame["resource"].iloc[flagged] == resource).to_numpy()]
            self.supply.append((str(resource), rows.astype(np.intp)))

    def of_periods(self) -> None:
        """Work under way, and what else comes in or is paid, each in its period."""
        frame = self.tables["pipeline"]
        for row in np.flatnonzero(marked(frame)).tolist():
            account = ResidualAccount(
                "capacity", str(frame["capacity"].iloc[row]), self._at[str(frame["period"].iloc[row])]
            )
            self._put(Residual(account, StepRows("pipeline", "value", (row,))))
        frame = self.tables["finance"]
        for row in np.flatnonzero(marked(frame)).tolist():
            for kind in ("receipts", "payments"):
                account = ResidualAccount(kind, "", self._at[str(frame["period"].iloc[row])])
                self._put(Residual(account, StepRows("finance", f"other_{kind}", (row,))))

    def _of_its_period(self, table: str) -> npt.NDArray[np.bool_]:
        """Residuals that were written for what happened."""
        frame = self.tables[table]
        files = frame[FILE].astype(str) if FILE in frame else pd.Series("", index=frame.index)
        start = f"scenarios/{self._happened}/"
        return np.asarray(marked(frame) & files.str.contains(start, regex=False) & bool(self._happened), dtype=bool)

    def _put(self, step: Residual) -> None:
        steps = self.base if step.account.period == BASE else self.later
        steps.setdefault(step.account, []).append(step)

    def _keeps_ratio(self, rows: StepRows, first: int | None, could: npt.NDArray[np.bool_]) -> None:
        """Tie rows to the row of the base period, if there is one and it ``could`` be followed."""
        if first is not None and could[first]:
            self.ratios.append((rows, first))
            return
        said = (
            "The row keeps its ratio to the residual of the base period, but there is no such row. Mark the row of the "
            "base period (of final use: of the first period) as a residual too, or give this one a range of its own."
        )
        self.say("E190", rows, said)

    # -- what is wrong ----------------------------------------------------------------------------------------------------

    def two(self, steps: Sequence[Residual]) -> None:
        """Residuals of one balance."""
        account = steps[0].account
        names = " and ".join(dict.fromkeys(self._name(step.rows) for step in steps))
        said = (
            f"{names} are residuals of one balance, that of {account.item or account.kind} in "
            f"{self.ledger.label(account.period)}, which can leave only one number. Take the mark from all but one and give "
            "the others ranges."
        )
        for step in steps[1:]:
            self.say("E191", step.rows, said)

    def without_use(self) -> None:
        """Supplies that follow a use of which there was none."""
        levels = self.ledger.base_levels
        for resource, rows in self.supply:
            used = levels[self.ledger.entries(ResidualAccount("resource", resource, BASE)).activities]
            if not np.isnan(used).any() and not used.sum() > 0:
                said = (
                    f"The supply of {resource} follows what {self.ledger.base} used of it, but no technique of known level used "
                    "any. State the levels in actuals.csv (measure activity), or take the mark away and give the supply a range."
                )
                self.say("E190", StepRows("supply", "value", tuple(rows.tolist())), said)

    def say(self, code: str, rows: StepRows, said: str) -> None:
        """Note what is wrong with rows."""
        frame = self.tables[rows.table]
        file = str(frame[FILE].iloc[rows.rows[0]]) if FILE in frame else f"{rows.table}.csv"
        written = tuple(int(row) for row in frame[ROW].iloc[list(rows.rows)]) if ROW in frame else ()
        self.findings.append(Finding(code, file, written, "residual", "yes", said))

    def _name(self, rows: StepRows) -> str:
        frame = self.tables[rows.table]
        return " ".join([rows.table, *(str(frame[key].iloc[rows.rows[0]]) for key in _KEYS.get(rows.table, ()))])
