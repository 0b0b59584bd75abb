"""``planner uncertainty``: in how many draws from the ranges of the data a plan can be met."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli import names, options
from planner.cli.output import console, print_answer, talk, warn, working, wrote

if TYPE_CHECKING:
    from planner.analysis.uncertainty.condition import Condition
    from planner.analysis.uncertainty.uncertainty import Uncertainty
    from planner.economy import Economy
    from planner.formulation import Formulation

_KINDS = ("triangular", "uniform", "loguniform")
_SAMPLES = {"random": 1000, "sobol": 128, "morris": 10}


@click.command("uncertainty", short_help="In how many draws from the ranges of the data the figures can be met.")
@options.economy
@options.model
@click.option(
    "--plan", metavar="PLAN|all", shell_complete=names.complete_plan,
    help='Whose targets are tested; "all" for every plan on the same draws.',
)  # fmt: skip
@options.scenario
@options.floor
@options.sets
@click.option(
    "--samples", type=click.IntRange(1), metavar="N", help="Size of the design (default: 1000 draws; 128; 10)."
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of all chance.")
@click.option(
    "--design", type=click.Choice(list(_SAMPLES)), default="random", show_default=True,
    help="Independent draws; Sobol's design, (groups + 2) × N draws; Morris', N × (factors + 1) draws.",
)  # fmt: skip
@click.option(
    "--distribution", "distributions", multiple=True, metavar="[TABLE=]KIND",
    help="triangular (default), uniform or loguniform, of all ranges or of those of a table. May be given again.",
)  # fmt: skip
@click.option(
    "--sharing", type=click.Choice(["periods", "source", "none"]), default="periods", show_default=True,
    help="Numbers that share a draw: the periods of one row, all that cite one source, or none.",
)  # fmt: skip
@click.option(
    "--by", type=click.Choice(["number", "table", "source", "verified"]),
    help="How factors are grouped for indices (default: number for morris, table for sobol).",
)  # fmt: skip
@click.option(
    "--factors", "keep", type=click.IntRange(0), default=0, metavar="N",
    help="Draw only the N groups (see --by) that change most, found by a screening; the rest stay as they are.",
)  # fmt: skip
@click.option(
    "--given", metavar="backtest[:all][:SHARE]",
    help="Also ask in every draw whether what happened was possible to a SHARE (default: 0.99) of every figure, and count the "
    "draws that admit it: in the years the calibration did not see, or in all.",
)  # fmt: skip
@click.option("--balanced/--no-balanced", default=None, help="Whether the share of each target is found in every draw.")
@click.option("--workers", type=click.IntRange(0), default=0, metavar="N", help="Processes (default: one a core).")
@click.option(
    "--backend",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="Where draws are solved.",
)
@click.option("--address", default="", metavar="HOST:PORT", help="Of the Dask scheduler.")
@options.output
@options.form
def command(
    economy: str, model: str | None, plan: str | None, scenario: str | None, floor: str | float | None,
    sets: tuple[str, ...], samples: int | None, seed: int, design: str, distributions: tuple[str, ...], sharing: str,
    by: str | None, keep: int, balanced: bool | None, given: str | None, workers: int, backend: str, address: str,
    out: Path | None, overwrite: bool,
    form: str,
) -> None:  # fmt: skip
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
    from planner.analysis.uncertainty.uncertainty import explore
    from planner.files import sole_use
    from planner.reporting.run.write import ensure_free
    from planner.reporting.tables.uncertainty import show_uncertainty, uncertainty_summary, write_uncertainty

    _ensure_engine(backend, address)
    condition = _condition(given, design)
    usual, of_tables = _distributions(distributions)
    with working("Reading the economy"):
        facts, questions, folder = _posed(economy, model, plan, scenario, floor, sets, out)
        happened = _happened(facts) if condition else []
        ensure_free(folder, overwrite=overwrite)
    with sole_use(folder):
        began = time.perf_counter()
        with _problems(backend, address), _progress() as tick:
            found = explore(
                questions, given=happened, condition=condition, samples=samples or _SAMPLES[design], seed=seed,
                design=design, by=by or "", sharing=sharing,
                distribution=usual, distributions=of_tables, each_target=balanced, workers=workers, backend=backend,
                address=address, beside=folder, keep=keep, tick=tick,
            )  # fmt: skip
        if len(found.numbers):
            with working("Writing the results"):
                write_uncertainty(found, folder, {"draws": time.perf_counter() - began}, overwrite=overwrite)
        if not found.interrupted and found.journal is not None:
            found.journal.unlink(missing_ok=True)
    if len(found.numbers):
        if form == "json":
            print_answer(folder, uncertainty_summary(found))
        else:
            show_uncertainty(found, console())
        wrote(folder)
    _end(found, folder)
    warn(facts, questions[0].warnings)


def _condition(given: str | None, design: str) -> Condition | None:
    """The condition under which draws are counted, if there is one."""
    from planner.analysis.uncertainty.condition import Condition

    if given is None:
        return None
    if design != "random":
        raise click.UsageError("--given counts draws, and only those of --design random can be counted.")
    try:
        return Condition.read(given)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--given") from error


def _happened(facts: Economy) -> list[Formulation]:
    """What happened as questions, under the conditions as they turned out."""
    from planner.analysis.uncertainty.given import posed
    from planner.answers.solve import question_about

    under = facts.in_scenario(facts.backtest_scenario) if facts.backtest_scenario else facts
    return posed(under, question_about(under, "backtest", None))


@contextmanager
def _problems(backend: str, address: str) -> Iterator[None]:
    """What can go wrong while draws are solved, in words."""
    from planner.analysis.uncertainty.workers import WorkersLostError
    from planner.cli.exit_codes import EndError, Exit

    try:
        yield
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    except WorkersLostError as error:
        raise EndError(
            Exit.STOPPED, f"{error}\nWhat was drawn is kept; the same command goes on from there."
        ) from error
    except OSError as error:
        if backend == "local" or error.filename is not None:  # a file cannot be written
            raise
        raise EndError(Exit.STOPPED, f"The Dask scheduler at {address} does not answer ({error}).") from error


def _end(found: Uncertainty, folder: Path) -> None:
    """Say what was left out, and which draws lie about."""
    from planner.analysis.uncertainty.journal import others
    from planner.cli.exit_codes import EndError, Exit

    if found.interrupted:
        again = (
            "The same command with --overwrite goes on from there."
            if len(found.numbers)
            else "The same command goes on."
        )
        raise EndError(Exit.INTERRUPTED, f"Interrupted after {len(found.numbers):,} draws, which are kept. {again}")
    if found.screening is not None:
        drawn = (found.screening["kept"] == "yes").groupby(found.screening["group"]).any()
        talk(f"{drawn.sum():,} of {len(drawn):,} groups drawn, the rest at their central values (screening.csv).")
    for path in others(folder, found.journal):
        talk(f"Draws of another run to this folder, broken off, are kept in {path}; remove it if they are not wanted.")


def _posed(
    economy: str, model: str | None, plan: str | None, scenario: str | None, floor: str | float | None,
    sets: tuple[str, ...], out: Path | None,
) -> tuple[Economy, list[Formulation], Path]:  # fmt: skip
    """The economy, the question put to it for each plan, and the folder of the run."""
    from planner.analysis.feasibility.cases import ordered_plans
    from planner.answers.solve import pose, question_about
    from planner.economy import load
    from planner.reporting.run.folder_name import run_folder

    facts = load(economy, scenario=scenario, sets=sets)
    question = question_about(facts, model)
    plans = ordered_plans(facts) if plan == "all" else [plan]
    questions = [pose(facts, model=question, plan=one, floor=floor) for one in plans]
    named = "all" if plan == "all" else questions[0].plan
    folder = out or run_folder(
        facts.name, named, facts.scenario, question.name, floor=floor, sets=sets, prefix="uncertainty"
    )  # fmt: skip
    return facts, questions, folder


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


def _ensure_engine(backend: str, address: str) -> None:
    """Refuse a cluster that cannot be asked, before any work is done for it."""
    from importlib.util import find_spec

    if backend == "local" and address:
        raise click.UsageError("--address belongs to --backend dask.")
    if backend == "dask" and not address:
        raise click.UsageError("--backend dask needs the --address of a scheduler, such as tcp://localhost:8786.")
    if backend == "dask" and find_spec("distributed") is None:
        raise click.UsageError("Dask is not installed: pip install 'planner[cluster]', here and on the workers.")


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr with the time that is left, on a terminal only."""
    if not sys.stderr.isatty():
        yield lambda done, of: None
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
        TextColumn("Solving draws"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("left:"),
        TimeRemainingColumn(), console=Console(stderr=True), transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task("draws", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)
