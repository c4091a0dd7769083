"""Registers brought in from Excel: the batch, and what it changed, so that it can be undone."""

from datetime import datetime

from db.base import Row, UtcDateTime
from db.fields import Sensitivity, column


class ImportBatch(Row, table=True):
    __tablename__ = "import_batch"
    trail_object = "đợt nhập sổ"
    file_name: str = column("Tên tệp", sealed=True, sensitivity=Sensitivity.IDENTITY)
    digest: str = column("Dấu tệp", max_length=64)
    by_name: str = column("Người nhập", max_length=120)
    accepted: int = column("Nhận")
    already_there: int = column("Đã có")
    changed: int = column("Cập nhật")
    refused: int = column("Từ chối")
    undone_at: datetime | None = column("Hoàn tác lúc", sa_type=UtcDateTime)


class ImportChange(Row, table=True):
    """The row of the register as it stood in the system before an update that was ticked."""

    __tablename__ = "import_change"
    trail_object = "dòng sổ đã cập nhật"
    batch_id: int = column("Đợt nhập", references="import_batch.id")
    case_id: int = column("Hồ sơ", references="case_file.id")
    before: str = column("Dòng sổ trước khi cập nhật", sealed=True, sensitivity=Sensitivity.IDENTITY)
    after: str = column("Dòng sổ sau khi cập nhật", sealed=True, sensitivity=Sensitivity.IDENTITY)
