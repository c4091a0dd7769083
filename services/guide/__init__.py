"""The guide (Hướng dẫn): one page a role, as data. What to do each day, and what is never typed in."""

from db.accounts import Role
from services.guide import roles
from services.guide.common import ABOUT_CASES, ABOUT_SYSTEM
from services.guide.model import Chapter as Chapter
from services.guide.model import Guide as Guide
from services.guide.model import Step as Step

ROLES = tuple(Role)


def of(role: Role) -> Guide:
    """The guide of a role. Every role has one."""
    purpose, own = _OWN[role]
    common = ABOUT_SYSTEM if role in _WITHOUT_CASES else ABOUT_CASES
    return Guide(role, purpose, (*own, *common))


_WITHOUT_CASES = frozenset({Role.LEADER, Role.ADMIN})
_OWN: dict[Role, tuple[str, tuple[Chapter, ...]]] = {
    Role.LABOUR_DEPT: ("Cơ quan thường trực: hỗ trợ nạn nhân, tổng hợp và báo cáo toàn tỉnh.", roles.LABOUR),
    Role.POLICE: ("Tiếp nhận, xác minh, xác định và bảo vệ nạn nhân.", roles.POLICE),
    Role.LOCAL: ("Tiếp nhận tại địa bàn, hỗ trợ ban đầu và giúp hòa nhập cộng đồng.", roles.LOCAL),
    Role.SHELTER: ("Nơi ở tạm và hỗ trợ cho người được giao cho cơ sở.", roles.SHELTER),
    Role.PARTNER: ("Phối hợp theo hồ sơ được giao và nhiệm vụ trong Kế hoạch.", roles.PARTNER),
    Role.LEADER: ("Theo dõi việc thực hiện Kế hoạch.", roles.LEADER),
    Role.ADMIN: ("Giữ cho phần mềm chạy, đúng người vào, dữ liệu không mất.", roles.ADMIN),
}
