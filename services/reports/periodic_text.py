"""The sentences of the periodic report. Each says what the figures say, also when they are zero."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from db.cases import Place
from db.people import PersonKind, Sex
from db.verification import Outcome
from services import figures
from services.figures import AgeBand, Line, Reason, Target, TargetKey, View
from services.law import Plan
from services.periods import Period
from services.reports.issuer import Issuer
from services.text import vn_date, vn_number

NOT_DONE = {
    TargetKey.VERIFICATION: "chưa được tiến hành các thủ tục xác minh",
    TargetKey.INITIAL_SUPPORT: "chưa được hỗ trợ",
    TargetKey.PROTECTION: "chưa được bảo vệ",
    TargetKey.SUPPORT: "chưa được hỗ trợ đủ theo nhu cầu",
}


def lower(label: str) -> str:
    """A label within a sentence: "Quý III năm 2018" → "quý III năm 2018"."""
    return label[:1].lower() + label[1:]


def opening(issuer: Issuer, period: Period, plan: Plan | None, as_of: date) -> str:
    """On what ground, who reports what, from which day to the day of the figures."""
    ground = ""
    if plan:
        day = plan.signed
        dated = f"{day.day:02d} tháng {day.month} năm {day.year}"
        body = plan.title[:1].upper() + plan.title[1:]
        ground = f"Thực hiện Quyết định số {plan.number} ngày {dated} của {plan.issuer} ban hành {body}, "
    span = f"từ ngày {vn_date(period.start)} đến hết ngày {vn_date(min(as_of, period.end))}"
    who = issuer.name if ground else issuer.name[:1].upper() + issuer.name[1:]
    return f"{ground}{who} báo cáo kết quả {lower(period.label)} ({span}) như sau:"


def about_period(period: Period, plan: Plan | None) -> Iterator[str]:
    """What a reader must know to compare: figures older than the plan, a period cut otherwise."""
    if plan and period.start < plan.signed and period.start.year == plan.first_year:
        yield (
            f"Kế hoạch được ban hành ngày {vn_date(plan.signed)}; số liệu của Kế hoạch tính từ ngày "
            f"01/01/{plan.first_year}."
        )
    after = period.end.fromordinal(period.end.toordinal() + 1)
    if ".." not in period.key and period.start.day != after.day:
        length = (after - period.start).days
        yield f"Do thay đổi ngày chốt số liệu, kỳ báo cáo này dài {length} ngày, khác các kỳ cùng loại."


def reception(view: View, scope: str, others: Iterable[tuple[str, View]]) -> Iterator[str]:
    """The account in words, with what changed against other periods."""
    counts = figures.account.of(view)
    if counts.received:
        changes = "; ".join(
            f"{_change(counts.received, figures.account.of(other).received)} so với {lower(label)}"
            for label, other in others
        )
        compared = f" ({changes})" if changes else ""
        yield f"Trong kỳ, {scope} tiếp nhận {vn_number(counts.received)} trường hợp{compared}{_persons(view)}."
    else:
        yield f"Trong kỳ, {scope} không tiếp nhận trường hợp nào."
    yield _to_settle(view)
    if _all_files(view):
        yield _settled(view)
    beside = figures.companions.of(view)
    minors, relatives = beside[PersonKind.ACCOMPANYING_MINOR], beside[PersonKind.RELATIVE]
    if minors or relatives:
        listed = _listed(((minors, "người chưa thành niên đi cùng"), (relatives, "người thân thích")))
        yield f"Ngoài ra có {listed}, không tính vào số tiếp nhận."


def _persons(view: View) -> str:
    counts = figures.account.of(view)
    return "" if counts.persons == counts.received else f", là {vn_number(counts.persons)} người"


def _all_files(view: View) -> int:
    counts = figures.account.of(view)
    return counts.opening + counts.received + counts.reopened


def _to_settle(view: View) -> str:
    counts, total = figures.account.of(view), _all_files(view)
    if not total:
        return "Không có hồ sơ nào phải xác minh trong kỳ."
    if total == counts.received:
        return f"Tổng số hồ sơ phải xác minh trong kỳ là {vn_number(total)}, không có hồ sơ kỳ trước chuyển sang."
    parts = _listed(
        (
            (counts.opening, "hồ sơ chưa kết luận từ kỳ trước chuyển sang"),
            (counts.reopened, "hồ sơ được mở lại để xác minh"),
        ),
        " và ",
    )
    return f"Cùng với {parts}, tổng số hồ sơ phải xác minh trong kỳ là {vn_number(total)}."


def _settled(view: View) -> str:
    counts = figures.account.of(view)
    left = f"đến hết ngày {vn_date(view.as_of)}"
    waiting = (
        f"còn {vn_number(counts.closing)} hồ sơ chưa có kết luận, chuyển kỳ sau"
        if counts.closing
        else "không còn hồ sơ nào chưa có kết luận"
    )
    if not counts.concluded:
        return f"Trong kỳ chưa có hồ sơ nào được kết luận; {left} {waiting}."
    results = _listed(
        (
            (counts.victim, f"trường hợp {Outcome.VICTIM.label.lower()}"),
            (counts.not_victim, f"trường hợp {Outcome.NOT_VICTIM.label.lower()}"),
            (counts.insufficient, f"trường hợp {Outcome.INSUFFICIENT.label.lower()}"),
        )
    )
    return f"Đã kết luận {vn_number(counts.concluded)} hồ sơ: {results}; {left} {waiting}."


def by_line(view: View) -> str:
    """The five lines of the plan in words."""
    found = figures.lines.of(view)
    if not sum(found.values()):
        return "Trong kỳ không có trường hợp nào được kết luận là nạn nhân bị mua bán."
    abroad = (
        (found[Line.ABROAD_HANDOVER], "người qua trao trả chính thức hoặc giải cứu"),
        (found[Line.ABROAD_SELF_RETURN], "người tự trở về hoặc tự đến trình báo"),
    )
    domestic = (
        (found[Line.DOMESTIC_RESCUED], "người được giải cứu hoặc trao trả"),
        (found[Line.DOMESTIC_SELF_REPORTED], "người tự trở về hoặc tự đến trình báo"),
    )
    groups = [
        _group(abroad, "nạn nhân bị mua bán từ nước ngoài trở về"),
        _group(domestic, "nạn nhân bị mua bán trong nước"),
        _group(((found[Line.IN_PROVINCE], ""),), "nạn nhân bị mua bán tại tỉnh"),
        _group(((found[Line.UNKNOWN], ""),), "nạn nhân chưa rõ nơi bị mua bán"),
    ]
    total = vn_number(sum(found.values()))
    return f"Trong {total} nạn nhân được xác định trong kỳ có: {'; '.join(part for part in groups if part)}."


def _group(parts: tuple[tuple[int, str], ...], name: str) -> str:
    total = sum(number for number, _ in parts)
    inner = f" ({_listed(parts)})" if total and len(parts) > 1 else ""
    return f"{vn_number(total)} {name}{inner}" if total else ""


def target(found: Target) -> str:
    """One target in words, as in "Hỗ trợ ban đầu: 77/96, đạt 80,2%. Còn 19: 9 chưa được hỗ trợ, …"."""
    if not found.of:
        return f"- {found.key.label}: trong kỳ không phát sinh."
    reached = (
        f"- {found.key.label}: {vn_number(found.met)}/{vn_number(found.of)}, đạt {share(found.met, found.of)}"
    )
    return f"{reached}. {missed(found)}" if found.missed else f"{reached}."


def fraction(found: Target) -> str:
    """Met of all: 77/96."""
    return f"{vn_number(found.met)}/{vn_number(found.of)}"


def missed(found: Target) -> str:
    """Why the rest was not reached."""
    reasons = found.reasons
    declined = " hoặc ".join(reason.label for reason in (Reason.NO_NEED, Reason.REFUSED) if reasons[reason])
    parts = (
        (reasons[Reason.NOT_DONE], NOT_DONE[found.key]),
        (reasons[Reason.NO_NEED] + reasons[Reason.REFUSED], declined),
    )
    rest = vn_number(found.of - found.met)
    if all(number for number, _ in parts):
        return f"Còn {rest}: {_listed(parts)}."
    unit = "người" if found.key is TargetKey.PROTECTION else "trường hợp"
    return f"Còn {rest} {unit} {next(name for number, name in parts if number)}."


def waiting(found: Target) -> str:
    """Victims of earlier periods whose needs are not all met."""
    if not found.waiting:
        return ""
    number = vn_number(len(found.waiting))
    return f"Ngoài ra, còn {number} nạn nhân được xác định trong các kỳ trước chưa được hỗ trợ đủ theo nhu cầu."


def who(view: View) -> str:
    """Sex and age of the received in words."""
    shares = {part.key: {s.key: s.received for s in part.shares} for part in figures.breakdowns.of(view)}
    total = figures.account.of(view).received
    if not total:
        return "Trong kỳ không tiếp nhận trường hợp nào nên không có số liệu tiếp nhận theo cơ cấu."
    sexes = _listed(
        (
            (shares["sex"][Sex.FEMALE], "nữ"),
            (shares["sex"][Sex.MALE], "nam"),
            (shares["sex"][Sex.UNKNOWN], "người chưa rõ giới tính"),
        )
    )
    bands = [(shares["age"][band], f"người {lower(band.label)}") for band in AgeBand if band != AgeBand.UNKNOWN]
    ages = _listed([*bands, (shares["age"][AgeBand.UNKNOWN], "người chưa rõ tuổi")])
    return f"Trong {vn_number(total)} trường hợp tiếp nhận có {sexes}; về độ tuổi: {ages}."


def protection(view: View) -> str:
    """Measures applied in the period."""
    times = sum(measure.times for measure in figures.measures.of(view))
    if not times:
        return "Trong kỳ không áp dụng biện pháp bảo vệ nào."
    persons = vn_number(figures.persons_guarded.of(view))
    return f"Trong kỳ đã áp dụng {vn_number(times)} lượt biện pháp bảo vệ cho {persons} người."


def support(view: View) -> Iterator[str]:
    """Deliveries and money in the period; loans apart."""
    kinds, spent, lent = figures.deliveries.of(view), figures.money.of(view), figures.loans.of(view)
    times = sum(kind.times for kind in kinds) - lent.times
    if times:
        persons = vn_number(figures.persons_served.of(view))
        yield f"Trong kỳ đã thực hiện {vn_number(times)} lượt hỗ trợ cho {persons} người."
    else:
        yield "Trong kỳ không phát sinh lượt hỗ trợ nào."
    if spent.total:
        sources = "; ".join(f"{lower(a.label)} {vn_number(a.amount)} đồng" for a in spent.by_fund)
        yield f"Kinh phí hỗ trợ là {vn_number(spent.total)} đồng, gồm: {sources}."
    elif times:
        yield "Trong kỳ không phát sinh kinh phí hỗ trợ bằng tiền."
    if lent.times:
        amount = f", tổng số tiền {vn_number(lent.total)} đồng" if lent.total else ""
        yield f"Ngoài ra có {vn_number(lent.persons)} người được vay vốn{amount} (không tính vào kinh phí hỗ trợ)."


def share(part: int, whole: int) -> str:
    """80,2%; 100% without a decimal."""
    return "100%" if part == whole else f"{vn_number(100 * part / whole, 1)}%"


def _change(now: int, before: int) -> str:
    if now == before:
        return "bằng số trường hợp"
    return f"{'tăng' if now > before else 'giảm'} {vn_number(abs(now - before))} trường hợp"


def _listed(parts: Iterable[tuple[int, str]], between: str = ", ") -> str:
    """Those that are not zero, as in "3 nữ, 1 nam"."""
    return between.join(f"{vn_number(number)} {name}" for number, name in parts if number)


WAYS_NOTE = f"Người bị mua bán «{lower(Place.IN_PROVINCE.label)}» tính vào một nhóm, không phân theo hình thức."
