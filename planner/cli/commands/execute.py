"""``planner execute``: a plan played forward, month by month, by a rule of allocation."""

from __future__ import annotations

from typing import Any

import click

from planner.cli import cluster, options
from planner.cli.run import ask


@click.command("execute", short_help="Play a plan forward, month by month, by a rule of allocation.")
@options.question
@click.option(
    "--tautness",
    metavar="T",
    help="What is asked as a multiple of what can be had together: a number, one a period with commas between, `adopted` for the "
    "plan as it is, or FROM:TO:COUNT for a curve beside it (default: the model's).",
)
@click.option(
    "--allocation",
    type=click.Choice(["proportional", "equal", "priority", "pool"]),
    help="How what there is is handed out (default: the model's).",
)
@click.option(
    "--sites", type=click.Choice(["scattered", "finish_first"]), help="Which works come first (default: the model's)."
)
@click.option(
    "--targets",
    type=click.Choice(["raise_all", "held", "cut_to_pace"]),
    help="How targets move from quarter to quarter (default: the model's).",
)
@click.option(
    "--rule",
    multiple=True,
    metavar="KEY=VALUE",
    help="Another rule of the table [execution] of model files, such as stop_below=0.5. May be given again.",
)
@click.option(
    "--every", is_flag=True, help="Draw the curve for every allocation and rule of works, against either benchmark."
)
@options.draws("Play it N times with other shocks (rule noise).", seed=1928)
@cluster.option
@options.output
@options.form
def command(economy: str, rule: tuple[str, ...], workers: int, backend: str, address: str, **given: Any) -> None:
    """What becomes of a plan of ECONOMY (default: ussr_1928) that is played forward, month by month, by a rule of allocation.

    What is asked is a multiple of what could be had together (the tautness); branches claim, the centre hands out last month's
    output, works wait for what they lack. Shown are output and what households get beside the feasible plan, unfinished works,
    reports, and what ran short first. It describes how goods are handed out, not persons, and is no forecast.

    \b
    Examples:
      planner execute
      planner execute two_goods --model five_year --tautness adopted
      planner execute --plan ffyp_optimum --tautness 0.8:2:13 --every
      planner execute --targets cut_to_pace --rule stop_below=0.5
      planner execute --rule noise=0.05 --draws 200 --seed 1928
    """
    import planner
    from planner.analysis.uncertainty.sampling import Cluster
    from planner.reporting.run.folder_name import file_name

    cluster.ensure_engine(backend, address)
    rules = dict(map(_pair, rule))
    engine = Cluster(workers, backend, address)
    own = {name: given.pop(name) for name in ("tautness", "allocation", "sites", "targets", "every", "draws", "seed")}
    told = [str(own[name]) for name in ("tautness", "allocation", "sites", "targets") if own[name]]
    told += [*rule, *["every"] * bool(own["every"]), *[f"{own['draws']}_draws_{own['seed']}"] * bool(own["draws"])]
    prefix = file_name("-".join(["execute", *told]).replace(":", "_to_").replace("=", "_"))
    given["model"] = given["model"] or "execution"
    with cluster.problems(engine):
        ask(
            economy,
            given,
            prefix,
            lambda posed, say: planner.execute(posed, **own, rules=rules, cluster=engine, tick=say),
        )


def _pair(text: str) -> tuple[str, Any]:
    """``KEY=VALUE`` as a rule of a model file: a number where it is one."""
    key, equals, value = text.partition("=")
    if not equals or not value:
        raise click.BadParameter(f'"{text}" does not read KEY=VALUE, such as stop_below=0.5.', param_hint="--rule")
    for read in (int, float):
        try:
            return key, read(value)
        except ValueError:
            continue
    return key, value
