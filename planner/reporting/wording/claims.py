"""What each proof of a run shows, and does not show, in words that can be quoted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from fractions import Fraction
from math import ceil

from planner.analysis.feasibility import claims
from planner.analysis.feasibility.assessment import Assessment
from planner.analysis.feasibility.attainment import claim_of, empty_claim
from planner.analysis.feasibility.verdicts import VerdictRow
from planner.economy import Economy
from planner.formulation import Question
from planner.language.counting import listed
from planner.language.numbers import percent
from planner.reporting.wording.numbers import conditions, plan_title

__all__ = ["ladder_statement", "package_digest", "statement"]

_CORNERS = {
    "central": "at the central values",
    "optimistic": "with every uncertain number at the end that favours the plan",
    "pessimistic": "with every uncertain number at the end that hinders the plan",
}

_SUFFIX = claims.in_one_place("")
_IN_ONE_PLACE = (
    ", if all of the country lay in one place and hauls took nothing; so it is for every division into regions"
)

_WHAT = (
    "The sums are about the programs in program/ and variants.csv. That their numbers are those of the package, planner "
    "verify --rebuild shows; that they are true of the country, no sum can show."
)


def package_digest(economy: Economy) -> str:
    """SHA-256 over the name and SHA-256 of every file of the data package that was read, in the order of their names."""
    return hashlib.sha256(json.dumps(sorted(economy.files.items())).encode()).hexdigest()


def _rests_on(economy: Economy, question: Question) -> str:
    """The data package and the model, each with a SHA-256 that no other has."""
    model = hashlib.sha256(json.dumps(list(question.digests)).encode()).hexdigest()
    return f"{economy.title} (package {economy.name}, sha256 {package_digest(economy)}; model {question.name}, sha256 {model})"


def statement(found: Assessment) -> dict[str, str]:
    """What the run is about, under ``""``, and what each claim says, by its name.

    Args:
        found: an assessment with its proofs.
    """
    formulation = found.formulation
    economy = formulation.economy
    about = (
        f"{_rests_on(economy, formulation.question)}: {plan_title(formulation)} "
        f"({formulation.plan}), {len(formulation.targets.frame)} figures; {conditions(formulation)}; periods "
        f"{listed(list(economy.periods))}. {_WHAT}"
    )
    words = _verdicts(found) | _limits(found) | _conflicts(found) | _figures(found)
    return {"": about, **{name: words[name] for name in found.proofs}}


def ladder_statement(economy: Economy, question: Question, rows: Iterable[VerdictRow]) -> dict[str, str]:
    """The same for many plans, scenarios and floors.

    Args:
        economy: whose plans.
        question: that was asked of each.
        rows: what was found.
    """
    about = (
        f"{_rests_on(economy, question)}: plans side by side; model "
        f"{question.name}; periods {listed(list(economy.periods))}. {_WHAT}"
    )
    words = {"": about}
    for row in rows:
        ends = "the modest ends of the figures" if row.cells["figures"] == "modest" else "the figures"
        for proof in row.proofs:
            corner, plan, head = _CORNERS[str(row.cells["corner"])], row.case.label, proof.lines[0]
            corner += _IN_ONE_PLACE if proof.claim.endswith(_SUFFIX) else ""
            words[proof.claim] = (
                f"{plan}: {_reached(ends, Fraction(head['limit']), corner)}"
                if head["side"] == "at most"
                else f"{plan}: no plan keeps the floors and balances {corner}."
            )
    return words


def _reached(ends: str, bound: Fraction, corner: str) -> str:
    most = percent(ceil(1000 * bound) / 1000)
    reached = f"Whatever the plan, {ends} are reached together to at most {most}, {corner}."
    return f"{reached} It does not show that so much can be reached."


def _verdicts(found: Assessment) -> dict[str, str]:
    words: dict[str, str] = {}
    for (at, figures), level in found.cases.items():
        ends = "the modest ends of the figures" if figures == "modest" else "the figures"
        for attained in level:
            formulation, proof = attained.formulation, attained.certificate
            if proof is None:
                continue
            one = proof.claim.endswith(_SUFFIX)
            corner, suffix = _CORNERS[at] + (_IN_ONE_PLACE if one else ""), _SUFFIX if one else ""
            words.setdefault(claim_of(formulation, figures) + suffix, _reached(ends, proof.bound, corner))
            others = "other figures" if formulation.targets.held.any() else "figures"
            words[empty_claim(formulation, figures) + suffix] = (
                f"No plan keeps {formulation.targets.kept} {corner}, whatever the {others}."
            )
    return words


def _limits(found: Assessment) -> dict[str, str]:
    return {
        claims.no_amount(group, way): (
            f"However far one group of limits grew ({group}), all others as they are, the figures could not all be met."
            if way == "alone"
            else f"However large all limits that can grow were, the figures could not all be met ({group}, {way})."
        )
        for group, way in [
            *zip(found.relaxation.get("group", ()), found.relaxation.get("way", ()), strict=True),
            *((group, "alone") for group in found.regional_relaxation.get("group", ())),
        ]
    }


def _conflicts(found: Assessment) -> dict[str, str]:
    return {
        claims.conflict(int(number), by_region=some is found.by_region): str(says)
        for some in (found.conflicts, found.by_region)
        if some is not None
        for kind, number, says in zip(*(some.table[name] for name in ("kind", "number", "sentence")), strict=True)
        if kind == "conflict"
    }


def _figures(found: Assessment) -> dict[str, str]:
    return {
        claims.left_out(name): f"Without {name} the other figures could not all be met either."
        for name in found.formulation.targets.names
    }
