"""Where code stands: the function of every line, and what is said for the reader of types alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator

Span = tuple[tuple[int, int], tuple[int, int]]


def symbols(source: str) -> list[str]:
    """For every line the qualified name of the function or class it stands in, ``""`` for the module itself.

    >>> symbols("x = 1\\nclass A:\\n    def f(self):\\n        return 2\\n")
    ['', 'A', 'A.f', 'A.f']
    """
    found = [""] * len(source.splitlines())
    for name, node in _defined(ast.parse(source), ""):
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        found[first - 1 : node.end_lineno] = [name] * ((node.end_lineno or first) - first + 1)
    return found


Defined = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _defined(tree: ast.AST, outer: str) -> Iterator[tuple[str, Defined]]:
    """Functions and classes with their names, outer ones first."""
    for node in ast.iter_child_nodes(tree):
        name = outer
        if isinstance(node, Defined):
            name = f"{outer}.{node.name}".lstrip(".")
            yield name, node
        yield from _defined(node, name)


def annotations(source: str) -> list[Span]:
    """Where types are written: nothing of it is run."""
    nodes = [
        part
        for node in ast.walk(ast.parse(source))
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if isinstance(part, ast.expr)
    ]
    return [((n.lineno, n.col_offset), (n.end_lineno or n.lineno, n.end_col_offset or n.col_offset)) for n in nodes]


def run_on_import(source: str) -> set[int]:
    """Lines that run when the module is imported: all that stand in no function's body.

    >>> sorted(run_on_import("x = 1\\ndef f(\\n    y=2,\\n):\\n    return y\\n"))
    [1, 2, 3, 4]
    """
    lines = set(range(1, len(source.splitlines()) + 1))
    for _, node in _defined(ast.parse(source), ""):
        if not isinstance(node, ast.ClassDef):
            lines -= set(range(node.body[0].lineno, (node.end_lineno or node.lineno) + 1))
    return lines
