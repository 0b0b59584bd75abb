"""``python -m tests.fuzz --cases 5000``: run cases of every kind and list what must not be."""

from __future__ import annotations

import time
from collections import Counter

import click

from tests.fuzz.battery import KINDS, faults


@click.command()
@click.option("--cases", default=5000, show_default=True, help="How many, over all kinds.")
@click.option("--first", default=0, show_default=True, help="Number of the first.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list(KINDS)), help="Only these kinds.")
def run(cases: int, first: int, kinds: tuple[str, ...]) -> None:
    """Run seeded cases; end with 1 if any of them found a fault."""
    names = kinds or tuple(KINDS)
    found, slow = [], Counter[str]()
    for number in range(first, first + -(-cases // len(names))):
        for name in names:
            start = time.process_time()
            for fault in faults(name, number):
                found.append(fault)
                click.echo(str(fault))
            slow[f"{name} {number}"] = int(1000 * (time.process_time() - start))
    slowest = ", ".join(f"{case} {ms / 1000:.1f} s" for case, ms in slow.most_common(5))
    click.echo(f"{len(slow)} cases, {len(found)} faults, {sum(slow.values()) / 1000:.0f} s of CPU; slowest: {slowest}")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    run()
