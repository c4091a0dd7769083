"""Two files of one reception made one, and taken apart: nothing lost, nothing counted twice, all as before."""

from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col, select

from db.attachments import ScanKind
from db.base import Row, table_of, tables
from db.cases import Case, CaseState, CaseStep
from db.fields import PartialDate
from db.handover import Handover
from db.matching import Merge
from db.people import Person, PersonKind
from db.protection import ProtectionNeed
from db.referrals import Referral
from db.sealed import SealError
from db.support import Delivery, SupportKind
from db.verification import Conclusion, Evidence, Outcome, VerificationRequest
from services import case_search, protection, support, verification
from services.access import case_for
from services.errors import NotReady
from services.identity import merging, names
from services.importing import out
from services.office import Office
from services.records import rows
from services.scans import attachments
from services.trail_check import verify
from tests import factories as make
from tests.services.merged_files import DAY, PAPER, apart, counted, merged, reading, two_files, writing
from tests.services.papers import picture
from tests.services.register_sheets import book, brought_in, plan_of

NOT_BOUND = {"updated_at", "version"}


def stands(office: Office, *, without: tuple[type[Row], ...] = (Merge, CaseStep)) -> dict[Any, Any]:
    """Every row of the office as it reads, apart from when it was written."""
    with reading(office) as work:
        return {
            (model.__name__, row.id): {
                name: getattr(row, name) for name in model.model_fields if name not in NOT_BOUND
            }
            for model in tables(Row)
            if model not in without
            for row in work.session.scalars(sa.select(model))
        }


def test_everything_of_the_later_file_goes_to_the_earlier_one(any_office: Office) -> None:
    one, other = two_files(any_office)
    merged(any_office, other, one)  # whichever is named first
    with reading(any_office) as work:
        kept, gone = work.session.get_one(Case, one), work.session.get_one(Case, other)
        assert (gone.state, gone.merged_into_id) == (CaseState.MERGED, one)
        assert kept.state is CaseState.RECEIVED and kept.received_on == DAY
        assert [row.amount for row in rows(work, Delivery, kept)] == [200_000]
        assert [str(row.purpose) for row in rows(work, Referral, kept)] == ["khám"]
        people = rows(work, Person, kept)
        me = next(person for person in people if person.kind is PersonKind.SUBJECT)
        assert {str(person.full_name) for person in people} == {"Nông Thị Mẩy", "Nông Văn Páo"}
        needs = rows(work, ProtectionNeed, kept)
        assert {need.person_id for need in needs} == {person.id for person in people}
        assert [row.person_id for row in rows(work, Handover, kept)] == [me.id]
        assert not rows(work, Delivery, gone) and len(rows(work, Person, gone)) == 1


def test_what_the_kept_file_did_not_know_is_copied_and_nothing_written_over(any_office: Office) -> None:
    one, other = two_files(any_office, ethnic="Nùng", birth=PartialDate("1999-05-06"))
    merged(any_office, one, other)
    with reading(any_office) as work:
        kept = work.session.get_one(Case, one)
        me = next(p for p in rows(work, Person, kept) if p.kind is PersonKind.SUBJECT)
        assert (me.birth, str(me.phone), me.ethnic, str(me.alias)) == (
            "1999-05-06",
            "0912345678",
            "Tày",
            "Nông Thị Mai",
        )
        assert str(kept.note) == "ghi chú kín"
        assert case_search.find(work, case_search.CaseFilter(text="0912")).total == 0
        assert one in names.matching(work, "nong thi mai")


def test_taken_apart_every_row_is_as_it_was(any_office: Office) -> None:
    one, other = two_files(any_office)
    before, figures_before = stands(any_office), counted(any_office)
    merge_id = merged(any_office, one, other)
    assert stands(any_office) != before
    apart(any_office, merge_id)
    assert stands(any_office) == before
    assert counted(any_office) == figures_before


def test_the_trail_is_clean_after_both(any_office: Office) -> None:
    one, other = two_files(any_office)
    merge_id = merged(any_office, one, other)
    with reading(any_office) as work:
        assert verify(work).clean
    apart(any_office, merge_id)
    with reading(any_office) as work:
        assert verify(work).clean


def test_a_moved_text_is_sealed_anew_and_the_old_one_does_not_open_there(any_office: Office) -> None:
    one, other = two_files(any_office)
    table = table_of(Referral)
    raw = sa.select(table.c.id, sa.type_coerce(table.c.purpose, sa.LargeBinary).label("sealed"))
    with any_office.engine.connect() as connection:
        old = connection.execute(raw).one()
    merged(any_office, one, other)
    with any_office.engine.begin() as connection:
        new = connection.execute(raw).one()
        assert bytes(new.sealed) != bytes(old.sealed)
        sealed = {"old": bytes(old.sealed), "id": old.id}
        connection.execute(sa.text("UPDATE referral SET purpose = :old WHERE id = :id"), sealed)
    with reading(any_office) as work, pytest.raises(SealError):
        rows(work, Referral, work.session.get_one(Case, one))


def test_only_the_move_is_named_in_the_trail(office: Office) -> None:
    one, other = two_files(office)
    merged(office, one, other)
    with office.engine.connect() as connection:
        said = connection.execute(
            sa.text("SELECT fields FROM trail WHERE object = 'referral' AND action = 'update'")
        ).scalars()
        assert list(said) == ["case_id"]


