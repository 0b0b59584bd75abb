"""Every table and column of an economy (schema 1), declared once.

Reading, checking, the corners of the ranges, ``datapackage.json`` and ``planner explain TABLE`` all follow from the
declarations here and in the ``schema_*`` files; nothing else knows a column's type, default or references.
"""

from __future__ import annotations

from planner.economy.schema.accounts import ACCOUNTS
from planner.economy.schema.calendar import CALENDAR
from planner.economy.schema.columns import PROVENANCE, Table
from planner.economy.schema.limits import LIMITS
from planner.economy.schema.money import MONEY
from planner.economy.schema.package import PACKAGE
from planner.economy.schema.plans import PLANS
from planner.economy.schema.production import PRODUCTION
from planner.economy.schema.surroundings import SURROUNDINGS
from planner.economy.schema.territory import TERRITORY
from planner.economy.schema.whole import WHOLE

__all__ = ["ECONOMY_KEYS", "MOST_FLOOR", "PROVENANCE", "SCENARIO_KEYS", "SCHEMA_VERSION", "TABLES", "Key"]

SCHEMA_VERSION = 1
MOST_FLOOR = 5.0  # times the base level; a larger number is taken for per cent, written where a share is wanted

Key = tuple[str, str, bool, str]  # name (with that of its table before a point), type, required, meaning

ECONOMY_KEYS: tuple[Key, ...] = (
    ("schema", "integer", True, "version of this layout: 1"),
    ("title", "text", True, "one line for headings"),
    ("description", "text", False, "a few sentences"),
    ("extends", "text", False, "folder of the economy over which this one is laid, as a scenario is: `../ussr_1928`"),
    ("license", "text", False, "licence of the tables, by its SPDX identifier, such as CC-BY-4.0"),
    ("base_period", "label", True, "the period before the first, which holds the opening position"),
    ("periods", "labels", True, "the horizon, in order"),
    ("value_unit", "text", False, 'unit of prices and of investment, such as "bn rub 1926/27"'),
    ("default_plan", "text", False, "plan that is tested when none is named"),
    ("default_scenario", "text", False, "scenario that is laid over the base when none is named"),
    ("default_model", "text", False, "model file that is used when none is named"),
    (
        "backtest.scenario",
        "text",
        False,
        "scenario of conditions as they turned out, for the back-test and to compare with",
    ),
    ("backtest.floor", "share", False, "least consumption in the back-test, as a share of the base level"),
    ("opening.from", "text", False, "economy that comes before this one, with whose end it may begin"),
    ("opening.period", "label", False, "period of that economy at whose end this one begins"),
    (
        "opening.state",
        "text",
        False,
        "what it begins with: record (its own tables), run (what a plan left) or bound (for each kind the larger)",
    ),
    (
        "discounting.rate",
        "share",
        False,
        "rate by which money of a later period counts for less, a period (of labels that are numbers: a unit of them)",
    ),
    (
        "discounting.to",
        "label",
        False,
        "date to whose value money is brought: a period, or a number where labels are numbers",
    ),
)
SCENARIO_KEYS: tuple[Key, ...] = (
    ("title", "text", True, "one line for headings"),
    ("description", "text", False, "a few sentences"),
    ("extends", "text", False, "scenario over which this one is laid"),
    ("caution", "text", False, "what whoever reads a result under this scenario must know"),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        *PRODUCTION,
        *WHOLE,
        *SURROUNDINGS,
        *TERRITORY,
        *CALENDAR,
        *MONEY,
        *LIMITS,
        *PLANS,
        *ACCOUNTS,
        *PACKAGE,
    )
}
