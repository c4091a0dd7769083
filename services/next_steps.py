"""What a file waits for, and what this person can do about it now, each with its limit."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from db.cases import Case, CaseState
from db.fields import Sensitivity
from db.support import INITIAL_KINDS, SupportNeed
from services import names
from services.access import Right, require
from services.cases import CaseView
from services.errors import Refused
from services.lifecycle import CONCLUDED, STEPS, line_known
from services.limits import Due, due
from services.protection import NOT_GUARDED
from services.registers.case_forms import FORMS
from services.text import vn_date
from services.work import Work

S = CaseState
# The forms in which each step of the lifecycle is written down.
FORMS_OF: dict[str, tuple[str, ...]] = {
    "request": ("request",),
    "evidence": ("evidence",),
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
}


@dataclass(frozen=True)
class Next:
    """One thing the file waits for. `form` is empty when it is somebody else's to do: `who` says whose."""

    title: str
    words: str = ""
    form: str = ""
    why_not: str = ""
    who: str = ""
    due: Due | None = None


@dataclass(frozen=True)
class Steps:
    """`waiting` in the order in which they matter; `others`: forms this person may also open."""

    waiting: tuple[Next, ...]
    others: tuple[str, ...]


def of(work: Work, view: CaseView) -> Steps:
    """The next steps of a file as this person sees it."""
    mine = forms(work, view)
    found = (
        *_verification(work, view),
        *_protection(view),
        *(_support(view) if Sensitivity.SUPPORT in view.parts else ()),
        *_end(view),
    )
    waiting = tuple(_mine(item, mine) for item in found)
    first = {item.form for item in waiting}
    return Steps(waiting, tuple(name for name in mine if name not in first))


def forms(work: Work, view: CaseView) -> dict[str, str]:
    """The forms this person may open on the file: name → why not yet (empty: at once)."""
    found: dict[str, str] = {}
    for offer in view.offers:
        for name in FORMS_OF.get(offer.step.name, ()):
            if found.get(name) != "":  # one open conclusion is enough to open its form
                found[name] = offer.why_not
    for name in ("correct", "hand_to"):
        with suppress(Refused):
            require(work, FORMS[name].right, view.case)
            found[name] = ""
    return found


def unmet(view: CaseView) -> list[SupportNeed]:
    """The needs that were neither refused nor met yet."""
    given = {row.kind for row in view.deliveries}
    return [need for need in view.needs if not need.refused and need.kind not in given]


def _mine(item: Next, mine: dict[str, str]) -> Next:
    if item.form not in mine:
        return replace(item, form="", who=WHO[FORMS[item.form].right])
    return replace(item, why_not=mine[item.form])


def _verification(work: Work, view: CaseView) -> Iterator[Next]:
    case = view.case
    if case.state is S.RECEIVED:
        limit = due(work, STEPS["request"].limit or "", case.received_on)
        yield Next(FORMS["request"].title, f"Tiếp nhận ngày {vn_date(case.received_on)}.", "request", due=limit)
    elif case.state is S.VERIFYING:
        yield _conclusion(work, view)
    elif case.state is S.INSUFFICIENT:
        yield Next(FORMS["reopen"].title, "Chưa đủ căn cứ: mở lại khi có thêm tài liệu, chứng cứ.", "reopen")
    if case.state in (S.RECEIVED, S.VERIFYING) and not line_known(case):
        yield Next(
            "Ghi rõ nơi bị mua bán và hình thức tiếp nhận",
            "Cần có trước khi kết luận là nạn nhân.",
            "correct",
        )


def _conclusion(work: Work, view: CaseView) -> Next:
    last = view.requests[-1] if view.requests else None
    reopened = max((row.reopened_on for row in view.reopenings), default=None)
    title = FORMS["conclude"].title
    if last is None or (reopened and reopened > last.requested_on):
        day = reopened or view.case.received_on
        return Next(title, f"Mở lại ngày {vn_date(day)}.", "conclude", due=due(work, _LIMIT, day))
    unit = names.units(work).get(last.unit_id or 0, "cơ quan xác minh")
    words = f"Đã đề nghị {unit} xác minh ngày {vn_date(last.requested_on)}."
    return Next(title, words, "conclude", due=due(work, _LIMIT, last.requested_on))


_LIMIT = STEPS["conclude_victim"].limit or ""


