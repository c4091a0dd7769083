"""The periodic report: who may make it, what it says, and that it says the same everywhere."""

from collections.abc import Iterator
from datetime import date

import pytest

from db.cases import Case
from db.support import Delivery, SupportKind, SupportNeed
from db.verification import Conclusion, Outcome
from services import figures, periods
from services.figures import Missed, Reason, Target, TargetKey
from services.office import Office
from services.reports import pdf, xlsx
from services.reports import periodic_text as words
from services.reports.document import ChartBlock, Document, Row, Table
from services.reports.writing import Texts, save
from tests.factories import case
from tests.services.composed import Q3, composed, reading, texts, writing


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
