"""What a browser may ask Streamlit through the websocket, by the number of the message's field.

Streamlit also understands messages that clear caches, install files on the server, ask for the
source repository or fetch deferred files; none of them is ours. Read straight from the protobuf
wire format, whose field numbers are stable, because this layer does not know Streamlit.
"""

RERUN, STOP, FILE_URLS, HEARTBEAT = 11, 7, 16, 17
FOR_NOBODY = frozenset({RERUN, STOP, HEARTBEAT})
FOR_SIGNED_IN = FOR_NOBODY | {FILE_URLS}

# To the browser: field 24, "go to this address", left empty. The page loads itself again and so
# forgets what it showed; a closed line alone would leave that on the screen.
RELOAD = b"\xc2\x01\x00"


def may_pass(data: bytes, signed_in: bool) -> bool:
    """Whether a message goes on to Streamlit. Anything unreadable does not."""
    fields = fields_of(data)
    return bool(fields) and fields <= (FOR_SIGNED_IN if signed_in else FOR_NOBODY)


def fields_of(data: bytes) -> set[int]:
    """The numbers of a protobuf message's top-level fields; empty when it is not one."""
    found: set[int] = set()
    at = 0
    try:
        while at < len(data):
            tag, at = _varint(data, at)
            found.add(tag >> 3)
            kind = tag & 7
            if kind == 0:
                _, at = _varint(data, at)
            elif kind == 2:
                length, at = _varint(data, at)
                at += length
            elif kind in (1, 5):
                at += 8 if kind == 1 else 4
            else:
                return set()
    except IndexError:
        return set()
    return found if at == len(data) else set()


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
        if shift > 63:
            raise IndexError
