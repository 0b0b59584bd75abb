"""The page of a run: whole, self-contained, the same every time, and usable in a browser."""

from __future__ import annotations

import html
import json
import re
import shutil
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import planner
from planner.cli.commands.report import command
from planner.cli.exit_codes import Exit, outcome
from planner.economy.provenance import is_address, keys_in
from planner.reporting.page.page import PAGE, page, write_page
from planner.reporting.page.shapes import data
from planner.reporting.run.read import NotARunError, read_run
from planner.reporting.run.write import OutputExists
from tests.reporting.reading import TECHNICAL, Reader, needs_browser


@pytest.fixture(scope="module")
def soviet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A feasibility run of the shipped plan, with its page."""
    folder = tmp_path_factory.mktemp("runs") / "soviet"
    planner.assess("ussr_1928", years=2, against=None).write(folder)
    write_page(folder)
    return folder


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A run written by hand, with words in it that are no friends of HTML."""
    evil = '</script><script>alert("x")</script>'
    write(
        tmp_path / "targets.csv",
        "plan,measure,item,period,sense,unit,official,low,high,feasible,share,actual,source,verified",
        f'mine,output,iron,2,at_least,t,40,40,40,36,0.9,,"{evil.replace(chr(34), chr(34) * 2)}",no',
    )
    head = "table,key,column,value,low,high,unit,place,verified,file,row"
    told = ["javascript:alert(1)", "https://example.org/a?b=1&c=2", ""]
    write(
        tmp_path / "data.csv",
        head,
        *(f"supply,{i},value,{i}.5,1,2,t,{i % 3},yes,supply.csv,{i + 2}" for i in range(300)),
    )
    write(tmp_path / "places.csv", "place,source,note", *(f"{i},book {i},</script>" for i in range(3)))
    listed = (f"book {i},<b>book</b> {i},{told[i]},,copy,100,100" for i in range(3))
    write(tmp_path / "sources.csv", "source,reference,url,licence,grade,numbers,verified_numbers", *listed)
    write(tmp_path / "unheard_of.csv", "name,amount", "b,10", "a,9")
    summary = {
        "economy": "mine",
        "title": evil,
        "plan": "mine",
        "unit": "share of the official figures",
        "floor": "base",
    }
    write(tmp_path / "summary.json", json.dumps(summary))
    write(tmp_path / "manifest.json", json.dumps({"options": {"economy": "mine", "sets": ["a<b"]}}))
    return tmp_path


def write(path: Path, *lines: str) -> None:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_answer_comes_first_and_in_words(soviet: Path) -> None:
    text = Reader((soviet / PAGE).read_text(encoding="utf-8")).text
    summary = json.loads((soviet / "summary.json").read_text(encoding="utf-8"))
    answer = text.index(f"certainly outside : {summary['strength'][:80]}")
    said = f"{summary['figures'][:1].upper()}{summary['figures'][1:]} together can be reached to 50.0 %"
    assert answer < text.index(said) < text.index(f"Pig iron sets the limit: t{said[1:]}")
    assert not TECHNICAL.search(text[: text.index("What can be had, year by year", answer)])
    assert f"{summary['targets_most_met_in_full']} of {summary['targets']} " in text
    assert f"in full together: {summary['targets_most_met_by_kind']}." in text
    assert summary["doubts"][0] in text
    assert (
        "Between 1930 and 1933 millions of people died of hunger in the USSR; nothing in these tables measures that"
        in text
    )
    assert "whether a set of numbers fits inside another set of numbers" in text
    for sentence in [*summary["conflicts"], *summary["cures"]]:
        assert sentence in text
    assert "Proved in exact arithmetic: attainment is at most 0.5000" in text
    assert "planner verify FOLDER" in text
    count = len(summary["judgements_made_after_a_verdict_was_seen"])
    assert f"{count} judgements were made in the data after a verdict had been seen" in text
    assert "planner feasibility ussr_1928 --model five_year --plan raised_1930" in text


