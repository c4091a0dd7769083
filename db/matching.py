"""The same person in two files: what somebody decided, and what a merge moved, so that it can be undone."""

from datetime import date, datetime

from db.base import Row, UtcDateTime
from db.fields import LabelledEnum, Sensitivity, column


class Sameness(LabelledEnum):
    SAME = "same", "Cùng một người"
    DIFFERENT = "different", "Người khác"


class PersonMatch(Row, table=True):
    """One decision about two people, remembered: `person_id` is of the file in which it was taken.
    `subject_before`: the mark of the person before it was linked, for the undo."""

    __tablename__ = "person_match"
    trail_object = "đối chiếu người"
    case_id: int = column("Hồ sơ", references="case_file.id")
    person_id: int = column("Người", big=True, index=True)
    other_id: int = column("Người được so", big=True, index=True)
    sameness: Sameness = column("Kết quả đối chiếu", choices=Sameness)
    decided_on: date = column("Ngày đối chiếu")
    by_name: str = column("Người đối chiếu", max_length=120)
    subject_before: int | None = column("Mã người trước đó", big=True)


class Merge(Row, table=True):
    """Two files of one reception made one: `case_id` was kept, `merged_id` ended in it. `moved` names
    the rows that changed files and how both stood before (JSON)."""

    __tablename__ = "merge"
    trail_object = "việc ghép hồ sơ"
    case_id: int = column("Hồ sơ giữ lại", references="case_file.id")
    merged_id: int = column("Hồ sơ được ghép", references="case_file.id")
    merged_on: date = column("Ngày ghép")
    by_name: str = column("Người ghép", max_length=120)
    reason: str | None = column("Lý do ghép", sealed=True, sensitivity=Sensitivity.IDENTITY)
    moved: str = column("Những gì đã chuyển", sealed=True, sensitivity=Sensitivity.IDENTITY)
    undone_at: datetime | None = column("Tách lại lúc", sa_type=UtcDateTime)
