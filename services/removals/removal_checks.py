"""What stands in the way of deleting a record, and of putting it back: one small check a kind."""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from db.attachments import Attachment
from db.base import Row, table_of, tables
from db.cases import Case, CaseState
from db.imports import ImportBatch
from db.letters import Letter, LetterState
from db.matching import Merge, PersonMatch
from db.people import Person, PersonKind
from db.protection import ProtectionMeasure, ProtectionNeed
from db.support import Delivery, SupportNeed
from db.verification import Conclusion, ConclusionReview
from services import lifecycle
from services.records import rows
from services.removals import removal_rights
from services.work import Work

FILE_GONE = "Hồ sơ không còn; hãy khôi phục hồ sơ trước."
FILE_MERGED = "Hồ sơ đã ghép vào hồ sơ khác; hãy tách ra trước."
THERE_AGAIN = "Nội dung này đã có lại trong hồ sơ."
RETURNED = "Kết luận này thủ trưởng đã trả lại, không khôi phục được; hãy ghi kết luận mới."
BASIS_GONE = "Nội dung mà nó gắn với không còn trong hồ sơ; hãy khôi phục nội dung đó trước."


def why_not(work: Work, case: Case, row: Row) -> str:
    """Why a row of a file cannot be deleted now; empty when it can."""
    if case.state is CaseState.MERGED:
        return FILE_MERGED
    if lifecycle.step_of(row) and not _latest(work, case, row):
        return lifecycle.NOT_LATEST
    check = CHECKS.get(type(row))
    return check(work, case, row) if check else ""


def no_way_back(work: Work, again: Sequence[Row]) -> str:
    """Why what was deleted cannot be put back; empty when it can."""
    first = again[0]
    if isinstance(first, Case):
        return _file_back(work, first)
    case = work.session.get(Case, getattr(first, "case_id", 0))
    if case is None:
        return FILE_GONE
    if case.state is CaseState.MERGED:
        return FILE_MERGED
    if work.session.get(type(first), first.id) is not None or _taken(work, case, first):
        return THERE_AGAIN
    return "" if _all_there(work, first) and _person_here(work, case, first) else BASIS_GONE


def _latest(work: Work, case: Case, row: Row) -> bool:
    step = lifecycle.last_step(work, case)
    newest = max(rows(work, type(row), case), key=lambda one: one.created_at, default=None)
    return step is not None and step.step == lifecycle.step_of(row) and newest is row


def _person(work: Work, case: Case, person: Any) -> str:
    if person.kind is PersonKind.SUBJECT:
        return "Người được tiếp nhận không xóa riêng được; xóa cả hồ sơ nếu hồ sơ lập nhầm."
    about: list[Any] = [
        model for model in tables(Row) if {"case_id", "person_id"} <= set(table_of(model).c.keys())
    ]
    found = [row for model in about for row in rows(work, model, case) if row.person_id == person.id]
    match = table_of(PersonMatch).c
    matched = sa.select(match.id).where(match.other_id == person.id)
    if found or work.session.connection().execute(matched).first() is not None:
        return "Hồ sơ còn nội dung ghi cho người này; xóa các nội dung đó trước."
    return ""


def _protection_need(work: Work, case: Case, need: Any) -> str:
    if any(row.person_id == need.person_id for row in rows(work, ProtectionMeasure, case)):
        return "Người này đã được áp dụng biện pháp bảo vệ nên phải có nhu cầu; xóa biện pháp trước."
    return ""


def _support_need(work: Work, case: Case, need: Any) -> str:
    if any(row.kind is need.kind for row in rows(work, Delivery, case)):
        return "Đã có lần hỗ trợ theo nhu cầu này; xóa lần hỗ trợ trước."
    return ""


def _delivery(work: Work, case: Case, delivery: Any) -> str:
    every = rows(work, Delivery, case)
    if any(row.corrects_id == delivery.id for row in every):
        return "Lần hỗ trợ này đã được điều chỉnh; xóa các dòng điều chỉnh trước."
    if delivery.corrects_id is not None:
        of_one = (row for row in every if delivery.corrects_id in (row.id, row.corrects_id))
        if sum(row.amount or 0 for row in of_one) - (delivery.amount or 0) < 0:
            return "Xóa dòng điều chỉnh này thì số tiền còn lại bị âm; xóa dòng điều chỉnh giảm trước."
    return ""


