"""Every screen, as data. A screen is shown to those who hold its right; the verbs refuse all others."""

from dataclasses import dataclass

from services.access import Right

DAILY, FIGURES, OFFICE = "Công việc", "Số liệu và báo cáo", "Cơ quan"


@dataclass(frozen=True)
class Screen:
    group: str
    address: str  # the path in the browser; "" is the first page
    title: str
    right: Right | None  # None: everybody signed in
    module: str  # its `render()` draws the screen
    listed: bool = True  # False: reached by a link, not from the menu


MENU = (
    Screen(DAILY, "", "Hôm nay", None, "pages.today"),
    Screen(DAILY, "cases", "Hồ sơ", Right.READ_CASES, "pages.cases"),
    Screen(DAILY, "case", "Một hồ sơ", Right.READ_CASES, "pages.case", listed=False),
    Screen(DAILY, "bulk", "Làm cho nhiều hồ sơ", Right.READ_CASES, "pages.bulk", listed=False),
    Screen(DAILY, "removed", "Đã xóa", Right.READ_CASES, "pages.removed", listed=False),
    Screen(DAILY, "intake", "Tiếp nhận mới", Right.INTAKE, "pages.intake"),
    Screen(DAILY, "incident", "Một vụ việc", Right.INTAKE, "pages.incident", listed=False),
    Screen(DAILY, "verification", "Xác minh", Right.INTAKE, "pages.verification"),
    Screen(DAILY, "protection", "Bảo vệ", Right.PROTECT, "pages.protection"),
    Screen(DAILY, "support", "Hỗ trợ", Right.SUPPORT, "pages.support"),
    Screen(DAILY, "contacts", "Đầu mối phối hợp", Right.READ_CASES, "pages.contacts"),
    Screen(DAILY, "import", "Nhập, xuất sổ", Right.EXPORT, "pages.importing"),
    Screen(FIGURES, "statistics", "Thống kê", Right.STATISTICS, "pages.statistics"),
    Screen(FIGURES, "reports", "Báo cáo", Right.REPORT, "pages.reports"),
    Screen(FIGURES, "plan", "Kế hoạch", Right.PLAN, "pages.plan"),
    Screen(FIGURES, "law", "Pháp luật", Right.PLAN, "pages.law"),
    Screen(OFFICE, "templates", "Mẫu văn bản", Right.TEMPLATES, "pages.templates"),
    Screen(OFFICE, "accounts", "Tài khoản", Right.ACCOUNTS, "pages.accounts"),
    Screen(OFFICE, "trail", "Nhật ký", Right.TRAIL, "pages.trail"),
    Screen(OFFICE, "guide", "Hướng dẫn", None, "pages.guide"),
)
