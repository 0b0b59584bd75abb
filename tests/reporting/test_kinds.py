"""A page of every kind of run: what it is, its answer in every file and place, and in a browser on wide and narrow screens."""

import csv
import html
import json
import re
import shlex
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import planner
from planner.cli import main
from planner.reporting.page.kinds import KINDS
from planner.shipped import shipped
from tests.answers.chain.after import written
from tests.reporting.reading import TECHNICAL, Browser, Reader, needs_browser

Folder = Callable[[str], Path]

RUNS = {
    "solve": "solve two_goods --set supply:resource=workers,period=1:value*=1.1",
    "feasibility": "feasibility two_goods --plan ambitious --years 3",
    "ladder": "feasibility two_goods --plan all --floor 0.9",
    "backtest": "backtest two_goods",
    "join": "join two_goods AFTER --plan ambitious",
    "sensitivity": "sensitivity two_goods --curve capacities:furnaces:initial=0.5:2 --top 3",
    "frontier": "frontier output:corn:2 output:iron:2 two_goods --hold 0.5",
    "near_optimal": "near-optimal two_goods --epsilon 0.05 --corner optimistic --plans 2",
    "regions": "regions two_regions --plan ambitious",
    "uncertainty": "uncertainty two_goods --samples 8 --given backtest --workers 1",
    "execute": "execute two_goods --model five_year --tautness 0.8:1.2:3 --rule stop_below=0.5",
    "claims": "claims two_goods",
    "money": "money two_goods_money --level 1.5",
    "compare": "compare plan=cautious plan=ambitious --economy two_goods --follow output:*",
    "projects": "projects WORKS --plan ambitious",
    "diagnosis": "diagnose BAD",
}
WORKS = (
    "project,name,capacity,size,unit,gestation,source,verified",
    "small,Small furnace,furnaces,3,t,1,made_up,no",
    "large,Large furnace,furnaces,12,t,1,made_up,no",
)


def asked(command: str, folder: Path) -> str:
    """What a command printed."""
    result = CliRunner().invoke(main, shlex.split(f"{command} --out {folder}"), env={"COLUMNS": "80"})
    assert result.exit_code in (0, 4), result.output
    return result.output


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """The folder of a run of a kind with its page, and what the command printed in ``said.txt`` beside it; made once."""
    place = tmp_path_factory.mktemp("kinds")
    works, bad, later = place / "works", place / "bad.lp", written(place)
    shutil.copytree(shipped("inputs") / "two_goods", works)
    (works / "projects.csv").write_text("\n".join(WORKS) + "\n", encoding="utf-8")
    bad.write_text("Minimize\n obj: x\nSubject To\n a: x >= 3\n b: x <= 1\nEnd\n", encoding="utf-8")

    def folder(kind: str) -> Path:
        run = place / kind / "run"
        if not run.exists():
            command = RUNS[kind].replace("WORKS", str(works)).replace("BAD", str(bad)).replace("AFTER", str(later))
            said = asked(command, run)
            (run.parent / "said.txt").write_text(said, encoding="utf-8")
            assert CliRunner().invoke(main, ["report", str(run)]).exit_code == 0
        return run

    return folder


def summary_of(folder: Path) -> dict[str, Any]:
    """``summary.json``, or what a diagnosis has in its place."""
    path = next(path for name in ("summary", "diagnosis") if (path := folder / f"{name}.json").is_file())
    return dict(json.loads(path.read_text(encoding="utf-8")))


def headline_of(folder: Path) -> str:
    """The sentence to quote."""
    said = summary_of(folder)
    return str(said.get("headline") or said["sentences"][0])


