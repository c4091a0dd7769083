"""Who may do what, and see what: one table, deny by default. Asked in every verb.

Role × right decides the verbs; role × sensitivity decides what is shown in clear; the unit a role
is held at decides the area.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from db.accounts import Role
from db.base import table_of, utc_now
from db.cases import Case, CaseUnit
from db.fields import LabelledEnum, Sensitivity, info
from db.places import AreaLevel, UnitKind
from db.trail import Action
from db.verification import VerificationRequest
from services.errors import Refused
from services.work import Actor, Held, Work

READ_AGAIN_AFTER = timedelta(minutes=10)
HIDDEN = "•••"


class Right(LabelledEnum):
    READ_CASES = "read_cases", "Xem hồ sơ"
    INTAKE = "intake", "Tiếp nhận, đề nghị xác minh"
    VERIFY = "verify", "Xác minh, kết luận"
    PROTECT = "protect", "Bảo vệ"
    SUPPORT = "support", "Hỗ trợ"
    IMPORT = "import", "Nhập sổ từ Excel"
    EXPORT = "export", "Xuất sổ"
    STATISTICS = "statistics", "Xem số liệu"
    REPORT = "report", "Lập báo cáo"
    PLAN = "plan", "Xem kế hoạch"
    LAW = "law", "Nhập mức do đơn vị quy định"
    TEMPLATES = "templates", "Sửa mẫu văn bản"
    REVIEW = "review", "Duyệt việc của đơn vị"
    ACCOUNTS = "accounts", "Quản lý tài khoản"
    TRAIL = "trail", "Xem nhật ký"


@dataclass(frozen=True)
class Grant:
    """What one role may do and see in clear. `own_files` limits it to files handed to its unit."""

    rights: frozenset[Right]
    clear: frozenset[Sensitivity]
    own_files: bool = False


def _grant(rights: Iterable[Right], clear: Iterable[Sensitivity], *, own_files: bool = False) -> Grant:
    return Grant(frozenset(rights), frozenset(clear) | {Sensitivity.OPEN}, own_files)


R, S = Right, Sensitivity
GRANTS: dict[Role, Grant] = {
    Role.LABOUR_DEPT: _grant(
        (
            *(R.READ_CASES, R.INTAKE, R.SUPPORT, R.IMPORT, R.EXPORT),
            *(R.STATISTICS, R.REPORT, R.PLAN, R.LAW, R.TEMPLATES),
        ),
        (S.IDENTITY, S.VERIFICATION, S.SUPPORT, S.HEALTH),
    ),
    Role.POLICE: _grant(
        (
            *(R.READ_CASES, R.INTAKE, R.VERIFY, R.PROTECT, R.EXPORT),
            *(R.STATISTICS, R.REPORT, R.PLAN, R.TEMPLATES),
        ),
        (S.IDENTITY, S.VERIFICATION, S.PROTECTION),
    ),
    Role.LOCAL: _grant(
        (R.READ_CASES, R.INTAKE, R.SUPPORT, R.EXPORT, R.STATISTICS, R.REPORT, R.PLAN),
        (S.IDENTITY, S.SUPPORT),
    ),
    Role.SHELTER: _grant((R.READ_CASES, R.SUPPORT, R.PLAN), (S.IDENTITY, S.SUPPORT), own_files=True),
    Role.PARTNER: _grant((R.READ_CASES, R.PLAN), (S.IDENTITY,), own_files=True),
    Role.LEADER: _grant((R.PLAN,), ()),
    Role.ADMIN: _grant((R.ACCOUNTS, R.TRAIL), ()),
}
HEAD_RIGHTS = frozenset({R.TRAIL, R.REVIEW})
PROVINCE_WIDE = {UnitKind.LABOUR_DEPT, UnitKind.HEALTH, UnitKind.POLICE_PROVINCE}


def rights_of(actor: Actor) -> frozenset[Right]:
    """Every right the actor holds, anywhere."""
    if actor.operator:
        return frozenset(Right)
    rights: set[Right] = set()
    for held in actor.holdings:
        rights |= GRANTS[held.role].rights
        if held.head:
            rights |= HEAD_RIGHTS
    return frozenset(rights)


def has(actor: Actor, right: Right) -> bool:
    return right in rights_of(actor)


def require(work: Work, right: Right, case: Case | None = None) -> None:
    """The first line of every verb. With `case`, the right must be held where that file is seen."""
    if work.actor.operator:
        return
    holdings = [held for held in work.actor.holdings if right in _rights(held)]
    if not holdings or (case is not None and not _sees(work, holdings, case)):
        raise Refused


def clear(actor: Actor) -> frozenset[Sensitivity]:
    """The sensitivities this actor reads in clear."""
    if actor.operator:
        return frozenset(Sensitivity) - {Sensitivity.SECRET}
    return frozenset[Sensitivity]().union(*(GRANTS[held.role].clear for held in actor.holdings))


def shows(actor: Actor, column: Any) -> bool:
    """Whether a column (`Person.full_name`) is shown in clear to this actor."""
    return info(column).get("sensitivity", Sensitivity.SECRET) in clear(actor)


def reads_part(actor: Actor, part: Sensitivity) -> bool:
    """Whether a part of a file (protection, support) is shown at all, be it only that there is one. Those
    who work on files handed to them see the parts that are theirs; the others see how each part stands."""
    return actor.operator or part in clear(actor) or any(not GRANTS[h.role].own_files for h in actor.holdings)


def visible(work: Work, statement: Any) -> Any:
    """The only way to select cases: narrows a select over `Case` to those the actor may read."""
    if work.actor.operator:
        return statement
    holdings = [held for held in work.actor.holdings if Right.READ_CASES in _rights(held)]
    return statement.where(_area(work, holdings))


def in_area(work: Work, right: Right) -> Any:
    """A condition on `Case`: files where the actor holds this right (work lists, figures)."""
    if work.actor.operator:
        return sa.true()
    return _area(work, [held for held in work.actor.holdings if right in _rights(held)])


def case_for(work: Work, case_id: int, right: Right = Right.READ_CASES) -> Case:
    """The case, if the actor holds `right` where it is seen; otherwise Refused, as if it were not there."""
    require(work, right)
    if not 0 < case_id < 2**63:  # an address may hold any number
        raise Refused
    case = work.session.exec(select(Case).where(Case.id == case_id, in_area(work, right))).first()
    if case is None:
        raise Refused
    return case


def seen(work: Work, case: Case) -> None:
    """Writes into the trail that this actor reads this file, before it is shown
    (one entry a person and file in ten minutes)."""
    recent: dict[tuple[int | None, int], Any] = work.office.memory.setdefault("seen", {})
    key, now = (work.actor.account_id, case.id), utc_now()
    if key in recent and now - recent[key] < READ_AGAIN_AFTER:
        return
    work.record(Action.READ, "case_file", object_id=case.id, case_id=case.id)
    work.once_kept(lambda: recent.update({key: now}))


def _rights(held: Held) -> frozenset[Right]:
    return GRANTS[held.role].rights | (HEAD_RIGHTS if held.head else frozenset())


def _sees(work: Work, holdings: list[Held], case: Case) -> bool:
    if _everywhere(holdings):
        return True
    work.session.flush()
    return work.session.exec(select(Case.id).where(Case.id == case.id, _area(work, holdings))).first() is not None


def _area(work: Work, holdings: list[Held]) -> Any:
    if _everywhere(holdings):
        return sa.true()
    conditions = [condition for held in holdings for condition in _held_area(work, held)]
    return sa.or_(sa.false(), *conditions)


def _everywhere(holdings: list[Held]) -> bool:
    """Whether one of these is held at a unit of the whole province."""
    return any(held.unit_kind in PROVINCE_WIDE and not GRANTS[held.role].own_files for held in holdings)


def _held_area(work: Work, held: Held) -> list[Any]:
    """A file handed to the unit; and, for those with an area, what lives there or was received there."""
    given = table_of(CaseUnit).c
    handed = sa.select(given.case_id).where(
        given.unit_id == held.unit_id,
        given.since <= work.today,
        sa.or_(given.until.is_(None), given.until >= work.today),
    )
    conditions: list[Any] = [col(Case.id).in_(handed)]
    if GRANTS[held.role].own_files:
        return conditions
    conditions.append(col(Case.unit_id) == held.unit_id)
    if held.area_level is AreaLevel.DISTRICT:
        conditions.append(col(Case.home_district_id) == held.area_id)
    elif held.area_level is AreaLevel.COMMUNE:
        conditions.append(col(Case.home_commune_id) == held.area_id)
    if held.role is Role.POLICE:
        request = table_of(VerificationRequest).c
        asked = sa.select(request.case_id).where(request.unit_id == held.unit_id)
        conditions.append(col(Case.id).in_(asked))
    return conditions
