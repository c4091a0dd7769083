"""Deleting on screen: a row and its undo, a whole file and its list, what a head sees, what nobody else may."""

import re
from collections.abc import Callable

import pytest
from sqlmodel import select

from db.accounts import Role
from db.cases import Case
from db.removal import Removal
from db.support import SupportNeed
from db.verification import Evidence, Outcome, ReviewResult
from pages import removed
from pages.ui import removals
from services import verification
from services.lifecycle import last_conclusion
from services.office import Office
from services.records import rows
from services.removals import removal
from services.work import Actor, Work, command_line
from tests import factories as f
from tests.pages.screens import Open, field, html, press
from tests.services.files import bare_file

REASON = "Ghi nhầm sang hồ sơ khác"
NA_RI = (Role.LOCAL, "UBND Huyện Na Rì")
POLICE = (Role.POLICE, "Công an tỉnh")


def writing(office: Office, actor: Actor | None = None) -> Work:
    return Work(office, actor or command_line(), write=True)


@pytest.fixture
def case_id(office: Office) -> int:
    with writing(office) as work:
        return bare_file(work).id


@pytest.fixture
def plain_id(office: Office) -> int:
    """A file in which nobody else has written anything yet."""
    with writing(office) as work:
        return f.case(work).id


@pytest.fixture
def row_of(office: Office, case_id: int) -> Callable[[type], int]:
    def found(model: type) -> int:
        with Work(office, command_line()) as work:
            case = work.session.get(Case, case_id)
            return int(rows(work, model, case)[0].id)

    return found


def remains(office: Office, model: type) -> int:
    with Work(office, command_line()) as work:
        return len(work.session.exec(select(model)).all())


def undo_in(seen: str, words: str) -> str:
    """The id in the address of the link that undoes a deletion."""
    found = re.search(rf'row=([0-9a-f]+)"[^>]*>{words}<', seen)
    assert found, seen
    return found[1]


def test_a_row_is_deleted_with_a_reason_and_put_back(
    open_screen: Open, office: Office, case_id: int, row_of: Callable[[type], int]
) -> None:
    police, address = f.actor(office, *POLICE), format(case_id, "x")
    row = format(row_of(Evidence), "x")
    test = open_screen(police, "case", id=address, do="remove_evidence", row=row)
    field(test, "Lý do xóa").set_value("nhầm")
    press(test, "Xóa")
    assert removal.TOO_SHORT in html(test) and field(test, "Lý do xóa").value == "nhầm"
    assert remains(office, Evidence) == 1
    field(test, "Lý do xóa").set_value(REASON)
    press(test, "Xóa")
    seen = html(test)
    assert remains(office, Evidence) == 0 and dict(test.query_params) == {"id": address}
    assert removals.DONE in seen and removals.TITLE in seen and REASON in seen
    kept = undo_in(seen, removals.UNDO)
    assert kept == undo_in(seen, removals.PUT_BACK)
    assert removals.DONE not in html(test.run())  # said once

    test = open_screen(police, "case", id=address, do="restore", row=kept)
    press(test, "Khôi phục")
    assert remains(office, Evidence) == 1 and removals.TITLE not in html(test)


def test_the_undo_is_not_offered_to_those_who_may_not(
    open_screen: Open, office: Office, case_id: int, row_of: Callable[[type], int]
) -> None:
    with writing(office) as work:
        case = work.session.get(Case, case_id)
        kept = removal.remove(work, case, rows(work, Evidence, case)[0], reason=REASON).id
    district = f.actor(office, *NA_RI)
    seen = html(open_screen(district, "case", id=format(case_id, "x")))
    assert "Tài liệu, chứng cứ" in seen and removals.PUT_BACK not in seen
    assert REASON not in seen  # what a reason tells of the verification is not for the district
    test = open_screen(district, "case", id=format(case_id, "x"), do="restore", row=format(kept, "x"))
    assert test.error and not any(button.label == "Khôi phục" for button in test.button)


