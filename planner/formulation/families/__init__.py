"""Constraint families, one file each: a decorated function that states its rows."""
