"""What every verb returns: tables, a summary that begins with what was asked, a sentence, charts, proofs, a run folder."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import pandas as pd

from planner.answers.base.no_plan import NoPlan
from planner.economy import Finding
from planner.economy.findings import documents
from planner.files import write_bytes
from planner.reporting.run.manifest import times
from planner.reporting.run.read import Run, as_run
from planner.reporting.run.write import plain, write_run

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from xarray import DataTree

    from planner.proof.certificate import Certificate

__all__ = ["Answer", "Plot"]

_LONGEST = 110  # characters of a headline in a repr


@dataclass(frozen=True, eq=False, repr=False)
class Answer(ABC):
    """An answered question.

    A question that no plan meets is answered too: ``reason`` says why, ``conflict`` and ``highest_floor`` say more where
    that is known, and ``value`` is nothing.

    Every answer says what it holds in the same words: ``about`` (economy, plan, scenario, corner, model, changes), a
    ``headline``, ``summary``, ``tables``, ``charts`` and ``proofs``; ``write`` puts all of it into a folder.
    """

    kind: ClassVar[str]  # of run, as manifests name it
    first: ClassVar[tuple[str, ...]] = ()  # tables that are read first
    beside: ClassVar[Literal["", "charts", "page"]] = ""  # what a run holds beside its tables

    # -- what each kind of answer says --------------------------------------------------------------------------------

    @property
    @abstractmethod
    def about(self) -> Mapping[str, Any]:
        """What was asked: economy, plan, scenario, corner, model, changes; nothing for what takes several of them."""

    @property
    @abstractmethod
    def headline(self) -> str:
        """The answer in a sentence."""

    @abstractmethod
    def _tables(self) -> Mapping[str, pd.DataFrame]:
        """Every table by name."""

    @abstractmethod
    def _found(self) -> Mapping[str, Any]:
        """What was found, in a few keys."""

    # -- what some say ------------------------------------------------------------------------------------------------

    @property
    def manifest(self) -> Mapping[str, Any]:
        """How the answer was made: versions, options, fingerprints of every input, times."""
        return {"times": times({})}

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What a reader should know: of the data, and of what the question does not read of them."""
        return ()

    @property
    def proofs(self) -> Mapping[str, Certificate]:
        """Certificates in exact arithmetic by name, where something is proved."""
        return {}

    @property
    def no_plan(self) -> NoPlan | None:
        """Why there is no plan, where there is none."""
        return None

    @property
    def holds(self) -> bool:
        """Whether there is something to write."""
        return self.no_plan is None

    @property
    def unproved(self) -> str:
        """What is left open, where a search was stopped after it had found something."""
        return ""

    @property
    def interrupted(self) -> str:
        """What is missing, where the user broke off."""
        return ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What is said beside the answer."""
        return ()

    @property
    def _facts(self) -> Mapping[str, pd.DataFrame]:
        """Every number of the data as it was used and where it comes from, where a run holds them."""
        return {}

    # -- what all say alike -------------------------------------------------------------------------------------------

    @property
    def reason(self) -> str:
        """Why there is no answer of the kind that was wanted; empty where there is one."""
        return self.no_plan.text if self.no_plan is not None else ""

    @property
    def conflict(self) -> tuple[str, ...]:
        """Rows of the program that cannot hold together, heaviest first, where there is no plan and they are known."""
        return self.no_plan.conflict if self.no_plan is not None else ()

    @property
    def highest_floor(self) -> float | None:
        """Where the floor under consumption leaves no plan: the highest one that some plan keeps, as a share of the base."""
        return self.no_plan.highest_floor if self.no_plan is not None else None

    @cached_property
    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table by name; periods are numbers where all of a column are."""
        return {name: _with_numbers(table.copy(deep=False)) for name, table in self._as_written.items()}

    @cached_property
    def _as_written(self) -> Mapping[str, pd.DataFrame]:
        """The same as they are written, made once."""
        return self._tables()

    @property
    def _files(self) -> Mapping[str, pd.DataFrame]:
        """Those of the tables that are files of a run."""
        return self._as_written

    @property
    def _documents(self) -> Mapping[str, Mapping[str, Any]]:
        """What a run says in JSON, by file stem, but for its manifest."""
        return {"summary": self.summary}

    @cached_property
    def summary(self) -> dict[str, Any]:
        """The answer in a few keys, beginning with what was asked, as in ``summary.json``; nothing where a value is none."""
        why = {"reason": self.reason, "conflict": list(self.conflict), "highest_floor": self.highest_floor}
        found: dict[str, Any] = plain(
            {
                **self.about,
                "headline": self.headline,
                **self._found(),
                **(why if self.reason else {}),
                "warnings": documents(self.warnings),
            }
        )
        return found

    @property
    def document(self) -> dict[str, Any]:
        """Summary and the tables that are read first as plain values, as ``--format json`` prints them."""
        read = {name: self.tables[name].to_dict("records") for name in self.first if name in self.tables}
        return {"summary": self.summary, **{name: plain(rows) for name, rows in read.items()}}

    @cached_property
    def run(self) -> Run:
        """The run as its folder would hold it, from which charts are drawn."""
        return as_run(self._as_written, self.summary, {"kind": self.kind, **self.manifest})

    @property
    def charts(self) -> dict[str, Callable[[], Figure]]:
        """What can be drawn, by name; drawn when called."""
        from planner.reporting.charts.registry import drawings

        return drawings(self.run)

    @property
    def plot(self) -> Plot:
        """Charts as matplotlib figures: ``answer.plot.targets()``; ``dir(answer.plot)`` lists them."""
        return Plot(self)

    def write(self, folder: str | Path, *, overwrite: bool = False) -> Path:
        """Write the run folder, whole or not at all.

        Args:
            folder: where to.
            overwrite: whether an earlier run may be replaced.

        Returns:
            The folder.

        Raises:
            OutputExists: the folder exists and may not be replaced.
        """
        from planner.reporting.page.answer import answer_table

        return write_run(
            Path(folder),
            {"answer": answer_table(self.run), **self._files, **self._facts},
            {**self._documents, "manifest": self.manifest},
            kind=self.kind,
            overwrite=overwrite,
            more=self._beside,
        )

    def _beside(self, draft: Path) -> None:
        """Charts or the page of a run."""
        if self.beside == "charts":
            from planner.reporting.charts.registry import drawn_files

            for name, data in drawn_files(self.run).items():
                write_bytes(draft / name, data)
        if self.beside == "page":
            from planner.reporting.page.page import write_page

            write_page(draft)

    def to_xarray(self) -> DataTree:
        """Every table as a dataset over the columns that tell its rows apart, in one tree by table.

        Raises:
            ModuleNotFoundError: xarray is not installed.
        """
        from planner.answers.base.cubes import tree

        return tree(self.tables)

    def __repr__(self) -> str:
        """The headline, cut."""
        said = self.headline if len(self.headline) <= _LONGEST else f"{self.headline[:_LONGEST].rstrip()}…"
        return f"<{self.kind}: {said}>"

    def _repr_html_(self) -> str:
        shown = [self.tables[name] for name in self.first if name in self.tables][:1]
        tables = "".join(table.to_html(index=False, float_format=lambda x: f"{x:.4g}", na_rep="") for table in shown)
        title = str(self.about.get("title") or "")
        said = f"<p>{f'<b>{escape(title)}</b>: ' if title else ''}{escape(self.headline)}</p>"
        return said + "".join(f"<p>{escape(line)}</p>" for line in self._notes()) + tables

    def _notes(self) -> Iterator[str]:
        """What a reader of the first table must know."""
        yield from ()


