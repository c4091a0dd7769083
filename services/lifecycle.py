"""A case file takes a step: `take()` is the only door that changes a state (`services/steps.py` is the table)."""

from dataclasses import dataclass
from datetime import date, datetime

from db.base import Row
from db.cases import Case, CaseState, CaseStep, Closing, Place, Reopening, Way
from db.verification import Conclusion, VerificationRequest
from services import law, limits
from services.access import Right, require
from services.conclusions import ACCEPTED, identified_on, review_of, reviews, why_no_review
from services.conclusions import last_conclusion as last_conclusion
from services.errors import Invalid, NotReady, Refused
from services.records import add, drop, rows
from services.steps import CONCLUDED as CONCLUDED
from services.steps import STEPS as STEPS
from services.steps import Step as Step
from services.text import vn_date
from services.work import Work

IN_FUTURE = "Ngày này không được sau hôm nay."
ENDS_FIRST = "Ngày kết thúc trước ngày bắt đầu."


# The row in which each step that moves a file is written down.
STEP_OF: dict[type[Row], str] = {VerificationRequest: "request", Reopening: "reopen", Closing: "close"}
NOT_LATEST = "Sau việc này hồ sơ đã có bước khác; hãy rút lại bước sau cùng trước."


@dataclass(frozen=True)
class Offer:
    """A step as it stands for one person: `why_not` is empty when it may be taken."""

    step: Step
    why_not: str = ""


def take(
    work: Work, case: Case, name: str, *, on: date, reason: str | None = None, right: Right | None = None
) -> None:
    """Takes a step: checks right, state and reason, moves the case, writes the CaseStep.

    `right` replaces the step's own (the register's importer). Raises Refused, NotReady or Invalid.
    """
    step = STEPS[name]
    opening = None in step.sources
    require(work, right or step.right, None if opening else case)
    before = None if opening else case.state
    if before not in step.sources:
        raise NotReady(f"Hồ sơ đang ở tình trạng «{case.state.label}», chưa làm được bước «{step.label}».")
    if step.needs_reason and not reason:
        raise Invalid({"reason": "Cần ghi lý do."})
    not_future(work, "taken_on", on)
    target = _before(work, case, step.undoes) if step.undoes else step.target
    if target is None:
        return
    case.state = target
    taken = CaseStep(case_id=case.id, step=name, from_state=before, to_state=target, taken_on=on)
    taken.by_name, taken.reason = work.actor.name, reason
    add(work, case, taken)


def take_back(work: Work, case: Case, row: Row) -> CaseStep:
    """Undoes the latest step of a file: its row goes, the file stands again where it stood before.

    Gives the step that was taken out (for whoever keeps it). Raises Refused, or NotReady when the row is
    not that of the latest step. The removal's reason is kept by `services/removals/removal.py`.
    """
    name = step_of(row)
    require(work, STEPS[name].right, case)
    last = last_step(work, case)
    newest = max(rows(work, type(row), case), key=_made, default=None)
    if last is None or last.step != name or newest is not row or last.from_state is None:
        raise NotReady(NOT_LATEST)
    if isinstance(row, Conclusion) and review_of(work, case, row) is not None:
        raise NotReady(ACCEPTED)
    case.state = last.from_state
    drop(work, case, row)
    drop(work, case, last)
    return last


def put_back(work: Work, case: Case, row: Row, step: CaseStep) -> None:
    """The undo of `take_back`: the row and its step again, if the file still stands where they left it."""
    require(work, STEPS[step.step].right, case)
    last = last_step(work, case)
    if case.state is not step.from_state or (last is not None and last.created_at > step.created_at):
        raise NotReady("Hồ sơ đã có bước khác sau khi rút lại; không khôi phục được việc này.")
    case.state = step.to_state
    add(work, case, row)
    add(work, case, step)


