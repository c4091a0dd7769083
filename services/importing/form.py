"""The form of the register (sổ tiếp nhận), declared once: reader, template and the register out use it.

A column's heading is the label of the datum it holds, unless the register calls it otherwise.
"""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from db.cases import Case, Purpose, Way
from db.fields import LabelledEnum, info
from db.people import Person, Sex
from db.protection import ProtectionMeasure
from db.support import Delivery, FundSource, SupportKind, SupportNeed
from db.verification import Conclusion, Outcome, VerificationRequest
from services.text import fold

LONGEST = 4000  # characters of a text without a limit of its own
SAMPLE = "Mẫu"  # in the column STT: the row only shows how to write, and is skipped
TOTAL = re.compile(r"(tong cong|tong so|tong|cong)( \d.*)?\Z")  # a folded cell of the total row
NOT_A_WORD = re.compile(r"[\W_]+")


class Reads(StrEnum):
    """How the cells of a column are read."""

    ORDER = "order"  # the row's number in the register: not kept
    DAY = "day"
    BIRTH = "birth"
    UNIT = "unit"
    CHOICE = "choice"
    TEXT = "text"
    IDENTITY = "identity"
    DISTRICT = "district"
    COMMUNE = "commune"
    PLACE = "place"
    PURPOSE = "purpose"
    YES_NO = "yes_no"
    MEASURES = "measures"
    SUPPORT = "support"


@dataclass(frozen=True)
class Column:
    """One column. `source`: the stored datum, whose label, limit and sensitivity it shares."""

    key: str
    reads: Reads
    source: Any
    named: str = ""
    also: tuple[str, ...] = ()
    choices: type[LabelledEnum] | None = None
    help: str = ""
    width: int = 14
    kind: SupportKind | None = field(default=None)

    @property
    def heading(self) -> str:
        return self.named or str(info(self.source)["label"])

    @property
    def longest(self) -> int:
        """How many characters a cell may have: the datum's limit where the text is kept as typed."""
        kept = self.reads in (Reads.TEXT, Reads.COMMUNE)
        return int(info(self.source).get("max_length") or LONGEST) if kept else LONGEST


DAYS = "Ngày Excel hoặc ngày/tháng/năm (dùng / - hoặc .), ngày đứng trước tháng."
GIVEN = (
    "Để trống: không có nhu cầu. «Có nhu cầu»: chưa được hỗ trợ. «Từ chối»: đã đề nghị nhưng từ chối. "
    "«x»: đã hỗ trợ, không bằng tiền. Một số: đã hỗ trợ chừng ấy đồng."
)


def _support(kind: SupportKind) -> Column:
    return Column(f"support_{kind.value}", Reads.SUPPORT, SupportNeed.kind, kind.label, help=GIVEN, kind=kind)


