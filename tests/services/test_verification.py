"""Extension, the papers of a victim by the law of the file, and the head's word on a conclusion."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.cases import CaseState
from db.verification import Outcome
from services import history, lifecycle, limits, verification
from services.access import Right, case_for
from services.errors import Invalid, NotReady
from services.law import Regime
from services.office import Office
from services.registers import choices
from services.registers.core import Asked
from services.work import Work
from tests import factories as make
from tests.services.verified import JULY_3, NARI, PROVINCE, conclude, listed, officer, verifying, writing

# Extension


def test_an_extension_moves_the_end_and_keeps_the_state(any_office: Office) -> None:
    case_id = verifying(any_office)
    with writing(any_office, officer(any_office, NARI)) as work:
        case = case_for(work, case_id)
        verification.extend(
            work, case, extended_on=date(2018, 7, 20), until=date(2018, 8, 10), number="3/GH", reason="phức tạp"
        )
        assert case.state is CaseState.VERIFYING
    with Work(any_office, officer(any_office), today=date(2018, 8, 10)) as work:
        due = limits.due(work, limits.VERIFY, JULY_3, case_for(work, case_id))
        assert due is not None and due.on == date(2018, 8, 10) and not due.late
        told = [moment.sentence for moment in history.of(work, case_id)]
        assert "Ghi mới gia hạn xác minh." in told and not any("phức tạp" in line for line in told)


@pytest.mark.parametrize(
    ("known", "field"),
    [
        ({"until": date(2018, 9, 4)}, "until"),  # Luật 66/2011 Đ.24(4): two months at most
        ({"until": date(2018, 7, 23)}, "until"),  # the twenty days themselves
        ({"extended_on": date(2018, 7, 2)}, "extended_on"),  # before the request
        ({"extended_on": make.TODAY + timedelta(days=1), "until": date(2021, 2, 1)}, "extended_on"),
        ({"reason": " "}, "reason"),
    ],
)
def test_an_extension_the_law_does_not_allow_is_refused(office: Office, known: dict[str, Any], field: str) -> None:
    case_id = verifying(office)
    facts = {"extended_on": date(2018, 7, 20), "until": date(2018, 9, 3), "reason": "nhiều địa phương"} | known
    with pytest.raises(Invalid) as refused, writing(office, officer(office)) as work:
        verification.extend(work, case_for(work, case_id), **facts)
    assert list(refused.value.problems) == [field]


def test_the_last_day_of_the_two_months_is_allowed_and_then_no_more_is_offered(office: Office) -> None:
    case_id, actor = verifying(office), officer(office)
    with writing(office, actor) as work:
        case = case_for(work, case_id)
        verification.extend(work, case, extended_on=JULY_3, until=date(2018, 9, 3), reason="phức tạp")
        why = {offer.step.name: offer.why_not for offer in lifecycle.offered(work, case)}
        assert "03/09/2018" in why["extend"]


def test_where_no_figure_was_read_the_offices_own_day_holds(office: Office) -> None:
    case_id = verifying(office, date(2025, 8, 1), home_district_id=None)
    with writing(office, officer(office), date(2026, 1, 5)) as work:
        case = case_for(work, case_id)
        row = verification.extend(
            work, case, extended_on=date(2025, 8, 5), until=date(2026, 6, 30), reason="theo văn bản"
        )
        assert row.until == date(2026, 6, 30)


def test_only_what_is_being_verified_is_extended(office: Office) -> None:
    with writing(office) as work:
        case = make.case(work)
        with pytest.raises(NotReady):
            verification.extend(work, case, extended_on=JULY_3, until=date(2018, 8, 1), reason="phức tạp")


# The law of the file


@pytest.mark.parametrize(
    ("day", "regime", "papers", "sources"),
    [
        (date(2025, 6, 30), Regime.A, 4, 8),
        (date(2025, 7, 1), Regime.B, 0, 9),
    ],
)
def test_the_lists_are_those_of_the_day_of_identification(
    office: Office, day: date, regime: Regime, papers: int, sources: int
) -> None:
    case_id = verifying(office, date(2025, 6, 20))
    actor, later = officer(office), date(2026, 3, 2)
    paper = "A.D28.1" if papers else None
    with writing(office, actor, later) as work:
        case = case_for(work, case_id)
        assert len(verification.papers(work, case, day)) == papers
        conclude(work, case, day, Outcome.VICTIM, paper=paper)
    with writing(office, actor, later) as work:
        case = case_for(work, case_id)
        assert lifecycle.regime(work, case, later) is regime
        assert len(choices.evidence_sources(Asked(work, case, known={"received_on": later}))) == sources
        assert len(verification.papers(work, case, later)) == papers
        verification.reopen(work, case, reopened_on=later, reason="có tài liệu mới")
        assert lifecycle.regime(work, case, later) is regime  # for good: a reopening changes nothing
        conclude(work, case, later)
        assert lifecycle.regime(work, case, later) is Regime.B  # no longer identified


def test_a_victim_names_a_paper_of_the_list(office: Office) -> None:
    case_id = verifying(office)
    with writing(office, officer(office)) as work:
        case = case_for(work, case_id)
        for paper in (None, "A.D28.9", "B.D33"):
            with pytest.raises(Invalid) as refused:
                conclude(work, case, date(2018, 7, 20), Outcome.VICTIM, paper=paper)
            assert list(refused.value.problems) == ["paper"]
        assert case.state is CaseState.VERIFYING
        row = conclude(work, case, date(2018, 7, 20), Outcome.VICTIM, paper="A.D28.4")
        assert row.paper == "A.D28.4" and row.unit_id == make.unit(work, PROVINCE).id


def test_a_register_may_say_no_paper_and_waits_for_no_head(office: Office) -> None:
    case_id = verifying(office)
    with writing(office) as work:
        row = conclude(work, case_for(work, case_id), JULY_3, Outcome.VICTIM, right=Right.IMPORT)
        assert row.unit_id is None
    assert listed(office, officer(office, head=True), "review") == []
