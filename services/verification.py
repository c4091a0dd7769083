"""Verification (xác minh): request → evidence → extension → conclusion, and the head's word on it → reopening."""

from collections.abc import Sequence
from datetime import date

from db.cases import Case, CaseState, Reopening
from db.verification import (
    Conclusion,
    ConclusionReview,
    Evidence,
    Extension,
    Outcome,
    ReviewResult,
    VerificationRequest,
)
from services import law, limits
from services.access import Right, require
from services.conclusions import concluding_unit, last_conclusion, reviews, why_no_review
from services.errors import Invalid, NotReady, Refused
from services.law.model import VictimPaper
from services.lifecycle import (
    CONCLUDED,
    IN_FUTURE,
    last_step,
    line_known,
    not_future,
    regime,
    requested_on,
    take,
    verifying_since,
)
from services.records import add, drop, hold, rows
from services.removals import removal
from services.text import clean, vn_date
from services.work import Work

NO_PAPER_LIST = "Danh mục giấy tờ của luật này chưa có căn cứ: ghi tên và số giấy tờ vào ô số."


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


def extend(
    work: Work,
    case: Case,
    *,
    extended_on: date,
    until: date,
    reason: str,
    number: str | None = None,
    right: Right = Right.VERIFY,
) -> Extension:
    """Prolongs the verification to the end of a day, with a reason. Where the texts give a last day
    (`limits.extension_cap`), it may not be passed; where they give none, the office's own day holds."""
    require(work, right, case)
    take(work, case, "extend", on=min(extended_on, work.today), right=right)
    said, since = clean(reason), verifying_since(work, case)
    problems: dict[str, str] = {}
    if extended_on > work.today:
        problems["extended_on"] = IN_FUTURE
    elif extended_on < since:
        problems["extended_on"] = f"Ngày gia hạn trước ngày bắt đầu xác minh ({vn_date(since)})."
    elif until <= extended_on:
        problems["until"] = "Hạn mới phải sau ngày gia hạn."
    else:
        problems = _beyond(work, case, since, until)
    if not said:
        problems["reason"] = "Cần ghi lý do gia hạn."
    if problems:
        raise Invalid(problems)
    row = Extension(
        case_id=case.id, extended_on=extended_on, until=until, number=clean(number or "") or None, reason=said
    )
    return add(work, case, row)


def _beyond(work: Work, case: Case, since: date, until: date) -> dict[str, str]:
    """The sentence for a day that changes nothing, or that the texts do not allow."""
    now = limits.due(work, limits.VERIFY, since, case)
    if now is not None and now.on is not None and until <= now.on:
        return {"until": f"Hạn mới phải sau hạn hiện nay ({vn_date(now.on)})."}
    cap = limits.extension_cap(work, case, limits.VERIFY, since)
    if cap is not None and until > cap:
        return {"until": f"Chỉ được gia hạn đến hết ngày {vn_date(cap)}."}
    return {}


def papers(work: Work, case: Case | None, day: date) -> Sequence[VictimPaper]:
    """The papers that prove a victim, by the law that holds for the file on the day of the conclusion.
    Empty where the list could not be read (Luật 53/2024 Đ.33)."""
    return [row for row in law.on(day, regime(work, case, day)).papers if row.verified]


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
    """Concludes. `victim` needs place and way, and names a paper of the law's list (a register may say
    neither); the day may not come before the request, nor before the conclusion or reopening it follows."""
    require(work, right, case)
    _not_twice(work, case)
    problems = _days(work, case, concluded_on)
    if outcome is not Outcome.VICTIM:
        paper = None
    elif not line_known(case):
        problems["outcome"] = "Kết luận là nạn nhân cần ghi rõ nơi bị mua bán và hình thức tiếp nhận."
    elif right is Right.VERIFY and not problems:
        problems |= _paper(work, case, concluded_on, paper)
    if problems:
        raise Invalid(problems)
    row = Conclusion(
        case_id=case.id,
        outcome=outcome,
        concluded_on=concluded_on,
        paper=paper,
        paper_number=clean(paper_number or "") or None,
        unit_id=concluding_unit(work) if right is Right.VERIFY else None,
    )
    add(work, case, row)
    take(work, case, f"conclude_{outcome.value}", on=concluded_on, right=right)
    return row


