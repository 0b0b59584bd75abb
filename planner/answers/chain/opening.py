"""The opening position that is asked for: the record, what a plan left in its run, or the larger of both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd

from planner.analysis.chains.needs import needs
from planner.economy import DataError, Economy, Finding
from planner.economy.chain.opened import opened_by
from planner.economy.chain.rebase import rebased
from planner.economy.chain.record import larger, record_state, side_by_side
from planner.economy.chain.source import RECORD, Source
from planner.economy.findings import did_you_mean
from planner.economy.names import Names
from planner.economy.reading.economy_file import STATES
from planner.formulation import Question
from planner.formulation.chains.state import COLUMNS
from planner.language.counting import capital
from planner.language.numbers import number
from planner.reporting.run.files import digest
from planner.reporting.run.read import NotARunError, Run, read_run

__all__ = ["beside_the_record", "fit_to_begin", "handed_on", "opened", "too_little"]

_FAR = 2.0  # times: beyond this a kind of plant is far from the record


def opened(economy: Economy, opening: str | None = None, source: str | Path | None = None) -> Economy:
    """The economy with the opening position that is asked for.

    Args:
        economy: on record.
        opening: ``record``, ``run`` or ``bound``; ``None`` for what its ``economy.toml`` says, else the record.
        source: folder of the run that left the state; ``None`` for what ``economy.toml`` names.

    Raises:
        DataError: the state cannot open this economy; with everything that stands in the way.
    """
    heading = economy.heading
    if economy.opened is not None and opening is None and source is None:
        return economy
    wanted = opening or ("run" if source is not None else heading.opening_state or RECORD)
    if wanted not in STATES:
        raise _refused(
            economy, "opening", wanted, f'There is no such opening: "{wanted}".{did_you_mean(wanted, STATES)}'
        )
    if wanted == RECORD:
        if source is not None:
            raise _refused(economy, "from", str(source), "The record is asked for, so no run is read. Leave out which.")
        return economy
    run, place = _run(economy, source if source is not None else heading.opening_from)
    findings = list(_unfit(economy, run))
    if findings:
        raise DataError(findings, economy.folder)
    period = heading.opening_period or economy.base_period
    options = run.options
    table = run.table("state").where(end_of=period).frame("value")
    state = rebased(economy, table[[name for name in COLUMNS if name != "end_of"]], str(options["economy"]))
    read = digest((place / "state.csv").read_bytes())
    kept = _kept(options, period, run.table("state").column("end_of")[-1])
    found = Source(
        wanted, place.as_posix(), str(options["economy"]), str(options.get("plan") or ""), period, read, kept
    )
    return _made(economy, state=state, source=found)


def handed_on(economy: Economy, state: pd.DataFrame, opening: str, of: str, plan: str, end: str) -> Economy:
    """An economy that opens with a state that a plan left which had to keep what it found, and of which there is no run.

    Args:
        economy: on record.
        state: kind, key, period, unit, value, in the units of the economy that left it.
        opening: ``run`` or ``bound``.
        of: name of that economy.
        plan: whose plan it was.
        end: at the end of which period it was left.

    Raises:
        DataError: a line of `rebase` is missing.
    """
    return _made(economy, state=rebased(economy, state, of), source=Source(opening, "", of, plan, end, "", kept=True))


def _made(economy: Economy, *, state: pd.DataFrame, source: Source) -> Economy:
    """The economy with a state; corners and scenarios of it open with the same one, which has no ranges of its own."""
    chosen = larger(record_state(economy), state) if source.state == "bound" else state
    return economy.made_by(partial(_made, state=state, source=source), opened_by(economy, chosen), opened=source)


def _run(economy: Economy, source: str | Path) -> tuple[Run, Path]:
    """The run that left a state, and where it lies."""
    for place in (Path(source), economy.folder / source):
        if str(source) and (place / "manifest.json").is_file():
            try:
                return read_run(place), place
            except NotARunError:
                break
    said = f'"{source}" is no folder of a run' if str(source) else "No run is named"
    raise _refused(
        economy,
        "from",
        str(source),
        f"{said}, so there is no state to begin with. Name one that `planner solve` or `planner feasibility` wrote: --from RUN.",
    )


def _unfit(economy: Economy, run: Run) -> Iterator[Finding]:
    """Why a run's state cannot open an economy."""
    heading, options = economy.heading, run.options
    before, period = heading.opening_from, heading.opening_period or economy.base_period
    left = set(run.table("state").column("end_of"))
    if not left:
        yield _finding(
            "from",
            run.folder.name,
            "The run holds no state.csv with a plan in it; `planner solve` writes one, and `planner feasibility` that of "
            "its path.",
        )
        return
    if before and Path(before).name != Path(str(options.get("economy"))).name:
        said = (
            f"The run is about {options.get('economy')}; {economy.name} follows {before} ([opening] in economy.toml)."
        )
        yield _finding("from", str(options.get("economy")), said)
    if period not in left:
        said = f"The run leaves no state at the end of {period}; its plan covers {', '.join(sorted(left))}."
        yield _finding("opening.period", period, said)
    for key, here in (("scenario", economy.scenario), ("corner", economy.corner)):
        if options.get(key) != here:
            there = options.get(key) or "none"
            said = (
                f"The {key} of the run is {there}, here it is {here or 'none'}. They go by name on both sides of the joint: make "
                f"the run under {here or 'none'}, or ask under {there}."
            )
            yield _finding(key, str(there), said)
    if economy.tables["regions"].size or run.table("projects").rows:
        said = "Works of regions, and whole projects, are not carried over a joint. Ask without them, of building by the unit."
        yield _finding("from", run.folder.name, said)


