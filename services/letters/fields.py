"""The named fields a template may use: what each is called, an example, and how it is read from a file.

A value that is not known is empty here and becomes dots on the paper. `reads` are the columns a value comes
from: whoever may not see one of them in clear can neither make nor read a document with that field.
"""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from db.base import table_of
from db.cases import Place
from db.fields import Sensitivity, info
from db.handover import Direction, Handover
from db.people import Person, PersonKind
from db.places import Area, AreaLevel, Unit, UnitKind
from db.verification import Extension
from services import law
from services.cases import home_of
from services.law import Regime
from services.letters import legal
from services.letters.context import Context
from services.limits import due
from services.reports.issuer import province, written
from services.text import fold, vn_date

VERIFY = "VERIFY.POLICE"
NOTIFY = ("REPORT.NOTIFY_DISTRICT", "REPORT.NOTIFY_PROVINCE")
HOME = "Việt Nam"
HANDED_PEOPLE = "những người bàn giao"
NAMED = re.compile(r"\{([^{}\n]*)\}")
LONG, SHORT, DAY = "…………………", "………", "……/……/………"
Value = Callable[[Context], str]


@dataclass(frozen=True)
class NamedField:
    """`optional`: may not apply at all; a paragraph with it is left out while it is empty."""

    group: str
    name: str
    example: str
    value: Value
    reads: tuple[Any, ...] = ()
    optional: bool = False
    dots: str = LONG

    @property
    def sensitivities(self) -> frozenset[Sensitivity]:
        return frozenset(info(column)["sensitivity"] for column in self.reads) - {Sensitivity.OPEN}


def known() -> tuple[NamedField, ...]:
    """Every field, in the order in which the office sees them."""
    return FIELDS


def find(name: str) -> NamedField | None:
    """The field of a name, written with or without marks and capitals."""
    return _by_name().get(_key(name))


def used(text: str) -> list[NamedField]:
    """The fields of a text, each once; names nobody knows are left out."""
    found = (find(name) for name in NAMED.findall(text))
    return list(dict.fromkeys(field for field in found if field is not None))


def problem(text: str) -> str:
    """Why a text may not stand in a template: a brace without its other one, a field nobody knows. Else empty."""
    if set("{}") & set(NAMED.sub("", text)):
        return "Dấu ngoặc nhọn { } chưa đủ cặp, hoặc tên trường xuống dòng."
    for name in NAMED.findall(text):
        if find(name) is None:
            near = difflib.get_close_matches(_key(name), _by_name(), 1, 0.5)
            hint = f" Có phải «{_by_name()[near[0]].name}»?" if near else ""
            return f"Không có trường «{name.strip()}».{hint}"
    return ""


def sensitivities(fields: Iterable[NamedField]) -> frozenset[Sensitivity]:
    """What one must be allowed to see in clear for these fields."""
    return frozenset[Sensitivity]().union(*(field.sensitivities for field in fields))


def _key(name: str) -> str:
    return " ".join(fold(name).split())


@lru_cache
def _by_name() -> dict[str, NamedField]:
    return {_key(field.name): field for field in FIELDS}


def _home(c: Context) -> str:
    """From the hamlet up to the province, as far as it is known."""
    place = written(home_of(c.work, c.case)).removeprefix("Ngoài tỉnh – ")
    if place and not c.case.home_province:
        place += f", tỉnh {province(c.work, c.case.received_on)}"
    return ", ".join(part for part in (c.person.address, place[:1].lower() + place[1:]) if part)


def _others(c: Context) -> str:
    others = [one for one in c.people if one.kind is not PersonKind.SUBJECT]
    return "; ".join(_person(one) for one in others)


def _person(person: Person) -> str:
    known = [person.full_name, f"sinh {vn_date(person.birth)}" if person.birth else "", person.relation or ""]
    return ", ".join(part for part in known if part)


def _handed(c: Context) -> str:
    """Everybody handed over with them: of the file, and of the other files on the same minutes."""
    return "; ".join(
        _described(other, one) for other, ids in c.handed_together for one in other.people if one.id in ids
    )


def _described(c: Context, person: Person) -> str:
    return _person(person) + (f", nơi cư trú: {_home(c)}" if person is c.person and _home(c) else "")


def _trafficked_to(c: Context) -> str:
    place = c.case.place
    if place is None or place is Place.UNKNOWN:
        return ""
    where = c.case.country if place is Place.ABROAD else c.case.province if place is Place.DOMESTIC else None
    return f"{place.label.lower()}: {where}" if where else place.label.lower()


