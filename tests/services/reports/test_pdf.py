"""The official document: what went in can be read out, and it keeps the rules of form."""

import io
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from services.reports import charts_svg, pdf
from services.reports import document as d
from services.reports.paper import FONTS, Paper
from tests.services.reports.conftest import chart_block, dated, letterhead, long_table, report

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵfjwz"


def reader(document: d.Document) -> PdfReader:
    return PdfReader(io.BytesIO(pdf.render(document)))


@pytest.mark.parametrize("file", sorted(FONTS.glob("*.ttf")), ids=lambda file: file.stem)
def test_each_font_has_every_vietnamese_letter(file):
    covered = TTFont(file).getBestCmap()
    wanted = LETTERS + LETTERS.upper() + "0123456789–—…≥≤→“”%·\u00a0"
    assert [letter for letter in wanted if ord(letter) not in covered] == []


def test_the_licence_lies_beside_the_fonts():
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text()


def test_text_comes_out_as_it_went_in(pages):
    text = "Thực hiện Kế hoạch, Sở báo cáo: đã hỗ trợ 1.234.500 đồng (35,2%); ưu tiên người Mông, Dao… " * 12
    shown = " ".join(pages(report(d.Paragraph(text.strip()))))
    assert text.strip() in shown
    assert "Kết quả tiếp nhận, xác minh, bảo vệ và hỗ trợ nạn nhân quý III năm 2018" in shown


def test_decomposed_letters_come_out_composed(pages):
    text = "Người được hỗ trợ"
    assert text in " ".join(pages(report(d.Paragraph(unicodedata.normalize("NFD", text)))))


def test_lines_typed_by_a_person_are_paragraphs(pages):
    shown = pages(report(d.Paragraph("Thiếu cán bộ.\n\nThiếu kinh phí.")))[0]
    assert "Thiếu cán bộ. Thiếu kinh phí." in shown


def test_figures_have_dots_and_nothing_is_a_dash(pages):
    columns = (d.Column(), d.Column(), d.Column(percent=True), d.Column(decimals=1))
    table = d.Table(columns, d.head_line("A", "B", "C", "D"), (d.Row((None, 1_440_000, 0.8021, 2.5)),))
    assert "– 1.440.000 80,2% 2,5" in pages(report(table))[0]


def test_without_a_number_and_a_date_there_are_dots(pages):
    first = pages(report())[0]
    assert "Số: ………/BC-SLĐTBXH" in first
    assert "Mường Khê, ngày …… tháng …… năm 2018" in first


def test_small_days_and_numbers_are_written_with_a_zero(pages):
    first = pages(report(letterhead=dated(date(2018, 2, 5))))[0]
    assert "Số: 07/BC-SLĐTBXH" in first
    assert "ngày 05 tháng 02 năm 2018" in first
    assert "ngày 25 tháng 9 năm 2018" in pages(report(letterhead=letterhead(dated=date(2018, 9, 25))))[0]


def test_the_parts_of_an_official_document_are_there(pages):
    shown = " ".join(pages(report(addressees=("Ủy ban nhân dân tỉnh", "Ban Chỉ đạo 138"))))
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "BÁO CÁO",
        "Kính gửi: - Ủy ban nhân dân tỉnh; - Ban Chỉ đạo 138.",
        "Số liệu tính đến ngày 25/9/2018",
        "I. TÌNH HÌNH",
        "Nơi nhận:",
        "- Lưu: VT, PCTNXH.",
        "Lò Văn Mẫu",
    ):
        assert part in shown


def number_boxes(document: d.Document, page: int) -> list[tuple[float, float]]:
    """(x, y) in points from below left of the page's own number."""
    found: list[tuple[float, float]] = []

    def visit(text, _cm, matrix, _font, _size):
        if text.strip() == str(page + 1):
            found.append((matrix[4], matrix[5]))

    reader(document).pages[page].extract_text(visitor_text=visit)
    return found


