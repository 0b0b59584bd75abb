"""How fast draws are solved, beside stating the question anew and beside building the program in PuLP each time.

    python -m tests.benchmarks.bench_resolve [ECONOMY] [PLAN] [--draws N]

One process, the same draws for all ways, one after the other; every way must give the same values.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from planner.analysis.uncertainty.design import design_of, factors_of
from planner.analysis.uncertainty.draws import solve_draws, trial_of
from planner.answers.pose import pose
from planner.formulation.parametric.program import in_full, parametrise
from planner.formulation.parametric.rows import uncertain_rows
from planner.solver.gateway import solve_with
from planner.solver.highs import Session


def processor() -> float:
    """Seconds of processor used so far, by this process and those it started; other work on the machine does not count."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


@contextmanager
def silence() -> Iterator[None]:
    """Keep what a library prints past Python, such as HiGHS' banner under PuLP, off the terminal."""
    sys.stdout.flush()
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("economy", nargs="?", default="ussr_1928")
    parser.add_argument("plan", nargs="?", default=None)
    parser.add_argument("--draws", type=int, default=100, help="the same for every way")
    asked = parser.parse_args()
    formulation = pose(asked.economy, plan=asked.plan, model="attainment")
    factors = factors_of(uncertain_rows(formulation.economy))
    began = time.perf_counter()
    stated = parametrise(formulation, factors.numbers)
    trial = trial_of(stated, factors, factors.names, each_target=False)
    prepared = time.perf_counter() - began
    design = design_of(factors.names, factors.groups, samples=asked.draws, seed=1928)
    shares = np.array([design.shares(i) for i in range(asked.draws)])
    values = [factors.values(row) for row in shares]
    rows, columns = formulation.program.shape
    size = f"{rows} rows, {columns} columns, {formulation.program.matrix.nnz} nonzeros"
    print(f"{asked.economy}: {size}; {len(factors)} factors")

    def anew(solve: Callable[[int], float]) -> Callable[[int], list[float]]:
        return lambda count: [solve(draw) for draw in range(count)]

    def formulated(draw: int) -> float:
        return Session().solve(in_full(formulation, factors.numbers, values[draw])).objective

    def through_pulp(solver: str) -> Callable[[int], float]:
        return lambda draw: solve_with(stated.at(values[draw]), solver).objective

    ways: list[tuple[str, Callable[[int], list[float]], int]] = [
        ("draws, solved in place", lambda n: [d.value for d in solve_draws(trial, range(n), shares[:n])], asked.draws),
        ("stated in full, cold", anew(formulated), asked.draws),
        ("built in PuLP, HiGHS", anew(through_pulp("HiGHS")), asked.draws),
        ("built in PuLP, CBC", anew(through_pulp("PULP_CBC_CMD")), asked.draws),
    ]
    reference, first = np.zeros(0), 0.0
    for name, way, count in ways:
        began, worked = time.perf_counter(), processor()
        with silence():
            found = np.nan_to_num(np.array(way(count)))
        rate, cost = 60 * count / (time.perf_counter() - began), (processor() - worked) / count
        if not len(reference):
            reference, first = found, cost
        apart = float(np.abs(found - reference[:count]).max())
        print(
            f"{name:24s}{rate:8,.0f} solves a minute  {1000 * cost:7.2f} ms of processor each  {cost / first:6.1f} : 1"
            f"  greatest difference {apart:.0e}"
        )
    print(f"preparing the draws took {prepared:.2f} s, once")


if __name__ == "__main__":
    main()
