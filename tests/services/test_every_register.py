"""Every list that is declared, put through the same: rights, masking, filters, orders, search, pages, files."""

import importlib
import pkgutil
from collections.abc import Iterator
from io import BytesIO

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

import services.registers
from db.accounts import Role
from db.base import table_of
from db.cases import Incident, Way
from db.fields import Sensitivity, info
from db.trail import Action, TrailEntry
from services.access import GRANTS, Right
from services.errors import Conflict, Invalid, NotReady, Refused
from services.office import Office
from services.registers import list_files, store, store_removal
from services.registers.case_list import CASES
from services.registers.core import Asked
from services.registers.listing import DECLARED, SORT, Listing, Query, Register, apart, chosen, columns_for, words
from services.registers.typed import submit
from services.reports import pdf
from services.work import Actor, Work, command_line
from tests import factories as f
from tests.services.registers_for_tests import EVENTS, fill, rows_for

for module in pkgutil.iter_modules(services.registers.__path__):
    importlib.import_module(f"services.registers.{module.name}")

LISTINGS = [CASES, *(store.listing(register) for register in DECLARED.values())]
AT = {
    Role.LABOUR_DEPT: f.LABOUR,
    Role.POLICE: "Công an tỉnh",
    Role.LOCAL: "UBND Huyện Na Rì",
    Role.SHELTER: f.SHELTER,
    Role.PARTNER: "Sở Tư pháp",
    Role.LEADER: "Ủy ban nhân dân tỉnh",
    Role.ADMIN: f.LABOUR,
}


def actor(office: Office, role: Role) -> Actor:
    return f.actor(office, role, AT[role])


def reading(office: Office, role: Role = Role.LABOUR_DEPT) -> Work:
    return Work(office, actor(office, role), today=f.TODAY)


@pytest.fixture
def full(any_office: Office) -> Office:
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        fill(work)
        for register in DECLARED.values():
            if register is not EVENTS:
                rows_for(work, register)
        for number in range(12):
            f.case(work, full_name=f"Đỗ Thị Hòa {number}", way=list(Way)[number % 4])
    return any_office


@pytest.fixture(params=LISTINGS, ids=lambda one: one.name)
def listing(request: pytest.FixtureRequest) -> Listing:
    found: Listing = request.param
    return found


@pytest.mark.parametrize("role", Role)
def test_only_the_roles_with_its_right_have_the_list(full: Office, listing: Listing, role: Role) -> None:
    with reading(full, role) as work:
        if listing.right in GRANTS[role].rights:
            listing.find(work, Query(), 1, 10)
        else:
            with pytest.raises(Refused):
                listing.find(work, Query(), 1, 10)


@pytest.mark.parametrize("role", Role)
def test_a_column_is_shown_to_those_who_may_see_it_and_to_nobody_else(
    full: Office, listing: Listing, role: Role
) -> None:
    if listing.right not in GRANTS[role].rights:
        return
    with reading(full, role) as work:
        shown = columns_for(work, listing.columns)
        for column in listing.columns:
            if column.source is not None:
                sensitivity = info(column.source)["sensitivity"]
                assert (column in shown) == (sensitivity in GRANTS[role].clear), column.label
        for row in listing.find(work, Query(), 1, 50).rows:
            for column in listing.columns:
                if column not in shown:
                    assert not column.value(row), f"{column.label} reaches {role}"


def test_every_code_of_every_filter_narrows_and_the_rest_narrows_nothing(full: Office, listing: Listing) -> None:
    with reading(full) as work:
        everything = listing.find(work, Query(), 1, 1).total
        assert everything
        for one in listing.filters:
            for choice in one.options(work)[:6]:
                found = listing.find(work, Query({one.name: choice.code}), 1, 500)
                assert found.total == len(found.rows) <= everything
        for name in listing.names:
            assert listing.find(work, Query({name: "không có"}), 1, 1).total == everything
        for name in listing.days:
            assert listing.find(work, Query({name: "01/01/2015"}), 1, 1).total <= everything


def test_a_filter_is_what_its_column_says(full: Office) -> None:
    with reading(full) as work:
        found = store.page(work, EVENTS, Query({"way": "rescued"}), size=500)
        assert found.total and {line.values["way"] for line in found.rows} == {Way.RESCUED}
        days = store.page(work, EVENTS, Query({"received_on_from": "25/12/2020", "received_on_to": "28/12/2020"}))
        said = {line.values["received_on"].isoformat() for line in days.rows}
        assert said == {"2020-12-25", "2020-12-26", "2020-12-27", "2020-12-28"}
        unit = f.unit(work)
        own = store.page(work, EVENTS, Query({"unit": f"{unit.id:x}"}), size=500)
        assert {line.values["unit_id"] for line in own.rows} == {unit.name}


