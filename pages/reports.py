"""Báo cáo: the report of a period on the screen, its typed parts, its PDF and spreadsheet; the year's calendar."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.ui import form, paper
from pages.ui.choosing import Chooser
from pages.ui.format import badge, day, late_tone, text
from pages.ui.links import href
from pages.ui.screen import download_button, screen
from pages.ui.table import html_table
from services import choosing as choices
from services import periods, today
from services.access import Right
from services.choosing import UnitChoice
from services.deadlines import Clock, lateness
from services.errors import NotReady
from services.law import ReportDue
from services.periods import Period
from services.registers import report_forms
from services.registers.core import Asked
from services.reports import pdf, periodic, writing, xlsx
from services.reports import periodic_text as words
from services.reports.document import Document
from services.text import vn_date
from services.work import Work

TITLE, WHOSE, SHOW = "Báo cáo", "Báo cáo của", "Xem"
VIEWS = {"paper": "Bản báo cáo", "write": "Số, ngày, nội dung viết", "year": "Lịch báo cáo của năm"}
KINDS = ("quarter", "half", "year", "three", "five")
PDF, XLSX = "application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = ("Báo cáo", "Hạn gửi", "Số, ngày báo cáo", "")
NOT_YET, PASSED = "chưa ghi số, ngày", "Đã qua hạn"
Render = Callable[[Document], bytes]
OUTSIDE = "Năm này không có hạn báo cáo theo kế hoạch."

RECOMPUTED = "Báo cáo đã ghi{}. Số liệu trên màn hình được tính lại từ hồ sơ hiện có; bản đã ký là bản giấy."

CHOOSER = Chooser("reports")


def render() -> None:
    form.flash()
    st.html(f'<div class="page-title"><h1>{TITLE}</h1></div>')
    with screen() as work:
        period, unit = _choose(work)
        view = _view(period, unit)
        if view != "year":
            _recomputed(work, period, unit)
        if view == "paper":
            paper.draw(periodic.compose(work, period, unit_id=unit.id))
        elif view == "year":
            st.html(_calendar(work, period, unit))
    if view == "write":
        _write(period, unit)


def _choose(work: Work) -> tuple[Period, UnitChoice]:
    with st.container(horizontal=True, vertical_alignment="bottom", key="period_row"):
        period = CHOOSER.period(
            lambda: choices.first_period(work, Right.REPORT), last_year=work.today.year, kinds=KINDS
        )
        unit = CHOOSER.unit(choices.reporters(work), WHOSE)
    if period is None:
        st.stop()
    if period.start > work.today:
        raise NotReady("Kỳ này chưa bắt đầu, chưa có số liệu để báo cáo.")
    return period, unit


def _view(period: Period, unit: UnitChoice) -> str:
    """Which side of the report is shown, and the two files."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="report_row"):
        chosen = CHOOSER.one_of("view", SHOW, VIEWS)
        _download("Tải PDF", "pdf", PDF, pdf.render, period, unit)
        _download("Tải Excel", "xlsx", XLSX, xlsx.render, period, unit)
    return chosen


def _download(
    label: str, ending: str, media_type: str, render_file: Render, period: Period, unit: UnitChoice
) -> None:
    name = f"Báo cáo {words.lower(period.label)}" + (f" - {unit.name}" if unit.id else "")
    download_button(
        label,
        name=f"{name}.{ending}",
        media_type=media_type,
        right=Right.REPORT,
        produce=partial(_file, render_file, period, unit.id),
        what="report",
        key=f"report_{ending}",
        type="primary" if ending == "pdf" else "secondary",
    )


def _file(render_file: Render, period: Period, unit_id: int | None, work: Work) -> bytes:
    return render_file(periodic.compose(work, period, unit_id=unit_id))


def _recomputed(work: Work, period: Period, unit: UnitChoice) -> None:
    """Of a report that has gone out: that the figures here are those of today's files, not the signed ones."""
    typed = writing.load(work, period, unit.id)
    number = f" số {typed.number}" if typed.number else ""
    dated = f" ngày {vn_date(typed.dated)}" if typed.dated else ""
    if number or dated:
        st.info(RECOMPUTED.format(number or dated))


def _write(period: Period, unit: UnitChoice) -> None:
    chosen = report_forms.report_form(period, unit.id)
    with st.container(border=True):
        st.html(f"<h2>{text(chosen.title)}: {text(period.label)}, {text(unit.name)}</h2>")
        form.draw(chosen, ask=Asked, key=f"report:{period.key}:{unit.id or 0:x}", done=lambda saved: st.rerun())


def _calendar(work: Work, period: Period, unit: UnitChoice) -> str:
    year = period.end.year
    lines = [_line(work, due, unit) for due in today.due_in(year)]
    title = f"<h2>Năm {year}, {text(unit.name)}</h2>"
    return f'<section class="block">{title}{html_table(HEADS, lines) if lines else OUTSIDE}</section>'


def _line(work: Work, due: ReportDue, unit: UnitChoice) -> list[str]:
    typed = writing.load(work, periods.parse(due.period), unit.id)
    numbered = f"Số {text(typed.number)}, {day(typed.dated)}" if typed.number and typed.dated else ""
    late = lateness(due.due, work.today)
    state = "" if numbered else badge(PASSED if late.clock is Clock.LATE else late.words, late_tone(late))
    address = href("reports", period=due.period, unit=format(unit.id, "x") if unit.id else None)
    label = f'<a href="{text(address)}">{text(today.report_words(due.vi, due.period))}</a>'
    return [label, vn_date(due.due), numbered or NOT_YET, state]
