"""The formulation once more, said plainly: dictionaries, loops and PuLP, straight from the tables.

It shares nothing with the planner's own statement but the tables of a loaded economy. Slow and long-winded on purpose: each
line should be checked against the formulation by reading.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pulp

from planner.economy import Economy

Affine = Any  # a PuLP expression, variable or number


class Plain:
    """An economy's program in PuLP: maximise the share of a plan's figures.

    Args:
        economy: a loaded economy; plan: whose figures; floor: least level of consumption.
        growth: whether shares are of the growth over the base period; sustain: whether building must go on at the end.
    """

    def __init__(
        self, economy: Economy, plan: str, floor: float, *, growth: bool = False, sustain: bool = False
    ) -> None:
        """State it."""
        self.tables = {name: frame.to_dict("records") for name, frame in economy.tables.items()}
        self.periods, self.base = list(economy.periods), economy.base_period
        self.value_unit = economy.value_unit
        self.T = range(len(self.periods))
        self.problem = pulp.LpProblem("plain", pulp.LpMaximize)
        self.theta = pulp.LpVariable("theta", 0)
        self.problem += self.theta
        self.products = [row["product"] for row in self.tables["products"]]
        self.activities = {row["activity"]: row for row in self.tables["activities"]}
        self.capacities = {row["capacity"]: row for row in self.tables["capacities"]}
        self.resources = {row["resource"]: row for row in self.tables["resources"]}
        self.x = self.grid("x", self.activities)
        self.u = self.grid("u", self.capacities)
        self.K = self.grid("K", self.capacities)
        self.c = {t: pulp.LpVariable(f"c{t}", floor) for t in self.T}
        self.trade_and_stocks()
        self.plant(sustain)
        self.people()
        self.balances()
        self.begun()
        self.figures(plan, growth)

    def grid(self, name: str, items: Any) -> dict[tuple[str, int], Affine]:
        """A non-negative variable for every item and period."""
        return {(item, t): pulp.LpVariable(f"{name}.{n}.{t}", 0) for n, item in enumerate(items) for t in self.T}

    def at(self, period: str) -> int:
        return self.periods.index(period)

    # -- norms --------------------------------------------------------------------------------------------------------

    def norm(self, activity: str, item: str, role: str, t: int) -> tuple[float, int] | None:
        """Norm and lead in force in a period: that of the row that began last."""
        best: tuple[int, float, int] | None = None
        for row in self.tables["coefficients"]:
            if (row["activity"], row["item"], row["role"]) == (activity, item, role):
                begins = self.at(row["from_period"]) if row["from_period"] else 0
                if begins <= t and (best is None or begins >= best[0]):
                    best = begins, row["value"], int(row["lead"])
        return None if best is None else best[1:]

    def taken(self, item: str, role: str, t: int) -> Affine:
        """What activities take of an item in a period, for their own or a later one."""
        total = []
        for activity in self.activities:
            for later in self.T:
                found = self.norm(activity, item, role, later)
                if found is not None and later - found[1] == t:
                    total.append(found[0] * self.x[activity, later])
        return pulp.lpSum(total)

    def made(self, product: str, t: int) -> Affine:
        total = []
        for activity, row in self.activities.items():
            found = self.norm(activity, product, "output", t)
            if found is not None:
                total.append(found[0] * self.x[activity, t])
            elif row["product"] == product:
                total.append(self.x[activity, t])
        return pulp.lpSum(total)

    def building(self, item: str, t: int) -> Affine:
        """What building takes of an item in a period."""
        rows = [row for row in self.tables["investment"] if row["item"] == item]
        starts = [(row["value"], row["capacity"], t - int(row["year"]) + 1) for row in rows]
        return pulp.lpSum(value * self.u[capacity, start] for value, capacity, start in starts if start >= 0)

    # -- families -----------------------------------------------------------------------------------------------------

    def trade_and_stocks(self) -> None:
        self.e: dict[tuple[str, int], Affine] = {}
        self.m: dict[tuple[str, int], Affine] = {}
        receipts: dict[int, list[Affine]] = {t: [] for t in self.T}
        for n, row in enumerate(self.tables["trade"]):
            t = self.at(row["period"])
            variable = pulp.LpVariable(f"trade{n}", 0, None if row["limit"] != row["limit"] else row["limit"])
            (self.e if row["direction"] == "export" else self.m)[row["product"], t] = variable
            receipts[t].append(row["price"] * variable * (1 if row["direction"] == "export" else -1))
        finance = {self.at(row["period"]): row for row in self.tables["finance"]}
        owed: Affine = 0
        for t in self.T:
            row = finance.get(t, {"credit": 0, "other_receipts": 0, "other_payments": 0, "debt_limit": float("nan")})
            credit = pulp.LpVariable(f"d{t}", None, row["credit"])
            self.problem += pulp.lpSum(receipts[t]) + credit + row["other_receipts"] >= row["other_payments"]
            owed = owed + credit
            if row["debt_limit"] == row["debt_limit"]:
                self.problem += owed <= row["debt_limit"]
        self.h: dict[tuple[str, int], Affine] = {}
        self.left: dict[tuple[str, int], Affine] = {}
        for row in self.tables["stocks"]:
            for t in self.T:
                limit = None if row["limit"] != row["limit"] else row["limit"]
                self.h[row["product"], t] = pulp.LpVariable(f"h.{row['product']}.{t}", 0, limit)
                before = row["initial"] if t == 0 else self.h[row["product"], t - 1]
                self.left[row["product"], t] = (1 - row["spoilage"]) * before

    def plant(self, sustain: bool) -> None:
        for k, row in self.capacities.items():
            lag, retired = int(row["gestation"]), row["retirement"]
            pipeline = {self.at(r["period"]): r["value"] for r in self.tables["pipeline"] if r["capacity"] == k}
            for t in self.T:
                before = row["initial"] if t == 0 else self.K[k, t - 1]
                new = self.u[k, t - lag] if t >= lag else 0
                self.problem += self.K[k, t] == (1 - retired) * before + pipeline.get(t, 0) + new
                if row["growth_limit"] == row["growth_limit"]:
                    self.problem += new <= row["growth_limit"] * before + row["growth_floor"]
                used = []
                for activity in self.activities:
                    stated = [
                        r for r in self.tables["coefficients"] if (r["activity"], r["role"]) == (activity, "capacity")
                    ]
                    found = self.norm(activity, k, "capacity", t)
                    if found is not None:
                        used.append(found[0] * self.x[activity, t])
                    elif activity == k and not stated:
                        used.append(self.x[activity, t])
                self.problem += pulp.lpSum(used) <= row["utilisation"] * self.K[k, t]
            if row["growth_limit"] == row["growth_limit"]:  # what comes on stream after the end is under the same limit
                standing: Affine = self.K[k, len(self.periods) - 1]
                for t in range(len(self.periods), len(self.periods) + lag):
                    new = self.u[k, t - lag] if t >= lag else 0
                    self.problem += new <= row["growth_limit"] * standing + row["growth_floor"]
                    standing = (1 - retired) * standing + new
            if sustain and lag:
                last = len(self.periods) - 1
                at_end = [self.u[k, s] for s in self.T if s + lag > last]
                before_end = [self.u[k, s] for s in self.T if s < last and s + lag > last - 1]
                self.problem += pulp.lpSum(at_end) >= pulp.lpSum(before_end) + pipeline.get(last, 0)

    def people(self) -> None:
        supply = {(row["resource"], self.at(row["period"])): row["value"] for row in self.tables["supply"]}
        links = self.tables["training"]
        w = {(n, t): pulp.LpVariable(f"w{n}.{t}", 0) for n in range(len(links)) for t in self.T}
        down = {(n, t): pulp.LpVariable(f"v{n}.{t}", 0) for n in range(len(links)) for t in self.T}
        self.used = {(s, t): self.taken(s, "resource", t) + self.building(s, t) for s in self.resources for t in self.T}
        trained: dict[tuple[str, int], Affine] = {}
        for s, row in self.resources.items():
            for t in self.T:
                teaching, grade, stepped = [], [], []
                for n, link in enumerate(links):
                    length = int(link["periods"])
                    if link["to_resource"] == s:
                        grade += [w[n, a] for a in self.T if a + length <= t]
                        teaching += [link["trainers"] * w[n, a] for a in self.T if a <= t < a + max(1, length)]
                        stepped.append(-1 * down[n, t])
                    if link["from_resource"] == s:
                        grade += [-1 * w[n, a] for a in self.T if a <= t]
                        stepped.append(down[n, t])
                trained[s, t] = pulp.lpSum(grade)
                there = supply.get((s, t), 0)
                if row["kind"] == "labour":
                    self.problem += self.used[s, t] + pulp.lpSum(teaching) <= there + trained[s, t] + pulp.lpSum(
                        stepped
                    )
                else:
                    self.problem += self.used[s, t] <= there
        for n, link in enumerate(links):
            if link["growth_limit"] == link["growth_limit"]:
                for t in self.T:
                    s = link["to_resource"]
                    self.problem += w[n, t] <= link["growth_limit"] * (supply.get((s, t), 0) + trained[s, t])

    def households(self, product: str, t: int) -> Affine:
        [heads] = [row["value"] for row in self.tables["population"] if self.at(row["period"]) == t] or [0]
        bundle = [row for row in self.tables["consumption"] if row["product"] == product]
        fed = [heads * r["per_head"] * (1 - r["flexible"] + r["flexible"] * self.c[t]) for r in bundle]
        workers = pulp.lpSum(self.used[s, t] for s, row in self.resources.items() if row["kind"] == "labour")
        extra = [r["per_worker"] * workers for r in self.tables["worker_consumption"] if r["product"] == product]
        return pulp.lpSum(fed + extra)

    def balances(self) -> None:
        self.rest: dict[tuple[str, int], Affine] = {}
        for p in self.products:
            for t in self.T:
                final = sum(
                    r["value"] for r in self.tables["final_use"] if (r["product"], self.at(r["period"])) == (p, t)
                )
                sources = self.made(p, t) + self.m.get((p, t), 0) + self.left.get((p, t), 0)
                uses = self.taken(p, "input", t) + self.building(p, t) + self.households(p, t)
                self.rest[p, t] = sources - uses - self.e.get((p, t), 0) - self.h.get((p, t), 0) - final
                self.problem += self.rest[p, t] >= 0

    def begun(self) -> None:
        """What takes something before the first period runs then at no more than was begun."""
        rows = self.tables["opening"]
        for activity in self.activities:
            norms = {(r["item"], r["role"]) for r in self.tables["coefficients"] if r["activity"] == activity}
            taken = [key for key in norms if key[1] in ("input", "resource")]
            for t in self.T:
                found = [norm for item, role in taken if (norm := self.norm(activity, item, role, t)) is not None]
                if any(value > 0 and lead > t for value, lead in found):
                    begun = sum(r["value"] for r in rows if (r["key"], self.at(r["period"])) == (activity, t))
                    self.problem += self.x[activity, t] <= begun

    # -- figures ------------------------------------------------------------------------------------------------------

    def invested(self, k: str, t: int) -> Affine:
        price = {row["product"]: row["price"] for row in self.tables["products"]}
        for row in self.tables["products"]:
            if row["price"] != row["price"]:
                price[row["product"]] = 1.0 if row["unit"] == self.value_unit else 0.0
        total = []
        for row in self.tables["investment"]:
            start = t - int(row["year"]) + 1
            if row["capacity"] == k and start >= 0:
                total.append(row["central"] * price.get(row["item"], 0.0) * self.u[k, start])
        return pulp.lpSum(total)

    def measure(self, name: str, item: str, t: int) -> Affine:
        if (name, item) == ("consumption", "*"):
            return self.c[t]
        if name == "consumption":
            [heads] = [row["value"] for row in self.tables["population"] if self.at(row["period"]) == t]
            return self.households(item, t) * (1 / heads)
        if name == "investment":
            return pulp.lpSum(self.invested(k, t) for k in self.kinds(item))
        if name == "employment":
            labour = [s for s, row in self.resources.items() if row["kind"] == "labour"]
            return pulp.lpSum(self.used[s, t] for s in (labour if item == "*" else [item]))
        plain: dict[str, Callable[[], Affine]] = {
            "output": lambda: self.made(item, t),
            "delivery": lambda: self.rest[item, t],
            "capacity": lambda: self.K[item, t],
            "start": lambda: self.u[item, t],
            "activity": lambda: self.x[item, t],
            "export": lambda: self.e.get((item, t), 0),
            "import": lambda: self.m.get((item, t), 0),
            "stock": lambda: self.h.get((item, t), 0),
        }
        return plain[name]()

    def kinds(self, item: str) -> Iterator[str]:
        """Kinds of plant an item of an investment figure stands for: one, all, or those of a group of activities."""
        for k in self.capacities:
            users = {
                r["activity"] for r in self.tables["coefficients"] if (r["item"], r["role"]) == (k, "capacity")
            } | {k}
            groups = {self.activities[a]["group"] for a in users if a in self.activities}
            if item in ("*", k) or (item not in self.capacities and item in groups):
                yield k

    def figures(self, plan: str, growth: bool) -> None:
        base = {
            (r["measure"], r["item"]): r["value"]
            for r in self.tables["actuals"]
            if r["period"] == self.base and r["preferred"] == "yes"
        }
        base.setdefault(("consumption", "*"), 1.0)
        for row in self.tables["targets"]:
            hard, official, sense = row["hard"] == "yes", row["value"], row["sense"]
            if row["plan"] != plan:
                continue
            reached = pulp.lpSum(self.measure(row["measure"], row["item"], t) for t in self.named(row["period"]))
            below = base.get((row["measure"], row["item"]), 0.0) if growth and sense != "at_most" else 0.0
            share: Affine = 1 if hard or official <= below else self.theta
            if sense != "at_most":
                self.problem += reached >= below + share * (official - below)
            if sense != "at_least":
                eased = (1 - share) * (official - below) if row["scales"] == "yes" else 0
                self.problem += reached <= official + eased

    def named(self, text: str) -> Iterator[int]:
        for part in text.split(","):
            first, _, last = part.partition("..")
            yield from range(self.at(first), self.at(last or first) + 1)

    def solve(self) -> float | None:
        """The greatest share, by CBC; nothing where no plan is possible."""
        status = pulp.LpStatus[self.problem.solve(pulp.PULP_CBC_CMD(msg=False))]
        return float(self.theta.value()) if status == "Optimal" else None
