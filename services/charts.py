"""Figures → altair charts with Vietnamese labels and numbers, in blues that stay apart when printed grey.

Functions take plain rows, so screens and reports draw the same chart. On a screen pass `theme=None` to
Streamlit, or its own theme paints over this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import altair as alt
import pandas as pd

WIDTH = 468  # px: the width of the text of a report in points, so letters keep their size on paper
_BAR = 22  # px from bar to bar
_SHADES = ["#2b4a6f", "#7d9dc0", "#c9d6e4", "#525252", "#a3a3a3"]
_LINES = ["#16324f", "#4f76a3", "#333333", "#6b6b6b", "#8a8a8a"]  # thin, so none of them pale
_SHAPES = ["circle", "square", "triangle-up", "diamond", "cross"]
_FONT = "system-ui, Segoe UI, Arial, sans-serif"  # on screen; a report sets its own
_INK, _FAINT = "#222222", "#dddddd"
_LABEL = 260  # px at most for the name of a bar

LOCALE: dict[str, Any] = {
    "number": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " đồng"]},
    "time": {
        "dateTime": "%d/%m/%Y %H:%M:%S",
        "date": "%d/%m/%Y",
        "time": "%H:%M:%S",
        "periods": ["SA", "CH"],
        "days": ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"],
        "shortDays": ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
        "months": [f"Tháng {month}" for month in range(1, 13)],
        "shortMonths": [f"Th{month}" for month in range(1, 13)],
    },
}

Chart = alt.LayerChart | alt.FacetChart  # what altair says of a layer
Series = Sequence[tuple[str, str, int]]
T = TypeVar("T")


def bars(rows: Sequence[tuple[str, int]], *, title: str = "", x_label: str = "") -> Chart:
    """One horizontal bar a row (name, number), in the order given, the number at its end."""
    frame = pd.DataFrame(rows, columns=["name", "number"])
    base = alt.Chart(frame).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=_names()),
        x=alt.X("number:Q", title=x_label or None, axis=_counts(frame["number"])),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("number:Q", title=x_label or " ", format=",d")],
    )
    drawn = base.mark_bar(color=_SHADES[0], height={"band": 0.68})
    return _finished(alt.layer(drawn, _numbers(base)), title, height=_BAR * max(len(frame), 2))


def grouped(rows: Series, *, title: str = "", x_label: str = "", series_label: str = "") -> Chart:
    """Bars side by side: rows of (group, series, number); groups and series in the order given."""
    frame = pd.DataFrame(rows, columns=["name", "series", "number"])
    series = list(dict.fromkeys(frame["series"]))
    base = alt.Chart(frame).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=_names()),
        yOffset=alt.YOffset("series:N", sort=series),
        x=alt.X("number:Q", title=x_label or None, axis=_counts(frame["number"])),
        tooltip=_tooltip(series_label, x_label),
    )
    drawn = base.mark_bar().encode(color=_colour(series, series_label))
    height = max(frame["name"].nunique() * (len(series) * 15 + 10), 60)
    return _finished(alt.layer(drawn, _numbers(base)), title, height=height)


def months(rows: Series, *, title: str = "", y_label: str = "", series_label: str = "") -> Chart:
    """A line a series over time: rows of (month or quarter as shown, series, number), in order of time."""
    frame = pd.DataFrame(rows, columns=["name", "series", "number"])
    series = list(dict.fromkeys(frame["series"]))
    base = alt.Chart(frame).encode(
        x=alt.X("name:O", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
        y=alt.Y("number:Q", title=y_label or None, axis=_counts(frame["number"])),
        tooltip=_tooltip(series_label, y_label),
    )
    line = base.mark_line(strokeWidth=2).encode(
        color=_colour(series, series_label, _LINES),
        strokeDash=alt.StrokeDash("series:N", sort=series, legend=None, scale=_dashes(series)),
    )
    point = base.mark_point(filled=True, size=44, opacity=1).encode(
        color=_colour(series, series_label, _LINES),
        shape=alt.Shape(
            "series:N",
            title=series_label or None,
            sort=series,
            scale=alt.Scale(domain=series, range=_cycle(_SHAPES, series)),
            legend=_legend(series),
        ),
    )
    return _finished(alt.layer(line, point), title, height=150)


def targets(rows: Sequence[tuple[str, int, int]], *, title: str = "") -> Chart:
    """Progress to 100 %: rows of (target, met, of). A target that concerns nobody has an empty bar."""
    frame = pd.DataFrame(rows, columns=["name", "met", "of"])
    frame["share"] = [met / of if of else 0.0 for met, of in zip(frame["met"], frame["of"], strict=True)]
    frame["whole"] = 1.0
    frame["shown"] = [_of(met, of) for met, of in zip(frame["met"], frame["of"], strict=True)]
    axis = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1], grid=False)
    base = alt.Chart(frame).encode(
        y=alt.Y("name:N", sort=None, title=None, axis=_names()),
        tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("shown:N", title=" ")],
    )
    scale = alt.Scale(domain=[0, 1.35])
    whole = base.mark_bar(color="#eeeeee", stroke=_SHADES[3], strokeWidth=0.5, height={"band": 0.6})
    met = base.mark_bar(color=_SHADES[0], height={"band": 0.6})
    text = base.mark_text(align="left", dx=5, color=_INK).encode(x="whole:Q", text="shown:N")
    drawn = alt.layer(
        whole.encode(x=alt.X("whole:Q", title=None, axis=axis, scale=scale)), met.encode(x="share:Q"), text
    )
    return _finished(drawn, title, height=28 * max(len(frame), 2))


def _of(met: int, of: int) -> str:
    return f"{met}/{of} ({met / of * 100:.1f}%)".replace(".", ",") if of else "0/0"


def _names() -> alt.Axis:
    return alt.Axis(labelLimit=_LABEL, ticks=False, domain=True)


def _counts(numbers: pd.Series[int]) -> alt.Axis:
    """An axis of whole numbers: never a tick at one half of a person."""
    biggest = int(numbers.max()) if len(numbers) else 0
    return alt.Axis(format=",d", tickCount=min(max(biggest, 1), 5), tickMinStep=1)


def _numbers(base: alt.Chart) -> alt.Chart:
    numbers: alt.Chart = base.mark_text(align="left", dx=4, color=_INK)
    return numbers.encode(text=alt.Text("number:Q", format=",d"))


def _colour(series: list[str], label: str, shades: Sequence[str] = _SHADES) -> alt.Color:
    scale = alt.Scale(domain=series, range=_cycle(shades, series))
    return alt.Color("series:N", title=label or None, sort=series, scale=scale, legend=_legend(series))


def _legend(series: list[str]) -> alt.Legend | None:
    if len(series) < 2:
        return None
    columns = min(len(series), 3)
    return alt.Legend(
        orient="top", labelLimit=_LABEL, direction="horizontal", columns=columns, symbolStrokeWidth=0
    )


def _dashes(series: list[str]) -> alt.Scale:
    return alt.Scale(domain=series, range=_cycle([[1, 0], [8, 4], [3, 2], [9, 3, 2, 3], [2, 4]], series))


def _cycle(kinds: Sequence[T], series: list[str]) -> list[T]:
    """One kind a series, from the beginning again when there are more series."""
    return [kinds[number % len(kinds)] for number in range(len(series))]


def _tooltip(series_label: str, number_label: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip("name:N", title=" "),
        alt.Tooltip("series:N", title=series_label or " "),
        alt.Tooltip("number:Q", title=number_label or " ", format=",d"),
    ]


def _finished(chart: Chart, title: str, *, height: float) -> Chart:
    """Size, Vietnamese locale, fonts and colours for screen and paper alike."""
    sized = chart.properties(
        width=WIDTH, height=height, title=title, autosize=alt.AutoSizeParams(type="fit-x", contains="padding")
    )
    finished: Chart = (
        sized.configure(font=_FONT, locale=LOCALE, background="white", padding=2)
        .configure_axis(
            labelFontSize=11,
            labelFlush=False,
            titleFontSize=11,
            titleFontWeight="normal",
            labelColor=_INK,
            titleColor=_INK,
            domainColor="#666666",
            tickColor="#666666",
            gridColor=_FAINT,
        )
        .configure_text(fontSize=11)
        .configure_legend(labelFontSize=11, titleFontSize=11, titleFontWeight="normal", labelColor=_INK)
        .configure_title(fontSize=13, anchor="start", color=_INK)
        .configure_view(stroke=None)
    )
    return finished
