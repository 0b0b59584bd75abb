"""Colours of charts in grey print and to colour-blind eyes."""

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from planner.reporting.charts import multiples, style

SERIES = ("INK", "MAIN", "ACCENT", "MUTED", "PALE")
# Machado, Oliveira and Fernandes 2009, IEEE Transactions on Visualization and Computer Graphics 15(6), severity 1.0: what an
# eye without one kind of cone sees of linear red, green and blue
EYES = {
    "usual": np.eye(3),
    "without red cones": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "without green cones": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])  # IEC 61966-2-1
GREY, COLOUR = 13.0, 25.0  # steps of CIE 1976 lightness, and of colour, that two marks of a chart are apart at least


def seen(colour: str, eye: str) -> np.ndarray:
    """CIE 1976 L*, a*, b* of a colour as an eye sees it."""
    coded = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(EYES[eye] @ linear, 0, 1) / (TO_XYZ @ np.ones(3))
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_white_is_as_light_as_can_be() -> None:
    assert seen("#ffffff", "usual") == pytest.approx([100, 0, 0], abs=1e-6)


@pytest.mark.parametrize(("one", "other"), list(combinations(SERIES, 2)))
def test_no_two_colours_are_one_in_grey_print_or_to_any_eye(one: str, other: str) -> None:
    colours = [getattr(style, name) for name in (one, other)]
    light = [seen(colour, "usual")[0] for colour in colours]
    assert abs(light[0] - light[1]) >= GREY
    for eye in EYES:
        assert np.linalg.norm(np.subtract(*(seen(colour, eye) for colour in colours))) >= COLOUR


def test_greys_of_one_chart_are_apart() -> None:
    light = [seen(colour, "usual")[0] for colour in style.SHADES]
    assert min(np.diff(light)) >= GREY


def test_lines_of_one_chart_differ_in_their_dashes_or_in_grey() -> None:
    for one, other in combinations(multiples.STYLES, 2):
        apart = abs(seen(one["color"], "usual")[0] - seen(other["color"], "usual")[0])
        assert one["linestyle"] != other["linestyle"] or apart >= GREY


def test_every_colour_stands_in_the_style() -> None:
    folder = Path(style.__file__).parent
    own = {
        path.name: re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8")) for path in folder.glob("*.py")
    }
    assert own.pop("style.py")
    assert not any(own.values())


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast of two colours, 1 to 21."""
    light = []
    for colour in (one, other):
        coded = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
        linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
        light.append(float(TO_XYZ[1] @ linear))
    return (max(light) + 0.05) / (min(light) + 0.05)


def test_black_on_white_is_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("sheet", ["page.css", "short.css"])
def test_text_of_a_page_can_be_read_and_its_focus_be_seen(sheet: str) -> None:
    text = (Path(style.__file__).parents[1] / "page" / "templates" / sheet).read_text(encoding="utf-8")
    named = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", text))
    grounds = ["#ffffff", *(named[name] for name in named.keys() & {"wash"})]
    inks = set(re.findall(r"[ {;]color: var\(--(\w+)\)", text))
    assert {"ink", "quiet"} <= inks
    for ink in inks:
        assert min(contrast(named[ink], ground) for ground in grounds) >= 4.5, ink
    for outline in re.findall(r"outline: [^;]*(#[0-9a-f]{6})", text):
        assert min(contrast(outline, ground) for ground in grounds) >= 3.0, outline


@pytest.mark.parametrize("name", ["INK", "MUTED"])
def test_words_of_a_chart_can_be_read(name: str) -> None:
    assert contrast(getattr(style, name), "#ffffff") >= 4.5


@pytest.mark.parametrize("name", ["MAIN", "ACCENT"])
def test_lines_and_points_of_a_chart_stand_out(name: str) -> None:
    assert contrast(getattr(style, name), style.PAPER) >= 3.0


def test_pages_have_the_colours_of_their_charts() -> None:
    text = (Path(style.__file__).parents[1] / "page" / "templates" / "page.css").read_text(encoding="utf-8")
    assert f"--ink: {style.INK};" in text
    assert f"--main: {style.MAIN};" in text
