"""Deletion and its undo: what was stored, and every figure, is as before."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from db.accounts import Role
from db.base import Row, table_of, tables
from db.cases import Case, CaseUnit, Closing, Reopening
from db.handover import Handover
from db.people import Person
from db.protection import ProtectionMeasure, ProtectionNeed
from db.referrals import Referral
from db.removal import Removal
from db.support import Delivery, SupportKind, SupportNeed
from db.trail import TrailEntry
from db.verification import Conclusion, Evidence, Extension, Outcome, VerificationRequest
from services import case_search, history, support, trail_check, verification
from services.access import Right
from services.errors import Invalid, NotReady, Refused
from services.figures import (
    as_json,
    breakdowns,
    companions,
    deliveries,
    look,
    measures,
    persons_guarded,
    persons_served,
)
from services.office import Office
from services.periods import parse
from services.records import rows
from services.removals import removal
from services.work import Actor, Work, command_line
from tests import factories as make
from tests.services.files import bare_file, concluded_file, full_file

REASON = "Ghi nhầm sang hồ sơ của người khác"
NOT_COMPARED = {"version"}
OUTSIDE = (Removal,)


@contextmanager
def at_work(office: Office, actor: Actor | None = None, **more: Any) -> Iterator[Work]:
    with Work(office, actor or command_line(), write=True, today=make.TODAY, **more) as work:
        yield work


def stored(office: Office) -> dict[str, list[dict[str, Any]]]:
    """Every row of the office as values, what was deleted left out."""
    found: dict[str, list[dict[str, Any]]] = {}
    with Work(office, command_line()) as work:
        for model in tables(Row):
            if model in OUTSIDE:
                continue
            table = table_of(model)
            lines = work.session.connection().execute(sa.select(table).order_by(table.c.id)).mappings()
            found[table.name] = [
                {name: str(value) for name, value in line.items() if name not in NOT_COMPARED} for line in lines
            ]
    return found


def figures(office: Office) -> Any:
    """The year's figures of the file: the account, the targets, money, needs and measures."""
    with Work(office, command_line(), today=make.TODAY) as work:
        view = look(work, parse("2018"))
        parts = (as_json, breakdowns, measures, deliveries, companions, persons_guarded, persons_served)
        return [str(part.of(view)) for part in parts]


def verified(office: Office) -> bool:
    with Work(office, command_line()) as work:
        return trail_check.verify(work).clean


def the(work: Work, case_id: int, model: type[Row], place: int = -1) -> tuple[Case, Any]:
    case = work.session.get(Case, case_id)
    assert case is not None
    return case, (
        case if model is Case else sorted(rows(work, model, case), key=lambda row: row.created_at)[place]
    )


FREE = (Evidence, Extension, Handover, Referral, ProtectionMeasure, SupportNeed, Delivery, CaseUnit, Person)


def _place(model: type[Row]) -> int:
    return 0 if model is SupportNeed else -1


@pytest.mark.parametrize("model", FREE, ids=lambda model: model.__name__)
def test_deleted_and_restored_everything_is_as_before(any_office: Office, model: type[Row]) -> None:
    with at_work(any_office) as work:
        case_id = full_file(work).id
    before, counted = stored(any_office), figures(any_office)
    with at_work(any_office) as work:
        case, row = the(work, case_id, model, _place(model))
        row_id, kept = row.id, removal.remove(work, case, row, reason=REASON).id
    gone = stored(any_office)
    assert row_id not in {int(line["id"]) for line in gone[table_of(model).name]}
    assert gone != before and verified(any_office)
    with at_work(any_office) as work:
        assert removal.restore(work, kept).id == row_id
    assert stored(any_office) == before
    assert figures(any_office) == counted
    assert verified(any_office)


@pytest.mark.parametrize(
    ("made", "model"),
    [((), VerificationRequest), (("concluded",), Conclusion), (("reopened",), Reopening), (("closed",), Closing)],
    ids=str,
)
def test_the_latest_step_is_taken_back_and_put_back(
    any_office: Office, made: tuple[str, ...], model: type[Row]
) -> None:
    with at_work(any_office) as work:
        case_id = (concluded_file(work, *made) if made else full_file(work)).id
    before, counted = stored(any_office), figures(any_office)
    with at_work(any_office) as work:
        case, row = the(work, case_id, model)
        was = case.state
        kept = removal.remove(work, case, row, reason=REASON).id
        assert case.state is not was
    with at_work(any_office) as work:
        removal.restore(work, kept)
    assert _but_updated(stored(any_office)) == _but_updated(before)
    assert figures(any_office) == counted
    assert verified(any_office)


