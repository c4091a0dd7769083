"""What is done with a file of the last weeks, each thing by whoever does it in real life."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from db.cases import Case, CaseState, ClosingOutcome
from db.handover import Direction
from db.people import Person, PersonKind
from db.support import FundSource, SupportKind
from db.verification import Outcome, ReviewResult
from services import cases, handover, law, protection, referrals, support, verification
from services.conclusions import last_conclusion
from services.demo.staff import Staff
from services.records import rows
from services.work import Work

COMMUNE, DEPARTMENT, POLICE, CHIEF, BORDER = "xa.nari", "soyte", "congan", "congan.truong", "bienphong"
S = SupportKind
INITIAL = (S.ESSENTIALS, S.TRAVEL)


@dataclass
class Open:
    """One file while it is being told."""

    work: Work
    staff: Staff
    rng: Random
    case: Case
    day: date

    def sits(self, username: str) -> Work:
        self.staff.sits(username)
        return self.work

    def received_by(self) -> str:
        people = (COMMUNE, DEPARTMENT, POLICE, BORDER)
        return next(one for one in people if self.staff.unit(one).id == self.case.unit_id)


def _request(o: Open) -> None:
    work, number = o.sits(o.received_by()), f"{o.rng.randint(40, 400)}/ĐN"
    if o.rng.random() < 0.3:
        number = ""  # the letter is still to be made
    unit = o.staff.unit(POLICE)
    verification.request(work, o.case, requested_on=o.day, unit_id=unit.id, number=number)


def _evidence(o: Open) -> None:
    source = o.rng.choice(law.on(o.day).evidence_sources).code
    verification.add_evidence(o.sits(POLICE), o.case, source=source, received_on=o.day)


def _extend(o: Open) -> None:
    """`day` is the one until which it was extended, by a letter of ten days before."""
    extended = min(o.day, o.work.today) - timedelta(10)
    number = f"{o.rng.randint(10, 90)}/GH"
    reason = "Chờ kết quả tương trợ của cơ quan nước ngoài."
    verification.extend(o.sits(POLICE), o.case, extended_on=extended, until=o.day, reason=reason, number=number)


def _conclusion(outcome: Outcome) -> Callable[[Open], None]:
    def conclude(o: Open) -> None:
        work = o.sits(POLICE)
        paper = next((row.code for row in verification.papers(work, o.case, o.day)), None)
        verification.conclude(
            work,
            o.case,
            outcome=outcome,
            concluded_on=o.day,
            paper=paper if outcome is Outcome.VICTIM else None,
        )

    return conclude


def _review(result: ReviewResult, reason: str | None) -> Callable[[Open], None]:
    def review(o: Open) -> None:
        work = o.sits(CHIEF)
        last = last_conclusion(work, o.case)
        assert last is not None, "told after a conclusion"
        verification.review(work, o.case, last, result=result, reason=reason)

    return review


def _brought(o: Open) -> None:
    work = o.sits(o.received_by())
    people = [one.id for one in rows(work, Person, o.case) if one.kind is PersonKind.SUBJECT]
    handover.hand_over(
        work,
        o.case,
        person_ids=people,
        direction=Direction.IN,
        handed_on=o.day,
        counterpart="Cơ quan biên phòng nước bạn",
        place="Cửa khẩu",
    )


def _measure(o: Open) -> None:
    number = f"{o.rng.randint(1, 60)}/QĐ-BV"
    protection.apply_measure(o.sits(POLICE), o.case, measure="B.P2", applied_on=o.day, decision_number=number)


def _threat(o: Open) -> None:
    protection.declare_need(o.sits(POLICE), o.case, declared_on=o.day)


def _needs(o: Open) -> None:
    for kind in (*INITIAL, S.PSYCHOLOGY):
        support.declare_need(o.sits(DEPARTMENT), o.case, kind=kind, declared_on=o.day)


def _given(o: Open) -> None:
    for kind in INITIAL:
        _delivered(o, kind, o.rng.randrange(200_000, 900_000, 10_000), o.day)


def _hardship(o: Open) -> None:
    _delivered(o, S.HARDSHIP, 1_000_000, o.day)


def _delivered(o: Open, kind: SupportKind, amount: int, day: date) -> None:
    work = o.sits(DEPARTMENT)
    support.deliver(work, o.case, kind=kind, delivered_on=day, amount=amount, fund=FundSource.STATE)


def _need(kind: SupportKind) -> Callable[[Open], None]:
    def declare(o: Open) -> None:
        support.declare_need(o.sits(DEPARTMENT), o.case, kind=kind, declared_on=o.day)

    return declare


def _hand_to(code: str) -> Callable[[Open], None]:
    def hand(o: Open) -> None:
        cases.hand_to(o.sits(DEPARTMENT), o.case, unit_id=o.staff.units[code].id, since=o.day)

    return hand


def _refer(o: Open) -> None:
    women = o.staff.units["HLHPN"].id
    purpose = "Đề nghị tư vấn, giúp học nghề và vay vốn làm ăn."
    referrals.refer(o.sits(DEPARTMENT), o.case, referred_on=o.day, unit_id=women, purpose=purpose)


def _close(o: Open) -> None:
    victim = o.case.state is CaseState.VICTIM
    outcome = ClosingOutcome.MOVED if victim else ClosingOutcome.NOT_VICTIM
    cases.close(o.sits(DEPARTMENT), o.case, outcome=outcome, closed_on=o.day)


WHY_BACK = "Chưa đối chiếu lời khai với xác nhận của địa phương; bổ sung rồi kết luận lại."
DONE: dict[str, Callable[[Open], None]] = {
    "request": _request,
    "evidence": _evidence,
    "extend": _extend,
    "victim": _conclusion(Outcome.VICTIM),
    "not_victim": _conclusion(Outcome.NOT_VICTIM),
    "insufficient": _conclusion(Outcome.INSUFFICIENT),
    "accepted": _review(ReviewResult.ACCEPTED, None),
    "returned": _review(ReviewResult.RETURNED, WHY_BACK),
    "brought": _brought,
    "measure": _measure,
    "threat": _threat,
    "needs": _needs,
    "given": _given,
    "hardship": _hardship,
    "psychology": _need(S.PSYCHOLOGY),
    "vocational": _need(S.VOCATIONAL),
    "shelter": _hand_to("CSBTXH"),
    "legal": _hand_to("STP"),
    "refer": _refer,
    "close": _close,
}
