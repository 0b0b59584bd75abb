"""The table of verdicts of some cases."""

from planner.analysis.feasibility.verdicts import judged, verdict_table


def judged_table(economy, question, cases):
    """``verdicts.csv`` of some cases of an economy."""
    return verdict_table(question, cases, judged(economy, question, cases))