def told(folder: Path) -> dict[str, list[str]]:
    """``answer.csv`` by its parts."""
    with (folder / "answer.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["part"]: [other["says"] for other in rows if other["part"] == row["part"]] for row in rows}


@pytest.mark.parametrize("kind", RUNS)
def test_screen_page_table_and_json_give_the_same_answer(kind: str, made: Folder) -> None:
    folder = made(kind)
    page = html.unescape((folder / "report.html").read_text(encoding="utf-8"))
    headline, answer = headline_of(folder), told(folder)
    assert answer["answer"] == [headline]
    shown = re.search(r'id="headline">(.*?)</p>', page)
    assert shown
    assert re.sub(r"</?strong>", "", shown[1]).replace("\u00a0", " ") == headline
    said = " ".join((folder.parent / "said.txt").read_text(encoding="utf-8").split())
    assert headline in said.replace("\u00a0", " ")
    if kind != "diagnosis":  # its screen begins with the name of the file
        warned = said.partition(" about the data: `")[2].partition("`. ")
        assert (warned[2] or said).replace("\u00a0", " ").startswith(headline)
    assert answer["what it cannot say"] == [KINDS[kind].cannot]
    for sentence in [*answer["what it cannot say"], *answer["to repeat"], *answer.get("how sure", ())]:
        assert sentence in page
    title = re.search(r"<title>(.*)</title>", page)
    assert title
    assert title[1].endswith(f": {KINDS[kind].title}")
    labels = re.findall(r"<dt>(.*?)</dt>", page[page.index('id="answer"') : page.index("</section>")])
    known = {fact.label for fact in KINDS[kind].facts}
    assert not known or (labels and set(labels) <= known)
    assert f'id="table-{KINDS[kind].table}"' in page
    pictures = [path.read_text(encoding="utf-8") for path in (folder / "charts").glob("*.svg")]
    assert bool(pictures) == (kind != "diagnosis")  # a model file has no figures to draw
    assert not any("<image" in picture for picture in pictures)  # which no page shows


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=[pytest.mark.slow] if kind in ("uncertainty", "compare", "projects") else [])
        for kind in RUNS
    ],
)
def test_its_page_says_what_it_is_and_how_it_is_made_again(kind: str, made: Folder, tmp_path: Path) -> None:
    folder = made(kind)
    [command] = told(folder)["to repeat"]
    command = command.removeprefix("planner ").replace(" bad.lp ", f" {folder.parents[1] / 'bad.lp'} ")
    asked(command.replace(" works ", f" {folder.parents[1] / 'works'} "), tmp_path / "second")
    tables = sorted(path.name for path in folder.glob("*.csv"))
    assert tables == sorted(path.name for path in (tmp_path / "second").glob("*.csv"))
    for name in tables:
        assert (folder / name).read_bytes() == (tmp_path / "second" / name).read_bytes(), name


def test_the_first_screen_of_a_plan_can_be_read_aloud(made: Folder) -> None:
    folder = made("feasibility")
    screen = (folder.parent / "said.txt").read_text(encoding="utf-8").splitlines()[:24]
    page = Reader((folder / "report.html").read_text(encoding="utf-8")).text
    for said in (
        " ".join(screen),
        page[: page.index("What can be had, year by year", page.index("What it cannot say"))],
    ):
        assert "households get at least what they had in the base period" in said
        assert "Outside: more than can be produced together" in " ".join(said.split())
        assert "Central values: every uncertain number at the value stated for it" in " ".join(said.split())
        assert not TECHNICAL.search(said)
    whole = " ".join((folder.parent / "said.txt").read_text(encoding="utf-8").split())
    assert "weight: per cent more of the result for one per cent more of the limit" in whole
    assert not re.search(r"\b(attainment|corners?|floor:? base)\b", whole)


def test_a_page_of_a_diagnosis_speaks_of_no_plan(made: Folder) -> None:
    folder = made("diagnosis")
    page = html.unescape((folder / "report.html").read_text(encoding="utf-8"))
    for sentence in summary_of(folder)["sentences"]:
        assert sentence in page
    part = page[page.index("<main") : page.index('id="words"')]
    assert "plan" not in re.sub(r"<[^>]+>|planner|plain|explan", "", part)


def test_every_command_that_keeps_a_run_has_a_kind() -> None:
    from planner.answers.base.answer import Answer

    def kinds(of: type) -> set[str]:
        return {getattr(of, "kind", "")} | {kind for below in of.__subclasses__() for kind in kinds(below)}

    import planner

    for verb in planner.__all__:
        getattr(planner, verb)
    unkept = {"", "answer", "check", "explain", "verify", "violations"}
    assert kinds(Answer) - unkept == set(KINDS)
    assert set(RUNS) == set(KINDS)


