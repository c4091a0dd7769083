"""Charts on the screen. A chart is built once for the same numbers: building one costs more than all the rest."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import streamlit as st
from streamlit import dataframe_util

from services import charts
from services.figures import Breakdown, Point

NAMES = ("Tiếp nhận", "Nạn nhân")
COURSE = ("Tiếp nhận", "Kết luận", "Nạn nhân")
FILES = "Hồ sơ"
FONT = "Source Sans, Segoe UI, Arial, sans-serif"
KEPT = 256  # specs: numbers without any name of a person
Series = tuple[tuple[str, str, int], ...]


def shares(part: Breakdown) -> None:
    """A breakdown: received and victims side by side, a group each."""
    rows = tuple(
        (share.label, name, number)
        for share in part.shares
        for name, number in zip(NAMES, (share.received, share.victims), strict=True)
    )
    _show(_grouped(rows), part.title)


def course(points: Sequence[Point]) -> None:
    """The parts of a period as lines over time."""
    rows = tuple(
        (point.label, name, number)
        for point in points
        for name, number in zip(COURSE, (point.received, point.concluded, point.victims), strict=True)
    )
    _show(_months(rows), ", ".join(COURSE))


@lru_cache(KEPT)
def _grouped(rows: Series) -> dict[str, Any]:
    return _for_screen(charts.grouped(rows, x_label=FILES).to_dict())


@lru_cache(KEPT)
def _months(rows: Series) -> dict[str, Any]:
    return _for_screen(charts.months(rows, y_label=FILES).to_dict())


def _for_screen(spec: dict[str, Any]) -> dict[str, Any]:
    """The letters of the screen; the numbers already in the form in which they are sent."""
    spec["config"]["font"] = FONT
    spec["datasets"] = {
        name: dataframe_util.convert_anything_to_arrow_bytes(rows) for name, rows in spec["datasets"].items()
    }
    return spec


def _show(spec: dict[str, Any], words: str) -> None:
    st.vega_lite_chart(spec=spec, theme=None, width="stretch", alt=words)
