"""More models of textbooks through the tables: each against its printed optimum, or a program written out by hand."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from tests.known_answers.test_posed import CHEAPEST, ByHand, lines, solved

BALANCED = 'families = ["material_balance"]\nobjective = "least_cost"\n'


def test_a_diet_is_eaten_at_least_cost(tmp_path: Path) -> None:
    """V. Chvátal, Linear Programming (1983), chapter 1: oatmeal, milk and cherry pie for 92.5 cents."""
    food = {  # energy, protein, calcium, cents, most servings
        "oatmeal": (110, 4, 2, 3, 4),
        "chicken": (205, 32, 12, 24, 3),
        "eggs": (160, 13, 54, 13, 2),
        "milk": (160, 8, 285, 9, 8),
        "cherry_pie": (420, 4, 22, 20, 2),
        "pork_with_beans": (260, 14, 80, 19, 2),
    }
    need = {"energy": 2000, "protein": 55, "calcium": 800}
    tables = {
        "products": "product,unit\nenergy,kcal\nprotein,g\ncalcium,mg",
        "activities": lines("activity,product,unit", *(f"{name},energy,servings" for name in food)),
        "coefficients": lines(
            "activity,item,role,value",
            *(f"{name},{part},output,{n}" for name, each in food.items() for part, n in zip(need, each, strict=False)),
        ),
        "final_use": lines("product,use,period,value", *(f"{part},body,1,{n}" for part, n in need.items())),
        "bounds": lines(
            "measure,item,period,sense,value", *(f"activity,{f},1,at_most,{n[4]}" for f, n in food.items())
        ),
        "costs": lines(
            "kind,measure,item,currency,period,value", *(f"cost,activity,{f},cents,1,{n[3]}" for f, n in food.items())
        ),
    }
    assert solved(tmp_path, tables, 'periods = ["1"]\n', BALANCED) == pytest.approx(92.5)


def test_a_farmer_sows_before_the_weather_is_known(tmp_path: Path) -> None:
    """J. Birge and F. Louveaux, Introduction to Stochastic Programming: 108,390 dollars, in the mean of three kinds of weather.

    Kinds of weather are parts of the year, each as long as it is likely: fields are what stands in all of them.
    """
    weather = {"good": 1.2, "fair": 1.0, "bad": 0.8}
    crops = {"wheat": (2.5, 150, 170), "corn": (3.0, 230, 150), "beets": (20.0, 260, 36)}  # t, dollars an acre, and a t
    fodder = {"wheat": (200, 238), "corn": (240, 210)}  # t, and dollars a t where it is bought
    tables = {
        "periods": lines("period,length,part_of", *(f"1.{name},{1 / 3},1" for name in weather)),
        "products": lines("product,unit", *(f"{crop},t" for crop in crops)),
        "resources": "resource,unit\nland,acres",
        "supply": f"resource,period,value\nland,*,{500 / 3}",
        "activities": lines(
            "activity,product,unit", *(f"growing_{c},{c},acres" for c in crops), *(f"buying_{c},{c}," for c in fodder)
        ),
        "capacities": lines("capacity,unit,initial,gestation", *(f"{crop}_field,acres,0,0" for crop in crops)),
        "upkeep": lines("capacity,item,value", *(f"{crop}_field,land,1" for crop in crops)),
        "coefficients": lines(
            "activity,item,role,value,from_period",
            *(f"growing_{crop},{crop}_field,capacity,1," for crop in crops),
            *(f"growing_{c},{c},output,{each[0] * n},1.{w}" for c, each in crops.items() for w, n in weather.items()),
        ),
        "final_use": lines("product,use,period,value", *(f"{c},cattle,*,{n / 3}" for c, (n, _) in fodder.items())),
        "costs": lines(
            "kind,measure,item,currency,period,value",
            *(f"cost,start,{crop}_field,dollars,1.good,{sown}" for crop, (_, sown, _) in crops.items()),
            *(f"revenue,delivery,{crop},dollars,*,{price}" for crop, (_, _, price) in crops.items()),
            *(f"cost,activity,buying_{crop},dollars,*,{price}" for crop, (_, price) in fodder.items()),
        ),
        "price_steps": "kind,measure,item,currency,period,above,value\nrevenue,delivery,beets,dollars,*,2000,10",
    }
    asked = CHEAPEST.replace("least_cost", "net_revenue").replace('"capacity",', '"capacity", "resource",')
    assert solved(tmp_path, tables, 'periods = ["1.good", "1.fair", "1.bad"]\n', asked) == pytest.approx(108_390)


def test_rolls_are_cut_by_patterns(tmp_path: Path) -> None:
    """V. Chvátal, chapter 13: of rolls of 100 inches no fewer than 453 are needed."""
    wanted = {45: 97, 36: 610, 31: 395, 14: 211}
    cuts = [
        cut
        for cut in itertools.product(range(3), range(3), range(4), range(8))
        if 86 < sum(map(int.__mul__, cut, wanted)) <= 100
    ]
    patterns = {"_".join(f"p{n}" for n in cut): cut for cut in cuts}
    tables = {
        "products": lines("product,unit", *(f"w{width},rolls" for width in wanted)),
        "activities": lines("activity,product", *(f"{name},w14" for name in patterns)),
        "coefficients": lines(
            "activity,item,role,value",
            *(f"{p},w{width},output,{n}" for p, cut in patterns.items() for width, n in zip(wanted, cut, strict=True)),
        ),
        "runs": lines("activity,units,least,most", *(f"{p},610,1,1" for p in patterns)),
        "final_use": lines("product,use,period,value", *(f"w{width},mills,1,{n}" for width, n in wanted.items())),
        "costs": lines("kind,measure,item,currency,period,value", *(f"cost,running,{p},rolls,1,1" for p in patterns)),
    }
    assert solved(tmp_path, tables, 'periods = ["1"]\n', BALANCED) == pytest.approx(453)


def test_a_pit_is_dug_from_above(tmp_path: Path) -> None:
    """Blocks of H. P. Williams' opencast mine: each lies under four, and is worth 2,000 pounds a per cent of metal less its digging."""
    metal = {
        1: ("1.5 1.5 1.5 0.75", "1.5 2 1.5 0.75", "1 1 0.75 0.5", "0.75 0.75 0.5 0.25"),
        2: ("4 4 2", "3 3 1", "2 2 0.5"),
        3: ("12 6", "5 4"),
        4: ("6",),
    }
    digging = {1: 3000, 2: 6000, 3: 8000, 4: 10_000}
    worth = {
        f"b{level}{row}{at}": 2000 * float(each) - digging[level]
        for level, rows in metal.items()
        for row, text in enumerate(rows)
        for at, each in enumerate(text.split())
    }
    under = [
        (f"b{level}{row}{at}", f"b{level - 1}{row + down}{at + right}")
        for level, rows in metal.items()
        if level > 1
        for row, at, down, right in itertools.product(range(len(rows)), range(len(rows)), (0, 1), (0, 1))
    ]
    tables = {
        "products": "product,unit\nore,blocks",
        "activities": lines("activity,product", *(f"{block},ore" for block in worth)),
        "runs": lines("activity,units,least,most", *(f"{block},1,1,1" for block in worth)),
        "relations": lines("relation,period,sense,value", *(f"{a}_{b},*,at_most,0" for a, b in under)),
        "relation_terms": lines(
            "relation,measure,item,weight",
            *(f"{a}_{b},running,{each},{sign}" for a, b in under for each, sign in ((a, 1), (b, -1))),
        ),
        "costs": lines(
            "kind,measure,item,currency,period,value",
            *(f"{'revenue' if n > 0 else 'cost'},running,{block},pounds,*,{abs(n)}" for block, n in worth.items()),
        ),
    }
    hand = ByHand()
    dug = {block: hand.column(-n, 1, 1) for block, n in worth.items()}
    for a, b in under:
        hand.row({dug[a]: 1, dug[b]: -1}, most=0)
    asked = BALANCED.replace("least_cost", "net_revenue")
    assert solved(tmp_path, tables, 'periods = ["1"]\n', asked) == pytest.approx(-hand.least())