def _protection(view: CaseView) -> Iterator[Next]:
    guarded = {row.person_id for row in view.measures}
    waiting = [n for n in view.protection_needs if n.refused_on is None and n.person_id not in guarded]
    if waiting and view.case.state is not S.CLOSED:
        since = _since(waiting[0].declared_on, view.case)
        yield Next(
            FORMS["measure"].title, f"Có nhu cầu bảo vệ từ ngày {since}, chưa áp dụng biện pháp nào.", "measure"
        )


def _support(view: CaseView) -> Iterator[Next]:
    waiting = unmet(view)
    state = view.case.state
    if state in (S.NOT_VICTIM, S.CLOSED):
        return
    if waiting:
        kinds = ", ".join(need.kind.label.lower() for need in waiting)
        first = any(need.kind in INITIAL_KINDS for need in waiting) and not _initial(view)
        title = "Hỗ trợ ban đầu" if first else "Hỗ trợ theo nhu cầu"
        since = _since(waiting[0].declared_on, view.case)
        yield Next(title, f"Chưa hỗ trợ: {kinds} (từ ngày {since}).", "deliver")
    elif not view.needs and not view.deliveries:
        yield Next(FORMS["support_need"].title, "Chưa ghi nhu cầu hỗ trợ nào của người này.", "support_need")


def _end(view: CaseView) -> Iterator[Next]:
    state = view.case.state
    if state is S.NOT_VICTIM:
        yield Next(FORMS["close"].title, "Không phải nạn nhân: giải thích, hướng dẫn rồi kết thúc hồ sơ.", "close")
    elif state is S.VICTIM and _all_met(view):
        yield Next(
            FORMS["close"].title, "Các nhu cầu đã ghi đều được đáp ứng; kết thúc khi không còn việc.", "close"
        )


def _all_met(view: CaseView) -> bool:
    """Nothing is left to do: only those who see the protection too can say so."""
    known = Sensitivity.PROTECTION in view.parts and bool(view.needs or view.deliveries)
    return known and not unmet(view) and not any(_protection(view))


def _initial(view: CaseView) -> bool:
    return any(row.kind in INITIAL_KINDS for row in view.deliveries)


def _since(day: date | None, case: Case) -> str:
    return vn_date(day or case.received_on)


@dataclass(frozen=True)
class Stage:
    """One of the stages of a file: `mark` is done, now or later."""

    label: str
    words: str
    mark: str


def stages(view: CaseView) -> list[Stage]:
    """Reception → verification → protection → support → closed, as they stand: those the reader sees."""
    state, closing = view.case.state, view.closings[-1] if view.closings else None
    concluded = state in CONCLUDED or state is S.CLOSED
    return [
        Stage("Tiếp nhận", vn_date(view.case.received_on), "done"),
        _verified(view, concluded),
        *([_guarded(view)] if Sensitivity.PROTECTION in view.parts else ()),
        *([_served(view)] if Sensitivity.SUPPORT in view.parts else ()),
        Stage(
            "Kết thúc",
            vn_date(closing.closed_on) if closing and state is S.CLOSED else "",
            "done" if state is S.CLOSED else "later",
        ),
    ]


def _verified(view: CaseView, concluded: bool) -> Stage:
    last = view.conclusions[-1] if view.conclusions else None
    if concluded and last is not None:
        return Stage("Xác minh", f"{last.outcome.label}, {vn_date(last.concluded_on)}", "done")
    asked = view.requests[-1] if view.requests else None
    words = f"Đề nghị {vn_date(asked.requested_on)}" if asked else "Chưa đề nghị"
    return Stage("Xác minh", words, "now")


def _guarded(view: CaseView) -> Stage:
    running = sum(row.ended_on is None for row in view.measures)
    if view.measures:
        words = f"{running} biện pháp đang áp dụng" if running else "Đã chấm dứt"
        return Stage("Bảo vệ", words, "now" if running else "done")
    if not view.protection_needs:
        return Stage("Bảo vệ", "Không có nhu cầu được ghi", "later")
    refused = all(need.refused_on for need in view.protection_needs)
    return Stage("Bảo vệ", "Từ chối" if refused else NOT_GUARDED, "done" if refused else "now")


def _served(view: CaseView) -> Stage:
    wanted = [need for need in view.needs if not need.refused]
    waiting = len(unmet(view))
    if wanted:
        words = f"Đã đáp ứng {len(wanted) - waiting}/{len(wanted)} nhu cầu"
        return Stage("Hỗ trợ", words, "now" if waiting else "done")
    if view.needs:
        return Stage("Hỗ trợ", "Từ chối", "done")
    return Stage("Hỗ trợ", "Chưa ghi nhu cầu", "later")
