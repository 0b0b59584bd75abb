"""Economies and questions out of text, for tests that a reader can check by hand."""

import re
from collections.abc import Mapping
from pathlib import Path

from planner.economy import Economy, load
from planner.formulation import Question, load_question

HEADING = 'schema = 1\ntitle = "A test"\nbase_period = "0"\nperiods = ["1", "2"]\nvalue_unit = "crowns"\n'
QUESTION = 'schema = 1\nobjective = "attainment"\nfamilies = ["target"]\n'


def build(folder: Path, tables: Mapping[str, str], heading: str = "") -> Economy:
    """Write tables, given as CSV text by name, into a folder and load it as any economy is loaded."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "economy.toml").write_text(laid_over(HEADING, heading))
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text.strip() + "\n")
    return load(folder)


def question(folder: Path, text: str) -> Question:
    """Write a model file and read it; keys that are not given are those of ``QUESTION``."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "asked.toml"
    path.write_text(laid_over(QUESTION, text))
    return load_question(path)


def laid_over(below: str, above: str) -> str:
    """TOML text with the plain keys of another where it does not give them itself."""
    given = set(re.findall(r"^(\w+) *=", above, re.MULTILINE))
    kept = [line for line in below.splitlines() if line.split(" ")[0] not in given]
    return "\n".join([*kept, above.strip()]) + "\n"


def sections(text: str) -> dict[str, str]:
    """The parts of a golden file by name; a part begins with a line ``--- name``. What stands above has no name."""
    parts = re.split(r"^--- (.+)\n", text, flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}
