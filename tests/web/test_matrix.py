"""Each role × each address, in the very bytes of the websocket, against a policy written down here on its own."""

from datetime import date

import pytest

from db.accounts import Role
from db.cases import CaseUnit
from db.places import Unit
from pages.menu import MENU
from services.cases import hand_to
from services.errors import Refused
from services.work import Work, command_line
from tests import factories as make
from tests.web.conftest import Server

CANARY = "Bàn Thị Hoàng Yến Chim"
EVERYBODY = {"", "guide"}
FILES = {"cases", "case", "removed", "bulk", "contacts"}
OFFICE = {"statistics", "reports", "plan", "law"}
WORK = FILES | {"intake", "incident", "verification", "import"} | OFFICE
POLICY = {
    Role.LABOUR_DEPT: EVERYBODY | WORK | {"support", "templates"},
    Role.POLICE: EVERYBODY | WORK | {"protection", "templates"},
    Role.LOCAL: EVERYBODY | WORK | {"support"},
    Role.SHELTER: EVERYBODY | FILES | {"support", "plan", "law"},
    Role.PARTNER: EVERYBODY | FILES | {"plan", "law"},
    Role.LEADER: EVERYBODY | {"plan", "law"},
    Role.ADMIN: EVERYBODY | {"accounts", "trail"},
}
SEES_THE_CANARY = {Role.LABOUR_DEPT, Role.POLICE}
ADDRESSES = [screen.address for screen in MENU]


@pytest.fixture(scope="module")
def case_id(server: Server) -> int:
    """A file that lives outside the province and was received by the police: in no district's area."""
    with Work(server.office, command_line(), write=True) as work:
        return make.case(work, full_name=CANARY, home_district_id=None, home_province="Cao Bằng").id


@pytest.fixture(scope="module")
def tokens(server: Server) -> dict[Role, str]:
    return {role: server.sign_in(role.value) for role in Role}


def address_of(screen: str, case_id: int) -> str:
    return f"/case?id={case_id:x}" if screen == "case" else f"/{screen}"


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_exactly_its_menu(server: Server, tokens: dict[Role, str], role: Role) -> None:
    with server.tab(tokens[role]) as tab:
        tab.open("/")
        listed = {"" if address == "today" else address for address in tab.menu()}
    assert listed == POLICY[role]


@pytest.mark.parametrize("role", Role)
def test_no_address_shows_a_person_to_the_wrong_role(
    server: Server, tokens: dict[Role, str], case_id: int, role: Role
) -> None:
    for screen in ADDRESSES:
        with server.tab(tokens[role]) as tab:
            tab.open(address_of(screen, case_id))
            shown = CANARY in tab.text()
            if screen not in POLICY[role]:
                assert Refused.sentence in tab.text(), f"/{screen} does not say that it is not there for {role}"
        if screen not in POLICY[role] or role not in SEES_THE_CANARY:
            assert not shown, f"/{screen} shows a person to {role}"
        if screen == "case" and role in SEES_THE_CANARY:
            assert shown, f"the file does not open for {role}"


def test_nobody_sees_anything(server: Server, case_id: int) -> None:
    for screen in ADDRESSES:
        with server.tab() as tab:
            tab.open(address_of(screen, case_id))
            assert CANARY not in tab.text()
            assert "Mật khẩu" in tab.text()


def test_a_resident_is_seen_by_the_shelter_while_handed(
    server: Server, tokens: dict[Role, str], case_id: int
) -> None:
    from db.cases import Case

    with Work(server.office, command_line(), write=True) as work:
        case = work.session.get(Case, case_id)
        at = work.session.get(Unit, make.unit(work, make.SHELTER).id)
        handed = hand_to(work, case, unit_id=at.id, since=date(2018, 7, 5)).id
    with server.tab(tokens[Role.SHELTER]) as tab:
        tab.open(address_of("case", case_id))
        assert CANARY in tab.text()
    with Work(server.office, command_line(), write=True) as work:
        work.session.get(CaseUnit, handed).until = date(2018, 9, 1)
    with server.tab(tokens[Role.SHELTER]) as tab:
        tab.open(address_of("case", case_id))
        assert CANARY not in tab.text()