def test_pages_are_complete_and_nothing_stands_twice_in_any_order(full: Office, listing: Listing) -> None:
    with reading(full) as work:
        for name in listing.orders(work):
            query = Query({SORT: name})
            whole = [row.id for row in listing.find(work, query, 1, 500).rows]
            number, size, pieces = 1, 7, []
            while len(pieces) < len(whole):
                page = listing.find(work, query, number, size)
                assert page.rows, name
                pieces += [row.id for row in page.rows]
                number += 1
            assert pieces == whole and len(set(whole)) == len(whole), name


def test_the_head_sorts_up_and_down(full: Office) -> None:
    with reading(full) as work:
        up = [row.values["code"] for row in store.page(work, EVENTS, Query({SORT: "code"}), size=500).rows]
        down = [row.values["code"] for row in store.page(work, EVENTS, Query({SORT: "-code"}), size=500).rows]
        assert up == sorted(up) and down == up[::-1]
        days = [row.values["received_on"] for row in store.page(work, EVENTS, size=500).rows]
        assert days == sorted(days, reverse=True)


def test_nobody_sorts_by_what_they_may_not_see(full: Office) -> None:
    with reading(full, Role.LEADER) as work:
        assert "birth" not in CASES.orders(work)
        for column in EVENTS.columns:
            if info(column)["sensitivity"] is not Sensitivity.OPEN:
                assert str(column.key) not in store.listing(EVENTS).orders(work)


@pytest.mark.parametrize("typed", ["dong dang", "ĐỒNG ĐĂNG", "Đồng Đăng", "  Dang   dong ", "sk-000"])
def test_search_is_folded_in_plain_and_sealed_columns(full: Office, typed: str) -> None:
    import unicodedata

    with reading(full) as work:
        for text in (typed, unicodedata.normalize("NFD", typed)):
            found = store.page(work, EVENTS, Query(text=text), size=500)
            assert found.total, text
            for line in found.rows:
                assert line.values["code"] == "SK-000" or "Đồng Đăng" in str(line.values["summary"])


def test_what_is_new_changed_or_gone_is_found_so_at_once(any_office: Office) -> None:
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        fill(work, 3)
    with reading(any_office) as work:
        assert store.page(work, EVENTS, Query(text="dong dang")).total == 1
    with Work(any_office, command_line(), write=True) as work:
        rows = work.session.scalars(sa.select(Incident).order_by(table_of(Incident).c.code)).all()
        rows[0].summary = "Đã đổi"
        rows[1].summary = "Nay ở Đồng Đăng"
        work.session.delete(rows[2])
    with reading(any_office) as work:
        found = store.page(work, EVENTS, Query(text="dong dang"))
        assert [line.values["code"] for line in found.rows] == ["SK-001"]
        assert store.page(work, EVENTS, Query(text="sk-002")).total == 0


def test_nobody_finds_a_row_through_a_column_they_may_not_see(full: Office) -> None:
    with reading(full, Role.LEADER) as work:
        assert store.page(work, EVENTS, Query(text="dong dang")).total == 0


def test_one_sees_ones_own_rows_only(full: Office) -> None:
    with reading(full, Role.POLICE) as work:
        found = store.page(work, EVENTS, size=500)
        assert found.total == 30 and {line.values["unit_id"] for line in found.rows} == {"Công an tỉnh"}
        everybodys = {row.id for row in found.rows}
    with reading(full) as work:
        other = next(row.id for row in store.page(work, EVENTS, size=500).rows if row.id not in everybodys)
    for right in (None, Right.INTAKE):
        with reading(full, Role.POLICE) as work, pytest.raises(Refused):
            store.get(work, EVENTS, other, right)


def test_a_page_that_names_people_is_in_the_trail_once(full: Office, listing: Listing) -> None:
    with reading(full) as work:
        for _ in range(2):
            listing.find(work, Query(), 1, 5)
    trail = table_of(TrailEntry).c
    with full.engine.connect() as connection:
        lists = connection.execute(sa.select(trail.fields).where(trail.action == Action.LIST)).scalars().all()
    with reading(full) as work:
        named = any(
            c.source is not None and info(c.source)["sensitivity"] is not Sensitivity.OPEN
            for c in columns_for(work, listing.columns)
        )
    assert len(lists) == int(named)


