"""Invented people of the demo: names are put together at random from parts; identity numbers begin
with 000, which no province was ever given. Any likeness to a real person is chance."""

from collections.abc import Sequence
from random import Random

ETHNIC: tuple[tuple[str, int], ...] = (
    ("Tày", 42), ("Dao", 21), ("Mông", 16), ("Nùng", 11), ("Kinh", 8), ("Sán Chay", 2),
)  # fmt: skip
FAMILY: dict[str, tuple[str, ...]] = {
    "Tày": ("Hoàng", "Nông", "Hà", "Ma", "Lục", "Đàm", "Bế", "Lường", "Triệu", "Đồng"),
    "Dao": ("Triệu", "Bàn", "Đặng", "Phùng", "Lý", "Chu"),
    "Mông": ("Vàng", "Giàng", "Sùng", "Hầu", "Thào", "Lý", "Dương"),
    "Nùng": ("Nông", "Lý", "Vi", "Hoàng", "Mông", "Lương"),
    "Kinh": ("Nguyễn", "Trần", "Lê", "Phạm", "Vũ", "Đỗ"),
    "Sán Chay": ("Trần", "Hoàng", "La", "Ninh"),
}
GIVEN_FEMALE = (
    "Mẩy", "Hoa", "Lan", "Thắm", "Duyên", "Mai", "Hương", "Nhung", "Hiên", "Mùi", "Dung", "Xuân", "Sen",
    "Thủy", "Bích", "Chanh", "Pham", "Sáo", "Dua", "Say", "Vân", "Lưu", "Nguyệt", "Thơm", "Hằng", "Liễu",
)  # fmt: skip
GIVEN_MALE = (
    "Dũng", "Tình", "Thành", "Quân", "Páo", "Sính", "Hòa", "Đức", "Tuân", "Vinh", "Sơn", "Giang", "Phương",
)  # fmt: skip
MIDDLE_FEMALE = ("Thị", "Thị", "Thị", "Thị Thu", "Thị Minh", "Mùi")
MIDDLE_MALE = ("Văn", "Văn", "Văn", "Đình", "A")
ALIASES = ("A Mẩy", "Tiểu Lan", "A Hồng", "Mỷ", "A Páo", "Tiểu Hoa")
OUTSIDE = ("Cao Bằng", "Hà Giang", "Thái Nguyên", "Tuyên Quang", "Lạng Sơn", "Lào Cai")
DOMESTIC = ("Hà Nội", "Hải Phòng", "Quảng Ninh", "Thái Nguyên", "Bắc Ninh", "Bình Dương", "Thanh Hóa")
COUNTRIES = (("Trung Quốc", 90), ("Campuchia", 3), ("Malaysia", 2), ("Lào", 2), ("Thái Lan", 2), ("Myanmar", 1))
NOTES = (
    "Do gia đình báo mất liên lạc, sau đó tự liên hệ về.",
    "Đi cùng một người quen, nói là đi làm thuê.",
    "Cần phiên dịch tiếng dân tộc khi làm việc.",
    "Muốn được liên hệ qua người thân, không gọi điện thoại.",
    "Có con nhỏ đang ở với ông bà ngoại.",
    "Sức khỏe yếu, cần khám lại sau một tháng.",
)
HAMLETS = ("Nà Tâu", "Khuổi Lặng", "Bản Pjạc", "Cốc Phường", "Phiêng Dường", "Nà Vài", "Lủng Mẩn", "Khau Slôm")
WHY_AGAIN = (
    "Có lời khai mới của người biết sự việc.",
    "Cơ quan nước ngoài gửi thêm tài liệu.",
    "Theo đề nghị của gia đình.",
)
STAFF_FAMILY = ("Nông", "Hà", "Ma", "Triệu", "Lường", "Đàm")
STAFF_GIVEN = ("Bình", "Huấn", "Yến", "Thoa", "Kiên", "Tùng")


def weighted(rng: Random, choices: Sequence[tuple[str, int]]) -> str:
    """One of the texts, by weight."""
    return rng.choices([text for text, _ in choices], [weight for _, weight in choices])[0]


def full_name(rng: Random, ethnic: str, female: bool) -> str:
    middle = rng.choice(MIDDLE_FEMALE if female else MIDDLE_MALE)
    given = rng.choice(GIVEN_FEMALE if female else GIVEN_MALE)
    return f"{rng.choice(FAMILY[ethnic])} {middle} {given}"


def identity_number(rng: Random, received_year: int) -> str | None:
    """Nine digits before 2016, then more and more of twelve; four in ten carry none."""
    if rng.random() < 0.4:
        return None
    digits = 12 if rng.random() < (received_year - 2015) / 8 else 9
    return "000" + "".join(rng.choice("0123456789") for _ in range(digits - 3))


def phone(rng: Random) -> str | None:
    return "000" + "".join(rng.choice("0123456789") for _ in range(7)) if rng.random() < 0.25 else None


def officer(seed: int) -> str:
    """The invented member of staff who acts for a unit."""
    rng = Random(seed)  # noqa: S311 (nothing secret)
    return f"{rng.choice(STAFF_FAMILY)} {rng.choice(('Văn', 'Thị'))} {rng.choice(STAFF_GIVEN)}"
