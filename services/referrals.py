"""Referral (giới thiệu, chuyển gửi): somebody is sent on to another body, with what is asked of it."""

from datetime import date

from db.cases import Case
from db.places import Unit
from db.referrals import Referral
from services.access import Right, require
from services.errors import Invalid
from services.lifecycle import IN_FUTURE, take
from services.records import add
from services.text import clean, vn_date
from services.work import Work


def refer(
    work: Work,
    case: Case,
    *,
    referred_on: date,
    purpose: str,
    unit_id: int | None = None,
    body: str | None = None,
    right: Right = Right.INTAKE,
) -> Referral:
    """Writes down where a person was sent and what is asked for. It gives nobody sight of the file (that is
    `cases.hand_to`). Raises Refused, NotReady, or Invalid with a sentence per field."""
    require(work, right, case)
    take(work, case, "refer", on=min(referred_on, work.today), right=right)
    elsewhere, asked, problems = clean(body or "") or None, clean(purpose), {}
    if referred_on > work.today:
        problems["referred_on"] = IN_FUTURE
    elif referred_on < case.received_on:
        problems["referred_on"] = f"Ngày giới thiệu trước ngày tiếp nhận ({vn_date(case.received_on)})."
    if unit_id is None and elsewhere is None:
        problems["unit_id"] = "Cần ghi nơi giới thiệu đến: một đơn vị trong danh sách, hoặc nơi khác."
    elif unit_id is not None and work.session.get(Unit, unit_id) is None:
        problems["unit_id"] = "Cần chọn đơn vị."
    if not asked:
        problems["purpose"] = "Cần ghi nội dung giới thiệu."
    if problems:
        raise Invalid(problems)
    row = Referral(case_id=case.id, referred_on=referred_on, unit_id=unit_id, purpose=asked)
    row.body = None if unit_id is not None else elsewhere
    return add(work, case, row)
