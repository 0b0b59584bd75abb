"""Family ``project``: against plain linear programs with the works written in by hand, and against building by the unit."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.answers.pose import pose
from planner.economy import Economy, load
from planner.formulation import Formulation, Question, formulate, load_question
from planner.formulation.projects.requirements import ProjectRules
from planner.formulation.question import ObjectiveTerm
from planner.reporting.tables.plan import Reader, balances_table, capacities_table
from planner.solver.highs import Session, SolveOptions
from planner.solver.mixed import in_parts
from planner.solver.solution import Solution

T = 5
FILES = {
    "economy.toml": 'schema = 1\ntitle = "Iron and cloth"\nbase_period = "0"\nperiods = ["1", "2", "3", "4", "5"]\n'
    'value_unit = "crowns"\ndefault_plan = "big"\n',
    "products.csv": "product,unit,price\niron,t,2\ncloth,t,\n",
    "activities.csv": "activity,product\nsmelting,iron\nweaving,cloth\n",
    "coefficients.csv": "activity,item,role,value\nsmelting,workers,resource,1\nsmelting,furnaces,capacity,1\n"
    "weaving,iron,input,0.2\nweaving,workers,resource,0.5\nweaving,mills,capacity,1\n",
    "capacities.csv": "capacity,unit,initial,retirement,gestation,growth_limit,growth_floor\n"
    "furnaces,t,10,0.1,1,{growth},{floor}\nmills,t,0,0.05,2,{mills},\n",
    "investment.csv": "capacity,item,year,value\nfurnaces,iron,1,0.5\nfurnaces,workers,1,1\n"
    "mills,iron,1,0.3\nmills,iron,2,0.2\nmills,ground,1,1\n",
    "resources.csv": "resource,unit,kind\nworkers,persons,labour\nground,t,site\n",
    "supply.csv": "resource,period,value\nworkers,*,30\nground,*,{ground}\n",
    "final_use.csv": "product,use,period,value\niron,other,*,1\n",
    "plans.csv": "plan,title\nbig,\n",
    "targets.csv": "plan,measure,item,period,value\nbig,output,iron,5,20\nbig,output,cloth,5,8\n",
    "pipeline.csv": "capacity,period,value\nfurnaces,2,1\nfurnaces,3,0.5\n",
}
HEADER = "project,capacity,size,gestation,earliest,latest,share_first_year,begun"


def economy(
    projects: Sequence[str] = (),
    goods: Sequence[str] = (),
    rules: Sequence[str] = (),
    *,
    growth: str = "0.3",
    floor: str = "1",
    mills: str = "",
    ground: float = 3.0,
) -> Economy:
    """The economy of this file, read from a folder like any other."""
    numbers = {"{growth}": growth, "{floor}": floor, "{mills}": mills, "{ground}": str(ground)}
    with tempfile.TemporaryDirectory() as folder:
        for name, text in FILES.items():
            written = text
            for mark, number in numbers.items():
                written = written.replace(mark, number)
            (Path(folder) / name).write_text(written)
        tables = {
            "projects": (HEADER, projects),
            "project_goods": ("project,item,year,value", goods),
            "project_rules": ("project,rule,other", rules),
        }
        for name, (header, rows) in tables.items():
            if rows:
                (Path(folder) / f"{name}.csv").write_text("\n".join([header, *rows]) + "\n")
        return load(folder)


def asked(*, divisible: str = "all", **options: object) -> Question:
    """The shipped question about projects, with other options."""
    question = load_question("projects")
    return replace(question, projects=ProjectRules(divisible=divisible, **options))  # type: ignore[arg-type]


def solved(formulation: Formulation) -> Solution:
    return Session(SolveOptions(gap=0.0)).solve(formulation.program)


def share(facts: Economy, question: Question) -> float:
    solution = solved(formulate(facts, question, "big"))
    assert solution.optimal
    return solution.objective


def divisible(facts: Economy) -> float:
    """The share that building by the unit reaches."""
    return share(facts, load_question("attainment"))


# -- the divisible model stays what it was ------------------------------------------------------------------------------


def test_without_the_family_there_is_no_column_and_no_number_changes() -> None:
    formulation = pose("ussr_1928", model="attainment", plan="raised_1929_12")
    assert formulation.variables.project_start.size == 0
    assert not formulation.program.integer.any()
    assert solved(formulation).objective == pytest.approx(0.4816607649, abs=1e-9)
    works = ["north,mills,4,2,,,,"]
    assert divisible(economy(works)) == divisible(economy())


# -- against every programme, each as a plain linear program ------------------------------------------------------------

PROJECTS = {  # capacity, size, gestation, allowed starts; then goods by building year
    "north": ("mills", 4.0, 2, (0, 1, 2), {("iron", 1): 0.7, ("iron", 2): 1.1, ("workers", 1): 6.0}),
    "south": ("mills", 3.0, 3, (0, 1), {("iron", 1): 0.2, ("iron", 3): 0.9}),
    "smelter": ("furnaces", 5.0, 1, (1, 2, 3), {("iron", 1): 1.5, ("workers", 1): 2.0}),
}


def works_economy(rules: Sequence[str] = (), growth: str = "") -> Economy:
    """No limit to projects; with ``growth`` 0 nothing is built by the unit."""
    rows = [f"{name},{k},{size},{lag},{t[0] + 1},{t[-1] + 1},," for name, (k, size, lag, t, _) in PROJECTS.items()]
    goods = [f"{n},{item},{year},{v}" for n, p in PROJECTS.items() for (item, year), v in p[4].items()]
    return economy(rows, goods, rules, growth=growth, floor="0", mills=growth, ground=1000.0)


def programmes() -> Iterator[dict[str, int]]:
    """Every choice of starts."""
    choices = [[None, *PROJECTS[name][3]] for name in PROJECTS]
    for starts in itertools.product(*choices):
        yield {name: t for name, t in zip(PROJECTS, starts, strict=True) if t is not None}


def written_in(facts: Economy, starts: dict[str, int]) -> Economy:
    """The economy with works standing in its pipeline, their goods in final use and their hands taken from the supply."""
    pipeline, use, supply = [facts.tables[n] for n in ("pipeline", "final_use", "supply")]
    for name, start in starts.items():
        k, size, lag, _, goods = PROJECTS[name]
        if start + lag < T:
            pipeline = pd.concat(
                [pipeline, pd.DataFrame([{"capacity": k, "period": str(start + lag + 1), "value": size}])]
            )
        for (item, year), value in goods.items():
            t = start + year - 1
            if t >= T:
                continue
            if item == "iron":
                use = pd.concat(
                    [use, pd.DataFrame([{"product": item, "use": name, "period": str(t + 1), "value": value}])]
                )
            else:
                supply = pd.concat([supply, pd.DataFrame([{"resource": item, "period": str(t + 1), "value": -value}])])
    tables = {**facts.tables, "pipeline": pipeline, "final_use": use, "supply": supply}
    return replace(facts, tables={name: frame.reset_index(drop=True) for name, frame in tables.items()})


@pytest.mark.parametrize(
    ("rules", "kept"),
    [
        ((), lambda starts: True),
        (("north,excludes,south",), lambda starts: not {"north", "south"} <= set(starts)),
        (  # on stream no earlier: 3 periods for the south, 1 for the smelter
            ("south,requires,smelter",),
            lambda starts: (
                "south" not in starts or ("smelter" in starts and starts["smelter"] + 1 <= starts["south"] + 3)
            ),
        ),
    ],
    ids=["free", "excludes", "requires"],
)
def test_best_programme_is_the_best_of_all(rules: tuple[str, ...], kept: object) -> None:
    facts, alone, plain = works_economy(rules), works_economy(growth="0"), load_question("attainment")
    values = {tuple(s.items()): share(written_in(alone, s), plain) for s in programmes() if kept(s)}  # type: ignore[operator]
    formulation = formulate(facts, asked(divisible="none"), "big")
    solution = solved(formulation)
    best = max(values.values())
    assert solution.objective == pytest.approx(best, rel=1e-9)
    assert best > values[()] + 1e-6  # works matter here
    started = np.round(solution.block("project_start").reshape(-1, T))
    found = {name: int(np.argmax(row)) for name, row in zip(PROJECTS, started, strict=True) if row.any()}
    assert values[tuple(found.items())] == pytest.approx(best, rel=1e-9)


# -- against building by the unit ---------------------------------------------------------------------------------------


def at_norms(name: str, kind: str, size: float) -> str:
    """A project as durable, slow and dear as building by the unit; open in every period."""
    return f"{name},{kind},{size},{1 if kind == 'furnaces' else 2},,,,"


def test_without_lumps_and_with_open_windows_it_is_the_divisible_model() -> None:
    facts = economy([at_norms("f", "furnaces", 1000.0), at_norms("m", "mills", 1000.0)])
    for room in ("year", "carried"):
        formulation = formulate(facts, asked(divisible="none", room=room), "big")
        parts = Session().solve(in_parts(formulation.program))
        if room == "year":
            assert parts.objective == pytest.approx(divisible(facts), rel=1e-9)
        assert parts.objective >= divisible(facts) - 1e-9


SIZES = st.floats(0.2, 6.0).map(lambda x: round(x, 2))


@settings(max_examples=15, deadline=None)
@given(
    furnaces=st.lists(SIZES, max_size=2),
    mills=st.lists(SIZES, max_size=3),
    rule=st.sampled_from(["rest", "none", "all"]),
    ground=st.sampled_from([1.0, 3.0, 7.0]),
)
def test_whole_works_never_do_better_than_building_by_the_unit(
    furnaces: list[float], mills: list[float], rule: str, ground: float
) -> None:
    works = [at_norms(f"f{i}", "furnaces", size) for i, size in enumerate(furnaces)]
    works += [at_norms(f"m{i}", "mills", size) for i, size in enumerate(mills)]
    facts = economy(works, ground=ground)
    by_the_unit = divisible(facts)
    for break_in in ("coefficients", "share"):
        formulation = formulate(facts, asked(divisible=rule, room="year", break_in=break_in), "big")
        mixed, parts = solved(formulation), Session().solve(in_parts(formulation.program))
        assert mixed.objective <= parts.objective + 1e-9
        assert mixed.objective <= by_the_unit + 1e-9
        if rule == "all":
            assert mixed.objective == pytest.approx(by_the_unit, abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(sizes=st.lists(SIZES, min_size=1, max_size=3), kind=st.sampled_from(["furnaces", "mills"]), at=st.integers(2, 5))
def test_carried_room_never_gives_more_plant_than_the_unit(sizes: list[float], kind: str, at: int) -> None:
    """Unused room is carried over less retirement: plant at any date stays within what growth at the limit gives."""
    facts = economy([at_norms(f"p{i}", kind, size) for i, size in enumerate(sizes)])
    plant = (ObjectiveTerm("capacity", kind, str(at)),)
    plain = replace(
        load_question("attainment"),
        objective="own",
        terms=plant,
        families=("capacity", "capacity_accumulation", "growth_limit", "labour", "resource"),
    )
    mixed = replace(asked(divisible="rest"), objective="own", terms=plant, families=(*plain.families, "project"))
    most = solved(formulate(facts, plain)).objective
    assert solved(formulate(facts, mixed)).objective <= most + 1e-9


def test_a_work_beyond_a_years_room_waits_until_room_is_gathered() -> None:
    facts = economy(["big,mills,5,2,,,,"], ground=3.0)
    for room, possible in (("year", [False, False]), ("carried", [False, True])):
        program = formulate(facts, asked(divisible="rest", room=room), "big").program
        first = program.column_block["project_start"].start
        for start, there in enumerate(possible):  # 5 at once, where 3 a year can be begun, or 3 × 0.95 + 3
            lower = program.column_lower.copy()
            lower[first + start] = 1.0
            assert Session().solve(program.with_(column_lower=lower)).optimal == there


# -- options ------------------------------------------------------------------------------------------------------------


def test_kinds_without_old_plant_are_left_to_the_projects() -> None:
    facts = economy([at_norms("f", "furnaces", 0.8), at_norms("m", "mills", 4.0)])
    projects = formulate(facts, asked(divisible="rest"), "big").variables.projects
    assert projects.by_the_unit.tolist() == [True, False]  # mills: nothing stands, nothing is building
    assert projects.growth_floor.tolist() == [
        1.0,
        0.0,
    ]  # a floor above all projects of the kind is meant for more than these
    facts = economy([at_norms("f", "furnaces", 1.8), at_norms("m", "mills", 4.0)])
    assert formulate(facts, asked(divisible="rest"), "big").variables.projects.growth_floor.tolist() == [0.0, 0.0]
    assert formulate(facts, asked(divisible="all"), "big").variables.projects.growth_floor.tolist() == [1.0, 0.0]


def test_break_in_by_share_brings_the_rest_a_period_later() -> None:
    facts = economy(["m,mills,4,2,1,1,0.25,"], ground=1000.0)
    for break_in, plant in (("coefficients", [0, 0, 4, 3.8, 3.61]), ("share", [0, 0, 1, 3.95, 3.7525])):
        formulation = formulate(facts, asked(divisible="rest", break_in=break_in), "big")
        existing = solved(formulation).block("capacity_level").reshape(-1, T)[1]
        np.testing.assert_allclose(existing, plant, atol=1e-9)


def test_works_already_building_stay_in_the_pipeline_or_may_be_stopped() -> None:
    begun = "old,furnaces,1.2,2,,,,yes"  # in the pipeline: 1 in period 2 and 0.5 in period 3
    goods = ["old,iron,1,9", "old,iron,2,0.6"]  # the first year's are spent
    kept = economy([begun], goods)
    formulation = formulate(kept, asked(), "big")
    assert formulation.program.column_block["project_start"].unit.size == 0
    assert solved(formulation).objective == pytest.approx(divisible(economy()), rel=1e-12)
    stoppable = formulate(kept, asked(begun="stoppable"), "big")
    starts = stoppable.variables.projects.starts
    np.testing.assert_allclose(starts.already_counted[:5], [0, 1.0, 0.2, 0, 0])
    columns = stoppable.program.column_block["project_start"].slice
    assert stoppable.program.column_upper[columns].tolist() == [1, 0, 0, 0, 0]
    for keep, plant in ((1.0, [9, 9.1, 8.69]), (0.0, [9, 8.1, 7.59])):
        lower, upper = stoppable.program.column_lower.copy(), stoppable.program.column_upper.copy()
        lower[columns.start] = upper[columns.start] = keep
        upper[stoppable.program.column_block["construction_start"].slice] = 0.0
        solution = Session().solve(stoppable.program.with_(column_lower=lower, column_upper=upper))
        reader = Reader(stoppable, solution)
        np.testing.assert_allclose(solution.block("capacity_level")[:3], plant)
        np.testing.assert_allclose(reader.value(reader.plan.building)[:2], [0.6 * keep, 0.0])  # iron, period 1


def test_budget_rows_limit_spending() -> None:
    facts = works_economy()
    free = solved(formulate(facts, asked(divisible="none"), "big"))
    projects = formulate(facts, asked(divisible="none"), "big").variables.projects
    spent = projects.spending @ np.round(free.block("project_start"))
    assert spent.sum() > 4.0  # crowns: iron at 2
    for option, limit in (("budget", 4.0), ("budget_per_period", 2.0)):
        formulation = formulate(facts, asked(divisible="none", **{option: limit}), "big")
        solution = solved(formulation)
        within = formulation.variables.projects.spending @ np.round(solution.block("project_start"))
        assert (within.sum() if option == "budget" else within.max()) <= limit + 1e-9
        assert solution.objective < free.objective


def test_what_goods_leave_open_is_taken_at_norms() -> None:
    facts = economy(["f,furnaces,2,1,1,1,,"], ["f,iron,1,7"])
    projects = formulate(facts, asked(), "big").variables.projects
    assert projects.builds.toarray()[0, 0] == 7.0  # its own iron
    assert projects.employs.toarray()[0, 0] == 2.0  # hands at the norm of its kind, for none are named
    mills = formulate(economy(["m,mills,4,2,1,1,,"]), asked(), "big").variables.projects
    np.testing.assert_allclose(mills.builds.toarray()[:2, 0], [1.2, 0.8])
    assert mills.employs.nnz == 0
    assert mills.takes_sites.toarray()[T, 0] == 4.0  # ground is room, not a good


def test_measures_and_reports_count_projects() -> None:
    facts = works_economy()
    formulation = formulate(facts, asked(divisible="none"), "big")
    solution = solved(formulation)
    balances = balances_table(Reader(formulation, solution))
    signed = balances["quantity"].where(balances["side"] == "source", -balances["quantity"])
    assert signed.groupby([balances["product"], balances["period"]]).sum().abs().max() < 1e-9
    assert set(balances.loc[balances["entry"] == "building", "by"]) <= set(PROJECTS)
    plant = capacities_table(Reader(formulation, solution), solution)
    change = plant["before"] - plant["retired"] + plant["from_pipeline"] + plant["from_plan"] - plant["in_existence"]
    assert change.abs().max() < 1e-9
    reader = Reader(formulation, solution)
    spent = reader.plan.projects.spending @ reader.value(reader.plan.project_start)
    from planner.formulation.measures import COUNTED

    counted = reader.value(COUNTED["investment"].block(reader.facts, reader.plan)).reshape(-1, T).sum(axis=0)
    np.testing.assert_allclose(counted, spent)
