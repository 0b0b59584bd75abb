"""A run as a folder: its name, its files, its manifest, its proofs."""