def test_bonds_pay_what_falls_due(tmp_path: Path) -> None:
    """The cheapest holding whose coupons, ends and deposits at 2 % a year meet payments of five years."""
    bonds = {"x": (102, 5, 2), "y": (99, 3.5, 4), "z": (101, 4.2, 5)}  # price, coupon of a 100, and years
    due = [0, 120, 80, 150, 60, 210]
    years = [str(at) for at in range(6)]
    tables = {
        "products": "product,unit\ndeposits,crowns\nbonds,pieces",
        "activities": lines("activity,product", "saving,deposits", *(f"buying_{bond},bonds" for bond in bonds)),
        "bounds": lines(
            "measure,item,period,sense,value",
            *(f"activity,buying_{bond},1..5,at_most,0" for bond in bonds),
            *(f"net_revenue,crowns,{year},at_least,{n}" for year, n in zip(years[1:], due[1:], strict=True)),
        ),
        "costs": lines(
            "kind,measure,item,currency,period,value,due,times",
            "cost,activity,saving,crowns,*,1,0,1",
            "revenue,activity,saving,crowns,*,1.02,1,1",
            *(f"cost,activity,buying_{b},crowns,0,{price},0,1" for b, (price, _, _) in bonds.items()),
            *(f"revenue,activity,buying_{b},crowns,0,{coupon},1,{n}" for b, (_, coupon, n) in bonds.items()),
            *(f"revenue,activity,buying_{b},crowns,0,100,{n},1" for b, (_, _, n) in bonds.items()),
        ),
    }
    hand = ByHand()
    held = {bond: hand.column(price) for bond, (price, _, _) in bonds.items()}
    saved = [hand.column(1 if year == 0 else 0) for year in range(6)]
    for year in range(1, 6):
        paid = {held[b]: coupon + 100 * (n == year) for b, (_, coupon, n) in bonds.items() if year <= n}
        hand.row(paid | {saved[year - 1]: 1.02, saved[year]: -1}, least=due[year])
    asked = BALANCED.replace("least_cost", "own") + (
        '[own]\nsense = "max"\nterms = [{ measure = "net_revenue", item = "crowns", period = "0" }]\n'
    )
    heading = f'base_period = "start"\nperiods = {years}\n'
    assert solved(tmp_path, tables, heading, asked) == pytest.approx(-hand.least(), rel=1e-9)


