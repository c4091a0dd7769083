"""Sealed files: AES-256-GCM with the file's (hồ sơ) own key, each named by the digest of what is stored.

A stored file is `version | case | row | nonce | ciphertext+tag`, its associated data `file|case|row`, so
one that was moved to another record or case does not open. Its name is the SHA-256 of these bytes and
stands in the row, whose own digest is in the trail: a file never changes, and a changed, swapped or
missing one is found. It is written before the row that names it is committed: a file nobody names is
harmless, a row without its file is not.
"""

import hashlib
import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag

from db.keystore import KeyStore
from db.sealed import HEAD, VERSION, SealError

PRIVATE_FILE, PRIVATE_FOLDER = 0o600, 0o700
UNFINISHED = ".part"


@dataclass(frozen=True)
class Place:
    """The record a file belongs to."""

    case: int
    row: int

    @property
    def bound(self) -> bytes:
        return f"file|{self.case}|{self.row}".encode()


def path_of(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / digest


def write(folder: Path, keys: KeyStore, place: Place, data: bytes) -> str:
    """Seals `data` and keeps it; the digest that names it. Raises KeyError when the case's key was destroyed."""
    nonce = os.urandom(12)
    sealed = HEAD.pack(VERSION, place.case, place.row, nonce)
    sealed += keys.cipher(place.case).encrypt(nonce, data, place.bound)
    digest = digest_of(sealed)
    keep(folder, digest, sealed)
    return digest


def keep(folder: Path, digest: str, sealed: bytes) -> None:
    """Puts sealed bytes at their name: whole and on the disk, or not there at all."""
    target = path_of(folder, digest)
    for made in (folder, target.parent):
        made.mkdir(parents=True, exist_ok=True)
        made.chmod(PRIVATE_FOLDER)
    unfinished = target.with_name(f"{digest}.{os.urandom(4).hex()}{UNFINISHED}")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    for changed in (target.parent, folder):
        _sync(changed)


def read(folder: Path, keys: KeyStore, place: Place, digest: str) -> bytes:
    """The opened bytes. Raises SealError when the file is missing, changed, another's, or its key destroyed."""
    try:
        sealed = path_of(folder, digest).read_bytes()
    except OSError:
        raise SealError("a sealed file is missing") from None
    if digest_of(sealed) != digest:
        raise SealError("a sealed file was changed")
    return unseal(keys, place, sealed)


def unseal(keys: KeyStore, place: Place, sealed: bytes) -> bytes:
    """Opens sealed bytes at the place they were sealed for. Raises SealError."""
    found = place_of(sealed)
    if found != place:
        raise SealError("a sealed file stands at another record")
    nonce = HEAD.unpack_from(sealed)[3]
    try:
        return keys.cipher(place.case).decrypt(nonce, sealed[HEAD.size :], place.bound)
    except (InvalidTag, KeyError):
        raise SealError("a sealed file does not open") from None


def place_of(sealed: bytes) -> Place | None:
    """The place sealed bytes say they are for; None when they are not ours."""
    try:
        version, case, row, _ = HEAD.unpack_from(sealed)
    except struct.error:
        return None
    return Place(case, row) if version == VERSION else None


def written_for(path: Path) -> Place | None:
    """The place a stored file says it is for, without reading the whole of it."""
    with path.open("rb") as file:
        return place_of(file.read(HEAD.size))


def digest_of(sealed: bytes) -> str:
    return hashlib.sha256(sealed).hexdigest()


def all_in(folder: Path) -> Iterator[Path]:
    """Every whole file in a store."""
    return (path for path in sorted(folder.glob("*/*")) if not path.name.endswith(UNFINISHED))


def _sync(folder: Path) -> None:
    """The new name itself survives a power cut. (Windows cannot open a folder; it keeps names at once.)"""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
