"""Random economies: productive by construction, small enough to be read when a test fails, with a row of every kind."""

import numpy as np
from hypothesis import strategies as st
from numpy.random import Generator

from tests.properties.frames import Columns

Tables = dict[str, Columns]
PLAN = "plan"


def rich() -> st.SearchStrategy[tuple[Tables, list[str]]]:
    """Economies of two to four goods and periods; a failing one is named by its seed."""
    return st.builds(made, st.integers(0, 2**32 - 1), st.integers(2, 4), st.integers(2, 4))


def made(seed: int, goods: int, years: int) -> tuple[Tables, list[str]]:
    """Tables and periods of an economy with leads, changing norms, joint products, every gestation, skills, stocks, trade."""
    rng = np.random.default_rng(seed)
    names, periods = [f"g{i}" for i in range(goods)], [str(t + 1) for t in range(years)]
    output = rng.uniform(5.0, 20.0, goods)
    abroad = _abroad(rng, names, periods)
    return {
        "products": {"product": names, "unit": "t", "price": [*rng.uniform(0.5, 2.0, goods - 1), np.nan]},
        **_technology(rng, names, periods, output),
        **_plant(rng, names, periods, output),
        **_people(rng, periods, float(output.sum())),
        **_uses(rng, names, periods, output),
        **abroad,
        "targets": _figures(rng, names, periods, output, abroad["trade"]),
        "actuals": {
            "measure": "output",
            "item": names,
            "period": "0",
            "series": "made",
            "preferred": "yes",
            "unit": "t",
            "value": output * rng.uniform(0.3, 0.9, goods),
        },
    }, periods


def _ranged(rng: Generator, value: np.ndarray) -> dict[str, np.ndarray]:
    """A value with a range about it."""
    value = np.asarray(value, dtype=float)
    down, up = rng.uniform(0.0, 0.1, (2, len(value)))
    return {"value": value, "low": value * (1.0 - down), "high": value * (1.0 + up)}


def _table(names: tuple[str, ...], rows: list[tuple[object, ...]]) -> dict[str, list[object]]:
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)) if rows else {}


def _technology(rng: Generator, names: list[str], periods: list[str], output: np.ndarray) -> Tables:
    """One or two techniques a good. Counted in tonnes a column takes less than it makes.

    Of most techniques that take something ahead it is known what was begun before the first period.
    """
    activities, rows = [], []
    for good in names:
        for kind in ("a", "b")[: rng.integers(1, 3)]:
            activity = f"{kind}_{good}"
            activities.append((activity, good))
            for item in names:
                if rng.random() < 0.6:
                    norm = rng.uniform(0.05, 0.9 / len(names))
                    lead = int(rng.random() < 0.2)
                    rows.append((activity, item, "input", "", norm, lead))
                    if rng.random() < 0.3:
                        rows.append((activity, item, "input", periods[-1], 0.8 * norm, lead))
            rows.append((activity, "hands", "resource", "", rng.uniform(0.5, 1.5), int(rng.random() < 0.2)))
            rows.append((activity, "skilled", "resource", "", rng.uniform(0.05, 0.2), 0))
            if rng.random() < 0.3:
                rows.append((activity, "land", "resource", "", rng.uniform(0.5, 1.0), 0))
            if rng.random() < 0.3:
                rows.append((activity, good, "output", "", rng.uniform(0.9, 1.2), 0))
            if rng.random() < 0.3:
                other = names[int(rng.integers(len(names)))]
                if other != good:
                    rows.append((activity, other, "output", "", 0.1, 0))
            if kind == "b":
                rows.append((activity, f"a_{good}", "capacity", "", 1.2, 0))
            if rng.random() < 0.5:
                rows.append((activity, "sheds", "capacity", "", rng.uniform(0.1, 0.5), 0))
            if kind == "a" and rng.random() < 0.5:  # otherwise it uses one of the capacity that bears its name
                rows.append((activity, activity, "capacity", "", rng.uniform(0.8, 1.2), 0))
    coefficients = _table(("activity", "item", "role", "from_period", "value", "lead"), rows)
    ahead = list(dict.fromkeys(activity for activity, *_, lead in rows if lead))
    begun = [
        ("activity", name, periods[0], rng.uniform(0.3, 1.5) * output.max()) for name in ahead if rng.random() < 0.7
    ]
    opening = _table(("kind", "key", "period", "value"), begun)
    return {
        "activities": {**_table(("activity", "product"), activities), "group": "all"},
        "opening": {**opening, **_ranged(rng, opening["value"])} if begun else {},
        "coefficients": {**coefficients, **_ranged(rng, coefficients["value"])},
    }


def _plant(rng: Generator, names: list[str], periods: list[str], output: np.ndarray) -> Tables:
    kinds = [*(f"a_{good}" for good in names), "sheds"]
    gestation = rng.integers(0, 3, len(kinds))
    limit = np.where(rng.random(len(kinds)) < 0.7, rng.uniform(0.1, 0.5, len(kinds)), np.nan)
    rows = []
    for kind, lag in zip(kinds, gestation, strict=True):
        for year in range(1, max(1, int(lag)) + 1):
            rows.append((kind, names[int(rng.integers(len(names)))], year, rng.uniform(0.1, 0.6)))
        rows.append((kind, "hands", 1, rng.uniform(0.1, 0.5)))
        if rng.random() < 0.3:
            rows.append((kind, "sites", 1, 1.0))
    investment = _table(("capacity", "item", "year", "value"), rows)
    late = [kind for kind in kinds if rng.random() < 0.4] or kinds[:1]
    return {
        "capacities": {
            "capacity": kinds,
            "unit": "t",
            "initial": [*(output * rng.uniform(1.2, 2.0, len(names))), output.sum()],
            "utilisation": rng.uniform(0.9, 1.0, len(kinds)),
            "retirement": rng.choice([0.0, 0.05], len(kinds)),
            "gestation": gestation,
            "growth_limit": limit,
            "growth_floor": rng.choice([0.0, 1.0], len(kinds)),
        },
        "investment": {**investment, **_ranged(rng, investment["value"])},
        "pipeline": {"capacity": late, "period": periods[1], **_ranged(rng, rng.uniform(0.1, 2.0, len(late)))},
    }