class Plot:
    """The charts of an answer, one attribute each.

    Args:
        answer: whose charts.
    """

    def __init__(self, answer: Answer) -> None:
        """Keep it."""
        self._answer = answer

    def _charts(self) -> dict[str, Callable[[], Figure]]:
        """Charts by names that can stand behind a dot."""
        return {name.replace("-", "_"): draw for name, draw in self._answer.charts.items()}

    def __getattr__(self, name: str) -> Callable[[], Figure]:
        """One chart."""
        if name.startswith("_"):
            raise AttributeError(name)
        charts = self._charts()
        if name not in charts:
            raise AttributeError(f"There is no chart {name!r} of this answer; there is: {', '.join(charts) or 'none'}.")
        return charts[name]

    def __dir__(self) -> list[str]:
        """Names of the charts."""
        return list(self._charts())

    def __repr__(self) -> str:
        """Names of the charts."""
        return f"<charts: {', '.join(self._charts()) or 'none'}>"


def _with_numbers(table: pd.DataFrame) -> pd.DataFrame:
    """A table whose periods are whole numbers, where each is one."""
    named = [name for name in ("period", "due", "end_of") if name in table and len(table)]
    whole = [name for name in named if table[name].astype(str).str.fullmatch(r"0|[1-9]\d{0,17}").all()]
    return table.astype(dict.fromkeys(whole, "int64")) if whole else table
