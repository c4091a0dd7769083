"""The demo shows an office at work today: what waits, who stands in two files, what lies on the desks."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlmodel import select

from db.accounts import Holding, Role
from db.attachments import Attachment, MediaType
from db.cases import Case, CaseState
from db.desk import SavedList
from db.letters import Letter, LetterState
from db.matching import Merge, PersonMatch
from db.places import Unit
from services import cases, demo, history, passwords, today
from services.access import seen
from services.demo.doubles import doubles
from services.demo.lately import lately
from services.demo.staff import PEOPLE, Staff, open_accounts
from services.identity import matching
from services.office import Office, open_office
from services.registers import drafts, saved_lists
from services.registers.case_list import CASES
from services.scans import attachments
from services.today import DECIDE, LATE, RETURNED, SOON, TYPING, WAITING
from services.work import Work, command_line


@pytest.fixture(scope="module")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    home, quick = tmp_path_factory.mktemp("demo"), (passwords.ROUNDS, demo.CASES)
    passwords.ROUNDS, demo.CASES = 4, 60
    demo.prepare(home)
    passwords.ROUNDS, demo.CASES = quick
    office = open_office(home, f"sqlite:///{home}/data/duongve.db")
    yield office
    office.close()


@pytest.fixture
def at_work(province: Office) -> Iterator[Callable[[str], Work]]:
    """One Work in which people of the demo sit down one after the other; nothing of it is kept."""
    with pytest.raises(ZeroDivisionError), Work(province, command_line(), write=True) as work:
        staff = Staff(work)

        def sits(username: str) -> Work:
            staff.sits(username)
            return work

        yield sits
        raise ZeroDivisionError


def groups(work: Work) -> dict[str, dict[str, int | None]]:
    return {group.name: {item.label: item.count for item in group.items} for group in today.groups(work)}


def test_everybody_s_unit_of_today_has_somebody(province: Office) -> None:
    with Work(province, command_line()) as work:
        held = work.session.exec(select(Holding.role, Unit.valid_to).join(Unit, Unit.id == Holding.unit_id)).all()
    assert {role for role, until in held if until is None} == set(Role)


def test_the_police_find_late_and_pressing_work_and_what_came_back(at_work: Callable[[str], Work]) -> None:
    found = groups(at_work("congan"))
    assert {"Chưa đề nghị xác minh", "Chờ kết luận"} <= found[LATE].keys()
    assert {"Chưa đề nghị xác minh", "Chờ kết luận"} <= found[SOON].keys()
    assert found[RETURNED] == {"Kết luận bị trả lại": 1}
    assert "Ghi tài liệu, chứng cứ" in found[TYPING]
    assert found[WAITING]["Người nước ngoài chờ trao trả"] == 1


def test_the_head_has_conclusions_of_this_week_to_decide(at_work: Callable[[str], Work]) -> None:
    assert 3 <= (groups(at_work("congan.truong"))[DECIDE]["Kết luận chờ duyệt"] or 0) <= 6


def test_the_department_and_the_commune_have_their_own(at_work: Callable[[str], Work]) -> None:
    assert groups(at_work("soyte"))[WAITING]["Không phải nạn nhân, chờ kết thúc"]
    commune = groups(at_work("xa.nari"))
    assert commune[LATE] and commune[SOON] and "Tiếp nhận mới" in commune[TYPING]


def test_what_came_years_ago_has_come_to_its_end_but_for_a_few(at_work: Callable[[str], Work]) -> None:
    work = at_work("congan")
    asked = select(Case).where(Case.received_on < work.today - timedelta(500))
    states = Counter(case.state for case in work.session.exec(asked))
    assert states[CaseState.CLOSED] > 0.9 * states.total()


def test_a_pair_waits_to_be_compared_one_is_linked_and_one_is_merged(at_work: Callable[[str], Work]) -> None:
    work = at_work("soyte")
    recent = work.session.exec(select(Case).where(Case.received_on > work.today - timedelta(30))).all()
    alike = {case.code: {one.code for one in matching.of_case(work, case) if one.strong} for case in recent}
    undecided = {code for code, others in alike.items() if any(code in alike.get(other, ()) for other in others)}
    assert len(undecided) == 2
    assert len(work.session.exec(select(PersonMatch)).all()) == 1
    merge = work.session.exec(select(Merge)).one()
    assert work.session.get_one(Case, merge.merged_id).state is CaseState.MERGED


def test_letters_are_drafts_issued_and_cancelled_and_the_notices_have_their_own_numbers(
    at_work: Callable[[str], Work],
) -> None:
    letters = at_work("congan").session.exec(select(Letter)).all()
    assert {letter.state for letter in letters} == set(LetterState)
    notices = [letter for letter in letters if letter.template == "thong_bao_tiep_nhan"]
    assert sorted(str(letter.number)[:2] for letter in notices) == ["01", "02"]


def test_a_letter_has_its_signed_paper_and_a_file_a_photo(at_work: Callable[[str], Work]) -> None:
    work = at_work("congan")
    scans = work.session.exec(select(Attachment)).all()
    assert {(scan.media_type, scan.letter_id is not None) for scan in scans} == {
        (MediaType.PDF, True),
        (MediaType.PNG, False),
    }
    for scan in scans:
        seen(work, work.session.get_one(Case, scan.case_id))
        assert attachments.read(work, scan)


def test_lists_are_saved_and_shared_and_each_desk_has_its_half_typed_form(at_work: Callable[[str], Work]) -> None:
    work = at_work("kiemnhiem")
    assert [one.title for one in saved_lists.offered(work, CASES)] == ["Đang xác minh"]
    assert Counter(row.shared_with for row in work.session.exec(select(SavedList)))[None] == 1
    assert len(drafts.mine(at_work("xa.nari"))) == len(drafts.mine(at_work("congan"))) == 1
    assert not drafts.mine(at_work("soyte"))


def test_who_did_it_stands_in_the_trail_and_on_the_file(at_work: Callable[[str], Work]) -> None:
    work = at_work("congan")
    recent = work.session.exec(select(Case).where(Case.received_on == work.today - timedelta(36))).one()
    by = {moment.who for moment in history.of(work, recent.id)}
    assert "Ma Văn Kiên" in by and not any(who.startswith("máy chủ") for who in by)
    assert cases.view(work, recent.id).conclusions


def test_the_same_day_gives_the_same_files(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 4)

    def told() -> list[tuple[object, ...]]:
        work = Work(office, command_line(), write=True)
        found: list[tuple[object, ...]] = []
        with pytest.raises(ZeroDivisionError), work:
            open_accounts(work)
            staff = Staff(work)
            lately(work, staff)
            doubles(work, staff)
            rows = work.session.exec(select(Case).order_by(Case.code))
            found += [(row.code, row.received_on, row.state, row.home_commune_id, row.country) for row in rows]
            raise ZeroDivisionError
        return found

    first = told()
    assert len(first) >= 30 and len(PEOPLE) >= 15
    assert told() == first