def _label(value: Any) -> str:
    return "" if value is None or value.value == "unknown" else str(value.label)


def _side(c: Context, giving: bool) -> str:
    """One side of a hand-over: this unit, or the other one."""
    if c.handover is None:
        return ""
    ours = (c.handover.direction is Direction.OUT) == giving
    if ours:
        return c.issuer.name
    return c.unit_name(c.handover.unit_id) or c.handover.counterpart or ""


def _limit_words(c: Context) -> str:
    row = legal.limit(c.work, (VERIFY,), c.fact_day, c.regime, c.case)
    return row.vi if row and row.limit else ""


def _limit_day(c: Context) -> str:
    found = due(c.work, VERIFY, c.request.requested_on, c.case) if c.request else None
    return vn_date(found.on) if found else ""


def _notice_basis(c: Context) -> str:
    """The articles by which a commune tells of a reception; they lay no such duty on other bodies."""
    if c.unit.kind is not UnitKind.PEOPLE_COMMITTEE_COMMUNE:
        return ""
    return legal.basis(c.work, NOTIFY, c.fact_day, c.regime)


def _told(c: Context) -> str:
    """Who must be told of a reception: the district's labour office (luật 2011), Sở Y tế (luật 2024)."""
    unit = table_of(Unit).c
    if c.regime is Regime.B:
        wanted = sa.select(unit.id).where(unit.kind == UnitKind.HEALTH)
    else:
        wanted = sa.select(unit.id).where(
            unit.kind == UnitKind.LABOUR_OFFICE_DISTRICT, unit.area_id == _district(c)
        )
    found = c.work.session.connection().execute(wanted.order_by(unit.code).limit(1)).scalar()
    return c.unit_name(found)


def _district(c: Context) -> int | None:
    """The district of the unit that received the person: its own area, or the one its commune belongs to."""
    received = c.work.session.get(Unit, c.case.unit_id)
    area = c.work.session.get(Area, received.area_id) if received and received.area_id else None
    return area.parent_id if area and area.level is AreaLevel.COMMUNE else area.id if area else None


def _asked_by(c: Context) -> str:
    return c.unit_name(c.case.unit_id)


def _paper(c: Context) -> str:
    return law.caption(c.conclusion.paper) if c.conclusion and c.conclusion.paper else ""


def _of(row: str, value: Callable[[Any], str]) -> Value:
    """A fact of a row the document may be about; empty when there is none."""

    def read(c: Context) -> str:
        found = getattr(c, row)
        return value(found) if found is not None else ""

    return read


