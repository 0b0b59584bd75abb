"""The sides of a comparison: how a run is named in words, in a file or by its folder, and how it is read or asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from planner.answers.base.answer import Answer
from planner.answers.execution.chosen import MODEL
from planner.answers.execution.execute import execute
from planner.answers.pose import Asked, derived, pose
from planner.answers.solve import solve
from planner.economy import DataError, Economy, Finding
from planner.economy.corner import CORNERS
from planner.economy.findings import did_you_mean
from planner.files.toml import read
from planner.formulation import Formulation, formulate
from planner.reporting.run.read import NotARunError, Run, read_run
from planner.reporting.tables.comparison import Side
from planner.solver.highs import Session

__all__ = ["Subject", "asked_in_file", "side_of", "told_apart"]

Subject = str | Path | Answer | Formulation | Mapping[str, Any]  # a run folder, a question, or an answer
_WORDS = (*Asked.__annotations__, "economy", "name", "set", "tautness")
_TOP = ("title", "follow", "actual", "official", "run")


def asked_in_file(path: str | Path) -> dict[str, Any]:
    """What a file in TOML asks to be compared, as the words of ``compare``; ``runs`` are the questions and folders.

    Args:
        path: of the file: ``title``, ``follow``, ``actual``, ``official``, and a table ``[[run]]`` for each run: its
            ``folder``, or the words of a question.

    Raises:
        DataError: it cannot be read, or says what is not known.
    """
    try:
        said = read(Path(path))
    except (OSError, ValueError) as error:
        raise _wrong(str(path), f"The file cannot be read: {error}.") from error
    for key in said:
        if key not in _TOP:
            raise _wrong(key, f'A comparison has no key "{key}".{did_you_mean(key, _TOP)}')
    runs = [one["folder"] if set(one) == {"folder"} else one for one in said.pop("run", [])]
    if not runs:
        raise _wrong(str(path), "The file names no run; write a table [[run]] for each.")
    return {**said, "runs": runs, "file": str(path)}


def _wrong(value: str, said: str) -> DataError:
    return DataError([Finding("E178", "", (), "", value, said)], Path())


def side_of(facts: Economy, subject: Subject, usual: Mapping[str, Any]) -> Side:
    """A run read from its folder, or a question asked now.

    Args:
        facts: the economy of questions that name none.
        subject: the run, as ``compare`` takes it.
        usual: what questions are asked where they do not say it.

    Raises:
        DataError: a question or the data do not fit; a folder holds no run.
    """
    if isinstance(subject, Answer):
        economy = getattr(subject, "economy", None)
        return Side(_name(subject.run), subject.run, economy)
    if isinstance(subject, Formulation):
        return _answered(subject, "")
    if isinstance(subject, str | Path) and (isinstance(subject, Path) or "=" not in subject):
        try:
            run = read_run(Path(subject))
        except NotARunError as error:
            raise _wrong(str(subject), f"{error} A question reads KEY=VALUE,KEY=VALUE, such as plan=NAME.") from error
        return Side(Path(subject).name or str(subject), run, _facts_of(run))
    words = dict(subject) if isinstance(subject, Mapping) else _words(str(subject))
    for word in words:
        if word not in _WORDS:
            raise _wrong(word, f'A question has no "{word}".{did_you_mean(word, _WORDS)} Words: {", ".join(_WORDS)}.')
    own = {key: value for key, value in words.items() if key not in ("name", "economy", "set", "tautness")}
    if "set" in words:
        own["changes"] = words["set"]
    told = str(
        words.get("name") or (subject if isinstance(subject, str) else ",".join(f"{k}={v}" for k, v in words.items()))
    )
    economy = words.get("economy", facts)
    usual = {key: value for key, value in usual.items() if key != "changes"} if economy is facts else usual
    asked = {**usual, **own}
    if "tautness" in words:
        posed = pose(economy, **{**asked, "model": asked.get("model") or MODEL})
        return Side(told, execute(posed, tautness=words["tautness"]).run, posed.economy)
    return _answered(pose(economy, **asked), told)


def _answered(posed: Formulation, name: str) -> Side:
    """A question answered, and at the ends of the ranges too."""
    answer = solve(posed)
    corners: dict[str, float] = {}
    if posed.goal.is_share and posed.economy.corner == "central" and not posed.program.integer.any():
        for corner in CORNERS[1:]:
            there = formulate(posed.economy.at_corner(corner), posed.question, posed.plan)
            solution = Session().solve(there.program)
            corners[corner] = solution.objective if solution.optimal else np.nan
    return Side(name or _name(answer.run), answer.run, posed.economy, corners, posed)


def _name(run: Run) -> str:
    said = (run.summary.get(key) for key in ("plan", "scenario", "model"))
    return ", ".join(str(word) for word in said if word)


def _facts_of(run: Run) -> Economy | None:
    """The facts of a run folder, where the files it read are still there as they were."""
    options, inputs = run.options, run.manifest.get("inputs") or {}
    try:
        known = derived(
            str(options["economy"]),
            scenario=options["scenario"] or "base",
            corner=options.get("corner"),
            changes=options.get("sets") or (),
        )
    except (DataError, KeyError, TypeError):
        return None
    same = all((inputs.get("files") or {}).get(name) == digest for name, digest in known.files.items())
    return known if same and not inputs.get("changed_in_memory") else None


def _words(text: str) -> dict[str, Any]:
    """``KEY=VALUE,KEY=VALUE``; what follows ``set=`` is a change, commas and all."""
    head, marked, change = text.partition("set=")
    words: dict[str, Any] = {}
    for part in filter(None, (piece.strip() for piece in head.split(","))):
        key, equals, value = part.partition("=")
        if not equals:
            raise _wrong(text, f'"{part}" does not read KEY=VALUE, such as plan=NAME.')
        words[key.strip()] = value.strip()
    if marked:
        words["set"] = [change.strip()]
    return words


def told_apart(sides: Sequence[Side]) -> tuple[Side, ...]:
    """Runs of which no two have one name.

    Args:
        sides: in order; of one name, the later ones are numbered.
    """
    found: list[Side] = []
    for side in sides:
        taken = {other.name for other in found}
        names = (f"{side.name} ({number})" for number in range(2, len(sides) + 2))
        name = side.name if side.name not in taken else next(one for one in names if one not in taken)
        found.append(replace(side, name=name))
    return tuple(found)
