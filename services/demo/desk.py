"""What lies on the desks of the demo: documents, scans, saved lists, forms left half-way."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

from db.accounts import Role
from db.attachments import ScanKind
from db.cases import Case
from db.letters import Letter
from db.people import Person, PersonKind
from db.verification import Conclusion, VerificationRequest
from services.access import Right
from services.demo.since import BORDER, COMMUNE, DEPARTMENT, POLICE
from services.demo.staff import Staff
from services.letters import issuing, opening, templates
from services.letters.composing import Wishes
from services.records import rows
from services.registers import case_forms, drafts, saved_lists
from services.registers.case_list import CASES
from services.registers.core import Asked, Form
from services.registers.listing import Query
from services.registers.reception_forms import RECEIVE
from services.registers.typed import written
from services.scans import attachments
from services.work import Work

FONT = Path(__file__).parents[1] / "reports" / "fonts" / "LiberationSerif-Regular.ttf"
PAPER = (
    "UBND XÃ NA RÌ (bản chụp hư cấu)",
    "",
    "GIẤY XÁC NHẬN",
    "",
    "Xác nhận người có tên trong hồ sơ hiện cư trú tại địa phương.",
    "Mọi tên, số và nội dung trên giấy này đều được đặt ra",
    "để chạy thử phần mềm.",
)
NOTICE = "thong_bao_tiep_nhan"


def desks(work: Work, staff: Staff, found: dict[str, Case]) -> None:
    """Fills the desks of the files that `lately` made."""
    _letters(work, staff, found)
    _scan(work, staff, found["sheltered"])
    _saved_lists(work, staff)
    _half_typed(work, staff, found)
    staff.leaves()


# documents


def _letters(work: Work, staff: Staff, found: dict[str, Case]) -> None:
    """Drafts, issued ones, one with its signed paper, one cancelled; notices with the office's own numbers."""
    staff.sits(DEPARTMENT)
    template = templates.effective(work, NOTICE)
    wanted = templates.wording(template)
    templates.save(work, NOTICE, templates.Wording(**(vars(wanted) | {"own_series": True})), version=0)
    for mark in ("extended", "issued"):
        letter = _made(work, staff, DEPARTMENT, found[mark], NOTICE)
        issuing.issue(work, letter, dated=found[mark].received_on)
    staff.sits(POLICE)
    _made(work, staff, POLICE, found["asked"], "de_nghi_xac_minh", VerificationRequest)
    certificate = _made(work, staff, POLICE, found["issued"], "giay_xac_nhan", Conclusion)
    issuing.issue(work, certificate, dated=work.today - timedelta(60), number="07/GXN")
    _signed(work, found["issued"], certificate)
    minutes = _made(work, staff, POLICE, found["told"], "bien_ban_tiep_nhan")
    issuing.cancel(work, minutes, reason="Lập nhầm ngày, lập lại bản khác.")
    staff.sits(BORDER)
    _made(work, staff, BORDER, found["border"], "bien_ban_tiep_nhan")


def _made(work: Work, staff: Staff, by: str, case: Case, template: str, about: type[Any] | None = None) -> Letter:
    row = rows(work, about, case)[-1].id if about else None
    day = max(case.received_on, work.today - timedelta(60)) if about else case.received_on
    return issuing.make(
        work, case, template=template, wishes=Wishes(day=day, unit_id=staff.unit(by).id, about_id=row)
    )


def _signed(work: Work, case: Case, letter: Letter) -> None:
    """The paper that came back signed: what stands in for its scan is the document's own print."""
    data = opening.pdf(work, letter.id)
    title = f"{letter.title}, số {letter.number}"
    attachments.add(
        work, case, kind=ScanKind.PROOF, title=title, data=data, letter_id=letter.id, right=Right.VERIFY
    )


def _scan(work: Work, staff: Staff, case: Case) -> None:
    staff.sits(POLICE)
    attachments.add(work, case, kind=ScanKind.OTHER, title="Giấy xác nhận cư trú", data=_picture())


def _picture() -> bytes:
    """A sheet with invented words, as a phone would take it."""
    from PIL import Image, ImageDraw, ImageFont

    sheet = Image.new("L", (620, 420), 246)
    draw, font = ImageDraw.Draw(sheet), ImageFont.truetype(str(FONT), 22)
    for number, line in enumerate(PAPER):
        draw.text((40, 40 + 40 * number), line, fill=30, font=font)
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


# lists and drafts


def _saved_lists(work: Work, staff: Staff) -> None:
    for by, title, codes, role in (
        (DEPARTMENT, "Đang xác minh", {"state": "verifying"}, Role.LABOUR_DEPT),
        (POLICE, "Được giải cứu, chưa kết luận", {"state": "verifying", "way": "rescued"}, Role.POLICE),
        (COMMUNE, "Nạn nhân đang hỗ trợ", {"state": "victim"}, None),
    ):
        staff.sits(by)
        form = saved_lists.keep_form(CASES, Query(codes))
        form.save(saved_lists.new(work, CASES), {"title": title, "shared_with": role})


def _half_typed(work: Work, staff: Staff, found: dict[str, Case]) -> None:
    """Two forms somebody was called away from."""
    staff.sits(COMMUNE)
    _kept(work, RECEIVE, Asked(work), RECEIVE.name, "/intake", {"full_name": "Triệu Thị Nhung", "birth": "1998"})
    staff.sits(POLICE)
    case, form = found["asked"], case_forms.FORMS["evidence"]
    person = next(one for one in rows(work, Person, case) if one.kind is PersonKind.SUBJECT)
    place, address = f"evidence:{case.id:x}:0", f"/case?id={case.id:x}&do=evidence"
    _kept(work, form, Asked(work, case, person), place, address, {"note": "Lời khai lần hai, còn chờ phiên dịch"})


def _kept(work: Work, form: Form, asked: Asked, place: str, address: str, typed: dict[str, str]) -> None:
    known = form.start(asked)
    start = {one.key: written(one, known.get(one.key)) for one in form.fields}
    drafts.keep(
        work,
        place,
        form.name,
        asked.case.id if asked.case is not None else None,
        start | typed,
        start=start,
        versions=form.versions(asked),
        title=form.title,
        address=address,
    )
