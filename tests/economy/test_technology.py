"""What the checks of techniques refuse, and what they must not: nothing of which some plan exists."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from planner.economy import DataError, load

HEADING = 'schema = 1\ntitle = "A test"\nbase_period = "0"\nperiods = [{periods}]\n'
LAND = {"resources": "resource,unit\nland,ha", "supply": "resource,period,value\nland,*,100"}
Tables = Mapping[str, str]


def codes(folder: Path, tables: Tables, periods: int = 3) -> list[str]:
    """Codes of all findings about the techniques of an economy given as CSV text by table."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in folder.glob("*.csv"):
        file.unlink()
    named = ", ".join(f'"{t + 1}"' for t in range(periods))
    (folder / "economy.toml").write_text(HEADING.format(periods=named))
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text.strip() + "\n")
    try:
        found: Any = load(folder).warnings
    except DataError as error:
        found = error.findings
    assert all(f.severity == "warning" or f.code.startswith("E13") for f in found), found
    return [f.code for f in found if f.severity == "error" or f.code in ("W126", "W127", "W128", "W204")]


def made(activities: str, coefficients: str, **more: str) -> dict[str, str]:
    """Tables of activities ``name:product`` and of coefficients ``activity item role value [lead]``."""
    pairs = [pair.split(":") for pair in activities.split()]
    rows = [line.split() for line in coefficients.strip().splitlines()]
    items = {product for _, product in pairs} | {row[1] for row in rows if row[2] in ("input", "output")}
    return (
        LAND
        | {
            "products": "product,unit\n" + "\n".join(f"{item},t" for item in sorted(items)),
            "activities": "activity,product\n" + "\n".join(",".join(pair) for pair in pairs),
            "coefficients": "activity,item,role,value,lead\n" + "\n".join(",".join([*row, "0"][:5]) for row in rows),
        }
        | more
    )


def asked(product: str, period: str = "*") -> str:
    """Final use of one unit of a product."""
    return f"product,use,period,value\n{product},towns,{period},1"


