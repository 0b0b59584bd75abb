"""Charts: what they say, that nothing in them is cut or overlaps, that they come out the same every time."""

from __future__ import annotations

import itertools
import math
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from planner.economy.names import Names
from planner.reporting.charts.ladder import drawn, ladder_chart, rungs_of
from planner.reporting.charts.ladder import finding as ladder_finding
from planner.reporting.charts.limits import binding_chart, horizon_chart, weights_of
from planner.reporting.charts.path import Panel, path_chart
from planner.reporting.charts.programme import programme_chart
from planner.reporting.charts.style import ACCENT, INK, MAIN, MUTED, PALE, as_svg, figure, save, styled
from planner.reporting.charts.svg import inline
from planner.reporting.charts.targets import MOST, bars, due_in, targets_chart
from planner.reporting.run.read import TextTable

SOURCE = (
    "An economy made up for a test; plan: ambitious; scenario: base; consumption floor: base; 3 of 4 numbers verified."
)
NAMES = Names({"product": {"iron": "Pig iron", "other": "Investment outside the modelled branches"}})


def rows_of(head: str, *lines: str) -> TextTable:
    return TextTable(tuple(head.split(",")), tuple(tuple(line.split(",")) for line in lines))


def targets(count: int = 12) -> TextTable:
    head = "measure,item,period,unit,sense,official,feasible,share,actual"
    lines = [
        "output,iron,1933,Mt,at_least,17.65,8.5,0.4816,7.1",
        "output,other,1932,bn rub 1926/27,at_least,5.5,15,2.7272,",
        "output,coal,1933,Mt,at_least,100,60,0.6,250",
        "employment,hands,1933,million persons,at_most,10,20,0.5,12.5",
    ]
    more = [
        f"output,good_{i},1933,thousand,at_least,100,{60 + i},{0.6 + i / 100},70" for i in range(count - len(lines))
    ]
    return rows_of(head, *lines, *more)


def verdicts(*floors: str, optimistic: str = "1.2", verdict: str = "within reach") -> TextTable:
    head = "plan,scenario,floor,model,corner,figures,attainment,attainment_of_growth,verdict,verdict_over_ranges"
    lines = []
    for floor, (plan, shift) in itertools.product(
        floors, (("first", 0.0), ("second_plan_with_a_long_name_of_its_own", 0.3))
    ):
        shares = {"central": 0.8 + shift, "optimistic": float(optimistic) + shift, "pessimistic": None}
        for corner, share in shares.items():
            for figures in ("official", "modest"):
                said = f"{share},0.7,outside" if share is not None else ",,empty"
                lines.append(f"{plan},plan_assumptions,{floor},five_year,{corner},{figures},{said},{verdict}")
    return rows_of(head, *lines)


def words_of(chart: object) -> str:
    """All words of a chart on one line."""
    return re.sub(r"\s+", " ", " ".join(ET.fromstring(as_svg(chart)).itertext()))


def charts() -> dict[str, object]:
    found = bars(targets(), NAMES)
    due = [
        f"{year},{share}"
        for year, share in zip(range(1933, 1949), [0.48, *[0.5 + i / 40 for i in range(15)]], strict=True)
    ]
    limits = weights_of(
        "binding",
        rows_of(
            "family,item,period,weight",
            *(f"resource,a_rather_long_name_of_a_limit_{i},{1929 + i % 5},{0.3 - i / 50}" for i in range(14)),
        ),
        Names({}),
    )
    return {
        "targets": targets_chart(found, SOURCE, due_in(targets())),
        "ladder": ladder_chart(rungs_of(verdicts("base"), "plan_assumptions", Names({})), SOURCE),
        "two floors": ladder_chart(
            rungs_of(verdicts("promised", "base"), "plan_assumptions", Names({})), SOURCE, "plan_assumptions"
        ),
        "horizon": horizon_chart(rows_of("due,attainment", *due), SOURCE),
        "binding": binding_chart([*limits, ("Consumption floor, 1933", -0.12)], SOURCE),
    }