LOST = """[...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href').slice(1))
  .filter(name => !document.getElementById(name))"""
UNNAMED = """[...document.querySelectorAll('table')].filter(table => !(table.caption && table.caption.textContent.trim()
  && [...table.tHead.rows[0].cells].every(cell => cell.scope === 'col')
  && [...table.tBodies[0].rows].every(row => row.cells[0].scope === 'row'))).length"""
HIDDEN = """[...document.querySelectorAll('.scroll')].filter(part => part.scrollWidth > part.clientWidth + 1
  && !getComputedStyle(part, '::before').content.includes('goes on')).length"""
UNTITLED = """[...document.querySelectorAll('figure')].filter(figure => {
  const title = figure.querySelector('.finding'), at = title.getBoundingClientRect();
  const plain = text => text.replaceAll('\\u00a0', ' ');
  return plain(title.textContent) !== plain(figure.querySelector('svg').getAttribute('aria-label'))
    || !title.textContent.trim() || (innerWidth < 500 && (at.width === 0 || at.right > innerWidth));
}).length"""
UNTOLD = """[...document.querySelectorAll('figure')].filter(figure =>
  !(figure.nextElementSibling && figure.nextElementSibling.matches('details.grid'))).length"""
SORTED = """(() => {
  const table = document.querySelector('.scroll > table'), heading = table.tHead.rows[0].cells[0];
  const first = () => [...table.tBodies[0].rows].map(row => row.cells[0].textContent);
  heading.querySelector('button').click();
  const up = first();
  heading.querySelector('button').click();
  return [up, first(), heading.getAttribute('aria-sort')];
})()"""


def headline_in(browser: Browser) -> str:
    """The headline of the open page, its firm spaces as plain ones."""
    return str(browser.ask("document.getElementById('headline').textContent")).replace("\u00a0", " ")


@needs_browser
@pytest.mark.parametrize("kind", RUNS)
def test_its_page_in_a_browser(kind: str, made: Folder, browser: Browser) -> None:
    page = made(kind) / "report.html"
    for width in (1280, 390):
        browser.complaints.clear()
        browser.requests.clear()
        browser.open(page, width)
        assert browser.ask("document.documentElement.scrollWidth <= innerWidth")
        browser.ask("document.querySelectorAll('details').forEach(part => { part.open = true; })")
        browser.ask("new Promise(done => setTimeout(done, 100))")
        assert browser.ask("document.documentElement.scrollWidth <= innerWidth")
        assert [browser.ask(found) for found in (LOST, UNNAMED, HIDDEN, UNTITLED, UNTOLD)] == [[], 0, 0, 0, 0]
        assert headline_in(browser) == headline_of(page.parent)
        assert browser.complaints == []
        assert browser.requests == [page.resolve().as_uri()]
    for link in browser.ask("[...document.querySelectorAll('a')].map(a => a.getAttribute('href'))"):
        assert link.startswith(("#", "https://", "http://")) or (page.parent / link).is_file(), link
    up, down, way = browser.ask(SORTED)
    assert way == "descending"
    assert sorted(up) == sorted(down)
    assert up == down[::-1] or len(set(up)) < len(up)
    assert up[0] == down[-1]