def _people(rng: Generator, periods: list[str], output: float) -> Tables:
    """Hands and the skilled, land, and sites that only building takes."""
    years = len(periods)
    resources = {"hands": 1.6 * output, "skilled": 0.2 * output, "land": output, "sites": 3.0}
    supply = np.concatenate([size * rng.uniform(0.9, 1.2, years) for size in resources.values()])
    return {
        "resources": {"resource": list(resources), "unit": "units", "kind": ["labour", "labour", "land", "site"]},
        "supply": {"resource": np.repeat(list(resources), years), "period": periods * 4, **_ranged(rng, supply)},
        "training": {
            "to_resource": ["skilled"],
            "from_resource": ["hands"],
            "periods": rng.integers(0, 3),
            "trainers": 0.1,
            "growth_limit": rng.choice([0.2, np.nan]),
        },
    }


def _uses(rng: Generator, names: list[str], periods: list[str], output: np.ndarray) -> Tables:
    years, kept = len(periods), names[: int(rng.integers(1, len(names) + 1))]
    final = np.outer(output * rng.uniform(0.05, 0.3, len(names)), rng.uniform(0.9, 1.1, years)).ravel()
    return {
        "final_use": {
            "product": np.repeat(names, years),
            "use": "state",
            "period": periods * len(names),
            **_ranged(rng, final),
        },
        "population": {"period": periods, **_ranged(rng, rng.uniform(9.0, 11.0, years))},
        "consumption": {"product": names, "per_head": 0.01 * output, "flexible": rng.uniform(0.2, 1.0, len(names))},
        "worker_consumption": {"product": names[:1], "per_worker": rng.uniform(0.001, 0.01, 1)},
        "stocks": {
            "product": kept,
            "initial": rng.uniform(0.5, 2.0, len(kept)),
            "spoilage": rng.choice([0.0, 0.1], len(kept)),
            "limit": np.where(rng.random(len(kept)) < 0.5, 3.0, np.nan),
        },
    }


def _abroad(rng: Generator, names: list[str], periods: list[str]) -> Tables:
    """Each good may be sold, bought, both or neither, in some of the periods; money is short."""
    rows = [
        (good, direction, period, rng.uniform(0.5, 1.5), rng.choice([np.nan, rng.uniform(0.5, 3.0)]))
        for good in names
        for direction in ("export", "import")
        for period in periods
        if rng.random() < 0.4
    ] or [(names[0], "export", periods[0], 1.0, 1.0)]
    years = len(periods)
    return {
        "trade": _table(("product", "direction", "period", "price", "limit"), rows),
        "finance": {
            "period": periods,
            "other_receipts": rng.uniform(0.5, 1.5, years),
            "other_payments": rng.uniform(0.0, 1.0, years),
            "credit": rng.uniform(0.0, 0.5, years),
            "debt_limit": np.where(rng.random(years) < 0.5, 0.8, np.nan),
            "unit": "pounds",
        },
    }


def _figures(rng: Generator, names: list[str], periods: list[str], output: np.ndarray, trade: Columns) -> Columns:
    """Official figures of every measure and sense; ambitious enough that some cannot be met."""
    [sold, way, when, _, _] = (next(iter(column)) for column in trade.values())  # type: ignore[call-overload]
    last, all_periods = periods[-1], f"{periods[0]}..{periods[-1]}"
    rows = [
        ("output", good, last, size * rng.uniform(0.5, 2.0), "at_least", "no")
        for good, size in zip(names, output, strict=True)
    ]
    more = [
        ("delivery", names[0], periods[0], 0.5 * output[0], "at_least", "no"),
        ("delivery", names[-1], all_periods, 1.0 * output[-1], "at_least", "no"),
        (way, sold, when, 0.4, "at_least" if way == "export" else "at_most", "no"),
        ("consumption", "*", last, 1.5, "at_least", "no"),
        ("consumption", names[0], f"{periods[0]},{last}", 0.02 * output[0], "at_least", "no"),
        ("investment", "*", all_periods, 3.0, "at_least", "no"),
        ("investment", "all", last, 0.5, "at_least", "no"),
        ("capacity", "sheds", last, 1.1 * output.sum(), "at_least", "no"),
        ("employment", "*", last, 3.0 * output.sum(), "at_most", "no"),
        ("employment", "land", periods[0], 2.0 * output.sum(), "at_most", "yes"),
        ("activity", f"a_{names[0]}", last, 1.2 * output[0], "exactly", "no"),
        ("stock", names[0], last, 0.2, "at_least", "yes"),
        ("start", "sheds", all_periods, 0.2, "at_least", "no"),
        ("output", names[-1], periods[0], 0.0, "at_least", "no"),
    ]
    rows += [row for row in more if rng.random() < 0.5]
    table = _table(("measure", "item", "period", "value", "sense", "hard"), rows)
    eased = "employment" if len(names) % 2 else "activity"  # of the caps that are not hard, one scales and one does not
    scales = ["yes" if measure == eased and hard == "no" else "no" for measure, *_, hard in rows]
    return {"plan": PLAN, "unit": "units", "scales": scales, **table}
