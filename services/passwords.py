"""Passwords: what is accepted, and how it is hashed so that the sign-in form can check it."""

import base64
import hashlib
import secrets
import unicodedata
from functools import cache

import bcrypt

from services.text import fold

ROUNDS = 12
SHORTEST = 12
NEW_PASSWORD = f"Mật khẩu mới (từ {SHORTEST} ký tự)"
BCRYPT_LIMIT = 72  # bytes; bcrypt refuses longer input


def ready(password: str) -> str:
    """The text bcrypt is given: NFC (the same word typed on two keyboards is the same word), without
    outer spaces (the form drops them), and SHA-256 in base64 when bcrypt could not take it whole."""
    text = unicodedata.normalize("NFC", password).strip()
    data = text.encode("utf-8", "surrogatepass")
    if len(data) > BCRYPT_LIMIT or b"\x00" in data:
        return base64.b64encode(hashlib.sha256(data).digest()).decode()
    return text


def hash_password(password: str) -> str:
    return bcrypt.hashpw(ready(password).encode("utf-8", "surrogatepass"), bcrypt.gensalt(ROUNDS)).decode()


@cache
def nobody() -> str:
    """The hash of a password nobody knows: checked for unknown names, so that they take as long."""
    return hash_password(secrets.token_urlsafe(32))


def problem_of(password: str, username: str, full_name: str) -> str | None:
    """Why a password is refused, as a sentence; None when it is good."""
    text = password.strip()
    if len(text) < SHORTEST:
        return f"Mật khẩu phải có ít nhất {SHORTEST} ký tự. Một câu dễ nhớ là tốt nhất."
    if len(set(text)) < 5:
        return "Mật khẩu này quá dễ đoán."
    plain = fold(text).replace(" ", "")
    if fold(username) in plain or (full_name and fold(full_name).replace(" ", "") in plain):
        return "Mật khẩu không được chứa tên đăng nhập hoặc họ tên."
    return None
