"""The invented staff of the demo: an account for every role, at units of then and of today."""

from dataclasses import dataclass

from sqlmodel import select

from db.accounts import Account, Role
from db.audit import Author
from db.places import Area, Unit
from services import accounts
from services.work import Actor, Held, Work

PASSWORD = "duong-ve-nha-2020"  # noqa: S105  (printed at every start; opens invented data on this machine only)
REASON = "bản chạy thử"


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
    DemoPerson("soyte", "Hà Thị Duyên", "Sở Y tế, chuyên viên (từ 01/3/2025)", ((R.LABOUR_DEPT, "SYT", False),)),
    DemoPerson("soyte.truong", "Nông Thị Vân", "Sở Y tế, thủ trưởng", ((R.LABOUR_DEPT, "SYT", True),)),
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


def open_accounts(work: Work) -> None:
    """Makes the accounts with their roles."""
    units = {unit.code: unit.id for unit in work.session.exec(select(Unit))}
    for person in PEOPLE:
        account = accounts.create_account(
            work, username=person.username, full_name=person.full_name, password=PASSWORD
        )
        for role, unit, head in person.held:
            accounts.grant(work, account_id=account.id, role=role, unit_id=units[unit], head=head)
        if not person.active:
            accounts.set_active(work, account_id=account.id, active=False)


class Staff:
    """The people of the demo at work: each does only what their role lets them, under their own name."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.before = (work.actor, work.session.info["author"])
        self.units = {unit.code: unit for unit in work.session.exec(select(Unit))}
        self._areas = {area.id: area for area in work.session.exec(select(Area))}
        self._accounts = {account.username: account for account in work.session.exec(select(Account))}
        self._people = {person.username: person for person in PEOPLE}

    def sits(self, username: str) -> None:
        """What follows is done, and stands in the trail, as this person's."""
        person, account = self._people[username], self._accounts[username]
        held = tuple(self._held(*one) for one in person.held)
        roles = ", ".join(sorted({role.value for role, _, _ in person.held}))
        self._now(
            Actor(account.id, account.full_name, held),
            Author(account.full_name, roles, account.id, held[0].unit_id, None, REASON),
        )

    def leaves(self) -> None:
        """The command line is at work again."""
        self._now(*self.before)

    def unit(self, username: str) -> Unit:
        """Where somebody works."""
        return self.units[self._people[username].held[0][1]]

    def _now(self, actor: Actor, author: Author) -> None:
        self.work.session.flush()  # what was done so far is the last person's
        for kept in ("reviewed units", "letter templates"):  # read once a Work, for one person
            self.work.session.info.pop(kept, None)
        self.work.actor, self.work.session.info["author"] = actor, author

    def _held(self, role: Role, code: str, head: bool) -> Held:
        unit = self.units[code]
        area = self._areas[unit.area_id] if unit.area_id else None
        level = area.level if area else None
        return Held(role, unit.id, unit.name, unit.kind, unit.area_id, level, head)
