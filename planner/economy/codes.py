"""All codes of findings: what each means and what to do about it. Codes are stable: none changes its meaning.

E10x reading files · E11x keys and references · E12x numbers, words and what is not there · E13x technology and targets ·
E14x periods · E15x units · E16x scenarios, corners and changes on the command line · E17x models and questions · E18x
economies in memory · E19x residuals and accounts · E20x places · E21x statements · E23x and E24x foreign model files ·
E25x joints of economies ·
warnings, which stop nothing: W12x what is assumed or not read,
W14x figures, W20x the rest, W23x those of foreign model files. The unknown reference, E104, stands among the first because
most readers meet it first.
"""

from __future__ import annotations

from typing import NamedTuple

from planner.economy.codes_models import MODEL_CODES

__all__ = ["CODES", "Code"]


class Code(NamedTuple):
    """What a code means.

    Args:
        title: heading of a finding.
        meaning: what is wrong and why it matters.
        remedy: what to do.
    """

    title: str
    meaning: str
    remedy: str


CODES: dict[str, Code] = {
    "E100": Code(
        "economy not found",
        "No folder of that name is at the path as given, in ./inputs or among the shipped economies.",
        "Check the spelling, or give the path of a folder that holds an economy.toml.",
    ),
    "E101": Code(
        "file missing",
        "A folder is an economy when it holds economy.toml, and a scenario when it holds scenario.toml.",
        "Add the file; `planner new` copies out a complete example.",
    ),
    "E102": Code(
        "file cannot be read",
        "Files are UTF-8 text. Another encoding, NUL bytes, a directory in place of a file or a file that may not be "
        "opened cannot be read.",
        "Save the table as CSV in UTF-8.",
    ),
    "E103": Code(
        "not a table",
        "A CSV table has a header row with one name a column, and every row has as many cells as the header. Text "
        "with commas or quotes stands in double quotes.",
        "Put the row in order; a missing or extra comma and a quote that is never closed are the usual causes.",
    ),
    "E104": Code(
        "unknown reference",
        "The row names something that does not stand in the table where such things are declared.",
        "Correct the spelling, or add a row that declares it.",
    ),
    "E105": Code(
        "unknown column",
        "The table has no such column. Unknown columns are refused rather than ignored, since a misspelt one would "
        "quietly take its default. A column may also stand only once.",
        "`planner explain TABLE` lists the columns of a table.",
    ),
    "E106": Code(
        "unknown file",
        "The folder holds a file that is no table of an economy. Unknown files are refused rather than ignored, since "
        "a misspelt table would quietly be absent. README.md, other .md and .txt files and hidden files are free.",
        "Correct the name or move the file elsewhere.",
    ),
    "E107": Code(
        "bad heading",
        "economy.toml or scenario.toml is not TOML, lacks a key, has an unknown one or one of the wrong type.",
        "The keys are listed in the documentation of the data package.",
    ),
    "E108": Code(
        "unknown schema",
        "The economy says that it follows another version of the layout than this planner reads.",
        "Set `schema = 1`, or use a planner that reads the other version.",
    ),
    "E109": Code(
        "file too large",
        "A table is larger than this planner is made for; it would not fit into memory with the program built on it.",
        "Leave out what the question does not need.",
    ),
    "E110": Code(
        "duplicate key",
        "Two rows of one file state the same fact, so one of them would be lost.",
        "Remove one. If both should add up, give their sum; if they differ in kind, give them different keys.",
    ),
    "E111": Code(
        "missing value",
        "A cell that must be filled is empty, or a column that must be there is absent.",
        "Fill it. A number that is not known has no place in a table; a range can say how little is known.",
    ),
    "E112": Code(
        "not an identifier",
        "Identifiers are letters a-z, digits, `_`, `-` and `.`, and start with a letter. They go into row names and "
        "file names.",
        "Choose another identifier; the column `name` takes any text in any script.",
    ),
    "E113": Code(
        "refers to itself",
        "A rule between two things names the same thing twice.",
        "Name the other one.",
    ),
    "E114": Code(
        "two preferred series",
        "One figure a cell can stand for what happened; here two series are marked as preferred.",
        "Leave `preferred = yes` on one of them.",
    ),
    "E115": Code(
        "never to be begun",
        "A project needs another that it excludes, so that no programme can hold it.",
        "Take one of the two rules out.",
    ),
    "E116": Code(
        "one name for two things",
        "An aggregate bears the name of a product or of a group, so nobody could tell which of them a target means.",
        "Give the aggregate another name.",
    ),
    "E117": Code(
        "people of what is no labour",
        "Persons at the base date, wastage, recruits and dismissals are of labour alone: a resource of the kind `labour`.",
        "Give the resource that kind, or state what there is of it in `supply`.",
    ),
    "E119": Code(
        "address out of place",
        "A page links to single addresses that stand in sources.csv. An address there is one address written in full; where an "
        "economy has that table, rows have none of their own.",
        "Give each text that was read its row in sources.csv, with its one address, and cite it by its key.",
    ),
    "E120": Code(
        "not a number",
        "The cell cannot be read as a number. The decimal sign is a point; there are no thousands separators, units "
        "or percent signs.",
        "Write the plain number, such as 1234.5 or 1.2e-3.",
    ),
    "E121": Code(
        "not finite",
        "The number is infinite or too large to hold. An absent limit is an empty cell.",
        "Leave the cell empty for no limit, or give the number.",
    ),
    "E122": Code(
        "number out of bounds",
        "Quantities are not negative, shares lie between 0 and 1, building years count from 1.",
        "Check the sign, and whether per cent were written where a share is wanted.",
    ),
    "E123": Code(
        "range out of order",
        "A range needs low <= value <= high, and a value to be the range of.",
        "Exchange or correct the ends.",
    ),
    "E124": Code(
        "not a whole number",
        "Periods and years are counted in whole numbers.",
        "Round it, or put the uncertainty into the range.",
    ),
    "E125": Code(
        "unknown word",
        "The column takes one of a few words.",
        "Use one of the words named.",
    ),
    "E126": Code(
        "nothing to plan",
        "An economy has at least one product and one activity. The table has no row, or the file is not there.",
        "Add the table; `planner new` copies out a complete example.",
    ),
    "E127": Code(
        "used but never there",
        "An activity or building takes a resource of which supply.csv has no row at all, and nobody can be trained to be it. "
        "A supply of 0 would be meant only by accident.",
        "Add the supply, of every period or as a `*` row; 0 if there is none.",
    ),
    "E128": Code(
        "lead where none applies",
        "A lead says how many periods before the activity an input or a resource is taken. Outputs come, and plant is "
        "occupied, in the activity's own period.",
        "Lead the inputs and resources instead, so that the activity stands in the period of its output; plant that is "
        "occupied for several periods needs an activity for each.",
    ),
    "E129": Code(
        "more ends than there was",
        "The rows of `opening` in which plant of the base date reaches the end of its life add up to more than stood then.",
        "Correct `initial` or the rows of kind retiring.",
    ),
    "E130": Code(
        "no source",
        "A product is asked for, or what is asked for needs it, but no activity makes it, it cannot be imported and none is "
        "in stock.",
        "Add an activity, an import or a stock, or take out the use.",
    ),
    "E131": Code(
        "uses more than it makes",
        "Making a unit of a product takes, through the chain of its inputs of the same period, a unit or more of the same "
        "product (the Hawkins-Simon condition fails for every choice of techniques and every by-product), so that something "
        "asked for can be had in no plan, whatever is imported, in stock or taken ahead.",
        "One coefficient of the cycle is too large, often by a unit: check the rows named.",
    ),
    "E132": Code(
        "consumes its own output",
        "One unit of an activity takes, in the same period, as much of the one product it makes, or more, and something that "
        "is asked for needs that product.",
        "Check the input row and, if there is one, the output row.",
    ),
    "E133": Code(
        "nothing to meet the target",
        "The thing exists but nothing in the economy can move what is measured: no activity makes the product, no "
        "trade or stock row lets it be traded or stored, or it is not in the household bundle.",
        "Take out the target, or add what makes, trades or stores the product.",
    ),
    "E134": Code(
        "capacity without use",
        "No activity runs on the capacity and no target asks for it. An activity with no capacity row uses the "
        "capacity that bears its name.",
        "Add a capacity row to the activity that runs on it, or remove the capacity.",
    ),
    "E135": Code(
        "per worker without workers",
        "worker_consumption is per person employed, but no resource is of the kind `labour`, so nobody would ever get it.",
        "Give the resources that are persons the kind `labour`, or take the table out.",
    ),
    "E136": Code(
        "shipped with the planner",
        "The folder belongs to the planner, whose data stay as they are.",
        "Copy it out with `planner new DIR --from ECONOMY`, and write there.",
    ),
    "E137": Code(
        "not written by the planner",
        "There is a datapackage.json that the planner did not write, and it would be lost.",
        "Move it away, or take it out.",
    ),
    "E138": Code(
        "money machine",
        "A product can be sold abroad without limit for more than it costs to buy there without limit in the same period. That "
        "makes as much foreign currency as anybody likes, so nothing that is imported would ever be short.",
        "Give the export or the import a limit, or correct one of the prices.",
    ),
    "E140": Code(
        "period outside the horizon",
        "The period is not in the list `periods` of economy.toml (actuals may also name the base period).",
        "Correct the period or lengthen the horizon.",
    ),
    "E141": Code(
        "periods in disorder",
        "A list or range of periods, or the horizon itself where its labels are numbers, runs backwards or names a period "
        "twice, or a label cannot be told from a list: labels have no comma and no `..`, and `*` is no label.",
        "Write them in order, each once.",
    ),
    "E142": Code(
        "period without population",
        "There is a household bundle, which is per head, but a period has no population.",
        "Add the period to population.csv, or a `*` row.",
    ),
    "E143": Code(
        "building year after completion",
        "Goods are taken in the building years 1 to max(1, gestation); this row names a later year.",
        "Correct the year, or the gestation.",
    ),
    "E144": Code(
        "no period to start in",
        "A project is started as a period opens, or the whole of which it is a part, within its window.",
        "Exchange the two where the latest start comes before the earliest; else let the window hold the first part of a whole.",
    ),
    "E145": Code(
        "periods overlap in part",
        "A row of a scenario or a change names periods that overlap those of a row of the tables below without being the "
        "same. A sum over several periods and the figure of one of them are two facts, so it is not told whether the row "
        "below still holds.",
        "Name exactly the periods of the row to be replaced (`1..1` is `1`, and `1,2` is `1..2`). A further figure for "
        "other periods stands in the tables that the scenario is laid over.",
    ),
    "E146": Code(
        "the same cell twice",
        "A figure to be met exactly is a floor and a cap at once, so no other row can ask anything of the same cell; and two "
        "terms of an objective that count the same are one term with the sum of their weights. A floor and a cap for one cell "
        "(at_least and at_most) are two rows and may stand together.",
        "Keep one of them.",
    ),
    "E147": Code(
        "scaling that cannot be meant",
        "`scales = yes` eases a cap where the floors are reached only in part. A floor is scaled anyhow, and a hard figure "
        "holds in full.",
        "Take out `scales`, or correct `sense` or `hard`.",
    ),
    "E148": Code(
        "plans in a ring",
        "A plan extends itself, directly or through others, so that no figure has a first plan.",
        "Remove one `extends`.",
    ),
    "E149": Code(
        "relation about nothing",
        "A relation holds a weighted sum of measures against a number, and nothing is said of what it adds up, or every weight "
        "is 0.",
        "Add its terms to relation_terms.csv, or take the relation out.",
    ),
    "E150": Code(
        "unit does not match",
        "The unit of a row is not the one that its product, resource or capacity is counted in. Nothing is converted.",
        "Convert the number and the unit, or leave the unit empty to take the number as it stands.",
    ),
    "E151": Code(
        "two units in one table",
        "Numbers that are added up are given in different units.",
        "Convert all to one unit.",
    ),
    "E160": Code(
        "unknown scenario",
        "No folder of that name is in `scenarios`. `base` names the tables without any scenario.",
        "Use one of the scenarios named.",
    ),
    "E161": Code(
        "scenarios in a circle",
        "A scenario extends itself, directly or through others.",
        "Remove one `extends`.",
    ),
    "E162": Code(
        "reserved name",
        "`base` names the tables without any scenario, so no scenario can have that name.",
        "Rename the folder.",
    ),
    "E163": Code(
        "unknown corner", "The corners of the ranges are central, optimistic and pessimistic.", "Use one of them."
    ),
    "E164": Code(
        "change not understood",
        "A change reads TABLE:KEY=VALUE[,KEY=VALUE...]:COLUMN=NUMBER, with `=`, `*=` or `+=`.",
        "Example: --set trade:product=grain,direction=export,period=1931:price=0.045",
    ),
    "E165": Code(
        "change selects no row",
        "No row of the table has these keys. A new row needs `=` and every key column.",
        "Correct the keys, or name all of them to add a row.",
    ),
    "E170": Code(
        "model not found",
        "No model file of that name is at the path as given, in ./models or among those shipped.",
        "Check the spelling; `planner list models` shows what there is.",
    ),
    "E171": Code(
        "model extends itself", "A model file extends itself, directly or in a ring.", "Take one of the `extends` out."
    ),
    "E172": Code("model cannot be read", "Model files are TOML in UTF-8.", "Correct the line the message names."),
    "E173": Code(
        "unknown key in a model",
        "A model file has only the keys its form knows; others would be ignored in silence, so they are errors.",
        "Correct the spelling or take the key out.",
    ),
    "E174": Code(
        "value does not fit", "The key takes another kind of value.", "Write one of the values the message names."
    ),
    "E175": Code("model incomplete", "A model file says its schema, families and objective.", "Add the missing line."),
    "E176": Code(
        "unknown family",
        "The name is not that of a constraint family.",
        "Correct the spelling; `planner list families` shows what there is. A family of your own is registered by "
        "`--families FILE` or by an installed package.",
    ),
    "E177": Code("question without substance", "The objective lacks what it is about.", "Add what the message names."),
    "E178": Code(
        "question does not fit the economy",
        "The plan, measure, item, period or capacity that the question names does not exist in this economy.",
        "Correct the name, or choose another plan or model.",
    ),
    "E179": Code(
        "rank of nobody",
        "Ranks name a group that no activity of the economy has. What it was meant for would be served last in silence.",
        "Correct the spelling: groups stand in the column `group` of activities.csv; `sites`, `state`, `exports` and "
        "`households` may be named beside them.",
    ),
    "E180": Code(
        "tautness without a plan",
        "Tautness is what is asked as a multiple of the benchmark. At 0 or below nothing is asked; a list has one number for "
        "each period that is played.",
        "Write a number above 0, such as 1.2, one for each period, or `adopted` for the plan as it is.",
    ),
    "E181": Code(
        "no benchmark",
        "A plan is played forward against what could have been had together. Here that is nothing: every figure can be had to "
        "0 % only, or the plan makes nothing.",
        "Choose another plan, floor or model; `planner feasibility` says why nothing can be had.",
    ),
    "E185": Code(
        "no scenario after a change in memory",
        "Tables of a loaded economy were exchanged in memory, and then another scenario was asked for. A scenario is laid "
        "over the base tables before anything else, so what it would do to the changed rows cannot be told.",
        "Load the scenario first and change its tables, make the change with economy.changed([...]), or leave out what "
        "asks for the scenario (against=None).",
    ),
    "E186": Code(
        "change in memory not understood",
        "Tables of a loaded economy were exchanged in memory, and they are no longer whole: a table or a column is gone, "
        "a column of numbers holds something else, or a number, its range and its central value contradict each other.",
        "Start from economy.tables and change columns with `assign`; change a number with a range at the central corner, "
        "its ends with it.",
    ),
    "E187": Code(
        "extension not found",
        "A file that is to register families, objectives or measures is not there, or is no file of Python.",
        "Check the path after --families, or in PLANNER_FAMILIES.",
    ),
    "E188": Code(
        "extension cannot be used",
        "A file or an installed package that registers families, objectives or measures failed: it is no valid Python, "
        "something it imports is missing, or a row it registers contradicts itself or another.",
        "Correct what the message names. `planner/README.md` shows such files; `planner explain WORD` a row that is in order.",
    ),
    "E190": Code(
        "residual without a base",
        "A row marked as a residual is what the balance of its item in the base period leaves, and this balance cannot be drawn "
        "up: the level of a technique is not known, or there is no residual of the base period for a later row to follow.",
        "State the level in actuals.csv (measure activity), mark the row of the base period, or take the mark away and give "
        "the row a range.",
    ),
    "E191": Code(
        "two residuals in a balance",
        "A balance leaves one number. Rows of the techniques of one product count as one, for they move alike.",
        "Take the mark from all but one of the rows and give the others ranges.",
    ),
    "E192": Code(
        "residuals in a circle",
        "Each of several residuals is what is left when another is known, so that none can be found first.",
        "Take the mark from one of them and give it a range.",
    ),
    "E195": Code(
        "rate without its resource",
        "An income per unit of something is multiplied by the use of that resource, so `per` has to name it; a wage is a row of "
        "costs or a rate of incomes, and not both.",
        "Name the resource under `per` (`*` for all labour) with a unit such as `rub per person`, or state an amount.",
    ),
    "E196": Code(
        "wages and no goods",
        "An account has wages, but nothing says what was sold to households in the base period, from which goods are counted.",
        "Add rows to retail.csv: account what happened, the base period, counts trade.",
    ),
    "E197": Code(
        "no account",
        "The question sets households' money against goods, and the economy does not say what they earned or bought.",
        "Add what the message names; `planner explain incomes` and `planner explain retail` say how.",
    ),
    "E198": Code(
        "no optimum",
        "A first-order method ends with a plan and a bound that lie near each other, and what is asked needs the optimum itself.",
        "Leave out `--method first-order`, or ask a question without it: a linear one, with one objective.",
    ),
    "E200": Code(
        "unknown place",
        "A row says where something is, and there is no such region, no such link, or the thing has no place at all: a pool is "
        "one for all regions, and consumption per head is the same in every one.",
        "Correct the place, list the region in regions.csv, or give the product a place in products.csv.",
    ),
    "E201": Code(
        "shares that do not fit",
        "Shares tell where a number of the country stands. Each set of them adds up to exactly one, as decimals, and is of a "
        "number that is there.",
        "Correct the shares; what is rounded away from one may be put to any of them.",
    ),
    "E202": Code(
        "stated and shared out",
        "The item has rows of single regions and shares, but no number of the country, so there is nothing that the shares could "
        "be of.",
        "Take out the shares, or the rows of regions; or state the number of the country.",
    ),
    "E203": Code(
        "number without a place",
        "An item with places is somewhere. A number of the country must be shared out among the regions where it can be.",
        "Add shares that add up to one, or give each region a row of its own.",
    ),
    "E204": Code(
        "stands nowhere",
        "An activity stands wherever everything is that it makes, takes and occupies and that has places. There is no such "
        "region, or a norm is of one where it does not stand.",
        "Give its plant, resources or products another place, or take the row out.",
    ),
    "E205": Code("link to itself", "A link joins two regions.", "Name the other end, or take the link out."),
    "E206": Code(
        "region out of reach",
        "Products are shipped over links, and no link reaches the region.",
        "Add a link; or make the products local that are never moved.",
    ),
    "E207": Code(
        "carriage that does not fit",
        "A product that is shipped has a row of carriage, and one that is not has none.",
        "Add the row, with 0 where moving it takes nothing; or correct the place of the product.",
    ),
    "E208": Code(
        "workers without a place",
        "Those employed are fed where they work, and those who move leave one region for another: their labour must have places.",
        "Share out the supply of the labour, or make its food a pool.",
    ),
    "E209": Code(
        "cannot be laid out",
        "Units that run as wholes, projects and single years of a plan are not laid out over regions.",
        "Take the rows out, or ask the question of the country without regions.",
    ),
    "E210": Code(
        "test that cannot be read",
        "A statement of the table claims is tested by what is looked up, a relation and what the text says, and by nothing else.",
        "Write it so (`planner explain claims.test`), leave it empty, or write `outside` where no table could say it.",
    ),
    "E211": Code(
        "no statement",
        "The command sets statements beside the tables, and the economy has none.",
        "Add the table claims.csv; `planner explain claims` says how.",
    ),
    "E214": Code(
        "periods of their own length",
        "Residuals, single years cut out of a plan, a plan that is played forward and what one economy leaves to the next are "
        "laid out by counting periods, so that all of them have to be whole and one unit of time long.",
        "Take out periods.csv, or what the message names.",
    ),
    "E215": Code(
        "parts that do not fit",
        "A period is of some length. Parts of a period follow one another, are called by it (`1930.winter` of `1930`), and where "
        "its own length is stated add up to it, as decimals.",
        "Correct the lengths or the labels.",
    ),
    "E216": Code(
        "step of a price that does not fit",
        "A step stands above the first price of something. What lies beyond it costs no less, or earns no more, than what lies "
        "before: a linear program takes the better price first, whatever the table says.",
        "State the first price in costs.csv or trade.csv, correct the step, or use whole numbers (`planner explain runs`).",
    ),
    "E217": Code(
        "several currencies",
        "Where trade and finance are in several currencies, each has receipts and payments of its own; nothing is added up or "
        "changed but by the rates of exchange.csv. So each row says which it is in, and what is counted in foreign currency as "
        "such is not known.",
        "Name the currency of each row, the measures cost, revenue or net_revenue of a currency in place of trade_balance, or "
        "use one currency where the message says that only one will do.",
    ),
    "E219": Code(
        "local, and made nowhere near",
        "A local product is balanced in every region and cannot be moved. Where final use or households take some, an activity "
        "of the region has to make it, or foreign trade to bring it.",
        "Give what makes it a place there, take the use out, or let the product be shipped.",
    ),
    "W120": Code(
        "rows left out",
        "What has no row counts as nothing: no supply, no final use, no trade, no receipts, no coefficient in force. Where some "
        "periods of a thing have a row, or a plan hangs on one, the others are named. `planner explain TABLE` says what "
        "an absent row means, table by table.",
        "Add the rows, with 0 where nothing is meant; `*` stands for every period that is not named.",
    ),
    "W121": Code(
        "gap between periods",
        "The labels of the periods are numbers, and some are left out. Every period of the list counts as one and follows on "
        "the one before, however far apart their labels are.",
        "List the periods in between, or see that rates, flows, gestation and leads are those of the periods listed.",
    ),
    "W122": Code(
        "begun before, and not said",
        "What an activity takes ahead of the first period is not free. It can run then only as far as the table `opening` "
        "says that it was begun.",
        "Add a row to opening.csv: kind activity, the activity, the period in which it is finished, and what was begun.",
    ),
    "W123": Code(
        "opening without effect",
        "A row of opening.csv limits an activity in the periods for which it takes something before the first period, and in "
        "this one it takes nothing then; or it tells of units of what does not run in units, or of a debt without a limit.",
        "Correct the period (that in which the activity is finished, else the first) or what it hangs on, or take the row out.",
    ),
    "W124": Code(
        "comes from nothing",
        "An activity that takes and occupies nothing makes any amount of its product, and plant or a project that takes "
        "nothing to build is built in any amount.",
        "Add what it takes, or let it stand if that is meant.",
    ),
    "W125": Code(
        "facts that the question does not read",
        "The economy states limits, prices or other facts that only a constraint family reads which the question leaves out. "
        "They have no effect on the answer.",
        "Add the family to the model file, or name it under `leaves_out` if that is meant.",
    ),
    "W126": Code(
        "lives off what there was",
        "Counting also what is taken ahead, and without the opening stocks, the techniques use up more than they make: a herd "
        "that dwindles, a deposit that is mined. That goes on as long as opening stocks and work begun before last.",
        "See whether that is meant; if not, check the rows named.",
    ),
    "W127": Code(
        "can only lose",
        "One unit of an activity takes, in the same period, as much of the one product it makes, or more. Other techniques, "
        "imports or stocks provide the product, so nothing fails but this activity.",
        "Check the input row and, if there is one, the output row.",
    ),
    "W128": Code(
        "can never come about",
        "A technique needs a product that is nowhere to be had, or that eats up more of itself than is made; or plant is "
        "built of such a product, which nothing that is asked for needs; or plant is asked for before any works could be done.",
        "Add a source or correct the rows named, ask for it later, or take out what can never be.",
    ),
    "W129": Code(
        "growth from an unknown base",
        "A question of growth counts from what there was in the base period, and no preferred figure says how much that was. "
        "It counts from 0, so that the whole figure is growth.",
        "Add the figure to actuals.csv with `preferred = yes`; 0 if there was nothing.",
    ),
    "W142": Code(
        "not the figure taken over",
        "A target names the plan it was taken over from, but that plan has no figure for the same cell, or another one. It is "
        "still counted as taken over.",
        "Correct the figure or the plan named, or leave `origin` empty where the figure is this plan's own.",
    ),
    "W201": Code(
        "byte order mark",
        "The file starts with a byte order mark, which some spreadsheets write. It was skipped.",
        "Nothing need be done.",
    ),
    "W202": Code(
        "base period does not balance",
        "In the base period the techniques need more of a product for the outputs reported than was made, could be "
        "imported or was in stock. Either an output or a coefficient is off, or the product was short.",
        "Compare the coefficients of the largest users with the outputs.",
    ),
    "W203": Code(
        "row without effect",
        "A `*` row holds where no row names the period; here every period is named, so it changes nothing.",
        "Name the periods, or take out the row.",
    ),
    "W204": Code(
        "productive only with imports",
        "Without imports the techniques use up more than they make; the economy depends on trade to run at all.",
        "See whether that is meant.",
    ),
    "W205": Code(
        "number far from one",
        "Numbers outside 1e-6 .. 1e6 strain the solver's tolerances.",
        "Choose another unit for the product.",
    ),
    "W206": Code(
        "not comparable",
        "A figure of what happened is in another unit than the plan's; it is kept but not compared.",
        "Convert it if there is a basis for that.",
    ),
    "W207": Code(
        "no price",
        "Investment adds up building goods, value and its index what is made, at base-period prices; a good without one does "
        "not count.",
        "Give the product a price if these targets should count it.",
    ),
    "E250": Code(
        "no unit at the joint",
        "An economy that begins with what another left needs a line of rebase.csv for everything that goes over: the factor, or "
        "`dropped` or `new` with a reason. Nothing is guessed, since a wrong unit would look like plant.",
        "Add the line, with the source of its factor.",
    ),
    "E251": Code(
        "cannot begin there",
        "The state named cannot open this economy: it is of another economy, scenario, corner or period, no run of a plan, or of "
        "a plan that did not have to hand on what it found, whose end is a corner of the feasible set and no economy.",
        "Make the run under the same scenario and corner, with the condition `keep` for that period, or begin with the record.",
    ),
    "E252": Code(
        "less than the first period needs",
        "The state hands on less plant of a kind than the first period must use even if nothing is made but what final use and "
        "households' floor take. The feasible set is empty.",
        "Ask the plan that left it for more (terminal condition `keep`), or lower the floor.",
    ),
    "W250": Code(
        "state far from the record",
        "A kind of plant handed on is more than twice what stood on record, or less than half.",
        "See whether the factor of rebase.csv is right; a plan may have built so, but then it is another economy.",
    ),
    "W208": Code(
        "base period does not close",
        "A balance with a residual does not come out at the outputs, techniques and households of the base period: more than "
        "2 % of what is used is missing or left over. What is missing at the centre is missing in every draw alike.",
        "Put the residual at what the balance leaves, or compare the coefficients of the largest users with the outputs.",
    ),
    "W209": Code(
        "ranges contradict the base period",
        "In more than a tenth of the draws the numbers drawn use more of an item in the base period than there was. They are "
        "then brought down, all by one share of what they lie above their low ends, which changes the distribution drawn from.",
        "Narrow the ranges of the largest users to what the base period allows.",
    ),
    "W210": Code(
        "may go in circles",
        "A product can be sold and bought abroad without limit in the same period at the same price, or at prices whose ranges "
        "cross, so that at the optimistic corner it would earn foreign currency without end.",
        "Give the export or the import a limit, or narrow the ranges of the prices.",
    ),
    "W212": Code(
        "account does not balance",
        "Sources and uses of an account differ by more than their ranges allow, its sources come to more than their total, or "
        "households' incomes of the base period are not what its trade took up.",
        "See what is missing or counted twice; a line of incomes may be marked as the residual of the base period.",
    ),
    "W214": Code(
        "read where nothing was read",
        "`verified` says that the number was seen, but every source that the row names is graded as not read: recalled, derived "
        "or judgement.",
        "Name the text in which the number was seen, or correct `verified` or the grade.",
    ),
    "W215": Code(
        "source that nobody cites",
        "No row of the economy or of its scenarios cites the source.",
        "Cite it where it belongs, or take it out of sources.csv.",
    ),
}

CODES |= {code: Code(*texts) for code, texts in MODEL_CODES.items()}
