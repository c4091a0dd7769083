"""The steps a case file takes. `STEPS` is the table; `take()` is the only door that changes a state."""

from dataclasses import dataclass
from datetime import date

from db.cases import Case, CaseState, CaseStep, Place, Way
from db.verification import Conclusion, Outcome, VerificationRequest
from services import law
from services.access import Right, require
from services.errors import Invalid, NotReady, Refused
from services.records import rows
from services.work import Work

S = CaseState
CONCLUDED = frozenset({S.VICTIM, S.NOT_VICTIM, S.INSUFFICIENT})
OPEN = frozenset({S.RECEIVED, S.VERIFYING})
IN_FUTURE = "Ngày này không được sau hôm nay."
ENDS_FIRST = "Ngày kết thúc trước ngày bắt đầu."


@dataclass(frozen=True)
class Step:
    """One step: from where, to where (None keeps the state), by which right, served on which screen.

    `limit` names the law's deadline for it (`services/law`), `papers` what is written down.
    """

    name: str
    label: str
    sources: frozenset[CaseState | None]
    target: CaseState | None
    right: Right
    screen: str
    limit: str | None = None
    papers: tuple[str, ...] = ()
    needs_reason: bool = False


def _from(*states: CaseState | None) -> frozenset[CaseState | None]:
    return frozenset(states)


ALIVE = _from(S.RECEIVED, S.VERIFYING, S.VICTIM, S.NOT_VICTIM, S.INSUFFICIENT)
STEPS: dict[str, Step] = {
    step.name: step
    for step in (
        Step("receive", "Tiếp nhận", _from(None), S.RECEIVED, Right.INTAKE, "intake"),
        Step(
            "request",
            "Đề nghị xác minh",
            _from(S.RECEIVED, S.VERIFYING),
            S.VERIFYING,
            Right.INTAKE,
            "case",
            limit="REPORT.INITIAL_CHECK",
            papers=("Văn bản đề nghị xác minh",),
        ),
        Step("evidence", "Ghi tài liệu, chứng cứ", _from(S.RECEIVED, S.VERIFYING), None, Right.VERIFY, "case"),
        Step(
            "conclude_victim",
            "Kết luận: là nạn nhân",
            _from(S.RECEIVED, S.VERIFYING),
            S.VICTIM,
            Right.VERIFY,
            "case",
            limit="VERIFY.POLICE",
            papers=("Giấy xác nhận nạn nhân",),
        ),
        Step(
            "conclude_not_victim",
            "Kết luận: không phải nạn nhân",
            _from(S.RECEIVED, S.VERIFYING),
            S.NOT_VICTIM,
            Right.VERIFY,
            "case",
            limit="VERIFY.POLICE",
            papers=("Văn bản trả lời",),
        ),
        Step(
            "conclude_insufficient",
            "Kết luận: chưa đủ căn cứ",
            _from(S.RECEIVED, S.VERIFYING),
            S.INSUFFICIENT,
            Right.VERIFY,
            "case",
            limit="VERIFY.POLICE",
            papers=("Văn bản trả lời",),
        ),
        Step("protect", "Ghi nhu cầu, biện pháp bảo vệ", ALIVE, None, Right.PROTECT, "case"),
        Step("support", "Ghi nhu cầu, hỗ trợ", ALIVE, None, Right.SUPPORT, "case"),
        Step(
            "reopen",
            "Mở lại để xác minh",
            _from(S.VICTIM, S.NOT_VICTIM, S.INSUFFICIENT, S.CLOSED),
            S.VERIFYING,
            Right.VERIFY,
            "case",
            needs_reason=True,
        ),
        Step(
            "close",
            "Kết thúc hồ sơ",
            _from(S.VICTIM, S.NOT_VICTIM, S.INSUFFICIENT),
            S.CLOSED,
            Right.SUPPORT,
            "case",
        ),
    )
}


@dataclass(frozen=True)
class Offer:
    """A step as it stands for one person: `why_not` is empty when it may be taken."""

    step: Step
    why_not: str = ""


def take(
    work: Work, case: Case, name: str, *, on: date, reason: str | None = None, right: Right | None = None
) -> None:
    """Takes a step: checks right, state and reason, moves the case, writes the CaseStep.

    `right` replaces the step's own (the register's importer). Raises Refused, NotReady or Invalid.
    """
    step = STEPS[name]
    opening = None in step.sources
    require(work, right or step.right, None if opening else case)
    before = None if opening else case.state
    if before not in step.sources:
        raise NotReady(f"Hồ sơ đang ở tình trạng «{case.state.label}», chưa làm được bước «{step.label}».")
    if step.needs_reason and not reason:
        raise Invalid({"reason": "Cần ghi lý do."})
    not_future(work, "taken_on", on)
    if step.target is None:
        return
    case.state = step.target
    work.session.add(
        CaseStep(
            case_id=case.id,
            step=name,
            from_state=before,
            to_state=case.state,
            taken_on=on,
            by_name=work.actor.name,
            reason=reason,
        )
    )


def offered(work: Work, case: Case) -> list[Offer]:
    """Every step this person could take on this file now, and those that wait for something, with the sentence."""
    offers = []
    for step in STEPS.values():
        if case.state not in step.sources or not _holds(work, step.right, case):
            continue
        offers.append(Offer(step, _why_not(step, case)))
    return offers


def regime(work: Work, case: Case | None, day: date) -> law.Regime:
    """A victim keeps the law of the day of identification (Luật 53/2024 Đ.63); before that, the law of
    the day asked for. Never today's, unless today is the day asked for."""
    last = last_conclusion(work, case) if case is not None and case.state in (S.VICTIM, S.CLOSED) else None
    return law.regime_of(last.concluded_on if last and last.outcome is Outcome.VICTIM else day)


def requested_on(work: Work, case: Case) -> date | None:
    """The day of the latest request for verification."""
    return max((row.requested_on for row in rows(work, VerificationRequest, case)), default=None)


def last_conclusion(work: Work, case: Case) -> Conclusion | None:
    known = rows(work, Conclusion, case)
    return max(known, key=lambda row: (row.concluded_on, row.created_at), default=None)


def not_future(work: Work, field: str, day: date | None) -> None:
    """Raises Invalid when a day lies after today."""
    if day is not None and day > work.today:
        raise Invalid({field: IN_FUTURE})


def _why_not(step: Step, case: Case) -> str:
    if step.name == "conclude_victim" and not line_known(case):
        return "Cần ghi rõ nơi bị mua bán và hình thức tiếp nhận trước khi kết luận là nạn nhân."
    return ""


def line_known(case: Case) -> bool:
    """A conclusion `victim` needs both place and way: the plan's five lines follow from them."""
    return case.place not in (None, Place.UNKNOWN) and case.way not in (None, Way.UNKNOWN)


def _holds(work: Work, right: Right, case: Case) -> bool:
    try:
        require(work, right, case)
    except Refused:
        return False
    return True
