"""What a file waits for, and what this person can do about it now, each with its limit (stages: `stages`)."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from db.cases import Case, CaseState
from db.fields import Sensitivity
from db.support import INITIAL_KINDS, SupportNeed
from services import handover, limits
from services.access import Right, require
from services.cases import CaseView
from services.conclusions import last_day, review_of
from services.deadlines import Clock
from services.errors import Refused
from services.identity import names
from services.letters.suggesting import suggested
from services.lifecycle import CONCLUDED, STEPS, line_known, verifying_since
from services.limits import Due, due
from services.registers.case_forms import FORMS
from services.text import vn_date
from services.work import Work

S = CaseState
# The forms in which each step of the lifecycle is written down.
FORMS_OF: dict[str, tuple[str, ...]] = {
    "request": ("request",),
    "evidence": ("evidence",),
    "extend": ("extend",),
    "accept_conclusion": ("review",),
    "return_conclusion": ("review",),
    "hand_over": ("hand_over",),
    "refer": ("refer",),
    "conclude_victim": ("conclude",),
    "conclude_not_victim": ("conclude",),
    "conclude_insufficient": ("conclude",),
    "protect": ("measure", "protection_need"),
    "support": ("deliver", "support_need"),
    "reopen": ("reopen",),
    "close": ("close",),
}


# Who carries out a step of which the form is not this person's.
WHO = {
    Right.INTAKE: "đơn vị tiếp nhận thực hiện",
    Right.VERIFY: "cơ quan công an thực hiện",
    Right.PROTECT: "cơ quan công an thực hiện",
    Right.SUPPORT: "đơn vị hỗ trợ thực hiện",
    Right.REVIEW: "thủ trưởng đơn vị kết luận thực hiện",
}
EXPLAIN = (
    "Giải thích kết luận bằng lời dễ hiểu, trao văn bản trả lời. Phần đã hỗ trợ được giữ nguyên. "
    "Người này còn khó khăn thì giới thiệu đến nơi có thể giúp: y tế, trợ giúp pháp lý, trợ giúp xã hội."
)
PRESSING = (Clock.SOON, Clock.TODAY, Clock.LATE)


@dataclass(frozen=True)
class Next:
    """One thing the file waits for. `form` is empty when it is somebody else's to do: `who` says whose.
    `lines`: what the law lays down about it, step by step."""

    title: str
    words: str = ""
    form: str = ""
    why_not: str = ""
    who: str = ""
    due: Due | None = None
    lines: tuple[str, ...] = ()
    letter: str = ""  # the document to make (a template's code)


@dataclass(frozen=True)
class Steps:
    """`waiting` in the order in which they matter; `others`: forms this person may also open."""

    waiting: tuple[Next, ...]
    others: tuple[str, ...]


def of(work: Work, view: CaseView) -> Steps:
    """The next steps of a file as this person sees it."""
    mine = forms(work, view)
    found = (
        *(_review(work, view) if "review" in mine else ()),
        *_verification(work, view),
        *_protection(view),
        *_abroad(work, view),
        *(_support(view) if Sensitivity.SUPPORT in view.parts else ()),
        *_end(view),
        *(Next(one.title, one.words, letter=one.template.code) for one in suggested(work, view)),
    )
    waiting = tuple(_mine(item, mine) for item in found)
    first = {item.form for item in waiting}
    return Steps(waiting, tuple(name for name in mine if name not in first))


def forms(work: Work, view: CaseView) -> dict[str, str]:
    """The forms this person may open on the file: name → why not yet (empty: at once)."""
    found: dict[str, str] = {}
    if view.case.state is S.MERGED:
        return found  # the file it was merged into goes on
    for offer in view.offers:
        for name in FORMS_OF.get(offer.step.name, ()):
            if found.get(name) != "":  # one open conclusion is enough to open its form
                found[name] = offer.why_not
    if view.case.state is S.NOT_VICTIM:
        found.pop("support_need", None)  # what was begun may be finished; nothing new begins
    if found.get("review"):
        del found["review"]  # the head said it, or the week is over
    for name in ("correct", "person", "hand_to"):
        with suppress(Refused):
            require(work, FORMS[name].right, view.case)
            found[name] = ""
    if view.case.state is S.VICTIM and any(offer.step.name == "reopen" for offer in view.offers):
        found["proof"] = ""
    return found


def unmet(view: CaseView) -> list[SupportNeed]:
    """The needs that were neither refused nor met yet."""
    given = {row.kind for row in view.deliveries}
    return [need for need in view.needs if not need.refused and need.kind not in given]


def _mine(item: Next, mine: dict[str, str]) -> Next:
    if item.letter:
        return item
    if item.form not in mine:
        return replace(item, form="", who=WHO[FORMS[item.form].right])
    return replace(item, why_not=mine[item.form])


def _verification(work: Work, view: CaseView) -> Iterator[Next]:
    case = view.case
    if case.state is S.RECEIVED:
        limit = due(work, STEPS["request"].limit or "", case.received_on, case)
        yield Next(FORMS["request"].title, f"Tiếp nhận ngày {vn_date(case.received_on)}.", "request", due=limit)
    elif case.state is S.VERIFYING:
        yield from _conclusion(work, view)
    elif case.state is S.INSUFFICIENT:
        yield Next(FORMS["reopen"].title, "Chưa đủ căn cứ: mở lại khi có thêm tài liệu, chứng cứ.", "reopen")
    elif case.state is S.VICTIM and view.conclusions and not view.conclusions[-1].paper_number:
        yield Next(FORMS["proof"].title, "Kết luận là nạn nhân chưa có số giấy xác nhận.", "proof")
    if case.state in (S.RECEIVED, S.VERIFYING) and not line_known(case):
        yield Next(
            "Ghi rõ nơi bị mua bán và hình thức tiếp nhận",
            "Cần có trước khi kết luận là nạn nhân.",
            "correct",
        )


def _conclusion(work: Work, view: CaseView) -> Iterator[Next]:
    since = verifying_since(work, view.case)
    limit = due(work, limits.VERIFY, since, view.case)
    last = view.requests[-1] if view.requests else None
    words = f"Mở lại ngày {vn_date(since)}."
    if last is not None and last.requested_on == since:
        unit = names.units(work).get(last.unit_id or 0, "cơ quan xác minh")
        words = f"Đã đề nghị {unit} xác minh ngày {vn_date(since)}."
    yield Next(FORMS["conclude"].title, words, "conclude", due=limit)
    if limit is not None and limit.lateness.clock in PRESSING:
        cap = limits.extension_cap(work, view.case, limits.VERIFY, since)
        if cap is not None and cap < work.today:
            return
        most = f", nhiều nhất đến hết ngày {vn_date(cap)}" if cap else ""
        yield Next(FORMS["extend"].title, f"Vụ việc phức tạp thì gia hạn bằng văn bản{most}.", "extend")


def _review(work: Work, view: CaseView) -> Iterator[Next]:
    """The head's word on the last conclusion, while it may be given."""
    last = view.conclusions[-1] if view.conclusions else None
    if last is None or review_of(work, view.case, last) is not None:
        return
    said = f"Kết luận «{last.outcome.label}» ngày {vn_date(last.concluded_on)}."
    yield Next(FORMS["review"].title, f"{said} Trả lại được đến hết ngày {vn_date(last_day(last))}.", "review")


