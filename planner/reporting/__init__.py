"""Answers in tables, words, charts and pages. Nothing is computed here that a plan is judged by."""
