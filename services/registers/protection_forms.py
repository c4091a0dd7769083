"""The forms of protection: a need, a measure, its end. The protection dossier itself is never entered."""

from db.protection import ProtectionMeasure, ProtectionNeed
from services import protection
from services.access import Right
from services.registers import choices
from services.registers.core import NEVER_HERE, Asked, Field, Form, Section, today


def _several_people(asked: Asked) -> bool:
    return len(choices.people(asked)) > 1


PROTECTION_NEED = Form(
    "protection_need",
    "Ghi nhu cầu bảo vệ",
    Right.PROTECT,
    (
        Section(
            "",
            (
                Field(ProtectionNeed.person_id, choices=choices.people, when=_several_people),
                Field(ProtectionNeed.declared_on),
                Field(ProtectionNeed.refused_on, help="Chỉ ghi khi người này từ chối được bảo vệ"),
                Field(ProtectionNeed.note, wide=True, long=True, help=NEVER_HERE),
            ),
        ),
    ),
    lambda asked, values: protection.declare_need(asked.work, asked.file, **values),
    start=today("declared_on"),
)
MEASURE = Form(
    "measure",
    "Áp dụng biện pháp bảo vệ",
    Right.PROTECT,
    (
        Section(
            "",
            (
                Field(ProtectionMeasure.person_id, choices=choices.people, when=_several_people),
                Field(ProtectionMeasure.applied_on, required=True),
                Field(ProtectionMeasure.measure, required=True, choices=choices.measures),
                Field(
                    ProtectionMeasure.other_text,
                    required=True,
                    when=lambda asked: asked.known.get("measure") == choices.OTHER_MEASURE,
                ),
                Field(ProtectionMeasure.decision_number),
                Field(ProtectionMeasure.unit_id, choices=choices.units("applied_on")),
            ),
        ),
    ),
    lambda asked, values: protection.apply_measure(asked.work, asked.file, **values),
    start=today("applied_on"),
    note=NEVER_HERE,
)
END_MEASURE = Form(
    "end_measure",
    "Chấm dứt biện pháp bảo vệ",
    Right.PROTECT,
    (Section("", (Field(ProtectionMeasure.ended_on, required=True),)),),
    lambda asked, values: protection.end_measure(asked.work, asked.file, asked.record, **values),
    start=today("ended_on"),
    row=ProtectionMeasure,
)
