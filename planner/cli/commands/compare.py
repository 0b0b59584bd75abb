"""``planner compare``: runs side by side, kept in folders or asked now."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from planner.cli import cluster, names, options
from planner.cli.run import Ready, Say, run


@click.command("compare", short_help="Runs side by side: what they assume, then what they find.")
@click.argument("runs", nargs=-1, metavar="[RUN]...")
@click.option(
    "--economy",
    default=names.DEFAULT_ECONOMY,
    show_default=True,
    metavar="ECONOMY",
    shell_complete=names.complete_economy,
    help="Of questions that name none.",
)
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A TOML file that names the runs: title, follow, actual, and a table [[run]] for each.",
)
@options.model
@click.option("--plan", metavar="PLAN|all", shell_complete=names.complete_plan, help="Of questions that name none.")
@click.option(
    "--scenario", metavar="SCENARIO|all", shell_complete=names.complete_scenario, help="Of questions that name none."
)
@click.option(
    "--corner", metavar="CORNER|all", default="central", show_default=True, help="Of questions that name none."
)
@options.floor
@options.changes
@click.option(
    "--follow",
    multiple=True,
    metavar="MEASURE:ITEM",
    help="Followed by period, with wild cards (default: output:* and consumption:*; also capacity:*). May be given again.",
)
@click.option("--actual/--no-actual", default=True, help="Whether what was produced stands beside it.")
@options.draws("Ask the questions again in N draws of all uncertain numbers, the same ones for all of them.")
@cluster.option
@options.output
@options.form
def command(
    runs: tuple[str, ...], economy: str, file: Path | None, workers: int, backend: str, address: str, **given: Any
) -> None:
    """Put runs side by side: what they assume, then what they find.

    A RUN is the folder of one, or a question: KEY=VALUE,KEY=VALUE with the keys economy, model, plan, scenario, corner,
    floor, name, tautness (the plan is played forward, as by `planner execute`), and set last. Without any, every plan,
    scenario and corner that the options name is asked.

    What differs in what the runs assume stands above what differs in what they find. A run with a floor below the base level
    is a diagnosis: it is in the tables, marked, and left out of the chart.

    \b
    Examples:
      planner compare plan=ffyp_optimum plan=ffyp_minimum
      planner compare plan=ffyp_optimum plan=ffyp_optimum,scenario=realised
      planner compare plan=ffyp_optimum plan=ffyp_optimum,tautness=adopted
      planner compare outputs/mine plan=raised_1930 --follow 'capacity:*'
      planner compare --economy two_goods --plan all --corner all
      planner compare plan=ffyp_optimum plan=ffyp_minimum --draws 200
      planner compare --file comparisons/bukharin.toml --out outputs/bukharin
    """
    import planner
    from planner.analysis.uncertainty.sampling import Cluster
    from planner.answers.compare import FOLLOW, asked_in_file
    from planner.reporting.run.folder_name import file_name, run_folder

    cluster.ensure_engine(backend, address)
    engine = Cluster(workers, backend, address)

    def ready(_: Say) -> Ready:
        said = asked_in_file(file) if file is not None else {}
        subjects = [*said.pop("runs", []), *runs]
        if runs:
            said.pop("file", None)  # it does not name all of them
        asked: dict[str, Any] = {key: given[key] for key in ("model", "plan", "scenario", "corner", "floor", "changes")}
        asked |= {"follow": given["follow"] or tuple(said.pop("follow", FOLLOW)), "actual": given["actual"]}
        asked |= {"draws": given["draws"], "seed": given["seed"], "cluster": engine, **said}
        facts = planner.load(economy)
        called = file_name("-".join(map(str, runs)))[:80] if runs else file.stem if file is not None else "all"
        folder = run_folder(facts.name, str(given["plan"] or ""), "", called, prefix="compare")

        def ask(say: Say) -> Any:
            return planner.compare(facts, *subjects, **asked, tick=say)

        return Ready(folder, ask, facts)

    with cluster.problems(engine):
        run(ready, given)
