"""A row that differs: shown column by column, updated only when ticked, and put back by the undo."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from db.base import table_of
from db.cases import Case, CaseState
from db.support import Delivery, SupportKind
from db.verification import Conclusion
from services import cases, importing, support, trail_check
from services.cases import ClosingOutcome
from services.errors import NotReady
from services.importing import Status
from services.importing.rows import RegisterRow, as_json, from_json
from services.importing.stored import stored_rows
from services.office import Office
from services.work import Work, command_line
from tests.services.register_sheets import TODAY, book, brought_in, changed_row, plan_of, row_of

TICKED = frozenset({0})
CHANGES: list[dict[str, Any]] = [
    {"full_name": "Nông Thị Mây", "sex": "Nam", "birth": "04/1999", "ethnic": "Dao"},
    {"district": "Ngoài tỉnh – Lạng Sơn", "commune": None},
    {"district": "Huyện Ba Bể", "commune": "Xã Khang Ninh"},
    {"place": "Lạng Sơn", "purpose": "Cưỡng bức lao động", "way": "Được giải cứu"},
    {"requested_on": "07/03/2018", "verifier": "Công an tỉnh"},
    {"concluded_on": "02/04/2018", "paper_number": "19/GXN-CA"},
    {"outcome": "Không phải nạn nhân"},
    {"measures": "Bố trí lực lượng bảo vệ; Đổi số điện thoại", "measured_on": "11/03/2018"},
    {"support_essentials": 1_500_000},
    {"support_essentials": 1_000_000, "fund": "Viện trợ quốc tế"},
    {"support_essentials": "x", "fund": None},
    {"support_travel": 200_000},
    {"support_medical": 300_000, "support_psychology": "Có nhu cầu"},
    {"support_medical": "Từ chối", "support_schooling": "Có nhu cầu", "support_vocational": 900_000},
    {"delivered_on": "13/03/2018"},
    {"support_loan": 25_000_000},
    {"note": "Ghi thêm"},
]
LATER = (
    "requested_on",
    "verifier",
    "concluded_on",
    "outcome",
    "paper_number",
    "needs_protection",
    "measured_on",
    "measures",
    "support_essentials",
    "support_travel",
    "support_medical",
    "support_psychology",
    "support_loan",
    "delivered_on",
    "fund",
)


def register_row(office: Office) -> RegisterRow:
    with Work(office, command_line(), today=TODAY) as work:
        (case_id,) = work.session.connection().scalars(sa.select(table_of(Case).c.id)).all()
        return next(stored_rows(work, [case_id])).row


@pytest.mark.parametrize("changed", CHANGES, ids=lambda changed: "+".join(changed))
def test_a_ticked_row_is_as_the_register_says_until_it_is_undone(office: Office, changed: dict[str, Any]) -> None:
    brought_in(office, book({}))
    update_and_undo(office, book(changed_row(changed)))


def test_facts_that_came_later_too(office: Office) -> None:
    brought_in(office, book(changed_row(dict.fromkeys(LATER))))
    update_and_undo(office, book({}))


def update_and_undo(office: Office, content: bytes) -> None:
    before = register_row(office)
    (line,) = plan_of(office, content).rows
    assert line.status is Status.DIFFERS and line.updates
    untouched = brought_in(office, content)
    assert (untouched.changed, untouched.batch_id) == (0, None) and register_row(office) == before
    assert untouched.warnings  # the columns that differ are named
    done = brought_in(office, content, TICKED)
    assert (done.accepted, done.already_there, done.changed) == (0, 0, 1) and done.batch_id
    left = [difference for difference in plan_of(office, content).rows[0].differences if difference.applies]
    assert left == []
    with Work(office, command_line(), write=True, today=TODAY) as work:
        importing.undo(work, done.batch_id)
    assert register_row(office) == before
    with Work(office, command_line(), today=TODAY) as work:
        assert trail_check.verify(work).clean


BESIDE = {"requested_on": ("verifier",), "support_essentials": ("fund",), "measures": ("measured_on",)}
ERASED = ["requested_on", "note", "support_essentials", "support_medical", "measures", "birth"]


@pytest.mark.parametrize("key", ERASED)
def test_an_empty_cell_erases_nothing(office: Office, key: str) -> None:
    brought_in(office, book({"Ghi chú": "Đã có"}))
    before = register_row(office)
    empty = dict.fromkeys((key, *BESIDE.get(key, ())))
    content = book({"Ghi chú": "Đã có"} | changed_row(empty))
    (line,) = plan_of(office, content).rows
    assert line.status is Status.DIFFERS and not line.updates
    assert brought_in(office, content, TICKED).changed == 0
    assert register_row(office) == before


def test_a_support_given_is_not_turned_back_into_a_need(office: Office) -> None:
    brought_in(office, book({}))
    (line,) = plan_of(office, book({"Nhu cầu thiết yếu": "Có nhu cầu", "Nguồn kinh phí": None})).rows
    assert not line.updates


def test_what_an_officer_adds_shows_as_a_difference(office: Office) -> None:
    brought_in(office, book({}))
    with Work(office, command_line(), write=True, today=TODAY) as work:
        case = work.session.scalars(sa.select(Case)).one()
        support.deliver(work, case, kind=SupportKind.MEDICAL, delivered_on=date(2018, 3, 12), amount=70_000)
    (line,) = plan_of(office, book({})).rows
    assert [(d.column, d.before, d.after) for d in line.differences] == [("Y tế", "70.000", "Có nhu cầu")]


def test_an_amount_is_corrected_by_a_new_entry(office: Office) -> None:
    brought_in(office, book({}))
    brought_in(office, book({"Nhu cầu thiết yếu": 1_500_000}), TICKED)
    with office.engine.connect() as connection:
        columns = table_of(Delivery).c
        found = connection.execute(sa.select(columns.amount, columns.corrects_id, columns.delivered_on).where(
            columns.kind == SupportKind.ESSENTIALS).order_by(columns.created_at)).all()  # fmt: skip
    assert [row.amount for row in found] == [1_440_000, 60_000]
    assert found[1].corrects_id is not None and found[1].delivered_on == date(2018, 3, 12)


def test_a_corrected_conclusion_is_one_conclusion(office: Office) -> None:
    brought_in(office, book({}))
    brought_in(office, book({"Kết luận": "Chưa đủ căn cứ"}), TICKED)
    with Work(office, command_line(), today=TODAY) as work:
        assert len(work.session.scalars(sa.select(Conclusion)).all()) == 1
        assert work.session.scalars(sa.select(Case)).one().state is CaseState.INSUFFICIENT


def test_a_closed_file_keeps_its_conclusion(office: Office) -> None:
    brought_in(office, book({}))
    with Work(office, command_line(), write=True, today=TODAY) as work:
        case = work.session.scalars(sa.select(Case)).one()
        cases.close(work, case, outcome=ClosingOutcome.REINTEGRATED, closed_on=date(2019, 1, 1))
        code = case.code
    with pytest.raises(NotReady, match=code):
        brought_in(office, book({"Kết luận": "Chưa đủ căn cứ"}), TICKED)


def test_a_row_that_comes_twice_and_differs_may_be_ticked_too(office: Office) -> None:
    content = book({}, {"Dân tộc": "Dao", "Ngày hỗ trợ": "13/03/2018"})
    lines = plan_of(office, content).rows
    assert [line.status for line in lines] == [Status.NEW, Status.DIFFERS] and lines[1].twin == lines[0].number
    done = brought_in(office, content, frozenset({1}))
    assert (done.accepted, done.changed) == (1, 1)
    assert register_row(office).ethnic == "Dao"
    assert done.batch_id is not None
    with Work(office, command_line(), write=True, today=TODAY) as work:
        importing.undo(work, done.batch_id)


def test_a_column_the_register_lacks_says_nothing(office: Office) -> None:
    brought_in(office, book({}))
    made = load_workbook(BytesIO(book({})))
    made.worksheets[0].delete_cols(8)  # Dân tộc
    stream = BytesIO()
    made.save(stream)
    plan = plan_of(office, stream.getvalue())
    assert "ethnic" not in plan.given and [line.status for line in plan.rows] == [Status.SAME]


def test_a_row_is_kept_as_json_and_comes_back(office: Office) -> None:
    row = row_of(office, birth="1999").row
    assert row is not None and from_json(as_json(row)) == row
