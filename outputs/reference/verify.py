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
import json
import re
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

HEADS = {
    "program.csv": ("key", "value"),
    "rows.csv": ("row", "lower", "upper", "family", "unit", "came_from"),
    "columns.csv": ("column", "lower", "upper", "cost", "block", "unit", "integer", "declared"),
    "coefficients.csv": ("row", "column", "value"),
}
KEYS = {"program.csv": 1, "rows.csv": 1, "columns.csv": 1, "coefficients.csv": 2}
NUMBERS = {
    "program.csv": slice(0),
    "rows.csv": slice(1, 3),
    "columns.csv": slice(1, 4),
    "coefficients.csv": slice(2, 3),
}
VARIANT = ("variant", "file", "change", "line", "1", "2", "3", "4", "5", "6", "7", "8")
HEAD = (
    "claim",
    "part",
    "name",
    "side",
    "multiplier",
    "limit",
    "product",
    "share",
    "need",
    "unit",
    "family",
    "exact",
    "program",
)
STATEMENT = "statement.csv"
ZERO = ("0.0", "-0.0", "0")
BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, csv.Error, RecursionError)
NUMBER = re.compile(r"-?\d{1,400}(\.\d{1,400})?([eE][+-]?\d{1,3})?|-?\d{1,4300}/\d{1,4300}", re.ASCII)
Line = Mapping[str, str]
Splits = list[tuple[str, str, int]]  # splits that lead to a case: column, at most or at least, whole number


class RejectedError(Exception):
    """What does not add up, in a sentence."""


@dataclass(frozen=True)
class ProofCheck:
    """Whether all claims of a folder hold, what they prove, and what fails."""

    verified: bool
    statements: tuple[str, ...]
    failures: tuple[str, ...]


def verify(folder: str | Path) -> ProofCheck:
    """Add up every certificate of a run and compare its files with its manifest; without one, all there are in a folder."""
    folder = Path(folder)
    says, files, wrong = stated(folder)
    sums = added_up(folder, says, files)
    about = tuple(says[key] for key in ("", "+") if key in says)
    return ProofCheck(sums.verified and not wrong, (*about, *sums.statements), (*wrong, *sums.failures))


def added_up(folder: Path, says: Line = MappingProxyType({}), files: Collection[str] | None = None) -> ProofCheck:
    """What the certificates in a folder and in the folders inside it prove.

    Args:
        folder: where they are.
        says: what each claim shows, in words, by its name; under ``""`` and ``"+"`` what is said of all.
        files: those of the run, of which alone its certificates are; all there are where that is not known.
    """
    statements, failures, shown = list[str](), list[str](), set[str]()
    places = [
        path.parent
        for path in sorted(folder.rglob("certificate.csv"))
        if files is None or path.relative_to(folder).as_posix() in files
    ]
    for place in places:
        try:
            for claim, text in claims(place):
                shown |= {claim} if place == folder else set()
                told = says.get(claim, "") if place == folder else ""
                statements.append(f"{place.name}, {claim}: {text}. {told}".rstrip())
        except RejectedError as error:
            failures.append(f"{place}: {error}")
        except KeyError as error:
            failures.append(f"{place}: there is no {error.args[0]!r}")
        except BROKEN as error:
            failures.append(f"{place}: cannot be read ({error!r})")
    if not places:
        failures.append(f"{folder}: holds no certificate.csv{' of this run' if files else ''}")
    elif not failures:
        lost = [name for name in says if name not in shown | {"", "+"}]
        failures += [f"{folder / STATEMENT}: speaks of {name!r}, of which there is no certificate" for name in lost]
    return ProofCheck(not failures, tuple(statements), tuple(failures))


def claims(place: Path) -> Iterator[tuple[str, str]]:
    """Each claim of a folder and what it proves; programs and claims are read, added up and forgotten one by one."""
    known = programs(place)
    program, seen, cases = next(known), set[str](), list[tuple[Splits, Line]]()
    for claim, some in groupby(read(place / "certificate.csv", HEAD), key=lambda line: line["claim"]):
        lines = list(some)
        if claim in seen:
            raise RejectedError(f"{claim}: two claims bear this name")
        seen.add(claim)
        while lines[0]["program"] != program.digest:
            if cases:
                yield "cases", left_out(program, cases)
            following, cases = next(known, None), []
            if following is None:
                raise RejectedError(
                    f"{claim}: the program is not the one the certificate was made for: its sha256 differs"
                )
            program = following
        try:
            text = add_up(program, lines)
        except RejectedError as error:
            raise RejectedError(f"{claim}: {error}") from None
        if path := splits(lines):
            cases.append((path, lines[0]))
        else:
            yield claim, text
    if cases:
        yield "cases", left_out(program, cases)
    if not seen:
        raise RejectedError("nothing is claimed")


