"""Reading a document of a file, and its PDF. Whoever reads it sees in clear all that it says."""

from dataclasses import dataclass

from db.attachments import ScanKind
from db.cases import Case
from db.letters import Letter, LetterState
from db.trail import Action
from services.access import case_for, clear, seen, shows
from services.errors import Refused
from services.letters import issuing, templates
from services.letters.content import Content
from services.letters.templates import Template
from services.records import rows
from services.work import Work

SCANNED = {
    "de_nghi_xac_minh": ScanKind.REQUEST,
    "don_doc": ScanKind.REQUEST,
    "tra_loi": ScanKind.ANSWER,
    "giay_xac_nhan": ScanKind.PROOF,
    "bien_ban_tiep_nhan": ScanKind.MINUTES,
    "bien_ban_ban_giao": ScanKind.MINUTES,
}


@dataclass(frozen=True)
class Opened:
    """One document as this person sees it; `mine`: it is theirs to issue or cancel."""

    letter: Letter
    case: Case
    template: Template
    content: Content
    mine: bool

    @property
    def draft(self) -> bool:
        return self.letter.state is LetterState.DRAFT

    @property
    def cancelled(self) -> bool:
        return self.letter.state is LetterState.CANCELLED

    @property
    def scan_kind(self) -> ScanKind:
        return SCANNED.get(self.letter.template, ScanKind.OTHER)


def may_read(work: Work) -> bool:
    """Whether this person sees documents of the files they may read."""
    return shows(work.actor, Letter.content)


def find(work: Work, letter_id: int | None) -> Letter:
    """A document of a file this person may read. Raises Refused, as if it were not there."""
    if letter_id is None or not 0 < letter_id < 2**63 or not may_read(work):
        raise Refused
    letter = work.session.get(Letter, letter_id)
    if letter is None:
        raise Refused
    case = case_for(work, letter.case_id)
    return next(row for row in rows(work, Letter, case) if row.id == letter_id)


def look(work: Work, letter_id: int | None) -> Opened:
    """One document whole; the reading of its file stands in the trail first. Raises Refused."""
    letter = find(work, letter_id)
    content = Content.from_text(letter.content)
    if not content.needs <= clear(work.actor):
        raise Refused
    for other in content.others:  # the minutes of several files: read by those who may read each
        seen(work, case_for(work, other))
    case = case_for(work, letter.case_id)
    seen(work, case)
    template = templates.effective(work, letter.template)
    return Opened(letter, case, template, content, issuing.may_handle(work, letter))


def pdf(work: Work, letter_id: int) -> bytes:
    """The PDF of a document, draft or issued; the trail has the export of this file's document first."""
    opened = look(work, letter_id)
    work.record(Action.EXPORT, "letter", object_id=opened.letter.id, case_id=opened.case.id)
    from services.reports import pdf as drawing  # heavy: only when somebody prints

    return drawing.render(opened.content.document)


def file_name(opened: Opened) -> str:
    """What the file is called: the kind of document and the number of the file, never a name."""
    kind = opened.template.kind.label if opened.template.about == "" else opened.template.title
    number = (opened.letter.number or "dự thảo").replace("/", "-")
    return f"{kind} {number} - hồ sơ {opened.case.code}.pdf"
