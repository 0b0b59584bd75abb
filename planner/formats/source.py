"""The text of a model file: plain or packed, from disk or from standard input."""

from __future__ import annotations

import gzip
import io
import re
import sys
import unicodedata
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from planner.formats.findings import Findings

ENDINGS = (".mps", ".lp", ".mps.gz", ".lp.gz")
STDIN = "-"
_BLANKS = "\t\f\v"
MOST = 1 << 30  # bytes; a packed file may claim to hold anything
_MPS = re.compile(r"\s*(\*|(NAME|ROWS|OBJSEN|OBJNAME|REFROW)\b)", re.IGNORECASE)


@dataclass(frozen=True)
class SourceText:
    """Lines of a model file, without their ends, and which format they are in."""

    name: str
    form: Literal["mps", "lp"]
    lines: list[str]


def text_of(path: str | Path, findings: Findings) -> SourceText:
    """The lines of a file, or of standard input for ``-``.

    Args:
        path: ends in ``.mps`` or ``.lp``, or in one of these and ``.gz``; ``-`` for standard input, which may hold any.
        findings: takes what is wrong.

    Raises:
        ModelError: missing, of another ending, wrongly packed, or no text.
    """
    name = str(path)
    lower = name.lower()
    if name != STDIN and not lower.endswith(ENDINGS):
        findings.say("E230", 0, "", "", "A model is read from .mps and .lp files, plain or with .gz behind.")
        findings.stop()
    data = _unpacked(_bytes(path, findings), findings, must=lower.endswith(".gz"))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:4096]:
        findings.say("E230", 0, "", "", "It is no text in UTF-8 or ASCII.")
        findings.stop()
    text = data.decode("utf-8-sig", errors="surrogateescape")
    if not text.strip():
        findings.say("E231", 0, "", "", "The file is empty.")
        findings.stop()
    form: Literal["mps", "lp"] = "mps" if (".mps" in lower if name != STDIN else _MPS.match(text)) else "lp"
    lines = re.split(
        r"\r\n|\n|\r", text.rstrip("\x1a")
    )  # and not at other signs that Python takes for the end of a line
    for number, line in enumerate(lines, 1):
        if line.isascii() and line.isprintable():
            continue
        said = line.split("\\")[0] if form == "lp" else "" if line.startswith("*") else line
        if hidden := next((sign for sign in said if not (sign.isprintable() or sign in _BLANKS)), ""):
            findings.say("E230", number, "", "", _hidden(hidden))
        lines[number - 1] = line.encode("utf-8", "replace").decode("utf-8")
    return SourceText(findings.file, form, lines)


def _hidden(sign: str) -> str:
    """What is wrong with a sign that a reader of the file does not see."""
    if "\udc80" <= sign <= "\udcff":
        return "The line holds bytes that are no UTF-8. Save the file as UTF-8."
    name = unicodedata.name(sign, "a control character").lower()
    return (
        f"The line holds U+{ord(sign):04X} ({name}), which cannot be seen and would become part of a name. Take it out."
    )


def _bytes(path: str | Path, findings: Findings) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(path) == STDIN else Path(path).read_bytes()
    except FileNotFoundError:
        findings.say("E230", 0, "", "", "There is no such file.")
    except OSError as error:
        findings.say("E230", 0, "", "", f"It cannot be read ({error.strerror}).")
    findings.stop()
    raise AssertionError("an error stops the reading")


def _unpacked(data: bytes, findings: Findings, *, must: bool) -> bytes:
    if not data.startswith(b"\x1f\x8b"):
        if must:
            findings.say("E230", 0, "", "", "It ends in .gz but is not packed so. Take the ending away.")
            findings.stop()
        return data
    try:
        with gzip.open(io.BytesIO(data)) as file:
            unpacked = file.read(MOST + 1)
    except (OSError, EOFError, zlib.error) as error:
        findings.say("E230", 0, "", "", f"It cannot be unpacked ({error}). It may be cut short.")
        findings.stop()
    if len(unpacked) > MOST:
        findings.say("E230", 0, "", "", "Unpacked it is larger than a gigabyte.")
        findings.stop()
    return unpacked
