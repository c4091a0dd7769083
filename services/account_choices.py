"""What the screen of accounts offers and asks: roles, the units that fit a role, one's own password."""

from dataclasses import dataclass
from datetime import date

import bcrypt
from sqlmodel import col, select

from db.accounts import Account, Role
from db.base import table_of
from db.places import Unit
from services import accounts
from services.access import Right, require
from services.accounts import AccountLine, HoldingLine
from services.errors import Invalid, Refused
from services.lifecycle import ENDS_FIRST
from services.passwords import ready
from services.text import parse_date
from services.work import Work

ROLES = tuple(Role)
NO_ROLE, NO_UNIT = "Cần chọn vai trò.", "Cần chọn đơn vị."


@dataclass(frozen=True)
class UnitOption:
    """A unit a role may be held at. `ended`: it is no more (its people keep their old files)."""

    id: int
    name: str
    ended: date | None


def units_for(work: Work, role: Role) -> list[UnitOption]:
    """The units that fit a role, those at work today first, by name. Raises Refused."""
    require(work, Right.ACCOUNTS)
    fitting = select(Unit).where(col(Unit.kind).in_(accounts.FITS[role])).order_by(table_of(Unit).c.name)
    found = [UnitOption(unit.id, unit.name, _ended(unit, work.today)) for unit in work.session.exec(fitting)]
    return sorted(found, key=lambda option: option.ended is not None)


def one_account(work: Work, account_id: int | None) -> AccountLine:
    """One account with its roles. Raises Refused when there is none."""
    found = next((line for line in accounts.list_accounts(work) if line.id == account_id), None)
    if found is None:
        raise Refused
    return found


def is_held(holding: HoldingLine, today: date) -> bool:
    """Whether a role is held today or will be."""
    return holding.valid_to is None or holding.valid_to >= today


def create(
    work: Work, *, username: str, full_name: str, password: str, role: Role | None, unit_id: int | None, head: bool
) -> Account:
    """A new account with its first role, or none of both. Raises Invalid with every sentence at once."""
    problems: dict[str, str] = {}
    try:
        account = accounts.create_account(work, username=username, full_name=full_name, password=password)
    except Invalid as error:
        problems |= error.problems
    if role is None:
        problems["role"] = NO_ROLE
    elif unit_id is None:
        problems["unit_id"] = NO_UNIT
    if problems or role is None or unit_id is None:
        raise Invalid(problems)
    accounts.grant(work, account_id=account.id, role=role, unit_id=unit_id, head=head)
    return account


def grant(
    work: Work, account_id: int, *, role: Role | None, unit_id: int | None, head: bool, since: str, until: str
) -> None:
    """Another role; the days as typed. Raises Invalid with a sentence for each field."""
    problems: dict[str, str] = {}
    if role is None:
        problems["role"] = NO_ROLE
    elif unit_id is None:
        problems["unit_id"] = NO_UNIT
    days = {name: _day(name, typed, problems) for name, typed in (("valid_from", since), ("valid_to", until))}
    if (days["valid_to"] or date.max) < (days["valid_from"] or work.today):
        problems["valid_to"] = ENDS_FIRST
    if problems or role is None or unit_id is None:
        raise Invalid(problems)
    accounts.grant(work, account_id=account_id, role=role, unit_id=unit_id, head=head, **days)


def change_own_password(work: Work, *, current: str, new: str, again: str) -> None:
    """One's own password, with the one in use. Ends every session of the account, this one too."""
    account = work.session.get(Account, work.actor.account_id)
    if account is None:
        raise Refused
    known = (account.password_hash or "").encode()
    if not known or not bcrypt.checkpw(ready(current).encode("utf-8", "surrogatepass"), known):
        raise Invalid({"current": "Mật khẩu đang dùng không đúng."})
    if new != again:
        raise Invalid({"again": "Hai lần gõ mật khẩu mới không giống nhau."})
    accounts.set_password(work, account_id=account.id, password=new)


def _ended(unit: Unit, today: date) -> date | None:
    return unit.valid_to if unit.valid_to and unit.valid_to < today else None


def _day(name: str, typed: str, problems: dict[str, str]) -> date | None:
    if not typed.strip():
        return None
    try:
        return parse_date(typed)
    except Invalid as error:
        problems[name] = error.sentence
        return None
