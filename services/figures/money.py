"""Support in kind and in money: what was delivered, how many đồng, from which fund. Loans stand apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from db.support import FundSource, SupportKind
from services.figures.facts import KINDS, Flags, Ints
from services.figures.view import Figure, View
from services.text import fold

NO_FUND = "Chưa ghi nguồn"
_LOAN = KINDS.index(SupportKind.LOAN)


@dataclass(frozen=True)
class Amount:
    """`key`: the stored code or id; `amount` in đồng."""

    key: str | int | None
    label: str
    amount: int


@dataclass(frozen=True)
class Money:
    """đồng delivered in the period, net of corrections, without loans. Each list sums to `total`."""

    total: int
    by_fund: tuple[Amount, ...]
    by_kind: tuple[Amount, ...]
    by_unit: tuple[Amount, ...]  # the unit that received the file, the largest first


@dataclass(frozen=True)
class Loans:
    total: int
    times: int
    persons: int


@dataclass(frozen=True)
class Delivery:
    """One kind of support: deliveries, the different persons who got them, đồng (of a loan: lent)."""

    kind: SupportKind
    times: int
    persons: int
    amount: int


@Figure
def money(view: View) -> Money:
    given = view.facts.deliveries
    paid = view.during(given) & (given.kind != _LOAN)
    amount = given.amount[paid]
    unit = view.facts.files.unit
    funds = dict(
        zip(given.fund.values, _sums(given.fund.codes[paid], amount, len(given.fund.values)), strict=True)
    )
    kinds = _sums(given.kind[paid], amount, len(KINDS))
    units = _sums(unit.codes[given.file[paid]], amount, len(unit.values))
    spent = _nonzero(Amount(key, view.facts.units[key], units[n]) for n, key in enumerate(unit.values))
    return Money(
        total=int(amount.sum()),
        by_fund=_nonzero(
            [
                *(Amount(fund.value, fund.label, funds.get(fund.value, 0)) for fund in FundSource),
                Amount(None, NO_FUND, funds.get(None, 0)),
            ]
        ),
        by_kind=_nonzero(Amount(kind.value, kind.label, kinds[n]) for n, kind in enumerate(KINDS)),
        by_unit=tuple(sorted(spent, key=lambda part: (-part.amount, fold(part.label)))),
    )


@Figure
def loans(view: View) -> Loans:
    """Vay vốn: never part of `money`."""
    given = view.facts.deliveries
    lent = view.during(given) & (given.kind == _LOAN)
    which = lent & ~given.correction
    return Loans(int(given.amount[lent].sum()), int(which.sum()), _persons(view, which))


@Figure
def deliveries(view: View) -> tuple[Delivery, ...]:
    """Every kind, in the order of the register. One person may get several kinds, and one kind several times."""
    return tuple(_delivery(view, number) for number in range(len(KINDS)))


@Figure
def persons_served(view: View) -> int:
    """Different persons who got any support in the period, loans apart."""
    given = view.facts.deliveries
    return _persons(view, view.during(given) & ~given.correction & (given.kind != _LOAN))


def _delivery(view: View, number: int) -> Delivery:
    given = view.facts.deliveries
    mine = view.during(given) & (given.kind == number)
    which = mine & ~given.correction
    return Delivery(KINDS[number], int(which.sum()), _persons(view, which), int(given.amount[mine].sum()))


def _persons(view: View, which: Flags) -> int:
    return len(np.unique(view.facts.files.subject[view.facts.deliveries.file[which]]))


def _sums(codes: Ints, amounts: Ints, length: int) -> list[int]:
    """Whole numbers throughout: `bincount` with weights would pass through floating point."""
    sums = np.zeros(length, np.int64)
    np.add.at(sums, codes, amounts)
    return [int(value) for value in sums]


def _nonzero(amounts: Iterable[Amount]) -> tuple[Amount, ...]:
    return tuple(amount for amount in amounts if amount.amount)
