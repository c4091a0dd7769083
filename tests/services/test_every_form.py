"""One suite for every form: what is asked of each comes from its own declaration."""

import unicodedata
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from db.accounts import Role
from db.base import Row, table_of
from db.cases import Case
from db.desk import Draft
from db.fields import PartialDate, info
from db.people import Person, PersonKind
from db.support import Delivery
from services.access import PROVINCE_WIDE, Right, clear, require
from services.errors import AppError, Invalid, Refused
from services.office import Office
from services.records import rows
from services.registers import case_forms, drafts
from services.registers.core import Asked, Choice, Field, Form, Kind
from services.registers.removal_forms import WHOLE_FILE, name_of
from services.registers.typed import Shown, _value, look, submit, written
from services.removals import removal
from services.work import Actor, Work, command_line
from tests import factories as make
from tests.services.files import bare_file, concluded_file, full_file, victim_file
from tests.services.forms import EVERY, FIELDS

CASE_FORMS = {name: form for name, form in case_forms.FORMS.items() if name != "receive"}
TEXTS = {name: one for name, one in FIELDS.items() if one.kind in (Kind.TEXT, Kind.LONG)}
# What stands in the file when a form is opened; where nothing is named, everything but a conclusion.
STAGES: dict[str, Callable[[Work], Case]] = {
    "reopen": concluded_file,
    "close": concluded_file,
    "remove_conclusion": concluded_file,
    "remove_reopening": lambda work: concluded_file(work, "reopened"),
    "remove_closing": lambda work: concluded_file(work, "closed"),
    "proof": victim_file,
    "protection_need": make.case,
    "remove_case_file": bare_file,
    "remove_protection_need": bare_file,
    "remove_support_need": bare_file,
    "remove_verification_request": bare_file,
}
EXAMPLES: dict[str, dict[str, Any]] = {  # where the verb wants more than a value of the right kind
    "person": {"full_name": "Nông Thị Tư"},
    "receive": {"full_name": "Nông Thị Tư"},
    "extend": {"extended_on": "10/07/2018", "until": "10/08/2018"},
    "conclude": {"outcome": "insufficient"},
    "refer": {"body": "Hội Liên hiệp phụ nữ huyện"},
    "hand_over": {"counterpart": "Cơ quan bạn"},
}
# Their rows come from composing, scanning or deleting: they are saved in the tests of those subjects.
ROWS_MADE_ELSEWHERE = {"letter", "attachment", "removal"}
ELSEWHERE = {"make_letter", "match", "unmatch", "unmerge", "review"}  # the last is a head's own conclusion
ADDS_TO_ITS_ROW = {"correct_delivery"}
REMOVERS = {name_of(model): rights for model, rights in removal.RIGHTS.items()}
SAVED = {
    name: form
    for name, form in CASE_FORMS.items()
    if (form.row is None or table_of(form.row).name not in ROWS_MADE_ELSEWHERE) and name not in ELSEWHERE
}


def shown(one: Field, *choices: Choice, required: bool = False) -> Shown:
    return Shown(one, choices, required)


def by_ids(found: dict[str, Any]) -> Any:
    return pytest.mark.parametrize("one", found.values(), ids=found)


# Of every field.


@by_ids({name: one for name, one in FIELDS.items() if one.kind is not Kind.FLAG})
def test_a_required_field_says_what_is_missing(one: Field) -> None:
    with pytest.raises(Invalid, match=r"^Cần (ghi|chọn) .+\.$"):
        _value(shown(one, required=True), [] if one.kind is Kind.MANY else "  ")


@by_ids(TEXTS)
def test_a_text_that_is_too_long_is_refused_with_its_limit(one: Field) -> None:
    assert _value(shown(one), "a" * one.longest) == "a" * one.longest
    with pytest.raises(Invalid, match=f"nhiều nhất {one.longest} ký tự"):
        _value(shown(one), "a" * (one.longest + 1))


@by_ids(TEXTS)
def test_a_text_is_kept_as_it_was_meant(one: Field) -> None:
    word = "Đỗ Thị Hoà"
    for form in ("NFC", "NFD"):
        assert _value(shown(one), unicodedata.normalize(form, word)) == word
    assert _value(shown(one), "  =1+1\x00\x07\u202e  x ") == "=1+1 x"
    assert _value(shown(one), "=CMD()") == "=CMD()"  # text stays text: an export says so (`reports/cells`)


@by_ids({name: one for name, one in FIELDS.items() if one.kind in (Kind.DAY, Kind.BIRTH)})
def test_a_day_is_one_of_the_calendar(one: Field) -> None:
    assert _value(shown(one), "3/7/2018") in (date(2018, 7, 3), PartialDate("2018-07-03"))
    for wrong in ("31/02/2018", "29/02/2019", "2018-07-03", "3/7/18", "mai"):
        with pytest.raises(Invalid, match=r"\.$"):
            _value(shown(one), wrong)


