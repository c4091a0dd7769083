"""Scans: kept sealed, opened only for those who may see who the file is about, and proven by the trail."""

import os
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from db import files
from db.accounts import Role
from db.attachments import Attachment, MediaType, ScanKind
from db.base import new_id, table_of
from db.cases import Case, CaseState
from db.letters import Letter, LetterState
from db.trail import Action, TrailEntry
from services import cases
from services.access import Right
from services.errors import Invalid, NotReady, Refused
from services.office import Office
from services.scans import attachments
from services.scans.attachments import add, get, read
from services.trail_check import verify
from services.work import StorageFull, Work, command_line
from tests import factories as make
from tests.services import papers
from tests.services.papers import picture
from tests.services.scans import TITLE, new_scan, stored, writing

POLICE = (Role.POLICE, "Công an tỉnh")


# --- keeping and opening


def test_what_was_kept_is_read_back(any_office: Office) -> None:
    _, scan_id = new_scan(any_office)
    with Work(any_office, command_line()) as work:
        scan = get(work, scan_id)
        data = read(work, scan)
        assert (scan.title, scan.media_type, scan.size) == (TITLE, MediaType.JPEG, len(data))
        assert data == attachments.made_safe(picture())[1]
        assert verify(work).clean and verify(work).files == 1


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["JPEG", "PNG"]), st.integers(1, 200), st.integers(1, 200), st.integers(0, 255))
def test_any_picture_is_read_as_it_was_made_safe(office: Office, kind: str, x: int, y: int, tone: int) -> None:
    data = picture(kind, (x, y), "L", colour=tone)
    with writing(office) as work:
        scan = add(work, make.case(work), kind=ScanKind.OTHER, title=TITLE, data=data)
        assert read(work, scan) == attachments.made_safe(data)[1]


def test_nothing_is_readable_on_the_disk(any_office: Office) -> None:
    new_scan(any_office, data=papers.written(papers.pdf()))
    (path,) = stored(any_office)
    sealed = path.read_bytes()
    assert b"%PDF" not in sealed and b"/Page" not in sealed
    if os.name != "nt":
        assert path.stat().st_mode & 0o077 == 0
        assert path.parent.stat().st_mode & 0o077 == 0
        assert any_office.home.files.stat().st_mode & 0o077 == 0
    if any_office.engine.dialect.name == "sqlite":
        assert TITLE.encode() not in any_office.home.database.read_bytes()


def test_a_file_and_its_scan_may_be_made_at_once(any_office: Office) -> None:
    with writing(any_office) as work:
        scan = add(work, make.case(work), kind=ScanKind.OTHER, title=TITLE, data=picture())
        assert read(work, scan)


def test_what_is_wrong_is_said_beside_its_field(office: Office) -> None:
    with writing(office) as work, pytest.raises(Invalid) as refused:
        add(work, make.case(work), kind=ScanKind.OTHER, title="  ", data=b"<html>")
    assert set(refused.value.problems) == {"title", "file"}
    with writing(office) as work, pytest.raises(Invalid) as refused:
        add(work, make.case(work), kind=ScanKind.OTHER, title="x" * 201, data=picture())
    assert set(refused.value.problems) == {"title"}
    assert stored(office) == []


def test_a_merged_file_takes_no_scan(office: Office) -> None:
    with writing(office) as work:
        case = make.case(work)
        case.state = CaseState.MERGED
        assert attachments.adding_right(work, case) is None
        with pytest.raises(NotReady, match="ghép"):
            add(work, case, kind=ScanKind.OTHER, title=TITLE, data=picture())


def test_a_scan_belongs_to_a_letter_of_its_own_file_only(office: Office) -> None:
    with writing(office) as work:
        case, other = make.case(work), make.case(work)
        letter = Letter(
            case_id=other.id, template="x", title="x", state=LetterState.DRAFT, by_name="x", content="{}"
        )
        work.session.add(letter)
        work.session.flush()
        with pytest.raises(Refused):
            add(work, case, kind=ScanKind.OTHER, title=TITLE, data=picture(), letter_id=letter.id)
    with writing(office) as work:
        other = work.session.get(Case, other.id)
        assert add(work, other, kind=ScanKind.OTHER, title=TITLE, data=picture(), letter_id=letter.id)


