"""The tool's own numbers: no gap, no double, one series a year, a unit and a kind."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.base import table_of
from db.letters import Letter
from services.errors import Invalid
from services.letters import issuing, opening
from services.office import Office
from services.work import Work, command_line
from tests.services.letters.issued import ON, case_in, draft_in, issue_in, own_series, writing


def test_the_series_counts_from_one_a_year_a_unit_and_a_kind(office: Office) -> None:
    own_series(office, symbol="TB-LĐTBXH")
    case_id = case_in(office)
    drafts = [draft_in(office, case_id) for _ in range(3)]
    assert [issue_in(office, one) for one in drafts[:2]] == ["01/TB-LĐTBXH", "02/TB-LĐTBXH"]
    assert issue_in(office, drafts[2], on=date(2019, 1, 2)) == "01/TB-LĐTBXH"
    with pytest.raises(Invalid):
        issue_in(office, draft_in(office, case_id), "5")


def test_numbers_typed_before_the_series_are_not_given_again(office: Office) -> None:
    case_id = case_in(office)
    issue_in(office, draft_in(office, case_id), "4/TB")
    own_series(office, symbol="TB")
    assert issue_in(office, draft_in(office, case_id)) == "05/TB"
    own_series(office, on=False)
    issue_in(office, draft_in(office, case_id), "6")
    own_series(office, symbol="TB")
    assert issue_in(office, draft_in(office, case_id)) == "07/TB"


def test_people_issuing_at_once_never_share_a_number(any_office: Office) -> None:
    own_series(any_office, symbol="TB")
    case_id = case_in(any_office)
    drafts = [draft_in(any_office, case_id) for _ in range(8)]
    together = Barrier(len(drafts))

    def one(letter_id: int) -> str:
        together.wait()
        return issue_in(any_office, letter_id)

    with ThreadPoolExecutor(len(drafts)) as threads:
        given = list(threads.map(one, drafts))
    assert sorted(given) == [f"{number:02d}/TB" for number in range(1, len(drafts) + 1)]


class Undone(Exception):
    """Something fails after the number was taken."""


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["issue", "cancel", "undo"]), max_size=8), st.data())
def test_no_gap_and_no_double_whatever_happens(office: Office, course: list[str], data: st.DataObject) -> None:
    code = "bien_ban_tiep_nhan"
    if not office.memory.get("own series"):
        own_series(office, code, symbol="BB")
        office.memory["own series"] = True
    case_id = case_in(office)
    before = numbers(office, code)
    for step in course:
        letter_id = draft_in(office, case_id, code)
        try:
            with writing(office) as work:
                letter = opening.find(work, letter_id)
                if step != "cancel" or data.draw(st.booleans()):
                    issuing.issue(work, letter, dated=ON)
                if step == "cancel":
                    issuing.cancel(work, letter, reason="thử")
                if step == "undo":
                    raise Undone
        except Undone:
            pass
    found = numbers(office, code)
    assert found == list(range(1, len(found) + 1))
    assert len(found) >= len(before) + course.count("issue")


def numbers(office: Office, code: str) -> list[int]:
    letter = table_of(Letter).c
    wanted = sa.select(letter.number).where(letter.template == code, letter.number.is_not(None))
    with Work(office, command_line()) as work:
        return sorted(int(one.split("/")[0]) for one in work.session.connection().execute(wanted).scalars())
