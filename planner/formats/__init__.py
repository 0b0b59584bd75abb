"""Foreign models: strict readers of MPS and CPLEX LP files in exact decimals, and a writer of LP files."""

from planner.formats.read import ENDINGS, ModelError, Reading, read
from planner.formats.write_lp import lp_text

__all__ = ["ENDINGS", "ModelError", "Reading", "lp_text", "read"]
