"""What several roles do alike: the chapters their guides share."""

from services.guide.model import Chapter, Step

SEVERAL = Step(
    "Nhiều người cùng một vụ việc: ghi thông tin chung một lần rồi ghi từng người; trẻ em đi cùng, người thân "
    "thích ghi vào hồ sơ của người họ đi cùng; cuối cùng đề nghị xác minh cho tất cả.",
    "intake",
)
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
        Step("Đang ghi phiếu tiếp nhận, hồ sơ của người có tên giống hiện ngay bên cạnh: mở ra so trước khi lưu."),
        Step("Hồ sơ của đơn vị khác thì chỉ hiện nơi cần liên hệ; gọi hỏi nơi đó trước khi lập hồ sơ mới."),
        Step("Hai người trùng tên là hai hồ sơ; một người được tiếp nhận lại có hồ sơ mới."),
        Step(
            "Hồ sơ có thể là của cùng một người thì trang hồ sơ nhắc «Đối chiếu hai hồ sơ»: ghép khi cùng một lần "
            "tiếp nhận, liên kết khi là lần khác, hoặc ghi là người khác. Kết quả nào cũng bỏ lại được."
        ),
        Step("Bấm tên cột để sắp xếp; danh sách đã lọc lưu lại được, chia sẻ, in và xuất.", "cases"),
        Step("Cùng một việc cho nhiều người: ở danh sách bấm «Làm cho nhiều hồ sơ», xem trước rồi ghi.", "cases"),
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
        Step(
            "Mất điện, hết phiên khi đang gõ: đăng nhập lại, nội dung gõ dở còn ở trang Hôm nay, «Đang nhập dở».",
            "",
        ),
        Step(
            "Người khác vừa lưu cùng nội dung ấy: hai bản hiện cạnh nhau. Giữ ô của bạn thì bấm lưu lần nữa; "
            "lấy của họ thì bấm «Lấy nội dung của người khác»."
        ),
    ),
)
DEADLINES = Chapter(
    "Thời hạn",
    (
        Step("Việc sắp đến hạn, quá hạn hiện ở trang Hôm nay; trong hồ sơ có ngày hạn và văn bản quy định.", ""),
        Step("Văn bản không quy định ngày, hoặc chưa có căn cứ, thì phần mềm ghi đúng như vậy, không tự đặt hạn."),
        Step("Tra thời hạn, mức, biểu mẫu, địa bàn của một ngày bất kỳ, kèm điều khoản: trang Pháp luật.", "law"),
        Step("Đầu giờ bấm «In danh sách việc» ở trang Hôm nay để có danh sách trên giấy; dùng xong thì hủy.", ""),
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
WORDING = Step("Lời văn, ký hiệu, việc phần mềm cấp số hay không: sửa ở trang Mẫu văn bản.", "templates")
LETTERS = Chapter(
    "Văn bản của hồ sơ",
    (
        Step("Trong hồ sơ, phần Văn bản, bấm «Lập văn bản»: nội dung lấy từ hồ sơ, chỗ chưa biết in dòng chấm."),
        Step("Phần Việc tiếp theo nhắc văn bản còn thiếu: đề nghị xác minh, trả lời, biên bản bàn giao."),
        Step("Bên cạnh biểu có danh sách chỗ còn thiếu; đã có văn bản cùng loại thì phần mềm nhắc."),
        Step("Tải PDF, in và trình ký. Văn bản ký về: chọn «Ghi số, ngày văn bản», gửi bản chụp ngay ở đó."),
        Step("Văn bản đã ban hành không sửa được; sai thì hủy, ghi lý do và lập văn bản khác."),
    ),
    ordered=True,
)
WITH_WORDING = Chapter(LETTERS.title, (*LETTERS.steps, WORDING), ordered=True)
SCANS = Chapter(
    "Bản chụp giấy tờ",
    (
        Step("Trong hồ sơ, phần Bản chụp giấy tờ, bấm «Thêm bản chụp»: PDF, ảnh JPEG hoặc PNG, tối đa 10 MB."),
        Step("Điện thoại chụp được ngay; phần mềm tự bỏ nơi chụp, máy chụp. Không chụp văn bản đóng dấu MẬT."),
        Step("Bấm «Mở» để xem; mỗi lần xem được ghi lại. Tệp đã tải về máy thì xem xong phải xóa."),
    ),
)
MISSING = Step(
    "Dòng «Còn thiếu» ở đầu hồ sơ là điều chưa hỏi; bấm vào để ghi thêm. Không biết thì chọn «Chưa rõ»."
)
LISTS = Chapter(
    "Danh sách",
    (
        Step("Lọc, sắp xếp danh sách; cần dùng lại thì mở «Danh sách đã lưu», chọn «Lưu danh sách này».", "cases"),
        Step("Danh sách lưu có thể chia sẻ với một vai trò; mỗi người vẫn chỉ thấy hồ sơ của mình."),
    ),
)
PRINTING = Step("«In, xuất»: in danh sách ra PDF hoặc Excel. Bản in có tên người, dùng xong thì hủy.")
MANY_AT_ONCE = Step(
    "Cùng một việc cho nhiều hồ sơ: mở danh sách, chọn «Làm cho nhiều hồ sơ», xem trước, bỏ hồ sơ không muốn "
    "ghi, rồi mới ghi.",
    "cases",
)
WITH_MANY = Chapter(LISTS.title, (*LISTS.steps, PRINTING, MANY_AT_ONCE))
MISTAKES = Chapter(
    "Ghi nhầm, xóa nhầm",
    (
        Step("Dòng ghi nhầm: bấm «Xóa» ở dòng ấy và ghi lý do; nội dung vẫn được giữ kín."),
        Step("Xóa nhầm: bấm «Hoàn tác» ngay sau đó, hoặc «Khôi phục» ở cuối hồ sơ."),
        Step("Bước đã làm (đề nghị, kết luận, kết thúc) chỉ xóa được khi là bước sau cùng của hồ sơ."),
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

HANDING = Chapter(
    "Bàn giao, chuyển gửi",
    (
        Step("Bàn giao, trao trả: chọn những người được giao, ghi bên giao nhận, nơi giao, số biên bản."),
        Step("Nhiều hồ sơ chung một biên bản: ghi cùng số biên bản, văn bản in đủ tên mọi người."),
        Step(
            "Nạn nhân là người nước ngoài: danh sách «Người nước ngoài chờ trao trả», ghi biên bản khi giao xong."
        ),
        Step("Giao hồ sơ cho đơn vị khác: đơn vị ấy xem và làm phần việc của mình trong thời gian ghi."),
        Step("Giới thiệu đến nơi khác: ghi nơi đến và điều cần giúp; nơi đến không vì thế mà xem được hồ sơ."),
    ),
)
