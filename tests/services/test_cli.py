"""The `duongve` command: what it does, what it prints, its exit codes, and its mark in the trail."""

import getpass
import json
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook
from pypdf import PdfReader

from db.accounts import Bootstrap
from db.base import table_of
from db.cases import Case
from db.trail import TrailEntry
from services import cli
from services.office import open_office
from tests.services.commands import Said, count

pytestmark = pytest.mark.usefixtures("own_environment")

DATA = Path(__file__).parent.parent / "data"
CLEAN = DATA / "so_tiep_nhan_sach.xlsx"


def last_entry(home: str) -> Any:
    office = open_office(Path(home), f"sqlite:///{home}/data/duongve.db")
    trail = table_of(TrailEntry)
    with office.engine.connect() as connection:
        entry = connection.execute(sa.select(trail).order_by(trail.c.seq.desc())).first()
    office.close()
    return entry


# --- wrong use: 2


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("stats",),
        ("stats", "2018Q9"),
        ("stats", "2018", "--as-of", "hôm qua"),
        ("stats", "2018", "--nonsense"),
        ("import",),
        ("import", "nowhere.xlsx"),
        ("report", "2018"),
        ("report", "2018", "--out", "report.doc"),
        ("report", "hôm qua", "--out", "report.pdf"),
        ("restore", "somewhere"),
        ("serve", "--port", "abc"),
        ("serve", "--port", "70000"),
        ("demo", "--port", "0"),
        ("bench", "--cases", "few"),
        ("audit",),
        ("audit", "nonsense"),
    ],
)
def test_wrong_use_is_told_in_vietnamese_and_exits_2(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    said = Said(capsys, *arguments)
    assert said.code == 2
    assert said.out == ""
    assert said.err.strip()
    assert not any(word in said.err for word in ("Usage", "Error", "Missing", "No such", "Invalid", "Traceback"))


@pytest.mark.parametrize("arguments", [(), ("audit",), ("audit", "verify"), *((name,) for name in cli.COMMANDS)])
def test_help_is_vietnamese(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    said = Said(capsys, *arguments, "--help")
    assert said.code == 0
    assert said.out.startswith("Cách dùng: duongve")
    assert not any(
        word in said.out for word in ("Usage", "Options", "Arguments", "Show this", "required", "default")
    )


# --- an office that is not there, or not whole: 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("stats", "2018"),
        ("serve",),
        ("backup", "somewhere"),
        ("audit", "verify"),
        ("import", str(CLEAN)),
        ("report", "2018", "--out", "x.pdf"),
    ],
)
def test_without_an_office_it_says_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    said = Said(capsys, *arguments, "--data", str(tmp_path / "empty"))
    assert said.code == 1
    assert "duongve init" in said.err
    assert not (tmp_path / "empty").exists()


