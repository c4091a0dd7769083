"""Which documents a file waits for: a step was written down and its paper is not made yet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.base import Row
from db.cases import CaseState
from db.letters import LetterState
from db.verification import Outcome
from services.cases import CaseView
from services.letters import issuing, opening
from services.letters.content import Content
from services.letters.templates import Template
from services.work import Work

ANSWERS = {Outcome.VICTIM: "giay_xac_nhan", Outcome.NOT_VICTIM: "tra_loi", Outcome.INSUFFICIENT: "tra_loi"}
TITLES = {
    "de_nghi_xac_minh": "Lập văn bản đề nghị xác minh",
    "giay_xac_nhan": "Lập giấy xác nhận nạn nhân",
    "tra_loi": "Lập văn bản trả lời",
    "bien_ban_ban_giao": "Lập biên bản bàn giao",
}


@dataclass(frozen=True)
class Suggestion:
    """A document to make. `title`: what is to be done, in words."""

    template: Template
    title: str
    words: str


def suggested(work: Work, view: CaseView) -> Sequence[Suggestion]:
    """The documents this person can make now for what was written down last and has no paper yet. A row
    that has its number already got it from a paper made elsewhere."""
    wanted = dict(_wanted(view)) if opening.may_read(work) else {}
    if not wanted:
        return ()
    able = {one.code: one for one in issuing.offered(work, view.case) if one.code in wanted}
    return [
        Suggestion(template, TITLES[code], _words(template))
        for code, template in able.items()
        if not _made(view, code, wanted[code])
    ]


def _wanted(view: CaseView) -> Iterator[tuple[str, Row]]:
    if view.case.state is CaseState.VERIFYING and view.requests and not view.requests[-1].number:
        yield "de_nghi_xac_minh", view.requests[-1]
    if view.case.state in (CaseState.VICTIM, CaseState.NOT_VICTIM, CaseState.INSUFFICIENT) and view.conclusions:
        last = view.conclusions[-1]
        if not last.paper_number:
            yield ANSWERS[last.outcome], last
    if view.handovers and not view.handovers[-1].minutes_number and view.case.state is not CaseState.MERGED:
        yield "bien_ban_ban_giao", view.handovers[-1]


def _made(view: CaseView, code: str, row: Row) -> bool:
    """Whether there is such a document about the row already."""
    kept = (one for one in view.letters if one.template == code and one.state is not LetterState.CANCELLED)
    return any(Content.from_text(one.content).wishes.about_id == row.id for one in kept)


def _words(template: Template) -> str:
    return f"Chưa có {template.label[:1].lower()}{template.label[1:]}."