def stated(folder: Path) -> tuple[Line, Collection[str] | None, list[str]]:
    """What a run says that it (under ``""``) and its claims show, its files, and which are not as its manifest lists them."""
    path = folder / "manifest.json"
    if not path.is_file():
        return {"+": "No manifest.json says which question these sums are about."}, None, []
    try:
        raw = path.read_bytes()
        manifest = json.loads(raw)
        files, seal = dict[str, str](manifest["files"]), manifest["seal"]
        if not isinstance(seal, str) or seal_of(raw, seal) != seal:
            return {}, files, ["manifest.json: has changed since the run was written: its seal does not fit"]
        found = {each.relative_to(folder).as_posix(): each for each in folder.rglob("*")}
        there = {name for name, each in found.items() if each.is_file()} - {path.name}
        wrong = [f"{name}: is a link and no file of a run" for name, each in sorted(found.items()) if each.is_symlink()]
        wrong += [f"{name}: is gone" for name in sorted(set(files) - there)]
        wrong += [
            f"{name}: has changed since the run was written: its sha256 differs"
            for name in sorted(set(files) & there)
            if hashlib.sha256(found[name].read_bytes()).hexdigest() != files[name]
        ]
        lines = list(read(folder / STATEMENT, ("claim", "says"))) if STATEMENT in set(files) & there else []
        said = {name: line["says"] for name, line in by_name(lines, "claim").items()}
        if others := sorted(there - set(files)):
            said["+"] = f"Not written by this run and no part of it: {', '.join(others)}."
        return said, files, wrong
    except (*BROKEN, RejectedError) as error:
        return {}, None, [f"{path}: cannot be read ({error!r})"]


def seal_of(manifest: bytes, seal: str) -> str:
    """The sha256 of a manifest's bytes with zeros in place of the seal they hold."""
    return hashlib.sha256(manifest.replace(seal.encode(), b"0" * 64)).hexdigest()