def test_every_chart_is_drawn_once(made: Folder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from matplotlib.figure import Figure

    folder, drawn = made("feasibility"), list[object]()
    begun = Figure.__init__
    monkeypatch.setattr(
        Figure, "__init__", lambda self, *args, **more: (drawn.append(self), begun(self, *args, **more))[1]
    )
    text = planner.report(folder, tmp_path / "page.html").read_text(encoding="utf-8")
    assert len(drawn) == len(list((folder / "charts").glob("*.svg"))) == text.count("<figure>") > 3


# -- one page to print, and tables for papers ---------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"feasibility"}))
def test_a_short_page_of_every_kind(made: Folder, tmp_path: Path, kind: str) -> None:
    """The answer in the words of the run, what it cannot say, and a chart or the table that answers."""
    folder = made(kind)
    text = planner.report(folder, tmp_path / "short.html", short=True).read_text(encoding="utf-8")
    assert headline_of(folder) in html.unescape(re.sub(r"<[^>]*>", "", text)).replace("\u00a0", " ")
    assert html.unescape(KINDS[kind].cannot) in html.unescape(text)
    assert "<svg" in text or "<table>" in text or not any(folder.glob("*.csv"))


def test_where_no_project_is_started_the_page_opens_with_what_each_would_be_worth(made: Folder, tmp_path: Path) -> None:
    run = tmp_path / "run"
    said = asked(f"projects {made('projects').parents[1] / 'works'} --plan cautious", run)
    answer = json.loads((run / "summary.json").read_text(encoding="utf-8"))
    assert answer["programme"] == []
    assert "No project is started." in " ".join(said.split())
    text = planner.report(run, tmp_path / "page.html").read_text(encoding="utf-8")
    assert text.index("What each project is worth") < text.index("Each project by period")


@needs_browser
def test_a_short_page_fills_one_sheet(made: Folder, browser: Browser, tmp_path: Path) -> None:
    kept = Path(__file__).parents[2] / "outputs" / "reference"
    for folder in (made("feasibility"), kept):
        page = planner.report(folder, tmp_path / folder.name / "short.html", short=True)
        browser.complaints.clear()
        browser.requests.clear()
        for width in (390, 800):
            browser.open(page, width)
            assert browser.ask("document.documentElement.scrollWidth <= innerWidth")
        assert headline_in(browser) == headline_of(folder)
        assert browser.ask("document.querySelectorAll('figure').length") == 3
        assert (browser.complaints, set(browser.requests)) == ([], {page.resolve().as_uri()})
        assert len(re.findall(rb"/Type */Page\b", browser.printed(tmp_path / "page.pdf").read_bytes())) == 1


@needs_browser
def test_no_printed_page_is_a_single_paragraph(made: Folder, browser: Browser, tmp_path: Path) -> None:
    kept = Path(__file__).parents[2] / "outputs" / "reference"
    page = planner.report(kept, tmp_path / "report.html")
    for source in (made("feasibility") / "report.html", page):
        browser.open(source, 1280)
        lines = lines_of_pages(browser.printed(tmp_path / "page.pdf"))
        assert len(lines) > 1
        assert min(lines[:-1]) > 6, lines  # lines of text; a page of charts has their words
        assert lines[-1] > 3, lines


def lines_of_pages(pdf: Path) -> list[int]:
    """How many lines of text each page of a PDF has, by the heights at which text is placed."""
    data = pdf.read_bytes()
    objects = dict(re.findall(rb"(?m)^(\d+) 0 obj(.*?)endobj", data, re.DOTALL))
    streams = []
    for number in re.findall(
        rb"/Type */Page\b.*?/Contents (\d+) 0 R|/Contents (\d+) 0 R.*?/Type */Page\b", data, re.DOTALL
    ):
        body = objects[number[0] or number[1]]
        packed = body.partition(b"stream")[2].lstrip(b"\r\n").rpartition(b"endstream")[0]
        text = zlib.decompress(packed)
        streams.append(len(set(re.findall(rb"(-?[\d.]+) Tm\b", text))))
    return streams


@pytest.mark.parametrize("form", ["latex", "html"])
def test_tables_for_papers_hold_the_cells_of_the_page(form: str, made: Folder, tmp_path: Path) -> None:
    folder = made("feasibility")
    printed = CliRunner().invoke(main, ["report", str(folder), "--tables", form]).stdout
    out = tmp_path / "tables"
    for code in (0, 6):  # what is there is not replaced
        assert CliRunner().invoke(main, ["report", str(folder), "--tables", form, "--out", str(out)]).exit_code == code
    assert out.read_text(encoding="utf-8") == printed
    if form == "html":
        read = Reader(printed)
        assert read.loads == []
        assert "Iron 2 t 40 36 90.0 %" in read.text
    else:
        assert r"Iron & 2 & t & 40 & 36 & 90.0 \%" in printed
        assert printed.count(r"\begin{tabular}") == printed.count(r"\bottomrule") >= 3
        assert not re.search(r"(?<!\\)%(?! needs)", printed)
