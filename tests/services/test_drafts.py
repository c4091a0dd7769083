"""Drafts: sealed, one person's, gone with what they were for, and never in the way."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from db.accounts import Role
from db.base import table_of
from db.cases import CaseUnit
from db.desk import Draft
from services import cases, trail_check
from services.office import Office, open_office
from services.registers import drafts
from services.work import Actor, StorageFull, Work, command_line
from tests import factories as make

NAME = "Bàn A Pham"
TYPED = {"full_name": NAME, "way": None, "kind": ["medical"], "name_unknown": False}
DRAFT = table_of(Draft)


def police(office: Office, account_id: int = 7) -> Actor:
    return make.actor(office, Role.POLICE, "Công an tỉnh", account_id=account_id)


def keep(office: Office, actor: Actor, typed: dict[str, Any] = TYPED, case_id: int | None = None) -> int | None:
    with Work(office, actor) as work:
        return drafts.keep(work, "receive", "receive", case_id, typed, title="Tiếp nhận mới", address="/intake")


def found(office: Office, actor: Actor, place: str = "receive") -> dict[str, Any] | None:
    with Work(office, actor) as work:
        kept = drafts.find(work, place)
        return kept.typed if kept else None


def test_a_draft_is_one_persons_and_one_forms(any_office: Office) -> None:
    keep(any_office, police(any_office))
    assert found(any_office, police(any_office)) == TYPED
    assert found(any_office, police(any_office), "deliver:1") is None
    assert found(any_office, police(any_office, account_id=8)) is None
    keep(any_office, police(any_office), {"full_name": "Bàn A"})
    assert found(any_office, police(any_office)) == {"full_name": "Bàn A"}
    with Work(any_office, police(any_office)) as work:
        assert len(drafts.mine(work)) == 1
        drafts.drop(work, "receive")
    assert found(any_office, police(any_office)) is None


def test_a_draft_is_there_after_the_office_was_opened_again(office: Office) -> None:
    keep(office, police(office))
    again = open_office(office.home.path, office.url)
    assert found(again, police(again)) == TYPED
    again.close()


def test_a_draft_is_sealed_and_not_in_the_trail(office: Office) -> None:
    keep(office, police(office))
    with Work(office, command_line()) as work:
        raw = bytes(work.session.connection().scalar(sa.select(DRAFT.c.content)))
        assert NAME.encode() not in raw
        assert trail_check.verify(work).clean


def test_the_same_content_costs_no_write(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    kept_id = keep(office, police(office))
    monkeypatch.setattr(drafts, "_write", lambda *facts: pytest.fail("written again"))
    assert keep(office, police(office)) == kept_id


def test_a_draft_ends_with_the_save_and_only_once(office: Office) -> None:
    kept_id = keep(office, police(office))
    assert kept_id is not None
    with Work(office, police(office, account_id=8), write=True) as work:
        assert not drafts.spend(work, "receive", kept_id)  # another's
    with pytest.raises(RuntimeError), Work(office, police(office), write=True) as work:
        assert drafts.spend(work, "receive", kept_id)
        raise RuntimeError  # what was to be saved was not: the draft stays
    with Work(office, police(office), write=True) as work:
        assert drafts.spend(work, "receive", kept_id)
        assert not drafts.spend(work, "receive", kept_id)


def test_an_old_draft_is_forgotten_and_swept(office: Office) -> None:
    keep(office, police(office))
    with Work(office, command_line(), write=True) as work:
        old = work.now - drafts.LIFE - timedelta(minutes=1)
        work.session.connection().execute(sa.update(DRAFT).values(kept_at=old))
    assert found(office, police(office)) is None
    keep(office, police(office, account_id=8))
    with Work(office, command_line()) as work:
        assert work.session.connection().scalar(sa.select(sa.func.count()).select_from(DRAFT)) == 1


@pytest.mark.parametrize("spoiled", [b"", b"\x01" * 80, "moved", "another case", "not json"])
def test_a_draft_that_cannot_be_read_is_no_draft(office: Office, spoiled: Any) -> None:
    kept_id = keep(office, police(office))
    with Work(office, command_line(), write=True) as work:
        connection = work.session.connection()
        if spoiled == "moved":
            connection.execute(sa.update(DRAFT).values(id=int(kept_id or 0) + 1))
        elif spoiled == "another case":
            connection.execute(sa.update(DRAFT).values(case_id=5))
        else:
            row_id = int(kept_id or 0)
            text = drafts.seal("[1", place=drafts.PLACE, case=0, row=row_id) if spoiled == "not json" else spoiled
            connection.execute(sa.update(DRAFT).values(content=text))
    assert found(office, police(office)) is None
    with Work(office, police(office)) as work:
        assert not drafts.mine(work)
    keep(office, police(office))
    assert found(office, police(office)) == TYPED


def test_a_draft_of_a_shredded_file_opens_no_more(office: Office) -> None:
    with Work(office, command_line(), write=True) as work:
        case_id = make.case(work).id
    keep(office, police(office), case_id=case_id)
    assert found(office, police(office)) == TYPED
    office.keys.destroy_case(case_id)
    assert found(office, police(office)) is None
    assert keep(office, police(office), case_id=case_id) is None  # and none can be made


def test_a_full_disk_loses_the_draft_and_nothing_else(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*facts: Any) -> int:
        raise StorageFull

    monkeypatch.setattr(drafts, "_write", full)
    assert keep(office, police(office)) is None


def test_the_start_page_lists_drafts_of_files_one_may_still_see(office: Office) -> None:
    shelter = make.actor(office, Role.SHELTER, make.SHELTER)
    with Work(office, command_line(), write=True, today=make.TODAY) as work:
        case = make.case(work)
        handed = cases.hand_to(work, case, unit_id=make.unit(work, make.SHELTER).id, since=make.TODAY)
        case_id, code, handed_id = case.id, case.code, handed.id
    keep(office, shelter, case_id=case_id)
    with Work(office, shelter, today=make.TODAY) as work:
        (line,) = drafts.mine(work)
        assert (line.title, line.address, line.case_code) == ("Tiếp nhận mới", "/intake", code)
    with Work(office, command_line(), write=True, today=make.TODAY) as work:
        work.session.get(CaseUnit, handed_id).until = make.TODAY - timedelta(days=1)
    with Work(office, shelter, today=make.TODAY) as work:
        assert not drafts.mine(work)


def test_nobody_signed_in_keeps_nothing(office: Office) -> None:
    assert keep(office, command_line()) is None
