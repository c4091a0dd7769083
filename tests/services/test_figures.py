"""The definitions of the figures, one invented situation each."""

from collections.abc import Callable
from datetime import date

import pytest

from db.accounts import Role
from db.cases import Case, Place, Reopening, Way
from db.fields import PartialDate
from db.people import Person, PersonKind, Sex
from db.protection import ProtectionMeasure, ProtectionNeed
from db.support import Delivery, FundSource, SupportKind, SupportNeed
from db.verification import Conclusion, Outcome, VerificationRequest
from services import figures, periods
from services.errors import Refused
from services.figures import AgeBand, Line, Reason, TargetKey, line_of
from services.figures.reading import age_band
from services.office import Office
from services.records import rows
from services.work import Actor, Work, command_line
from tests.factories import actor, area, case, unit

TODAY = date(2020, 12, 31)
Q3 = periods.parse("2018Q3")
Q4 = periods.parse("2018Q4")


def writing(office: Office) -> Work:
    return Work(office, command_line(), write=True, today=TODAY)


def reading(office: Office, who: Actor | None = None) -> Work:
    return Work(office, who or command_line(), today=TODAY)


def concluded(found: Case, on: date, outcome: Outcome = Outcome.VICTIM) -> Conclusion:
    return Conclusion(case_id=found.id, outcome=outcome, concluded_on=on)


def subject(work: Work, found: Case) -> Person:
    return rows(work, Person, found)[0]


def test_a_file_concluded_reopened_and_concluded_again_balances(any_office: Office) -> None:
    with writing(any_office) as work:
        found = case(work, received_on=date(2018, 6, 1))
        work.session.add(concluded(found, date(2018, 7, 10), Outcome.INSUFFICIENT))
        work.session.add(Reopening(case_id=found.id, reopened_on=date(2018, 8, 1)))
        work.session.add(concluded(found, date(2018, 10, 2)))
    with reading(any_office) as work:
        third, fourth = figures.account(work, Q3), figures.account(work, Q4)
    assert (third.opening, third.received, third.reopened) == (1, 0, 1)
    assert (third.insufficient, third.victim, third.closing) == (1, 0, 1)
    assert (fourth.opening, fourth.victim, fourth.closing) == (1, 1, 0)


def test_all_on_one_day_balances(office: Office) -> None:
    day = date(2018, 7, 3)
    with writing(office) as work:
        found = case(work, received_on=day)
        work.session.add(concluded(found, day, Outcome.NOT_VICTIM))
        work.session.add(Reopening(case_id=found.id, reopened_on=day))
        work.session.add(concluded(found, day))
    with reading(office) as work:
        counts = figures.account(work, Q3)
    assert (counts.received, counts.reopened, counts.concluded, counts.closing) == (1, 1, 2, 0)


def test_a_second_conclusion_without_a_reopening_changes_nothing(office: Office) -> None:
    with writing(office) as work:
        found = case(work)
        work.session.add(concluded(found, date(2018, 7, 10)))
        work.session.add(concluded(found, date(2018, 8, 10), Outcome.NOT_VICTIM))
    with reading(office) as work:
        counts = figures.account(work, Q3)
    assert (counts.victim, counts.not_victim, counts.closing) == (1, 0, 0)


def test_a_conclusion_older_than_the_reception_takes_effect_with_it(office: Office) -> None:
    with writing(office) as work:
        work.session.add(concluded(case(work, received_on=date(2018, 10, 5)), date(2018, 9, 1)))
    with reading(office) as work:
        third, fourth = figures.account(work, Q3), figures.account(work, Q4)
    assert (third.concluded, third.closing) == (0, 0)
    assert (fourth.received, fourth.victim, fourth.closing) == (1, 1, 0)


def test_what_is_dated_after_the_day_of_the_figures_does_not_count(office: Office) -> None:
    with writing(office) as work:
        found = case(work, received_on=date(2018, 7, 3))
        work.session.add(VerificationRequest(case_id=found.id, requested_on=date(2018, 9, 26)))
        work.session.add(concluded(found, date(2018, 9, 27)))
        case(work, received_on=date(2018, 9, 28))
    with reading(office) as work:
        early = figures.as_json(work, Q3, as_of=date(2018, 9, 25))
        late = figures.as_json(work, Q3, as_of=date(2018, 12, 1))
    assert (early["as_of"], early["received"], early["closing"]) == ("2018-09-25", 1, 1)
    assert early["targets"]["verification"] == {"met": 0, "of": 1}
    assert (late["as_of"], late["received"], late["concluded"]["victim"]) == ("2018-09-30", 2, 1)


