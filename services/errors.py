"""What can go wrong, in the words people read. One tree; each error says what to do next."""


class AppError(Exception):
    """Foreseen. `sentence` is shown as it is; it never carries a value about a person."""

    sentence = "Có lỗi xảy ra."

    def __init__(self, sentence: str | None = None) -> None:
        self.sentence = sentence or self.sentence
        super().__init__(self.sentence)


class Refused(AppError):
    """Not allowed, or not there: the two look the same."""

    sentence = "Không tìm thấy, hoặc bạn không có quyền với nội dung này."


class SignedOut(AppError):
    sentence = "Phiên làm việc đã kết thúc. Mời đăng nhập lại."


class Invalid(AppError):
    """What was typed cannot be kept. `problems`: field → sentence."""

    sentence = "Có ô chưa đúng. Xem câu nhắc bên cạnh từng ô."

    def __init__(self, problems: dict[str, str] | None = None, sentence: str | None = None) -> None:
        self.problems = problems or {}
        only = sentence or " ".join(self.problems.values())
        super().__init__(only or None)


class Conflict(AppError):
    sentence = "Người khác vừa sửa nội dung này. Tải lại để xem bản mới, rồi nhập lại phần của bạn."


class NotReady(AppError):
    """The step exists, but something must be done first."""
