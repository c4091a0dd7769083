"""The periodic report: who may make it, what it says, and that it says the same everywhere."""

import io
import json
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from db.accounts import Role
from db.cases import Case
from db.support import Delivery, SupportKind, SupportNeed
from db.verification import Conclusion, Outcome
from services import figures, importing, periods
from services.errors import Refused
from services.figures import Missed, Reason, Target, TargetKey
from services.office import Office
from services.reports import pdf, periodic, xlsx
from services.reports import periodic_text as words
from services.reports.document import ChartBlock, Document, Heading, NumberAt, Paragraph, Row, Table
from services.reports.writing import Texts, save
from services.work import Actor, Work, command_line
from tests.factories import LABOUR, SHELTER, actor, case, unit

TODAY = date(2026, 11, 1)
REGISTER = Path(__file__).parents[1] / "data" / "so_tiep_nhan_sach.xlsx"
Q3 = periods.parse("2018Q3")


def writing(office: Office, who: Actor | None = None) -> Work:
    return Work(office, who or command_line(), write=True, today=TODAY)


def reading(office: Office, who: Actor | None = None) -> Work:
    return Work(office, who or command_line(), today=TODAY)


@pytest.fixture
def filled(office: Office) -> Office:
    """An office with a register of 96 files."""
    with writing(office) as work:
        importing.apply(work, importing.check(work, REGISTER))
    return office


def composed(
    office: Office, key: str = "2018Q3", *, unit_id: int | None = None, as_of: date | None = None
) -> Document:
    with reading(office) as work:
        return periodic.compose(work, periods.parse(key), unit_id=unit_id, as_of=as_of)


def texts(document: Document) -> str:
    blocks = (*document.blocks, *document.annexes)
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph | Heading))


def table(document: Document, title: str) -> Table:
    blocks = (*document.blocks, *document.annexes)
    return next(block for block in blocks if isinstance(block, Table) and title in block.caption)


def lines(found: Table) -> Iterator[Row]:
    return (row for row in found.rows if len(row.cells) == len(found.columns))


def test_the_report_says_what_the_figures_say(filled: Office) -> None:
    document = composed(filled)
    with reading(filled) as work:
        counts = figures.account(work, Q3)
        five = figures.lines(work, Q3)
        targets = figures.targets(work, Q3)
        money = figures.money(work, Q3)
    account = [row.cells[2] for row in lines(table(document, "Tình hình tiếp nhận"))]
    assert account == [
        counts.opening, counts.received, counts.reopened, counts.concluded,
        counts.victim, counts.not_victim, counts.insufficient, counts.closing,
    ]  # fmt: skip
    by_line = [row.cells[3] for row in lines(table(document, "theo hình thức"))]
    assert by_line == [*(five[line] for line in figures.FIVE), counts.victim]
    reached = [row.cells[2:4] for row in lines(table(document, "các chỉ tiêu"))]
    assert reached == [(target.of, target.met) for target in targets.values()]
    assert list(lines(table(document, "theo nguồn")))[-1].cells[-1] == money.total
    assert f"tiếp nhận {counts.received} trường hợp" in texts(document)


def test_it_compares_with_the_period_before_and_a_year_earlier(filled: Office) -> None:
    found = table(composed(filled), "Tình hình tiếp nhận")
    received = list(lines(found))[1].cells
    with reading(filled) as work:
        now, before, year_ago = (
            figures.account(work, periods.parse(key)).received for key in ("2018Q3", "2018Q2", "2017Q3")
        )
    assert received[2:] == (now, before, now - before, year_ago, now - year_ago)
    assert [cell.text for cell in found.head[0]][2:] == [
        "Quý III năm 2018", "Quý II năm 2018", "Tăng, giảm", "Quý III năm 2017", "Tăng, giảm",
    ]  # fmt: skip


def test_a_period_before_all_files_is_unknown_and_not_zero(filled: Office) -> None:
    found = table(composed(filled, "2016Q1"), "Tình hình tiếp nhận")
    assert all(row.cells[3:] == (None,) * 4 for row in found.rows)
    assert "chưa có số liệu" in found.note


def test_every_breakdown_sums_to_its_total(filled: Office) -> None:
    document = composed(filled, "2016-2020")
    totals = {row.cells[1:] for row in table(document, "Cơ cấu").rows if row.cells[0] == "Tổng số"}
    assert totals == {(96, 47)}
    assert list(lines(table(document, "đơn vị tiếp nhận")))[-1].cells[2:4] == (96, 47)


