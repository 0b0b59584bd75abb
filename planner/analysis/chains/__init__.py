"""Chains of economies: whether one can begin with what another left, and one program over several."""
