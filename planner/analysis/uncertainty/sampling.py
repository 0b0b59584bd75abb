"""What is drawn and how, and where draws are solved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.analysis.uncertainty.condition import Condition

__all__ = ["Cluster", "Sampling"]

SAMPLES = {"random": 1000, "sobol": 128, "morris": 10}  # usual size of each design
GROUPED = {"sobol": "table"}  # usual grouping of a design's indices; of the others by single numbers


@dataclass(frozen=True)
class Sampling:
    """What is drawn, and how.

    Args:
        samples: size of the design; 0 for the usual one.
        seed: of all chance.
        design: ``random`` for independent draws, ``sobol`` for (groups + 2) × samples, ``morris`` for samples × (factors + 1).
        by: how factors are grouped for indices: ``number``, ``table``, ``source`` or ``verified``; empty for the usual one.
        sharing: numbers that share a draw: ``periods`` of one row, all that cite one ``source``, or ``none``.
        distribution: of every range: ``triangular``, ``uniform`` or ``loguniform``.
        distributions: of the ranges of single tables, by table.
        keep: draw only so many groups, those that change most in a screening; 0 for all.
        condition: which draws are counted; ``None`` for all.
        each_target: whether the share of each target is found in every draw; ``None`` for where the question asks
            for such shares and the design is random.
    """

    samples: int = 0
    seed: int = 1
    design: str = "random"
    by: str = ""
    sharing: str = "periods"
    distribution: str = "triangular"
    distributions: Mapping[str, str] = field(default_factory=dict)
    keep: int = 0
    condition: Condition | None = None
    each_target: bool | None = None

    @property
    def size(self) -> int:
        """Size of the design."""
        return self.samples or SAMPLES.get(self.design, 0)

    @property
    def grouped(self) -> str:
        """How factors are grouped for indices."""
        return self.by or GROUPED.get(self.design, "number")


@dataclass(frozen=True)
class Cluster:
    """Where draws are solved; the answer is the same anywhere.

    Args:
        workers: processes; 0 for one a core.
        backend: ``local`` or ``dask``.
        address: of the Dask scheduler, such as ``tcp://localhost:8786``.
    """

    workers: int = 0
    backend: str = "local"
    address: str = ""
