"""Backups: made under writing, proven, apart from their keys, put back equal row by row."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, select

from db.audit import stored
from db.cases import Case
from db.keystore import STORE
from db.people import Person
from services import backup, daily
from services.backup import BackupFailed, make, restore
from services.errors import NotReady
from services.office import Office, open_office
from services.trail_check import read_anchor, verify
from tests.db.rows import NAME, new_case, reading


def all_rows(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, byte for byte."""
    found = {}
    with office.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            rows = connection.execute(stored(table))
            found[table.name] = sorted(
                (tuple(bytes(v) if isinstance(v, memoryview) else v for v in row) for row in rows), key=repr
            )
    return found


@pytest.fixture
def written(any_office: Office) -> Office:
    for _ in range(3):
        new_case(any_office)
    return any_office


@pytest.fixture
def made(office: Office, tmp_path: Path) -> backup.Backup:
    new_case(office)
    return make(office, tmp_path / "backup")


@pytest.fixture
def restored(tmp_path: Path) -> Iterator[list[Office]]:
    offices: list[Office] = []
    yield offices
    for one in offices:
        one.close()


def test_a_backup_restored_is_equal_row_by_row(written: Office, tmp_path: Path, restored: list[Office]) -> None:
    make(written, tmp_path / "backup")
    again = restore(tmp_path / "backup", tmp_path / "new", url=f"sqlite:///{tmp_path}/new/data/duongve.db")
    restored.append(again)
    assert all_rows(again) == all_rows(written)
    with reading(again) as work:
        assert verify(work).clean
        assert set(work.session.exec(select(Person.full_name))) == {NAME}


def test_what_is_restored_is_worked_on_like_any_office(
    written: Office, tmp_path: Path, restored: list[Office]
) -> None:
    make(written, tmp_path / "backup")
    again = restore(tmp_path / "backup", tmp_path / "new", url=f"sqlite:///{tmp_path}/new/data/duongve.db")
    restored.append(again)
    case_id, _ = new_case(again)
    with reading(again) as work:
        assert work.session.get(Case, case_id)
        assert verify(work).clean
    with pytest.raises(sa.exc.DBAPIError, match="append only"), again.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM trail")


