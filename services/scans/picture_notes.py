"""What cameras write beside a picture, taken out of a JPEG or JPEG 2000 without touching the picture itself.

Scans inside a PDF keep their pixels as they are; where, when and by what they were taken does not stay.
"""

import re

_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]", re.DOTALL)  # the next marker inside the picture's own bytes
START, END, SCAN, COMMENT, ADOBE = 0xD8, 0xD9, 0xDA, 0xFE, 0xEE
APPLICATION = range(0xE0, 0xF0)
NOTES = (b"uuid", b"xml ", b"uinf")


def jpeg(data: bytes) -> bytes:
    """Without EXIF, GPS, thumbnails, comments, and what follows the end. Raises ValueError when it is no JPEG.
    Adobe's mark stays: without it a picture in CMYK changes its colours."""
    if data[:2] != bytes((0xFF, START)):
        raise ValueError("not a JPEG")
    kept, at = bytearray(data[:2]), 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise ValueError("not a JPEG")
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker == END:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == SCAN:
            found = _NEXT.search(data, end)
            end = found.start() if found else len(data)
        if marker != COMMENT and (marker not in APPLICATION or marker == ADOBE):
            kept += data[at:end]
        at = end
    return bytes(kept) + bytes((0xFF, END))


def jpeg2000(data: bytes) -> bytes:
    """Without the boxes of notes. A bare code stream has none. Raises ValueError when it cannot be read."""
    if data[4:8] != b"jP  ":
        return data
    kept, at = bytearray(), 0
    while at < len(data):
        size, kind, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        end = at + size if size else len(data)
        if end < at + head or end > len(data):
            raise ValueError("not a JPEG 2000")
        if kind not in NOTES:
            kept += data[at:end]
        at = end
    return bytes(kept)
