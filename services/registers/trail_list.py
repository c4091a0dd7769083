"""The filters of the trail's page: who, what, from which day to which, which file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlmodel import select

from db.accounts import Role
from db.cases import Case
from db.trail import Action
from services import trail
from services.access import Right, has, visible
from services.errors import Invalid
from services.registers.core import Choice
from services.registers.listing import Filter
from services.text import parse_date
from services.trail import TrailFilter
from services.work import Work

WHO = Filter(
    "who",
    "actor_id",
    "Người làm",
    lambda work: [Choice(format(key, "x"), name, key) for key, name in trail.people(work)],
)
WHAT = Filter(
    "what",
    "actions",
    "Việc",
    lambda work: [Choice(one.value, one.label.capitalize(), frozenset({one})) for one in Action],
)
DAYS = {"since": "Từ ngày", "until": "Đến hết ngày"}
NAMES = (WHO.name, WHAT.name, *DAYS)


def wanted(work: Work, codes: Mapping[str, str], number: str = "") -> TrailFilter:
    """The filter behind an address's codes and a file's number. What is not known narrows nothing,
    but a number that is no file of this reader finds nothing."""
    found = TrailFilter(since=_day(codes.get("since")), until=_day(codes.get("until")))
    for one in (WHO, WHAT):
        for choice in one.options(work):
            if choice.code == codes.get(one.name):
                found = replace(found, **{one.fact: choice.value})
    if number.strip() and may_ask_for_files(work):
        found = replace(found, case_id=_case(work, number.strip()))
    return found


def may_ask_for_files(work: Work) -> bool:
    """Administrators know no file by its number."""
    return has(work.actor, Right.READ_CASES)


def may_verify(work: Work) -> bool:
    """Whether this person may have the whole trail checked."""
    return work.actor.operator or Role.ADMIN in work.actor.roles


def _case(work: Work, number: str) -> int:
    known = work.session.exec(visible(work, select(Case.id).where(Case.code == number))).first()
    return int(known or 0)


def _day(typed: str | None) -> date | None:
    try:
        return parse_date(typed) if typed else None
    except Invalid:
        return None
