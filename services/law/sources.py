"""Which text a row cites, in the words of a Vietnamese document; agencies and duties."""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from services.law.model import Agency, Citation, Duty, Instrument
from services.law.tables import raw, rows


@lru_cache
def instruments() -> dict[str, Instrument]:
    """Every cited text by its short name."""
    return {row.id: row for row in rows("sources", "instrument", Instrument)}


def cite(legal: Iterable[Citation]) -> str:
    """`Điều 24(4) Luật số 66/2011/QH12; Điều 6(3) Thông tư liên tịch số …` for a screen or a report."""
    return "; ".join(_one(citation) for citation in legal)


def _one(citation: Citation) -> str:
    known = instruments().get(citation.document)
    name = known.vi if known else citation.document  # a decision of the office is its own name
    return f"{re.sub(r'Đ[.]', 'Điều ', citation.article)} {name}".strip()


def read_in(source: str) -> tuple[str, ...]:
    """Where a row was read: the texts behind `source` ("BPD398 + TTHC-5893")."""
    known = {row["id"]: str(row["text"]) for row in raw("sources")["read_in"]}
    return tuple(known.get(part, part) for part in source.split(" + "))


def agencies() -> tuple[Agency, ...]:
    """What each kind of agency does under either law."""
    return rows("agencies", "agency", Agency)


def duties(day: date) -> tuple[Duty, ...]:
    """The duties of secrecy and data protection that hold on `day`."""
    return tuple(row for row in rows("confidentiality", "duty", Duty) if row.in_force(day))
