"""What the data cannot carry, as the package itself says it."""

from __future__ import annotations

import re

from planner.economy import Economy

_HEADING = re.compile(r"^#+\s.*after a verdict", re.IGNORECASE)


def judgements(economy: Economy) -> tuple[str, ...]:
    """Judgements made in the data after a verdict had been seen, as the package's README lists them.

    A section whose heading speaks of what was decided "after a verdict" is read; each of its list items is one judgement.
    """
    try:
        lines = (economy.folder / "README.md").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return ()
    start = next((i for i, line in enumerate(lines) if _HEADING.match(line)), None)
    if start is None:
        return ()
    items: list[str] = []
    for line in lines[start + 1 :]:
        if line.startswith("#"):
            break
        if re.match(r"^\s*(?:[-*]|\d+\.)\s", line):
            items.append(re.sub(r"^\s*(?:[-*]|\d+\.)\s+", "", line).strip())
        elif items and line.strip() and line.startswith(" "):
            items[-1] += " " + line.strip()
    return tuple(items)
