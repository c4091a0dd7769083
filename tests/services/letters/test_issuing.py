"""A document's life: made, made again, issued, frozen, cancelled; who may; its number without gap or double."""

from datetime import date

import pytest
import sqlalchemy as sa

from db.accounts import Role
from db.base import table_of
from db.cases import Case
from db.handover import Handover
from db.letters import Letter, LetterState
from db.people import Person
from db.places import Unit
from db.trail import Action, TrailEntry
from db.verification import Conclusion, VerificationRequest
from services.cases import hand_to
from services.errors import Invalid, NotReady, Refused
from services.letters import issuing, opening, templates
from services.letters.content import Content
from services.office import Office
from services.records import rows
from services.work import Work, command_line
from tests import factories as make
from tests.services.letters import conftest as files
from tests.services.letters.issued import CODE, ON, case_in, draft_in, issue_in, own_series, writing

POLICE = "Công an Huyện Na Rì"


def test_an_issued_document_never_changes(any_office: Office) -> None:
    case_id = case_in(any_office)
    letter_id = draft_in(any_office, case_id)
    assert issue_in(any_office, letter_id, "7") == "07"  # nobody knows the unit's sign: it is left out
    with Work(any_office, command_line()) as work:
        before = opening.pdf(work, letter_id)
    with writing(any_office) as work:
        case = work.session.get(Case, case_id)
        rows(work, Person, case)[0].full_name = "Tên Khác"
        work.session.get(Unit, case.unit_id).name = "Phòng Mới"
        version = templates.effective(work, CODE).version
        templates.save(work, CODE, templates.Wording("Giấy khác", None, "{họ tên}"), version=version)
    with Work(any_office, command_line()) as work:
        assert opening.pdf(work, letter_id) == before
    assert "Nông Thị Mẩy" in files.read(before)
    assert "ngày 21 tháng 7 năm 2018" in files.read(before)
    for change in (issue_again, remake):
        with pytest.raises(NotReady), writing(any_office) as work:
            change(work, opening.find(work, letter_id))
    with writing(any_office) as work:
        issuing.cancel(work, opening.find(work, letter_id), reason="ghi sai số")
    with Work(any_office, command_line()) as work:
        assert opening.pdf(work, letter_id) == before
        assert opening.look(work, letter_id).letter.number == "07"


def issue_again(work: Work, letter: Letter) -> None:
    issuing.issue(work, letter, dated=ON, number="8")


def remake(work: Work, letter: Letter) -> None:
    issuing.remake(work, letter, wishes=Content.from_text(letter.content).wishes)


def test_a_draft_is_made_again_from_the_file_as_it_is(office: Office) -> None:
    letter_id = draft_in(office, case_in(office))
    with writing(office) as work:
        letter = opening.find(work, letter_id)
        rows(work, Person, work.session.get(Case, letter.case_id))[0].full_name = "Nông Thị Mến"
        remake(work, letter)
    with Work(office, command_line()) as work:
        assert "Nông Thị Mến" in files.read(opening.pdf(work, letter_id))


def test_making_issuing_and_printing_stand_in_the_trail(office: Office) -> None:
    letter_id = draft_in(office, case_in(office))
    issue_in(office, letter_id, "7")
    with Work(office, command_line()) as work:
        opening.pdf(work, letter_id)
    trail = table_of(TrailEntry).c
    with Work(office, command_line()) as work:
        found = work.session.connection().execute(
            sa.select(trail.action, trail.fields, trail.case_id)
            .where(trail.object_id == letter_id)
            .order_by(trail.seq)
        )
        entries = found.all()
    assert [entry.action for entry in entries] == [Action.CREATE, Action.UPDATE, Action.EXPORT]
    assert {"state", "number", "dated"} <= set(entries[1].fields.split(","))
    assert all(entry.case_id for entry in entries)


@pytest.mark.parametrize(
    ("code", "model", "column"),
    [
        ("de_nghi_xac_minh", VerificationRequest, "number"),
        ("giay_xac_nhan", Conclusion, "paper_number"),
        ("bien_ban_ban_giao", Handover, "minutes_number"),
    ],
)
@pytest.mark.parametrize("known", [None, "99/CŨ"])
def test_the_number_becomes_a_fact_where_none_stands(office: Office, code, model, column, known) -> None:
    with writing(office) as work:
        case = files.full(work)
        files.ready(work, case, code)
        row = rows(work, model, case)[0]
        setattr(row, column, known)
        issuing.issue(work, files.made(work, case, code), dated=ON, number="12/AB")
        assert getattr(row, column) == (known or "12/AB")


@pytest.mark.parametrize(
    ("number", "dated", "field"),
    [(None, ON, "number"), ("AB", ON, "number"), ("1" * 70, ON, "number"), ("1", date(2018, 7, 1), "dated"),
     ("1", date(2021, 1, 1), "dated")],
)  # fmt: skip
def test_a_wrong_number_or_day_is_said_beside_its_field(office: Office, number, dated, field) -> None:
    letter_id = draft_in(office, case_in(office))
    with pytest.raises(Invalid) as refused, writing(office) as work:
        issuing.issue(work, opening.find(work, letter_id), dated=dated, number=number)
    assert set(refused.value.problems) == {field}
    with Work(office, command_line()) as work:
        assert opening.find(work, letter_id).state is LetterState.DRAFT


