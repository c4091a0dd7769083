"""Checks a raw row into a typed one. Everything wrong is said, each in its column; what is merely odd is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from db.cases import Place, Way
from db.fields import LabelledEnum, PartialDate
from db.support import FundSource, SupportKind
from db.verification import Outcome
from services.importing import cells, placing, protecting
from services.importing.cells import Support
from services.importing.directory import Directory
from services.importing.form import BY_KEY, SUPPORTS, word
from services.importing.reading import RawRow, Register
from services.importing.remarks import Desk, Remark
from services.importing.rows import RegisterRow
from services.lifecycle import IN_FUTURE
from services.people import BORN_AFTER
from services.text import clean, vn_date

MISSING = "Ô này bắt buộc."
OLD = 110  # years: a birth before that is worth a second look


@dataclass(frozen=True)
class Checked:
    """A raw row with what was found: either a typed row, with warnings, or the reasons of its refusal."""

    raw: RawRow
    row: RegisterRow | None
    refusals: tuple[Remark, ...]
    warnings: tuple[Remark, ...]


def check_row(raw: RawRow, register: Register, known: Directory, today: date) -> Checked:
    """Reads every cell, then the rules between cells."""
    desk = Desk(raw, f"Trang «{raw.sheet}»: " if register.many_sheets else "")
    row = _row(desk, register.epoch, known, today)
    if row is None or desk.refusals:
        return Checked(raw, None, tuple(desk.refusals), ())
    _warn_of_order(desk, row)
    return Checked(raw, row, (), tuple(desk.warnings))


def _row(desk: Desk, epoch: datetime, known: Directory, today: date) -> RegisterRow | None:
    received_on = _day(desk, "received_on", epoch, today)
    if received_on is None:
        desk.refuse("received_on", MISSING)
    unit_id = _unit(desk, "unit", known, received_on)
    if unit_id is None:
        desk.refuse("unit", MISSING)
    name = desk.text("full_name")
    if not name:
        desk.refuse("full_name", "Thiếu họ tên; nếu chưa biết, ghi «Chưa rõ tên».")
    day = received_on or today
    birth = _birth(desk, epoch, received_on)
    home = placing.home(desk, known, day)
    place = placing.exploited(desk, known, day)
    way = _way(desk)
    sex = _choice(desk, "sex", keep=True)
    purpose = placing.purpose(desk)
    requested_on = _day(desk, "requested_on", epoch, today)
    verifier_id = _unit(desk, "verifier", known, requested_on)
    if verifier_id and requested_on is None and "requested_on" not in desk.refused:
        desk.warn("requested_on", "Có cơ quan xác minh nhưng không có ngày đề nghị: chỉ giữ trong ghi chú.")
        desk.keep("verifier", known.names[verifier_id])
        verifier_id = None
    concluded_on, outcome = _conclusion(desk, epoch, today, requested_on)
    if outcome is Outcome.VICTIM:
        _check_line(desk, place.place, way)
    needs, measured_on, measures = protecting.protection(
        desk, _day(desk, "measured_on", epoch, today), outcome, concluded_on, day
    )
    supports = _supports(desk)
    delivered_on, fund = _delivered(desk, supports, _day(desk, "delivered_on", epoch, today))
    identity_number = _identity(desk)
    ethnic = desk.text("ethnic")
    paper = _paper(desk, outcome)
    note = _note(desk)
    if desk.refusals or received_on is None or unit_id is None:
        return None
    return RegisterRow(
        received_on=received_on,
        unit_id=unit_id,
        full_name=name,
        way=way,
        sex=sex,  # type: ignore[arg-type]
        birth=birth,
        ethnic=placing.ethnic(ethnic) if ethnic else None,
        identity_number=identity_number,
        home_district_id=home.district_id,
        home_commune_id=home.commune_id,
        home_commune_text=home.commune_text,
        home_province=home.province,
        place=place.place,
        country=place.country,
        province=place.province,
        purpose=purpose,
        requested_on=requested_on,
        verifier_id=verifier_id,
        concluded_on=concluded_on,
        outcome=outcome,
        paper_number=paper,
        needs_protection=needs,
        measured_on=measured_on,
        measures=measures,
        supports=supports,
        delivered_on=delivered_on,
        fund=fund,
        note=note,
    )


def _day(desk: Desk, key: str, epoch: datetime, today: date) -> date | None:
    found = desk.read(key, cells.day, epoch)
    if found is None:
        return None
    day, warning = found
    if day is not None and day > today:
        desk.refuse(key, IN_FUTURE)
        return None
    desk.warn(key, warning)
    return day


def _birth(desk: Desk, epoch: datetime, received_on: date | None) -> PartialDate | None:
    found = desk.read("birth", cells.birth, epoch)
    if found is None or found[0] is None:
        return None
    birth, warning = found
    desk.warn("birth", warning)
    if birth is not None and received_on is not None:
        if birth.earliest > received_on:
            desk.refuse("birth", BORN_AFTER)
        elif received_on.year - birth.earliest.year > OLD:
            desk.warn("birth", f"Hơn {OLD} tuổi: hãy xem lại ngày sinh.")
    return birth


def _unit(desk: Desk, key: str, known: Directory, day: date | None) -> int | None:
    text = desk.text(key)
    if not text:
        return None
    unit = known.unit(text, day)
    if unit is None:
        desk.refuse(key, "Không có đơn vị này trong danh mục.")
        return None
    if day is not None and not unit.on(day):
        desk.warn(key, "Đơn vị này không hoạt động vào ngày đó.")
    return unit.id


def _choice(desk: Desk, key: str, *, keep: bool = False) -> LabelledEnum | None:
    """The member named by the cell. Another text is refused, or kept in the notes with a warning."""
    text, choices = desk.text(key), BY_KEY[key].choices
    if not text or choices is None:
        return None
    for member in choices:
        if word(member.label) == word(text):
            return member
    if keep:
        desk.warn(key, "Không có trong danh mục: để trống, giữ trong ghi chú.")
        desk.keep(key, text)
    else:
        desk.refuse(key, f"Không có «{BY_KEY[key].heading}» như vậy. Ghi một trong: {_listed(choices)}.")
    return None


def _listed(choices: type[LabelledEnum]) -> str:
    return ", ".join(member.label for member in choices if member.value != "unknown")


def _way(desk: Desk) -> Way | None:
    found = _choice(desk, "way")
    return found if isinstance(found, Way) else None


def _conclusion(
    desk: Desk, epoch: datetime, today: date, requested_on: date | None
) -> tuple[date | None, Outcome | None]:
    concluded_on = _day(desk, "concluded_on", epoch, today)
    found = _choice(desk, "outcome")
    outcome = found if isinstance(found, Outcome) else None
    if outcome and concluded_on is None:
        desk.refuse("concluded_on", "Có kết luận nhưng thiếu ngày kết luận.")
    if concluded_on and outcome is None:
        desk.refuse("outcome", "Có ngày kết luận nhưng thiếu kết luận.")
    if concluded_on and requested_on and concluded_on < requested_on:
        desk.refuse("concluded_on", "Ngày kết luận trước ngày đề nghị xác minh.")
    return concluded_on, outcome


def _check_line(desk: Desk, place: Place | None, way: Way | None) -> None:
    """Both facts decide the plan's line of a victim."""
    if place in (None, Place.UNKNOWN):
        desk.refuse("place", "Kết luận là nạn nhân thì phải ghi nơi bị mua bán.")
    if way in (None, Way.UNKNOWN):
        desk.refuse("way", "Kết luận là nạn nhân thì phải ghi hình thức tiếp nhận.")