def test_it_is_well_formed_and_loads_nothing(soviet: Path) -> None:
    text = (soviet / PAGE).read_text(encoding="utf-8")
    read = Reader(text)
    assert len(read.ids) == len(set(read.ids))
    assert read.loads == []
    assert not re.search(r"@import|url\((?!#)", text)
    for link in read.links:
        if link.startswith("#"):
            assert link[1:] in read.ids
        elif not link.startswith(("http://", "https://")):
            assert (soviet / link).is_file(), link
    assert len(text.encode()) < 2_500_000
    assert str(soviet.parent) not in text


def test_every_number_of_the_data_is_there(soviet: Path) -> None:
    text = (soviet / PAGE).read_text(encoding="utf-8")
    packed = re.search(r'<script type="application/json" id="rows-data">(.*?)</script>', text)
    assert packed
    found = json.loads(packed.group(1))
    rows = list(data(read_run(soviet)).records())
    steps = [[int(step or 0) for step in row.split(",")] for row in found["rows"].split(";")]
    shown_rows = list(accumulate(steps, lambda above, step: [a + b for a, b in zip(above, step, strict=True)]))
    assert len(shown_rows) == len(rows)
    heads, notes = [head[0] for head in found["heads"]], read_run(soviet).footnotes
    for place in (0, 700, len(rows) - 1):
        cells = [column[at] for column, at in zip(found["cells"], shown_rows[place], strict=True)]
        shown = dict(zip(heads, cells, strict=True))
        assert float(shown["value"].replace(",", "").replace("−", "-")) == pytest.approx(
            float(rows[place]["value"]), rel=1e-9
        )
        assert [link[1] for link in shown["source"][1:] if shown["source"]] == [
            f"#source-{notes[key]}" for key in keys_in(rows[place]["source"])
        ]


def test_sources_are_footnotes_with_one_address_each(soviet: Path) -> None:
    run = read_run(soviet)
    text = (soviet / PAGE).read_text(encoding="utf-8")
    told = run.table("sources")
    assert len(set(told.column("source"))) == len(told)
    outside = {link for link in Reader(text).links if link.startswith("http")}
    assert outside == {url for url in told.column("url") if url}
    assert all(is_address(url) for url in outside)
    for number, row in zip(run.footnotes.values(), told.records(), strict=True):
        note = re.search(rf'<tr id="source-{number}">(.*?)</tr>', text)
        assert note
        told = html.unescape(note[1]).replace("\u00a0", " ")
        assert all(part in told for part in (row["reference"] or "none named", row["url"], row["grade"], row["note"]))
    official = text[text.index('id="table-target_sources"') :]
    assert re.search(r'<td><a href="#source-\d+">\[\d+\]</a>( <a href="#source-\d+">\[\d+\]</a>)?</td>', official)


