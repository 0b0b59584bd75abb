"""Where the figures of a plan come from, in any economy: raised, lowered, unchanged, new, its own, or kept."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import planner
from planner.economy import Economy
from planner.formulation import Formulation, formulate, load_question
from planner.reporting.tables.origins import by_kind, changes, counted, figures_asked, groups_of, met_in_words, together
from tests.properties.frames import economy

FIRST = {"a": 10.0, "b": 10.0, "c": 10.0, "e": 10.0}


def made(plans: dict[str, object], later: dict[str, tuple[float, str]]) -> Economy:
    """Five goods; a plan ``first`` with a figure for four of them, and ``later`` with figures and origins by good."""
    goods = list("abcde")
    rows = [("first", good, value, "") for good, value in FIRST.items()]
    rows += [("later", good, value, origin) for good, (value, origin) in later.items()]
    plan, item, value, origin = (list(column) for column in zip(*rows, strict=True))
    tables = {
        "products": {"product": goods, "unit": "t"},
        "activities": {"activity": goods, "product": goods},
        "coefficients": {"activity": goods, "item": "hands", "role": "resource", "value": 1.0},
        "resources": {"resource": ["hands"], "unit": "men", "kind": "labour"},
        "supply": {"resource": ["hands"], "period": "1", "value": 30.0},
        "plans": {"plan": ["first", "later"], **plans},
        "targets": {
            "plan": plan,
            "measure": "output",
            "item": item,
            "period": "1",
            "value": value,
            "origin": origin,
            "unit": "t",
        },
    }
    return economy(tables, ["1"])


ALL = {"a": (12.0, ""), "b": (9.0, ""), "c": (10.0, "first"), "d": (4.0, ""), "e": (10.0, "")}


def posed(
    later: dict[str, tuple[float, str]] = ALL,
    extends: str = "first",
    decided: str = "1929-03",
    title: str = "The first",
) -> Formulation:
    plans = {"extends": ["", extends], "decided_on": [decided, "1930"], "title": [title, "The later"]}
    return formulate(made(plans, later), load_question("attainment"), "later")


def test_every_kind() -> None:
    formulation = posed()
    assert changes(formulation) == ["raised", "lowered", "kept", "new", "unchanged"]
    groups = groups_of(formulation)
    said = "1 raised figure, 1 lowered, 1 unchanged, 1 new and 1 kept from the plan of 1929"
    assert counted(groups) == said
    assert together(formulation) == f"The {said} together"
    assert met_in_words(groups, np.array([0.0, 1, 1, 0, 1])) == (
        "0 of 1 raised, 1 of 1 lowered, 1 of 1 unchanged, 0 of 1 new, 1 of 1 kept"
    )
    assert by_kind(groups, None)[-1] == {
        "change": "kept",
        "origin": "first",
        "targets": 1,
        "met_in_full_together": None,
    }


def test_a_plan_that_takes_nothing_over_is_spoken_of_as_ever() -> None:
    formulation = posed({"a": (12.0, ""), "b": (9.0, "later")}, extends="")
    assert (changes(formulation), figures_asked(formulation)) == (["own", "own"], "both figures")
    assert met_in_words(groups_of(formulation), np.ones(2)) == ""
    assert together(posed({"a": (12.0, "")}, extends="")) == "The figure"


def test_all_kept_and_own_beside_kept() -> None:
    assert counted(groups_of(posed({"a": (10.0, "first"), "b": (10.0, "first")}, extends=""))) == (
        "2 figures kept from the plan of 1929"
    )
    assert counted(groups_of(posed({"a": (10.0, "first"), "d": (3.0, "")}, extends=""))) == (
        "1 own figure and 1 kept from the plan of 1929"
    )


@pytest.mark.parametrize(
    ("decided", "title", "words"),
    [("1929-03", "The first", "the plan of 1929"), ("", "The first", '"The first"'), ("spring", "", '"first"')],
)
def test_the_plan_in_words(decided: str, title: str, words: str) -> None:
    assert (
        counted(groups_of(posed({"a": (10.0, "first")}, decided=decided, title=title))) == f"1 figure kept from {words}"
    )


def test_a_figure_is_compared_with_the_nearest_plan_that_has_it() -> None:
    """``later`` extends ``first``; what ``first`` lacks is looked up in the plan that ``first`` extends."""
    formulation = posed()
    plans, targets = (formulation.economy.tables[name] for name in ("plans", "targets"))
    older = targets[targets["item"] == "d"].assign(plan="oldest", value=3.0)
    tables = {
        **formulation.economy.tables,
        "plans": plans.assign(extends=["oldest", "first"]),
        "targets": pd.concat([targets, older], ignore_index=True),
    }
    again = formulate(replace(formulation.economy, tables=tables), load_question("attainment"), "later")
    assert changes(again)[3] == "raised"


def test_the_soviet_figures() -> None:
    result = planner.solve("ussr_1928", model="attainment", plan="raised_1929_12")
    assert result.summary["figures"] == "the 10 raised figures and 11 kept from the plan of 1929"
    assert [(kind["change"], kind["origin"], kind["targets"]) for kind in result.summary["figures_by_kind"]] == [
        ("raised", None, 10),
        ("kept", "ffyp_optimum", 11),
    ]
    kept = result.targets[result.targets["change"] == "kept"]
    assert set(kept["item"]) == {"construction", "other_investment", "*"}
    assert set(kept["origin"]) == {"ffyp_optimum"}
