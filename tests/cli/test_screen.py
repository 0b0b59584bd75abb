"""What the commands print: within 80 columns, without litter, in words that `planner explain` knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from planner.cli import COMMANDS, main
from planner.cli.show import grid as layout
from planner.cli.show import pieces as terminal
from planner.reporting.dictionary.lookup import explain

RUNS = {
    "solve": ["solve", "two_goods"],
    "another question": ["solve", "two_goods", "--model", "growth"],
    "consumption": ["solve", "two_goods", "--model", "consumption"],
    "join": ["join", "ussr_1928", "ussr_1932"],
    "feasibility": ["feasibility", "two_goods", "--against", "open_trade"],
    "ladder": ["feasibility", "two_goods", "--plan", "all"],
    "backtest": ["backtest", "two_goods"],
    "near-optimal": ["near-optimal", "two_goods"],
    "sensitivity": ["sensitivity", "two_goods", "--curve", "supply:workers=0.5:2"],
    "frontier": ["frontier", "output:iron:2", "output:corn:2", "two_goods"],
    "regions": ["regions", "two_regions"],
    "uncertainty": ["uncertainty", "two_goods", "--samples", "8", "--workers", "1"],
    "execute": ["execute", "two_goods", "--tautness", "0.8:1.2:3", "--every", "--workers", "1"],
    "claims": ["claims", "two_goods"],
    "money": ["money", "two_goods_money"],
    "projects": ["projects", "two_goods"],
    "compare": ["compare", "solve", "plan=ambitious,scenario=open_trade", "--economy", "two_goods", "--draws", "2"],
    "report": ["report", "feasibility"],
    "verify": ["verify", "feasibility", "--rebuild"],
    "check": ["check", "two_goods"],
    "list": ["list", "plans", "two_goods"],
    "models": ["list", "models"],
    "families": ["list", "families"],
    "explain": ["explain", "material_balance"],
    "table": ["explain", "coefficients"],
    "export": ["export", "two_goods", "--format", "lp"],
    "diagnose": ["diagnose", "export.lp"],
    "unknown plan": ["solve", "two_goods", "--plan", "none"],
    "unknown model": ["solve", "two_goods", "--model", "five_yaer"],
    "empty": ["solve", "two_goods", "--floor", "4"],
}
WRITES = (
    "solve",
    "feasibility",
    "backtest",
    "near-optimal",
    "sensitivity",
    "frontier",
    "regions",
    "uncertainty",
    "execute",
    "claims",
    "money",
    "projects",
    "compare",
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Result], set[str]]]:
    """What every command printed on 80 columns, and every heading of a table and word of a legend that it used."""
    terms: set[str] = set()
    grid, show_rows = layout.grid, terminal.show_rows

    def noting(columns, *rest):
        terms.update(column.name for column in columns)
        return grid(columns, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("screen"))
        patch.setenv("COLUMNS", "80")
        patch.setattr(layout, "grid", noting)
        patch.setattr(terminal, "grid", noting)
        results = {}
        for name, command in RUNS.items():
            more = ["--out", name] if command[0] in WRITES else ["--out", "export.lp"] if command[0] == "export" else []
            results[name] = CliRunner().invoke(main, [*command, *more])
        yield results, terms
    assert show_rows is terminal.show_rows


def test_every_command_is_among_them() -> None:
    assert set(COMMANDS) <= {command[0] for command in RUNS.values()} | {"new", "completion"}


@pytest.mark.parametrize("name", RUNS)
def test_no_line_is_longer_than_the_screen(name: str, printed: tuple[dict[str, Result], set[str]]) -> None:
    result = printed[0][name]
    assert result.exit_code in {"unknown plan": (3,), "unknown model": (3,), "empty": (4,), "projects": (2, 3)}.get(
        name, (0,)
    )
    lines = (result.stdout + result.stderr).split("\n")
    assert [line for line in lines if len(line) > 80 and " " in line.strip()] == []
    assert not re.search(r"\bnan\b", result.output)
    assert not any(mark in result.output for mark in ("\033", "\r", "Traceback"))


@pytest.mark.parametrize("name", [name for name, command in RUNS.items() if command[0] in WRITES])
def test_no_warning_about_shipped_data_stands_above_an_answer(
    name: str, printed: tuple[dict[str, Result], set[str]]
) -> None:
    assert "about the data" not in printed[0][name].stderr


def test_every_heading_is_explained(printed: tuple[dict[str, Result], set[str]]) -> None:
    terms = {term for term in printed[1] if term and "(t)" not in term}  # a column may be headed by what the user names
    assert len(terms) > 50
    unexplained = sorted(term for term in terms if not explain(term))
    assert not unexplained, ", ".join(unexplained)


def test_every_title_of_a_table_is_explained(printed: tuple[dict[str, Result], set[str]]) -> None:
    titles = set()
    for name in ("solve", "feasibility", "backtest", "sensitivity", "near-optimal"):
        paragraphs = printed[0][name].stdout.split("\n\n")
        titles |= {
            text.split("\n")[0]
            for text in paragraphs[1:]
            if not text.startswith("  ·") and ("────" in text or "· " in text)
        }
    plain = {re.split(r"  \(| \(|, central|, optimistic|, pessimistic|\?|:", title)[0] for title in titles}
    plain = {title for title in plain if not title.startswith(("Value over", "How sure"))}
    assert len(plain) > 10
    assert sorted(title for title in plain if not explain(title)) == []


@pytest.mark.parametrize(
    "word",
    [
        "certainly outside",
        "within reach",
        "modest end",
        "worth of one more",
        "cure",
        "infeasible",
        "empty set",
        "balanced",
        "held throughout",
        "no amount",
        "proved",
        "alone",
        "others held",
        "least labour",
        "attainment",
        "shadow price",
        "out of reach by itself",
        "given up for others",
        "cannot be made",
        "steadiest path",
        "settled figures",
        "attainable share",
        "raised",
        "unchanged",
        "kept",
        "new",
        "claim",
        "step",
        "reconstructed",
        "derived",
        "recalled",
        "found, not proved",
        "share of the planned growth",
        "base period = 1",
    ],
)
def test_words_within_sentences_are_explained(word: str) -> None:
    assert explain(word)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_the_screen(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = CliRunner().invoke(main, [*([command] if command else []), "--help"]).stdout
    assert [line for line in said.split("\n") if len(line) > 80] == []
