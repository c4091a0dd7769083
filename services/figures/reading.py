"""The selects behind the facts: plain columns, the same on both engines, no row objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import sqlalchemy as sa

from db.base import table_of
from db.cases import Case, CaseState, Reopening
from db.fields import PartialDate
from db.people import Person, PersonKind
from db.places import Area, AreaLevel, Unit
from db.protection import ProtectionMeasure, ProtectionNeed
from db.support import Delivery, SupportNeed
from db.verification import Conclusion, VerificationRequest
from services.ages import AgeBand, age_band
from services.figures.course import effective
from services.figures.facts import (
    KINDS,
    NEVER,
    OUTCOMES,
    OUTSIDE,
    Beside,
    Coded,
    Concluded,
    Dated,
    Delivered,
    Facts,
    Files,
    Guarded,
    Home,
    Ints,
    Needed,
    Threatened,
)

Column = Sequence[Any]


def read(connection: sa.Connection) -> Facts:
    """Every fact that figures count."""
    files = _files(connection)
    lines = {key: line for line, key in enumerate(files.ids.tolist())}

    def columns(statement: sa.Select[Any]) -> tuple[Ints, list[Column]]:
        """The lines of the files in a select's first column, and its other columns."""
        rows = connection.execute(statement).all()
        if any(row[0] not in lines for row in rows):  # of a merged file, or of one made while this was read
            rows = [row for row in rows if row[0] in lines]
        first, *others = list(zip(*rows, strict=True)) or [()] * len(statement.selected_columns)
        return _ints(lines[key] for key in first), list(others)

    conclusions, reopenings = effective(
        files.received, _concluded(*columns(_CONCLUSIONS)), _dated(*columns(_REOPENINGS))
    )
    return Facts(
        {row.id: row.name for row in connection.execute(_UNITS)},
        {row.id: _home(row) for row in connection.execute(_AREAS)},
        files,
        _dated(*columns(_REQUESTS)),
        conclusions,
        reopenings,
        _needed(*columns(_NEEDS)),
        _delivered(*columns(_DELIVERIES)),
        _threatened(*columns(_THREATENED)),
        _guarded(*columns(_GUARDED)),
        _beside(*columns(_BESIDE)),
    )


# selects


def _raw(column: Any) -> Any:
    """A coded column as its stored text: a Python object a value would cost more than all the rest."""
    return sa.type_coerce(column, sa.String)


_case, _person, _need = table_of(Case).c, table_of(Person).c, table_of(SupportNeed).c
_delivery, _first = table_of(Delivery).c, table_of(Delivery).alias("first").c
_danger, _measure = table_of(ProtectionNeed).c, table_of(ProtectionMeasure).c
_conclusion, _reopening = table_of(Conclusion).c, table_of(Reopening).c
_request = table_of(VerificationRequest).c

_unit, _area = table_of(Unit).c, table_of(Area).c

_UNITS = sa.select(_unit.id, _unit.name)
_AREAS = sa.select(_area.id, _area.name, _raw(_area.level), _area.valid_from, _area.valid_to).order_by(
    _area.code, _area.valid_from
)
_FILES = (
    sa.select(
        _case.id,
        _case.received_on,
        _person.subject_id,
        _raw(_person.birth),
        _case.unit_id,
        _raw(_case.way),
        _raw(_case.place),
        _case.country,
        _raw(_case.purpose),
        sa.func.coalesce(_case.home_district_id, _case.home_commune_id),  # since 01/7/2025 there are no districts
        _case.home_province,
        _raw(_person.sex),
        _person.ethnic,
    )
    .join_from(
        table_of(Case),
        table_of(Person),
        sa.and_(_person.case_id == _case.id, _person.kind == PersonKind.SUBJECT),
        isouter=True,
    )
    .where(_case.state != CaseState.MERGED)
)  # it counts with the file that was kept
_REQUESTS = sa.select(_request.case_id, _request.requested_on)
_CONCLUSIONS = sa.select(_conclusion.case_id, _conclusion.concluded_on, _raw(_conclusion.outcome)).order_by(
    _conclusion.concluded_on, _conclusion.created_at, _conclusion.id
)
_REOPENINGS = sa.select(_reopening.case_id, _reopening.reopened_on).order_by(
    _reopening.reopened_on, _reopening.created_at, _reopening.id
)
_NEEDS = sa.select(  # an undated need or refusal takes the reception's date
    _need.case_id,
    sa.func.coalesce(_need.declared_on, _case.received_on),
    _raw(_need.kind),
    sa.case((_need.refused, sa.func.coalesce(_need.refused_on, _case.received_on))),
).join_from(table_of(SupportNeed), table_of(Case), _case.id == _need.case_id)
_DELIVERIES = sa.select(  # a correction has the day, kind and fund of what it corrects
    _delivery.case_id,
    sa.func.coalesce(_first.delivered_on, _delivery.delivered_on),
    _raw(sa.func.coalesce(_first.kind, _delivery.kind)),
    sa.func.coalesce(_delivery.amount, 0),
    _raw(sa.func.coalesce(_first.fund, _delivery.fund)),
    _delivery.corrects_id.is_not(None),
).join_from(table_of(Delivery), _first.id.table, _first.id == _delivery.corrects_id, isouter=True)
_THREATENED = sa.select(
    _danger.case_id,
    sa.func.coalesce(_danger.declared_on, _case.received_on),
    _danger.person_id,
    _danger.refused_on,
).join_from(table_of(ProtectionNeed), table_of(Case), _case.id == _danger.case_id)
_GUARDED = sa.select(
    _measure.case_id, _measure.applied_on, _measure.person_id, _person.subject_id, _measure.measure
).join_from(table_of(ProtectionMeasure), table_of(Person), _person.id == _measure.person_id)
_BESIDE = (
    sa.select(_person.case_id, _case.received_on, _raw(_person.kind))
    .join_from(table_of(Person), table_of(Case), _case.id == _person.case_id)
    .where(_person.kind != PersonKind.SUBJECT)
)


