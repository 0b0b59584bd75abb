"""How long assembling a program takes, beside handing it to HiGHS and beside stating it in PuLP. Run: ``make bench``.

Seeded economies of power-law structure with 10 to 30 inputs a technique. Times are the best of a few runs, in one process.
"""

import gc
import sys
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

import pulp

from planner.economy import Economy, load
from planner.formulation import formulate, load_question
from planner.solver.highs import Session
from tests.benchmarks.pulp_statement import state_in_pulp
from tests.benchmarks.sparse import sparse_economy

SIZES = ((100, 5), (1_000, 5), (10_000, 5))
QUESTION = load_question("attainment")


def best(action: Callable[[], Any], runs: int) -> float:
    """Seconds of the quickest run."""
    times = []
    for _ in range(runs):
        gc.collect()
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return min(times)


def fresh(economy: Economy) -> Economy:
    """The economy as if just loaded: nothing worked out of its labels yet."""
    return replace(economy, known={})


def measure(products: int, periods: int) -> None:
    economy = sparse_economy(products, periods)
    program = formulate(economy, QUESTION, "plan").program
    first = best(lambda: formulate(fresh(economy), QUESTION, "plan"), 5)
    again = best(lambda: formulate(economy, QUESTION, "plan"), 5)
    handing = best(lambda: Session().begin(program), 5)
    in_pulp = best(lambda: state_in_pulp(economy), 3 if products < 10_000 else 1)
    rows, columns = program.shape
    print(
        f"{f'{products:,} x {periods}':>16}{rows:>13,}{columns:>13,}{program.matrix.nnz:>13,}{first * 1e3:>13.1f}{again * 1e3:>13.1f}"
        f"{handing * 1e3:>13.1f}{in_pulp * 1e3:>13.1f}{first / handing:>13.1f}{in_pulp / first:>13.0f}{in_pulp / again:>13.0f}",
        flush=True,
    )


def agree(products: int = 60, periods: int = 3) -> None:
    """Both statements are of the same program: same size, same optimum."""
    economy = sparse_economy(products, periods)
    program, problem = formulate(economy, QUESTION, "plan").program, state_in_pulp(economy)
    problem.solve(pulp.PULP_CBC_CMD(msg=False))
    ours = Session().solve(program).objective
    terms = sum(len(row) for row in problem.constraints())
    print(f"{products} x {periods}: share {ours:.9f} by HiGHS, {problem.objective.value():.9f} by CBC; ", end="")
    print(f"{program.shape[0]} and {len(problem.constraints())} rows, {program.matrix.nnz} and {terms} coefficients\n")


def shipped() -> None:
    economy, question = load("ussr_1928"), load_question("five_year")
    first = best(lambda: formulate(fresh(economy), question, "raised_1930"), 20)
    again = best(lambda: formulate(economy, question, "raised_1930"), 50)
    print(f"\nussr_1928: {first * 1e3:.1f} ms the first time, {again * 1e3:.1f} ms for each change of its numbers")


HEADINGS = (
    "products x years",
    "rows",
    "columns",
    "nonzeros",
    "first ms",
    "again ms",
    "handed ms",
    "PuLP ms",
    "first/handed",
    "PuLP/first",
    "PuLP/again",
)

if __name__ == "__main__":
    warnings.simplefilter("ignore")  # PuLP announces its next version at every variable
    agree()
    print(("{:>16}" + "{:>13}" * 10).format(*HEADINGS))
    for size in SIZES:
        measure(*size)
    shipped()
