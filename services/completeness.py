"""What a complete file has, and what one still lacks: one list, asked of one file and, in SQL, of all.

«Chưa rõ» is an answer, so it lacks nothing; empty means that nobody asked yet.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from db.base import table_of
from db.cases import Case, CaseState, Place
from db.fields import LabelledEnum, info
from db.people import Person, PersonKind
from services.access import shows
from services.ages import under_18
from services.work import Work

S, K = CaseState, PersonKind
CASE = table_of(Case).c
PERSON_TABLE = table_of(Person).alias("person_asked")  # of its own: a list joins the subject beside it
PERSON = PERSON_TABLE.c
EIGHTEEN = 18 * 10_000  # days as numbers like 20201231: their difference is the age in years × 10,000 and a rest


class Since(LabelledEnum):
    """From when on a fact matters."""

    RECEPTION = "reception", "khi tiếp nhận"
    BEFORE_CONCLUSION = "before_conclusion", "trước khi kết luận"
    AFTER_CONCLUSION = "after_conclusion", "sau kết luận là nạn nhân"


# The states in which a fact is asked for now; before them it is only said that it will be needed.
NOW: dict[Since, tuple[CaseState, ...]] = {
    Since.RECEPTION: (S.RECEIVED, S.VERIFYING),
    Since.BEFORE_CONCLUSION: (S.VERIFYING,),
    Since.AFTER_CONCLUSION: (S.VICTIM,),
}
LATER: dict[Since, tuple[CaseState, ...]] = {Since.BEFORE_CONCLUSION: (S.RECEIVED,)}
CORRECT, EDIT_PERSON = "correct", "edit_person"  # the forms that fill the facts in


@dataclass(frozen=True)
class Wanted:
    """One fact. `source` is its column (label, who may see it); `lacks(case, person)` looks at one file,
    `condition` at all: of the file, or of one of its people of the `kinds`."""

    key: str
    source: Any
    since: Since
    lacks: Callable[[Case, Person], bool]
    condition: Any
    kinds: tuple[PersonKind, ...] = (K.SUBJECT,)
    label: str = ""

    @property
    def words(self) -> str:
        return self.label or str(info(self.source)["label"])


def _simple(source: Any, since: Since, *, kinds: tuple[PersonKind, ...] = (K.SUBJECT,)) -> Wanted:
    key = str(source.key)
    if source.class_ is Case:
        return Wanted(key, source, since, lambda case, _: getattr(case, key) is None, CASE[key].is_(None))
    empty = PERSON[key].is_(None)
    return Wanted(key, source, since, lambda _, person: getattr(person, key) is None, empty, kinds)


def _number(day: Any) -> Any:
    """A day as a number like 20201231."""
    part = sa.extract
    return part("year", day) * 10_000 + part("month", day) * 100 + part("day", day)


def _birth_number() -> Any:
    """The same of a birth known in part, as in `services/ages.py`: a year alone is 1 July, a month its 15th."""
    text = sa.type_coerce(PERSON.birth, sa.String)
    length = sa.func.length(text)

    def number(start: int, size: int) -> Any:
        return sa.cast(sa.func.substr(text, start, size), sa.Integer)

    # each branch is only computed for texts of its length: PostgreSQL refuses '' as a number
    month_day = sa.case(
        (length == 4, 701), (length == 7, number(6, 2) * 100 + 15), else_=number(6, 2) * 100 + number(9, 2)
    )
    return number(1, 4) * 10_000 + month_day


def _minor() -> Any:
    return sa.and_(PERSON.birth.is_not(None), _number(CASE.received_on) - _birth_number() < EIGHTEEN)


def _abroad(case: Case) -> bool:
    return case.place is Place.ABROAD


def _unreachable(person: Person) -> bool:
    return person.phone is None and person.safe_contact is None


def _homeless(case: Case) -> bool:
    known = (case.home_district_id, case.home_commune_id, case.home_commune_text, case.home_province)
    return all(value is None for value in known)


def _unguarded(case: Case, person: Person) -> bool:
    return person.guardian_name is None and under_18(person.birth, case.received_on)


EVERYBODY = (K.SUBJECT, K.ACCOMPANYING_MINOR, K.RELATIVE)
BESIDE = (K.ACCOMPANYING_MINOR, K.RELATIVE)
R, B, A = Since.RECEPTION, Since.BEFORE_CONCLUSION, Since.AFTER_CONCLUSION
WANTED: tuple[Wanted, ...] = (
    Wanted(
        "full_name",
        Person.full_name,
        R,
        lambda _, person: bool(person.name_unknown),
        sa.func.coalesce(PERSON.name_unknown, sa.false()),
        EVERYBODY,
    ),
    _simple(Person.sex, R, kinds=(K.SUBJECT, K.ACCOMPANYING_MINOR)),
    _simple(Person.birth, R, kinds=(K.SUBJECT, K.ACCOMPANYING_MINOR)),
    _simple(Person.relation, R, kinds=BESIDE),
    Wanted(
        "guardian_name",
        Person.guardian_name,
        R,
        _unguarded,
        sa.and_(PERSON.guardian_name.is_(None), _minor()),
        (K.SUBJECT, K.ACCOMPANYING_MINOR),
    ),
    Wanted(
        "language",
        Person.language,
        R,
        lambda _, person: bool(person.interpreter) and person.language is None,
        sa.and_(PERSON.language.is_(None), sa.func.coalesce(PERSON.interpreter, sa.false())),
    ),
    Wanted(
        "safe_contact",
        Person.safe_contact,
        R,
        lambda _, person: _unreachable(person),
        sa.and_(PERSON.phone.is_(None), PERSON.safe_contact.is_(None)),
    ),
    _simple(Case.way, R),
    _simple(Case.place, B),
    Wanted(
        "country",
        Case.country,
        B,
        lambda case, _: _abroad(case) and case.country is None,
        sa.and_(CASE.place == Place.ABROAD, CASE.country.is_(None)),
    ),
    _simple(Case.purpose, B),
    Wanted(
        "home",
        Case.home_district_id,
        B,
        lambda case, _: _homeless(case),
        sa.and_(
            CASE.home_district_id.is_(None),
            CASE.home_commune_id.is_(None),
            CASE.home_commune_text.is_(None),
            CASE.home_province.is_(None),
        ),
        label="Nơi cư trú",
    ),
    Wanted(
        "ethnic",
        Person.ethnic,
        B,
        lambda _, person: person.ethnic is None and person.nationality is None,
        sa.and_(PERSON.ethnic.is_(None), PERSON.nationality.is_(None)),
    ),
    _simple(Person.address, A),
)


@dataclass(frozen=True)
class Missing:
    """One fact a file lacks. `who` names the person it is of, when it is not the subject; `form` and
    `row_id` open the form that fills it in; `now`: it is asked for at this point of the file's life."""

    words: str
    form: str
    row_id: int | None
    now: bool
    since: Since
    who: str = ""


