"""Accounts, their passwords and the roles they hold. Only `Right.ACCOUNTS` may change them.

A role is held at a unit, and its area is that unit's; so a role may only be held at a unit of a
kind that fits it. Every change here ends the person's running sessions.
"""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import col, select

from db.accounts import Account, Bootstrap, Holding, Role
from db.base import table_of
from db.places import Unit, UnitKind
from services import office, sessions
from services.access import Right, require
from services.errors import Invalid, Refused
from services.passwords import hash_password, problem_of
from services.text import clean, fold
from services.work import Actor, Work

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}\Z")
FITS: dict[Role, frozenset[UnitKind]] = {
    Role.LABOUR_DEPT: frozenset({UnitKind.LABOUR_DEPT, UnitKind.HEALTH}),
    Role.POLICE: frozenset(
        {UnitKind.POLICE_PROVINCE, UnitKind.POLICE_DISTRICT, UnitKind.MILITARY, UnitKind.BORDER}
    ),
    Role.LOCAL: frozenset(
        {
            UnitKind.PEOPLE_COMMITTEE_DISTRICT,
            UnitKind.PEOPLE_COMMITTEE_COMMUNE,
            UnitKind.LABOUR_OFFICE_DISTRICT,
        }
    ),
    Role.SHELTER: frozenset({UnitKind.SHELTER}),
    Role.LEADER: frozenset({UnitKind.PEOPLE_COMMITTEE_PROVINCE, UnitKind.STEERING}),
}
FITS[Role.PARTNER] = frozenset(UnitKind) - frozenset().union(*FITS.values()) | {UnitKind.HEALTH}
FITS[Role.ADMIN] = frozenset(UnitKind)
MAY_BOOTSTRAP = 2  # administrators made with the one code, so that one can always help the other


@dataclass(frozen=True)
class NewPerson:
    username: str
    full_name: str
    password: str


@dataclass(frozen=True)
class HoldingLine:
    id: int
    role: Role
    unit_id: int
    unit_name: str
    head: bool
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class AccountLine:
    id: int
    username: str
    full_name: str
    active: bool
    holdings: tuple[HoldingLine, ...]


def list_accounts(work: Work) -> list[AccountLine]:
    """Every account with the roles it holds or held, by name."""
    require(work, Right.ACCOUNTS)
    held: dict[int, list[HoldingLine]] = {}
    rows = work.session.exec(select(Holding, Unit.name).join(Unit, col(Unit.id) == Holding.unit_id)).all()
    for h, unit_name in rows:
        line = HoldingLine(h.id, h.role, h.unit_id, unit_name, h.head, h.valid_from, h.valid_to)
        held.setdefault(h.account_id, []).append(line)
    accounts = work.session.exec(select(Account).order_by(Account.username)).all()
    return [AccountLine(a.id, a.username, a.full_name, a.active, tuple(held.get(a.id, ()))) for a in accounts]


def create_account(work: Work, *, username: str, full_name: str, password: str) -> Account:
    """A new account without any role. Raises Invalid with a sentence for each field."""
    require(work, Right.ACCOUNTS)
    return _create(work, NewPerson(username, full_name, password))


def set_password(work: Work, *, account_id: int, password: str) -> None:
    """A new password, set by an administrator or by the person themselves."""
    if work.actor.account_id != account_id:
        require(work, Right.ACCOUNTS)
    account = _account(work, account_id)
    problem = problem_of(password, account.username, account.full_name)
    if problem:
        raise Invalid({"password": problem})
    account.password_hash = hash_password(password)
    sessions.end_all(work, account_id)


def set_active(work: Work, *, account_id: int, active: bool) -> None:
    """Disables an account (its pages are cut at once) or lets it in again."""
    require(work, Right.ACCOUNTS)
    account = _account(work, account_id)
    account.active = active
    _keep_an_administrator(work)
    sessions.end_all(work, account_id)


