"""The law tables are complete, consistent, and nothing unread pretends to be law."""

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from types import SimpleNamespace

import pytest

from db.fields import LabelledEnum
from db.places import AreaLevel, UnitKind
from db.support import SupportKind
from services import law
from services.law import values
from services.law.model import LegalRow, RegimeRow
from services.law.tables import raw
from services.text import fold

ENGLISH = re.compile(r"\b(the|of|from|only|not|with|see|days|until|when|within|by|and|if|while|free)\b")
TODAY = date(2026, 11, 23)


def _all_rows() -> list[LegalRow]:
    found: list[LegalRow] = []
    for day in (date(2013, 12, 1), date(2018, 1, 1), date(2021, 8, 1), date(2024, 8, 1), TODAY):
        held = law.on(day)
        for name in held.__dataclass_fields__:
            value = getattr(held, name)
            if isinstance(value, tuple):
                found += value
        found += [*law.forms(day), *law.duties(day), *law.reporting_rules(day)]
    found += [*law.areas(), *law.organisations(), *law.agencies(), *values.all_deadlines(), *values.all_norms()]
    return found


def test_every_text_a_row_cites_is_known() -> None:
    unknown = {c.document for row in _all_rows() for c in row.legal} - set(law.instruments())
    assert unknown == set()


def test_every_source_is_known() -> None:
    known = {row["id"] for row in raw("sources")["read_in"]}
    named = {part for row in _all_rows() for part in row.source.split(" + ")}
    assert {n for n in named if n not in known and "." not in n} == set()  # an address names itself


def test_nothing_from_memory_is_called_verified() -> None:
    assert [row for row in _all_rows() if row.source == "GK" and row.verified] == []


def test_every_regime_row_has_a_known_regime_and_dates_in_order() -> None:
    for row in _all_rows():
        if isinstance(row, RegimeRow):
            assert row.regime in ("A", "B", "any")
        if row.valid_from and row.valid_to:
            assert row.valid_from <= row.valid_to


def test_words_for_screens_are_vietnamese() -> None:
    shown = (
        "label",
        "actor",
        "from_event",
        "vi",
        "output",
        "extension",
        "per",
        "duration",
        "rule",
        "for_whom",
        "title",
    )
    for row in _all_rows():
        for name in shown:
            text = getattr(row, name, "")
            assert not ENGLISH.search(text), f"{name}: {text}"


def test_norms_of_a_code_never_overlap() -> None:
    every = sorted(values.all_norms(), key=lambda row: (row.code, row.valid_from or date.min))
    for before, after in pairwise(every):
        if before.code == after.code:
            assert before.valid_to is not None
            assert after.valid_from is not None
            assert before.valid_to < after.valid_from


def test_an_amount_stands_exactly_where_the_basis_says_so() -> None:
    for row in values.all_norms():
        assert (row.amount is not None) == (row.basis is law.Basis.AMOUNT)
        assert row.kind == "" or row.kind in set(SupportKind)


def test_every_kind_of_support_has_a_norm_in_both_regimes() -> None:
    for day in (date(2018, 1, 1), TODAY):
        for kind in SupportKind:
            assert law.norms_of(kind, day), (kind, day)


def test_what_is_missing_is_listed_until_the_office_fills_it_in() -> None:
    keys = {value.key: value for value in law.missing(TODAY)}
    assert {"deadline:B.VERIFY.POLICE", "norm:B.k.HARDSHIP", "holidays:2026", "paper:B.D33"} <= set(keys)
    assert "deadline:B.REPORT.INITIAL_CHECK" not in keys
    assert keys["norm:B.k.HARDSHIP"].label == "Mức hỗ trợ: Trợ cấp khó khăn ban đầu"
    day = date(2026, 1, 1)
    decided = SimpleNamespace(
        key="deadline:B.VERIFY.POLICE",
        effective_from=day,
        value=15,
        unit="ngày làm việc",
        document="01/QĐ",
        document_date=day,
    )
    assert "deadline:B.VERIFY.POLICE" not in {value.key for value in law.missing(TODAY, [decided])}
    found = law.deadline("VERIFY.POLICE", TODAY, office=[decided])
    assert found is not None
    assert found.limit == law.Limit(15, law.LimitUnit.DAY, working=True)
    assert law.cite(found.legal) == "01/QĐ"
    early = law.deadline("VERIFY.POLICE", date(2025, 12, 31), office=[decided])
    assert early is not None
    assert early.limit is None


