"""Add up the certificates of a run: ``python verify.py RUN_FOLDER``.

Nothing is used but Python's standard library, and no sum is rounded: all are fractions. A folder of proofs holds
``certificate.csv`` and the linear program it speaks of as text (``program/``: rows ``lower <= sum of value x column <=
upper``, bounds of the columns, cost). Every such folder inside RUN_FOLDER is added up.

A claim gives each row it uses a multiplier. Multiplied and added up, the rows give, whatever the values of the columns,
    cost x columns = sum of multiplier x row + sum of (cost - multipliers x coefficients) x column,
and each term is at most (in a claim ``at least``: at least) its multiplier times the limit on the side the sign asks for.
The sum of these products bounds the objective. In a claim ``empty`` the cost is 0, so that a sum above 0 contradicts it:
no values of the columns meet all rows.
"""

import csv
import hashlib
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

FILES = ("program.csv", "rows.csv", "columns.csv", "coefficients.csv")
NUMBER = re.compile(r"-?\d{1,400}(\.\d{1,400})?([eE][+-]?\d{1,3})?|-?\d{1,4300}/\d{1,4300}", re.ASCII)
Line = dict[str, str]


class RejectedError(Exception):
    """What does not add up, in a sentence."""


@dataclass(frozen=True)
class Verdict:
    """Whether all claims of a folder hold, what they prove, and what fails."""

    verified: bool
    statements: tuple[str, ...]
    failures: tuple[str, ...]


def verify(folder: str | Path) -> Verdict:
    """Add up every certificate in a folder and in the folders inside it."""
    statements, failures = [], []
    places = sorted(path.parent for path in Path(folder).rglob("certificate.csv"))
    for place in places:
        try:
            program, claims = Program(place / "program"), dict[str, list[Line]]()
            for line in read(place / "certificate.csv"):
                claims.setdefault(line["claim"], []).append(line)
            if not claims:
                raise RejectedError("nothing is claimed")
            said = {claim: add_up(program, lines) for claim, lines in claims.items()}
            if cases := {claim: path for claim, lines in claims.items() if (path := splits(lines))}:
                said = {claim: text for claim, text in said.items() if claim not in cases}
                said["cases"] = left_out(program, list(cases.values()))
            statements += [f"{place.name}, {claim}: {text}" for claim, text in said.items()]
        except RejectedError as error:
            failures.append(f"{place}: {error}")
        except (OSError, ValueError, LookupError, TypeError, ArithmeticError, AttributeError, csv.Error) as error:
            failures.append(f"{place}: cannot be read ({error!r})")
    if not places:
        failures.append(f"{folder}: holds no certificate.csv")
    return Verdict(not failures, tuple(statements), tuple(failures))


class Program:
    """The program as its text says."""

    def __init__(self, folder: Path) -> None:
        """Read it, exactly."""
        self.digest = hashlib.sha256(b"".join((folder / name).read_bytes() for name in FILES)).hexdigest()
        head, rows, columns, coefficients = (read(folder / name) for name in FILES)
        self.head = {line["key"]: line["value"] for line in head}
        self.rows, self.columns = by_name(rows, "row"), by_name(columns, "column")
        self.cost = {name: number(line["cost"]) for name, line in self.columns.items()}
        self.entries: dict[str, dict[str, Fraction]] = {name: {} for name in self.rows}
        for line in coefficients:
            if line["column"] not in self.columns or line["column"] in self.entries[line["row"]]:
                raise RejectedError(f"coefficient {line['row']}, {line['column']}: no such column, or given twice")
            self.entries[line["row"]][line["column"]] = number(line["value"])


def splits(lines: list[Line]) -> list[tuple[str, str, int]]:
    """The splits of a case: column, ``at most`` or ``at least``, whole number."""
    return [(line["name"], line["side"], int(line["limit"])) for line in lines if line["part"] == "split"]