def _but_updated(found: dict[str, Any]) -> Any:
    """Moving a file's state and back writes the file anew."""
    return {
        name: [{key: value for key, value in line.items() if key != "updated_at"} for line in lines]
        for name, lines in found.items()
    }


def test_a_whole_file_is_deleted_and_restored(any_office: Office) -> None:
    with at_work(any_office) as work:
        case_id = bare_file(work).id
    before, counted = stored(any_office), figures(any_office)
    with at_work(any_office) as work:
        case, _ = the(work, case_id, Case)
        kept = removal.remove(work, case, case, reason=REASON).id
    assert not stored(any_office)["case_file"] and not stored(any_office)["person"]
    assert figures(any_office) != counted and verified(any_office)
    with at_work(any_office) as work:
        assert case_search.find(work).total == 0
        assert removal.restore(work, kept).id == case_id
    assert stored(any_office) == before and figures(any_office) == counted
    assert verified(any_office)


def test_a_file_with_a_decision_or_a_delivery_is_never_deleted(office: Office) -> None:
    with at_work(office) as work:
        for case in (full_file(work), concluded_file(work)):
            with pytest.raises(NotReady, match="không xóa được"):
                removal.remove(work, case, case, reason=REASON)


@pytest.mark.parametrize("reason", ["", "nhầm", " a  b c   d "])
def test_a_deletion_says_why(office: Office, reason: str) -> None:
    with at_work(office) as work:
        case, row = the(work, full_file(work).id, Evidence)
        with pytest.raises(Invalid) as refused:
            removal.remove(work, case, row, reason=reason)
        assert refused.value.problems == {"reason": removal.TOO_SHORT}
        assert row in rows(work, Evidence, case)


def test_only_the_latest_step_is_taken_back(office: Office) -> None:
    with at_work(office) as work:
        case, request = the(work, concluded_file(work).id, VerificationRequest)
        with pytest.raises(NotReady, match="bước khác"):
            removal.remove(work, case, request, reason=REASON)


@pytest.mark.parametrize("model", [ProtectionNeed, SupportNeed, Delivery, Person])
def test_what_others_hang_on_stays(office: Office, model: type[Row]) -> None:
    """The need of a measure, the need of a delivery, a corrected delivery, the person received."""
    with at_work(office) as work:
        case, row = the(work, full_file(work).id, model, 0 if model is not SupportNeed else -1)
        assert removal.why_not(work, case, row)
        with pytest.raises(NotReady):
            removal.remove(work, case, row, reason=REASON)


@pytest.mark.parametrize("model", [model for model in removal.RIGHTS if model is not Case])
def test_whoever_may_not_write_a_kind_of_row_may_not_delete_it(office: Office, model: type[Row]) -> None:
    with at_work(office) as work:
        case_id = concluded_file(work, "closed").id
    partner = make.actor(office, Role.PARTNER, "Sở Tư pháp")
    for actor in (partner, make.actor(office, Role.LOCAL, "UBND Huyện Ba Bể")):
        with at_work(office, actor) as work:
            case = work.session.get(Case, case_id)
            assert case is not None and not removal.kinds(work, case)
            for row in rows(work, model, case):
                with pytest.raises(Refused):
                    removal.remove(work, case, row, reason=REASON)


def test_support_is_not_for_the_police_nor_verification_for_the_district(office: Office) -> None:
    with at_work(office) as work:
        case_id = full_file(work).id
    for role, at, mine, others in (
        (Role.POLICE, "Công an tỉnh", Evidence, Delivery),
        (Role.LOCAL, "UBND Huyện Na Rì", Delivery, Evidence),
    ):
        with at_work(office, make.actor(office, role, at)) as work:
            case, row = the(work, case_id, mine)
            kept = removal.remove(work, case, row, reason=REASON)
            with pytest.raises(Refused):
                removal.remove(work, *the(work, case_id, others), reason=REASON)
            removal.restore(work, kept.id)


def test_a_row_of_another_file_is_refused(office: Office) -> None:
    with at_work(office) as work:
        other = make.case(work)
        _, row = the(work, full_file(work).id, Evidence)
        with pytest.raises(Refused):
            removal.remove(work, other, row, reason=REASON)


def test_what_was_written_again_meanwhile_is_not_doubled(office: Office) -> None:
    with at_work(office) as work:
        case, need = the(work, bare_file(work).id, SupportNeed)
        kept = removal.remove(work, case, need, reason=REASON)
        support.declare_need(work, case, kind=SupportKind.MEDICAL)
        with pytest.raises(NotReady, match="đã có lại"):
            removal.restore(work, kept.id)


