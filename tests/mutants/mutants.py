"""Mutants: one line of the program changed, as Cosmic Ray's operators change it, in an order that a seed fixes.

A mutant is known by its file, its function, the line as it was and as it became; none of that moves when code elsewhere does. Nor
does its place in the order, so that a sample taken after a change is the earlier one but for what was changed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator

from tests.mutants.places import annotations, symbols

# whatever decides an answer: the mathematics, the facts, what is concluded of them, solving and proving
FOLDERS = (
    "planner/formulation",
    "planner/economy",
    "planner/analysis/shares",
    "planner/analysis/feasibility",
    "planner/analysis/sensitivity",
    "planner/solver",
    "planner/proof",
)
TEXTS = {"codes.py", "codes_models.py"}  # nothing but sentences
GUARDS = ("strict=", "frozen=")  # against mistakes that the program does not make
# Of Cosmic Ray's operators those whose mutants are of a kind that people write by mistake: a sign, a bound that is or is not
# counted in, an end taken for the other, one too many, a question asked the wrong way round.
OPERATORS = (
    *(
        f"ReplaceBinaryOperator_{pair}"
        for pair in ("Add_Sub", "Sub_Add", "Mul_Div", "Div_Mul", "BitAnd_BitOr", "BitOr_BitAnd")
    ),
    *(f"ReplaceComparisonOperator_{pair}" for pair in ("Lt_LtE", "LtE_Lt", "Gt_GtE", "GtE_Gt")),
    *(f"ReplaceComparisonOperator_{pair}" for pair in ("Lt_GtE", "LtE_Gt", "Gt_LtE", "GtE_Lt")),
    *(f"ReplaceComparisonOperator_{pair}" for pair in ("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is")),
    *(f"ReplaceUnaryOperator_Delete_{name}" for name in ("USub", "Invert", "Not")),
    "NumberReplacer",
    "ReplaceTrueWithFalse",
    "ReplaceFalseWithTrue",
    "ReplaceAndWithOr",
    "ReplaceOrWithAnd",
    "AddNot",
    "ReplaceBreakWithContinue",
    "ReplaceContinueWithBreak",
    "ZeroIterationForLoop",
)


class Mutant(NamedTuple):
    """One change that can be made.

    Args:
        file: path inside the tree.
        symbol: function or class, ``""`` for the module.
        line: number of the line, from one.
        was: the line, without the spaces around it.
        became: the line as it becomes.
        code: the whole file as it becomes.
    """

    file: str
    symbol: str
    line: int
    was: str
    became: str
    code: str


class _Place(NamedTuple):
    """Where an operator can change something, and its number among all such places of the file."""

    rank: bytes
    source: _Source
    operator: str
    occurrence: int
    line: int


class _Source:
    """A file and what is found in it."""

    def __init__(self, tree: Path, path: Path) -> None:
        self.file = path.relative_to(tree).as_posix()
        self.text = path.read_text(encoding="utf-8")
        self.lines = self.text.splitlines()

    @cached_property
    def symbols(self) -> list[str]:
        return symbols(self.text)

    def places(self, seed: int) -> Iterator[_Place]:
        types = annotations(self.text)
        nodes = list(ast_nodes(get_ast(self.text)))
        alike: Counter[str] = Counter()
        for name in OPERATORS:
            operator = _operator(name)
            spots = (spot for node in nodes for spot in operator.mutation_positions(node))
            for occurrence, ((line, column), _) in enumerate(spots):
                was = self.lines[line - 1].strip()
                if "TYPE_CHECKING" in was or self.lines[line - 1][:column].endswith(GUARDS):
                    continue
                if any(first <= (line, column) < last for first, last in types):
                    continue
                key = f"{seed} {self.file} {self.symbols[line - 1]} {name} {was}"
                alike[key] += 1
                rank = sha256(f"{key} {alike[key]}".encode()).digest()
                yield _Place(rank, self, name, occurrence, line)

    def mutant(self, place: _Place) -> Mutant | None:
        """What becomes of the file there, if it is one line that changes."""
        code = mutate_code(self.text, _operator(place.operator), place.occurrence)
        if code is None or len(lines := code.splitlines()) != len(self.lines):
            return None
        changed = [number for number, (one, two) in enumerate(zip(self.lines, lines, strict=True)) if one != two]
        if len(changed) != 1:
            return None
        (at,) = changed
        return Mutant(self.file, self.symbols[at], at + 1, self.lines[at].strip(), lines[at].strip(), code)


def _operator(name: str) -> Any:
    return get_operator(f"core/{name}")()


def sources(tree: Path) -> list[Path]:
    """The files that are mutated."""
    return [path for folder in FOLDERS for path in sorted((tree / folder).rglob("*.py")) if path.name not in TEXTS]


def sample(tree: Path, size: int, seed: int, within: tuple[str, ...] = FOLDERS) -> tuple[list[Mutant], int]:
    """Mutants, and out of how many they are drawn.

    Args:
        tree: folder with ``planner``.
        size: how many at most.
        seed: decides which.
        within: with one of which a file's path begins.
    """
    files = (_Source(tree, path) for path in sources(tree))
    places = sorted(place for source in files if source.file.startswith(within) for place in source.places(seed))
    drawn = (place.source.mutant(place) for place in places)
    return list(islice((mutant for mutant in drawn if mutant is not None), size)), len(places)
