"""Files that leave: once, to the session they were promised to, in the trail, kept nowhere."""

import time
from collections.abc import Callable

import pytest
from sqlmodel import select

from db.base import table_of
from db.trail import Action, TrailEntry
from services import sessions
from services.access import Right
from services.errors import NotReady, Refused
from services.office import Office
from services.server import downloads
from services.work import Actor, Work, command_line
from tests.factories import LABOUR, actor
from tests.web.conftest import Role

NAME = "Báo cáo quý I/2019 – Đường Về.pdf"


def offer(person: Actor, produce: Callable[[Work], bytes] = lambda work: b"bytes") -> str:
    address = downloads.offer(
        person, right=Right.REPORT, name=NAME, media_type="application/pdf", produce=produce, what="report"
    )
    return address.removeprefix(downloads.ADDRESS)


@pytest.fixture
def officer(office: Office, monkeypatch: pytest.MonkeyPatch) -> Actor:
    monkeypatch.setattr("services.office._current", office)
    return actor(office, Role.LABOUR_DEPT, LABOUR)


def test_once_and_to_its_own_session_only(officer: Actor) -> None:
    token = offer(officer)
    with pytest.raises(Refused):
        downloads.take(token, Actor(8, "Người khác", session="another"))
    assert downloads.deliver(downloads.take(token, officer), officer) == b"bytes"
    with pytest.raises(Refused):
        downloads.take(token, officer)


def test_it_dies_after_a_minute(officer: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    token = offer(officer)
    later = time.monotonic() + downloads.LIFE + 1
    monkeypatch.setattr(downloads.time, "monotonic", lambda: later)
    with pytest.raises(Refused):
        downloads.take(token, officer)


def test_the_right_is_asked_again_when_it_is_fetched(officer: Actor) -> None:
    promised = downloads.take(offer(officer), officer)
    with pytest.raises(Refused):
        downloads.deliver(promised, Actor(officer.account_id, officer.name, (), officer.session))


def test_the_export_is_in_the_trail_and_a_failed_one_is_not(office: Office, officer: Actor) -> None:
    def fail(work: Work) -> bytes:
        raise NotReady("Chưa đủ số liệu.")

    def exports() -> list[str]:
        with Work(office, command_line()) as work:
            asked = select(TrailEntry.object).where(table_of(TrailEntry).c.action == Action.EXPORT)
            return list(work.session.exec(asked))

    with pytest.raises(NotReady):
        downloads.deliver(downloads.take(offer(officer, fail), officer), officer)
    assert exports() == []
    downloads.deliver(downloads.take(offer(officer), officer), officer)
    assert exports() == ["report"]


def test_the_name_is_safe_in_a_header() -> None:
    header = downloads.disposition('Sổ "A"\r\nX: 1/..\\đi.xlsx')
    header.encode("ascii")
    assert "\r" not in header
    assert "\n" not in header
    assert header.count('"') == 2
    assert "/" not in header
    assert downloads.disposition(NAME).startswith('attachment; filename="bao_cao_quy_i_2019___duong_ve.pdf"; ')


def test_nobody_reaches_a_promised_file(officer: Actor) -> None:
    assert sessions.current("") is None
    assert sessions.current("made-up") is None
