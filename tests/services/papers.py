"""Invented papers, good and nasty, for the tests of scans."""

import io
import struct
import zlib

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, StreamObject
from pypdf.generic import TextStringObject as Text

SECRET = b"BI-MAT-22.3,105.8"  # what must never come through: a place, a name


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: object) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, more.pop("colour", None)).save(target, kind, **more)  # type: ignore[arg-type]
    return target.getvalue()


def phone_photo() -> bytes:
    """Held upright: the pixels lie on their side, red on top of the page is at their left; with GPS and notes."""
    image = Image.new("RGB", (80, 40), "white")
    image.paste("red", (0, 0, 10, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right
    exif[0x010F] = exif[0x9C9B] = SECRET.decode()
    exif.get_ifd(0x8825)[1], exif.get_ifd(0x8825)[29] = "N", SECRET.decode()
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif, comment=SECRET, icc_profile=SECRET, quality=95)
    return target.getvalue()


def multi_picture() -> bytes:
    """A phone's JPEG with a second picture behind it."""
    target = io.BytesIO()
    Image.new("RGB", (60, 40), "blue").save(
        target, "MPO", save_all=True, append_images=[Image.new("RGB", (30, 20), "red")]
    )
    return target.getvalue()


def animation() -> bytes:
    target = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(target, "PNG", save_all=True, append_images=frames[1:])
    return target.getvalue()


def png_bomb(side: int = 30_000) -> bytes:
    """A few kilobytes that would be a picture of 900 million points."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def pdf(pages: int = 1, *, photo: bytes | None = None) -> PdfWriter:
    """A PDF made of pictures, as a scanner makes it."""
    target = io.BytesIO()
    images = [Image.open(io.BytesIO(photo or picture(size=(60, 80)))) for _ in range(pages)]
    images[0].save(target, "PDF", save_all=True, append_images=images[1:])
    return PdfWriter(clone_from=io.BytesIO(target.getvalue()))


def written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def active_pdf() -> bytes:
    """Scripts, links, an embedded file, metadata, and actions of the page."""
    writer = pdf()
    script = DictionaryObject(
        {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): Text("app.alert(1)")}
    )
    writer.root_object[NameObject("/OpenAction")] = script
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): script})
    writer.add_attachment("mat.txt", SECRET)
    writer.add_metadata({"/Author": SECRET.decode()})
    writer.add_uri(0, "http://example.com/?" + SECRET.decode(), (5, 5, 20, 20))
    note = StreamObject()
    note.set_data(SECRET)
    writer.pages[0][NameObject("/Metadata")] = writer._add_object(note)
    return written(writer)


def note(writer: PdfWriter, subtype: str, *, look: bool, **more: object) -> bytes:
    """The PDF with a note on its first page; with `look`, one that draws itself (green)."""
    found = DictionaryObject({NameObject("/Subtype"): NameObject(subtype)})
    found[NameObject("/Rect")] = ArrayObject(FloatObject(v) for v in (10, 10, 30, 30))
    for key, value in more.items():
        found[NameObject(f"/{key}")] = value  # type: ignore[assignment]
    if look:
        drawn = StreamObject()
        drawn.set_data(b"0 1 0 rg 0 0 10 10 re f")
        drawn[NameObject("/Type")], drawn[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        drawn[NameObject("/BBox")] = ArrayObject(NumberObject(v) for v in (0, 0, 10, 10))
        found[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(drawn)})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(found)])
    return written(writer)


def locked_pdf() -> bytes:
    writer = pdf()
    writer.encrypt("", "owner", algorithm="AES-256")
    return written(writer)


def xfa_pdf() -> bytes:
    writer = pdf()
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/XFA"): Text("<xdp/>")})
    return written(writer)