@by_ids({name: one for name, one in FIELDS.items() if one.kind is Kind.DAY})
def test_a_day_is_partial_only_where_declared(one: Field) -> None:
    for partial in ("2018", "07/2018"):
        with pytest.raises(Invalid, match="Ghi ngày/tháng/năm"):
            _value(shown(one), partial)


@by_ids({name: one for name, one in FIELDS.items() if one.kind is Kind.BIRTH})
def test_a_birth_is_as_much_as_is_known(one: Field) -> None:
    assert _value(shown(one), "1999") == "1999"
    assert _value(shown(one), "4/1999") == "1999-04"


@by_ids({name: one for name, one in FIELDS.items() if one.kind in (Kind.AMOUNT, Kind.CHANGE)})
def test_an_amount_is_read_with_its_dots(one: Field) -> None:
    for text in ("1440000", "1.440.000", "1 440 000 đ", "1.440.000 đồng"):
        assert _value(shown(one), text) == 1_440_000
    assert written(one, 1_440_000) == "1.440.000"
    for wrong in ("1.44", "1,5", "một triệu", "1e6", "9" * 19):
        with pytest.raises(Invalid, match=r"\.$"):
            _value(shown(one), wrong)
    if one.kind is Kind.CHANGE:
        assert _value(shown(one), "-500.000") == _value(shown(one), "−500.000") == -500_000


@by_ids({name: one for name, one in FIELDS.items() if one.kind in (Kind.CHOICE, Kind.MANY)})
def test_a_code_that_is_not_on_offer_is_refused(one: Field) -> None:
    several = one.kind is Kind.MANY
    for wrong in ("khong-co", "ffff", "' or 1=1"):
        with pytest.raises(Invalid, match=r"\.$"):
            _value(shown(one, Choice("a", "A", 1)), [wrong] if several else wrong)


# Of every form.


@by_ids(EVERY)
def test_a_form_is_named_for_its_draft_and_its_address(one: Form) -> None:
    assert one.name.isidentifier() and len(one.name) <= info(Draft.form)["max_length"]
    assert one.title and one.button and one.said
    assert len({field.key for field in one.fields}) == len(one.fields)
    assert all(field.words for field in one.fields)


TYPED = some.one_of(
    some.text(some.characters(exclude_categories=("Cs",)), max_size=60),
    some.none(),
    some.booleans(),
    some.lists(some.text(max_size=9), max_size=3),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=some.sampled_from(sorted(EVERY)), data=some.data())
def test_a_draft_holds_whatever_is_typed(office: Office, name: str, data: Any) -> None:
    typed = {field.key: data.draw(TYPED) for field in EVERY[name].fields}
    kept = {"start": typed, "versions": (3,), "title": EVERY[name].title, "address": "/x"}
    officer = make.actor(office, Role.POLICE, "Công an tỉnh")
    with Work(office, officer, write=True) as work:
        kept_id = drafts.keep(work, name, name, None, typed, **kept)
    with Work(office, officer, write=True) as work:
        found = drafts.find(work, name)
        assert found is not None and (found.typed, found.start, found.versions) == (typed, typed, (3,))
        assert drafts.keep(work, name, name, None, typed, **kept) == kept_id
        drafts.drop(work, name)
        assert drafts.find(work, name) is None


# Of every form of a file: in the office's own hands.


def asked_for(work: Work, form: Form) -> Asked:
    case = STAGES.get(form.name, full_file)(work)
    work.session.flush()
    row = (
        next((row for row in rows(work, form.row, case) if _fits(work, form, case, row)), None)
        if form.row
        else None
    )
    return case_forms.asked(work, form, case.id, row.id if row is not None else None)


def _fits(work: Work, form: Form, case: Case, row: Row) -> bool:
    if form.name.startswith("remove_"):
        return not removal.why_not(work, case, row)
    if isinstance(row, Person):
        return row.kind is not PersonKind.SUBJECT
    return not isinstance(row, Delivery) or row.corrects_id is None


VALUES: dict[Kind, Any] = {
    Kind.TEXT: "12/ĐN",
    Kind.LONG: "Lý do ghi đủ rõ ràng",
    Kind.DAY: make.TODAY.strftime("%d/%m/%Y"),
    Kind.BIRTH: "1999",
    Kind.AMOUNT: "1.440.000",
    Kind.CHANGE: "-1",
    Kind.FLAG: False,
}


