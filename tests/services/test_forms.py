"""Forms as data: what is typed, read; what is stored, written; what a role may not see, left out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from db.accounts import Role
from db.cases import Case, Place
from db.fields import PartialDate
from db.support import SupportKind, SupportNeed
from services import case_search, support
from services.errors import Invalid, Refused
from services.office import Office
from services.records import rows
from services.registers import case_forms
from services.registers.case_forms import FORMS
from services.registers.core import Asked, Choice, Field, Kind, Section, code_of
from services.registers.reception_forms import CORRECT, RECEIVE
from services.registers.typed import Shown, _value, look, problem_words, read, submit, written
from services.work import Work, command_line
from tests import factories as f

POLICE = (Role.POLICE, "Công an tỉnh")


def police(office: Office, **more: Any) -> Work:
    return Work(office, f.actor(office, *POLICE), today=f.TODAY, **more)


def typed_for(work: Work, **more: Any) -> Mapping[str, Any]:
    return {"full_name": "Bàn A Pham", "received_on": "3/7/2018", "unit_id": code_of(f.unit(work).id)} | more


def test_what_was_typed_becomes_facts(office: Office) -> None:
    with police(office) as work:
        typed = typed_for(work, birth="4/1999", place="unknown", full_name="  Bàn  A Pham ")
        values = read(RECEIVE, typed, Asked(work))
    assert values["received_on"] == date(2018, 7, 3)
    assert values["birth"] == PartialDate("1999-04")
    assert values["place"] is Place.UNKNOWN  # an answer
    assert values["way"] is None  # no answer
    assert values["full_name"] == "Bàn A Pham"


def test_all_problems_are_said_at_once(office: Office) -> None:
    with police(office) as work, pytest.raises(Invalid) as refused:
        read(RECEIVE, {"received_on": "hôm qua", "birth": "99"}, Asked(work))
    assert set(refused.value.problems) == {"received_on", "unit_id", "birth"}
    said = problem_words(RECEIVE, refused.value.problems)
    assert "Ngày tiếp nhận: Ghi ngày/tháng/năm, ví dụ 05/03/2018." in said


def test_the_verbs_own_sentences_come_with_those_of_the_fields(office: Office) -> None:
    with police(office, write=True) as work, pytest.raises(Invalid) as refused:
        submit(RECEIVE, typed_for(work, birth="99", identity_number="12"), Asked(work))
    assert set(refused.value.problems) == {"birth", "identity_number"}


def test_nothing_is_kept_of_a_refused_form(office: Office) -> None:
    with pytest.raises(Invalid), police(office, write=True) as work:
        submit(RECEIVE, typed_for(work, birth="99"), Asked(work))
    with police(office) as work:
        assert case_search.find(work).total == 0


def test_too_long_a_text_is_refused_with_its_limit(office: Office) -> None:
    with police(office) as work:
        problems = look(RECEIVE, typed_for(work, full_name="a" * 5000), Asked(work)).problems
    assert problems == {"full_name": "Quá dài: nhiều nhất 4000 ký tự."}


def test_a_code_that_is_not_on_the_list_is_refused(office: Office) -> None:
    with police(office) as work:
        problems = look(RECEIVE, typed_for(work, place="moon", unit_id="ffff"), Asked(work)).problems
    assert set(problems) == {"place", "unit_id"}


def test_the_lists_follow_the_day(office: Office) -> None:
    with police(office) as work:
        before = look(RECEIVE, typed_for(work), Asked(work)).shown
        after = look(RECEIVE, typed_for(work, received_on="01/07/2025"), Asked(work)).shown
    assert f.LABOUR in {choice.label for choice in before["unit_id"].options}
    now = {choice.label for choice in after["unit_id"].options}
    assert "Sở Y tế" in now and f.LABOUR not in now
    assert "home_district_id" in before and "home_district_id" not in after
    assert "home_commune_id" not in before  # asked once the district is known
    assert len(after["home_commune_id"].options) == 37


def test_the_measures_are_those_of_the_law_of_the_day(office: Office) -> None:
    with police(office, write=True) as work:
        case = f.case(work)
        asked = case_forms.asked(work, FORMS["measure"], case.id)
        for day, letter in (("30/06/2025", "A"), ("01/07/2025", "B")):
            options = look(FORMS["measure"], {"applied_on": day}, asked).shown["measure"].options
            assert {choice.code[0] for choice in options} == {letter, "o"}


def test_a_value_no_longer_on_offer_is_kept(office: Office) -> None:
    """An old register may hold a country or people no list has; an edit must not lose it."""
    with police(office, write=True) as work:
        case = f.case(work, country="Nam Tư", ethnic="Tày Poọng")
        asked = case_forms.asked(work, CORRECT, case.id)
        start = CORRECT.start(asked)
        typed = {one.key: written(one, start[one.key]) for one in CORRECT.fields}
        values = read(CORRECT, typed, asked)
    assert (values["country"], values["ethnic"]) == ("Nam Tư", "Tày Poọng")
    assert {key: start[key] for key in values} == values  # written and read again, nothing changes


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_what_is_stored_can_be_written_and_read(form: Any) -> None:
    samples: dict[Kind, Any] = {
        Kind.DAY: date(2018, 7, 3),
        Kind.BIRTH: PartialDate("1999"),
        Kind.AMOUNT: 1_440_000,
        Kind.CHANGE: -500_000,
        Kind.FLAG: True,
        Kind.TEXT: "12/ĐN",
        Kind.LONG: "một\nhai",
    }
    for one in form.fields:
        if one.kind in samples:
            value = samples[one.kind]
            assert _value(Shown(one, ()), written(one, value)) == value


def test_a_field_one_may_not_see_is_neither_drawn_nor_read(office: Office) -> None:
    with police(office, write=True) as work:
        case = f.case(work)
        typed = {"note": "thử", "kind": "medical", "delivered_on": "03/07/2018"}
        looked = look(FORMS["deliver"], typed, Asked(work, case))
    assert "note" not in looked.shown and "note" not in looked.values  # support's notes are not for the police


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_every_form_is_refused_to_those_without_its_right(office: Office, form: Any) -> None:
    with Work(office, command_line(), write=True) as work:
        case = f.case(work)
    with Work(office, f.actor(office, Role.LEADER, "Ủy ban nhân dân tỉnh")) as work, pytest.raises(Refused):
        case_forms.asked(work, form, case.id)


def test_a_row_of_another_file_is_not_found(office: Office) -> None:
    labour = f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
    with Work(office, labour, write=True) as work:
        mine, other = f.case(work), f.case(work)
        paid = support.deliver(work, other, kind=SupportKind.MEDICAL, delivered_on=date(2018, 7, 9), amount=5)
        with pytest.raises(Refused):
            case_forms.asked(work, FORMS["correct_delivery"], mine.id, paid.id)


def test_an_amount_is_corrected_with_a_sign(office: Office) -> None:
    labour = f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
    with Work(office, labour, write=True) as work:
        case = f.case(work)
        paid = support.deliver(work, case, kind=SupportKind.MEDICAL, delivered_on=date(2018, 7, 9), amount=900_000)
        asked = case_forms.asked(work, FORMS["correct_delivery"], case.id, paid.id)
        row = submit(FORMS["correct_delivery"], {"amount_change": "-500.000", "reason": "Ghi nhầm"}, asked)
    assert (row.amount, row.corrects_id) == (-500_000, paid.id)


def test_every_need_chosen_is_recorded(office: Office) -> None:
    labour = f.actor(office, Role.LABOUR_DEPT, f.LABOUR)
    with Work(office, labour, write=True) as work:
        case = f.case(work)
        asked = case_forms.asked(work, FORMS["support_need"], case.id)
        submit(FORMS["support_need"], {"kind": ["medical", "loan"], "declared_on": "05/07/2018"}, asked)
        assert {need.kind for need in rows(work, SupportNeed, case)} == {SupportKind.MEDICAL, SupportKind.LOAN}
        with pytest.raises(Invalid, match="Cần chọn loại hỗ trợ"):
            submit(FORMS["support_need"], {"kind": []}, asked)


def test_an_edit_leaves_alone_what_the_editor_may_not_see(office: Office) -> None:
    """The form of the reception is all identity; what stays outside it (the batch, the typed commune) survives."""
    with police(office, write=True) as work:
        case = f.case(work, home_commune_text="Xã Cũ", note="giữ nguyên")
        asked = case_forms.asked(work, CORRECT, case.id)
        typed = {one.key: written(one, CORRECT.start(asked)[one.key]) for one in CORRECT.fields}
        submit(CORRECT, typed | {"alias": "Mẩy"}, asked)
    assert (case.home_commune_text, case.note, asked.subject.alias) == ("Xã Cũ", "giữ nguyên", "Mẩy")


def test_the_only_choice_of_a_required_list_is_usual(office: Office) -> None:
    one = Choice("a", "A", "a")
    for choices, usual in (((one,), "a"), ((one, Choice("b", "B", "b")), None), ((), None)):
        only = Field(Case.unit_id, required=True, choices=lambda asked, found=choices: found)
        form = replace(RECEIVE, sections=(Section("", (only,)),))
        with police(office) as work:
            assert look(form, {}, Asked(work)).shown["unit_id"].usual == usual


def test_a_commune_of_another_day_is_told_so(office: Office) -> None:
    with police(office) as work:
        typed = typed_for(work, received_on="01/07/2025", home_commune_id="ffff")
        problems = look(RECEIVE, typed, Asked(work)).problems
    assert problems == {"home_commune_id": "Vào ngày tiếp nhận chưa có (hoặc không còn) xã, phường này."}
