"""Each document, for a file of which everything is known and one of which nothing is: the paper says the data."""

import re
from datetime import date

import pytest

from db.places import Unit, UnitKind
from db.verification import Outcome
from services import law
from services.letters import composing, legal, opening, templates
from services.letters import fields as named
from services.letters.content import Content
from services.letters.context import Context
from services.office import Office
from services.reports import pdf
from services.work import Work, command_line
from tests import factories as make
from tests.services.letters import conftest as files

CODES = list(templates.shipped())
NEW = date(2026, 7, 1)


@pytest.mark.parametrize("code", CODES)
def test_the_paper_of_a_full_file_says_its_facts(office: Office, code: str) -> None:
    with Work(office, command_line(), write=True, today=make.TODAY) as work:
        case = files.full(work)
        files.ready(work, case, code)
        letter = files.made(work, case, code)
        content = Content.from_text(letter.content)
        shown = files.read(opening.pdf(work, letter.id))
        template = templates.effective(work, code)
        row = next(iter(files.issuing.about(work, case, template)), None)
        context = Context(work, case, letter.unit_id, files.DAY, row)
        for field in template.fields:
            value = field.value(context)
            if value or not field.optional:
                assert value, f"{field.name} is not known of the full file"
                assert value in shown or value[0].upper() + value[1:] in shown, field.name
    assert content.missing == ()
    assert "{" not in shown
    assert "Nông Thị Mẩy" in shown
    assert "ngày …… tháng …… năm 2018" in shown
    assert "Số: ………" in shown
    for word in template.subject.split():
        assert word in shown


@pytest.mark.parametrize("code", [code for code in CODES if code != "giay_xac_nhan"])
def test_what_is_not_known_is_dots_and_is_listed(office: Office, code: str) -> None:
    with Work(office, command_line(), write=True, today=make.TODAY) as work:
        case = files.sparse(work)
        files.ready(work, case, code)
        letter = files.made(work, case, code)
        content = Content.from_text(letter.content)
        shown = files.read(opening.pdf(work, letter.id))
    assert content.missing
    assert "{" not in shown and "None" not in shown and "unknown" not in shown
    if "ngày sinh" in content.missing:
        assert "……/……/………" in shown
    assert "Người đại diện" not in shown  # a paragraph that does not apply is left out
    assert "Chưa rõ tên" in shown


def test_no_confirmation_for_whom_is_not_a_victim(office: Office) -> None:
    with Work(office, command_line(), write=True, today=make.TODAY) as work:
        case = files.full(work)
        files.ready(work, case, "tra_loi", outcome=Outcome.NOT_VICTIM)
        offered = {one.code for one in files.issuing.offered(work, case)}
    assert "giay_xac_nhan" not in offered
    assert "tra_loi" in offered


@pytest.mark.parametrize("code", CODES)
def test_vietnamese_is_embedded(office: Office, code: str) -> None:
    data = pdf.render(composing.example(templates.shipped()[code], files.DAY))
    assert b"/FontFile2" in data
    assert "Đ" in files.read(data) or "đ" in files.read(data)


@pytest.mark.parametrize("code", CODES)
def test_a_template_is_tried_with_an_invented_person(code: str) -> None:
    shown = files.read(pdf.render(composing.example(templates.shipped()[code], files.DAY)))
    assert "{" not in shown
    assert "Lò Thị Mẫu" in shown


@pytest.mark.parametrize("code", CODES)
def test_only_verified_articles_stand_in_a_template(code: str) -> None:
    """The wording itself names no text of law: articles come from the tables, through fields."""
    template = templates.shipped()[code]
    assert not re.search(r"Điều \d|Luật số|Nghị định|Thông tư|\d+/\d{4}/", template.body)
    for form in template.forms:
        assert form in {one.code for one in law.forms(files.DAY)}


