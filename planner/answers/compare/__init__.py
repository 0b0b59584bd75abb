"""Runs side by side, kept in folders or asked now: what ``planner compare`` does."""

from planner.answers.compare.answer import FOLLOW, Comparison, compare
from planner.answers.compare.sides import Subject, asked_in_file

__all__ = ["FOLLOW", "Comparison", "Subject", "asked_in_file", "compare"]
