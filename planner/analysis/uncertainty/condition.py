"""The condition under which draws are counted: that what happened was possible."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ALL", "HOLD_OUT", "Condition"]

HOLD_OUT, ALL = "hold-out", "all"


@dataclass(frozen=True)
class Condition:
    """That a draw admits what happened.

    Args:
        span: ``hold-out`` (the years that the calibration did not see) or ``all``.
        tolerance: share of every actual figure that must be possible at once.
    """

    span: str = HOLD_OUT
    tolerance: float = 0.99

    @property
    def text(self) -> str:
        """As it is written.

        >>> Condition.read(Condition("all", 0.95).text) == Condition("all", 0.95)
        True
        """
        return f"backtest:{self.span}:{self.tolerance:g}"

    @classmethod
    def read(cls, text: str) -> Condition:
        """A condition as it is written: ``backtest``, ``backtest:0.99``, ``backtest:all`` or ``backtest:all:0.95``.

        Args:
            text: as written.

        Raises:
            ValueError: it cannot be understood.

        >>> Condition.read("backtest:all:0.95")
        Condition(span='all', tolerance=0.95)
        """
        head, *rest = text.split(":")
        span, tolerance = HOLD_OUT, 0.99
        for word in rest:
            if word in (ALL, HOLD_OUT):
                span = word
                continue
            try:
                tolerance = float(word)
            except ValueError:
                tolerance = float("nan")
            if not 0.0 < tolerance <= 1.0:
                raise ValueError(f'"{word}" is neither "all" nor a share of the actual figures above 0 and up to 1.')
        if head != "backtest":
            raise ValueError(f'"{text}" is no condition; write backtest, backtest:0.99 or backtest:all.')
        return cls(span, tolerance)
