"""The handbook of questions, ``models/README.md``, written from the registries that the code runs on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.formulation import FAMILIES
from planner.formulation.measures import MEASURES
from planner.report import glossary
from planner.report.lexicon import in_conflicts, questions
from planner.shipped import opening, shipped

__all__ = ["handbook"]

_START = """\
# Questions

A model file says what is asked of an economy: which constraint families hold, what is made most of, and what
households must get. It holds no facts and no code. This page is written by `planner explain --all`.

Wherever a model is named a path serves too: the path as given, then `./models`, then what is shipped. To ask a question
of your own, start from another one and change a key:

```toml
extends = "five_year"
title   = "Which targets can be met if households get what the plan promised them?"

[consumption]
floor = "promised"
```
"""

_KEYS = """\
| key | what it may be |
|---|---|
| `schema` | 1 (needed where nothing is extended) |
| `title` | the question in a sentence |
| `extends` | model file to start from; tables are merged key by key |
| `families` | list of constraint families |
| `leaves_out` | families left out on purpose: no warning is given of the facts that only they would read |
| `objective` | one of the objectives below |
| `targets.basis` | `level`, or `growth` over the base period |
| `targets.groups` | groups of products whose output figures alone are tested; empty for all figures |
| `targets.without` | items whose targets are left out |
| `consumption.floor` | a closure below, or a share of the base level |
| `consumption.discount`, `consumption.period` | of the objective `consumption`: rate per period, or its one period |
| `terminal.condition` | `none`, or `sustain`: work in progress at the end as in the last period but one |
| `terminal_capital.weights` | table of capacity = weight |
| `horizon.periods` | `all`, or `targets`: only the periods of the targets, from the state of the one before |
| `projects.divisible` | building by the unit where there are projects: of plant that stands (`rest`), `none` or `all` |
| `projects.room` | growth limits and sites not used in a period: `carried` over to later projects, or lost with the `year` |
| `projects.break_in` | what new plant loses at first: in the `coefficients`, or in each project's own `share` of the first year |
| `projects.begun` | projects building at the base date: `kept` in the pipeline, or `stoppable` |
| `projects.built` | `whole` or not at all, or in `parts`: a linear question that bounds the other |
| `projects.budget`, `projects.budget_per_period` | the most that projects may cost, in value units |
| `own.sense`, `own.terms` | `max` or `min`; list of `{ measure, item, period, weight }` |
"""


def handbook() -> str:
    """The page as Markdown."""
    parts = [
        _START,
        "## What is shipped\n",
        _table(("model", "objective", "when to use it"), _models()),
        "## Keys of a model file\n",
        _KEYS,
        "## Constraint families\n",
        _table(("family", "one row for each", "unit", "algebra", "what it says", "in conflicts"), _families()),
        "## Objectives\n",
        _table(("objective", "what is sought", "use"), ((f"`{n}`", *said) for n, said in glossary.OBJECTIVES.items())),
        "## Closures of consumption\n",
        _table(("floor", "what it says"), ((f"`{name}`", what) for name, what in glossary.CLOSURES.items())),
        "## Measures\n",
        _table(("measure", "item", "what is counted"), _measures()),
    ]
    return "\n".join(parts)


def _models() -> Iterable[Sequence[str]]:
    for question in questions(sorted(shipped("models").glob("*.toml"))):
        file = question.files[0]
        yield f"[`{question.name}`]({file.name})", f"`{question.objective}`", opening(file)


def _families() -> Iterable[Sequence[str]]:
    for f in FAMILIES.values():
        name = f"`{f.name}`" + (f" (with `{f.part_of}`)" if f.part_of != f.name else "")
        yield name, ", ".join(f.index), f.unit, f.algebra, f.says, in_conflicts(f)


def _measures() -> Iterable[Sequence[str]]:
    for m in MEASURES.values():
        yield f"`{m.name}`", (m.axis or "`*`") + (", `*`" if m.axis and m.everything else ""), m.says


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    body = [f"| {' | '.join(line)} |\n" for line in lines]
    return "".join([body[0], "|" + "---|" * len(heads) + "\n", *body[1:]])
