"""What happens to the stored file of a scan: broken off, deleted, moved, tampered with."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import select

from db import files
from db.attachments import Attachment, ScanKind
from db.base import new_id
from db.cases import Case
from services.errors import NotReady, Refused
from services.office import Office
from services.removals import removal
from services.scans.attachments import add, get, missing, read, reseal, sweep
from services.trail_check import Fault, verify
from services.work import Work, command_line
from tests import factories as make
from tests.services.papers import picture
from tests.services.scans import TITLE, new_scan, stored, writing

OLD = 3 * 24 * 3600


def faults(office: Office) -> list[Fault]:
    with Work(office, command_line()) as work:
        return [finding.fault for finding in verify(work).findings]


def age(*paths: Path) -> None:
    for path in paths:
        old = path.stat().st_mtime - OLD
        os.utime(path, (old, old))


def test_a_save_broken_off_leaves_a_harmless_file_that_is_swept(any_office: Office) -> None:
    with pytest.raises(RuntimeError), writing(any_office) as work:
        add(work, make.case(work), kind=ScanKind.OTHER, title=TITLE, data=picture())
        raise RuntimeError
    assert len(stored(any_office)) == 1  # written before the commit that never came
    assert faults(any_office) == []
    with Work(any_office, command_line()) as work:
        assert sweep(work) == 0  # too young: it may be on its way into a row
        age(*stored(any_office))
        assert sweep(work) == 1
    assert stored(any_office) == []


KILLED = """
import os, sys
from pathlib import Path
from services.scans import attachments
from services.office import open_office
from services.work import Work, command_line
from tests import factories as make
from tests.services.papers import picture
office = open_office(Path(sys.argv[1]), sys.argv[2])
with Work(office, command_line(), write=True) as work:
    attachments.add(work, make.case(work), kind=attachments.ScanKind.OTHER, title="x", data=picture())
    if sys.argv[3] == "before":
        os.kill(os.getpid(), 9)
os.kill(os.getpid(), 9)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signal 9")
@pytest.mark.parametrize(("when", "rows"), [("before", 0), ("after", 1)])
def test_a_kill_leaves_either_a_whole_scan_or_none(any_office: Office, when: str, rows: int) -> None:
    import subprocess

    done = subprocess.run([sys.executable, "-c", KILLED, any_office.home.path, any_office.url, when], check=False)
    assert done.returncode == -9
    assert len(stored(any_office)) == 1
    with Work(any_office, command_line()) as work:
        scans = work.session.exec(select(Attachment)).all()
        assert len(scans) == rows
        assert missing(work) == 0
        assert all(read(work, scan) for scan in scans)
    assert faults(any_office) == []


@pytest.mark.parametrize("whole", [False, True])
def test_what_is_deleted_keeps_its_file_while_it_can_be_put_back(any_office: Office, whole: bool) -> None:
    case_id, scan_id = new_scan(any_office)
    with writing(any_office) as work:
        case = work.session.get_one(Case, case_id)
        gone = removal.remove(work, case, case if whole else get(work, scan_id), reason="nhập nhầm hồ sơ").id
    age(*stored(any_office))
    with Work(any_office, command_line()) as work:
        assert sweep(work) == 0
        with pytest.raises(Refused):
            get(work, scan_id)
    assert faults(any_office) == []
    with writing(any_office) as work:
        removal.restore(work, gone)
    with Work(any_office, command_line()) as work:
        assert read(work, get(work, scan_id))


def test_a_file_is_swept_when_its_deletion_can_no_longer_be_undone(any_office: Office) -> None:
    case_id, scan_id = new_scan(any_office)
    with writing(any_office) as work:
        case = work.session.get_one(Case, case_id)
        gone = removal.remove(work, case, get(work, scan_id), reason="nhập nhầm hồ sơ")
        work.session.flush()
        work.session.delete(gone)
    age(*stored(any_office))
    with Work(any_office, command_line()) as work:
        assert sweep(work) == 1


def test_destroying_the_key_of_a_file_shreds_its_scans(any_office: Office) -> None:
    case_id, scan_id = new_scan(any_office)
    sealed = stored(any_office)[0].read_bytes()
    any_office.keys.destroy_case(case_id)
    place = files.Place(case_id, scan_id)
    with pytest.raises(files.SealError):
        files.unseal(any_office.keys, place, sealed)
    assert faults(any_office) == []  # what is stored was not touched


def test_a_scan_moves_with_its_row_to_another_file(any_office: Office) -> None:
    case_id, scan_id = new_scan(any_office)
    with writing(any_office) as work:
        other = make.case(work)
        work.session.flush()
        scan = get(work, scan_id)
        before, digest = read(work, scan), scan.digest
        reseal(work, scan, other)
        place = files.Place(other.id, scan_id)
        folder, keys = any_office.home.files, any_office.keys
        assert scan.digest != digest
        assert files.read(folder, keys, place, scan.digest) == before
        assert files.read(folder, keys, files.Place(case_id, scan_id), digest) == before  # until it is swept
        with pytest.raises(files.SealError):
            files.read(folder, keys, place, digest)


def swap(office: Office) -> None:
    first, second = (path.read_bytes() for path in stored(office))
    paths = stored(office)
    paths[0].write_bytes(second)
    paths[1].write_bytes(first)


def flip(office: Office) -> None:
    path = stored(office)[0]
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def foreign(office: Office) -> None:
    (office.home.files / "aa").mkdir(exist_ok=True)
    (office.home.files / "aa" / ("a" * 64)).write_bytes(b"anything")


def forged(office: Office) -> None:
    """Well formed, but sealed with nobody's key."""
    sealed = bytearray(stored(office)[0].read_bytes())
    sealed[9:17] = new_id().to_bytes(8, "big")
    files.keep(office.home.files, files.digest_of(bytes(sealed)), bytes(sealed))


@pytest.mark.parametrize(
    ("harm", "found"),
    [
        (flip, [Fault.FILE_CHANGED]),
        (swap, [Fault.FILE_CHANGED] * 2),
        (lambda office: stored(office)[0].unlink(), [Fault.FILE_MISSING]),
        (lambda office: shutil.rmtree(office.home.files), [Fault.FILE_MISSING] * 2),
        (foreign, [Fault.FILE_FOREIGN]),
        (forged, [Fault.FILE_FOREIGN]),
        (lambda office: None, []),
    ],
)
def test_the_check_of_the_trail_finds_what_happened_to_a_file(
    office: Office, harm: Callable[[Office], None], found: list[Fault]
) -> None:
    scans = [new_scan(office)[1] for _ in range(2)]
    harm(office)
    assert faults(office) == found
    with Work(office, command_line()) as work:
        opens = [scan for scan in scans if opened(work, scan)]
        assert len(opens) == 2 - sum(fault is not Fault.FILE_FOREIGN for fault in found)


def opened(work: Work, scan_id: int) -> bool:
    try:
        return bool(read(work, get(work, scan_id)))
    except NotReady:
        return False


def test_a_row_that_names_another_file_is_found(office: Office) -> None:
    """Both files are whole and ours: only the trail knows which belongs to the row."""
    (_, first), (_, second) = new_scan(office), new_scan(office)
    with office.engine.begin() as connection:
        digests = dict(connection.exec_driver_sql("SELECT id, digest FROM attachment").all())
        connection.exec_driver_sql("UPDATE attachment SET digest = ? WHERE id = ?", (digests[second], first))
    assert Fault.CHANGED in faults(office)
    with Work(office, command_line()) as work:
        assert not opened(work, first)