WORK = "công tác tiếp nhận, xác minh, bảo vệ và hỗ trợ nạn nhân bị mua bán"


@pytest.mark.parametrize(
    ("key", "subject"),
    [
        ("2018Q3", f"Kết quả {WORK} quý III năm 2018"),
        ("2018H1", f"Kết quả {WORK} 6 tháng đầu năm 2018"),
        ("2018", f"Kết quả {WORK} năm 2018"),
        ("2016-2018", f"Sơ kết 3 năm thực hiện {WORK}, giai đoạn 2016 - 2018"),
        ("2016-2020", f"Tổng kết 5 năm thực hiện {WORK}, giai đoạn 2016 - 2020"),
    ],
)
def test_its_subject_names_the_period(office: Office, key: str, subject: str) -> None:
    document = composed(office, key)
    assert (document.title, document.subject) == ("Báo cáo", subject)


def test_the_long_reports_show_year_by_year(filled: Office) -> None:
    found = table(composed(filled, "2016-2018"), "Diễn biến theo năm")
    assert [row.cells[0] for row in found.rows] == ["2016", "2017", "2018", "Tổng số"]
    assert sum(int(row.cells[1] or 0) for row in found.rows[:-1]) == found.rows[-1].cells[1] == 65
    assert found.rows[0].cells[4] == "24/25"


def test_the_day_of_the_figures_stands_below_the_title(filled: Office) -> None:
    assert composed(filled).as_of == "(Số liệu tính đến ngày 30/09/2018)"
    early = composed(filled, as_of=date(2018, 9, 10))
    assert early.as_of == "(Số liệu tính đến ngày 10/09/2018)"


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (Texts(dated=date(2018, 9, 25)), "25/09/2018"),
        (Texts(dated=date(2018, 10, 5)), "30/09/2018"),
        (Texts(dated=date(2018, 9, 25), as_of=date(2018, 9, 15)), "15/09/2018"),
        (Texts(), "30/09/2018"),
    ],
)
def test_no_figure_is_younger_than_the_report(filled: Office, typed: Texts, expected: str) -> None:
    with writing(filled) as work:
        save(work, Q3, typed)
    document = composed(filled)
    assert document.as_of == f"(Số liệu tính đến ngày {expected})"
    assert texts(document).count(f"đến hết ngày {expected}") >= 2
    assert composed(filled, as_of=date(2018, 9, 10)).as_of == "(Số liệu tính đến ngày 10/09/2018)"


def test_a_period_that_runs_is_compared_with_as_many_days(filled: Office) -> None:
    document = composed(filled, as_of=date(2018, 8, 10))
    heads = [cell.text for cell in table(document, "Tình hình tiếp nhận").head[0]]
    assert heads[3] == "Quý II năm 2018 đến ngày 11/05/2018"  # the 41st day of each
    assert heads[5] == "Quý III năm 2017 đến ngày 10/08/2017"
    before = list(lines(table(document, "Tình hình tiếp nhận")))[1].cells[3]
    with reading(filled) as work:
        assert before == figures.account(work, periods.parse("2018-04-01..2018-05-11")).received
    assert "khi kỳ chưa kết thúc" in texts(document)
    assert "chưa kết thúc" not in texts(composed(filled))


def test_lines_and_targets_are_named_as_they_count(filled: Office) -> None:
    document = composed(filled)
    names = [str(row.cells[1]) for row in lines(table(document, "theo hình thức"))]
    assert names[0] == "Từ nước ngoài trở về qua trao trả chính thức, giải cứu"
    assert "được tiến hành các thủ tục xác minh" in str(next(lines(table(document, "các chỉ tiêu"))).cells[1])


def test_tables_and_charts_are_numbered_and_referred_to(filled: Office) -> None:
    document = composed(filled)
    charts = [block.caption for block in document.annexes if isinstance(block, ChartBlock)]
    assert charts == ["Biểu đồ 1. Tiếp nhận, kết luận và nạn nhân được xác định"]
    assert "(Bảng 1.)" in texts(document) and not texts(document).endswith("./. (Bảng 6.)")
    assert "./. (" not in texts(document)
    months = table(document, "Diễn biến theo tháng").rows
    assert months[-1].cells[1:] == tuple(sum(int(row.cells[at] or 0) for row in months[:-1]) for at in range(1, 5))


