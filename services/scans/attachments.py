"""Scans of papers (bản chụp giấy tờ): cleaned, sealed with their file's key, and opened only for those who
may see who the file is about."""

import time
from collections.abc import Collection, Sequence
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import select

from db import files
from db.accounts import Role
from db.attachments import Attachment, MediaType
from db.attachments import ScanKind as ScanKind
from db.base import table_of
from db.cases import Case, CaseState
from db.fields import Sensitivity
from db.files import Place
from db.letters import Letter
from db.removal import Removal
from db.sealed import SealError
from db.trail import Action
from services.access import GRANTS, Right, case_for, require, shows
from services.errors import Invalid, NotReady, Refused
from services.records import add as add_row
from services.records import rows
from services.scans.safe_files import made_safe
from services.text import clean
from services.work import StorageFull, Work

NOT_FOR_PARTNERS = frozenset({ScanKind.IDENTITY, ScanKind.STATEMENT, ScanKind.OTHER})
ADDING = (Right.INTAKE, Right.VERIFY, Right.PROTECT, Right.SUPPORT)  # those who work on a file
LONGEST_TITLE = 200
KEPT_UNNAMED = 24 * 3600  # seconds before a file that no row names is swept away
ENDINGS = {MediaType.PDF: "pdf", MediaType.JPEG: "jpg", MediaType.PNG: "png"}
NO_TITLE = "Cần ghi tên giấy tờ."
LONG_TITLE = f"Quá dài: nhiều nhất {LONGEST_TITLE} ký tự."
MERGED = "Hồ sơ này đã ghép vào hồ sơ khác; mời tải giấy tờ lên hồ sơ ấy."
NOT_OPENED = "Không mở được bản chụp này: tệp bị mất hoặc bị thay đổi. Mời báo người quản trị."
_SCAN, _CASE, _REMOVAL = table_of(Attachment), table_of(Case), table_of(Removal)


def add(
    work: Work,
    case: Case,
    *,
    kind: ScanKind,
    title: str,
    data: bytes,
    letter_id: int | None = None,
    right: Right = Right.INTAKE,
) -> Attachment:
    """Keeps a scan: what is in `data` decides what it is, and only the paper stays of it.

    Raises Refused, Invalid (`title`, `file`), NotReady for a file merged into another, StorageFull.
    """
    require(work, right, case)
    if case.state is CaseState.MERGED:
        raise NotReady(MERGED)
    if letter_id is not None and all(letter.id != letter_id for letter in rows(work, Letter, case)):
        raise Refused
    title, problems = clean(title), {}
    if not title or len(title) > LONGEST_TITLE:
        problems["title"] = LONG_TITLE if title else NO_TITLE
    try:
        media_type, safe = made_safe(data)
    except Invalid as error:
        raise Invalid(problems | {"file": error.sentence}) from None
    if problems:
        raise Invalid(problems)
    row = Attachment(
        case_id=case.id,
        kind=kind,
        title=title,
        media_type=media_type,
        size=len(safe),
        letter_id=letter_id,
        by_name=work.actor.name,
        digest="",
    )
    row.digest = _sealed(work, Place(case.id, row.id), safe)
    return add_row(work, case, row)


def find(work: Work, case: Case) -> Sequence[Attachment]:
    """The scans of a file this person may open, newest first."""
    found = (row for row in rows(work, Attachment, case) if may_see(work, row))
    return sorted(found, key=lambda row: row.created_at, reverse=True)


def get(work: Work, attachment_id: int) -> Attachment:
    """One scan. Raises Refused when it is not there or not for this person."""
    if not 0 < attachment_id < 2**63:  # an address may hold any number
        raise Refused
    row = work.session.exec(select(Attachment).where(_SCAN.c.id == attachment_id)).first()
    if row is None:
        raise Refused
    case_for(work, row.case_id)
    if not may_see(work, row):
        raise Refused
    return row


def read(work: Work, attachment: Attachment) -> bytes:
    """The bytes of a scan; that they were read stands in the trail before they are returned.

    Raises Refused, or NotReady when the sealed file is missing, changed or shredded.
    """
    case_for(work, attachment.case_id)
    if not may_see(work, attachment):
        raise Refused
    data = _opened(work, attachment)
    work.record(Action.READ, "attachment", object_id=attachment.id, case_id=attachment.case_id)
    return data


