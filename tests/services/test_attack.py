"""What an attacker tried and must not get: hostile registers, hostile text, gaps in the trail, parts of a file
that are not one's own."""

import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
import sqlalchemy as sa
from openpyxl import Workbook

from db.accounts import Role
from db.base import table_of
from db.support import FundSource, SupportKind
from db.trail import Action, TrailEntry
from services import case_search, cases, history, importing, intake, next_steps, protection, stages, support
from services.errors import AppError, Invalid, Refused
from services.importing.reading import Unreadable, read
from services.importing.stored import stored_rows
from services.importing.updating import update_case
from services.office import Office
from services.registers import case_sheet
from services.support import MOST
from services.text import clean, parse_amount
from services.work import Actor, Work, command_line
from tests import factories as make

DAY = date(2018, 7, 3)
HEADINGS = ("Ngày tiếp nhận", "Đơn vị tiếp nhận", "Họ và tên")
ROW = ("03/07/2018", "Công an tỉnh", "Nông Thị Mẩy")
ENDLESS = 5.0  # seconds: each of these took minutes


def register(*sheets: Callable[[object], None], headings: tuple[str, ...] = HEADINGS) -> bytes:
    book = Workbook()
    book.remove(book.active)
    for number, more in enumerate(sheets or (lambda sheet: None,)):
        sheet = book.create_sheet(f"Sổ {number}")
        sheet.append(headings)
        sheet.append(ROW)
        more(sheet)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def with_comment(content: bytes, comment: bytes) -> bytes:
    """The register with a comment in its sheet: valid XML that says nothing."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(b"</sheetData>", b"<!-- " + comment + b" --></sheetData>")
            new.writestr(part.filename, data)
    return stream.getvalue()


@pytest.mark.parametrize("piece", [b"<c ", b"<mergeCell ", b'r="A1"', b"<c r='"])
def test_a_register_made_to_stop_the_server_is_read_at_once(piece: bytes) -> None:
    content = with_comment(register(), b"<c " + piece * (900_000 // len(piece)))
    begun = time.monotonic()
    assert len(read(content).rows) == 1
    assert time.monotonic() - begun < ENDLESS


def test_far_cells_on_many_sheets_are_refused() -> None:
    def far(sheet: object) -> None:
        sheet.cell(1_048_576, 1, "x")  # type: ignore[attr-defined]

    begun = time.monotonic()
    with pytest.raises(Unreadable):
        read(register(*[far] * 40))
    assert time.monotonic() - begun < 4 * ENDLESS


@pytest.mark.parametrize("amount", ["9" * 5000, "1" * 19])
def test_an_endless_amount_refuses_its_row_only(office: Office, amount: str) -> None:
    headings = (*HEADINGS, next(c.heading for c in importing.FORM if c.kind is SupportKind.ESSENTIALS))
    content = register(lambda sheet: sheet.append((*ROW[:2], "Bàn Thị Chim", amount)), headings=headings)
    with Work(office, command_line()) as work:
        plan = importing.check(work, content)
    assert [bool(line.refusals) for line in plan.rows] == [False, True]
    with pytest.raises(Invalid):
        parse_amount(amount)


def test_no_character_is_kept_that_would_break_every_export() -> None:
    assert clean("Mẩy\uffff\ufffe\ud800\u061c\xad\x00\u202e\u2066") == "Mẩy"


def test_an_identity_number_has_digits_only(office: Office) -> None:
    with Work(office, command_line(), write=True) as work, pytest.raises(Invalid) as error:
        make.case(work, identity_number="²" * 9)
    assert set(error.value.problems) == {"identity_number"}


def test_a_correction_cannot_be_larger_than_any_sum(office: Office) -> None:
    with Work(office, command_line(), write=True, today=make.TODAY) as work:
        case = make.case(work)
        paid = support.deliver(
            work, case, kind=SupportKind.ESSENTIALS, delivered_on=DAY, amount=1, fund=FundSource.STATE
        )
        with pytest.raises(Invalid):
            support.correct(work, case, paid, amount_change=MOST, reason="gõ nhầm")


def entries(office: Office, action: Action) -> int:
    trail = table_of(TrailEntry)
    with office.engine.connect() as connection:
        return (
            connection.scalar(sa.select(sa.func.count()).select_from(trail).where(trail.c.action == action)) or 0
        )


def test_a_reading_whose_work_was_undone_is_written_the_next_time(office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        case_id = make.case(work).id
    officer = make.actor(office, Role.LABOUR_DEPT, make.LABOUR)
    with pytest.raises(AppError), Work(office, officer, write=True) as work:
        cases.view(work, case_id)
        case_search.find(work)
        raise Invalid({"note": "Quá dài."})
    assert entries(office, Action.READ) == entries(office, Action.LIST) == 0
    with Work(office, officer) as work:
        cases.view(work, case_id)
        case_search.find(work)
    assert entries(office, Action.READ) == entries(office, Action.LIST) == 1


def test_the_same_list_is_written_again_in_another_session(office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        make.case(work)
    officer = make.actor(office, Role.LABOUR_DEPT, make.LABOUR)
    for session in ("morning", "morning", "evening"):
        with Work(office, Actor(officer.account_id, officer.name, officer.holdings, session)) as work:
            case_search.find(work)
    assert entries(office, Action.LIST) == 2


PARTNER = "Sở Tư pháp"


@pytest.fixture
def handed(office: Office) -> int:
    """A protected and supported person, whose file a shelter and a partner work on."""
    with Work(office, command_line(), write=True, today=make.TODAY) as work:
        case = make.case(work)
        protection.apply_measure(work, case, measure="other", other_text="Bố trí nơi tạm lánh", applied_on=DAY)
        support.declare_need(work, case, kind=SupportKind.PSYCHOLOGY, declared_on=DAY)
        support.deliver(work, case, kind=SupportKind.ESSENTIALS, delivered_on=DAY, amount=1_234_000)
        for name in (make.SHELTER, PARTNER):
            cases.hand_to(work, case, unit_id=make.unit(work, name).id, since=DAY)
        return case.id


def shown(office: Office, role: Role, at: str, case_id: int) -> str:
    """All words of the case page."""
    with Work(office, make.actor(office, role, at), today=make.TODAY) as work:
        view = cases.view(work, case_id)
        parts = (
            case_sheet.sheet(work, view),
            next_steps.of(work, view),
            stages.stages(view),
            history.of(work, case_id),
        )
    return repr(parts).casefold()


def test_those_who_work_on_files_handed_to_them_see_their_part_only(office: Office, handed: int) -> None:
    partner = shown(office, Role.PARTNER, PARTNER, handed)
    assert "nông thị mẩy" in partner
    assert "bảo vệ" not in partner
    assert "1.234.000" not in partner and "tâm lý" not in partner and "hỗ trợ'" not in partner
    shelter = shown(office, Role.SHELTER, make.SHELTER, handed)
    assert "1.234.000" in shelter and "tâm lý" in shelter
    assert "biện pháp" not in shelter and "'bảo vệ'" not in shelter
    police = shown(office, Role.POLICE, "Công an tỉnh", handed)
    assert "bố trí nơi tạm lánh" in police and "'hỗ trợ'" in police
    assert "bố trí nơi tạm lánh" not in shown(office, Role.LABOUR_DEPT, make.LABOUR, handed)


def test_facts_keep_the_same_cleaning_at_every_door(office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        case = make.case(work, full_name="<b>Mẩy</b>\u202e![x](http://x/y.png)\x00", note="=1+1")
        facts = intake.facts_of(case, cases.rows(work, cases.Person, case)[0])
    assert facts.full_name == "<b>Mẩy</b>![x](http://x/y.png)" and facts.note == "=1+1"


@pytest.mark.parametrize("case_id", [-1, 0, 2**63, 16**40])
def test_an_impossible_address_is_not_found(office: Office, case_id: int) -> None:
    with Work(office, make.actor(office, Role.LABOUR_DEPT, make.LABOUR)) as work, pytest.raises(Refused):
        cases.view(work, case_id)


def test_a_file_is_updated_by_those_who_import_only(office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        case = make.case(work)
        work.session.flush()
        case_id, row = case.id, next(stored_rows(work, [case.id])).row
    local = make.actor(office, Role.LOCAL, "UBND Huyện Na Rì")
    with pytest.raises(Refused), Work(office, local, write=True) as work:
        update_case(work, cases.case_for(work, case_id), row, replace(row, note="khác"))
