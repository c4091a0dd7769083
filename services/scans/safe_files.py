"""What kind of file somebody sent is seen from what is in it, never from its name or what a browser says."""

from db.attachments import MediaType
from services.errors import Invalid
from services.scans import safe_images, safe_pdf

LARGEST = 10 * 1024 * 1024  # bytes; `server.maxUploadSize` in .streamlit/config.toml is the same
EMPTY = "Tệp rỗng."
TOO_LARGE = "Tệp lớn hơn 10 MB. Mời quét ở cỡ nhỏ hơn, hoặc tách thành nhiều tệp."
OTHER_KIND = "Chỉ nhận PDF, ảnh JPEG hoặc PNG. Nội dung tệp này là loại khác, dù tên tệp có thể ghi khác."
HEIC = (
    "Ảnh HEIC của iPhone không nhận được. Trên điện thoại: Cài đặt, Camera, Định dạng, chọn «Tương thích nhất» "
    "rồi chụp lại."
)


def made_safe(data: bytes) -> tuple[MediaType, bytes]:
    """The kind of a file and its bytes with nothing in them but the paper. Raises Invalid with a sentence."""
    if not data:
        raise Invalid(sentence=EMPTY)
    if len(data) > LARGEST:
        raise Invalid(sentence=TOO_LARGE)
    if data.startswith((safe_images.JPEG, safe_images.PNG)):
        kind, safe = safe_images.made_safe(data)
    elif data.startswith(safe_pdf.PDF):
        kind, safe = MediaType.PDF, safe_pdf.made_safe(data)
    else:
        raise Invalid(sentence=HEIC if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1") else OTHER_KIND)
    if len(safe) > LARGEST:
        raise Invalid(sentence=TOO_LARGE)
    return kind, safe
