"""What may be wrong with a model file: keys that are none, values of the wrong kind, contradictions."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import Any

from planner.economy import Finding
from planner.economy.findings import did_you_mean
from planner.formulation.execution.rules import unfit
from planner.formulation.floors import FLOOR, in_vain, unfit_floor
from planner.formulation.keys import TERM
from planner.formulation.objectives import OBJECTIVES
from planner.formulation.registry import FAMILIES

__all__ = ["contradictions", "misfits"]

_STEADY = "steady"  # the family that holds outputs to those of the period before


def misfits(content: Mapping[str, Any], keys: Mapping[str, Any], file: str, inside: str = "") -> list[Finding]:
    """Unknown keys and values of the wrong kind.

    Args:
        content: of the file, or a table of it.
        keys: what each may be, tables as dictionaries of their own.
        file: its name.
        inside: of which table, with a dot behind it.
    """
    findings = []
    for key, value in content.items():
        name = f"{inside}{key}"
        if key not in keys:
            sentence = (
                f'There is no key "{name}" in a model file.{did_you_mean(key, keys)} It would be a slip to ignore it.'
            )
            findings.append(Finding("E173", file, (), name, "", sentence))
        elif isinstance(keys[key], dict):
            if isinstance(value, dict):
                findings += misfits(value, keys[key], file, f"{name}.")
            else:
                findings.append(Finding("E174", file, (), name, str(value), f"[{name}] is a table of keys."))
        elif not _fits(value, keys[key]):
            findings.append(
                Finding("E174", file, (), name, str(value), f"{name} is {_wanted(keys[key])}, not {value!r}.")
            )
    return findings


def _fits(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, tuple):
        return value in [w for w in wanted if isinstance(w, str)] or any(
            _fits(value, w) for w in wanted if not isinstance(w, str)
        )
    if wanted is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= abs(value) < float("inf")
    return isinstance(value, wanted) and not isinstance(value, bool)


def _wanted(wanted: Any) -> str:
    words = {int: "a whole number", float: "a number", str: "text", list: "a list", dict: "a table"}
    if isinstance(wanted, tuple):
        return " or ".join(words[w] if isinstance(w, type) else f'"{w}"' for w in wanted)
    return words[wanted]


def contradictions(content: Mapping[str, Any], file: str) -> list[Finding]:
    """What a well-formed file may still get wrong.

    Args:
        content: of the file, with what it extends.
        file: its name.
    """
    findings = []

    def say(code: str, key: str, value: str, sentence: str) -> None:
        findings.append(Finding(code, file, (), key, value, sentence))

    if content.get("schema") != 1:
        say(
            "E175",
            "schema",
            str(content.get("schema", "")),
            "The file must say `schema = 1`: the form of model files this program reads.",
        )
    for key in ("families", "objective"):
        if key not in content:
            say("E175", key, "", f"The file does not say its {key}.")
    families = [name for name, f in FAMILIES.items() if f.part_of == name and not f.always]
    for key in ("families", "leaves_out"):
        for name in content.get(key, []):
            if name not in families:
                wrong = f'There is no constraint family "{name}".{did_you_mean(str(name), families)}'
                say("E176", key, str(name), wrong)
    objective = content.get("objective")
    if objective in OBJECTIVES and OBJECTIVES[objective].needs_targets and "target" not in content.get("families", []):
        say(
            "E177",
            "families",
            "",
            f'The objective "{objective}" is about targets, but the family "target" is not among the families.',
        )
    second = content.get("then", "")
    if second and second == objective:
        say(
            "E177", "then", second, f'The second objective is the first: "{second}". Leave it out, or name another one.'
        )
    terms = content.get("own", {}).get("terms", [])
    if "own" in (objective, second) and not terms:
        say("E177", "own.terms", "", 'The objective "own" needs terms: what is to be made most or least of.')
    for number, term in enumerate(terms, start=1):
        if not isinstance(term, dict) or not {"measure", "item", "period"} <= set(term):
            say(
                "E177",
                f"own.terms[{number}]",
                str(term),
                "A term names a measure, an item and a period, and may carry a weight.",
            )
        else:
            findings += misfits(
                {k: str(v) if k == "period" else v for k, v in term.items()}, TERM, file, f"own.terms[{number}]."
            )
    for code, key, value, sentence in unfit(content.get("execution", {})):
        say(code, f"execution.{key}", value, sentence)
    return (
        findings
        + _unfit_floors(content, file)
        + _unfit_steadiness(content, file)
        + _unfit_end(content, file)
        + _unfit_growth(content, file)
    )


def _unfit_floors(content: Mapping[str, Any], file: str) -> list[Finding]:
    """Floors, of all periods and of single ones, that are none or would change nothing."""
    findings, there = [], FLOOR in content.get("families", [])
    floors = {"floor": content.get("consumption", {}).get("floor", 1.0)}
    own = content.get("consumption", {}).get("floor_by_period", {})
    for key, floor in {**floors, **{f"floor_by_period.{text}": floor for text, floor in own.items()}}.items():
        wrong = unfit_floor(floor)
        if not wrong and not there and (key != "floor" or floor not in (1.0, "base")):
            wrong = in_vain(floor, "the question")
        if wrong:
            findings.append(Finding("E174", file, (), f"consumption.{key}", str(floor), wrong))
    return findings


def _unfit_steadiness(content: Mapping[str, Any], file: str) -> list[Finding]:
    """A rule of steadiness that would change nothing, or that is none."""
    rule = content.get("steady", {})
    if rule and _STEADY not in content.get("families", []):
        wrong = f'This would change nothing: the question does not have the family "{_STEADY}". Leave it out, or add the family.'
        return [Finding("E174", file, (), "steady", "", wrong)]
    if not 0.0 <= rule.get("fall", 0.0) <= 1.0:
        wrong = "A fall is a share of the output of the period before, from 0 (none may fall) to 1 (all may)."
        return [Finding("E174", file, (), "steady.fall", str(rule["fall"]), wrong)]
    return []


def _unfit_end(content: Mapping[str, Any], file: str) -> list[Finding]:
    """A share or a period of what is handed on where nothing has to be, or a share that is none."""
    end = content.get("terminal", {})
    in_vain = [key for key in ("share", "period") if key in end]
    if in_vain and end.get("condition") != "keep" and "keep" not in content.get("families", []):
        wrong = 'This would change nothing: the terminal condition is not "keep". Leave it out, or ask for "keep".'
        return [Finding("E174", file, (), f"terminal.{in_vain[0]}", str(end[in_vain[0]]), wrong)]
    if not 0.0 <= end.get("share", 1.0) <= 1.0:
        wrong = "A share of the opening plant runs from 0 (none need be left) to 1 (all of it)."
        return [Finding("E174", file, (), "terminal.share", str(end["share"]), wrong)]
    return []


def _unfit_growth(content: Mapping[str, Any], file: str) -> list[Finding]:
    """Rates of growth after the data that are none."""
    wrong = "A rate of growth is a share a period, more than -1, such as 0.03."
    return [
        Finding("E174", file, (), f"horizon.growth.{name}", str(rate), wrong)
        for name, rate in content.get("horizon", {}).get("growth", {}).items()
        if isinstance(rate, bool) or not isinstance(rate, int | float) or not -1.0 < rate < inf
    ]