HERD = "keep cow output {made}\nkeep milk output 5\nkeep cow input 1 {lead}\nkeep land resource 1"
COWS = {"stocks": "product,initial\ncow,10", "opening": "kind,key,period,value\nactivity,keep,1,10"}
GOOD = {
    "a herd that grows": (made("keep:cow", HERD.format(made=1.1, lead=1), **COWS, final_use=asked("milk", "2")), []),
    "a herd that shrinks by 2 % a year": (
        made("keep:cow", HERD.format(made=0.98, lead=1), **COWS, final_use=asked("milk", "2")),
        ["W126"],
    ),
    "a herd lent for the year": (made("keep:cow", HERD.format(made=1, lead=0), final_use=asked("milk", "2")), []),
    "a herd lent and worn, out of a stock": (
        made(
            "keep:cow",
            HERD.format(made=0.9, lead=0),
            **COWS | {"opening": "kind,key,period,value"},
            final_use=asked("milk", "2"),
        ),
        ["W126"],
    ),
    "plant as a joint product": (
        made(
            "run:steel build:machine",
            "run machine input 1\nrun machine output 0.9\nrun land resource 1\nbuild steel input 0.5\nbuild land resource 1",
            final_use=asked("steel"),
        ),
        [],
    ),
    "plant as the principal product, its output on the side": (
        made(
            "run:machine build:machine",
            "run machine input 1\nrun machine output 0.9\nrun steel output 1\nrun land resource 1\n"
            "build steel input 0.5\nbuild land resource 1",
            final_use=asked("steel"),
        ),
        [],
    ),
    "plant that grows a year older": (
        made(
            "first:steel second:steel build:new",
            "first new input 1\nfirst old output 1\nfirst land resource 1\nsecond old input 1 1\nsecond land resource 1\n"
            "build steel input 0.6\nbuild land resource 1",
            final_use=asked("steel"),
            opening="kind,key,period,value\nactivity,second,1,3",
        ),
        [],
    ),
    "a deposit held from year to year": (
        made(
            "hold:ore mine:iron",
            "hold ore input 1 1\nhold land resource 0.1\nmine ore input 2\nmine land resource 1",
            stocks="product,initial\nore,50",
            opening="kind,key,period,value\nactivity,hold,1,50",
            final_use=asked("iron"),
        ),
        ["W126"],
    ),
    "a deposit held in the same year": (
        made(
            "hold:ore mine:iron",
            "hold ore input 1\nhold land resource 0.1\nmine ore input 2\nmine land resource 1",
            stocks="product,initial\nore,50",
            final_use=asked("iron"),
        ),
        ["W127"],
    ),
    "a deposit that is only used up": (
        made(
            "mine:iron",
            "mine ore input 2\nmine land resource 1",
            stocks="product,initial\nore,50",
            final_use=asked("iron"),
        ),
        [],
    ),
    "what is thrown away": (
        made(
            "mill:steel sink:steel",
            "mill land resource 1\nsink steel input 1\nsink steel output 0",
            final_use=asked("steel"),
        ),
        ["W127"],
    ),
    "a technique that only loses beside a good one": (
        made("mill:steel worse:steel", "mill land resource 1\nworse steel input 1.2", final_use=asked("steel")),
        ["W127"],
    ),
    "a technique without its input beside a good one": (
        made(
            "mill:steel new:steel",
            "mill land resource 1\nnew gas input 1\nnew land resource 1",
            final_use=asked("steel"),
        ),
        ["W128"],
    ),
    "a circle that nobody needs": (
        made("mill:steel a:b b:c", "mill land resource 1\na c input 1\nb b input 1.5", final_use=asked("steel")),
        ["W128"],
    ),
    "a circle that imports feed": (
        made(
            "a:b b:c",
            "a c input 1\nb b input 1.5",
            final_use=asked("b"),
            trade="product,direction,period,price\nc,import,*,1",
        ),
        ["W204"],
    ),
    "a catalyst given back": (
        made(
            "fill:acid refine:petrol",
            "fill land resource 1\nrefine acid input 1\nrefine acid output 1\nrefine land resource 1",
            final_use=asked("petrol"),
        ),
        [],
    ),
    "an import that comes before it is needed": (
        made(
            "mill:steel",
            "mill ore input 1\nmill land resource 1",
            stocks="product\nore",
            trade="product,direction,period,price\nore,import,1,1",
            final_use=asked("steel", "1"),
        ),
        [],
    ),
}
BAD = {
    "an input that eats its output": (made("a:b", "a b input 1.5", final_use=asked("b", "2")), ["E132"]),
    "a circle": (
        made("a:b b:c", "a c input 1\nb b input 1.5", final_use=asked("b", "2")),
        ["E131"],
    ),
    "a circle behind what is asked for": (
        made("mill:steel a:b b:c", "mill c input 1\na c input 1\nb b input 1.5", final_use=asked("steel", "1")),
        ["E131"],
    ),
    "an import that is closed": (
        made(
            "a:b",
            "a b input 1.5",
            final_use=asked("b", "2"),
            trade="product,direction,period,price,limit\nb,import,*,1,0",
        ),
        ["E132"],
    ),
    "a stock spoilt before it can be used": (
        made("a:b", "a b input 1.5", final_use=asked("b", "2"), stocks="product,initial,spoilage\nb,10,1"),
        ["E132"],
    ),
    "no source behind what is asked for": (
        made("mill:steel", "mill gas input 1", final_use=asked("steel", "1")),
        ["E130"],
    ),
    "a herd all of which is sold each year": (
        made("keep:cow", "keep cow input 1\nkeep land resource 1", final_use=asked("cow", "1")),
        ["E132"],
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_good_economies_are_not_refused(name: str, tmp_path: Path) -> None:
    tables, warned = GOOD[name]
    assert codes(tmp_path, tables) == warned


@pytest.mark.parametrize("name", BAD)
def test_economies_without_a_plan_are_refused(name: str, tmp_path: Path) -> None:
    tables, refused = BAD[name]
    assert codes(tmp_path, tables) == refused


def test_techniques_of_later_periods_count_then(tmp_path: Path) -> None:
    """Steel eats itself until 2, so what is asked for in 1 cannot be had, and what is asked for in 3 can."""
    tables = made("mill:steel", "mill land resource 1")
    tables["coefficients"] = (
        "activity,item,role,from_period,value\nmill,land,resource,,1\nmill,steel,input,,1.2\nmill,steel,input,2,0.2"
    )
    for period, expected in ((1, ["E132"]), (2, ["W127"]), (3, ["W127"])):
        tables["final_use"] = f"product,use,period,value\nsteel,towns,{period},1"
        assert codes(tmp_path, tables) == expected
    tables["coefficients"] = tables["coefficients"].replace(",,1.2", ",,0.2").replace("2,0.2", "2,1.2")
    assert codes(tmp_path, tables) == ["E132"]  # in 3 nothing is made any more
    assert codes(tmp_path, tables | {"stocks": "product\nsteel"}) == ["W127"]  # but some may be kept from 1


# -- no economy with a plan is refused --------------------------------------------------------------------------------

SIZES = st.tuples(st.integers(0, 2**32 - 1), st.integers(1, 3), st.integers(1, 4), st.integers(1, 3))
MANY = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class Random:
    """A random economy of techniques, stocks, imports and what was begun, as arrays and as tables; all limits are generous."""

    def __init__(self, seed: int, products: int, activities: int, periods: int, *, still: bool = False) -> None:
        """Draw it; a still one has one period, nothing taken ahead, no stocks and no imports."""
        rng = np.random.default_rng(seed)
        self.P, self.J, self.T = products, activities, 1 if still else periods
        self.principal = rng.integers(0, products, activities)
        size, when = (products, activities), (self.T, products, activities)
        self.takes = np.where(rng.random(size) < 0.4, rng.choice([0.3, 0.5, 0.9, 1.0, 1.1, 2.0], size), 0.0)
        self.lead = np.where(
            (self.takes > 0) & (rng.random(size) < (0.0 if still else 0.3)), rng.integers(1, 3, size), 0
        )
        self.makes = np.where(rng.random(size) < 0.2, rng.choice([0.5, 1.0, 1.1], size), 0.0)
        self.makes[self.principal, range(activities)] = rng.choice([0.0, 0.9, 1.0, 1.0, 1.2], activities)
        later = rng.choice([0.5, 1.0, 1.0, 2.0], when)
        later[0] = 1.0
        self.norms = np.cumprod(np.where(self.lead > 0, 1.0, later), axis=0) * self.takes
        self.initial = np.where(
            rng.random(products) < (0.0 if still else 0.4), rng.choice([0.0, 1.0, 10.0], products), np.nan
        )
        self.spoils = rng.choice([0.0, 0.1, 1.0], products)
        self.imports = np.where(
            rng.random((products, self.T)) < (0.0 if still else 0.15), rng.choice([0.0, 5.0]), np.nan
        )
        self.begun = np.where(rng.random((activities, self.T)) < 0.5, 10.0, 0.0)
        self.final = np.where(rng.random((products, self.T)) < 0.5, rng.choice([0.1, 1.0]), 0.0)

    def feasible(self) -> bool:
        """Whether some levels, stocks and imports deliver the final use of every period."""
        P, J, T = self.P, self.J, self.T
        x, h, m = (np.arange(n).reshape(-1, T) + at for n, at in ((J * T, 0), (P * T, J * T), (P * T, (J + P) * T)))
        rows, high = np.zeros((P * T, (J + 2 * P) * T)), np.full((J + 2 * P) * T, np.inf)
        right = -self.final.ravel()
        for p, t in itertools.product(range(P), range(T)):
            row = rows[p * T + t]
            row[x[:, t]] -= self.makes[p]
            for j, later in itertools.product(range(J), range(t, T)):
                if later - self.lead[p, j] == t:
                    row[x[j, later]] += self.norms[later, p, j]
            row[m[p, t]] -= 1.0
            high[m[p, t]] = np.nan_to_num(self.imports[p, t])
            row[h[p, t]] += 1.0
            if np.isnan(self.initial[p]):
                high[h[p, t]] = 0.0
            elif t:
                row[h[p, t - 1]] -= 1 - self.spoils[p]
            else:
                right[p * T] += (1 - self.spoils[p]) * self.initial[p]
        for j, t in itertools.product(range(J), range(T)):
            if ((self.lead[:, j] > t) & (self.norms[t, :, j] > 0)).any():
                high[x[j, t]] = self.begun[j, t]
        bounds = list(zip(np.zeros(len(high)), high, strict=True))
        return bool(linprog(np.zeros(len(high)), rows, right, bounds=bounds, method="highs").status == 0)

    def tables(self) -> dict[str, str]:
        """The same as CSV text."""
        P, J, T = range(self.P), range(self.J), range(self.T)
        rows = [f"a{j},land,resource,,1,0" for j in J]
        for p, j in itertools.product(P, J):
            if self.makes[p, j] or self.principal[j] == p:
                rows.append(f"a{j},p{p},output,,{self.makes[p, j]},0")
            for t in T if self.takes[p, j] else ():
                rows.append(f"a{j},p{p},input,{t + 1 if t else ''},{float(self.norms[t, p, j])!r},{self.lead[p, j]}")
        stored = [f"p{p},{self.initial[p]},{self.spoils[p]}" for p in P if not np.isnan(self.initial[p])]
        abroad = [
            f"p{p},import,{t + 1},1,{self.imports[p, t]}" for p in P for t in T if not np.isnan(self.imports[p, t])
        ]
        return LAND | {
            "products": "\n".join(["product,unit", *(f"p{p},t" for p in P)]),
            "activities": "\n".join(["activity,product", *(f"a{j},p{self.principal[j]}" for j in J)]),
            "coefficients": "\n".join(["activity,item,role,from_period,value,lead", *rows]),
            "stocks": "\n".join(["product,initial,spoilage", *stored]),
            "trade": "\n".join(["product,direction,period,price,limit", *abroad]),
            "opening": "\n".join(
                ["kind,key,period,value", *(f"activity,a{j},{t + 1},{self.begun[j, t]}" for j in J for t in T)]
            ),
            "final_use": "\n".join(
                ["product,use,period,value", *(f"p{p},towns,{t + 1},{self.final[p, t]}" for p in P for t in T)]
            ),
        }


@MANY
@given(SIZES)
def test_no_economy_with_a_plan_is_refused(tmp_path: Path, sizes: tuple[int, int, int, int]) -> None:
    economy = Random(*sizes)
    found = [code for code in codes(tmp_path, economy.tables(), economy.T) if code.startswith("E")]
    assert not (found and economy.feasible()), found


@MANY
@given(SIZES)
def test_without_time_what_has_no_plan_is_refused(tmp_path: Path, sizes: tuple[int, int, int, int]) -> None:
    """Nothing limits the levels, so an economy of one period without stocks and imports has a plan or is refused."""
    economy = Random(*sizes, still=True)
    refused = any(code.startswith("E") for code in codes(tmp_path, economy.tables(), 1))
    assert refused != economy.feasible()
