"""``planner join``: in which year a plan's figures could have been had, over economies that follow one another."""

from __future__ import annotations

from typing import Any

import click

from planner.cli import cluster, names, options
from planner.cli.run import Ready, Say, run


@click.command("join", short_help="In which year figures could have been had, over economies in a row.")
@click.argument(
    "economies", nargs=-1, required=True, metavar="ECONOMY ECONOMY ...", shell_complete=names.complete_economy
)
@options.model
@options.plan
@options.scenario
@options.corner
@options.floor
@options.draws("Ask again in N draws of all uncertain numbers; what neighbours take from one source is drawn as one.")
@cluster.option
@options.output
@options.form
def command(economies: tuple[str, ...], workers: int, backend: str, address: str, **given: Any) -> None:
    """In which year a plan's figures could have been had, over economies that follow one another.

    One program over all of them: each keeps its own norms and units, and begins with what the one before leaves. Beside it
    each later economy by itself, from what stood on record. The two are never mixed.

    \b
    Examples:
      planner join ussr_1928 ussr_1932 ussr_1937
      planner join ussr_1928 ussr_1932 --plan raised_1929_12 --scenario realised
      planner join ussr_1928 ussr_1932 --scenario realised --draws 100
    """
    import planner
    from planner.analysis.uncertainty.sampling import Cluster
    from planner.reporting.run.folder_name import run_folder

    cluster.ensure_engine(backend, address)
    engine = Cluster(workers, backend, address)
    asked = {name: given[name] for name in ("model", "plan", "scenario", "corner", "floor", "draws", "seed")}

    def ready(_: Say) -> Ready:
        first = planner.load(economies[0], scenario=given["scenario"], corner=given["corner"])
        folder = run_folder(
            "-".join(name.rstrip("/").rpartition("/")[2] for name in economies),
            given["plan"] or first.default_plan or "",
            first.scenario,
            str(given["model"] or "attainment"),
            corner=first.corner,
            floor=given["floor"],
            sets=(),
            prefix="join",
        )
        return Ready(folder, lambda say: planner.join(first, *economies[1:], **asked, cluster=engine, tick=say), first)

    with cluster.problems(engine):
        run(ready, given)
