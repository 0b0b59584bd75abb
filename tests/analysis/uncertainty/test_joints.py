"""Draws over joints: what both sides take from one source is one number; each draw is the chain asked again by itself."""

import numpy as np
import pytest

import planner
from planner.analysis.chains.chain import EconomyChain
from planner.analysis.chains.dates import by_dates
from planner.analysis.uncertainty.design import design_of
from planner.analysis.uncertainty.joints import chain_at, draw_chain, factors_in_row
from planner.analysis.uncertainty.sampling import Cluster
from planner.economy import DataError
from planner.formulation import load_question
from tests.answers.chain.after import written

NUMBER = "coefficients farming iron input"


@pytest.fixture(scope="module")
def chain(tmp_path_factory):
    after = written(tmp_path_factory.mktemp("joints"))
    economies = tuple(planner.load(one) for one in ("two_goods", after))
    return EconomyChain(economies, load_question("attainment"), "ambitious", ("base", "base"))


def resourced(economy, source):
    """An economy whose norms all come from another source."""
    return economy.with_tables({"coefficients": economy.tables["coefficients"].assign(source=source)})


def norms(chain):
    """Tools that farming takes, by economy."""
    tables = [one.tables["coefficients"] for one in chain.economies]
    return [float(t.loc[(t["activity"] == "farming") & (t["item"] == "iron"), "value"].iloc[0]) for t in tables]


def test_what_both_sides_take_from_one_source_is_one_number(chain):
    first, later = factors_in_row(chain.economies)
    assert first.names == later.names == (NUMBER,)
    assert norms(chain_at(chain, (first, later), {NUMBER: 1.0})) == [0.12, 0.12]


@pytest.mark.parametrize(("source", "shared"), [("another", False), ("another; made_up", True), ("", False)])
def test_another_source_is_another_number(chain, source, shared):
    first, later = chain.economies
    names = [own.names for own in factors_in_row((first, resourced(later, source)))]
    assert (names[0] == names[1]) is shared
    if not shared:
        both = factors_in_row((first, resourced(later, source)))
        assert names[1] == (f"{NUMBER} of after",)
        assert norms(chain_at(chain, both, {NUMBER: 0.0, f"{NUMBER} of after": 1.0})) == [0.08, 0.12]


def test_each_draw_is_the_chain_asked_again(chain):
    found = draw_chain(chain, 3, 7, Cluster(workers=1))
    table = found.table.set_index(["way", "due"])
    assert (found.factors, found.shared) == (1, 1)
    shares = [design_of([NUMBER], [NUMBER], samples=3, seed=7).shares(draw)[0] for draw in range(3)]
    drawn = [chain_at(chain, factors_in_row(chain.economies), {NUMBER: float(share)}) for share in shares]
    together = sorted(by_dates(one)["attainment"].iloc[-1] for one in drawn)
    assert [table.loc[("joined", "4"), name] for name in ("p05", "p50", "p95")] == pytest.approx(together)
    later = [planner.solve(one.economies[1], model="attainment", plan="ambitious").value for one in drawn]
    assert table.loc[("record", "4"), "p50"] == pytest.approx(np.median(later))


def test_draws_are_a_table_of_the_answer_and_change_nothing_else(chain):
    plain, drawn = (
        planner.join(*chain.economies, plan="ambitious", draws=n, cluster=Cluster(workers=1)) for n in (0, 2)
    )
    assert "chain_draws" not in plain.tables
    assert drawn.tables["chain_draws"]["draws"].tolist() == [2] * 4
    assert drawn.joined.equals(plain.joined)
    assert (drawn.summary["draws"], drawn.summary["shared_factors"]) == (2, 1)


def test_nothing_uncertain_is_said(chain):
    fixed = [
        one.with_tables({"coefficients": one.tables["coefficients"].assign(low=0.1, high=0.1)})
        for one in chain.economies
    ]
    with pytest.raises(DataError, match="nothing is uncertain"):
        draw_chain(EconomyChain(tuple(fixed), chain.question, chain.plan, chain.floors), 2, 1, Cluster(workers=1))
