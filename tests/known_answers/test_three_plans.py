"""Three plans by one method: shares, how much was seen in a source, and when each figure was reached.

``pytest --golden`` writes the tables of ``planner/docs/three_plans.md``.
"""

from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import planner
from planner.analysis.chains.alone import reached_over
from planner.analysis.chains.chain import EconomyChain
from planner.analysis.feasibility.reached import IN_TIME, LATER
from planner.answers.backtest import facts_of
from planner.answers.pose import question_about
from planner.economy import load
from planner.economy.names import Names
from planner.language.numbers import number, percent
from planner.reporting.dictionary.markdown import markdown_table
from planner.shipped import shipped
from tests.known_answers.test_ussr_later import shares
from tests.readme.sections import holds

PAGE = Path(__file__).parents[2] / "planner" / "docs" / "three_plans.md"
PLANS = (
    ("ussr_1928", "ffyp_minimum"),
    ("ussr_1928", "ffyp_optimum"),
    ("ussr_1928", "raised_1930"),
    ("ussr_1932", "sfyp_directives_1932"),
    ("ussr_1932", "sfyp_adopted"),
    ("ussr_1937", "tfyp_adopted"),
)
ECONOMIES = tuple(dict.fromkeys(economy for economy, _ in PLANS))


@pytest.mark.slow
def test_three_plans_by_one_method(request: pytest.FixtureRequest) -> None:
    rows = []
    for economy, plan in PLANS:
        facts = load(economy)
        targets = facts.tables["targets"]
        known = Counter(targets["verified"][targets["plan"] == plan])
        central, optimistic = shares(economy, plan, "five_year")
        verdict = str(planner.ladder(facts, plan=plan).verdicts["verdict_over_ranges"].iloc[0])
        without = ["–", "–"]
        if (shipped("inputs") / economy / "models" / "physical.toml").is_file():
            without = [percent(share) for share in shares(economy, plan, "physical")]
        cells = (percent(central), percent(optimistic), verdict, *without)
        rows.append((Names.of(facts).plan(plan), *cells, f"{known.total()}", f"{known['yes']}", f"{known['recalled']}"))
    heads = (
        "plan",
        "central",
        "favourable ends",
        "verdict",
        "without the promised consumption: central",
        "favourable ends",
        "figures",
        "seen",
        "from memory",
    )
    text = f"\n{markdown_table(heads, rows).rstrip()}\n\n"
    holds(PAGE, "plans", text, golden=request.config.getoption("--golden", default=False))


@pytest.mark.slow
@pytest.mark.parametrize("economy", ECONOMIES)
def test_when_each_figure_was_reached(economy: str, request: pytest.FixtureRequest) -> None:
    row = tuple(facts_of(name) for name in ECONOMIES[ECONOMIES.index(economy) :])
    questions = [question_about(one, "backtest") for one in row]
    chain = EconomyChain(row, questions[0], "", tuple(question.floor for question in questions))
    names, table = Names.of(row[0]), reached_over(chain)
    rows = [
        (
            names(row["item"], "product") + ("" if row["figure"] == "official" else f", {row['figure']}"),
            f"`{row['plan']}`",
            f"{number(row['value'])} {row['unit']}",
            *(row[column] or "–" for column in ("due", "feasible", "reached")),
            row["verified"],
        )
        for row in table.to_dict("records")
    ]
    since = np.array([int(year) if year.isdigit() else 0 for year in table["reached"]])
    told = (
        f"Of {len(table)} figures {(table['late'] == IN_TIME).sum()} were reached in time and {(table['late'] == LATER).sum()} "
        f"later; {(since >= 1960).sum()} of them in 1960 or after it, {(since >= 1950).sum()} in 1950 or after it; of "
        f"{(since == 0).sum()} no year is known."
    )
    heads = ("figure", "plan", "value", "due", "could be had alone", "reached", "the year is")
    text = f"\n{told}\n\n{markdown_table(heads, rows).rstrip()}\n\n"
    holds(PAGE, f"reached in {economy}", text, golden=request.config.getoption("--golden", default=False))


@pytest.mark.slow
def test_when_the_raised_figures_could_have_been_had_together(request: pytest.FixtureRequest) -> None:
    found = planner.join(*ECONOMIES, plan="raised_1929_12", scenario="realised", floor="actual")
    names = Names.of(found.economy)
    chain = found.chain[(found.chain["plan"] == found.plan) & (found.chain["economy"] != found.economy.name)]
    alone, bound = (chain[chain["opening"] == opening].set_index("due") for opening in ("record", "bound"))
    rows = [
        (
            due,
            percent(share),
            percent(alone["attainment"][due]),
            percent(bound["attainment"][due]),
            f"{names.key(alone['item'][due])}, {alone['period'][due]}",
        )
        for due, share in zip(found.joined["due"], found.joined["attainment"], strict=True)
    ]
    begun = chain[chain["opening"] == "run"]
    assert (begun["reached"] == "cannot begin").all()  # as the page says under the table
    assert set(begun["item"]) == {"acid_plants"}
    heads = (
        "all due in",
        "planned as one from 1929 on",
        "from the record",
        "from the larger of both",
        "the record is held back most by",
    )
    text = f"\n{markdown_table(heads, rows).rstrip()}\n\n"
    holds(PAGE, "joined", text, golden=request.config.getoption("--golden", default=False))


@pytest.mark.slow
def test_the_same_in_draws_over_the_joint(request: pytest.FixtureRequest) -> None:
    asked = {"plan": "raised_1929_12", "scenario": "realised", "floor": "actual"}
    found = planner.join(*ECONOMIES[:2], **asked, draws=40).draws
    assert found is not None
    assert (found.factors, found.shared) == (666, 454)  # as the page says
    ways = {way: rows.set_index("due") for way, rows in found.table.groupby("way")}
    rows = [
        (due, *(cell for way in ("joined", "record") for cell in _drawn(ways[way].loc[due])))
        for due in ways["joined"].index
    ]
    heads = (
        "all due in",
        "planned as one: met in",
        "half reach",
        "nine of ten",
        "from the record: met in",
        "half reach",
        "nine of ten",
    )
    text = f"\n{markdown_table(heads, rows).rstrip()}\n\n"
    holds(PAGE, "joined in draws", text, golden=request.config.getoption("--golden", default=False))


def _drawn(row: pd.Series) -> tuple[str, str, str]:
    return (
        f"{row['feasible']} of {row['draws']}",
        percent(row["p50"]),
        f"{percent(row['p05'])} to {percent(row['p95'])}",
    )
