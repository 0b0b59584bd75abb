"""The charts of a run: which it can have, drawn from its own tables."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import partial
from typing import TYPE_CHECKING

from planner.formulation.named import is_share
from planner.reporting.charts.against import against_drawings
from planner.reporting.charts.alternatives import alternatives_drawings
from planner.reporting.charts.chain import chain_drawings
from planner.reporting.charts.comparison import comparison_drawings
from planner.reporting.charts.execution import execution_drawings
from planner.reporting.charts.ladder import drawn, ladder_chart, rungs_of
from planner.reporting.charts.limits import binding_chart, horizon_chart, weights_of
from planner.reporting.charts.money import money_drawings
from planner.reporting.charts.needed import needed_chart, needed_of
from planner.reporting.charts.path import panels_of, path_chart
from planner.reporting.charts.programme import programme_drawings
from planner.reporting.charts.regions import regions_drawings
from planner.reporting.charts.sensitivity import sensitivity_drawings
from planner.reporting.charts.style import as_png, as_svg
from planner.reporting.charts.targets import bars, common_share, due_in, targets_chart
from planner.reporting.charts.uncertainty import uncertainty_drawings
from planner.reporting.run.folder_name import file_name
from planner.reporting.run.read import Run

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["FOLDER", "drawings", "drawn_files", "drawn_from"]

FOLDER = "charts"  # inside a run folder

Drawing = Callable[[], "Figure"]


def drawings(run: Run) -> dict[str, Drawing]:
    """What can be drawn of a run, by the name of its file; drawn when called."""
    found = [
        *_path(run),
        *alternatives_drawings(run),
        *comparison_drawings(run),
        *execution_drawings(run),
        *_targets(run),
        *_binding(run),
        *_needed(run),
        *_horizon(run),
        *_ladder(run),
        *against_drawings(run),
        *sensitivity_drawings(run),
        *programme_drawings(run),
        *uncertainty_drawings(run),
        *regions_drawings(run),
        *money_drawings(run),
        *chain_drawings(run),
    ]
    return {file_name(name): draw for name, draw in found}


def drawn_files(run: Run) -> dict[str, bytes]:
    """Every chart that can be drawn of a run, as SVG and PNG, by its path in the run folder, in the order of reading."""
    files = {}
    for name, draw in drawings(run).items():
        chart = draw()
        files[f"{FOLDER}/{name}.svg"] = as_svg(chart).encode()
        files[f"{FOLDER}/{name}.png"] = as_png(chart)
    return files


def drawn_from(name: str, tables: Container[str]) -> str:
    """The table of a run that holds the numbers of a chart; empty where none is known to.

    Args:
        name: of the chart.
        tables: of the run whose chart it is.

    >>> drawn_from("ladder_base", {"verdicts", "binding"})
    'verdicts'
    """
    start = (
        name
        if name in _TABLES
        else next((known for known in _TABLES if name.startswith((f"{known}_", f"{known}-"))), "")
    )
    return next((table for table in (*_TABLES.get(start, ()), name) if table in tables), "")


# where a chart is drawn from another table than that of its own name: the first of these that a run has
_TABLES = {
    "alternatives": ("alternative_paths",),
    "comparison": ("paths",),
    "targets": ("quantiles", "feasibility", "targets"),
    "binding": ("binding", "prices", "certificate"),
    "ladder": ("verdicts",),
    "claims": ("claim_checks",),
    "needed": ("relaxation",),
    "programme": ("projects",),
    "curve": ("curve",),
    "indices": ("indices",),
    "flow": ("flows",),
}


def _path(run: Run) -> Iterator[tuple[str, Drawing]]:
    panels = panels_of(run.table("path"), run.names) if "path" in run.tables else []
    if panels and len(panels[0].periods) > 1:
        yield "path", partial(path_chart, panels, run.source_line())


def _targets(run: Run) -> Iterator[tuple[str, Drawing]]:
    name = "feasibility" if "feasibility" in run.tables else "targets"
    table = run.table(name)
    of_shares = name == "feasibility" or is_share(run.summary.get("unit"))
    found = bars(table, run.names, of_shares=of_shares)
    if found:
        figures = str(run.summary.get("figures") or "")
        yield (
            "targets",
            partial(
                targets_chart,
                found,
                run.source_line(),
                due_in(table),
                of_shares=of_shares,
                figures=figures,
                common=common_share(run),
            ),
        )


def _binding(run: Run) -> Iterator[tuple[str, Drawing]]:
    name = next((name for name in ("binding", "prices", "certificate") if name in run.tables), "")
    if name == "prices" and "weight" not in run.table(name).columns:
        return  # prices of two sides have no one weight
    if "economy" not in run.summary:
        return  # rows of a program of somebody's own are told one by one
    weights = weights_of(name, run.table(name), run.names)
    if weights:
        yield "binding", partial(binding_chart, weights, run.source_line())


def _needed(run: Run) -> Iterator[tuple[str, Drawing]]:
    found = needed_of(run.table("relaxation"))
    if found:
        yield "needed", partial(needed_chart, found, run.source_line())


def _horizon(run: Run) -> Iterator[tuple[str, Drawing]]:
    table = run.table("horizon")
    if len(table) > 1:
        yield "horizon", partial(horizon_chart, table, run.source_line())


def _ladder(run: Run) -> Iterator[tuple[str, Drawing]]:
    table = run.table("verdicts")
    if "feasibility" in run.tables or len(set(table.column("plan"))) < 2:
        return
    scenarios = list(dict.fromkeys(table.column("scenario")))
    for scenario in scenarios:
        rungs = rungs_of(table, scenario, run.names)
        if not drawn(rungs):
            continue  # the feasible set is empty throughout; a sentence says so
        named = scenario if len(scenarios) > 1 else ""
        name = f"ladder_{scenario}" if named else "ladder"
        yield name, partial(ladder_chart, rungs, run.source_line(scenario), named)
