"""Models posed through the tables, each beside a program of its own that is written out by hand and solved by SciPy."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

import planner
from tests.formulation.build import build, question

CHEAPEST = 'families = ["material_balance", "capacity", "capacity_accumulation"]\nobjective = "least_cost"\n'


class ByHand:
    """A program: columns one after the other, rows as ``{column: weight}``."""

    def __init__(self) -> None:
        self.cost, self.most, self.whole = list[float](), list[float](), list[int]()
        self.rows = list[tuple[Mapping[int, float], float, float]]()

    def column(self, cost: float = 0.0, most: float = np.inf, whole: int = 0) -> int:
        self.cost.append(cost)
        self.most.append(most)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, row: Mapping[int, float], least: float = -np.inf, most: float = np.inf) -> None:
        self.rows.append((row, least, most))

    def least(self) -> float:
        matrix = np.zeros((len(self.rows), len(self.cost)))
        for at, (row, _, _) in enumerate(self.rows):
            for column, weight in row.items():
                matrix[at, column] += weight
        rows = LinearConstraint(matrix, [r[1] for r in self.rows], [r[2] for r in self.rows])
        found = milp(self.cost, constraints=rows, integrality=self.whole, bounds=Bounds(0, self.most))
        return float(found.fun)


def lines(head: str, *rows: str) -> str:
    return "\n".join([head, *rows])


def solved(folder: Path, tables: dict[str, str], heading: str, asked: str) -> float:
    return planner.solve(build(folder / "economy", tables, heading), model=question(folder, asked), gap=0.0).value


def test_works_are_enlarged_at_a_fixed_charge_in_places_over_periods_of_three_years(tmp_path: Path) -> None:
    opens, demand = {"a": 0, "b": 3, "c": 6}, {"a": 12, "b": 18, "c": 27}
    tables = {
        "regions": "region,gate\nN,no\nS,no\nM,yes",
        "periods": "period,length\na,3\nb,3\nc,3",
        "products": "product,unit,place\nsteel,Mt,shipped",
        "activities": "activity,product\nmaking,steel",
        "coefficients": "activity,item,role,value\nmaking,works,capacity,1",
        "capacities": "capacity,unit,region,initial,gestation\nworks,Mt,N,2,0\nworks,Mt,S,1,0",
        "expansions": "capacity,region,most\nworks,N,3\nworks,S,3",
        "links": "link,from,to,km,both\nNM,N,M,100,no\nSM,S,M,300,no",
        "carriage": "product,currency,per_km\nsteel,pesos,0.01",
        "final_use": lines("product,region,use,period,value", *(f"steel,M,town,{t},{n}" for t, n in demand.items())),
        "trade": "product,direction,period,price\nsteel,import,*,15",
        "finance": "period,unit\n*,pesos",
        "costs": lines(
            "kind,measure,item,region,currency,period,value",
            "cost,activity,making,N,pesos,*,10",
            "cost,activity,making,S,pesos,*,8",
            "cost,expansion,works,N,pesos,*,5",
            "cost,expansion,works,S,pesos,*,4",
            "cost,start,works,N,pesos,*,20",
            "cost,start,works,S,pesos,*,18",
        ),
    }
    heading = 'periods = ["a", "b", "c"]\n[discounting]\nrate = 0.1\n'
    hand, begun = ByHand(), {"N": list[int](), "S": list[int]()}
    for label, when in opens.items():
        now = 1.1**-when
        made = {"N": hand.column(11 * now), "S": hand.column(11 * now)}
        bought = hand.column(15 * now)
        hand.row({made["N"]: 1, made["S"]: 1, bought: 1}, least=demand[label])
        for region, charge, each, there in (("N", 5, 20, 2), ("S", 4, 18, 1)):
            size, on = hand.column(each * now), hand.column(charge * now, 1, 1)
            begun[region].append(size)
            hand.row({size: 1, on: -3}, most=0)
            hand.row({made[region]: 1} | dict.fromkeys(begun[region], -3), most=3 * there)
    assert solved(tmp_path, tables, heading, CHEAPEST) == pytest.approx(hand.least(), rel=1e-9)


def test_power_over_years_and_seasons_with_what_plant_is_worth_at_the_end(tmp_path: Path) -> None:
    """Building is paid as a year opens, running in the middle of it; what has not lived its life is credited in the end."""
    years, parts, rate, life, end = range(2000, 2004), {"s": 0.4, "w": 0.6}, 0.05, 3, 2004
    build_cost, keep_cost, run_cost, sun = {"gas": 50, "sun": 40}, {"gas": 2, "sun": 3}, 4, {"s": 0.3, "w": 0.5}
    load = {(y, s): (3 if s == "s" else 6) + 0.5 * (y - 2000) for y in years for s in parts}
    stood = {y: 4 if y < 2002 else 1 for y in years}
    left = {(k, y): build_cost[k] * (1 - (end - y) / life) for k in build_cost for y in years if end - y < life}
    tables = {
        "periods": lines("period,length,part_of", *(f"{y}.{s},{parts[s]},{y}" for y, s in load)),
        "products": "product,unit\npower,PJ",
        "activities": "activity,product\ngas,power\nsun,power",
        "capacities": f"capacity,unit,initial,gestation,life\ngas,GW,4,0,{life}\nsun,GW,0,0,{life}",
        "opening": "kind,key,period,value\nretiring,gas,2002.s,3",
        "coefficients": lines(
            "activity,item,role,from_period,value", *(f"sun,power,output,{y}.{s},{sun[s]}" for y, s in load)
        ),
        "final_use": lines(
            "product,use,period,value", *(f"power,load,{y}.{s},{n * parts[s]:g}" for (y, s), n in load.items())
        ),
        "costs": lines(
            "kind,measure,item,currency,period,value,due",
            *(f"cost,start,{k},M,*,{each}," for k, each in build_cost.items()),
            *(f"cost,capacity,{k},M,*,{each},0.5" for k, each in keep_cost.items()),
            f"cost,activity,gas,M,*,{run_cost},0.5",
            *(f"revenue,start,{k},M,{y}.s,{worth},{end - y}" for (k, y), worth in left.items()),
        ),
    }
    heading = f"periods = {[f'{y}.{s}' for y, s in load]}\nbase_period = '1999'\n[discounting]\nrate = {rate}\n"
    hand, begun = ByHand(), dict[tuple[str, int], int]()

    def now(when: float) -> float:
        return (1 + rate) ** -(when - 2000)

    for k, y in ((k, y) for k in build_cost for y in years):
        kept = sum(keep_cost[k] * now(z + 0.5) for z in range(y, min(y + life, end)))
        begun[k, y] = hand.column(build_cost[k] * now(y) + kept - left.get((k, y), 0) * now(end))
    for y, s in load:
        made = {k: hand.column(run_cost * now(y + 0.5) if k == "gas" else 0) for k in build_cost}
        hand.row({made["gas"]: 1, made["sun"]: sun[s]}, least=load[y, s] * parts[s])
        for k in build_cost:
            living = dict.fromkeys((begun[k, z] for z in years if z <= y < z + life), -parts[s])
            hand.row({made[k]: 1} | living, most=stood[y] * parts[s] if k == "gas" else 0)
    of_old = sum(keep_cost["gas"] * stood[y] * now(y + 0.5) for y in years)
    assert solved(tmp_path, tables, heading, CHEAPEST) == pytest.approx(hand.least() + of_old, rel=1e-9)


def test_a_store_of_a_typical_day_closes_as_it_opened(tmp_path: Path) -> None:
    load, wind, hours = [5, 6, 8, 9, 7, 5], [0.6, 0.5, 0.2, 0.1, 0.4, 0.7], 4
    parts = [f"day.{at}" for at in range(6)]
    tables = {
        "periods": lines("period,length,part_of", *(f"{part},{hours},day" for part in parts)),
        "products": "product,unit\npower,MWh\nkept,MWh",
        "activities": "activity,product\nwind,power\ngas,power\ncharging,kept\ngiving,power",
        "capacities": "capacity,unit,initial,gestation\nwind,MW,0,0\ngas,MW,0,0\nbattery,MW,0,0",
        "coefficients": lines(
            "activity,item,role,from_period,value",
            *(f"wind,power,output,{part},{share}" for part, share in zip(parts, wind, strict=True)),
            "charging,power,input,,1",
            "charging,kept,output,,0.9",
            "charging,battery,capacity,,1",
            "giving,kept,input,,1",
            "giving,power,output,,0.9",
            "giving,battery,capacity,,1",
        ),
        "stocks": "product,carried\nkept,round",
        "relations": "relation,period,sense,value,unit\nroom,*,at_most,0,MWh",
        "relation_terms": "relation,measure,item,weight\nroom,stock,kept,1\nroom,capacity,battery,-4",
        "final_use": lines(
            "product,use,period,value", *(f"power,load,{p},{n * hours}" for p, n in zip(parts, load, strict=True))
        ),
        "costs": lines(
            "kind,measure,item,currency,period,value",
            "cost,start,wind,EUR,*,60",
            "cost,start,gas,EUR,*,100",
            "cost,start,battery,EUR,*,20",
            "cost,activity,gas,EUR,*,20",
        ),
    }
    hand = ByHand()
    plant = {"wind": hand.column(60), "gas": hand.column(100), "battery": hand.column(20)}
    cells = [{name: hand.column(20 * (name == "gas")) for name in ("wind", "gas", "in", "out", "kept")} for _ in parts]
    for at, cell in enumerate(cells):
        hand.row({cell["wind"]: wind[at], cell["gas"]: 1, cell["in"]: -1, cell["out"]: 0.9}, least=load[at] * hours)
        for kind, used in (("wind", ("wind",)), ("gas", ("gas",)), ("battery", ("in", "out"))):
            hand.row(dict.fromkeys((cell[name] for name in used), 1) | {plant[kind]: -hours}, most=0)
        hand.row({cell["kept"]: 1, plant["battery"]: -4}, most=0)
        hand.row({cells[at - 1]["kept"]: 1, cell["in"]: 0.9, cell["out"]: -1, cell["kept"]: -1}, least=0)
    heading = f"periods = {parts}\n"
    assert solved(tmp_path, tables, heading, CHEAPEST) == pytest.approx(hand.least(), rel=1e-9)


def test_units_stay_on_and_off_for_their_least_time(tmp_path: Path) -> None:
    """Least, most, price, price of a start, least time on and off, and what output may rise by in an hour."""
    units = {"a": (50, 100, 10, 100, 3, 2, 60), "b": (20, 60, 20, 30, 2, 2, 40), "c": (10, 40, 40, 5, 1, 1, 40)}
    load = [70, 90, 120, 150, 160, 130, 90, 60]
    terms, rules, costs = list[str](), list[str](), list[str]()
    for name, (_, _, price, start, up, down, rise) in units.items():
        rules += [f"up_{name},*,at_most,0,nothing,", f"down_{name},*,at_most,1,nothing,"]
        rules += [f"rise_{name},*,at_most,{rise},unknown,MWh"]
        terms += [f"up_{name},running,{name},0,-1", *(f"up_{name},started,{name},{k},1" for k in range(up))]
        terms += [f"down_{name},running,{name},{down},1", *(f"down_{name},started,{name},{k},1" for k in range(down))]
        terms += [f"rise_{name},activity,{name},0,1", f"rise_{name},activity,{name},1,-1"]
        costs += [f"cost,activity,{name},EUR,*,{price}", f"cost,started,{name},EUR,*,{start}"]
    hours = [f"h{at}" for at in range(len(load))]
    tables = {
        "products": "product,unit\npower,MWh",
        "activities": "activity,product\na,power\nb,power\nc,power",
        "runs": lines("activity,units,least,most", *(f"{name},1,{u[0]},{u[1]}" for name, u in units.items())),
        "opening": "kind,key,period,value\nrunning,a,h0,1",
        "actuals": "measure,item,period,series,value,preferred\nrunning,a,0,log,1,yes",
        "relations": lines("relation,period,sense,value,before,unit", *rules),
        "relation_terms": lines("relation,measure,item,lag,weight", *terms),
        "final_use": lines(
            "product,use,period,value", *(f"power,load,{h},{n}" for h, n in zip(hours, load, strict=True))
        ),
        "costs": lines("kind,measure,item,currency,period,value", *costs),
    }
    hand = ByHand()
    cells = [
        {name: (hand.column(u[2]), hand.column(0, 1, 1), hand.column(u[3])) for name, u in units.items()} for _ in load
    ]
    for at, cell in enumerate(cells):
        hand.row({level: 1 for level, _, _ in cell.values()}, least=load[at])
        for name, (least, most, _, _, up, down, rise) in units.items():
            level, on, start = cell[name]
            hand.row({level: 1, on: -least}, least=0)
            hand.row({level: 1, on: -most}, most=0)
            hand.row(
                {start: 1, on: -1} | ({cells[at - 1][name][1]: 1} if at else {}), least=0 if at else -(name == "a")
            )
            hand.row({cells[k][name][2]: 1 for k in range(max(at - up + 1, 0), at + 1)} | {on: -1}, most=0)
            since = {cells[k][name][2]: 1 for k in range(max(at - down + 1, 0), at + 1)}
            was = {cells[at - down][name][1]: 1} if at >= down else {}
            hand.row(since | was, most=1 - (at + 1 == down and name == "a"))
            if at:
                hand.row({level: 1, cells[at - 1][name][0]: -1}, most=rise)
    asked = 'families = ["material_balance"]\nobjective = "least_cost"\n'
    assert solved(tmp_path, tables, f"periods = {hours}\n", asked) == pytest.approx(hand.least(), rel=1e-9)


def test_lots_are_made_or_not_each_month(tmp_path: Path) -> None:
    """The twelve months in which H. M. Wagner and T. M. Whitin showed the dynamic lot size (1958): 864 dollars."""
    demand, setup = (
        [69, 29, 36, 61, 61, 26, 34, 67, 45, 67, 79, 56],
        [85, 102, 102, 101, 98, 114, 105, 86, 119, 110, 98, 114],
    )
    months = [f"m{at}" for at in range(12)]
    tables = {
        "products": "product,unit\nparts,pieces",
        "activities": "activity,product\nmaking,parts",
        "runs": f"activity,units,most\nmaking,1,{sum(demand)}",
        "stocks": "product\nparts",
        "final_use": lines(
            "product,use,period,value", *(f"parts,customers,{m},{n}" for m, n in zip(months, demand, strict=True))
        ),
        "costs": lines(
            "kind,measure,item,currency,period,value",
            "cost,stock,parts,dollars,*,1",
            *(f"cost,running,making,dollars,{m},{n}" for m, n in zip(months, setup, strict=True)),
        ),
    }
    asked = 'families = ["material_balance", "stock"]\nobjective = "least_cost"\n'
    assert solved(tmp_path, tables, f"periods = {months}\n", asked) == pytest.approx(864.0)


def test_a_workshop_hires_dismisses_stores_and_keeps_customers_waiting(tmp_path: Path) -> None:
    """Wages go on whether there is work or not; an order that waits is a stock of orders, which costs more than a stock of tools."""
    demand, months = [1600, 3000, 3200, 3800, 2200, 2200], [f"m{at}" for at in range(6)]
    price = {"wage": 640, "hired": 1800, "dismissed": 2500, "kept": 2, "waits": 5, "made": 10, "overtime": 34}
    tables = {
        "products": "product,unit,disposal\ntools,pieces,\norders,pieces,none\nsold,pieces,",
        "activities": "activity,product\nmaking,tools\novertime,tools\ndelivering,sold",
        "resources": "resource,unit,kind,initial,recruits,dismissals\nworkers,persons,labour,80,1000,yes",
        "coefficients": "activity,item,role,value\nmaking,workers,resource,0.025\ndelivering,tools,input,1\ndelivering,orders,input,1",
        "stocks": "product,initial\ntools,1000\norders,0",
        "final_use": lines(
            "product,use,period,value,credit",
            *(f"orders,customers,{m},{-n},yes" for m, n in zip(months, demand, strict=True)),
        ),
        "bounds": "measure,item,period,sense,value\nstock,tools,m5,at_least,500\nstock,orders,m5,exactly,0",
        "relations": "relation,period,sense,value\nten_hours,*,at_most,0",
        "relation_terms": "relation,measure,item,weight\nten_hours,activity,overtime,4\nten_hours,employment,workers,-10\n"
        "ten_hours,idle,workers,-10",
        "costs": lines(
            "kind,measure,item,currency,period,value",
            *(
                f"cost,{measure},{item},dollars,*,{price[name]}"
                for measure, item, name in (
                    ("employment", "workers", "wage"),
                    ("idle", "workers", "wage"),
                    ("recruited", "workers", "hired"),
                    ("dismissed", "workers", "dismissed"),
                    ("stock", "tools", "kept"),
                    ("stock", "orders", "waits"),
                    ("activity", "making", "made"),
                    ("activity", "overtime", "overtime"),
                )
            ),
        ),
    }
    hand, before = ByHand(), dict[str, int]()
    for at, wanted in enumerate(demand):
        now = {name: hand.column(each) for name, each in price.items()}
        was = {now["wage"]: 1.0, now["hired"]: -1.0, now["dismissed"]: 1.0} | ({before["wage"]: -1.0} if at else {})
        hand.row(was, least=0 if at else 80, most=0 if at else 80)
        hand.row({now["made"]: 1, now["wage"]: -40}, most=0)
        hand.row({now["overtime"]: 4, now["wage"]: -10}, most=0)
        flow = {now["made"]: 1, now["overtime"]: 1, now["kept"]: -1, now["waits"]: 1}
        come = {before["kept"]: 1, before["waits"]: -1} if at else {}
        hand.row(flow | come, least=wanted - 1000 * (not at), most=wanted - 1000 * (not at))
        before = now
    hand.row({before["kept"]: 1}, least=500)
    hand.row({before["waits"]: 1}, most=0)
    asked = 'families = ["material_balance", "stock", "labour", "training"]\nobjective = "least_cost"\n'
    assert solved(tmp_path, tables, f"periods = {months}\n", asked) == pytest.approx(hand.least(), rel=1e-9)


def test_a_haul_is_paid_for_by_the_case_and_as_such(tmp_path: Path) -> None:
    """Dantzig's transport problem with a charge for each way that is used at all."""
    supply, demand = {"seattle": 350, "san_diego": 600}, {"new_york": 325, "chicago": 300, "topeka": 275}
    ways = {
        ("seattle", "new_york"): (2.5, 30),
        ("seattle", "chicago"): (1.7, 20),
        ("seattle", "topeka"): (1.8, 10),
        ("san_diego", "new_york"): (2.5, 20),
        ("san_diego", "chicago"): (1.8, 30),
        ("san_diego", "topeka"): (1.4, 10),
    }
    tables = {
        "regions": lines("region", *supply, *demand),
        "products": "product,unit,place\ncases,cases,shipped",
        "activities": "activity,product\ncanning,cases",
        "coefficients": "activity,item,role,value\ncanning,cannery,capacity,1",
        "capacities": lines("capacity,unit,region,initial", *(f"cannery,cases,{r},{n}" for r, n in supply.items())),
        "links": lines("link,from,to,km,both", *(f"{a}_{b},{a},{b},{k},no" for (a, b), (k, _) in ways.items())),
        "carriage": "product,currency,per_km\ncases,dollars,0.09",
        "final_use": lines("product,region,use,period,value", *(f"cases,{r},shops,1,{n}" for r, n in demand.items())),
        "runs": lines("activity,region,units,most", *(f"cases,{a}>{b},1,{min(supply[a], demand[b])}" for a, b in ways)),
        "costs": lines(
            "kind,measure,item,region,currency,period,value",
            *(f"cost,running,cases,{a}>{b},dollars,*,{charge}" for (a, b), (_, charge) in ways.items()),
        ),
    }
    hand = ByHand()
    moved = {way: hand.column(0.09 * km) for way, (km, _) in ways.items()}
    for (a, b), (_, charge) in ways.items():
        hand.row({moved[a, b]: 1, hand.column(charge, 1, 1): -min(supply[a], demand[b])}, most=0)
    for town, cases in supply.items():
        hand.row({at: 1 for (a, _), at in moved.items() if a == town}, most=cases)
    for town, cases in demand.items():
        hand.row({at: 1 for (_, b), at in moved.items() if b == town}, least=cases)
    assert solved(tmp_path, tables, 'periods = ["1"]\n', CHEAPEST) == pytest.approx(hand.least(), rel=1e-9)


