"""Two people side by side: fact by fact what agrees, what differs, what is not known."""

from dataclasses import dataclass
from typing import Any

from db.cases import Case
from db.fields import LabelledEnum, PartialDate, info
from db.people import Person, PersonKind, Sex
from services.access import shows
from services.identity import names
from services.records import rows
from services.text import vn_date
from services.work import Work

NAME = str(info(Person.full_name)["label"])


class Agreement(LabelledEnum):
    AGREES = "agrees", "Khớp"
    DIFFERS = "differs", "Khác"
    UNKNOWN = "unknown", "Chưa rõ"


@dataclass(frozen=True)
class Known:
    """What is known of the person somebody asks about. Empty facts agree with nothing and differ from nothing."""

    name: str
    alias: str | None = None
    birth: PartialDate | None = None
    sex: Sex | None = None
    identity_number: str | None = None
    phone: str | None = None
    home_district_id: int | None = None
    home_commune_id: int | None = None


@dataclass(frozen=True)
class Compared:
    """One fact of both. `words` says how they stand, `theirs` what the file found holds."""

    label: str
    agreement: Agreement
    mine: str
    theirs: str
    words: str


def known_of(work: Work, case: Case) -> Known:
    """What a file knows of its person, for a comparison."""
    one = subject_of(work, case)
    texts = (str(text) if text else None for text in (one.alias, one.identity_number, one.phone))
    alias, number, phone = texts
    home = case.home_district_id, case.home_commune_id
    return Known(str(one.full_name), alias, one.birth, one.sex, number, phone, *home)


def subject_of(work: Work, case: Case) -> Person:
    """The person who was received with this file."""
    return next(person for person in rows(work, Person, case) if person.kind is PersonKind.SUBJECT)


def compare(work: Work, mine: Known, theirs: Known) -> list[Compared]:
    """Fact by fact, those the reader may see and at least one of the two knows."""
    areas = names.areas(work)

    def home(known: Known) -> str:
        parts = (areas.get(known.home_commune_id or 0), areas.get(known.home_district_id or 0))
        return ", ".join(part for part in parts if part)

    def same_home() -> Agreement:
        return agreement(
            mine.home_district_id or mine.home_commune_id, theirs.home_district_id or theirs.home_commune_id
        )

    sexes = (None if one.sex is Sex.UNKNOWN else one.sex for one in (mine, theirs))
    found = [
        _named(mine, theirs),
        _born(mine.birth, theirs.birth),
        _plain(Person.sex, "Giới tính", *sexes),
        _plain(Person.identity_number, "Số CMND/CCCD", mine.identity_number, theirs.identity_number),
        _plain(Person.phone, "Điện thoại", mine.phone, theirs.phone),
        (Case.home_district_id, Compared("Cư trú", same_home(), home(mine), home(theirs), same_home().label)),
    ]
    seen = (compared for source, compared in found if shows(work.actor, source))
    return [one for one in seen if one.mine or one.theirs]


def _named(mine: Known, theirs: Known) -> tuple[Any, Compared]:
    one, other = names.words(mine.name), names.words(theirs.name)
    every = {names.words(name) for name in (theirs.name, theirs.alias) if name}
    how = Agreement.AGREES
    if one == other:
        said = Agreement.AGREES.label
    elif one in every:
        said = "Khớp tên khác"
    elif sorted(one.split()) in [sorted(name.split()) for name in every]:
        said = "Cùng chữ, khác thứ tự"
    elif mine.alias and names.words(mine.alias) in every:
        said = "Cùng tên khác"
    else:
        how, said = Agreement.DIFFERS, "Gần giống"
    alias = f" ({theirs.alias})" if theirs.alias else ""
    return Person.full_name, Compared(NAME, how, mine.name, theirs.name + alias, said)


def _born(mine: PartialDate | None, theirs: PartialDate | None) -> tuple[Any, Compared]:
    how = agreement_of_birth(mine, theirs)
    said = how.label
    if how is Agreement.AGREES and mine and theirs and not (mine.startswith(theirs) or theirs.startswith(mine)):
        said = "Lệch một năm" if mine[:4] != theirs[:4] else "Cùng năm"
    return Person.birth, Compared("Ngày sinh", how, vn_date(mine), vn_date(theirs), said)


def _plain(source: Any, label: str, mine: Any, theirs: Any) -> tuple[Any, Compared]:
    how = agreement(mine, theirs)

    def said(value: Any) -> str:
        return value.label if isinstance(value, LabelledEnum) else str(value or "")

    return source, Compared(label, how, said(mine), said(theirs), how.label)


def agreement(mine: Any, theirs: Any) -> Agreement:
    if not mine or not theirs or Sex.UNKNOWN in (mine, theirs):
        return Agreement.UNKNOWN
    return Agreement.AGREES if mine == theirs else Agreement.DIFFERS


def agreement_of_birth(mine: PartialDate | None, theirs: PartialDate | None) -> Agreement:
    """Years that lie one apart agree: ages are told by two calendars, and often by heart."""
    if not mine or not theirs:
        return Agreement.UNKNOWN
    return Agreement.AGREES if abs(int(mine[:4]) - int(theirs[:4])) <= 1 else Agreement.DIFFERS
