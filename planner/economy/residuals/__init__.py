"""Numbers that are what a balance leaves, and how they follow the others."""
