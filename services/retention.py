"""How long a closed file is kept (thời hạn lưu hồ sơ): the office's own value, with its document.

No national text was read that gives it, so nothing is computed until the office enters it. The file of
somebody who is not a victim has a value of its own, so that its life can be shorter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.cases import Closing
from db.verification import Conclusion, Outcome
from services.deadlines import add_months
from services.law.values import office_figure
from services.limits import office_figures
from services.text import vn_date
from services.work import Work

NOT_VICTIM, VICTIM = "retention:not_victim", "retention:victim"
KEYS = {
    NOT_VICTIM: "Thời hạn lưu hồ sơ: không phải nạn nhân",
    VICTIM: "Thời hạn lưu hồ sơ: nạn nhân, chưa đủ căn cứ",
}
NO_BASIS = "Chưa có thời hạn lưu: nhập số văn bản ở trang Pháp luật."


@dataclass(frozen=True)
class Keeping:
    """Until when a closed file is kept, and by which document; both empty while the office gave no value."""

    until: date | None = None
    document: str = ""

    @property
    def words(self) -> str:
        return f"Lưu đến hết ngày {vn_date(self.until)}, theo {self.document}." if self.until else NO_BASIS


def keeping(work: Work, closing: Closing, conclusions: Sequence[Conclusion]) -> Keeping:
    """The keeping time of a closed file, by the value in force today. `conclusions` in the order of their days."""
    not_victim = bool(conclusions) and conclusions[-1].outcome is Outcome.NOT_VICTIM
    figure = office_figure(NOT_VICTIM if not_victim else VICTIM, work.today, office_figures(work))
    if figure is None:
        return Keeping()
    return Keeping(add_months(closing.closed_on, figure.value), figure.document)