@pytest.fixture(scope="module")
def drawings() -> dict[str, object]:
    return charts()


@pytest.mark.parametrize("name", ["targets", "ladder", "two floors", "horizon", "binding"])
def test_no_word_is_cut_or_covers_another(name: str, drawings: dict[str, object]) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    chart = drawings[name]
    renderer = FigureCanvasAgg(chart).get_renderer()
    chart.canvas.draw()
    texts = [text for text in chart.findobj(Text) if text.get_visible() and text.get_text().strip()]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in texts]
    boxes = [(text, box) for text, box in boxes if box.width > 0]
    assert len(boxes) > 5
    width, height = chart.bbox.width, chart.bbox.height
    for text, box in boxes:
        assert box.x0 >= 0, text
        assert box.y0 >= 0, text
        assert box.x1 <= width, text
        assert box.y1 <= height, text
    for (one, a), (two, b) in itertools.combinations(boxes, 2):
        across, down = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across <= 1 or down <= 3, (one, two)  # neighbouring lines may touch by the room for accents


@pytest.mark.parametrize("name", ["targets", "ladder", "horizon", "binding"])
def test_the_title_stands_alone_and_the_source_below(name: str, drawings: dict[str, object]) -> None:
    words = words_of(drawings[name])
    assert drawings[name].get_label()[:30] in words
    assert "3 of 4 numbers verified" in words
    assert "(%)" in words  # axes carry their unit
    assert "DejaVu Sans', Verdana, Arial" in as_svg(drawings[name])


def test_bars_come_worst_first_and_less_is_mirrored() -> None:
    found = bars(targets(), NAMES)
    assert [bar.label for bar in found[:2]] == ["pig iron", "employment of hands"]
    assert found[1].actual == pytest.approx(0.8)  # at most 10, in fact 12.5
    assert found[-1].label == "investment outside the modelled branches, 1932"
    assert "Pig iron sets the limit: all 12 figures together can be reached to 48.2 %" in as_svg(
        targets_chart(found, SOURCE, "1933")
    )


def test_many_targets_are_cut_and_it_is_said() -> None:
    found = bars(targets(MOST + 5), NAMES)
    assert "The targets with the highest shares, 5 in number, are left out" in words_of(
        targets_chart(found, SOURCE, "1933")
    )


def test_floors_below_the_base_level_are_no_option_on_a_chart() -> None:
    rungs = rungs_of(verdicts("base", "subsistence", "0.46"), "plan_assumptions", Names({}))
    assert {rung.floor for rung in drawn(rungs)} == {"base"}
    words = words_of(ladder_chart(rungs, SOURCE))
    assert "subsistence" not in words
    assert "a diagnosis, not an option" in words


def test_an_empty_set_is_said_and_not_drawn() -> None:
    rungs = rungs_of(verdicts("base", verdict="empty set"), "plan_assumptions", Names({}))
    assert drawn(rungs) == []
    assert ladder_finding(rungs) == "No plan keeps the floors and balances, whatever the targets"


def test_weights_of_a_certificate_put_periods_together() -> None:
    table = rows_of(
        "claim,part,name,family,share",
        "a,claim,attainment,,",
        "a,row,resource(sites;1932),resource,0.3",
        "a,row,resource(sites;1933),resource,0.5",
        "a,column,stock(coal;1933),stock,0.2",
        "a,row,target(output;x;1933),target,1",
        "b,row,resource(sites;1933),resource,9",
    )
    table = TextTable(table.columns, tuple(tuple(cell.replace(";", ",") for cell in row) for row in table.rows))
    assert weights_of("certificate", table, Names({"resource": {"sites": "Room for furnaces"}})) == [
        ("Room for furnaces, 1932 and 1933", 0.8),
        ("Stock: coal, 1933", 0.2),
    ]


