"""Uncertainty (in work)."""
