"""Options that several commands share, so that a word means the same everywhere."""

from __future__ import annotations

from collections.abc import Callable
from math import isinf
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from planner.asked import NUMBERS, Range
from planner.cli import names

Command = TypeVar("Command", bound=Callable[..., Any])
CORNERS = ("central", "optimistic", "pessimistic")


if TYPE_CHECKING:
    _Closure = click.ParamType[str | float]
else:
    _Closure = click.ParamType  # generic only in the newest versions of click


class Floor(_Closure):
    """A closure of consumption: a word or a share of the base level."""

    name = "floor"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str | float:
        """Check the word or the number."""
        from planner.economy import DataError
        from planner.formulation import closure

        try:
            return closure(str(value))
        except DataError as error:
            self.fail(error.findings[0].sentence, param, ctx)


class _Number(click.FloatRange):
    """A number in a range, and none that is no number."""

    def __init__(self, allowed: Range) -> None:
        """Take what click knows of a range from it."""
        super().__init__(allowed.least, None if isinf(allowed.most) else allowed.most, min_open=allowed.above)
        self.allowed = allowed

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Check it as Python does."""
        found = super().convert(value, param, ctx)
        if not self.allowed.holds(found):
            self.fail(f"{value} is not {self.allowed.words}.", param, ctx)
        return found


def number(name: str) -> click.FloatRange | click.IntRange:
    """The type of an option that is a number.

    Args:
        name: of the argument in Python.
    """
    allowed = NUMBERS[name]
    if allowed.whole:
        return click.IntRange(int(allowed.least), None if isinf(allowed.most) else int(allowed.most))
    return _Number(allowed)


def _solver(_: click.Context, __: click.Parameter, value: str) -> str:
    """HiGHS, or a solver that PuLP knows and that is installed; PuLP is imported only when it is meant."""
    if value.lower() == "highs":
        return "highs"
    from planner.solver.gateway import UnknownSolverError, solver_named

    try:
        return solver_named(value)
    except UnknownSolverError as error:
        raise click.BadParameter(str(error)) from None


economy = click.argument(
    "economy", default=names.DEFAULT_ECONOMY, metavar="[ECONOMY]", shell_complete=names.complete_economy
)


def _registered(ctx: click.Context, _: click.Parameter, files: tuple[Path, ...]) -> None:
    if files and not ctx.resilient_parsing:
        from planner.economy.extensions import extend

        extend(*files)


families = click.option(
    "--families",
    type=click.Path(path_type=Path),
    multiple=True,
    is_eager=True,
    expose_value=False,
    callback=_registered,
    metavar="FILE",
    help="Python file that registers families, objectives or measures of your own. May be given again.",
)


def model(command: Command) -> Command:
    """The question, and what may bring families of its own to it."""
    name = click.option(
        "--model",
        metavar="MODEL",
        shell_complete=names.complete_model,
        help="The question: name or path of a model file (default: the economy's own).",
    )
    return name(families(command))


plan = click.option(
    "--plan",
    metavar="PLAN",
    shell_complete=names.complete_plan,
    help="Whose targets are tested (default: the economy's own).",
)


def plan_or_all(every: str) -> Callable[[Command], Command]:
    """Whose targets are tested, or those of every plan.

    Args:
        every: how every plan is tested.
    """
    return click.option(
        "--plan",
        metavar="PLAN|all",
        shell_complete=names.complete_plan,
        help=f'Whose targets are tested; "all" for every plan {every}.',
    )


scenario = click.option(
    "--scenario",
    metavar="SCENARIO",
    shell_complete=names.complete_scenario,
    help='Facts laid over the base tables (default: the economy\'s own); "base" for none.',
)
corner = click.option(
    "--corner",
    type=click.Choice(CORNERS),
    default="central",
    show_default=True,
    help="End of the ranges of the data: what favours the plan, or what does not.",
)
floor = click.option(
    "--floor",
    type=Floor(),
    metavar="FLOOR",
    help="Least consumption in place of the model's: promised, base, subsistence, actual or a share of base.",
)
changes = click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="CHANGE",
    shell_complete=names.complete_table,
    help="Change numbers: TABLE:KEY=VALUE,...:COLUMN=NUMBER, or *= and +=. May be given again.",
)


def draws(says: str, seed: int = 1) -> Callable[[Command], Command]:
    """In how many draws something is asked again, and the chance of them.

    Args:
        says: what is done in each.
        seed: usual one.
    """
    count = click.option("--draws", type=number("draws"), default=0, metavar="N", help=says)
    chance = click.option(
        "--seed", type=number("seed"), default=seed, show_default=True, metavar="N", help="Of the draws."
    )
    return lambda command: count(chance(command))


def opening(command: Command) -> Command:
    """With what an economy that follows another begins."""
    state = click.option(
        "--opening",
        type=click.Choice(("record", "run", "bound")),
        help="What an economy that follows another begins with: its record, what a plan left in its run, or of each the larger.",
    )
    source = click.option(
        "--from",
        "source",
        type=click.Path(path_type=Path),
        metavar="RUN",
        help="The run of `planner solve` whose plan left it.",
    )
    return state(source(command))


def question(command: Command) -> Command:
    """What is asked: ECONOMY and the options that ``planner.solve`` takes by these names."""
    for option in (changes, floor, corner, scenario, plan, model, economy):
        command = option(command)
    return command


def solver(command: Command) -> Command:
    """Who solves it, and for how long."""
    name = click.option(
        "--solver",
        callback=_solver,
        default="highs",
        show_default=True,
        metavar="SOLVER",
        help="highs, or a solver that PuLP knows (`planner list solvers`).",
    )
    return name(_time_limit("Stop each solve after so many seconds.")(command))


def search(command: Command) -> Command:
    """How long and how finely is searched among whole numbers."""
    nodes = click.option(
        "--nodes",
        type=number("nodes"),
        default=20_000,
        show_default=True,
        metavar="N",
        help="Stop each search after so many branches, as on any machine; 0 for no limit.",
    )
    limit = _time_limit("Stop each search after so many seconds; what it found, and its bound, are kept.")
    return limit(nodes(gap(command)))


def _time_limit(says: str) -> Callable[[Command], Command]:
    return click.option(
        "--time-limit",
        "seconds",
        type=number("seconds"),
        default=float("inf"),
        metavar="SECONDS",
        help=says,
    )


def method(command: Command) -> Command:
    """Whether the optimum is sought, or a bracket of it."""
    name = click.option(
        "--method",
        type=click.Choice(["auto", "exact", "first-order"]),
        default="auto",
        show_default=True,
        help="The optimum, or a plan that holds and a proved bound within --gap of each other; by size, if not said.",
    )
    work = click.option(
        "--work",
        type=number("work"),
        default=200_000,
        show_default=True,
        metavar="N",
        help="End a first-order method after so many iterations, as on any machine.",
    )
    return name(work(command))


def gap(command: Command) -> Command:
    """How near to the bound a search among whole numbers ends."""
    option = click.option(
        "--gap",
        type=number("gap"),
        default=1e-4,
        show_default=True,
        metavar="SHARE",
        help="End a search among whole projects, or a first-order method, this near to its bound, relatively; 0 for a proof.",
    )
    return option(command)


def output(command: Command) -> Command:
    """Where the run folder goes."""
    out = click.option(
        "--out",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Folder of the results (default: outputs/ECONOMY/PLAN-SCENARIO-MODEL).",
    )
    overwrite = click.option("--overwrite", is_flag=True, help="Replace the folder of an earlier run.")
    return out(overwrite(command))


def form(command: Command) -> Command:
    """How the answer is printed."""
    option = click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json"]),
        default="table",
        show_default=True,
        help="How the answer is printed.",
    )
    return option(command)
