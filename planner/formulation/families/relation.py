"""Rules of a user's own: weighted sums of measures, held in every question."""

from __future__ import annotations

import numpy as np

from planner.economy.arrays import Arrays
from planner.formulation.actual_figures import actual_figures
from planner.formulation.measures import functional, standing
from planner.formulation.named import Group
from planner.formulation.registry import family
from planner.formulation.variables import Variables
from planner.program import Matrix, Rows


@family(
    "relation",
    algebra="Σ weight · Mx₋lag ≤ number; or ≥, or =",
    index=("relation", "period"),
    unit="unit of the sum",
    says="A weighted sum of measures stands on its side of a number, as the tables of relations say.",
    group=Group("relation", "the rule: {item}", each=("relation",), rule=True),
    one_more="one {unit} more on the right of the rule {item} in {period}",
    asked=True,
    always=True,
    reads=("relations", "relation_terms"),
    needs="relations",
)
def relation(facts: Arrays, plan: Variables) -> Rows:
    """One row for each relation and period of which all terms are known."""
    rules, parts = facts.tables["relations"], facts.tables["relation_terms"]
    by_rule = {str(name): frame for name, frame in parts.groupby("relation", sort=False)}
    terms: list[tuple[str, str, str]] = []
    row, weight, known, kept = list[int](), list[float](), list[float](), list[int]()
    named = zip(rules["relation"], facts.column_codes("relations", "period"), rules["before"], strict=True)
    for at, (name, t, unsaid) in enumerate(named):
        frame = by_rule[str(name)]
        when = t - frame["lag"].to_numpy(dtype=np.intp)
        past = frame[when < 0].assign(period=np.where(when[when < 0] == -1, facts.economy.base_period, ""))
        figures = actual_figures(facts, past)
        figures = np.nan_to_num(figures) if unsaid == "nothing" else figures
        before = float(past["weight"].to_numpy(dtype=float) @ figures)
        if np.isnan(before):
            continue
        now = frame[when >= 0].assign(period=facts.periods[when[when >= 0]])
        terms += zip(now["measure"], now["item"], now["period"], strict=True)
        row += [len(kept)] * len(now)
        weight += now["weight"].tolist()
        known.append(before)
        kept.append(at)
    rules = rules.iloc[kept]
    if not facts.time.even:
        stands, length = standing(facts, terms)
        weight = (np.array(weight) * np.where(stands, 1.0, 1.0 / length)).tolist()
    total = Matrix((np.array(weight, dtype=float), (row, range(len(terms)))), shape=(len(kept), len(terms)))
    value = rules["value"].to_numpy(dtype=float) - np.array(known, dtype=float)
    sense = rules["sense"].to_numpy(dtype=object)
    least, most = np.where(sense == "at_most", -np.inf, value), np.where(sense == "at_least", np.inf, value)
    keys = tuple(rules[axis].to_numpy(dtype=object) for axis in ("relation", "period"))
    return Rows(total @ functional(facts, plan, terms), least, most, keys, rules["unit"].to_numpy(dtype=object))
