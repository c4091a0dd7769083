"""The guide (Hướng dẫn): one page a role, as data. What to do each day, and what is never typed in."""

from dataclasses import dataclass

from db.accounts import Role

ROLES = tuple(Role)


@dataclass(frozen=True)
class Step:
    """One sentence. `screen` is the address of the screen where it is done."""

    text: str
    screen: str | None = None


@dataclass(frozen=True)
class Chapter:
    title: str
    steps: tuple[Step, ...]
    ordered: bool = False  # steps that follow one another


@dataclass(frozen=True)
class Guide:
    """The page of one role: what it is for, its days, then what everybody must know."""

    role: Role
    purpose: str
    chapters: tuple[Chapter, ...]


def of(role: Role) -> Guide:
    """The guide of a role. Every role has one."""
    purpose, own = _OWN[role]
    common = ABOUT_SYSTEM if role in _WITHOUT_CASES else ABOUT_CASES
    return Guide(role, purpose, (*own, *common))


SIGNING_IN = Chapter(
    "Đăng nhập và rời máy",
    (
        Step("Mở địa chỉ của phần mềm trong mạng cơ quan, gõ tên đăng nhập và mật khẩu được cấp."),
        Step("Mật khẩu từ 12 ký tự, nên là một câu dễ nhớ; không đưa cho người khác, không dán ở máy."),
        Step("Rời máy 30 phút, phiên làm việc tự kết thúc; mỗi phiên dài nhất 8 giờ."),
        Step("Xong việc hoặc rời chỗ ngồi: bấm Đăng xuất ở cuối cột bên trái."),
        Step("Quên mật khẩu, đổi vị trí công tác, nghi người khác dùng tài khoản: báo ngay người quản trị."),
    ),
)
SEARCHING = Chapter(
    "Tìm trước, nhập sau",
    (
        Step("Trước khi tiếp nhận một người, tìm theo họ tên: gõ có dấu hay không dấu đều được.", "cases"),
        Step("Có số CMND/CCCD thì gõ đủ 9 hoặc 12 chữ số; số hồ sơ gõ đúng như trên giấy."),
        Step("Hai người trùng tên là hai hồ sơ; một người được tiếp nhận lại có hồ sơ mới."),
        Step("Mỗi lần mở một hồ sơ, phần mềm ghi lại ai đã xem, lúc nào. Chỉ mở hồ sơ cần cho công việc."),
    ),
)
FORMS = Chapter(
    "Ghi vào biểu",
    (
        Step("Ngày ghi ngày/tháng/năm, ví dụ 03/07/2018. Ngày sinh không rõ thì ghi tháng/năm hoặc chỉ năm."),
        Step("Số tiền ghi bằng đồng, ví dụ 1.440.000. Ô có dấu * là ô phải ghi."),
        Step("Chưa rõ thì chọn «Chưa rõ»; để trống nghĩa là chưa hỏi."),
        Step("Chỉ khi thấy chữ «Đã lưu» thì nội dung mới được ghi."),
        Step("Ô sai có câu nhắc ngay bên cạnh; chữ đã gõ còn nguyên."),
    ),
)
DEADLINES = Chapter(
    "Thời hạn",
    (
        Step("Việc sắp đến hạn, quá hạn hiện ở trang Hôm nay; trong hồ sơ có ngày hạn và văn bản quy định.", ""),
        Step("Văn bản không quy định ngày, hoặc chưa có căn cứ, thì phần mềm ghi đúng như vậy, không tự đặt hạn."),
    ),
)
SECRETS = Chapter(
    "Không nhập vào phần mềm",
    (
        Step("Văn bản đóng dấu MẬT, TỐI MẬT, TUYỆT MẬT và nội dung của chúng."),
        Step(
            "Hồ sơ bảo vệ nạn nhân (kế hoạch, nơi tạm lánh, người canh giữ): là tài liệu mật. Phần mềm chỉ ghi "
            "loại biện pháp, ngày, đơn vị, số văn bản."
        ),
        Step("Không chụp màn hình có tên người; không gửi danh sách qua thư điện tử, Zalo, mạng xã hội."),
        Step("Tệp, bản in có danh tính: giữ như hồ sơ giấy, xong việc thì hủy."),
    ),
)
REPORTING = Chapter(
    "Báo cáo ngày 25",
    (
        Step("Báo cáo quý gửi ngày 25 tháng cuối quý; năm, 3 năm, 5 năm gửi ngày 25 tháng 12.", "plan"),
        Step("Từ ngày 20: xem số liệu của kỳ, mở danh sách chưa được phục vụ, làm nốt việc thiếu.", "statistics"),
        Step("Mở Báo cáo, chọn kỳ và đơn vị, ghi đánh giá, khó khăn, đề xuất, số và ngày, rồi lưu.", "reports"),
        Step("Tải PDF để trình ký, Excel để gửi kèm. Số liệu trong hai bản như nhau và như trên màn hình."),
    ),
    ordered=True,
)

