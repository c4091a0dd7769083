"""One case file: whole, as its reader may see it; its end; the units it is handed to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.attachments import Attachment
from db.cases import Case, CaseUnit, Closing, ClosingOutcome, Reopening
from db.fields import Sensitivity
from db.handover import Handover
from db.letters import Letter
from db.people import Person, PersonKind
from db.places import Unit
from db.protection import ProtectionMeasure, ProtectionNeed
from db.referrals import Referral
from db.support import Delivery, SupportNeed
from db.verification import Conclusion, ConclusionReview, Evidence, Extension, VerificationRequest
from services.access import Right, case_for, reads_part, require, seen
from services.errors import Invalid
from services.identity import names
from services.lifecycle import ENDS_FIRST, Offer, not_future, offered, take
from services.records import add, rows
from services.work import Work


@dataclass(frozen=True)
class CaseView:
    """One file with all its facts, as rows; what may be shown is asked with `access.shows`."""

    case: Case
    person: Person
    people: Sequence[Person]
    unit: str
    home: str
    requests: Sequence[VerificationRequest]
    evidence: Sequence[Evidence]
    conclusions: Sequence[Conclusion]
    reopenings: Sequence[Reopening]
    protection_needs: Sequence[ProtectionNeed]
    measures: Sequence[ProtectionMeasure]
    needs: Sequence[SupportNeed]
    deliveries: Sequence[Delivery]
    handed: Sequence[CaseUnit]
    closings: Sequence[Closing]
    extensions: Sequence[Extension] = ()
    reviews: Sequence[ConclusionReview] = ()
    handovers: Sequence[Handover] = ()
    referrals: Sequence[Referral] = ()
    letters: Sequence[Letter] = ()
    attachments: Sequence[Attachment] = ()
    offers: Sequence[Offer] = field(default_factory=tuple)
    parts: frozenset[Sensitivity] = frozenset(Sensitivity)  # those the reader sees (`access.reads_part`)


def view(work: Work, case_id: int) -> CaseView:
    """One file whole; the reading stands in the trail before anything is returned. Raises Refused."""
    case = case_for(work, case_id)
    seen(work, case)
    people = rows(work, Person, case)
    parts = frozenset(part for part in Sensitivity if reads_part(work.actor, part))
    protection, support = Sensitivity.PROTECTION in parts, Sensitivity.SUPPORT in parts
    return CaseView(
        case=case,
        person=next(p for p in people if p.kind is PersonKind.SUBJECT),
        people=people,
        unit=names.units(work).get(case.unit_id, ""),
        home=home_of(work, case),
        requests=_by_day(rows(work, VerificationRequest, case), "requested_on"),
        evidence=_by_day(rows(work, Evidence, case), "received_on"),
        conclusions=_by_day(rows(work, Conclusion, case), "concluded_on"),
        reopenings=_by_day(rows(work, Reopening, case), "reopened_on"),
        protection_needs=rows(work, ProtectionNeed, case) if protection else (),
        measures=_by_day(rows(work, ProtectionMeasure, case), "applied_on") if protection else (),
        needs=rows(work, SupportNeed, case) if support else (),
        deliveries=_by_day(rows(work, Delivery, case), "delivered_on") if support else (),
        handed=_by_day(rows(work, CaseUnit, case), "since"),
        closings=_by_day(rows(work, Closing, case), "closed_on"),
        extensions=_by_day(rows(work, Extension, case), "extended_on"),
        reviews=_by_day(rows(work, ConclusionReview, case), "reviewed_on"),
        handovers=_by_day(rows(work, Handover, case), "handed_on"),
        referrals=_by_day(rows(work, Referral, case), "referred_on"),
        letters=_by_day(rows(work, Letter, case), "created_at"),
        attachments=_by_day(rows(work, Attachment, case), "created_at"),
        offers=offered(work, case),
        parts=parts,
    )


def close(
    work: Work, case: Case, *, outcome: ClosingOutcome, closed_on: date, right: Right = Right.SUPPORT
) -> Closing:
    """Ends a concluded file."""
    require(work, right, case)
    last = max((row.concluded_on for row in rows(work, Conclusion, case)), default=None)
    if last and closed_on < last:
        raise Invalid({"closed_on": "Ngày kết thúc trước ngày kết luận."})
    take(work, case, "close", on=closed_on, right=right)
    return add(work, case, Closing(case_id=case.id, closed_on=closed_on, outcome=outcome))


def hand_to(
    work: Work, case: Case, *, unit_id: int, since: date, until: date | None = None, right: Right = Right.INTAKE
) -> CaseUnit:
    """Lets another unit (địa phương, cơ sở, cơ quan phối hợp) work on the file, from one day to another."""
    require(work, right, case)
    not_future(work, "since", since)
    if until and until < since:
        raise Invalid({"until": ENDS_FIRST})
    if work.session.get(Unit, unit_id) is None:
        raise Invalid({"unit_id": "Cần chọn đơn vị."})
    return add(work, case, CaseUnit(case_id=case.id, unit_id=unit_id, since=since, until=until))


def end_hand_over(work: Work, case: Case, handed: CaseUnit, *, until: date, right: Right = Right.INTAKE) -> None:
    """Ends another unit's part in the file."""
    require(work, right, case)
    if handed.case_id != case.id or until < handed.since:
        raise Invalid({"until": ENDS_FIRST})
    handed.until = until


def home_of(work: Work, case: Case) -> str:
    """Residence in words, down to the commune."""
    areas = names.areas(work)
    if case.home_province:
        return f"Ngoài tỉnh – {case.home_province}"
    commune = areas.get(case.home_commune_id or 0) or case.home_commune_text
    return ", ".join(part for part in (commune, areas.get(case.home_district_id or 0)) if part)


def _by_day(found: Sequence[Any], name: str) -> list[Any]:
    return sorted(found, key=lambda row: (getattr(row, name), row.created_at))