def filled(form: Form, asked: Asked) -> dict[str, Any]:
    """What somebody types who fills in what is required and nothing else."""
    start = form.start(asked)
    typed = {one.key: written(one, start.get(one.key)) for one in form.fields} | EXAMPLES.get(form.name, {})
    for _ in form.fields:  # a list may depend on the field before it
        for key, field in look(form, typed, asked).shown.items():
            if field.required and not typed.get(key):
                first = next((choice.code for choice in field.options), None)
                typed[key] = VALUES.get(field.field.kind, [first] if field.field.kind is Kind.MANY else first)
    return typed


def counted(work: Work, model: type[Row]) -> int:
    work.session.flush()
    return int(work.session.connection().scalar(sa.select(sa.func.count()).select_from(table_of(model))) or 0)


@by_ids(SAVED)
def test_a_form_is_saved_once_from_what_it_asks_for(office: Office, one: Form) -> None:
    """Each required field is asked for beside it; filled in, the form writes exactly one row, or the row it
    is about; a form that writes over what is stored says that it is no longer what it was taken from."""
    with Work(office, command_line(), write=True, today=make.TODAY) as work:
        asked = asked_for(work, one)
        typed, versions, model = filled(one, asked), one.versions(asked), one.fields[0].source.class_
        for key, field in look(one, typed, asked).shown.items():
            if field.required and field.field.kind is not Kind.FLAG:
                problems = look(one, typed | {key: [] if field.field.kind is Kind.MANY else ""}, asked).problems
                assert problems[key].startswith("Cần ")
        text = next((f.key for f in one.fields if f.kind in (Kind.TEXT, Kind.LONG)), None)
        before = counted(work, model)
        submit(one, typed | ({text: "Nông Thị Khác"} if versions and text else {}), asked)
        adds = one.name in ADDS_TO_ITS_ROW or not (versions or one.row is model)
        assert counted(work, model) - before == int(adds)
        assert not versions or one.versions(asked) != versions


def people(office: Office) -> list[Actor]:
    return [
        make.actor(office, Role.LEADER, "Ủy ban nhân dân tỉnh"),
        make.actor(office, Role.PARTNER, "Sở Tư pháp"),
        make.actor(office, Role.LOCAL, "UBND Huyện Ba Bể"),
        make.actor(office, Role.LOCAL, "UBND Huyện Na Rì"),
        make.actor(office, Role.POLICE, "Công an tỉnh"),
        make.actor(office, Role.LABOUR_DEPT, make.LABOUR),
    ]


@by_ids(SAVED)
def test_nobody_saves_without_the_right(office: Office, one: Form) -> None:
    """Whoever does not hold the form's right on the file is refused, at the form or at its verb."""
    with Work(office, command_line(), write=True, today=make.TODAY) as work:
        mine = asked_for(work, one)
        case_id, row_id, typed = mine.file.id, getattr(mine.row, "id", None), filled(one, mine)
    rights = REMOVERS.get(one.name, (one.right,))
    for actor in people(office):
        with pytest.raises(Undone), Work(office, actor, write=True, today=make.TODAY) as work:
            held = _holds(work, rights, work.session.get(Case, case_id))
            if one.name == WHOLE_FILE:  # its unit's: the district where somebody lives only reads it
                held = held and actor.holdings[0].unit_kind in PROVINCE_WIDE
            try:
                submit(one, typed, case_forms.asked(work, one, case_id, row_id))
            except Refused:
                assert not held, f"{actor.name} holds the right"
            except AppError:
                assert held, f"{actor.name} was told more than that it is not there"
            else:
                assert held, f"{actor.name} saved without the right"
            raise Undone


class Undone(Exception):
    """Leaves nothing of the try behind."""


def _holds(work: Work, rights: tuple[Right, ...], case: Case) -> bool:
    for right in rights:
        with suppress(Refused):
            require(work, right, case)
            return True
    return False


@by_ids(SAVED)
def test_what_somebody_may_not_see_is_neither_drawn_nor_read_nor_lost(office: Office, one: Form) -> None:
    with Work(office, command_line(), write=True, today=make.TODAY) as work:
        mine = asked_for(work, one)
        case_id, row_id, typed = mine.file.id, getattr(mine.row, "id", None), filled(one, mine)
    for actor in people(office):
        with Work(office, actor, today=make.TODAY) as work:
            case = work.session.get(Case, case_id)
            person = next(p for p in rows(work, Person, case) if p.kind is PersonKind.SUBJECT)
            row = next((r for r in rows(work, one.row, case) if r.id == row_id), None) if one.row else None
            looked = look(one, typed, Asked(work, case, person, row))
            hidden = {f.key for f in one.fields if info(f.source)["sensitivity"] not in clear(actor)}
            assert not hidden & (looked.shown.keys() | looked.values.keys())