def left_out(program: Program, paths: list[list[tuple[str, str, int]]]) -> str:
    """The statement that cases prove together, if at each split both sides are there, one number apart."""
    columns = {column for path in paths for column, _, _ in path}
    if any(program.columns[column]["integer"] != "yes" for column in columns):
        raise RejectedError("a case splits a column that may take any value")
    waiting = [paths]
    while waiting:
        some = waiting.pop()
        if some == [[]]:
            continue
        heads = sorted({path[0] for path in some if path}, key=lambda head: head[1])
        if len(heads) != 2 or not all(some):
            raise RejectedError("the cases leave something out")
        (column, above, least), (other, below, most) = heads
        if (column, above, below, least) != (other, "at least", "at most", most + 1):
            raise RejectedError(f"the cases leave something out at {column}")
        waiting += [[path[1:] for path in some if path[0] == head] for head in heads]
    return f"no whole numbers meet all rows: {len(paths)} cases leave none out, and each is contradicted"


def narrowed(program: Program, path: list[tuple[str, str, int]]) -> dict[str, Line]:
    """The columns with the bounds of a case."""
    columns = dict(program.columns)
    for name, side, value in path:
        end = "upper" if side == "at most" else "lower"
        old = columns[name][end]
        tighter = not old or (value < number(old) if end == "upper" else value > number(old))
        columns[name] = columns[name] | ({end: str(float(value))} if tighter else {})
    return columns


def add_up(program: Program, lines: list[Line]) -> str:
    """The statement that a claim proves."""
    path = splits(lines)
    columns, lines = narrowed(program, path), [line for line in lines if line["part"] != "split"]
    claim, last, states = lines[0], lines[-1], lines[0]["side"]
    rows = by_name([line for line in lines if line["part"] == "row"], "name")
    bounds = by_name([line for line in lines if line["part"] == "column"], "name")
    if claim["part"] != "claim" or states not in ("at most", "at least", "empty"):
        raise RejectedError("the first line of a claim must say what is claimed")
    if claim["program"] != program.digest:
        raise RejectedError("the program is not the one the certificate was made for: its sha256 differs")
    if (states, last["part"], len(lines)) == ("empty", "clash", 2):
        return clash(program.rows if last["side"] == "row" else columns, claim, last)
    if last["part"] != "total" or len(lines) != len(rows) + len(bounds) + 2:
        raise RejectedError("between its first line and its total a claim holds rows and columns, each once")
    left = {name: cost if states != "empty" else Fraction(0) for name, cost in program.cost.items()}
    bound = number(program.head["offset"]) if states != "empty" else Fraction(0)
    priced = [name for name, cost in left.items() if cost]
    goal = priced[0] if len(priced) == 1 and left[priced[0]] == 1 and not bound else ""
    used: list[tuple[Line, Line, str, Fraction, Fraction, Fraction | None]] = []
    for name, line in rows.items():
        weight, facts = number(line["exact"] or line["multiplier"]), program.rows.get(name, {})
        amount = product(facts, name, weight, states)
        for column, value in program.entries[name].items():
            left[column] -= weight * value
        used.append((line, facts, facts["family"], weight, amount, weight * program.entries[name].get(goal, 0) or None))
    for name, weight in left.items():
        facts = columns[name]
        if weight and (amount := product(facts, name, weight, states)):
            used.append((bounds.pop(name, {}), facts, facts["block"], weight, amount, None))
    if bounds:
        raise RejectedError(f"{next(iter(bounds))}: this column's bound adds nothing to the sum")
    bound += sum(entry[4] for entry in used)
    for line, facts, family, weight, amount, need in used:
        which = side(weight, states)
        same(line, {"side": which, "limit": facts[which], "family": family, "unit": facts["unit"]})
        same(line, {"multiplier": weight, "product": amount, "share": amount / bound if bound else None, "need": need})
    needs = [need for *_, need in used if need]
    same(last, {"product": bound, "need": sum(needs, Fraction(0)) if needs else None})
    resting = sum(abs(amount) for _, facts, *_, amount, _ in used if facts.get("declared"))
    only = f" ({float(resting):.2g} of the sum rests on bounds declared for the proof)" if resting else ""
    return statement(program, claim, goal, bound) + only