def _kept(options: Mapping[str, Any], period: str, last: str) -> bool:
    """Whether a plan had to hand on what it found at the end of a period."""
    end = options.get("terminal") or {}
    if end.get("condition") == "sustain":
        return period == last
    return end.get("condition") == "keep" and (end.get("period") or last) == period


def beside_the_record(economy: Economy) -> pd.DataFrame:
    """What an economy opens with beside the record, kind by kind; no rows where it opens with the record.

    Args:
        economy: with its opening.
    """
    if economy.opened is None or economy.origin is None or economy.origin.whole is None:
        return pd.DataFrame(columns=["kind", "key", "period", "unit", "record", "run", "ratio"])
    whole = economy.origin.whole
    both = side_by_side(record_state(whole), record_state(economy))
    ratio = (both["run"] / both["record"].where(both["record"] != 0)).astype(float)
    return both.assign(ratio=ratio).sort_values(["kind", "key", "period"], kind="stable").reset_index(drop=True)


def too_little(economy: Economy, question: Question) -> tuple[Finding, ...]:
    """What is handed on and is less than the first period needs, or far from the record.

    Args:
        economy: with its opening.
        question: what is asked of it.
    """
    if economy.opened is None:
        return ()
    names, first = Names.of(economy), economy.periods[0]
    found = [] if economy.opened.state != "run" or economy.opened.kept else [_not_kept(economy.opened)]
    for row in needs(economy, question).to_dict("records"):
        if row["needed"] > row["stands"]:
            said = (
                f"{capital(names.key(str(row['capacity']), 'capacities'))}: {number(row['stands'], 2)} {row['unit']} can be "
                f"used in {first}; the first period needs {number(row['needed'], 2)}, though nothing is made but what "
                "households' floor and final use take."
            )
            found.append(Finding("E252", "state.csv", (), "value", str(row["capacity"]), said))
    plant = beside_the_record(economy)
    for row in plant[plant["kind"] == "capacity"].to_dict("records"):
        low, high = sorted([float(row["record"]), float(row["run"])])
        if high > _FAR * low:
            said = (
                f"{capital(names.key(str(row['key']), 'capacities'))}: {number(row['run'], 3)} {row['unit']} are handed on, "
                f"{number(row['record'], 3)} stood on record."
            )
            found.append(Finding("W250", "state.csv", (), "value", str(row["key"]), said))
    return tuple(found)


def fit_to_begin(economy: Economy, question: Question) -> Economy:
    """An economy that can begin with what it opens with, and what is to be said of that among its warnings.

    Args:
        economy: with its opening.
        question: what is asked of it.

    Raises:
        DataError: it cannot: its first period must use more than is handed on, or nobody had to hand anything on.
    """
    found = too_little(economy, question)
    if any(one.severity == "error" for one in found):
        raise DataError(found, economy.folder)
    return replace(economy, warnings=(*economy.warnings, *found)) if found else economy


def _not_kept(source: Source) -> Finding:
    said = (
        f"The plan of {source.run} did not have to hand on what it found at the end of {source.period}, so its end is a corner "
        f'of the feasible set and no economy. Solve it with the terminal condition "keep" for {source.period} '
        "(`planner explain terminal.condition`), or ask for the opening `bound`."
    )
    return Finding("E251", "economy.toml", (), "terminal.condition", source.state, said)


def _finding(column: str, value: str, said: str) -> Finding:
    return Finding("E251", "economy.toml", (), column, value, said)


def _refused(economy: Economy, column: str, value: str, said: str) -> DataError:
    return DataError([_finding(column, value, said)], economy.folder)
