"""The parts a sheet of facts is made of: plain data for a screen."""

from dataclasses import dataclass

EMPTY = "Chưa ghi"


@dataclass(frozen=True)
class Fact:
    label: str
    value: str  # empty: not known yet
    wide: bool = False


@dataclass(frozen=True)
class Action:
    """A form about one row, or about the file when there is no row."""

    form: str
    label: str
    row_id: int | None = None


@dataclass(frozen=True)
class Line:
    cells: tuple[str, ...]
    action: Action | None = None
    remove: Action | None = None


@dataclass(frozen=True)
class Table:
    title: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    numbers: frozenset[int] = frozenset()  # which columns are aligned to the right


@dataclass(frozen=True)
class Block:
    """One part of the sheet. `empty` is said when there is nothing yet; `add` opens the form that adds to it."""

    title: str
    facts: tuple[Fact, ...] = ()
    tables: tuple[Table, ...] = ()
    empty: str = ""
    summary: str = ""
    note: str = ""  # said quietly at its end
    add: Action | None = None


def block(title: str, empty: str, *tables: Table | None, summary: str = "", note: str = "") -> Block:
    """A block of the tables that have rows."""
    return Block(title, tables=tuple(table for table in tables if table), empty=empty, summary=summary, note=note)


@dataclass(frozen=True)
class Headline:
    """The few words by which a file is known. `name` is None for those who may not see it."""

    name: str | None
    person: str
    found: str  # where the person was brought, and how they were found
