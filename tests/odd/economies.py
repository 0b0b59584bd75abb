"""Small economies of which each lacks or has but one of something that sentences count."""

from collections.abc import Mapping

from tests.formulation.build import HEADING

Tables = dict[str, str]

ONE_GOOD: Mapping[str, str] = {
    "products": "product,name,unit\ncorn,Corn,t\n",
    "activities": "activity,name,product\nfarming,Farming,corn\n",
    "resources": "resource,name,unit,kind\nfields,Fields,ha,land\n",
    "coefficients": "activity,item,role,value\nfarming,fields,resource,1\n",
    "supply": "resource,period,value\nfields,*,50\n",
    "plans": "plan,title\nplan,The plan\n",
    "targets": "plan,measure,item,period,value\nplan,output,corn,2,100\n",
    "actuals": "measure,item,period,series,value,preferred\noutput,corn,1,yearbook,40,yes\n",
}

TWO_GOODS: Mapping[str, str] = {
    "products": "product,name,unit,price\ncorn,Corn,t,1\niron,Iron,t,2\n",
    "activities": "activity,name,product\nfarming,Farming,corn\nsmelting,Smelting,iron\n",
    "resources": "resource,name,unit,kind\nhands,Hands,persons,labour\nfields,Fields,ha,land\n",
    "coefficients": "activity,item,role,value\nfarming,hands,resource,1\nfarming,fields,resource,1\n"
    "smelting,hands,resource,2\nsmelting,corn,input,0.5\n",
    "supply": "resource,period,value\nhands,*,100\nfields,*,80\n",
    "plans": "plan,title\nplan,The plan\n",
    "targets": "plan,measure,item,period,value\nplan,output,corn,2,60\nplan,output,iron,2,60\n",
    "actuals": "measure,item,period,series,value,preferred\noutput,corn,1,yearbook,40,yes\noutput,iron,1,yearbook,10,yes\n",
}


def with_ranges(text: str, down: float = 0.9, up: float = 1.1, only: int | None = None) -> str:
    """A table whose last column, ``value``, has a range in every row, or in one only."""
    lines = text.strip().splitlines()
    told = [f"{lines[0]},low,high"]
    for number, line in enumerate(lines[1:]):
        value = float(line.rsplit(",", 1)[1])
        ranged = only is None or number == only
        told.append(f"{line},{value * down:g},{value * up:g}" if ranged else f"{line},,")
    return "\n".join(told) + "\n"


def odd() -> dict[str, tuple[Tables, str]]:
    """Tables and heading of every odd economy, by what is odd about it."""
    one, two = dict(ONE_GOOD), dict(TWO_GOODS)
    eaten = {"population": "period,value\n*,10\n", "consumption": "product,per_head\ncorn,2\n"}
    heading = HEADING + 'default_plan = "plan"\n'
    figures = two["targets"]
    found = {
        "one good and one figure": one,
        "one figure that is met": {**one, "targets": one["targets"].replace("100", "50")},
        "one figure with room to spare": {**one, "targets": one["targets"].replace("100", "5")},
        "one number with a range": {**one, "supply": with_ranges(one["supply"])},
        "a figure with a range alone": {**one, "targets": with_ranges(one["targets"], 0.4, 1.0)},
        "within reach": {**one, "supply": with_ranges(one["supply"], 0.5, 3.0)},
        "two goods, no range": two,
        "two goods, one range": {**two, "coefficients": with_ranges(two["coefficients"], only=0)},
        "two goods, all ranges": {
            **two, "coefficients": with_ranges(two["coefficients"]), "supply": with_ranges(two["supply"]),
            "targets": with_ranges(figures, 0.95, 1.0),
        },
        "all figures met": {**two, "targets": figures.replace("60", "10")},
        "no figure met": {**two, "targets": figures.replace("60", "600")},
        "one of two met": {**two, "targets": figures.replace("corn,2,60", "corn,2,6")},
        "a hard figure": {**two, "targets": figures.replace("value", "value,hard").replace("corn,2,60", "corn,2,6,yes")
                          .replace("iron,2,60", "iron,2,60,no")},
        "no labour": {**two, "resources": two["resources"].replace("hands,Hands,persons,labour\n", ""),
                      "supply": two["supply"].replace("hands,*,100\n", ""),
                      "coefficients": "\n".join(x for x in two["coefficients"].split("\n") if "hands" not in x)},
        "households": {**two, **eaten},
        "an empty region": {**two, **eaten, "population": "period,value\n*,1000\n"},
        "no plan": {name: text for name, text in two.items() if name not in ("plans", "targets")},
        "no actuals": {name: text for name, text in two.items() if name != "actuals"},
        "names that look like markup": {
            **two, "plans": "plan,title\nplan,[bold]A [/] plan[as] of :smile: 100 %\n",
            "products": "product,name,unit,price\ncorn,[red]Corn,t,1\niron,鋼鉄,t,2\n",
        },
        "long names": {
            **two, "products": f"product,name,unit,price\ncorn,{'Corn of many kinds ' * 8},t of grain,1\niron,Iron,t,2\n",
        },
    }  # fmt: skip
    result = {name: (tables, heading) for name, tables in found.items()}
    result["no plan"] = (found["no plan"], HEADING)
    single = heading.replace('["1", "2"]', '["1"]')
    result["one period"] = ({name: text.replace(",2,", ",1,") for name, text in two.items()}, single)
    return result