def test_a_full_disk_is_a_sentence_and_leaves_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with writing(office) as work:
        case = make.case(work)
    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(StorageFull), writing(office) as work:
        add(work, case, kind=ScanKind.OTHER, title=TITLE, data=picture())
    assert [path for path in office.home.files.rglob("*") if path.is_file()] == []


# --- who may


@pytest.mark.parametrize("role", Role)
def test_each_role_and_each_scan(office: Office, role: Role) -> None:
    """Against a policy written down here: who reads a scan, who an identity paper, who may add one."""
    at = {
        Role.LABOUR_DEPT: make.LABOUR,
        Role.POLICE: "Công an tỉnh",
        Role.LOCAL: "UBND Huyện Na Rì",
        Role.SHELTER: make.SHELTER,
        Role.PARTNER: "Sở Tư pháp",
        Role.LEADER: "Ủy ban nhân dân tỉnh",
        Role.ADMIN: make.LABOUR,
    }[role]
    reads = role not in (Role.LEADER, Role.ADMIN)
    person = make.actor(office, role, at)
    with writing(office) as work:
        case = make.case(work)
        cases.hand_to(work, case, unit_id=person.holdings[0].unit_id, since=date(2018, 8, 1))
        plain = add(work, case, kind=ScanKind.PROOF, title=TITLE, data=picture()).id
        identity = add(work, case, kind=ScanKind.IDENTITY, title=TITLE, data=picture()).id
    with Work(office, person, write=True) as work:
        assert may(lambda: read(work, get(work, plain))) is reads
        assert may(lambda: read(work, get(work, identity))) is (reads and role is not Role.PARTNER)
        adds = attachments.adding_right(work, case)
        assert (adds is not None) is (reads and role is not Role.PARTNER)
        kept = may(
            lambda: add(work, case, kind=ScanKind.OTHER, title=TITLE, data=picture(), right=adds or Right.INTAKE)
        )
        assert kept is (adds is not None)


def may(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except Refused:
        return False
    return True


@pytest.mark.parametrize(
    ("role", "at"),
    [(Role.SHELTER, make.SHELTER), (Role.PARTNER, "Sở Tư pháp"), (Role.LOCAL, "UBND Huyện Ba Bể")],
)
def test_a_file_that_is_not_mine_gives_no_scan(office: Office, role: Role, at: str) -> None:
    case_id, scan_id = new_scan(office)
    with Work(office, make.actor(office, role, at), write=True) as work:
        scan, case = work.session.get(Attachment, scan_id), work.session.get(Case, case_id)
        assert scan is not None and case is not None
        for ask in (lambda: get(work, scan_id), lambda: read(work, scan), lambda: get(work, new_id())):
            with pytest.raises(Refused):
                ask()
        with pytest.raises(Refused):
            add(work, case, kind=ScanKind.OTHER, title=TITLE, data=picture(), right=Right.SUPPORT)


@pytest.mark.parametrize("asked", [0, -1, 2**63, 2**70])
def test_any_number_may_stand_in_an_address(office: Office, asked: int) -> None:
    with Work(office, command_line()) as work, pytest.raises(Refused):
        get(work, asked)


def test_who_looked_stands_in_the_trail(any_office: Office) -> None:
    case_id, scan_id = new_scan(any_office)
    with Work(any_office, make.actor(any_office, *POLICE)) as work:
        read(work, get(work, scan_id))
    with Work(any_office, command_line()) as work:
        looked = work.session.exec(select(TrailEntry).where(table_of(TrailEntry).c.action == Action.READ)).all()
        assert [(e.object, e.object_id, e.case_id) for e in looked] == [("attachment", scan_id, case_id)]
        assert all(TITLE not in str(entry) for entry in work.session.exec(select(TrailEntry)))


def test_the_name_of_a_download_says_nothing_of_the_person(office: Office) -> None:
    _, scan_id = new_scan(office)
    with Work(office, command_line()) as work:
        name = attachments.file_name(work, get(work, scan_id))
    assert name.isascii() and name.endswith(" proof.jpg")
