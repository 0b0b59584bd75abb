"""Numbers that a question is given: what is none, or out of its range, is refused alike in Python and on the command line."""

import inspect
from math import inf, nan

import click
import pytest

import planner
from planner.analysis.uncertainty.sampling import Sampling
from planner.asked import NUMBERS
from planner.cli.options import number

VERBS = ("solve", "projects", "near_optimal", "frontier", "sensitivity", "feasibility", "money", "execute")
GIVEN = [
    (verb, name)
    for verb in VERBS
    for name in inspect.signature(getattr(planner, verb)).parameters
    if name in NUMBERS and name != "seed"
]


@pytest.mark.parametrize(("verb", "name"), GIVEN)
@pytest.mark.parametrize("value", [nan, -1.0, "many"])
def test_python_refuses_what_is_no_such_number(verb, name, value):
    quantities = ("output:corn:1", "output:iron:1") if verb == "frontier" else ()
    given = {name: [value] if name == "levels" else value}
    with pytest.raises(planner.DataError) as refused:
        getattr(planner, verb)("two_goods", *quantities, **given)
    [finding] = refused.value.findings
    assert (finding.code, finding.column, finding.value) == ("E174", name, str(value))
    assert NUMBERS[name].words in finding.sentence


def test_all_are_named_at_once():
    with pytest.raises(planner.DataError) as refused:
        planner.solve("two_goods", gap=2, work=0, seconds=0)
    assert [finding.column for finding in refused.value.findings] == ["seconds", "gap", "work"]


def test_draws_too():
    with pytest.raises(planner.DataError, match="seed"):
        planner.uncertainty("two_goods", sampling=Sampling(seed=-1))


@pytest.mark.parametrize("name", NUMBERS)
def test_the_command_line_has_the_same_ranges(name):
    allowed, kind = NUMBERS[name], number(name)
    for value in (nan, inf, -inf, -1.0, 0.0, 0.5, 1.0, 2.0, 8.0, 9.0, 61.0, 101.0):
        said = int(value) if allowed.whole and abs(value) < inf and value == int(value) else value
        try:
            kind.convert(str(said), None, None)
        except click.BadParameter:
            assert not allowed.holds(said)
        else:
            assert allowed.holds(said)
