"""The file itself: where the heading is, what is skipped, and what is refused before it is opened."""

import string
import zipfile
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from services import importing
from services.importing import Status, Unreadable
from services.importing.form import FORM
from services.importing.reading import read
from services.office import Office
from services.work import Work, command_line
from tests.services.register_sheets import GOOD, TODAY, book, changed_row, plan_of, reasons, refusals, saved

BOMB = 3 * 1024 * 1024


def test_columns_in_any_order_and_titles_above(office: Office) -> None:
    turned = dict(reversed(GOOD.items()))
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for _ in range(12):
        sheet.append(["Sổ tiếp nhận"])
    sheet.append([unspaced(name) for name in turned])
    sheet.append(list(turned.values()))
    (line,) = plan_of(office, saved(made)).rows
    assert line.status is Status.NEW and line.number == 14


def unspaced(name: str) -> str:
    return f"  {name.upper()}\n"


def test_blank_rows_totals_and_signatures_are_skipped(office: Office) -> None:
    made = load_workbook(BytesIO(book({}, {"Họ và tên": "Lý Thị Xuân", "Số CMND/CCCD": None})))
    sheet = made.worksheets[0]
    sheet.insert_rows(6)
    sheet.append([None, None, None, None, "Tổng cộng: 2 người", None, 2])
    sheet.append([None, "Bắc Kạn, ngày 31 tháng 12 năm 2018"])
    sheet.append([None, None, "NGƯỜI LẬP SỔ"])
    plan = plan_of(office, saved(made))
    assert [(line.number, line.status) for line in plan.rows] == [(5, Status.NEW), (7, Status.NEW)]


def test_the_order_column_may_be_missing_and_headings_may_stand_in_two_rows(office: Office) -> None:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    names = [name for name in GOOD if name != "STT"]
    at = names.index("Nhu cầu thiết yếu")
    sheet.append([*names[:at], "Các khoản hỗ trợ", *[None] * 8, *names[at + 9 :]])
    sheet.append([*[None] * at, *names[at : at + 9]])
    sheet.append([GOOD[name] for name in names])
    plan = plan_of(office, saved(made))
    assert [line.status for line in plan.rows] == [Status.NEW]
    assert "support_essentials" in plan.given and "order" not in plan.given


def test_columns_of_one_name_and_columns_without_one_are_all_kept(office: Office) -> None:
    made = load_workbook(BytesIO(book({})))
    sheet = made.worksheets[0]
    first = len(GOOD) + 1
    for at, (name, value) in enumerate([("Tờ", 1), ("Tờ", 2), (None, "bên lề")]):
        sheet.cell(4, first + at).value = name
        sheet.cell(5, first + at).value = value
    (line,) = plan_of(office, saved(made)).rows
    assert line.row is not None and line.row.note == "Cột AJ: bên lề\nTờ AH: 1\nTờ AI: 2"


def test_other_sheets_are_left_alone_and_several_registers_are_read(office: Office) -> None:
    made = load_workbook(BytesIO(book({})))
    made.create_sheet("Ghi chép").append(["Họ và tên", "Tuổi"])
    assert len(plan_of(office, saved(made)).rows) == 1
    second = made.create_sheet("2019")
    second.append(list(GOOD))
    second.append(list((GOOD | {"Họ và tên": None}).values()))
    plan = plan_of(office, saved(made))
    assert [line.status for line in plan.rows] == [Status.NEW, Status.REFUSED]
    assert reasons(plan.rows[1].refusals).startswith("Trang «2019»: ")


def test_a_merged_cell_holds_for_every_row_it_covers(office: Office) -> None:
    made = load_workbook(BytesIO(book({}, {"Họ và tên": "Lý Thị Xuân", "Số CMND/CCCD": None})))
    sheet = made.worksheets[0]
    day = list(GOOD).index("Ngày tiếp nhận") + 1
    sheet.merge_cells(start_row=5, end_row=6, start_column=day, end_column=day)
    plan = plan_of(office, saved(made))
    assert [line.status for line in plan.rows] == [Status.NEW, Status.NEW]


