"""Figures due later or earlier: single ones move, sums grow or shrink with the period they end in."""

from dataclasses import replace

import pytest

from planner.analysis.feasibility.horizon import earlier, extended
from planner.analysis.frontier.feasible_set import quantity
from planner.answers.pose import pose
from planner.economy import DataError, Economy, load
from planner.formulation import formulate, load_question
from planner.formulation.formulate import floor_of
from planner.formulation.question import ObjectiveTerm
from tests.properties.frames import economy


def due(*periods: str) -> Economy:
    tables = {
        "products": {"product": ["corn"], "unit": "t"},
        "activities": {"activity": ["farming"], "product": ["corn"]},
        "plans": {"plan": ["plan"]},
        "targets": {
            "plan": "plan",
            "measure": "output",
            "item": "corn",
            "period": list(periods),
            "value": 1.0,
            "unit": "t",
        },
    }
    return economy(tables, ["1", "2", "3"])


def periods(facts: Economy) -> list[str]:
    return facts.tables["targets"]["period"].tolist()


def test_later() -> None:
    """What ends in the last period ends two periods later; what was due before stays."""
    facts = due("3", "1..3", "1, 3", "2", "1..2")
    assert periods(extended(facts, "plan", 2)) == ["5", "1..5", "1, 5", "2", "1..2"]
    assert periods(extended(facts, "other", 2)) == periods(facts)


def test_earlier() -> None:
    """Every figure is due a period earlier; only what was due in the first is left out, not the sums in silence."""
    assert periods(earlier(due("3", "1..3", "1, 3", "1..2", "2..3", "1"), "plan")) == [
        "2",
        "1..2",
        "1..2",
        "1",
        "2",
    ]


def test_a_sum_counts_the_same_in_every_spelling() -> None:
    question = replace(load_question("leontief"), objective="own")
    for text in ("1..2", "2,1", "1,2..2"):
        term = ObjectiveTerm("output", "corn", text)
        body = formulate(due("1"), replace(question, terms=(term,), families=("material_balance",))).goal.body
        assert body.terms[0][1].toarray().tolist() == [[1.0, 1.0, 0.0]], text


def test_one_term_twice_is_found() -> None:
    terms = (
        ObjectiveTerm("output", "corn", "1..2", 2.0),
        ObjectiveTerm("output", "corn", "2"),
        ObjectiveTerm("output", "corn", "2,1", 3.0),
    )
    with pytest.raises(DataError) as caught:
        pose("two_goods", model=replace(load_question("leontief"), terms=terms))
    [finding] = caught.value.findings
    assert (finding.code, finding.column) == ("E146", "own.terms[3]")
    assert "Term 3 counts what term 1 counts (output corn 1..2)" in finding.sentence


def test_a_quantity_is_the_target_of_the_same_cell() -> None:
    formulation = pose("two_goods", model="attainment", plan="ambitious")
    assert quantity("output:iron:2..2", formulation).term in formulation.targets.terms
    assert quantity("output:iron:2,1", formulation).period == "1..2"


def test_a_cap_on_consumption_promises_nothing() -> None:
    facts = load(
        "two_goods",
        changes=[
            "targets:plan=ambitious,measure=consumption,item=*,period=2,sense=at_most:value=1.5",
            "targets:plan=ambitious,measure=consumption,item=*,period=1:value=1.25",
        ],
    )
    formulation = formulate(facts, load_question("attainment"), "ambitious")
    promised = replace(formulation.question, floor="promised")
    assert floor_of(formulation.facts, promised, formulation.targets).tolist() == [1.25, 1.0]
