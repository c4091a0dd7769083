"""The list of whom to call at other bodies."""

from db.contacts import Contact as C
from services.access import Right
from services.registers.choices import areas
from services.registers.core import Field, Section
from services.registers.listing import Register

AGENCY = (
    Field(C.agency, required=True),
    Field(C.kind, required=True),
    Field(C.area_id, choices=areas()),
)
PERSON = (
    Field(C.full_name, required=True),
    Field(C.position),
    Field(C.until),
    Field(C.phone),
    Field(C.email),
    Field(C.after_hours),
    Field(C.duties, wide=True, long=True),
    Field(C.note, wide=True, long=True),
)
CONTACTS = Register(
    name="contacts",
    title="Đầu mối phối hợp",
    word="đầu mối phối hợp",
    table=C,
    read=Right.READ_CASES,
    write=Right.INTAKE,
    sections=(Section("Cơ quan", AGENCY), Section("Đầu mối", PERSON)),
    columns=(C.agency, C.kind, C.full_name, C.position, C.phone, C.email, C.area_id, C.after_hours, C.until),
    order=C.agency,
    filters=(C.kind, C.area_id, C.after_hours, C.until),
    search=(C.agency, C.full_name, C.position, C.phone, C.email, C.duties, C.note),
)