def test_a_forest_is_felled_evenly(tmp_path: Path) -> None:
    """Land of three ages, ten years a step, felled land planted anew; each cut within a tenth of the one before, 60 ha left old."""
    there, timber, price, rate = [40, 30, 80], {1: 90, 2: 170}, [30, 28, 25, 25], 0.4
    steps, older = [f"d{at}" for at in range(4)], {0: 1, 1: 2, 2: 2}
    tables = {
        "products": "product,unit\nage_0,ha\nage_1,ha\nage_2,ha\nbare,ha\ntimber,m3",
        "activities": lines(
            "activity,product",
            "planting,age_0",
            *(f"leaving_{age},age_{then}" for age, then in older.items()),
            *(f"felling_{age},timber" for age in timber),
        ),
        "coefficients": lines(
            "activity,item,role,value,lead",
            "planting,bare,input,1,1",
            *(f"leaving_{age},age_{age},input,1,1" for age in older),
            *(
                f"felling_{a},age_{a},input,1,\nfelling_{a},bare,output,1,\nfelling_{a},timber,output,{n},"
                for a, n in timber.items()
            ),
        ),
        "opening": lines(
            "kind,key,period,value",
            *(
                f"activity,{begun},d0,{n}"
                for begun, n in zip(("planting", "leaving_0", "leaving_1"), there, strict=True)
            ),
        ),
        "relations": "relation,period,sense,value\nno_more,*,at_most,0\nno_less,*,at_least,0",
        "relation_terms": lines(
            "relation,measure,item,lag,weight",
            *(
                f"{name},output,timber,{lag},{n}"
                for name, most in (("no_more", 1.1), ("no_less", 0.9))
                for lag, n in ((0, 1), (1, -most))
            ),
        ),
        "bounds": "measure,item,period,sense,value\ndelivery,age_2,d3,at_least,60",
        "costs": lines(
            "kind,measure,item,currency,period,value",
            *(f"revenue,delivery,timber,crowns,{d},{n}" for d, n in zip(steps, price, strict=True)),
        ),
    }
    hand = ByHand()
    land: list[dict[int, float]] = [{}, {}, {}]  # of each age as a step opens: what was there, or of columns
    before = dict[int, float]()
    for at, paid in enumerate(price):
        felled = {age: hand.column(-paid * n / (1 + rate) ** at) for age, n in timber.items()}
        left = {age: hand.column() for age in older}
        for age in older:
            known = there[age] if at == 0 else 0
            hand.row({left[age]: -1} | ({felled[age]: -1} if age else {}) | land[age], least=-known, most=-known)
        now = {felled[age]: float(n) for age, n in timber.items()}
        if before:
            hand.row(now | {c: -1.1 * n for c, n in before.items()}, most=0)
            hand.row(now | {c: -0.9 * n for c, n in before.items()}, least=0)
        land, before = [dict.fromkeys(felled.values(), 1.0), {left[0]: 1.0}, {left[1]: 1.0, left[2]: 1.0}], now
    hand.row({left[2]: 1}, least=60)
    heading = f"periods = {steps}\n[discounting]\nrate = {rate}\n"
    asked = BALANCED.replace("least_cost", "net_revenue")
    assert solved(tmp_path, tables, heading, asked) == pytest.approx(-hand.least(), rel=1e-9)


