"""What an attacker typed into the address: every screen answers with itself or with one sentence, never with an
error nobody foresaw, and never with a file, a person or a row that is not theirs."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from db.accounts import Role
from db.attachments import ScanKind
from db.handover import Direction, Handover
from db.people import Person
from db.verification import VerificationRequest
from pages.menu import MENU
from services import case_search, incidents, verification
from services.access import rights_of
from services.errors import Refused
from services.incidents import Shared
from services.office import Office
from services.people import Known
from services.records import add, rows
from services.registers import case_forms, incident_forms, letter_forms, matching_forms
from services.removals import removal
from services.scans import attachments
from services.work import Work, command_line
from tests import factories as make
from tests.pages.screens import Open
from tests.services.letters import conftest as files
from tests.services.papers import picture

HIDDEN = ("Giàng Thị Kín", "2018-0002", "0988777666", "Giấy kín")
JUNK = ("-1", "f" * 400, "9" * 5000, "é<script>'\"\x00")
PEOPLE = (  # nobody who sees the file of Ba Bể
    (Role.LOCAL, "UBND Huyện Na Rì"),
    (Role.POLICE, "Công an Huyện Na Rì"),
    (Role.SHELTER, make.SHELTER),
    (Role.LEADER, "Ủy ban nhân dân tỉnh"),
    (Role.ADMIN, make.LABOUR),
)
WITHOUT_PEOPLE = PEOPLE[3:]
NAMES = (
    *("id", "do", "row", "key", "list", "sort", "page", "role", "code", "period", "unit", "why", "undo", "done"),
    *(
        "saved",
        "open",
        "date",
        "part",
        "regime",
        "incident",
        "state",
        "district",
        "from",
        "to",
        "q",
        "only",
        "other",
    ),
    *("limit", "mau", "van_ban"),
)
DO = tuple(
    dict.fromkeys(
        (
            *case_forms.FORMS,
            *letter_forms.FORMS,
            *incident_forms.FORMS,
            *(name for name in dir(matching_forms) if name.isupper()),
            *("match", "merge", "unmerge", "unmatch", "link", "different", "add_scan", "open_scan", "letter"),
            *(
                "new",
                "add",
                "edit",
                "remove",
                "office_value",
                "holidays",
                "keep_list",
                "rename_list",
                "next_person",
            ),
        )
    )
)


@pytest.fixture
def unforeseen(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Errors nobody foresaw; there must be none when the test ends."""
    from services import logs

    found: list[str] = []
    monkeypatch.setattr(logs, "unforeseen", lambda error: found.append(logs.places(error)) or "MÃ")
    yield found
    assert not found, found[0]


def clean(test: Any, words: str = "") -> None:
    assert not test.exception, test.exception
    drawn = repr([getattr(element, "proto", "") for element in test.main]) + repr(test.main)
    for secret in HIDDEN:
        assert secret not in drawn, f"{secret} at {words}"


@pytest.fixture
def hidden(office: Office) -> dict[str, str]:
    """A file of Ba Bể with a row of each kind: the ids nobody in Na Rì may use."""
    with Work(office, command_line(), write=True, today=make.TODAY) as work:
        make.case(work, full_name="Nông Thị Mẩy")
        place = {
            "unit_id": make.unit(work, "UBND Huyện Ba Bể").id,
            "home_district_id": make.area(work, "Huyện Ba Bể").id,
        }
        shared = Shared(received_on=date(2018, 7, 3), unit_id=place["unit_id"], expected=2)
        incident = incidents.begin(work, facts=shared)
        case = incidents.receive(
            work,
            incident,
            facts=Known(full_name=HIDDEN[0], phone=HIDDEN[2]),
            home={"home_district_id": place["home_district_id"]},
        )
        police = make.unit(work, "Công an Huyện Ba Bể").id
        verification.request(work, case, requested_on=date(2018, 7, 5), unit_id=police)
        me = rows(work, Person, case)[0]
        handed = Handover(case_id=case.id, person_id=me.id, direction=Direction.IN, handed_on=date(2018, 7, 4))
        handed.counterpart = "Bên bạn"
        add(work, case, handed)
        scan = attachments.add(work, case, kind=ScanKind.PROOF, title=HIDDEN[3], data=picture())
        letter = files.made(work, case, "thong_bao_tiep_nhan", unit_id=place["unit_id"])
        gone = removal.remove(work, case, handed, reason="Ghi nhầm sang người khác")
        found = {
            "case": case, "person": me, "incident": incident, "scan": scan, "letter": letter, "removal": gone,
            "request": rows(work, VerificationRequest, case)[0],
        }  # fmt: skip
        return {name: format(row.id, "x") for name, row in found.items()}


@pytest.mark.parametrize("screen", list(MENU), ids=lambda screen: screen.address or "today")
def test_any_address_is_a_screen_or_a_sentence(
    office: Office, hidden: dict[str, str], open_screen: Open, unforeseen: list[str], screen: Any
) -> None:
    """Somebody who may open it, with nonsense and other people's ids in every part of its address at once."""
    able = (make.actor(office, role, at) for role, at in PEOPLE)
    actor = next(one for one in able if screen.right is None or screen.right in rights_of(one))
    for junk in (*JUNK, hidden["case"], hidden["letter"]):
        test = open_screen(actor, screen.module.removeprefix("pages."), **dict.fromkeys(NAMES, junk))
        clean(test, f"{screen.address} {junk[:20]}")


def test_no_form_opens_over_a_row_that_is_not_of_the_file(
    office: Office, hidden: dict[str, str], open_screen: Open, unforeseen: list[str]
) -> None:
    """The page of one's own file, asked for every form over each row of another file."""
    actor = make.actor(office, Role.LOCAL, "UBND Huyện Na Rì")
    with Work(office, actor) as work:
        own = format(case_search.find(work).rows[0].id, "x")
    rows_there = tuple(hidden.values())
    for number, do in enumerate(DO):
        clean(open_screen(actor, "case", id=own, do=do, row=rows_there[number % len(rows_there)]), do)
    for do in DO[::8]:
        clean(
            open_screen(actor, "case", id=hidden["case"], do=do, row=hidden["request"]), f"{do} of the hidden file"
        )


def test_roles_without_people_open_no_case(
    office: Office, hidden: dict[str, str], open_screen: Open, unforeseen: list[str]
) -> None:
    """The menu hides these screens; drawn all the same, each refuses by itself."""
    for role, at in WITHOUT_PEOPLE:
        actor = make.actor(office, role, at)
        for screen in ("case", "cases", "bulk", "removed", "intake", "incident", "verification", "protection"):
            test = open_screen(actor, screen, id=hidden["case"], do="letter", row=hidden["letter"])
            clean(test, screen)
            assert [error.value for error in test.error] == [Refused.sentence] or screen == "bulk"
