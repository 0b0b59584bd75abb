"""The question as a model file: which families, which objective, which closure. No facts and no code."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from planner.economy import DataError, Finding
from planner.economy.extensions import extend
from planner.economy.findings import did_you_mean
from planner.economy.schema import MOST_FLOOR
from planner.files import toml
from planner.formulation.keys import FLOORS, TERM, keys, nested
from planner.formulation.named import SHARE_OF, SteadyRule
from planner.formulation.objectives import OBJECTIVES, Objective
from planner.formulation.projects.requirements import ProjectRules
from planner.formulation.registry import FAMILIES
from planner.shipped import shipped

_FLOOR = "consumption_floor"  # the family that holds a floor
_STEADY = "steady"  # the family that holds outputs to those of the period before
USUAL = "five_year"  # the model where neither the user nor the economy names one


@dataclass(frozen=True)
class Term:
    """One term of a user's own objective: weight times a measure of an item in a period (or ``a..b``)."""

    measure: str
    item: str
    period: str
    weight: float = 1.0


@dataclass(frozen=True)
class Question:
    """A model file, read and checked.

    Args:
        name: file name without its ending.
        title: what is asked, in a sentence.
        families: constraint families in force.
        objective: one of the registered ones.
        files: every file read, the last extended first.
        digests: the SHA-256 of each.
        leaves_out: families left out on purpose, of whose facts no warning is given.
        basis: ``level`` or ``growth`` over the base period.
        groups: groups of products whose output figures alone are tested; empty for all figures.
        without: items whose targets are left out.
        floor: closure of consumption: ``promised``, ``base``, ``subsistence``, ``actual`` or a share of the base level.
        floor_by_period: the same in its place, for single periods or ``a..b``.
        steady: how far outputs may fall, where the family ``steady`` is in force.
        then: a second objective, by which the plan is chosen among those at the optimum; empty for none.
        terminal: ``none`` or ``sustain``.
        sense: of the user's own objective.
        terms: its terms.
        discount: per period, for the consumption objective.
        consumption_period: its one period, if any.
        capital_weights: weight of each capacity in the last period, for the terminal_capital objective.
        projects: how projects are treated, where the family ``project`` is in force.
        currency: of objectives that are about money; empty for the only one there is.
        money_discount: rate a period of these objectives, in place of that of the economy; ``None`` for that one.
        share_weights: whether in proportional shares every series of figures has one vote, or every figure.
        given: what the file says of the keys of its objective, by name with a dot.
        annual: whether the horizon is the one period of the targets, from the state of the period before.
    """

    name: str
    title: str
    families: tuple[str, ...]
    objective: str
    files: tuple[Path, ...] = ()
    leaves_out: tuple[str, ...] = ()
    basis: str = "level"
    groups: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    floor: str | float = "base"
    floor_by_period: Mapping[str, str | float] = field(default_factory=dict)
    steady: SteadyRule = field(default_factory=SteadyRule)
    then: str = ""
    terminal: str = "none"
    sense: Literal["max", "min"] = "max"
    terms: tuple[Term, ...] = ()
    discount: float = 0.0
    consumption_period: str = ""
    capital_weights: Mapping[str, float] = field(default_factory=dict)
    currency: str = ""
    money_discount: float | None = None
    share_weights: Literal["series", "rows"] = "series"
    given: Mapping[str, Any] = field(default_factory=dict)
    annual: bool = False
    projects: ProjectRules = field(default_factory=ProjectRules)
    digests: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Hold a floor to what it may be, however the question was put together."""
        object.__setattr__(self, "floor", closure(self.floor))
        object.__setattr__(self, "floor_by_period", {text: closure(one) for text, one in self.floor_by_period.items()})

    @property
    def file(self) -> str:
        """Name of the model file, or of a question that has none."""
        return self.files[0].name if self.files else self.name

    @property
    def in_force(self) -> frozenset[str]:
        """The families of the question, with those that hold in every one and the one its terminal condition brings along."""
        always = {name for name, family in FAMILIES.items() if family.always}
        return frozenset({*self.families, *always, *({"terminal"} if self.terminal == "sustain" else ())})

    @property
    def floor_in_force(self) -> str | float | None:
        """The closure of consumption, with that of single periods; ``None`` where the question has no floor at all."""
        if _FLOOR not in self.in_force:
            return None
        own = ", ".join(f"{floor} in {text}" for text, floor in self.floor_by_period.items())
        return f"{self.floor}, but {own}" if own else self.floor

    @property
    def in_parts(self) -> Question:
        """The same question with projects built in parts: linear, so that every measure and price has its meaning."""
        return replace(self, projects=replace(self.projects, built="parts"))

    @property
    def share_unit(self) -> str:
        """What a share of the targets is a share of."""
        return SHARE_OF[self.basis]

    @property
    def sought(self) -> Objective:
        """The objective, as it is registered."""
        return OBJECTIVES[self.objective]

    @property
    def objectives(self) -> tuple[str, ...]:
        """The objective, and the second one where there is one."""
        return (self.objective, self.then) if self.then else (self.objective,)

    @property
    def wants_targets(self) -> bool:
        """Whether the question is about official figures."""
        return self.sought.needs_targets


def closure(floor: str | float) -> str | float:
    """A floor as written: one of the words, or a share of the base level.

    Args:
        floor: a word, a number, or the text of a number.

    Raises:
        DataError: neither, or so large a number that per cent must be meant.

    >>> closure("base"), closure("0.45"), closure(1)
    ('base', 0.45, 1.0)
    """
    if floor in FLOORS:
        return floor
    wrong = unfit_floor(floor)
    if wrong:
        raise DataError([Finding("E174", "", (), "floor", str(floor), wrong)])
    return float(floor)


def with_floor(question: Question, floor: str | float) -> Question:
    """The question with another floor, in every period.

    Args:
        question: which must have one.
        floor: as written.

    Raises:
        DataError: it is no floor, or the question has none that it could take the place of.
    """
    if question.floor_in_force is None:
        said = _in_vain(floor, f'the question "{question.name}"')
        raise DataError([Finding("E174", "--floor", (), "", str(floor), said)])
    return replace(question, floor=floor, floor_by_period={})


def _in_vain(floor: str | float, question: str) -> str:
    return (
        f'A floor of "{floor}" would change nothing: {question} does not have the family "{_FLOOR}". Leave the floor out, '
        "or add the family."
    )


def unfit_floor(floor: object) -> str:
    """Why something is no floor, and what to write; nothing where it is one.

    >>> unfit_floor(0.45), unfit_floor("base")
    ('', '')
    >>> unfit_floor(45)
    'A floor of 45 would be 45 times the base level. For 45 per cent write 0.45.'
    """
    if isinstance(floor, str) and floor in FLOORS:
        return ""
    text = str(floor).strip()
    try:
        share = float("nan") if isinstance(floor, bool) else float(text.removesuffix("%"))
    except ValueError:
        share = float("nan")
    if not 0.0 <= share < float("inf"):
        near = did_you_mean(floor, FLOORS) if isinstance(floor, str) else ""
        return f'"{floor}" is neither {", ".join(FLOORS)} nor a share of the base level, such as 0.9.{near}'
    if text.endswith("%"):
        return f"A floor is a share of the base level. For {share:g} per cent write {share / 100:g}."
    if share > MOST_FLOOR:
        return f"A floor of {share:g} would be {share:g} times the base level. For {share:g} per cent write {share / 100:g}."
    return ""


def question_names() -> list[str]:
    """Names of the questions in ``./models`` and of those shipped."""
    return sorted({path.stem for folder in (Path("models"), shipped("models")) for path in folder.glob("*.toml")})


def load_question(model: str | Path = USUAL, package: str | Path | None = None) -> Question:
    """Read a model file: the path as given, then that of the package, then ``./models/NAME.toml``, then the shipped one.

    Args:
        model: name or path.
        package: folder of an economy, whose folder ``models`` may hold questions of its own.

    Raises:
        DataError: with everything that is wrong with it, at once.
    """
    extend()
    findings: list[Finding] = []
    read: dict[Path, str] = {}
    content = _merged(model, read, findings, str(model), None if package is None else Path(package) / "models")
    files = list(read)
    if not findings:
        findings = _misfits(content, nested(keys()), files[0].name, "")
    if not findings:
        findings = _contradictions(content, files[0].name)
    if findings:
        raise DataError(findings, files[0].parent if files else "")
    own = content.get("own", {})
    horizon, households, rule = (content.get(table, {}) for table in ("horizon", "consumption", "steady"))
    floor = households.get("floor", "base")
    return Question(
        files[0].stem,
        content.get("title", files[0].stem),
        tuple(content["families"]),
        content["objective"],
        tuple(files),
        leaves_out=tuple(content.get("leaves_out", [])),
        basis=content.get("targets", {}).get("basis", "level"),
        groups=tuple(str(group) for group in content.get("targets", {}).get("groups", [])),
        without=tuple(str(item) for item in content.get("targets", {}).get("without", [])),
        floor=floor,
        floor_by_period=households.get("floor_by_period", {}),
        steady=SteadyRule(float(rule.get("fall", 0.0)), tuple(str(group) for group in rule.get("groups", []))),
        then=content.get("then", ""),
        terminal=content.get("terminal", {}).get("condition", "none"),
        sense=own.get("sense", "max"),
        terms=tuple(
            Term(t["measure"], t["item"], str(t["period"]), float(t.get("weight", 1.0))) for t in own.get("terms", [])
        ),
        discount=float(households.get("discount", 0.0)),
        consumption_period=str(households.get("period", "")),
        capital_weights=content.get("terminal_capital", {}).get("weights", {}),
        currency=content.get("money", {}).get("currency", ""),
        money_discount=content.get("money", {}).get("discount"),
        share_weights=content.get("proportional", {}).get("weights", "series"),
        given=_given(content),
        annual=horizon.get("periods", "all") == "targets",
        projects=ProjectRules(**content.get("projects", {})),
        digests=tuple(read.values()),
    )


def _given(content: Mapping[str, Any]) -> dict[str, Any]:
    """Keys of the file's objectives, by name with a dot."""
    sought = [content[key] for key in ("objective", "then") if content.get(key)]
    pairs = (name.split(".") for one in sought for name in OBJECTIVES[one].keys)
    return {f"{table}.{key}": content[table][key] for table, key in pairs if key in content.get(table, {})}


