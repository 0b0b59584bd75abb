"""Which opening an economy has: the record, what a plan left behind, or the larger of both."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["RECORD", "Source"]

RECORD = "record"


@dataclass(frozen=True)
class Source:
    """Where an opening position comes from.

    Args:
        state: ``run`` or ``bound``.
        run: folder of the run that left it; empty for none.
        economy: of that run.
        plan: whose figures that run was about.
        period: at whose end it was left.
        digest: SHA-256 of the table read.
        kept: whether the plan had to hand on what it found at the end of that period.
    """

    state: str
    run: str
    economy: str
    plan: str
    period: str
    digest: str
    kept: bool

    @property
    def says(self) -> str:
        """The same in a few words."""
        left = f"what the plan {self.plan or 'sought'} of {self.economy} left at the end of {self.period}"
        left += f" ({self.run})" if self.run else ""
        return (
            left
            if self.state == "run"
            else f"of every kind the larger of the record and {left}, which nobody could have had"
        )
