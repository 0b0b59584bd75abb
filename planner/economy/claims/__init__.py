"""Statements about a plan and the declared tests that set them beside the tables."""

from planner.economy.claims.language import KINDS, OUTSIDE, SCALE, Check, LookupTerm, UnreadableError, read_test

__all__ = ["KINDS", "OUTSIDE", "SCALE", "Check", "LookupTerm", "UnreadableError", "read_test"]
