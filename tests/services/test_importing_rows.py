"""Every spelling the register accepts, every refusal and every warning."""

import unicodedata
from datetime import date, datetime
from typing import Any

import pytest

from db.cases import Place, Purpose, Way
from db.support import FundSource, SupportKind
from db.verification import Outcome
from services.importing import Status
from services.importing.cells import GIVEN, NEED, REFUSED, Support
from services.importing.rows import Measure
from services.office import Office
from tests.services.register_sheets import book, plan_of, reasons, row_of, warned


def test_a_clean_row_is_read_whole(office: Office) -> None:
    line = row_of(office)
    row = line.row
    assert line.status is Status.NEW and row is not None and not line.warnings
    assert (row.received_on, row.birth, row.way) == (date(2018, 3, 5), "1999-04-03", Way.SELF_RETURN)
    assert (row.place, row.country, row.purpose) == (Place.ABROAD, "Trung Quốc", Purpose.MARRIAGE)
    assert (row.outcome, row.concluded_on, row.paper_number) == (Outcome.VICTIM, date(2018, 4, 1), "18/GXN-CA")
    assert row.needs_protection and row.measures == (Measure("A.P2"), Measure("A.P5"))
    assert row.supports == {
        SupportKind.ESSENTIALS: Support(delivered=True, amount=1_440_000),
        SupportKind.TRAVEL: GIVEN,
        SupportKind.MEDICAL: NEED,
        SupportKind.PSYCHOLOGY: REFUSED,
        SupportKind.LOAN: Support(delivered=True, amount=20_000_000),
    }
    assert row.fund is FundSource.STATE


@pytest.mark.parametrize(
    "typed",
    [datetime(2018, 2, 1), date(2018, 2, 1), "01/02/2018", "1/2/2018", "1-2-2018", "01.02.2018", " 1 / 2 / 2018 "],
)
def test_a_day_is_read_day_first(office: Office, typed: Any) -> None:
    row = row_of(office, received_on=typed).row
    assert row is not None and row.received_on == date(2018, 2, 1)


def test_a_day_number_without_its_format_is_read_with_a_warning(office: Office) -> None:
    line = row_of(office, received_on=43132)
    assert line.row is not None and line.row.received_on == date(2018, 2, 1)
    assert "01/02/2018" in reasons(line.warnings)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1999", "1999"), (1999, "1999"), ("4/1999", "1999-04"), ("04.1999", "1999-04"), ("3-4-1999", "1999-04-03")],
)
def test_a_birth_is_never_turned_into_a_day(office: Office, typed: Any, kept: str) -> None:
    row = row_of(office, birth=typed).row
    assert row is not None and row.birth == kept


@pytest.mark.parametrize(
    "typed",
    ["  tự trở về ", "TỰ TRỞ VỀ", unicodedata.normalize("NFD", "Tự trở về"), "Tự  trở  về", "Tự tro về"],
)
def test_choices_are_read_in_any_case_and_form(office: Office, typed: str) -> None:
    row = row_of(office, way=typed).row
    assert row is not None and row.way is Way.SELF_RETURN


@pytest.mark.parametrize("typed", ["Sở LĐTBXH", "sở lao động - thương binh và xã hội", "CA tỉnh", "UBND H. Na Rì"])
def test_units_are_known_by_their_folded_names(office: Office, typed: str) -> None:
    assert row_of(office, unit=typed).row is not None


@pytest.mark.parametrize(
    "typed", ["Thành Phố Bắc Kạn", "TP Bắc Kạn", "TP. Bắc Kạn", "tp.bắc kạn", "thành phố bắc kạn", "Bắc Kạn"]
)
def test_a_town_is_known_by_any_word_before_its_name(office: Office, typed: str) -> None:
    row = row_of(office, district=typed, commune=None).row
    assert row is not None
    same = row_of(office, district="Thành Phố Bắc Kạn", commune=None).row
    assert same is not None and row.home_district_id == same.home_district_id is not None


@pytest.mark.parametrize("typed", ["Huyện Na Rì", "H. Na Rì", "H.Na Rì", "na rì", "HUYỆN NA RÌ"])
def test_a_district_too(office: Office, typed: str) -> None:
    row = row_of(office, district=typed).row
    assert row is not None and row.home_commune_id is not None


@pytest.mark.parametrize("dash", ["–", "-", "—", " - ", ":", " "])
def test_outside_the_province_with_any_dash(office: Office, dash: str) -> None:
    row = row_of(office, district=f"Ngoài tỉnh {dash} Lạng Sơn", commune=None).row
    assert row is not None and (row.home_province, row.home_district_id) == ("Lạng Sơn", None)


@pytest.mark.parametrize(
    ("typed", "place", "country", "province"),
    [
        ("trung quốc", Place.ABROAD, "Trung Quốc", None),
        ("Cam-pu-chia", Place.ABROAD, "Campuchia", None),
        ("Lào", Place.ABROAD, "Lào", None),
        ("Bắc Kạn", Place.IN_PROVINCE, None, None),
        ("tỉnh Bắc Kạn", Place.IN_PROVINCE, None, None),
        ("Tại tỉnh", Place.IN_PROVINCE, None, None),
        ("Lào Cai", Place.DOMESTIC, None, "Lào Cai"),
        ("TP.HCM", Place.DOMESTIC, None, "Thành phố Hồ Chí Minh"),
        ("tỉnh Quảng Ninh", Place.DOMESTIC, None, "Quảng Ninh"),
        ("Thái Nguyên", Place.DOMESTIC, None, "Thái Nguyên"),
        ("Na Rì", Place.IN_PROVINCE, None, None),
    ],
)
def test_the_place_follows_from_its_name(
    office: Office, typed: str, place: Place, country: str | None, province: str | None
) -> None:
    row = row_of(office, place=typed).row
    assert row is not None and (row.place, row.country, row.province) == (place, country, province)