P, F = Person, NamedField
WHO, RECEIVED, ASKED = "Người được tiếp nhận", "Tiếp nhận", "Đề nghị, thời hạn"
FOUND, HANDED, OFFICE = "Kết luận", "Bàn giao", "Cơ quan, căn cứ"
FIELDS = (
    F(WHO, "họ tên", "Lò Thị Mẫu", lambda c: c.person.full_name, (P.full_name,)),
    F(WHO, "tên khác", "Mai", lambda c: c.person.alias or "", (P.alias,), True),
    F(WHO, "ngày sinh", "12/04/1999", lambda c: vn_date(c.person.birth), (P.birth,), dots=DAY),
    F(WHO, "giới tính", "Nữ", lambda c: _label(c.person.sex), dots=SHORT),
    F(WHO, "dân tộc", "Tày", lambda c: c.person.ethnic or "", dots=SHORT),
    F(WHO, "quốc tịch", HOME, lambda c: c.person.nationality or HOME, dots=SHORT),
    F(WHO, "số giấy tờ", "095199000001", lambda c: c.person.identity_number or "", (P.identity_number,)),
    F(WHO, "nơi cư trú", "thôn Nà Mẫu, xã Mẫu, huyện Na Rì, tỉnh Bắc Kạn", _home, (P.address,)),
    F(WHO, "người đại diện", "Lò Văn Mẫu", lambda c: c.person.guardian_name or "", (P.guardian_name,), True),
    F(WHO, "quan hệ người đại diện", "bố đẻ", lambda c: c.person.guardian_relation or "", dots=SHORT),
    F(WHO, "người đi cùng", "Lò Thị Con, sinh 2016, con", _others, (P.full_name, P.birth), True),
    F(RECEIVED, "số hồ sơ", "2018-0001", lambda c: c.case.code),
    F(RECEIVED, "ngày tiếp nhận", "03/07/2018", lambda c: vn_date(c.case.received_on), dots=DAY),
    F(RECEIVED, "đơn vị tiếp nhận", "Công an huyện Na Rì", _asked_by),
    F(RECEIVED, "hình thức tiếp nhận", "Tự trở về", lambda c: _label(c.case.way)),
    F(RECEIVED, "nơi bị mua bán", "ở nước ngoài: Trung Quốc", _trafficked_to),
    F(RECEIVED, "mục đích mua bán", "Ép làm vợ hoặc chồng", lambda c: _label(c.case.purpose)),
    F(RECEIVED, "số vụ việc", "VV-2018-001", _of("incident", lambda r: r.code), (), True),
    F(ASKED, "số đề nghị", "15/LĐTBXH", _of("request", lambda r: r.number or ""), dots=SHORT),
    F(ASKED, "ngày đề nghị", "05/07/2018", _of("request", lambda r: vn_date(r.requested_on)), dots=DAY),
    F(ASKED, "cơ quan đề nghị", "Phòng Lao động - Thương binh và Xã hội huyện Na Rì", _asked_by),
    F(
        ASKED,
        "cơ quan xác minh",
        "Công an huyện Na Rì",
        lambda c: c.unit_name(c.request.unit_id) if c.request else "",
    ),
    F(ASKED, "thời hạn xác minh", "20 ngày", _limit_words, (), True),
    F(ASKED, "hạn xác minh", "25/07/2018", _limit_day, (), True, DAY),
    F(ASKED, "gia hạn đến", "05/09/2018", _of("extension", lambda r: vn_date(r.until)), (), True, DAY),
    F(ASKED, "số văn bản gia hạn", "21/CAH", _of("extension", lambda r: r.number or ""), dots=SHORT),
    F(ASKED, "lý do gia hạn", "vụ việc phức tạp", _of("extension", lambda r: r.reason or ""), (Extension.reason,)),
    F(FOUND, "kết luận", "Là nạn nhân", _of("conclusion", lambda r: r.outcome.label)),
    F(FOUND, "ngày kết luận", "20/07/2018", _of("conclusion", lambda r: vn_date(r.concluded_on)), dots=DAY),
    F(FOUND, "loại giấy tờ", "Giấy xác nhận của Công an cấp huyện", _paper, (), True),
    F(FOUND, "số giấy xác nhận", "07/GXN", _of("conclusion", lambda r: r.paper_number or ""), dots=SHORT),
    F(HANDED, "ngày bàn giao", "04/07/2018", _of("handover", lambda r: vn_date(r.handed_on)), dots=DAY),
    F(HANDED, "bên giao", "Đồn Biên phòng Mẫu", lambda c: _side(c, giving=True)),
    F(HANDED, "bên nhận", "Công an tỉnh Bắc Kạn", lambda c: _side(c, giving=False)),
    F(HANDED, "nơi bàn giao", "cửa khẩu Mẫu", _of("handover", lambda r: r.place or "")),
    F(HANDED, "số biên bản", "02/BB", _of("handover", lambda r: r.minutes_number or ""), dots=SHORT),
    F(HANDED, HANDED_PEOPLE, "Lò Thị Mẫu, sinh 12/04/1999", _handed, (P.full_name, P.birth, P.address)),
    F(
        HANDED,
        "nội dung bàn giao",
        "giao người và giấy tờ",
        _of("handover", lambda r: r.note or ""),
        (Handover.note,),
    ),
    F(OFFICE, "đơn vị", "Công an huyện Na Rì", lambda c: c.issuer.name),
    F(OFFICE, "cơ quan cấp trên", "Công an tỉnh Bắc Kạn", lambda c: c.issuer.parent),
    F(OFFICE, "nơi nhận thông báo", "Phòng Lao động - Thương binh và Xã hội huyện Na Rì", _told),
    F(
        OFFICE,
        "căn cứ tiếp nhận",
        "khoản 1 Điều 24 Luật Phòng, chống mua bán người số 66/2011/QH12",
        _notice_basis,
        (),
        True,
    ),
    F(
        OFFICE,
        "căn cứ xác minh",
        "khoản 4 Điều 24 Luật Phòng, chống mua bán người số 66/2011/QH12",
        lambda c: legal.basis(c.work, (VERIFY,), c.fact_day, c.regime, c.case),
        (),
        True,
    ),
)
