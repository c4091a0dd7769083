"""What a file waits for, a double said beside the form, minutes of several files, the limit of its kind."""

from datetime import date

import pytest

from db.accounts import Role
from db.cases import Case, Way
from db.handover import Direction, Handover
from db.people import Person
from db.verification import Outcome
from services import cases, handover, law, next_steps, verification
from services.errors import Refused
from services.letters import issuing, legal, opening, templates
from services.letters.suggesting import suggested
from services.office import Office
from services.records import rows
from services.registers import case_forms
from services.registers.letter_forms import MAKE_LETTER
from services.registers.typed import look
from services.work import Work, command_line
from tests import factories as make
from tests.services.letters import conftest as files

DISTRICT = "Công an Huyện Na Rì"


def writing(office: Office, role: Role | None = None, at: str = "Công an tỉnh") -> Work:
    actor = make.actor(office, role, at) if role else command_line()
    return Work(office, actor, write=True, today=make.TODAY)


def waits_for(work: Work, case: Case) -> list[str]:
    return [one.template.code for one in suggested(work, cases.view(work, case.id))]


def asked(work: Work, **known: object) -> Case:
    case = make.case(work, **known)
    verification.request(work, case, requested_on=date(2018, 7, 5), unit_id=make.unit(work, DISTRICT).id)
    return case


def test_a_request_without_number_waits_for_its_letter_until_it_is_made(any_office: Office) -> None:
    with writing(any_office, Role.POLICE) as work:
        case = asked(work)
        assert waits_for(work, case) == ["de_nghi_xac_minh"]
        steps = next_steps.of(work, cases.view(work, case.id)).waiting
        assert [one.title for one in steps if one.letter] == ["Lập văn bản đề nghị xác minh"]
        letter = files.made(work, case, "de_nghi_xac_minh", unit_id=make.unit(work).id)
        assert waits_for(work, case) == []
        issuing.cancel(work, letter, reason="lập nhầm")
        assert waits_for(work, case) == ["de_nghi_xac_minh"]


def test_a_number_typed_with_the_request_says_that_the_letter_was_made_elsewhere(office: Office) -> None:
    with writing(office) as work:
        case = make.case(work)
        day, unit = date(2018, 7, 5), make.unit(work).id
        verification.request(work, case, requested_on=day, unit_id=unit, number="15/ĐN")
        assert waits_for(work, case) == []


@pytest.mark.parametrize(("outcome", "code"), [(Outcome.VICTIM, "giay_xac_nhan"), (Outcome.NOT_VICTIM, "tra_loi")])
def test_a_conclusion_waits_for_its_paper_with_those_who_verify_only(
    office: Office, outcome: Outcome, code: str
) -> None:
    with writing(office) as work:
        case = asked(work)
        paper = "A.1" if outcome is Outcome.VICTIM else None
        paper = paper and verification.papers(work, case, date(2018, 7, 20))[0].code
        verification.conclude(work, case, outcome=outcome, concluded_on=date(2018, 7, 20), paper=paper)
        case_id = case.id
    for role, at, expected in ((Role.POLICE, "Công an tỉnh", [code]), (Role.LABOUR_DEPT, make.LABOUR, [])):
        with writing(office, role, at) as work:
            assert waits_for(work, work.session.get(Case, case_id)) == expected


def test_the_form_begins_with_the_document_somebody_was_led_to(office: Office) -> None:
    from dataclasses import replace

    with writing(office, Role.POLICE) as work:
        case = asked(work)
        plain = case_forms.asked(work, MAKE_LETTER, case.id)
        assert MAKE_LETTER.start(replace(plain, known={"template": "don_doc"}))["template"] == "don_doc"
        assert MAKE_LETTER.start(replace(plain, known={"template": "tra_loi"}))["template"] is None  # not yet
        assert MAKE_LETTER.start(plain)["template"] is None


def beside(work: Work, case: Case, field: str, **typed: str) -> str:
    looked = look(MAKE_LETTER, typed, case_forms.asked(work, MAKE_LETTER, case.id))
    return looked.shown[field].beside


