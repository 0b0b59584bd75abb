"""Rows marked as residuals: not drawn, but moved so that a balance stays what it is at the centre.

Which balance a row closes follows from where it stands. Final use and coefficients close the balance of their item in the base
period; rows of a named period in the scenario of what happened that of their period, at its actual outputs; a supply
follows what the base period used of the resource, work under way the plant that the outputs of its period took; other receipts
and payments the currency account. A later row without a balance of its own keeps its ratio to the row of the base period.

Every balance has one unknown: one residual, or the level of one technique that nobody states (what is burnt as fuel is what
is left). They are found one after the other, each where nothing else is left unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.economy.findings import Finding
from planner.economy.residuals.ledger import BASE, ROLES, Account, Codes, Columns, Ledger, State, Vector
from planner.economy.schema.columns import FILE, ROW, range_names

if TYPE_CHECKING:
    from planner.economy.facts import Economy

__all__ = ["COLUMNS", "Closed", "Closing", "marked"]

COLUMNS: dict[str, tuple[str, ...]] = {
    "final_use": ("value",),
    "supply": ("value",),
    "coefficients": ("value",),
    "pipeline": ("value",),
    "finance": ("other_receipts", "other_payments"),
}
"""Columns that follow in a marked row, by table; all other numbers of the row stay as they are."""

_EXACT = 1e-12  # a residual that moves by less does not move
_STEP = 0.25  # of its range, by which a number is moved to see which way a residual follows


def marked(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Rows that are residuals, shape (rows,)."""
    if "residual" not in frame:
        return np.zeros(len(frame), dtype=bool)
    return np.asarray(frame["residual"] == "yes", dtype=bool)


class Closed(NamedTuple):
    """Numbers in which every balance with a residual stays as it was.

    Args:
        numbers: columns that balances read, shape (states, rows).
        scaled: states in which the numbers drawn use more of an item than there was, and were brought down, by item.
        gaps: what is missing from each balance after closing, by account.
    """

    numbers: Columns
    scaled: dict[str, npt.NDArray[np.bool_]]
    gaps: dict[Account, Vector]


@dataclass(frozen=True)
class _Group:
    """Rows that one balance determines: of one thing, or of the techniques of one product, which move alike."""

    table: str
    column: str
    rows: tuple[int, ...]

    @property
    def at(self) -> tuple[str, str]:
        """Its column."""
        return self.table, self.column


@dataclass(frozen=True)
class _Step:
    """A balance and the unknown that closes it: rows, or the level of a technique; ``through``: the technique of a product."""

    account: Account
    group: _Group | None = None
    level: int = -1
    through: int = -1


