"""The mathematics: one constraint family a file, from an economy and a question to a linear program."""

from planner.formulation.formulate import Formulation, formulate
from planner.formulation.question import Question, closure, load_question, question_names
from planner.formulation.registry import FAMILIES, Family

__all__ = [
    "FAMILIES",
    "Family",
    "Formulation",
    "Question",
    "closure",
    "formulate",
    "load_question",
    "question_names",
]
