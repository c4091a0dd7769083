"""What was deleted comes back: versions, documents and scans, steps and whole files, what a head returned."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlmodel import select

from db.accounts import Role
from db.attachments import Attachment
from db.base import Row
from db.cases import Case, Reopening
from db.letters import Letter
from db.removal import Removal
from db.support import SupportKind, SupportNeed
from db.verification import Conclusion, Evidence, Outcome, ReviewResult, VerificationRequest
from services import lifecycle, support, verification
from services.errors import Invalid, NotReady
from services.office import Office
from services.records import rows
from services.removals import removal
from services.scans import attachments
from services.scans.attachments import ScanKind
from services.work import Work
from tests import factories as make
from tests.services.files import DAY, bare_file
from tests.services.letters import conftest as letters
from tests.services.letters.issued import CODE
from tests.services.papers import picture
from tests.services.test_removal import REASON, _but_updated, at_work, figures, stored, the, verified


def draft_and_scan(work: Work) -> tuple[Letter, Attachment]:
    case = letters.full(work)
    scan = attachments.add(work, case, kind=ScanKind.OTHER, title="Đơn trình báo", data=picture())
    return letters.made(work, case, CODE), scan


def read_scan(office: Office, scan_id: int) -> bytes:
    with at_work(office) as work:
        scan = work.session.get(Attachment, scan_id)
        assert scan is not None
        return attachments.read(work, scan)


def test_a_row_put_back_goes_on_counting_its_versions(office: Office) -> None:
    """Whoever opened it before it was deleted, and saves now, must be told."""
    with at_work(office) as work:
        case_id = bare_file(work).id
    with at_work(office) as work:
        case, row = the(work, case_id, Evidence)
        before = (case.version, row.version)
        row_kept = removal.remove(work, case, row, reason=REASON).id
        file_kept = removal.remove(work, case, case, reason=REASON).id
    with at_work(office) as work:
        removal.restore(work, file_kept)
        removal.restore(work, row_kept)
    with at_work(office) as work:
        case, row = the(work, case_id, Evidence)
        assert case.version > before[0] and row.version > before[1]
        row.note = "Đã sửa"
        work.session.flush()
        assert row.version > before[1] + 1 and make.case(work).version is None
    assert verified(office)


def test_a_draft_letter_and_a_scan_come_back(office: Office) -> None:
    """The sealed file of a scan stays where it is while its row is deleted."""
    with at_work(office) as work:
        letter, scan = draft_and_scan(work)
        case_id, letter_id, scan_id = letter.case_id, letter.id, scan.id
    before, content = stored(office), read_scan(office, scan_id)
    for model, row_id in ((Letter, letter_id), (Attachment, scan_id)):
        with at_work(office) as work:
            case, row = the(work, case_id, model)
            assert row.id == row_id
            kept = removal.remove(work, case, row, reason=REASON).id
        with at_work(office) as work:
            assert not rows(work, model, the(work, case_id, Case)[0])
            assert removal.restore(work, kept).id == row_id
    assert _but_updated(stored(office)) == _but_updated(before)
    assert read_scan(office, scan_id) == content
    assert verified(office)


def _concluded(work: Work, case_id: int) -> None:
    case, _ = the(work, case_id, Case)
    verification.conclude(work, case, outcome=Outcome.NOT_VICTIM, concluded_on=date(2018, 8, 1))


def _reopened(work: Work, case_id: int) -> None:
    case, _ = the(work, case_id, Case)
    verification.reopen(work, case, reopened_on=date(2018, 9, 1), reason="Có thêm tài liệu mới")


def _asked(work: Work, case_id: int) -> None:
    case, _ = the(work, case_id, Case)
    verification.request(work, case, requested_on=DAY, unit_id=make.unit(work).id)


def _witnessed(work: Work, case_id: int) -> None:
    case, _ = the(work, case_id, Case)
    verification.add_evidence(work, case, source="A1", received_on=DAY)


def _needing(work: Work, case_id: int) -> None:
    case, _ = the(work, case_id, Case)
    support.declare_need(work, case, kind=SupportKind.LEGAL_AID)


DONE = {"ask": _asked, "witness": _witnessed, "need": _needing, "conclude": _concluded, "reopen": _reopened}
UNDONE: dict[str, type[Row]] = {
    "ask": VerificationRequest,
    "witness": Evidence,
    "need": SupportNeed,
    "conclude": Conclusion,
    "reopen": Reopening,
    "file": Case,
}


@given(
    plan=some.lists(some.sampled_from(sorted(DONE)), max_size=7),
    gone=some.lists(some.sampled_from(sorted(UNDONE)), min_size=1, max_size=6),
)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_steps_rows_and_whole_files_come_back_in_reverse(
    any_office: Office, plan: list[str], gone: list[str]
) -> None:
    """Whatever was done, whatever is deleted of it: put back from the last to the first, all is as before."""
    with at_work(any_office) as work:
        case_id = make.case(work).id
    for name in plan:
        with suppress(NotReady, Invalid), at_work(any_office) as work:
            DONE[name](work, case_id)
    before, counted, kept = _but_updated(stored(any_office)), figures(any_office), []
    for name in gone:
        with suppress(NotReady, IndexError, AssertionError), at_work(any_office) as work:
            kept.append(removal.remove(work, *the(work, case_id, UNDONE[name]), reason=REASON).id)
    for removal_id in reversed(kept):
        with at_work(any_office) as work:
            removal.restore(work, removal_id)
    assert _but_updated(stored(any_office)) == before and figures(any_office) == counted


def test_what_a_head_returned_is_listed_and_stays_out(office: Office) -> None:
    """It is kept like everything deleted, and the list says why it cannot be put back."""
    police = make.actor(office, Role.POLICE, "Công an tỉnh")
    head = make.actor(office, Role.POLICE, "Công an tỉnh", head=True, account_id=8)
    with at_work(office) as work:
        case_id = bare_file(work).id
    with at_work(office, police) as work:
        _concluded(work, case_id)
    with at_work(office, head) as work:
        case, last = the(work, case_id, Conclusion)
        verification.review(work, case, last, result=ReviewResult.RETURNED, reason="Thiếu lời khai")
    for actor in (police, head):
        with at_work(office, actor) as work:
            (line,) = removal.of_case(work, the(work, case_id, Case)[0])
            assert line.returned and not line.may_restore and line.what == "kết luận xác minh"
            with pytest.raises(NotReady, match="đã trả lại"):
                removal.restore(work, work.session.exec(select(Removal.id)).one())
    with at_work(office, police) as work:
        case, _ = the(work, case_id, Case)
        assert not rows(work, Conclusion, case) and lifecycle.last_step(work, case) is not None
