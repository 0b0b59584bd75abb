"""What texts state about a plan, each statement set beside the tables."""

from planner.answers.claims.answer import ClaimsAnswer, claims

__all__ = ["ClaimsAnswer", "claims"]
