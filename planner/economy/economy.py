"""Where economies are found, and how they are loaded and checked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

import pandas as pd

from planner.economy.corner import CORNERS, cornered, no_corner
from planner.economy.extensions import extend
from planner.economy.facts import Economy, Origin
from planner.economy.findings import DataError, Finding, did_you_mean, in_order
from planner.economy.measures import MEASURES
from planner.economy.reading.cells import finished
from planner.economy.reading.changes import listed
from planner.economy.reading.economy_file import EconomyFile, chain_of_scenarios, check_scenarios, read_economy_file
from planner.economy.reading.files import Files
from planner.economy.reading.kept import Kept, keep, kept, mark_of
from planner.economy.reading.snapshot import Snapshot, SnapshotEntry, scenario_names
from planner.economy.schema import SCHEMA_VERSION, TABLES
from planner.economy.tables import Tables, sealed
from planner.files import table_text
from planner.shipped import shipped

__all__ = ["Economy", "check", "check_all", "find", "load"]

MOST_KEPT, MOST_KEPT_BYTES = (
    16,
    4 * 2**20,
)  # economies that are not read again while their files stay as they are, and how large
_KEPT: dict[tuple[object, ...], Economy] = {}


def load(
    economy: str | Path | Mapping[str, pd.DataFrame],
    *,
    scenario: str | None = None,
    corner: str = "central",
    changes: Sequence[str] = (),
    name: str = "in_memory",
    **heading: object,
) -> Economy:
    """Read, check and freeze an economy.

    Args:
        economy: a name or a path: the path as given, then ``./inputs/NAME``, then the shipped one; or tables by name, as
            data frames with the columns of the files.
        scenario: name of a scenario; ``None`` for the economy's default, ``"base"`` for none.
        corner: ``central``, ``optimistic`` or ``pessimistic``.
        changes: of single rows, such as ``"trade:product=grain,direction=export,period=1931:price=0.045"``.
        name: of an economy of data frames.
        heading: of an economy of data frames, the keys of ``economy.toml``: title, base_period, periods, value_unit and the
            defaults; the periods have to be given.

    Returns:
        The economy.

    Raises:
        DataError: with everything that is wrong, at once.
    """
    extend()
    if isinstance(economy, str | Path):
        return _loaded(Snapshot.of(find(economy)), scenario, corner, changes)
    return _loaded(_of_frames(economy, name, heading), scenario, corner, changes)


def _of_frames(frames: Mapping[str, pd.DataFrame], name: str, heading: Mapping[str, object]) -> Snapshot:
    """The folder that would hold some tables, without one on the disk."""
    said = {"schema": SCHEMA_VERSION, "title": name, "value_unit": "value units", **heading}
    toml = "".join(f"{key} = {json.dumps(_as_toml(value), ensure_ascii=False)}\n" for key, value in said.items())
    files = {
        "economy.toml": toml.encode(),
        **{f"{table}.csv": table_text(frame).encode() for table, frame in frames.items()},
    }
    return Snapshot(
        Path(name), {"": tuple(SnapshotEntry(file, is_folder=False, is_file=True) for file in files)}, files
    )


def _as_toml(value: object) -> object:
    return [str(one) for one in value] if isinstance(value, list | tuple) else value


def _loaded(snapshot: Snapshot, scenario: str | None, corner: str, sets: Sequence[str]) -> Economy:
    """The economy of a folder that was read; the other arguments are those of `load`.

    While it is one of the last it is not put together again, but every caller has tables of their own.
    """
    key = (str(snapshot.folder), snapshot.digest, scenario, corner, tuple(sets), tuple(MEASURES))
    made = _KEPT.pop(key, None) or _made(snapshot, scenario, corner, sets)
    if snapshot.size <= MOST_KEPT_BYTES:
        _KEPT[key] = made  # the last asked for stands last
        if len(_KEPT) > MOST_KEPT:
            del _KEPT[next(iter(_KEPT))]
    return replace(made, tables=sealed(made.tables))


def _made(snapshot: Snapshot, scenario: str | None, corner: str, sets: Sequence[str]) -> Economy:
    """An economy read and checked, its tables not yet sealed."""
    files = Files(snapshot)
    if corner not in CORNERS:
        files.findings.append(no_corner(corner))
    heading = read_economy_file(files)
    check_scenarios(files, heading)
    chosen = heading.default_scenario if scenario is None else "" if scenario == "base" else scenario
    known = scenario is not None or chosen in snapshot.scenarios  # a wrong default is reported already
    chain = chain_of_scenarios(files, chosen) if known else {}
    tables = _laid(files, heading, chain, listed(sets))
    findings = in_order(files.findings, ["", "economy.toml", *files.digests])
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise DataError(errors, files.folder)
    at = _ready(tables, heading, corner)
    return Economy(
        name=files.folder.resolve().name,
        folder=files.folder,
        title=heading.title,
        description=heading.description,
        base_period=heading.base_period,
        periods=heading.periods,
        value_unit=heading.value_unit,
        default_plan=heading.default_plan or None,
        default_scenario=heading.default_scenario or None,
        default_model=heading.default_model or None,
        scenario=chosen or None,
        corner=corner,
        sets=listed(sets),
        tables=Tables(at),
        files=dict(files.digests),
        warnings=tuple(findings),
        backtest_scenario=heading.backtest_scenario or None,
        backtest_floor=heading.backtest_floor,
        discounting=heading.discounting,
        caution=next((said for said in reversed(chain.values()) if said), ""),
        origin=Origin(heading, Tables(at), _by_depth(files), partial(_loaded, snapshot)),
    )


def _laid(
    files: Files, heading: EconomyFile, chain: Mapping[str, str], sets: tuple[str, ...]
) -> dict[str, pd.DataFrame]:
    """Effective tables, kept from an earlier process or made and kept, if nothing is wrong with them and nothing changed."""
    sound = not sets and not any(finding.severity == "error" for finding in files.findings)
    mark = mark_of(files.snapshot.digest, chain) if sound else ""
    known = kept(mark) if sound else None
    if known is not None:
        files.findings += known.findings
        files.digests |= known.digests
        return known.tables
    from planner.economy.reading.laying import laid  # and all checks with it

    before = len(files.findings)
    tables = laid(files, heading, chain, sets)
    found = tuple(files.findings[before:])
    if sound and not any(finding.severity == "error" for finding in found):
        keep(mark, Kept(tables, found, dict(files.digests)))
    return tables


def _ready(tables: Mapping[str, pd.DataFrame], heading: EconomyFile, corner: str) -> dict[str, pd.DataFrame]:
    """Tables without errors as the formulation reads them: every default filled, every number at a corner of its range."""
    whole = {name: finished(TABLES[name], frame, heading.periods) for name, frame in tables.items()}
    return cornered(
        whole, corner, base=heading.base_period, periods=heading.periods, happened=heading.backtest_scenario
    )


def _by_depth(files: Files) -> tuple[str, ...]:
    """Names of all scenarios by how many others they build on, then by name; what is wrong with them is not asked here."""
    depths = {name: len(chain_of_scenarios(Files(files.snapshot), name)) for name in files.snapshot.scenarios}
    return tuple(sorted(depths, key=lambda name: (depths[name], name)))


def check(economy: Economy) -> list[Finding]:
    """What a reader of a loaded economy should know, but what stops nothing."""
    return list(economy.warnings)


def check_all(economy: str | Path) -> list[Finding]:
    """Errors and warnings of an economy without scenario and under each of its scenarios, each finding once.

    Args:
        economy: a name or a path, as for `load`.
    """
    findings: dict[Finding, None] = {}
    for scenario in ("base", *scenario_names(find(economy))):
        try:
            found = load(economy, scenario=scenario).warnings
        except DataError as error:
            found = error.findings
        findings |= dict.fromkeys(found)
    return sorted(findings, key=lambda finding: (finding.file.count("/"), finding.file))


def find(economy: str | Path) -> Path:
    """Folder of an economy: the path as given, then ``./inputs``, then what is shipped.

    Args:
        economy: a name or a path.

    Raises:
        DataError: no folder of that name is at any of these places.
    """
    places = [Path(economy), Path("inputs") / economy, shipped("inputs") / economy]
    with suppress(OSError):  # a name may be too long to be one
        for place in places:
            if (place / "economy.toml").is_file():
                return place
        for place in places:
            if place.is_dir() and str(economy):
                return place
    there = sorted({path.parent.name for place in places for path in place.parent.glob("*/economy.toml")})
    near = did_you_mean(str(economy), there) + (f" There are: {', '.join(there)}." if there else "")
    said = f'There is no economy "{economy}" here, in ./inputs or among the shipped ones.{near}'
    raise DataError([Finding("E100", "", (), "", str(economy), said)])