def of(work: Work, case: Case, people: Sequence[Person]) -> list[Missing]:
    """What the file lacks now and will need next, for this reader: facts they may not see are left out."""
    found = []
    for wanted in WANTED:
        now = case.state in NOW[wanted.since]
        if not (now or case.state in LATER.get(wanted.since, ())) or not shows(work.actor, wanted.source):
            continue
        for person in people:
            if person.kind in wanted.kinds and wanted.lacks(case, person):
                found.append(_missing(work, wanted, person, now))
    return found


def condition(key: str = "") -> Any:
    """A condition on `Case`: the file lacks the fact `key`, or any fact, that is asked for now."""
    chosen = [wanted for wanted in WANTED if key in ("", wanted.key)]
    if not chosen:
        raise KeyError(key)
    parts = []
    for since in Since:
        lacking = [wanted for wanted in chosen if wanted.since is since]
        if lacking:
            parts.append(sa.and_(CASE.state.in_(NOW[since]), sa.or_(*_any(lacking))))
    return sa.or_(*parts)


def _any(lacking: Sequence[Wanted]) -> list[Any]:
    """The conditions of the file itself, and one EXISTS for those of its people."""
    of_file = [wanted.condition for wanted in lacking if wanted.source.class_ is Case]
    of_people = [
        sa.and_(PERSON.kind.in_(wanted.kinds), wanted.condition)
        for wanted in lacking
        if wanted.source.class_ is Person
    ]
    if of_people:
        there = sa.select(sa.literal(1)).select_from(PERSON_TABLE).correlate(table_of(Case))
        of_file.append(there.where(PERSON.case_id == CASE.id, sa.or_(*of_people)).exists())
    return of_file


def _missing(work: Work, wanted: Wanted, person: Person, now: bool) -> Missing:
    words = wanted.words[0].lower() + wanted.words[1:]
    if person.kind is K.SUBJECT:
        return Missing(words, CORRECT, None, now, wanted.since)
    who = str(person.full_name) if shows(work.actor, Person.full_name) else person.kind.label.lower()
    return Missing(words, EDIT_PERSON, person.id, now, wanted.since, who)
