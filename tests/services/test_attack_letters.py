"""What an attacker tried with documents and with the office's own values: numbers and days without end, templates
that reach further than their fields, people who come to a document without a right to it."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from db.accounts import Role
from db.base import table_of
from db.cases import Case
from db.letters import Letter
from services import cases, limits, next_steps, office_values, today, worklists
from services.access import case_for
from services.errors import AppError, Invalid, Refused
from services.letters import issuing, opening, templates
from services.office import Office
from services.work import Actor, Work, command_line
from tests import factories as make
from tests.services.letters import conftest as files

CODE, ON = "thong_bao_tiep_nhan", date(2018, 7, 21)
TAKES = date(2025, 7, 1)
SECRETS = ("Nông Thị Mẩy", "095199000001", "thôn Nà Diệu", "Nông Văn Bé")


def writing(office: Office, actor: Actor | None = None) -> Work:
    return Work(office, actor or command_line(), write=True, today=make.TODAY)


def draft(office: Office, code: str = CODE, **chosen: Any) -> tuple[int, int]:
    with writing(office) as work:
        case = files.full(work)
        return case.id, files.made(work, case, code, **chosen).id


def save(office: Office, actor: Actor | None = None, code: str = CODE, **changed: Any) -> None:
    with writing(office, actor) as work:
        before = templates.effective(work, code)
        facts = {**vars(templates.wording(before)), **changed}
        templates.save(work, code, templates.Wording(**facts), version=before.version)


@pytest.mark.parametrize("number", ["9" * 19, "9223372036854775807", "9" * 40, "²", "20180001"])
def test_a_number_without_end_does_not_stop_the_series(office: Office, number: str) -> None:
    """What one officer typed by hand must not keep a whole unit from its numbers."""
    _, first = draft(office)
    try:
        with writing(office) as work:
            issuing.issue(work, opening.find(work, first), dated=ON, number=number)
    except Invalid as refused:
        assert set(refused.problems) == {"number"}
    save(office, own_series=True)
    _, second = draft(office)
    with writing(office) as work:
        assert len(issuing.issue(work, opening.find(work, second), dated=ON).number.split("/")[0]) <= 9


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1899, 12, 31), date(9999, 12, 31)])
def test_a_day_far_away_is_a_document_or_a_sentence(office: Office, day: date) -> None:
    try:
        _, letter_id = draft(office, day=day)
    except AppError:
        return
    with writing(office) as work:
        assert opening.pdf(work, letter_id).startswith(b"%PDF")


@pytest.mark.parametrize(
    "body",
    [
        "{0}", "{}", "{{họ tên}}", "{họ tên.__class__}", "{họ tên!r}", "{họ tên:>9999999999}", "{c.person.note}",
        "{self}", "{case}", "{lambda: 1}", "%(full_name)s {", "{họ\ntên}", "{__import__('os')}",
    ],
)  # fmt: skip
def test_a_template_reaches_no_further_than_its_fields(office: Office, body: str) -> None:
    for field in ("body", "subject", "addressee", "recipients", "title", "symbol", "signer_title", "form_code"):
        with pytest.raises(Invalid):
            save(office, **{field: body})


def test_words_that_look_like_code_are_words_in_the_paper(office: Office) -> None:
    """A name may hold braces, percent signs, tags and links: they are printed as they are, once."""
    with writing(office) as work:
        case = files.full(work)
        person = cases.rows(work, cases.Person, case)[0]
        person.full_name = "{số giấy tờ} %s <b>x</b> [a](http://x.y) ${1} \\1"
        letter_id = files.made(work, case, CODE).id
    with writing(office) as work:
        found = opening.look(work, letter_id).content.document
        said = repr(found)
        assert "{số giấy tờ} %s <b>x</b> [a](http://x.y) ${1}" in said
        data = opening.pdf(work, letter_id)
    assert b"/URI" not in data and b"/JavaScript" not in data and b"/Launch" not in data


def test_the_paper_says_nothing_beside_its_page(office: Office) -> None:
    import io

    from pypdf import PdfReader

    _, letter_id = draft(office)
    with writing(office) as work:
        data = opening.pdf(work, letter_id)
        name = opening.file_name(opening.look(work, letter_id))
        kept = work.session.connection().execute(sa.select(table_of(Letter))).mappings().all()
    about = repr(dict(PdfReader(io.BytesIO(data)).metadata or {})) + name
    assert not any(secret in about for secret in SECRETS)
    assert not any(secret in str(line["title"]) + str(line["number"]) for line in kept for secret in SECRETS)


def test_nobody_else_makes_issues_cancels_or_reads(office: Office) -> None:
    case_id, letter_id = draft(office)
    with writing(office) as work:
        for at in (make.SHELTER, "Sở Tư pháp"):
            cases.hand_to(work, work.session.get(Case, case_id), unit_id=make.unit(work, at).id, since=ON)
    others = [
        make.actor(office, Role.LOCAL, "UBND Huyện Ba Bể"),
        make.actor(office, Role.LOCAL, "UBND Huyện Na Rì"),  # reads the file; another unit's document
        make.actor(office, Role.SHELTER, make.SHELTER),
        make.actor(office, Role.PARTNER, "Sở Tư pháp"),
        make.actor(office, Role.LEADER, make.LABOUR),
        make.actor(office, Role.ADMIN, make.LABOUR),
    ]
    for actor in others:
        for act in (
            lambda work, letter: issuing.issue(work, letter, dated=ON, number="7"),
            lambda work, letter: issuing.cancel(work, letter, reason="nhầm"),
            lambda work, letter: issuing.remake(
                work, letter, wishes=issuing.Content.from_text(letter.content).wishes
            ),
        ):
            with pytest.raises(Refused), writing(office, actor) as work:
                act(work, work.session.get_one(Letter, letter_id))
    for actor in (others[0], others[4], others[5]):
        for asked in (letter_id, 0, -1, 2**63, 16**40, case_id, None):
            with pytest.raises(Refused), Work(office, actor, today=make.TODAY) as work:
                opening.look(work, asked)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.LABOUR_DEPT, Role.POLICE)])
def test_templates_are_for_those_who_keep_them(office: Office, role: Role) -> None:
    at = {Role.SHELTER: make.SHELTER, Role.PARTNER: "Sở Tư pháp", Role.LOCAL: "UBND Huyện Na Rì"}.get(
        role, make.LABOUR
    )
    with pytest.raises(Refused):
        save(office, make.actor(office, role, at), title="x")


def test_a_field_of_another_role_is_not_read_through_a_template(office: Office) -> None:
    """The police put the reason of an extension into a letter of the district: the district cannot make it."""
    save(office, make.actor(office, Role.POLICE, "Công an tỉnh"), body="{lý do gia hạn}")
    local = make.actor(office, Role.LOCAL, "Phòng Lao động - Thương binh và Xã hội Huyện Na Rì")
    with writing(office) as work:
        case_id = files.full(work).id
    with writing(office, local) as work:
        case = case_for(work, case_id)
        assert CODE not in [one.code for one in issuing.offered(work, case)]
        with pytest.raises(Refused):
            files.made(work, case, CODE)


@pytest.mark.parametrize("value", [10**9, 10**18 - 1, 10**30, 10**5])
@pytest.mark.parametrize("unit", ["ngày", "ngày làm việc", "tháng", "giờ"])
def test_a_limit_without_end_stops_nobodys_work(office: Office, value: int, unit: str) -> None:
    """A slip of the pen in one value must not break every list that counts days."""
    labour = make.actor(office, Role.LABOUR_DEPT, make.LABOUR)
    with writing(office) as work:
        case_id = make.case(work).id
        keys = [key for key, _ in office_values.choices(work, TAKES) if key.startswith("deadline:")]
    assert keys
    for key in keys:
        try:
            with writing(office, labour) as work:
                office_values.enter(
                    work, key=key, effective_from=TAKES, value=value, unit=unit, document="QĐ", document_date=ON
                )
        except Invalid:
            continue
    with Work(office, labour, today=date(2026, 11, 24)) as work:
        assert next_steps.of(work, cases.view(work, case_id)) and today.groups(work)
        for one, _ in worklists.counts(work):
            worklists.page(work, one)
        for key in keys:
            step = key.removeprefix("deadline:").partition(".")[2]
            limits.due_of(work, step, TAKES)


def test_days_of_another_age_are_entered_or_refused(office: Office) -> None:
    labour = make.actor(office, Role.LABOUR_DEPT, make.LABOUR)
    for first, last in (
        (date(1, 1, 1), None),
        (date(9999, 12, 31), None),
        (date(9999, 12, 1), date(9999, 12, 31)),
    ):
        with writing(office, labour) as work:
            office_values.enter_holidays(work, first=first, last=last, document="TB", document_date=ON)
            office_values.holidays(work, first.year)
    with pytest.raises(Invalid), writing(office, labour) as work:
        office_values.enter_holidays(
            work, first=date(1, 1, 1), last=date(9999, 12, 31), document="TB", document_date=ON
        )
