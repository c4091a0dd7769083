"""The life of a document: made and made again as a draft, issued with number and date, cancelled.

Once issued its content is never composed again: the PDF of today is that of the day it was issued.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from db.base import Row
from db.cases import Case
from db.handover import Handover
from db.letters import Letter, LetterState
from db.verification import Conclusion, VerificationRequest
from services.access import GRANTS, Right, case_for, require
from services.errors import Invalid, NotReady, Refused
from services.letters import composing, series, templates
from services.letters.composing import Wishes
from services.letters.content import Content
from services.letters.context import ABOUT
from services.letters.templates import Template
from services.lifecycle import not_future
from services.records import add, rows
from services.reports.document import Letterhead
from services.reports.issuer import DOTS
from services.reports.periodic_frame import page_rules
from services.text import clean
from services.work import Work

ISSUED = "Văn bản này đã ban hành, không sửa được nữa."
CANCELLED = "Văn bản này đã hủy."
DOUBLE = "Số này đã có ở một văn bản cùng loại trong năm của đơn vị."
GIVEN = "Số của loại văn bản này do phần mềm cấp."


def offered(work: Work, case: Case) -> list[Template]:
    """The documents this person can make on the file as it stands."""
    return [one for one in templates.every(work) if _fits(work, case, one)]


def about(work: Work, case: Case, template: Template) -> Sequence[Row]:
    """The rows of the file the document may be about, the latest first; none when it is about the file."""
    if not template.about:
        return ()
    found = rows(work, ABOUT[template.about], case)
    kept = [row for row in found if not template.outcomes or getattr(row, "outcome", None) in template.outcomes]
    return sorted(kept, key=lambda row: row.created_at, reverse=True)


def alike(work: Work, case: Case, template: Template, about_id: int | None, but: int = 0) -> Sequence[Letter]:
    """Drafts and issued documents of the same kind about the same thing, other than `but`."""
    kept = (one for one in rows(work, Letter, case) if one.template == template.code and one.id != but)
    return [
        one
        for one in kept
        if one.state is not LetterState.CANCELLED and Content.from_text(one.content).wishes.about_id == about_id
    ]


def units(work: Work, right: Right) -> list[int]:
    """The units for which this person may make a document that needs `right`."""
    return list(dict.fromkeys(held.unit_id for held in work.actor.holdings if right in GRANTS[held.role].rights))


def make(work: Work, case: Case, *, template: str, wishes: Wishes) -> Letter:
    """Makes a draft; its number and date are dots. Raises Refused or Invalid."""
    chosen = templates.effective(work, template)
    content = compose(work, case, chosen, wishes)
    letter = Letter(
        case_id=case.id,
        template=chosen.code,
        title=chosen.label[:120],
        state=LetterState.DRAFT,
        unit_id=wishes.unit_id,
        by_name=work.actor.name,
        content=content.to_text(),
    )
    return add(work, case, letter)


def remake(work: Work, letter: Letter, *, wishes: Wishes) -> Letter:
    """Composes a draft anew from the file as it is now. Raises Refused, NotReady or Invalid."""
    case, template = _mine(work, letter)
    _require_draft(letter)
    letter.content = compose(work, case, template, wishes).to_text()
    letter.unit_id, letter.by_name, letter.title = wishes.unit_id, work.actor.name, template.label[:120]
    return letter


def compose(work: Work, case: Case, template: Template, wishes: Wishes) -> Content:
    """What `make` would keep. Raises Refused, or Invalid when the row or the unit is not one on offer."""
    require(work, template.right, case)
    if not _fits(work, case, template):
        raise Refused
    if not work.actor.operator and wishes.unit_id not in units(work, template.right):
        raise Invalid({"unit_id": "Cần chọn đơn vị ban hành."})
    row = next((row for row in about(work, case, template) if row.id == wishes.about_id), None)
    if template.about and row is None:
        raise Invalid({"about_id": "Cần chọn việc mà văn bản này nói đến."})
    return Content.of(composing.compose(work, case, template, wishes, row), wishes)


def issue(work: Work, letter: Letter, *, dated: date, number: str | None = None) -> Letter:
    """Freezes a draft with its number and date: those of the signed paper that came back, or, where the
    document has a series of its own, the next number. Raises Refused, NotReady or Invalid."""
    case, template = _mine(work, letter)
    _require_draft(letter)
    not_future(work, "dated", dated)
    if dated < case.received_on:
        raise Invalid({"dated": "Ngày văn bản trước ngày tiếp nhận."})
    content = Content.from_text(letter.content)
    head = content.document.letterhead
    assert head is not None and letter.unit_id is not None
    head = _numbered(work, letter, template, head, dated, clean(number or ""))
    document = replace(content.document, letterhead=head, page=page_rules(dated))
    letter.content = replace(content, document=document).to_text()
    letter.number, letter.dated, letter.state = _said(head), dated, LetterState.ISSUED
    _flow_back(work, case, template, content.wishes.about_id, letter.number)
    return letter


def cancel(work: Work, letter: Letter, *, reason: str) -> Letter:
    """Cancels a draft or an issued document, with a reason. Its number stays used."""
    _mine(work, letter)
    if letter.state is LetterState.CANCELLED:
        raise NotReady(CANCELLED)
    if not clean(reason or ""):
        raise Invalid({"reason": "Cần ghi lý do."})
    letter.content = replace(Content.from_text(letter.content), cancelled=clean(reason)).to_text()
    letter.state = LetterState.CANCELLED
    return letter


def may_handle(work: Work, letter: Letter) -> bool:
    """Whether this person may make the document again, issue or cancel it."""
    try:
        _mine(work, letter)
    except Refused:
        return False
    return True


def _fits(work: Work, case: Case, template: Template) -> bool:
    try:
        require(work, template.right, case)
    except Refused:
        return False
    if case.state not in template.states or not composing.visible(work, template):
        return False
    return not template.about or bool(about(work, case, template))


def _mine(work: Work, letter: Letter) -> tuple[Case, Template]:
    """The file and the template of a document that is this person's unit's to handle. Raises Refused."""
    template = templates.effective(work, letter.template)
    case = case_for(work, letter.case_id, template.right)
    if not work.actor.operator and letter.unit_id not in units(work, template.right):
        raise Refused
    if not composing.visible(work, template):
        raise Refused
    return case, template


def _require_draft(letter: Letter) -> None:
    if letter.state is not LetterState.DRAFT:
        raise NotReady(ISSUED if letter.state is LetterState.ISSUED else CANCELLED)


def _numbered(
    work: Work, letter: Letter, template: Template, head: Letterhead, dated: date, typed: str
) -> Letterhead:
    """The letterhead with number and date. A number may be typed alone ("07") or with its sign ("07/BC-CAT");
    a sign nobody knows is left out."""
    assert letter.unit_id is not None
    sign = "" if DOTS in head.symbol else head.symbol
    if template.own_series:
        if typed:
            raise Invalid({"number": GIVEN})
        taken = series.take(work, letter.unit_id, template.code, dated.year)
        return replace(head, number=f"{taken:02d}", symbol=sign, dated=dated, year=dated.year)
    number, _, own_sign = typed.partition("/")
    if not any(letter.isdigit() for letter in number):
        raise Invalid({"number": "Cần ghi số văn bản, ví dụ 07 hoặc 07/TB-UBND."})
    if (series.value_of(number) or 0) > series.HIGHEST:
        raise Invalid({"number": "Số văn bản quá lớn. Chỉ ghi số thứ tự, ví dụ 07."})
    if len(typed) + len(sign) > 58:
        raise Invalid({"number": "Quá dài."})
    if series.is_given(work, letter.unit_id, template.code, dated.year, number):
        raise Invalid({"number": DOUBLE})
    return replace(head, number=number.strip(), symbol=own_sign.strip() or sign, dated=dated, year=dated.year)


def _said(head: Letterhead) -> str:
    number = (head.number or "").zfill(2)
    return f"{number}/{head.symbol}" if head.symbol else number


def _flow_back(work: Work, case: Case, template: Template, about_id: int | None, number: str) -> None:
    """The number becomes a fact of the row the document is about, where none stands there yet."""
    row = next((row for row in about(work, case, template) if row.id == about_id), None)
    if isinstance(row, VerificationRequest) and template.code == "de_nghi_xac_minh":
        row.number = row.number or number
    elif isinstance(row, Conclusion) and template.code == "giay_xac_nhan":
        row.paper_number = row.paper_number or number
    elif isinstance(row, Handover):
        for one in rows(work, Handover, case):  # a line a person, the same minutes
            if (one.handed_on, one.direction, one.unit_id) == (row.handed_on, row.direction, row.unit_id):
                one.minutes_number = one.minutes_number or number
