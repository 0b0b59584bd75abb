"""Processor time of whole answers, beside a fixed loop of the interpreter, so that machines compare. Run: ``make bench``.

Each runs in a process of its own, as a user starts it. A target is in seconds of a machine on which the loop takes `USUAL`; the
last column is what was taken, in such seconds, as a share of it.
"""

import compileall
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
USUAL = 1.1  # seconds that the loop takes on the machine for which targets are written
LOOP = "s = 0\nfor i in range(20_000_000): s += i"
MADE = """
from planner.answers.feasibility import assess
from planner.formulation import formulate, load_question
from planner.proof.certificate import prove
from planner.solver.highs import Session
from tests.benchmarks.sparse import sparse_economy
posed = formulate(sparse_economy(100, 5), load_question("attainment"), "plan")
"""
LARGE = """
import os, pathlib, time
from planner.economy import load
from tests.benchmarks.sparse import write_package
load("two_goods")
folder = pathlib.Path(os.environ["PLANNER_CACHE"]).parent / "large"
folder.exists() or write_package(folder, 10_000, 5)
began = time.process_time()
load(folder)
print(time.process_time() - began)
"""
BRACKET = """
import time
from planner.formulation import formulate, load_question
from planner.proof.bracket import bracket
from tests.benchmarks.sparse import sparse_economy
posed = formulate(sparse_economy(1000, 5), load_question("attainment"), "plan")
began = time.process_time()
assert bracket(posed.program, gap=5e-4).narrow
print(time.process_time() - began)
"""
INSIDE: tuple[tuple[str, float, str], ...] = (  # measured inside a process, which prints seconds of processor last
    ("load, 10,000 products", 1.2, LARGE),
    ("the same, kept", 0.3, LARGE),
    ("bracket, 1,000 x 5", 5.0, BRACKET),
)
TARGETS: tuple[tuple[str, float, tuple[str, ...]], ...] = (
    ("--help", 0.15, ("-m", "planner", "--help")),
    ("solve", 0.85, ("-m", "planner", "solve")),
    ("feasibility", 4.5, ("-m", "planner", "feasibility")),
    ("sensitivity", 6.0, ("-m", "planner", "sensitivity")),
    ("feasibility --plan all", 20.0, ("-m", "planner", "feasibility", "--plan", "all")),
    ("proof, 100 x 5", 0.8, ("-c", f"{MADE}assert not prove(Session().solve(posed.program)).declared")),
    ("feasibility, 100 x 5", 8.0, ("-c", f"{MADE}assess(posed, against=None)")),
)


def taken(*arguments: str) -> float:
    """Seconds of processor that a process and those it starts take."""
    before = _children()
    quiet = subprocess.DEVNULL
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=quiet, stderr=quiet)
    return _children() - before


def inside(text: str, cache: str) -> float:
    """Seconds that a piece of Python says it took, with a cache of its own."""
    there = os.environ | {"PLANNER_CACHE": cache}
    run = subprocess.run([sys.executable, "-c", text], cwd=ROOT, check=True, capture_output=True, text=True, env=there)
    return float(run.stdout.splitlines()[-1])


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """One line a target; the loop is run again beside each, since a shared machine changes from minute to minute."""
    compileall.compile_dir(ROOT / "planner", quiet=2)  # as pip does where it installs
    print(f"{'':<26}{'CPU s':>8}{'loop s':>8}{'target':>8}{'of target':>11}")
    for name, target, arguments in TARGETS:
        with tempfile.TemporaryDirectory() as folder:
            out = ("--out", f"{folder}/run") if arguments[0] == "-m" and "--help" not in arguments else ()
            told(name, target, taken("-c", LOOP), taken(*arguments, *out))
    with tempfile.TemporaryDirectory() as folder:
        for name, target, text in INSIDE:
            told(name, target, taken("-c", LOOP), inside(text, f"{folder}/cache"))


def told(name: str, target: float, loop: float, seconds: float) -> None:
    """One line of the table."""
    share = seconds / loop * USUAL / target
    print(f"{name:<26}{seconds:>8.2f}{loop:>8.2f}{target:>8.2f}{share:>10.0%}", flush=True)


if __name__ == "__main__":
    main()
