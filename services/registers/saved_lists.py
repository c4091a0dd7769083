"""Saved lists (danh sách đã lưu): a list's filters under a name, one's own or shared with a role.

A shared list gives its filters only: each person still gets only the rows they may see. What was typed
into the search stays with a private list, sealed; it is never shared and never stands in an address.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

import sqlalchemy as sa
from sqlmodel import select

from db.accounts import Role
from db.base import table_of
from db.desk import SavedList
from db.fields import info
from db.sealed import check
from services.access import GRANTS, require, shows
from services.errors import Invalid, NotReady, Refused
from services.registers.core import Asked, Choice, Field, Form, Section
from services.registers.listing import Listing, Query, kept
from services.text import fold
from services.work import Work

MOST = 20  # of one person, a list
LONGEST_TITLE = 60
LONGEST_CODES = int(info(SavedList.codes)["max_length"])
TOO_MANY = f"Mỗi người lưu nhiều nhất {MOST} danh sách ở một trang. Xóa bớt danh sách cũ."
TOO_LONG = f"Tên danh sách nhiều nhất {LONGEST_TITLE} ký tự."
TAKEN = "Bạn đã có danh sách mang tên này."
NOTHING_TO_KEEP = "Chưa có điều kiện lọc nào để lưu."
_saved = table_of(SavedList)


@dataclass(frozen=True)
class Saved:
    """One saved list. `shared_with` None: only its owner's."""

    id: int
    title: str
    codes: str
    own: bool
    shared_with: Role | None


def offered(work: Work, listing: Listing) -> Sequence[Saved]:
    """The saved lists this person may open here: their own first, then those shared with their roles."""
    require(work, listing.right)
    if not may_keep(work):
        return ()
    mine = _saved.c.account_id == work.actor.account_id
    theirs = _saved.c.shared_with.in_(work.actor.roles)
    columns = (_saved.c.id, _saved.c.title, _saved.c.codes, _saved.c.shared_with, mine.label("own"))
    statement = sa.select(*columns).where(_saved.c.listing == listing.name, sa.or_(mine, theirs))
    rows = work.session.connection().execute(statement).all()
    found = [Saved(r.id, check(r.title, r.id) or "", r.codes, bool(r.own), r.shared_with) for r in rows]
    return sorted(found, key=lambda one: (not one.own, fold(one.title), one.id))


def may_keep(work: Work) -> bool:
    """Whether this person may keep lists: somebody with an account who reads names (a title may hold one)."""
    return work.actor.account_id is not None and shows(work.actor, SavedList.title)


def query_of(work: Work, listing: Listing, saved_id: int | None) -> Query:
    """What a saved list narrows to. Raises Refused when it is not this person's to open."""
    row = _row(work, listing, saved_id)
    text = row.text if row.account_id == work.actor.account_id else None
    return Query(dict(parse_qsl(row.codes)), str(text or ""))


def same(one: Saved, codes: str) -> bool:
    """Whether a list stands open as it was saved."""
    return one.codes == codes


def codes_of(work: Work, listing: Listing, query: Query) -> str:
    """The address's codes as they are kept."""
    return urlencode(kept(work, listing, query.codes))


def keep_form(listing: Listing, query: Query) -> Form:
    """The form that keeps the list as it stands."""
    return Form(
        "keep_list",
        "Lưu danh sách này",
        listing.right,
        _sections(listing),
        lambda asked, values: _keep(asked.work, listing, query, **values),
        note="Danh sách chia sẻ chỉ gồm điều kiện lọc; mỗi người vẫn chỉ thấy hồ sơ trong quyền của mình. "
        "Không ghi tên người vào tên danh sách.",
    )


def rename_form(listing: Listing) -> Form:
    """The form that renames one's own saved list, or changes who it is shared with."""
    return Form(
        "rename_list",
        "Sửa danh sách đã lưu",
        listing.right,
        _sections(listing),
        lambda asked, values: _rename(asked.work, listing, asked.record, **values),
        start=lambda asked: {"title": asked.record.title, "shared_with": asked.record.shared_with},
        versions=lambda asked: (asked.record.version,),
    )


def new(work: Work, listing: Listing) -> Asked:
    """What the form that keeps a list is about. Raises Refused."""
    require(work, listing.right)
    if not may_keep(work):
        raise Refused
    return Asked(work)


def own(work: Work, listing: Listing, saved_id: int | None) -> Asked:
    """What the form about one's own saved list is about. Raises Refused for anybody else's."""
    row = _row(work, listing, saved_id)
    if row.account_id != work.actor.account_id:
        raise Refused
    return Asked(work, row=row)


def forget(work: Work, listing: Listing, saved_id: int | None) -> None:
    """Deletes one's own saved list."""
    work.session.delete(own(work, listing, saved_id).record)


def _sections(listing: Listing) -> tuple[Section, ...]:
    def roles(asked: Asked) -> Sequence[Choice]:
        open_to = [role for role in Role if listing.right in GRANTS[role].rights]
        return [Choice(role.value, role.label, role) for role in open_to]

    title = Field(SavedList.title, required=True)
    shared = Field(SavedList.shared_with, choices=roles)
    return (Section("", (title, shared), columns=2),)


def _keep(work: Work, listing: Listing, query: Query, *, title: str, shared_with: Role | None = None) -> SavedList:
    new(work, listing)  # asks the right
    assert work.actor.account_id is not None, "who may keep has an account"
    codes, text = codes_of(work, listing, query), query.text.strip() or None
    if not codes and (not text or shared_with):
        raise NotReady(NOTHING_TO_KEEP)
    if len(codes) > LONGEST_CODES:
        raise NotReady("Điều kiện lọc quá dài, không lưu được.")
    if len(_own_titles(work, listing)) >= MOST:
        raise NotReady(TOO_MANY)
    _check_title(work, listing, title)
    row = SavedList(
        account_id=work.actor.account_id,
        listing=listing.name,
        title=title,
        codes=codes,
        text=None if shared_with else text,
        shared_with=shared_with,
    )
    work.session.add(row)
    return row


def _rename(
    work: Work, listing: Listing, row: SavedList, *, title: str, shared_with: Role | None = None
) -> SavedList:
    own(work, listing, row.id)
    _check_title(work, listing, title, but=row.id)
    if shared_with and not row.codes:
        raise NotReady(NOTHING_TO_KEEP)
    row.title, row.shared_with = title, shared_with
    if shared_with:
        row.text = None
    return row


def _row(work: Work, listing: Listing, saved_id: int | None) -> SavedList:
    require(work, listing.right)
    found = None
    if saved_id is not None and 0 < saved_id < 2**63:
        found = work.session.exec(select(SavedList).where(SavedList.id == saved_id)).first()
    mine = found is not None and found.account_id == work.actor.account_id and found.account_id is not None
    if found is None or found.listing != listing.name or not (mine or found.shared_with in work.actor.roles):
        raise Refused
    return found


def _own_titles(work: Work, listing: Listing) -> dict[int, str]:
    return {one.id: fold(one.title) for one in offered(work, listing) if one.own}


def _check_title(work: Work, listing: Listing, title: str, but: int = 0) -> None:
    if len(title) > LONGEST_TITLE:
        raise Invalid({"title": TOO_LONG})
    if any(known == fold(title) for row_id, known in _own_titles(work, listing).items() if row_id != but):
        raise Invalid({"title": TAKEN})