def test_a_limit_the_law_does_give_is_not_replaced() -> None:
    day = date(2018, 1, 1)
    other = SimpleNamespace(
        key="deadline:A.VERIFY.POLICE", effective_from=day, value=99, unit="ngày", document="x", document_date=day
    )
    found = law.deadline("VERIFY.POLICE", day, office=[other])
    assert found is not None
    assert found.limit == law.Limit(20, law.LimitUnit.DAY)


def test_a_text_that_gives_no_number_is_not_missing() -> None:
    keys = {value.key for value in law.missing(date(2018, 1, 1))}
    assert "deadline:A.PROTECT.DECIDE" not in keys
    assert not any(key.startswith("deadline:") for key in keys)


def test_holidays_are_only_what_the_office_entered() -> None:
    assert law.holidays() == frozenset()
    tet = SimpleNamespace(
        key="holiday", effective_from=TODAY, value=1, unit="ngày", document="x", document_date=TODAY
    )
    assert law.holidays([tet]) == {TODAY}
    assert "holidays:2026" not in {value.key for value in law.missing(TODAY, [tet])}


def test_places_are_whole() -> None:
    ids = Counter(area.id for area in law.areas())
    assert max(ids.values()) == 1
    seen: set[str] = set()
    for area in law.areas():
        assert area.level in set(AreaLevel)
        assert not area.parent or area.parent in seen  # parents come first
        seen.add(area.id)
    assert all(unit.area in seen and unit.kind in set(UnitKind) for unit in law.organisations())
    codes = Counter(unit.code for unit in law.organisations())
    assert max(codes.values()) == 1


def test_a_spelling_names_one_organisation() -> None:
    owners: dict[str, set[str]] = {}
    for unit in law.organisations():
        for text in (unit.name, *unit.spellings):
            owners.setdefault(fold(text), set()).add(unit.code)
    assert {text: codes for text, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("name", ["Công an Huyện Na Rì", "UBND Huyện Na Rì", "Công an Thành Phố Bắc Kạn"])
def test_the_words_of_the_register_are_names(name: str) -> None:
    assert name in {unit.name for unit in law.organisations()}


def test_each_district_has_its_three_offices() -> None:
    kinds = Counter((unit.area, unit.kind) for unit in law.organisations_on(date(2018, 1, 1)))
    for district in law.areas_on(date(2018, 1, 1), AreaLevel.DISTRICT):
        for kind in ("police_district", "people_committee_district", "labour_office_district"):
            assert kinds[district.id, kind] == 1


def test_provinces() -> None:
    assert len(law.province_names()) == 63
    assert law.find_province("tp hồ chí minh") == "Thành phố Hồ Chí Minh"
    assert law.find_province("DAK LAK") == "Đắk Lắk"
    assert law.find_province("đắc lắc") == "Đắk Lắk"
    assert law.find_province("Campuchia") is None


def test_codes_stored_in_files_fit_their_columns_and_have_words() -> None:
    codes = [r.code for r in (*values.all_measures(), *values.all_evidence_sources(), *values.all_papers())]
    assert len(set(codes)) == len(codes)
    assert all(len(code) <= 20 and law.caption(code) != code for code in codes)
    assert law.caption("unknown") == "unknown"


def test_citations_read_as_a_vietnamese_document_writes_them() -> None:
    found = law.deadline("A.VERIFY.POLICE", date(2018, 1, 1))
    assert found is not None
    assert law.cite(found.legal).startswith("Điều 24(4) Luật số 66/2011/QH12; ")
    assert law.read_in("BPD398")[0].startswith("Bộ Pháp điển")


def test_document_rules_give_a_page_that_can_be_printed() -> None:
    for day in (date(2016, 12, 25), TODAY):
        rules = law.document_rules(day)
        assert rules.margins.left == (30, 35)
        assert rules.elements["quoc_hieu"].bold
        assert not rules.page_number.first_page
    assert law.abbreviation("Báo cáo") == "BC"
    assert law.abbreviation("Công văn") is None


def test_three_rules_for_closing_figures_stand_side_by_side() -> None:
    found = {row.code: row for row in law.reporting_rules(date(2019, 12, 1))}
    assert found["CUT_Q"].cut_day == 14
    assert found["Q"].due_day == 25
    assert (found["MOLISA_STAT"].due_day, found["MOLISA_STAT"].due_month) == (15, 1)
    assert "CUT_Q" not in {row.code for row in law.reporting_rules(date(2019, 3, 11))}


def test_labels_are_given_once() -> None:
    for enum in (law.Regime, law.Basis, law.Bound, law.LimitUnit):
        assert issubclass(enum, LabelledEnum)
        assert all(member.label != member.value for member in enum)