def _merged(
    model: str | Path, files: dict[Path, str], findings: list[Finding], asked: str, beside: Path | None
) -> dict[str, Any]:
    """The file and, under it, all that it extends, tables merged key by key; ``files`` takes the SHA-256 of each."""
    path = _find(model, beside)
    if path is None:
        findings.append(
            Finding(
                "E170",
                asked if files else "",
                (),
                "extends" if files else "",
                str(model),
                f'There is no model "{model}".{did_you_mean(str(model), question_names())}',
            )
        )
        return {}
    if path in files:
        findings.append(
            Finding("E171", path.name, (), "extends", str(model), "The model extends itself, directly or in a ring.")
        )
        return {}
    files[path] = ""
    try:
        text = toml.text_of(path)
        files[path] = hashlib.sha256(text.encode()).hexdigest()
        content = toml.parsed(text)
    except (OSError, ValueError) as error:
        findings.append(Finding("E172", path.name, (), "", "", f"The file cannot be read as TOML: {error}."))
        return {}
    if not isinstance(content.get("extends", ""), str):
        return content
    below = _merged(content.pop("extends"), files, findings, path.name, path.parent) if "extends" in content else {}
    merged = dict(below)
    for key, value in content.items():
        both = isinstance(value, dict) and isinstance(merged.get(key), dict)
        merged[key] = {**merged[key], **value} if both else value
    return merged


