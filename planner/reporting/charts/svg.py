"""A chart as text: no longer than it has to be in a file, and as part of a page.

In a page there are drawn things and text alone, nothing that runs, loads or styles anything else: the element is built anew
from what is known to be harmless. Styles become attributes, since a page whose content policy allows no inline styles would
not heed them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree

__all__ = ["Inline", "UnsafeChartError", "compact", "inline"]

_MOST = 20 * 2**20  # bytes; no chart of ours comes near
_ELEMENTS = {
    "svg",
    "g",
    "defs",
    "path",
    "text",
    "tspan",
    "use",
    "clipPath",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "pattern",
    "title",
    "desc",
}
_SHAPES = {
    "id",
    "d",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "dx",
    "dy",
    "width",
    "height",
    "r",
    "rx",
    "ry",
    "cx",
    "cy",
    "points",
    "transform",
    "viewBox",
    "patternUnits",
    "patternTransform",
    "clip-path",
    "clip-rule",
    "fill-rule",
    "textLength",
}
_STYLES = {
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-miterlimit",
    "opacity",
    "text-anchor",
    "font-size",
    "font-family",
    "font-weight",
    "font-style",
    "font-variant",
    "font-stretch",
    "visibility",
    "display",
}
_FONT = re.compile(r"(?P<before>.*?)(?P<size>[\d.]+(?:px|pt|em|%))(?:/\S+)?\s+(?P<family>.+)", re.DOTALL)
_LOCAL = re.compile(r"url\(\s*#([\w.-]+)\s*\)")
_LINK = "{http://www.w3.org/1999/xlink}href"
_SPACE = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+\.\d+(e-?\d+)?")
_PLACES = {"d", "x", "y", "points", "transform", "viewBox", "width", "height"}  # attributes that hold places
_AROUND = re.compile(r"\s*([A-Za-z])\s*")
_WORDS = {"text", "tspan", "title", "style"}  # elements whose text counts
_UNTURNED = re.compile(r"rotate\(-?0[ )].*")


@dataclass(frozen=True)
class Inline:
    """A chart as an element of a page.

    Args:
        title: the finding.
        element: one ``<svg>`` that scales with its container.
    """

    title: str
    element: str


class UnsafeChartError(ValueError):
    """A file that is no chart of ours."""


def compact(svg: str, family: str) -> str:
    """An SVG of matplotlib's without what nobody sees.

    Places are rounded to a tenth of a point; groups that do nothing, their names and descriptions go; what all text is
    written in is said once, and what a sign says of itself not again wherever it stands.

    Args:
        svg: as matplotlib writes it.
        family: of fonts that all text is written in.
    """
    for prefix, space in (("", _SPACE[1:-1]), ("xlink", _LINK[1:-5])):
        ElementTree.register_namespace(prefix, space)
    root = ElementTree.fromstring(svg)
    for element in root.findall(f"{_SPACE}metadata"):
        root.remove(element)
    _shorten(root, f"font-family:{family};")
    root.set("font-family", family)
    signs = {f"#{sign.get('id')}": sign.get("style", "").split(";") for sign in root.iter() if sign.get("id")}
    for use in root.iter(f"{_SPACE}use"):
        own = [said for said in use.get("style", "").split(";") if said not in signs.get(use.get(_LINK, ""), ())]
        use.set("style", ";".join(own))
    return f"{ElementTree.tostring(root, encoding='unicode')}\n"


def _shorten(element: ElementTree.Element, family: str) -> None:
    kept: list[ElementTree.Element] = []
    for child in element:
        _shorten(child, family)
        kept += child if child.tag == f"{_SPACE}g" and not child.attrib else [child]
    element[:] = kept
    element.tail = "\n"
    if element.tag.removeprefix(_SPACE) not in _WORDS:
        element.text = None
    if element.tag == f"{_SPACE}g":
        element.attrib.pop("id", None)
    for key, value in list(element.attrib.items()):
        if key == "transform" and _UNTURNED.fullmatch(value):
            del element.attrib[key]
        elif key in _PLACES:
            rounded = _NUMBER.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), value)
            element.set(key, _AROUND.sub(r"\1", " ".join(rounded.split())) if key == "d" else rounded)
        elif key == "style":
            element.set(key, re.sub(r"\s*([:;])\s*", r"\1", value + ";").replace(family, "").rstrip(";"))


def inline(svg: str, name: str) -> Inline:
    """An SVG as an element of a page: no header, its own identifiers, a name for those who do not see it.

    Args:
        svg: as ``as_svg`` gives it, or any other.
        name: unique in the page, put before every identifier.

    Raises:
        UnsafeChartError: the text is no SVG.
    """
    if len(svg) > _MOST or "<!ENTITY" in svg:
        raise UnsafeChartError("it is too long, or declares entities")
    try:
        root = ElementTree.fromstring(svg)
        if root.tag != f"{_SPACE}svg":
            raise UnsafeChartError("it is no SVG")
        inside = "".join(_children(root, name))
    except (ElementTree.ParseError, RecursionError) as error:
        raise UnsafeChartError(str(error)) from error
    title = next((found.text for found in root.iter() if found.tag.endswith("}title") and found.text), name)
    opening = {
        "viewBox": root.get("viewBox", "0 0 576 360"),
        "role": "img",
        "aria-label": title,
        "stroke-linejoin": "round",
        "stroke-linecap": "butt",
    }
    return Inline(title, f"<svg{_written(opening)}>{inside.strip()}</svg>")


def _children(element: ElementTree.Element, name: str) -> Iterator[str]:
    yield escape(element.text or "", quote=False)
    for child in element:
        kind = child.tag.removeprefix(_SPACE) if isinstance(child.tag, str) else ""
        if kind in _ELEMENTS:
            yield f"<{kind}{_written(_attributes(child, name))}>{''.join(_children(child, name))}</{kind}>"
        yield escape(child.tail or "", quote=False)


def _written(attributes: dict[str, str]) -> str:
    return "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())


def _attributes(element: ElementTree.Element, name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in element.attrib.items():
        if key == "style":
            found.update(_styles(value, name))
        elif key == "id":
            found["id"] = f"{name}-{value}"
        elif key in (_LINK, "href") and value.startswith("#"):
            found["href"] = f"#{name}-{value[1:]}"
        elif key in _SHAPES | _STYLES and (safe := _local(value, name)) is not None:
            found[key] = safe
    return found


def _local(value: str, name: str) -> str | None:
    """A value whose references lead to the same chart; nothing where one leads elsewhere."""
    made = _LOCAL.sub(rf"url(#{name}-\1)", value)
    return None if re.search(r"url\((?!#)|image\(|image-set\(|expression\(", made, re.IGNORECASE) else made


def _styles(text: str, name: str) -> Iterator[tuple[str, str]]:
    """Declarations of a style as attributes; the short form of fonts taken apart."""
    for declaration in text.split(";"):
        key, colon, value = (part.strip() for part in declaration.partition(":"))
        if key == "font" and (parts := _FONT.fullmatch(value)):
            yield from _font(parts)
        elif colon and key in _STYLES and (safe := _local(value, name)) is not None:
            yield key, safe


def _font(parts: re.Match[str]) -> Iterator[tuple[str, str]]:
    yield "font-size", parts["size"]
    yield "font-family", parts["family"].strip()
    for word in parts["before"].split():
        if word in ("italic", "oblique"):
            yield "font-style", word
        elif word in ("bold", "bolder", "lighter") or word.isdigit():
            yield "font-weight", word
