"""Proofs in exact arithmetic, the tables they are written to, and the checker that needs nothing but Python."""
