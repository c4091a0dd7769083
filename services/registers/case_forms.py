"""Every form of a case, and what a form is about: the file, its person, the row in question."""

from collections.abc import Mapping
from typing import Any

from db.base import Row
from db.cases import CaseState, CaseUnit, Closing, ClosingOutcome
from db.handover import Handover
from db.people import Person, PersonKind
from services import cases, handover
from services.access import Right, case_for, require
from services.errors import NotReady, Refused
from services.records import rows
from services.registers import choices
from services.registers.core import Asked, Field, Form, Section, today
from services.registers.handover_forms import HAND_OVER, REFER
from services.registers.people_forms import ADD_PERSON, EDIT_PERSON
from services.registers.protection_forms import END_MEASURE, MEASURE, PROTECTION_NEED
from services.registers.reception_forms import CORRECT, RECEIVE
from services.registers.removal_forms import REMOVALS, RESTORE
from services.registers.support_forms import CORRECT_DELIVERY, DELIVER, SUPPORT_NEED
from services.registers.verification_forms import CONCLUDE, EVIDENCE, EXTEND, PROOF, REOPEN, REQUEST, REVIEW
from services.work import Work

MERGED = "Hồ sơ đã ghép vào hồ sơ khác; việc này làm ở hồ sơ ấy."


def asked(work: Work, form: Form, case_id: int | None = None, row_id: int | None = None) -> Asked:
    """What a form is about, for this person. Raises Refused when it is not theirs to fill in."""
    if case_id is None:
        require(work, form.right)
        return Asked(work)
    case = case_for(work, case_id, form.right)
    if case.state is CaseState.MERGED:
        raise NotReady(MERGED)
    person = next(p for p in rows(work, Person, case) if p.kind is PersonKind.SUBJECT)
    row: Row | None = None
    if form.row is not None:
        row = next((row for row in rows(work, form.row, case) if row.id == row_id), None)
        if row is None:
            raise Refused
    return Asked(work, case, person, row)


HAND_TO = Form(
    "hand_to",
    "Giao hồ sơ cho đơn vị khác",
    Right.INTAKE,
    (
        Section(
            "",
            (
                Field(CaseUnit.unit_id, required=True, choices=choices.units("since")),
                Field(CaseUnit.since, required=True),
                Field(CaseUnit.until, help="Để trống: đến khi có thay đổi"),
            ),
        ),
    ),
    lambda asked, values: cases.hand_to(asked.work, asked.file, **values),
    start=today("since"),
    note="Đơn vị được giao xem và làm phần việc của mình trên hồ sơ trong thời gian này.",
    bulk=True,
)
END_HAND_OVER = Form(
    "end_hand_over",
    "Thôi giao hồ sơ",
    Right.INTAKE,
    (Section("", (Field(CaseUnit.until, required=True),)),),
    lambda asked, values: cases.end_hand_over(asked.work, asked.file, asked.record, **values),
    start=today("until"),
    row=CaseUnit,
)


def _closing(asked: Asked) -> Mapping[str, Any]:
    """The result that follows from the file, where one does."""
    people, handed = rows(asked.work, Person, asked.file), rows(asked.work, Handover, asked.file)
    outcome = ClosingOutcome.HANDED_OVER if handover.all_gone(people, handed) else None
    if asked.file.state is CaseState.NOT_VICTIM:
        outcome = ClosingOutcome.NOT_VICTIM
    return {"closed_on": asked.work.today, "outcome": outcome}


CLOSE = Form(
    "close",
    "Kết thúc hồ sơ",
    Right.SUPPORT,
    (Section("", (Field(Closing.outcome, required=True), Field(Closing.closed_on, required=True)), columns=2),),
    lambda asked, values: cases.close(asked.work, asked.file, **values),
    start=_closing,
)


FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        RECEIVE,
        CORRECT,
        ADD_PERSON,
        EDIT_PERSON,
        REQUEST,
        EVIDENCE,
        EXTEND,
        CONCLUDE,
        PROOF,
        REVIEW,
        REOPEN,
        HAND_OVER,
        REFER,
        PROTECTION_NEED,
        MEASURE,
        END_MEASURE,
        SUPPORT_NEED,
        DELIVER,
        CORRECT_DELIVERY,
        HAND_TO,
        END_HAND_OVER,
        CLOSE,
        *REMOVALS,
        RESTORE,
    )
}
