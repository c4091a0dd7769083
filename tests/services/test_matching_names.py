"""Names however they are spelt, and the index in memory that knows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from db.people import Person, PersonKind
from services import case_search
from services.access import case_for
from services.identity import matching, names
from services.identity.names import Known, Likeness, People
from services.office import Office
from services.records import add, drop, rows
from tests import factories as make
from tests.services.people_alike import ALIAS, NAME, nfd, reading, two, writing

# What is typed to find Đỗ Thị Hòa, and how it is stored.
VARIANTS: tuple[tuple[str, str], ...] = (
    # as it is said             stored as it is written
    ("Đỗ Thị Hòa", NAME), ("Đỗ Thị Hoà", NAME), ("đỗ thị hòa", NAME), ("đỗ thị hoà", NAME),
    ("ĐỖ THỊ HÒA", NAME), ("ĐỖ THỊ HOÀ", NAME), ("Đỗ thị Hòa", NAME), ("đỖ tHỊ hÒA", NAME),
    # without marks
    ("Do Thi Hoa", NAME), ("do thi hoa", NAME), ("DO THI HOA", NAME), ("đo thi hoa", NAME),
    ("dỗ thị hòa", NAME), ("Dô Thi Hoa", NAME), ("do thị hoa", NAME), ("đỗ thi hòa", NAME),
    # decomposed, as a Mac writes it
    (nfd("Đỗ Thị Hòa"), NAME), (nfd("Đỗ Thị Hoà"), NAME), (nfd("đỗ thị hòa"), NAME), (nfd("ĐỖ THỊ HOÀ"), NAME),
    (nfd("hòa đỗ"), NAME), ("Đỗ Thị Hòa", nfd(NAME)), ("do thi hoa", nfd(NAME)), (nfd("Hoà Thị Đỗ"), nfd(NAME)),
    # in another order
    ("Hòa Đỗ Thị", NAME), ("Thị Hòa Đỗ", NAME), ("hoa do", NAME), ("hoa do thi", NAME),
    ("Hoà Thị Đỗ", NAME), ("thi do hoa", NAME), ("HÒA ĐỖ", NAME), ("do hoa", NAME),
    # blanks, and what stands between words
    ("Đỗ  Thị  Hòa", NAME), ("  Đỗ Thị Hòa  ", NAME), ("Đỗ\tThị\tHòa", NAME), ("Đỗ\u00a0Thị\u00a0Hòa", NAME),
    ("Đỗ Thị  Hoà ", NAME), ("do   thi   hoa", NAME), ("Đỗ\u200b Thị Hòa", NAME), ("Đỗ-Thị-Hòa", NAME),
    ("Đỗ Thị Hòa.", NAME), ("Đỗ, Thị, Hòa", NAME), ("(Đỗ Thị Hòa)", NAME), ("đỗ.thị.hòa", NAME),
    # while it is typed
    ("đỗ", NAME), ("do t", NAME), ("do thi", NAME), ("do thi h", NAME),
    ("đỗ thị ho", NAME), ("hoa", NAME), ("Hò", NAME), ("ho do", NAME),
    # stored otherwise
    ("đỗ thị hòa", "ĐỖ THỊ HOÀ"), ("Do Thi Hoa", "Ðỗ Thị Hòa"), ("đỗ thị hòa", "Đỗ  Thị Hoà"),
    ("Đỗ Thị Hoà", "do thi hoa"),
    # letters that only look alike, capitals of a font, and the other name
    ("Ðỗ Thị Hòa", NAME), ("ðỗ thị hòa", NAME), ("a may", NAME), ("Mẩy", NAME),
)  # fmt: skip


# What is spelt otherwise than it is stored: found as *nearly so*.
NEARLY = (
    ("Đỗ Thị Hao", NAME), ("Đỗ Thị Hòaa", NAME), ("Đỗ Hòa", NAME), ("Đổ Thị Hòe", "Đỗ Thị Hoè"),
    ("Triệu Mùi Xao", "Triệu Mùi Sao"), ("Chiệu Mùi Sao", "Triệu Mùi Sao"), ("Lông Thị Mẩy", "Nông Thị Mẩy"),
    ("Ly A Phò", "Lý A Phò"), ("Li A Phò", "Lý A Phò"), ("Nguyễn Thị Huong", "Nguyễn Thị Hương"),
    ("Hoàng Thị Sa", "Hoàng Thị Sao"), ("Dàng A Páo", "Giàng A Páo"), ("Mai Thi Long", "Nông Thị Mây"),
)  # fmt: skip


def test_the_list_has_sixty() -> None:
    assert len(set(VARIANTS)) >= 60


@pytest.mark.parametrize(("typed", "stored"), VARIANTS, ids=lambda text: text.encode("unicode_escape").decode())
def test_every_spelling_finds_the_person(office: Office, typed: str, stored: str) -> None:
    with writing(office) as work:
        there = make.case(work, full_name=stored, alias=ALIAS).id
        make.case(work, full_name="Nông Văn Páo")
    with reading(office) as work:
        assert names.matching(work, typed) == [there]
        assert [row.id for row in case_search.find(work, case_search.CaseFilter(text=typed)).rows] == [there]
        assert [one.case_id for one in names.near(work, typed)] == [there]


@pytest.mark.parametrize(("typed", "stored"), NEARLY)
def test_a_near_spelling_is_offered(office: Office, typed: str, stored: str) -> None:
    with writing(office) as work:
        there = make.case(work, full_name=stored).id
        make.case(work, full_name="Bàn Văn Quý")
    with reading(office) as work:
        assert [one.case_id for one in matching.candidates(work, name=typed)] == [there]


# the index in memory


@given(
    st.lists(st.tuples(st.integers(1, 6), st.sampled_from([NAME, "Nông Thị Mẩy", "Lý A Phò", None])), max_size=20)
)
def test_the_index_holds_what_was_put_last(changes: list[tuple[int, str | None]]) -> None:
    people, there = People(), {}
    for person_id, name in changes:
        if name is None:
            people.drop(person_id)
            there.pop(person_id, None)
        else:
            people.put(person_id, Known(person_id, (f" {names.words(name)}",), None))
            there[person_id] = name
    for name in (NAME, "Nông Thị Mẩy", "Lý A Phò"):
        wanted = {person_id for person_id, kept in there.items() if kept == name}
        assert set(people.holding(names.words(name))) == wanted
        assert {found for found, how, _ in people.alike(names.words(name), 50) if how is Likeness.SAME} == wanted


@given(st.permutations(NAME.split()), st.booleans())
def test_any_order_is_known_as_such(parts: list[str], upper: bool) -> None:
    name = " ".join(parts)
    people = People()
    people.put(1, Known(1, (f" {names.words(NAME)}",), None))
    (found,) = people.alike(names.words(name.upper() if upper else nfd(name)), 5)
    assert found[1] is (Likeness.SAME if name == NAME else Likeness.ORDER)


def test_what_changes_is_found_at_once_and_what_is_deleted_is_not(any_office: Office) -> None:
    one, other = two(any_office, full_name="Lý A Phò")
    with reading(any_office) as work:
        assert names.matching(work, "ly a pho") == [other]
    with writing(any_office) as work:
        person = work.session.exec(select(Person).where(Person.case_id == other)).one()
        person.full_name = "Lý A Sính"
    with reading(any_office) as work:
        assert names.matching(work, "ly a pho") == [] and names.matching(work, "ly a sinh") == [other]
    with writing(any_office) as work:
        case = case_for(work, one)
        relative = add(
            work, case, Person(case_id=one, subject_id=5, kind=PersonKind.RELATIVE, full_name="Bế Văn Lả")
        )
    with reading(any_office) as work:
        assert names.matching(work, "be van la") == [one]
    with writing(any_office) as work:
        case = case_for(work, one)
        drop(work, case, next(row for row in rows(work, Person, case) if row.id == relative.id))
    with reading(any_office) as work:
        assert names.matching(work, "be van la") == []


def test_one_deleted_and_one_put_back_between_two_looks(any_office: Office) -> None:
    """The number of people and the latest change stay what they were: only the trail tells."""
    with writing(any_office) as work:
        case = make.case(work, full_name=NAME)
        gone = add(
            work, case, Person(case_id=case.id, subject_id=5, kind=PersonKind.RELATIVE, full_name="Bế Văn Lả")
        )
        back = {
            name: getattr(gone, name)
            for name in ("id", "case_id", "subject_id", "kind", "created_at", "updated_at")
        }
        other = add(
            work, case, Person(case_id=case.id, subject_id=6, kind=PersonKind.RELATIVE, full_name="Ma Thị Sen")
        )
    with writing(any_office) as work:
        drop(work, case_for(work, case.id), work.session.get_one(Person, gone.id))
    with reading(any_office) as work:
        assert names.matching(work, "be van la") == []
    with writing(any_office) as work:
        drop(work, case_for(work, case.id), work.session.get_one(Person, other.id))
        work.session.flush()
        work.session.add(Person(**back, full_name="Bế Văn Lả"))
    with reading(any_office) as work:
        assert names.matching(work, "be van la") == [case.id] and names.matching(work, "ma thi sen") == []


def test_what_a_work_undoes_leaves_no_name_behind(any_office: Office) -> None:
    two(any_office)
    with reading(any_office) as work:
        names.matching(work, "x")
    with pytest.raises(ZeroDivisionError), writing(any_office) as work:
        made = make.case(work, full_name="Lý A Phò")
        assert names.matching(work, "ly a pho") == [made.id]  # it sees its own
        _ = 1 / 0
    with reading(any_office) as work:
        assert names.matching(work, "ly a pho") == []