def test_the_province_keeps_its_name_of_the_day(office: Office) -> None:
    later = {"requested_on": None, "concluded_on": None, "outcome": None, "measured_on": None, "measures": None}
    row = row_of(office, received_on="01/08/2025", place="Thái Nguyên", delivered_on="02/08/2025", **later).row
    assert row is not None and row.place is Place.IN_PROVINCE


@pytest.mark.parametrize("typed", ["Hoà", "Hòa"])
def test_where_a_tone_mark_sits_says_nothing(office: Office, typed: str) -> None:
    plan = plan_of(office, book({"Họ và tên": "Nông Thị Hòa"}, {"Họ và tên": f"NÔNG THỊ {typed.upper()}"}))
    assert [line.status for line in plan.rows] == [Status.NEW, Status.SAME]


@pytest.mark.parametrize(
    ("typed", "purpose"),
    [
        ("Ép làm vợ", Purpose.MARRIAGE),
        ("ÉP LÀM VỢ HOẶC CHỒNG", Purpose.MARRIAGE),
        ("Nhận tiền, tài sản", Purpose.PROFIT),
        ("Lấy bộ phận cơ thể người", Purpose.ORGAN),
        ("Bóc lột tình dục (mại dâm)", Purpose.SEXUAL),
        ("Cưỡng bức", Purpose.LABOUR),
    ],
)
def test_a_purpose_begins_alike(office: Office, typed: str, purpose: Purpose) -> None:
    row = row_of(office, purpose=typed).row
    assert row is not None and row.purpose is purpose


@pytest.mark.parametrize(
    "typed", ["1.440.000", "1440000", "1.440.000 đ", "1.440.000đ", "1 440 000", 1440000.0, "1,440,000"]
)
def test_an_amount_in_any_usual_spelling(office: Office, typed: Any) -> None:
    row = row_of(office, support_essentials=typed).row
    assert row is not None and row.supports[SupportKind.ESSENTIALS].amount == 1_440_000


@pytest.mark.parametrize(
    ("typed", "needs"), [("Có", True), ("x", True), ("CÓ", True), ("Không", False), (None, False)]
)
def test_the_need_of_protection(office: Office, typed: str | None, needs: bool) -> None:
    row = row_of(office, needs_protection=typed, measures=None, measured_on=None).row
    assert row is not None and row.needs_protection is needs


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(95228127893, "095228127893"), ("95228127893", "095228127893"), (12345678, "012345678")],
)
def test_an_identity_number_regains_its_zero(office: Office, typed: Any, kept: str) -> None:
    line = row_of(office, identity_number=typed)
    assert line.row is not None and line.row.identity_number == kept
    assert warned(line) == ["Số CMND/CCCD"]


def test_another_identity_number_is_kept_in_the_notes(office: Office) -> None:
    line = row_of(office, identity_number="B1234567")
    assert line.row is not None and line.row.identity_number is None
    assert line.row.note == "Số CMND/CCCD: B1234567" and warned(line) == ["Số CMND/CCCD"]


def test_columns_nobody_knows_are_kept_as_notes(office: Office) -> None:
    line = plan_of(office, book({"Ghi chú": "Về cùng mẹ", "Người lập sổ": "Nông Thị Lập", "Tờ số": 12})).rows[0]
    assert line.row is not None
    assert line.row.note == "Về cùng mẹ\nNgười lập sổ: Nông Thị Lập\nTờ số: 12"


def test_an_unknown_measure_is_kept_as_another(office: Office) -> None:
    line = row_of(office, measures="Tạm lánh; Đổi số điện thoại")
    assert line.row is not None and line.row.measures == (Measure("A.P5"), Measure("other", "Đổi số điện thoại"))
    assert warned(line) == ["Biện pháp bảo vệ"]


def test_measures_are_of_the_regime_of_the_identification(office: Office) -> None:
    row = row_of(office, concluded_on="02/07/2025", measured_on="03/07/2025").row
    assert row is not None and row.measures == (Measure("B.P1"), Measure("B.P2"))


def test_a_merged_commune_is_kept_as_it_was_written(office: Office) -> None:
    line = row_of(office, received_on="05/03/2020", requested_on="06/03/2020", concluded_on="07/03/2020",
                  measured_on="06/03/2020", delivered_on="07/03/2020", commune="Xã Hảo Nghĩa")  # fmt: skip
    assert line.row is not None
    assert (line.row.home_commune_id, line.row.home_commune_text) == (None, "Xã Hảo Nghĩa")
    assert warned(line) == ["Xã/Phường"]


def test_what_a_cell_says_beyond_the_form_is_not_lost(office: Office) -> None:
    line = row_of(office, place="Trung Quốc (Quảng Tây)", purpose="Để làm con nuôi")
    assert line.row is not None and line.row.country == "Trung Quốc" and line.row.purpose is None
    assert line.row.note == "Nơi bị mua bán: Trung Quốc (Quảng Tây)\nMục đích mua bán: Để làm con nuôi"


def test_the_fund_is_of_the_amounts_loans_apart(office: Office) -> None:
    line = row_of(office, support_essentials="x")
    assert line.row is not None and line.row.fund is None
    assert line.row.note == "Nguồn kinh phí: Ngân sách nhà nước" and warned(line) == ["Nguồn kinh phí"]


@pytest.mark.parametrize("typed", ["H'Mông", "Hmông", "mông", "MÔNG"])
def test_a_people_has_one_name(office: Office, typed: str) -> None:
    row = row_of(office, ethnic=typed).row
    assert row is not None and row.ethnic == "Mông"
