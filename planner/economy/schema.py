"""Every table and column of an economy (schema 1), declared once.

Reading, checking, the corners of the ranges, ``datapackage.json`` and ``planner explain TABLE`` all follow from the
declarations below; no other file knows a column's type, default, bounds or references.
"""

from __future__ import annotations

from planner.economy.columns import By, Column, Kind, Table

__all__ = ["ECONOMY_KEYS", "PROVENANCE", "SCENARIO_KEYS", "SCHEMA_VERSION", "TABLES", "Key"]

SCHEMA_VERSION = 1

Key = tuple[str, str, bool, str]  # name, type, required, meaning

ECONOMY_KEYS: tuple[Key, ...] = (
    ("schema", "integer", True, "version of this layout: 1"),
    ("title", "text", True, "one line for headings"),
    ("description", "text", False, "a few sentences"),
    ("base_period", "label", True, "the period before the first, which holds the opening position"),
    ("periods", "labels", True, "the horizon, in order"),
    ("value_unit", "text", False, 'unit of prices and of investment, such as "bn rub 1926/27"'),
    ("default_plan", "text", False, "plan that is tested when none is named"),
    ("default_scenario", "text", False, "scenario that is laid over the base when none is named"),
    ("default_model", "text", False, "model file that is used when none is named"),
)
SCENARIO_KEYS: tuple[Key, ...] = (
    ("title", "text", True, "one line for headings"),
    ("description", "text", False, "a few sentences"),
    ("extends", "text", False, "scenario over which this one is laid"),
)

PROVENANCE: tuple[Column, ...] = (
    Column("source", "text", "where the number comes from"),
    Column("url", "text", "address of the source"),
    Column("verified", "choice", "whether the number itself was seen in the source", choices=("yes", "no")),
    Column("note", "text", "remarks"),
)


def _key(name: str, meaning: str, kind: Kind = "id", refers: tuple[str, ...] | By = ()) -> Column:
    return Column(name, kind, meaning, key=True, required=True, refers=refers)


def _period(meaning: str, *, star: bool = True) -> Column:
    return Column("period", "period", meaning + (" (`*`: all)" if star else ""), key=True, required=True, star=star)


def _value(meaning: str, optimistic: str | By = "") -> Column:
    return Column("value", "number", meaning, required=True, optimistic=optimistic)


_UNIT = Column("unit", "text", "unit of the row's numbers; empty: not checked")
_NAME = Column("name", "text", "name for readers (default: the identifier)")
_GROUP = Column("group", "text", "branch or group, for totals")
_OWN_UNIT = Column("unit", "text", "unit in which it is counted", required=True)

_MEASURES = By(
    "measure",
    {
        "output": ("products",),
        "delivery": ("products",),
        "consumption": ("products", "*"),
        "investment": ("capacities", "groups", "*"),
        "capacity": ("capacities",),
        "employment": ("resources", "*"),
        "export": ("products",),
        "import": ("products",),
        "stock": ("products",),
        "activity": ("activities",),
        "start": ("capacities",),
    },
)
_MEASURE = Column("measure", "choice", "what is measured", key=True, required=True, choices=tuple(_MEASURES.of))
_MEASURED = _key("item", "of what: a product, capacity, resource, activity or group; `*` for all", refers=_MEASURES)
_WHEN = _key("period", "one period, `first..last` or a comma list for a sum", kind="periods")