def test_the_same_run_gives_the_same_bytes_wherever_it_lies(soviet: Path, tmp_path: Path) -> None:
    copy = tmp_path / "another name"
    shutil.copytree(soviet, copy)
    (copy / PAGE).unlink()
    shutil.rmtree(copy / "charts")
    assert write_page(copy).read_bytes() == (soviet / PAGE).read_bytes()
    for chart in sorted((soviet / "charts").iterdir()):
        assert (copy / "charts" / chart.name).read_bytes() == chart.read_bytes()
    manifest = json.loads((copy / "manifest.json").read_text(encoding="utf-8"))
    manifest["times"] = {"written": "2001-01-01T00:00:00+00:00"}
    (copy / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert write_page(copy).read_bytes() == (soviet / PAGE).read_bytes()


def test_foreign_words_stay_words(small: Path) -> None:
    write_page(small)
    text = (small / PAGE).read_text(encoding="utf-8")
    read = Reader(text)
    assert '<script>alert("x")' not in text
    assert "alert(" in read.text  # shown, not run
    assert not any(link.startswith("javascript:") for link in read.links)
    assert "javascript:" not in re.sub(r"<[^>]*>", "", "".join(re.findall(r'"rows-data">(.*?)</script>', text)))
    assert "https://example.org/a?b=1&c=2" in read.links
    assert "Unheard of" in read.text  # tables that nobody knows get a heading of their own


def test_another_place_has_no_links_to_files(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "elsewhere" / "answer.html"
    assert write_page(small, out) == out
    assert all(link.startswith(("#", "http")) for link in Reader(out.read_text(encoding="utf-8")).links)


def test_a_long_table_stays_in_its_file(small: Path) -> None:
    write(small / "long.csv", "draw,theta", *(f"{i},0.5" for i in range(20_001)))
    text = page(read_run(small))
    assert "Too long to be shown here; the rows stand in long.csv." in text
    assert len(text) < 500_000


def test_a_certificate_that_does_not_add_up_is_called_so(soviet: Path, tmp_path: Path) -> None:
    copy = tmp_path / "run"
    shutil.copytree(soviet, copy)
    proof = (copy / "certificate.csv").read_text(encoding="utf-8")
    write(copy / "certificate.csv", proof.replace("0.5000772", "0.4000772"))
    text = Reader(page(read_run(copy))).text
    assert "A certificate of this run does not add up. Nothing is proved." in text
    assert "Proved in exact arithmetic:" not in text


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotARunError, match="is no run folder"):
        write_page(tmp_path)
    (tmp_path / "manifest.json").write_text("not json", encoding="utf-8")
    with pytest.raises(NotARunError):
        write_page(tmp_path)


def test_the_command_names_the_page(small: Path) -> None:
    for _ in range(2):  # its own page may be written anew
        assert CliRunner().invoke(command, [str(small)]).output.strip() == str(small / PAGE)


def test_the_command_spares_other_files(small: Path, tmp_path: Path) -> None:
    other = tmp_path / "diary.html"
    other.write_text("dear diary", encoding="utf-8")
    error = CliRunner().invoke(command, [str(small), "--out", str(other)]).exception
    assert isinstance(error, OutputExists)
    assert other.read_text(encoding="utf-8") == "dear diary"
    error = CliRunner().invoke(command, [str(tmp_path / "nothing")]).exception
    assert isinstance(error, NotARunError)
    assert outcome(error)[0] == Exit.INPUT


@needs_browser
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_sideways_and_nothing_complains(width: int, soviet: Path, browser: Any) -> None:
    browser.complaints.clear()
    browser.requests.clear()
    browser.open(soviet / PAGE, width)
    wide = "document.documentElement.scrollWidth <= innerWidth"
    assert browser.ask(wide)
    browser.ask("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    browser.ask("new Promise(done => setTimeout(done, 200))")  # the long tables are filled when they are opened
    assert browser.ask(
        "[...document.querySelectorAll('.turned')].every(part => part.querySelectorAll('tbody tr').length == 50)"
    )
    assert browser.ask("document.querySelectorAll('.turned').length") > 0
    assert browser.ask(wide)
    assert browser.complaints == []
    assert browser.requests == [(soviet / PAGE).resolve().as_uri()]


@needs_browser
def test_tables_are_sorted_by_mouse_and_by_keyboard(soviet: Path, browser: Any) -> None:
    browser.open(soviet / PAGE, 1280)
    browser.ask("window.t = document.querySelector('#table-feasibility table')")
    browser.ask("window.cells = i => [...t.tBodies[0].rows].map(row => row.cells[i].textContent)")
    heads = browser.ask("[...t.tHead.rows[0].cells].map(cell => cell.textContent)")
    share, target = heads.index("share"), heads.index("target")
    browser.ask(f"t.tHead.rows[0].cells[{share}].querySelector('button').click()")
    assert browser.ask(f"t.tHead.rows[0].cells[{share}].getAttribute('aria-sort')") == "ascending"
    shares = [float(cell.rstrip(" %")) for cell in browser.ask(f"cells({share})")]
    assert shares == sorted(shares)
    assert browser.ask(f"cells({target})")[0] == "Pig iron"

    browser.ask(f"t.tHead.rows[0].cells[{target}].querySelector('button').focus()")
    for way in ("ascending", "descending"):
        for kind in ("keyDown", "keyUp"):
            browser.call(
                "Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", windowsVirtualKeyCode=13, text="\r"
            )
        assert browser.ask(f"t.tHead.rows[0].cells[{target}].getAttribute('aria-sort')") == way
    assert browser.ask("t.tHead.querySelectorAll('[aria-sort]').length") == 1
    names = browser.ask(f"cells({target})")
    assert names == sorted(names, reverse=True)


@needs_browser
def test_the_long_table_is_searched_filtered_and_turned_over(soviet: Path, browser: Any) -> None:
    browser.open(soviet / PAGE, 1280)
    browser.ask("document.getElementById('table-data').open = true")
    browser.ask("new Promise(done => setTimeout(done, 100))")
    browser.ask("window.place = document.querySelector('#table-data .turned')")
    told = "place.querySelector('[role=status]').textContent"
    count = len((soviet / "data.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert browser.ask(told) == f"1 to 50 of {count:,} rows"
    browser.ask("[...place.querySelectorAll('button')].find(b => b.textContent === 'Later rows').click()")
    assert browser.ask(told) == f"51 to 100 of {count:,} rows"
    browser.ask("window.i = place.querySelector('input')")
    browser.ask("i.value = 'PIG_IRON'; i.dispatchEvent(new Event('input'))")
    assert browser.ask("[...place.querySelectorAll('tbody tr')].every(row => /pig_iron/i.test(row.textContent))")
    browser.ask("window.s = [...place.querySelectorAll('select')].at(-1)")
    browser.ask(
        "s.value = [...s.options].find(o => o.textContent === 'yes').value; s.dispatchEvent(new Event('change'))"
    )
    assert browser.ask(
        "[...place.querySelectorAll('tbody tr a')].every(a => document.querySelector(a.getAttribute('href')))"
    )
    browser.ask("place.querySelector('tbody tr a').click()")
    browser.ask("new Promise(done => setTimeout(done, 100))")
    assert browser.ask("document.querySelector(location.hash).getBoundingClientRect().height") > 0
    assert browser.ask("[...document.querySelectorAll('#table-sources tbody a')].every(a => /^https?:/.test(a.href))")
    browser.ask("i.value = 'no such thing anywhere'; i.dispatchEvent(new Event('input'))")
    assert browser.ask(told) == "no such row"


@needs_browser
def test_links_inside_open_what_they_lead_to_and_paper_gets_all(soviet: Path, browser: Any, tmp_path: Path) -> None:
    browser.open(soviet / PAGE, 1280)
    browser.ask("document.querySelector('#table-sources').open = false")
    browser.ask("location.hash = '#table-sources'")
    browser.ask("new Promise(done => setTimeout(done, 100))")
    assert browser.ask("document.querySelector('#table-sources').open")
    browser.ask("document.querySelector('#words details').open = false")
    browser.ask("addEventListener('afterprint', () => { window.paper = true; })")
    browser.ask(
        "addEventListener('beforeprint', () => { window.seen = document.querySelector('#words details').open; })"
    )
    assert browser.printed(tmp_path / "page.pdf").stat().st_size > 50_000
    assert browser.ask("window.seen") is True
    assert browser.ask("document.querySelector('#words details').open") is False


@needs_browser
def test_hostile_words_do_nothing_in_a_browser(small: Path, browser: Any) -> None:
    browser.complaints.clear()
    write_page(small)
    browser.open(small / PAGE, 1280)
    browser.ask("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    browser.ask("new Promise(done => setTimeout(done, 100))")
    assert browser.ask(
        "[...document.querySelectorAll('.turned')].every(part => part.querySelectorAll('tbody tr').length == 50)"
    )
    assert browser.ask("document.querySelectorAll('.turned').length") > 0
    assert browser.ask("[...document.querySelectorAll('.turned a, #table-sources a')].length") > 0
    assert browser.ask("[...document.querySelectorAll('#table-sources tbody a')].every(a => a.protocol === 'https:')")
    assert browser.complaints == []
