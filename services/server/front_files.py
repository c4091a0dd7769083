"""Streamlit's front-end files, packed once and kept in memory.

Streamlit leaves them unpacked for a proxy to pack; an office has none, and 2.7 MB for the first
page are 22 seconds on a line of 1 Mbit/s. Their names carry a digest, so browsers keep them for good.
"""

import gzip
from functools import cache, lru_cache
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import Scope

PACKED = {".js", ".css"}
FOR_GOOD = "public, immutable, max-age=31536000"
TYPES = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2"}


def answer(scope: Scope) -> Response | None:
    """The file at `/static/…`, packed when the browser takes it; None when there is none."""
    path = _folder() / scope["path"].lstrip("/")
    if not path.is_file():
        return None
    kind = TYPES.get(path.suffix) or guess_type(path.name)[0] or "application/octet-stream"
    headers = {"cache-control": FOR_GOOD, "vary": "accept-encoding"}
    if path.suffix in PACKED and "gzip" in Headers(scope=scope).get("accept-encoding", ""):
        return Response(_packed(path), media_type=kind, headers=headers | {"content-encoding": "gzip"})
    return Response(path.read_bytes(), media_type=kind, headers=headers)


def index() -> str:
    """Streamlit's own document, as text."""
    return (_folder() / "index.html").read_text("utf-8")


@lru_cache(maxsize=400)
def _packed(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 6, mtime=0)


@cache
def _folder() -> Path:
    """Where the installed front end lies, found without importing Streamlit."""
    spec = find_spec("streamlit")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("streamlit")
    return Path(next(iter(spec.submodule_search_locations))) / "static"
