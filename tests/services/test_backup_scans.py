"""Scans in backups: copied once, after the rows that name them; proven; put back."""

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from db import files
from db.attachments import Attachment, ScanKind
from db.cases import Case
from services import backup, daily
from services.backup import BackupFailed, restore
from services.backup import make as make_backup
from services.office import Office
from services.removals import removal
from services.scans import attachments
from services.trail_check import verify
from tests import factories as make
from tests.db.rows import reading, writing
from tests.services.papers import picture


@pytest.fixture
def restored() -> Iterator[list[Office]]:
    offices: list[Office] = []
    yield offices
    for one in offices:
        one.close()


def scans_in(folder: Path) -> list[str]:
    return [path.name for path in files.all_in(folder)]


def with_scan(office: Office) -> int:
    with writing(office) as work:
        return attachments.add(work, make.case(work), kind=ScanKind.OTHER, title="Giấy", data=picture()).id


def opened(office: Office) -> list[bytes]:
    with reading(office) as work:
        return [attachments.read(work, scan) for scan in work.session.exec(select(Attachment))]


def test_scans_are_copied_once_and_put_back(any_office: Office, tmp_path: Path, restored: list[Office]) -> None:
    with_scan(any_office)
    first = make_backup(any_office, tmp_path / "backup")
    stored = tmp_path / "backup" / "files"
    written_at = {path: path.stat().st_ctime_ns for path in files.all_in(stored)}
    with_scan(any_office)
    second = make_backup(any_office, tmp_path / "backup")
    assert (len(first.files), len(second.files)) == (1, 2)
    assert set(scans_in(stored)) == second.files == set(scans_in(any_office.home.files))
    assert first.files < second.files and len(written_at) == 1
    for place, copy in enumerate((first, second)):
        home = tmp_path / f"new{place}"
        again = restore(copy.data, home, url=f"sqlite:///{home}/data/duongve.db")
        restored.append(again)
        assert set(scans_in(again.home.files)) == copy.files
        assert len(opened(again)) == len(copy.files)
        with reading(again) as work:
            assert verify(work).clean
    if os.name != "nt":
        assert all(path.stat().st_mode & 0o077 == 0 for path in stored.rglob("*"))


@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_a_backup_whose_scans_were_harmed_is_refused(office: Office, tmp_path: Path, harm: str) -> None:
    with_scan(office)
    make_backup(office, tmp_path / "backup")
    (path,) = files.all_in(tmp_path / "backup" / "files")
    path.unlink() if harm == "missing" else path.write_bytes(b"anything")
    with pytest.raises(BackupFailed, match="bản chụp"):
        restore(tmp_path / "backup", tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_an_office_without_one_of_its_scans_gives_no_backup(office: Office, tmp_path: Path) -> None:
    with_scan(office)
    shutil.rmtree(office.home.files)
    with pytest.raises(BackupFailed, match="Mất tệp"):
        make_backup(office, tmp_path / "backup")


def test_a_harmed_stored_scan_is_found_by_the_next_backup(office: Office, tmp_path: Path) -> None:
    with_scan(office)
    make_backup(office, tmp_path / "backup")
    (path,) = files.all_in(tmp_path / "backup" / "files")
    path.write_bytes(b"anything")
    with pytest.raises(BackupFailed, match="bị sửa"):
        make_backup(office, tmp_path / "backup")


def test_a_scan_added_during_a_backup_is_wholly_in_or_wholly_out(
    any_office: Office, tmp_path: Path, restored: list[Office]
) -> None:
    over, failures = threading.Event(), []

    def write() -> None:
        try:
            while not over.is_set():
                with_scan(any_office)
        except BaseException as error:
            failures.append(error)

    with_scan(any_office)
    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [make_backup(any_office, tmp_path / "backup") for _ in range(3)]
    finally:
        over.set()
        writer.join()
    assert failures == []
    for place, copy in enumerate(copies):
        home = tmp_path / f"new{place}"
        again = restore(copy.data, home, url=f"sqlite:///{home}/data/duongve.db")
        restored.append(again)
        assert len(opened(again)) == copy.tables["attachment"] == len(copy.files) > 0


def test_files_copied_before_their_rows_are_not_a_backup(office: Office, tmp_path: Path) -> None:
    """The control: the other order loses a scan that comes in between."""
    with_scan(office)
    shutil.copytree(office.home.files, tmp_path / "files")
    with_scan(office)
    data = tmp_path / "data"
    data.mkdir()
    backup._copy_data(office, data / "duongve.db")
    with sqlite3.connect(data / "duongve.db") as copied:
        named = {row[0] for row in copied.execute("SELECT digest FROM attachment")}
    assert not named <= set(scans_in(tmp_path / "files"))


def test_scans_no_kept_backup_needs_are_removed(office: Office, tmp_path: Path) -> None:
    scan_id = with_scan(office)
    make_backup(office, tmp_path / "backup")
    with writing(office) as work:
        work.session.delete(work.session.get(Attachment, scan_id))
    shutil.rmtree(office.home.files)
    make_backup(office, tmp_path / "backup")
    (path,) = files.all_in(tmp_path / "backup" / "files")
    backup.keep(tmp_path / "backup", 2)
    assert path.exists()  # the first backup needs it
    backup.keep(tmp_path / "backup", 1)
    assert path.exists()  # young: a backup being made may rely on it
    os.utime(path, (path.stat().st_atime, path.stat().st_mtime - backup.IN_USE - 60))
    backup.keep(tmp_path / "backup", 1)
    assert not path.exists()


def test_a_deleted_scan_can_still_be_put_back_after_restoring(
    office: Office, tmp_path: Path, restored: list[Office]
) -> None:
    scan_id = with_scan(office)
    with writing(office) as work:
        scan = attachments.get(work, scan_id)
        gone = removal.remove(work, work.session.get_one(Case, scan.case_id), scan, reason="nhập nhầm hồ sơ").id
    make_backup(office, tmp_path / "backup")
    again = restore(tmp_path / "backup", tmp_path / "new")
    restored.append(again)
    with writing(again) as work:
        removal.restore(work, gone)
    assert len(opened(again)) == 1


def test_the_day_of_the_server_sweeps_what_nothing_needs(office: Office) -> None:
    with_scan(office)
    (kept,) = files.all_in(office.home.files)
    left = office.home.files / "aa" / "left.1.part"
    left.parent.mkdir()
    left.write_bytes(b"half")
    os.utime(left, (1, 1))
    assert daily.make_if_due(office.home.path, office.url)
    assert kept.exists() and not left.exists()
