"""Charts: Vietnamese numbers, whole persons, and nothing breaks when there is nothing to draw."""

import re
import warnings

import pytest

from services import charts
from services.reports import charts_svg

SERIES = [("1/2018", "Tiếp nhận", 12), ("1/2018", "Nạn nhân", 7), ("2/2018", "Tiếp nhận", 1890)]
DRAWN = {
    "bars": charts.bars([("Tự trở về", 2_150), ("Được giải cứu", 0)], x_label="Số người"),
    "grouped": charts.grouped(SERIES, x_label="Số người"),
    "months": charts.months(SERIES, y_label="Hồ sơ"),
    "targets": charts.targets([("Xác minh", 93, 96), ("Bảo vệ", 0, 0)]),
}
EMPTY = {
    "bars": charts.bars([]),
    "bars of zeros": charts.bars([("Tự trở về", 0)]),
    "grouped": charts.grouped([]),
    "months": charts.months([]),
    "targets": charts.targets([]),
}


def words(chart) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", charts_svg.picture(chart.to_dict()).svg)


@pytest.mark.parametrize("chart", EMPTY.values(), ids=EMPTY)
def test_nothing_to_draw_is_no_error(chart):
    assert charts_svg.picture(chart.to_dict()).height > 0


@pytest.mark.parametrize("name", ["bars", "grouped", "months"])
def test_thousands_have_a_dot(name):
    assert any(re.fullmatch(r"\d\.\d{3}", word) for word in words(DRAWN[name]))


def test_names_stand_in_the_order_given():
    shown = words(DRAWN["bars"])
    assert shown.index("Tự trở về") < shown.index("Được giải cứu")


def test_a_target_says_met_of_all_with_a_comma():
    shown = words(DRAWN["targets"])
    assert "93/96 (96,9%)" in shown
    assert "0/0" in shown


def test_few_persons_are_never_halved():
    assert not [word for word in words(charts.bars([("Nữ", 1), ("Nam", 2)])) if "," in word]


@pytest.mark.parametrize("chart", DRAWN.values(), ids=DRAWN)
def test_a_chart_is_as_wide_as_the_text(chart):
    assert charts_svg.picture(chart.to_dict()).width == pytest.approx(charts.WIDTH, abs=6)


@pytest.mark.parametrize("chart", DRAWN.values(), ids=DRAWN)
def test_the_specification_is_complete_and_offline(chart):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        spec = chart.to_dict()
    assert "url" not in str(spec.get("data"))
    assert spec["config"]["locale"]["number"]["decimal"] == ","
