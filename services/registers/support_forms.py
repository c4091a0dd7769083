"""The forms of support: needs, a delivery, a correction of its amount."""

from typing import Any

from db.cases import CaseStep
from db.fields import info
from db.support import Delivery, SupportKind, SupportNeed
from services import support
from services.access import Right
from services.registers import choices
from services.registers.core import Asked, Field, Form, Section, today

REASON = str(info(CaseStep.reason)["label"])


def _declare_needs(asked: Asked, values: dict[str, Any]) -> None:
    for kind in values.pop("kind"):
        support.declare_need(asked.work, asked.file, kind=kind, **values)


def _paid(asked: Asked) -> bool:
    """Money that was given, so it came from somewhere; a loan is the bank's."""
    return bool(asked.known.get("amount")) and asked.known.get("kind") is not SupportKind.LOAN


SUPPORT_NEED = Form(
    "support_need",
    "Ghi nhu cầu hỗ trợ",
    Right.SUPPORT,
    (
        Section(
            "",
            (
                Field(SupportNeed.kind, required=True, many=True),
                Field(SupportNeed.declared_on),
                Field(SupportNeed.refused, help="Đã đề nghị hỗ trợ nhưng người này từ chối"),
                Field(SupportNeed.refused_on, when=lambda asked: bool(asked.known.get("refused"))),
            ),
            columns=2,
        ),
    ),
    _declare_needs,
    start=today("declared_on"),
)
DELIVER = Form(
    "deliver",
    "Ghi lần hỗ trợ",
    Right.SUPPORT,
    (
        Section(
            "",
            (
                Field(Delivery.kind, required=True),
                Field(Delivery.delivered_on, required=True),
                Field(Delivery.amount),
                Field(Delivery.fund, needed=_paid, help="Cần chọn khi có ghi số tiền (trừ vay vốn)"),
                Field(Delivery.unit_id, choices=choices.units("delivered_on")),
                Field(Delivery.note),
            ),
        ),
    ),
    lambda asked, values: support.deliver(asked.work, asked.file, **values),
    start=lambda asked: {
        "delivered_on": asked.work.today,
        "unit_id": choices.own_unit(asked.work, choices.units("delivered_on")(asked)),
    },
)
CORRECT_DELIVERY = Form(
    "correct_delivery",
    "Điều chỉnh số tiền hỗ trợ",
    Right.SUPPORT,
    (
        Section(
            "",
            (
                Field(
                    Delivery.amount,
                    name="amount_change",
                    required=True,
                    signed=True,
                    label="Tăng hoặc giảm (đồng)",
                    help="Giảm thì ghi dấu trừ ở trước, ví dụ -500.000",
                ),
                Field(Delivery.note, name="reason", required=True, label=REASON),
            ),
            columns=2,
        ),
    ),
    lambda asked, values: support.correct(asked.work, asked.file, asked.record, **values),
    row=Delivery,
    note="Số đã ghi không bị sửa; điều chỉnh là một dòng mới, tính vào ngày của lần hỗ trợ.",
)
