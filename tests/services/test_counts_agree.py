"""Every number of *today* is the number of lines behind its link, for every role, over random files."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from io import BytesIO
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest
from pypdf import PdfReader

from db.accounts import Role
from db.cases import Case, ClosingOutcome, Way
from db.support import SupportKind
from db.verification import Outcome, ReviewResult
from services import case_search, cases, protection, support, today, verification
from services.errors import AppError
from services.office import Office
from services.removals import removal
from services.reports import pdf, todo
from services.work import Actor, Work, command_line
from services.worklists import LISTS, Where, page, tally
from tests import factories as f

DAY = date(2018, 9, 20)
PEOPLE = [
    (Role.LABOUR_DEPT, f.LABOUR),
    (Role.POLICE, "Công an tỉnh"),
    (Role.POLICE, "Công an Huyện Na Rì"),
    (Role.LOCAL, "UBND Huyện Na Rì"),
    (Role.LOCAL, "UBND Huyện Ba Bể"),
    (Role.SHELTER, f.SHELTER),
    (Role.PARTNER, "Sở Tư pháp"),
    (Role.LEADER, "Ủy ban nhân dân tỉnh"),
    (Role.ADMIN, f.LABOUR),
]


def actors(office: Office) -> Iterator[Actor]:
    for role, at in PEOPLE:
        for head in (False, True):
            yield f.actor(office, role, at, head=head)


def live(work: Work, case: Case, dice: Random, units: list[int]) -> None:
    """A few random steps; what is not possible is refused, which is no matter here."""
    day = case.received_on

    def later() -> date:
        nonlocal day
        day = min(day + timedelta(days=dice.randrange(12)), DAY)
        return day

    kinds = list(SupportKind)
    steps: list[Callable[[], object]] = [
        lambda: verification.request(work, case, requested_on=later(), unit_id=dice.choice(units)),
        lambda: verification.extend(
            work, case, extended_on=later(), until=day + timedelta(days=dice.randrange(5, 60)), reason="Phức tạp"
        ),
        lambda: verification.conclude(
            work, case, outcome=dice.choice(list(Outcome)), concluded_on=later(), paper="A.D28.1"
        ),
        lambda: verification.reopen(work, case, reopened_on=later(), reason="Có tài liệu mới"),
        lambda: protection.declare_need(work, case, declared_on=later()),
        lambda: protection.apply_measure(work, case, measure="A.P5", applied_on=later()),
        lambda: support.declare_need(work, case, kind=dice.choice(kinds), declared_on=later()),
        lambda: support.deliver(work, case, kind=dice.choice(kinds), delivered_on=later()),
        lambda: cases.close(work, case, outcome=ClosingOutcome.OTHER, closed_on=later()),
        lambda: cases.hand_to(work, case, unit_id=f.unit(work, f.SHELTER).id, since=later()),
    ]
    for _ in range(dice.randrange(6)):
        with suppress(AppError):
            dice.choice(steps)()


@pytest.fixture
def filled(any_office: Office) -> Office:
    dice = Random(20260701)
    police = f.actor(any_office, Role.POLICE, "Công an tỉnh", head=True)
    with Work(any_office, command_line(), write=True, today=DAY) as work:
        units = [f.unit(work).id, f.unit(work, "Công an Huyện Na Rì").id]
        homes = [f.area(work, "Huyện Na Rì").id, f.area(work, "Huyện Ba Bể").id, None]
        for _ in range(24):
            case = f.case(
                work,
                received_on=DAY - timedelta(days=dice.randrange(90)),
                way=dice.choice(list(Way)),
                home_district_id=dice.choice(homes),
                unit_id=dice.choice(units),
            )
            live(work, case, dice, units)
    with Work(any_office, police, write=True, today=DAY) as work:  # conclusions of this unit, for its head
        for number in range(4):
            case = f.case(work, received_on=DAY - timedelta(days=9))
            verification.request(work, case, requested_on=DAY - timedelta(days=8), unit_id=units[0])
            made = verification.conclude(work, case, outcome=Outcome.NOT_VICTIM, concluded_on=DAY)
            work.session.flush()
            if number == 0:
                verification.review(work, case, made, result=ReviewResult.RETURNED, reason="Cần hỏi lại")
    return any_office


def text_of(data: bytes) -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(data)).pages).split())


def test_every_count_is_the_number_of_lines_behind_its_link(filled: Office) -> None:
    told = set()
    for actor in actors(filled):
        with Work(filled, actor, today=DAY) as work:
            for group in today.groups(work):
                for item in group.items:
                    told.add((group.name, item.listed))
                    assert item.count == behind(work, item.address), (actor.name, group.title, item.label)
    assert {"late", "soon", "waiting", "decide", "returned"} <= {group for group, _ in told}


def behind(work: Work, address: str) -> int:
    """The lines of the list at an address, over all its pages."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    if address == "/removed":
        return len(removal.shown(work))
    if address == "/cases":
        return case_search.find(work).total
    found = LISTS[asked["list"]]
    assert urlsplit(address).path == f"/{found.screen}"
    where = Where(late=asked.get("late") == "1", soon=asked.get("soon") == "1")
    first = page(work, found, where, size=5)
    lines = [*first.rows]
    for number in range(2, first.pages + 1):
        lines += page(work, found, where, number=number, size=5).rows
    assert len(lines) == first.total
    return len(lines)


def test_late_soon_and_the_rest_make_up_each_list(filled: Office) -> None:
    with Work(filled, command_line(), today=DAY) as work:
        for found in LISTS.values():
            numbers = tally(work, found)
            parts = [page(work, found, Where(**{name: True})).total for name in ("late", "soon", "rest")]
            if found.limit:
                assert parts == [numbers.late, numbers.soon, numbers.total - numbers.late - numbers.soon]
            assert page(work, found).total == numbers.total


def test_the_printed_list_has_every_line_once_with_limit_and_basis(filled: Office) -> None:
    police = f.actor(filled, Role.POLICE, "Công an tỉnh")
    with Work(filled, police, today=DAY) as work:
        lists = [(one, tally(work, one)) for one in LISTS.values() if one.name in ("verifying", "to_request")]
        document = todo.compose(work)
        printed = text_of(pdf.render(document))
    tables = [block for block in document.blocks if hasattr(block, "rows")]
    for found, numbers in lists:
        mine = [table for table in tables if table.caption.startswith(found.label)]
        assert sum(len(table.rows) for table in mine) == numbers.total
    assert "Nông Thị Mẩy" in printed and "quá hạn" in printed and "66/2011/QH12" in printed
    assert todo.KEEP in printed


def test_who_may_not_see_names_prints_none(filled: Office) -> None:
    leader = f.actor(filled, Role.LEADER, "Ủy ban nhân dân tỉnh")
    with Work(filled, leader, today=DAY) as work:
        printed = text_of(pdf.render(todo.compose(work)))
    assert "Nông" not in printed and "Báo cáo" in printed