def _letter(work: Work, case: Case, letter: Any) -> str:
    if letter.state is not LetterState.DRAFT:
        return "Văn bản đã ban hành thì không xóa; có thể hủy văn bản."
    if any(row.letter_id == letter.id for row in rows(work, Attachment, case)):
        return "Văn bản đã có bản chụp; xóa bản chụp trước."
    return ""


def _conclusion(work: Work, case: Case, conclusion: Any) -> str:
    if any(row.conclusion_id == conclusion.id for row in rows(work, ConclusionReview, case)):
        return "Thủ trưởng đã cho ý kiến về kết luận này; muốn thay đổi thì mở lại hồ sơ."
    return ""


def _file(work: Work, case: Case, row: Any) -> str:
    """A file in which somebody's right was decided, or something was given or issued, is never deleted."""
    if rows(work, Conclusion, case):
        return "Hồ sơ đã có kết luận xác minh nên không xóa được."
    if rows(work, Delivery, case):
        return "Hồ sơ đã ghi lần hỗ trợ nên không xóa được."
    mine = removal_rights.kinds(work, case)
    if any(rows(work, model, case) for model in removal_rights.RIGHTS if model not in mine and model is not Case):
        return "Hồ sơ có nội dung do cơ quan khác ghi, bạn không xóa được; cơ quan ấy xóa phần của mình trước."
    if any(letter.state is not LetterState.DRAFT for letter in rows(work, Letter, case)):
        return "Hồ sơ đã có văn bản ban hành nên không xóa được."
    merge = table_of(Merge).c
    merged = sa.select(merge.id).where(sa.or_(merge.case_id == case.id, merge.merged_id == case.id))
    if work.session.connection().execute(merged).first() is not None:
        return "Hồ sơ đã từng ghép với hồ sơ khác nên không xóa được."
    return ""


CHECKS: dict[type[Row], Callable[[Work, Case, Any], str]] = {
    Case: _file,
    Person: _person,
    ProtectionNeed: _protection_need,
    SupportNeed: _support_need,
    Delivery: _delivery,
    Letter: _letter,
    Conclusion: _conclusion,
}


def _file_back(work: Work, case: Case) -> str:
    if work.session.get(Case, case.id) is not None:
        return "Hồ sơ này đã có lại."
    if not _all_there(work, case):
        return "Vụ việc hoặc đơn vị của hồ sơ này không còn; không khôi phục được."
    batch = work.session.get(ImportBatch, case.batch_id) if case.batch_id else None
    if batch is not None and batch.undone_at is not None:
        return "Đợt nhập có hồ sơ này đã được hoàn tác; không khôi phục được."
    return ""


def _taken(work: Work, case: Case, row: Row) -> bool:
    """Whether what may stand once in a file was written again meanwhile."""
    if isinstance(row, SupportNeed):
        return any(other.kind is row.kind for other in rows(work, SupportNeed, case))
    if isinstance(row, ProtectionNeed):
        return any(other.person_id == row.person_id for other in rows(work, ProtectionNeed, case))
    if isinstance(row, ProtectionMeasure) and row.ended_on is None and row.measure != "other":
        mine = (other for other in rows(work, ProtectionMeasure, case) if other.person_id == row.person_id)
        return any(other.measure == row.measure and other.ended_on is None for other in mine)
    return False


def _person_here(work: Work, case: Case, row: Row) -> bool:
    """Whether the person a row is about stands in its file: files taken apart since have their own people."""
    person_id = getattr(row, "person_id", None)
    return person_id is None or any(person.id == person_id for person in rows(work, Person, case))


def _all_there(work: Work, row: Row) -> bool:
    """Whether every row that this one names is there."""
    for column in table_of(type(row)).columns:
        value = getattr(row, column.name)
        for key in column.foreign_keys:
            target = key.column.table
            found = sa.select(target.c.id).where(target.c.id == value)
            if value is not None and work.session.connection().execute(found).first() is None:
                return False
    return True