def _find(model: str | Path, beside: Path | None) -> Path | None:
    name = f"{model}.toml"
    places = [Path(model), Path("models") / name, shipped("models") / name]
    if beside is not None:
        places.insert(1, beside / name)
    with suppress(OSError):  # a name may be too long to be one
        return next((place.resolve() for place in places if place.is_file()), None)
    return None


def _misfits(content: Mapping[str, Any], keys: Mapping[str, Any], file: str, inside: str) -> list[Finding]:
    """Unknown keys and values of the wrong kind."""
    findings = []
    for key, value in content.items():
        name = f"{inside}{key}"
        if key not in keys:
            sentence = (
                f'There is no key "{name}" in a model file.{did_you_mean(key, keys)} It would be a slip to ignore it.'
            )
            findings.append(Finding("E173", file, (), name, "", sentence))
        elif isinstance(keys[key], dict):
            if isinstance(value, dict):
                findings += _misfits(value, keys[key], file, f"{name}.")
            else:
                findings.append(Finding("E174", file, (), name, str(value), f"[{name}] is a table of keys."))
        elif not _fits(value, keys[key]):
            findings.append(
                Finding("E174", file, (), name, str(value), f"{name} is {_wanted(keys[key])}, not {value!r}.")
            )
    return findings


def _fits(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, tuple):
        return value in [w for w in wanted if isinstance(w, str)] or any(
            _fits(value, w) for w in wanted if not isinstance(w, str)
        )
    if wanted is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= abs(value) < float("inf")
    return isinstance(value, wanted) and not isinstance(value, bool)