def many(number_at: d.NumberAt) -> d.Document:
    text = d.Paragraph("Nội dung của báo cáo. " * 400)
    return report(text, page=d.PageRules(number_at), recipients=None, signature=None)


def test_before_march_2020_the_number_is_at_the_foot_on_the_right():
    ((x, y),) = number_boxes(many(d.NumberAt.FOOT_RIGHT), 1)
    assert x > 500
    assert y < 60


def test_afterwards_it_is_in_the_middle_of_the_top_margin():
    ((x, y),) = number_boxes(many(d.NumberAt.TOP_CENTRE), 1)
    assert 300 < x < 345  # middle of the text: (30 + 195) / 2 mm
    assert y > 785


@pytest.mark.parametrize("number_at", list(d.NumberAt))
def test_the_first_page_has_no_number(number_at):
    assert number_boxes(many(number_at), 0) == []


def test_a_long_table_repeats_its_head_and_loses_no_row(pages):
    shown = pages(report())
    assert len(shown) >= 4
    for page in shown[1:-1]:
        assert page.startswith("Hồ sơ")
        assert "Địa bàn cư trú" in page and "Kinh phí" in page
    text = " ".join(shown)
    assert [text.count(f"Xã Nà Lạn {number} ") for number in range(1, 121)] == [1] * 120


def test_the_total_is_not_alone_on_the_last_page(pages):
    for rows in range(18, 40):
        shown = pages(report(long_table(rows), recipients=None, signature=None))
        last = next(page for page in shown if "Cộng" in page)
        assert f"Xã Nà Lạn {rows} " in last
        assert f"Xã Nà Lạn {rows - 1} " in last


def test_a_heading_is_never_left_at_the_foot_of_a_page(pages):
    for filling in range(12, 24):
        blocks = [d.Paragraph(f"Dòng {number}") for number in range(filling)]
        after = (d.Heading("II. Đánh giá"), d.Heading("1. Kết quả", 2), d.Paragraph("Đoạn sau. " * 30))
        shown = pages(report(*blocks, *after))
        page = next(page for page in shown if "II. ĐÁNH GIÁ" in page)
        assert "1. Kết quả Đoạn sau." in page


def test_the_signature_is_never_without_text(pages):
    for filling in range(10, 24):
        blocks = [d.Paragraph(f"Dòng {number}") for number in range(filling)]
        last = pages(report(*blocks, d.Paragraph("Trên đây là báo cáo, Sở trân trọng báo cáo. " * 5)))[-1]
        assert "trân trọng báo cáo." in last
        assert "Nơi nhận:" in last and "Lò Văn Mẫu" in last


def test_annexes_follow_the_signature_on_a_page_of_their_own():
    document = report(d.Paragraph("Nội dung."), annexes=(d.PageBreak(landscape=True), long_table(3)))
    made = reader(document)
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in made.pages]
    assert sizes == [(595, 842), (842, 595)]
    assert "Xã Nà Lạn 1" in made.pages[1].extract_text()


def test_a_cell_longer_than_a_page_is_continued(pages):
    table = d.Table((d.Column(), d.Column()), d.head_line("Việc", "Số"), (d.Row(("Nội dung dài. " * 900, 1)),))
    assert " ".join(pages(report(table))).count("Nội dung dài.") == 900


def test_a_long_word_is_cut_and_not_lost(pages):
    word = "a" * 400
    assert word in "".join(pages(report(d.Paragraph(word)))).replace(" ", "")


def test_fonts_are_embedded_and_language_and_title_are_set():
    made = reader(report(letterhead=dated(date(2018, 9, 25))))
    assert made.trailer["/Root"]["/Lang"] == "vi"
    assert made.metadata is not None and made.metadata.title.startswith("Báo cáo Kết quả")
    for page in made.pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            assert "/FontFile2" in descriptor


