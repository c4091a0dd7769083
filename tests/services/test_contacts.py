"""Whom to call at other bodies: what this list asks of the engine beyond what every register must do."""

from datetime import date

import pytest

from db.accounts import Role
from db.contacts import Agency, Contact
from services.errors import Refused
from services.office import Office
from services.registers import store
from services.registers.choices import area_choices
from services.registers.contact_register import CONTACTS
from services.registers.listing import Query
from services.registers.typed import submit, written
from services.work import Work
from tests import factories as f

BEFORE, AFTER = date(2018, 7, 1), date(2026, 7, 1)


def add(work: Work, area: str, **typed: str) -> int:
    form, asked = store.forms(CONTACTS)[store.ADD], store.asked(work, CONTACTS)
    field = next(one for one in form.fields if one.key == "area_id")
    code = next(choice.code for choice in field.options(asked) if choice.label.startswith(area))
    said = {"agency": "Công an huyện", "kind": "police", "full_name": "Đỗ Thị Hòa", "area_id": code}
    row_id: int = submit(form, said | typed, asked).id
    return row_id


def test_a_contact_keeps_its_district_after_the_districts_have_ended(any_office: Office) -> None:
    police = f.actor(any_office, Role.POLICE, "Công an tỉnh")
    with Work(any_office, police, write=True, today=BEFORE) as work:
        row_id = add(work, "Huyện Na Rì")
        area_id = work.session.get(Contact, row_id).area_id
    with Work(any_office, police, write=True, today=AFTER) as work:
        form, asked = store.forms(CONTACTS)[store.EDIT], store.asked(work, CONTACTS, row_id)
        start = form.start(asked)
        typed = {one.key: written(one, start[one.key]) for one in form.fields}
        submit(form, typed | {"kind": "other"}, asked)
        row = work.session.get(Contact, row_id)
        assert row.area_id == area_id and row.kind is Agency.OTHER
        add(work, "Xã Na Rì")
        by_label = {choice.label: choice.code for choice in area_choices(work)}
        found = [
            store.page(work, CONTACTS, Query({"area": by_label[label]})).total
            for label in ("Huyện Na Rì", "Xã Na Rì (trước thuộc Huyện Na Rì)")
        ]
        assert found == [1, 1]


@pytest.mark.parametrize("text", ["0209000222", "0209 000 222", "000222", "nong van binh 0209"])
def test_a_telephone_is_found_however_it_is_spaced(any_office: Office, text: str) -> None:
    police = f.actor(any_office, Role.POLICE, "Công an tỉnh")
    with Work(any_office, police, write=True, today=BEFORE) as work:
        add(work, "Huyện", full_name="Nông Văn Bình", phone="0209 000.222")
        add(work, "Huyện", phone="0205 000 111")
    with Work(any_office, police, write=True, today=BEFORE) as work:
        assert store.page(work, CONTACTS, Query(text=text)).total == 1


def test_a_shelter_reads_contacts_and_writes_none_a_leader_reads_none(any_office: Office) -> None:
    with Work(any_office, f.actor(any_office, Role.SHELTER, f.SHELTER), write=True) as work:
        assert store.page(work, CONTACTS).total == 0
        with pytest.raises(Refused):
            store.asked(work, CONTACTS)
    with (
        Work(any_office, f.actor(any_office, Role.LEADER, "Ủy ban nhân dân tỉnh")) as work,
        pytest.raises(Refused),
    ):
        store.page(work, CONTACTS)
