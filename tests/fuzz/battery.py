"""Cases by kind and number: what is written, what is asked, and what must be true of every end."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

from click.testing import CliRunner, Result

from planner.cli import main
from planner.cli.exit_codes import Exit
from planner.economy.schema import TABLES
from planner.files.draft import PREFIX
from planner.formulation import FAMILIES, question_names
from planner.shipped import ECONOMIES, shipped
from tests.economy.conftest import Package
from tests.fuzz.noise import Files, cell, moved, noise, renumbered, spoiled

HERE = Path(__file__).parent
PATIENCE = 120  # seconds after which a command counts as hanging
ENDS = {code.value for code in Exit} - {Exit.FAULT, Exit.INTERRUPTED, Exit.TERMINATED, Exit.HUNG_UP, Exit.PIPE_CLOSED}
WRITES = {Exit.ANSWERED, Exit.STOPPED, Exit.BORDERLINE, Exit.RELAXED, Exit.EMPTY}
"""Ends that may leave a run folder; all others leave things as they were."""

Kind = Callable[[Random, Path], Iterator[Sequence[str]]]
KINDS: dict[str, Kind] = {}


@dataclass(frozen=True)
class Fault:
    """What a command did that it must not do."""

    case: str
    command: Sequence[str]
    says: str

    def __str__(self) -> str:
        """In one line."""
        return f"{self.case}: planner {' '.join(self.command)!r}: {self.says}"


def kind(function: Kind) -> Kind:
    """Register a kind of case: it writes files into a folder and yields the commands to run there."""
    KINDS[function.__name__] = function
    return function


def faults(name: str, number: int) -> list[Fault]:
    """Run one case.

    Args:
        name: of a kind.
        number: seed.

    Returns:
        What must not be; empty if all is well.
    """
    chance, found = Random(f"{name} {number}"), []
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder, contextlib.chdir(folder):
        for command in KINDS[name](chance, Path(folder)):
            before = _listing(Path(folder))
            result = _run(command)
            found += [Fault(f"{name} {number}", command, says) for says in _wrong(result, Path(folder), before)]
    return found


def _run(command: Sequence[str]) -> Result:
    def late(*_: object) -> None:
        raise TimeoutError(f"no end after {PATIENCE} s")

    previous = signal.signal(signal.SIGALRM, late)
    signal.alarm(PATIENCE)
    try:
        return CliRunner().invoke(main, list(command))
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, previous)


def _wrong(result: Result, folder: Path, before: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with an end: its code, what it says, what it left behind."""
    said = result.output + result.stderr
    if result.exit_code not in ENDS:
        yield f"exit code {result.exit_code}: {said[-400:]}"
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        yield f"{result.exception!r}"
    if "Traceback" in said:
        yield "a traceback"
    if re.search(r"(?<![\w'\"=-])nan(?![\w'\"])", result.stdout):
        yield f"nan on the screen: {_around(result.stdout, 'nan')}"
    after = _listing(folder)
    drafts = [name for name in after if Path(name).name.startswith(PREFIX)]
    if drafts:
        yield f"drafts left behind: {drafts}"
    if result.exit_code not in WRITES and after != before:
        yield f"exit code {result.exit_code}, yet {sorted(set(after.items()) ^ set(before.items()))[:4]}"
    for manifest in folder.glob("**/manifest.json"):
        if before.get(str(manifest.relative_to(folder))) != after[str(manifest.relative_to(folder))]:
            changed = {name for name, digest in after.items() if before.get(name) != digest}
            yield from _incomplete(folder, manifest, changed)


def _around(text: str, word: str) -> str:
    at = text.find(word)
    return repr(text[max(0, at - 80) : at + 40])


def _listing(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in folder.rglob("*")
        if path.suffix != ".draws"
    }


def _incomplete(folder: Path, manifest: Path, changed: Set[str]) -> Iterator[str]:
    """Files that were written and are not as the new manifest says."""
    for name, digest in json.loads(manifest.read_text(encoding="utf-8"))["files"].items():
        path = manifest.parent / name
        written = str(path.relative_to(folder)) in changed
        if written and sha256(path.read_bytes()).hexdigest() != digest:
            yield f"{name} is not what the manifest says"


# -- kinds ------------------------------------------------------------------------------------------------------------


def _read(folder: Path) -> Files:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def _write(folder: Path, files: Files) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@cache
def _economies() -> tuple[Files, ...]:
    """Small economies, one of them with a row of every kind."""
    names = ("two_goods", "two_goods", *(name for name in ECONOMIES if not name.startswith("ussr")))
    every = {name: text.encode() if isinstance(text, str) else text for name, text in Package().files.items()}
    return (*(_read(shipped("inputs") / name) for name in names), every, every)


