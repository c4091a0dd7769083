"""The form of a legal value that the office fills in with its document."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from db.plan import OfficeValue
from services import office_values
from services.access import Right
from services.registers.core import Asked, Choice, Field, Form, Section


def _keys(asked: Asked) -> Sequence[Choice]:
    day = asked.known.get("effective_from")
    found = office_values.choices(asked.work, day if isinstance(day, date) else asked.work.today)
    return [Choice(key, words, key) for key, words in found]


def _units(asked: Asked) -> Sequence[Choice]:
    return [Choice(unit, unit, unit) for unit in office_values.units_for(str(asked.known.get("key") or ""))]


def _is_number(asked: Asked) -> bool:
    return asked.known.get("key") not in (None, office_values.HOLIDAY)


def _save(asked: Asked, facts: dict[str, Any]) -> Any:
    return office_values.enter(asked.work, **facts)


VALUE = Form(
    "office_value",
    "Nhập mức do đơn vị quy định",
    Right.LAW,
    (
        Section(
            "",
            (
                Field(OfficeValue.effective_from, required=True, help="Ngày nghỉ lễ, tết: ghi chính ngày nghỉ."),
                Field(OfficeValue.key, required=True, wide=True, choices=_keys),
                Field(OfficeValue.value, when=_is_number),
                Field(OfficeValue.unit, when=_is_number, choices=_units, required=True),
                Field(OfficeValue.document, required=True, help="Số, ký hiệu của quyết định hoặc thông tư."),
                Field(OfficeValue.document_date, required=True),
            ),
            columns=2,
        ),
    ),
    _save,
    note="Chỉ nhập mức có văn bản. Mức mới không xóa mức cũ: hồ sơ trước ngày áp dụng vẫn tính theo mức cũ.",
)
