"""What is counted beside the account: support, protection, money, ages, breakdowns."""

from datetime import date

import pytest

from db.cases import Case, Place
from db.fields import PartialDate
from db.people import Person, PersonKind
from db.protection import ProtectionMeasure, ProtectionNeed
from db.support import Delivery, FundSource, SupportKind, SupportNeed
from services import figures
from services.ages import age_band
from services.figures import AgeBand, Reason, TargetKey
from services.office import Office
from services.records import rows
from services.work import Work
from tests.factories import case
from tests.services.counted import Q3, Q4, concluded, reading, writing


def subject(work: Work, found: Case) -> Person:
    return rows(work, Person, found)[0]


def test_initial_support_says_why_it_was_not_given(any_office: Office) -> None:
    with writing(any_office) as work:
        served, waiting, refused, none = (case(work, full_name=name) for name in "ABCD")
        work.session.add(Delivery(case_id=served.id, kind=SupportKind.TRAVEL, delivered_on=date(2018, 7, 4)))
        work.session.add(SupportNeed(case_id=waiting.id, kind=SupportKind.MEDICAL))
        work.session.add(SupportNeed(case_id=refused.id, kind=SupportKind.ESSENTIALS, refused=True))
        work.session.add(SupportNeed(case_id=none.id, kind=SupportKind.VOCATIONAL))
        expected = {(waiting.id, Reason.NOT_DONE), (refused.id, Reason.REFUSED), (none.id, Reason.NO_NEED)}
    with reading(any_office) as work:
        target = figures.targets(work, Q3)[TargetKey.INITIAL_SUPPORT]
    assert (target.met, target.of) == (1, 4)
    assert {(missed.case_id, missed.reason) for missed in target.missed} == expected
    assert target.reasons == {Reason.NOT_DONE: 1, Reason.NO_NEED: 1, Reason.REFUSED: 1}


def test_a_refusal_counts_from_its_day(office: Office) -> None:
    with writing(office) as work:
        need = SupportNeed(
            case_id=case(work).id, kind=SupportKind.MEDICAL, refused=True, refused_on=date(2018, 8, 15)
        )
        work.session.add(need)
    with reading(office) as work:
        before = figures.targets(work, Q3, as_of=date(2018, 8, 14))[TargetKey.INITIAL_SUPPORT]
        after = figures.targets(work, Q3)[TargetKey.INITIAL_SUPPORT]
    assert before.missed[0].reason is Reason.NOT_DONE
    assert after.missed[0].reason is Reason.REFUSED


def test_support_is_met_when_every_need_is(office: Office) -> None:
    def victim(work: Work, *needs: SupportNeed | Delivery) -> int:
        found = case(work)
        work.session.add(concluded(found, date(2018, 8, 1)))
        for need in needs:
            need.case_id = found.id
            work.session.add(need)
        return found.id

    day = date(2018, 8, 2)
    with writing(office) as work:
        victim(work, Delivery(kind=SupportKind.MEDICAL, delivered_on=day))  # a delivery implies the need
        half = victim(
            work,
            SupportNeed(kind=SupportKind.MEDICAL),
            Delivery(kind=SupportKind.MEDICAL, delivered_on=day),
            SupportNeed(kind=SupportKind.LOAN),
        )
        victim(work, SupportNeed(kind=SupportKind.LOAN, refused=True))  # no need: outside the target
    with reading(office) as work:
        now = figures.targets(work, Q3)[TargetKey.SUPPORT]
        later = figures.targets(work, Q4)[TargetKey.SUPPORT]
    assert (now.met, now.of, [missed.case_id for missed in now.missed]) == (1, 2, [half])
    assert (later.met, later.of, later.waiting) == (0, 0, (half,))


def test_protection_counts_each_person_in_need(office: Office) -> None:
    with writing(office) as work:
        found = case(work)
        victim = subject(work, found)
        aunt = Person(case_id=found.id, subject_id=5, kind=PersonKind.RELATIVE, full_name="Nông Thị Lan")
        work.session.add_all(
            [
                aunt,
                ProtectionNeed(case_id=found.id, person_id=victim.id),
                ProtectionNeed(case_id=found.id, person_id=aunt.id, refused_on=date(2018, 7, 9)),
                ProtectionMeasure(
                    case_id=found.id, person_id=victim.id, measure="A.P1", applied_on=date(2018, 7, 5)
                ),
            ]
        )
    with reading(office) as work:
        target = figures.targets(work, Q3)[TargetKey.PROTECTION]
        beside, measures = figures.companions(work, Q3), figures.measures(work, Q3)
    assert (target.met, target.of, target.missed[0].reason) == (1, 2, Reason.REFUSED)
    assert beside == {PersonKind.ACCOMPANYING_MINOR: 0, PersonKind.RELATIVE: 1}
    assert [(m.key, m.times, m.persons) for m in measures] == [("A.P1", 1, 1)]