def cells_of(work: Work, listing: Listing, query: Query) -> Iterator[list[str]]:
    for row in listing.find(work, query, 1, 5000).rows:
        yield [words(column.value(row)) for column in apart(work, listing.columns)]


@pytest.mark.parametrize("role", [Role.LABOUR_DEPT, Role.POLICE, Role.LOCAL])
def test_the_sheet_is_the_list(full: Office, listing: Listing, role: Role) -> None:
    if listing.right not in GRANTS[role].rights:
        return
    with reading(full, role) as work:
        expected = list(cells_of(work, listing, Query()))
        heads = [column.label for column in apart(work, listing.columns)]
        sheet = load_workbook(BytesIO(list_files.sheet(work, listing, Query()))).active
    lines = list(sheet.iter_rows(min_row=4))
    assert [cell.value for cell in lines[0]] == ["STT", *heads]
    for line, cells in zip(lines[1:], expected, strict=True):
        assert all(cell.data_type != "f" for cell in line)  # no text became a formula
        for cell, said in zip(line[1:], cells, strict=True):
            value = cell.value.date() if cell.is_date else cell.value
            assert words(value) == said


def test_the_print_is_the_list_with_its_filters_in_words(full: Office, listing: Listing) -> None:
    one = next(each for each in listing.filters if each.options is not None)
    with reading(full) as work:
        choice = next(c for c in one.options(work) if listing.find(work, Query({one.name: c.code}), 1, 1).total)
        query = Query({one.name: choice.code})
        document = list_files.document(work, listing, query)
        expected = list(cells_of(work, listing, query))
        assert f"{one.label}: {choice.label}" in document.subject
    table = document.blocks[0]
    assert [[cell or "" for cell in row.cells[1:]] for row in table.rows] == expected
    assert work.actor.name in document.footer_note and "31/12/2020" in document.footer_note
    assert pdf.render(document).startswith(b"%PDF")


