"""A file's history in sentences people read: who did what when, without any value."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

from db.base import table_of
from db.cases import Case, CaseStep
from db.fields import Sensitivity, info
from db.matching import Merge
from db.trail import Action, TrailEntry
from services.access import Right, case_for, clear, reads_part
from services.lifecycle import STEPS
from services.trail import word
from services.work import VIETNAM, Work

BY_STEP = {"case_file", "person", "verification_request", "conclusion", "reopening", "closing"}
OPINION = {"conclusion_review", "removal", "conclusion"}  # what the head's returning of a conclusion writes
SAID = {  # where the name of the record says it badly
    ("conclusion_review", Action.CREATE): "đồng ý với kết luận xác minh",  # returned, it is a step of the file
    ("merge", Action.CREATE): "ghép hồ sơ{} vào hồ sơ này",
    ("merge", Action.UPDATE): "tách lại hồ sơ{}",
    ("person_match", Action.CREATE): "đối chiếu với hồ sơ khác",
    ("person_match", Action.DELETE): "bỏ kết quả đối chiếu với hồ sơ khác",
    ("removal", Action.CREATE): "",  # what was deleted is said by its own entry
    ("removal", Action.UPDATE): "khôi phục nội dung đã xóa",
}
PARTS = {  # rows that are not spoken of to those who do not see their part of the file
    "protection_need": Sensitivity.PROTECTION,
    "protection_measure": Sensitivity.PROTECTION,
    "support_need": Sensitivity.SUPPORT,
    "delivery": Sensitivity.SUPPORT,
}
MOVED = {"case_id", "person_id", "merged_into_id", "digest"}
TOGETHER = timedelta(seconds=2)  # one press of a button writes several rows
LINKS = {"case_id", "person_id", "subject_id", "batch_id", "code", "corrects_id", "identity_index", "phone_index"}


@dataclass(frozen=True)
class Moment:
    """One thing one person did, at an instant (Việt Nam time)."""

    at: datetime
    who: str
    sentence: str
    reading: bool = False


def of(work: Work, case_id: int, *, readings: bool = False, most: int = 200) -> list[Moment]:
    """The newest moments of a file, newest first; `readings` adds who opened it. Raises Refused."""
    case_for(work, case_id, Right.READ_CASES)
    entries = _entries(work, case_id, readings, most)
    steps = _steps(work, case_id)
    codes = _codes(work, case_id, steps)
    moments: list[Moment] = []
    for group in _groups(entries):
        first = group[0]
        said = (_sentence(work, entry, steps, codes) for entry in reversed(group) if not _implied(entry, group))
        sentence = "; ".join(dict.fromkeys(words for words in said if words))
        if sentence:
            at = first.at.astimezone(VIETNAM)
            moments.append(
                Moment(at, first.actor, sentence[0].upper() + sentence[1:] + ".", first.action is Action.READ)
            )
    return moments


def sentence_of(action: Action, object: str, fields: str, shown: Iterable[Sensitivity]) -> str:
    """`sửa hồ sơ: Huyện cư trú, Ghi chú` – labels only, and only of columns this reader may see."""
    words = f"{action.label} {word(object)}".strip()
    labels = _labels(object, fields, set(shown))
    return f"{words}: {', '.join(labels)}" if labels and action is Action.UPDATE else words


def _entries(work: Work, case_id: int, readings: bool, most: int) -> Sequence[Any]:
    trail = table_of(TrailEntry)
    statement = sa.select(trail).where(trail.c.case_id == case_id).order_by(trail.c.seq.desc()).limit(most)
    if not readings:
        statement = statement.where(trail.c.action != Action.READ)
    return work.session.connection().execute(statement).all()


def _steps(work: Work, case_id: int) -> dict[int, str]:
    step = table_of(CaseStep).c
    found = work.session.connection().execute(sa.select(step.id, step.step).where(step.case_id == case_id))
    return {row.id: row.step for row in found}


def _codes(work: Work, case_id: int, steps: dict[int, str]) -> dict[int, str]:
    """The number of the other file, by merge and by the step of being merged."""
    merge, other = table_of(Merge).c, table_of(Case).c
    connection = work.session.connection()
    here = sa.select(merge.id, other.code).where(merge.case_id == case_id, other.id == merge.merged_id)
    found = {row.id: f" {row.code}" for row in connection.execute(here)}
    if "merge" in steps.values():
        there = sa.select(other.code).where(merge.merged_id == case_id, other.id == merge.case_id)
        into = connection.execute(there.order_by(merge.created_at)).scalars().all()
        found |= {key: f" {into[-1]}" for key, step in steps.items() if step == "merge" and into}
    return found


def _groups(entries: Sequence[Any]) -> Iterable[list[Any]]:
    group: list[Any] = []
    for entry in entries:
        if group and (entry.actor != group[0].actor or group[-1].at - entry.at > TOGETHER):
            yield group
            group = []
        group.append(entry)
    if group:
        yield group


def _implied(entry: Any, group: list[Any]) -> bool:
    """A step says in one word what its rows say in many: the file's new state, its first facts; a merge what
    went to the other file with it."""
    if entry.action is Action.UPDATE and set(entry.fields.split(",")) <= MOVED:
        return True
    if not any(other.object == "case_step" for other in group):
        return False
    if entry.object in OPINION and any(other.object == "conclusion_review" for other in group):
        return True
    return entry.object in BY_STEP and (entry.action is Action.CREATE or entry.fields == "state")


def _sentence(work: Work, entry: Any, steps: dict[int, str], codes: dict[int, str]) -> str:
    if entry.object in PARTS and not reads_part(work.actor, PARTS[entry.object]):
        return ""
    if entry.object == "case_step":
        step = STEPS.get(steps.get(entry.object_id, ""))
        said = step.label[0].lower() + step.label[1:] if step else ""
        return f"{said}{codes.get(entry.object_id, '')}"
    if (entry.object, entry.action) in SAID:
        return SAID[entry.object, entry.action].format(codes.get(entry.object_id, ""))
    return sentence_of(entry.action, entry.object, entry.fields, clear(work.actor))


def _labels(object: str, fields: str, shown: set[Sensitivity]) -> list[str]:
    table = SQLModel.metadata.tables.get(object)
    if table is None:
        return []
    columns = [table.c[name] for name in fields.split(",") if name in table.c and name not in LINKS]
    return [info(c)["label"] for c in columns if info(c).get("sensitivity") in shown]
