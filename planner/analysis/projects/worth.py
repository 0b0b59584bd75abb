"""What single projects are worth, which programmes are nearly as good as the best, and how the official list compares.

With whole numbers there are no shadow prices. The worth of a project is the difference between the best with it and the
best without it, each searched for anew and each with its bound.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from planner.analysis.projects.programme import Programme, cheapest, starts_in
from planner.formulation import Formulation
from planner.program import Codes, LinearProgram, Matrix, Vector
from planner.solver.highs import Session, SolveOptions
from planner.solver.mixed import rounded, with_fixed
from planner.solver.solution import Solution, Status

WITHIN = 0.01  # a programme this much below the best, relatively, counts as nearly as good
COUNT = 12  # programmes listed
Say = Callable[[str], None]


@dataclass(frozen=True)
class BestProgramme:
    """The best of some programmes: what is reached, what no such programme passes, and the point; ``nan`` for none."""

    reached: float
    bound: float
    values: Vector


@dataclass(eq=False)
class Searches:
    """Searches among the programmes of one question, each with some programmes left out; programmes met are kept.

    Args:
        formulation: about a share of targets.
        programme: the best of all.
        limits: of each search.
        met: programmes met, each with its share, and its values, shape (columns,).
        interrupted: by the user, after which nothing more is searched.
    """

    formulation: Formulation
    programme: Programme
    limits: SolveOptions
    met: list[tuple[float, Vector]] = field(default_factory=list)
    interrupted: bool = False

    def __post_init__(self) -> None:
        """Begin with what the first search met."""
        self._session = Session(self.limits)
        self._note(self.programme.search)
        for values in (self.programme.values, self.programme.search.values):
            self._keep(values)

    @property
    def program(self) -> LinearProgram:
        """The program with nothing left out."""
        return self.formulation.program

    @property
    def theta(self) -> int:
        """Column of the share."""
        return self.program.column_block["attainment"].start

    @property
    def none(self) -> BestProgramme:
        """What there is where no programme is."""
        return BestProgramme(float("nan"), float("nan"), np.full(self.program.shape[1], np.nan))

    def spent(self, values: Vector) -> float:
        """What a programme spends on projects within the horizon, value units at central norms."""
        started = np.round(values[self.program.column_block["project_start"].slice])
        return float((self.formulation.variables.projects.spending @ started).sum())

    def columns(self, project: int) -> Codes:
        """Columns of a project's starts."""
        T = self.formulation.facts.T
        first = self.program.column_block["project_start"].start + project * T
        return np.arange(first, first + T)

    def row(self, project: int) -> int:
        """Row that says a project is started at most once."""
        return self.program.row_block["project"].start + project

    def forced(self, project: int, number: int, *, after: int = -1) -> LinearProgram:
        """The program with a project started exactly so many times, and not before the period after ``after``."""
        program = self.program.limited(self.row(project), lower=number, upper=number)
        return program.bounded(self.columns(project)[: after + 1], upper=0.0)

    def best(self, program: LinearProgram) -> BestProgramme:
        """The best programme of a program with some left out; a programme met before that cannot be beaten is taken."""
        known = [(reached, values) for reached, values in self.met if _allowed(program, values)]
        met = max(known, key=lambda pair: pair[0], default=None)
        if met is not None and met[0] >= self.programme.bound * (1.0 - max(self.limits.gap, 1e-9)):
            return BestProgramme(met[0], self.programme.bound, met[1])
        solution = self.search(program, start=None if met is None else met[1])
        if solution is None or solution.status is Status.INFEASIBLE:
            return self.none
        self._keep(solution.values)
        return BestProgramme(solution.objective, min(solution.bound, self.programme.bound), solution.values)

    def search(self, program: LinearProgram, *, start: Vector | None = None, other: bool = False) -> Solution | None:
        """One search, unless the user has interrupted; ``other``: a program with more rows than the question's."""
        if self.interrupted:
            return None
        solution = (Session(self.limits) if other else self._session).solve(program, start=start)
        self._note(solution)
        return solution

    def _note(self, solution: Solution) -> None:
        self.interrupted = self.interrupted or solution.detail == "Interrupt"

    def difference(self, one: BestProgramme, other: BestProgramme) -> float:
        """What the best of some reaches more than the best of others; nothing finer than the gap is claimed."""
        more = one.reached - other.reached
        finest = 2.0 * max(self.limits.gap, 1e-9) * abs(self.programme.bound)
        return 0.0 if abs(more) <= finest else more

    def _keep(self, values: Vector) -> None:
        if np.isfinite(values).all():
            self.met.append((float(values[self.theta]), values))


def _allowed(program: LinearProgram, values: Vector) -> bool:
    """Whether a programme met keeps to the starts that a program allows and demands."""
    columns = program.column_block["project_start"].slice
    started = np.round(values[columns])
    if (started > program.column_upper[columns] + 0.5).any() or (started < program.column_lower[columns] - 0.5).any():
        return False
    rows = program.row_block["project"].slice
    count = program.matrix[rows] @ values
    return bool((count >= program.row_lower[rows] - 1e-6).all() and (count <= program.row_upper[rows] + 1e-6).all())


