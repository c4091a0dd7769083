"""The demo: an invented province to try everything in, in a folder of its own, never over real data."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import select

from db.accounts import Role
from db.base import table_of
from db.cases import Case
from db.engine import sqlite_url
from db.places import Unit
from db.trail import Action
from services import accounts, founding
from services.daily import automatic
from services.demo.cases import invent
from services.errors import NotReady
from services.migrating import migrate
from services.office import Home, card_of, make_office
from services.work import Work, command_line

CASES = 420
PASSWORD = "duong-ve-nha-2020"  # noqa: S105  (printed at every start; opens invented data on this machine only)


@dataclass(frozen=True)
class DemoPerson:
    """An account of the demo. `held`: (role, unit's code, head)."""

    username: str
    full_name: str
    title: str
    held: tuple[tuple[Role, str, bool], ...]
    active: bool = True


R = Role
PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson("soldtbxh", "Hà Thị Bình", "Sở LĐTBXH, chuyên viên", ((R.LABOUR_DEPT, "SLDTBXH", False),)),
    DemoPerson("soldtbxh.truong", "Nông Văn Huấn", "Sở LĐTBXH, thủ trưởng", ((R.LABOUR_DEPT, "SLDTBXH", True),)),
    DemoPerson("congan", "Ma Văn Kiên", "Công an tỉnh", ((R.POLICE, "CA_TINH", False),)),
    DemoPerson("congan.truong", "Triệu Văn Tùng", "Công an tỉnh, thủ trưởng", ((R.POLICE, "CA_TINH", True),)),
    DemoPerson("congan.nari", "Lường Văn Yên", "Công an huyện Na Rì", ((R.POLICE, "CA_066", False),)),
    DemoPerson("bienphong", "Đàm Văn Sơn", "Bộ đội Biên phòng", ((R.POLICE, "BDBP", False),)),
    DemoPerson("huyen.nari", "Ma Thị Thoa", "UBND huyện Na Rì", ((R.LOCAL, "UBND_066", False),)),
    DemoPerson("huyen.babe", "Hà Văn Tuyên", "UBND huyện Ba Bể, thủ trưởng", ((R.LOCAL, "UBND_061", True),)),
    DemoPerson("xa.nari", "Nông Thị Yến", "UBND xã Na Rì (từ 01/7/2025)", ((R.LOCAL, "UBND_02155", False),)),
    DemoPerson("coso", "Triệu Thị Lành", "Cơ sở bảo trợ xã hội", ((R.SHELTER, "CSBTXH", False),)),
    DemoPerson("tuphap", "Lường Thị Hiền", "Sở Tư pháp", ((R.PARTNER, "STP", False),)),
    DemoPerson("lanhdao", "Đàm Thị Vân", "UBND tỉnh, lãnh đạo", ((R.LEADER, "UBND_TINH", False),)),
    DemoPerson("quantri", "Hà Văn Khiêm", "Quản trị hệ thống", ((R.ADMIN, "SYT", False),)),
    DemoPerson(
        "kiemnhiem",
        "Ma Văn Toàn",
        "Hai vai: Sở Y tế (kế thừa Sở LĐTBXH) và quản trị",
        ((R.LABOUR_DEPT, "SYT", False), (R.ADMIN, "SYT", False)),
    ),
    DemoPerson(
        "nghiviec",
        "Triệu Văn Nghỉ",
        "Tài khoản đã khóa",
        ((R.LABOUR_DEPT, "SLDTBXH", False),),
        active=False,
    ),
)


def prepare(home: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Founds and fills the demo in `home`, or does nothing when it is there already.

    Raises NotReady when the folder holds anything else: real data above all.
    """
    card = card_of(home)
    if card is not None and card["kind"] != "demo":
        raise NotReady("Thư mục này giữ dữ liệu thật: bản chạy thử không chạy ở đây. Hãy chọn thư mục khác.")
    if card is None and home.exists() and any(home.iterdir()):
        raise NotReady("Thư mục này đang chứa thứ khác. Hãy chọn một thư mục trống cho bản chạy thử.")
    office = make_office(home, kind="demo", url=sqlite_url(Home(home).database))
    try:
        migrate(office, backup=automatic)
        founding.found(office)
        with Work(office, command_line(), write=True, reason="bản chạy thử") as work:
            count = sa.select(sa.func.count()).select_from(table_of(Case))
            if work.session.connection().execute(count).scalar_one() == 0:  # all or nothing: one Work
                work.record(Action.COMMAND, "office", fields="demo")
                _accounts(work)
                invent(work, CASES, progress=progress)
    finally:
        office.close()


def _accounts(work: Work) -> None:
    units = {unit.code: unit.id for unit in work.session.exec(select(Unit))}
    for person in PEOPLE:
        account = accounts.create_account(
            work, username=person.username, full_name=person.full_name, password=PASSWORD
        )
        for role, unit, head in person.held:
            accounts.grant(work, account_id=account.id, role=role, unit_id=units[unit], head=head)
        if not person.active:
            accounts.set_active(work, account_id=account.id, active=False)
