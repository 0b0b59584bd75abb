"""The handbook of questions, ``models/README.md``, written from the registries that the code runs on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.economy.measures import MEASURES
from planner.formulation import FAMILIES
from planner.formulation.keys import keys
from planner.formulation.objectives import OBJECTIVES
from planner.reporting.dictionary import glossary
from planner.reporting.dictionary.lookup import in_conflicts, questions
from planner.reporting.dictionary.markdown import markdown_table
from planner.shipped import opening, shipped

__all__ = ["handbook"]

_START = """\
# Questions

A model file says what is asked of an economy: which constraint families hold, what is made most of, and what
households must get. It holds no facts and no code. This page is written by `planner explain --write .`, from the
registries that the code runs on.

Wherever a model is named a path serves too: the path as given, then `./models`, then what is shipped. To ask a question
of your own, start from another one and change a key:

```toml
extends = "five_year"
title   = "Which targets can be met if households get what the plan promised them?"

[consumption]
floor = "promised"
```
"""


def handbook() -> str:
    """The page as Markdown."""
    parts = [
        _START,
        "## What is shipped\n",
        markdown_table(("model", "objective", "when to use it"), _models()),
        "## Keys of a model file\n",
        markdown_table(("key", "what it may be"), ((f"`{name}`", key.says) for name, key in keys().items())),
        "## Constraint families\n",
        markdown_table(("family", "one row for each", "unit", "algebra", "what it says", "in conflicts"), _families()),
        "## Objectives\n",
        markdown_table(
            ("objective", "what is sought", "use"), ((f"`{o.name}`", o.says, o.use) for o in OBJECTIVES.values())
        ),
        "## Closures of consumption\n",
        markdown_table(("floor", "what it says"), ((f"`{name}`", what) for name, what in glossary.CLOSURES.items())),
        "## Measures\n",
        markdown_table(("measure", "item", "what is counted"), _measures()),
    ]
    return "\n".join(parts)


def _models() -> Iterable[Sequence[str]]:
    for question in questions(sorted(shipped("models").glob("*.toml"))):
        file = question.files[0]
        yield f"[`{question.name}`]({file.name})", f"`{question.objective}`", opening(file)


def _families() -> Iterable[Sequence[str]]:
    for f in FAMILIES.values():
        along = "in every question" if f.always else f"with `{f.part_of}`" if f.part_of != f.name else ""
        name = f"`{f.name}`" + (f" ({along})" if along else "")
        yield name, ", ".join(f.index), f.unit, f.algebra, f.says, in_conflicts(f).replace("[", "\\[")


def _measures() -> Iterable[Sequence[str]]:
    for m in MEASURES.values():
        yield f"`{m.name}`", m.axis + (", `*`" if m.star else ""), m.says
