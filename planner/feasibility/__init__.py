"""How far outside the feasible region: one measure a file."""