def _not_twice(work: Work, case: Case) -> None:
    """Two officers conclude at once: the second is told by whom it was done."""
    step = last_step(work, case) if case.state in CONCLUDED else None
    if step is not None:
        raise NotReady(
            f"{step.by_name} đã ghi kết luận của hồ sơ này ngày {vn_date(step.taken_on)}. "
            "Nội dung bạn nhập còn giữ ở đây; muốn kết luận khác thì mở lại hồ sơ trước."
        )


def _days(work: Work, case: Case, day: date) -> dict[str, str]:
    """The sentence for a day of conclusion that cannot be."""
    asked, last = requested_on(work, case), last_conclusion(work, case)
    reopened = max((row.reopened_on for row in rows(work, Reopening, case)), default=None)
    if day > work.today:
        return {"concluded_on": IN_FUTURE}
    if asked and day < asked:
        return {"concluded_on": f"Ngày kết luận trước ngày đề nghị xác minh ({vn_date(asked)})."}
    if last and day < last.concluded_on:
        return {"concluded_on": f"Ngày kết luận trước lần kết luận {vn_date(last.concluded_on)}."}
    if reopened and day < reopened:
        return {"concluded_on": f"Ngày kết luận trước ngày mở lại ({vn_date(reopened)})."}
    return {}


def _paper(work: Work, case: Case, day: date, paper: str | None) -> dict[str, str]:
    """The sentence for a victim's paper that is missing, or of another law."""
    listed = papers(work, case, day)
    if paper is None:
        return {"paper": "Cần chọn loại giấy tờ chứng minh là nạn nhân."} if listed else {}
    known = {row.code for row in law.on(day, regime(work, case, day)).papers}
    return {} if paper in known else {"paper": "Loại giấy tờ này không có trong luật áp dụng cho hồ sơ."}


def record_paper(
    work: Work, case: Case, *, paper_number: str, paper: str | None = None, right: Right = Right.VERIFY
) -> Conclusion:
    """Writes down the paper of a victim that came after the conclusion, or its number."""
    require(work, right, case)
    last = last_conclusion(work, case)
    if last is None or last.outcome is not Outcome.VICTIM or case.state is not CaseState.VICTIM:
        raise NotReady("Chỉ ghi giấy xác nhận khi hồ sơ đang có kết luận là nạn nhân.")
    problems = _paper(work, case, last.concluded_on, paper or last.paper)
    if not clean(paper_number):
        problems["paper_number"] = "Cần ghi số giấy xác nhận."
    if problems:
        raise Invalid(problems)
    last.paper, last.paper_number = paper or last.paper, clean(paper_number)
    return last


def review(
    work: Work, case: Case, conclusion: Conclusion, *, result: ReviewResult, reason: str | None = None
) -> ConclusionReview:
    """The head's word on a conclusion. A returned one, with a reason, is taken out and counts nowhere; the
    file is verified again, without counting as reopened. What it said stays among what was removed."""
    require(work, Right.REVIEW, case)
    if conclusion.case_id != case.id or not reviews(work, conclusion):
        raise Refused
    hold(work, case)
    if conclusion is not last_conclusion(work, case):
        raise NotReady("Kết luận này đã được thay bằng kết luận khác.")
    returning = result is ReviewResult.RETURNED
    if why_not := why_no_review(work, case, returning=returning):
        raise NotReady(why_not)
    said = clean(reason or "") or None
    take(work, case, "return_conclusion" if returning else "accept_conclusion", on=work.today, reason=said)
    row = ConclusionReview(
        case_id=case.id,
        conclusion_id=conclusion.id,
        result=result,
        reviewed_on=work.today,
        by_name=work.actor.name,
        reason=said,
    )
    if returning:
        removal.note(work, case, conclusion, [conclusion], reason=said or "")
        drop(work, case, conclusion)
    return add(work, case, row)


def reopen(work: Work, case: Case, *, reopened_on: date, reason: str, right: Right = Right.VERIFY) -> Reopening:
    """Opens a concluded file again, with a reason; its conclusion stays counted on its day."""
    require(work, right, case)
    not_future(work, "reopened_on", reopened_on)
    last = last_conclusion(work, case)
    if last and reopened_on < last.concluded_on:
        raise Invalid({"reopened_on": f"Ngày mở lại trước ngày kết luận ({vn_date(last.concluded_on)})."})
    take(work, case, "reopen", on=reopened_on, reason=clean(reason), right=right)
    return add(work, case, Reopening(case_id=case.id, reopened_on=reopened_on))
