"""A photo or scan made safe: read as pixels and written anew, so that nothing but the picture is left.

Where it was taken (EXIF, GPS), by whom, thumbnails, comments, colour profiles and anything hidden behind
the picture stay out; the way the phone was held is applied to the pixels first.
"""

import io
from typing import TYPE_CHECKING

from db.attachments import MediaType
from services.errors import Invalid

if TYPE_CHECKING:
    from PIL.Image import Image

JPEG, PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
LONGEST_SIDE = 3000  # pixels: an A4 page at about 250 a inch
MOST_PIXELS = 60_000_000  # decoded, before it is made smaller: about 180 MB
QUALITY = 80
LARGEST_PNG = 2_000_000  # a photo kept as PNG costs many times a JPEG
WHITE = 255
BROKEN = "Ảnh không mở được hoặc bị cắt ngang. Mời chụp hoặc quét lại."
TOO_MANY = "Ảnh quá lớn (trên 60 triệu điểm ảnh). Mời quét lại ở 300 điểm một inch."
MOVING = "Ảnh động không phải bản chụp giấy tờ."


def made_safe(data: bytes) -> tuple[MediaType, bytes]:
    """The picture alone. Raises Invalid when it is broken, too large or moves."""
    import PIL.Image

    try:
        with PIL.Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Invalid(sentence=TOO_MANY)
            # A phone's JPEG may carry a second, smaller picture; a PNG of several frames is an animation.
            if image.format == "PNG" and getattr(image, "is_animated", False):
                raise Invalid(sentence=MOVING)
            return _written(image.format == "PNG", _upright(image))
    except Invalid:
        raise
    except PIL.Image.DecompressionBombError:
        raise Invalid(sentence=TOO_MANY) from None
    except Exception:  # a hostile file breaks a decoder in any way it likes; its text may hold what it held
        raise Invalid(sentence=BROKEN) from None


def _upright(image: "Image") -> "Image":
    """The picture as it is to be looked at, no larger than needed, in grey or colour, on white."""
    import PIL.Image
    import PIL.ImageOps

    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is then decoded smaller at once
    image.load()
    turned = PIL.ImageOps.exif_transpose(image)
    if turned.mode.startswith("I"):  # 16 bits of grey
        turned = turned.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    turned.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    mode = "L" if turned.mode in ("1", "L", "LA") else "RGB"
    clean = PIL.Image.new(mode, turned.size, WHITE if mode == "L" else (WHITE, WHITE, WHITE))
    if turned.has_transparency_data:
        seen = turned.convert("RGBA")
        clean.paste(seen.convert(mode), mask=seen.getchannel("A"))
    else:
        clean.paste(turned.convert(mode))
    return clean


def _written(as_png: bool, clean: "Image") -> tuple[MediaType, bytes]:
    if as_png:
        target = io.BytesIO()
        clean.save(target, "PNG")
        if target.tell() <= LARGEST_PNG:
            return MediaType.PNG, target.getvalue()
    target = io.BytesIO()
    clean.save(target, "JPEG", quality=QUALITY)
    return MediaType.JPEG, target.getvalue()
