"""What a run calls proved, claim by claim, each with a certificate about the program that is written down.

Every claim but those of the verdicts speaks of the program of the central values and of some of its rows only: that no
growth of some limits would do is proved by rows other than those, that some figures and limits cannot stand together by
their own rows, and that the rest stays out of reach without one figure by rows that are not that figure's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np

from planner.analysis.feasibility.attainment import INSIDE
from planner.formulation import Formulation
from planner.program import Codes, LinearProgram
from planner.proof.certificate import Certificate, prove, prove_empty
from planner.solver.highs import Session
from planner.solver.solution import Status

__all__ = ["Freed", "conflict", "in_one_place", "left_out", "no_amount", "proved_without"]

_NONE = np.zeros(0, dtype=np.intp)


@dataclass(frozen=True, eq=False)
class Freed:
    """Limits that a proof does without.

    Args:
        rows: positions of rows.
        above: positions of columns whose greatest value it does not rest on.
    """

    rows: Codes
    above: Codes = field(default_factory=lambda: _NONE)

    @classmethod
    def together(cls, several: Iterable[Freed]) -> Freed:
        """All of them."""
        some = list(several)
        return cls(
            np.unique(np.concatenate([_NONE, *(freed.rows for freed in some)])),
            np.unique(np.concatenate([_NONE, *(freed.above for freed in some)])),
        )


def no_amount(group: str, way: str) -> str:
    """Name of the claim that no growth of a group of limits would do.

    >>> no_amount("labour", "alone"), no_amount("all of them", "equally")
    ('no amount of labour, alone', 'no amount of all of them, equally')
    """
    return f"no amount of {group}, {way}"


def conflict(number: int, *, by_region: bool = False) -> str:
    """Name of the claim that the members of a conflict cannot stand together."""
    return f"conflict {number}{', by region' if by_region else ''}"


def left_out(target: str) -> str:
    """Name of the claim that the other figures stay out of reach together without one."""
    return f"without {target}"


def in_one_place(claim: str) -> str:
    """Name of a claim about the country where all of it lies in one place."""
    return f"{claim}, in one place"


def proved_without(
    formulation: Formulation, claim: str, freed: Freed, session: Session | None = None
) -> Certificate | None:
    """A proof that not all figures can be met, which does without some limits.

    Args:
        formulation: of max θ.
        claim: name of the claim.
        freed: what the proof may not rest on.
        session: a warm solver.

    Returns:
        A certificate about the program as formulated, that θ stays below one or that there is no plan at all; ``None`` where
        there is none without bounds declared for it.
    """
    program = formulation.program
    wider = program.relaxed(freed.rows).bounded(freed.above, upper=np.inf)
    solution = (session or Session()).solve(wider)
    found: Certificate | None = None
    if solution.status is Status.INFEASIBLE:
        found = prove_empty(wider, claim, declare=False)
    elif solution.optimal and solution.objective < INSIDE:
        found = prove(solution, claim)
    return about(found, program) if found is not None and not found.declared else None


def about(certificate: Certificate, program: LinearProgram) -> Certificate | None:
    """The same proof about a program with more limits, where it still shows that something is missing."""
    found = replace(certificate, program=program)
    return found if found.valid and found.gap is not None and found.gap > 0 else None
