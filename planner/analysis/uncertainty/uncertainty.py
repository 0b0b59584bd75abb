"""Uncertainty (measure h): a question solved for many draws of all uncertain numbers, several plans on the same draws."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planner.analysis.uncertainty.design import Design, Factors, design_of, factors_of
from planner.analysis.uncertainty.draws import (
    EMPTY,
    SOLVED,
    UNDECIDED,
    Draw,
    Trial,
    nine_digits,
    packed,
    solve_packed,
    trial_of,
)
from planner.analysis.uncertainty.journal import Journal, journal
from planner.analysis.uncertainty.sampling import Cluster, Sampling
from planner.analysis.uncertainty.screening import kept_groups, screened
from planner.analysis.uncertainty.workers import spread
from planner.economy import DataError, Finding
from planner.formulation import Formulation, formulate
from planner.formulation.parametric.program import flat, parametrise
from planner.formulation.parametric.rows import UncertainRows, uncertain_rows
from planner.program import LinearProgram, Vector
from planner.solver.highs import VERSION as SOLVER
from planner.solver.highs import Session

__all__ = ["ONE_WAY", "DrawsOutcome", "Uncertainty", "bounded", "explore"]

ONE_WAY = (
    ("optimistic", True, 1.0),
    ("half-way optimistic", True, 0.5),
    ("half-way pessimistic", False, 0.5),
    ("pessimistic", False, 1.0),
)

_AT_ONCE = 256  # draws of which numbers are held at once
_ROUNDING = 1e-6  # of a share
CHUNK = 32  # draws a task; some seconds at most, so that little is lost with a worker


@dataclass(frozen=True, eq=False)
class DrawsOutcome:
    """What came of the draws of one question.

    Args:
        formulation: the question at the central values.
        status: ``solved``, ``empty`` or ``undecided``, shape (draws,).
        value: of the objective, ``nan`` where there is none.
        shares: share of each target, all together, shape (draws, targets); no columns where they were not wanted.
        alone: greatest share of each by itself, likewise.
        fails: what leaves a draw without a plan: ``floor``, ``balances`` or nothing, shape (draws,).
        one_way: what is reached with all numbers moved one way and balances kept, by how far; ``nan`` for no plan.
        bound: what is reached at the independent optimistic corner, which no draw exceeds; ``nan`` where it is not known.
    """

    formulation: Formulation
    status: npt.NDArray[np.object_]
    value: Vector
    shares: Vector
    alone: Vector
    fails: npt.NDArray[np.object_]
    one_way: Mapping[str, float] = field(default_factory=dict)
    bound: float = np.nan

    @property
    def reached(self) -> Vector:
        """The value, −∞ where no plan keeps floors and balances; draws left undecided are left out."""
        return np.asarray(np.where(self.status == EMPTY, -np.inf, self.value)[self.status != UNDECIDED], dtype=float)


@dataclass(frozen=True, eq=False)
class Uncertainty:
    """Draws of one or several questions on common random numbers.

    Args:
        outcomes: one a question.
        design: of the draws.
        factors: what was drawn for each question.
        numbers: of the draws that are done, in order.
        options: what was chosen.
        interrupted: whether draws are missing.
        screening: where not every group was drawn, what each changes alone, and which were kept.
        journal: where draws are kept.
        given: what happened, asked in the same draws; one a span of years.
        scaled: draws in which what was drawn used more of an item in the base period than there was, by item, of the first
            question.
    """

    outcomes: tuple[DrawsOutcome, ...]
    design: Design
    factors: tuple[Factors, ...]
    numbers: npt.NDArray[np.intp]
    options: Mapping[str, Any] = field(default_factory=dict)
    interrupted: bool = False
    screening: pd.DataFrame | None = None
    journal: Path | None = None
    given: tuple[DrawsOutcome, ...] = ()
    scaled: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def quantiles(self) -> Vector:
        """Quantile of every factor in every draw that is done, shape (draws, factors)."""
        return np.array([self.design.shares(int(number)) for number in self.numbers]).reshape(len(self.numbers), -1)


def explore(
    formulations: Sequence[Formulation],
    sampling: Sampling,
    cluster: Cluster,
    *,
    given: Sequence[Formulation] = (),
    beside: Path | None = None,
    tick: Callable[[int, int], None] = lambda _done, _of: None,
) -> Uncertainty:
    """Draw all uncertain numbers and solve, many times.

    Numbers that go by one name are drawn as one, whatever the economies and scenarios in which they stand.

    Args:
        formulations: the questions; whole projects are taken in parts.
        sampling: what is drawn, and how.
        cluster: where draws are solved.
        given: what happened, posed as plans of their own names, to be asked in every draw too.
        beside: folder of the run, beside which draws are kept as they come, and read first; whoever gave it removes the
            journal when the results are safe.
        tick: told how many solves are done, and of how many.

    Returns:
        Every draw; after Ctrl-C those that all questions have, with ``interrupted``.

    Raises:
        DataError: no number has a range.
        ValueError: a design that cannot be laid out.
        InUseError: another process draws for the same folder.
    """
    linear = [_linear(formulation) for formulation in (*formulations, *given)]
    asked = len(formulations)

    def sorted_out(numbers: UncertainRows) -> Factors:
        return factors_of(
            numbers,
            sharing=sampling.sharing,
            by=sampling.grouped,
            distribution=sampling.distribution,
            distributions=sampling.distributions,
        )

    factors = [sorted_out(uncertain_rows(f.economy, f.plan if at >= asked else "")) for at, f in enumerate(linear)]
    if not any(map(len, factors)):
        said = "No number of the economy has a range (low, high), so nothing is uncertain and nothing can be drawn."
        raise DataError([Finding("E178", "economy.toml", (), "", "", said)], linear[0].economy.folder)
    screening = _screen(linear[:asked], factors[:asked], sampling) if sampling.keep else None
    if screening is not None:
        kept = set(screening.loc[screening["kept"] == "yes", "group"])
        factors = [
            sorted_out(f.numbers.some(np.array([i < 0 or f.groups[i] in kept for i in f.of], bool))) for f in factors
        ]
    groups = {name: group for f in factors for name, group in zip(f.names, f.groups, strict=True)}
    laid = design_of(
        list(groups), list(groups.values()), kind=sampling.design, samples=sampling.size, seed=sampling.seed
    )
    trials = []
    for at, (one, mine) in enumerate(zip(linear, factors, strict=True)):
        usual = sampling.design == "random" and one.question.sought.reading in ("balanced", "proportional")
        wanted = at < asked and (usual if sampling.each_target is None else sampling.each_target)
        each = wanted and one.goal.is_share
        trials.append(trial_of(parametrise(one, mine.numbers), mine, laid.names, each_target=each))
    with journal(beside, fingerprint(trials, laid)) if beside is not None else nullcontext() as notes:
        known, whole = _solve(trials, laid, notes, cluster, tick)
    done = [i for i in range(laid.size) if all((at, i) in known for at in range(len(trials)))]
    lies = notes.path if notes is not None else None
    found = tuple(_outcome(trial, [known[at, i] for i in done]) for at, trial in enumerate(trials))
    options = {
        "design": sampling.design,
        "samples": sampling.size,
        "seed": sampling.seed,
        "draws": laid.size,
        "by": sampling.grouped,
        "sharing": sampling.sharing,
        "distribution": sampling.distribution,
        "distributions": dict(sampling.distributions),
        "keep": sampling.keep,
    }
    if sampling.condition is not None:
        condition = sampling.condition
        options |= {"given": condition.text, "span": condition.span, "tolerance": condition.tolerance}
    if sampling.each_target is not None:
        options["balanced"] = sampling.each_target
    return Uncertainty(
        tuple(bounded(trial, outcome) for trial, outcome in zip(trials, found[:asked], strict=False)),
        laid,
        tuple(factors[:asked]),
        np.array(done, np.intp),
        options,
        not whole,
        screening,
        lies,
        found[asked:],
        _scaled(trials[0], laid, done),
    )


def bounded(trial: Trial, outcome: DrawsOutcome) -> DrawsOutcome:
    """An outcome with what is reached when all numbers move one way, and with the bound on every draw.

    The independent optimistic corner has every number at its good end and every residual at the best it can come to, so that
    it contains the feasible set of every draw. With balances kept the good ends are no bound: what inputs save, the residual use
    takes back.

    Args:
        trial: the question.
        outcome: of its draws.

    Raises:
        RuntimeError: a draw exceeds the bound, so that the bound is none.
    """
    numbers, question = trial.factors.numbers, outcome.formulation.question
    session = Session()

    def reached(program: LinearProgram) -> float:
        solution = session.solve(program)
        return nine_digits(solution.objective) if solution.optimal else np.nan

    one_way = {}
    for name, favour, far in ONE_WAY:
        values = numbers.central + far * (numbers.ends(favour=favour) - numbers.central)
        one_way[name] = reached(trial.stated.at(numbers.closed(values[None, :])[0][0]))
    bound = np.nan
    if outcome.formulation.goal.is_share:
        with suppress(DataError):  # tables changed in memory may not say what stands at a corner
            corner = outcome.formulation.economy.at_corner("optimistic")
            bound = reached(formulate(corner, question, outcome.formulation.plan).program)
    most = float(outcome.value[outcome.status == SOLVED].max(initial=-np.inf))
    if most > bound * (1.0 + _ROUNDING) + _ROUNDING:
        raise RuntimeError(
            f"A draw reaches {most:.9g}, more than the optimistic corner ({bound:.9g}): the corner is no bound."
        )
    return replace(outcome, one_way=one_way, bound=bound)


def _scaled(trial: Trial, design: Design, draws: Sequence[int]) -> dict[str, int]:
    """In how many draws what was drawn had to be brought down, by item."""
    counted: dict[str, int] = {}
    for start in range(0, len(draws), _AT_ONCE):
        shares = np.array([design.shares(i) for i in draws[start : start + _AT_ONCE]])
        for item, hit in trial.factors.many(shares[:, trial.places])[1].items():
            counted[item] = counted.get(item, 0) + int(hit.sum())
    return counted


def _screen(formulations: Sequence[Formulation], factors: Sequence[Factors], sampling: Sampling) -> pd.DataFrame:
    """What every group does alone, plan by plan, and which are kept."""
    found = [
        screened(parametrise(one, mine.numbers), mine, sampling.seed)
        for one, mine in zip(formulations, factors, strict=True)
    ]
    kept = set(kept_groups(found, sampling.keep))
    table = pd.concat(found, ignore_index=True)
    return table.assign(kept=["yes" if group in kept else "no" for group in table["group"]])


def _linear(formulation: Formulation) -> Formulation:
    """Whole projects in parts, and the objective ``attainment`` alike: draws are solved by the thousand."""
    if not formulation.program.integer.any():
        return formulation
    return formulate(formulation.facts, formulation.question.in_parts, formulation.plan)


def _solve(
    trials: Sequence[Trial],
    design: Design,
    notes: Journal | None,
    cluster: Cluster,
    tick: Callable[[int, int], None],
) -> tuple[dict[tuple[int, int], Draw], bool]:
    """Draws by position of their question and number, and whether none is missing."""
    known = notes.read() if notes is not None else {}
    total = design.size * len(trials)
    tick(len(known), total)
    parcels = [packed(trial) for trial in trials]
    questions, tasks = [], []
    for start in range(0, design.size, CHUNK):
        for at, parcel in enumerate(parcels):
            missing = [i for i in range(start, min(start + CHUNK, design.size)) if (at, i) not in known]
            if missing:
                questions.append(at)
                tasks.append((parcel, missing, np.array([design.shares(i) for i in missing])))

    def take(position: int, draws: list[Draw]) -> None:
        at = questions[position]
        known.update({(at, draw.number): draw for draw in draws})
        if notes is not None:
            notes.add(at, draws)
        tick(len(known), total)

    try:
        spread(solve_packed, tasks, take, workers=cluster.workers, backend=cluster.backend, address=cluster.address)
    except KeyboardInterrupt:
        return known, False
    return known, True


def _outcome(trial: Trial, draws: Sequence[Draw]) -> DrawsOutcome:
    width = len(trial.formulation.targets.frame) if trial.each_target else 0
    shares, alone = np.full((2, len(draws), width), np.nan)
    for place, draw in enumerate(draws):
        if draw.status == SOLVED and width:
            shares[place], alone[place] = draw.shares, draw.alone
    status, fails = (np.array([getattr(draw, name) for draw in draws], object) for name in ("status", "fails"))
    return DrawsOutcome(
        trial.formulation, status, np.array([draw.value for draw in draws], dtype=float), shares, alone, fails
    )


def fingerprint(trials: Sequence[Trial], design: Design) -> str:
    """Digest of everything the answer of a draw depends on; of a random design without its size, which may grow."""
    versions = (version("planner"), SOLVER, np.__version__)
    digest = hashlib.sha256(repr((versions, design.kind, design.seed)).encode())
    digest.update(design.table.tobytes())
    for trial in trials:
        numbers = trial.factors.numbers
        digest.update(
            repr((trial.formulation.plan, trial.factors.names, trial.factors.kinds, trial.each_target)).encode()
        )
        parts: list[npt.NDArray[Any]] = [
            flat(trial.formulation.program),
            trial.formulation.program.matrix.indptr,
            trial.formulation.program.matrix.indices,
            numbers.low,
            numbers.central,
            numbers.high,
            trial.factors.of,
        ]
        if trial.stated.slopes is not None:
            parts += [trial.stated.slopes.data, np.asarray(trial.stated.slopes.indices, dtype=float)]
        for part in parts:
            digest.update(np.ascontiguousarray(part).tobytes())
    return digest.hexdigest()