def test_nothing_happened_is_said_in_words(office: Office) -> None:
    document = composed(office)
    said = texts(document)
    assert "không tiếp nhận trường hợp nào" in said
    assert "không có trường hợp nào được kết luận là nạn nhân" in said
    assert "không áp dụng biện pháp bảo vệ nào" in said
    assert "không phát sinh lượt hỗ trợ nào" in said
    assert said.count("trong kỳ không phát sinh") == 4
    assert document.annexes == ()
    assert pdf.render(document) and xlsx.render(document)


def missed(not_done: int, no_need: int, refused: int) -> tuple[Missed, ...]:
    reasons = [Reason.NOT_DONE] * not_done + [Reason.NO_NEED] * no_need + [Reason.REFUSED] * refused
    return tuple(Missed(number, reason) for number, reason in enumerate(reasons))


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (missed(9, 6, 4), "77/96, đạt 80,2%. Còn 19: 9 chưa được hỗ trợ, 10 không có nhu cầu hoặc từ chối."),
        (missed(19, 0, 0), "77/96, đạt 80,2%. Còn 19 trường hợp chưa được hỗ trợ."),
        (missed(0, 19, 0), "77/96, đạt 80,2%. Còn 19 trường hợp không có nhu cầu."),
        (missed(0, 0, 19), "77/96, đạt 80,2%. Còn 19 trường hợp từ chối."),
    ],
)
def test_a_target_says_what_is_missing_and_why(found: tuple[Missed, ...], sentence: str) -> None:
    target = Target(TargetKey.INITIAL_SUPPORT, 77, 96, found)
    assert words.target(target).endswith(sentence)


def test_a_target_reached_says_a_hundred_per_cent() -> None:
    assert words.target(Target(TargetKey.VERIFICATION, 3, 3, ())).endswith("3/3, đạt 100%.")


def test_victims_of_earlier_periods_who_still_wait_are_named_as_a_number(office: Office) -> None:
    with writing(office) as work:
        found: Case = case(work, received_on=date(2018, 2, 1))
        day = date(2018, 3, 1)
        work.session.add(Conclusion(case_id=found.id, outcome=Outcome.VICTIM, concluded_on=day))
        work.session.add(SupportNeed(case_id=found.id, kind=SupportKind.VOCATIONAL))
    assert "còn 1 nạn nhân được xác định trong các kỳ trước chưa được hỗ trợ đủ" in texts(composed(office))


def test_loans_stand_apart_from_the_money(office: Office) -> None:
    with writing(office) as work:
        found = case(work)
        given = {"case_id": found.id, "delivered_on": date(2018, 8, 1)}
        work.session.add(Delivery(**given, kind=SupportKind.LOAN, amount=20_000_000))
        work.session.add(Delivery(**given, kind=SupportKind.MEDICAL, amount=1_440_000))
    document = composed(office)
    total, loan = table(document, "theo loại").rows[-2:]
    assert (total.cells[2:], loan.cells[2:]) == ((1, 1, 1_440_000), (1, 1, 20_000_000))
    assert table(document, "theo loại").unit == "Đơn vị tính: đồng"
    assert "Kinh phí hỗ trợ là 1.440.000 đồng" in texts(document)
    assert "1 người được vay vốn, tổng số tiền 20.000.000 đồng" in texts(document)


@pytest.mark.parametrize(
    ("key", "dated", "at"),
    [
        ("2018Q3", None, NumberAt.FOOT_RIGHT),
        ("2019Q4", date(2020, 3, 4), NumberAt.FOOT_RIGHT),
        ("2019Q4", date(2020, 3, 5), NumberAt.TOP_CENTRE),
        ("2020Q4", None, NumberAt.TOP_CENTRE),
    ],
)
def test_the_page_number_follows_the_law_of_the_day(
    office: Office, key: str, dated: date | None, at: NumberAt
) -> None:
    with writing(office) as work:
        save(work, periods.parse(key), Texts(dated=dated))
    page = composed(office, key).page
    assert (page.number_at, page.top, page.left, page.right) == (at, 20, 30, 15)


def test_what_is_not_entered_yet_is_left_as_dots(office: Office) -> None:
    document = composed(office)
    assert document.letterhead is not None
    assert (document.letterhead.number, document.letterhead.dated) == (None, None)
    assert document.letterhead.symbol == "BC-LĐTBXH"
    assert texts(document).count("." * 130) == 9
    assert document.signature is not None and set(document.signature.authority[0]) == {"…"}


