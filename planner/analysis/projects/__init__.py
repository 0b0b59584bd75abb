"""Programmes of projects that are built as wholes."""