def test_water_power_and_coal_share_a_load(tmp_path: Path) -> None:
    """A reservoir is as full at the end as at the start; carbon is taxed and, over the year, capped."""
    inflow, load, months = [60, 90, 40, 20], [100, 80, 110, 130], [f"m{at}" for at in range(4)]
    plant = {"coal": (60, 20, 1.0), "gas": (80, 35, 0.4)}  # most, price, t of carbon a MWh
    tables = {
        "products": "product,unit\npower,MWh\nwater,m3\ncarbon,t",
        "activities": "activity,product\nturbines,power\ncoal,power\ngas,power",
        "coefficients": lines(
            "activity,item,role,value",
            "turbines,water,input,2",
            *(f"{name},power,output,1\n{name},carbon,output,{each[2]}" for name, each in plant.items()),
        ),
        "stocks": "product,initial,limit\nwater,50,100",
        "final_use": lines(
            "product,use,period,value,credit",
            *(f"power,load,{m},{n}," for m, n in zip(months, load, strict=True)),
            *(f"water,rain,{m},-{n},yes" for m, n in zip(months, inflow, strict=True)),
        ),
        "bounds": lines(
            "measure,item,period,sense,value",
            "stock,water,m3,at_least,50\ndelivery,carbon,m0..m3,at_most,170\nactivity,turbines,*,at_most,40",
            *(f"activity,{name},*,at_most,{each[0]}" for name, each in plant.items()),
        ),
        "costs": lines(
            "kind,measure,item,currency,period,value",
            *(f"cost,activity,{name},EUR,*,{each[1]}" for name, each in plant.items()),
            "cost,delivery,carbon,EUR,*,12",
        ),
    }
    hand = ByHand()
    kept, carbon = None, {}
    for at in range(4):
        drop, store = hand.column(0, 40), hand.column(0, 100)
        burnt = {hand.column(price + 12 * dirt, most): dirt for most, price, dirt in plant.values()}
        carbon |= burnt
        hand.row({drop: 1} | dict.fromkeys(burnt, 1), least=load[at])
        hand.row({drop: 2, store: 1} | ({} if kept is None else {kept: -1}), most=inflow[at] + 50 * (kept is None))
        kept = store
    hand.row({store: 1}, least=50)
    hand.row(carbon, most=170)
    asked = BALANCED.replace('"material_balance"', '"material_balance", "stock"')
    assert solved(tmp_path, tables, f"periods = {months}\n", asked) == pytest.approx(hand.least(), rel=1e-9)


def test_lots_of_two_goods_share_a_machine_that_must_be_set_up(tmp_path: Path) -> None:
    """Setting up takes hours of the machine, as making does."""
    goods = {
        "a": (40, [20, 35, 15, 40], 1.0, 8, 2),
        "b": (60, [30, 10, 45, 20], 1.5, 12, 3),
    }  # set-up, demand, hours, hours of it, keeping
    weeks, hours = [f"w{at}" for at in range(4)], 90
    tables = {
        "products": lines("product,unit", *(f"{good},pieces" for good in goods)),
        "activities": lines("activity,product", *(f"making_{good},{good}" for good in goods)),
        "runs": lines("activity,units,most", *(f"making_{good},1,{sum(each[1])}" for good, each in goods.items())),
        "stocks": lines("product", *goods),
        "final_use": lines(
            "product,use,period,value",
            *(f"{good},shops,{w},{n}" for good, each in goods.items() for w, n in zip(weeks, each[1], strict=True)),
        ),
        "resources": "resource,unit\nmachine,hours",
        "supply": f"resource,period,value\nmachine,*,{hours}",
        "coefficients": lines(
            "activity,item,role,value", *(f"making_{g},machine,resource,{n[2]}" for g, n in goods.items())
        ),
        "run_inputs": lines(
            "activity,item,measure,value", *(f"making_{g},machine,running,{n[3]}" for g, n in goods.items())
        ),
        "costs": lines(
            "kind,measure,item,currency,period,value",
            *(f"cost,running,making_{g},EUR,*,{each[0]}\ncost,stock,{g},EUR,*,{each[4]}" for g, each in goods.items()),
        ),
    }
    hand, kept = ByHand(), dict[str, int]()
    for at in range(4):
        busy: dict[int, float] = {}
        for good, (setup, demand, each, ready, keeping) in goods.items():
            made, on, store = hand.column(), hand.column(setup, 1, 1), hand.column(keeping)
            hand.row({made: 1, on: -sum(demand)}, most=0)
            hand.row({made: 1, store: -1} | ({kept[good]: 1} if at else {}), least=demand[at])
            busy |= {made: each, on: ready}
            kept[good] = store
        hand.row(busy, most=hours)
    asked = BALANCED.replace('"material_balance"', '"material_balance", "resource", "stock"')
    assert solved(tmp_path, tables, f"periods = {weeks}\n", asked) == pytest.approx(hand.least(), rel=1e-7)