def _wanted(wanted: Any) -> str:
    words = {int: "a whole number", float: "a number", str: "text", list: "a list", dict: "a table"}
    if isinstance(wanted, tuple):
        return " or ".join(words[w] if isinstance(w, type) else f'"{w}"' for w in wanted)
    return words[wanted]


def _contradictions(content: Mapping[str, Any], file: str) -> list[Finding]:
    """What a well-formed file may still get wrong."""
    findings = []

    def say(code: str, key: str, value: str, sentence: str) -> None:
        findings.append(Finding(code, file, (), key, value, sentence))

    if content.get("schema") != 1:
        say(
            "E175",
            "schema",
            str(content.get("schema", "")),
            "The file must say `schema = 1`: the form of model files this program reads.",
        )
    for key in ("families", "objective"):
        if key not in content:
            say("E175", key, "", f"The file does not say its {key}.")
    families = [name for name, f in FAMILIES.items() if f.part_of == name and not f.always]
    for key in ("families", "leaves_out"):
        for name in content.get(key, []):
            if name not in families:
                wrong = f'There is no constraint family "{name}".{did_you_mean(str(name), families)}'
                say("E176", key, str(name), wrong)
    objective = content.get("objective")
    if objective in OBJECTIVES and OBJECTIVES[objective].needs_targets and "target" not in content.get("families", []):
        say(
            "E177",
            "families",
            "",
            f'The objective "{objective}" is about targets, but the family "target" is not among the families.',
        )
    second = content.get("then", "")
    if second and second == objective:
        say(
            "E177", "then", second, f'The second objective is the first: "{second}". Leave it out, or name another one.'
        )
    terms = content.get("own", {}).get("terms", [])
    if "own" in (objective, second) and not terms:
        say("E177", "own.terms", "", 'The objective "own" needs terms: what is to be made most or least of.')
    for number, term in enumerate(terms, start=1):
        if not isinstance(term, dict) or not {"measure", "item", "period"} <= set(term):
            say(
                "E177",
                f"own.terms[{number}]",
                str(term),
                "A term names a measure, an item and a period, and may carry a weight.",
            )
        else:
            findings += _misfits(
                {k: str(v) if k == "period" else v for k, v in term.items()}, TERM, file, f"own.terms[{number}]."
            )
    return findings + _unfit_floors(content, file) + _unfit_steadiness(content, file)


def _unfit_floors(content: Mapping[str, Any], file: str) -> list[Finding]:
    """Floors, of all periods and of single ones, that are none or would change nothing."""
    findings, there = [], _FLOOR in content.get("families", [])
    floors = {"floor": content.get("consumption", {}).get("floor", 1.0)}
    own = content.get("consumption", {}).get("floor_by_period", {})
    for key, floor in {**floors, **{f"floor_by_period.{text}": floor for text, floor in own.items()}}.items():
        wrong = unfit_floor(floor)
        if not wrong and not there and (key != "floor" or floor not in (1.0, "base")):
            wrong = _in_vain(floor, "the question")
        if wrong:
            findings.append(Finding("E174", file, (), f"consumption.{key}", str(floor), wrong))
    return findings


def _unfit_steadiness(content: Mapping[str, Any], file: str) -> list[Finding]:
    """A rule of steadiness that would change nothing, or that is none."""
    rule = content.get("steady", {})
    if rule and _STEADY not in content.get("families", []):
        wrong = f'This would change nothing: the question does not have the family "{_STEADY}". Leave it out, or add the family.'
        return [Finding("E174", file, (), "steady", "", wrong)]
    if not 0.0 <= rule.get("fall", 0.0) <= 1.0:
        wrong = "A fall is a share of the output of the period before, from 0 (none may fall) to 1 (all may)."
        return [Finding("E174", file, (), "steady.fall", str(rule["fall"]), wrong)]
    return []