def test_a_step_is_not_put_back_after_another(office: Office) -> None:
    with at_work(office) as work:
        case_id = concluded_file(work).id
    with at_work(office) as work:
        kept = removal.remove(work, *the(work, case_id, Conclusion), reason=REASON).id
    with at_work(office) as work:
        case = work.session.get(Case, case_id)
        verification.conclude(work, case, outcome=Outcome.NOT_VICTIM, concluded_on=date(2018, 8, 2))
        with pytest.raises(NotReady):
            removal.restore(work, kept)


def test_nothing_is_restored_twice_or_into_a_deleted_file(office: Office) -> None:
    with at_work(office) as work:
        case, row = the(work, bare_file(work).id, Evidence)
        twice, gone = removal.remove(work, case, row, reason=REASON), None
        removal.restore(work, twice.id)
        with pytest.raises(NotReady, match="đã được khôi phục"):
            removal.restore(work, twice.id)
        gone = removal.remove(work, case, row := rows(work, SupportNeed, case)[0], reason=REASON)
        removal.remove(work, case, case, reason=REASON)
        work.session.flush()
        with pytest.raises(NotReady, match="Hồ sơ không còn"):
            removal.restore(work, gone.id)


def test_a_head_sees_what_the_unit_deleted_in_seven_days(office: Office) -> None:
    head = make.actor(office, Role.POLICE, "Công an tỉnh", head=True)
    officer = make.actor(office, Role.POLICE, "Công an tỉnh", account_id=8)
    with at_work(office) as work:
        case_id = full_file(work).id
    with at_work(office, officer) as work:
        removal.remove(work, *the(work, case_id, Evidence), reason=REASON)
        with pytest.raises(Refused):
            removal.recent(work)
    with at_work(office, head) as work:
        (line,) = removal.recent(work)
        assert (line.what, line.reason, line.may_restore) == ("tài liệu, chứng cứ", REASON, True)
        work.now += timedelta(days=8)
        assert not removal.recent(work)
        removal.restore(work, line.id)
    other = make.actor(office, Role.LABOUR_DEPT, make.LABOUR, head=True)
    with at_work(office, other) as work:
        assert not removal.recent(work)


def test_the_history_says_it_in_a_sentence(office: Office) -> None:
    with at_work(office) as work:
        case_id = full_file(work).id
    with at_work(office, make.actor(office, Role.POLICE, "Công an tỉnh")) as work:
        kept = removal.remove(work, *the(work, case_id, Evidence), reason=REASON).id
    with at_work(office, make.actor(office, Role.LABOUR_DEPT, make.LABOUR)) as work:
        assert history.of(work, case_id)[0].sentence == "Xóa tài liệu, chứng cứ."
    with at_work(office, make.actor(office, Role.POLICE, "Công an tỉnh", account_id=9)) as work:
        removal.restore(work, kept)
    with at_work(office) as work:
        assert "hôi phục nội dung đã xóa" in history.of(work, case_id)[0].sentence


def test_what_is_kept_is_sealed(office: Office) -> None:
    with at_work(office) as work:
        case_id = bare_file(work).id
        removal.remove(work, *the(work, case_id, Evidence), reason=REASON)
        work.session.flush()
        raw = work.session.connection().exec_driver_sql("select content, reason from removal").all()
        assert "Lời khai".encode() not in bytes(raw[0][0]) and REASON.encode() not in bytes(raw[0][1])
    with Work(office, command_line()) as work:
        trail = table_of(TrailEntry)
        entries = work.session.connection().execute(sa.select(trail.c.reason, trail.c.fields)).all()
        assert not any("Lời khai" in str(entry) or REASON in str(entry) for entry in entries)
        assert removal.RIGHTS[Case] == (Right.INTAKE,)


@given(
    order=some.permutations(range(len(FREE))), back=some.permutations(range(len(FREE))), most=some.integers(1, 9)
)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_many_deleted_and_restored_in_any_order(office: Office, order: Any, back: Any, most: int) -> None:
    """Whatever is deleted, and in whatever order it is put back, the file is as before."""
    with at_work(office) as work:
        case_id = full_file(work).id
    before, counted, kept = stored(office), figures(office), {}
    for place in order[:most]:
        model = FREE[place]
        with suppress(NotReady), at_work(office) as work:
            kept[place] = removal.remove(work, *the(work, case_id, model, _place(model)), reason=REASON).id
    for place in [*(one for one in back if one in kept), *sorted(kept)]:
        with suppress(NotReady), at_work(office) as work:
            removal.restore(work, kept[place])
    assert stored(office) == before and figures(office) == counted
