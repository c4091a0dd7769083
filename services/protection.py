"""Protection (bảo vệ): needs and measures, for the person and their relatives.

The protection dossier is a *tài liệu mật* (Nghị định 62/2012 Đ.9(6)) and is never entered: here stand
kind, dates, body and document number only.
"""

from datetime import date

from db.cases import Case
from db.people import Person, PersonKind
from db.protection import ProtectionMeasure, ProtectionNeed
from services.access import Right, require
from services.errors import Invalid, Refused
from services.lifecycle import not_future, take
from services.records import add, rows
from services.text import clean
from services.work import Work

NOT_GUARDED = "Chưa áp dụng biện pháp"


def declare_need(
    work: Work,
    case: Case,
    *,
    person_id: int | None = None,
    declared_on: date | None = None,
    refused_on: date | None = None,
    note: str | None = None,
    right: Right = Right.PROTECT,
) -> ProtectionNeed:
    """Records that somebody of the file needs protection (once a person), or refuses it."""
    require(work, right, case)
    not_future(work, "declared_on", declared_on)
    not_future(work, "refused_on", refused_on)
    person_id = _person(work, case, person_id)
    take(work, case, "protect", on=declared_on or case.received_on, right=right)
    said = clean(note or "") or None
    need = _need(work, case, person_id)
    if need is None:
        first = ProtectionNeed(case_id=case.id, person_id=person_id, declared_on=declared_on)
        first.refused_on, first.note = refused_on, said
        return add(work, case, first)
    need.declared_on = declared_on or need.declared_on
    need.refused_on, need.note = refused_on, said or need.note
    return need


def apply_measure(
    work: Work,
    case: Case,
    *,
    measure: str,
    applied_on: date,
    person_id: int | None = None,
    other_text: str | None = None,
    decision_number: str | None = None,
    unit_id: int | None = None,
    right: Right = Right.PROTECT,
) -> ProtectionMeasure:
    """Records that a measure was applied from a day on. Applying one implies the need.

    `measure` is a code of `services/law` measures, or `other` with `other_text`.
    The same measure never runs twice at once for one person.
    """
    require(work, right, case)
    not_future(work, "applied_on", applied_on)
    person_id = _person(work, case, person_id)
    other = clean(other_text or "") or None
    if measure == "other" and not other:
        raise Invalid({"other_text": "Cần ghi tên biện pháp."})
    if measure != "other" and _running(work, case, person_id, measure):
        raise Invalid({"measure": "Biện pháp này đang được áp dụng cho người này."})
    if _need(work, case, person_id) is None:
        declare_need(work, case, person_id=person_id, right=right)
    row = ProtectionMeasure(
        case_id=case.id,
        person_id=person_id,
        measure=measure,
        other_text=other,
        applied_on=applied_on,
        decision_number=clean(decision_number or "") or None,
        unit_id=unit_id,
    )
    add(work, case, row)
    take(work, case, "protect", on=applied_on, right=right)
    return row


def end_measure(
    work: Work, case: Case, measure: ProtectionMeasure, *, ended_on: date, right: Right = Right.PROTECT
) -> None:
    """Ends a running measure."""
    require(work, right, case)
    if measure.case_id != case.id:
        raise Refused
    not_future(work, "ended_on", ended_on)
    if ended_on < measure.applied_on:
        raise Invalid({"ended_on": "Ngày chấm dứt trước ngày áp dụng."})
    measure.ended_on = ended_on
    take(work, case, "protect", on=ended_on, right=right)


def _person(work: Work, case: Case, person_id: int | None) -> int:
    for person in rows(work, Person, case):
        if person.id == person_id or (person_id is None and person.kind is PersonKind.SUBJECT):
            return person.id
    raise Refused


def _need(work: Work, case: Case, person_id: int) -> ProtectionNeed | None:
    needs = (need for need in rows(work, ProtectionNeed, case) if need.person_id == person_id)
    return next(needs, None)


def _running(work: Work, case: Case, person_id: int, measure: str) -> bool:
    return any(
        row.person_id == person_id and row.measure == measure and row.ended_on is None
        for row in rows(work, ProtectionMeasure, case)
    )