def test_works_are_chosen_under_the_outlays_of_each_year(tmp_path: Path) -> None:
    """Six works, one of the first two, the last only with the third; 14 in the first year and 8 in the second."""
    worth, first, second = [16, 22, 12, 8, 11, 19], [5, 7, 4, 3, 4, 6], [2, 3, 3, 2, 1, 4]
    works = [f"work_{at}" for at in range(6)]
    tables = {
        "products": "product,unit\nworks,pieces",
        "activities": lines("activity,product", *(f"{work},works" for work in works)),
        "runs": lines("activity,units,least,most", *(f"{work},1,1,1" for work in works)),
        "costs": lines(
            "kind,measure,item,currency,period,value,due",
            *(f"cost,running,{work},outlay,1,{each},0" for work, each in zip(works, first, strict=True)),
            *(f"cost,running,{work},outlay,1,{each},1" for work, each in zip(works, second, strict=True)),
            *(f"revenue,running,{work},worth,1,{each},0" for work, each in zip(works, worth, strict=True)),
        ),
        "bounds": "measure,item,period,sense,value\ncost,outlay,1,at_most,14\ncost,outlay,2,at_most,8",
        "relations": "relation,period,sense,value\neither,1,at_most,1\nonly_with,1,at_most,0",
        "relation_terms": "relation,measure,item,weight\neither,running,work_0,1\neither,running,work_1,1\n"
        "only_with,running,work_5,1\nonly_with,running,work_2,-1",
    }
    asked = 'families = ["material_balance"]\nobjective = "net_revenue"\n[money]\ncurrency = "worth"\n'
    best = max(
        sum(value for value, on in zip(worth, chosen, strict=True) if on)
        for chosen in itertools.product((0, 1), repeat=6)
        if np.dot(chosen, first) <= 14 and np.dot(chosen, second) <= 8
        if chosen[0] + chosen[1] <= 1 and chosen[5] <= chosen[2]
    )
    assert solved(tmp_path, tables, "", asked) == pytest.approx(best)


