"""Sobol and Morris indices where they are known, through the designs and tables that an uncertainty run uses."""

import numpy as np
import pytest

from planner.analysis.uncertainty.design import design_of, factors_of
from planner.analysis.uncertainty.indices import indices_of
from planner.analysis.uncertainty.sampling import Cluster, Sampling
from planner.analysis.uncertainty.screening import screened
from planner.analysis.uncertainty.uncertainty import explore
from planner.answers.pose import pose
from planner.formulation.parametric.program import parametrise
from planner.formulation.parametric.rows import uncertain_rows

NAMES = ["x1", "x2", "x3"]


def ishigami(u):
    """Ishigami and Homma 1990, with a = 7 and b = 0.1, of quantiles."""
    x = -np.pi + 2 * np.pi * u
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def by_factor(table, index):
    return table[table["index"] == index].set_index("factor")["value"]


def test_sobol_indices_of_ishigami():
    design = design_of(NAMES, NAMES, kind="sobol", samples=4096, seed=3)
    assert design.size == 4096 * 5
    table = indices_of(design, ishigami(design.table))
    assert by_factor(table, "first")[NAMES].to_numpy() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.01)
    assert by_factor(table, "total")[NAMES].to_numpy() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.01)
    assert table["factor"].iloc[0] == "x1"  # what matters most comes first


def test_sobol_indices_of_groups():
    """x1 and x3 together leave nothing but x2 to explain: 0.3139 + 0.2437 and 0.4424."""
    design = design_of(NAMES, ["odd", "even", "odd"], kind="sobol", samples=4096, seed=3)
    table = indices_of(design, ishigami(design.table))
    for index in ("first", "total"):
        assert by_factor(table, index)[["odd", "even"]].to_numpy() == pytest.approx([0.5576, 0.4424], abs=0.01)


def test_morris_of_a_linear_function_is_its_coefficients():
    weights = np.array([3.0, -2.0, 0.0])
    design = design_of(NAMES, NAMES, kind="morris", samples=8, seed=1)
    table = indices_of(design, design.table @ weights)
    assert by_factor(table, "mean")[NAMES].to_numpy() == pytest.approx(weights, abs=1e-9)
    assert by_factor(table, "mean_absolute")[NAMES].to_numpy() == pytest.approx(np.abs(weights), abs=1e-9)
    assert by_factor(table, "spread").to_numpy() == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize("kind", ["sobol", "morris"])
def test_where_nothing_varies_nothing_is_explained(kind):
    design = design_of(NAMES, NAMES, kind=kind, samples=4, seed=1)
    table = indices_of(design, np.full(design.size, 0.9))
    assert (table["value"] == 0.0).all()


def test_indices_of_an_economy():
    """Of two_goods the value is nearly additive: first and total indices agree, and the first add up to one."""
    formulation = pose("two_goods", model="attainment", plan="ambitious")
    found = explore([formulation], Sampling(samples=128, seed=4, design="sobol", by="number"), Cluster(workers=1))
    table = indices_of(found.design, found.outcomes[0].value)
    first, total = by_factor(table, "first"), by_factor(table, "total")
    assert first.sum() == pytest.approx(1.0, abs=0.05)
    assert first[total.index].to_numpy() == pytest.approx(total.to_numpy(), abs=0.05)


def test_screening_keeps_what_matters_and_names_the_rest():
    formulation = pose("two_goods", model="attainment", plan="ambitious")
    factors = factors_of(uncertain_rows(formulation.economy))
    table = screened(parametrise(formulation, factors.numbers), factors, seed=1)
    assert table.equals(screened(parametrise(formulation, factors.numbers), factors, seed=1))
    best = table.sort_values("change", kind="stable")["group"].iloc[-1]
    found = explore([formulation], Sampling(samples=8, seed=1, design="sobol", by="number", keep=1), Cluster(workers=1))
    assert found.factors[0].names == (best,)
    screening = found.screening.set_index("group")["kept"]
    assert screening[best] == "yes"
    assert (screening.drop(best) == "no").all()
    assert found.design.size == 8 * 3
