"""Chains of economies: the state a plan leaves behind, and one program over several economies."""
