"""Every command on economies that have none, one or all of something: what is printed must be true and read well."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from matplotlib.figure import Figure

from planner.cli import main
from tests.odd.economies import odd

ECONOMIES = odd()
COMMANDS = {
    "solve": (),
    "feasibility": ("--years", "3"),
    "sensitivity": ("--curve", "supply:fields=0.5:2"),
    "room": (),
    "uncertainty": ("--samples", "6", "--workers", "1"),
    "backtest": (),
    "frontier": (),
    "check": (),
    "ladder": (),
}
# what no sentence may say, whatever it counts
SLIPS = (
    r"\b0 of 0\b", r"\ball (1|2) ", r"\b1 (figures|numbers|limits|draws|targets|plans|groups|warnings|projects|spans|cures)\b",
    r"\b(0|[2-9]|\d\d+) (figure|number|limit|draw|target|plan|group|warning|project|cure)\b(?! figures)", r"\bnan\b", r"\binf\b", r"\bNone\b",
    r"\bof the 1 ", r"no plan has no", r"the own\b", r"Without 0", r"\b1 (are|were|have|fall|meet|stand|make|change|fit)\b",
    r"(?<!of )(?<!of the )\b[2-9] (is|was|has|falls|meets|stands|makes|changes|fits)\b", r"fault of the planner", r"  +\.", r"\(\)", r"\.\.(?!\d)",
)  # fmt: skip


@pytest.fixture(autouse=True)
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts are drawn but not rendered, which takes most of the time and says nothing on the terminal."""

    def savefig(_: Figure, target: Any, *, format: str, **__: Any) -> None:
        target.write("<svg ></svg>") if format == "svg" else Path(target).write_bytes(b"")

    monkeypatch.setattr(Figure, "savefig", savefig)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """``run("solve", "one good and one figure", width=80)`` in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(command: str, name: str, width: int = 80, more: tuple[str, ...] = ()) -> Result:
        folder = Path("mine")
        if not folder.exists():
            tables, heading = ECONOMIES[name]
            folder.mkdir()
            (folder / "economy.toml").write_text(heading, encoding="utf-8")
            for table, text in tables.items():
                (folder / f"{table}.csv").write_text(text, encoding="utf-8")
        monkeypatch.setenv("COLUMNS", str(width))
        asked = ["feasibility", "mine", "--plan", "all"] if command == "ladder" else [command, "mine"]
        if command == "frontier":
            last = "1" if name == "one period" else "2"
            other = "corn:1" if ("one" in name and "good" in name) or name not in TWO else f"iron:{last}"
            asked = ["frontier", f"output:corn:{last}", f"output:{other}", "mine"]
        out = [] if command == "check" else ["--overwrite"]
        return CliRunner().invoke(main, [*asked, *COMMANDS[command], *out, *more])

    return invoke


TWO = {name for name, (tables, _) in ECONOMIES.items() if "iron" in tables["products"]}


OFTEN = ("solve", "feasibility")  # asked of every economy; the other commands of a few that differ most for them
OTHERS = (
    "one good and one figure",
    "one number with a range",
    "two goods, all ranges",
    "all figures met",
    "no plan",
    "one period",
)
CASES = [(name, command) for name in ECONOMIES for command in COMMANDS if command in OFTEN or name in OTHERS]


@pytest.mark.parametrize(("name", "command"), CASES)
def test_what_is_said_of_an_odd_economy(run, name, command):
    result = run(command, name)
    said = result.stdout + result.stderr
    assert result.exit_code in (0, 2, 3, 4), said
    assert said.strip()
    found = [match.group() for slip in SLIPS if (match := re.search(slip, said))]
    assert not found, (found, said)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "name", ["two goods, all ranges", "names that look like markup", "long names", "an empty region"]
)
def test_eighty_columns_break_no_word_and_no_number(run, name, command):
    """Whatever stands on a narrow screen stands on a wide one too: wrapping and dropping columns breaks no token."""
    narrow, wide = run(command, name, 80), run(command, name, 120)
    assert narrow.exit_code == wide.exit_code
    tokens = [set((r.stdout + r.stderr).replace("─", "").split()) for r in (narrow, wide)]
    extra = {token for token in tokens[0] - tokens[1] if not token.endswith((":", ";", ".", ","))}
    assert not extra - {"No", "room", "here", "for", "column", "columns", "all", "in"}, narrow.stdout
    longest = max(narrow.stdout.splitlines(), key=len, default="")
    assert len(longest) <= 80, longest


def test_names_of_the_data_are_printed_as_they_are(run):
    for command in ("solve", "feasibility", "sensitivity", "room", "ladder"):
        said = run(command, "names that look like markup").stdout
        assert "[bold]A [/] plan[as] of :smile: 100 %" in re.sub(r"\s+", " ", said) or command == "ladder"
        assert "鋼鉄" in said or command in ("ladder",)


@pytest.mark.parametrize(
    ("name", "sentences"),
    [
        ("one good and one figure", (
            "outside as the numbers are stated; none of the 3 has a range, so how sure they are is not known",
            "The one figure can be reached to 50.0 %.", "The one figure cannot be met in full.",
            "The one group of limits", "none has a range, so none counts as uncertain.",
        )),
        ("one figure that is met", ("inside as the numbers are stated", "The one figure can be met in full, with nothing to spare.")),
        ("one figure with room to spare", ("The one figure can be met in full, and up to 1000.0 %.",)),
        ("one number with a range", (
            "certainly outside: outside even with the one uncertain number at the end that favours the plan; the other",
            "The one uncertain number, moved to an end of its own range, does not turn the verdict.",
        )),
        ("a figure with a range alone", (
            "within reach: outside at the central values, inside with the one uncertain number at the end",
            "The one uncertain number would turn the verdict, moved to an end of its own range.",
            "Of 3 numbers of the data none was seen in its source; 1 is uncertain, 1 of them a figure of the plan.",
        )),
        ("within reach", ("within reach: outside at the central values, inside with",)),
        ("two goods, no range", ("none of the 8 has a range", "Both figures together can be reached to")),
        ("two goods, all ranges", ("outside even with each of the 8 uncertain numbers at the end that favours the plan",)),
        ("all figures met", ("Both figures can be met in full at once.", "no figure need fall short")),
        ("no figure met", ("Neither of 2 figures can be met in full.",)),
        ("one of two met", ("At most 1 of 2 figures can be met in full at once.", "1 of 2 figures falls short there.")),
        ("a hard figure", ("1 more figure is hard: it is held in full.",)),
    ],
)  # fmt: skip
def test_the_sentence_that_is_meant(run, name, sentences):
    said = re.sub(r"\s+", " ", run("feasibility", name).stdout)
    for sentence in sentences:
        assert sentence in said, said
