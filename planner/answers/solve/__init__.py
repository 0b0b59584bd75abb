"""The best plan under a question: what ``planner solve`` does."""

from planner.answers.solve.answer import SolveAnswer
from planner.answers.solve.solving import solve

__all__ = ["SolveAnswer", "solve"]