@pytest.mark.parametrize("place", list(Place))
@pytest.mark.parametrize("way", list(Way))
def test_the_line_follows_from_place_and_way(place: Place, way: Way) -> None:
    brought = way in (Way.HANDOVER, Way.RESCUED)
    expected = {
        Place.ABROAD: Line.ABROAD_HANDOVER if brought else Line.ABROAD_SELF_RETURN,
        Place.DOMESTIC: Line.DOMESTIC_RESCUED if brought else Line.DOMESTIC_SELF_REPORTED,
        Place.IN_PROVINCE: Line.IN_PROVINCE,
        Place.UNKNOWN: Line.UNKNOWN,
    }[place]
    if way is Way.UNKNOWN and place is not Place.IN_PROVINCE:
        expected = Line.UNKNOWN
    assert line_of(place, way) is expected


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


def test_json_is_exactly_the_agreed_form(office: Office) -> None:
    with reading(office) as work:
        found = figures.as_json(work, Q3)
    assert list(found) == [
        "period", "as_of", "received", "opening", "reopened", "closing", "concluded", "lines", "targets",
        "money", "loans",
    ]  # fmt: skip
    assert found["period"] == {"from": "2018-07-01", "to": "2018-09-30"}
    assert list(found["concluded"]) == ["victim", "not_victim", "insufficient"]
    assert list(found["lines"]) == [
        "abroad_handover", "abroad_self_return", "domestic_rescued", "domestic_self_reported", "in_province",
    ]  # fmt: skip
    assert list(found["targets"]) == ["verification", "initial_support", "protection", "support"]
    assert found["targets"]["support"] == {"met": 0, "of": 0}


def test_a_change_is_seen_at_once_and_what_was_taken_back_is_not(office: Office) -> None:
    def received() -> int:
        with reading(office) as work:
            return figures.account(work, Q3).received

    assert received() == 0
    with writing(office) as work:
        case(work)
        assert figures.account(work, Q3).received == 1  # within the same transaction too
    assert received() == 1
    with pytest.raises(ZeroDivisionError), writing(office) as work:
        case(work, full_name="B")
        assert figures.account(work, Q3).received == 2
        raise ZeroDivisionError
    assert received() == 1


@pytest.mark.parametrize("role", [Role.LEADER, Role.ADMIN, Role.PARTNER, Role.SHELTER])
def test_without_the_right_there_are_no_figures(office: Office, role: Role) -> None:
    who = actor(office, role, "Cơ sở bảo trợ xã hội")
    with reading(office, who) as work, pytest.raises(Refused):
        figures.as_json(work, Q3)


AREAS: list[tuple[Callable[[Office], Actor], int]] = [
    (lambda office: actor(office, Role.LABOUR_DEPT, "Sở Lao động - Thương binh và Xã hội"), 3),
    (lambda office: actor(office, Role.POLICE, "Công an tỉnh"), 3),
    (lambda office: actor(office, Role.LOCAL, "UBND Huyện Na Rì"), 2),  # lives there, or was received there
    (lambda office: actor(office, Role.POLICE, "Công an Huyện Ba Bể"), 0),
]


@pytest.mark.parametrize(("who", "expected"), AREAS)
def test_only_files_of_the_area_count(office: Office, who: Callable[[Office], Actor], expected: int) -> None:
    with writing(office) as work:
        elsewhere = area(work, "Huyện Chợ Mới").id
        case(work)  # lives in Na Rì, received by the province's police
        case(work, unit_id=unit(work, "UBND Huyện Na Rì").id, home_district_id=elsewhere, full_name="B")
        case(work, home_district_id=elsewhere, full_name="C")
    with reading(office, who(office)) as work:
        assert figures.account(work, Q3).received == expected


def test_a_units_report_counts_what_it_received(office: Office) -> None:
    with writing(office) as work:
        na_ri = unit(work, "UBND Huyện Na Rì").id
        case(work, sex=Sex.MALE)
        case(work, unit_id=na_ri, full_name="B")
    with reading(office) as work:
        assert figures.account(work, Q3, units={na_ri}).received == 1
        assert figures.account(work, Q3, units=set()).received == 0
