"""The lists of areas and units that a form offers, on the days around the reorganisations. On both engines."""

from datetime import date

import pytest

from db.places import AreaLevel, UnitKind
from services import cases
from services.office import Office
from services.registers import case_sheet, choices
from services.registers.core import Asked
from services.work import Work, command_line
from tests import factories as f


def labels(work: Work, day: date, district: int | None = None) -> list[str]:
    asked = Asked(work, known={"received_on": day, "home_district_id": district})
    return [choice.label for choice in choices.communes(asked)]


@pytest.mark.parametrize(
    ("day", "districts", "communes"),
    [
        (date(2020, 1, 9), 8, 122),
        (date(2020, 1, 10), 8, 122),
        (date(2020, 1, 31), 8, 122),
        (date(2020, 2, 1), 8, 108),
        (date(2025, 6, 30), 8, 108),
        (date(2025, 7, 1), 0, 37),
        (date(2026, 11, 24), 0, 37),
    ],
)
def test_the_forms_offer_the_areas_of_the_day_of_reception(
    any_office: Office, day: date, districts: int, communes: int
) -> None:
    with Work(any_office, command_line(), today=date(2026, 11, 24)) as work:
        offered = choices.districts(Asked(work, known={"received_on": day}))
        assert len(offered) == districts
        if districts:
            assert labels(work, day) == []  # first the district, then its communes
        found = [labels(work, day, choice.value) for choice in offered] or [labels(work, day)]
        assert sum(map(len, found)) == communes


def test_after_june_2025_each_commune_says_its_former_district(any_office: Office) -> None:
    with Work(any_office, command_line(), today=date(2026, 11, 24)) as work:
        offered = labels(work, date(2025, 7, 1))
        assert "Xã Na Rì (trước thuộc Huyện Na Rì)" in offered
        assert all("(trước thuộc " in label for label in offered)
        na_ri = f.area(work, "Huyện Na Rì").id
        assert not any("trước thuộc" in label for label in labels(work, date(2025, 6, 30), na_ri))


def test_the_sheet_of_a_file_says_it_too_and_an_old_file_keeps_its_district(any_office: Office) -> None:
    with Work(any_office, command_line(), write=True, today=date(2026, 11, 24)) as work:
        standing = [area for area in choices._areas(work) if area.kind is AreaLevel.COMMUNE]
        now = next(area for area in standing if area.name == "Xã Na Rì" and area.on(date(2026, 1, 5)))
        new = f.case(work, received_on=date(2026, 1, 5), home_district_id=None, home_commune_id=now.id)
        old = f.case(work)
        work.session.flush()
        said = [words(work, case.id) for case in (new, old)]
    assert "Xã Na Rì (trước thuộc Huyện Na Rì)" in said[0]
    assert "Huyện Na Rì" in said[1] and "trước thuộc" not in said[1]


def words(work: Work, case_id: int) -> str:
    blocks = case_sheet.sheet(work, cases.view(work, case_id))
    return "\n".join(fact.value for block in blocks for fact in block.facts)


@pytest.mark.parametrize(
    ("day", "there", "gone"),
    [
        (date(2025, 2, 28), "Công an Huyện Na Rì", "Sở Y tế"),
        (date(2025, 3, 1), "Sở Y tế", "Công an Huyện Na Rì"),
        (date(2025, 6, 30), "UBND Huyện Na Rì", "UBND Xã Na Rì"),
        (date(2025, 7, 1), "UBND Xã Na Rì", "UBND Huyện Na Rì"),
    ],
)
def test_the_units_are_those_at_work_on_the_day(any_office: Office, day: date, there: str, gone: str) -> None:
    with Work(any_office, command_line()) as work:
        offered = [choice.label for choice in choices.unit_choices(work, day)]
        police = choices.units("day", kinds=choices.POLICE)(Asked(work, known={"day": day}))
    assert there in offered and gone not in offered
    assert ("Công an Huyện Na Rì" in [choice.label for choice in police]) is (day < date(2025, 3, 1))
    assert UnitKind.POLICE_PROVINCE in choices.POLICE
