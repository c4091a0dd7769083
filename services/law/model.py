"""The law as values: frozen rows with the days between which each holds."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from db.fields import LabelledEnum


class Regime(LabelledEnum):
    """A case follows the law in force when the person was identified (Luật 53/2024 Đ.63)."""

    A = "A", "Luật Phòng, chống mua bán người năm 2011"
    B = "B", "Luật Phòng, chống mua bán người năm 2024"


class LimitUnit(LabelledEnum):
    IMMEDIATE = "immediate", "ngay"
    HOUR = "hour", "giờ"
    DAY = "day", "ngày"
    MONTH = "month", "tháng"
    DAY_BEFORE = "day_before", "ngày trước"
    NONE = "none", "văn bản không quy định"


class Basis(LabelledEnum):
    """How the law fixes what is paid."""

    AMOUNT = "amount", "Mức cố định"
    PRICE = "price", "Theo thực tế"
    REFERENCE = "reference", "Theo văn bản khác hoặc mức của tỉnh"
    SERVICE = "service", "Dịch vụ miễn phí"
    UNKNOWN = "unknown", "Chưa có số liệu"


class Bound(LabelledEnum):
    MIN = "min", "tối thiểu"
    MAX = "max", "tối đa"
    EXACT = "exact", "bằng"


class OfficeFigure(Protocol):
    """A value the office filled in, with its document. `key` is that of `MissingValue`."""

    @property
    def key(self) -> str: ...
    @property
    def effective_from(self) -> date: ...
    @property
    def value(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def document(self) -> str: ...
    @property
    def document_date(self) -> date: ...


@dataclass(frozen=True, slots=True)
class Citation:
    """`document` is an id of sources.toml, `article` as printed there ("Đ.24(4)"; may be empty)."""

    document: str
    article: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalRow:
    """What every row of the tables carries. `note` is for the jurist, never for a screen."""

    legal: tuple[Citation, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    source: str
    verified: bool
    note: str = ""

    def in_force(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RegimeRow(LegalRow):
    """A row of one regime ("A", "B") or of both ("any")."""

    regime: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure that may be used. `working`: working days."""

    amount: int
    unit: LimitUnit
    working: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline(RegimeRow):
    step: str
    label: str
    actor: str
    from_event: str
    unit: str = ""
    vi: str
    output: str
    extension: str = ""
    days: str = ""
    limit: Limit | None = None
    extended: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm(RegimeRow):
    """`amount` in đồng, None unless the law (or the office) gives a verified figure."""

    code: str
    kind: str = ""
    vi: str
    basis: Basis
    amount: int | None = None
    bound: Bound | None = None
    per: str = ""
    duration: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(RegimeRow):
    code: str
    vi: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectionRule(RegimeRow):
    topic: str
    vi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decider(RegimeRow):
    point: str
    vi: str
    unit_kinds: tuple[str, ...] = ()
    measures: tuple[str, ...]
    may_ask_others_for: tuple[str, ...] = ()
    for_whom: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportLetter(RegimeRow):
    """One letter of the article that lists the regimes of support; `kinds` of support it covers."""

    code: str
    vi: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportGroup(RegimeRow):
    code: str
    vi: str
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSource(RegimeRow):
    code: str
    vi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground(RegimeRow):
    code: str
    vi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback(RegimeRow):
    """What to weigh when proof is missing."""

    code: str
    vi: str
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VictimPaper(RegimeRow):
    code: str
    vi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency(LegalRow):
    code: str
    vi: str
    kind: str = ""
    role_a: str = ""
    role_b: str = ""
    end_verified: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(LegalRow):
    """A duty of secrecy or data protection."""

    code: str
    title: str
    vi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument(LegalRow):
    id: str
    vi: str
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayYear:
    """An unverified year holds no day: working days then leave out weekends only."""

    year: int
    days: frozenset[date]
    verified: bool
    note: str = ""
