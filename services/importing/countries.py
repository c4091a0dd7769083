"""Countries and territories a register may name, with the other spellings people type.

Used only to tell a country from a mistyped place: a name that is not here is kept as it is, with a warning.
"""

import re
from functools import lru_cache

from services.text import clean, fold

COUNTRIES: dict[str, tuple[str, ...]] = {
    "Trung Quốc": ("TQ", "Trung Hoa", "China"),
    "Lào": ("Laos", "CHDCND Lào"),
    "Campuchia": ("Cam-pu-chia", "Căm-pu-chia", "Cambodia"),
    "Thái Lan": ("Thailand",),
    "Myanmar": ("Mi-an-ma", "Miến Điện", "Mianma"),
    "Malaysia": ("Ma-lai-xi-a", "Malaixia", "Mã Lai"),
    "Singapore": ("Xin-ga-po", "Singapo"),
    "Indonesia": ("In-đô-nê-xi-a",),
    "Philippines": ("Phi-líp-pin", "Philippin"),
    "Brunei": ("Bru-nây",),
    "Đông Timor": ("Timor-Leste",),
    "Đài Loan": ("Taiwan",),
    "Hồng Kông": ("Hong Kong",),
    "Ma Cao": ("Macau", "Macao"),
    "Hàn Quốc": ("Korea", "Nam Hàn"),
    "Triều Tiên": ("Bắc Triều Tiên",),
    "Nhật Bản": ("Nhật", "Japan"),
    "Mông Cổ": (),
    "Ấn Độ": (),
    "Pakistan": (),
    "Bangladesh": ("Băng-la-đét",),
    "Nepal": ("Nê-pan",),
    "Sri Lanka": (),
    "Afghanistan": (),
    "Iran": (),
    "Iraq": (),
    "Ả Rập Xê Út": ("Ả rập Saudi", "Saudi Arabia", "Ả-rập Xê-út"),
    "Các Tiểu vương quốc Ả Rập Thống nhất": ("UAE", "Dubai"),
    "Qatar": ("Ca-ta",),
    "Kuwait": ("Cô-oét",),
    "Oman": (),
    "Jordan": (),
    "Lebanon": ("Li-băng",),
    "Israel": ("I-xra-en",),
    "Thổ Nhĩ Kỳ": (),
    "Síp": ("Cyprus",),
    "Kazakhstan": (),
    "Uzbekistan": (),
    "Nga": ("Liên bang Nga", "Russia"),
    "Ukraina": ("Ukraine",),
    "Belarus": (),
    "Ba Lan": ("Poland",),
    "Séc": ("Cộng hòa Séc", "Tiệp Khắc", "Tiệp", "Czech"),
    "Slovakia": ("Xlô-va-ki-a",),
    "Hungary": ("Hung-ga-ri",),
    "Rumani": ("Romania", "Ru-ma-ni"),
    "Bulgaria": ("Bun-ga-ri",),
    "Serbia": (),
    "Hy Lạp": (),
    "Đức": ("CHLB Đức", "Germany"),
    "Pháp": ("France",),
    "Anh": ("Vương quốc Anh", "UK"),
    "Ireland": ("Ai-len",),
    "Hà Lan": (),
    "Bỉ": (),
    "Luxembourg": (),
    "Thụy Sĩ": (),
    "Áo": (),
    "Ý": ("Italia", "Italy"),
    "Tây Ban Nha": (),
    "Bồ Đào Nha": (),
    "Đan Mạch": (),
    "Thụy Điển": (),
    "Na Uy": (),
    "Phần Lan": (),
    "Litva": (),
    "Latvia": (),
    "Estonia": (),
    "Malta": (),
    "Mỹ": ("Hoa Kỳ", "USA"),
    "Canada": ("Ca-na-đa",),
    "Mexico": ("Mê-hi-cô",),
    "Cuba": ("Cu Ba",),
    "Brazil": ("Bra-xin",),
    "Argentina": ("Ác-hen-ti-na",),
    "Chile": ("Chi-lê",),
    "Úc": ("Australia", "Ô-xtrây-li-a"),
    "New Zealand": ("Niu Di-lân",),
    "Papua New Guinea": (),
    "Fiji": (),
    "Ai Cập": (),
    "Libya": ("Li-bi",),
    "Algeria": ("An-giê-ri",),
    "Maroc": ("Ma-rốc",),
    "Nigeria": (),
    "Ghana": (),
    "Kenya": (),
    "Ăng-gô-la": ("Angola",),
    "Mozambique": ("Mô-dăm-bích",),
    "Nam Phi": (),
    "Tanzania": (),
    "Uganda": (),
}
HOME = "Việt Nam"


def find_country(text: str) -> tuple[str, bool] | None:
    """(name, whole): the country `text` names; `whole` is False when it says more (a place in it)."""
    exact = _known().get(_letters(text))
    if exact:
        return exact, True
    first = re.split(r"\s*[(,;:/–—-]\s*", clean(text), maxsplit=1)[0]
    found = _known().get(_letters(first))
    return (found, False) if found else None


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", fold(text))


@lru_cache
def _known() -> dict[str, str]:
    return {_letters(name): country for country, others in COUNTRIES.items() for name in (country, *others)} | {
        _letters(HOME): HOME
    }
