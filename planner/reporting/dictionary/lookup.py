"""Everything that can be explained, gathered from the registries that the code itself runs on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from planner.economy import DataError
from planner.economy.codes import CODES
from planner.economy.extensions import extend
from planner.economy.findings import did_you_mean
from planner.economy.measures import MEASURES
from planner.economy.schema import ECONOMY_KEYS, PROVENANCE, SCENARIO_KEYS, TABLES
from planner.economy.schema.columns import Table
from planner.economy.schema.describe import rules, without_a_row
from planner.formulation import FAMILIES, Question, load_question, question_names
from planner.formulation.keys import keys as model_keys
from planner.formulation.named import Named
from planner.formulation.objectives import OBJECTIVES
from planner.formulation.unknowns import UNKNOWNS
from planner.reporting.dictionary import glossary
from planner.reporting.dictionary import terms as glossary_terms
from planner.reporting.dictionary.documents import MANIFEST, SUMMARY, TWO_SIDED
from planner.reporting.dictionary.markdown import sentence

__all__ = ["Entry", "entries", "explain", "in_conflicts", "nearest", "questions"]


_PRINTED = {
    "term": glossary.TERMS,
    "phrase": glossary_terms.PHRASES,
    "verdict or status": glossary_terms.VERDICTS,
    "heading": glossary_terms.HEADINGS,
    "unit": glossary_terms.UNITS,
}

_KEYS = {"summary": SUMMARY, "manifest": MANIFEST}


_STAR = {
    "": "",
    "sum": ", or * for all",
    "mixed": ", or in questions * for all",
    "level": ", or * for the level of all",
}
_UNIT_OF = {
    "item": "that of {}.csv",
    "per head": "that of {}.csv, per head",
    "value": "value unit of the economy",
    "units": "units",
    "foreign": "foreign currency",
    "itself": "the currency",
    "level": "base period = 1",
}


@dataclass(frozen=True)
class Entry:
    """What is known of a word.

    Args:
        kind: what sort of thing it is.
        word: its name.
        says: a sentence or two.
        facts: label and text of more; with many they read like a table.
    """

    kind: str
    word: str
    says: str
    facts: tuple[tuple[str, str], ...] = ()


def entries() -> Iterator[Entry]:
    """Every entry, kind by kind."""
    extend()
    yield from _families()
    yield from _unknowns()
    for m in MEASURES.values():
        item = f"a label of {m.axis}{_STAR[m.star]}"
        yield Entry("measure", m.name, sentence(m.says), (("item", item), ("unit", _UNIT_OF[m.unit].format(m.table))))
    for o in OBJECTIVES.values():
        keys = ", ".join(o.keys)
        yield Entry("objective", o.name, sentence(o.says), (("use", o.use), *((("keys", keys),) if keys else ())))
    for name, key in model_keys().items():
        yield Entry("key of a model file", name, sentence(key.says))
    for name, what in glossary.CLOSURES.items():
        yield Entry("closure of consumption", name, sentence(what))
    for name, what in glossary.CORNERS.items():
        yield Entry("corner of the ranges", name, sentence(what))
    for file, known in (("economy.toml", ECONOMY_KEYS), ("scenario.toml", SCENARIO_KEYS)):
        told = tuple((key, f"{sentence(meaning)}{' Required.' * required}") for key, _, required, meaning in known)
        yield Entry("file of an economy", file, f"What {file} may say, as TOML.", told)
        yield from (Entry(f"key of {file}", key, says) for key, says in told)
    for table in TABLES.values():
        facts = (*_columns_of(table).items(), ("without a row", without_a_row(table)))
        yield Entry("table of an economy", table.name, table.meaning, facts)
    for name, (what, own) in glossary.RESULTS.items():
        columns = tuple((column, said or glossary.SAME_EVERYWHERE[column]) for column, said in own.items())
        yield Entry("table of results", name, what, columns)
    for name, what in glossary.JSON_FILES.items():
        yield Entry("file of results", name, what, tuple(_KEYS.get(name, {}).items()))
    for kind, words in _PRINTED.items():
        yield from (Entry(kind, name, what) for name, what in words.items())
    for name, code in CODES.items():
        yield Entry("code of a finding", name, f"{sentence(code.title)} {code.meaning}", (("what to do", code.remedy),))


def explain(word: str) -> list[Entry]:
    """All entries of a word, columns included; empty where it is unknown.

    Args:
        word: in any case, of one or of several, with or without an ending such as ``.csv``; ``TABLE.COLUMN`` for a column.
            Of words parted by a comma or a colon, such as ``level, base period = 1``, the first is explained where all
            together are not.

    >>> [entry.kind for entry in explain("labour")]
    ['constraint family', 'table of results']
    >>> explain("E104")[0].says.startswith("Unknown reference.")
    True
    >>> explain("Cures") == explain("cure"), explain("level, base period = 1")[0].kind
    (True, 'unit')
    """
    plain = _plain(word)
    for form in dict.fromkeys((plain, plain.removesuffix("s"), re.split("[,:]", plain)[0])):
        found = [entry for entry in entries() if _plain(entry.word) == form] + _columns(form)
        if found:
            return found
    return []


def nearest(word: str) -> str:
    """What may have been meant, as a sentence with a space before it; empty if nothing is near."""
    known = dict.fromkeys([entry.word for entry in entries()])
    known.update(dict.fromkeys(column.name for table in TABLES.values() for column in table.columns))
    return did_you_mean(word, known)


def _plain(word: str) -> str:
    word = word.strip().casefold().removesuffix(".csv").removesuffix(".json").removesuffix(".toml")
    return word.replace(" ", "_")


def questions(models: Iterable[str | Path]) -> Iterator[Question]:
    """The model files that can be read; a broken one is reported by whoever asks for it."""
    for model in models:
        with suppress(DataError):
            yield load_question(model)


def _families() -> Iterator[Entry]:
    used: dict[str, list[str]] = {}
    for question in questions(question_names()):
        for family in question.families:
            used.setdefault(family, []).append(question.name)
    for f in FAMILIES.values():
        facts = [
            ("algebra", f.algebra),
            ("one row for", " and ".join(f"each {axis}" for axis in f.index) or "the whole horizon"),
            ("unit", f.unit),
            ("comes with", "every question" if f.always else f.part_of if f.part_of != f.name else ""),
            *_told(f),
            ("in the models", ", ".join(used.get(f.part_of, []))),
        ]
        yield Entry("constraint family", f.name, f.says, tuple(fact for fact in facts if fact[1]))


def _unknowns() -> Iterator[Entry]:
    for unknown in UNKNOWNS.values():
        where = " and ".join(f"each {axis}" for axis in unknown.index) or "the whole horizon"
        facts = (("symbol", unknown.symbol), ("one for", where), *_told(unknown))
        yield Entry("block of unknowns", unknown.name, unknown.says, tuple(facts))


def _told(named: Named) -> Iterator[tuple[str, str]]:
    """How a limit is told: in conflicts and cures, and in prices."""
    yield "in conflicts", in_conflicts(named)
    yield "in prices", _filled(named.phrase)


def in_conflicts(named: Named) -> str:
    """What a limit is called in conflicts, or why it is never given up.

    >>> in_conflicts(FAMILIES["capacity"])
    'the [capacity] that could be built in time'
    >>> in_conflicts(FAMILIES["capacity_accumulation"])
    'always held: no plant stands that was neither there before nor built'
    """
    if named.group is None:
        return f"always held: {named.definition.why}" if named.definition is not None else ""
    item = " and ".join(f"[{axis}]" for axis in named.group.each)
    return _filled(named.group.words if named.of_targets else named.group.words.format(item=item))


def _filled(words: str) -> str:
    """Words with the names of what is put in.

    >>> _filled("one more {unit} of {item}")
    'one more [unit] of [item]'
    """
    return words.replace("{", "[").replace("}", "]")


def _columns_of(table: Table) -> dict[str, str]:
    """Meaning of each column and what may stand in it."""
    return {column.name: f"{column.meaning}. {rules(column)}." for column in table.columns}


def _columns(plain: str) -> list[Entry]:
    """Columns of that name in tables of economies and of results."""
    table_name, dot, column_name = plain.rpartition(".")
    result = []
    for table in TABLES.values():
        said = _columns_of(table).get(column_name)
        if said and (not dot or table.name == table_name):
            result.append(Entry("column", f"{column_name} of {table.name}.csv", sentence(said)))
    everywhere = [column for column in PROVENANCE if column.name == column_name and not dot]
    result += [Entry("column", f"{c.name} of every table", sentence(c.meaning)) for c in everywhere]
    for name, (_, own) in glossary.RESULTS.items():
        meaning = own.get(column_name) or (glossary.SAME_EVERYWHERE.get(column_name) if dot else None)
        if column_name in own and meaning and (not dot or name == table_name):
            result.append(Entry("column", f"{column_name} of the results' {name}.csv", sentence(meaning)))
    if TWO_SIDED[1].get(column_name) and (not dot or table_name == "prices"):
        said = sentence(TWO_SIDED[1][column_name])
        result.append(Entry("column", f"{column_name} of prices.csv of a sensitivity run", said))
    if not dot and column_name in glossary.SAME_EVERYWHERE:
        result.append(Entry("column", f"{column_name} of results", sentence(glossary.SAME_EVERYWHERE[column_name])))
    return result