def test_a_typed_number_is_not_used_twice(office: Office) -> None:
    case_id = case_in(office)
    issue_in(office, draft_in(office, case_id), "7/TB")
    with pytest.raises(Invalid, match="đã có"):
        issue_in(office, draft_in(office, case_id), "07")


def test_a_cancelled_document_says_why_and_is_over(office: Office) -> None:
    letter_id = draft_in(office, case_in(office))
    for reason in ("", "  "):
        with pytest.raises(Invalid), writing(office) as work:
            issuing.cancel(work, opening.find(work, letter_id), reason=reason)
    with writing(office) as work:
        issuing.cancel(work, opening.find(work, letter_id), reason="lập nhầm hồ sơ")
    with Work(office, command_line()) as work:
        assert opening.look(work, letter_id).content.cancelled == "lập nhầm hồ sơ"
    with pytest.raises(NotReady):
        issue_in(office, letter_id, "7")
    with pytest.raises(NotReady), writing(office) as work:
        issuing.cancel(work, opening.find(work, letter_id), reason="lần nữa")


# Who may

MAY = {  # makes: reception papers · makes: conclusion papers · reads
    Role.LABOUR_DEPT: (True, False, True),
    Role.POLICE: (True, True, True),
    Role.LOCAL: (True, False, True),
    Role.SHELTER: (False, False, True),
    Role.PARTNER: (False, False, True),
    Role.LEADER: (False, False, False),
    Role.ADMIN: (False, False, False),
}


AT = {
    Role.LABOUR_DEPT: make.LABOUR,
    Role.POLICE: "Công an tỉnh",
    Role.LOCAL: "UBND Huyện Na Rì",
    Role.SHELTER: make.SHELTER,
    Role.PARTNER: "Sở Tư pháp",
    Role.LEADER: "Ủy ban nhân dân tỉnh",
    Role.ADMIN: make.LABOUR,
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("code", [CODE, "tra_loi"])
def test_who_may_make_and_who_may_read(office: Office, role: Role, code: str) -> None:
    actor, (receives, verifies, reads) = make.actor(office, role, AT[role]), MAY[role]
    with writing(office) as work:
        case = files.full(work)
        files.ready(work, case, code)
        for at in (make.SHELTER, "Sở Tư pháp"):
            hand_to(work, case, unit_id=make.unit(work, at).id, since=date(2018, 7, 4))
        letter_id = files.made(work, case, code).id
        wanted = files.wishes(work, case, code, unit_id=make.unit(work, AT[role]).id)
        case_id = case.id
    makes = verifies if code == "tra_loi" else receives
    with Work(office, actor, write=True, today=make.TODAY) as work:
        case = work.session.get(Case, case_id)
        if makes:
            own = issuing.make(work, case, template=code, wishes=wanted)
            issuing.issue(work, own, dated=ON, number="3")
        else:
            with pytest.raises(Refused):
                issuing.make(work, case, template=code, wishes=wanted)
        if reads:
            assert not opening.look(work, letter_id).mine  # another unit's paper: seen, not handled
            with pytest.raises(Refused):
                issuing.issue(work, opening.find(work, letter_id), dated=ON, number="4")
        else:
            with pytest.raises(Refused):
                opening.look(work, letter_id)


def test_another_area_sees_nothing(office: Office) -> None:
    letter_id = draft_in(office, case_in(office))
    stranger = make.actor(office, Role.LOCAL, "UBND Huyện Ba Bể")
    with Work(office, stranger, today=make.TODAY) as work, pytest.raises(Refused):
        opening.look(work, letter_id)


def test_a_unit_that_is_not_ones_own_is_refused(office: Office) -> None:
    case_id = case_in(office)
    actor = make.actor(office, Role.LOCAL, "UBND Huyện Na Rì")
    with Work(office, actor, write=True, today=make.TODAY) as work:
        case = work.session.get(Case, case_id)
        with pytest.raises(Invalid) as refused:
            issuing.make(work, case, template=CODE, wishes=files.wishes(work, case, CODE))
    assert "unit_id" in refused.value.problems


def test_a_field_one_may_not_see_refuses_the_document(office: Office) -> None:
    """The reason of an extension is of the verification: a district's officer neither makes nor reads it."""
    case_id = case_in(office)
    own_series(office, on=False, body="{họ tên}: {lý do gia hạn}")
    letter_id = draft_in(office, case_id)
    actor = make.actor(office, Role.LOCAL, "UBND Huyện Na Rì")
    with Work(office, actor, write=True, today=make.TODAY) as work:
        case = work.session.get(Case, case_id)
        assert CODE not in {one.code for one in issuing.offered(work, case)}
        with pytest.raises(Refused):
            unit = make.unit(work, "UBND Huyện Na Rì").id
            issuing.make(work, case, template=CODE, wishes=files.wishes(work, case, CODE, unit_id=unit))
        with pytest.raises(Refused):
            opening.look(work, letter_id)
