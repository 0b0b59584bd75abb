"""``planner uncertainty``: in how many draws from the ranges of the data a plan can be met."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli import cluster, options
from planner.cli.output import talk
from planner.cli.run import Ready, Say, run

if TYPE_CHECKING:
    from planner.analysis.uncertainty.condition import Condition
    from planner.analysis.uncertainty.sampling import Cluster, Sampling
    from planner.answers.uncertainty import UncertaintyAnswer
    from planner.formulation import Formulation

_KINDS = ("triangular", "uniform", "loguniform")
_DESIGNS = ("random", "sobol", "morris")


@click.command("uncertainty", short_help="In how many draws from the ranges of the data the figures can be met.")
@options.economy
@options.model
@options.plan_or_all("on the same draws")
@options.scenario
@options.floor
@options.changes
@click.option(
    "--samples",
    type=options.number("samples"),
    metavar="N",
    help="Size of the design (default: 1000 draws; 128; 10).",
)
@click.option("--seed", type=options.number("seed"), default=1, show_default=True, help="Of all chance.")
@click.option(
    "--design",
    type=click.Choice(_DESIGNS),
    default="random",
    show_default=True,
    help="Independent draws; Sobol's design, (groups + 2) × N draws; Morris', N × (factors + 1) draws.",
)
@click.option(
    "--distribution",
    "distributions",
    multiple=True,
    metavar="[TABLE=]KIND",
    help="triangular (default), uniform or loguniform, of all ranges or of those of a table. May be given again.",
)
@click.option(
    "--sharing",
    type=click.Choice(["periods", "source", "none"]),
    default="periods",
    show_default=True,
    help="Numbers that share a draw: the periods of one row, all that cite one source, or none.",
)
@click.option(
    "--by",
    type=click.Choice(["number", "table", "source", "verified"]),
    help="How factors are grouped for indices (default: number for morris, table for sobol).",
)
@click.option(
    "--factors",
    "keep",
    type=options.number("keep"),
    default=0,
    metavar="N",
    help="Draw only the N groups (see --by) that change most, found by a screening; the rest stay as they are.",
)
@click.option(
    "--given",
    "condition",
    metavar="backtest[:all][:SHARE]",
    help="Also ask in every draw whether what happened was possible to a SHARE (default: 0.99) of every figure, and count the "
    "draws that admit it: in the years the calibration did not see, or in all.",
)
@click.option(
    "--balanced/--no-balanced",
    "each_target",
    default=None,
    help="Whether the share of each target is found in every draw.",
)
@cluster.option
@options.output
@options.form
def command(
    economy: str,
    distributions: tuple[str, ...],
    condition: str | None,
    workers: int,
    backend: str,
    address: str,
    **given: Any,
) -> None:
    """In how many draws all figures of a plan of ECONOMY (default: ussr_1928) can be met at once.

    Every uncertain number is drawn from its own range, residuals follow so that balances stay, and the question is solved
    again, many times. Writes the tables met, figures, quantiles, samples, comparison, indices and factors (with --given also
    history, given and told), with charts. What was drawn is kept when the run is broken off: the same command goes on from
    there. The same seed gives the same bytes, whatever the number of workers.

    \b
    Examples:
      planner uncertainty
      planner uncertainty --plan all --samples 500 --no-balanced
      planner uncertainty --given backtest --samples 400
      planner uncertainty --design sobol --by number --factors 12 --samples 256
      planner uncertainty --backend dask --address tcp://scheduler:8786
    """
    import planner
    from planner.analysis.uncertainty.sampling import Cluster, Sampling
    from planner.answers.pose import question_about
    from planner.answers.uncertainty import questions_of
    from planner.files import sole_use
    from planner.reporting.run.folder_name import run_folder

    cluster.ensure_engine(backend, address)
    usual, of_tables = _distributions(distributions)
    drawn = {name: given[name] for name in ("seed", "design", "sharing", "keep", "each_target")}
    counted = _condition(condition, given["design"])
    sampling = Sampling(
        samples=given["samples"] or 0,
        **drawn,
        condition=counted,
        by=given["by"] or "",
        distribution=usual,
        distributions=of_tables,
    )
    engine = Cluster(workers, backend, address)

    def ready(_: Say) -> Ready:
        facts = planner.load(economy, scenario=given["scenario"], changes=given["changes"])
        question = question_about(facts, given["model"])
        posed = questions_of(facts, question, given["plan"], given["floor"])
        named = "all" if given["plan"] == "all" else posed[0].plan
        folder = run_folder(
            facts.name,
            named,
            facts.scenario,
            question.name,
            floor=given["floor"],
            sets=facts.sets,
            prefix="uncertainty",
        )
        beside: Path = given["out"] or folder
        return Ready(folder, lambda _: _drawn(posed, sampling, engine, beside), facts)

    run(ready, given, around=sole_use)


def _drawn(posed: list[Formulation], sampling: Sampling, engine: Cluster, folder: Path) -> UncertaintyAnswer:
    """The answer, with a bar while it is worked on, and a word of draws of other runs that lie about."""
    import planner
    from planner.analysis.uncertainty.journal import others

    kept = "What was drawn is kept; the same command goes on from there."
    with _wrong_designs(), cluster.problems(engine, kept), _progress() as tick:
        answer = planner.uncertainty(posed, sampling=sampling, cluster=engine, beside=folder, tick=tick)
    for path in others(folder, answer.found.journal):
        talk(f"Draws of another run to this folder, broken off, are kept in {path}; remove it if they are not wanted.")
    return answer


def _condition(text: str | None, design: str) -> Condition | None:
    """The condition under which draws are counted, if there is one."""
    from planner.analysis.uncertainty.condition import Condition

    if text is None:
        return None
    if design != "random":
        raise click.UsageError("--given counts draws, and only those of --design random can be counted.")
    try:
        return Condition.read(text)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--given") from error


@contextmanager
def _wrong_designs() -> Iterator[None]:
    """A design that cannot be laid out is a wrong command line."""
    try:
        yield
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _distributions(texts: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    """The distribution of all ranges, and of those of single tables."""
    from planner.economy.findings import did_you_mean
    from planner.economy.schema import TABLES

    usual, of_tables = "triangular", {}
    for text in texts:
        table, equals, kind = text.rpartition("=")
        if kind not in _KINDS:
            raise click.BadParameter(f'"{kind}" is none of {", ".join(_KINDS)}.{did_you_mean(kind, _KINDS)}')
        if equals and table not in TABLES:
            raise click.BadParameter(f'There is no table "{table}".{did_you_mean(table, TABLES)}')
        if equals:
            of_tables[table] = kind
        else:
            usual = kind
    return usual, of_tables


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr with the time that is left, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    bar = Progress(
        TextColumn("Solving draws"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("draws", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