@dataclass(frozen=True, eq=False)
class Closing:
    """Residual rows of an economy.

    Args:
        tables: effective tables, ``*`` rows expanded.
        base: label of the base period.
        periods: the horizon.
        happened: scenario of what happened; empty for none.
        central: whether balances stay what they are at the central values; else what they are where the numbers stand.
    """

    tables: Mapping[str, pd.DataFrame]
    base: str
    periods: tuple[str, ...]
    happened: str = ""
    central: bool = True
    findings: list[Finding] = field(default_factory=list, init=False)

    @classmethod
    def of(cls, economy: Economy, *, central: bool = True) -> Closing:
        """The residuals of an economy.

        Args:
            economy: loaded.
            central: whether balances stay what they are at the central values; else what they are where the numbers stand.
        """
        return cls(economy.tables, economy.base_period, economy.periods, economy.backtest_scenario or "", central)

    @cached_property
    def any(self) -> bool:
        """Whether there is a residual at all."""
        return any(marked(self.tables[name]).any() for name in COLUMNS if name in self.tables)

    @cached_property
    def ledger(self) -> Ledger:
        """The balances."""
        return Ledger(self.tables, self.base, self.periods)

    @cached_property
    def reference(self) -> Columns:
        """Columns at which balances are taken as they are, shape (1, rows)."""
        found = {}
        for table, column in self.ledger.read:
            frame = self.tables[table]
            central = range_names(column)[2]
            name = central if self.central and central in frame else column
            found[table, column] = frame[name].to_numpy(dtype=float)[None, :]
        return found

    # -- which balance closes which row -----------------------------------------------------------------------------------

    def findings_of_parts(self) -> list[Finding]:
        """Residuals that no balance determines."""
        _ = self.parts
        return list(self.findings)

    def at_the_centre(self) -> list[tuple[Account, float, float, str, tuple[int, ...]]]:
        """Every balance that a row closes: what is left, what is used, and where the row was written."""
        state, kept = self._centre
        result = []
        for step in (*self.parts[0], *self.parts[1]):
            if step.group is not None:
                frame, rows = self.tables[step.group.table], list(step.group.rows)
                where = str(frame[FILE].iloc[rows[0]]), tuple(int(row) for row in frame[ROW].iloc[rows])
                used = self.ledger.used(step.account, state)
                result.append((step.account, float(kept[step.account][0]), float(used[0]), *where))
        return result

    @cached_property
    def _own_period(self) -> dict[str, npt.NDArray[np.bool_]]:
        """Rows that were written for what happened, by table."""
        start = f"scenarios/{self.happened}/"
        found = {}
        for table in COLUMNS:
            frame = self.tables[table]
            files = frame[FILE].astype(str) if FILE in frame else pd.Series("", index=frame.index)
            found[table] = marked(frame) & np.asarray(files.str.startswith(start), dtype=bool) & bool(self.happened)
        return found

    @cached_property
    def parts(self) -> tuple[list[_Step], list[_Step], list[tuple[_Group, int, _Group]], list[tuple[str, Codes]]]:
        """Steps of the base period, steps of later ones, ratios (rows, then the row they follow) and supplies that follow."""
        base: dict[Account, list[_Step]] = {}
        later: dict[Account, list[_Step]] = {}
        ratios: list[tuple[_Group, int, _Group]] = []
        supplies: list[tuple[str, Codes]] = []
        self._final_use(base, later, ratios)
        self._coefficients(base, later, ratios)
        supply = self.tables["supply"]
        flagged = np.flatnonzero(marked(supply))
        for resource in dict.fromkeys(supply["resource"].iloc[flagged]):
            rows = flagged[(supply["resource"].iloc[flagged] == resource).to_numpy()]
            supplies.append((str(resource), rows.astype(np.intp)))
        at = {label: place for place, label in enumerate(self.periods)}
        frame = self.tables["pipeline"]
        for row in np.flatnonzero(marked(frame)).tolist():
            account = Account("capacity", str(frame["capacity"].iloc[row]), at[str(frame["period"].iloc[row])])
            _put(later, _Step(account, _Group("pipeline", "value", (row,))))
        frame = self.tables["finance"]
        for row in np.flatnonzero(marked(frame)).tolist():
            period = at[str(frame["period"].iloc[row])]
            for kind in ("receipts", "payments"):
                _put(later, _Step(Account(kind, "", period), _Group("finance", f"other_{kind}", (row,))))
        for steps in (*base.values(), *later.values()):
            if len(steps) > 1:
                self._two(steps)
        ordered = self._ordered({account: steps[0] for account, steps in base.items()})
        self._without_use(supplies)
        after = sorted(
            (steps[0] for steps in later.values()), key=lambda step: (step.account.period, step.through >= 0)
        )
        return ordered, after, ratios, supplies

    def _final_use(
        self,
        base: dict[Account, list[_Step]],
        later: dict[Account, list[_Step]],
        ratios: list[tuple[_Group, int, _Group]],
    ) -> None:
        frame = self.tables["final_use"]
        flagged, own = marked(frame), self._own_period["final_use"]
        at = {label: place for place, label in enumerate(self.periods)}
        cells = {
            (str(p), str(u), at[str(t)]): row
            for row, (p, u, t) in enumerate(zip(frame["product"], frame["use"], frame["period"], strict=True))
        }
        for (product, use, period), row in cells.items():
            if not flagged[row]:
                continue
            group = _Group("final_use", "value", (row,))
            makers = self.ledger.techniques(product)
            if own[row] and (self.ledger.output(product, period) is not None or len(makers) == 1):
                through = -1 if self.ledger.output(product, period) is not None else int(makers[0])
                _put(later, _Step(Account("product", product, period), group, through=through))
            elif period == 0:
                _put(base, _Step(Account("product", product, BASE), group))
            else:
                self._follows(group, cells.get((product, use, 0)), flagged, own, ratios)

    def _coefficients(
        self,
        base: dict[Account, list[_Step]],
        later: dict[Account, list[_Step]],
        ratios: list[tuple[_Group, int, _Group]],
    ) -> None:
        frame = self.tables["coefficients"]
        flagged, own = marked(frame), self._own_period["coefficients"]
        at = {label: place for place, label in enumerate(self.periods)}
        codes = {name: place for place, name in enumerate(self.ledger.activities)}
        together: dict[tuple[str, str, str, int], list[int]] = {}
        first: dict[tuple[str, str, str], int] = {}
        keys = list(zip(frame["activity"], frame["item"], frame["role"], frame["from_period"], strict=True))
        for row, (activity, item, role, begins) in enumerate(keys):
            if begins == self.base or (begins in ("", self.periods[0]) and (activity, item, role) not in first):
                first[activity, item, role] = row
        for row in np.flatnonzero(flagged).tolist():
            activity, item, role, begins = keys[row]
            product = self.ledger.product[codes[activity]]
            period = at.get(str(begins), BASE)
            closes = period > BASE and own[row] and self.ledger.output(product, period) is not None and role != "output"
            if closes or first.get((activity, item, role)) == row:
                together.setdefault((product, item, role, period if closes else BASE), []).append(row)
            else:
                group = _Group("coefficients", "value", (row,))
                self._follows(group, first.get((activity, item, role)), flagged, np.zeros_like(own), ratios)
        for (_, item, role, period), rows in together.items():
            kind = next(kind for kind, roles in ROLES.items() if role in roles)
            step = _Step(Account(kind, str(item), period), _Group("coefficients", "value", tuple(rows)))
            _put(base if period == BASE else later, step)

    def _follows(
        self,
        group: _Group,
        row: int | None,
        flagged: npt.NDArray[np.bool_],
        own: npt.NDArray[np.bool_],
        ratios: list[tuple[_Group, int, _Group]],
    ) -> None:
        if row is None or not flagged[row] or own[row]:
            said = (
                "The row keeps its ratio to the residual of the base period, but there is no such row. Mark the row of the "
                "base period (of final use: of the first period) as a residual too, or give this one a range of its own."
            )
            self._found("E190", group, said)
        else:
            ratios.append((group, row, _Group(group.table, group.column, (row,))))

    def _two(self, steps: Sequence[_Step]) -> None:
        account = steps[0].account
        names = " and ".join(dict.fromkeys(self._name(step) for step in steps))
        said = (
            f"{names} are residuals of one balance, that of {account.item or account.kind} in "
            f"{self.ledger.label(account.period)}, which can leave only one number. Take the mark from all but one and give "
            "the others ranges."
        )
        for step in steps[1:]:
            if step.group is not None:
                self._found("E191", step.group, said)

    def _name(self, step: _Step) -> str:
        assert step.group is not None
        frame, row = self.tables[step.group.table], step.group.rows[0]
        keys = {"final_use": ("product", "use"), "coefficients": ("activity", "item", "role")}
        words = [str(frame[key].iloc[row]) for key in keys.get(step.group.table, ())]
        return " ".join([step.group.table, *words])

    def _found(self, code: str, group: _Group, said: str) -> None:
        frame = self.tables[group.table]
        file = str(frame[FILE].iloc[group.rows[0]]) if FILE in frame else f"{group.table}.csv"
        rows = tuple(int(row) for row in frame[ROW].iloc[list(group.rows)]) if ROW in frame else ()
        self.findings.append(Finding(code, file, rows, "residual", "yes", said))

    # -- in which order ---------------------------------------------------------------------------------------------------

    def _ordered(self, steps: dict[Account, _Step]) -> list[_Step]:
        """Balances of the base period, each after those that find what it needs; levels nobody states are found on the way."""
        ledger = self.ledger
        unknown = {int(at) for at in np.flatnonzero(np.isnan(ledger.base_levels))}
        accounts = [Account("product", str(name), BASE) for name in self.tables["products"]["product"]]
        needs = {account: self._needs(account, unknown) for account in (*accounts, *steps)}
        fed = set(self.tables["worker_consumption"]["product"])
        hands = {account for account in steps if account.kind == "resource" and account.item in ledger.labour}
        waiting = dict(steps)
        levels = {account: at for account, at in needs.items() if account not in steps and at}
        result: list[_Step] = []
        found: set[int] = set()

        def free(account: Account) -> bool:
            return not (hands and account.kind == "product" and account.item in fed)

        while True:
            ready = next((a for a in waiting if needs[a] <= found and free(a)), None)
            single = next((a for a, at in levels.items() if len(at - found) == 1 and free(a)), None)
            if ready is not None:
                result.append(waiting.pop(ready))
                hands.discard(ready)
            elif single is not None:
                [level] = levels.pop(single) - found
                result.append(_Step(single, level=level))
                found.add(level)
            else:
                break
        lacking = {account: needs[account] - found for account in waiting}
        told = set(found)  # and what would be found if nothing had to wait
        while alone := next((at - told for at in levels.values() if len(at - told) == 1), set[int]()):
            told |= alone
        untold = set().union(*lacking.values()) - told
        for account, step in waiting.items():
            if lacking[account] & untold:
                self._untold(step, lacking[account] & untold)
            elif not untold:  # else what is missing may be all that is wrong
                self._circle(step)
        return result

    def _needs(self, account: Account, unknown: set[int]) -> set[int]:
        """Levels that nobody states and that a balance contains."""
        ledger = self.ledger
        at = set(ledger.entries(account).activities.tolist())
        if account.kind == "product":
            at |= set(ledger.makers(account.item, BASE).tolist())
            if (self.tables["worker_consumption"]["product"] == account.item).any():
                for name in ledger.labour:
                    at |= set(ledger.entries(Account("resource", name, BASE)).activities.tolist())
        return at & unknown

    def _untold(self, step: _Step, lacking: set[int]) -> None:
        assert step.group is not None
        names = ", ".join(self.ledger.activities[at] for at in sorted(lacking))
        said = (
            f"The balance of {step.account.item} in {self.base} cannot be drawn up, for the level of {names} then is not known. "
            "State it in actuals.csv (measure activity, preferred yes; 0 if it did not run)."
        )
        self._found("E190", step.group, said)

    def _circle(self, step: _Step) -> None:
        assert step.group is not None
        item = step.account.item
        said = (
            f"The balance of {item} depends on how many work, and how many work on a residual that depends on the balance of "
            f"{item}: a circle. Take the mark from one of the two and give it a range."
        )
        self._found("E192", step.group, said)

    def _without_use(self, supplies: Sequence[tuple[str, Codes]]) -> None:
        levels = self.ledger.base_levels
        for resource, rows in supplies:
            used = levels[self.ledger.entries(Account("resource", resource, BASE)).activities]
            if not np.isnan(used).any() and not used.sum() > 0:
                said = (
                    f"The supply of {resource} follows what {self.base} used of it, but no technique of known level used any. "
                    "State the levels in actuals.csv (measure activity), or take the mark away and give the supply a range."
                )
                self._found("E190", _Group("supply", "value", tuple(rows.tolist())), said)

    # -- numbers ----------------------------------------------------------------------------------------------------------

    @cached_property
    def _centre(self) -> tuple[State, dict[Account, Vector]]:
        """Levels at the reference, and what every balance is there."""
        state = State(dict(self.reference))
        base, after, _, _ = self.parts
        state.levels[BASE] = self.ledger.base_levels[None, :].copy()
        kept: dict[Account, Vector] = {}
        for step in base:
            if step.group is None:
                self.find_level(step, state)
            else:
                kept[step.account] = self.ledger.net(step.account, state)
        known = np.nan_to_num(state.levels[BASE][0])
        state.levels[BASE] = known[None, :]
        for period in {step.account.period for step in after}:
            state.levels[period] = self.ledger.levels_at(period, known)[None, :]
        for step in after:
            if step.through >= 0:
                made = -self._without(step, state)
                state.levels[step.account.period][:, step.through] = made
                for account in self.takes(step):
                    kept[account] = self.ledger.net(account, state)
            kept[step.account] = self.ledger.net(step.account, state)
        return state, kept

    def _without(self, step: _Step, state: State) -> Vector:
        """A product's balance without what its technique makes."""
        levels = state.levels[step.account.period]
        idle = levels.copy()
        idle[:, step.through] = 0.0
        return self.ledger.net(step.account, State(state.numbers, {**state.levels, step.account.period: idle}))

    def takes(self, step: _Step) -> list[Account]:
        """Resources that the technique behind a step takes."""
        period, found = step.account.period, []
        for name in self.tables["resources"]["resource"]:
            account = Account("resource", str(name), period)
            if step.through in self.ledger.entries(account).activities:
                found.append(account)
        return found

    def find_level(self, step: _Step, state: State) -> None:
        """Find the level of the one technique that a balance leaves open."""
        levels = state.levels[BASE]
        levels[:, step.level] = 0.0
        open_ones = np.isnan(levels)
        levels[open_ones] = 0.0
        net = self.ledger.net(step.account, state)
        levels[:, step.level] = 1.0
        one = self.ledger.net(step.account, state) - net
        with np.errstate(divide="ignore", invalid="ignore"):
            found = np.where(one != 0.0, -net / one, 0.0)
        levels[open_ones] = np.nan
        levels[:, step.level] = found

    def __call__(self, numbers: Mapping[tuple[str, str], Vector], *, kept_positive: bool = True) -> Closed:
        """Move the residuals so that every balance stays as it is at the reference.

        Args:
            numbers: columns that were moved, shape (states, rows).
            kept_positive: whether a residual that would fall below zero brings the drawn numbers of its item down to what
                there was: all by one share of what they lie above their low ends.

        Returns:
            All columns that balances read; those of marked rows are closed whatever was given for them.
        """
        states = max((len(values) for values in numbers.values()), default=1)
        own = {key: np.repeat(values, states, axis=0) for key, values in self.reference.items()}
        for (table, column), values in numbers.items():
            if (table, column) in own:
                fixed = marked(self.tables[table]) if table in COLUMNS else np.zeros(values.shape[1], dtype=bool)
                own[table, column][:, ~fixed] = values[:, ~fixed]
        centre, kept = self._centre
        base, after, ratios, supplies = self.parts
        state = State(own, {period: np.repeat(levels, states, axis=0) for period, levels in centre.levels.items()})
        for step in base:
            if step.level >= 0:
                state.levels[BASE][:, step.level] = np.nan
        run = _Run(self, state, centre, kept, kept_positive)
        for step in base:
            run.take(step)
        for group, row, _ in ratios:
            run.ratio(group, row)
        for resource, rows in supplies:
            run.supply(resource, rows)
        for step in after:
            run.take(step)
        gaps = {}
        for step in (*base, *after):
            if step.group is not None:
                gaps[step.account] = self.ledger.net(step.account, state) - kept[step.account]
        return Closed(own, run.scaled, gaps)

    # -- ends ---------------------------------------------------------------------------------------------------------------

    def follows(self) -> dict[tuple[str, str], Codes]:
        """Rows of marked rows that move, by column."""
        base, after, ratios, supplies = self.parts
        found: dict[tuple[str, str], set[int]] = {}
        groups = [step.group for step in (*base, *after) if step.group is not None]
        for group in (*groups, *(group for group, _, _ in ratios)):
            found.setdefault(group.at, set()).update(group.rows)
        for _, rows in supplies:
            found.setdefault(("supply", "value"), set()).update(rows.tolist())
        return {at: np.array(sorted(rows), np.intp) for at, rows in found.items()}

    def tied(self) -> dict[tuple[str, str], set[int]]:
        """Rows of numbers that some residual follows, by column: what they give is taken back, at least in part."""
        moved = [
            (at, row)
            for at, values in self.reference.items()
            for row in np.flatnonzero(~self._fixed(at) & np.isfinite(values[0])).tolist()
        ]
        several = {at: np.repeat(values, len(moved) + 1, axis=0) for at, values in self.reference.items()}
        for place, (at, row) in enumerate(moved, 1):
            several[at][place, row] += _STEP * (abs(several[at][place, row]) or 1.0)
        seen = self(several, kept_positive=False).numbers
        found: dict[tuple[str, str], set[int]] = {}
        changed = np.zeros(len(moved), dtype=bool)
        for at, rows in self.follows().items():
            before = seen[at][:1, rows]
            changed |= (np.abs(seen[at][1:, rows] - before) > _EXACT * (1.0 + np.abs(before))).any(1)
        for place in np.flatnonzero(changed).tolist():
            at, row = moved[place]
            found.setdefault(at, set()).add(row)
        return found

    def reach(self, low: Columns, high: Columns, favour: Mapping[tuple[str, str], npt.NDArray[np.int64]]) -> Columns:
        """The farthest that each residual can come while the drawn numbers stay between two ends.

        A residual rises or falls with a number throughout, for levels and what is divided by are not negative; so it is
        farthest where every number stands at the end that takes it there. Which end that is, is seen by moving each
        number a little. No number is brought down here: what it is brought down to lies between the ends too.

        Args:
            low: columns with the drawn numbers at one end, shape (1, rows).
            high: at the other.
            favour: +1 where the most is wanted, -1 where the least, by column; shape (rows,).

        Returns:
            Columns of the residuals, shape (rows,); other rows as at the reference.
        """
        follows = self.follows()
        moved = [
            (at, int(row))
            for at in self.reference
            for row in np.flatnonzero((low[at][0] < high[at][0]) & ~self._fixed(at))
            if not (np.isnan(low[at][0, row]) or np.isnan(high[at][0, row]))
        ]
        result = {at: self.reference[at][0].copy() for at in follows}
        if not moved:
            return result
        middle = {at: np.clip(self.reference[at], low[at], high[at]) for at in self.reference}
        states = {at: np.repeat(values, len(moved) + 1, axis=0) for at, values in middle.items()}
        for place, (at, row) in enumerate(moved, 1):
            up = high[at][0, row] - middle[at][0, row] >= middle[at][0, row] - low[at][0, row]
            end = (high if up else low)[at][0, row]
            states[at][place, row] += _STEP * (end - middle[at][0, row])
        seen = self(states, kept_positive=False).numbers
        signs = {}
        for at, rows in follows.items():
            change = seen[at][1:, rows] - seen[at][:1, rows]
            steps = np.array(
                [states[key][place, row] - middle[key][0, row] for place, (key, row) in enumerate(moved, 1)]
            )
            signs[at] = np.sign(change) * np.sign(steps)[:, None]
        corners = {
            at: np.concatenate([np.repeat(middle[at], len(rows), axis=0) for rows in follows.values()]) for at in middle
        }
        state = 0
        for at, rows in follows.items():
            for column, row in enumerate(rows.tolist()):
                for place, (key, number) in enumerate(moved):
                    way = signs[at][place, column] * favour[at][row]
                    if way:
                        corners[key][state, number] = (high if way > 0 else low)[key][0, number]
                state += 1
        ends = self(corners, kept_positive=False).numbers
        state = 0
        for at, rows in follows.items():
            for row in rows.tolist():
                result[at][row] = max(0.0, float(ends[at][state, row]))
                state += 1
        return result

    def _fixed(self, at: tuple[str, str]) -> npt.NDArray[np.bool_]:
        table = at[0]
        return marked(self.tables[table]) if table in COLUMNS else np.zeros(len(self.tables[table]), dtype=bool)


