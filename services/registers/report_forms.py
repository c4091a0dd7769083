"""What is typed into a periodic report, as a form: number, date, signer, the three typed parts."""

from collections.abc import Mapping
from typing import Any

from db.reports import ReportText
from services.access import Right
from services.periods import Period
from services.registers.core import Asked, Field, Form, Section
from services.reports import writing
from services.reports.writing import Texts

HEADER = Section(
    "Số, ngày, người ký",
    (
        Field(ReportText.number, help="Chỉ ghi số; ký hiệu in sẵn. Để trống khi chưa có."),
        Field(ReportText.dated),
        Field(ReportText.as_of, help="Để trống: ngày báo cáo nếu trước ngày cuối kỳ, nếu không là ngày cuối kỳ."),
        Field(ReportText.place, help="Để trống: lấy nơi đóng trụ sở."),
        Field(ReportText.signer_name),
        Field(ReportText.signer_title, wide=True, long=True, help="Mỗi dòng một ý: KT. GIÁM ĐỐC ↵ PHÓ GIÁM ĐỐC"),
    ),
)
PARTS = Section(
    "Nội dung viết",
    (
        Field(ReportText.assessment, wide=True, long=True),
        Field(ReportText.difficulties, wide=True, long=True),
        Field(ReportText.proposals, wide=True, long=True),
        Field(ReportText.recipients, wide=True, long=True, help="Mỗi dòng một nơi, không ghi gạch đầu dòng."),
    ),
)
NOTE = "Không ghi tên, địa chỉ của người được tiếp nhận. Phần để trống in thành dòng chấm để viết tay."


def report_form(period: Period, unit_id: int | None) -> Form:
    """The form of one report: of a period, of a unit or (None) of the province."""

    def start(asked: Asked) -> Mapping[str, Any]:
        return vars(writing.load(asked.work, period, unit_id))

    def save(asked: Asked, facts: dict[str, Any]) -> Any:
        version = writing.load(asked.work, period, unit_id).version
        return writing.save(asked.work, period, Texts(**facts, version=version), unit_id=unit_id)

    def versions(asked: Asked) -> tuple[int, ...]:
        return (writing.load(asked.work, period, unit_id).version,)

    return Form("report", "Nội dung báo cáo", Right.REPORT, (HEADER, PARTS), save, start, versions, note=NOTE)