def grant(
    work: Work,
    *,
    account_id: int,
    role: Role,
    unit_id: int,
    head: bool = False,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Holding:
    """Gives a role at a unit, to somebody else than oneself.

    Raises Invalid when the unit is of another kind than the role needs.
    """
    require(work, Right.ACCOUNTS)
    _account(work, account_id)
    if account_id == work.actor.account_id:
        raise Invalid({"role": "Không tự giao vai trò cho mình; việc này do người quản trị khác làm."})
    return _grant(work, account_id, role, unit_id, head, valid_from or work.today, valid_to)


def revoke(work: Work, *, holding_id: int) -> None:
    """Takes a role away from today on; that it was held stays known."""
    require(work, Right.ACCOUNTS)
    holding = work.session.get(Holding, holding_id)
    if holding is None:
        raise Refused
    holding.valid_to = work.today - timedelta(days=1)
    _keep_an_administrator(work)
    sessions.end_all(work, holding.account_id)


def make_bootstrap_code(work: Work) -> str:
    """The single-use code for the first administrators; shown once, on the console, by `duongve init`.

    Any code made before stops working.
    """
    if not work.actor.operator:
        raise Refused
    table = table_of(Bootstrap)
    unused = sa.update(table).where(table.c.used_at.is_(None)).values(used_at=work.now)
    work.session.connection().execute(unused)
    code = "-".join(secrets.token_hex(3) for _ in range(4))  # 96 bits, readable aloud
    work.session.add(Bootstrap(code_hash=sessions.digest(code), made_at=work.now, used_at=None))
    return code


def bootstrap_waits() -> bool:
    """Whether a code waits for its holder (the sign-in page then offers its form)."""
    table = table_of(Bootstrap)
    with office.current().engine.connect() as connection:
        return connection.scalar(sa.select(table.c.id).where(table.c.used_at.is_(None)).limit(1)) is not None


def first_administrators(code: str, people: Sequence[NewPerson]) -> None:
    """Makes one or two administrators with the code, once. Raises Refused for any other code,
    Invalid (fields `username.0`, `password.1`, …) when something typed cannot be kept; the code
    then still works."""
    if not 1 <= len(people) <= MAY_BOOTSTRAP:
        raise Refused
    holder = Actor(None, "người giữ mã khởi tạo")
    with Work(office.current(), holder, write=True) as work:
        table = table_of(Bootstrap)
        given = (table.c.code_hash == sessions.digest(clean(code).lower()), table.c.used_at.is_(None))
        used = work.session.connection().execute(sa.update(table).where(*given).values(used_at=work.now))
        if used.rowcount != 1:
            raise Refused("Mã khởi tạo không đúng hoặc đã dùng.")
        problems: dict[str, str] = {}
        unit_id = _home_unit(work)
        for place, person in enumerate(people):
            try:
                account = _create(work, person)
                _grant(work, account.id, Role.ADMIN, unit_id, False, None, None)
            except Invalid as error:
                problems |= {f"{name}.{place}": sentence for name, sentence in error.problems.items()}
        if problems:
            raise Invalid(problems)


@dataclass(frozen=True)
class Credential:
    account_id: int
    password_hash: str


def credential(username: str) -> Credential | None:
    """What the account a typed user name means is checked against; None when it may not sign in."""
    table = table_of(Account)
    asked = sa.select(table.c.id, table.c.password_hash).where(
        table.c.username == fold(username), table.c.active, table.c.password_hash.is_not(None)
    )
    with office.current().engine.connect() as connection:
        row = connection.execute(asked).first()
    return Credential(row.id, row.password_hash) if row else None


def _create(work: Work, person: NewPerson) -> Account:
    username, full_name = fold(person.username), clean(person.full_name)
    problems: dict[str, str] = {}
    if not USERNAME.match(username):
        problems["username"] = "Từ 3 ký tự, chỉ gồm chữ không dấu, số, dấu chấm, gạch nối, gạch dưới."
    elif work.session.exec(select(Account.id).where(Account.username == username)).first() is not None:
        problems["username"] = "Tên đăng nhập này đã có."
    if not 2 <= len(full_name) <= 120:
        problems["full_name"] = "Hãy ghi họ và tên."
    if problem := problem_of(person.password, username, full_name):
        problems["password"] = problem
    if problems:
        raise Invalid(problems)
    account = Account(
        username=username, full_name=full_name, password_hash=hash_password(person.password), active=True
    )
    work.session.add(account)
    work.session.flush()
    return account


def _grant(
    work: Work,
    account_id: int,
    role: Role,
    unit_id: int,
    head: bool,
    valid_from: date | None,
    valid_to: date | None,
) -> Holding:
    unit = work.session.get(Unit, unit_id)
    if unit is None or unit.kind not in FITS[role]:
        raise Invalid({"unit_id": "Vai trò này không thuộc loại đơn vị đã chọn."})
    holding = Holding(
        account_id=account_id, role=role, unit_id=unit_id, head=head, valid_from=valid_from, valid_to=valid_to
    )
    work.session.add(holding)
    work.session.flush()
    sessions.end_all(work, account_id)
    return holding


def _account(work: Work, account_id: int) -> Account:
    account = work.session.get(Account, account_id)
    if account is None:
        raise Refused
    return account


def _home_unit(work: Work) -> int:
    """Where the first administrators hold their role: the standing agency, else any unit."""
    ids = work.session.exec(
        select(Unit.id).order_by(col(Unit.kind) != UnitKind.LABOUR_DEPT, col(Unit.code)).limit(1)
    ).first()
    if ids is None:
        raise Refused("Chưa có đơn vị nào. Hãy chạy lệnh duongve init trước.")
    return ids


def _keep_an_administrator(work: Work) -> None:
    """An office without an administrator could not be opened again."""
    work.session.flush()
    today = work.today
    left = work.session.exec(
        select(Holding.id)
        .join(Account, col(Account.id) == Holding.account_id)
        .where(
            Account.active,
            Holding.role == Role.ADMIN,
            sa.or_(col(Holding.valid_to).is_(None), col(Holding.valid_to) >= today),
        )
        .limit(1)
    ).first()
    if left is None:
        raise Invalid(sentence="Phải còn ít nhất một người quản trị đang hoạt động.")
