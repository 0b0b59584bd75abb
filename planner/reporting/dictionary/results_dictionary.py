"""The dictionary of results, ``outputs/README.md``, written from the words by which `planner explain` knows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from planner.reporting.dictionary.documents import MANIFEST, PROGRAM, SUMMARY, TWO_SIDED
from planner.reporting.dictionary.glossary import JSON_FILES, RESULTS, SAME_EVERYWHERE
from planner.reporting.dictionary.markdown import markdown_table, sentence

__all__ = ["results_dictionary"]

_START = """\
# Results

A run is a folder: the answer as `summary.json`, tables as CSV files, how it was made as `manifest.json`, and where there is
something to prove the proof. This page is written by `planner explain --write .`; `planner explain TABLE` or
`TABLE.COLUMN` prints what stands here. A run of its own is [`reference`](reference/), as `planner feasibility` writes it.

- Files are UTF-8, cells are empty where there is nothing to say, numbers are written with all their digits.
- Every row of a table has its unit, in `unit` or a column that ends so. Shares are numbers: 0.9 is 90 %.
- Labels are those of the economy; `names` in the manifest says what they are called.
- The same command on the same files writes the same bytes, `times` in the manifest aside.
- `planner verify RUN` adds the proof up in exact fractions, `planner report RUN` makes one HTML page of the folder, with charts
  in `charts/`. `program/` is the linear program as four CSV tables (`program`, `rows`, `columns`, `coefficients`); a
  folder `optimistic/` holds the same for the optimistic corner.
"""


def results_dictionary() -> str:
    """The page as Markdown."""
    return "\n".join(
        [
            _START,
            "## JSON files\n",
            markdown_table(("file", "what it holds"), ((f"`{n}.json`", what) for n, what in JSON_FILES.items())),
            "### Keys of summary.json\n",
            "Each command writes those that it has an answer to.\n",
            markdown_table(("key", "meaning"), _keys(SUMMARY)),
            "### Keys of manifest.json\n",
            markdown_table(("key", "meaning"), _keys(MANIFEST)),
            "## Tables\n",
            markdown_table(
                ("table", "what it holds"), ((f"[`{n}.csv`](#{n})", what) for n, (what, _) in RESULTS.items())
            ),
            *(part for name, told in RESULTS.items() for part in _table(name, *told)),
            *_table("prices of a sensitivity run", *TWO_SIDED),
            "## The program as text\n",
            *(part for name, told in PROGRAM.items() for part in _table(name, *told)),
        ]
    )


def _keys(keys: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return ((f"`{name}`", sentence(says)) for name, says in keys.items())


def _table(name: str, what: str, columns: Mapping[str, str]) -> Iterator[str]:
    yield f"### {name}\n"
    yield f"{what}\n"
    yield markdown_table(("column", "meaning"), _keys({c: says or SAME_EVERYWHERE[c] for c, says in columns.items()}))
