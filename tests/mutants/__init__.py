"""Mutants: the program with one line changed. Tests that do not notice are missing something, or nothing depends on the change.

``make mutants`` runs every test that is not slow once under Coverage, to know which tests run which line and what each costs; draws
changes that a seed fixes; and runs, in a copy of the tree under ``build/mutants``, the tests that run the changed line, the cheapest
first, until one fails. What was found is kept as it comes, and a run that was ended goes on. Mutants that survive stand in
``survivors.csv`` with the reason why they cannot matter, or get a test.

The changes are those of Cosmic Ray. Of the tools that are kept up it is the one that takes this code as it is: mutmut, the other,
leaves out every function with a decorator, which here are all families, objectives, measures and properties; mutatest has had no
release since 2022. Cosmic Ray runs the same tests upon every mutant, so which tests, and in which order, is found here.
"""
