"""What an attacker tried with deletion: another unit's file, a reason that says what is not theirs, a row that
comes back into the wrong file."""

from typing import Any

import pytest

from db.accounts import Role
from db.base import Row
from db.cases import Case
from db.handover import Direction, Handover
from db.people import Person, PersonKind
from db.protection import ProtectionMeasure
from db.verification import Evidence, VerificationRequest
from services import case_search, cases, protection, verification
from services.access import case_for
from services.errors import NotReady, Refused
from services.identity import merging
from services.office import Office
from services.records import add, rows
from services.removals import removal
from services.work import Actor, Work, command_line
from tests import factories as make

DAY = make.date(2018, 7, 3)
REASON = "Ghi nhầm sang hồ sơ của người khác"
TELLING = "Ghi nhầm: người này đang lánh ở nhà bà Hoa"
NA_RI, POLICE = "UBND Huyện Na Rì", "Công an tỉnh"


def writing(office: Office, actor: Actor | None = None) -> Work:
    return Work(office, actor or command_line(), write=True, today=make.TODAY)


def a_file(office: Office, **known: Any) -> int:
    with writing(office) as work:
        return make.case(work, **known).id


def remove(office: Office, actor: Actor, case_id: int, model: type[Row] | None = None) -> int:
    with writing(office, actor) as work:
        case = case_for(work, case_id)
        row = case if model is None else rows(work, model, case)[-1]
        return removal.remove(work, case, row, reason=REASON).id


@pytest.mark.parametrize("at", [NA_RI, "Phòng Lao động - Thương binh và Xã hội Huyện Na Rì"])
def test_a_file_that_another_unit_received_is_not_deleted(office: Office, at: str) -> None:
    """The district where somebody lives reads the file of the province's police; it does not throw it away."""
    case_id = a_file(office)
    local = make.actor(office, Role.LOCAL, at)
    with Work(office, local) as work:
        case = case_for(work, case_id)
        assert not removal.may(work, case, case)
    with pytest.raises(Refused):
        remove(office, local, case_id)
    remove(office, make.actor(office, Role.POLICE, POLICE), case_id)


@pytest.mark.parametrize("what", ["measure", "evidence"])
def test_a_file_others_have_worked_on_is_not_thrown_away_whole(office: Office, what: str) -> None:
    with writing(office) as work:
        case = make.case(work, unit_id=make.unit(work, NA_RI).id)
        if what == "measure":
            protection.apply_measure(work, case, measure="other", other_text="Bố trí nơi ở", applied_on=DAY)
        else:
            verification.request(work, case, requested_on=DAY, unit_id=make.unit(work).id)
            verification.add_evidence(work, case, source="A.D27.1", received_on=DAY, note="lời khai")
        case_id = case.id
    with pytest.raises(NotReady):
        remove(office, make.actor(office, Role.LOCAL, NA_RI), case_id)
    with Work(office, command_line()) as work:
        assert case_search.find(work).total == 1


@pytest.mark.parametrize("kind", [ProtectionMeasure, Evidence])
def test_a_reason_is_for_those_who_see_what_was_deleted(office: Office, kind: type[Row]) -> None:
    with writing(office) as work:
        case = make.case(work)
        verification.request(work, case, requested_on=DAY, unit_id=make.unit(work).id)
        verification.add_evidence(work, case, source="A.D27.1", received_on=DAY, note="lời khai")
        protection.apply_measure(work, case, measure="other", other_text="Bố trí nơi ở", applied_on=DAY)
        removal.remove(work, case, rows(work, kind, case)[0], reason=TELLING)
        for name in (make.SHELTER, "Sở Tư pháp"):
            cases.hand_to(work, case, unit_id=make.unit(work, name).id, since=DAY)
        case_id = case.id

    def told(role: Role, at: str) -> str:
        with Work(office, make.actor(office, role, at), today=make.TODAY) as work:
            return repr(removal.of_case(work, case_for(work, case_id)))

    assert TELLING in told(Role.POLICE, POLICE)
    assert TELLING not in told(Role.LOCAL, NA_RI)
    assert TELLING not in told(Role.SHELTER, make.SHELTER)
    assert TELLING not in told(Role.PARTNER, "Sở Tư pháp")
    assert (TELLING in told(Role.LABOUR_DEPT, make.LABOUR)) is (kind is Evidence)