def worth(searches: Searches, say: Say = lambda _: None) -> pd.DataFrame:
    """The share reached with each project forced in, forced out, and begun later.

    ``later`` is a period after its start in the best programme, or, for a project that is not in it, after its earliest.
    ``needed`` says whether every programme within ``WITHIN`` of the best contains the project: ``yes`` is proved by the
    bound, ``no`` by a programme; ``unknown`` is left where a search was stopped.

    Returns:
        One row a project: shares, the bounds of the searches behind them, ``worth`` = in − out, ``delay`` = in − later
        (0 for what is finer than the gap of the searches); ``nan`` where no programme of the kind exists. Fewer rows
        where the user interrupted.
    """
    starts, facts = searches.formulation.variables.projects.starts, searches.formulation.facts
    best = searches.programme.solution.objective
    start = dict(searches.programme.starts)
    rows = []
    for i, project in enumerate(starts.labels):
        say(f"Worth of {project}")
        first = start.get(project, str(facts.periods[starts.first[i]]))
        into, out = searches.best(searches.forced(i, 1)), searches.best(searches.forced(i, 0))
        later = searches.best(searches.forced(i, 1, after=facts.position("period", first)))
        if searches.interrupted:
            break
        rows.append(
            {
                "project": project,
                "name": starts.table["name"].iloc[i],
                "start_in_best": start.get(project, ""),
                "forced_in": into.reached,
                "forced_in_bound": into.bound,
                "forced_out": out.reached,
                "forced_out_bound": out.bound,
                "later": later.reached,
                "later_bound": later.bound,
                "worth": searches.difference(into, out),
                "delay": searches.difference(into, later),
                "needed": _needed(best, out),
                "unit": searches.formulation.goal.unit,
            }
        )
    return pd.DataFrame(rows)


def _needed(best: float, out: BestProgramme) -> str:
    if out.reached >= (1.0 - WITHIN) * best:
        return "no"
    stopped = out.bound >= (1.0 - WITHIN) * best
    return "unknown" if stopped else "yes"


def near_best(searches: Searches, *, count: int = COUNT, say: Say = lambda _: None) -> list[BestProgramme]:
    """Programmes within ``WITHIN`` of the best, the best first, no two alike.

    A programme listed leaves out, for those after it, every programme that contains all its projects, whenever begun:
    works that do nothing would make a new programme of any old one. Where that leaves fewer than ``count``, other dates of
    the same projects are allowed too; and in the end whatever differs in a single start.
    """
    best = searches.programme.solution.objective
    listed = [BestProgramme(best, searches.programme.bound, searches.programme.values)]
    for cut in (_other_projects, _other_dates, _anything_else):
        while len(listed) < count:
            say(f"Programme {len(listed) + 1} of those nearly as good")
            found = _next_best(searches, [cut(searches, item.values) for item in listed], best)
            if found is None:
                break
            listed.append(found)
    return sorted(listed, key=lambda item: (-round(item.reached, 6), searches.spent(item.values)))


def _next_best(searches: Searches, cuts: Sequence[tuple[Vector, float]], best: float) -> BestProgramme | None:
    """The best programme that keeps to all cuts (row, least value), if it comes near the best of all; its cheapest form."""
    program = with_cuts(searches.program, cuts).bounded(searches.theta, lower=(1.0 - WITHIN) * best)
    solution = searches.search(program, start=None if searches.interrupted else rounded(program), other=True)
    if solution is None or not np.isfinite(solution.values).all():
        return None
    values = cheapest(searches.formulation, program, solution.values, searches.limits)
    fixed = Session().solve(with_fixed(searches.program, values))  # a search may stop short of what its projects reach
    reached = fixed.objective if fixed.optimal else solution.objective
    return BestProgramme(reached, min(solution.bound, searches.programme.bound), values)


def with_cuts(program: LinearProgram, cuts: Sequence[tuple[Vector, float]]) -> LinearProgram:
    """The program with rows that leave programmes out: coefficients over all columns, and the least value of each."""
    if not cuts:
        return program
    numbers = np.array([str(i + 1) for i in range(len(cuts))], object)
    body, least = Matrix(np.array([row for row, _ in cuts])), np.array([least for _, least in cuts])
    return program.with_rows("left_out", body, lower=least, index=("number",), keys=(numbers,), unit="starts")


def _started(searches: Searches, values: Vector) -> Vector:
    """Starts of a programme over all columns."""
    on = np.zeros(searches.program.shape[1])
    columns = searches.program.column_block["project_start"].slice
    on[columns] = np.round(values[columns])
    return on


def _other_projects(searches: Searches, values: Vector) -> tuple[Vector, float]:
    """Not all of the programme's projects, whenever begun: −Σ y ≥ 1 − their number."""
    on = _started(searches, values)
    projects = np.unique((np.flatnonzero(on) - searches.columns(0)[0]) // searches.formulation.facts.T)
    row = np.zeros(len(on))
    for project in projects:
        row[searches.columns(int(project))] = -1.0
    return row, 1.0 - len(projects)


def _other_dates(searches: Searches, values: Vector) -> tuple[Vector, float]:
    """Not all of the programme's starts."""
    on = _started(searches, values)
    return -on, 1.0 - on.sum()


def _anything_else(searches: Searches, values: Vector) -> tuple[Vector, float]:
    """At least one start more or less."""
    on = _started(searches, values)
    columns = searches.program.column_block["project_start"].slice
    row = np.zeros(len(on))
    row[columns] = np.where(on[columns] > 0.5, -1.0, 1.0)
    return row, 1.0 - on.sum()


def near_best_table(searches: Searches, listed: Sequence[BestProgramme]) -> pd.DataFrame:
    """Every start of every programme listed: rank, share, bound, spending and the projects with their dates."""
    rows = []
    for rank, item in enumerate(listed, start=1):
        starts = starts_in(searches.formulation, item.values)
        for project, period in starts or (("", ""),):
            rows.append(
                {
                    "rank": rank,
                    "project": project,
                    "start": period,
                    "attainment": item.reached,
                    "bound": item.bound,
                    "unit": searches.formulation.goal.unit,
                    "projects": len(starts),
                    "spent": searches.spent(item.values),
                    "spent_unit": searches.formulation.economy.value_unit,
                }
            )
    return pd.DataFrame(rows)
