"""Economies that begin where another ends: which opening, one program over several, and plans one after the other."""