# columns → arrays


def _home(row: Any) -> Home:
    return Home(row.name, row.level == AreaLevel.DISTRICT, row.valid_from, row.valid_to)


def _files(connection: sa.Connection) -> Files:
    rows = connection.execute(_FILES).all()
    once = {row[0]: row for row in rows}.values() if rows else ()
    columns = list(zip(*once, strict=True)) or [()] * len(_FILES.selected_columns)
    ids, received, subject, birth, unit, way, place, country, purpose, area, province, sex, ethnic = columns
    home = [OUTSIDE if away and not here else here for here, away in zip(area, province, strict=True)]
    return Files(
        ids=_ints(ids),
        received=_days(received),
        subject=_ints(key or -line for line, key in enumerate(subject, 1)),
        age=Coded.of(_ages(birth, received)),
        unit=Coded.of(unit),
        way=Coded.of(way),
        place=Coded.of(place),
        country=Coded.of(country),
        purpose=Coded.of(purpose),
        home=Coded.of(home),
        sex=Coded.of(sex),
        ethnic=Coded.of(ethnic),
    )


def _dated(file: Ints, columns: list[Column]) -> Dated:
    return Dated(file, _days(columns[0]))


def _concluded(file: Ints, columns: list[Column]) -> Concluded:
    day, outcome = columns
    return Concluded(file, _days(day), _places(outcome, OUTCOMES))


def _needed(file: Ints, columns: list[Column]) -> Needed:
    day, kind, refused = columns
    return Needed(file, _days(day), _places(kind, KINDS), _days(refused))


def _delivered(file: Ints, columns: list[Column]) -> Delivered:
    day, kind, amount, fund, correction = columns
    flags = np.array(correction, bool)
    return Delivered(file, _days(day), _places(kind, KINDS), _ints(amount), Coded.of(fund), flags)


def _threatened(file: Ints, columns: list[Column]) -> Threatened:
    day, person, refused = columns
    return Threatened(file, _days(day), _ints(person), _days(refused))


def _guarded(file: Ints, columns: list[Column]) -> Guarded:
    day, person, subject, measure = columns
    return Guarded(file, _days(day), _ints(person), _ints(subject), Coded.of(measure))


def _beside(file: Ints, columns: list[Column]) -> Beside:
    day, kind = columns
    return Beside(file, _days(day), Coded.of(kind))


def _ints(values: Iterable[int]) -> Ints:
    return np.fromiter(values, np.int64)


def _days(values: Iterable[Any]) -> Ints:
    return _ints(NEVER if day is None else day.toordinal() for day in values)


def _places(values: Iterable[str], among: Sequence[Any]) -> Ints:
    place: Mapping[str, int] = {str(value): number for number, value in enumerate(among)}
    return _ints(place[value] for value in values)


def _ages(births: Column, days: Column) -> Iterator[AgeBand]:
    """A birth year alone counts as 1 July, a month as its 15th."""
    known: dict[str, date] = {text: PartialDate(text).day for text in set(births) if text}
    for text, day in zip(births, days, strict=True):
        yield age_band(known[text], day) if text else AgeBand.UNKNOWN