class _Run:
    """One closing of many states."""

    def __init__(
        self, closing: Closing, state: State, centre: State, kept: Mapping[Account, Vector], positive: bool
    ) -> None:
        self.closing, self.ledger = closing, closing.ledger
        self.state, self.centre, self.kept, self.positive = state, centre, kept, positive
        self.scaled: dict[str, npt.NDArray[np.bool_]] = {}

    def take(self, step: _Step) -> None:
        """Close one balance."""
        if step.group is None:
            self._level(step)
        else:
            if step.through >= 0:
                self._through(step)
            self._close(step, step.group)

    def ratio(self, group: _Group, row: int) -> None:
        """Move a row as the one it follows; where that is nothing at the centre, by the same amount."""
        table, column = group.at
        values, before = self.state.numbers[table, column], self.centre.numbers[table, column]
        for own in group.rows:
            if before[0, row] > 0:
                values[:, own] = before[0, own] * values[:, row] / before[0, row]
            else:
                values[:, own] = np.maximum(0.0, before[0, own] + values[:, row] - before[0, row])

    def supply(self, resource: str, rows: Codes) -> None:
        """Move a supply as the use of the base period."""
        account = Account("resource", resource, BASE)
        used, before = (-self.ledger.net(account, state) for state in (self.state, self.centre))
        self.state.numbers["supply", "value"][:, rows] = (
            self.centre.numbers["supply", "value"][:, rows] * (used / before)[:, None]
        )

    def _level(self, step: _Step) -> None:
        levels = self.state.levels[BASE]
        self.closing.find_level(step, self.state)
        if self.positive and (levels[:, step.level] < 0).any():
            short = levels[:, step.level] < 0
            levels[short, step.level] = 0.0
            self._bring_down(step.account, np.where(short, -self._net(step.account), 0.0))
            self.closing.find_level(step, self.state)
            levels[:, step.level] = np.maximum(levels[:, step.level], 0.0)

    def _net(self, account: Account) -> Vector:
        """A balance, levels that are not known yet taken for nothing: it does not contain them."""
        return np.asarray(self.ledger.net(account, self.state))

    def _through(self, step: _Step) -> None:
        """Let the technique of a product run at what the resources it takes leave, the scarcest deciding."""
        levels = self.state.levels[step.account.period]
        values = self.state.numbers["coefficients", "value"]
        most = np.full(len(levels), np.inf)
        for account in self.closing.takes(step):
            entries = self.ledger.entries(account)
            each = values[:, entries.rows[entries.activities == step.through]].sum(1)
            spare = self._net(account) - self.kept[account]
            with np.errstate(divide="ignore", invalid="ignore"):
                most = np.minimum(most, np.where(each > 0, levels[:, step.through] + spare / each, np.inf))
        levels[:, step.through] = np.where(np.isfinite(most), np.maximum(most, 0.0), levels[:, step.through])

    def _close(self, step: _Step, group: _Group) -> None:
        rows = list(group.rows)
        values, before = self.state.numbers[group.at], self.centre.numbers[group.at][0, rows]
        values[:, rows] = before
        effect = self._effect(step, group)
        way = before if len(rows) > 1 else np.ones(1)
        change = (effect * way).sum(1)
        spare = self._net(step.account) - self.kept[step.account]
        with np.errstate(divide="ignore", invalid="ignore"):
            far = np.where(change != 0.0, -spare / change, 0.0)
        values[:, rows] = before + far[:, None] * way
        if not self.positive:
            return
        below = np.asarray((values[:, rows] < 0.0).any(1), dtype=bool)
        if below.any():
            values[:, rows] = np.where(below[:, None], 0.0, values[:, rows])
            short = np.where(below, self.kept[step.account] - self._net(step.account), 0.0)
            self._bring_down(step.account, short)

    def _effect(self, step: _Step, group: _Group) -> Vector:
        """What one more of each row adds to the balance, shape (states, rows)."""
        rows = np.array(group.rows, np.intp)
        if group.table == "coefficients":
            entries = self.ledger.entries(step.account)
            at = [int(np.flatnonzero(entries.rows == row)[0]) for row in rows]
            return np.asarray(self.state.levels[step.account.period][:, entries.activities[at]] * entries.signs[at])
        if group.table == "pipeline":
            [row] = self.ledger.row_of("capacities", step.account.item)
            return np.asarray(self.state.numbers["capacities", "utilisation"][:, [row]])
        sign = -1.0 if group.table == "final_use" or group.column == "other_payments" else 1.0
        return np.full((len(self.state.numbers[group.at]), len(rows)), sign)

    def _bring_down(self, account: Account, short: Vector) -> None:
        """Bring drawn numbers that use an item down, all by one share of what they lie above their low ends.

        Args:
            account: the balance that is short.
            short: of what, shape (states,); 0 where it is not.
        """
        hit = short > 0.0
        label = account.item or account.kind
        self.scaled[label] = self.scaled.get(label, np.zeros(len(hit), dtype=bool)) | hit
        if account.kind in ("receipts", "payments"):
            return
        entries = self.ledger.entries(account)
        frame = self.closing.tables["coefficients"]
        low, high = frame["low"].to_numpy(dtype=float), frame["high"].to_numpy(dtype=float)
        free = (low < high) & ~marked(frame)
        chosen = (entries.signs < 0) & free[entries.rows]
        rows, levels = entries.rows[chosen], self.state.levels[account.period][:, entries.activities[chosen]]
        values = self.state.numbers["coefficients", "value"]
        room = ((values[:, rows] - low[rows]) * np.nan_to_num(levels)).sum(1)
        with np.errstate(divide="ignore", invalid="ignore"):
            share = np.where(hit, np.clip(1.0 - short / room, 0.0, 1.0), 1.0)
        share = np.where(np.isnan(share), 1.0, share)
        every = self.ledger.of_number(rows)
        every = every[free[every]]
        values[:, every] = low[every] + share[:, None] * (values[:, every] - low[every])


def _put(steps: dict[Account, list[_Step]], step: _Step) -> None:
    steps.setdefault(step.account, []).append(step)
