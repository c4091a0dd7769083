"""Verification (xác minh): request → evidence → conclusion → reopening."""

from datetime import date

from db.cases import Case, Reopening
from db.verification import Conclusion, Evidence, Outcome, VerificationRequest
from services.access import Right, require
from services.errors import Invalid
from services.lifecycle import last_conclusion, line_known, not_future, requested_on, take
from services.records import add, rows
from services.text import clean, vn_date
from services.work import Work


def request(
    work: Work,
    case: Case,
    *,
    requested_on: date,
    unit_id: int | None,
    number: str | None = None,
    right: Right = Right.INTAKE,
) -> VerificationRequest:
    """Asks a police unit to verify."""
    require(work, right, case)
    not_future(work, "requested_on", requested_on)
    row = VerificationRequest(
        case_id=case.id, requested_on=requested_on, unit_id=unit_id, number=clean(number or "") or None
    )
    add(work, case, row)
    take(work, case, "request", on=requested_on, right=right)
    return row


def add_evidence(
    work: Work, case: Case, *, source: str, received_on: date, note: str | None = None, right: Right = Right.VERIFY
) -> Evidence:
    """Writes down a paper or statement; `source` is a code of the regime's list (`services/law`)."""
    require(work, right, case)
    not_future(work, "received_on", received_on)
    row = Evidence(case_id=case.id, source=source, received_on=received_on, note=clean(note or "") or None)
    add(work, case, row)
    take(work, case, "evidence", on=received_on, right=right)
    return row


def conclude(
    work: Work,
    case: Case,
    *,
    outcome: Outcome,
    concluded_on: date,
    paper: str | None = None,
    paper_number: str | None = None,
    right: Right = Right.VERIFY,
) -> Conclusion:
    """Concludes. `victim` needs place and way; the day may not come before the request, nor before
    the conclusion or reopening it follows."""
    require(work, right, case)
    not_future(work, "concluded_on", concluded_on)
    if outcome is Outcome.VICTIM and not line_known(case):
        sentence = "Kết luận là nạn nhân cần ghi rõ nơi bị mua bán và hình thức tiếp nhận."
        raise Invalid({"outcome": sentence})
    asked = requested_on(work, case)
    if asked and concluded_on < asked:
        raise Invalid({"concluded_on": f"Ngày kết luận trước ngày đề nghị xác minh ({vn_date(asked)})."})
    last = last_conclusion(work, case)
    if last and concluded_on < last.concluded_on:
        raise Invalid({"concluded_on": f"Ngày kết luận trước lần kết luận {vn_date(last.concluded_on)}."})
    reopened = max((row.reopened_on for row in rows(work, Reopening, case)), default=None)
    if reopened and concluded_on < reopened:
        raise Invalid({"concluded_on": f"Ngày kết luận trước ngày mở lại ({vn_date(reopened)})."})
    row = Conclusion(
        case_id=case.id,
        outcome=outcome,
        concluded_on=concluded_on,
        paper=paper,
        paper_number=clean(paper_number or "") or None,
    )
    add(work, case, row)
    take(work, case, f"conclude_{outcome.value}", on=concluded_on, right=right)
    return row


def reopen(work: Work, case: Case, *, reopened_on: date, reason: str, right: Right = Right.VERIFY) -> Reopening:
    """Opens a concluded file again, with a reason; its conclusion stays counted on its day."""
    require(work, right, case)
    not_future(work, "reopened_on", reopened_on)
    last = last_conclusion(work, case)
    if last and reopened_on < last.concluded_on:
        raise Invalid({"reopened_on": f"Ngày mở lại trước ngày kết luận ({vn_date(last.concluded_on)})."})
    take(work, case, "reopen", on=reopened_on, reason=clean(reason), right=right)
    return add(work, case, Reopening(case_id=case.id, reopened_on=reopened_on))
