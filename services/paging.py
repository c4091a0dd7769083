"""One page of rows from SQL, never more: what every list gives its screen."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """`number` counts from 1; `total` is of all pages."""

    rows: Sequence[T]
    total: int
    number: int
    size: int

    @property
    def pages(self) -> int:
        return pages(self.total, self.size)


def pages(total: int, size: int) -> int:
    """How many pages `total` rows fill; at least one."""
    return max(1, -(-total // size))


def within(number: int, total: int, size: int) -> int:
    """The page asked for, or the nearest there is."""
    return min(max(number, 1), pages(total, size))
