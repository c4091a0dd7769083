"""The people beside the subject, on the sheet of a file."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.people import Person, PersonKind
from services.access import shows
from services.ages import AgeBand, band_of
from services.registers.sheet import Block

if TYPE_CHECKING:
    from services.registers.case_sheet import Sheet


def blocks(sheet: "Sheet") -> Sequence[Block]:
    """Minors who came along and relatives, with their guardians; nothing while there are none."""
    view = sheet.view
    beside = [person for person in view.people if person.kind is not PersonKind.SUBJECT]
    if not beside:
        return ()
    may_edit = "person" in sheet.forms

    def age(person: Person) -> str:
        found = band_of(person.birth, view.case.received_on)
        known = found is not AgeBand.UNKNOWN and shows(sheet.work.actor, Person.birth)
        return found.label if known else ""

    people = sheet.table(
        "",
        (
            *(Person.full_name, Person.kind, Person.relation, Person.sex, Person.birth, Person.nationality),
            *(Person.language, Person.interpreter, Person.guardian_name, Person.guardian_relation),
            *(Person.phone, Person.guardian_phone, Person.safe_contact, Person.no_contact),
        ),
        beside,
        more=[("Độ tuổi", age)],
        action=("edit_person", lambda row: may_edit),
    )
    return (Block("Người đi cùng, người thân thích", tables=(people,) if people else ()),)
