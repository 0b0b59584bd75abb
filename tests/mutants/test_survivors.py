"""The table of survivors speaks of the code that stands there."""

import ast
from collections import Counter
from pathlib import Path

from tests.mutants.places import symbols
from tests.mutants.survivors import COLUMNS, FILE, VERDICTS, key, survivors

ROOT = Path(__file__).parents[2]


def test_every_survivor_has_a_line_in_the_code_and_a_reason():
    assert FILE.read_text(encoding="utf-8").splitlines()[0] == ",".join(COLUMNS)
    rows, wrong = survivors(), []
    assert rows
    for row in rows:
        lines = (ROOT / row["file"]).read_text(encoding="utf-8").splitlines()
        at = [
            number
            for number, (symbol, line) in enumerate(zip(symbols("\n".join(lines)), lines, strict=True))
            if (symbol, line.strip()) == (row["symbol"], row["was"])
        ]
        if not at or row["verdict"] not in VERDICTS or not row["reason"] or row["was"] == row["became"]:
            wrong.append(row)
            continue
        lines[at[0]] = lines[at[0]].replace(row["was"], row["became"])
        ast.parse("\n".join(lines))  # what it became is code
    assert wrong == []
    assert [name for name, count in Counter(map(key, rows)).items() if count > 1] == []
