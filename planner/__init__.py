"""A planning optimiser: a whole economy as a single enterprise, solved for feasible targets.

Every command of the command line is a function here, with the same words for the same options::

    answer = planner.solve("ussr_1928", plan="raised_1930")
    answer.headline, answer.summary, answer.tables["targets"], answer.plot.targets(), answer.write("outputs/mine")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.analysis.uncertainty.sampling import Cluster, Sampling
    from planner.answers.backtest import backtest
    from planner.answers.base.answer import Answer
    from planner.answers.catalogue import catalogue
    from planner.answers.chain.join import join
    from planner.answers.check import check
    from planner.answers.claims import claims
    from planner.answers.compare import compare
    from planner.answers.diagnose import diagnose
    from planner.answers.execution.execute import execute
    from planner.answers.explain import explain
    from planner.answers.export import export
    from planner.answers.feasibility import assess
    from planner.answers.feasibility import assess as feasibility
    from planner.answers.frontier import frontier
    from planner.answers.ladder import ladder
    from planner.answers.money import money
    from planner.answers.near_optimal import near_optimal
    from planner.answers.pose import pose
    from planner.answers.projects import projects
    from planner.answers.regions import regions
    from planner.answers.report import report
    from planner.answers.sensitivity import sensitivity
    from planner.answers.solve import solve
    from planner.answers.uncertainty import uncertainty
    from planner.answers.verify import verify
    from planner.answers.violations import violations
    from planner.economy import DataError, Economy, load
    from planner.formulation import Question

    __version__: str

__all__ = [
    "Answer",
    "Cluster",
    "DataError",
    "Economy",
    "Question",
    "Sampling",
    "assess",
    "backtest",
    "catalogue",
    "check",
    "claims",
    "compare",
    "diagnose",
    "execute",
    "explain",
    "export",
    "feasibility",
    "frontier",
    "join",
    "ladder",
    "load",
    "money",
    "near_optimal",
    "pose",
    "projects",
    "regions",
    "report",
    "sensitivity",
    "solve",
    "uncertainty",
    "verify",
    "violations",
]

_HOME = {
    "Answer": "answers.base.answer",
    "Cluster": "analysis.uncertainty.sampling",
    "DataError": "economy",
    "Economy": "economy",
    "Question": "formulation",
    "Sampling": "analysis.uncertainty.sampling",
    "assess": "answers.feasibility",
    "execute": "answers.execution.execute",
    "feasibility": "answers.feasibility:assess",
    "join": "answers.chain.join",
    "load": "economy",
}  # where a name lives; a verb that is not here lives in the file of its name in ``planner/answers``


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for, so that the command line starts at once."""
    if name in __all__:
        module, _, own = _HOME.get(name, f"answers.{name}").partition(":")
        return getattr(import_module(f"planner.{module}"), own or name)
    if name == "__version__":
        from importlib.metadata import version

        return version("planner")
    raise AttributeError(f"module 'planner' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Every verb and type, and the version."""
    return [*__all__, "__version__"]
