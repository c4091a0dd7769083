"""Numbers of documents: one series a unit, kind of document and year, without gaps and without doubles.

A number is taken in the transaction that issues the document, behind a lock on the series' counter: what
is rolled back gives its number back, and two people at once wait for each other. A cancelled document
keeps its number.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from db.base import new_id, table_of
from db.letters import Letter
from db.trail import Counter
from services.work import Work

HIGHEST = 999_999  # of a year's documents; a slip of the pen must not carry the series off
_LEADING = re.compile(r"\d+")
_INSERT: dict[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def take(work: Work, unit_id: int, template: str, year: int) -> int:
    """The next number of a series. Numbers that were typed by hand in that year are not given again."""
    counter = _locked(work, unit_id, template, year)
    counter.value = max(counter.value, *_given(work, unit_id, template, year), 0) + 1
    work.session.flush()
    return counter.value


def is_given(work: Work, unit_id: int, template: str, year: int, number: str) -> bool:
    """Whether a number typed by hand stands on another document of the series already."""
    _locked(work, unit_id, template, year)
    wanted = value_of(number)
    return wanted is not None and wanted in _given(work, unit_id, template, year)


def value_of(number: str) -> int | None:
    """15 of `15/TB-LĐTBXH`; None where a number does not begin with digits."""
    match = _LEADING.match(number)
    return int(match[0]) if match else None


def _given(work: Work, unit_id: int, template: str, year: int) -> set[int]:
    letter = table_of(Letter).c
    found = sa.select(letter.number).where(
        letter.unit_id == unit_id,
        letter.template == template,
        letter.number.is_not(None),
        letter.dated.between(date(year, 1, 1), date(year, 12, 31)),
    )
    values = (value_of(number) for number in work.session.connection().execute(found).scalars())
    return {value for value in values if value is not None}


def _locked(work: Work, unit_id: int, template: str, year: int) -> Counter:
    """The series' counter, held by this transaction until its end; made when there is none."""
    work.session.flush()
    counter, name = table_of(Counter), f"letter:{unit_id:x}:{template}:{year}"
    connection = work.session.connection()
    made = _INSERT[connection.dialect.name](counter).values(id=new_id(), name=name, value=0)
    connection.execute(made.on_conflict_do_nothing(index_elements=["name"]))
    wanted = sa.select(Counter).where(counter.c.name == name).with_for_update()
    return work.session.scalars(wanted, execution_options={"populate_existing": True}).one()
