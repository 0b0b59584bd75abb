"""The opening position on record in the form of a state, and the larger of two states."""

from __future__ import annotations

import numpy as np
import pandas as pd

from planner.economy.facts import Economy

__all__ = ["larger", "record_state", "side_by_side"]

_KEYS = ["kind", "key", "period", "unit"]


def record_state(economy: Economy) -> pd.DataFrame:
    """What an economy opens with on record: kind, key, period, unit, value."""
    tables, first = economy.tables, economy.periods[0]
    unit = dict(zip(tables["capacities"]["capacity"], tables["capacities"]["unit"], strict=True))
    goods = dict(zip(tables["products"]["product"], tables["products"]["unit"], strict=True))
    staff = tables["resources"][tables["resources"]["kind"] == "labour"]
    coming = tables["pipeline"].groupby(["capacity", "period"], sort=False)["value"].sum().reset_index()
    parts = [
        _part(
            "capacity",
            tables["capacities"]["capacity"],
            first,
            tables["capacities"]["unit"],
            tables["capacities"]["initial"],
        ),
        _part("pipeline", coming["capacity"], coming["period"], coming["capacity"].map(unit), coming["value"]),
        _part(
            "stock",
            tables["stocks"]["product"],
            first,
            tables["stocks"]["product"].map(goods),
            tables["stocks"]["initial"],
        ),
        _part("labour", staff["resource"], first, staff["unit"], staff["initial"]),
    ]
    opening = tables["opening"]
    parts += [opening[["kind", "key", "period", "unit", "value"]]] if len(opening) else []
    return pd.concat(parts, ignore_index=True)


def _part(kind: str, key: pd.Series, period: object, unit: pd.Series, value: pd.Series) -> pd.DataFrame:
    columns = {
        "kind": kind,
        "key": key.to_numpy(),
        "period": period,
        "unit": unit.to_numpy(),
        "value": value.to_numpy(),
    }
    return pd.DataFrame(columns)


def side_by_side(record: pd.DataFrame, state: pd.DataFrame) -> pd.DataFrame:
    """Two states beside one another, works in progress of both kinds added up: kind, key, period, unit, record, run."""
    sides = [frame.assign(kind=frame["kind"].replace("building", "pipeline")) for frame in (record, state)]
    unit = pd.concat(sides).groupby(_KEYS[:3], sort=False)["unit"].first()
    values = [one.groupby(_KEYS[:3], sort=False)["value"].sum().reindex(unit.index).fillna(0.0) for one in sides]
    return pd.DataFrame({"unit": unit, "record": values[0], "run": values[1]}).reset_index()


def larger(record: pd.DataFrame, state: pd.DataFrame) -> pd.DataFrame:
    """For each kind the larger of two states, of what is owed the smaller; works of it are paid for: nobody could have had it.

    Args:
        record: what stood on record.
        state: what a plan left; what it does not speak of stays on record.
    """
    both = side_by_side(record[record["kind"].isin({*state["kind"], "pipeline"})], state)
    named = set(zip(state["kind"].replace("building", "pipeline"), state["key"], strict=True))
    plant = set(state.loc[state["kind"] == "capacity", "key"])
    mine = [
        (kind, key) in named or (kind == "pipeline" and key in plant)
        for kind, key in zip(both["kind"], both["key"], strict=True)
    ]
    both = both[mine].reset_index(drop=True)
    owed = both["kind"].isin(["debt", "retiring"])
    value = np.where(owed, np.minimum(both["record"], both["run"]), np.maximum(both["record"], both["run"]))
    return both[_KEYS].assign(value=value)
