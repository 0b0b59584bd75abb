"""The question that an economy names as its default: whether it exists, and whether it fits."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from planner.economy import DataError, Economy, Finding
from planner.economy.arrays import Arrays
from planner.economy.reading.economy_file import EconomyFile
from planner.formulation.fit import check_fit
from planner.formulation.model_file import load_question
from planner.formulation.unread import unread

__all__ = ["default_question"]


def default_question(heading: EconomyFile, folder: Path, economy: Economy | None) -> list[Finding]:
    """Everything that is wrong with an economy's default model, and what it does not read of the economy.

    Args:
        heading: what ``economy.toml`` says.
        folder: of the economy, which may hold questions of its own.
        economy: loaded, if it could be; without it the model is only read.

    Returns:
        Findings; none where no model is named.
    """
    if not heading.default_model:
        return []
    try:
        question = load_question(heading.default_model, folder)
        if economy is None:
            return []
        if not question.annual:  # else the horizon is one period of it, which depends on the plan
            check_fit(Arrays(economy), question)
        beside = question.files[0].parent
        return [_placed(finding, beside, heading) for finding in unread(economy, question, economy.default_plan or "")]
    except DataError as error:
        return [_placed(finding, Path(error.folder), heading) for finding in error.findings]


def _placed(finding: Finding, folder: Path, heading: EconomyFile) -> Finding:
    """A finding where the reader of the economy can follow it: a missing model is named by the heading."""
    if finding.code == "E170" and finding.value == heading.default_model:
        rows = (heading.lines.get("default_model", 0),)
        return replace(finding, file="economy.toml", rows=rows, column="default_model")
    return replace(finding, file=(folder / finding.file).as_posix())
