"""A PDF made safe: its pages drawn over into a new file that has pages and nothing else.

Only what draws a page is copied (contents, fonts, pictures). Scripts, actions, links, forms, embedded
files, layers of notes and metadata are not reached from there, so they stay behind; stamps, filled-in
fields and signatures are kept as the picture they show. What cannot be kept faithfully is refused.
"""

import io
import logging
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from services.errors import Invalid
from services.scans import picture_notes

if TYPE_CHECKING:
    from pypdf import PdfReader, PdfWriter

PDF = b"%PDF-"
MOST_PAGES, MOST_OBJECTS = 100, 50_000
BROKEN = "Tệp PDF không mở được hoặc bị cắt ngang. Mời quét lại."
LOCKED = "Tệp PDF đang đặt mật khẩu. Mời bỏ mật khẩu rồi tải lại."
TOO_LONG = f"Tệp PDF có trên {MOST_PAGES} trang. Mời tách thành nhiều tệp."
NOT_KEPT = "Tệp PDF có ô điền hoặc ghi chú không giữ lại được. Mời in tệp ấy ra một tệp PDF mới rồi tải lại."
PAGE = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group", "/Resources", "/Contents")
NAMED = frozenset(  # dictionaries whose keys are names of the page's own choosing
    ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties", "/CharProcs")
)
LEFT_OUT = frozenset(
    (
        *(
            "/A",
            "/AA",
            "/AF",
            "/AcroForm",
            "/Annots",
            "/B",
            "/Dest",
            "/EF",
            "/EmbeddedFiles",
            "/JS",
            "/JavaScript",
        ),
        *("/LastModified", "/Launch", "/Metadata", "/Names", "/OPI", "/OpenAction", "/Parent", "/PieceInfo"),
        *("/Ref", "/RichMedia", "/StructParent", "/StructParents", "/Thumb", "/URI", "/XFA"),
    )
)
ACTIONS = frozenset(  # kinds of action: no page is drawn with one; among its pictures it says the file is broken
    (
        "/JavaScript",
        "/Launch",
        "/URI",
        "/SubmitForm",
        "/ImportData",
        "/GoToR",
        "/GoToE",
        "/Rendition",
        "/RichMediaExecute",
    )
)
OUTSIDE = frozenset(("/F", "/FFilter", "/FDecodeParms"))  # a stream whose bytes stand in another file
NEVER_SEEN = frozenset(("/Link", "/Popup", "/FileAttachment", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D"))
HIDDEN = 2 | 32  # flags of a note: hidden, not on the screen


def made_safe(data: bytes) -> bytes:
    """The pages alone. Raises Invalid when it is broken, locked, too long, or something would be lost."""
    from pypdf import PdfReader

    logging.getLogger("pypdf").disabled = True  # it quotes what it could not read
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            raise Invalid(sentence=LOCKED)
        if len(reader.pages) > MOST_PAGES:
            raise Invalid(sentence=TOO_LONG)
        if not reader.pages:
            raise Invalid(sentence=BROKEN)
        safe = _drawn_over(reader)
        if len(PdfReader(io.BytesIO(safe)).pages) != len(reader.pages):
            raise Invalid(sentence=BROKEN)
        return safe
    except Invalid:
        raise
    except Exception:  # a hostile file breaks a reader in any way it likes; its text may hold what it held
        raise Invalid(sentence=BROKEN) from None


def _drawn_over(reader: "PdfReader") -> bytes:
    from pypdf import PageObject, PdfWriter
    from pypdf.generic import NameObject

    if "/XFA" in (_at(reader.root_object, "/AcroForm") or ()):
        raise Invalid(sentence=NOT_KEPT)
    writer = PdfWriter()
    writer.pdf_header = "%PDF-1.7"
    copy = _Copy(writer)
    for page in reader.pages:
        clean = PageObject()
        clean[NameObject("/Type")] = NameObject("/Page")
        for name in PAGE:
            if name in page:
                clean[NameObject(name)] = copy.of(page.raw_get(name))
        _flatten(copy, clean, _notes(page))
        writer.add_page(clean)
    writer.metadata = None
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


class _Copy:
    """Copies what draws a page into a new file, each object once."""

    def __init__(self, writer: "PdfWriter") -> None:
        self.writer = writer
        self.done: dict[tuple[int, int], Any] = {}

    def of(self, value: Any, *, named: bool = False) -> Any:
        from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

        if isinstance(value, NameObject) and value in ACTIONS:
            raise Invalid(sentence=BROKEN)
        if isinstance(value, IndirectObject):
            return self._reference(value, named)
        if isinstance(value, DictionaryObject):
            return self._filled(_empty(value), value, named)
        if isinstance(value, ArrayObject):
            return ArrayObject(self.of(each) for each in value)
        return value

    def _reference(self, reference: Any, named: bool) -> Any:
        from pypdf.generic import DictionaryObject

        key = (reference.idnum, reference.generation)
        if key not in self.done:
            if len(self.done) >= MOST_OBJECTS:
                raise Invalid(sentence=BROKEN)
            found = reference.get_object()
            if isinstance(found, DictionaryObject):  # known before it is filled: pictures may name each other
                empty = _empty(found)
                self.done[key] = self.writer._add_object(empty)
                self._filled(empty, found, named)
            else:
                self.done[key] = self.writer._add_object(self.of(found))
        return self.done[key]

    def _filled(self, target: Any, source: Any, named: bool) -> Any:
        from pypdf.generic import NameObject, StreamObject

        streamed = isinstance(source, StreamObject)
        if streamed and (OUTSIDE & source.keys() or _at(source, "/Subtype") == "/PS"):
            raise Invalid(sentence=NOT_KEPT)
        for name in source:
            if named or (name not in LEFT_OUT and not (streamed and name == "/Length")):
                target[NameObject(name)] = self.of(source.raw_get(name), named=not named and name in NAMED)
        if streamed:
            target._data = _without_notes(source)
        return target


def _at(values: Any, name: str) -> Any:
    """What stands under a name, looked up where it really is; None when there is nothing."""
    found = values.get(name)
    return None if found is None else found.get_object()


def _empty(value: Any) -> Any:
    from pypdf.generic import DictionaryObject, EncodedStreamObject, StreamObject

    return EncodedStreamObject() if isinstance(value, StreamObject) else DictionaryObject()


def _without_notes(stream: Any) -> bytes:
    """The stream's bytes; a photo inside without what its camera wrote."""
    data: bytes = stream._data
    filters = _at(stream, "/Filter")
    names = list(filters) if isinstance(filters, list) else [filters]
    if "/DCTDecode" in names or "/JPXDecode" in names:
        if len(names) > 1:
            raise Invalid(sentence=NOT_KEPT)
        return picture_notes.jpeg(data) if names[0] == "/DCTDecode" else picture_notes.jpeg2000(data)
    return data


def _notes(page: Any) -> list[Any]:
    """The notes on a page that show something: (rectangle, appearance)."""
    shown = []
    for each in _at(page, "/Annots") or ():
        note = each.get_object()
        if _at(note, "/Subtype") in NEVER_SEEN or int(_at(note, "/F") or 0) & HIDDEN:
            continue
        look = _look(note)
        if look is not None:
            shown.append((note["/Rect"], look))
        elif _at(note, "/Subtype") != "/Widget" or _at(note, "/V") is not None:
            raise Invalid(sentence=NOT_KEPT)
    return shown


def _look(note: Any) -> Any:
    """The stream that draws a note; that of its state, when it has several."""
    from pypdf.generic import StreamObject

    looks = _at(note, "/AP")
    normal = None if looks is None else _at(looks, "/N")
    if normal is not None and not isinstance(normal, StreamObject):
        normal = _at(normal, _at(note, "/AS") or "/Off")
    return normal if isinstance(normal, StreamObject) else None


def _flatten(copy: _Copy, page: Any, notes: Iterable[tuple[Any, Any]]) -> None:
    """Draws notes onto the page, where their viewer would (ISO 32000-1, 12.5.5)."""
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject

    drawn = []
    resources = page.setdefault(NameObject("/Resources"), DictionaryObject()).get_object()
    for rectangle, look in notes:
        placed = _placed([float(v) for v in rectangle], look)
        if placed is None:
            continue
        form = copy.of(look)
        form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
        name = f"/Note{copy.writer._add_object(form).idnum}"
        pictures = resources.setdefault(NameObject("/XObject"), DictionaryObject()).get_object()
        pictures[NameObject(name)] = form.indirect_reference
        drawn.append(f"q {placed} cm {name} Do Q")
    if not drawn:
        return
    old = _at(page, "/Contents")
    parts = list(old) if isinstance(old, ArrayObject) else [page.raw_get("/Contents")] if old is not None else []
    before, after = DecodedStreamObject(), DecodedStreamObject()
    before.set_data(b"q\n")
    after.set_data(("\nQ\n" + "\n".join(drawn)).encode())
    add = copy.writer._add_object
    page[NameObject("/Contents")] = ArrayObject([add(before), *parts, add(after)])


def _placed(rectangle: list[float], look: Any) -> str | None:
    """The matrix that brings an appearance's box into its rectangle; None when either is empty."""
    x0, y0, x1, y1 = (float(v) for v in _at(look, "/BBox") or rectangle)
    a, b, c, d, e, f = (float(v) for v in _at(look, "/Matrix") or (1, 0, 0, 1, 0, 0))
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    low, high = min(y for _, y in corners), max(y for _, y in corners)
    to_left, to_right = sorted(rectangle[::2])
    to_low, to_high = sorted(rectangle[1::2])
    if not (right > left and high > low and to_right > to_left and to_high > to_low):
        return None
    wide, tall = (to_right - to_left) / (right - left), (to_high - to_low) / (high - low)
    return f"{wide:.6f} 0 0 {tall:.6f} {to_left - left * wide:.4f} {to_low - low * tall:.4f}"