def test_a_backup_under_writing_load_is_one_moment(
    written: Office, tmp_path: Path, restored: list[Office]
) -> None:
    over, failures = threading.Event(), []

    def write() -> None:
        try:
            while not over.is_set():
                new_case(written)
        except BaseException as error:
            failures.append(error)

    writers = [threading.Thread(target=write) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        copies = [make(written, tmp_path / "backup") for _ in range(3)]
    finally:
        over.set()
        for writer in writers:
            writer.join()
    assert failures == []
    last = all_rows(written)
    for place, copy in enumerate(copies):
        home = tmp_path / f"new{place}"
        again = restore(copy.data, home, url=f"sqlite:///{home}/data/duongve.db")
        restored.append(again)
        for table, rows in all_rows(again).items():
            assert set(rows) <= set(last[table]) or table == "counter"
        with reading(again) as work:
            cases = len(work.session.exec(select(Case)).all())
            assert cases == len(work.session.exec(select(Person)).all())
            assert cases == copy.tables["case_file"] > 0


def test_a_plain_copy_of_the_file_under_load_is_not_a_backup(office: Office, tmp_path: Path) -> None:
    """The control: what was acknowledged last stands in the write-ahead log, not in the file."""
    with office.engine.connect() as held:
        held.exec_driver_sql("SELECT count(*) FROM case_file").scalar_one()
        for _ in range(5):
            new_case(office)
        shutil.copyfile(office.home.database, tmp_path / "plain.db")
    with sqlite3.connect(tmp_path / "plain.db") as plain:
        assert plain.execute("SELECT count(*) FROM case_file").fetchone()[0] < 5
    make(office, tmp_path / "backup")
    (proper,) = (tmp_path / "backup").glob("data-*/duongve.db")
    with sqlite3.connect(proper) as whole:
        assert whole.execute("SELECT count(*) FROM case_file").fetchone()[0] == 5


def test_keys_stand_apart_from_data(made: backup.Backup) -> None:
    assert {path.name for path in made.data.iterdir()} == {"duongve.db", "manifest.json", "office.json"}
    assert {path.name for path in made.keys.iterdir()} == {"master.key", "keys.db"}


def test_keys_may_go_to_another_place(office: Office, tmp_path: Path, restored: list[Office]) -> None:
    copy = make(office, tmp_path / "disk", tmp_path / "safe")
    assert copy.keys.parent == tmp_path / "safe"
    with pytest.raises(NotReady, match="--keys"):
        restore(tmp_path / "disk", tmp_path / "new")
    restored.append(restore(tmp_path / "disk", tmp_path / "new", keys=tmp_path / "safe"))


def test_a_backup_is_private(made: backup.Backup) -> None:
    for path in (made.data, made.keys, *made.data.glob("*.db"), *made.keys.iterdir()):
        assert path.stat().st_mode & 0o077 == 0, path


def test_no_name_is_readable_in_a_backup(made: backup.Backup) -> None:
    for path in (*made.data.iterdir(), *made.keys.iterdir()):
        assert NAME.encode() not in path.read_bytes()


def test_the_manifest_says_what_is_in_it(office: Office, made: backup.Backup) -> None:
    content = json.loads((made.data / "manifest.json").read_text())
    assert content["tables"]["case_file"] == 1
    with reading(office) as work:
        assert verify(work, read_anchor(made.data / "manifest.json")).clean


def test_a_backup_stands_in_the_trail(office: Office, made: backup.Backup) -> None:
    with office.engine.connect() as connection:
        last = connection.exec_driver_sql("SELECT action, actor FROM trail ORDER BY seq DESC").first()
    assert last is not None
    assert last.action == "backup"
    assert last.actor.startswith("máy chủ: ")


def test_a_changed_backup_is_refused_and_leaves_nothing(made: backup.Backup, tmp_path: Path) -> None:
    database = made.data / "duongve.db"
    content = bytearray(database.read_bytes())
    content[-100] ^= 1
    database.write_bytes(content)
    with pytest.raises(BackupFailed):
        restore(made.data, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_backup_rewritten_together_with_its_digest_is_refused(made: backup.Backup, tmp_path: Path) -> None:
    with sqlite3.connect(made.data / "duongve.db") as connection:
        connection.execute("UPDATE case_file SET received_on = '2017-01-01'")
    connection.close()
    manifest = json.loads((made.data / "manifest.json").read_text())
    manifest["sha256"] = backup._digest(made.data / "duongve.db")
    (made.data / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(BackupFailed, match="sửa ngoài chương trình"):
        restore(made.data, tmp_path / "new")


def test_another_offices_keys_are_refused(made: backup.Backup, tmp_path: Path) -> None:
    (made.keys / "master.key").chmod(0o600)
    (made.keys / "master.key").write_text("A" * 43 + "=")
    with pytest.raises(NotReady):
        restore(made.data, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_lost_keys_are_refused(made: backup.Backup, tmp_path: Path) -> None:
    (made.keys / STORE).unlink()
    with pytest.raises(NotReady):
        restore(made.data, tmp_path / "new")


def test_restoring_over_something_is_refused(made: backup.Backup, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "precious").write_text("x")
    with pytest.raises(NotReady, match="không trống"):
        restore(made.data, tmp_path / "new")
    assert (tmp_path / "new" / "precious").exists()


def test_restoring_from_an_empty_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    with pytest.raises(NotReady):
        restore(tmp_path / "nothing", tmp_path / "new")


def test_the_newest_of_several_is_restored(office: Office, tmp_path: Path, restored: list[Office]) -> None:
    make(office, tmp_path / "backup")
    new_case(office)
    make(office, tmp_path / "backup")
    again = restore(tmp_path / "backup", tmp_path / "new")
    restored.append(again)
    with reading(again) as work:
        assert len(work.session.exec(select(Case)).all()) == 1


def test_an_office_tampered_with_gives_no_backup(office: Office, tmp_path: Path) -> None:
    new_case(office)
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE case_file SET received_on = '2017-01-01'")
    with pytest.raises(BackupFailed):
        make(office, tmp_path / "backup")
    assert list((tmp_path / "backup").iterdir()) == []


def test_a_full_disk_is_a_sentence(office: Office, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(BackupFailed, match="Không ghi được"):
        make(office, tmp_path / "file")


def test_only_the_newest_are_kept(office: Office, tmp_path: Path) -> None:
    for _ in range(4):
        make(office, tmp_path / "disk", tmp_path / "safe")
    backup.keep(tmp_path / "disk", 2, keys=tmp_path / "safe")
    data = sorted(path.name[5:] for path in (tmp_path / "disk").iterdir())
    keys = sorted(path.name[5:] for path in (tmp_path / "safe").iterdir())
    assert data == keys
    assert len(data) == 2


def test_one_a_day(office: Office) -> None:
    assert daily.age(office) is None
    url = office.url
    assert daily.make_if_due(office.home.path, url) is True
    assert daily.make_if_due(office.home.path, url) is False
    age = daily.age(office)
    assert age is not None
    assert age < timedelta(minutes=1)
    (manifest,) = office.home.backups.glob("data-*/manifest.json")
    content = json.loads(manifest.read_text())
    content["made"] = (datetime.now(UTC) - timedelta(hours=25)).isoformat()
    manifest.write_text(json.dumps(content))
    assert daily.make_if_due(office.home.path, url) is True


def test_the_daily_thread_makes_one_and_stops(office: Office) -> None:
    with daily.Daily(office.home.path, office.url):
        deadline = datetime.now(UTC) + timedelta(seconds=20)
        while daily.age(office) is None and datetime.now(UTC) < deadline:
            threading.Event().wait(0.05)
    assert daily.age(office) is not None


def test_automatic_backups_may_go_elsewhere(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUONGVE_BACKUP", str(tmp_path / "disk"))
    monkeypatch.setenv("DUONGVE_BACKUP_KEYS", str(tmp_path / "safe"))
    copy = daily.automatic(office)
    assert (copy.data.parent, copy.keys.parent) == (tmp_path / "disk", tmp_path / "safe")


def test_a_restored_office_opens_by_itself(made: backup.Backup, tmp_path: Path) -> None:
    restore(made.data, tmp_path / "new").close()
    again = open_office(tmp_path / "new", f"sqlite:///{tmp_path}/new/data/duongve.db")
    with reading(again) as work:
        assert work.session.exec(select(Person.full_name)).one() == NAME
    again.close()
