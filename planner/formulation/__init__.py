"""The mathematics: one constraint family a file, from an economy and a question to a linear program."""

from planner.formulation.floors import closure
from planner.formulation.formulate import Formulation, formulate
from planner.formulation.model_file import load_question, question_names
from planner.formulation.named import Definition, Group
from planner.formulation.question import Question
from planner.formulation.registry import FAMILIES, Family, family

__all__ = [
    "FAMILIES",
    "Definition",
    "Family",
    "Formulation",
    "Group",
    "Question",
    "closure",
    "family",
    "formulate",
    "load_question",
    "question_names",
]
