"""How files are spoiled: cells, rows, columns, lines and bytes, each by chance that a seed fixes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from random import Random

Files = dict[str, bytes]

CELLS = (
    *("", " ", "*", "0", "-0", "-1", "1", "7", "1e-9", "1e9", "1e15", "1e-300", "1e308", "1e999", "inf", "-inf", "nan"),
    *("1,5", "1 000", "0x10", "1_000", "１２", "½", "5%", "TRUE", "yes", "no", "at_most", "exactly", "base", "all"),
    *(
        "=1+1",
        "'",
        '"',
        "\\",
        "..",
        "../..",
        "/etc",
        "a\x1fb",
        "\x00",
        "\x1b[31m",
        "\u202e",
        "[bold]",
        "{0}",
        "%s",
        "$x$",
    ),
    *(
        "corn",
        "iron",
        "labour",
        "workers",
        "mines",
        "1",
        "2",
        "1..2",
        "2..1",
        "0..9",
        "1;2",
        "farming",
        "кукуруза",
        "a" * 300,
    ),
)
PIECES = (
    b"",
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r\n",
    b"\n\n",
    b"\t",
    b";",
    b",",
    b'"',
    b"=",
    b"[",
    b"]",
    b"#",
    b"e99",
    b"-",
    b"nan",
)


def cell(chance: Random) -> str:
    """Something that may stand in a cell, or may not."""
    if chance.random() < 0.3:
        return repr(chance.choice((-1.0, 1.0)) * 10.0 ** chance.uniform(-12, 12))
    return chance.choice(CELLS)


def table(chance: Random, content: bytes) -> bytes:
    """A CSV file with something other in it."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8", "replace"))))
    if len(rows) < 2 or not rows[0]:
        return noise(chance, content)
    chance.choice(_OF_ROWS)(chance, rows)
    written = io.StringIO()
    csv.writer(written, lineterminator=chance.choice(("\n", "\n", "\r\n"))).writerows(rows)
    return written.getvalue().encode("utf-8", "surrogatepass")


def noise(chance: Random, content: bytes) -> bytes:
    """Any file with bytes, or lines, taken away, doubled or put in."""
    lines = content.splitlines(keepends=True)
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    end = min(end, start + 12)
    match chance.randrange(7):
        case 0:
            return content[:start] + chance.choice(PIECES) + content[start:]
        case 1:
            return content[:start] + chance.choice(PIECES) + content[end:]
        case 2:
            return content[:start]
        case 3 if lines:
            at = chance.randrange(len(lines))
            return b"".join([*lines[:at], *lines[at + 1 :]])
        case 4 if lines:
            return b"".join([*lines, chance.choice(lines)])
        case 5 if lines:
            chance.shuffle(lines)
            return b"".join(lines)
        case _:
            return content.decode("utf-8", "replace").encode(
                chance.choice(("utf-16", "utf-8-sig", "cp1251", "utf-7")), "replace"
            )


def _a_cell(chance: Random, rows: list[list[str]]) -> None:
    row = rows[chance.randrange(1, len(rows))]
    if row:
        row[chance.randrange(len(row))] = cell(chance)


def _a_number(chance: Random, rows: list[list[str]]) -> None:
    """A number moved, so that the file stays good more often than not."""
    numbers = [
        (r, c)
        for r in range(1, len(rows))
        for c, (name, text) in enumerate(zip(rows[0], rows[r], strict=False))
        if text.replace(".", "", 1).isdigit() and name not in ("period", "periods", "year", "from_period", "lead")
    ]
    if numbers:
        row, column = chance.choice(numbers)
        rows[row][column] = repr(
            float(rows[row][column]) * chance.choice((0.0, 0.5, 0.8, 0.9, 1.1, 1.3, 2.0, 5.0, 1e3, 1e-3, 1e6, -1.0))
        )


def _a_header(chance: Random, rows: list[list[str]]) -> None:
    rows[0][chance.randrange(len(rows[0]))] = cell(chance)


def _no_column(chance: Random, rows: list[list[str]]) -> None:
    at = chance.randrange(len(rows[0]))
    for row in rows:
        del row[at : at + 1]


def _two_columns(chance: Random, rows: list[list[str]]) -> None:
    at = chance.randrange(len(rows[0]))
    for row in rows:
        row.extend(row[at : at + 1])


def _no_row(chance: Random, rows: list[list[str]]) -> None:
    del rows[chance.randrange(1, len(rows))]


def _two_rows(chance: Random, rows: list[list[str]]) -> None:
    rows.append(list(chance.choice(rows[1:])))


def _short_row(chance: Random, rows: list[list[str]]) -> None:
    row = rows[chance.randrange(1, len(rows))]
    del row[chance.randrange(len(row) + 1) :]


def _long_row(chance: Random, rows: list[list[str]]) -> None:
    rows[chance.randrange(1, len(rows))].extend([cell(chance)] * chance.randrange(1, 3))


def _other_order(chance: Random, rows: list[list[str]]) -> None:
    tail = rows[1:]
    chance.shuffle(tail)
    rows[1:] = tail


_OF_ROWS: Sequence[Callable[[Random, list[list[str]]], None]] = (
    *(_a_number,) * 4,
    *(_a_cell,) * 4,
    *(_a_header, _no_column, _two_columns, _no_row, _two_rows, _short_row, _long_row, _other_order),
)


def spoiled(chance: Random, files: Files, most: int = 3) -> Files:
    """Files of which some are spoiled, one is missing, or one is there that nobody asked for.

    Args:
        chance: of a seed.
        files: contents by name.
        most: how many things may happen.
    """
    result = dict(files)
    for _ in range(chance.randint(1, most)):
        name = chance.choice(sorted(result) or ["economy.toml"])
        content = result.get(name, b"")
        match chance.randrange(20):
            case 0:
                result.pop(name, None)
            case 1:
                result[
                    chance.choice(("more.csv", "economy.csv", "targets.CSV", "scenarios/x/supply.csv", "models/x.toml"))
                ] = content
            case 2 | 3:
                result[name] = noise(chance, content)
            case _ if name.endswith(".csv"):
                result[name] = table(chance, content)
            case _:
                result[name] = noise(chance, content)
    return result


def moved(chance: Random, files: Files, most: int = 5) -> Files:
    """Files in which numbers are others and rows are missing, so that what is read is mostly good, and seldom sensible."""
    result, tables = dict(files), sorted(name for name in files if name.endswith(".csv"))
    for _ in range(chance.randint(1, most)):
        name = chance.choice(tables)
        rows = list(csv.reader(io.StringIO(result[name].decode())))
        if len(rows) > 1:
            (_no_row if chance.random() < 0.15 else _a_number)(chance, rows)
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(rows)
        result[name] = written.getvalue().encode()
    return result


def renumbered(chance: Random, words: list[bytes], most: int = 4) -> list[bytes]:
    """Words of a program with some numbers, senses and names exchanged."""
    numbers = [at for at, word in enumerate(words) if re.fullmatch(rb"-?\d+(\.\d*)?(e-?\d+)?", word)]
    result = list(words)
    for _ in range(chance.randint(1, most)):
        if numbers and chance.random() < 0.8:
            odd = (b"0", b"-1", b"1e-7", b"1e-11", b"1e9", b"1e13", b"0.1", b"3", b"-2.5", b"1e30", b"1e400")
            result[chance.choice(numbers)] = chance.choice(odd)
        else:
            result[chance.randrange(len(result))] = chance.choice(result)
    return result
