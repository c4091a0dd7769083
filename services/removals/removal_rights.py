"""Who may delete which kind of record: whoever may write it, where they hold that right on the file."""

from collections.abc import Iterable

from db.attachments import Attachment
from db.base import Row, table_of
from db.cases import Case, CaseUnit, Closing, Reopening
from db.fields import Sensitivity
from db.handover import Handover
from db.letters import Letter
from db.people import Person
from db.protection import ProtectionMeasure, ProtectionNeed
from db.referrals import Referral
from db.support import Delivery, SupportNeed
from db.verification import Conclusion, Evidence, Extension, VerificationRequest
from services.access import GRANTS, PROVINCE_WIDE, Right, clear, reads_part, require
from services.errors import Refused
from services.letters import issuing
from services.scans import attachments
from services.work import Work

WORKING = (Right.INTAKE, Right.VERIFY, Right.PROTECT, Right.SUPPORT)  # any of them: who works on a file
RIGHTS: dict[type[Row], tuple[Right, ...]] = {  # who writes a kind of row may delete it
    Case: (Right.INTAKE,),
    Person: (Right.INTAKE,),
    VerificationRequest: (Right.INTAKE,),
    Evidence: (Right.VERIFY,),
    Extension: (Right.VERIFY,),
    Conclusion: (Right.VERIFY,),
    Reopening: (Right.VERIFY,),
    ProtectionNeed: (Right.PROTECT,),
    ProtectionMeasure: (Right.PROTECT,),
    SupportNeed: (Right.SUPPORT,),
    Delivery: (Right.SUPPORT,),
    Handover: (Right.INTAKE,),
    Referral: (Right.INTAKE,),
    CaseUnit: (Right.INTAKE,),
    Closing: (Right.SUPPORT,),
    Letter: WORKING,
    Attachment: WORKING,
}
PARTS: dict[type[Row], Sensitivity] = {  # kinds not spoken of to those who do not see their part of the file
    ProtectionNeed: Sensitivity.PROTECTION,
    ProtectionMeasure: Sensitivity.PROTECTION,
    SupportNeed: Sensitivity.SUPPORT,
    Delivery: Sensitivity.SUPPORT,
}
TELLING = PARTS | dict.fromkeys((Evidence, Extension, Conclusion, Reopening), Sensitivity.VERIFICATION)
KINDS: dict[str, type[Row]] = {table_of(model).name: model for model in RIGHTS}


def word(model: type[Row]) -> str:
    """What a kind of row is called: `tài liệu, chứng cứ`."""
    return model.trail_object


def kinds(work: Work, case: Case) -> frozenset[type[Row]]:
    """The kinds of rows of a file that this person may delete."""
    held = {right for right in WORKING if _holds(work, right, case)}
    return frozenset(model for model, rights in RIGHTS.items() if held & set(rights) and spoken_of(work, model))


def may(work: Work, case: Case, row: Row) -> bool:
    """Whether this person may delete a row of the file, or put it back."""
    if isinstance(row, Attachment) and not attachments.may_see(work, row):
        return False
    if isinstance(row, Letter) and not issuing.may_handle(work, row):
        return False
    if isinstance(row, Case) and not _receives(work, row):
        return False
    return type(row) in kinds(work, case)


def _holds(work: Work, right: Right, case: Case) -> bool:
    try:
        require(work, right, case)
    except Refused:
        return False
    return True


def _receives(work: Work, case: Case) -> bool:
    """Whether a whole file is this person's to throw away: their unit received it, or is one of the province's.
    Whoever only reads it because somebody lives there, or was given it, asks them."""
    if work.actor.operator:
        return True
    intake = [held for held in work.actor.holdings if Right.INTAKE in GRANTS[held.role].rights]
    return any(held.unit_id == case.unit_id or held.unit_kind in PROVINCE_WIDE for held in intake)


def tells(work: Work, model: type[Row]) -> bool:
    """Whether this person may read why a row of this kind was deleted: a reason speaks of what stood there."""
    return model not in TELLING or TELLING[model] in clear(work.actor)


def spoken_of(work: Work, model: type[Row]) -> bool:
    return model not in PARTS or reads_part(work.actor, PARTS[model])


def units_with(work: Work, rights: Iterable[Right]) -> list[int]:
    wanted = set(rights)
    return [held.unit_id for held in work.actor.holdings if wanted & GRANTS[held.role].rights]
