"""Text without oddities is cut up at once; what comes out is what the careful reader makes of it."""

import random
from pathlib import Path

import pytest

from planner.economy.reading import files as reading
from planner.economy.reading.snapshot import Snapshot
from planner.economy.schema import TABLES

HEADERS = ("product,use,period,value", "use,product,value,period", "period,value,product", "product, use,period,value")
ODD = [" a", "a ", "x\u00a0", "\u00e9", '"q"', '"a,b"', "\t", "z\x1c", "\u2003q", "q\x85"]
CELLS = ["a", "b c", "", "1.5", "-3", "a\u00e9b"]
ENDS = ["\n"] * 5 + ["\r\n", "\r", "\n\n"]


def text(seed: int) -> str:
    draw = random.Random(seed)
    header = draw.choice(HEADERS)
    cells, ends = (CELLS, ["\n"]) if draw.random() < 0.6 else (CELLS + ODD, ENDS)
    lines = [header]
    for _ in range(draw.randint(0, 5)):
        width = header.count(",") + (1 if draw.random() < 0.9 else draw.randint(0, 3))
        lines.append(",".join(draw.choice(cells) for _ in range(width)))
    return "".join(line + draw.choice(ends) for line in lines)


def read(content: str) -> tuple[object, ...]:
    files = reading.Files(Snapshot(Path(), {}, {"final_use.csv": content.encode()}))
    return reading.read_table(files, TABLES["final_use"]), files.findings, files.absent, files.broken


def test_both_readers_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [text(seed) for seed in range(600)]
    quick = [read(content) for content in texts]
    plain = sum(reading._plain_columns(content) is not None for content in texts)
    assert 150 < plain < 500
    monkeypatch.setattr(reading, "_plain_columns", lambda _: None)
    assert [read(content) for content in texts] == quick
