"""What a sent file is comes from what is in it; what is kept is the paper and nothing else."""

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import TextStringObject

from db.attachments import MediaType
from services.errors import Invalid
from services.scans import safe_files, safe_images, safe_pdf
from services.scans.picture_notes import jpeg, jpeg2000
from services.scans.safe_files import made_safe
from tests.services import papers
from tests.services.papers import SECRET, picture

HTML = b"<!doctype html><script>alert(1)</script>"


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", safe_files.EMPTY),
        (b"\0" * 100, safe_files.OTHER_KIND),
        (HTML, safe_files.OTHER_KIND),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', safe_files.OTHER_KIND),
        (b"MZ" + b"\0" * 200, safe_files.OTHER_KIND),
        (b"GIF89a" + b"\0" * 50, safe_files.OTHER_KIND),
        (b"PK\x03\x04" + b"\0" * 50, safe_files.OTHER_KIND),
        (b"\0\0\0\x18ftypheic\0\0\0\0", safe_files.HEIC),
        (HTML + b"\n%PDF-1.4", safe_files.OTHER_KIND),
        (b"\xff\xd8\xff" + HTML, safe_images.BROKEN),
        (picture()[:-200], safe_images.BROKEN),
        (picture("PNG")[:-40], safe_images.BROKEN),
        (papers.png_bomb(), safe_images.TOO_MANY),
        (papers.png_bomb(9_000), safe_images.TOO_MANY),
        (papers.animation(), safe_images.MOVING),
        (b"%PDF-1.4\n" + HTML, safe_pdf.BROKEN),
        (papers.written(papers.pdf())[:300], safe_pdf.BROKEN),
        (papers.locked_pdf(), safe_pdf.LOCKED),
        (papers.xfa_pdf(), safe_pdf.NOT_KEPT),
        (papers.written(papers.pdf(101)), safe_pdf.TOO_LONG),
        (papers.note(papers.pdf(), "/FreeText", look=False), safe_pdf.NOT_KEPT),
        (papers.note(papers.pdf(), "/Widget", look=False, V=TextStringObject("đã điền")), safe_pdf.NOT_KEPT),
        (picture() + b"\0" * safe_files.LARGEST, safe_files.TOO_LARGE),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(Invalid) as refused:
        made_safe(data)
    assert refused.value.sentence == sentence


def test_ten_megabytes_are_taken_and_one_byte_more_is_not() -> None:
    padded = picture() + b"\0" * (safe_files.LARGEST - len(picture()))
    assert made_safe(padded)[0] is MediaType.JPEG
    with pytest.raises(Invalid, match="10 MB"):
        made_safe(padded + b"\0")


