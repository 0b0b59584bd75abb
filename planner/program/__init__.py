"""Sparse block algebra for linear and mixed-integer programs; knows no economics."""

from planner.program.expression import (
    Codes,
    Expression,
    Matrix,
    Statement,
    Variable,
    Vector,
    lag,
    powers,
    select,
    to_the,
    total,
)
from planner.program.program import Block, LinearProgram, Rows, assemble

__all__ = [
    "Block",
    "Codes",
    "Expression",
    "LinearProgram",
    "Matrix",
    "Rows",
    "Statement",
    "Variable",
    "Vector",
    "assemble",
    "lag",
    "powers",
    "select",
    "to_the",
    "total",
]
