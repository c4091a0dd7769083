"""Rows of a register that are refused, or kept with a warning."""

from datetime import datetime
from typing import Any

import pytest

from services.importing import Status
from services.office import Office
from tests.services.register_sheets import reasons, refusals, row_of, warned

REFUSED_ROWS: list[tuple[dict[str, Any], str]] = [
    ({"received_on": "31/02/2018"}, "Ngày tiếp nhận"),
    ({"received_on": datetime(2031, 1, 1)}, "Ngày tiếp nhận"),
    ({"received_on": None}, "Ngày tiếp nhận"),
    ({"received_on": "tháng ba"}, "Ngày tiếp nhận"),
    ({"received_on": True}, "Ngày tiếp nhận"),
    ({"requested_on": "30.02.2018"}, "Ngày đề nghị xác minh"),
    ({"requested_on": "01/01/2040"}, "Ngày đề nghị xác minh"),
    ({"concluded_on": "31/11/2018"}, "Ngày kết luận"),
    ({"concluded_on": "01/01/2040"}, "Ngày kết luận"),
    ({"measured_on": "32/01/2018"}, "Ngày áp dụng bảo vệ"),
    ({"measured_on": "01/01/2040"}, "Ngày áp dụng bảo vệ"),
    ({"delivered_on": "29/02/2018"}, "Ngày hỗ trợ"),
    ({"delivered_on": "01/01/2040"}, "Ngày hỗ trợ"),
    ({"birth": "31/04/1999"}, "Ngày sinh"),
    ({"birth": "13/1999"}, "Ngày sinh"),
    ({"full_name": None}, "Họ và tên"),
    ({"full_name": "   "}, "Họ và tên"),
    ({"birth": datetime(2018, 3, 6)}, "Ngày sinh"),
    ({"birth": "2019"}, "Ngày sinh"),
    ({"birth": "2030"}, "Ngày sinh"),
    ({"concluded_on": datetime(2018, 3, 5)}, "Ngày kết luận"),
    ({"concluded_on": None}, "Ngày kết luận"),
    ({"outcome": None}, "Kết luận"),
    ({"place": None}, "Nơi bị mua bán"),
    ({"place": "Chưa rõ"}, "Nơi bị mua bán"),
    ({"way": None}, "Hình thức tiếp nhận"),
    ({"delivered_on": None}, "Ngày hỗ trợ"),
    ({"measured_on": None}, "Ngày áp dụng bảo vệ"),
    ({"support_essentials": "một triệu rưỡi"}, "Nhu cầu thiết yếu"),
    ({"support_loan": "1,5 triệu"}, "Vay vốn"),
    ({"support_medical": -5}, "Y tế"),
    ({"support_medical": 10.5}, "Y tế"),
    ({"support_medical": 10**15}, "Y tế"),
    ({"unit": "Công an Sa Pa"}, "Đơn vị tiếp nhận"),
    ({"unit": None}, "Đơn vị tiếp nhận"),
    ({"verifier": "Công an huyện Sa Pa"}, "Cơ quan xác minh"),
    ({"district": "Huyện Sa Pa"}, "Huyện/Thành phố"),
    ({"district": "Ngoài tỉnh – Bắc Kạn"}, "Huyện/Thành phố"),
    ({"way": "Nhặt được"}, "Hình thức tiếp nhận"),
    ({"outcome": "Có thể"}, "Kết luận"),
    ({"full_name": "#REF!"}, "Họ và tên"),
    ({"paper_number": "9" * 61}, "Số giấy xác nhận"),
]


@pytest.mark.parametrize(("changed", "column"), REFUSED_ROWS)
def test_a_row_is_refused_in_its_column(office: Office, changed: dict[str, Any], column: str) -> None:
    line = row_of(office, **changed)
    assert line.status is Status.REFUSED and line.row is None
    assert refusals(line) == [column]
    assert reasons(line.refusals).endswith((".", "»."))


def test_every_reason_of_a_row_is_said(office: Office) -> None:
    line = row_of(office, full_name=None, received_on="31/02/2018", way="Nhặt được", support_loan="nhiều")
    assert set(refusals(line)) == {"Ngày tiếp nhận", "Họ và tên", "Hình thức tiếp nhận", "Vay vốn"}


WARNED_ROWS: list[tuple[dict[str, Any], str]] = [
    ({"requested_on": "01/03/2018"}, "Ngày đề nghị xác minh"),
    ({"requested_on": None, "verifier": None, "concluded_on": "01/03/2018"}, "Ngày kết luận"),
    ({"measured_on": "01/03/2018"}, "Ngày áp dụng bảo vệ"),
    ({"delivered_on": "01/03/2018"}, "Ngày hỗ trợ"),
    ({"commune": "Xã Không Có"}, "Xã/Phường"),
    ({"commune": "Xã Trần Phú"}, "Xã/Phường"),  # only since 01/7/2025
    ({"purpose": "Để làm con nuôi"}, "Mục đích mua bán"),
    ({"sex": "Khác"}, "Giới tính"),
    ({"fund": "Tiền riêng"}, "Nguồn kinh phí"),
    ({"needs_protection": "Có lẽ", "measures": None, "measured_on": None}, "Nhu cầu bảo vệ"),
    ({"needs_protection": "Không"}, "Nhu cầu bảo vệ"),
    ({"measures": None}, "Ngày áp dụng bảo vệ"),
    ({"place": "Xứ lạ"}, "Nơi bị mua bán"),
    ({"district": "Ngoài tỉnh", "commune": None}, "Huyện/Thành phố"),
    ({"support_travel": 0}, "Chi phí đi lại"),
    ({"birth": "1890"}, "Ngày sinh"),
    ({"unit": "Sở Y tế"}, "Đơn vị tiếp nhận"),
]


@pytest.mark.parametrize(("changed", "column"), WARNED_ROWS)
def test_a_row_is_kept_with_a_warning(office: Office, changed: dict[str, Any], column: str) -> None:
    line = row_of(office, **changed)
    assert line.status is Status.NEW
    assert warned(line) == [column]