ABOUT_SYSTEM = (SIGNING_IN, SECRETS)
ABOUT_CASES = (SIGNING_IN, SEARCHING, FORMS, DEADLINES, SECRETS)

_LABOUR = (
    Chapter(
        "Việc hằng ngày",
        (
            Step("Mở trang Hôm nay: làm từ trên xuống, việc quá hạn trước.", ""),
            Step("Có người mới: tìm tên, chưa có thì ghi phiếu tiếp nhận.", "intake"),
            Step("Gửi đề nghị xác minh cho cơ quan công an, ghi số và ngày văn bản vào hồ sơ.", "verification"),
            Step("Hỏi và ghi nhu cầu hỗ trợ; hỗ trợ xong ghi ngày, số tiền, nguồn kinh phí.", "support"),
            Step("Hết việc thì kết thúc hồ sơ và ghi kết quả."),
        ),
        ordered=True,
    ),
    Chapter(
        "Sổ Excel đang dùng",
        (
            Step("Tải mẫu trống, hoặc dùng sổ sẵn có: thứ tự cột không quan trọng, tên cột phải đúng.", "import"),
            Step("Tải sổ lên: phần mềm đọc thử, chưa ghi gì. Xem dòng bị từ chối và lý do."),
            Step("Bấm Nhập sổ để ghi các dòng đúng. Tải các dòng bị từ chối về, sửa, nhập lại."),
            Step("Nhập nhầm thì hoàn tác cả đợt, khi chưa ai sửa các hồ sơ đó."),
        ),
        ordered=True,
    ),
    REPORTING,
)
_POLICE = (
    Chapter(
        "Việc hằng ngày",
        (
            Step("Mở trang Hôm nay: các đề nghị xác minh chờ trả lời, việc quá hạn đứng trên.", ""),
            Step("Tiếp nhận người được giải cứu, trao trả, tự đến trình báo.", "intake"),
            Step("Ghi tài liệu, chứng cứ; kết luận, ghi số văn bản và giấy xác nhận.", "verification"),
            Step("Kết luận «là nạn nhân» cần rõ nơi bị mua bán và hình thức tiếp nhận: thống kê tính từ đó."),
            Step("Nạn nhân, người thân có nhu cầu bảo vệ: ghi nhu cầu và biện pháp đã áp dụng.", "protection"),
        ),
        ordered=True,
    ),
    Chapter(
        "Khi có tình tiết mới",
        (Step("Mở lại hồ sơ đã kết luận, ghi lý do. Kết luận cũ vẫn tính vào kỳ đã báo cáo.", "verification"),),
    ),
    REPORTING,
)
_LOCAL = (
    Chapter(
        "Việc hằng ngày",
        (
            Step("Mở trang Hôm nay: hồ sơ của người cư trú hoặc được tiếp nhận tại địa bàn.", ""),
            Step("Người tự trở về đến trình báo: ghi phiếu ngay, điều chưa biết bổ sung sau.", "intake"),
            Step("Nhu cầu thiết yếu, đi lại, y tế là hỗ trợ ban đầu: làm và ghi trước.", "support"),
            Step("Thăm gia đình, hỗ trợ hòa nhập: ghi từng lần hỗ trợ, số tiền, nguồn."),
        ),
        ordered=True,
    ),
    Chapter(
        "Bạn thấy gì",
        (Step("Chỉ hồ sơ của địa bàn hoặc được giao cho đơn vị bạn; không thấy thông tin bảo vệ.", "cases"),),
    ),
    REPORTING,
)
_SHELTER = (
    Chapter(
        "Việc hằng ngày",
        (
            Step("Mở trang Hôm nay: người đang được giao cho cơ sở và nhu cầu chưa được hỗ trợ.", ""),
            Step("Hỏi nhu cầu ngay ngày đầu, ghi cả nhu cầu bị từ chối.", "support"),
            Step("Mỗi lần hỗ trợ ghi ngày, loại, số tiền (nếu có), nguồn kinh phí."),
            Step("Ngày vào, ngày ra, chỗ ở: ghi ở sổ của cơ sở, chưa có trên phần mềm."),
        ),
        ordered=True,
    ),
    Chapter(
        "Bạn thấy gì",
        (Step("Chỉ hồ sơ được giao cho cơ sở, trong thời gian giao; hết hạn, hồ sơ tự đóng với bạn.", "cases"),),
    ),
)
_PARTNER = (
    Chapter(
        "Khi được giao một hồ sơ",
        (
            Step("Hồ sơ được giao hiện ở danh sách Hồ sơ. Chỉ xem phần cần cho việc của cơ quan bạn.", "cases"),
            Step("Làm xong, trả lời cơ quan đã giao bằng văn bản; họ ghi kết quả vào hồ sơ."),
            Step("Hết thời gian giao, hồ sơ tự đóng với bạn."),
        ),
        ordered=True,
    ),
    Chapter("Nhiệm vụ trong Kế hoạch", (Step("Xem nội dung giao cho cơ quan bạn và thời hạn.", "plan"),)),
)
_LEADER = (
    Chapter(
        "Xem gì ở đây",
        (
            Step("Kế hoạch: từng nội dung, ai chủ trì, ai phối hợp, thời hạn, làm ở đâu trên phần mềm.", "plan"),
            Step("Số liệu chính thức đọc ở báo cáo đã ký do Sở trình; phần mềm không hiện danh tính."),
            Step("Cần số liệu đột xuất: yêu cầu Sở lập báo cáo của kỳ đó, có số liệu trong ngày."),
        ),
    ),
)
_ADMIN = (
    Chapter(
        "Việc hằng ngày",
        (
            Step("Mở trang Hôm nay: bản sao lưu gần nhất phải dưới 24 giờ.", ""),
            Step("Lập tài khoản khi có đề nghị của thủ trưởng đơn vị; mỗi người một tài khoản.", "accounts"),
            Step("Người nghỉ, chuyển việc: khóa tài khoản trong ngày. Khóa xong, trang đang mở của họ đóng ngay."),
            Step("Người quên mật khẩu: gặp trực tiếp hoặc gọi lại số đã biết, rồi đặt mật khẩu mới."),
        ),
    ),
    Chapter(
        "Việc hằng tháng",
        (
            Step("Mở Nhật ký, bấm Kiểm tra toàn bộ. Có dòng sai thì báo thủ trưởng, giữ nguyên máy.", "trail"),
            Step("Khôi phục thử một bản sao lưu vào thư mục khác; khóa mã hóa cất riêng, khác nơi với dữ liệu."),
            Step("Rà danh sách tài khoản với từng đơn vị: ai còn làm, vai trò còn đúng không.", "accounts"),
        ),
    ),
    Chapter("Bạn thấy gì", (Step("Tài khoản, đơn vị, nhật ký không có danh tính; không mở được hồ sơ nào."),)),
)

_WITHOUT_CASES = frozenset({Role.LEADER, Role.ADMIN})
_OWN: dict[Role, tuple[str, tuple[Chapter, ...]]] = {
    Role.LABOUR_DEPT: ("Cơ quan thường trực: hỗ trợ nạn nhân, tổng hợp và báo cáo toàn tỉnh.", _LABOUR),
    Role.POLICE: ("Tiếp nhận, xác minh, xác định và bảo vệ nạn nhân.", _POLICE),
    Role.LOCAL: ("Tiếp nhận tại địa bàn, hỗ trợ ban đầu và giúp hòa nhập cộng đồng.", _LOCAL),
    Role.SHELTER: ("Nơi ở tạm và hỗ trợ cho người được giao cho cơ sở.", _SHELTER),
    Role.PARTNER: ("Phối hợp theo hồ sơ được giao và nhiệm vụ trong Kế hoạch.", _PARTNER),
    Role.LEADER: ("Theo dõi việc thực hiện Kế hoạch.", _LEADER),
    Role.ADMIN: ("Giữ cho phần mềm chạy, đúng người vào, dữ liệu không mất.", _ADMIN),
}
