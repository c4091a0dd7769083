"""Thống kê: the figures of a period and unit, beside the lists of files behind what is missing."""

from collections.abc import Sequence

import streamlit as st

from pages.ui import drawn, filters, format, links, paper
from pages.ui.choosing import Chooser
from pages.ui.format import case_address, day, state_badge, text
from pages.ui.screen import screen
from pages.ui.table import html_pager, html_table
from services import case_search, figures, periods
from services import choosing as choices
from services.case_search import CaseFilter
from services.choosing import UnitChoice
from services.figures import Account, Breakdown, Reason, Target, View
from services.periods import Period
from services.reports import comparing
from services.reports import periodic_tables as tables
from services.reports import periodic_text as words
from services.reports.document import Column, Row, RowKind, Table, head_line
from services.reports.periodic_tables import Seen
from services.text import vn_number
from services.work import Work

TITLE, REPORT = "Thống kê", "Lập báo cáo kỳ này"
ACCOUNT, LINES, TARGETS = "Tình hình hồ sơ trong kỳ", "Nạn nhân theo hình thức tiếp nhận", "Bốn chỉ tiêu 100%"
GIVEN, GUARDED, SHARES, MONTHS = "Hỗ trợ và kinh phí", "Bảo vệ", "Cơ cấu", "Theo tháng"
OF = "Chia theo"
BACK, WAITING = "Đóng danh sách", "kỳ trước còn chờ"
NO_FILES = "Không có hồ sơ nào bạn được xem trong danh sách này."
OPENING, RECEIVED, AGAIN = "chưa kết luận kỳ trước", "tiếp nhận", "mở lại"
CONCLUDED, CLOSING = "đã kết luận", "chưa kết luận, chuyển kỳ sau"
OUTCOMES = ("nạn nhân", "không phải nạn nhân", "chưa đủ căn cứ")
KEPT = ("period", "unit", "by")  # of the address, when a list is opened
SIGNS = ("<i>+</i>", "<i>+</i>", "<i>=</i>", "<i>+</i>", "")
MONTHS_SHOWN = 13  # beyond a year the parts of the period are shown instead

CHOOSER = Chooser("statistics")


def render() -> None:
    st.html(f'<div class="page-title"><h1>{TITLE}</h1></div>')
    with screen() as work:
        period, unit, view = _choose(work)
        st.html(_head(work, view, period, unit.name))
        _list(work, view)
        st.html(_counts(view, period, unit) + _targets(work, view))
        _shares(view)
        _course(view, period)
        st.html(_services(view))


def _choose(work: Work) -> tuple[Period, UnitChoice, View]:
    with st.container(horizontal=True, vertical_alignment="bottom", key="period_row"):
        chosen = CHOOSER.period(lambda: choices.first_period(work), last_year=work.today.year)
        if chosen is None:
            st.stop()
        everything = choices.view_of(work, chosen)
        unit = CHOOSER.unit(choices.units(work, view=everything))
    return chosen, unit, choices.view_of(work, chosen, unit.id) if unit.id else everything


def _head(work: Work, view: View, period: Period, unit: str) -> str:
    unfinished = comparing.unfinished(view, period, [comparing.before(view, period)])
    remarks = [said for said in (unfinished, *words.about_period(period, None)) if said]
    told = "".join(f'<p class="quiet">{text(said)}</p>' for said in remarks)
    report = ""
    if links.may_open(work.actor, "reports"):
        code = st.query_params.get("unit")
        report = links.to_screen("reports", REPORT, kind="do main", period=period.key, unit=code)
    said = f"<b>{text(unit)} – {text(period.label)}</b>"
    span = f"từ {day(period.start)} đến {day(period.end)}"
    return (
        f'<div class="figures-head"><p>{said} <span class="quiet">({span}; số liệu tính đến ngày '
        f"{day(view.as_of)})</span></p>{report}</div>{told}"
    )


def _counts(view: View, period: Period, unit: UnitChoice) -> str:
    before = comparing.before(view, period)
    seen = [Seen("Kỳ này", view), before]
    scope = words.lower(unit.name) if unit.id is None else unit.name
    said = text(" ".join(words.reception(view, scope, [(before.label, before.view)] if before.view else [])))
    balance, lines = _balance(figures.account.of(view)), paper.table(tables.lines(seen), caption=False)
    return (
        f'<section class="block"><h2>{ACCOUNT}</h2>{balance}<p>{said}</p></section>'
        f'<section class="block"><h2>{LINES}</h2>{lines}</section>'
    )


def _balance(counts: Account) -> str:
    """The account that balances, as it is added up."""

    def box(number: int, name: str, kind: str = "") -> str:
        return f'<div class="{kind}"><b>{vn_number(number)}</b><span>{text(name)}</span></div>'

    outcomes = counts.victim, counts.not_victim, counts.insufficient
    parts = (f"{vn_number(number)} {name}" for number, name in zip(outcomes, OUTCOMES, strict=True))
    concluded = f"{CONCLUDED}: {', '.join(parts)}"
    boxes = (
        box(counts.opening, OPENING),
        box(counts.received, RECEIVED, "main"),
        box(counts.reopened, AGAIN),
        box(counts.concluded, concluded, "main"),
        box(counts.closing, CLOSING),
    )
    return f'<div class="balance">{"".join(f"{b}{s}" for b, s in zip(boxes, SIGNS, strict=True))}</div>'


def _targets(work: Work, view: View) -> str:
    to_lists = links.may_open(work.actor, "cases")
    found = "".join(_target(target, to_lists) for target in figures.targets.of(view).values())
    return f'<section class="block"><h2>{TARGETS}</h2><div class="two">{found}</div></section>'


