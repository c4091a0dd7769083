"""Charts in a PDF as vectors with real text: Vega-Lite → SVG (offline) → what fpdf2 can read → drawn.

The first conversion of a process starts a JavaScript engine and takes about half a second; later ones some
30 ms. `warm()` does it ahead, for instance while the server starts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, register_namespace, tostring

import vl_convert
from defusedxml.ElementTree import fromstring

from services.reports.paper import FAMILY, FONTS, Paper

_NAMESPACE = "http://www.w3.org/2000/svg"
_SVG = f"{{{_NAMESPACE}}}"
_UNIT = 25.4 / 72  # mm: one unit of a chart is a point
_CAPTION = 25  # mm left on the page for what belongs to the chart


@dataclass(frozen=True)
class Picture:
    """A chart as SVG that fpdf2 can read; width and height in its own units."""

    svg: str
    width: float
    height: float


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(FONTS))


def warm() -> None:
    """Start the engine, so that the first report is as fast as the others."""
    encoding = {"x": {"field": "a", "type": "quantitative"}}
    picture({"mark": "bar", "data": {"values": [{"a": 1}]}, "encoding": encoding})


def picture(spec: Mapping[str, Any]) -> Picture:
    """The chart with its text in the report's font. Nothing is loaded from any address."""
    return _converted(json.dumps(dict(spec), ensure_ascii=False, sort_keys=True))


@lru_cache(maxsize=32)
def _converted(spec: str) -> Picture:
    _register_fonts()
    chart = json.loads(spec)
    chart.setdefault("config", {})["font"] = FAMILY
    root = fromstring(vl_convert.vegalite_to_svg(chart, allowed_base_urls=[]))
    _mend(root)
    register_namespace("", _NAMESPACE)
    return Picture(str(tostring(root, encoding="unicode")), float(root.get("width")), float(root.get("height")))


def _mend(element: Element) -> None:
    """Vega's SVG without what fpdf2 stumbles over.

    Empty or hidden paths; lines without `x1`, `y1` (0 by the standard); shapes that would inherit a stroke;
    sizes of text in px, which fpdf2 would shrink to three quarters while lengths keep one unit a point.
    """
    for child in list(element):
        if child.get("d") == "" or child.get("display") == "none" or child.get("class") == "background":
            element.remove(child)
        else:
            _mend(child)
    for name in list(element.attrib):
        if name.startswith(("aria-", "role")) or (name, element.get(name)) == ("opacity", "1"):
            del element.attrib[name]
    if element.tag == f"{_SVG}line":
        for name in ("x1", "y1", "x2", "y2"):
            element.attrib.setdefault(name, "0")
    if element.tag in {f"{_SVG}path", f"{_SVG}rect", f"{_SVG}text"}:
        element.attrib.setdefault("stroke", "none")
    if element.tag == f"{_SVG}text":
        element.set("font-size", element.get("font-size", "11px").removesuffix("px"))
        element.set("font-family", FAMILY)


def height(paper: Paper, spec: Mapping[str, Any]) -> float:
    """Height in mm the chart takes on `paper`: as wide as the text, never enlarged, at most a page."""
    chart = picture(spec)
    return chart.height * _scale(paper, chart)


def draw(paper: Paper, spec: Mapping[str, Any]) -> None:
    """Draw at the cursor, centred between the margins; the cursor goes below it."""
    chart = picture(spec)
    scale = _scale(paper, chart)
    width = chart.width * scale
    x, source = paper.left + (paper.breadth - width) / 2, BytesIO(chart.svg.encode())
    top = paper.y
    paper.image(source, x, top, width, chart.height * scale)
    paper.y = top + chart.height * scale


def _scale(paper: Paper, chart: Picture) -> float:
    """Millimetres for one unit of the chart."""
    return min(paper.breadth / chart.width, (paper.body_height - _CAPTION) / chart.height, _UNIT)
