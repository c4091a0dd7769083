"""The law of a day as a book to look things up in: every limit, rate, measure, list, unit in force, with its
document and article, and what this office filled in. What could not be verified says so."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from db.places import AreaLevel, UnitKind
from services import law, office_values
from services.access import Right, require
from services.law import Basis, Deadline, LimitUnit, Norm, Regime
from services.law.model import Agency, EvidenceSource, Ground, LegalRow, RegimeRow, VictimPaper
from services.limits import NO_BASIS
from services.office_values import Entered
from services.text import fold, vn_date, vn_number
from services.work import Work

R = TypeVar("R", bound=RegimeRow)
TO_ENTER = f"{NO_BASIS} – nhập số văn bản"
DATE_UNSURE = "chưa kiểm chứng ngày"
AREA_LIST = "Danh mục đơn vị hành chính"


@dataclass(frozen=True)
class Entry:
    """One rule. `says`: the figure or words of the rule; `known` is false where nobody could verify it;
    `key`: under which the office may enter a value of its own."""

    title: str
    says: str
    basis: str
    period: tuple[str, ...]
    details: tuple[tuple[str, str], ...] = ()
    known: bool = True
    key: str = ""


@dataclass(frozen=True)
class Listing:
    """Rules under one heading; `says`: what their second column is called."""

    title: str
    entries: tuple[Entry, ...]
    says: str = "Quy định"


@dataclass(frozen=True)
class Asked:
    """For which day and which of the two laws; `entered` is what the office filled in."""

    day: date
    regime: Regime
    entered: Sequence[Entered]

    @property
    def values(self) -> law.Values:
        return law.on(self.day, self.regime)


def open_book(work: Work) -> None:
    """Raises Refused without the right to see the plan and the law."""
    require(work, Right.PLAN)


def part(work: Work, name: str, day: date, regime: Regime) -> list[Listing]:
    """One part of the book (`PARTS`). Raises Refused without the right to see the plan and the law."""
    require(work, Right.PLAN)
    return list(PARTS[name][1](Asked(day, regime, office_values.entered(work))))


def search(work: Work, text: str, day: date, regime: Regime) -> list[Listing]:
    """The rules of all parts in which every word of `text` stands, accents or not."""
    require(work, Right.PLAN)
    asked, words = Asked(day, regime, office_values.entered(work)), fold(text).split()
    listings = (listing for _, make in PARTS.values() for listing in make(asked))
    found = (replace(one, entries=tuple(e for e in one.entries if _has(e, words))) for one in listings)
    return [one for one in found if one.entries]


def _has(entry: Entry, words: Iterable[str]) -> bool:
    said = fold(" ".join((entry.title, entry.says, entry.basis, *(text for _, text in entry.details))))
    return all(word in said for word in words)


def _entry(
    row: LegalRow, title: str, says: str = "", *, details: Iterable[tuple[str, str]] = (), known: bool = True
) -> Entry:
    told = tuple((label, text) for label, text in details if text)
    says = f"{says[:1].upper()}{says[1:]}" if known else TO_ENTER
    return Entry(title, says, law.cite(row.legal), _period(row), told, known)


def _period(row: LegalRow) -> tuple[str, ...]:
    since = (f"từ {vn_date(row.valid_from)}",) if row.valid_from else ()
    return (*since, f"đến {vn_date(row.valid_to)}") if row.valid_to else since


# limits and rates


def _deadlines(asked: Asked) -> Iterator[Listing]:
    yield Listing("Thời hạn", tuple(_deadline(asked, row) for row in _own_first(asked.values.deadlines)))


def _own_first(found: Iterable[R]) -> list[R]:
    """The rules made for victims before those for everybody."""
    return sorted(found, key=lambda row: row.regime == "any")


def _deadline(asked: Asked, row: Deadline) -> Entry:
    told = [("Thực hiện", row.actor), ("Tính từ", row.from_event), ("Kết quả", row.output)]
    told += [("Gia hạn", row.extension)]
    if row.limit is not None or (row.verified and row.unit == LimitUnit.NONE):
        return _entry(row, row.label, row.vi, details=told)
    return _filled(asked, _entry(row, row.label, details=told, known=False), f"deadline:{row.step}")


def _norms(asked: Asked) -> Iterator[Listing]:
    yield Listing("Mức hỗ trợ", tuple(_norm(asked, row) for row in _own_first(asked.values.norms)))


def _norm(asked: Asked, row: Norm) -> Entry:
    told = [("Cách chi", row.rule), ("Thời gian", row.duration)]
    if row.basis in (Basis.PRICE, Basis.SERVICE):
        return _entry(row, row.vi, row.basis.label, details=told, known=row.verified)
    known = row.amount is not None
    entry = _entry(row, row.vi, _amount(row) if known else "", details=told, known=known)
    return _filled(asked, entry, f"norm:{row.code}", row.per)


def _amount(row: Norm) -> str:
    bound = f"{row.bound.label} " if row.bound and row.bound is not law.Bound.EXACT else ""
    return f"{bound}{vn_number(row.amount or 0)} đồng" + (f"/{row.per}" if row.per else "")


def _filled(asked: Asked, entry: Entry, key: str, per: str = "") -> Entry:
    """The rule with the office's own value of the day before it, and every value it entered beside it."""
    mine = [one for one in asked.entered if one.key == key]
    told = tuple(("Đơn vị nhập", _entered(one)) for one in mine)
    entry = replace(entry, key=key, details=entry.details + told)
    now = next((one for one in mine if one.holds(asked.day)), None)
    if now is None:
        return entry
    says = f"{vn_number(now.value)} {now.unit}" + (f"/{per}" if per else "")
    return replace(entry, says=says, basis=now.basis, period=(f"từ {vn_date(now.effective_from)}",), known=True)