ORDER = "STT"
C, R = Column, Reads
FORM: tuple[Column, ...] = (
    C("order", R.ORDER, Case.code, ORDER, ("Số TT", "TT"), help=f"Dòng ghi «{SAMPLE}» không được nhập.", width=6),
    C("received_on", R.DAY, Case.received_on, help=f"{DAYS} Bắt buộc."),
    C("unit", R.UNIT, Case.unit_id, help="Một đơn vị có trong danh mục. Bắt buộc.", width=28),
    C("way", R.CHOICE, Case.way, choices=Way, help="Bắt buộc khi kết luận là nạn nhân.", width=20),
    C("full_name", R.TEXT, Person.full_name, also=("Họ tên", "Họ, tên"), help="Bắt buộc.", width=24),
    C("sex", R.CHOICE, Person.sex, choices=Sex, width=9),
    C(
        "birth",
        R.BIRTH,
        Person.birth,
        also=("Năm sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh"),
        help="ngày/tháng/năm, tháng/năm hoặc chỉ năm sinh; biết đến đâu ghi đến đó.",
        width=12,
    ),
    C("ethnic", R.TEXT, Person.ethnic, width=10),
    C(
        "identity_number",
        R.IDENTITY,
        Person.identity_number,
        also=("Số CMND", "Số CCCD", "CMND/CCCD", "Số CMND, CCCD"),
        help="9 hoặc 12 chữ số, có thể để trống. Nên định dạng ô là chữ để không mất số 0 ở đầu.",
        width=15,
    ),
    C(
        "district",
        R.DISTRICT,
        Case.home_district_id,
        "Huyện/Thành phố",
        ("Huyện/TP", "Huyện, thành phố", "Huyện/Thành phố cư trú", "Huyện, thành phố cư trú"),
        help="Nơi cư trú. Người tỉnh khác: «Ngoài tỉnh – tên tỉnh».",
        width=20,
    ),
    C(
        "commune",
        R.COMMUNE,
        Case.home_commune_text,
        "Xã/Phường",
        ("Xã/Phường/Thị trấn", "Xã, phường, thị trấn", "Xã, phường", "Xã, phường cư trú"),
        help="Tên có vào ngày tiếp nhận; tên khác vẫn được giữ, có cảnh báo.",
        width=18,
    ),
    C(
        "place",
        R.PLACE,
        Case.place,
        help="Tên nước; «Tại tỉnh» hoặc tên tỉnh mình; hoặc tên tỉnh khác. Bắt buộc khi kết luận là nạn nhân.",
        width=16,
    ),
    C("purpose", R.PURPOSE, Case.purpose, choices=Purpose, width=22),
    C("requested_on", R.DAY, VerificationRequest.requested_on, help=DAYS),
    C("verifier", R.UNIT, VerificationRequest.unit_id, help="Một đơn vị có trong danh mục.", width=24),
    C("concluded_on", R.DAY, Conclusion.concluded_on, help=f"{DAYS} Không trước ngày đề nghị xác minh."),
    C("outcome", R.CHOICE, Conclusion.outcome, choices=Outcome, help="Để trống khi còn xác minh.", width=20),
    C("paper_number", R.TEXT, Conclusion.paper_number, help="Giấy xác nhận là nạn nhân; số có thể trùng."),
    C("needs_protection", R.YES_NO, Case.id, "Nhu cầu bảo vệ", help="Có hoặc Không.", width=10),
    C(
        "measured_on",
        R.DAY,
        ProtectionMeasure.measure,
        "Ngày áp dụng bảo vệ",
        help=f"{DAYS} Bắt buộc khi có biện pháp.",
    ),
    C("measures", R.MEASURES, ProtectionMeasure.measure, help="Nhiều biện pháp: ngăn bằng dấu ;", width=30),
    *(_support(kind) for kind in SupportKind),
    C("delivered_on", R.DAY, Delivery.delivered_on, help=f"{DAYS} Bắt buộc khi có khoản đã hỗ trợ."),
    C("fund", R.CHOICE, Delivery.fund, choices=FundSource, help="Của các khoản tiền, trừ vay vốn.", width=22),
    C("note", R.TEXT, Case.note, width=30),
)
BY_KEY = {column.key: column for column in FORM}
SUPPORTS = {column.kind: column for column in FORM if column.kind}
REQUIRED = ("received_on", "unit", "full_name")

REASON = "Lý do bị từ chối"  # of the file of refused rows; not read when it comes back
OLD_ROW = "Dòng trong sổ cũ"  # beside the reason: where the row stood; not read when it comes back
MORE = "Hệ thống ghi thêm"  # what a file holds beyond the form; not read when it comes back
CODE = "Số hồ sơ (hệ thống)"  # of the register out; not read when it comes back
UNREAD = (REASON, OLD_ROW, MORE, CODE)


@lru_cache(maxsize=4096)
def word(text: str) -> str:
    """A heading or choice as it is compared: folded, signs are spaces. `Huyện/Thành phố` → `huyen thanh pho`."""
    return NOT_A_WORD.sub(" ", fold(text.replace("&", " và "))).strip()


HEADINGS: dict[str, Column] = {word(name): column for column in FORM for name in (column.heading, *column.also)}
IGNORED = frozenset(word(name) for name in UNREAD)
