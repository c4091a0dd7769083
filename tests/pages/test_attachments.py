"""Scans on the page of a file: sent in, listed, looked at; nothing typed is lost."""

from datetime import date

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.accounts import Role
from db.attachments import Attachment
from services.cases import hand_to
from services.office import Office
from services.scans import attachments
from services.scans.attachments import ScanKind
from services.work import Work, command_line
from tests import factories as make
from tests.pages.screens import Open, field, html, press, words
from tests.services.papers import picture

POLICE = (Role.POLICE, "Công an tỉnh")
TITLE = "Giấy <b>số</b> 12"


@pytest.fixture
def case_id(office: Office) -> str:
    with Work(office, command_line(), write=True) as work:
        return format(make.case(work).id, "x")


def kept(office: Office) -> list[Attachment]:
    with Work(office, command_line()) as work:
        return list(work.session.exec(select(Attachment)))


def fill(test: AppTest, data: bytes, *, kind: ScanKind | None = ScanKind.PROOF, title: str = TITLE) -> AppTest:
    if kind:
        field(test, "Loại giấy tờ").set_value(kind)
    field(test, "Tên giấy tờ").set_value(title)
    test.get("file_uploader")[0].set_value(("ảnh.jpg", data, "image/jpeg"))
    return test.run()


def test_a_scan_is_sent_in_listed_and_looked_at(open_screen: Open, office: Office, case_id: str) -> None:
    officer = make.actor(office, *POLICE)
    assert "do=add_scan" in html(open_screen(officer, "case", id=case_id))
    test = press(fill(open_screen(officer, "case", id=case_id, do="add_scan"), picture()), "Lưu bản chụp")
    (scan,) = kept(office)
    assert (scan.title, scan.kind, scan.by_name) == (TITLE, ScanKind.PROOF, officer.name)
    seen = html(open_screen(officer, "case", id=case_id))
    assert "Giấy &lt;b&gt;số&lt;/b&gt; 12" in seen and f"row={scan.id:x}" in seen
    test = open_screen(officer, "case", id=case_id, do="open_scan", row=format(scan.id, "x"))
    assert '<img src="/tai/' in html(test) and "<b>số</b>" not in html(test)


def test_the_picture_is_fetched_once_while_it_stays_open(open_screen: Open, office: Office, case_id: str) -> None:
    officer = make.actor(office, *POLICE)
    press(fill(open_screen(officer, "case", id=case_id, do="add_scan"), picture()), "Lưu bản chụp")
    row = format(kept(office)[0].id, "x")
    test = open_screen(officer, "case", id=case_id, do="open_scan", row=row)
    before = html(test)
    assert html(test.run()) == before


@pytest.mark.parametrize(
    ("data", "kind", "title", "said"),
    [
        (b"<html>", ScanKind.PROOF, TITLE, "Chỉ nhận PDF"),
        (picture(), ScanKind.PROOF, "", "Cần ghi tên giấy tờ"),
        (picture(), None, TITLE, "Cần chọn loại giấy tờ"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    open_screen: Open, office: Office, case_id: str, data: bytes, kind: ScanKind | None, title: str, said: str
) -> None:
    test = open_screen(make.actor(office, *POLICE), "case", id=case_id, do="add_scan")
    test = press(fill(test, data, kind=kind, title=title), "Lưu bản chụp")
    assert said in words(test)
    assert field(test, "Tên giấy tờ").value == title
    assert kept(office) == []


def test_nothing_filled_in_is_said_beside_each_field(open_screen: Open, office: Office, case_id: str) -> None:
    test = press(open_screen(make.actor(office, *POLICE), "case", id=case_id, do="add_scan"), "Lưu bản chụp")
    for said in ("Cần chọn loại giấy tờ", "Cần ghi tên giấy tờ", "Cần chọn tệp"):
        assert said in words(test)


def test_a_partner_sees_no_identity_paper_and_adds_nothing(
    open_screen: Open, office: Office, case_id: str
) -> None:
    partner = make.actor(office, Role.PARTNER, "Sở Tư pháp")
    with Work(office, command_line(), write=True) as work:
        case = make.case(work)
        hand_to(work, case, unit_id=partner.holdings[0].unit_id, since=date(2018, 8, 1))
        hidden = attachments.add(work, case, kind=ScanKind.IDENTITY, title="Thẻ căn cước", data=picture()).id
        attachments.add(work, case, kind=ScanKind.PROOF, title="Giấy xác nhận số 9", data=picture())
        address = format(case.id, "x")
    seen = html(open_screen(partner, "case", id=address))
    assert "Giấy xác nhận số 9" in seen
    assert "Thẻ căn cước" not in seen and "do=add_scan" not in seen
    test = open_screen(partner, "case", id=address, do="open_scan", row=format(hidden, "x"))
    assert test.error and "/tai/" not in html(test)


def test_a_scan_of_another_file_is_not_opened_here(open_screen: Open, office: Office, case_id: str) -> None:
    with Work(office, command_line(), write=True) as work:
        other = attachments.add(work, make.case(work), kind=ScanKind.PROOF, title=TITLE, data=picture()).id
    test = open_screen(make.actor(office, *POLICE), "case", id=case_id, do="open_scan", row=format(other, "x"))
    assert test.error and "/tai/" not in html(test)