def test_a_formula_counts_by_its_result(office: Office) -> None:
    made = load_workbook(BytesIO(book({})))
    cell = made.worksheets[0].cell(5, list(GOOD).index("Nhu cầu thiết yếu") + 1)
    cell.value = "=700000+740000"
    without = saved(made)
    (line,) = plan_of(office, without).rows
    assert refusals(line) == ["Nhu cầu thiết yếu"] and "công thức" in reasons(line.refusals)
    computed = _replaced(without, b"<f>700000+740000</f><v></v>", b"<f>700000+740000</f><v>1440000</v>")
    (line,) = plan_of(office, computed).rows
    assert line.status is Status.NEW


def _replaced(content: bytes, old: bytes, new: bytes) -> bytes:
    stream, sheet = BytesIO(), "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(BytesIO(content)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == sheet:
                part = part.replace(b"<v />", b"<v></v>").replace(b"<v/>", b"<v></v>")
                assert old in part
                part = part.replace(old, new)
            target.writestr(name, part)
    return stream.getvalue()


def test_a_text_that_looks_like_a_formula_is_only_text(office: Office) -> None:
    made = load_workbook(BytesIO(book({})))
    cell = made.worksheets[0].cell(5, list(GOOD).index("Ghi chú") + 1)
    cell.value = "=1+1"
    cell.data_type = "s"
    (line,) = plan_of(office, saved(made)).rows
    assert line.row is not None and line.row.note == "=1+1"


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", b"PK\x03\x04 broken", "STT,Họ và tên\n".encode(), b"\xd0\xcf\x11\xe0 old or locked"],
)
def test_what_is_no_workbook_is_refused_in_one_sentence(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read(content)


def test_a_workbook_without_the_heading_is_refused() -> None:
    made = Workbook()
    assert made.active is not None
    made.active.append(["Họ và tên", "Địa chỉ"])
    with pytest.raises(Unreadable, match="Ngày tiếp nhận"):
        read(saved(made))


def test_a_heading_written_twice_is_refused() -> None:
    made = load_workbook(BytesIO(book({})))
    made.worksheets[0].cell(4, len(GOOD) + 1).value = "Họ tên"
    with pytest.raises(Unreadable, match="Họ và tên"):
        read(saved(made))


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "a.bin"])
def test_a_file_that_would_unpack_too_large_is_never_opened(part: str) -> None:
    stream = BytesIO(book({}))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(part + ".more", b" " * BOMB)
    with pytest.raises(Unreadable, match="quá lớn"):
        read(stream.getvalue())


def test_too_many_parts_are_refused() -> None:
    stream = BytesIO(book({}))
    with zipfile.ZipFile(stream, "a") as packed:
        for number in range(500):
            packed.writestr(f"xl/media/{number}.bin", b"x")
    with pytest.raises(Unreadable, match="quá lớn"):
        read(stream.getvalue())


def test_an_xml_bomb_is_refused() -> None:
    entity = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    with pytest.raises(Unreadable):
        read(_replaced(book({}), start, entity + start))


JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)),
    st.times().map(lambda t: time(t.hour, t.minute)),
    st.timedeltas(timedelta(0), timedelta(days=400)),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40),  # what a workbook can hold
    st.text("0123456789/.- đ", max_size=14),
    st.text(string.ascii_letters + "ăâđêôơư =+@;–", max_size=30),
    st.sampled_from(["x", "Có", "Không", "Từ chối", "Ngoài tỉnh –", "#REF!", "Tổng cộng", "Mẫu", "∞", "\u202e"]),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([column.key for column in FORM]), JUNK, min_size=1, max_size=8))
def test_whatever_stands_in_a_cell_is_kept_or_refused(office: Office, typed: dict[str, Any]) -> None:
    with Work(office, command_line(), write=True, today=TODAY) as work:
        plan = importing.check(work, book(changed_row(typed)))
        for line in plan.rows:
            assert (line.row is None) == bool(line.refusals)
            assert all(remark.reason.endswith((".", "»")) for remark in (*line.refusals, *line.warnings))
        assert importing.apply(work, plan).accepted == len(plan.of(Status.NEW))
        work.session.flush()
        again = importing.check(work, book(changed_row(typed))).rows
        assert [line.status for line in again] == [
            Status.SAME if line.status is Status.NEW else line.status for line in plan.rows
        ]
        work.session.rollback()
