"""The same answer from one worker, two, or a cluster that loses one, and from a run that was broken off and resumed."""

import os
import signal

import numpy as np
import pytest

from planner.analysis.uncertainty.sampling import Cluster, Sampling
from planner.analysis.uncertainty.statistics import tables
from planner.analysis.uncertainty.uncertainty import explore
from planner.analysis.uncertainty.workers import WorkersLostError, spread
from planner.answers.pose import pose

SAMPLES = 192


@pytest.fixture(scope="module")
def plans():
    return [pose("two_goods", model="attainment", plan=plan) for plan in ("ambitious", "cautious")]


def bytes_of(found):
    return {name: table.to_csv(index=False) for name, table in tables(found).items()}


@pytest.fixture(scope="module")
def alone(plans):
    return bytes_of(explore(plans, Sampling(samples=SAMPLES, seed=1928), Cluster(workers=1)))


def test_two_workers_give_the_same_bytes(plans, alone):
    assert bytes_of(explore(plans, Sampling(samples=SAMPLES, seed=1928), Cluster(workers=2))) == alone


def test_a_draw_does_not_depend_on_those_before_it():
    """On the shipped economy, where warm starts might end at other vertices: draws by themselves, and in a row."""
    from planner.analysis.uncertainty.design import design_of, factors_of
    from planner.analysis.uncertainty.draws import solve_draws, starting_basis, trial_of
    from planner.formulation.parametric.program import parametrise
    from planner.formulation.parametric.rows import uncertain_rows

    formulation = pose("ussr_1928", model="attainment", plan="ffyp_optimum")
    factors = factors_of(uncertain_rows(formulation.economy))
    trial = trial_of(parametrise(formulation, factors.numbers), factors, factors.names, each_target=False)
    design = design_of(factors.names, factors.groups, samples=12, seed=2)
    shares = np.array([design.shares(i) for i in range(12)])
    forward = solve_draws(trial, range(12), shares)
    backward = solve_draws(trial, range(11, -1, -1), shares[::-1])
    single = [solve_draws(trial, [i], shares[i : i + 1])[0] for i in range(12)]
    assert forward == backward[::-1] == single or _same(forward, backward[::-1], single)
    assert starting_basis(formulation)[1] is not None


def _same(*runs):
    return len({repr(run) for run in runs}) == 1  # nan is not equal to itself


# -- workers that die -------------------------------------------------------------------------------------------------


def test_a_local_worker_lost_on_the_way_costs_time_only(tmp_path):
    flag = str(tmp_path / "died")

    def square(number):
        if number == 3 and not os.path.exists(flag):
            open(flag, "w").close()
            os._exit(1)
        return number * number

    found = {}
    spread(square, [(i,) for i in range(8)], found.__setitem__, workers=2)
    assert os.path.exists(flag)
    assert found == {i: i * i for i in range(8)}


def test_workers_that_always_die_are_given_up():
    def die(_):
        os._exit(1)

    with pytest.raises(WorkersLostError):
        spread(die, [(i,) for i in range(2)], lambda *_: None, workers=2)


def test_a_cluster_of_two_that_loses_a_worker_gives_the_same_bytes(plans, alone):
    distributed = pytest.importorskip("distributed")
    killed = []
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
    ) as cluster:
        pids = [worker.pid for worker in cluster.workers.values()]

        def kill_one(done, of):
            if not killed and 0 < done < of:
                os.kill(pids[0], signal.SIGKILL)
                killed.append(pids[0])

        found = explore(
            plans,
            Sampling(samples=SAMPLES, seed=1928),
            Cluster(backend="dask", address=cluster.scheduler_address),
            tick=kill_one,
        )
    assert killed
    assert bytes_of(found) == alone


# -- broken off and resumed -------------------------------------------------------------------------------------------


def broken_off(plans, journal, after, **options):
    def interrupt(done, of):
        if done >= after:
            raise KeyboardInterrupt

    return explore(
        plans, Sampling(samples=SAMPLES, seed=1928, **options), Cluster(workers=1), beside=journal, tick=interrupt
    )


def test_resuming_gives_the_same_bytes_and_solves_only_the_rest(plans, alone, tmp_path):
    journal = tmp_path / "draws.jsonl"
    part = broken_off(plans, journal, after=SAMPLES)
    assert part.interrupted
    assert 0 < len(part.numbers) < SAMPLES
    assert bytes_of(part)["met"]  # what there is can be told
    told = []
    whole = explore(
        plans,
        Sampling(samples=SAMPLES, seed=1928),
        Cluster(workers=1),
        beside=journal,
        tick=lambda done, of: told.append((done, of)),
    )
    assert told[0] == (SAMPLES, 2 * SAMPLES)
    assert not whole.interrupted
    assert bytes_of(whole) == alone


def test_a_line_cut_short_is_drawn_again(plans, alone, tmp_path):
    journal = tmp_path / "draws.jsonl"
    kept = broken_off(plans, journal, after=SAMPLES).journal
    text = kept.read_text()
    kept.write_text(text[:-7])
    assert bytes_of(explore(plans, Sampling(samples=SAMPLES, seed=1928), Cluster(workers=1), beside=journal)) == alone


def test_a_journal_of_other_draws_is_not_taken(plans, alone, tmp_path):
    journal = tmp_path / "draws.jsonl"
    broken_off(plans, journal, after=SAMPLES, distribution="uniform")
    assert bytes_of(explore(plans, Sampling(samples=SAMPLES, seed=1928), Cluster(workers=1), beside=journal)) == alone
