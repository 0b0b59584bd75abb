"""CPU time of proportional shares, and of shares and path together, on the shipped economy: ``python -m tests.benchmarks.bench_shares``."""

import time

from planner.analysis.shares.path import path_to
from planner.analysis.shares.proportional import proportional
from planner.answers.pose import pose
from planner.solver.highs import Session


def main() -> None:
    """Print the least of five runs for each of two plans, from a session that has solved for the common share."""
    for plan in ("raised_1930", "ffyp_optimum"):
        posed = pose("ussr_1928", plan=plan)
        alone, both = [], []
        for _ in range(5):
            session = Session()
            first = session.solve(posed.program)
            began = time.process_time()
            found = proportional(posed, session, first, reasons=False)
            alone.append(time.process_time() - began)
            path_to(posed, found.shares)
            both.append(time.process_time() - began)
        print(f"{plan}: shares {1e3 * min(alone):.0f} ms, shares and path {1e3 * min(both):.0f} ms CPU")


if __name__ == "__main__":
    main()