def step_of(row: Row) -> str:
    """The step that a row of a file writes down; empty for rows that move nothing."""
    if isinstance(row, Conclusion):
        return f"conclude_{row.outcome.value}"
    return STEP_OF.get(type(row), "")


def last_step(work: Work, case: Case) -> CaseStep | None:
    """The latest step that moved the file (merged and unmerged, it stands where it stood)."""
    moved = (step for step in rows(work, CaseStep, case) if step.step not in ("merge", "unmerge"))
    return max(moved, key=lambda step: (step.step != "receive", _made(step)), default=None)


def stand(work: Work, case: Case) -> None:
    """A file given another's steps (`services/identity/merging.py`) stands where the last of them left it."""
    last = last_step(work, case)
    if last is not None:
        case.state = last.to_state


def _made(row: Row) -> datetime:
    return row.created_at


def _before(work: Work, case: Case, name: str) -> CaseState | None:
    """The state from which the file last took a step."""
    taken = [step for step in rows(work, CaseStep, case) if step.step == name]
    return max(taken, key=_made).from_state if taken else None


def offered(work: Work, case: Case) -> list[Offer]:
    """Every step this person could take on this file now, and those that wait for something, with the sentence."""
    offers = []
    for step in STEPS.values():
        if case.state not in step.sources or not _holds(work, step, case):
            continue
        offers.append(Offer(step, _why_not(work, step, case)))
    return offers


def regime(work: Work, case: Case | None, day: date) -> law.Regime:
    """A victim keeps the law of the day of identification (Luật 53/2024 Đ.63); before that, the law of
    the day asked for. Never today's, unless today is the day asked for."""
    since = identified_on(work, case) if case is not None else None
    return law.regime_of(since or day)


def law_words(regime: law.Regime) -> str:
    """The law of a regime, as people name it."""
    return "Luật 66/2011/QH12" if regime is law.Regime.A else "Luật 53/2024/QH15"


def requested_on(work: Work, case: Case) -> date | None:
    """The day of the latest request for verification."""
    return max((row.requested_on for row in rows(work, VerificationRequest, case)), default=None)


def verifying_since(work: Work, case: Case) -> date:
    """From which day the verification under way runs: the last request or reopening, else the reception."""
    reopened = max((row.reopened_on for row in rows(work, Reopening, case)), default=None)
    days = [day for day in (requested_on(work, case), reopened) if day is not None]
    return max(days, default=case.received_on)


def not_future(work: Work, field: str, day: date | None) -> None:
    """Raises Invalid when a day lies after today."""
    if day is not None and day > work.today:
        raise Invalid({field: IN_FUTURE})


def _why_not(work: Work, step: Step, case: Case) -> str:
    if step.name == "conclude_victim" and not line_known(case):
        return "Cần ghi rõ nơi bị mua bán và hình thức tiếp nhận trước khi kết luận là nạn nhân."
    if step.right is Right.REVIEW:
        return why_no_review(work, case, returning=step.target is not None)
    return _no_longer(work, case) if step.name == "extend" else ""


def _no_longer(work: Work, case: Case) -> str:
    """Why the verification cannot be extended (again): it runs to the last day the texts allow."""
    since = verifying_since(work, case)
    cap, now = limits.extension_cap(work, case, limits.VERIFY, since), limits.due(work, limits.VERIFY, since, case)
    if cap is None or now is None or now.on is None or now.on < cap:
        return ""
    return f"Đã hết thời gian được gia hạn (đến hết ngày {vn_date(cap)})."


def line_known(case: Case) -> bool:
    """A conclusion `victim` needs both place and way: the plan's five lines follow from them."""
    return case.place not in (None, Place.UNKNOWN) and case.way not in (None, Way.UNKNOWN)


def _holds(work: Work, step: Step, case: Case) -> bool:
    """Whether the step is this person's; an opinion on a conclusion is the head's of its own unit."""
    try:
        require(work, step.right, case)
    except Refused:
        return False
    return step.right is not Right.REVIEW or reviews(work, last_conclusion(work, case))