def test_oils_are_blended_within_limits_of_quality(tmp_path: Path) -> None:
    """Three crudes for three grades, each with octane of at least, and sulphur of at most, its norm."""
    crude = {"c1": (45, 12, 0.5), "c2": (35, 6, 2.0), "c3": (25, 8, 3.0)}  # price, octane, sulphur
    grade = {"g1": (70, 10, 1.0, 3000), "g2": (60, 8, 2.0, 2000), "g3": (50, 6, 1.0, 1000)}  # and what is wanted
    blends = list(itertools.product(crude, grade))
    quality = (("octane", 1, "at_least"), ("sulphur", 2, "at_most"))
    tables = {
        "products": lines("product,unit", *(f"{name},barrels" for name in (*grade, *crude))),
        "activities": lines(
            "activity,product", *(f"{c}_in_{g},{g}" for c, g in blends), *(f"buying_{c},{c}" for c in crude)
        ),
        "coefficients": lines("activity,item,role,value", *(f"{c}_in_{g},{c},input,1" for c, g in blends)),
        "relations": lines(
            "relation,period,sense,value", *(f"{name}_{g},*,{sense},0" for name, _, sense in quality for g in grade)
        ),
        "relation_terms": lines(
            "relation,measure,item,weight",
            *(f"{name}_{g},activity,{c}_in_{g},{crude[c][at]}" for name, at, _ in quality for c, g in blends),
            *(f"{name}_{g},output,{g},-{each[at]}" for name, at, _ in quality for g, each in grade.items()),
        ),
        "bounds": lines(
            "measure,item,period,sense,value",
            *(f"output,{c},1,at_most,5000" for c in crude),
            *(f"output,{g},1,exactly,{each[3]}" for g, each in grade.items()),
        ),
        "costs": lines(
            "kind,measure,item,currency,period,value",
            *(f"cost,activity,buying_{c},dollars,*,{each[0]}" for c, each in crude.items()),
            *(f"revenue,delivery,{g},dollars,*,{each[0]}" for g, each in grade.items()),
            *(f"cost,activity,{c}_in_{g},dollars,*,4" for c, g in blends),
        ),
    }
    hand = ByHand()
    used = {(c, g): hand.column(crude[c][0] + 4 - grade[g][0]) for c, g in blends}
    for c in crude:
        hand.row({used[c, g]: 1 for g in grade}, most=5000)
    for g, (_, octane, sulphur, wanted) in grade.items():
        hand.row({used[c, g]: 1 for c in crude}, least=wanted, most=wanted)
        hand.row({used[c, g]: crude[c][1] - octane for c in crude}, least=0)
        hand.row({used[c, g]: crude[c][2] - sulphur for c in crude}, most=0)
    asked = 'families = ["material_balance"]\nobjective = "net_revenue"\n'
    assert solved(tmp_path, tables, 'periods = ["1"]\n', asked) == pytest.approx(-hand.least(), rel=1e-9)
