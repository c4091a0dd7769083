"""Files that are verified and concluded."""

from dataclasses import replace
from datetime import date
from typing import Any

from db.accounts import Role
from db.cases import Case
from db.verification import Conclusion, Outcome
from services import verification, worklists
from services.office import Office
from services.work import Actor, Work, command_line
from tests import factories as make

NARI, PROVINCE = "Công an Huyện Na Rì", "Công an tỉnh"
JULY_3 = date(2018, 7, 3)


def writing(office: Office, actor: Actor | None = None, today: date = make.TODAY) -> Work:
    return Work(office, actor or command_line(), write=True, today=today)


def officer(office: Office, at: str = PROVINCE, *, head: bool = False, account_id: int = 7) -> Actor:
    found = make.actor(office, Role.POLICE, at, head=head, account_id=account_id)
    return replace(found, name=f"Thủ trưởng {at}") if head else found


def verifying(office: Office, on: date = JULY_3, **known: Any) -> int:
    with writing(office, today=max(on, make.TODAY)) as work:
        case = make.case(work, received_on=on, **known)
        verification.request(work, case, requested_on=on, unit_id=make.unit(work, NARI).id)
        return case.id


def conclude(work: Work, case: Case, on: date, outcome: Outcome = Outcome.NOT_VICTIM, **known: Any) -> Conclusion:
    return verification.conclude(work, case, outcome=outcome, concluded_on=on, **known)


def listed(office: Office, actor: Actor, name: str) -> list[int]:
    """The files on a work list, which counts what it shows."""
    with Work(office, actor, today=make.TODAY) as work:
        found = worklists.LISTS[name]
        page = worklists.page(work, found)
        assert page.total == worklists.count(work, found)
        return [line.case.id for line in page.rows]
