"""Documents of an invented province, and readers of what the renderers made of them."""

import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from services import charts
from services.reports import document as d
from services.reports import pdf

FIVE = (("Nước ngoài: trao trả", 21), ("Nước ngoài: tự trở về", 14), ("Trong tỉnh", 1204))


def letterhead(**facts: object) -> d.Letterhead:
    bare = d.Letterhead(
        parent_agency="Ủy ban nhân dân tỉnh Mường Khê",
        agency="Sở Lao động –\nThương binh và Xã hội",
        symbol="BC-SLĐTBXH",
        place="Mường Khê",
        year=2018,
    )
    return replace(bare, **facts)


def long_table(rows: int = 120) -> d.Table:
    head = (
        (d.HeadCell("TT", rowspan=2), d.HeadCell("Địa bàn cư trú", rowspan=2), d.HeadCell("Hồ sơ", colspan=2)),
        (d.HeadCell("Tiếp nhận"), d.HeadCell("Kinh phí")),
    )
    names = [(number, f"Xã Nà Lạn {number}") for number in range(1, rows + 1)]
    body = [d.Row((number, name, number * 7, number * 1_234_500)) for number, name in names]
    total = d.Row(("", "Cộng", 50_820, None), d.RowKind.TOTAL)
    columns = (d.Column(d.Align.CENTRE), d.Column(), d.Column(), d.Column())
    return d.Table(columns, head, (*body, total), caption="Bảng 1. Theo địa bàn", unit="Đơn vị tính: đồng")


def report(*blocks: d.Block, **facts: object) -> d.Document:
    bare = d.Document(
        title="Báo cáo",
        subject="Kết quả tiếp nhận, xác minh, bảo vệ và hỗ trợ nạn nhân quý III năm 2018",
        blocks=blocks or (d.Heading("I. Tình hình"), d.Paragraph("Trong kỳ tiếp nhận 96 hồ sơ."), long_table()),
        letterhead=letterhead(),
        addressees=("Ủy ban nhân dân tỉnh Mường Khê",),
        recipients=d.Recipients(("Như trên", "Lưu: VT, PCTNXH")),
        signature=d.SignatureBlock(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Lò Văn Mẫu"),
        as_of="Số liệu tính đến ngày 25/9/2018",
        page=d.PageRules(d.NumberAt.FOOT_RIGHT),
    )
    return replace(bare, **facts)


def chart_block() -> d.ChartBlock:
    drawn = charts.bars(FIVE, x_label="Số nạn nhân")
    return d.ChartBlock.of("Biểu đồ 1. Theo hình thức", drawn, ("Hình thức", "Số nạn nhân"), FIVE)


def dated(day: date) -> d.Letterhead:
    return letterhead(dated=day, number="7")


@pytest.fixture
def pages(tmp_path: Path):
    """Document → text of each page as pdftotext reads it, blanks reduced to one."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not installed, so the text of the PDF cannot be read back")

    def read(document: d.Document) -> list[str]:
        (tmp_path / "d.pdf").write_bytes(pdf.render(document))
        done = subprocess.run(
            ["pdftotext", "-layout", str(tmp_path / "d.pdf"), "-"], capture_output=True, check=True
        )
        text = done.stdout.decode()
        assert text == unicodedata.normalize("NFC", text)
        return [re.sub(r"[ \n]+", " ", page).strip() for page in text.split("\f")[:-1]]

    return read