_FLOORS = ("promised", "base", "subsistence", "actual", "0.5", "0", "-1", "6", "nan", "1e-12", "base*2", "")
_LEVELS = ('"base"', '"promised"', "0", "0.3", "1", "2", "4.9")
_QUICK = (("check",), ("check",), ("solve", "--out", "out"), ("export", "--format", "lp", "--out", "-"))
_LONG = (
    ("feasibility", "--years", "0", "--out", "out"),
    ("backtest", "--out", "out"),
    ("sensitivity", "--out", "out"),
    ("near-optimal", "--out", "out"),
    ("execute", "--out", "out"),
    ("money", "--out", "out"),
    ("uncertainty", "--samples", "4", "--workers", "1", "--out", "out"),
    ("projects", "--nodes", "50", "--out", "out"),
    ("compare", ":", "--out", "out"),
    ("export", "--format", "tex", "--out", "-"),
    ("check", "--scenario", "all"),
)


def _asked(chance: Random, economy: str) -> list[str]:
    """A command about an economy, quick ones more often, with an option now and then."""
    name, *rest = chance.choice(_LONG if chance.random() < 0.25 else _QUICK)
    if name == "compare":
        return [name, "plan=all", *rest[1:], "--economy", economy]
    command = [name, economy, *rest]
    options: list[tuple[str, Sequence[str]]] = [("--scenario", ("base", "dry", "all", cell(chance)))]
    if name != "check":
        options += [
            ("--plan", ("ambitious", "growth", "bare", "all", cell(chance))),
            ("--floor", _FLOORS),
            ("--model", (*question_names(), "no such")),
            ("--set", (change(chance),)),
        ]
    if name in ("solve", "sensitivity", "near-optimal", "execute", "projects", "export"):
        options.append(("--corner", ("central", "optimistic", "pessimistic")))
    for option, values in options:
        if chance.random() < 0.07:
            command += [option, chance.choice(tuple(values))]
    return command


def change(chance: Random) -> str:
    """A change of numbers, spelt as it should be, or not."""
    if chance.random() < 0.8:
        where = (
            "supply:resource=workers:value",
            "capacities:capacity=mines:initial",
            "targets:plan=cautious:value",
            "trade:product=corn:price",
        )
        return f"{chance.choice(where)}{chance.choice(('=', '*=', '+='))}{chance.choice((0, 0.5, 0.9, 1.1, 3, 1e6, 1e-6, -1))}"
    table = chance.choice(
        ("supply", "capacities", "coefficients", "trade", "targets", "consumption", "final_use", "x", "")
    )
    key = chance.choice(
        ("resource=workers", "capacity=mines", "product=corn", "period=1", "product=*", "", "=", cell(chance))
    )
    column = chance.choice(("value", "initial", "limit", "price", "low", "per_head", "", cell(chance)))
    sign = chance.choice(("=", "*=", "+=", "-=", "==", ""))
    return f"{table}:{key}:{column}{sign}{cell(chance)}"


@kind
def packages(chance: Random, folder: Path) -> Iterator[Sequence[str]]:
    """An economy with something wrong in its tables."""
    _write(folder / "mine", chance.choice((spoiled, moved))(chance, chance.choice(_economies())))
    yield _asked(chance, "mine")


_TAUT = ("adopted", "1.3", "1,2", "0.8:2:3", "0", "-1", "nan", "1:", "2:1:0", "")
_RULES = (
    "stop_below=0.5",
    "months=6",
    "months=24",
    "noise=0.1",
    "ranks=1",
    "gloss=2",
    "benchmark=own",
    "sites_tautness=1,2",
    "=",
)


@kind
def plays(chance: Random, folder: Path) -> Iterator[Sequence[str]]:
    """A good economy played forward by odd rules."""
    command = ["execute", "two_goods", "--model", "five_year", "--workers", "1", "--out", "out"]
    for option, values in (("--tautness", _TAUT), ("--rule", _RULES), ("--rule", _RULES), ("--draws", ("2", "-1"))):
        if chance.random() < 0.4:
            command += [option, chance.choice((*values, cell(chance)))]
    for option in ("--allocation", "--sites", "--targets"):
        if chance.random() < 0.4:
            command += [option, chance.choice(("pool", "priority", "finish_first", "cut_to_pace", "held"))]
    yield command


@kind
def accounts(chance: Random, folder: Path) -> Iterator[Sequence[str]]:
    """An economy with something wrong in its accounts of money."""
    files = _read(shipped("inputs") / "two_goods_money")
    own = {f"{table.name}.csv" for table in TABLES.values() if table.account}
    change = chance.choice((spoiled, moved))
    changed = change(chance, {name: content for name, content in files.items() if name in own})
    _write(folder / "mine", {name: content for name, content in files.items() if name not in own} | changed)
    options = [*(("--level", chance.choice(("1", "0.5", "0", "nan"))) if chance.random() < 0.3 else ())]
    options += ("--account", chance.choice(("ambitious", cell(chance)))) if chance.random() < 0.2 else ()
    yield ["money", "mine", *options, "--out", "out"]
    yield ["solve", "mine", "--model", "paying_its_way", "--out", "solved"]


