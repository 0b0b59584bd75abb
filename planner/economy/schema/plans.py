"""Tables of what was planned, what happened, and which projects there were."""

from __future__ import annotations

from planner.economy.claims.language import KINDS, OUTSIDE
from planner.economy.schema.columns import NAME, UNIT, Column, Table, key, value
from planner.economy.schema.measured import MEASURE, MEASURED, SOMEWHERE, WHEN, sense
from planner.economy.schema.stylised import NEUTRAL

__all__ = ["PLANS"]

TEST = (
    "how it is tested: checks with `and` between them, each what is looked up, `=`, `>=` or `<=`, and what the text says, "
    "`within` so many % where `=` may be missed by more than 5; "
    + "; ".join(
        f"`{' '.join((name, *(word.upper() for word in kind.takes)))}` is {kind.says}" for name, kind in KINDS.items()
    )
    + f"; one of the first four can stand over another, with `/` between; `{OUTSIDE}` is the whole test of what tables cannot "
    "say; empty: `untested` says why"
)

PLANS = (
    Table(
        "plans",
        "Plans whose targets are tested.",
        (
            key("plan", "identifier"),
            Column("title", "text", "name for readers (default: the identifier)"),
            Column("decided_on", "text", "date of the decision"),
            Column("extends", "id", "plan whose figures this one raises, lowers or takes over", refers=("plans",)),
        ),
        absent="There is no plan; targets can name none that is not here.",
        told=("E104",),
    ),
    Table(
        "targets",
        "The figures of a plan.",
        (
            key("plan", "which", refers=("plans",)),
            MEASURE,
            MEASURED,
            WHEN,
            value("the official figure; a floor of 0 asks nothing, a cap of 0 allows nothing"),
            sense("on which side: a floor, a cap or both", "at_least"),
            Column("weight", "number", "weight among targets", default=1, unit=""),
            Column(
                "hard",
                "choice",
                "yes: a constraint of the feasible set itself; no: a floor is scaled by attainment",
                default="no",
                choices=("yes", "no"),
            ),
            Column(
                "scales",
                "choice",
                "of a cap (at_most, exactly): no: it holds in full whatever share the floors are reached to; yes: where they "
                "are reached to a share, the cap is eased to (2 − share) times the figure",
                default="no",
                choices=("yes", "no"),
            ),
            Column(
                "origin",
                "id",
                "plan in which the figure was first set, where this plan took it over; empty: set in this plan",
                refers=("plans",),
            ),
            UNIT,
        ),
        absent="The plan asks for nothing of the kind.",
        unit_rule="measure",
        places=SOMEWHERE,
    ),
    Table(
        "actuals",
        "What happened.",
        (
            MEASURE,
            MEASURED,
            WHEN,
            key("series", "whose figure it is", kind="text"),
            value("the figure"),
            UNIT,
            Column("preferred", "choice", "yes: the series used for this cell", default="no", choices=("yes", "no")),
        ),
        absent="It is not known: nothing is compared, and growth over it counts from 0.",
        told=("W129",),
        unit_rule="measure",
        places=SOMEWHERE,
    ),
    Table(
        "reached",
        "When a figure of a plan was in fact reached, within the horizon or long after it.",
        (
            key("plan", "whose figure it is", refers=("plans",)),
            key("item", "product, or another thing in words", kind="text"),
            key("figure", "which of the plan's figures: official, low, high, or in words", kind="text"),
            Column("value", "number", "the figure", required=True),
            UNIT,
            Column("due", "text", "when it was due", required=True),
            Column(
                "reached",
                "text",
                "first year in which as much was made; in words where no year is known, such as `not by 1960`",
                required=True,
            ),
            Column("made", "number", "what was made in that year"),
            Column("year_before", "number", "what was made in the year before"),
        ),
        absent="It is not known.",
        account=True,
    ),
    Table(
        "claims",
        "What popular and other texts state about the plan, in the words of whoever compiled the tables.",
        (
            key("claim", "identifier"),
            Column("text", "text", "in which text it stands", required=True),
            Column("statement", "text", "the statement, in a sentence of our own", required=True),
            Column("quantity", "text", "what it is about"),
            Column("value", "text", "what the text says it is"),
            Column("unit", "text", "of that value"),
            Column("period", "text", "when"),
            Column(
                "kind",
                "choice",
                "whether it states where things stood before, a figure of a plan, what came of it, what limits a plan, or how "
                "things hang together",
                required=True,
                choices=("base", "target", "outcome", "constraint", "mechanism"),
            ),
            Column("disputed", "text", "what disputes it, in words"),
            Column("test", "text", TEST),
            Column("untested", "text", "why it has no test, in a few words"),
        ),
        absent="No statement is set beside the tables.",
        stated=False,
        account=True,
    ),
    Table(
        "stylised_facts",
        "What is told of taut plans, against which one that is played forward is held; nothing is fitted to it.",
        (
            key("fact", "identifier"),
            Column("says", "text", "what was observed, in a sentence", required=True),
            Column("measure", "choice", "what is counted of a play", required=True, choices=tuple(NEUTRAL)),
            Column("items", "text", "products or groups, with `;` between them; empty: every product with a figure"),
            Column("against", "text", "those they are held against, likewise"),
            Column("period", "period", "when; empty: the last that is played"),
            Column(
                "direction",
                "choice",
                "on which side of what a plan without strain shows it was observed",
                required=True,
                choices=("above", "below"),
            ),
            Column(
                "observed", "number", "what was observed; empty: its direction alone is known", minimum=-1.0, unit=""
            ),
        ),
        absent="A play is held against what was produced alone.",
    ),
    Table(
        "projects",
        "Indivisible plant, for the mixed-integer model.",
        (
            key("project", "identifier"),
            NAME,
            Column("region", "text", "where"),
            Column("capacity", "id", "kind of plant", required=True, refers=("capacities",)),
            Column("size", "number", "units of capacity", required=True, optimistic="high"),
            Column("cost", "number", "value_unit", optimistic="low", unit="value"),
            UNIT,
            Column("gestation", "integer", "periods from start to first use", required=True, unit="periods"),
            Column("earliest", "period", "first period in which it can start (default: the first)"),
            Column("latest", "period", "last period in which it can start (default: the last)"),
            Column("share_first_year", "number", "share of its size in use in the first year", maximum=1, unit="share"),
            Column(
                "begun",
                "choice",
                "yes: building at the base date, its plant stands in `pipeline`",
                default="no",
                choices=("yes", "no"),
            ),
        ),
        absent="There are no indivisible works.",
        unit_rule="capacity",
    ),
    Table(
        "project_goods",
        "What building a project takes.",
        (
            key("project", "which", refers=("projects",)),
            key("item", "product or resource", refers=("products", "resources")),
            Column("year", "integer", "building year, from 1", key=True, required=True, minimum=1),
            value("units of the item", "low", unit="item"),
        ),
        absent="Building takes nothing that is not named.",
        told=("W124",),
    ),
    Table(
        "project_rules",
        "Projects that need or exclude each other.",
        (
            key("project", "which", refers=("projects",)),
            Column("rule", "choice", "how they hang", key=True, required=True, choices=("requires", "excludes")),
            key("other", "the other project", refers=("projects",)),
        ),
        absent="Projects do not depend on each other.",
    ),
)