def test_the_limit_is_the_servers_own() -> None:
    import tomllib

    settings = tomllib.loads((Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text("utf-8"))
    assert settings["server"]["maxUploadSize"] * 1024 * 1024 == safe_files.LARGEST


def test_a_photo_loses_its_place_and_stands_upright() -> None:
    photo = papers.phone_photo()
    assert SECRET in photo
    kind, safe = made_safe(photo)
    image = opened(safe)
    assert kind is MediaType.JPEG
    assert image.size == (40, 80)
    red, _, blue = image.getpixel((20, 2))  # type: ignore[misc]
    assert red > 200 and blue < 80  # what lay at the left stands on top now
    assert not image.getexif()
    assert SECRET not in safe and b"Exif" not in safe and "icc_profile" not in image.info


@pytest.mark.parametrize("hidden", [HTML, b"PK\x03\x04zip", SECRET * 50])
def test_what_hides_behind_a_picture_stays_out(hidden: bytes) -> None:
    for data in (picture() + hidden, picture("PNG") + hidden):
        assert hidden not in made_safe(data)[1]


def test_what_is_written_in_a_png_stays_out() -> None:
    from PIL.PngImagePlugin import PngInfo

    notes = PngInfo()
    notes.add_text("Author", SECRET.decode())
    notes.add_itxt("Place", SECRET.decode(), zip=False)
    data = picture("PNG", pnginfo=notes)
    assert SECRET in data
    assert SECRET not in made_safe(data)[1]


@pytest.mark.parametrize(
    ("data", "kind", "mode"),
    [
        (picture("JPEG", mode="CMYK", colour=(0, 255, 255, 0)), MediaType.JPEG, "RGB"),
        (picture("JPEG", mode="L"), MediaType.JPEG, "L"),
        (picture("PNG", mode="1"), MediaType.PNG, "L"),
        (picture("PNG", mode="I;16", colour=65535 // 2), MediaType.PNG, "L"),
        (picture("PNG", mode="RGBA", colour=(255, 0, 0, 0)), MediaType.PNG, "RGB"),
        (picture("PNG", mode="P"), MediaType.PNG, "RGB"),
        (papers.multi_picture(), MediaType.JPEG, "RGB"),
    ],
)
def test_every_kind_of_picture_becomes_a_plain_one(data: bytes, kind: MediaType, mode: str) -> None:
    found, safe = made_safe(data)
    assert (found, opened(safe).mode, opened(safe).size) == (kind, mode, (60, 40))


def test_grey_of_sixteen_bits_keeps_its_grey_and_nothing_shines_through() -> None:
    grey = opened(made_safe(picture("PNG", mode="I;16", colour=65535 // 2))[1])
    assert abs(grey.getpixel((5, 5)) - 127) <= 1  # type: ignore[operator]
    clear = opened(made_safe(picture("PNG", mode="RGBA", colour=(255, 0, 0, 0)))[1])
    assert clear.getpixel((5, 5)) == (255, 255, 255)


def test_a_large_photo_becomes_smaller() -> None:
    safe = made_safe(picture(size=(6000, 2000)))[1]
    assert opened(safe).size == (3000, 1000)


def test_a_photo_sent_as_png_is_kept_as_jpeg() -> None:
    noise = Image.effect_noise((2000, 1500), 90).convert("RGB")
    target = io.BytesIO()
    noise.save(target, "PNG")
    kind, safe = made_safe(target.getvalue())
    assert kind is MediaType.JPEG
    assert len(safe) < target.tell()


@settings(max_examples=40)
@given(
    st.sampled_from(["JPEG", "PNG"]),
    st.sampled_from(["RGB", "L"]),
    st.tuples(st.integers(1, 300), st.integers(1, 300)),
    st.integers(0, 255),
)
def test_any_plain_picture_comes_through_as_it_looks(
    kind: str, mode: str, size: tuple[int, int], tone: int
) -> None:
    colour = tone if mode == "L" else (tone, 255 - tone, tone // 2)
    safe = opened(made_safe(picture(kind, size, mode, colour=colour))[1])
    assert (safe.mode, safe.size) == (mode, size)
    there = safe.getpixel((0, 0))
    pairs = zip(there, colour, strict=True) if mode == "RGB" else [(there, colour)]  # type: ignore[arg-type]
    assert all(abs(a - b) <= 6 for a, b in pairs)  # type: ignore[operator]


def test_a_pdf_keeps_its_pages_and_nothing_that_acts() -> None:
    data = papers.active_pdf()
    assert SECRET in data and b"/JavaScript" in data
    kind, safe = made_safe(data)
    assert kind is MediaType.PDF
    for word in (SECRET, b"/JS", b"/JavaScript", b"/OpenAction", b"/AA", b"/URI", b"/EmbeddedFile", b"/Metadata"):
        assert word not in safe, word
    reader = PdfReader(io.BytesIO(safe))
    assert set(reader.root_object) == {"/Type", "/Pages"}
    assert set(reader.pages[0]) <= {"/Type", "/Parent", *safe_pdf.PAGE}
    assert reader.pages[0].images[0].image is not None


def test_a_photo_inside_a_pdf_loses_its_place() -> None:
    image = opened(papers.phone_photo())
    target = io.BytesIO()
    image.save(target, "PDF")
    data = target.getvalue().replace(
        b"\xff\xd8", b"\xff\xd8\xff\xe1" + (len(SECRET) + 2).to_bytes(2, "big") + SECRET, 1
    )
    assert SECRET in made_pdf(data)
    safe = made_safe(made_pdf(data))[1]
    assert SECRET not in safe
    before, after = (PdfReader(io.BytesIO(each)).pages[0].images[0].image for each in (made_pdf(data), safe))
    assert before is not None and after is not None
    assert before.tobytes() == after.tobytes()


def made_pdf(data: bytes) -> bytes:
    """The same with its lengths put right."""
    from pypdf import PdfWriter

    return papers.written(PdfWriter(clone_from=io.BytesIO(data)))


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs poppler to draw the page")
def test_a_stamp_stays_on_the_page_as_a_picture(tmp_path: Path) -> None:
    for subtype in ("/Stamp", "/Widget"):
        safe = made_safe(papers.note(papers.pdf(), subtype, look=True))[1]
        assert b"/Annots" not in safe
        (tmp_path / "a.pdf").write_bytes(safe)
        subprocess.run(["pdftoppm", "-r", "72", "-png", "a.pdf", "a"], cwd=tmp_path, check=True)
        page = Image.open(next(tmp_path.glob("a*.png")))
        assert page.getpixel((20, page.height - 20)) == (0, 255, 0)
        assert page.getpixel((40, page.height - 40)) != (0, 255, 0)


@pytest.mark.parametrize("subtype", ["/Link", "/Popup", "/FileAttachment"])
def test_what_shows_nothing_is_left_out(subtype: str) -> None:
    assert b"/Annots" not in made_safe(papers.note(papers.pdf(), subtype, look=False))[1]


def test_a_page_whose_bytes_stand_elsewhere_is_refused() -> None:
    from pypdf.generic import NameObject

    writer = papers.pdf()
    writer.pages[0]["/Contents"][NameObject("/F")] = TextStringObject("http://example.com/x")  # type: ignore[index]
    with pytest.raises(Invalid, match="in tệp ấy"):
        made_safe(papers.written(writer))


@given(st.binary(max_size=400))
def test_any_bytes_are_kept_safe_or_refused(data: bytes) -> None:
    for start in (b"", b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"):
        with pytest.raises(Invalid):
            made_safe(start + data)


@settings(max_examples=60)
@given(st.integers(0, 2000), st.binary(min_size=1, max_size=8))
@example(270, bytes(8))  # an action that falls among the names of a page's pictures
def test_a_pdf_with_any_spot_changed_is_kept_safe_or_refused(at: int, change: bytes) -> None:
    data = bytearray(ACTIVE)
    at %= len(data)
    data[at : at + len(change)] = change
    try:
        safe = made_safe(bytes(data))[1]
    except Invalid:
        return
    assert b"/JavaScript" not in safe and SECRET not in safe


ACTIVE = papers.active_pdf()


def test_the_notes_of_a_jpeg_go_and_its_picture_stays() -> None:
    photo = papers.phone_photo()
    bare = jpeg(photo + SECRET)
    assert SECRET not in bare
    assert opened(bare).tobytes() == opened(photo).tobytes()
    with pytest.raises(ValueError, match="JPEG"):
        jpeg(b"none")


def test_the_notes_of_a_jpeg_2000_go_and_its_picture_stays() -> None:
    target = io.BytesIO()
    Image.new("RGB", (30, 20), "green").save(target, "JPEG2000")
    plain = target.getvalue()
    noted = plain + (8 + len(SECRET)).to_bytes(4, "big") + b"uuid" + SECRET
    assert plain[4:8] == b"jP  "
    assert opened(jpeg2000(noted)).tobytes() == opened(plain).tobytes()
    assert SECRET not in jpeg2000(noted)
    assert jpeg2000(b"\xff\x4f\xff\x51bare") == b"\xff\x4f\xff\x51bare"
