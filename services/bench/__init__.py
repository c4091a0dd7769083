"""How fast it is, measured on an invented office in a scratch folder: `duongve bench`.

Every page is measured against an empty page's rerun on the same machine in the same run, so the
ratios mean the same on a slow machine and a fast one.
"""

import asyncio
import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.request import urlopen

from sqlmodel import select

from db.accounts import Role
from db.engine import sqlite_url
from db.people import Person
from db.places import Area, Unit
from services import accounts, case_search, cases, figures, founding, importing, periods, sessions, today
from services import office as offices
from services.bench import looking
from services.bench import server as bench_server
from services.bench.client import Tab
from services.demo.cases import invent
from services.importing.out import register_xlsx
from services.office import Home, Office, make_office
from services.reports import pdf, periodic
from services.trail_check import verify
from services.work import Actor, Held, Work, command_line

Say = Callable[[str], None]
PERIOD = "2016-2020"
REPEATS = 25
LOOK_UPS = 100
PEOPLE, THOUGHT, LOOKS = 50, 2.0, 8  # people, seconds between their clicks, clicks each
SEARCH = "Tìm hồ sơ"
TODAY_OF = {  # label → role, unit, whether its head
    "cơ quan thường trực": (Role.LABOUR_DEPT, "SYT", False),
    "thủ trưởng công an": (Role.POLICE, "CA_TINH", True),
    "huyện": (Role.LOCAL, "UBND_066", False),
}


@dataclass(frozen=True)
class Times:
    """Seconds of one thing done many times."""

    seconds: Sequence[float]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        return sorted(self.seconds)[max(0, round(len(self.seconds) * 0.95) - 1)]

    def line(self, empty: "Times | None" = None) -> str:
        said = f"{self.median * 1000:7.1f} ms   p95 {self.p95 * 1000:7.1f} ms"
        return said if empty is None else f"{said}   {self.median / empty.median:4.1f} × trang trống"


def run(count: int, say: Say) -> None:
    """Prints every measure, for an office of `count` files."""
    with tempfile.TemporaryDirectory(prefix="duongve-bench-") as folder:
        scratch = Path(folder)
        office = _office(scratch / "one")
        try:
            _fill(office, count, say)
            _services(office, say)
            _looking(office, say)
            _import(office, scratch, say)
            tokens, names, case_id = _people(office)
        finally:
            office.close()
        asyncio.run(_pages(scratch, tokens, names, case_id, say))


def _office(path: Path) -> Office:
    office = make_office(path, kind="demo", url=sqlite_url(Home(path).database))
    founding.found(office)
    return office


def _fill(office: Office, count: int, say: Say) -> None:
    begun = time.perf_counter()
    with Work(office, command_line(), write=True) as work:
        invent(work, count)
    say(f"{count} hồ sơ bịa ra, lập qua các bước nghiệp vụ: {time.perf_counter() - begun:.1f} s")


def _services(office: Office, say: Say) -> None:
    period = periods.parse(PERIOD)
    say("\nNghiệp vụ, chưa tính trang:")
    with Work(office, command_line()) as work:
        case_ids = [row.id for row in case_search.find(work, size=REPEATS).rows]
        name = work.session.exec(select(Person.full_name)).first() or ""
        _say(say, "Danh sách", _timed(lambda _: case_search.find(work, page=3)))
        _say(say, "Tìm theo tên", _timed(lambda _: case_search.find(work, case_search.CaseFilter(text=name))))
        _say(say, "Một hồ sơ", _timed(lambda place: cases.view(work, case_ids[place])))
    _say(say, "Số liệu 5 năm", _timed(lambda _: _figures(office, period)))
    _today(office, say)
    with Work(office, command_line()) as work:
        _say(say, "Báo cáo PDF 5 năm", _timed(lambda _: pdf.render(periodic.compose(work, period)), 3))
        _say(say, "Kiểm tra nhật ký", _timed(lambda _: verify(work), 1))


def _today(office: Office, say: Say) -> None:
    """The first page of those who work on files, one after another."""
    with Work(office, command_line()) as work:
        people = {label: _at(work, *who) for label, who in TODAY_OF.items()}
    for label, actor in people.items():
        _say(say, f"Hôm nay, {label}", _timed(partial(_first_page, office, actor)))


def _at(work: Work, role: Role, code: str, head: bool) -> Actor:
    """Somebody with that role at the unit of that code."""
    unit = work.session.exec(select(Unit).where(Unit.code == code)).one()
    area = work.session.get(Area, unit.area_id) if unit.area_id else None
    held = Held(role, unit.id, unit.name, unit.kind, unit.area_id, area.level if area else None, head)
    return Actor(None, "bench", (held,))


def _first_page(office: Office, actor: Actor, _place: int) -> None:
    with Work(office, actor) as work:
        today.of(work)


def _looking(office: Office, say: Say) -> None:
    """By name, among a hundred thousand people."""
    with Work(office, command_line()) as work:
        for label, measure in looking.measures(work):
            _say(say, label, _timed(measure, LOOK_UPS))
    office.memory.pop("people", None)