def test_the_basis_is_that_of_the_files_regime(office: Office) -> None:
    with Work(office, command_line(), write=True, today=NEW) as work:
        old = Context(work, files.full(work), make.unit(work).id, files.DAY)
        new = Context(work, make.case(work, received_on=date(2026, 6, 1)), make.unit(work).id, NEW)
        verify, receive = named.find("căn cứ xác minh"), named.find("căn cứ tiếp nhận")
        assert verify.value(old).startswith(
            "khoản 4 Điều 24 Luật Phòng, chống mua bán người số 66/2011/QH12; điểm a, b khoản 3 Điều 6 Thông tư"
        )
        assert verify.value(new) == ""  # its limit was never verified
        assert receive.value(new) == ""  # the article speaks of communes
        commune = Unit(code="X1", name="UBND Xã Kim Lư", kind=UnitKind.PEOPLE_COMMITTEE_COMMUNE)
        work.session.add(commune)
        work.session.flush()
        there = Context(work, new.case, commune.id, NEW)
        assert receive.value(there).startswith("khoản 1 Điều 27 Luật Phòng, chống mua bán người số 53/2024/QH15")
        assert old.issuer.name == "Công an tỉnh Bắc Kạn"
        assert new.issuer.name == "Công an tỉnh Thái Nguyên"


def test_the_corner_says_which_form_it_is(office: Office) -> None:
    form = next(one for one in law.forms(files.DAY) if one.code == "TTLT01-PL7")
    assert legal.corner(form) == (
        "Phụ lục 7",
        "(Ban hành kèm theo Thông tư liên tịch số 01/2014/TTLT-BCA-BQP-BLĐTBXH-BNG)",
    )
    with Work(office, command_line(), write=True, today=NEW) as work:
        case = files.full(work)
        files.ready(work, case, "giay_xac_nhan")
        old = Content.from_text(files.made(work, case, "giay_xac_nhan").content).document
        template = templates.effective(work, "giay_xac_nhan")
        unit, row = make.unit(work).id, files.issuing.about(work, case, template)[0]
        before = Context(work, case, unit, date(2014, 3, 24), row)
        later = make.case(work, received_on=date(2026, 6, 1))
        assert composing.forms_of(before, template) == []  # the circular was not in force yet
        assert composing.forms_of(Context(work, later, unit, NEW), template) == []  # the law of 2024 names none
    assert old.form[0] == "Phụ lục 7"


def test_the_minutes_of_the_border_are_form_4(office: Office) -> None:
    with Work(office, command_line(), write=True, today=make.TODAY) as work:
        case = files.full(work)
        content = Content.from_text(files.made(work, case, "bien_ban_ban_giao").content)
    assert content.document.form[0] == "Phụ lục 4"
    assert [side.authority for side in content.document.signatures] == [
        ("Đại diện bên giao",),
        ("Đại diện bên nhận",),
    ]


@pytest.mark.parametrize(("day", "place"), [(date(2020, 3, 4), "foot_right"), (date(2020, 3, 5), "top_centre")])
def test_the_page_number_follows_the_law_of_the_day(office: Office, day: date, place: str) -> None:
    with Work(office, command_line(), write=True, today=make.TODAY) as work:
        letter = files.made(work, files.full(work), "thong_bao_tiep_nhan", day=day)
        assert Content.from_text(letter.content).document.page.number_at == place


def test_names_of_offices_are_broken_where_they_are_read() -> None:
    assert composing.broken("Ủy ban nhân dân huyện Na Rì") == "Ủy ban nhân dân\nhuyện Na Rì"
    office = "Phòng Lao động - Thương binh và Xã hội huyện Na Rì"
    assert composing.broken(office) == "Phòng Lao động -\nThương binh và Xã hội\nhuyện Na Rì"


def test_every_field_has_its_own_name() -> None:
    names = [one.name for one in named.known()]
    assert len({named._key(name) for name in names}) == len(names)
    assert all(one.example and one.group for one in named.known())
