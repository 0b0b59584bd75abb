"""One program over several economies that follow one another, each in its own units, periods and norms.

Every economy keeps its own rows and columns. What a later one opens with is no number but what the earlier leaves: its limits
are linear in the opening position (`planner.economy.chain.opened`), the opening position is linear in the unknowns of the plan
before (`planner.formulation.chains.state`), and units change at the joint by the table `rebase`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import scipy.sparse as sp

from planner.analysis.chains.chain import EconomyChain
from planner.analysis.shares.target_rows import TargetRows
from planner.economy import DataError, Economy, Finding
from planner.economy.chain.opened import Opening
from planner.economy.chain.rebase import rebased
from planner.formulation import Formulation, Question, formulate
from planner.formulation.chains.state import state_at
from planner.formulation.parametric.program import flat, parametrise
from planner.formulation.parametric.rows import UncertainRows
from planner.program import Codes, LinearProgram, Matrix, Vector

__all__ = ["Joined", "joined"]


@dataclass(frozen=True, eq=False)
class Joined:
    """A question put to several economies at once.

    Args:
        parts: the question put to each, with nothing where a later one takes over what an earlier left; the last is asked for its
            targets, the others for nothing.
        program: of all of them.
    """

    parts: tuple[Formulation, ...]
    program: LinearProgram

    def asking(self, targets: Codes) -> LinearProgram:
        """The program in which nothing is asked of the last economy but some of its targets.

        Args:
            targets: their positions in its frame.
        """
        last = TargetRows(self.parts[-1])
        others = np.setdiff1d(np.arange(len(self.parts[-1].targets.frame)), targets)
        before = self.program.shape[0] - last.program.shape[0]
        return self.program.relaxed(before + last.rows_of(others))


def joined(chain: EconomyChain) -> Joined:
    """One program over economies in a row.

    The question is put to the last of them; the others meet their balances, limits and floors.

    Args:
        chain: the economies, and what the last is asked for.

    Raises:
        DataError: a line of `rebase` is missing, or what one leaves cannot be carried over.
    """
    parts: list[Formulation] = []
    for at, economy in enumerate(chain.economies):
        last = at == len(chain.economies) - 1
        asked = chain.asked(at)
        if not last:
            families = tuple(name for name in asked.families if name != "target")
            asked = replace(asked, families=families, objective="consumption", then="")
        plan = chain.plan if last else ""
        if not parts:
            parts.append(formulate(economy, asked, plan))
            own = parts[0].program if last else _ends(parts[0], _position(economy, chain.ends[0]))
            program = _named(parts[0], own)
            continue
        part, links = _linked(parts[-1], _position(parts[-1].economy, chain.ends[at - 1]), economy, asked, plan)
        own = part.program if last else _ends(part, _position(economy, chain.ends[at]))
        program = _together(program, parts[-1], _named(part, own), links)
        parts.append(part)
    return Joined(tuple(parts), program)


def _position(economy: Economy, period: str) -> int:
    """Position of a period at whose end another economy begins.

    Raises:
        DataError: there is no such period.
    """
    if period not in economy.periods:
        said = f'{economy.name} has no period "{period}", at whose end another could begin; it has {", ".join(economy.periods)}.'
        raise DataError([Finding("E251", "economy.toml", (), "opening.period", period, said)], economy.folder)
    return economy.periods.index(period)


def _ends(part: Formulation, t: int) -> LinearProgram:
    """The program of an economy whose periods after a position are another's.

    What is asked of those periods is asked no more, but for what tells which plant would stand in them, on which the pace of
    building before them depends.
    """
    after = set(part.facts.periods[t + 1 :].tolist())
    free = []
    for block in part.program.rows:
        if "period" in block.index and block.name not in ("capacity_accumulation", "growth_limit"):
            when = block.keys[block.index.index("period")]
            free.append(block.start + np.flatnonzero(np.isin(when, list(after))))
    return part.program.relaxed(np.concatenate(free).astype(np.intp)) if free else part.program


@dataclass(frozen=True, eq=False)
class _Links:
    """What the limits of a later program are for each unknown of the plan before, and what is always added to them."""

    body: Matrix  # rows of the later program by columns of the earlier
    constant: Vector  # rows of the later program


def _linked(before: Formulation, t: int, economy: Economy, question: Question, plan: str) -> tuple[Formulation, _Links]:
    """A question put to an economy that begins with what a plan still sought leaves."""
    entries = state_at(before, t)
    left = sp.vstack([before.program.body(one.body) for one in entries], format="csr")
    fixed = np.concatenate([one.body.constant for one in entries])
    frame = pd.concat(
        [
            pd.DataFrame({"kind": one.kind, "key": one.key, "period": one.period, "unit": one.unit, "value": 0.0})
            for one in entries
        ],
        ignore_index=True,
    ).reset_index(names="entry")
    state = rebased(economy, frame, before.economy.name)
    opening = Opening(economy, state)
    nothing = opening.with_state(np.zeros(len(state)))
    part = formulate(economy.with_tables(nothing, economy.periods), question, plan)
    cells = opening.entering[["table", "column", "row"]].drop_duplicates().reset_index(drop=True)
    number = dict(zip(cells.itertuples(index=False, name=None), range(len(cells)), strict=True))
    of = [number[key] for key in opening.entering[["table", "column", "row"]].itertuples(index=False, name=None)]
    shape = (len(cells), len(state))
    enters = sp.csr_array(
        (opening.entering["factor"].to_numpy(float), (of, opening.entering["entry"].to_numpy(int))), shape=shape
    )
    limits = _limits(part, cells) @ enters
    carried = sp.diags_array(state["factor"].to_numpy(float)) @ left[state["entry"].to_numpy(int)]
    constant = state["factor"].to_numpy(float) * fixed[state["entry"].to_numpy(int)] + state["value"].to_numpy(float)
    return part, _Links(Matrix(limits @ carried), np.asarray(limits @ constant))


def _limits(part: Formulation, cells: pd.DataFrame) -> Matrix:
    """How the limits of a program's rows change with cells of its tables, shape (rows, cells)."""
    rows, columns = part.program.shape
    if cells.empty:
        return Matrix((rows, 0))
    now = [
        float(part.economy.tables[table][column].iloc[row])
        for table, column, row in cells.itertuples(index=False, name=None)
    ]
    table = cells.assign(number=cells["table"] + " " + cells["column"], now=now, low=now, central=now, high=now)
    table = table.assign(favourable=0, residual="no")
    places = tuple(np.array([row], dtype=np.intp) for row in cells["row"])
    found = parametrise(part, UncertainRows(part.economy, table, places, at_centre=False))
    entries = len(part.program.matrix.data) + columns
    slopes = found.slopes
    if slopes is None or len(found.odd):
        raise DataError([Finding("E251", "rebase.csv", (), "", "", _NOT_LINEAR)], part.economy.folder)
    lower, upper = slopes[entries : entries + rows], slopes[entries + rows : entries + 2 * rows]
    elsewhere = np.delete(np.arange(len(flat(part.program))), np.arange(entries, entries + 2 * rows))
    if abs(slopes[elsewhere]).sum() > 0.0:
        raise DataError([Finding("E251", "rebase.csv", (), "", "", _NOT_LINEAR)], part.economy.folder)
    below = np.isfinite(part.program.row_lower).astype(float)
    return Matrix(sp.diags_array(below) @ lower + sp.diags_array(1.0 - below) @ upper)