def test_a_line_with_losses_joins_wind_and_a_store(tmp_path: Path) -> None:
    """Wind, gas, converters of a store and the line are built for a typical day of four parts of six hours; carbon is capped."""
    wind, load = {"N": [0.6, 0.5, 0.2, 0.4], "S": [0.2, 0.1, 0.3, 0.2]}, {"N": [5, 4, 6, 8], "S": [20, 30, 28, 35]}
    built = {"wind_park": 60, "gas_plant": 40, "converter": 15, "line": 8}  # EUR a MW
    parts, sides = [f"day.{at}" for at in range(4)], ("N", "S")
    tables = {
        "regions": "region\nN\nS",
        "periods": lines("period,length,part_of", *(f"{part},6,day" for part in parts)),
        "products": "product,unit,place\npower,MWh,shipped\nstored,MWh,local\ncarbon,t,pool",
        "activities": "activity,product\nwind,power\ngas,power\ncharging,stored\ndischarging,power",
        "coefficients": lines(
            "activity,item,role,value,from_period,region",
            *(
                f"wind,wind_park,capacity,{1 / n:.12g},{part},{side}"
                for side in sides
                for part, n in zip(parts, wind[side], strict=True)
            ),
            "gas,gas_plant,capacity,1,,\ngas,power,output,1,,\ngas,carbon,output,0.4,,",
            "charging,power,input,1.25,,\ncharging,converter,capacity,1,,",
            "discharging,stored,input,1,,\ndischarging,converter,capacity,1,,",
        ),
        "capacities": lines(
            "capacity,unit,initial,gestation,region",
            *(f"{plant},MW,0,0,{side}" for plant in ("wind_park", "gas_plant", "converter") for side in sides),
            "line,MW,2,0,",
        ),
        "links": "link,from,to,km\nline,N,S,100",
        "carriage": "product,item,per_unit\npower,power,0.05",
        "stocks": lines("product,region,limit,carried", *(f"stored,{side},30,round" for side in sides)),
        "final_use": lines(
            "product,region,use,period,value",
            *(f"power,{s},load,{part},{n}" for s in sides for part, n in zip(parts, load[s], strict=True)),
        ),
        "bounds": "measure,item,period,sense,value\ndelivery,carbon,day,at_most,20",
        "costs": lines(
            "kind,measure,item,region,currency,period,value",
            *(f"cost,start,{n},{s},EUR,*,{each}" for n, each in built.items() if n != "line" for s in sides),
            f"cost,start,line,,EUR,*,{built['line']}",
            *(f"cost,activity,gas,{side},EUR,*,50" for side in sides),
        ),
    }
    hand, carbon = ByHand(), dict[int, float]()
    park, gas, turned = ({s: hand.column(built[n]) for s in sides} for n in ("wind_park", "gas_plant", "converter"))
    line = hand.column(built["line"])
    first, before = dict[str, int](), dict[str, int]()
    for at in range(4):
        sent = {side: hand.column() for side in sides}
        for there in sent.values():
            hand.row({there: 1, line: -6}, most=12)
        for side, other in zip(sides, reversed(sides), strict=True):
            blown, burnt, into, out, kept = (
                hand.column(),
                hand.column(50),
                hand.column(),
                hand.column(),
                hand.column(0, 30),
            )
            hand.row({blown: 1, park[side]: -6 * wind[side][at]}, most=0)
            hand.row({burnt: 1, gas[side]: -6}, most=0)
            hand.row({into: 1, out: 1, turned[side]: -6}, most=0)
            hand.row({blown: 1, burnt: 1, out: 1, into: -1.25, sent[other]: 1, sent[side]: -1.05}, least=load[side][at])
            if at:
                hand.row({before[side]: 1, into: 1, out: -1, kept: -1}, least=0)
            else:
                first |= {side: kept}
            before[side] = kept
            carbon[burnt] = 0.4
            if not at:
                first[f"{side} in"], first[f"{side} out"] = into, out
    for side in sides:
        hand.row({before[side]: 1, first[f"{side} in"]: 1, first[f"{side} out"]: -1, first[side]: -1}, least=0)
    hand.row(carbon, most=20)
    asked = CHEAPEST.replace('"capacity",', '"capacity", "stock",')
    assert solved(tmp_path, tables, f"periods = {parts}\n", asked) == pytest.approx(hand.least(), rel=1e-7)
