"""A plan played forward: books that balance, limits that hold, and what the rules may and may not do."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import planner
from planner.analysis.execution.benchmark import benchmark_of
from planner.analysis.execution.outcomes import outcomes
from planner.analysis.execution.play import Game, play
from planner.analysis.execution.record import Played
from planner.analysis.execution.setting import Setting, adopted
from planner.analysis.execution.stylised import stylised_facts
from planner.analysis.execution.world import World
from planner.answers.pose import pose
from planner.economy import DataError
from planner.economy.schema.stylised import NEUTRAL
from planner.formulation.execution.rules import ExecutionRules
from planner.shipped import shipped

ALLOCATIONS = ("proportional", "equal", "priority", "pool")
SITES = ("scattered", "finish_first")


@pytest.fixture(scope="module", params=["two_goods", pytest.param("ussr_1928", marks=pytest.mark.slow)])
def world(request: pytest.FixtureRequest) -> World:
    model = "five_year" if request.param == "two_goods" else "execution"
    plan = "ambitious" if request.param == "two_goods" else "ffyp_optimum"
    return World(benchmark_of(pose(request.param, model=model, plan=plan)))


@pytest.fixture(scope="module")
def small() -> World:
    return World(benchmark_of(pose("two_goods", model="five_year")))


def played(world: World, **rules: object) -> Played:
    own = world.benchmark.formulation.question.execution
    return play(Setting(world, replace(own, **rules)))


@pytest.mark.parametrize("allocation", ALLOCATIONS)
@pytest.mark.parametrize("tautness", [0.7, 1.0, 1.3, 2.2])
def test_the_books_balance_and_nothing_is_below_nothing(world: World, allocation: str, tautness: float) -> None:
    found = played(world, allocation=allocation, tautness=tautness, stop_below=0.5)
    book = found.record
    assert found.imbalance < 1e-9
    parts = (
        found.made,
        book.used,
        book.built,
        book.delivered,
        book.imported,
        book.pool,
        book.held,
        book.lost,
        book.plant,
    )
    assert all(part.min() > -1e-9 for part in parts)
    assert (found.households[np.isfinite(found.households)] <= 1 + 1e-9).all()


@pytest.mark.parametrize("allocation", ALLOCATIONS)
@pytest.mark.parametrize("sites", SITES)
def test_what_can_be_had_is_made_and_less_is_made_of_less(world: World, allocation: str, sites: str) -> None:
    for tautness, within in ((1.0, 0.02), (0.9, 0.03), (0.8, 0.03)):
        found = played(world, allocation=allocation, sites=sites, tautness=tautness)
        assert found.mean == pytest.approx(tautness, abs=within)


@pytest.mark.parametrize("allocation", ALLOCATIONS)
@pytest.mark.parametrize("targets", ["raise_all", "held", "cut_to_pace"])
def test_no_rule_beats_the_program_in_what_it_maximises(world: World, allocation: str, targets: str) -> None:
    best = world.benchmark.common
    for tautness in (1.0, 1.1, 1.5, 2.5):
        for sites in SITES if allocation != "pool" else ("scattered",):
            found = played(world, allocation=allocation, targets=targets, sites=sites, tautness=tautness)
            assert found.figures <= best + 1e-9


def test_the_first_month_of_two_goods_is_that_of_the_pencil(small: World) -> None:
    """The numbers of inputs/two_goods/README.md, worked out there on paper."""
    assert small.activity[:, 0].tolist() == pytest.approx([64.55, 20.0], rel=1e-6)
    assert small.starts[:, 0].tolist() == pytest.approx([0.0, 15.82], abs=1e-6)
    game = Game(Setting(small, ExecutionRules(tautness="adopted")))
    assert game.pool.tolist() == pytest.approx([1.5 * 64.55 / 12, 1.5 * 22.275 / 12], rel=1e-6)
    game.january(0)
    game.month(0, 0)
    assert game.record.x[:, 0].tolist() == pytest.approx([64.55 / 0.9 / 12, 20.0 / 12], rel=1e-6)
    assert game.pool.round(3).tolist() == [8.629, 2.578]
    assert game.hold.sum(axis=1).round(3).tolist() == [0.037, 0.0]
    assert game.sites.progress.max() == pytest.approx(1 / 12)
    assert game.record.hands[0] == pytest.approx(2 * 64.55 / 0.9 / 12 + 4 * 20 / 0.9 / 12, rel=1e-6)


def test_what_is_missing_at_one_goes_with_the_working_stock(small: World) -> None:
    short = [1.0 - played(small, allocation="pool", working_stock=stock).mean for stock in (0.5, 1.0, 1.5, 3.0)]
    assert short == sorted(short, reverse=True)
    assert short[0] > 0.01
    assert short[-1] < 1e-3


def test_steps_agree(world: World) -> None:
    large = (
        len(world.facts.products) > 2
    )  # of two goods one kind of plant is nearly all, and joins a month sooner or later
    for tautness in (0.8, 1.0, 1.1, 2.1) if large else (0.8, 1.0):
        found = [played(world, tautness=tautness, months=months).mean for months in (12, 24, 48)]
        assert max(found) - min(found) < 0.03, tautness


def test_more_of_a_limit_lowers_nothing_where_no_more_is_asked_than_can_be_had(small: World) -> None:
    before = played(small, tautness=0.9)
    for column in ("supply:resource=workers,period=*:value*=1.2", "capacities:capacity=furnaces:initial*=1.2"):
        richer = World(benchmark_of(pose("two_goods", model="five_year", changes=[column])))
        same = replace(richer.benchmark, solution=small.benchmark.solution, common=small.benchmark.common)
        found = played(World(same), tautness=0.9)
        assert (found.made >= before.made - 1e-9).all(), column


@pytest.mark.parametrize("allocation", ["priority", "pool"])
def test_no_order_counts(allocation: str) -> None:
    """Rows of every table the other way round give the same play."""
    economy = planner.load("two_goods")
    tables = {name: frame.iloc[::-1].reset_index(drop=True) for name, frame in economy.tables.items()}
    turned = planner.execute(economy.with_tables(tables), tautness="adopted", allocation=allocation)
    plain = planner.execute(economy, tautness="adopted", allocation=allocation)
    rows = [
        answer.tables["execution"].set_index(["product", "period"])["made"].sort_index() for answer in (plain, turned)
    ]
    assert rows[0].index.equals(rows[1].index)
    assert np.allclose(rows[0], rows[1], rtol=1e-9, atol=0.0)


def test_the_same_seed_gives_the_same_and_so_does_any_number_of_workers(small: World) -> None:
    noisy = ExecutionRules(tautness=1.2, noise=0.1)
    one, two, other = (play(Setting(small, noisy), seed).made for seed in (1, 1, 2))
    assert one.tobytes() == two.tobytes() != other.tobytes()
    cases = [(noisy, seed) for seed in range(10)]
    alone, together = (outcomes(small, cases, planner.Cluster(workers=workers)) for workers in (1, 2))
    assert [one.output.tobytes() for one in alone] == [one.output.tobytes() for one in together]


def test_shocks_only_lower_output(small: World) -> None:
    plain = played(small, tautness=1.0)
    noisy = play(Setting(small, replace(plain.setting.rules, noise=0.1)), 3)
    assert noisy.mean < plain.mean


def test_tautness_of_the_plan_is_one_over_its_share(small: World) -> None:
    assert adopted(small).tolist() == [pytest.approx(1 / 0.9)] * 2
    own = World(benchmark_of(pose("two_goods", model="five_year"), "own"))
    by_product = dict(zip(own.facts.activities, adopted(own), strict=True))
    assert by_product == {"farming": pytest.approx(1.0), "smelting": pytest.approx(1 / 0.9)}


def test_works_that_starve_are_stopped_the_youngest_first(small: World) -> None:
    kept, stopped = (played(small, tautness=3.0, stop_below=below) for below in (0.0, 0.9))
    assert not kept.record.stopped.any()
    assert stopped.record.stopped.any()
    assert stopped.record.finished.sum() >= kept.record.finished.sum() - 1e-9


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"tautness": 0.0}, "E180"),
        ({"tautness": -1.0}, "E180"),
        ({"tautness": [1.0, 1.0, 1.0]}, "E180"),
        ({"tautness": "often"}, "E180"),
        ({"rules": {"ranks": {"fual": 0}}}, "E179"),
        ({"rules": {"strength": 2.0}}, "E174"),
        ({"rules": {"months": 6}}, "E174"),
        ({"rules": {"strenght": 0.5}}, "E173"),
        ({"draws": 3}, "E174"),
        ({"model": "leontief", "economy": "leontief", "tautness": "adopted"}, "E180"),
    ],
)
def test_rules_that_do_not_fit_are_findings(rules: dict, code: str) -> None:
    with pytest.raises(DataError) as refused:
        planner.execute(rules.pop("economy", "two_goods"), **rules)
    assert [finding.code for finding in refused.value.findings] == [code]


def test_nothing_can_be_played_where_nothing_can_be_had() -> None:
    none = ["coefficients:activity=farming,item=iron,role=input:value=0", "capacities:capacity=furnaces:initial=0"]
    with pytest.raises(DataError) as refused:
        planner.execute("two_goods", changes=[*none, "trade:product=iron,direction=import,period=*:limit=0"])
    assert [finding.code for finding in refused.value.findings] == ["E181"]


@pytest.mark.parametrize(
    ("economy", "model"),
    [
        ("leontief", "leontief"),
        ("williams", "williams_capacity"),
        ("mahalanobis", "most_income"),
        ("feldman", "consumption_in_the_end"),
    ],
)
def test_any_economy_can_be_played(economy: str, model: str | None) -> None:
    answer = planner.execute(economy, model=model)
    assert answer.played.imbalance < 1e-9
    assert answer.value <= 1.0 + 1e-6


def with_table(folder: Path, name: str, content: str) -> Path:
    """A copy of two_goods with another table."""
    shutil.copytree(shipped("inputs") / "two_goods", folder)
    (folder / f"{name}.csv").write_text(content, encoding="utf-8")
    return folder


def test_what_stays_in_the_pool_spoils_and_needs_room(tmp_path: Path) -> None:
    end = {}
    for name, stock in (("free", "0,,0"), ("room", "0,1,0"), ("spoils", "0,,0.5")):
        text = f"product,initial,limit,spoilage,source,verified\niron,{stock},made_up,no\n"
        world = World(benchmark_of(pose(with_table(tmp_path / name, "stocks", text), model="five_year")))
        found, iron = played(world, tautness=0.5), world.facts.position("product", "iron")
        end[name] = found.record.pool[iron, -1]
        assert found.imbalance < 1e-9
        assert found.record.lost[iron].any() == (name != "free")
    assert end["free"] > max(end["room"], end["spoils"])


def test_a_plan_without_strain_shows_no_stylised_fact(tmp_path: Path) -> None:
    """Each measure at its neutral number, whichever way the fact is told."""
    known = [name for name in NEUTRAL if name not in ("growth", "trend_lead")]
    head = "fact,says,measure,items,against,period,direction,observed,source,verified\n"
    told = [f"{name}_{way},so,{name},iron,corn,2,{way},,made_up,no\n" for name in known for way in ("above", "below")]
    calm = World(
        benchmark_of(pose(with_table(tmp_path / "own", "stylised_facts", head + "".join(told)), model="five_year"))
    )
    found = {one.name: one.found for one in stylised_facts(played(calm))}
    assert len(found) == 2 * len(known)
    assert set(found.values()) == {"not"}, found


@pytest.fixture(scope="module")
def soviet() -> planner.Answer:
    return planner.execute("ussr_1928", plan="ffyp_optimum", tautness="adopted")


@pytest.mark.slow
def test_the_lead_of_the_trend_is_that_of_the_tables(soviet: planner.Answer) -> None:
    actuals = soviet.economy.tables["actuals"].query("measure == 'output' and preferred == 'yes' and period == '1928'")
    base = actuals.set_index("item")["value"]
    table = soviet.tables["execution"].set_index(["product", "period"])
    figures = table.index.get_level_values(0).isin(soviet.economy.tables["targets"]["item"])
    made, asked = (table[figures][column].unstack().div(base, axis=0).dropna() for column in ("made", "asked"))
    grown = made[1932]
    lead = grown.corr(made[1929], method="spearman") - grown.corr(asked[1932], method="spearman")
    [shown] = [one.shown for one in soviet.facts if one.name == "trend_leads"]
    assert shown == pytest.approx(lead)


@pytest.mark.slow
def test_a_cluster_gives_the_same(small: World) -> None:
    distributed = pytest.importorskip("distributed")
    cases = [(ExecutionRules(tautness=1.2, noise=0.1), seed) for seed in range(10)]
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as there:
        far = outcomes(small, cases, planner.Cluster(backend="dask", address=there.scheduler_address))
    near = outcomes(small, cases)
    assert [one.output.tobytes() for one in far] == [one.output.tobytes() for one in near]


def test_a_sweep_over_every_rule_is_told_beside_either_benchmark() -> None:
    table = planner.execute("two_goods", model="five_year", tautness="1:2:2", every=True).tables["maxima"]
    assert table.groupby("benchmark", sort=False).size().to_dict() == {"common": 7, "own": 7}
    alone = planner.execute("two_goods", model="five_year", tautness="1:2:2", rules={"benchmark": "own"})
    [own] = alone.tables["maxima"].to_dict("records")
    same = table.query("benchmark == 'own' and allocation == 'proportional' and sites == 'scattered'")
    assert own == same.to_dict("records")[0]


@pytest.mark.slow
def test_a_run_played_forward_is_made_anew_from_its_manifest(tmp_path: Path) -> None:
    noisy = {"noise": 0.1, "sites_tautness": [1.0, 1.2]}
    run = planner.execute("two_goods", tautness=[1.0, 1.3], rules=noisy, draws=2, targets="held").write(
        tmp_path / "run"
    )
    assert planner.verify(run, rebuild=True).verified
    path = run / "execution.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("corn", "Corn", 1), encoding="utf-8")
    assert not planner.verify(run, rebuild=True).verified
