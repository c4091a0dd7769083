"""What the law leaves open, or nobody could read: the office fills it in, with its document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from services.law.model import Basis, LimitUnit, OfficeFigure
from services.law.values import Values, holiday_years, office_figure, on

NOT_READ = "chưa có số liệu đã kiểm chứng"
ELSEWHERE = "do văn bản khác hoặc tỉnh quy định"


@dataclass(frozen=True, slots=True)
class MissingValue:
    """`key` names the value for good; `label` and `why` are shown; `unit` is a suggestion."""

    key: str
    label: str
    why: str
    unit: str = ""


def missing(day: date, office: Sequence[OfficeFigure] = ()) -> list[MissingValue]:
    """The legal values in force on `day` that are empty or unverified and not filled in by the office."""
    values = on(day)
    found = [*_deadlines(values), *_norms(values), *_texts(values), *_holidays(day)]
    unique = {value.key: value for value in found}
    return [value for key, value in unique.items() if not _filled_in(key, day, office)]


def _deadlines(values: Values) -> Iterator[MissingValue]:
    for row in values.deadlines:
        if row.limit is None and (not row.verified or row.unit != LimitUnit.NONE):
            yield MissingValue(f"deadline:{row.step}", f"Thời hạn: {row.label}", NOT_READ, "ngày")


def _norms(values: Values) -> Iterator[MissingValue]:
    for row in values.norms:
        if row.basis in (Basis.REFERENCE, Basis.UNKNOWN) or not row.verified:
            why = ELSEWHERE if row.basis == Basis.REFERENCE else NOT_READ
            unit = f"đồng/{row.per}" if row.per else "đồng"
            yield MissingValue(f"norm:{row.code}", f"Mức hỗ trợ: {row.vi}", why, unit)


def _texts(values: Values) -> Iterator[MissingValue]:
    for paper in values.papers:
        if not paper.verified:
            yield MissingValue(f"paper:{paper.code}", f"Danh mục: {paper.vi}", NOT_READ)
    for rule in values.rules:
        if not rule.verified:
            yield MissingValue(f"rule:{rule.regime}.{rule.topic}", f"Biểu mẫu: {rule.vi}", NOT_READ)


def _holidays(day: date) -> Iterator[MissingValue]:
    known = {year.year for year in holiday_years() if year.verified}
    if day.year not in known:
        yield MissingValue(f"holidays:{day.year}", f"Các ngày nghỉ lễ, tết năm {day.year}", NOT_READ, "ngày")


def _filled_in(key: str, day: date, office: Sequence[OfficeFigure]) -> bool:
    if key.startswith("holidays:"):
        return any(f.key == "holiday" and f.effective_from.year == day.year for f in office)
    return office_figure(key, day, office) is not None
