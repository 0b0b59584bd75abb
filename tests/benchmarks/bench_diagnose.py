"""What is said of published programs, and how long it takes, beside HiGHS' own irreducible set.

    python -m tests.benchmarks.bench_diagnose [NAME ...]

Seconds are of processor. A conflict is counted in rows + bounds. HiGHS' set is called valid where exact arithmetic proves
that its members contradict each other.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

import highspy

from planner.diagnosis.decide import decide
from planner.diagnosis.diagnose import diagnose
from planner.diagnosis.irreducible import part_of
from planner.diagnosis.proof import Member
from planner.formats import read
from planner.proof.work import Work

INSTANCES = Path(__file__).parents[1] / "instances"
LONGEST = 60.0  # seconds for HiGHS


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    wanted = parser.parse_args().names
    print(
        f"{'name':15} {'rows':>6} {'columns':>7}  {'verdict':11} {'conflict':>10} proved irreducible {'give up':>8} {'CPU s':>6} | HiGHS"
    )
    total = 0.0
    for path in sorted(INSTANCES.glob("*.mps*")):
        name = path.name.split(".")[0]
        if wanted and name not in wanted:
            continue
        began = time.process_time()
        program = read(path).program
        found = diagnose(program)
        spent = time.process_time() - began
        total += spent
        conflict, cure = found.conflict, found.give_up
        size = "" if conflict is None else f"{len(conflict.rows)}+{len(conflict.bounds)}"
        sure = "" if conflict is None else "yes" if conflict.irreducible else "no"
        going = "" if cure is None else f"{cure.at_least}..{len(cure.rows)}"
        theirs = highs_set(path, program) if conflict is not None else ""
        rows, columns = program.shape
        proved = "yes" if found.proved else "no"
        print(
            f"{name:15} {rows:6} {columns:7}  {found.verdict.value:11} {size:>10} {proved:6} {sure:11} {going:>8} {spent:6.1f} | {theirs}",
            flush=True,
        )
    print(f"{total:.1f} seconds in all")


def highs_set(path: Path, program: Any) -> str:
    """Size of HiGHS' irreducible set, whether it is one, and the time it took."""
    highs = highspy._core._Highs()
    for option, value in (("output_flag", False), ("time_limit", LONGEST), ("iis_time_limit", LONGEST), ("threads", 1)):
        highs.setOptionValue(option, value)
    began = time.process_time()
    highs.readModel(str(path))
    highs.setOptionValue("iis_strategy", 6)  # from the light test to an irreducible set
    _, iis = highs.getIis()
    spent = time.process_time() - began
    if not iis.valid_ or not (len(iis.row_index_) or len(iis.col_index_)):
        return f"none, {spent:.1f} s"
    members = [Member("row", int(i)) for i in iis.row_index_]
    for column, bound in zip(iis.col_index_, iis.col_bound_, strict=True):
        kinds = {2: ("lower",), 3: ("upper",), 4: ("lower", "upper")}.get(int(bound), ())
        members += [Member(kind, int(column)) for kind in kinds]  # type: ignore[arg-type]
    small, _, _ = part_of(program, members)
    answer = decide(small, Work(), objective=False)
    valid = "valid" if answer.proof is not None else "not valid" if answer.point is not None else "not decided"
    return f"{len(iis.row_index_)}+{len(members) - len(iis.row_index_)} {valid}, {spent:.1f} s"


if __name__ == "__main__":
    main()
