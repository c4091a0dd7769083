"""Support (hỗ trợ): a need, its refusal, its delivery, the amount and the fund it came from."""

from datetime import date

from db.cases import Case, CaseState
from db.support import Delivery, FundSource, SupportKind, SupportNeed
from db.verification import Outcome
from services.access import Right, require
from services.errors import Invalid, Refused
from services.lifecycle import last_conclusion, not_future, take
from services.records import add, rows
from services.text import clean, vn_date
from services.work import Work

MOST = 10**12  # đồng: beyond this a sum was surely mistyped
NOT_LIKELY = "Số tiền không hợp lý."


def declare_need(
    work: Work,
    case: Case,
    *,
    kind: SupportKind,
    declared_on: date | None = None,
    refused: bool = False,
    refused_on: date | None = None,
    right: Right = Right.SUPPORT,
) -> SupportNeed:
    """Records a need of one kind (once a case and kind), or that it was offered and refused."""
    require(work, right, case)
    not_future(work, "declared_on", declared_on)
    not_future(work, "refused_on", refused_on)
    take(work, case, "support", on=refused_on or declared_on or case.received_on, right=right)
    need = _need(work, case, kind)
    if need is None:
        _not_over(work, case, declared_on, right)
        first = SupportNeed(case_id=case.id, kind=kind, declared_on=declared_on)
        first.refused, first.refused_on = refused, refused_on if refused else None
        return add(work, case, first)
    need.declared_on = declared_on or need.declared_on
    need.refused, need.refused_on = refused, refused_on if refused else None
    return need


def deliver(
    work: Work,
    case: Case,
    *,
    kind: SupportKind,
    delivered_on: date,
    amount: int | None = None,
    fund: FundSource | None = None,
    unit_id: int | None = None,
    note: str | None = None,
    right: Right = Right.SUPPORT,
) -> Delivery:
    """Records a support that was given. A delivery implies a need. `amount` in đồng, None when not money."""
    require(work, right, case)
    not_future(work, "delivered_on", delivered_on)
    if amount is not None and not 0 <= amount <= MOST:
        raise Invalid({"amount": NOT_LIKELY})
    if _need(work, case, kind) is None:
        declare_need(work, case, kind=kind, right=right)  # an earlier refusal stays true of its own days
    row = Delivery(
        case_id=case.id,
        kind=kind,
        delivered_on=delivered_on,
        amount=amount,
        fund=fund,
        unit_id=unit_id,
        note=clean(note or "") or None,
    )
    add(work, case, row)
    take(work, case, "support", on=delivered_on, right=right)
    return row


def correct(
    work: Work, case: Case, delivery: Delivery, *, amount_change: int, reason: str, right: Right = Right.SUPPORT
) -> Delivery:
    """A correction: a new entry that names the old one, dated as it was; nothing paid is edited away."""
    require(work, right, case)
    if delivery.case_id != case.id or delivery.corrects_id is not None:
        raise Refused
    if not clean(reason):
        raise Invalid({"reason": "Cần ghi lý do điều chỉnh."})
    total = (delivery.amount or 0) + _corrections(work, case, delivery) + amount_change
    if total < 0:
        raise Invalid({"amount_change": "Sau điều chỉnh số tiền bị âm."})
    if total > MOST:
        raise Invalid({"amount_change": NOT_LIKELY})
    row = Delivery(
        case_id=case.id,
        kind=delivery.kind,
        delivered_on=delivery.delivered_on,
        amount=amount_change,
        fund=delivery.fund,
        unit_id=delivery.unit_id,
        corrects_id=delivery.id,
        note=clean(reason),
    )
    add(work, case, row)
    take(work, case, "support", on=work.today, reason=clean(reason), right=right)
    return row


def _not_over(work: Work, case: Case, declared_on: date | None, right: Right) -> None:
    """Somebody found not to be a victim keeps what was given; no new need begins after that day."""
    last = last_conclusion(work, case)
    if right is Right.IMPORT or declared_on is None or last is None or last.outcome is not Outcome.NOT_VICTIM:
        return
    if case.state in (CaseState.NOT_VICTIM, CaseState.CLOSED) and declared_on > last.concluded_on:
        said = f"Đã kết luận không phải nạn nhân ngày {vn_date(last.concluded_on)}"
        raise Invalid({"declared_on": f"{said}; sau ngày này không ghi nhu cầu mới."})


def _need(work: Work, case: Case, kind: SupportKind) -> SupportNeed | None:
    return next((need for need in rows(work, SupportNeed, case) if need.kind is kind), None)


def _corrections(work: Work, case: Case, delivery: Delivery) -> int:
    return sum(row.amount or 0 for row in rows(work, Delivery, case) if row.corrects_id == delivery.id)
