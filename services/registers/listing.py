"""A list as data: its columns, filters, orders and search; and a register: a list with its form.

One drawer (`pages/ui/listing.py`) draws every list; `list_files.py` prints it and writes it as a sheet;
`saved_lists.py` keeps its filters under a name. A `Register` is a whole list-and-form over one table:
`store.py` reads and writes it. Coded facts stand in the address; what was typed never does.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.base import Row, table_of
from db.fields import LabelledEnum, Sensitivity, info
from services.access import Right, clear, shows
from services.errors import Invalid
from services.paging import Page
from services.registers.core import Asked, Choice, Section
from services.text import parse_date, vn_date, vn_number
from services.work import Work

SORT = "sort"
YES, NO = "Có", "Không"
PAGE_SIZE = 50

Value = str | int | date | LabelledEnum | bool | None


@dataclass(frozen=True)
class Query:
    """What a list is narrowed to: the address's codes, and the text that stands in no address."""

    codes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    @property
    def sort(self) -> str:
        return self.codes.get(SORT, "")


@dataclass(frozen=True)
class Filter:
    """One list to choose from. `name` stands in the address; `fact` is the fact it narrows."""

    name: str
    fact: str
    label: str
    options: Callable[[Work], Sequence[Choice]]


@dataclass(frozen=True)
class Column:
    """One column of a list. `source`: the column whose sensitivity decides who sees it (None: whoever has
    the list); `sorts`: the names of its orders, upward and downward; `beside`: a second fact in the same
    place on the screen, a column of its own on paper and in a sheet; `state`: drawn as the state of a file."""

    label: str
    value: Callable[[Any], Value]
    source: Any = None
    sorts: tuple[str, str] | None = None
    beside: "Column | None" = None
    state: bool = False


@dataclass(frozen=True)
class Export:
    """A form in which a list leaves, beside its print and its sheet."""

    label: str
    name: str
    ending: str
    media_type: str
    make: Callable[[Work, Query], bytes]
    what: str


Find = Callable[[Work, Query, int, int], Page[Any]]  # number of the page, rows a page


@dataclass(frozen=True)
class Listing:
    """A list. `find` gives one page of rows, each with an `id`; `opens(id)` is where a row opens; `word` is
    what it counts; the first `open_filters` filters stand on the screen, the others behind a line."""

    name: str
    title: str
    word: str
    right: Right
    columns: tuple[Column, ...]
    find: Find
    opens: Callable[[int], str]
    orders: Callable[[Work], Mapping[str, str]]  # name → words, the usual one first
    filters: tuple[Filter, ...] = ()
    open_filters: int = 2
    days: Mapping[str, str] = field(default_factory=dict)  # name → label
    search: str = ""  # the label of the box; empty: nothing to search
    search_help: str = ""
    exports: tuple[Export, ...] = ()
    of_files: bool = False  # its rows are files: one form may be filled in for many of them

    @property
    def names(self) -> tuple[str, ...]:
        """What may stand in the list's address."""
        return (*(one.name for one in self.filters), *self.days, SORT)


Checks = Callable[[Asked, Mapping[str, Any]], Mapping[str, str]]


@dataclass(frozen=True)
class Register:
    """A list and its form over one table that belongs to no file.

    `columns`, `filters`, `search` name columns of the table (the first column opens the row); labels,
    choices and sensitivities are said on the table, the form's own facts in `sections`. `order`: the column
    that sorts the list unless somebody says otherwise, a day latest first, all else upward. `scope(work)` is the
    condition under which a row is this person's; `checks(asked, values)` gives field → sentence.
    """

    name: str
    title: str
    word: str
    table: type[Row]
    read: Right
    write: Right
    sections: tuple[Section, ...]
    columns: tuple[Any, ...]
    order: Any
    filters: tuple[Any, ...] = ()
    search: tuple[Any, ...] = ()
    scope: Callable[[Work], Any] | None = None
    checks: Checks = lambda asked, values: {}
    start: Callable[[Asked], Mapping[str, Any]] = lambda asked: {}
    note: str = ""

    def __post_init__(self) -> None:
        own = table_of(self.table).c
        if "case_id" in own:
            raise ValueError(f"{self.name}: rows of a file are read and written with the file")
        strangers = [one for one in (*self.columns, *self.filters, *self.search, self.order) if one.key not in own]
        if strangers:
            raise ValueError(f"{self.name}: {strangers} are not of {self.table.__name__}")
        if DECLARED.setdefault(self.name, self) is not self and DECLARED[self.name].table is not self.table:
            raise ValueError(f"{self.name} is declared twice")


DECLARED: dict[str, Register] = {}  # every register there is, for the tests that all of them must pass


def columns_for(work: Work, columns: Sequence[Column]) -> list[Column]:
    """The columns this person sees; the others are left out altogether."""
    return [one for one in columns if one.source is None or shows(work.actor, one.source)]


def apart(work: Work, columns: Sequence[Column]) -> list[Column]:
    """The same with what stands beside a fact as a column of its own: for paper and sheets."""
    every = [each for one in columns for each in (one, one.beside) if each is not None]
    return columns_for(work, every)


def names_people(work: Work, sources: Sequence[Any]) -> bool:
    """Whether a list of these columns names somebody to this person."""
    sensitive = {info(source).get("sensitivity") for source in sources if shows(work.actor, source)}
    return bool((sensitive & clear(work.actor)) - {Sensitivity.OPEN})


def chosen(work: Work, listing: Listing, codes: Mapping[str, str]) -> dict[str, Choice | date]:
    """The codes that are known, with what they stand for. Anything else narrows nothing."""
    found: dict[str, Choice | date] = {}
    for one in listing.filters:
        code = codes.get(one.name)
        choice = next((each for each in one.options(work) if each.code == code), None) if code else None
        if choice is not None:
            found[one.name] = choice
    for name in listing.days:
        typed = day(codes.get(name))
        if typed is not None:
            found[name] = typed
    return found


def kept(work: Work, listing: Listing, codes: Mapping[str, str]) -> dict[str, str]:
    """The codes as they may be kept under a name: only what is known, nothing else that was in an address."""
    known = chosen(work, listing, codes)
    said = {name: one.code if isinstance(one, Choice) else vn_date(one) for name, one in known.items()}
    if codes.get(SORT) in listing.orders(work):
        said[SORT] = codes[SORT]
    return said


def in_words(work: Work, listing: Listing, query: Query) -> list[str]:
    """What narrows the list, for its paper: `Tình trạng: Đang xác minh`."""
    labels = {one.name: one.label for one in listing.filters} | dict(listing.days)
    known = chosen(work, listing, query.codes)
    said = [
        f"{labels[name]}: {one.label if isinstance(one, Choice) else vn_date(one)}" for name, one in known.items()
    ]
    if query.text.strip() and listing.search:
        said.append(f"tìm «{query.text.strip()}»")
    return said


def day(typed: str | None) -> date | None:
    """A day of an address; None when it is none."""
    try:
        return parse_date(typed) if typed else None
    except Invalid:
        return None


def words(value: Value) -> str:
    """A value of a list as people read it."""
    if value is None:
        return ""
    if isinstance(value, LabelledEnum):
        return value.label
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, date):
        return vn_date(value)
    return vn_number(value) if isinstance(value, int) else str(value)
