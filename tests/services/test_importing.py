"""A register brought in: once, twice, tried, stopped, undone, and out again."""

import json
import shutil
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from db.accounts import Role
from db.base import table_of
from db.cases import Case
from db.people import Person
from db.support import SupportKind
from db.trail import Action, TrailEntry
from services import importing, support, trail_check, verification
from services.access import HIDDEN
from services.case_search import CaseFilter
from services.errors import NotReady, Refused
from services.importing import Status
from services.office import Office, open_office
from services.reports import pdf
from services.work import Work, command_line
from tests.factories import LABOUR, actor
from tests.services.register_sheets import TODAY, book, brought_in, plan_of

DATA = Path(__file__).parents[1] / "data"
REGISTERS = ["so_tiep_nhan_sach", "so_tiep_nhan_lon_xon"]
MESSY = DATA / f"{REGISTERS[1]}.xlsx"


def count(office: Office, model: Any = Case) -> int:
    with office.engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(table_of(model))).scalar_one()


@pytest.mark.parametrize("name", REGISTERS)
def test_both_registers_give_their_answers(any_office: Office, name: str) -> None:
    answers = json.loads((DATA / f"{name}.answers.json").read_text("utf-8"))
    content = (DATA / f"{name}.xlsx").read_bytes()
    tried = plan_of(any_office, content).result()
    assert count(any_office) == 0
    done = brought_in(any_office, content)
    assert done.as_json() == tried.as_json()
    assert (done.accepted, done.already_there, done.changed) == (answers["accepted"], answers["already_there"], 0)
    assert sorted({remark.row for remark in done.refused}) == [row["row"] for row in answers["refused"]]
    assert count(any_office) == count(any_office, Person) == answers["accepted"]


def test_the_json_has_exactly_its_keys(office: Office) -> None:
    found = plan_of(office, MESSY.read_bytes()).result().as_json()
    assert list(found) == ["accepted", "already_there", "changed", "refused", "warnings"]
    assert {tuple(remark) for remark in found["refused"] + found["warnings"]} == {("row", "column", "reason")}
    json.dumps(found)


def test_a_register_brought_in_twice_adds_nothing(any_office: Office) -> None:
    first = brought_in(any_office, MESSY.read_bytes())
    again = brought_in(any_office, MESSY.read_bytes())
    assert (again.accepted, again.already_there, again.changed) == (0, first.accepted + first.already_there, 0)
    assert again.batch_id is None and count(any_office) == first.accepted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"Số CMND/CCCD": "095000000002"}, {"Số CMND/CCCD": "095000000003"}),
        ({"Số CMND/CCCD": None, "Ngày sinh": "1990"}, {"Số CMND/CCCD": None, "Ngày sinh": "1991"}),
        ({"Đơn vị tiếp nhận": "Công an tỉnh"}, {"Đơn vị tiếp nhận": "Công an Huyện Na Rì"}),
        ({"Ngày tiếp nhận": "05/03/2018"}, {"Ngày tiếp nhận": "04/03/2018"}),
    ],
)
def test_two_people_of_one_name_are_two_rows(office: Office, one: dict[str, Any], other: dict[str, Any]) -> None:
    assert brought_in(office, book(one, other)).accepted == 2
    assert brought_in(office, book(other, one)).already_there == 2


@pytest.mark.parametrize("number", ["095000000002", None])
def test_a_number_written_in_later_does_not_make_a_second_person(office: Office, number: str | None) -> None:
    brought_in(office, book({"Số CMND/CCCD": None if number else "095000000002"}))
    (line,) = plan_of(office, book({"Số CMND/CCCD": number})).rows
    assert line.status is Status.DIFFERS and [d.column for d in line.differences] == ["Số CMND/CCCD"]
    assert line.updates is bool(number)  # an empty cell erases nothing


def test_nothing_is_half_imported(office: Office) -> None:
    plan = plan_of(office, MESSY.read_bytes())

    def stop(done: int, total: int) -> None:
        raise RuntimeError(f"stopped after {done} of {total}")

    with pytest.raises(RuntimeError), Work(office, command_line(), write=True, today=TODAY) as work:
        importing.apply(work, plan, progress=stop)
    assert count(office) == 0