def test_what_people_typed_stands_in_the_report(office: Office) -> None:
    typed = Texts(
        number="07/BC-SLĐTBXH",
        dated=date(2018, 9, 25),
        place="Bắc Kạn",
        signer_title="KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
        signer_name="Hoàng Văn Thành",
        recipients="Như trên\nLưu: VT, PCTNXH",
        assessment="Phối hợp kịp thời.",
        difficulties="Địa bàn rộng.",
        proposals="Bố trí kinh phí.",
    )
    with writing(office) as work:
        save(work, Q3, typed)
    document = composed(office)
    assert document.letterhead is not None and document.signature is not None
    assert (document.letterhead.number, document.letterhead.symbol) == ("07", "BC-SLĐTBXH")
    assert document.signature.authority == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert document.recipients is not None and document.recipients.lines == ("Như trên", "Lưu: VT, PCTNXH")
    for part in ("Phối hợp kịp thời.", "Địa bàn rộng.", "Bố trí kinh phí."):
        assert part in texts(document)
    assert "..." not in texts(document)


def test_no_name_of_a_person_is_in_it(office: Office) -> None:
    with writing(office) as work:
        case(work, full_name="Lường Thị Sía", alias="Mai", identity_number="095238902077", note="Ghi riêng")
    frozen = json.dumps(composed(office).to_dict(), ensure_ascii=False)
    for secret in ("Lường", "Sía", "095238902077", "Ghi riêng"):
        assert secret not in frozen


def test_frozen_and_read_again_it_is_the_same(filled: Office) -> None:
    document = composed(filled)
    assert Document.from_dict(json.loads(json.dumps(document.to_dict()))) == document


def test_the_pdf_has_the_same_numbers_as_text(filled: Office) -> None:
    document = composed(filled, "2016-2020")
    pages = PdfReader(io.BytesIO(pdf.render(document))).pages
    read = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert unicodedata.is_normalized("NFC", read)
    assert "Số liệu tính đến ngày 31/12/2020" in read
    assert "192.480.000" in read and "94/96" in read and "97,9%" in read


def test_a_units_report_is_its_own(office: Office) -> None:
    with writing(office) as work:
        na_ri = unit(work, "Công an Huyện Na Rì").id
        case(work)
        case(work, unit_id=na_ri, full_name="B")
    document = composed(office, unit_id=na_ri)
    assert document.letterhead is not None
    assert document.letterhead.agency == "Công an Huyện Na Rì"
    assert document.letterhead.parent_agency == "Công an tỉnh Bắc Kạn"
    assert (document.letterhead.place, document.letterhead.symbol) == ("Na Rì", "BC-……")
    assert document.addressees == (LABOUR,)
    assert "Công an Huyện Na Rì tiếp nhận 1 trường hợp" in texts(document)


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN, Role.PARTNER, Role.SHELTER])
def test_without_the_right_there_is_no_report(office: Office, role: Role) -> None:
    with reading(office, actor(office, role, SHELTER)) as work, pytest.raises(Refused):
        periodic.compose(work, Q3)


def test_whose_area_is_a_unit_reports_for_that_unit_only(office: Office) -> None:
    who = actor(office, Role.LOCAL, "UBND Huyện Na Rì")
    with reading(office, who) as work:
        own = who.holdings[0].unit_id
        assert periodic.compose(work, Q3, unit_id=own).subject
        for other in (None, unit(work, "UBND Huyện Ba Bể").id):
            with pytest.raises(Refused):
                periodic.compose(work, Q3, unit_id=other)


@pytest.mark.parametrize(("role", "at"), [(Role.LABOUR_DEPT, LABOUR), (Role.POLICE, "Công an tỉnh")])
def test_who_works_for_the_province_reports_for_it_and_any_unit(office: Office, role: Role, at: str) -> None:
    with reading(office, actor(office, role, at)) as work:
        assert periodic.compose(work, Q3).addressees
        assert periodic.compose(work, Q3, unit_id=unit(work, "UBND Huyện Ba Bể").id).subject


def test_from_march_2025_the_standing_agency_is_the_department_of_health(office: Office) -> None:
    document = composed(office, "2025Q2")
    assert document.letterhead is not None
    assert document.letterhead.agency == "Sở Y tế"
    assert document.addressees == ("Ủy ban nhân dân tỉnh Bắc Kạn",)
    assert "Quyết định số 1837" not in texts(document)


def test_a_plan_older_than_its_decision_is_explained(office: Office) -> None:
    assert "Kế hoạch được ban hành ngày 07/11/2016" in texts(composed(office, "2016"))
    assert "Kế hoạch được ban hành ngày" not in texts(composed(office, "2017"))
