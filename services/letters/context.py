"""What one document speaks of: the file, its people, the row it is about, who issues it, on which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import sqlalchemy as sa
from sqlmodel import select

from db.base import Row, table_of
from db.cases import Case, CaseState, Incident
from db.handover import Handover
from db.people import Person, PersonKind
from db.places import Unit
from db.verification import Conclusion, Extension, VerificationRequest
from services import law, lifecycle
from services.access import seen, visible
from services.identity import names
from services.records import rows
from services.reports.issuer import Issuer, letter_issuer, written
from services.work import Work

ABOUT: dict[str, type[Row]] = {"request": VerificationRequest, "conclusion": Conclusion, "handover": Handover}


@dataclass(frozen=True)
class Context:
    """`row` is the request, conclusion or hand-over the document is about; None: the file itself.

    `day` is the day of the document: names and look are those of that day."""

    work: Work
    case: Case
    unit_id: int
    day: date
    row: Row | None = None

    @cached_property
    def people(self) -> list[Person]:
        return rows(self.work, Person, self.case)

    @cached_property
    def person(self) -> Person:
        return next(person for person in self.people if person.kind is PersonKind.SUBJECT)

    @cached_property
    def request(self) -> VerificationRequest | None:
        """The request the document is about, else the latest one before what it is about."""
        if isinstance(self.row, VerificationRequest):
            return self.row
        known = [
            row for row in rows(self.work, VerificationRequest, self.case) if row.requested_on <= self.fact_day
        ]
        return max(known, key=lambda row: (row.requested_on, row.created_at), default=None)

    @cached_property
    def conclusion(self) -> Conclusion | None:
        if isinstance(self.row, Conclusion):
            return self.row
        return lifecycle.last_conclusion(self.work, self.case)

    @cached_property
    def handover(self) -> Handover | None:
        return self.row if isinstance(self.row, Handover) else None

    @cached_property
    def handed_together(self) -> "list[tuple[Context, set[int]]]":
        """Who was handed over the same day the same way: this file with its people, then the others whose
        minutes have the same number, as far as the person at work may read them. Their reading is in the trail."""
        if self.handover is None:
            return []
        found = [(self, _handed_as(self.handover, rows(self.work, Handover, self.case)))]
        for case in _on_the_same_minutes(self.work, self.handover):
            seen(self.work, case)
            other = Context(self.work, case, self.unit_id, self.day)
            found.append((other, _handed_as(self.handover, rows(self.work, Handover, case), minutes=True)))
        return found

    @cached_property
    def extension(self) -> Extension | None:
        known = rows(self.work, Extension, self.case)
        return max(known, key=lambda row: (row.until, row.created_at), default=None)

    @cached_property
    def incident(self) -> Incident | None:
        found = self.case.incident_id
        return self.work.session.get(Incident, found) if found else None

    @cached_property
    def fact_day(self) -> date:
        """The day of what the document is about: its law is that of this day."""
        return day_of(self.row) or max(self.case.received_on, min(self.day, self.work.today))

    @cached_property
    def regime(self) -> law.Regime:
        return lifecycle.regime(self.work, self.case, self.fact_day)

    @cached_property
    def issuer(self) -> Issuer:
        return letter_issuer(self.work, self.unit_id, self.day)

    @cached_property
    def unit(self) -> Unit:
        found = self.work.session.get(Unit, self.unit_id)
        assert found is not None
        return found

    def unit_name(self, unit_id: int | None) -> str:
        """The name of a unit as it stands in a sentence; with its province where the name needs it."""
        name = names.units(self.work).get(unit_id or 0, "")
        if unit_id is None or not name.endswith(" tỉnh"):
            return written(name)
        return letter_issuer(self.work, unit_id, self.fact_day).name


def _handed_as(one: Handover, known: Sequence[Handover], *, minutes: bool = False) -> set[int]:
    """The people handed over as `one` was; of another file, those on its minutes only."""
    return {
        row.person_id
        for row in known
        if (row.handed_on, row.direction) == (one.handed_on, one.direction)
        and (not minutes or row.minutes_number == one.minutes_number)
    }


def _on_the_same_minutes(work: Work, one: Handover) -> Sequence[Case]:
    if not one.minutes_number:
        return ()
    row, case = table_of(Handover).c, table_of(Case).c
    same = sa.select(row.case_id).where(
        row.case_id != one.case_id,
        row.minutes_number == one.minutes_number,
        row.handed_on == one.handed_on,
        row.direction == one.direction,
        row.unit_id.is_not_distinct_from(one.unit_id),
        row.counterpart.is_not_distinct_from(one.counterpart),
    )
    asked = visible(work, select(Case).where(case.id.in_(same), case.state != CaseState.MERGED))
    return list(work.session.exec(asked.order_by(case.code)).all())


def day_of(row: Row | None) -> date | None:
    """The day of a row a document may be about."""
    if isinstance(row, VerificationRequest):
        return row.requested_on
    if isinstance(row, Conclusion):
        return row.concluded_on
    return row.handed_on if isinstance(row, Handover) else None
