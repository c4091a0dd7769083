"""Where a person lives, where they were brought, and for what: names as people write them."""

import re
from dataclasses import dataclass
from datetime import date

from db.cases import Case, Place, Purpose
from db.fields import info
from services.importing.countries import HOME, find_country
from services.importing.directory import Directory, find_province
from services.importing.form import word
from services.importing.remarks import Desk
from services.importing.rows import OUTSIDE
from services.text import clean

UNKNOWN = "Chưa rõ"
OUTSIDE_OF = re.compile(r"(?i)(?:ngoài|ngoai)\s+(?:tỉnh|tinh)\b[\s\-–—−:,(./]*(.*?)[\s).]*\Z", re.DOTALL)
LONGEST = int(info(Case.country)["max_length"])
SHORTEST = 5  # letters of a folded prefix that may stand for a longer choice
ALSO: dict[str, Purpose] = {
    "ep lam chong": Purpose.MARRIAGE,
    "ep ket hon": Purpose.MARRIAGE,
    "cuong ep ket hon": Purpose.MARRIAGE,
    "mai dam": Purpose.SEXUAL,
    "ep ban dam": Purpose.SEXUAL,
    "de thue": Purpose.CHILDBEARING,
    "an xin": Purpose.BEGGING,
    "lay noi tang": Purpose.ORGAN,
}
# fmt: off
ETHNIC = (  # the 54 peoples of Việt Nam
    "Kinh", "Tày", "Thái", "Hoa", "Khơ-me", "Mường", "Nùng", "Mông", "Dao", "Gia-rai", "Ngái", "Ê-đê", "Ba-na",
    "Xơ-đăng", "Sán Chay", "Cơ-ho", "Chăm", "Sán Dìu", "Hrê", "Mnông", "Ra-glai", "Xtiêng", "Bru-Vân Kiều",
    "Thổ", "Giáy", "Cơ-tu", "Gié-Triêng", "Mạ", "Khơ-mú", "Co", "Ta-ôi", "Chơ-ro", "Kháng", "Xinh-mun",
    "Hà Nhì", "Chu-ru", "Lào", "La Chí", "La Ha", "Phù Lá", "La Hủ", "Lự", "Lô Lô", "Chứt", "Mảng", "Pà Thẻn",
    "Cơ Lao", "Cống", "Bố Y", "Si La", "Pu Péo", "Brâu", "Ơ-đu", "Rơ-măm",
)
# fmt: on
ETHNIC_ALSO = {"h mong": "Mông", "hmong": "Mông", "cao lan": "Sán Chay", "san chi": "Sán Chay"}


@dataclass(frozen=True)
class Home:
    district_id: int | None = None
    commune_id: int | None = None
    commune_text: str | None = None
    province: str | None = None


@dataclass(frozen=True)
class Exploited:
    place: Place | None = None
    country: str | None = None
    province: str | None = None


def home(desk: Desk, known: Directory, day: date) -> Home:
    """Residence: a district here, or another province; a commune of that day, or its name as written."""
    district, commune = desk.text("district"), desk.text("commune")
    outside = OUTSIDE_OF.match(district)
    if outside:
        return _outside(desk, known, day, clean(outside[1]), commune)
    found = known.district(district, day) if district and word(district) != word(UNKNOWN) else None
    if district and found is None and word(district) != word(UNKNOWN):
        desk.refuse("district", f"Tỉnh không có huyện, thành phố này. Người tỉnh khác ghi «{OUTSIDE} – tên tỉnh».")
        return Home()
    district_id = found.id if found else None
    if not commune:
        return Home(district_id)
    area = known.commune(commune, district_id, day)
    if area is None:
        desk.warn("commune", "Ngày tiếp nhận không có xã, phường này (tên khác, đã sáp nhập): giữ như đã ghi.")
        return Home(district_id, commune_text=commune)
    if district_id is None and area.parent_id in known.district_ids:
        district_id = area.parent_id
    return Home(district_id, area.id)


def _outside(desk: Desk, known: Directory, day: date, name: str, commune: str) -> Home:
    province = find_province(name)
    if name and known.is_home(name, day):
        desk.refuse("district", "Ghi là ngoài tỉnh nhưng tên tỉnh là tỉnh mình.")
    if not name:
        desk.warn("district", "Không ghi tên tỉnh.")
    elif province is None and len(name) > LONGEST:
        desk.refuse("district", f"Tên tỉnh quá dài: nhiều nhất {LONGEST} ký tự.")
    elif province is None:
        desk.warn("district", "Không có tỉnh này trong danh mục: giữ như đã ghi.")
    if commune:
        desk.warn("commune", "Người ngoài tỉnh không ghi xã: giữ như đã ghi.")
    return Home(commune_text=commune or None, province=province or name or UNKNOWN)


def exploited(desk: Desk, known: Directory, day: date) -> Exploited:
    """Where the person was brought: abroad, in another province, or here."""
    text = desk.text("place")
    for place in Place:
        if word(text) == word(place.label):
            return Exploited(place)
    if not text:
        return Exploited()
    if known.is_home(text, day):
        return Exploited(Place.IN_PROVINCE)
    if province := find_province(text):
        return Exploited(Place.DOMESTIC, province=province)
    if country := find_country(text):
        return _in_country(desk, text, *country)
    if known.district(text, day):
        desk.keep("place", text)
        return Exploited(Place.IN_PROVINCE)
    if word(text) in ("nuoc ngoai", "ngoai nuoc"):
        return Exploited(Place.ABROAD)
    if len(text) > LONGEST:
        desk.refuse("place", f"Tên nước, tên tỉnh quá dài: nhiều nhất {LONGEST} ký tự.")
    desk.warn("place", "Không có trong danh mục tỉnh và nước: hiểu là một nước, giữ như đã ghi.")
    return Exploited(Place.ABROAD, country=text)


def _in_country(desk: Desk, text: str, country: str, whole: bool) -> Exploited:
    if country == HOME:
        desk.warn("place", "Chỉ ghi Việt Nam: hiểu là tỉnh khác, chưa rõ tỉnh nào.")
        return Exploited(Place.DOMESTIC)
    if not whole:
        desk.keep("place", text)
    return Exploited(Place.ABROAD, country=country)


def purpose(desk: Desk) -> Purpose | None:
    """The purpose whose words begin alike; another text is kept in the notes."""
    text = desk.text("purpose")
    wanted = word(text)
    if not wanted:
        return None
    captions = {word(member.label): member for member in Purpose} | ALSO
    found = {m for w, m in captions.items() if w == wanted} or {
        member
        for caption, member in captions.items()
        if wanted.startswith(f"{caption} ") or (len(wanted) >= SHORTEST and caption.startswith(wanted))
    }
    if len(found) == 1:
        return found.pop()
    desk.warn("purpose", "Không có mục đích này trong danh mục: để trống, giữ trong ghi chú.")
    desk.keep("purpose", text)
    return None


def ethnic(text: str) -> str:
    """The group's name as the list of peoples writes it; another name as typed."""
    wanted = word(text)
    return ETHNIC_ALSO.get(wanted) or next((name for name in ETHNIC if word(name) == wanted), text)