def test_what_is_pale_has_an_edge_that_is_seen(drawings: dict[str, object]) -> None:
    from matplotlib.collections import PolyCollection
    from matplotlib.colors import to_hex
    from matplotlib.patches import Patch

    panel = Panel("Coal", "Mt", ("1", "2"), (1.0, 2.0), (1.0, 1.5), (2.0, 3.0), (0.5, 1.0), (math.nan, 3.0))
    found = 0
    for chart in (drawings["targets"], path_chart([panel], SOURCE)):
        for part in (*chart.findobj(Patch), *chart.findobj(PolyCollection)):
            fills, edges = (np.atleast_2d(colours) for colours in (part.get_facecolor(), part.get_edgecolor()))
            if len(fills) and to_hex(fills[0]) == PALE:
                found += 1
                assert lightness(to_hex(edges[0])) < 60  # 3 to 1 on white
                assert np.min(part.get_linewidth()) >= 0.5
    assert found > 12  # a bar a figure, its legend, and the band


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (save(charts()["targets"], tmp_path / name, "chart") for name in ("one", "two"))
    for one, two in zip(first, second, strict=True):
        assert one.read_bytes() == two.read_bytes()
    svg = first[0].read_text(encoding="utf-8")
    assert "Matplotlib v" not in svg
    assert not re.search(r"\d{4}-\d\d-\d\dT", svg)
    assert first[1].read_bytes().startswith(b"\x89PNG")


def test_drawing_leaves_the_readers_own_settings_alone() -> None:
    import matplotlib

    with matplotlib.rc_context({"font.size": 31.0, "axes.grid": False}):
        before = dict(matplotlib.rcParams)
        mine = as_svg(charts()["horizon"])
        assert dict(matplotlib.rcParams) == before
    assert mine == as_svg(charts()["horizon"])


def test_dollars_and_brackets_are_only_text() -> None:
    @styled
    def odd() -> object:
        chart, axes = figure("5 $ & <b> of $x$", "a < b & c", body=1.0)
        axes.plot([0, 1], [0, 1])
        return chart

    svg = as_svg(odd())
    assert "5 $ & <b> of $x$" in "".join(ET.fromstring(svg).itertext())
    assert 'aria-label="5 $ &amp; &lt;b&gt; of $x$"' in inline(svg, "odd").element


def test_inlined_charts_share_no_identifier_and_no_style(drawings: dict[str, object]) -> None:
    texts = {name: inline(as_svg(drawings[name]), name.replace(" ", "-")).element for name in ("targets", "horizon")}
    seen: set[str] = set()
    for text in texts.values():
        ids = re.findall(r'\bid="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        assert not seen & set(ids)
        seen |= set(ids)
        used = re.findall(r'(?:xlink:href="#|url\(#)([^")]+)', text)
        assert used
        assert set(used) <= set(ids)
        assert "<style" not in text
        assert "<metadata" not in text
        assert text.startswith("<svg viewBox=")


def lightness(colour: str) -> float:
    """CIE L* of a colour: what remains of it in grey print."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    y = sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 116 * y ** (1 / 3) - 16


def test_colours_differ_in_grey() -> None:
    levels = sorted(map(lightness, (INK, MAIN, ACCENT, PALE)))
    assert all(b - a > 18 for a, b in itertools.pairwise(levels))
    assert lightness(MUTED) < 51  # readable as text on white


def test_nothing_is_imported_for_drawing_before_it_is_drawn() -> None:
    code = "import sys, planner.reporting.page.page, planner.cli.commands.report; print({'matplotlib', 'jinja2'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"


def test_a_long_title_of_a_programme_stays_within_the_picture() -> None:
    row = {"project": "works", "start": "1", "on_stream": "2", "capacity": "furnaces", "size": 3.0, "unit": "t"}
    table = pd.DataFrame([{**row, "spent": 1.0, "spent_unit": "crowns", "period": period} for period in ("1", "2")])
    chart = programme_chart(
        table, "A finding that takes more than one line to be told in full " * 3, SOURCE * 3, Names({})
    )
    chart.canvas.draw()
    for text in (chart._suptitle, chart._supxlabel):
        assert text.get_window_extent().x1 <= chart.bbox.x1