def may_see(work: Work, attachment: Attachment) -> bool:
    """Whoever sees who the file is about sees its scans; identity papers, what somebody told of themselves and
    papers of no named kind are not for partner agencies, who get the least a referral needs."""
    actor = work.actor
    if attachment.kind not in NOT_FOR_PARTNERS or actor.operator:
        return shows(actor, Attachment.title)
    return any(Sensitivity.IDENTITY in GRANTS[role].clear for role in actor.roles - {Role.PARTNER})


def adding_right(work: Work, case: Case) -> Right | None:
    """The right by which this person may add scans to the file; None when they may not."""
    if case.state is CaseState.MERGED:
        return None
    for right in ADDING:
        try:
            require(work, right, case)
        except Refused:
            continue
        return right
    return None


def is_pdf(attachment: Attachment) -> bool:
    return attachment.media_type is MediaType.PDF


def file_name(work: Work, attachment: Attachment) -> str:
    """A name for the downloaded file that says nothing about the person."""
    case = case_for(work, attachment.case_id)
    return f"{case.code} {attachment.kind.value}.{ENDINGS[attachment.media_type]}"


def reseal(work: Work, attachment: Attachment, to_case: Case) -> None:
    """Seals the file of a scan with another case's key: called when its row moves there, in the same Work.
    The file as it was stays until it is swept, so a Work undone has lost nothing. Raises NotReady."""
    attachment.digest = _sealed(work, Place(to_case.id, attachment.id), _opened(work, attachment))


def missing(work: Work) -> int:
    """How many scans have no file."""
    folder = work.office.home.files
    return sum(not files.path_of(folder, digest).is_file() for digest in _named(work))


def needed(work: Work, folder: Path) -> set[str]:
    """The files that rows name, and those in `folder` of scans that were deleted and can be put back."""
    named = _named(work)
    deleted = sa.select(_REMOVAL.c.object, _REMOVAL.c.object_id).where(_REMOVAL.c.restored_at.is_(None))
    deleted = deleted.where(_REMOVAL.c.object.in_((_SCAN.name, _CASE.name)))
    held = {(row.object, row.object_id) for row in work.session.connection().execute(deleted)}
    others = (path for path in files.all_in(folder) if path.name not in named)
    places = {path.name: files.written_for(path) for path in others}
    return named | {digest for digest, place in places.items() if place and _is_held(place, held)}


def _is_held(place: Place, deleted: Collection[tuple[str, int]]) -> bool:
    """Whether a file is of a scan, or of a case, that was deleted and can be put back."""
    return (_SCAN.name, place.row) in deleted or (_CASE.name, place.case) in deleted


def sweep(work: Work) -> int:
    """Removes files that nothing needs any more: of a scan that was never saved, was moved, or whose deletion
    can no longer be undone. How many. A young one may be on its way into a row."""
    folder, old = work.office.home.files, time.time() - KEPT_UNNAMED
    kept = needed(work, folder)
    gone = [path for path in folder.glob("*/*") if path.name not in kept and path.stat().st_mtime < old]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def _named(work: Work) -> set[str]:
    return set(work.session.connection().scalars(sa.select(_SCAN.c.digest)))


def _sealed(work: Work, place: Place, data: bytes) -> str:
    keys = work.office.keys
    if work.session.new:
        work.session.flush()  # a new file gets its key as it is written
    try:
        keys.flush()  # a key must be safe before what is sealed with it
        return files.write(work.office.home.files, keys, place, data)
    except KeyError:
        raise NotReady("Khóa của hồ sơ này đã bị hủy: không ghi thêm được gì vào hồ sơ.") from None
    except OSError as error:
        raise StorageFull from error


def _opened(work: Work, attachment: Attachment) -> bytes:
    place = Place(attachment.case_id, attachment.id)
    try:
        return files.read(work.office.home.files, work.office.keys, place, attachment.digest)
    except SealError as error:
        raise NotReady(NOT_OPENED) from error
