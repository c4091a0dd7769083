"""Files in which there is one row of every kind, for what is asked of each of them."""

from datetime import date, timedelta

from db.cases import Case, CaseUnit, ClosingOutcome
from db.handover import Direction, Handover
from db.people import Person, PersonKind
from db.referrals import Referral
from db.support import SupportKind
from db.verification import Extension, Outcome
from services import cases, law, lifecycle, protection, support, verification
from services.records import add, rows
from services.work import Work
from tests import factories as make

DAY = date(2018, 7, 9)


def full_file(work: Work) -> Case:
    """A file with one row of every kind that may stand before a conclusion."""
    case = make.case(work)
    subject = rows(work, Person, case)[0]
    relative = Person(
        case_id=case.id, subject_id=1, kind=PersonKind.RELATIVE, full_name="Nông Thị Bé", birth="1970", sex=None
    )
    add(work, case, relative)
    verification.request(work, case, requested_on=DAY, unit_id=make.unit(work).id, number="12/ĐN")
    verification.add_evidence(work, case, source="A1", received_on=DAY, note="Lời khai, có dấu: Ằ ẵ")
    add(
        work,
        case,
        Extension(case_id=case.id, extended_on=DAY, until=DAY + timedelta(30), number="3", reason="chờ"),
    )
    protection.apply_measure(work, case, measure="A1", applied_on=DAY, decision_number="5/QĐ")
    support.declare_need(work, case, kind=SupportKind.LEGAL_AID, declared_on=DAY)
    paid = support.deliver(work, case, kind=SupportKind.MEDICAL, delivered_on=DAY, amount=900_000)
    support.correct(work, case, paid, amount_change=-100_000, reason="Ghi nhầm")
    add(work, case, Referral(case_id=case.id, referred_on=DAY, body="Hội LHPN", purpose="Học nghề"))
    handed = Handover(case_id=case.id, person_id=subject.id, direction=Direction.OUT, handed_on=DAY)
    add(work, case, handed)
    add(work, case, CaseUnit(case_id=case.id, unit_id=make.unit(work).id, since=DAY, until=None))
    return case


def concluded_file(work: Work, *more: str) -> Case:
    case = full_file(work)
    verification.conclude(
        work, case, outcome=Outcome.INSUFFICIENT, concluded_on=date(2018, 8, 1), paper_number="7/KL"
    )
    if "reopened" in more:
        verification.reopen(work, case, reopened_on=date(2018, 9, 1), reason="Có thêm tài liệu")
    if "closed" in more:
        cases.close(work, case, outcome=ClosingOutcome.OTHER, closed_on=date(2018, 9, 1))
    return case


def bare_file(work: Work) -> Case:
    """A file entered by mistake: much in it, nothing decided or given."""
    case = make.case(work, note="Ghi chú kín")
    verification.request(work, case, requested_on=DAY, unit_id=make.unit(work).id)
    verification.add_evidence(work, case, source="A1", received_on=DAY, note="Lời khai")
    protection.declare_need(work, case, declared_on=DAY, note="Bị đe dọa")
    support.declare_need(work, case, kind=SupportKind.MEDICAL)
    return case


def victim_file(work: Work) -> Case:
    """A file concluded *victim*, its paper not yet written down."""
    case, day = make.case(work), date(2018, 8, 1)
    listed = law.on(day, lifecycle.regime(work, case, day)).papers
    paper = listed[0].code if listed else None
    verification.conclude(work, case, outcome=Outcome.VICTIM, concluded_on=day, paper=paper)
    return case