def test_progress_is_told(office: Office) -> None:
    told: list[tuple[int, int]] = []
    plan = plan_of(office, MESSY.read_bytes())
    with Work(office, command_line(), write=True, today=TODAY) as work:
        importing.apply(work, plan, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (120, 120)


def test_only_those_who_may_import(office: Office) -> None:
    for role, unit in ((Role.POLICE, "Công an tỉnh"), (Role.LOCAL, "UBND Huyện Na Rì")):
        with Work(office, actor(office, role, unit), today=TODAY) as work:
            for forbidden in (
                lambda work=work: importing.check(work, MESSY),
                lambda work=work: importing.template(work),
                lambda work=work: importing.batches(work),
                lambda work=work: importing.undo(work, 1),
            ):
                with pytest.raises(Refused):
                    forbidden()


def test_an_officer_of_the_department_imports(office: Office) -> None:
    with Work(office, actor(office, Role.LABOUR_DEPT, LABOUR), write=True, today=TODAY) as work:
        assert importing.apply(work, importing.check(work, MESSY)).accepted == 120


def test_a_batch_is_undone_whole(any_office: Office) -> None:
    done = brought_in(any_office, MESSY.read_bytes())
    assert done.batch_id is not None
    with Work(any_office, command_line(), write=True, today=TODAY) as work:
        importing.undo(work, done.batch_id)
    assert count(any_office) == count(any_office, Person) == 0
    with Work(any_office, command_line(), write=True, today=TODAY) as work:
        (line,) = importing.batches(work)
        assert line.undone_at is not None and (line.accepted, line.refused) == (120, 12)
        assert trail_check.verify(work).clean
        with pytest.raises(Refused):
            importing.undo(work, done.batch_id)
    assert brought_in(any_office, MESSY.read_bytes()).accepted == 120


def test_a_batch_somebody_worked_on_stays_and_the_files_are_named(office: Office) -> None:
    done = brought_in(office, book({"Kết luận": None, "Ngày kết luận": None, "Số giấy xác nhận": None}))
    assert done.batch_id is not None
    with Work(office, command_line(), write=True, today=TODAY) as work:
        case = work.session.scalars(sa.select(Case)).one()
        support.deliver(work, case, kind=SupportKind.MEDICAL, delivered_on=date(2018, 5, 1))
        code = case.code
    with pytest.raises(NotReady, match=code), Work(office, command_line(), write=True, today=TODAY) as work:
        importing.undo(work, done.batch_id)
    assert count(office) == 1


def test_the_register_goes_out_and_comes_in_again(any_office: Office) -> None:
    brought_in(any_office, MESSY.read_bytes())
    brought_in(any_office, (DATA / f"{REGISTERS[0]}.xlsx").read_bytes())
    with Work(any_office, command_line(), today=TODAY) as work:
        out = importing.register_xlsx(work)
    again = plan_of(any_office, out).result()
    assert (again.accepted, again.already_there, again.refused) == (0, 216, ())


def test_the_register_out_fills_another_office_the_same(office: Office, founded: Path, tmp_path: Path) -> None:
    brought_in(office, MESSY.read_bytes())
    with Work(office, command_line(), today=TODAY) as work:
        out = importing.register_xlsx(work)
    shutil.copytree(founded, tmp_path / "other")
    other = open_office(tmp_path / "other", f"sqlite:///{tmp_path}/other/data/duongve.db")
    assert brought_in(other, out).accepted == 120
    with Work(other, command_line(), today=TODAY) as work:
        second = importing.register_xlsx(work)
    other.close()
    assert _values(second) == _values(out)


def _values(content: bytes) -> list[Any]:
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    return [row[:-2] for row in sheet.iter_rows(min_row=4, values_only=True)]  # without number and remarks


def test_who_may_not_see_a_column_does_not_get_it(office: Office) -> None:
    brought_in(office, book({}))
    with Work(office, actor(office, Role.LABOUR_DEPT, LABOUR), today=TODAY) as work:
        out = importing.register_xlsx(work)
        assert importing.check(work, out).result().already_there == 1
    headings = _values(out)[0]
    assert "Biện pháp bảo vệ" not in headings and "Ngày áp dụng bảo vệ" not in headings
    assert "tạm lánh" not in str(_values(out))


def test_the_department_is_not_told_a_hidden_value_by_a_difference(office: Office) -> None:
    brought_in(office, book({}))
    with Work(office, actor(office, Role.LABOUR_DEPT, LABOUR), today=TODAY) as work:
        (line,) = importing.check(work, book({"Biện pháp bảo vệ": "Xét xử kín"})).rows
    assert [(d.column, d.before) for d in line.differences] == [("Biện pháp bảo vệ", HIDDEN)]


def test_a_local_officer_gets_the_files_of_the_area_only(office: Office) -> None:
    brought_in(office, MESSY.read_bytes())
    with Work(office, actor(office, Role.LOCAL, "UBND Huyện Na Rì"), today=TODAY) as work:
        rows = _values(importing.register_xlsx(work))[1:]
    assert 0 < len(rows) < 120
    assert all("Na Rì" in str(row) for row in rows)
    with Work(office, actor(office, Role.ADMIN, LABOUR), today=TODAY) as work, pytest.raises(Refused):
        importing.register_xlsx(work)


def test_the_export_is_in_the_trail_and_a_filter_narrows_it(office: Office) -> None:
    brought_in(office, MESSY.read_bytes())
    with Work(office, command_line(), today=TODAY) as work:
        wanted = CaseFilter(received_from=date(2020, 1, 1), received_to=date(2020, 12, 31))
        rows = _values(importing.register_xlsx(work, wanted))[1:]
    assert rows and all(row[1].year == 2020 for row in rows)
    with office.engine.connect() as connection:
        found = connection.execute(sa.select(table_of(TrailEntry).c.fields).where(
            table_of(TrailEntry).c.action == Action.EXPORT)).scalars().all()  # fmt: skip
    assert found == [f"xlsx,{len(rows)}"]


def test_a_text_never_goes_out_as_a_formula(office: Office) -> None:
    brought_in(office, book({"Ghi chú": "'=1", "Họ và tên": "@Mẩy +1", "Dân tộc": "-x"}))
    with Work(office, command_line(), today=TODAY) as work:
        sheet = load_workbook(BytesIO(importing.register_xlsx(work))).worksheets[0]
    assert {cell.data_type for row in sheet.iter_rows(min_row=4) for cell in row} <= {"s", "n", "d"}
    assert sheet.cell(5, 5).value == "@Mẩy +1" and sheet.cell(5, 5).quotePrefix


def test_the_register_on_paper(office: Office) -> None:
    brought_in(office, MESSY.read_bytes())
    with Work(office, command_line(), today=TODAY) as work:
        document = importing.register_pdf_document(work)
    assert document.page.landscape and len(document.blocks[0].rows) == 120  # type: ignore[union-attr]
    assert pdf.render(document).startswith(b"%PDF")


def test_the_refused_rows_come_back_ready_to_correct(office: Office) -> None:
    plan = plan_of(office, MESSY.read_bytes())
    content = importing.refused_rows_xlsx(plan)
    again = plan_of(office, content)
    assert [line.refusals[0].reason for line in again.rows] == [
        line.refusals[0].reason for line in plan.of(Status.REFUSED)
    ]
    made = load_workbook(BytesIO(content))
    sheet = made.worksheets[0]
    headings = [cell.value for cell in sheet[4]]
    reason = headings.index("Lý do bị từ chối")
    row = next(r for r in sheet.iter_rows(min_row=5) if str(r[reason].value).startswith("Hình thức"))
    row[headings.index("Hình thức tiếp nhận")].value = "Tự trở về"
    stream = BytesIO()
    made.save(stream)
    corrected = plan_of(office, stream.getvalue())
    (line,) = corrected.of(Status.NEW)
    assert line.row is not None and "Lý do" not in (line.row.note or "")
    assert "Người lập sổ: Nông Thị Lập" in (line.row.note or "")


def test_the_template_imports_nothing_until_somebody_writes_in_it(office: Office) -> None:
    with Work(office, actor(office, Role.LABOUR_DEPT, LABOUR), today=TODAY) as work:
        content = importing.template(work)
    made = load_workbook(BytesIO(content))
    assert made.sheetnames == ["Sổ tiếp nhận", "Hướng dẫn", "Danh mục"]
    assert len(made.worksheets[0].data_validations.dataValidation) >= 15
    assert plan_of(office, content).rows == ()
    sheet = made.worksheets[0]
    for number in (5, 6):
        sheet.cell(number, 1).value = number
    stream = BytesIO()
    made.save(stream)
    assert [line.status for line in plan_of(office, stream.getvalue()).rows] == [Status.NEW, Status.NEW]


def test_a_file_is_compared_again_when_it_is_applied(office: Office) -> None:
    plan = plan_of(office, book({}))
    brought_in(office, book({}))
    with Work(office, command_line(), write=True, today=TODAY) as work:
        result = importing.apply(work, plan)
    assert (result.accepted, result.already_there) == (0, 1)


def test_a_reopened_file_still_goes_out_and_in(office: Office) -> None:
    brought_in(office, book({}))
    with Work(office, command_line(), write=True, today=TODAY) as work:
        case = work.session.scalars(sa.select(Case)).one()
        verification.reopen(work, case, reopened_on=date(2018, 6, 1), reason="Có tài liệu mới")
    with Work(office, command_line(), today=TODAY) as work:
        out = importing.register_xlsx(work)
    assert plan_of(office, out).result().already_there == 1
    assert "các lần kết luận: 01/04/2018" in str(list(load_workbook(BytesIO(out)).worksheets[0].values))
