"""Checks of techniques: what is asked for can be made, and what is made does not live off what was there before.

Only what is taken in the period itself can make an economy impossible: what is taken ahead comes from an opening state or
an earlier period. So it is an error that something asked for can be had in none of its periods, whatever the levels, with
opening stocks, imports and all that is taken ahead for nothing. Everything else is a warning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from planner.economy.checks.base_technology import BaseTechnology, Mask
from planner.economy.checks.hawkins_simon import Codes, Guilty
from planner.economy.checks.reach import Reach
from planner.economy.checks.wants import Use, bought, credited, inputs_of, kept_over, stored, wants_of
from planner.economy.findings import Finding, findings_in
from planner.economy.reading.economy_file import EconomyFile
from planner.economy.schema.columns import FILE, ROW

__all__ = ["technology"]

Tables = Mapping[str, pd.DataFrame]

_ENDS = {
    "E131": "so no level of output can balance",
    "W204": "so without imports no level of output balances",
    "W126": "so each time less is left, and it lasts as long as what there was at the start",
    "W128": "so none of these can ever run",
}


def technology(tables: Tables, heading: EconomyFile, *, sources: bool = True) -> list[Finding]:
    """Products without a source, activities and cycles of activities that use up what they make.

    Args:
        tables: effective tables; products, activities, trade and stocks are in order.
        heading: what ``economy.toml`` says.
        sources: whether the coefficients are in order, so that a product which nothing makes can be told.
    """
    if _unsure(tables["coefficients"]) or not heading.periods:
        return []
    stages = list(_stages(tables, heading.periods))
    products = stages[0].base.products
    wants = wants_of(tables, heading.periods)
    always = set(products[np.all([stage.helped.had for stage in stages], axis=0)])
    unmet = [want for want in wants if want.product not in always and not any(stage.meets(want) for stage in stages)]
    lost, roots = list[Finding](), np.zeros(len(products), dtype=bool)
    if unmet:
        stage = next(stage for stage in stages if any(want.periods & stage.periods for want in unmet))
        roots = stage.helped.in_the_way(stage.base.among({want.product for want in unmet}))
        lost = stage.causes(roots)
    nowhere = ~np.any([stage.sources for stage in stages], axis=0)
    if sources and nowhere.any():
        uses = [*wants, *inputs_of(tables, heading.periods)]
        lost += _no_source(tables["products"], uses, set(products[nowhere & roots]), set(products[nowhere & ~roots]))
    return lost if any(finding.severity == "error" for finding in lost) else [*lost, *_warnings(stages)]


def _unsure(rows: pd.DataFrame) -> bool:
    """Whether a row that states an output, or may do so, cannot be used: then what is made is not known."""
    lost = rows["value"].isna() | (rows["value"] < 0)
    other = ~rows["role"].isin(["input", "capacity", "resource"])
    return bool((other & (lost | (rows["role"] != "output"))).any())


class _Stage:
    """Techniques as they stand over a run of periods, and what they can do.

    Args:
        tables: effective tables.
        horizon: every period.
        when: positions of those of the run.
        kept: products that may be kept from the periods before, empty for the first.
    """

    def __init__(self, tables: Tables, horizon: Sequence[str], when: range, kept: set[str]) -> None:
        """Read the techniques and what comes from elsewhere."""
        self.base = base = BaseTechnology(tables, horizon, when[0])
        self.periods = {horizon[at] for at in when}
        abroad, free = base.among(bought(tables, self.periods)), base.among(stored(tables) | credited(tables) | kept)
        self.sources = abroad | free
        self.sources[base.whole.made] = True
        unmade = np.ones(len(free), dtype=bool)
        unmade[base.whole.made] = False
        given = unmade & (abroad | free)  # that these come from elsewhere is no news
        self.closed = Reach(base, given, ahead=True)
        self.trading = Reach(base, given | abroad, ahead=True)
        self.helped = Reach(base, abroad | free, ahead=False)
        self._places = {name: at for at, name in enumerate(base.products)}

    def meets(self, want: Use) -> bool:
        """Whether something asked for can be had in one of these periods."""
        if not want.periods & self.periods:
            return False
        at = self._places.get(want.product)
        return bool(at is None or (self.helped.made[at] and want.made) or self.helped.had[at])

    def losing(self) -> Codes:
        """Activities that make one product alone and take as much of it, or more, in the same period."""
        base, technology = self.base, self.base.at_once
        count = len(base.activities)
        takes_own = technology.used == base.principal[technology.user]
        makes_own = technology.made == base.principal[technology.maker]
        takes = np.bincount(technology.user[takes_own], technology.takes[takes_own], count)
        makes = np.bincount(technology.maker[makes_own], technology.makes[makes_own], count)
        others = np.bincount(technology.maker[~makes_own], minlength=count)
        return np.flatnonzero((takes > 0) & (takes >= makes) & (others == 0) & (base.principal >= 0))

    def causes(self, roots: Mask) -> list[Finding]:
        """Why products cannot be had, whatever comes from elsewhere."""
        losing = self.losing()
        guilty = [_circle(self.base, found, "E131") for found in self.helped.guilty(roots, losing)]
        return [_self_consuming(self.base, at, "E132") for at in losing if roots[self.base.principal[at]]] + guilty

    def warnings(self) -> list[Finding]:
        """Activities that cannot run, or only on imports or on what there is at the start."""
        losing = self.losing()
        found = [_self_consuming(self.base, at, "W127") for at in losing]
        for reach, code in ((self.helped, "W128"), (self.trading, "W126"), (self.closed, "W204")):
            circles = reach.guilty(reach.starving, losing)
            if circles:
                return found + [_circle(self.base, guilty, code) for guilty in circles]
        return found


def _stages(tables: Tables, periods: Sequence[str]) -> Iterator[_Stage]:
    """The techniques of each run of periods in which no coefficient changes."""
    begins = set(tables["coefficients"]["from_period"].unique())
    firsts = [at for at, label in enumerate(periods) if at == 0 or label in begins]
    keeps, kept = kept_over(tables), set[str]()
    for first, end in zip(firsts, [*firsts[1:], len(periods)], strict=True):
        stage = _Stage(tables, periods, range(first, end), kept)
        yield stage
        if end < len(periods):
            kept = keeps & set(stage.base.products[stage.helped.had])


def _warnings(stages: Sequence[_Stage]) -> list[Finding]:
    """Those of the first run of periods that has any: the same circle is not told of once a run."""
    return next(filter(None, (stage.warnings() for stage in stages)), [])


def _no_source(products: pd.DataFrame, uses: Sequence[Use], asked: set[str], others: set[str]) -> list[Finding]:
    """Products without a source that are used: an error where what is asked for needs them."""
    first = {use.product: use for use in reversed(uses)}
    users: dict[str, dict[str, None]] = {}
    for use in uses:
        users.setdefault(use.product, {})[use.user] = None
    nowhere = "no activity makes it, it cannot be imported and none is in stock"

    def error(name: str) -> str:
        use = first[name]
        return f'"{name}" is used in {use.file}, row {use.row}, but {nowhere}. Add a source or take out the use.'

    def warning(name: str) -> str:
        use, idle = first[name], [user for user in users[name] if user]
        more = f" and {len(idle) - 5} more" if len(idle) > 5 else ""
        idlers = f"{', '.join(idle[:5])}{more}"
        return f'"{name}" is used in {use.file}, row {use.row}, but {nowhere}. So this never comes about: {idlers}.'

    result: list[Finding] = []
    for code, names, said in (("E130", asked, error), ("W128", others, warning)):
        wrong = products["product"].isin([name for name in names if name in first])
        result += findings_in(products, wrong, code, "product", said)
    return result


def _self_consuming(base: BaseTechnology, activity: int, code: str) -> Finding:
    """An activity that takes as much of its product as it makes, with its rows."""
    name, product = base.activities[activity], base.principal[activity]
    technology, unit = base.at_once, base.units[product]
    takes = technology.takes[(technology.user == activity) & (technology.used == product)].sum()
    makes = technology.makes[(technology.maker == activity) & (technology.made == product)].sum()
    rows = pd.concat([base.inputs[~base.ahead], base.outputs])
    rows = rows[(rows["activity"] == name) & (rows["item"] == base.products[product])]
    end = "so it can only lose" if takes > makes else "so nothing is gained by it"
    said = (
        f"One unit of {name} takes {takes:.4g} {unit} of {base.products[product]} and makes {makes:.4g} {unit}, {end}. "
        f"Is the input per {unit}?"
    )
    return _at_rows(code, rows, said, f"{takes:.15g}")


def _circle(base: BaseTechnology, guilty: Guilty, code: str) -> Finding:
    """The cycle in words, with the rows of its heaviest inputs."""
    shown = guilty.inputs[:6]
    rows = base.inputs.iloc[shown]
    links: dict[int, list[str]] = {}
    for at in shown.tolist():
        item = base.whole.used[at]
        user = int(base.whole.user[at])
        links.setdefault(user, []).append(f"{base.whole.takes[at]:.4g} {base.units[item]} of {base.products[item]}")
    parts = []
    for user, takes in links.items():
        maker, product = base.activities[user], base.products[base.principal[user]]
        of_it = (base.whole.maker == user) & (base.whole.made == base.principal[user])
        by = "" if maker == product else f" by {maker}"
        makes = f"{base.whole.makes[of_it].sum():.4g} {base.units[base.principal[user]]} of {product}{by}"
        parts.append(f"{makes if of_it.any() else f'1 unit of {maker}'} takes {' and '.join(takes)}")
    largest = rows.iloc[int(np.argmax(base.whole.takes[shown]))]
    said = (
        f"{', and '.join(parts)}: together {guilty.share:.4g} per unit, {_ENDS[code]}. "
        f"Is row {largest[ROW]} of {largest[FILE]} really {largest['unit'] or 'per unit of output'}?"
    )
    return _at_rows(code, rows, said, f"{guilty.share:.4g}")


def _at_rows(code: str, rows: pd.DataFrame, said: str, value: str) -> Finding:
    """A finding at rows of several files is placed in the file of the first; the others are named in the sentence."""
    file = str(rows[FILE].iloc[0])
    here = tuple(sorted(int(row) for row in rows[ROW][rows[FILE] == file]))
    others = rows[rows[FILE] != file]
    also = "".join(f" See also {other}, row {row}." for other, row in zip(others[FILE], others[ROW], strict=True))
    return Finding(code, file, here, "value", value, said + also)
