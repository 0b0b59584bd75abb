"""Charts, each drawn from a run."""
