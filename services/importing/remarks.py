"""What is said about a row while it is checked: refusals, warnings, and what goes into its notes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from services.errors import Invalid
from services.importing.cells import Cell, text_of
from services.importing.form import BY_KEY
from services.importing.reading import RawRow

T = TypeVar("T")


@dataclass(frozen=True)
class Remark:
    """One reason, in Vietnamese, at a sheet row and a column's heading."""

    row: int
    column: str
    reason: str


@dataclass
class Desk:
    """One raw row on the desk. A column refused once is not spoken of again."""

    raw: RawRow
    prefix: str = ""
    refusals: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    def refuse(self, key: str, reason: str) -> None:
        if key not in self.refused:
            self.refused.add(key)
            self.refusals.append(self._remark(key, reason))

    def warn(self, key: str, reason: str) -> None:
        if reason:
            self.warnings.append(self._remark(key, reason))

    def keep(self, key: str, text: str) -> None:
        """Puts what the form has no place for into the row's notes."""
        self.kept.append(f"{BY_KEY[key].heading}: {text}")

    def cell(self, key: str) -> Cell:
        return self.raw.cells.get(key)

    def text(self, key: str) -> str:
        """The cell as clean text; empty, and refused, when it is broken or too long."""
        found = self.read(key, text_of) or ""
        longest = BY_KEY[key].longest
        if len(found) > longest:
            self.refuse(key, f"Quá dài: nhiều nhất {longest} ký tự.")
            return ""
        return found

    def read(self, key: str, how: Callable[..., T], *more: Any) -> T | None:
        """`how(cell, *more)`, or None and a refusal when it says the cell is not valid."""
        if key in self.raw.broken:
            self.refuse(key, self.raw.broken[key])
            return None
        try:
            return how(self.cell(key), *more)
        except Invalid as error:
            self.refuse(key, error.sentence)
            return None

    def _remark(self, key: str, reason: str) -> Remark:
        return Remark(self.raw.number, BY_KEY[key].heading, self.prefix + reason)
