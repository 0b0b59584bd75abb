"""Tables of a run for papers: LaTeX with the rules of booktabs, and HTML that pastes into a word processor."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from html import escape

from planner.formulation.tex import as_text
from planner.language.printable import printable
from planner.reporting.page.grid import PageGrid, grid
from planner.reporting.page.kinds import kind_of
from planner.reporting.page.shapes import SHAPES
from planner.reporting.page.views import view_of
from planner.reporting.run.read import Run

__all__ = ["FORMS", "tables_for_papers"]

_OTHERS = ("targets", "verdicts", "relaxation", "decomposition", "horizon", "binding")
_CELL = "border-bottom: 1px solid #d0d0d0; padding: 2pt 6pt; text-align: {}; vertical-align: top"


def tables_for_papers(run: Run, form: str) -> str:
    """The tables that answer the question of a run, as one text.

    Args:
        run: of any kind.
        form: ``latex`` or ``html``.
    """
    return FORMS[form](run)


def _grids(run: Run) -> Iterator[PageGrid]:
    """The main table of the kind of run, then others that are read first; long ones stand in their files alone."""
    for name in dict.fromkeys((kind_of(run).table, *_OTHERS)):
        table = run.table(name)
        if not len(table):
            continue
        shaped = SHAPES[name](run, table) if name in SHAPES else table
        made = grid(name, shaped, view_of(name), run, ready=name in SHAPES)
        if made.rows:
            yield made


def _latex(run: Run) -> str:
    parts = ["% needs \\usepackage{booktabs}"]
    for shown in _grids(run):
        sides = "".join("r" if head.number else "l" for head in shown.heads)
        rows = [" & ".join(_tex(cell.text) for cell in row) + r" \\" for row in shown.rows]
        parts += [
            "",
            r"\begin{table}",
            rf"\caption{{{as_text(f'{shown.view.title}. {shown.view.says}'.strip())}}}",
            rf"\begin{{tabular}}{{{sides}}}",
            r"\toprule",
            " & ".join(as_text(head.name) for head in shown.heads) + r" \\",
            r"\midrule",
            *rows,
            r"\bottomrule",
            r"\end{tabular}",
            rf"\par\smallskip{{\footnotesize {_tex(run.source_line())}}}",
            r"\end{table}",
        ]
    return "\n".join([*parts, ""])


def _tex(text: str) -> str:
    r"""Text of the data as LaTeX, whatever stands in it.

    >>> _tex("50 % – 60 %")
    '50 \\% -- 60 \\%'
    """
    return as_text(printable(text).replace("–", "--"))


def _html(run: Run) -> str:
    parts = [
        f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{_shown(run.title)}</title></head>\n<body>'
    ]
    for shown in _grids(run):
        sides = [_CELL.format("right" if head.number else "left") for head in shown.heads]
        heads = "".join(
            f'<th scope="col" style="{side}">{_shown(h.name)}</th>' for h, side in zip(shown.heads, sides, strict=True)
        )
        parts.append(f'<table style="border-collapse: collapse">\n<caption>{_shown(shown.view.title)}</caption>')
        parts.append(f"<thead><tr>{heads}</tr></thead>\n<tbody>")
        for row in shown.rows:
            cells = "".join(f'<td style="{side}">{_shown(c.text)}</td>' for c, side in zip(row, sides, strict=True))
            parts.append(f"<tr>{cells}</tr>")
        parts.append(f"</tbody>\n</table>\n<p><small>{_shown(run.source_line())}</small></p>")
    return "\n".join([*parts, "</body>\n</html>", ""])


def _shown(text: str) -> str:
    return escape(printable(text))


FORMS: Mapping[str, Callable[[Run], str]] = {"latex": _latex, "html": _html}
