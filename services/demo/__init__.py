"""The demo: an invented province to try everything in, in a folder of its own, never over real data."""

from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa

from db.base import table_of
from db.cases import Case
from db.engine import sqlite_url
from db.trail import Action
from services import founding
from services.daily import automatic
from services.demo.cases import invent
from services.demo.desk import desks
from services.demo.doubles import doubles
from services.demo.incidents import together
from services.demo.lately import lately
from services.demo.staff import PASSWORD as PASSWORD
from services.demo.staff import PEOPLE as PEOPLE
from services.demo.staff import REASON, Staff, open_accounts
from services.errors import NotReady
from services.migrating import migrate
from services.office import Home, card_of, make_office
from services.work import Work, command_line

CASES = 420


def prepare(home: Path, progress: Callable[[int, int], None] | None = None) -> None:
    """Founds and fills the demo in `home`, or does nothing when it is there already.

    Raises NotReady when the folder holds anything else: real data above all.
    """
    card = card_of(home)
    if card is not None and card["kind"] != "demo":
        raise NotReady("Thư mục này giữ dữ liệu thật: bản chạy thử không chạy ở đây. Hãy chọn thư mục khác.")
    if card is None and home.exists() and any(home.iterdir()):
        raise NotReady("Thư mục này đang chứa thứ khác. Hãy chọn một thư mục trống cho bản chạy thử.")
    office = make_office(home, kind="demo", url=sqlite_url(Home(home).database))
    try:
        migrate(office, backup=automatic)
        founding.found(office)
        with Work(office, command_line(), write=True, reason=REASON) as work:
            count = sa.select(sa.func.count()).select_from(table_of(Case))
            if work.session.connection().execute(count).scalar_one() == 0:  # all or nothing: one Work
                work.record(Action.COMMAND, "office", fields="demo")
                open_accounts(work)
                invent(work, CASES, progress=progress)
                together(work)
                staff = Staff(work)
                found = lately(work, staff)
                doubles(work, staff)
                desks(work, staff, found)
    finally:
        office.close()
