"""The run folder of ``planner projects``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from planner.analysis.projects.portfolio import Survey
from planner.economy.findings import documents
from planner.reporting.charts.programme import draw_programme
from planner.reporting.run.manifest import manifest
from planner.reporting.run.write import write_run
from planner.reporting.tables.programme import chart_words, programme_summary, programme_tables


def tables(survey: Survey) -> dict[str, pd.DataFrame]:
    """Every table by name: the programme, worth, near-best programmes, the official list, and branches where they prove."""
    programme = survey.programme
    return {
        **programme_tables(programme, programme.solution),
        "worth": survey.worth,
        "near_best": survey.near_best,
        "official_list": survey.official,
        "dates": survey.dates,
    }


def summary(survey: Survey) -> dict[str, Any]:
    """The answers in a few keys."""
    programme = survey.programme
    formulation = programme.formulation
    return {
        "economy": formulation.economy.name,
        "plan": formulation.plan or None,
        "scenario": formulation.economy.scenario,
        "corner": formulation.economy.corner,
        "warnings": documents(formulation.warnings),
        "model": formulation.question.name,
        "value": programme.solution.objective,
        "unit": formulation.goal.unit,
        **programme_summary(programme),
        "in_every_programme_near_the_best": survey.always,
        "worth": survey.worth.to_dict("records"),
        "official_list": survey.official.to_dict("records"),
    }


def write_survey(survey: Survey, folder: Path, *, overwrite: bool = False) -> Path:
    """Write tables, summary, manifest and chart.

    Raises:
        OutputExists: the folder exists and may not be replaced.
    """
    programme = survey.programme
    seconds = {"first_programme": programme.first, "search": programme.search.seconds}
    documents = {
        "summary": summary(survey),
        "manifest": manifest(programme.formulation, programme.search, programme.solution, seconds),
    }
    found = tables(survey)

    def draw(draft: Path) -> None:
        draw_programme(found["projects"], draft / "charts", **chart_words(programme))

    return write_run(folder, found, documents, kind="projects", overwrite=overwrite, more=draw)
