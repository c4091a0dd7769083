"""Keys: apart from the data, useless without the master key, gone when destroyed."""

import base64
import os
import sqlite3
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from db.keystore import ENVIRONMENT, MASTER, STORE, KeyStore, KeysUnusable, create_master


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    create_master(tmp_path / "keys")
    KeyStore(tmp_path / "keys", new=True).close()
    return tmp_path / "keys"


def names(folder: Path) -> set[str]:
    with sqlite3.connect(folder / STORE) as store:
        return {row[0] for row in store.execute("SELECT name FROM key")}


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_the_master_key_is_readable_by_its_owner_only(folder: Path) -> None:
    assert (folder / MASTER).stat().st_mode & 0o777 == 0o400


def test_a_master_key_is_made_once(folder: Path) -> None:
    before = (folder / MASTER).read_bytes()
    create_master(folder)
    assert (folder / MASTER).read_bytes() == before


def test_the_store_holds_wrapped_keys_only(folder: Path) -> None:
    store = KeyStore(folder)
    store.add_case(7)
    store.flush()
    assert store.trail not in on_disk(folder)
    assert base64.b64decode((folder / MASTER).read_bytes()) not in on_disk(folder)


def test_another_master_key_does_not_open_the_store(folder: Path) -> None:
    (folder / MASTER).chmod(0o600)
    (folder / MASTER).write_bytes(base64.b64encode(os.urandom(32)))
    with pytest.raises(KeysUnusable):
        KeyStore(folder)


@pytest.mark.parametrize("content", [b"", b"abc", b"!!!!", base64.b64encode(b"short")])
def test_a_damaged_master_key_is_refused(folder: Path, content: bytes) -> None:
    (folder / MASTER).chmod(0o600)
    (folder / MASTER).write_bytes(content)
    with pytest.raises(KeysUnusable):
        KeyStore(folder)


def test_no_master_key_is_refused(folder: Path) -> None:
    (folder / MASTER).unlink()
    with pytest.raises(KeysUnusable):
        KeyStore(folder)


def test_a_lost_store_is_refused_instead_of_made_anew(folder: Path) -> None:
    for path in folder.glob(f"{STORE}*"):
        path.unlink()
    with pytest.raises(KeysUnusable):
        KeyStore(folder)


def test_the_master_key_may_come_from_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trail = KeyStore(folder).trail
    monkeypatch.setenv(ENVIRONMENT, (folder / MASTER).read_text() + "\n")
    (folder / MASTER).unlink()
    assert KeyStore(folder).trail == trail


def test_keys_wait_in_memory_until_flushed(folder: Path) -> None:
    store = KeyStore(folder)
    store.add_case(7)
    assert "case:7" not in names(folder)
    store.flush()
    assert "case:7" in names(folder)


def test_a_failed_flush_keeps_the_keys_and_can_be_tried_again(folder: Path) -> None:
    store = KeyStore(folder)
    store._db.execute("CREATE TRIGGER full BEFORE INSERT ON key BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    store.add_case(7)
    with pytest.raises(sqlite3.Error):
        store.flush()
    store._db.execute("DROP TRIGGER full")
    store.flush()
    assert "case:7" in names(folder)


def test_a_case_keeps_its_key(folder: Path) -> None:
    store = KeyStore(folder)
    store.add_case(7)
    sealed = store.cipher(7).encrypt(b"0" * 12, b"text", None)
    store.add_case(7)
    store.flush()
    assert KeyStore(folder).cipher(7).decrypt(b"0" * 12, sealed, None) == b"text"


def test_each_case_has_its_own_key(folder: Path) -> None:
    store = KeyStore(folder)
    store.add_case(7)
    store.add_case(8)
    sealed = store.cipher(7).encrypt(b"0" * 12, b"text", None)
    with pytest.raises(InvalidTag):
        store.cipher(8).decrypt(b"0" * 12, sealed, None)


def test_a_destroyed_key_is_gone_from_memory_and_from_every_byte_of_the_store(folder: Path) -> None:
    store = KeyStore(folder)
    store.add_case(7)
    store.flush()
    wrapped = store._db.execute("SELECT wrapped FROM key WHERE name = 'case:7'").fetchone()[0]
    store.destroy_case(7)
    with pytest.raises(KeyError):
        store.cipher(7)
    with pytest.raises(KeyError):
        KeyStore(folder).cipher(7)
    assert wrapped not in on_disk(folder)


def test_wrapped_keys_swapped_between_cases_do_not_open(folder: Path) -> None:
    store = KeyStore(folder)
    store.add_case(7)
    store.add_case(8)
    store.flush()
    store._db.execute("UPDATE key SET wrapped = (SELECT wrapped FROM key WHERE name='case:8') WHERE name='case:7'")
    with pytest.raises(KeysUnusable):
        KeyStore(folder).cipher(7)


def test_a_copy_opens_by_itself_and_is_private(folder: Path, tmp_path: Path) -> None:
    store = KeyStore(folder)
    store.add_case(7)
    store.copy_to(tmp_path / "copy")
    copied = KeyStore(tmp_path / "copy")
    assert copied.trail == store.trail
    assert copied.cipher(7)
    assert (tmp_path / "copy" / STORE).stat().st_mode & 0o077 == 0
    assert (tmp_path / "copy" / MASTER).stat().st_mode & 0o777 == 0o400


def test_the_blind_index_tells_equal_from_unequal_and_kind_from_kind(folder: Path) -> None:
    store = KeyStore(folder)
    assert store.blind("identity", "012345678") == KeyStore(folder).blind("identity", "012345678")
    assert store.blind("identity", "012345678") != store.blind("identity", "012345679")
    assert store.blind("identity", "012345678") != store.blind("phone", "012345678")