def test_an_unforeseen_error_shows_a_reference_and_no_value(
    capsys: pytest.CaptureFixture[str], home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Bế Thị Kín")

    monkeypatch.setattr("services.figures.as_json", broken)
    said = Said(capsys, "stats", "2018", "--data", home)
    assert said.code == 1
    assert "mã " in said.err
    assert "Bế Thị Kín" not in said.out + said.err


# --- init


def test_init_founds_an_office_and_prints_a_code_that_works_once(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    home = tmp_path / "new"
    said = Said(capsys, "init", "--data", str(home))
    assert said.code == 0
    assert "giá trị pháp lý đơn vị phải điền trước" in said.out
    code = said.out.strip().splitlines()[-1].strip()
    assert len(code) == 27
    assert count(str(home), Bootstrap) == 1
    assert count(str(home), Case) == 0
    assert code not in (home / "office.json").read_text() + str(list(home.rglob("*")))


def test_init_again_before_anybody_signed_in_gives_a_new_code(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    one = Said(capsys, "init", "--data", str(tmp_path / "new"))
    two = Said(capsys, "init", "--data", str(tmp_path / "new"))
    assert (one.code, two.code) == (0, 0)
    assert one.out.strip().splitlines()[-1] != two.out.strip().splitlines()[-1]


def test_init_into_a_folder_with_something_else_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_text("x")
    assert Said(capsys, "init", "--data", str(tmp_path / "photos")).code == 1
    assert [path.name for path in (tmp_path / "photos").iterdir()] == ["one.jpg"]


# --- import, stats, report


def test_import_prints_only_json_and_does_what_it_says(capsys: pytest.CaptureFixture[str], home: str) -> None:
    answers = json.loads((DATA / "so_tiep_nhan_sach.answers.json").read_text())
    dry = Said(capsys, "import", str(CLEAN), "--data", home, "--dry-run", "--json")
    assert set(dry.json) == {"accepted", "already_there", "changed", "refused", "warnings"}
    assert dry.json["accepted"] == answers["accepted"]
    assert count(home, Case) == 0
    done = Said(capsys, "import", str(CLEAN), "--data", home, "--json")
    assert (done.code, done.json["accepted"]) == (0, answers["accepted"])
    assert count(home, Case) == answers["accepted"]
    assert last_entry(home).action == "import"
    again = Said(capsys, "import", str(CLEAN), "--data", home, "--json")
    assert (again.json["accepted"], again.json["already_there"]) == (0, answers["accepted"])


def test_import_in_words_lists_what_was_refused(capsys: pytest.CaptureFixture[str], home: str) -> None:
    said = Said(capsys, "import", str(DATA / "so_tiep_nhan_lon_xon.xlsx"), "--data", home)
    assert said.code == 0
    assert "Bị từ chối:" in said.out
    assert said.out.count("  dòng ") >= 12


def test_what_is_no_register_is_a_sentence(capsys: pytest.CaptureFixture[str], home: str, tmp_path: Path) -> None:
    (tmp_path / "photo.xlsx").write_bytes(b"\x89PNG")
    said = Said(capsys, "import", str(tmp_path / "photo.xlsx"), "--data", home, "--json")
    assert (said.code, said.out) == (1, "")
    assert count(home, Case) == 0


def test_stats_prints_exactly_the_json(capsys: pytest.CaptureFixture[str], home: str) -> None:
    Said(capsys, "import", str(CLEAN), "--data", home, "--json")
    said = Said(capsys, "stats", "2018Q3", "--data", home, "--json")
    assert list(said.json) == [
        "period", "as_of", "received", "opening", "reopened", "closing", "concluded", "lines", "targets", "money",
        "loans",
    ]  # fmt: skip
    answers = json.loads((DATA / "so_tiep_nhan_sach.answers.json").read_text())["periods"]
    assert said.json["received"] == answers["2018Q3"]["received"]
    entry = last_entry(home)
    assert (entry.action, entry.object, entry.fields) == ("command", "statistics", "2018Q3")
    assert entry.actor == f"máy chủ: {getpass.getuser()}"


@pytest.mark.parametrize("day", ["2018-08-15", "15/8/2018", "15/08/2018"])
def test_as_of_is_read_both_ways(capsys: pytest.CaptureFixture[str], home: str, day: str) -> None:
    said = Said(capsys, "stats", "2018Q3", "--as-of", day, "--data", home, "--json")
    assert said.json["as_of"] == "2018-08-15"


def test_stats_in_words_balance(capsys: pytest.CaptureFixture[str], home: str) -> None:
    Said(capsys, "import", str(CLEAN), "--data", home, "--json")
    said = Said(capsys, "stats", "2018", "--data", home)
    assert "Tiếp nhận trong kỳ" in said.out
    assert "Kinh phí hỗ trợ (đồng)" in said.out


def test_report_as_pdf_and_spreadsheet(capsys: pytest.CaptureFixture[str], home: str, tmp_path: Path) -> None:
    Said(capsys, "import", str(CLEAN), "--data", home, "--json")
    for name in ("report.pdf", "report.XLSX"):
        said = Said(capsys, "report", "2018Q3", "--out", str(tmp_path / name), "--data", home)
        assert said.code == 0
        assert last_entry(home).action == "export"
    assert "CỘNG HÒA XÃ HỘI" in PdfReader(tmp_path / "report.pdf").pages[0].extract_text()
    assert load_workbook(tmp_path / "report.XLSX").sheetnames


def test_a_report_that_cannot_be_written_is_a_sentence(
    capsys: pytest.CaptureFixture[str], home: str, tmp_path: Path
) -> None:
    said = Said(capsys, "report", "2018Q3", "--out", str(tmp_path / "no" / "such" / "x.pdf"), "--data", home)
    assert said.code == 1
    assert "Không ghi được" in said.err


# --- backup, restore, audit


def test_backup_and_restore(capsys: pytest.CaptureFixture[str], home: str, tmp_path: Path) -> None:
    Said(capsys, "import", str(CLEAN), "--data", home, "--json")
    made = Said(capsys, "backup", str(tmp_path / "disk"), "--keys", str(tmp_path / "safe"), "--data", home)
    assert made.code == 0
    lost = Said(capsys, "restore", str(tmp_path / "disk"), "--data", str(tmp_path / "again"))
    assert lost.code == 1
    keys = ("--keys", str(tmp_path / "safe"))
    back = Said(capsys, "restore", str(tmp_path / "disk"), *keys, "--data", str(tmp_path / "again"))
    assert back.code == 0
    assert count(str(tmp_path / "again"), Case) == count(home, Case)
    entry = last_entry(str(tmp_path / "again"))
    assert (entry.action, entry.object, entry.fields) == ("command", "backup", "restore")
    assert Said(capsys, "restore", str(tmp_path / "disk"), "--data", home).code == 1


def test_audit_verify_finds_and_fails(capsys: pytest.CaptureFixture[str], home: str, tmp_path: Path) -> None:
    Said(capsys, "import", str(CLEAN), "--data", home, "--json")
    Said(capsys, "backup", str(tmp_path / "disk"), "--data", home)
    (manifest,) = (tmp_path / "disk").glob("data-*/manifest.json")
    good = Said(capsys, "audit", "verify", "--anchor", str(manifest), "--data", home)
    assert good.code == 0
    assert last_entry(home).object == "trail"
    office = open_office(Path(home), f"sqlite:///{home}/data/duongve.db")
    with office.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE case_file SET received_on = '2017-01-01'")
    office.close()
    bad = Said(capsys, "audit", "verify", "--data", home)
    assert bad.code == 1
    assert "ngoài chương trình" in bad.out
