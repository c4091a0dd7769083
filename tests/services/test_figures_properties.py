"""For any invented set of files the account balances, the lines sum, and every figure is what one by one
counting gives."""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from db.base import Row, new_id
from db.cases import Case, CaseState, Place, Reopening, Way
from db.people import Person, PersonKind, Sex
from db.places import Unit
from db.protection import ProtectionMeasure, ProtectionNeed
from db.support import Delivery, SupportKind, SupportNeed
from db.verification import Conclusion, Outcome, VerificationRequest
from services import figures, periods
from services.figures import FIVE
from services.office import Office
from services.work import Work, command_line
from tests.services import figures_oracle as oracle
from tests.services.figures_oracle import FIRST, File

TODAY = date(2026, 11, 1)
spans = st.tuples(st.integers(-10, 190), st.integers(0, 120), st.integers(-5, 130))
examples = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # each example is taken back, so one office serves them all


class Undo(Exception):
    """Leaves a Work without keeping anything."""


def enter(work: Work, found: list[File]) -> list[int]:
    """Writes the files into the tables, past every verb; gives the units used."""
    units = list(work.session.exec(select(Unit.id).order_by(col(Unit.code)).limit(3)))
    for number, file in enumerate(found):
        work.session.add_all(_rows(number, file, units))
    return units


def _rows(number: int, file: File, units: list[int]) -> list[Row]:
    case = Case(
        code=f"X-{number}",
        state=CaseState.RECEIVED,
        received_on=file.received,
        unit_id=units[file.unit],
        place=Place(file.place),
        way=Way(file.way),
    )
    sex = None if file.sex is None else Sex(file.sex)
    kind = PersonKind.SUBJECT
    person = Person(case_id=case.id, subject_id=new_id(), kind=kind, full_name="Nông Thị Mẩy", sex=sex)
    mine: dict[str, Any] = {"case_id": case.id}
    made: list[Row] = [case, person]
    made += [Conclusion(**mine, concluded_on=day, outcome=Outcome(what)) for day, what in file.conclusions]
    made += [Reopening(**mine, reopened_on=day) for day in file.reopenings]
    made += [VerificationRequest(**mine, requested_on=day) for day in file.requests]
    for need in file.needs:
        refusal = {"refused": need.refused, "refused_on": need.refused_on}
        made.append(SupportNeed(**mine, kind=SupportKind(need.kind), declared_on=need.declared, **refusal))
    for given_ in file.given:
        kind_ = SupportKind(given_.kind)
        first = Delivery(**mine, kind=kind_, delivered_on=given_.day, amount=given_.amount)
        made.append(first)
        made += [
            Delivery(**mine, kind=kind_, delivered_on=given_.day, amount=change, corrects_id=first.id)
            for change in given_.corrections
        ]
    if file.danger:
        declared, refused = file.danger
        made.append(ProtectionNeed(**mine, person_id=person.id, declared_on=declared, refused_on=refused))
    made += [
        ProtectionMeasure(**mine, person_id=person.id, measure="A.P1", applied_on=day) for day in file.measures
    ]
    return made


@examples
@given(st.lists(oracle.files, max_size=8), spans)
def test_figures_are_what_counting_one_by_one_gives(
    office: Office, found: list[File], span: tuple[int, int, int]
) -> None:
    start, end = FIRST + timedelta(days=span[0]), FIRST + timedelta(days=span[0] + span[1])
    asked = start + timedelta(days=span[2])
    as_of = min(end, asked)
    period = periods.days(start, end)
    try:
        with Work(office, command_line(), write=True, today=TODAY) as work:
            enter(work, found)
            view = figures.look(work, period, as_of=asked)
            raise Undo
    except Undo:
        pass
    counts, printed = figures.account.of(view), figures.as_json.of(view)
    expected = oracle.account(found, start, as_of)
    assert {name: getattr(counts, name) for name in expected} == expected
    assert counts.opening + counts.received + counts.reopened == counts.concluded + counts.closing
    assert printed["lines"] == oracle.lines(found, start, as_of)
    assert sum(printed["lines"].values()) == printed["concluded"]["victim"]
    reached = {key: (target["met"], target["of"]) for key, target in printed["targets"].items()}
    assert reached == oracle.targets(found, start, as_of)
    assert printed["money"] == oracle.money(found, start, as_of, loans=False)
    assert printed["loans"] == oracle.money(found, start, as_of, loans=True)


@examples
@given(st.lists(oracle.files, max_size=8), st.integers(0, 150), st.integers(1, 60))
def test_parts_sum_to_their_wholes(office: Office, found: list[File], first: int, length: int) -> None:
    start = FIRST + timedelta(days=first)
    period = periods.days(start, start + timedelta(days=length))
    try:
        with Work(office, command_line(), write=True, today=TODAY) as work:
            units = enter(work, found)
            view = figures.look(work, period)
            of_units = [figures.account(work, period, units={unit}) for unit in units]
            raise Undo
    except Undo:
        pass
    whole = figures.account.of(view)
    for name in ("opening", "received", "reopened", "victim", "not_victim", "insufficient", "closing"):
        assert sum(getattr(part, name) for part in of_units) == getattr(whole, name)
    for part in figures.breakdowns.of(view):
        assert (part.received, part.victims) == (whole.received, whole.victim)
    assert sum(figures.received_lines.of(view).values()) == whole.received
    assert sum(figures.lines.of(view)[line] for line in FIVE) == whole.victim
    money = figures.money.of(view)
    assert sum(a.amount for a in money.by_fund) == sum(a.amount for a in money.by_unit) == money.total
    assert sum(a.amount for a in money.by_kind) == money.total
    assert sum(point.received for point in figures.monthly.of(view)) == whole.received
    for target in figures.targets.of(view).values():
        assert target.met + len(target.missed) == target.of


@examples
@given(st.lists(oracle.files, max_size=6), st.integers(1, 80), st.integers(1, 80))
def test_a_periods_closing_is_the_next_ones_opening(
    office: Office, found: list[File], first: int, second: int
) -> None:
    middle = FIRST + timedelta(days=first)
    try:
        with Work(office, command_line(), write=True, today=TODAY) as work:
            enter(work, found)
            one = figures.account(work, periods.days(FIRST, middle))
            next_day = middle + timedelta(days=1)
            two = figures.account(work, periods.days(next_day, next_day + timedelta(days=second)))
            raise Undo
    except Undo:
        pass
    assert one.closing == two.opening