def test_a_row_does_not_come_back_without_its_person(office: Office) -> None:
    """Merged, a companion's hand-over deleted there, taken apart: the person is in the other file again."""
    with writing(office) as work:
        kept = make.case(work)
        gone = make.case(work, received_on=make.date(2018, 7, 5))
        work.session.flush()
        child = Person(case_id=gone.id, subject_id=9, kind=PersonKind.ACCOMPANYING_MINOR, full_name="Nông Văn Bé")
        add(work, gone, child)
        handed = Handover(case_id=gone.id, person_id=child.id, direction=Direction.IN, handed_on=DAY)
        handed.counterpart = "Cơ quan bạn"
        add(work, gone, handed)
        work.session.flush()
        merge = merging.merge(work, kept, gone)
        work.session.flush()
        removed = removal.remove(work, kept, rows(work, Handover, kept)[0], reason=REASON)
        merging.unmerge(work, merge)
        ids = removed.id, kept.id
    with pytest.raises(NotReady), writing(office) as work:
        removal.restore(work, ids[0])
    with Work(office, command_line()) as work:
        assert not cases.view(work, ids[1]).handovers


def test_nobody_restores_what_they_could_not_delete(office: Office) -> None:
    with writing(office) as work:
        case = make.case(work)
        verification.request(work, case, requested_on=DAY, unit_id=make.unit(work).id)
        protection.apply_measure(work, case, measure="other", other_text="Bố trí nơi ở", applied_on=DAY)
        kept = [
            removal.remove(work, case, rows(work, model, case)[0], reason=REASON).id
            for model in (ProtectionMeasure, VerificationRequest)
        ]
        for name in (make.SHELTER, "Sở Tư pháp"):
            cases.hand_to(work, case, unit_id=make.unit(work, name).id, since=DAY)
    strangers = [
        make.actor(office, Role.SHELTER, make.SHELTER),
        make.actor(office, Role.PARTNER, "Sở Tư pháp"),
        make.actor(office, Role.LOCAL, "UBND Huyện Ba Bể"),
        make.actor(office, Role.LEADER, make.LABOUR),
        make.actor(office, Role.ADMIN, make.LABOUR),
    ]
    for actor in strangers:
        for removal_id in (*kept, -1, 0, 2**63, 16**30):
            with pytest.raises(Refused), writing(office, actor) as work:
                removal.restore(work, removal_id)
    for actor in (make.actor(office, Role.LOCAL, NA_RI), make.actor(office, Role.LABOUR_DEPT, make.LABOUR)):
        with pytest.raises(Refused), writing(office, actor) as work:
            removal.restore(work, kept[0])
    with writing(office, make.actor(office, Role.POLICE, POLICE)) as work:
        assert isinstance(removal.restore(work, kept[0]), ProtectionMeasure)


def test_a_whole_file_is_restored_by_the_unit_that_deleted_it(office: Office) -> None:
    case_id = a_file(office)
    removal_id = remove(office, make.actor(office, Role.POLICE, POLICE), case_id)
    for role, at in ((Role.LOCAL, NA_RI), (Role.LABOUR_DEPT, make.LABOUR), (Role.POLICE, "Công an Huyện Na Rì")):
        with pytest.raises(Refused), writing(office, make.actor(office, role, at)) as work:
            removal.restore(work, removal_id)
    with writing(office, make.actor(office, Role.POLICE, POLICE)) as work:
        assert isinstance(removal.restore(work, removal_id), Case)
