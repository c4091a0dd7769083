"""What would be unsafe here is found, with what to do about it."""

import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from services.checks import Weakness, is_loopback, weaknesses
from services.daily import automatic
from services.office import Office


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DUONGVE_DATABASE_URL", "DUONGVE_MASTER_KEY", "DUONGVE_BACKUP", "DUONGVE_BACKUP_KEYS"):
        monkeypatch.delenv(name, raising=False)


def grave(office: Office, **more: object) -> list[Weakness]:
    found = weaknesses(office.home.path, url=office.url, **more)  # type: ignore[arg-type]
    return [weakness for weakness in found if weakness.grave]


def advice(office: Office) -> str:
    return " ".join(w.sentence for w in weaknesses(office.home.path, url=office.url) if not w.grave)


def test_a_fresh_office_on_this_machine_may_be_served(office: Office) -> None:
    assert grave(office) == []


def test_every_weakness_says_what_to_do(office: Office) -> None:
    assert all(w.sentence and w.remedy for w in weaknesses(office.home.path, host="0.0.0.0", url=office.url))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_this_machine_only(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.5", "duongve.example", ""])
def test_beyond_this_machine(office: Office, host: str) -> None:
    assert not is_loopback(host)
    assert grave(office, host=host)
    assert grave(office, host=host, tls=True) == []


def open_to_all(path: Path) -> None:
    path.chmod(path.stat().st_mode | 0o044)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
@pytest.mark.parametrize(
    "change",
    [
        lambda home: open_to_all(home / "keys"),
        lambda home: open_to_all(home / "keys" / "master.key"),
        lambda home: open_to_all(home / "data"),
        lambda home: open_to_all(home / "logs"),
        lambda home: open_to_all(home / "backups"),
        lambda home: (home / "keys" / "master.key").unlink(),
        lambda home: (home / "keys" / "keys.db").unlink(),
    ],
)
def test_keys_and_data_others_can_read_or_that_are_lost(office: Office, change: Callable[[Path], None]) -> None:
    change(office.home.path)
    assert grave(office)


def test_the_master_key_may_stand_in_the_environment(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUONGVE_MASTER_KEY", (office.home.keys / "master.key").read_text())
    (office.home.keys / "master.key").unlink()
    assert grave(office) == []


@pytest.mark.parametrize("name", ["STREAMLIT_CLIENT_SHOW_ERROR_DETAILS", "STREAMLIT_LOGGER_LEVEL"])
def test_settings_changed_from_outside(office: Office, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "full")
    (found,) = grave(office)
    assert name in found.sentence


def test_a_demo_pointed_at_a_real_database(office: Office) -> None:
    office.home.card.write_text(json.dumps({"kind": "demo"}))
    found = weaknesses(office.home.path, url="postgresql://127.0.0.1/real")
    assert any(w.grave and "chạy thử" in w.sentence for w in found)


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("postgresql://127.0.0.1/x", True),
        ("postgresql:///x", True),
        ("postgresql://db.example/x", False),
        ("postgresql://db.example/x?sslmode=prefer", False),
        ("postgresql://db.example/x?sslmode=verify-full", True),
    ],
)
def test_a_database_server_is_reached_encrypted(tmp_path: Path, url: str, safe: bool) -> None:
    assert (not [w for w in weaknesses(tmp_path, url=url) if w.grave]) is safe


def test_an_old_or_missing_backup_is_told(office: Office) -> None:
    assert "Chưa có bản sao lưu" in advice(office)
    automatic(office)
    assert "sao lưu nào" not in advice(office)
    (manifest,) = office.home.backups.glob("data-*/manifest.json")
    content = json.loads(manifest.read_text())
    content["made"] = (datetime.now(UTC) - timedelta(days=3)).isoformat()
    manifest.write_text(json.dumps(content))
    assert "3 ngày tuổi" in advice(office)


def test_keys_and_data_backed_up_to_one_place_are_told(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "cùng một chỗ" in advice(office)
    monkeypatch.setenv("DUONGVE_BACKUP", str(office.home.backups))
    monkeypatch.setenv("DUONGVE_BACKUP_KEYS", str(tmp_path / "safe"))
    assert "cùng ổ đĩa" in advice(office)
    monkeypatch.setenv("DUONGVE_BACKUP", str(tmp_path / "disk"))
    assert "cùng" not in advice(office)


def test_a_folder_without_an_office_is_checked_for_its_settings_only(tmp_path: Path) -> None:
    assert [w for w in weaknesses(tmp_path / "none") if w.grave] == []
