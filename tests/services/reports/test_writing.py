"""The typed parts of a report: kept per period and unit, never overwritten unseen."""

from dataclasses import replace
from datetime import date

import pytest

from db.accounts import Role
from services import periods
from services.errors import Conflict, Invalid, Refused
from services.office import Office
from services.reports.writing import PROVINCE, Texts, load, reporters, save
from services.work import Actor, Work, command_line
from tests.factories import LABOUR, SHELTER, actor, unit

Q3 = periods.parse("2018Q3")


def work_of(office: Office, who: Actor | None = None, *, write: bool = False) -> Work:
    return Work(office, who or command_line(), write=write, today=date(2018, 10, 1))


def test_it_keeps_what_was_typed_per_period_and_unit(any_office: Office) -> None:
    with work_of(any_office, write=True) as work:
        na_ri = unit(work, "UBND Huyện Na Rì").id
        save(work, Q3, Texts(number=" 07 ", assessment="Tốt\r\nKịp thời", dated=date(2018, 9, 25)))
        save(work, Q3, Texts(number="3"), unit_id=na_ri)
    with work_of(any_office) as work:
        kept = load(work, Q3)
        assert (kept.number, kept.assessment, kept.dated, kept.version) == (
            "07", "Tốt\nKịp thời", date(2018, 9, 25), 1,
        )  # fmt: skip
        assert load(work, Q3, na_ri).number == "3"
        assert load(work, periods.parse("2018Q2")) == Texts()


def test_an_empty_text_goes_back_to_dots(office: Office) -> None:
    with work_of(office, write=True) as work:
        save(work, Q3, Texts(proposals="Bố trí kinh phí"))
    with work_of(office, write=True) as work:
        save(work, Q3, replace(load(work, Q3), proposals="  "))
    with work_of(office) as work:
        assert load(work, Q3).proposals is None


def test_the_second_of_two_editors_is_told(any_office: Office) -> None:
    with work_of(any_office) as work:
        first = second = load(work, Q3)
    with work_of(any_office, write=True) as work:
        save(work, Q3, replace(first, assessment="Một"))
    with pytest.raises(Conflict), work_of(any_office, write=True) as work:
        save(work, Q3, replace(second, assessment="Hai"))
    with work_of(any_office) as work:
        third = load(work, Q3)
    with work_of(any_office, write=True) as work:
        save(work, Q3, replace(third, assessment="Ba"))
    with pytest.raises(Conflict), work_of(any_office, write=True) as work:
        save(work, Q3, replace(third, assessment="Bốn"))


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        (Texts(number="1" * 31), "number"),
        (Texts(signer_title="A" * 121), "signer_title"),
        (Texts(assessment="A" * 20_001), "assessment"),
        (Texts(dated=date(2018, 6, 30)), "dated"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(office: Office, texts: Texts, field: str) -> None:
    with work_of(office, write=True) as work, pytest.raises(Invalid) as error:
        save(work, Q3, texts)
    assert list(error.value.problems) == [field]


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN, Role.PARTNER, Role.SHELTER])
def test_without_the_right_nothing_is_read_or_kept(office: Office, role: Role) -> None:
    who = actor(office, role, SHELTER)
    for act in (lambda work: load(work, Q3), lambda work: save(work, Q3, Texts()), reporters):
        with work_of(office, who, write=True) as work, pytest.raises(Refused):
            act(work)


def test_each_writes_the_report_of_its_own_unit(office: Office) -> None:
    who = actor(office, Role.POLICE, "Công an Huyện Na Rì")
    own = who.holdings[0].unit_id
    with work_of(office, who, write=True) as work:
        assert [reporter.unit_id for reporter in reporters(work)] == [own]
        save(work, Q3, Texts(number="1"), unit_id=own)
        for other in (None, unit(work, "Công an Huyện Ba Bể").id):
            with pytest.raises(Refused):
                save(work, Q3, Texts(number="1"), unit_id=other)


def test_the_standing_agency_may_choose_any(office: Office) -> None:
    with work_of(office, actor(office, Role.LABOUR_DEPT, LABOUR)) as work:
        found = reporters(work)
    assert (found[0].unit_id, found[0].name) == (None, PROVINCE)
    assert "UBND Huyện Na Rì" in {reporter.name for reporter in found}


def test_typed_texts_are_sealed(office: Office) -> None:
    with work_of(office, write=True) as work:
        save(work, Q3, Texts(difficulties="Chuyện riêng của một nạn nhân"))
    stored = b"".join(path.read_bytes() for path in office.home.database.parent.iterdir())
    assert "Chuyện riêng".encode() not in stored


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (Texts(as_of=date(2018, 6, 30)), "Phải là một ngày trong kỳ: từ 01/07/2018 đến 30/09/2018."),
        (Texts(as_of=date(2018, 10, 1)), "Phải là một ngày trong kỳ: từ 01/07/2018 đến 30/09/2018."),
        (
            Texts(as_of=date(2018, 9, 28), dated=date(2018, 9, 25)),
            "Số liệu không thể tính đến sau ngày báo cáo (25/09/2018).",
        ),
    ],
)
def test_the_day_of_the_figures_lies_in_the_period_and_not_after_the_report(
    office: Office, typed: Texts, sentence: str
) -> None:
    with pytest.raises(Invalid) as caught, work_of(office, write=True) as work:
        save(work, Q3, typed)
    assert caught.value.problems == {"as_of": sentence}


def test_the_day_of_the_figures_is_kept(any_office: Office) -> None:
    with work_of(any_office, write=True) as work:
        save(work, Q3, Texts(as_of=date(2018, 9, 25)))
    with work_of(any_office) as work:
        assert load(work, Q3).as_of == date(2018, 9, 25)