_TABLES = (
    Table(
        "products",
        "What is balanced.",
        (
            _key("product", "identifier"),
            _NAME,
            _OWN_UNIT,
            _GROUP,
            Column("price", "number", "value_unit per unit at base-period prices (1 where the unit is the value_unit)"),
        ),
    ),
    Table(
        "activities",
        "A technique: makes 1 unit of its product per unit of activity unless an output row says otherwise.",
        (
            _key("activity", "identifier"),
            _NAME,
            Column("product", "id", "principal product", required=True, refers=("products",)),
            _GROUP,
        ),
    ),
    Table(
        "coefficients",
        "What one unit of an activity takes, occupies and makes.",
        (
            _key("activity", "the technique", refers=("activities",)),
            _key(
                "item",
                "product, resource or capacity, by role",
                refers=By(
                    "role",
                    {
                        "input": ("products",),
                        "output": ("products",),
                        "resource": ("resources",),
                        "capacity": ("capacities",),
                    },
                ),
            ),
            Column(
                "role",
                "choice",
                "how the item enters",
                key=True,
                required=True,
                choices=("input", "output", "capacity", "resource"),
            ),
            Column("from_period", "period", "holds from this period on; empty: from the first", key=True),
            _value(
                "units of the item per unit of activity",
                By("role", {"input": ("low",), "output": ("high",), "capacity": ("low",), "resource": ("low",)}),
            ),
            Column("lead", "integer", "periods by which an input or resource is taken before the activity", default=0),
            _UNIT,
        ),
        unit_rule="item per activity",
    ),
    Table(
        "capacities",
        "Kinds of plant.",
        (
            _key("capacity", "identifier"),
            _NAME,
            _OWN_UNIT,
            Column("initial", "number", "in existence at the base date", required=True, optimistic="high"),
            Column("utilisation", "number", "highest use as a share of capacity", default=1, optimistic="high"),
            Column("retirement", "number", "share retired a period", default=0, maximum=1, optimistic="low"),
            Column("gestation", "integer", "periods from the start of building to first use", default=1),
            Column(
                "growth_limit",
                "number",
                "what is started under the plan and comes on stream is at most this share of the capacity before, "
                "plus growth_floor; empty: no limit",
                optimistic="high",
            ),
            Column("growth_floor", "number", "added to the growth limit, in units", default=0, optimistic="high"),
        ),
    ),
    Table(
        "pipeline",
        "Plant already building at the base date.",
        (
            _key("capacity", "kind of plant", refers=("capacities",)),
            _period("when it comes on stream", star=False),
            _value("units of capacity", "high"),
        ),
    ),
    Table(
        "investment",
        "Products and resources taken by building one unit of new capacity.",
        (
            _key("capacity", "kind of plant", refers=("capacities",)),
            _key("item", "product or resource", refers=("products", "resources")),
            Column("year", "integer", "building year, 1 .. max(1, gestation)", key=True, required=True, minimum=1),
            _value("units of the item per unit of capacity", "low"),
            _UNIT,
        ),
        unit_rule="item per capacity",
    ),
    Table(
        "resources",
        "Primary resources, which no activity makes.",
        (
            _key("resource", "identifier"),
            _NAME,
            _OWN_UNIT,
            Column("kind", "text", "labour, land, draught …: employment counts what is labour", default=""),
        ),
    ),
    Table(
        "supply",
        "What is available of a resource.",
        (
            _key("resource", "which", refers=("resources",)),
            _period("when"),
            _value("units of the resource", "high"),
            _UNIT,
        ),
        unit_rule="resource",
    ),
    Table(
        "training",
        "Moving labour up a skill.",
        (
            _key("to_resource", "higher grade", refers=("resources",)),
            _key("from_resource", "lower grade", refers=("resources",)),
            Column("periods", "integer", "trainees join the higher grade so many periods later", required=True),
            Column("trainers", "number", "persons of the higher grade per trainee", default=0),
            Column("growth_limit", "number", "trainees a period as a share of the higher grade; empty: no limit"),
        ),
    ),
    Table(
        "final_use",
        "Final use given from outside: defence, administration, investment outside the model.",
        (
            _key("product", "which", refers=("products",)),
            _key("use", "by whom or what for"),
            _period("when"),
            _value("units of the product", "low"),
            _UNIT,
        ),
        unit_rule="product",
    ),
    Table(
        "consumption",
        "The household bundle in the base period.",
        (
            _key("product", "which", refers=("products",)),
            Column("per_head", "number", "units of the product per head", required=True, optimistic="low"),
            Column("flexible", "number", "share that moves with the level of consumption", default=1, maximum=1),
            _UNIT,
        ),
        unit_rule="product per head",
    ),
    Table(
        "worker_consumption",
        "Extra consumption per person employed.",
        (
            _key("product", "which", refers=("products",)),
            Column("per_worker", "number", "units of the product per person", required=True, optimistic="low"),
            _UNIT,
        ),
        unit_rule="product per worker",
    ),
    Table(
        "population",
        "Persons who eat from the household bundle.",
        (_period("when"), _value("persons", "low"), _UNIT),
        unit_rule="head",
    ),
    Table(
        "stocks",
        "Products that can be stored.",
        (
            _key("product", "which", refers=("products",)),
            Column("initial", "number", "stock at the base date, units", default=0, optimistic="high"),
            Column("limit", "number", "most that can be stored, units; empty: no limit", optimistic="high"),
            Column("spoilage", "number", "share lost a period", default=0, maximum=1, optimistic="low"),
        ),
    ),
    Table(
        "trade",
        "What can be sold and bought abroad.",
        (
            _key("product", "which", refers=("products",)),
            Column("direction", "choice", "which way", key=True, required=True, choices=("export", "import")),
            _period("when"),
            Column(
                "price",
                "number",
                "foreign currency per unit of the product",
                required=True,
                optimistic=By("direction", {"export": ("high",), "import": ("low",)}),
            ),
            Column("limit", "number", "most in the period, units; empty: no limit", optimistic="high"),
            _UNIT,
        ),
        unit_rule="currency per product",
    ),
    Table(
        "finance",
        "Foreign exchange outside the products, in its own currency.",
        (
            _period("when"),
            Column("other_receipts", "number", "receipts outside the model", default=0, optimistic="high"),
            Column("other_payments", "number", "payments outside the model", default=0, optimistic="low"),
            Column("credit", "number", "new credit allowed in the period", default=0, optimistic="high"),
            Column("debt_limit", "number", "most debt outstanding; empty: no limit", optimistic="high"),
            _UNIT,
        ),
        unit_rule="currency",
    ),
    Table(
        "plans",
        "Plans whose targets are tested.",
        (
            _key("plan", "identifier"),
            Column("title", "text", "name for readers (default: the identifier)"),
            Column("decided_on", "text", "date of the decision"),
        ),
    ),
    Table(
        "targets",
        "The figures of a plan.",
        (
            _key("plan", "which", refers=("plans",)),
            _MEASURE,
            _MEASURED,
            _WHEN,
            _value("the official figure"),
            Column(
                "sense", "choice", "on which side", default="at_least", choices=("at_least", "at_most", "exactly")
            ),
            Column("weight", "number", "weight among targets", default=1),
            Column(
                "hard",
                "choice",
                "yes: a constraint of the region itself; no: scaled by attainment",
                default="no",
                choices=("yes", "no"),
            ),
            _UNIT,
        ),
        unit_rule="measure",
    ),
    Table(
        "actuals",
        "What happened.",
        (
            _MEASURE,
            _MEASURED,
            _WHEN,
            _key("series", "whose figure it is", kind="text"),
            _value("the figure"),
            _UNIT,
            Column(
                "preferred", "choice", "yes: the series used for this cell", default="no", choices=("yes", "no")
            ),
        ),
        unit_rule="measure",
    ),
    Table(
        "projects",
        "Indivisible plant, for the mixed-integer model.",
        (
            _key("project", "identifier"),
            _NAME,
            Column("region", "text", "where"),
            Column("capacity", "id", "kind of plant", required=True, refers=("capacities",)),
            Column("size", "number", "units of capacity", required=True, optimistic="high"),
            Column("cost", "number", "value_unit", optimistic="low"),
            _UNIT,
            Column("gestation", "integer", "periods from start to first use", required=True),
            Column("earliest", "period", "first period in which it can start (default: the first)"),
            Column("latest", "period", "last period in which it can start (default: the last)"),
            Column("share_first_year", "number", "share of its size in use in the first year", maximum=1),
        ),
        unit_rule="capacity",
    ),
    Table(
        "project_goods",
        "What building a project takes.",
        (
            _key("project", "which", refers=("projects",)),
            _key("item", "product or resource", refers=("products", "resources")),
            Column("year", "integer", "building year, from 1", key=True, required=True, minimum=1),
            _value("units of the item", "low"),
        ),
    ),
    Table(
        "project_rules",
        "Projects that need or exclude each other.",
        (
            _key("project", "which", refers=("projects",)),
            Column("rule", "choice", "how they hang together", key=True, required=True, choices=("requires", "excludes")),
            _key("other", "the other project", refers=("projects",)),
        ),
    ),
)
TABLES: dict[str, Table] = {table.name: table for table in _TABLES}
