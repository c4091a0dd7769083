"""What each role does, in the order of a day's work."""

from services.guide.common import (
    HANDING,
    LETTERS,
    LISTS,
    MISSING,
    MISTAKES,
    REPORTING,
    SCANS,
    SEVERAL,
    WITH_MANY,
    WITH_WORDING,
)
from services.guide.model import Chapter, Step

LABOUR = (
    Chapter(
        "Việc hằng ngày",
        (
            Step("Mở trang Hôm nay: làm từ trên xuống, việc quá hạn trước.", ""),
            Step("Có người mới: tìm tên, chưa có thì ghi phiếu tiếp nhận.", "intake"),
            SEVERAL,
            MISSING,
            Step("Gửi đề nghị xác minh cho cơ quan công an, ghi số và ngày văn bản vào hồ sơ.", "verification"),
            Step("Hỏi và ghi nhu cầu hỗ trợ; hỗ trợ xong ghi ngày, số tiền, nguồn kinh phí.", "support"),
            Step("Không phải nạn nhân: giải thích, hoàn thành phần đang hỗ trợ, giới thiệu nơi giúp đỡ khác."),
            Step("Bấm «Giới thiệu, chuyển gửi» để ghi nơi đến; hết việc thì kết thúc hồ sơ và ghi kết quả."),
        ),
        ordered=True,
    ),
    HANDING,
    Chapter(
        "Mức, thời hạn đơn vị nhập",
        (
            Step("Chỗ ghi «chưa có căn cứ» mà đã có văn bản: nhập mức, số, ngày văn bản ở phần Cần nhập.", "law"),
            Step("Mức riêng của tỉnh: «Nhập mức của tỉnh» ở dòng của mức ấy; giá trị cũ vẫn giữ nguyên.", "law"),
            Step("Nhập ngày nghỉ lễ, tết theo thông báo của từng năm, trước khi năm bắt đầu.", "law"),
        ),
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
    WITH_WORDING,
    SCANS,
    WITH_MANY,
    MISTAKES,
    REPORTING,
)
POLICE = (
    Chapter(
        "Việc hằng ngày",
        (
            Step("Mở trang Hôm nay: các đề nghị xác minh chờ trả lời, việc quá hạn đứng trên.", ""),
            Step("Tiếp nhận người được giải cứu, trao trả, tự đến trình báo.", "intake"),
            SEVERAL,
            MISSING,
            Step("Ghi tài liệu, chứng cứ; kết luận, ghi số văn bản và giấy xác nhận.", "verification"),
            Step("Vụ việc phức tạp: «Gia hạn xác minh», ghi lý do, số văn bản và hạn mới.", "verification"),
            Step("Kết luận bị thủ trưởng trả lại: đọc lý do ở đầu hồ sơ, xác minh thêm rồi kết luận lại."),
            Step("Kết luận «là nạn nhân» cần rõ nơi bị mua bán và hình thức tiếp nhận: thống kê tính từ đó."),
            Step("Nạn nhân, người thân có nhu cầu bảo vệ: ghi nhu cầu và biện pháp đã áp dụng.", "protection"),
        ),
        ordered=True,
    ),
    Chapter(
        "Khi có tình tiết mới",
        (Step("Mở lại hồ sơ đã kết luận, ghi lý do. Kết luận cũ vẫn tính vào kỳ đã báo cáo.", "verification"),),
    ),
    Chapter(
        "Thủ trưởng đơn vị",
        (
            Step("Trang Hôm nay, «Kết luận chờ duyệt»: mở hồ sơ, bấm «Cho ý kiến về kết luận».", ""),
            Step("Đồng ý, hoặc trả lại trong 7 ngày và ghi lý do; kết luận bị trả lại không tính vào số liệu."),
            Step("Cũng ở đó: nội dung cán bộ của đơn vị đã xóa trong 7 ngày, khôi phục được."),
        ),
    ),
    HANDING,
    WITH_WORDING,
    SCANS,
    WITH_MANY,
    MISTAKES,
    REPORTING,
)
LOCAL = (
    Chapter(
        "Việc hằng ngày",
        (
            Step("Mở trang Hôm nay: hồ sơ của người cư trú hoặc được tiếp nhận tại địa bàn.", ""),
            Step("Người tự trở về đến trình báo: ghi phiếu ngay, điều chưa biết bổ sung sau.", "intake"),
            SEVERAL,
            MISSING,
            Step("Nhu cầu thiết yếu, đi lại, y tế là hỗ trợ ban đầu: làm và ghi trước.", "support"),
            Step("Thăm gia đình, hỗ trợ hòa nhập: ghi từng lần hỗ trợ, số tiền, nguồn."),
        ),
        ordered=True,
    ),
    HANDING,
    Chapter(
        "Bạn thấy gì",
        (Step("Chỉ hồ sơ của địa bàn hoặc được giao cho đơn vị bạn; không thấy thông tin bảo vệ.", "cases"),),
    ),
    LETTERS,
    SCANS,
    WITH_MANY,
    MISTAKES,
    REPORTING,
)
SHELTER = (
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
    SCANS,
    LISTS,
    MISTAKES,
)
PARTNER = (
    Chapter(
        "Khi được giao một hồ sơ",
        (
            Step("Hồ sơ được giao hiện ở danh sách Hồ sơ. Chỉ xem phần cần cho việc của cơ quan bạn.", "cases"),
            Step("Bản chụp giấy tờ trong hồ sơ: bấm «Mở» để xem; giấy tờ tùy thân không hiện với bạn."),
            Step("Làm xong, trả lời cơ quan đã giao bằng văn bản; họ ghi kết quả vào hồ sơ."),
            Step("Hết thời gian giao, hồ sơ tự đóng với bạn."),
        ),
        ordered=True,
    ),
    Chapter("Nhiệm vụ trong Kế hoạch", (Step("Xem nội dung giao cho cơ quan bạn và thời hạn.", "plan"),)),
)
LEADER = (
    Chapter(
        "Xem gì ở đây",
        (
            Step("Kế hoạch: từng nội dung, ai chủ trì, ai phối hợp, thời hạn, làm ở đâu trên phần mềm.", "plan"),
            Step("Số liệu chính thức đọc ở báo cáo đã ký do Sở trình; phần mềm không hiện danh tính."),
            Step("Cần số liệu đột xuất: yêu cầu Sở lập báo cáo của kỳ đó, có số liệu trong ngày."),
        ),
    ),
)
ADMIN = (
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
            Step("Chép bản sao lưu đi nơi khác thì chép cả thư mục files bên cạnh: bản chụp giấy tờ nằm ở đó."),
            Step("Khôi phục thử một bản sao lưu vào thư mục khác; khóa mã hóa cất riêng, khác nơi với dữ liệu."),
            Step("Rà danh sách tài khoản với từng đơn vị: ai còn làm, vai trò còn đúng không.", "accounts"),
        ),
    ),
    Chapter("Bạn thấy gì", (Step("Tài khoản, đơn vị, nhật ký không có danh tính; không mở được hồ sơ nào."),)),
)
