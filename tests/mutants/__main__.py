"""``python -m tests.mutants``: change a line of the program, run the tests that run it, and see whether one of them fails."""

from __future__ import annotations

import importlib
import resource
import sys
from collections import Counter
from pathlib import Path

import click

from tests.mutants.covering import digest_of, files_of, measured
from tests.mutants.mutants import FOLDERS, sample
from tests.mutants.run import Verdicts, copied, judged
from tests.mutants.survivors import key, survivors

ROOT = Path(__file__).parents[2]
WORK = ROOT / "build" / "mutants"
HEAVY = ("numpy", "pandas", "scipy.sparse", "scipy.linalg", "highspy", "rich", "jinja2")


@click.command()
@click.option("--sample", "size", default=150, show_default=True, help="How many mutants.")
@click.option("--seed", default=0, show_default=True, help="Decides which.")
@click.option(
    "--most", default=400, show_default=True, help="At most so many tests for each, the cheapest of those that run it."
)
@click.option("--within", multiple=True, help="Only files whose path begins so; may be given more than once.")
def run(size: int, seed: int, most: int, within: tuple[str, ...]) -> None:
    """Judge mutants; end with 1 if one survives that is not in the table of survivors."""
    tree = WORK / "tree"
    copied(ROOT, tree)
    covering = measured(tree, WORK)
    sys.dont_write_bytecode = True
    for name in HEAVY:  # once for all the processes that are to come
        importlib.import_module(name)
    mutants, places = sample(tree, size, seed, within or FOLDERS)
    known = {key(row) for row in survivors()}
    count, new = Counter[str](), 0
    verdicts = Verdicts(WORK / "verdicts.csv", digest_of(files_of(tree)))
    for mutant in mutants:
        verdict = verdicts.of(mutant)
        if verdict is None:
            tests = covering.tests(mutant.file, mutant.line)[:most]
            verdict = judged(tree, mutant, tests, sum(covering.costs[test] for test in tests))
            verdicts.add(verdict)
        listed = (mutant.file, mutant.symbol, mutant.was, mutant.became) in known
        outcome = "survived, as listed" if listed and verdict.outcome != "killed" else verdict.outcome
        count[outcome] += 1
        if outcome in ("survived", "not run"):
            new += 1
            click.echo(f"{mutant.file}:{mutant.line} {mutant.symbol}: {outcome} ({verdict.tests} tests)")
            click.echo(f"  - {mutant.was}\n  + {mutant.became}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(count.items()))
    click.echo(f"{len(mutants)} of {places:,} mutants: {told}; {used.ru_utime + used.ru_stime:.0f} s of CPU")
    raise SystemExit(bool(new))


if __name__ == "__main__":
    run()