def test_money_is_net_of_corrections_and_without_loans(any_office: Office) -> None:
    with writing(any_office) as work:
        found = case(work)
        paid = Delivery(
            case_id=found.id,
            kind=SupportKind.MEDICAL,
            delivered_on=date(2018, 9, 30),
            amount=1_440_000,
            fund=FundSource.STATE,
        )
        late = Delivery(  # a correction stands on the day of what it corrects
            case_id=found.id,
            kind=SupportKind.MEDICAL,
            delivered_on=date(2018, 11, 1),
            amount=-40_000,
            corrects_id=paid.id,
        )
        loan = Delivery(case_id=found.id, kind=SupportKind.LOAN, delivered_on=date(2018, 8, 1), amount=20_000_000)
        plain = Delivery(case_id=found.id, kind=SupportKind.TRAVEL, delivered_on=date(2018, 8, 1))
        work.session.add_all([paid, late, loan, plain])
    with reading(any_office) as work:
        money, loans = figures.money(work, Q3), figures.loans(work, Q3)
        kinds = {line.kind: line for line in figures.deliveries(work, Q3)}
        assert figures.money(work, Q4).total == 0
    assert money.total == 1_400_000
    assert [(part.key, part.amount) for part in money.by_fund] == [("state", 1_400_000)]
    assert [(part.label, part.amount) for part in money.by_unit] == [("Công an tỉnh", 1_400_000)]
    assert (loans.total, loans.times, loans.persons) == (20_000_000, 1, 1)
    assert (kinds[SupportKind.MEDICAL].times, kinds[SupportKind.TRAVEL].times) == (1, 1)


def test_sums_of_money_are_exact(office: Office) -> None:
    with writing(office) as work:
        found = case(work)
        for amount in (2**53 + 1, 1):  # floating point would lose one đồng
            work.session.add(
                Delivery(case_id=found.id, kind=SupportKind.MEDICAL, delivered_on=date(2018, 8, 1), amount=amount)
            )
    with reading(office) as work:
        assert figures.money(work, Q3).by_kind[0].amount == 2**53 + 2


@pytest.mark.parametrize(
    ("birth", "day", "band"),
    [
        (date(2002, 7, 3), date(2018, 7, 2), AgeBand.UNDER_16),
        (date(2002, 7, 3), date(2018, 7, 3), AgeBand.UNDER_18),
        (date(2000, 7, 3), date(2018, 7, 2), AgeBand.UNDER_18),
        (date(2000, 7, 3), date(2018, 7, 3), AgeBand.ADULT),
        (date(2000, 2, 29), date(2018, 2, 28), AgeBand.UNDER_18),
    ],
)
def test_the_age_is_that_of_the_day_of_reception(birth: date, day: date, band: AgeBand) -> None:
    assert age_band(birth, day) is band


def test_breakdowns_name_the_unknown_and_put_spellings_together(office: Office) -> None:
    with writing(office) as work:
        case(work, ethnic="Mông", birth=PartialDate("2000"))
        case(work, ethnic="mông", sex=None, home_district_id=None, home_province="Lạng Sơn", full_name="B")
        case(work, ethnic=None, place=Place.DOMESTIC, country=None, home_district_id=None, full_name="C")
    with reading(office) as work:
        found = {part.key: part for part in figures.breakdowns(work, Q3)}
    shown = {key: {s.label: s.received for s in part.shares if s.received} for key, part in found.items()}
    assert set(found) == {"sex", "age", "ethnic", "district", "country", "purpose", "unit", "way", "place"}
    assert all(part.received == 3 and part.victims == 0 for part in found.values())
    assert shown["ethnic"] == {"Mông": 2, "Chưa rõ": 1}
    assert shown["sex"] == {"Nữ": 2, "Chưa rõ": 1}
    assert shown["district"] == {"Huyện Na Rì": 1, "Ngoài tỉnh": 1, "Chưa rõ": 1}
    assert shown["country"] == {"Trung Quốc": 2, "Việt Nam": 1}
    assert len([s for s in found["district"].shares if s.label.startswith(("Huyện", "Thành"))]) == 8


def test_month_by_month_sums_to_the_period(office: Office) -> None:
    with writing(office) as work:
        for day in (date(2018, 7, 31), date(2018, 8, 1), date(2018, 9, 30)):
            case(work, received_on=day, full_name=str(day.month) + "A")
    with reading(office) as work:
        months = figures.monthly(work, Q3)
        ongoing = figures.monthly(work, Q3, as_of=date(2018, 8, 20))
    assert [(month.label, month.received) for month in months] == [("07/2018", 1), ("08/2018", 1), ("09/2018", 1)]
    assert [month.label for month in ongoing] == ["07/2018", "08/2018"]
