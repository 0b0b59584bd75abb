"""In which order the balances of the base period are closed: each after those that find what it needs."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping

import numpy as np

from planner.economy.residuals.accounts import BASE, ResidualAccount
from planner.economy.residuals.ledger import Ledger
from planner.economy.residuals.steps import Level, Residual, StepRows

__all__ = ["ordered"]


def ordered(
    ledger: Ledger, steps: Mapping[ResidualAccount, Residual], say: Callable[[str, StepRows, str], None]
) -> list[Residual | Level]:
    """Balances of the base period in their order; levels nobody states are found on the way.

    Args:
        ledger: the balances.
        steps: those that rows close.
        say: told what is wrong with rows of which a balance cannot be closed: code, rows, sentence.
    """
    unknown = {int(at) for at in np.flatnonzero(np.isnan(ledger.base_levels))}
    products = [ResidualAccount("product", str(name), BASE) for name in ledger.tables["products"]["product"]]
    fed = set(ledger.tables["worker_consumption"]["product"])
    needs = {account: _contains(ledger, account, fed) & unknown for account in (*products, *steps)}
    waiting = dict(steps)
    hands = {account for account in waiting if account.kind == "resource" and account.item in ledger.labour}
    levels = {account: at for account, at in needs.items() if account not in waiting and at}
    result: list[Residual | Level] = []
    known: set[int] = set()

    def free(account: ResidualAccount) -> bool:
        return not (hands and account.kind == "product" and account.item in fed)

    while True:
        ready = next((a for a in waiting if needs[a] <= known and free(a)), None)
        single = next((a for a, at in levels.items() if len(at - known) == 1 and free(a)), None)
        if ready is not None:
            result.append(waiting.pop(ready))
            hands.discard(ready)
        elif single is not None:
            [technique] = levels.pop(single) - known
            result.append(Level(single, technique))
            known.add(technique)
        else:
            break
    _told(ledger, steps, say, {account: needs[account] - known for account in waiting}, levels, known)
    return result


def _contains(ledger: Ledger, account: ResidualAccount, fed: Container[str]) -> set[int]:
    """Techniques whose levels a balance contains; ``fed``: products that workers take for their work."""
    at = set(ledger.entries(account).activities.tolist())
    if account.kind == "product":
        at |= set(ledger.makers(account.item, BASE).tolist())
        if account.item in fed:
            for name in ledger.labour:
                at |= set(ledger.entries(ResidualAccount("resource", name, BASE)).activities.tolist())
    return at


def _told(
    ledger: Ledger,
    steps: Mapping[ResidualAccount, Residual],
    say: Callable[[str, StepRows, str], None],
    lacking: Mapping[ResidualAccount, set[int]],
    levels: Mapping[ResidualAccount, set[int]],
    known: set[int],
) -> None:
    """Say why balances could not be closed, each with the levels it lacks."""
    told = set(known)  # and what would be found if nothing had to wait
    while alone := next((at - told for at in levels.values() if len(at - told) == 1), set[int]()):
        told |= alone
    untold = set().union(*lacking.values()) - told
    for account, lacks in lacking.items():
        rows = steps[account].rows
        if missing := lacks & untold:
            names = ", ".join(ledger.activities[at] for at in sorted(missing))
            said = (
                f"The balance of {account.item} in {ledger.base} cannot be drawn up, for the level of {names} then is "
                "not known. State it in actuals.csv (measure activity, preferred yes; 0 if it did not run)."
            )
            say("E190", rows, said)
        elif not untold:  # else what is missing may be all that is wrong
            said = (
                f"The balance of {account.item} depends on how many work, and how many work on a residual that depends on "
                f"the balance of {account.item}: a circle. Take the mark from one of the two and give it a range."
            )
            say("E192", rows, said)