def test_the_further_verification_stands_in_the_kept_file(any_office: Office) -> None:
    one, other = two_files(any_office)
    with writing(any_office) as work:
        kept, gone = case_for(work, one), case_for(work, other)
        police = make.unit(work).id
        verification.request(work, kept, requested_on=date(2018, 7, 8), unit_id=police, number="01")
        verification.request(work, gone, requested_on=date(2018, 7, 6), unit_id=police, number="02")
        verification.add_evidence(work, gone, source="EV.A.1", received_on=date(2018, 7, 8), note="lời khai")
        verification.conclude(work, gone, outcome=Outcome.VICTIM, paper=PAPER, concluded_on=date(2018, 7, 20))
    before = stands(any_office)
    merge_id = merged(any_office, one, other)
    with reading(any_office) as work:
        kept, gone = work.session.get_one(Case, one), work.session.get_one(Case, other)
        assert kept.state is CaseState.VICTIM
        assert [row.outcome for row in rows(work, Conclusion, kept)] == [Outcome.VICTIM]
        assert [row.number for row in rows(work, VerificationRequest, kept)] == ["02"]
        assert [row.number for row in rows(work, VerificationRequest, gone)] == ["01"]
        assert [str(row.note) for row in rows(work, Evidence, kept)] == ["lời khai"]
        assert verify(work).clean
    counts = counted(any_office)
    assert (counts["received"], counts["concluded"]["victim"], counts["closing"]) == (1, 1, 0)
    apart(any_office, merge_id)
    assert stands(any_office) == before
    with reading(any_office) as work:
        assert work.session.get_one(Case, one).state is CaseState.VERIFYING
        assert work.session.get_one(Case, other).state is CaseState.VICTIM


def test_a_step_since_keeps_it_together(any_office: Office) -> None:
    one, other = two_files(any_office)
    merge_id = merged(any_office, one, other)
    with writing(any_office) as work:
        police = make.unit(work).id
        verification.request(work, case_for(work, one), requested_on=date(2018, 7, 10), unit_id=police)
    with pytest.raises(NotReady, match="bước xác minh mới"):
        apart(any_office, merge_id)


def test_what_was_written_since_stays_and_what_belongs_to_moved_rows_goes_with_them(office: Office) -> None:
    one, other = two_files(office)
    merge_id = merged(office, one, other)
    with writing(office) as work:
        kept = case_for(work, one)
        support.deliver(work, kept, kind=SupportKind.MEDICAL, delivered_on=date(2018, 7, 12), amount=50_000)
        first = next(row for row in rows(work, Delivery, kept) if row.amount == 200_000)
        support.correct(work, kept, first, amount_change=-10_000, reason="ghi nhầm")
        relative = next(p for p in rows(work, Person, kept) if p.kind is PersonKind.RELATIVE)
        protection.apply_measure(work, kept, measure="A.P1", applied_on=date(2018, 7, 12), person_id=relative.id)
    apart(office, merge_id)
    with reading(office) as work:
        kept, gone = work.session.get_one(Case, one), work.session.get_one(Case, other)
        assert [row.amount for row in rows(work, Delivery, kept)] == [50_000]
        assert sorted(row.amount for row in rows(work, Delivery, gone)) == [-10_000, 200_000]


def test_a_copied_fact_corrected_since_stays(office: Office) -> None:
    one, other = two_files(office)
    merge_id = merged(office, one, other)
    with writing(office) as work:
        me = next(p for p in rows(work, Person, case_for(work, one)) if p.kind is PersonKind.SUBJECT)
        me.phone = "0987654321"
    apart(office, merge_id)
    with reading(office) as work:
        me = next(p for p in rows(work, Person, work.session.get_one(Case, one)) if p.kind is PersonKind.SUBJECT)
        assert str(me.phone) == "0987654321" and me.alias is None


def test_a_register_brought_in_again_finds_the_file_that_was_kept(any_office: Office) -> None:
    later = {"Ngày tiếp nhận": datetime(2018, 3, 7), "Họ và tên": "Nông Thị Mai", "Số CMND/CCCD": None}
    content = book({}, later)
    assert brought_in(any_office, content).accepted == 2
    with writing(any_office) as work:
        first, second = work.session.exec(select(Case).order_by(col(Case.received_on))).all()
        merging.merge(work, second, first)
    plan = plan_of(any_office, content)
    assert plan.result().accepted == 0
    assert {row.case_id for row in plan.rows} == {first.id}
    with reading(any_office) as work:
        assert [stored.case_id for stored in out.files(work)] == [first.id]


def test_scans_stay_readable_in_the_file_they_moved_to(office: Office) -> None:
    one, other = two_files(office)
    with writing(office) as work:
        attachments.add(work, case_for(work, other), kind=ScanKind.OTHER, title="Đơn trình báo", data=picture())
    merge_id = merged(office, one, other)

    def scans(case_id: int) -> list[bytes]:
        with reading(office) as work:
            return [attachments.read(work, one) for one in attachments.find(work, case_for(work, case_id))]

    (moved,) = scans(one)
    assert moved and not scans(other)
    apart(office, merge_id)
    assert scans(other) == [moved] and not scans(one)