def statement(program: Program, claim: Line, goal: str, bound: Fraction) -> str:
    """What is proved, if that is what is claimed: no more, and no less than nine digits tell."""
    states, said, gap = claim["side"], number(claim["limit"]), number(claim["product"] or "0")
    name, unit = ("", "") if states == "empty" else (goal or program.head["objective"], program.head["unit"])
    proved = bound if states == "empty" else 1 - bound if states == "at most" and goal else Fraction(0)
    more = said < bound if states == "at most" else said > bound
    less = max(abs(said - bound), abs(gap - proved)) * 10**9 > abs(bound)
    if more or less or gap > proved or (states == "empty" and bound <= 0):
        raise RejectedError(f"claims {claim['limit']}, gap {claim['product']}, but the sum proves {float(bound)!r}")
    same(claim, {"name": name, "unit": unit} | dict.fromkeys(("multiplier", "share", "need", "family", "exact"), ""))
    if states == "empty":
        return f"no values meet all rows: multiplied and added up, they miss by {claim['product']}"
    return f"{name} is {states} {claim['limit']}" + (f", short of one by {claim['product']}" if gap > 0 else "")


def clash(limits: Mapping[str, Line], claim: Line, line: Line) -> str:
    """A row or column whose lower limit is above its upper one needs no sum."""
    facts = limits[line["name"]]
    gap = number(facts["lower"]) - number(facts["upper"])
    same(line, {"product": gap})
    said = number(claim["limit"]), number(claim["product"])
    if gap <= 0 or max(said) > gap or (gap - min(said)) * 10**9 > gap:
        raise RejectedError(f"{line['name']}: its limits do not clash by what is claimed")
    return f"no values meet all rows: the lower limit of {line['name']} is above its upper limit"


def product(facts: Line, name: str, weight: Fraction, states: str) -> Fraction:
    """Multiplier times the limit its sign asks for."""
    if not weight or not facts.get(side(weight, states)):
        raise RejectedError(f"{name}: no such row, or no limit on the side that its multiplier's sign asks for")
    return weight * number(facts[side(weight, states)])


def side(weight: Fraction, states: str) -> str:
    """An upper bound takes upper limits at positive multipliers; a lower bound, and a contradiction, lower limits."""
    return "upper" if (weight > 0) == (states == "at most") else "lower"


def same(line: Line, expected: Mapping[str, str | Fraction | None]) -> None:
    """Cells must be what they should be; a decimal is its exact value rounded to a float."""
    for cell, value in expected.items():
        text = "" if value is None else value if isinstance(value, str) else repr(float(value))
        if line.get(cell) != text:
            raise RejectedError(f"{line.get('name') or line.get('part')}: {cell} {line.get(cell)!r} should be {text!r}")


def number(text: str) -> Fraction:
    """A decimal or a fraction, exactly."""
    if not NUMBER.fullmatch(text):
        raise RejectedError(f"{text[:40]!r} is not a number")
    return Fraction(text)


def by_name(lines: list[Line], key: str) -> dict[str, Line]:
    """Lines by name; a name may stand once."""
    found = {line[key]: line for line in lines}
    if len(found) < len(lines):
        raise RejectedError(f"two lines bear the same {key}")
    return found


def read(path: Path) -> list[Line]:
    """The lines of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def main() -> int:
    """Print what is proved and what fails; 0 if all claims hold, 3 if not."""
    verdict = verify(sys.argv[1] if len(sys.argv) > 1 else ".")
    print(*(f"  {line}" for line in verdict.statements), *(f"FAILED {line}" for line in verdict.failures), sep="\n")
    print("VERIFIED" if verdict.verified else "NOT VERIFIED")
    return 0 if verdict.verified else 3


if __name__ == "__main__":
    sys.exit(main())
