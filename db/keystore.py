"""The keys, apart from the data: one master key wraps one data key a case, in a file of its own.

`keys/master.key` (mode 0400, or the environment's DUONGVE_MASTER_KEY) never meets the database;
`keys/keys.db` holds wrapped keys only. Named keys (`trail`, `index`, `office`) live beside them.
"""

import base64
import hashlib
import hmac
import os
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MASTER = "master.key"
STORE = "keys.db"
ENVIRONMENT = "DUONGVE_MASTER_KEY"


class KeysUnusable(Exception):
    """The keys cannot be used: no master key, or it does not fit the store."""


class KeyStore:
    """Opens the folder's keys. New case keys wait in memory until `flush()`, which must come
    before the data that needs them is committed (an unused key is harmless, a lost one is not)."""

    def __init__(self, folder: Path, *, new: bool = False) -> None:
        """Raises KeysUnusable when there is no master key, it does not fit, or the store is gone
        (a fresh store beside old data would open nothing and forge the trail); `new` makes one."""
        self.folder = folder
        if not new and not (folder / STORE).exists():
            raise KeysUnusable("no key store")
        self._wrap = AESGCM(_master(folder))
        self._lock = threading.RLock()
        self._ciphers: dict[int, AESGCM] = {}
        self._new: dict[str, bytes] = {}
        self._db = sqlite3.connect(folder / STORE, check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("PRAGMA busy_timeout=30000")
        self._db.execute("PRAGMA secure_delete=ON")  # a destroyed key leaves no bytes behind
        self._db.execute("CREATE TABLE IF NOT EXISTS key (name TEXT PRIMARY KEY, wrapped BLOB NOT NULL)")
        self.trail = self._named("trail")
        self._index = self._named("index")
        self.flush()

    def cipher(self, case: int) -> AESGCM:
        """The case's cipher. Raises KeyError when its key was destroyed."""
        found = self._ciphers.get(case)
        if found is None:
            with self._lock:
                found = self._ciphers[case] = AESGCM(self._read(f"case:{case}"))
        return found

    def add_case(self, case: int) -> None:
        """A fresh key for a new case (no effect when it has one)."""
        with self._lock:
            if case not in self._ciphers and not self._exists(f"case:{case}"):
                self._ciphers[case] = AESGCM(self._create(f"case:{case}"))

    def destroy_case(self, case: int) -> None:
        """Shreds the case: no copy of the data can be read any more, in any backup of the data."""
        with self._lock:
            self._ciphers.pop(case, None)
            self._new.pop(f"case:{case}", None)
            self._db.execute("DELETE FROM key WHERE name = ?", (f"case:{case}",))
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def flush(self) -> None:
        with self._lock:
            if not self._new:
                return
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.executemany("INSERT OR IGNORE INTO key VALUES (?, ?)", list(self._new.items()))
                self._db.execute("COMMIT")
            except sqlite3.Error:  # no room: the keys wait, the data that needs them is not committed
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            self._new.clear()

    def blind(self, kind: str, text: str) -> str:
        """The blind index of an identity number or phone: equal texts, equal index; no way back."""
        return hmac.new(self._index, f"{kind}|{text}".encode(), hashlib.sha256).hexdigest()

    def copy_to(self, folder: Path) -> None:
        """The wrapped keys and the master key, for a backup kept apart from the data's."""
        folder.mkdir(parents=True, exist_ok=True)
        self.flush()
        with self._lock, closing(sqlite3.connect(folder / STORE)) as target:
            self._db.backup(target)
        (folder / STORE).chmod(stat.S_IRUSR | stat.S_IWUSR)
        if (self.folder / MASTER).exists():
            _write_private(folder / MASTER, (self.folder / MASTER).read_bytes())

    def close(self) -> None:
        self._db.close()

    def _named(self, name: str) -> bytes:
        with self._lock:
            return self._read(name) if self._exists(name) else self._create(name)

    def _exists(self, name: str) -> bool:
        if name in self._new:
            return True
        return self._db.execute("SELECT 1 FROM key WHERE name = ?", (name,)).fetchone() is not None

    def _create(self, name: str) -> bytes:
        key, nonce = AESGCM.generate_key(256), os.urandom(12)
        self._new[name] = nonce + self._wrap.encrypt(nonce, key, name.encode())
        return key

    def _read(self, name: str) -> bytes:
        wrapped = self._new.get(name)
        if wrapped is None:
            row = self._db.execute("SELECT wrapped FROM key WHERE name = ?", (name,)).fetchone()
            if row is None:
                raise KeyError(name)
            wrapped = row[0]
        try:
            return self._wrap.decrypt(wrapped[:12], wrapped[12:], name.encode())
        except InvalidTag:
            raise KeysUnusable("the master key does not fit this key store") from None


def create_master(folder: Path) -> None:
    """A new master key, unless the folder or the environment has one."""
    folder.mkdir(parents=True, exist_ok=True)
    if not os.environ.get(ENVIRONMENT) and not (folder / MASTER).exists():
        _write_private(folder / MASTER, base64.b64encode(os.urandom(32)))


def _master(folder: Path) -> bytes:
    text = os.environ.get(ENVIRONMENT, "").encode()
    if not text:
        try:
            text = (folder / MASTER).read_bytes()
        except FileNotFoundError:
            raise KeysUnusable("no master key") from None
    try:
        key = base64.b64decode(text.strip(), validate=True)
    except ValueError:
        key = b""
    if len(key) != 32:
        raise KeysUnusable("the master key must be 32 bytes in base64")
    return key


def _write_private(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, stat.S_IRUSR | stat.S_IWUSR)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    path.chmod(stat.S_IRUSR)
