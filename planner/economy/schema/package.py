"""Tables about the data package itself: what its curator decided, and how its assumptions are told apart."""

from __future__ import annotations

from planner.economy.schema.columns import Column, Table, key
from planner.economy.schema.limits import LIMITS
from planner.economy.schema.money import MONEY
from planner.economy.schema.production import PRODUCTION
from planner.economy.schema.surroundings import SURROUNDINGS
from planner.economy.schema.territory import TERRITORY

__all__ = ["PACKAGE", "READ"]

READ = ("original", "copy", "secondary")  # grades of a text that was read

PACKAGE = (
    Table(
        "sources",
        "What the numbers come from: texts that were read, with what was read in them and where, and what is no text.",
        (
            key("key", "identifier by which rows cite it"),
            Column("author", "text", "who wrote or published it, as far as known"),
            Column(
                "title", "text", "title, and what the text is part of; of what is no text, what it is", required=True
            ),
            Column("year", "text", "year in which it was published, as far as known"),
            Column("page", "text", "page, table or section that was read"),
            Column("url", "text", "one address, at which it was read"),
            Column("licence", "text", "licence of the text, where it is stated"),
            Column(
                "grade",
                "choice",
                "how far it can be relied on. Read were: original: the text itself, or a scan, transcript or data set of "
                "it by an archive, a library, its publisher or author; copy: a copy whose edition is not stated, such as "
                "an e-book or a repost, page numbers being those of the copy; secondary: somebody else's text that tells "
                "it. Not read were: recalled: a text, or the literature, from memory; derived: computed from other "
                "numbers of the tables; judgement: decided by whoever compiled them",
                required=True,
                choices=(*READ, "recalled", "derived", "judgement"),
            ),
            Column("note", "text", "remarks, such as what was read there"),
        ),
        absent="Rows say in their own words where they come from.",
        stated=False,
    ),
    Table(
        "judgements",
        "What whoever compiled the tables decided after having seen a verdict.",
        (key("judgement", "identifier"), Column("text", "text", "what was decided, in a sentence", required=True)),
        absent="Nothing is known to have been decided in the light of a result.",
    ),
    Table(
        "rebase",
        "What a unit is worth where the economy begins with what another left (`[opening]` in economy.toml), key by key.",
        (
            Column(
                "kind",
                "choice",
                "of what: a kind of plant (with its works in progress), a stock, debt, a kind of labour (persons beside those of "
                "`supply`), the level of consumption (key `*`), a technique",
                key=True,
                required=True,
                choices=("capacity", "stock", "debt", "labour", "consumption", "activity"),
            ),
            key("key", "which, as in the economy that comes before", kind="text"),
            Column(
                "change",
                "choice",
                "carried: it goes over, at the factor; dropped: it stands before the joint alone, or is in other numbers here; "
                "new: it stands after the joint alone, as on record",
                default="carried",
                choices=("carried", "dropped", "new"),
            ),
            Column(
                "factor",
                "number",
                "units here for one before; nothing is guessed, so each line that carries needs one",
                unit="",
            ),
            Column(
                "offset",
                "number",
                "units here that are added, once for each key",
                default=0,
                minimum=float("-inf"),
                unit="",
            ),
            Column("reason", "text", "why it is dropped or new"),
        ),
        absent="The economy cannot begin with what another left: nobody knows its units.",
        account=True,
    ),
    Table(
        "assumptions",
        "Groups in which what was assumed is exchanged for what happened; without rows each table is a group.",
        (
            Column(
                "table",
                "choice",
                "table of conditions",
                key=True,
                required=True,
                choices=tuple(table.name for table in (*PRODUCTION, *SURROUNDINGS, *TERRITORY, *MONEY, *LIMITS)),
            ),
            Column("kind", "text", "kind of the resources whose rows are meant; empty: all other rows", key=True),
            Column("group", "text", "name of the group, in words", required=True),
        ),
        absent="Each table is a group of its own.",
    ),
)
