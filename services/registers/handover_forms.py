"""The forms of hand-over and referral."""

from collections.abc import Mapping
from typing import Any

from db.handover import Direction, Handover
from db.referrals import Referral
from services import handover, referrals
from services.access import Right
from services.records import rows
from services.registers import choices
from services.registers.core import NEVER_HERE, Asked, Field, Form, Section


def _no_unit(asked: Asked) -> bool:
    return asked.known.get("unit_id") is None


def _start(asked: Asked) -> Mapping[str, Any]:
    """Everybody of the file who is here; on its way out when somebody of another country is to be returned."""
    away = handover.gone(rows(asked.work, Handover, asked.file))
    here = [choice.value for choice in choices.people(asked) if choice.value not in away]
    out = Direction.OUT if handover.foreign(asked.subject) else None
    return {"handed_on": asked.work.today, "person_ids": here, "direction": out}


HAND_OVER = Form(
    "hand_over",
    "Ghi bàn giao, trao trả",
    Right.INTAKE,
    (
        Section(
            "",
            (
                Field(Handover.direction, required=True),
                Field(Handover.handed_on, required=True),
                Field(Handover.minutes_number),
                Field(
                    Handover.person_id,
                    name="person_ids",
                    required=True,
                    many=True,
                    wide=True,
                    choices=choices.people,
                    label="Những người được bàn giao",
                ),
                Field(Handover.unit_id, choices=choices.units("handed_on"), label="Bên giao hoặc bên nhận"),
                Field(Handover.counterpart, when=_no_unit),
                Field(Handover.place),
                Field(Handover.note, wide=True, long=True, help=NEVER_HERE),
            ),
        ),
    ),
    lambda asked, values: handover.hand_over(asked.work, asked.file, **values),
    start=_start,
    note="Mỗi người một dòng, cùng số biên bản. Số biên bản có thể ghi sau.",
    bulk=True,
)
REFER = Form(
    "refer",
    "Giới thiệu, chuyển gửi",
    Right.INTAKE,
    (
        Section(
            "",
            (
                Field(Referral.referred_on, required=True),
                Field(Referral.unit_id, choices=choices.units("referred_on")),
                Field(Referral.body, when=_no_unit),
                Field(Referral.purpose, required=True, wide=True, long=True),
            ),
        ),
    ),
    lambda asked, values: referrals.refer(asked.work, asked.file, **values),
    start=lambda asked: {"referred_on": asked.work.today},
    note="Giới thiệu không cho nơi đến xem hồ sơ; muốn vậy thì giao hồ sơ cho đơn vị đó.",
    bulk=True,
)