def _protection(view: CaseView) -> Iterator[Next]:
    guarded = {row.person_id for row in view.measures}
    waiting = [n for n in view.protection_needs if n.refused_on is None and n.person_id not in guarded]
    if waiting and view.case.state not in (S.CLOSED, S.MERGED):
        since = _since(waiting[0].declared_on, view.case)
        yield Next(
            FORMS["measure"].title, f"Có nhu cầu bảo vệ từ ngày {since}, chưa áp dụng biện pháp nào.", "measure"
        )


def _abroad(work: Work, view: CaseView) -> Iterator[Next]:
    """A victim of another country is returned there, by the steps of the law."""
    if view.case.state is not S.VICTIM or not handover.foreign(view.person):
        return
    if view.person.id in handover.gone(view.handovers):
        return
    lines = tuple(handover.return_limits(work, view.case))
    words = "Nạn nhân là người nước ngoài: liên hệ để trao trả về nước, rồi ghi biên bản."
    if not lines:
        words += f" {limits.NO_BASIS} về trình tự, thời hạn theo luật này."
    yield Next(FORMS["hand_over"].title, words, "hand_over", lines=lines)


def _support(view: CaseView) -> Iterator[Next]:
    waiting = unmet(view)
    state = view.case.state
    if state in (S.CLOSED, S.MERGED):
        return
    kinds = ", ".join(need.kind.label.lower() for need in waiting)
    if state is S.NOT_VICTIM:
        if waiting:
            words = f"Đang dở: {kinds}. Phần đã hỗ trợ được giữ nguyên và vẫn tính vào số liệu."
            yield Next("Hoàn thành phần đang hỗ trợ", words, "deliver")
    elif waiting:
        first = any(need.kind in INITIAL_KINDS for need in waiting) and not _initial(view)
        title = "Hỗ trợ ban đầu" if first else "Hỗ trợ theo nhu cầu"
        since = _since(waiting[0].declared_on, view.case)
        yield Next(title, f"Chưa hỗ trợ: {kinds} (từ ngày {since}).", "deliver")
    elif not view.needs and not view.deliveries:
        yield Next(FORMS["support_need"].title, "Chưa ghi nhu cầu hỗ trợ nào của người này.", "support_need")


def _end(view: CaseView) -> Iterator[Next]:
    state, title = view.case.state, FORMS["close"].title
    if state is S.NOT_VICTIM:
        if not _sent_on(view):
            yield Next("Giải thích, giới thiệu nơi giúp đỡ khác", EXPLAIN, "refer")
        yield Next(title, "Khi đã giải thích xong và không còn việc đang làm dở.", "close")
    elif state in CONCLUDED and handover.all_gone(view.people, view.handovers):
        yield Next(title, "Mọi người trong hồ sơ đã được bàn giao đi.", "close")
    elif state is S.VICTIM and _all_met(view):
        yield Next(title, "Các nhu cầu đã ghi đều được đáp ứng; kết thúc khi không còn việc.", "close")


def _sent_on(view: CaseView) -> bool:
    """Whether somewhere else was named to the person since the conclusion."""
    since = view.conclusions[-1].concluded_on if view.conclusions else view.case.received_on
    return any(row.referred_on >= since for row in view.referrals)


def _all_met(view: CaseView) -> bool:
    """Nothing is left to do: only those who see the protection too can say so."""
    known = Sensitivity.PROTECTION in view.parts and bool(view.needs or view.deliveries)
    return known and not unmet(view) and not any(_protection(view))


def _initial(view: CaseView) -> bool:
    return any(row.kind in INITIAL_KINDS for row in view.deliveries)


def _since(day: date | None, case: Case) -> str:
    return vn_date(day or case.received_on)