def _entered(one: Entered) -> str:
    said = f"{vn_number(one.value)} {one.unit} từ {vn_date(one.effective_from)} ({one.basis})"
    if one.corrected:
        return f"{said}; đã thay bằng {one.corrected}"
    return f"{said}, đến hết {vn_date(one.until)}" if one.until else said


# protection, proof, forms


def _measures(asked: Asked) -> Iterator[Listing]:
    values = asked.values
    yield Listing("Biện pháp bảo vệ", tuple(_measure(asked, row) for row in values.measures))
    yield Listing("Quy định về bảo vệ", tuple(_entry(row, row.vi, known=row.verified) for row in values.rules))


def _measure(asked: Asked, row: law.Measure) -> Entry:
    who = "; ".join(decider.vi for decider in asked.values.deciders if row.code in decider.measures)
    return _entry(row, row.vi, details=[("Quyết định", who or f"{NO_BASIS} về người quyết định")])


def _evidence(asked: Asked) -> Iterator[Listing]:
    values = asked.values
    yield Listing("Nguồn tài liệu, chứng cứ", tuple(_listed(values.evidence_sources)))
    yield Listing("Căn cứ xác định", tuple(_listed(values.grounds)))
    signs = (_entry(row, row.vi, details=[("Dấu hiệu", "; ".join(row.signs))]) for row in values.fallbacks)
    yield Listing("Khi thiếu tài liệu, chứng cứ", tuple(signs))


def _papers(asked: Asked) -> Iterator[Listing]:
    yield Listing("Giấy tờ chứng minh là nạn nhân", tuple(_listed(asked.values.papers)))


def _listed(rows: Iterable[EvidenceSource | Ground | VictimPaper]) -> Iterator[Entry]:
    return (_entry(row, row.vi, known=row.verified) for row in rows)


def _forms(asked: Asked) -> Iterator[Listing]:
    found = (_entry(row, row.vi, details=[("Nội dung", "; ".join(row.fields))]) for row in law.forms(asked.day))
    yield Listing("Biểu mẫu", tuple(found))


def _duties(asked: Asked) -> Iterator[Listing]:
    found = (_entry(row, row.title, row.vi, known=row.verified) for row in law.duties(asked.day))
    yield Listing("Bảo mật thông tin", tuple(found))


# places


def _units(asked: Asked) -> Iterator[Listing]:
    names = {area.id: area.name for area in law.areas()}
    for level in (AreaLevel.PROVINCE, AreaLevel.DISTRICT, AreaLevel.COMMUNE):
        found = tuple(_area(row, names) for row in law.areas_on(asked.day, level))
        yield Listing(f"{level.label} ({len(found)})", found, says="Thuộc")
    kinds = {kind.value: kind.label for kind in UnitKind}
    agencies = (_agency(row, asked.regime) for row in law.agencies() if row.in_force(asked.day))
    yield Listing("Nhiệm vụ của cơ quan", tuple(agencies), says="Nhiệm vụ")
    at_work = law.organisations_on(asked.day)
    found = tuple(_place(row, kinds[row.kind], row.name, names.get(row.area, "")) for row in at_work)
    yield Listing(f"Đơn vị đang hoạt động ({len(found)})", found, says="Loại đơn vị")


def _area(row: law.Area, names: dict[str, str]) -> Entry:
    parent, former = names.get(row.parent, ""), names.get(row.former, "")
    entry = _place(row, parent, row.name, f"Trước là {former}" if former else "")
    return replace(entry, basis=entry.basis or AREA_LIST)


def _place(row: LegalRow, within: str, name: str, more: str) -> Entry:
    entry = _entry(row, name, within, details=[("", more)] if more and more != within else ())
    return entry if row.verified else replace(entry, period=(*entry.period, DATE_UNSURE))


def _agency(row: Agency, regime: Regime) -> Entry:
    return _entry(row, row.vi, row.role_a if regime is Regime.A else row.role_b)


PARTS: dict[str, tuple[str, Callable[[Asked], Iterator[Listing]]]] = {
    "deadlines": ("Thời hạn", _deadlines),
    "norms": ("Mức hỗ trợ", _norms),
    "measures": ("Bảo vệ", _measures),
    "evidence": ("Chứng cứ", _evidence),
    "papers": ("Giấy tờ", _papers),
    "forms": ("Biểu mẫu", _forms),
    "duties": ("Bảo mật", _duties),
    "units": ("Địa bàn, cơ quan", _units),
}
