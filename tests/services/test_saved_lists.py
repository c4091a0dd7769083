"""Lists under a name: one's own, shared with a role, renamed, forgotten; what is shared is the filters only."""

import pytest
import sqlalchemy as sa

from db.accounts import Account, Role
from db.base import table_of
from db.desk import SavedList
from services.errors import Invalid, NotReady, Refused
from services.office import Office
from services.registers import saved_lists, store
from services.registers.case_list import CASES
from services.registers.core import Asked
from services.registers.listing import Listing, Query
from services.registers.saved_lists import Saved
from services.registers.typed import submit
from services.work import Actor, Work, command_line
from tests import factories as f
from tests.services.registers_for_tests import EVENTS

VICTIMS = Query({"state": "victim", "nonsense": "<b>", "from": "1/1/2018", "sort": "code"}, "hòa")


@pytest.fixture
def people(any_office: Office) -> dict[str, Actor]:
    """Two of the police, one of the labour department, with accounts of their own."""
    held = {
        "kiên": f.actor(any_office, Role.POLICE, "Công an tỉnh"),
        "tùng": f.actor(any_office, Role.POLICE, "Công an tỉnh"),
        "bình": f.actor(any_office, Role.LABOUR_DEPT, f.LABOUR),
    }
    with Work(any_office, command_line(), write=True) as work:
        for number, name in enumerate(held, 1):
            row = Account(username=f"nguoi{number}", full_name=name, active=True)
            work.session.add(row)
            held[name] = Actor(row.id, name, held[name].holdings, f"session{number}")
    return held


def keep(office: Office, actor: Actor, title: str, role: str = "", query: Query = VICTIMS) -> int:
    with Work(office, actor, write=True) as work:
        typed = {"title": title, "shared_with": role}
        return int(submit(saved_lists.keep_form(CASES, query), typed, saved_lists.new(work, CASES)).id)


def offered(office: Office, actor: Actor) -> list[Saved]:
    with Work(office, actor) as work:
        return list(saved_lists.offered(work, CASES))


def test_ones_own_list_comes_back_as_it_was(any_office: Office, people: dict[str, Actor]) -> None:
    saved = keep(any_office, people["kiên"], "Nạn nhân năm 2018")
    (one,) = offered(any_office, people["kiên"])
    assert (one.title, one.own, one.shared_with) == ("Nạn nhân năm 2018", True, None)
    with Work(any_office, people["kiên"]) as work:
        query = saved_lists.query_of(work, CASES, saved)
    assert query.codes == {"state": "victim", "from": "01/01/2018", "sort": "code"} and query.text == "hòa"


def test_nobody_else_sees_or_opens_a_private_list(any_office: Office, people: dict[str, Actor]) -> None:
    saved = keep(any_office, people["kiên"], "Của tôi")
    for other in ("tùng", "bình"):
        assert offered(any_office, people[other]) == []
        with Work(any_office, people[other]) as work, pytest.raises(Refused):
            saved_lists.query_of(work, CASES, saved)


def test_a_shared_list_gives_its_role_the_filters_and_nothing_typed(
    any_office: Office, people: dict[str, Actor]
) -> None:
    saved = keep(any_office, people["kiên"], "Chung", "police")
    (theirs,) = offered(any_office, people["tùng"])
    assert not theirs.own and theirs.shared_with is Role.POLICE and offered(any_office, people["bình"]) == []
    with Work(any_office, people["tùng"]) as work:
        query = saved_lists.query_of(work, CASES, saved)
    assert query.codes["state"] == "victim" and query.text == ""
    with any_office.engine.connect() as connection:
        assert connection.execute(sa.select(table_of(SavedList).c.text.is_(None))).scalar_one()


def test_only_its_owner_renames_and_forgets_it(any_office: Office, people: dict[str, Actor]) -> None:
    saved = keep(any_office, people["kiên"], "Chung", "police")
    with Work(any_office, people["tùng"], write=True) as work:
        with pytest.raises(Refused):
            saved_lists.own(work, CASES, saved)
        with pytest.raises(Refused):
            saved_lists.forget(work, CASES, saved)
    with Work(any_office, people["kiên"], write=True) as work:
        typed = {"title": "Riêng", "shared_with": ""}
        submit(saved_lists.rename_form(CASES), typed, saved_lists.own(work, CASES, saved))
    assert offered(any_office, people["tùng"]) == []
    assert [one.title for one in offered(any_office, people["kiên"])] == ["Riêng"]
    with Work(any_office, people["kiên"], write=True) as work:
        saved_lists.forget(work, CASES, saved)
    assert offered(any_office, people["kiên"]) == []


def test_sharing_a_list_takes_its_text_away(any_office: Office, people: dict[str, Actor]) -> None:
    saved = keep(any_office, people["kiên"], "Riêng")
    with Work(any_office, people["kiên"], write=True) as work:
        typed = {"title": "Riêng", "shared_with": "police"}
        submit(saved_lists.rename_form(CASES), typed, saved_lists.own(work, CASES, saved))
    with Work(any_office, people["kiên"]) as work:
        assert saved_lists.query_of(work, CASES, saved).text == ""


def test_limits_are_said(any_office: Office, people: dict[str, Actor], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_lists, "MOST", 2)
    keep(any_office, people["kiên"], "Một")
    with pytest.raises(Invalid) as taken:
        keep(any_office, people["kiên"], "mot")
    assert taken.value.problems == {"title": saved_lists.TAKEN}
    with pytest.raises(Invalid) as long:
        keep(any_office, people["kiên"], "x" * 61)
    assert long.value.problems == {"title": saved_lists.TOO_LONG}
    with pytest.raises(NotReady, match="điều kiện lọc"):
        keep(any_office, people["kiên"], "Không gì", query=Query())
    with pytest.raises(NotReady, match="điều kiện lọc"):
        keep(any_office, people["kiên"], "Chỉ có chữ", "police", query=Query(text="hòa"))
    keep(any_office, people["kiên"], "Hai")
    with pytest.raises(NotReady, match="nhiều nhất"):
        keep(any_office, people["kiên"], "Ba")


def test_only_roles_that_have_the_list_can_be_shared_with(any_office: Office, people: dict[str, Actor]) -> None:
    with pytest.raises(Invalid):
        keep(any_office, people["kiên"], "Cho lãnh đạo", "leader")


def test_a_list_of_another_page_is_not_this_ones(any_office: Office, people: dict[str, Actor]) -> None:
    saved = keep(any_office, people["kiên"], "Hồ sơ")
    with Work(any_office, people["kiên"]) as work:
        assert saved_lists.offered(work, store.listing(EVENTS)) == []
        with pytest.raises(Refused):
            saved_lists.query_of(work, store.listing(EVENTS), saved)


@pytest.mark.parametrize("listing", [CASES, store.listing(EVENTS)], ids=lambda one: one.name)
def test_who_sees_no_names_keeps_no_list(any_office: Office, listing: Listing) -> None:
    leader = f.actor(any_office, Role.LEADER, "Ủy ban nhân dân tỉnh")
    with Work(any_office, leader, write=True) as work:
        with pytest.raises(Refused):
            saved_lists.new(work, listing)
        with pytest.raises(Refused):
            saved_lists.keep_form(listing, VICTIMS).save(Asked(work), {"title": "x"})
        if listing is not CASES:
            assert saved_lists.offered(work, listing) == ()
