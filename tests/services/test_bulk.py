"""One form for many files: what the preview says is what happens, file by file, and the trial leaves nothing."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as some

from db.accounts import Role
from db.base import table_of
from db.cases import CaseState, CaseUnit, ClosingOutcome
from db.handover import Direction, Handover
from db.trail import TrailEntry
from db.verification import Outcome as Concluded
from db.verification import VerificationRequest
from services import cases, verification
from services.access import Right
from services.errors import NotReady, Refused
from services.office import Office
from services.registers import bulk
from services.registers.case_forms import FORMS
from services.work import Work, command_line
from tests import factories as f

POLICE = (Role.POLICE, "Công an tỉnh")
REQUEST, HAND_TO, HAND_OVER = FORMS["request"], FORMS["hand_to"], FORMS["hand_over"]
HOW = ("received", "verifying", "victim", "closed")


def file(work: Work, how: str) -> int:
    """A file as far as `how` says."""
    on = date(2018, 7, 3)
    case = f.case(work, received_on=on, full_name=f"Bàn Thị {how}")
    if how != "received":
        verification.request(work, case, requested_on=on, unit_id=f.unit(work).id)
    if how in ("victim", "closed"):
        then = on + timedelta(days=5)
        verification.conclude(work, case, outcome=Concluded.VICTIM, concluded_on=then, right=Right.IMPORT)
    if how == "closed":
        cases.close(work, case, outcome=ClosingOutcome.REINTEGRATED, closed_on=then)
    return int(case.id)


def files(office: Office, hows: list[str]) -> list[int]:
    with Work(office, command_line(), write=True, today=f.TODAY) as work:
        return [file(work, how) for how in hows]


def police(office: Office, *, write: bool = False) -> Work:
    return Work(office, f.actor(office, *POLICE), write=write, today=f.TODAY)


def asking(work: Work, on: date = date(2018, 8, 1)) -> dict[str, object]:
    return {"requested_on": on, "unit_id": f.unit(work).id, "number": "12/CV"}


def stored(office: Office, model: type) -> int:
    with office.engine.connect() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(table_of(model))).scalar_one())


def test_the_preview_is_what_happens_and_keeps_nothing(any_office: Office) -> None:
    ids = files(any_office, ["received", "victim", "closed", "verifying", "received"])
    before = stored(any_office, VerificationRequest)
    with police(any_office) as work:
        tried = bulk.preview(work, REQUEST, asking(work), ids)
    assert [bool(one.why_not) for one in tried] == [False, True, True, False, False]
    assert stored(any_office, VerificationRequest) == before
    with police(any_office, write=True) as work:
        done = bulk.perform(work, REQUEST, asking(work), ids)
    assert [(one.case.id, one.why_not) for one in done] == [(one.case.id, one.why_not) for one in tried]
    assert stored(any_office, VerificationRequest) == before + 3


@settings(max_examples=12)
@given(hows=some.lists(some.sampled_from(HOW), min_size=1, max_size=6), days=some.integers(0, 500))
def test_preview_and_result_agree_for_any_mixture(
    founded: object, tmp_path_factory: pytest.TempPathFactory, hows: list[str], days: int
) -> None:
    import shutil

    from services.office import open_office

    home = tmp_path_factory.mktemp("bulk") / "office"
    shutil.copytree(str(founded), home)
    office = open_office(home, f"sqlite:///{home}/data/duongve.db")
    try:
        ids = files(office, hows)
        on = date(2018, 6, 1) + timedelta(days=days)
        with police(office) as work:
            tried = bulk.preview(work, REQUEST, asking(work, on), ids)
        with police(office, write=True) as work:
            done = bulk.perform(work, REQUEST, asking(work, on), ids)
        assert [one.why_not for one in tried] == [one.why_not for one in done]
        with police(office) as work:
            for one, now in zip(done, bulk.rows(work, ids), strict=True):
                expected = one.case.state if one.why_not else CaseState.VERIFYING
                assert now.state is expected
    finally:
        office.close()


def test_a_file_that_cannot_be_done_is_left_as_it_was(any_office: Office) -> None:
    ids = files(any_office, ["victim", "received"])
    with police(any_office, write=True) as work:
        first, second = bulk.perform(work, REQUEST, asking(work), ids)
    assert first.why_not and not second.why_not
    with police(any_office) as work:
        assert [row.state for row in bulk.rows(work, ids)] == [CaseState.VICTIM, CaseState.VERIFYING]


def test_one_transaction_for_all(any_office: Office) -> None:
    ids = files(any_office, ["received", "received"])
    before = stored(any_office, VerificationRequest)
    with pytest.raises(RuntimeError), police(any_office, write=True) as work:
        bulk.perform(work, REQUEST, asking(work), ids)
        raise RuntimeError
    assert stored(any_office, VerificationRequest) == before


def test_files_outside_ones_area_are_not_there(any_office: Office) -> None:
    ids = files(any_office, ["received"])
    other = f.actor(any_office, Role.LOCAL, "UBND Huyện Ba Bể")
    with Work(any_office, other, write=True, today=f.TODAY) as work:
        assert bulk.perform(work, REQUEST, asking(work), ids) == []
        with pytest.raises(Refused):
            bulk.asked(work, REQUEST, ids)
    assert stored(any_office, VerificationRequest) == 0


def test_each_file_keeps_its_own_people(any_office: Office) -> None:
    ids = files(any_office, ["received", "received"])
    values = {"direction": Direction.IN, "handed_on": date(2018, 8, 1), "counterpart": "Công an Quảng Tây"}
    assert "person_ids" not in {one.key for one in bulk.common(HAND_OVER).fields}
    with police(any_office, write=True) as work:
        done = bulk.perform(work, HAND_OVER, values, ids)
    assert [one.why_not for one in done] == ["", ""] and stored(any_office, Handover) == 2


def test_the_same_file_twice_is_one(any_office: Office) -> None:
    (case_id,) = files(any_office, ["received"])
    with police(any_office, write=True) as work:
        values = {"unit_id": f.unit(work, f.SHELTER).id, "since": date(2018, 8, 1)}
        assert len(bulk.perform(work, HAND_TO, values, [case_id, case_id])) == 1
    assert stored(any_office, CaseUnit) == 1


def test_none_and_too_many_are_refused_with_a_sentence(office: Office) -> None:
    with police(office, write=True) as work:
        with pytest.raises(NotReady, match="Chưa chọn"):
            bulk.perform(work, REQUEST, asking(work), [])
        with pytest.raises(NotReady, match="nhiều nhất 200"):
            bulk.perform(work, REQUEST, asking(work), list(range(1, 202)))


@pytest.mark.parametrize("role, at", [(Role.SHELTER, f.SHELTER), (Role.LEADER, "Ủy ban nhân dân tỉnh")])
def test_who_may_not_write_has_no_form_and_writes_nothing(office: Office, role: Role, at: str) -> None:
    ids = files(office, ["received"])
    with Work(office, f.actor(office, role, at), write=True, today=f.TODAY) as work:
        assert bulk.forms(work) == []
        with pytest.raises(Refused):
            bulk.perform(work, REQUEST, asking(work), ids)


def test_the_names_of_a_preview_are_in_the_trail_though_the_trial_is_not(office: Office) -> None:
    ids = files(office, ["received"])
    with police(office) as work:
        bulk.preview(work, REQUEST, asking(work), ids)
    trail = table_of(TrailEntry).c
    with office.engine.connect() as connection:
        own = connection.execute(sa.select(trail.action).where(trail.actor_id == 7)).scalars().all()
    assert own == ["list"]