class Program:
    """A program as its text says; numbers are checked when a line is put in, and worked out when they are asked for."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.digest = ""
        self.head: dict[str, str] = {}
        self.rows: dict[str, Line] = {}
        self.columns: dict[str, Line] = {}
        self.cost: dict[str, Fraction] = {}
        self.entries: dict[str, dict[str, str]] = {}
        self.keys: dict[str, list[str]] = {}  # by table and number of the line, as the tables were first written

    def put(self, name: str, cells: list[str]) -> bool:
        """Put a line in place of the one of its key; whether there was one."""
        key = cells[0]
        for text in cells[NUMBERS[name]]:
            if text and not NUMBER.fullmatch(text):
                raise RejectedError(f"{name}, {key}: {text[:40]!r} is not a number")
        if name == "coefficients.csv":
            if key not in self.rows or cells[1] not in self.columns:
                raise RejectedError(f"coefficient {key}, {cells[1]}: no such row or column")
            there = cells[1] in self.entries[key]
            self.entries[key][cells[1]] = cells[2]
        elif name == "program.csv":
            there = key in self.head
            self.head[key] = cells[1]
        elif name == "rows.csv":
            there = key in self.rows
            self.rows[key] = dict(zip(HEADS[name], cells, strict=True))
            self.entries.setdefault(key, {})
        else:
            there = self.drop(name, cells)
            self.columns[key] = line = dict(zip(HEADS[name], cells, strict=True))
            if line["cost"] not in ZERO:
                self.cost[key] = number(line["cost"])
        return there

    def drop(self, name: str, key: list[str]) -> bool:
        """Take out the line of a key; whether there was one. Coefficients of a row or column that goes must go too."""
        if name == "program.csv":
            return self.head.pop(key[0], None) is not None
        if name == "rows.csv":
            self.entries.pop(key[0], None)
            return self.rows.pop(key[0], None) is not None
        if name == "columns.csv":
            self.cost.pop(key[0], None)
            return self.columns.pop(key[0], None) is not None
        return self.entries.get(key[0], {}).pop(key[1], None) is not None


def programs(place: Path) -> Iterator[Program]:
    """The program in a folder, then its variants, each by what it has otherwise than the one before; one object for all."""
    program = Program()
    mark = hashlib.sha256(b"".join((place / "program" / name).read_bytes() for name in HEADS)).hexdigest()
    for name, head in HEADS.items():
        for at, cells in enumerate(table(place / "program" / name, head), 2):
            if program.put(name, cells):
                raise RejectedError(f"{', '.join(cells[: KEYS[name]])}: given twice")
            program.keys[f"{name} {at}"] = cells[: KEYS[name]]
    program.digest = mark
    yield program
    used: list[list[str]] = []
    for cells in table(place / "variants.csv", VARIANT) if (place / "variants.csv").is_file() else ():
        if cells[0] and used:  # the name of a variant stands in its first line
            program.digest = mark = hashlib.sha256(json.dumps([mark, *used]).encode()).hexdigest()
            yield program
            used = []
        used.append(vary(program, *cells[1:]))
    if used:
        program.digest = hashlib.sha256(json.dumps([mark, *used]).encode()).hexdigest()
        yield program


def vary(program: Program, name: str, change: str, line: str, *cells: str) -> list[str]:
    """Make a change of a variant; the line as it counts for the digest."""
    if name not in HEADS or change not in ("set", "drop") or (line and f"{name} {line}" not in program.keys):
        raise RejectedError(f"variants.csv: {name!r}, {change!r}, line {line!r} is no change of a program")
    key = program.keys[f"{name} {line}"] if line else []
    width = (len(HEADS[name]) if change == "set" else KEYS[name]) - len(key)
    used = [*key, *cells[:width]]
    if any(cells[width:]) or (change == "drop" and not program.drop(name, used)):
        raise RejectedError(f"variants.csv: {name}, {change} {', '.join(used)}: too many cells, or nothing to drop")
    if change == "set":
        program.put(name, used)
    return [name, change, line, *cells[:width]]


def splits(lines: list[Line]) -> Splits:
    """The splits of a case: column, ``at most`` or ``at least``, whole number."""
    found = [line for line in lines if line["part"] == "split"]
    for line in found:
        same(line, {cell: line[cell] for cell in ("name", "side", "limit")})
    return [(line["name"], line["side"], whole(line["limit"])) for line in found]


def whole(text: str) -> int:
    """A whole number that a float holds."""
    value = number(text)
    if value.denominator != 1 or abs(value) > 2**53:
        raise RejectedError(f"{text[:40]!r} is not a whole number")
    return int(value)


def left_out(program: Program, ends: list[tuple[Splits, Line]]) -> str:
    """The statement that cases prove together, if at each split both sides are there, one number apart."""
    paths = [path for path, _ in ends]
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
    bounds = [(number(claim["limit"]), claim) for _, claim in ends if claim["side"] != "empty"]
    if not bounds:
        return f"no whole numbers meet all rows: {len(paths)} cases leave none out, and each is contradicted"
    if len({claim["side"] for _, claim in bounds}) > 1:
        raise RejectedError("some cases bound the objective from above and some from below")
    most = bounds[0][1]["side"] == "at most"
    _, worst = (max if most else min)(bounds, key=lambda bound: bound[0])
    return f"in whole numbers {worst['name']} is {worst['side']} {worst['limit']}: {len(paths)} cases leave none out"


def narrowed(program: Program, path: Splits) -> dict[str, Line]:
    """The columns with the bounds of a case."""
    columns = dict(program.columns)
    for name, side, value in path:
        end = "upper" if side == "at most" else "lower"
        old = columns[name][end]
        tighter = not old or (value < number(old) if end == "upper" else value > number(old))
        columns[name] = {**columns[name], end: str(float(value)) if tighter else old}
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
    if (states, last["part"], len(lines)) == ("empty", "clash", 2):
        return clash(program.rows if last["side"] == "row" else columns, claim, last)
    if last["part"] != "total" or len(lines) != len(rows) + len(bounds) + 2:
        raise RejectedError("between its first line and its total a claim holds rows and columns, each once")
    left = dict(program.cost) if states != "empty" else dict[str, Fraction]()
    bound = number(program.head["offset"]) if states != "empty" else Fraction(0)
    priced = [name for name, cost in left.items() if cost]
    goal = priced[0] if len(priced) == 1 and left[priced[0]] == 1 and not bound else ""
    used: list[tuple[Line, Line, str, Fraction, Fraction, Fraction | None]] = []
    for name, line in rows.items():
        weight, facts = number(line["exact"] or line["multiplier"]), program.rows.get(name, {})
        amount = product(facts, name, weight, states)
        entries = {column: number(value) for column, value in program.entries[name].items()}
        for column, value in entries.items():
            left[column] = left.get(column, Fraction(0)) - weight * value
        used.append((line, facts, facts["family"], weight, amount, weight * entries.get(goal, Fraction(0)) or None))
    for name, weight in left.items():
        facts = columns[name]
        if weight and (amount := product(facts, name, weight, states)):
            used.append((bounds.pop(name, {}), facts, facts["block"], weight, amount, None))
    if bounds:
        raise RejectedError(f"{next(iter(bounds))}: this column's bound adds nothing to the sum")
    bound += sum(entry[4] for entry in used)
    for line, facts, family, weight, amount, need in used:
        which, text = side(weight, states), repr(float(weight))
        exact = str(weight) if line.get("part") == "row" and number(text) != weight else ""
        same(
            line,
            {
                "name": line.get("name", ""),
                "side": which,
                "multiplier": text,
                "limit": facts[which],
                "product": amount,
                "share": amount / bound if bound else "",
                "need": need,
                "unit": facts["unit"],
                "family": family,
                "exact": exact,
            },
        )
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
    kept = {cell: claim[cell] for cell in ("side", "limit", "product", "program")}
    same(claim, {"name": name, "unit": unit, **kept})
    if states == "empty":
        return f"no values meet all rows: multiplied and added up, they miss by {claim['product']}"
    return f"{name} is {states} {claim['limit']}" + (f", short of one by {claim['product']}" if gap > 0 else "")


def clash(limits: Mapping[str, Line], claim: Line, line: Line) -> str:
    """A row or column whose lower limit is above its upper one needs no sum."""
    facts = limits[line["name"]]
    gap = number(facts["lower"]) - number(facts["upper"])
    same(line, {"name": line["name"], "side": line["side"], "product": gap})
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
    """Cells must be what they should be, and empty where nothing should be; a decimal is its exact value as a float."""
    for cell in HEAD[2:]:
        value = expected.get(cell)
        text = "" if value is None else value if isinstance(value, str) else repr(float(value))
        if line.get(cell) != text:
            raise RejectedError(f"{line.get('name') or line.get('part')}: {cell} {line.get(cell)!r} should be {text!r}")


@lru_cache(2**14)
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


def read(path: Path, head: tuple[str, ...]) -> Iterator[Line]:
    """The lines of a table by column, one by one."""
    return (dict(zip(head, cells, strict=True)) for cells in table(path, head))


def table(path: Path, head: tuple[str, ...]) -> Iterator[list[str]]:
    """The lines of a table, one by one: the header must be what it should, and each line have as many cells."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file, strict=True)
        if tuple(next(lines, [])) != head:
            raise RejectedError(f"{path.name}: the columns should be {', '.join(head)}")
        width = len(head)
        for number_of, cells in enumerate(lines, 2):
            if len(cells) != width:
                raise RejectedError(f"{path.name}, line {number_of}: {len(cells)} cells where {width} should be")
            yield cells


def main() -> int:
    """Print what is proved and what fails; 0 if all claims hold, 3 if not."""
    verdict = verify(sys.argv[1] if len(sys.argv) > 1 else ".")
    for line in (*(f"  {said}" for said in verdict.statements), *(f"FAILED {why}" for why in verdict.failures)):
        print("".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in line))
    print("VERIFIED" if verdict.verified else "NOT VERIFIED")
    return 0 if verdict.verified else 3


if __name__ == "__main__":
    sys.exit(main())
