"""Commands that bring cases in and figures out: import, stats, report."""

import json
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from db.trail import Action
from services.cli.common import AsOf, Data, Json, Period, asked_day, opened, period_of
from services.cli.words import WrongUse, columns, progress, say
from services.errors import NotReady
from services.text import vn_number
from services.work import Work, command_line


def import_register(
    file: Annotated[Path, Argument(metavar="TỆP.xlsx", help="Sổ tiếp nhận.")],
    dry_run: Annotated[bool, Option("--dry-run", help="Chỉ xem trước, không ghi gì.")] = False,
    as_json: Json = False,
    data: Data = None,
) -> None:
    """Nhập sổ tiếp nhận từ Excel. Dòng bị từ chối không chặn các dòng khác."""
    from services import importing

    if not file.is_file():
        raise WrongUse(f"Không có tệp {file}.")
    with opened(data) as office, Work(office, command_line(), write=not dry_run) as work:
        plan = importing.check(work, file, progress=progress("Đọc"))
        if dry_run:
            work.record(Action.IMPORT, "import_batch", reason="xem trước")
        result = plan.result() if dry_run else importing.apply(work, plan, progress=progress("Ghi"))
    if as_json:
        say(json.dumps(result.as_json(), ensure_ascii=False))
        return
    refused = {remark.row for remark in result.refused}
    say("Xem trước (chưa ghi gì):" if dry_run else "Đã nhập:")
    columns(
        (label, vn_number(count))
        for label, count in (
            ("Nhận", result.accepted),
            ("Đã có", result.already_there),
            ("Từ chối", len(refused)),
        )
    )
    for title, remarks in (("Bị từ chối", result.refused), ("Lưu ý", result.warnings)):
        if remarks:
            say(f"{title}:")
            columns((f"dòng {remark.row}", remark.column, remark.reason) for remark in remarks)


def stats(period: Period, as_of: AsOf = None, as_json: Json = False, data: Data = None) -> None:
    """Số liệu của một kỳ."""
    from services import figures
    from services.cli.figures import as_lines

    wanted, day = period_of(period), asked_day(as_of)
    with opened(data) as office, Work(office, command_line()) as work:
        found = figures.as_json(work, wanted, as_of=day)
        work.record(Action.COMMAND, "statistics", fields=wanted.key)
    if as_json:
        say(json.dumps(found, ensure_ascii=False))
    else:
        say(f"{wanted.label}. Số liệu tính đến ngày {found['as_of']}.")
        columns(as_lines(found))


def report(
    period: Period,
    out: Annotated[Path, Option("--out", metavar="TỆP", help="Tệp .pdf hoặc .xlsx.")],
    as_of: AsOf = None,
    data: Data = None,
) -> None:
    """Báo cáo định kỳ, dạng PDF hoặc Excel."""
    from services.reports import pdf, periodic, xlsx

    renderers = {".pdf": pdf.render, ".xlsx": xlsx.render}
    render = renderers.get(out.suffix.lower())
    if render is None:
        raise WrongUse("Tên tệp phải kết thúc bằng .pdf hoặc .xlsx.")
    wanted, day = period_of(period), asked_day(as_of)
    with opened(data) as office, Work(office, command_line()) as work:
        content = render(periodic.compose(work, wanted, as_of=day))
        work.record(Action.EXPORT, "report", fields=wanted.key)
    try:
        out.write_bytes(content)
    except OSError:
        raise NotReady(f"Không ghi được tệp {out}.") from None
    say(f"Đã ghi {out}")
