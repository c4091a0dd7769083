"""Commands that keep what was entered: backup, restore, audit verify."""

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from db import files
from services import backup as backups
from services import trail_check
from services.cli.common import Data, Keys, closing, note, opened
from services.cli.words import say
from services.errors import NotReady
from services.text import vn_number
from services.work import Work, command_line


def backup(
    folder: Annotated[Path, Argument(metavar="THƯ_MỤC", help="Nơi giữ bản sao lưu.")],
    keys: Keys = None,
    data: Data = None,
) -> None:
    """Sao lưu khi máy chủ vẫn chạy; khóa tách khỏi dữ liệu; mở lại để kiểm tra."""
    with opened(data) as office:
        made = backups.make(office, folder, keys)
    say(f"Đã sao lưu và mở lại được: {vn_number(made.rows)} dòng, {vn_number(len(made.files))} bản chụp giấy tờ.")
    say(f"  Dữ liệu: {made.data}\n  Khóa:    {made.keys}   (giữ ở nơi khác với dữ liệu)")
    say(f"  Mốc nhật ký: {made.trail.count} dòng, {made.trail.head}")


def restore(
    folder: Annotated[Path, Argument(metavar="BẢN_SAO", help="Thư mục bản sao lưu.")],
    data: Annotated[Path, Option("--data", metavar="THƯ_MỤC_MỚI", help="Thư mục mới, trống.")],
    keys: Keys = None,
) -> None:
    """Khôi phục vào một thư mục trống."""
    with closing(backups.restore(folder, data, keys=keys)) as office:
        note(office, "backup", fields="restore")
        scans = sum(1 for _ in files.all_in(office.home.files))
    say(f"Đã khôi phục vào {data}: đủ số dòng, {vn_number(scans)} bản chụp giấy tờ, nhật ký khớp.")


def audit_verify(
    anchor: Annotated[
        Path | None, Option("--anchor", metavar="TỆP", help="manifest.json của bản sao lưu.")
    ] = None,
    data: Data = None,
) -> None:
    """Kiểm tra nhật ký và mọi bản ghi."""
    expected = trail_check.read_anchor(anchor) if anchor else None
    with opened(data) as office:
        with Work(office, command_line()) as work:
            verdict = trail_check.verify(work, expected)
        note(office, "trail", fields="verify")
    say(
        f"Nhật ký {vn_number(verdict.anchor.count)} dòng, {vn_number(verdict.rows)} bản ghi, "
        f"{vn_number(verdict.files)} tệp bản chụp giấy tờ."
    )
    say(f"Mốc: {verdict.anchor.count} {verdict.anchor.head}")
    for finding in verdict.findings:
        say(f"  {finding.sentence}")
    if verdict.findings:
        raise NotReady(f"Có {len(verdict.findings)} điểm không khớp.")
    say("Không có gì bị sửa ngoài chương trình.")
