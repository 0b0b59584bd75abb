"""Solving: HiGHS, the PuLP gateway, and what a solution is."""
