"""Two people at one record: what differs between what somebody types and what was saved meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services import history
from services.access import Right, has
from services.history import Moment
from services.registers.core import Field, Form
from services.registers.typed import Shown
from services.text import clean
from services.work import Work

NEWEST = 20  # entries of the trail in which the last change of a file is looked for
YES, NO, NOTHING = "Có", "Không", "Chưa ghi"


@dataclass(frozen=True)
class Clash:
    """A field that both changed: `mine` as it is being typed, `theirs` as it was saved."""

    field: Field
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Merged:
    """`typed` with what only the other changed taken over (`taken`); `clashes` keep one's own text."""

    typed: dict[str, Any]
    taken: tuple[Field, ...]
    clashes: tuple[Clash, ...]


def merge(form: Form, before: Mapping[str, Any], mine: Mapping[str, Any], now: Mapping[str, Any]) -> Merged:
    """`before`: what both started from; `mine`: what is typed; `now`: what is stored. All as typed."""
    typed, taken, clashes = dict(mine), [], []
    for one in form.fields:
        old, own, other = before.get(one.key), mine.get(one.key), now.get(one.key)
        if _equal(other, old) or _equal(other, own):
            continue
        if _equal(own, old):
            typed[one.key] = other
            taken.append(one)
        else:
            clashes.append(Clash(one, own, other))
    return Merged(typed, tuple(taken), tuple(clashes))


def words(shown: Shown | None, value: Any) -> str:
    """What stands in a field, in the words people read."""
    if isinstance(value, bool):
        return YES if value else NO
    labels: dict[Any, str] = {choice.code: choice.label for choice in shown.options} if shown else {}
    if isinstance(value, list):
        return ", ".join(labels.get(each, str(each)) for each in value) or NOTHING
    return labels.get(value, str(value)) if value else NOTHING


def last_change(work: Work, case_id: int | None) -> Moment | None:
    """Who changed a file last, and what they did; None where there is no file, or it may not be read."""
    if case_id is None or not has(work.actor, Right.READ_CASES):
        return None
    return next(iter(history.of(work, case_id, most=NEWEST)), None)


def said(moment: Moment | None) -> str:
    """`Nông Văn A, 10 giờ 32 ngày 24/11/2026`; empty when nobody is known."""
    return f"{moment.who}, {moment.at:%H} giờ {moment.at:%M} ngày {moment.at:%d/%m/%Y}" if moment else ""


def why(sentence: str, moment: Moment | None) -> str:
    """Why a step can no longer be taken, with who did what before, unless the sentence says it already."""
    if moment is None or moment.who in sentence:
        return sentence
    done = moment.sentence[0].lower() + moment.sentence[1:]
    return f"{sentence} Việc sau cùng trên hồ sơ ({said(moment)}): {done}"


def _equal(one: Any, other: Any) -> bool:
    """Whether two fields hold the same once cleaned: empty is empty, however it is written."""
    if isinstance(one, str) and isinstance(other, str):
        return clean(one) == clean(other)
    return (one or None) == (other or None)
