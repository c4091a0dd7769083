"""The forms of deletion, one a kind of record, and of its undo."""

from collections.abc import Mapping
from typing import Any

from db.base import Row, table_of
from db.cases import Case
from db.removal import Removal
from services.access import Right
from services.errors import NotReady, Refused
from services.registers.core import Asked, Field, Form, Section
from services.removals import removal

REASON = Section("", (Field(Removal.reason, required=True, wide=True, long=True),))
KEPT = "Nội dung bị xóa được giữ kín cùng lý do, để khôi phục được khi xóa nhầm."
WHOLE = "Cả hồ sơ cùng mọi nội dung trong đó sẽ bị xóa. " + KEPT
REMOVE = "remove_"  # how the names of these forms begin


def name_of(model: type[Row]) -> str:
    """The name of the form that deletes a kind of record."""
    return f"{REMOVE}{table_of(model).name}"


def _about(asked: Asked) -> Row:
    return asked.file if asked.row is None else asked.row


def _start(asked: Asked) -> Mapping[str, Any]:
    """Whoever opens the form is told at once when there is nothing to fill in."""
    row = _about(asked)
    if not removal.may(asked.work, asked.file, row):
        raise Refused
    if refusal := removal.why_not(asked.work, asked.file, row):
        raise NotReady(refusal)
    return {}


def _remove(model: type[Row]) -> Form:
    whole = model is Case
    return Form(
        name_of(model),
        f"Xóa {removal.word(model)}",
        Right.READ_CASES,  # who may delete is decided by the kind of record (`removal.RIGHTS`)
        (REASON,),
        lambda asked, values: removal.remove(asked.work, asked.file, _about(asked), **values),
        start=_start,
        row=None if whole else model,
        button="Xóa",
        note=WHOLE if whole else KEPT,
        said="Đã xóa",
    )


def _undo(asked: Asked) -> Mapping[str, Any]:
    """Whoever may not undo it, or comes too late, is told before there is a button. Raises Refused, NotReady."""
    removal.to_restore(asked.work, asked.record.id)
    return {}


WHOLE_FILE = name_of(Case)
REMOVALS: tuple[Form, ...] = tuple(_remove(model) for model in removal.RIGHTS)
RESTORE = Form(
    "restore",
    "Khôi phục nội dung đã xóa",
    Right.READ_CASES,
    (),
    lambda asked, values: removal.restore(asked.work, asked.record.id),
    start=_undo,
    row=Removal,
    button="Khôi phục",
    note="Nội dung trở lại hồ sơ như trước khi xóa.",
    said="Đã khôi phục",
)
