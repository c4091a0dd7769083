"""What the commands share: their options, the folder they mean, the office they open."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from db.trail import Action
from services import migrating, periods
from services.cli.words import WrongUse
from services.errors import Invalid, NotReady
from services.office import Office, default_home, open_office
from services.text import parse_date
from services.work import Work, command_line

Data = Annotated[
    Path | None, Option("--data", metavar="THƯ_MỤC", help="Thư mục dữ liệu (hoặc biến DUONGVE_DATA).")
]
Json = Annotated[bool, Option("--json", help="Chỉ in JSON.")]
AsOf = Annotated[str | None, Option("--as-of", metavar="NGÀY", help="Số liệu tính đến ngày (yyyy-mm-dd).")]
Period = Annotated[str, Argument(metavar="KỲ", help="2018-03, 2018Q3, 2018H1, 2018, 2016-2020, ngày..ngày")]
Port = Annotated[int, Option("--port", metavar="CỔNG", min=1, max=65535, help="Cổng.", show_default=True)]
Host = Annotated[str, Option("--host", metavar="ĐỊA_CHỈ", help="Địa chỉ nghe.")]
Tls = Annotated[bool, Option("--tls-in-front", envvar="DUONGVE_TLS", help="Có máy chủ TLS đặt phía trước.")]
Keys = Annotated[Path | None, Option("--keys", metavar="THƯ_MỤC", help="Nơi khác giữ bản sao khóa.")]


def folder_of(data: Path | None, default: Path) -> Path:
    """The folder meant, also for everything that asks for it later in this process."""
    named = data or (Path(os.environ["DUONGVE_DATA"]) if os.environ.get("DUONGVE_DATA") else default)
    home = named.expanduser().resolve()
    os.environ["DUONGVE_DATA"] = str(home)
    return home


@contextmanager
def opened(data: Path | None) -> Iterator[Office]:
    """The office to work in. Raises NotReady when its tables are not today's."""
    with closing(open_office(folder_of(data, default_home()))) as office:
        if not migrating.is_current(office.engine):
            raise NotReady("Cơ sở dữ liệu chưa ở dạng mới nhất. Hãy chạy duongve serve (hoặc init) trước.")
        yield office


@contextmanager
def closing(office: Office) -> Iterator[Office]:
    try:
        yield office
    finally:
        office.close()


def note(office: Office, object: str, *, fields: str) -> None:
    with Work(office, command_line(), write=True) as work:
        work.record(Action.COMMAND, object, fields=fields)


def period_of(text: str) -> periods.Period:
    try:
        return periods.parse(text)
    except Invalid as error:
        raise WrongUse(error.sentence) from None


def asked_day(text: str | None) -> date | None:
    """`2018-09-25` or `25/9/2018`. Raises WrongUse."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        return parse_date(text)
    except Invalid as error:
        raise WrongUse(error.sentence) from None
