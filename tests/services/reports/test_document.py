"""The document as data: it freezes into JSON and comes back the same."""

import json
from datetime import date

import pytest

from services.reports import document as d
from tests.services.reports.conftest import chart_block, dated, long_table, report


def test_it_comes_back_from_json_the_same():
    table = long_table(3)
    group = d.Row(("A. Tình hình",), d.RowKind.GROUP)
    grouped = d.Table(table.columns, table.head, (group, *table.rows))
    document = report(
        d.Heading("I. Tình hình"),
        d.Paragraph("Đoạn.", bold=True, align=d.Align.CENTRE),
        grouped,
        chart_block(),
        letterhead=dated(date(2018, 9, 25)),
        annexes=(d.PageBreak(True), table),
    )
    back = d.Document.from_dict(json.loads(json.dumps(document.to_dict())))
    assert back.to_dict() == document.to_dict()
    assert back.blocks[2] == grouped
    assert back.letterhead == document.letterhead
    assert back.annexes == document.annexes


def test_a_format_of_the_future_is_refused():
    with pytest.raises(ValueError, match="format"):
        d.Document.from_dict({**report().to_dict(), "format": 99})


def test_an_unknown_kind_of_block_is_refused():
    frozen = report(d.Paragraph("Đoạn.")).to_dict()
    frozen["blocks"][0]["kind"] = "Script"
    with pytest.raises(ValueError, match="unknown kind"):
        d.Document.from_dict(frozen)


def test_a_row_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="columns"):
        d.Table((d.Column(), d.Column()), d.head_line("A", "B"), (d.Row((1,)),))


@pytest.mark.parametrize(
    "head",
    [
        d.head_line("A"),
        d.head_line("A", "B", "C"),
        ((d.HeadCell("A", rowspan=2), d.HeadCell("B")), (d.HeadCell("C"), d.HeadCell("D"))),
        ((d.HeadCell("A", rowspan=3), d.HeadCell("B")), (d.HeadCell("C"),)),
    ],
)
def test_a_head_that_does_not_cover_the_columns_is_refused(head):
    with pytest.raises(ValueError, match="head"):
        d.Table((d.Column(), d.Column()), head, ())


@pytest.mark.parametrize(
    ("column", "value", "shown"),
    [
        (d.Column(), 1_440_000, "1.440.000"),
        (d.Column(), 0, "0"),
        (d.Column(), None, "–"),
        (d.Column(), -3, "-3"),
        (d.Column(), "77/96", "77/96"),
        (d.Column(decimals=1), 1234.56, "1.234,6"),
        (d.Column(percent=True), 0.8021, "80,2%"),
        (d.Column(percent=True, decimals=2), 0.8021, "80,21%"),
    ],
)
def test_values_are_shown_as_vietnamese_offices_write_them(column, value, shown):
    assert column.shown(value) == shown