@kind
def changes(chance: Random, folder: Path) -> Iterator[Sequence[str]]:
    """A good economy and odd options."""
    command = _asked(chance, "two_goods")
    for _ in range(chance.randrange(1, 3) if command[0] != "compare" else 0):
        command += ["--set", change(chance)]
    yield command


@kind
def models(chance: Random, folder: Path) -> Iterator[Sequence[str]]:
    """A good economy and a model file with something wrong in it."""
    name = chance.choice(question_names())
    content = (shipped("models") / f"{name}.toml").read_bytes()
    lines = content.decode().splitlines()
    if chance.random() < 0.5:
        content = re.sub(rb"(?m)^floor *=.*", f"floor = {chance.choice(_LEVELS)}".encode(), content)
        if chance.random() < 0.5:
            names = chance.sample(sorted(FAMILIES), chance.randrange(len(FAMILIES) // 2, len(FAMILIES)))
            content = re.sub(rb"families *= *\[[^]]*\]", f"families = {json.dumps(names)}".encode(), content)
    elif chance.random() < 0.7:
        at = chance.randrange(len(lines))
        key = lines[at].partition("=")[0].strip() or "floor"
        odd = ("1", "-1", "true", '"x"', "[]", "[1]", "{}", "nan", "inf", "1e400", '["capacity"]', '""', "2000-01-01")
        lines[at] = f"{key} = {chance.choice(odd)}"
        content = "\n".join(lines).encode()
    else:
        content = noise(chance, content)
    (folder / "mine.toml").write_bytes(content)
    what = chance.choice(
        (("solve", "--out", "out"), ("export", "--format", "lp", "--out", "-"), ("sensitivity", "--out", "out"))
    )
    yield [
        what[0],
        chance.choice(("two_goods", "two_goods", "williams", "leontief")),
        *what[1:],
        "--model",
        "mine.toml",
    ]


@cache
def _runs() -> tuple[Files, ...]:
    """One run of most kinds, made once."""
    asked = (
        ("solve", "two_goods"),
        ("feasibility", "two_goods", "--plan", "ambitious"),
        ("feasibility", "two_goods", "--plan", "all"),
        ("sensitivity", "two_goods"),
        ("uncertainty", "two_goods", "--samples", "4", "--workers", "1"),
        ("backtest", "two_goods"),
        ("diagnose", str(HERE.parent / "instances" / "galenet.mps")),
    )
    found = []
    for command in asked:
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            CliRunner().invoke(main, [*command, "--out", "run"])
            shutil.rmtree("run/charts", ignore_errors=True)
            found.append(_read(Path("run")))
    return tuple(found)


@kind
def runs(chance: Random, folder: Path) -> Iterator[Sequence[str]]:
    """A run folder in which somebody has been."""
    files = chance.choice(_runs())
    small = {name: content for name, content in files.items() if len(content) < 60_000}
    _write(folder / "run", {**files, **spoiled(chance, small, 2)})
    if chance.random() < 0.3:
        document = chance.choice(("summary.json", "manifest.json", "diagnosis.json"))
        path = folder / "run" / document
        if path.is_file():
            with contextlib.suppress(ValueError):
                path.write_text(json.dumps(_other(chance, json.loads(path.read_bytes()))), encoding="utf-8")
    yield ["verify", "run"]
    yield chance.choice(
        (
            ["report", "run"],
            ["compare", "run", "plan=cautious", "--economy", "two_goods", "--out", "out"],
            ["verify", "run"],
        )
    )


def _other(chance: Random, document: Any) -> Any:
    """A JSON document with one value other than it was."""
    if isinstance(document, dict) and document:
        key = chance.choice(sorted(document))
        return (
            {**document, key: _other(chance, document[key])}
            if chance.random() < 0.9
            else {k: v for k, v in document.items() if k != key}
        )
    if isinstance(document, list) and document:
        at = chance.randrange(len(document))
        return [*document[:at], _other(chance, document[at]), *document[at + 1 :]]
    return chance.choice(
        (None, True, -1, 0, 1.5, 1e300, float("nan"), "", "x", "../../etc/passwd", [], {}, [None], {"x": 1})
    )


@cache
def _programs() -> tuple[tuple[str, bytes], ...]:
    """Small linear programs in both formats."""
    known = [
        *sorted((HERE.parent / "diagnosis" / "cases").rglob("*.[lm]p*")),
        *sorted((HERE.parent / "instances").glob("*.mps")),
    ]
    return tuple((path.suffix, path.read_bytes()) for path in known if path.stat().st_size < 6_000)


@kind
def programs(chance: Random, folder: Path) -> Iterator[Sequence[str]]:
    """A linear program with something wrong in its file."""
    suffix, content = chance.choice(_programs())
    if chance.random() < 0.7:
        content = b"".join(renumbered(chance, re.split(rb"(\s+)", content)))
    for _ in range(chance.choice((0, 0, 1, 2))):
        content = noise(chance, content)
    (folder / f"mine{suffix}").write_bytes(content)
    yield ["diagnose", f"mine{suffix}", "--effort", "0.05", *(["--out", "out"] if chance.random() < 0.2 else [])]
