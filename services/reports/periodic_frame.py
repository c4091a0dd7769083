"""The frame of the periodic report: what stands around its text, by the law of its day."""

from __future__ import annotations

from datetime import date
from typing import Any

from services import law
from services.periods import Period
from services.reports.document import Align, Block, Letterhead, NumberAt, PageRules, Paragraph
from services.reports.issuer import Issuer
from services.reports.letterhead import number_line, place_and_date
from services.reports.periodic_text import lower
from services.reports.writing import Texts

KIND = "Báo cáo"
RESULTS = "Kết quả công tác tiếp nhận, xác minh, bảo vệ và hỗ trợ nạn nhân bị mua bán"
WORK_OF_PLAN = "thực hiện công tác tiếp nhận, xác minh, bảo vệ và hỗ trợ nạn nhân bị mua bán"
SHOWN = {"three_years": "Sơ kết 3 năm", "five_years": "Tổng kết 5 năm"}
LONG = {"three_years": 3, "five_years": 5}
ANNEX = "Phụ lục"
DOTTED, EMPTY_LINES = "." * 130, 3


def letterhead(texts: Texts, issuer: Issuer, dated: date) -> Letterhead:
    """The number may be typed alone ("07") or with the sign the office uses ("07/BC-CAT")."""
    number, _, sign = (texts.number or "").partition("/")
    return Letterhead(
        parent_agency=issuer.parent,
        agency=issuer.heading.replace(" - ", " -\n"),  # SỞ LAO ĐỘNG - / THƯƠNG BINH VÀ XÃ HỘI
        symbol=sign or issuer.sign,
        place=texts.place or issuer.place,
        number=number or None,
        dated=texts.dated,
        year=dated.year,
    )


def page_rules(day: date) -> PageRules:
    """Margins and the place of the page number, by the law of the document's day."""
    rules = law.document_rules(day)
    at = NumberAt.FOOT_RIGHT if rules.page_number.place == "foot" else NumberAt.TOP_CENTRE
    margins = rules.margins
    return PageRules(at, margins.top[0], margins.bottom[0], margins.left[0], margins.right[0])


def subject(period: Period, plan: law.Plan | None) -> str:
    """The plan's own names for the reports of three and of five years (part VI)."""
    if plan and period.key.count("-") == 1 and period.start.year == plan.first_year:
        length = period.end.year - period.start.year + 1
        every = next((every for every, years in LONG.items() if years == length), "")
        if every in {rule.every for rule in plan.reports}:
            return f"{SHOWN[every]} {WORK_OF_PLAN}, {lower(period.label)}"
    return f"{RESULTS} {lower(period.label)}"


def annex_head(head: Letterhead, about: str, issuer: Issuer) -> tuple[Block, ...]:
    """What stands above the figures behind the signature: to which report they belong."""
    day = place_and_date(head).partition(", ")[2]
    number = number_line(head).removeprefix("Số: ")
    centred: dict[str, Any] = {"indent": False, "align": Align.CENTRE}
    return (
        Paragraph(ANNEX.upper(), **centred, bold=True),
        Paragraph(f"Số liệu chi tiết {lower(about)}", **centred, bold=True),
        Paragraph(
            f"(Kèm theo Báo cáo số {number} {day} của {issuer.name})",
            italic=True,
            indent=False,
            align=Align.CENTRE,
        ),
    )