def test_a_print_that_is_cut_says_so(full: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(list_files, "MOST_PRINTED", 5)
    with reading(full) as work:
        document = list_files.document(work, store.listing(EVENTS), Query())
    assert len(document.blocks[0].rows) == 5
    assert document.blocks[0].note == "Chỉ in 5 sự kiện đầu trong 60; lọc hẹp lại để in đủ."


def test_who_may_not_export_takes_nothing_away(full: Office) -> None:
    with reading(full, Role.SHELTER) as work:
        for make in (list_files.document, list_files.sheet):
            with pytest.raises(Refused):
                make(work, CASES, Query())


def test_the_number_of_statements_does_not_grow_with_the_rows(full: Office, listing: Listing) -> None:
    said: list[str] = []
    sa.event.listen(full.engine, "before_cursor_execute", lambda *a: said.append(a[2]))
    counts = []
    for size in (2, 12):
        with reading(full) as work:
            listing.find(work, Query(), 1, size)  # its entry in the trail is written here
        with reading(full) as work:
            said.clear()
            for row in listing.find(work, Query(), 1, size).rows:
                for column in columns_for(work, listing.columns):
                    column.value(row)
            counts.append(len(said))
    assert counts[0] == counts[1], counts


def typed(work: Work, **more: str) -> dict[str, str]:
    unit = f"{f.unit(work).id:x}"
    return {"code": "SK-900", "received_on": "3/7/2018", "unit_id": unit, "expected": "1.200"} | more


def test_a_row_is_added_changed_deleted_and_put_back(any_office: Office) -> None:
    forms = store.forms(EVENTS)
    police = actor(any_office, Role.POLICE)
    with Work(any_office, police, write=True, today=f.TODAY) as work:
        row = submit(forms["add"], typed(work, summary="Giải cứu"), store.asked(work, EVENTS))
        row_id, was = row.id, row.expected
    assert was == 1200
    with Work(any_office, police, write=True, today=f.TODAY) as work:
        asked = store.asked(work, EVENTS, row_id)
        submit(forms["edit"], typed(work, summary="Trao trả", way="rescued"), asked)
    with Work(any_office, police, today=f.TODAY) as work:
        row = store.get(work, EVENTS, row_id)
        (section, facts), *_ = store.facts(work, EVENTS, row)
        assert (section, facts[-1].value) == ("Sự kiện", "Trao trả")
        told = " ".join(moment.sentence for moment in store.moments(work, EVENTS, row))
        assert "Tóm tắt vụ việc" in told and "Trao trả" not in told
    with Work(any_office, police, write=True, today=f.TODAY) as work, pytest.raises(Invalid):
        store_removal.remove(store.asked(work, EVENTS, row_id), EVENTS, reason="x")
    with Work(any_office, police, write=True, today=f.TODAY) as work:
        kept = store_removal.remove(store.asked(work, EVENTS, row_id), EVENTS, reason="Nhập nhầm hai lần").id
    with Work(any_office, police, write=True, today=f.TODAY) as work:
        with pytest.raises(Refused):
            store.get(work, EVENTS, row_id)
        store_removal.restore(work, EVENTS, kept)
    with Work(any_office, police, write=True, today=f.TODAY) as work:
        assert store.get(work, EVENTS, row_id).summary == "Trao trả"
        with pytest.raises(NotReady):
            store_removal.restore(work, EVENTS, kept)


def test_what_is_wrong_is_said_and_nothing_is_kept(any_office: Office) -> None:
    police = actor(any_office, Role.POLICE)
    with pytest.raises(Invalid) as refused, Work(any_office, police, write=True, today=f.TODAY) as work:
        submit(store.forms(EVENTS)["add"], typed(work, received_on="1/1/2030"), store.asked(work, EVENTS))
    assert set(refused.value.problems) == {"received_on"}
    with pytest.raises(Refused), Work(any_office, police, write=True, today=f.TODAY) as work:
        other = f"{f.unit(work, f.LABOUR).id:x}"  # the row would not be theirs to see
        submit(store.forms(EVENTS)["add"], typed(work, unit_id=other), store.asked(work, EVENTS))
    with reading(any_office) as work:
        assert store.page(work, EVENTS).total == 0


@pytest.mark.parametrize("role", Role)
def test_only_its_right_writes_a_register(any_office: Office, role: Role) -> None:
    if EVENTS.write in GRANTS[role].rights:
        return
    with Work(any_office, actor(any_office, role), write=True) as work:
        with pytest.raises(Refused):
            store.asked(work, EVENTS)
        with pytest.raises(Refused):
            store.save(Asked(work), EVENTS, {})


def test_what_a_person_may_not_see_stays_when_they_change_the_rest(any_office: Office) -> None:
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        row_id = fill(work, 1)[0]
    held = f.actor(any_office, Role.POLICE, "Công an tỉnh")
    with Work(any_office, held, write=True, today=f.TODAY) as work:
        asked = store.asked(work, EVENTS, row_id)
        store.save(asked, EVENTS, {"received_on": f.TODAY, "country": "Lào"})
    with Work(any_office, command_line()) as work:
        row = work.session.get(Incident, row_id)
        assert row.country == "Lào" and row.summary == "Giải cứu ở Đồng Đăng"


def test_two_people_at_one_row_one_wins(any_office: Office) -> None:
    with Work(any_office, command_line(), write=True, today=f.TODAY) as work:
        row_id = fill(work, 1)[0]
    if any_office.engine.dialect.name != "postgresql":
        return  # SQLite lets one writer in at a time; the form compares versions there
    police = actor(any_office, Role.POLICE)
    with pytest.raises(Conflict), Work(any_office, police, write=True, today=f.TODAY) as slow:
        row = store.get(slow, EVENTS, row_id)
        with Work(any_office, police, write=True, today=f.TODAY) as quick:
            store.get(quick, EVENTS, row_id).country = "Lào"
        row.country = "Thái Lan"


def test_a_declaration_that_cannot_work_is_refused_at_once() -> None:
    from dataclasses import replace

    from db.people import Person
    from db.verification import Conclusion

    with pytest.raises(ValueError):
        replace(EVENTS, name="strange", columns=(Person.full_name,))
    with pytest.raises(ValueError):
        replace(EVENTS, name="of a file", table=Conclusion)


@pytest.mark.parametrize("register", DECLARED.values(), ids=lambda one: one.name)
def test_what_a_register_names_can_be_drawn(any_office: Office, register: Register) -> None:
    with Work(any_office, command_line()) as work:
        for one in store.listing(register).filters:
            codes = [choice.code for choice in one.options(work)]
            assert len(codes) == len(set(codes)), one.name
        assert store.listing(register).orders(work)
        assert chosen(work, store.listing(register), {"nonsense": "x"}) == {}
