"""The descriptor ``datapackage.json`` (Frictionless Table Schema), by which other tools can read an economy."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from planner.economy.findings import DataError, Finding
from planner.economy.provenance import reference
from planner.economy.reading.economy_file import EconomyFile, read_economy_file
from planner.economy.reading.files import Files, tables_in
from planner.economy.reading.snapshot import Snapshot
from planner.economy.schema import TABLES
from planner.economy.schema.columns import IDENTIFIER, Column, Table, range_names
from planner.economy.schema.describe import without_a_row
from planner.files import replace
from planner.shipped import is_shipped

__all__ = ["datapackage", "write_datapackage"]

_KEYS = ("profile", "name", "title", "description", "licenses", "sources", "resources")
_RESOURCE_KEYS = ("name", "path", "profile", "description", "format", "mediatype", "encoding", "schema")
_TYPES = {"number": "number", "integer": "integer"}  # every other kind is a string


def datapackage(folder: str | Path) -> dict[str, Any]:
    """Descriptor of an economy's tables and those of its scenarios.

    Args:
        folder: folder of the economy.

    Returns:
        A data package whose resources have fields, types, constraints, keys and references, in a fixed order.

    Raises:
        DataError: ``economy.toml`` or a header cannot be read.
    """
    files = Files(Snapshot.of(Path(folder)))
    heading = read_economy_file(files)
    folders = ("", *(f"scenarios/{scenario}" for scenario in files.snapshot.scenarios))
    tables = [(TABLES[name], sub) for sub in folders for name in tables_in(files, sub)]
    resources = [_resource(files, heading, table, sub) for table, sub in tables]
    errors = [finding for finding in files.findings if finding.severity == "error"]
    if errors:
        raise DataError(errors, files.folder)
    return {
        "profile": "tabular-data-package",
        "name": files.folder.resolve().name.lower(),
        "title": heading.title,
        "description": heading.description,
        "licenses": [{"name": heading.license}] if heading.license else [],
        "sources": _sources(files, [resource["path"] for resource in resources]),
        "resources": resources,
    }


def _sources(files: Files, tables: Iterable[str]) -> list[dict[str, str]]:
    """Works and pages that the numbers come from, each once, in the order of the files.

    Those of ``sources.csv``, else what rows say for themselves.
    """
    rows = {file: csv.DictReader(io.StringIO(files.text(file) or "", newline="")) for file in tables}
    listed = [(reference(row), row["url"]) for file in rows if Path(file).name == "sources.csv" for row in rows[file]]
    said = listed or [(row.get("source") or "", row.get("url") or "") for file in rows for row in rows[file]]
    found = dict.fromkeys((title.strip(), path.strip()) for title, path in said if title.strip())
    return [{"title": title, "path": path} if path else {"title": title} for title, path in found]


def write_datapackage(folder: str | Path) -> Path:
    """Write the descriptor into the folder of the economy.

    Args:
        folder: folder of the economy.

    Returns:
        The file written; the same economy always gives the same bytes.

    Raises:
        DataError: as `datapackage`; or the folder is shipped with the planner, or holds a descriptor of another hand.
    """
    path = Path(folder) / "datapackage.json"
    _ensure_free(path)
    return replace(path, (json.dumps(datapackage(folder), indent=2, ensure_ascii=False) + "\n").encode())


def _ensure_free(path: Path) -> None:
    """Refuse to write beside the planner's own data, or over a descriptor that it did not write."""
    if is_shipped(path.parent):
        name = path.parent.resolve().name
        said = (
            f'"{name}" is shipped with the planner and stays as it is. Copy it: planner new inputs/mine --from {name}'
        )
        raise DataError([Finding("E136", "", (), "", name, said)], path.parent)
    if path.exists() and not _written_here(path):
        said = "There is a datapackage.json that the planner did not write; it would be lost. Move it away first."
        raise DataError([Finding("E137", path.name, (), "", "", said)], path.parent)


def _written_here(path: Path) -> bool:
    """Whether a descriptor has the keys that the planner gives one, in their order, and no other."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    if not isinstance(found, dict) or tuple(found) != _KEYS or not isinstance(found["resources"], list):
        return False
    return all(isinstance(resource, dict) and tuple(resource) == _RESOURCE_KEYS for resource in found["resources"])


def _resource(files: Files, heading: EconomyFile, table: Table, sub: str) -> dict[str, Any]:
    file = f"{sub}/{table.name}.csv".lstrip("/")
    header = next(csv.reader(io.StringIO(files.text(file) or "", newline="")), [])
    present, fields = [name.strip() for name in header], _fields(table)
    schema: dict[str, Any] = {
        "fields": [_field(name, fields[name], heading) for name in present if name in fields],
        "missingValues": [""],
        "primaryKey": [name for name in table.key if name in present],
    }
    keys = [key for column in table.columns if column.name in present for key in _foreign_keys(column)]
    keys = [key for key in keys if files.snapshot.has(f"{key['reference']['resource']}.csv")]
    return {
        "name": ".".join(part for part in (sub.removeprefix("scenarios/").lower(), table.name) if part),
        "path": file,
        "profile": "tabular-data-resource",
        "description": f"{table.meaning} Without a row: {without_a_row(table)}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | ({"foreignKeys": keys} if keys and not sub else {}),
    }


def _fields(table: Table) -> dict[str, Column]:
    """Every column that a file of the table may have, and the declaration it follows from."""
    result: dict[str, Column] = {}
    for column in table.written:
        result[column.name] = column
        if column.ranged:
            result |= dict.fromkeys(range_names(column.name)[:2], column)
    return result


def _field(name: str, column: Column, heading: EconomyFile) -> dict[str, Any]:
    """One field; the ends of a range share the bounds of the number they belong to."""
    if name != column.name:
        said = f"{'least' if name.endswith('low') else 'greatest'} plausible {column.name}"
        return {"name": name, "type": "number", "description": said, "constraints": _bounds(column)}
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.choices:
        constraints["enum"] = list(column.choices)
    elif column.kind == "period" and heading.periods:
        constraints["enum"] = [*heading.periods, *(["*"] if column.star else [])]
    elif column.kind == "id" and not column.refers:
        constraints["pattern"] = IDENTIFIER
    elif column.numeric:
        constraints |= _bounds(column)
    field = {"name": name, "type": _TYPES.get(column.kind, "string"), "description": column.meaning}
    return field | ({"constraints": constraints} if constraints else {})


def _bounds(column: Column) -> dict[str, float]:
    bounds = {"minimum": column.minimum, "maximum": column.greatest}
    return {word: int(bound) for word, bound in bounds.items() if abs(bound) != float("inf")}


def _foreign_keys(column: Column) -> list[dict[str, Any]]:
    """Its reference, if it goes to one table whatever the row: the only kind a Table Schema can state."""
    if not isinstance(column.refers, tuple) or len(column.refers) != 1:
        return []
    (place,) = column.refers
    return [{"fields": [column.name], "reference": {"resource": place, "fields": [TABLES[place].key[0]]}}]
