"""The one HTML document, and the headers of every answer.

The document is Streamlit's own page, made Vietnamese, without its inline script, and with our
style and translations, so that the policy below needs no exception for scripts.
"""

import re
from functools import cache

from starlette.responses import HTMLResponse, Response

from services.server import front_files
from services.sessions import tls_in_front

_INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
STYLES, SCRIPTS = ("style.css", "work.css", "figures.css"), ("words.js", "links.js", "typing.js")
HEAD = "".join(
    (
        "<title>Đường Về</title>",
        *(f'<link rel="stylesheet" href="/_assets/{name}">' for name in STYLES),
        *(f'<script src="/_assets/{name}" defer></script>' for name in SCRIPTS),
    )
)
NO_SCRIPT = "<noscript><p>Trang này cần bật JavaScript trong trình duyệt.</p></noscript>"

# Own host only. Styles must stay inline: Streamlit's front end writes them as it draws.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
ALWAYS = (
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "SAMEORIGIN"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-permitted-cross-domain-policies", "none"),
    ("x-robots-tag", "noindex, nofollow"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        "microphone=(), midi=(), payment=(), publickey-credentials-get=(), usb=()",
    ),
)


def response() -> Response:
    """The empty page, the same for every address and every person."""
    return HTMLResponse(_document())


def headers() -> tuple[tuple[str, str], ...]:
    """The headers of every answer."""
    transport = (("strict-transport-security", "max-age=31536000"),) if tls_in_front() else ()
    return (*transport, *ALWAYS)


@cache
def _document() -> str:
    page = _COMMENT.sub("", front_files.index())
    page = _INLINE.sub("", page)
    page = re.sub(r"<noscript>.*?</noscript>", NO_SCRIPT, page, flags=re.DOTALL)
    page = re.sub(r"<title>.*?</title>", HEAD, page)
    page = re.sub(r'<link rel="service-desc"[^>]*>', "", page)
    page = page.replace('href="./favicon.png"', 'href="/_assets/favicon.svg"').replace('lang="en"', 'lang="vi"')
    return page.replace('"./', '"/').strip()
