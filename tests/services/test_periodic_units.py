"""Whose periodic report it is, who may have it, and what its frame says."""

import io
import json
import unicodedata
from datetime import date

import pytest
from pypdf import PdfReader

from db.accounts import Role
from services import periods
from services.errors import Refused
from services.office import Office
from services.reports import pdf, periodic
from services.reports.document import Document, NumberAt
from services.reports.writing import Texts, save
from tests.factories import LABOUR, SHELTER, actor, case, unit
from tests.services.composed import Q3, composed, reading, texts, writing


@pytest.mark.parametrize(
    ("key", "dated", "at"),
    [
        ("2018Q3", None, NumberAt.FOOT_RIGHT),
        ("2019Q4", date(2020, 3, 4), NumberAt.FOOT_RIGHT),
        ("2019Q4", date(2020, 3, 5), NumberAt.TOP_CENTRE),
        ("2020Q4", None, NumberAt.TOP_CENTRE),
    ],
)
def test_the_page_number_follows_the_law_of_the_day(
    office: Office, key: str, dated: date | None, at: NumberAt
) -> None:
    with writing(office) as work:
        save(work, periods.parse(key), Texts(dated=dated))
    page = composed(office, key).page
    assert (page.number_at, page.top, page.left, page.right) == (at, 20, 30, 15)


def test_what_is_not_entered_yet_is_left_as_dots(office: Office) -> None:
    document = composed(office)
    assert document.letterhead is not None
    assert (document.letterhead.number, document.letterhead.dated) == (None, None)
    assert document.letterhead.symbol == "BC-LĐTBXH"
    assert texts(document).count("." * 130) == 9
    assert document.signature is not None and set(document.signature.authority[0]) == {"…"}


def test_what_people_typed_stands_in_the_report(office: Office) -> None:
    typed = Texts(
        number="07/BC-SLĐTBXH",
        dated=date(2018, 9, 25),
        place="Bắc Kạn",
        signer_title="KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC",
        signer_name="Hoàng Văn Thành",
        recipients="Như trên\nLưu: VT, PCTNXH",
        assessment="Phối hợp kịp thời.",
        difficulties="Địa bàn rộng.",
        proposals="Bố trí kinh phí.",
    )
    with writing(office) as work:
        save(work, Q3, typed)
    document = composed(office)
    assert document.letterhead is not None and document.signature is not None
    assert (document.letterhead.number, document.letterhead.symbol) == ("07", "BC-SLĐTBXH")
    assert document.signature.authority == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert document.recipients is not None and document.recipients.lines == ("Như trên", "Lưu: VT, PCTNXH")
    for part in ("Phối hợp kịp thời.", "Địa bàn rộng.", "Bố trí kinh phí."):
        assert part in texts(document)
    assert "..." not in texts(document)


def test_no_name_of_a_person_is_in_it(office: Office) -> None:
    with writing(office) as work:
        case(work, full_name="Lường Thị Sía", alias="Mai", identity_number="095238902077", note="Ghi riêng")
    frozen = json.dumps(composed(office).to_dict(), ensure_ascii=False)
    for secret in ("Lường", "Sía", "095238902077", "Ghi riêng"):
        assert secret not in frozen


def test_frozen_and_read_again_it_is_the_same(filled: Office) -> None:
    document = composed(filled)
    assert Document.from_dict(json.loads(json.dumps(document.to_dict()))) == document


def test_the_pdf_has_the_same_numbers_as_text(filled: Office) -> None:
    document = composed(filled, "2016-2020")
    pages = PdfReader(io.BytesIO(pdf.render(document))).pages
    read = " ".join(" ".join(page.extract_text() for page in pages).split())
    assert unicodedata.is_normalized("NFC", read)
    assert "Số liệu tính đến ngày 31/12/2020" in read
    assert "192.480.000" in read and "94/96" in read and "97,9%" in read


def test_a_units_report_is_its_own(office: Office) -> None:
    with writing(office) as work:
        na_ri = unit(work, "Công an Huyện Na Rì").id
        case(work)
        case(work, unit_id=na_ri, full_name="B")
    document = composed(office, unit_id=na_ri)
    assert document.letterhead is not None
    assert document.letterhead.agency == "Công an Huyện Na Rì"
    assert document.letterhead.parent_agency == "Công an tỉnh Bắc Kạn"
    assert (document.letterhead.place, document.letterhead.symbol) == ("Na Rì", "BC-……")
    assert document.addressees == (LABOUR,)
    assert "Công an Huyện Na Rì tiếp nhận 1 trường hợp" in texts(document)


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN, Role.PARTNER, Role.SHELTER])
def test_without_the_right_there_is_no_report(office: Office, role: Role) -> None:
    with reading(office, actor(office, role, SHELTER)) as work, pytest.raises(Refused):
        periodic.compose(work, Q3)


def test_whose_area_is_a_unit_reports_for_that_unit_only(office: Office) -> None:
    who = actor(office, Role.LOCAL, "UBND Huyện Na Rì")
    with reading(office, who) as work:
        own = who.holdings[0].unit_id
        assert periodic.compose(work, Q3, unit_id=own).subject
        for other in (None, unit(work, "UBND Huyện Ba Bể").id):
            with pytest.raises(Refused):
                periodic.compose(work, Q3, unit_id=other)


@pytest.mark.parametrize(("role", "at"), [(Role.LABOUR_DEPT, LABOUR), (Role.POLICE, "Công an tỉnh")])
def test_who_works_for_the_province_reports_for_it_and_any_unit(office: Office, role: Role, at: str) -> None:
    with reading(office, actor(office, role, at)) as work:
        assert periodic.compose(work, Q3).addressees
        assert periodic.compose(work, Q3, unit_id=unit(work, "UBND Huyện Ba Bể").id).subject


def test_from_march_2025_the_standing_agency_is_the_department_of_health(office: Office) -> None:
    document = composed(office, "2025Q2")
    assert document.letterhead is not None
    assert document.letterhead.agency == "Sở Y tế"
    assert document.addressees == ("Ủy ban nhân dân tỉnh Bắc Kạn",)
    assert "Quyết định số 1837" not in texts(document)


def test_a_plan_older_than_its_decision_is_explained(office: Office) -> None:
    assert "Kế hoạch được ban hành ngày 07/11/2016" in texts(composed(office, "2016"))
    assert "Kế hoạch được ban hành ngày" not in texts(composed(office, "2017"))
