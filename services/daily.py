"""One backup a day while the server runs, in a thread of its own."""

import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from services import backup, logs, migrating
from services.backup import Backup
from services.office import Office, open_office
from services.scans import attachments
from services.work import Work, command_line

DUE = timedelta(hours=24)
LOOK_EVERY = 600.0  # seconds


class Daily:
    """`with Daily(home):` – makes the first backup at once when the newest is older than a day."""

    def __init__(self, home: Path, url: str | None = None) -> None:
        self._home, self._url = home, url
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="daily-backup", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join(timeout=30)

    def _run(self) -> None:
        while True:
            try:
                make_if_due(self._home, self._url)
            except Exception as error:  # the server goes on; the start page shows the backup's age
                logs.unforeseen(error)
            if self._over.wait(LOOK_EVERY):
                return


def automatic(office: Office) -> Backup:
    """The daily backup, and the one before a migration; the newest are kept."""
    data, keys = places(office)
    made = backup.make(office, data, keys, reason="sao lưu tự động")
    backup.keep(data, keys=keys)
    return made


def age(office: Office) -> timedelta | None:
    """How old the newest automatic backup is (the start page shows it); None when there is none."""
    made = backup.newest(places(office)[0])
    return None if made is None else datetime.now(UTC) - made


def places(office: Office) -> tuple[Path, Path]:
    """Where automatic backups go, data and keys: `DUONGVE_BACKUP` and `DUONGVE_BACKUP_KEYS`, best on two
    other disks; else the office's own folder."""
    data = Path(os.environ.get("DUONGVE_BACKUP") or office.home.backups)
    return data, Path(os.environ.get("DUONGVE_BACKUP_KEYS") or data)


def make_if_due(home: Path, url: str | None = None) -> bool:
    """Makes the automatic backup when the newest is older than a day; True when it did."""
    office = open_office(home, url)
    try:
        old = age(office)
        if old is not None and old < DUE:
            return False
        automatic(office)
        if migrating.is_current(office.engine):
            with Work(office, command_line()) as work:
                attachments.sweep(work)
        return True
    finally:
        office.close()
