"""The program of a sparse economy written in PuLP the usual way: dictionaries of variables and sums over them."""

from collections import defaultdict
from typing import Any

import pulp

from planner.economy import Economy


def state_in_pulp(economy: Economy) -> Any:
    """Maximise the share of the plan's figures; same rows and coefficients as the planner's own program."""
    tables = {name: frame.to_dict("records") for name, frame in economy.tables.items() if len(frame)}
    T = range(len(economy.periods))
    at = {label: t for t, label in enumerate(economy.periods)}
    products = [row["product"] for row in tables["products"]]
    capacities = {row["capacity"]: row for row in tables["capacities"]}
    taken, workers, built = defaultdict(list), {}, defaultdict(list)
    for row in tables["coefficients"]:
        if row["role"] == "input":
            taken[row["item"]].append((row["activity"], row["value"]))
        else:
            workers[row["activity"]] = row["value"]
    for row in tables["investment"]:
        built[row["item"]].append((row["capacity"], row["value"]))
    final = {(row["product"], at[row["period"]]): row["value"] for row in tables["final_use"]}
    hands = {at[row["period"]]: row["value"] for row in tables["supply"]}

    problem = pulp.LpProblem("sparse", pulp.LpMaximize)
    share = pulp.LpVariable("share", 0)
    x = pulp.LpVariable.dicts("x", (products, T), 0)
    u = pulp.LpVariable.dicts("u", (products, T), 0)
    K = pulp.LpVariable.dicts("K", (products, T), 0)
    problem += share
    for p in products:
        row = capacities[p]
        for t in T:
            uses = pulp.lpSum(norm * x[j][t] for j, norm in taken[p])
            building = pulp.lpSum(norm * u[k][t] for k, norm in built[p])
            problem += x[p][t] - uses - building >= final[p, t]
            problem += x[p][t] <= K[p][t]
            start = t - int(row["gestation"])
            new = u[p][start] if start >= 0 else 0
            left = 1.0 - row["retirement"]
            before = row["initial"] if t == 0 else K[p][t - 1]
            problem += K[p][t] - left * before - new == 0
            if start >= 0:
                problem += new <= row["growth_limit"] * before
    for t in T:
        problem += pulp.lpSum(workers[j] * x[j][t] for j in products) <= hands[t]
    for row in tables["targets"]:
        problem += x[row["item"]][at[row["period"]]] >= row["value"] * share
    return problem
