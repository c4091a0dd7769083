"""The forms of comparison: what two files are to each other, and how a decision is taken back."""

from collections.abc import Sequence
from typing import Any

from db.cases import Case
from db.matching import Merge, PersonMatch
from services.access import Right, case_for
from services.errors import Refused
from services.identity import merging, sameness
from services.identity.comparing import subject_of
from services.registers.core import Asked, Choice, Field, Form, Section
from services.work import Work

AGAIN, ONE, OTHER = "again", "one", "other"
DECISIONS = (
    Choice(ONE, "Cùng người, cùng một lần tiếp nhận: ghép thành một hồ sơ", ONE),
    Choice(AGAIN, "Cùng người, lần tiếp nhận khác: giữ hai hồ sơ, liên kết với nhau", AGAIN),
    Choice(OTHER, "Người khác", OTHER),
)
HOW = (
    "Ghép: giữ hồ sơ tiếp nhận trước, mọi nội dung của hồ sơ kia chuyển sang. Liên kết: người này được đếm một "
    "lần trong số người. Mọi lựa chọn đều bỏ lại được."
)


def _choices(asked: Asked) -> Sequence[Choice]:
    """What is still open: linked people may still turn out to be of one reception."""
    linked = subject_of(asked.work, asked.file).subject_id == subject_of(asked.work, asked.record).subject_id
    return DECISIONS[:1] if linked else DECISIONS


def _decide(asked: Asked, values: dict[str, Any]) -> Any:
    work, case, other = asked.work, asked.file, asked.record
    match values["decision"]:
        case "one":
            return merging.merge(work, case, other, reason=values.get("reason"))
        case "again":
            return sameness.link(work, case, other)
    return sameness.different(work, case, other)


def _nothing(title: str) -> Section:
    return Section(title, ())


MATCH = Form(
    "match",
    "Đối chiếu hai hồ sơ",
    Right.INTAKE,
    (
        Section(
            "",
            (
                Field(
                    PersonMatch.sameness, name="decision", required=True, wide=True, choices=_choices,
                    label="Kết quả đối chiếu",
                ),
                Field(
                    Merge.reason, wide=True, long=True, when=lambda asked: asked.known.get("decision") == ONE,
                ),
            ),
        ),
    ),
    _decide,
    button="Lưu kết quả đối chiếu",
    note=HOW,
)  # fmt: skip
UNMATCH = Form(
    "unmatch",
    "Bỏ kết quả đối chiếu",
    Right.READ_CASES,  # who may is asked by the verb: whoever receives, or the unit's head
    (_nothing(""),),
    lambda asked, values: sameness.undo(asked.work, asked.record),
    button="Bỏ kết quả này",
    note="Hai hồ sơ trở lại như trước khi đối chiếu, và có thể đối chiếu lại.",
    said="Đã bỏ kết quả đối chiếu",
)
UNMERGE = Form(
    "unmerge",
    "Tách lại hồ sơ đã ghép",
    Right.READ_CASES,
    (_nothing(""),),
    lambda asked, values: merging.unmerge(asked.work, asked.record),
    button="Tách lại",
    note="Mọi nội dung đã chuyển khi ghép trở về hồ sơ cũ; nội dung ghi sau khi ghép ở lại hồ sơ này.",
    said="Đã tách lại",
)
FORMS = {form.name: form for form in (MATCH, UNMATCH, UNMERGE)}


def asked(work: Work, form: Form, case_id: int, row_id: int | None) -> Asked:
    """What a comparison is about: the file, and the other file, the decision or the merge. Raises Refused."""
    case = case_for(work, case_id, form.right)
    if form is MATCH:
        return Asked(work, case, subject_of(work, case), sameness.other_file(work, case, row_id))
    if form is UNMATCH:
        return Asked(work, case, subject_of(work, case), sameness.match_of(work, case, row_id or 0))
    return Asked(work, case, subject_of(work, case), _merge_of(work, case, row_id or 0))


def _merge_of(work: Work, case: Case, merge_id: int) -> Merge:
    """A merge of which the file is one side, and that still stands."""
    into = merging.merged_into(work, case)
    found = [merge for merge in (*merging.merged_here(work, case), into) if merge and merge.id == merge_id]
    if not found or not merging.may_unmerge(work, case):
        raise Refused
    return found[0]