def _figures(office: Office, period: periods.Period) -> None:
    with Work(office, command_line()) as work:
        figures.as_json(work, period)


def _import(office: Office, scratch: Path, say: Say) -> None:
    """The register out of one office and into another."""
    with Work(office, command_line(), write=True) as work:
        register = register_xlsx(work)
    other = _office(scratch / "other")
    try:
        begun = time.perf_counter()
        with Work(other, command_line(), write=True) as work:
            result = importing.apply(work, importing.check(work, register, name="bench.xlsx"))
        seconds = time.perf_counter() - begun
    finally:
        other.close()
    speed = result.accepted / seconds
    say(f"\nNhập sổ Excel: {result.accepted} dòng trong {seconds:.1f} s ({speed:.0f} dòng/s)")


def _people(office: Office) -> tuple[list[str], list[str], int]:
    """Fifty signed-in sessions of a standing agency's officer, some names to look for, a file to open."""
    offices.set_current(office)
    try:
        with Work(office, command_line(), write=True) as work:
            unit_id = work.session.exec(select(Unit.id).where(Unit.code == "SYT")).one()
            account = accounts.create_account(
                work, username="nguoido", full_name="Hà Thị Thử", password=secrets.token_urlsafe(16)
            )
            accounts.grant(work, account_id=account.id, role=Role.LABOUR_DEPT, unit_id=unit_id)
            people = work.session.exec(select(Person).limit(REPEATS)).all()
            names = [str(person.full_name) for person in people]
        tokens = [sessions.redeem(sessions.issue_ticket(account.id)) or "" for _ in range(PEOPLE)]
        return tokens, names, people[0].case_id
    finally:
        offices.set_current(None)


async def _pages(scratch: Path, tokens: list[str], names: list[str], case_id: int, say: Say) -> None:
    with bench_server.empty(scratch / "one", _made(scratch / "blank")) as base:
        async with Tab(base) as tab:
            empty = await _reruns(tab, "")
    say("\nTrang, đo qua máy chủ và websocket:")
    _say(say, "Trang trống", empty)
    with bench_server.ours(scratch / "one") as base:
        async with Tab(base, tokens[0]) as tab:
            _say(say, "Danh sách", await _reruns(tab, "cases"), empty)
            _say(say, "Tìm theo tên", await _searches(tab, names), empty)
            _say(say, "Một hồ sơ", await _reruns(tab, "case", f"id={case_id:x}"), empty)
            _say(say, "Thống kê 5 năm", await _reruns(tab, "statistics", f"period={PERIOD}"), empty)
            _say(say, "Hôm nay", await _reruns(tab, ""), empty)
        _say(say, "Trang đầu của người mới vào", Times([await _first(base, tokens[0]) for _ in range(5)]))
        _say(say, f"Danh sách, {PEOPLE} người cùng làm", await _crowd(base, tokens))


async def _reruns(tab: Tab, page: str, query: str = "") -> Times:
    for _ in range(3):
        await tab.run(page, query)
    return Times([await tab.run(page, query) for _ in range(REPEATS)])


async def _searches(tab: Tab, names: list[str]) -> Times:
    await tab.run("cases")
    seconds = []
    for name in names:
        tab.type(SEARCH, name)
        seconds.append(await tab.run("cases"))
    tab.type(SEARCH, "")
    await tab.run("cases")
    return Times(seconds)


async def _first(base: str, token: str) -> float:
    """From the address typed to the first page drawn: the document, the websocket, the first run."""
    begun = time.perf_counter()
    await asyncio.to_thread(_document, base)
    async with Tab(base, token) as tab:
        await tab.run("")
    return time.perf_counter() - begun


def _document(base: str) -> None:
    with urlopen(base, timeout=30) as answer:  # noqa: S310 (our own server)
        answer.read()


async def _crowd(base: str, tokens: list[str]) -> Times:
    """Everybody turns pages of the list, with time to think in between."""
    seconds: list[float] = []

    async def one(token: str) -> None:
        async with Tab(base, token) as tab:
            await asyncio.sleep(random.uniform(0, THOUGHT))  # noqa: S311 (nothing secret)
            await tab.run("cases")
            for look in range(LOOKS):
                await asyncio.sleep(random.uniform(0.5, 1.5) * THOUGHT)  # noqa: S311 (nothing secret)
                seconds.append(await tab.run("cases", f"page={look + 2}"))

    await asyncio.gather(*(one(token) for token in tokens))
    return Times(seconds)


def _timed(what: Callable[[int], object], times: int = 0) -> Times:
    seconds = []
    for place in range(times or REPEATS):
        begun = time.perf_counter()
        what(place)
        seconds.append(time.perf_counter() - begun)
    return Times(seconds)


def _say(say: Say, label: str, times: Times, empty: Times | None = None) -> None:
    say(f"  {label:<32}{times.line(empty)}")


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
