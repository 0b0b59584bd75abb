"""What each proof of a run shows, and does not show, in words that can be quoted."""

from __future__ import annotations

import hashlib
import json
from math import ceil

from planner.analysis.feasibility import claims
from planner.analysis.feasibility.assessment import Assessment
from planner.analysis.feasibility.attainment import claim_of, empty_claim
from planner.economy import Economy
from planner.language.counting import listed
from planner.language.numbers import percent
from planner.proof.certificate import Certificate
from planner.reporting.wording.numbers import conditions, plan_title

__all__ = ["package_digest", "statement"]

_CORNERS = {
    "central": "at the central values",
    "optimistic": "with every uncertain number at the end that favours the plan",
    "pessimistic": "with every uncertain number at the end that hinders the plan",
}


def package_digest(economy: Economy) -> str:
    """SHA-256 over the name and SHA-256 of every file of the data package that was read, in the order of their names."""
    return hashlib.sha256(json.dumps(sorted(economy.files.items())).encode()).hexdigest()


def statement(found: Assessment) -> dict[str, str]:
    """What the run is about, under ``""``, and what each claim says, by its name.

    Args:
        found: an assessment with its proofs.
    """
    formulation = found.formulation
    economy = formulation.economy
    about = (
        f"{economy.title} (package {economy.name}, sha256 {package_digest(economy)}): {plan_title(formulation)} "
        f"({formulation.plan}), {len(formulation.targets.frame)} figures; {conditions(formulation)}; periods "
        f"{listed(list(economy.periods))}. The sums are about the program in program/ and variants.csv. That its numbers are "
        "those of the package, planner verify --rebuild shows; that they are true of the country, no sum can show."
    )
    words = _verdicts(found) | _limits(found) | _conflicts(found) | _figures(found)
    return {"": about, **{name: words[name] for name in found.proofs}}


def _verdicts(found: Assessment) -> dict[str, str]:
    words: dict[str, str] = {}
    for (at, figures), attained in found.cases.items():
        formulation, proof = attained.formulation, attained.certificate
        corner = _CORNERS[at]
        ends = "the modest ends of the figures" if figures == "modest" else "the figures"
        if proof is None:
            continue
        reached = (
            f"Whatever the plan, {ends} are reached together to {_at_most(proof)}, {corner}. It does not show that so much "
            "can be reached."
        )
        words.setdefault(claim_of(formulation, figures), reached)
        others = "other figures" if formulation.targets.held.any() else "figures"
        words[empty_claim(formulation, figures)] = (
            f"No plan keeps {formulation.targets.kept} {corner}, whatever the {others}."
        )
    return words


def _at_most(proof: Certificate) -> str:
    return f"at most {percent(ceil(1000 * proof.bound) / 1000)}" if proof.states == "at most" else "no share"


def _limits(found: Assessment) -> dict[str, str]:
    return {
        claims.no_amount(group, way): (
            f"However large the limits of {group} were, with all others as they are, the figures could not all be met."
            if way == "alone"
            else f"However large all limits that can grow were, the figures could not all be met ({group}, {way})."
        )
        for group, way in zip(found.relaxation.get("group", ()), found.relaxation.get("way", ()), strict=True)
    }


def _conflicts(found: Assessment) -> dict[str, str]:
    if found.conflicts is None:
        return {}
    table = found.conflicts.table
    told = table[table["kind"] == "conflict"]
    return {claims.conflict(int(n)): str(says) for n, says in zip(told["number"], told["sentence"], strict=True)}


def _figures(found: Assessment) -> dict[str, str]:
    return {
        claims.left_out(name): f"Without {name} the other figures could not all be met either."
        for name in found.formulation.targets.names
    }
