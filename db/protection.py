"""Protection (bảo vệ): a need, the measures applied. The protection dossier itself stays outside."""

from datetime import date

from db.base import Row
from db.fields import Sensitivity, column


class ProtectionNeed(Row, table=True):
    __tablename__ = "protection_need"
    trail_object = "nhu cầu bảo vệ"
    case_id: int = column("Hồ sơ", references="case_file.id")
    person_id: int = column("Người có nhu cầu", references="person.id")
    declared_on: date | None = column("Ngày nêu nhu cầu", help="Để trống: tính từ ngày tiếp nhận")
    refused_on: date | None = column("Ngày từ chối bảo vệ")
    note: str | None = column("Nội dung nhu cầu", sealed=True, sensitivity=Sensitivity.PROTECTION)


class ProtectionMeasure(Row, table=True):
    __tablename__ = "protection_measure"
    trail_object = "biện pháp bảo vệ"
    case_id: int = column("Hồ sơ", references="case_file.id")
    person_id: int = column("Người được bảo vệ", references="person.id")
    measure: str = column("Biện pháp bảo vệ", max_length=20, sensitivity=Sensitivity.PROTECTION)
    other_text: str | None = column("Biện pháp khác", sealed=True, sensitivity=Sensitivity.PROTECTION)
    applied_on: date = column("Ngày áp dụng", index=True)
    ended_on: date | None = column("Ngày chấm dứt")
    decision_number: str | None = column("Số quyết định", max_length=60, sensitivity=Sensitivity.PROTECTION)
    unit_id: int | None = column("Cơ quan thực hiện", references="unit.id", sensitivity=Sensitivity.PROTECTION)
