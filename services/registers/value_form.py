"""The forms of what the office fills in itself, each with its document: a limit or rate, a year's holidays."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from db.plan import OfficeValue
from services import office_values
from services.access import Right
from services.registers.core import Asked, Choice, Field, Form, Section

DOCUMENT = (
    Field(OfficeValue.document, required=True, help="Số, ký hiệu của quyết định, thông tư hoặc thông báo."),
    Field(OfficeValue.document_date, required=True),
)


def _keys(asked: Asked) -> Sequence[Choice]:
    day = asked.known.get("effective_from")
    found = office_values.choices(asked.work, day if isinstance(day, date) else asked.work.today)
    return [Choice(key, words, key) for key, words in found]


def _units(asked: Asked) -> Sequence[Choice]:
    return [Choice(unit, unit, unit) for unit in office_values.units_for(str(asked.known.get("key") or ""))]


VALUE = Form(
    "office_value",
    "Nhập mức, thời hạn theo văn bản",
    Right.LAW,
    (
        Section(
            "",
            (
                Field(OfficeValue.effective_from, required=True, help="Ngày mức này bắt đầu có hiệu lực."),
                Field(OfficeValue.key, required=True, choices=_keys, gone=office_values.NOT_OFFERED),
                Field(OfficeValue.value, required=True),
                Field(OfficeValue.unit, choices=_units, required=True),
                *DOCUMENT,
            ),
            columns=2,
        ),
    ),
    lambda asked, facts: office_values.enter(asked.work, **facts),
    note="Chỉ nhập mức có văn bản. Mức mới không xóa mức cũ: việc phát sinh trước ngày áp dụng vẫn tính theo mức "
    "cũ. Nhập sai thì nhập lại với cùng ngày áp dụng; cả hai lần nhập đều được giữ.",
)


def _days(words: str) -> tuple[Section, ...]:
    first = Field(OfficeValue.effective_from, "first", required=True, label="Từ ngày", help=words)
    last = Field(OfficeValue.effective_from, "last", label="Đến hết ngày", help="Để trống: chỉ một ngày.")
    return (Section("", (first, last, *DOCUMENT), columns=2),)


HOLIDAYS = Form(
    "holidays",
    "Nhập ngày nghỉ lễ, tết",
    Right.LAW,
    _days("Ngày nghỉ đầu tiên theo thông báo của năm."),
    lambda asked, facts: office_values.enter_holidays(asked.work, **facts),
    note="Nhập theo thông báo nghỉ lễ, tết hằng năm; tết theo âm lịch nên mỗi năm một khác.",
)
CANCEL_HOLIDAYS = Form(
    "cancel_holidays",
    "Bỏ ngày nghỉ đã nhập",
    Right.LAW,
    _days("Ngày đầu tiên không còn là ngày nghỉ."),
    lambda asked, facts: office_values.cancel_holidays(asked.work, **facts),
    note="Cần văn bản điều chỉnh. Lần nhập cũ được giữ để đối chiếu.",
)


def value_form(key: str, day: date | None = None) -> Form:
    """The form of one value, already chosen; `day`: from when it holds."""

    def start(asked: Asked) -> Mapping[str, Any]:
        return {"key": key, "effective_from": day}

    return replace(VALUE, start=start)
