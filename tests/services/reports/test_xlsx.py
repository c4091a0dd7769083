"""The same document as a workbook: figures can be summed, texts cannot run."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from services.reports import document as d
from services.reports import xlsx
from services.reports.cells import safe_cell
from tests.services.reports.conftest import chart_block, long_table, report


def sheet(document: d.Document):
    return load_workbook(io.BytesIO(xlsx.render(document))).active


def cells(document: d.Document):
    return [cell for row in sheet(document).iter_rows() for cell in row if cell.value is not None]


def test_figures_are_numbers_with_a_format():
    found = {cell.value: cell for cell in cells(report())}
    assert found[120 * 1_234_500].data_type == "n"
    assert found[120 * 1_234_500].number_format == "#,##0"


def test_a_fraction_is_a_percentage():
    table = d.Table((d.Column(percent=True),), d.head_line("Tỷ lệ"), (d.Row((0.8021,)),))
    (found,) = [cell for cell in cells(report(table)) if cell.value == 0.8021]
    assert found.number_format == "0.0%"


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "=1+1"])
def test_text_that_looks_like_a_formula_stays_text(text):
    table = d.Table((d.Column(),), d.head_line(text), (d.Row((text,)),), caption=text)
    found = [cell for cell in cells(report(d.Heading(text, 2), d.Paragraph(text), table)) if cell.value == text]
    assert len(found) == 5
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found)


def test_everything_is_there_in_order():
    texts = [str(cell.value) for cell in cells(report(d.Heading("I. Tình hình"), long_table(2), chart_block()))]
    wanted = ["BÁO CÁO", "I. TÌNH HÌNH", "Bảng 1. Theo địa bàn", "Cộng", "Biểu đồ 1. Theo hình thức", "Nơi nhận:"]
    places = [texts.index(text) for text in wanted]
    assert places == sorted(places)
    assert "1204" in texts


def test_it_prints_on_a4_with_the_head_on_each_page():
    made = sheet(report())
    assert made.page_setup.paperSize == 9  # A4 in the format's own list
    assert (made.page_setup.fitToWidth, made.page_setup.fitToHeight) == (1, 0)
    first, last = (int(part.strip("$")) for part in made.print_title_rows.split(":"))
    assert last == first + 1
    assert "TT" in [cell.value for cell in made[first]]


def test_annexes_have_a_sheet_of_their_own():
    document = report(d.Paragraph("Nội dung."), annexes=(d.PageBreak(landscape=True), long_table(3)))
    first, second = load_workbook(io.BytesIO(xlsx.render(document))).worksheets
    assert (first.page_setup.orientation, second.page_setup.orientation) == ("portrait", "landscape")
    assert "Xã Nà Lạn 3" in [cell.value for row in second.iter_rows() for cell in row]


def test_fonts_are_those_of_the_office():
    assert {cell.font.name for cell in cells(report(long_table(2), chart_block()))} == {"Times New Roman"}


def test_control_characters_are_left_out():
    made = safe_cell(Workbook().active, 1, 1, "Mẫu\x00\x0b số 1")
    assert made.value == "Mẫu số 1"