def _paper(desk: Desk, outcome: Outcome | None) -> str | None:
    number = desk.text("paper_number")
    if number and outcome is None:
        desk.warn("paper_number", "Có số giấy nhưng chưa có kết luận: chỉ giữ trong ghi chú.")
        desk.keep("paper_number", number)
        return None
    return number or None


def _identity(desk: Desk) -> str | None:
    found = desk.read("identity_number", cells.identity)
    if found is None:
        return None
    number, warning, kept = found
    desk.warn("identity_number", warning)
    if kept:
        desk.keep("identity_number", kept)
    return number


def _supports(desk: Desk) -> Mapping[SupportKind, Support]:
    supports: dict[SupportKind, Support] = {}
    for kind, column in SUPPORTS.items():
        found = desk.read(column.key, cells.support)
        if kind is None or found is None or found[0] is None:
            continue
        supports[kind] = found[0]
        desk.warn(column.key, found[1])
    return supports


def _delivered(
    desk: Desk, supports: Mapping[SupportKind, Support], delivered_on: date | None
) -> tuple[date | None, FundSource | None]:
    found = _choice(desk, "fund", keep=True)
    fund = found if isinstance(found, FundSource) else None
    given = {kind for kind, support in supports.items() if support.delivered}
    if given and delivered_on is None:
        desk.refuse("delivered_on", "Có khoản đã hỗ trợ nhưng thiếu ngày hỗ trợ.")
    if delivered_on and not given and not _refused_support(desk):
        desk.warn("delivered_on", "Có ngày hỗ trợ nhưng không có khoản nào đã hỗ trợ: chỉ giữ trong ghi chú.")
        desk.keep("delivered_on", vn_date(delivered_on))
        delivered_on = None
    paid = any(supports[kind].amount is not None for kind in given - {SupportKind.LOAN})
    if fund and not paid and not _refused_support(desk):
        desk.warn("fund", "Có nguồn kinh phí nhưng không có khoản tiền nào (trừ vay vốn): chỉ giữ trong ghi chú.")
        desk.keep("fund", fund.label)
        fund = None
    return delivered_on, fund


def _refused_support(desk: Desk) -> bool:
    return any(column.key in desk.refused for column in SUPPORTS.values())


def _note(desk: Desk) -> str | None:
    """The notes: what is written there, what had no other place, then the columns nobody knows, by their names."""
    parts = [desk.text("note"), *desk.kept]
    for name, value in sorted(desk.raw.others.items()):
        text = clean(str(value)) if isinstance(value, str) else cells.shown(value)
        if text:
            parts.append(f"{name}: {text}")
    lines = "\n".join(part for part in parts if part)
    if len(lines) > BY_KEY["note"].longest:
        desk.refuse("note", f"Ghi chú cùng các cột khác quá dài: nhiều nhất {BY_KEY['note'].longest} ký tự.")
    return lines or None


def _warn_of_order(desk: Desk, row: RegisterRow) -> None:
    for key in ("requested_on", "concluded_on", "measured_on", "delivered_on"):
        day = getattr(row, key)
        if day is not None and day < row.received_on:
            desk.warn(key, "Trước ngày tiếp nhận.")