_NOT_LINEAR = (
    "Something in this economy hangs on what it opens with in another way than by its limits, so that no one program can be made "
    "of it and the one before. Ask of each by itself."
)


def _named(part: Formulation, program: LinearProgram) -> LinearProgram:
    """A program whose blocks are called by the economy they are of."""
    name = part.economy.name
    rows = tuple(replace(block, name=f"{name}.{block.name}") for block in program.rows)
    columns = tuple(replace(block, name=f"{name}.{block.name}") for block in program.columns)
    return program.with_(rows=rows, columns=columns)


def _together(first: LinearProgram, before: Formulation, own: LinearProgram, links: _Links) -> LinearProgram:
    """A program, and one more that begins with what its last part leaves."""
    height, width = first.shape
    earlier = width - before.program.shape[1]
    link = sp.hstack([sp.csr_array((links.body.shape[0], earlier)), links.body], format="csr")
    matrix = Matrix(sp.block_array([[first.matrix, None], [-link, own.matrix]], format="csr"))
    moved = tuple(replace(block, start=block.start + height) for block in own.rows)
    beside = tuple(replace(block, start=block.start + width) for block in own.columns)
    return own.with_(
        cost=np.concatenate([np.zeros(width), own.cost]),
        matrix=matrix,
        row_lower=np.concatenate([first.row_lower, own.row_lower + links.constant]),
        row_upper=np.concatenate([first.row_upper, own.row_upper + links.constant]),
        column_lower=np.concatenate([first.column_lower, own.column_lower]),
        column_upper=np.concatenate([first.column_upper, own.column_upper]),
        integer=np.concatenate([first.integer, own.integer]),
        rows=(*first.rows, *moved),
        columns=(*first.columns, *beside),
    )