def test_a_whole_file_is_deleted_and_put_back(open_screen: Open, office: Office, plain_id: int) -> None:
    labour = f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
    test = open_screen(labour, "case", id=format(plain_id, "x"))
    assert 'do=remove_case_file"' in html(test)
    test = open_screen(labour, "case", id=format(plain_id, "x"), do="remove_case_file")
    field(test, "Lý do xóa").set_value(REASON)
    press(test, "Xóa")
    assert remains(office, Case) == 0
    with Work(office, command_line()) as work:
        kept = format(work.session.exec(select(Removal.id)).one(), "x")

    test = open_screen(labour, "removed", done=kept)
    seen = html(test)
    assert removed.DONE in seen and REASON in seen and f"undo={kept}" in seen
    assert removed.DONE not in html(open_screen(labour, "removed"))
    test = open_screen(labour, "removed", undo=kept)
    press(test, "Khôi phục")
    assert remains(office, Case) == 1
    assert removed.NOTHING in html(open_screen(labour, "removed"))


def test_only_the_unit_that_received_it_deletes_a_file(open_screen: Open, office: Office, case_id: int) -> None:
    district = f.actor(office, *NA_RI)
    assert "remove_case_file" not in html(open_screen(district, "case", id=format(case_id, "x")))
    test = open_screen(district, "case", id=format(case_id, "x"), do="remove_case_file")
    assert test.error and remains(office, Case) == 1


def test_a_head_sees_what_the_unit_deleted_and_others_their_files_only(
    open_screen: Open, office: Office, case_id: int
) -> None:
    head = f.actor(office, *POLICE, head=True, account_id=8)
    with writing(office, f.actor(office, *POLICE)) as work:
        case = work.session.get(Case, case_id)
        removal.remove(work, case, rows(work, Evidence, case)[0], reason=REASON)
    seen = html(open_screen(head, "removed"))
    assert "Tài liệu, chứng cứ" in seen and REASON in seen and removals.PUT_BACK in seen
    assert removed.NOTHING in html(open_screen(f.actor(office, *POLICE), "removed"))
    other = f.actor(office, Role.LABOUR_DEPT, f.LABOUR, head=True)
    assert removed.NOTHING in html(open_screen(other, "removed"))


def test_the_list_is_nothing_for_those_who_read_no_files(open_screen: Open, office: Office) -> None:
    test = open_screen(f.actor(office, Role.ADMIN, f.LABOUR), "removed")
    assert test.error and not test.button


def test_somebody_elses_deletion_is_not_undone_by_its_address(
    open_screen: Open, office: Office, plain_id: int
) -> None:
    with writing(office, f.actor(office, Role.LABOUR_DEPT, f.LABOUR)) as work:
        case = work.session.get(Case, plain_id)
        kept = format(removal.remove(work, case, case, reason=REASON).id, "x")
    for actor in (f.actor(office, *NA_RI), f.actor(office, Role.PARTNER, "Sở Tư pháp")):
        for asked in (kept, "abc", "ffffffffffffffffffff"):
            test = open_screen(actor, "removed", undo=asked)
            assert test.error and not any(button.label == "Khôi phục" for button in test.button)
    assert remains(office, Case) == 0


def test_a_conclusion_the_head_returned_says_why_it_stays_out(
    open_screen: Open, office: Office, case_id: int
) -> None:
    police, head = f.actor(office, *POLICE), f.actor(office, *POLICE, head=True, account_id=8)
    with writing(office, police) as work:
        case = work.session.get(Case, case_id)
        verification.conclude(work, case, outcome=Outcome.NOT_VICTIM, concluded_on=work.today)
    with writing(office, head) as work:
        case = work.session.get(Case, case_id)
        last = last_conclusion(work, case)
        verification.review(work, case, last, result=ReviewResult.RETURNED, reason="Thiếu lời khai")
    for actor in (police, head):
        seen = html(open_screen(actor, "case", id=format(case_id, "x")))
        assert removals.RETURNED in seen and removals.PUT_BACK not in seen
    assert removals.RETURNED not in html(open_screen(head, "removed"))  # the head knows: it is their own word


def test_a_second_window_finds_what_was_deleted_gone(
    open_screen: Open, office: Office, case_id: int, row_of: Callable[[type], int]
) -> None:
    labour, row = f.actor(office, Role.LABOUR_DEPT, f.LABOUR), format(row_of(SupportNeed), "x")
    tabs = [
        open_screen(labour, "case", id=format(case_id, "x"), do="remove_support_need", row=row) for _ in range(2)
    ]
    for test in tabs:
        field(test, "Lý do xóa").set_value(REASON)
        press(test, "Xóa")
    assert remains(office, SupportNeed) == 0 and remains(office, Removal) == 1
    assert tabs[1].error