def test_a_double_is_said_beside_the_form(office: Office) -> None:
    with writing(office, Role.POLICE) as work:
        case = asked(work)
        row = format(issuing.about(work, case, templates.effective(work, "don_doc"))[0].id, "x")
        typed = {"template": "don_doc", "about_id": row, "day": "20/07/2018"}
        assert beside(work, case, "day", **typed) == ""
        letter = files.made(work, case, "don_doc", unit_id=make.unit(work).id)
        assert "đã có văn bản cùng loại: dự thảo" in beside(work, case, "day", **typed)
        assert beside(work, case, "day", template="bien_ban_tiep_nhan", day="20/07/2018") == ""
        issuing.issue(work, letter, dated=date(2018, 8, 1), number="9/CAT")
        assert "số 09/CAT ngày 01/08/2018" in beside(work, case, "day", **typed)


def test_a_unit_that_is_over_is_said_beside_the_form(office: Office) -> None:
    with writing(office, Role.POLICE, DISTRICT) as work:
        case = asked(work)
        typed = {"template": "bien_ban_tiep_nhan"}
        assert beside(work, case, "unit_id", **typed, day="20/07/2018") == ""
        assert "đã kết thúc hoạt động ngày" in beside(work, case, "unit_id", **typed, day="20/07/2025")


def test_the_basis_is_that_of_the_limit_by_which_the_days_are_counted(office: Office) -> None:
    day = date(2018, 7, 5)
    with writing(office) as work:
        usual, rescued = asked(work), asked(work, way=Way.RESCUED)
        plain = legal.limit(work, ("VERIFY.POLICE",), day, law.Regime.A, usual)
        own = legal.limit(work, ("VERIFY.POLICE",), day, law.Regime.A, rescued)
    assert plain is not None and plain.step == "A.VERIFY.POLICE"
    assert own is not None and own.step == "A.RESCUED.POLICE_VERIFY"


def on_the_same_minutes(work: Work, number: str = "5/BB") -> list[Case]:
    made = [make.case(work, full_name=name) for name in ("Lò Thị Một", "Lò Thị Hai")]
    for case in made:
        handover.hand_over(
            work,
            case,
            person_ids=[rows(work, Person, case)[0].id],
            direction=Direction.IN,
            handed_on=date(2018, 7, 3),
            counterpart="Đồn biên phòng bạn",
            minutes_number=number,
        )
    return made


def test_minutes_of_several_files_name_everybody_and_are_read_by_those_who_may_read_each(
    any_office: Office,
) -> None:
    with writing(any_office) as work:
        one, other = on_the_same_minutes(work)
        alone = on_the_same_minutes(work, number="6/BB")[0]
        letter = files.made(work, one, "bien_ban_ban_giao")
        said = files.read(opening.pdf(work, letter.id))
        assert "Lò Thị Một" in said and "Lò Thị Hai" in said
        assert alone.id not in opening.look(work, letter.id).content.others
        one.home_district_id, other.home_district_id = make.area(work, "Huyện Na Rì").id, None
        other.home_province = "Cao Bằng"
        letter_id, hidden = letter.id, other.id
    with writing(any_office, Role.LOCAL, "UBND Huyện Na Rì") as work, pytest.raises(Refused):
        opening.look(work, letter_id)
    with writing(any_office, Role.LABOUR_DEPT, make.LABOUR) as work:
        assert opening.look(work, letter_id).content.others == (hidden,)


def test_whoever_makes_the_minutes_names_only_people_of_files_they_may_read(office: Office) -> None:
    with writing(office) as work:
        one, other = on_the_same_minutes(work)
        other.home_district_id, other.home_province = None, "Cao Bằng"
        one.unit_id = make.unit(work, DISTRICT).id
        case_id = one.id
    with writing(office, Role.POLICE, DISTRICT) as work:
        letter = files.made(
            work, work.session.get(Case, case_id), "bien_ban_ban_giao", unit_id=make.unit(work, DISTRICT).id
        )
        said = files.read(opening.pdf(work, letter.id))
    assert "Lò Thị Một" in said and "Lò Thị Hai" not in said


def test_the_number_of_the_minutes_becomes_that_of_everybody_of_the_file(office: Office) -> None:
    with writing(office) as work:
        case = files.full(work)
        day = rows(work, Handover, case)[0]
        child = next(one for one in rows(work, Person, case) if one.id != day.person_id)
        handover.hand_over(
            work,
            case,
            person_ids=[child.id],
            direction=day.direction,
            handed_on=day.handed_on,
            unit_id=day.unit_id,
        )
        letter = files.made(work, case, "bien_ban_ban_giao")
        issuing.issue(work, letter, dated=date(2018, 7, 21), number="8/BB")
        assert {row.minutes_number for row in rows(work, Handover, case)} == {"08/BB"}