def _target(target: Target, to_lists: bool) -> str:
    share = 100 * target.met / target.of if target.of else 0
    kind = "" if target.met == target.of else ' class="part"'
    name = text(target.key.label)
    fraction = f"{words.fraction(target)} ({words.share(target.met, target.of)})" if target.of else "0/0"
    rest = words.missed(target) if target.missed else "" if target.of else "Trong kỳ không phát sinh."
    lists = _to_lists(target) if to_lists else ""
    return (
        f'<div class="target"><p class="of"><span>{name}</span><span>{fraction}</span></p>'
        f'<div class="bar"><i{kind} style="width:{share:.1f}%"></i></div><p>{text(rest)} {lists}</p></div>'
    )


def _to_lists(target: Target) -> str:
    """Each reason opens its files; victims of earlier periods who still wait have a list of their own."""
    offered = [
        (reason.value, f"{number} {reason.label}") for reason, number in target.reasons.items() if number
    ] + ([("waiting", f"{len(target.waiting)} {WAITING}")] if target.waiting else [])
    return " ".join(_own(label, list=target.key.value, why=why) for why, label in offered)


def _own(label: str, **params: str) -> str:
    """A link to this page with the same period and unit."""
    return format.link(_href(params), label, kind="do")


def _list(work: Work, view: View) -> None:
    """The files behind one number, when the address names it."""
    targets = {target.key.value: target for target in figures.targets.of(view).values()}
    target = targets.get(st.query_params.get("list", ""))
    if target is None or not links.may_open(work.actor, "cases"):
        return
    why = st.query_params.get("why", "")
    ids = target.waiting if why == "waiting" else [m.case_id for m in target.missed if m.reason.value == why]
    label = WAITING if why == "waiting" else next((r.label for r in Reason if r.value == why), "")
    found = case_search.find(work, CaseFilter(ids=frozenset(ids)), page=filters.number(), sort="oldest")
    title = f"<h2>{text(target.key.label)}: {text(label)} ({vn_number(found.total)} hồ sơ)</h2>"
    here = {"list": target.key.value, "why": why}
    pager = html_pager(found.number, found.pages, lambda n: _href(here | {"page": str(n)}))
    inside = _rows(found.rows) + pager if found.rows else f'<p class="quiet">{NO_FILES}</p>'
    st.html(f'<section class="block">{title}{inside}<p>{_own(BACK)}</p></section>')


def _href(params: dict[str, str]) -> str:
    kept = {name: st.query_params[name] for name in KEPT if name in st.query_params}
    return links.href("statistics", **(kept | params))


def _rows(rows: Sequence[case_search.CaseRow]) -> str:
    named = any(row.name is not None for row in rows)
    heads = ["Họ và tên" if named else "Số hồ sơ", "Tiếp nhận", "Đơn vị tiếp nhận", "Cư trú", "Tình trạng"]
    lines = (
        [
            f'<span><a href="{case_address(row.id)}">{text(row.name if named else row.code)}</a> '
            f'<span class="quiet once">{text(row.code if named else "")}</span></span>',
            f'<span class="once">{day(row.received_on)}</span>',
            text(row.unit),
            text(row.home),
            state_badge(row.state, row.state.label),
        ]
        for row in rows
    )
    return html_table(heads, lines, kind="open")


def _shares(view: View) -> None:
    """One breakdown as chart and table; which one stands in the address."""
    found = {part.key: part for part in figures.breakdowns.of(view)}
    st.html(f'<section class="block head"><h2>{SHARES}</h2></section>')
    part = found[CHOOSER.one_of("by", OF, {key: one.title for key, one in found.items()})]
    left, right = st.columns([3, 2])
    with left:
        drawn.shares(part)
    with right:
        st.html(_share_table(part))


def _share_table(part: Breakdown) -> str:
    rows = [Row((share.label, share.received, share.victims)) for share in part.shares]
    rows.append(Row((tables.TOTAL, part.received, part.victims), RowKind.TOTAL))
    return _grid((part.title, "Tiếp nhận", "Nạn nhân"), rows)


def _grid(heads: Sequence[str], rows: Sequence[Row]) -> str:
    return paper.table(Table(tuple(Column() for _ in heads), head_line(*heads), tuple(rows)))


def _course(view: View, period: Period) -> None:
    """Month by month; of more than a year, year by year."""
    months = len(periods.months(period)) <= MONTHS_SHOWN
    points = figures.monthly.of(view) if months else figures.yearly.of(view)
    if len(points) < 2:
        return
    title = MONTHS if months else "Theo năm"
    st.html(f'<section class="block head"><h2>{title}</h2></section>')
    left, right = st.columns([3, 2])
    with left:
        drawn.course(points)
    heads = ("Tháng" if months else "Năm", "Tiếp nhận", "Kết luận", "Nạn nhân", "Kinh phí (đồng)")
    with right:
        st.html(_grid(heads, [Row((p.label, p.received, p.concluded, p.victims, p.money)) for p in points]))


def _services(view: View) -> str:
    given = paper.table(tables.support(view), caption=False)
    funds = paper.table(tables.funds(view)) if figures.money.of(view).by_fund else ""
    guarded = paper.table(tables.measures(view), caption=False) if figures.measures.of(view) else ""
    said = text(" ".join(words.support(view)))
    left = f'<section class="block"><h2>{GIVEN}</h2><p>{said}</p>{given}</section>'
    protected = text(words.protection(view))
    right = f'<section class="block"><h2>{GUARDED}</h2><p>{protected}</p>{guarded}{funds}</section>'
    return f'<div class="two">{left}{right}</div>'
