"""Farm planning, of H. P. Williams, *Model Building in Mathematical Programming*: cows of twelve ages over five years.

Every age is an activity that takes the animals of the age below, of the year before; what the farm starts with is what was
begun before. The optimum stands in the solver log of a published notebook. Its model pays for new places in ten
instalments and counts those after the fifth year too; here the ten are paid at once, which is the same as long as none is
built, and none is.
"""

import csv
from pathlib import Path

import pytest

from planner.answers.solve import SolveAnswer, solve
from tests.formulation.build import build, question

DATA = Path(__file__).parent / "data" / "williams_farm_planning"
PUBLISHED = 121719.17286133833
HEADING = 'title = "Farm"\nperiods = ["1", "2", "3", "4", "5"]\n'
QUESTION = """\
families = ["material_balance", "capacity", "capacity_accumulation", "resource", "target"]
objective = "own"
[own]
terms = [{ measure = "delivery", item = "money", period = "1..5" }]
"""
OLDEST = 12


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def techniques() -> list[tuple[str, str, dict[tuple[str, str], float]]]:
    """Every activity with its product and what it takes and makes, by role and item; ``before`` is a year ahead."""
    given = {row["name"]: float(row["value"]) for row in rows_of("scalars")}
    young = {
        ("input", "money"): given["heifer_cost"],
        ("resource", "land"): given["heifer_acres"],
        ("input", "hours"): given["heifer_labour"],
        ("capacity", "housing"): 1.0,
    }
    cow = {
        ("input", "money"): given["cow_cost"],
        ("resource", "land"): given["cow_acres"],
        ("resource", "herd"): 1.0,
        ("input", "hours"): given["cow_labour"],
        ("capacity", "housing"): 1.0,
        ("input", "grain"): given["grain_per_cow"],
        ("input", "beet"): given["beet_per_cow"],
        ("output", "heifer"): given["heifers_per_cow"],
        ("output", "money"): given["milk_per_cow"] + given["bullocks_per_cow"] * given["bullock_price"],
    }
    result = [
        ("day", "hours", {("resource", "hands"): 1.0}),
        ("overtime", "hours", {("input", "money"): given["overtime_cost"]}),
        ("age_0", "age_0", {("input", "heifer"): 1.0, **young}),
        ("sell_heifer", "money", {("input", "heifer"): 1.0, ("output", "money"): given["heifer_price"]}),
        (
            "beet_field",
            "beet",
            {
                ("output", "beet"): given["beet_t_per_acre"],
                ("resource", "land"): 1.0,
                ("input", "hours"): given["beet_labour_per_acre"],
                ("input", "money"): given["beet_acre_cost"],
            },
        ),
    ]
    for age in range(1, OLDEST + 1):
        survive = given["heifer_survival" if age <= 2 else "cow_survival"]
        keep = young if age == 1 else cow if age < OLDEST else {("output", "money"): given["old_cow_price"]}
        result.append((f"age_{age}", f"age_{age}", {("before", f"age_{age - 1}"): 1.0 / survive, **keep}))
    for land in rows_of("land"):
        norms = {
            ("output", "grain"): float(land["grain_t_per_acre"]),
            ("resource", "land"): 1.0,
            ("resource", f"field_{land['group']}"): 1.0,
            ("input", "hours"): given["grain_labour_per_acre"],
            ("input", "money"): given["grain_acre_cost"],
        }
        result.append((f"field_{land['group']}", "grain", norms))
    for crop in ("grain", "beet"):
        result.append((f"sell_{crop}", "money", {("input", crop): 1.0, ("output", "money"): given[f"{crop}_sell"]}))
        result.append((f"buy_{crop}", crop, {("input", "money"): given[f"{crop}_buy"]}))
    return result


def farm() -> dict[str, str]:
    """The tables of the farm as CSV text."""
    given = {row["name"]: float(row["value"]) for row in rows_of("scalars")}
    known = techniques()
    products = dict.fromkeys(product for _, product, _ in known) | {"heifer": None}
    coefficients = [
        f"{activity},{item},{'input' if role == 'before' else role},{value!r},{int(role == 'before')}"
        for activity, _, norms in known
        for (role, item), value in norms.items()
    ]
    most = {"hands": given["labour_units"], "land": given["total_acres"], "herd": 1000.0}
    most |= {f"field_{land['group']}": float(land["acres"]) for land in rows_of("land")}
    begun = [given["age1_and_2_start" if age <= 2 else "age3_to_12_start"] for age in range(1, OLDEST + 1)]
    return {
        "products": "product,unit\n" + "\n".join(f"{product},units" for product in products),
        "activities": "activity,product\n" + "\n".join(f"{activity},{product}" for activity, product, _ in known),
        "coefficients": "activity,item,role,value,lead\n" + "\n".join(coefficients),
        "opening": "kind,key,period,value\n" + "\n".join(f"activity,age_{n},1,{v}" for n, v in enumerate(begun, 1)),
        "capacities": f"capacity,unit,initial,gestation\nhousing,places,{given['housing']},0",
        "investment": f"capacity,item,year,value\nhousing,money,1,{10 * given['installment_per_extra_place']}",
        "resources": "resource,unit\n" + "\n".join(f"{name},units" for name in most),
        "supply": "resource,period,value\n"
        + "\n".join(f"{name},*,{value}" for name, value in most.items())
        + f"\nherd,5,{given['final_cows_max']}",
        "final_use": f"product,use,period,value\nmoney,wages,*,{given['labour_cost_year']}",
        "plans": "plan\nherd",
        "targets": f"plan,measure,item,period,value,hard\nherd,employment,herd,5,{given['final_cows_min']},yes",
    }


def answered(folder: Path, tables: dict[str, str]) -> SolveAnswer:
    economy = build(folder / "farm", tables, HEADING)
    return solve(economy, model=question(folder, QUESTION), plan="herd")


def test_farm_with_the_animals_it_starts_with(tmp_path: Path) -> None:
    result = answered(tmp_path, farm())
    assert result.warnings == ()
    assert result.solution.objective == pytest.approx(PUBLISHED, rel=1e-9)
    assert result.solution.block("construction_start").max() == pytest.approx(0.0, abs=1e-7)


def test_animals_do_not_come_from_nowhere(tmp_path: Path) -> None:
    """Without a word on the herd there is none: the wages of the first year cannot be paid, whatever is grown."""
    tables = farm()
    del tables["opening"]
    result = answered(tmp_path, tables)
    assert result.status.value == "infeasible"
    assert [warning.code for warning in result.warnings] == ["W122"]
