"""What is the matter with a linear program of anybody's: exact verdicts, proofs, conflicts and cures."""