def test_there_is_nothing_that_runs_or_links():
    link = "Xem http://vi-du.test và [đây](http://vi-du.test) <a href='http://vi-du.test'>đó</a>"
    made = reader(report(d.Paragraph(link), chart_block()))
    assert not any("/Annots" in page for page in made.pages)
    assert not {"/AA", "/AcroForm"} & set(made.trailer["/Root"])
    assert made.trailer["/Root"]["/OpenAction"][1] == "/FitH"  # a place to look at, not an action
    assert not {"/JavaScript", "/EmbeddedFiles"} & set(made.trailer["/Root"].get("/Names", {}))


def test_a_chart_is_drawn_with_text_and_without_pictures(pages):
    document = report(d.Paragraph("Nội dung."), chart_block(), recipients=None, signature=None)
    assert all(not page.images for page in reader(document).pages)
    shown = " ".join(pages(document))
    for text in ("Nước ngoài: tự trở về", "1.204", "Số nạn nhân", "Biểu đồ 1. Theo hình thức"):
        assert text in shown


def test_a_chart_loads_nothing_from_outside():
    spec = {"mark": "bar", "data": {"url": "http://127.0.0.1:9/x.csv"}, "encoding": {"x": {"field": "a"}}}
    with pytest.raises(ValueError, match="allowed"):
        charts_svg.picture(spec)


def test_a_chart_higher_than_a_page_is_made_smaller():
    paper = Paper(d.PageRules())
    paper.new_page()
    tall = {**chart_block().spec, "height": 2000}
    assert charts_svg.height(paper, tall) < paper.body_height


def test_printing_a_dated_document_again_gives_the_same_file():
    document = report(letterhead=dated(date(2018, 9, 25)))
    assert pdf.render(document) == pdf.render(d.Document.from_dict(document.to_dict()))


def test_two_people_print_at_once():
    document = report(d.Paragraph("Nội dung."), chart_block(), letterhead=dated(date(2018, 9, 25)))
    alone = pdf.render(document)
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(pdf.render, [document] * 8)) == {alone}


def test_a_report_is_quick_once_the_engine_is_warm():
    charts_svg.warm()
    begun = time.perf_counter()
    pdf.render(report(d.Paragraph("Nội dung. " * 500), long_table(), chart_block()))
    assert time.perf_counter() - begun < 1.5


def test_a_plain_list_needs_no_letterhead(pages):
    document = d.Document("Sổ tiếp nhận", "", (long_table(5),), page=d.PageRules(landscape=True))
    assert "SỔ TIẾP NHẬN" in pages(document)[0]
    assert "CỘNG HÒA" not in pages(document)[0]


def short_table() -> d.Table:
    rows = tuple(d.Row((f"Dòng {number}", number)) for number in range(1, 11))
    return d.Table((d.Column(), d.Column()), d.head_line("A", "B"), rows, "Bảng 1. Ngắn", note="Ghi chú của bảng.")


@pytest.mark.parametrize("before", range(8, 24, 3))
def test_a_short_table_is_whole_and_text_fills_the_page_it_leaves(pages, before):
    filling = [d.Paragraph(f"Đoạn {number}.") for number in range(before)]
    text = "Nội dung tiếp theo của báo cáo. " * 4
    after = (d.Heading("2. Mục sau", 2), d.Paragraph(text.strip()), d.Heading("II. Phần sau"), d.Paragraph("Hết."))
    shown = pages(report(*filling, short_table(), *after))
    (at,) = [number for number, page in enumerate(shown) if "Dòng 1 1" in page]
    assert "Bảng 1. Ngắn" in shown[at] and "Dòng 10 10" in shown[at] and "Ghi chú của bảng." in shown[at]
    assert sum(page.count("Dòng 5 5") for page in shown) == 1
    part = next(number for number, page in enumerate(shown) if "II. PHẦN SAU" in page)
    assert part >= at and " ".join(shown).index("II. PHẦN SAU") > " ".join(shown).index("Ghi chú của bảng.")


def test_the_name_of_the_agency_is_broken_where_it_says(pages):
    named = letterhead(agency="Sở Lao động -\nThương binh và Xã hội")
    assert "SỞ LAO ĐỘNG -" in pages(report(letterhead=named))[0]
