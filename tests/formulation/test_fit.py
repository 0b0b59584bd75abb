"""A question that names what an economy does not have is refused, with everything that does not fit at once."""

from dataclasses import replace

import pytest

from planner.answers.pose import pose
from planner.economy import DataError
from planner.formulation import Question, load_question
from planner.formulation.question import ObjectiveTerm

OWN = load_question("williams_capacity")
CONSUMPTION = load_question("consumption")


def refused(economy: str, question: Question) -> list[tuple[str, str]]:
    """Column and value of every finding."""
    with pytest.raises(DataError) as error:
        pose(economy, model=question)
    assert {finding.code for finding in error.value.findings} == {"E178"}
    return [(finding.column, finding.value) for finding in error.value.findings]


def test_terms_of_a_question_of_ones_own() -> None:
    terms = (
        ObjectiveTerm("capcity", "*", "5"),
        ObjectiveTerm("capacity", "coals", "5"),
        ObjectiveTerm("capacity", "coal", "9"),
        ObjectiveTerm("output", "*", "5"),
        ObjectiveTerm("employment", "*", "2..9"),
        ObjectiveTerm("capacity", "*", "5"),
    )
    assert refused("williams", replace(OWN, terms=terms)) == [
        ("own.terms[1].measure", "capcity"),
        ("own.terms[2].item", "coals"),
        ("own.terms[3].period", "9"),
        ("own.terms[4].item", "*"),
        ("own.terms[5].period", "2..9"),
    ]


def test_the_nearest_name_is_offered() -> None:
    with pytest.raises(DataError, match='Did you mean "coal"'):
        pose("williams", model=replace(OWN, terms=(ObjectiveTerm("output", "coals", "5"),)))


def test_period_of_consumption() -> None:
    assert refused("two_goods", replace(CONSUMPTION, consumption_period="3")) == [("consumption.period", "3")]


def test_weights_of_plant() -> None:
    question = replace(CONSUMPTION, objective="terminal_capital", capital_weights={"farms": 1.0, "forges": 2.0})
    assert refused("two_goods", question) == [("terminal_capital.weights", "forges")]


def test_groups_of_figures() -> None:
    question = replace(load_question("five_year"), groups=("metals", "gems"))
    assert refused("two_goods", question) == [("targets.groups", "gems")]


@pytest.mark.parametrize(
    "model", ["five_year", "heavy_industry", "consumption", "growth", "sustained", "promised", "backtest"]
)
def test_shipped_questions_fit_the_economy_they_were_made_for(model: str) -> None:
    pose("ussr_1928", model=model)
