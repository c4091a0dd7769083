"""Deleting a row of a register with a reason, and putting the very same row back."""

from typing import Any

import sqlalchemy as sa
from sqlmodel import select

from db.base import table_of
from db.removal import Removal
from services.access import require
from services.errors import Conflict, Invalid, NotReady, Refused
from services.registers.core import Asked, Field, Form, Section
from services.registers.listing import Register
from services.registers.store import get
from services.removals import kept_rows, removal
from services.text import clean
from services.work import Work

TITLE, UNDO = "Xóa", "Khôi phục nội dung vừa xóa"
NOTE = "Nội dung đã xóa được giữ kín cùng lý do; có thể khôi phục."
AGAIN = "Nội dung này đã được khôi phục."


def form(register: Register) -> Form:
    """The form that deletes a row."""
    reason = Field(Removal.reason, required=True, wide=True, long=True)
    return Form(
        f"{register.name}_remove",
        f"{TITLE} {register.word}",
        register.write,
        (Section("", (reason,)),),
        lambda asked, values: remove(asked, register, **values),
        button=TITLE,
        note=NOTE,
        said="Đã xóa",
    )


def remove(asked: Asked, register: Register, *, reason: str) -> Removal:
    """Deletes the row asked about; what was deleted stays sealed with the office's key.
    Raises Refused, Invalid without a reason."""
    work = asked.work
    require(work, register.write)
    row = get(work, register, asked.record.id, register.write)
    if len(clean(reason)) < removal.SHORTEST:
        raise Invalid({"reason": removal.TOO_SHORT})
    kept = Removal(
        case_id=None,
        object=table_of(register.table).name,
        object_id=row.id,
        unit_id=next((held.unit_id for held in work.actor.holdings), None),
        by_name=work.actor.name,
        removed_at=work.now,
        reason=clean(reason),
        content=kept_rows.written([row]),
    )
    work.session.add(kept)
    work.session.delete(row)
    work.session.flush()
    return kept


def restore(work: Work, register: Register, removal_id: int) -> Any:
    """Puts the row back. Raises Refused when it is not this person's to have, NotReady when it is there again,
    Conflict when something else has taken its place."""
    require(work, register.write)
    own = table_of(Removal).c
    found = select(Removal).where(own.id == removal_id, own.object == table_of(register.table).name)
    kept = work.session.exec(found).first()
    if kept is None or kept.case_id is not None:
        raise Refused
    if kept.restored_at is not None:
        raise NotReady(AGAIN)
    (row,) = kept_rows.read(str(kept.content))
    try:
        with work.session.begin_nested():
            work.session.add(row)
    except sa.exc.IntegrityError:
        raise Conflict from None
    kept.restored_at = work.now
    return get(work, register, row.id, register.write)  # only what is one's own again
