"""Files outside one's area: that there is one, and whom to ask. Nothing else, and not too often.

Each telling is in the trail of that file before it is shown, so its owner sees who asked. After a number of
people, or of questions, an hour every new question gets the same sentence, whether there is a file or not: a
guess that finds nobody counts too, so that years of birth and numbers cannot be tried one after another.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from db.base import table_of
from db.places import Unit, UnitKind
from db.trail import Action
from services.work import Work

AT_ONCE = 3
PER_HOUR = 20  # different people of whom somebody may learn that they have a file
QUESTIONS_PER_HOUR = 150  # different names, births and numbers: a form asks three or four times a person
HOUR = timedelta(hours=1)
OUT_OF_LOOKS = "Đã hết lượt tra ngoài địa bàn trong giờ này; cần tra tiếp thì hỏi đơn vị thường trực."
WHY = "tra trùng ngoài địa bàn"


class Held(NamedTuple):
    """A person of a file elsewhere, the closest likeness first."""

    person_id: int
    case_id: int
    unit_id: int


def out_of_looks(work: Work, question: int) -> bool:
    """Whether this person has asked enough for this hour. A question asked before is not another one."""
    asked = _lately(work, "asked elsewhere")
    if question not in asked and len(asked) >= QUESTIONS_PER_HOUR:
        return True
    asked.setdefault(question, work.now)
    return len(_lately(work, "told")) >= PER_HOUR


def contacts(work: Work, held: Sequence[Held], question: int) -> list[str]:
    """The units to be asked about these people, each once. Writes into the trail first: each other question
    about a person is an entry of its own, so whoever holds the file sees somebody guessing."""
    told, answered, units = _lately(work, "told"), _lately(work, "answered elsewhere"), _units(work)
    found: dict[str, None] = {}
    for one in held[:AT_ONCE]:
        answer = hash((one.person_id, question))
        if answer not in answered:
            fields = format(one.case_id, "x")
            work.record(Action.LIST, "case_file", case_id=one.case_id, fields=fields, reason=WHY)
            told[one.person_id] = answered[answer] = work.now
        found.setdefault(_contact(work, units, one.unit_id))
    return list(found)


def _lately(work: Work, what: str) -> dict[int, datetime]:
    """What this person asked, or learnt, in the last hour."""
    kept: dict[int | None, dict[int, datetime]] = work.office.memory.setdefault(what, {})
    mine = kept.setdefault(work.actor.account_id, {})
    for key in [key for key, at in list(mine.items()) if at < work.now - HOUR]:
        mine.pop(key, None)
    return mine


def _units(work: Work) -> Mapping[int, Any]:
    unit = table_of(Unit).c
    columns = sa.select(unit.id, unit.name, unit.kind, unit.valid_from, unit.valid_to)
    return {row.id: row for row in work.session.connection().execute(columns)}


def _contact(work: Work, units: Mapping[int, Any], unit_id: int) -> str:
    """The unit that holds the file; where it is no more, or must not be named (a shelter), the standing agency."""
    holds = units[unit_id]
    if holds.kind is not UnitKind.SHELTER and _at_work(holds, work):
        return str(holds.name)
    standing = (one for one in units.values() if one.kind in (UnitKind.LABOUR_DEPT, UnitKind.HEALTH))
    return next((str(one.name) for one in standing if _at_work(one, work)), str(UnitKind.LABOUR_DEPT.label))


def _at_work(unit: Any, work: Work) -> bool:
    return bool((unit.valid_from or work.today) <= work.today <= (unit.valid_to or work.today))
