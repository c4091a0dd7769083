"""The office's wording: checked when it is saved, over the shipped one, and gone again when it is taken back."""

from dataclasses import replace

import pytest

from db.accounts import Role
from services.errors import Conflict, Invalid, Refused
from services.letters import templates
from services.letters.templates import Template, Wording
from services.office import Office
from services.work import Work, command_line
from tests import factories as make

CODE = "don_doc"


def effective(office: Office) -> Template:
    with Work(office, command_line()) as work:
        return templates.effective(work, CODE)


def save(office: Office, version: int | None = None, **changed: object) -> None:
    with Work(office, command_line(), write=True) as work:
        now = templates.effective(work, CODE)
        wanted = replace(templates.wording(now), **changed)
        templates.save(work, CODE, wanted, version=now.version if version is None else version)


def test_the_offices_wording_comes_first_and_goes_again(any_office: Office) -> None:
    shipped = effective(any_office)
    save(any_office, body="Đề nghị trả lời về {Ho Ten}.", symbol="CAH", own_series=True)
    now = effective(any_office)
    assert (now.body, now.symbol, now.own_series) == ("Đề nghị trả lời về {Ho Ten}.", "CAH", True)
    assert now.version and not shipped.version
    with Work(any_office, command_line(), write=True) as work:
        templates.reset(work, CODE)
    assert effective(any_office) == shipped
    save(any_office, subject="đôn đốc lần 2")
    with Work(any_office, command_line()) as work:
        words = [change.words for change in templates.history(work, CODE)]
    assert words == ["sửa so với mẫu gốc", "trở về mẫu gốc", "sửa so với mẫu gốc"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Về {họ tenn}.", "Không có trường «họ tenn». Có phải «họ tên»?"),
        ("Về {ngày sinhh}.", "Có phải «ngày sinh»?"),
        ("Về {zzzz}.", "Không có trường «zzzz»."),
        ("Về {}.", "Không có trường «»."),
        ("Về {họ tên.", "chưa đủ cặp"),
        ("Về họ tên}.", "chưa đủ cặp"),
        ("Về {{họ tên}}.", "chưa đủ cặp"),
        ("Về {họ\ntên}.", "chưa đủ cặp"),
        ("", "Cần ghi"),
        ("a" * 20_001, "Quá dài"),
    ],
)
def test_what_would_leave_a_hole_is_refused(office: Office, text: str, said: str) -> None:
    with pytest.raises(Invalid) as refused:
        save(office, body=text)
    assert said in refused.value.problems["body"]
    assert not effective(office).version


@pytest.mark.parametrize("column", ["title", "subject", "addressee", "recipients", "symbol", "form_code"])
def test_every_text_is_checked(office: Office, column: str) -> None:
    with pytest.raises(Invalid) as refused:
        save(office, **{column: "{không có}"})
    assert set(refused.value.problems) == {column}


def test_two_at_once(office: Office) -> None:
    save(office, subject="một")
    with pytest.raises(Conflict):
        save(office, version=0, subject="hai")


@pytest.mark.parametrize("role", Role)
def test_who_may_edit(office: Office, role: Role) -> None:
    may = role in (Role.LABOUR_DEPT, Role.POLICE)
    at = {Role.POLICE: "Công an tỉnh", Role.LOCAL: "UBND Huyện Na Rì"}.get(role, make.LABOUR)
    with Work(office, make.actor(office, role, at), write=True) as work:
        wanted = Wording("Công văn", "thử", "{họ tên}")
        if may:
            templates.save(work, CODE, wanted, version=0)
            templates.reset(work, CODE)
            return
        with pytest.raises(Refused):
            templates.save(work, CODE, wanted, version=0)
        with pytest.raises(Refused):
            templates.reset(work, CODE)


def test_an_unknown_document_is_not_there(office: Office) -> None:
    with Work(office, command_line()) as work, pytest.raises(Refused):
        templates.effective(work, "không có")
