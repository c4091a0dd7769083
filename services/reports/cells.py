"""Writing into spreadsheets so that what people typed stays text."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from decimal import Decimal

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.worksheet.worksheet import Worksheet

CellValue = str | int | float | Decimal | date | datetime | None


def safe_cell(ws: Worksheet, row: int, column: int, value: CellValue) -> Cell:
    """Write `value`; a text never becomes a formula, whatever it begins with ("=", "+", "-", "@").

    Control characters, which a sheet cannot hold, are left out. Returns the cell.
    """
    cell = ws.cell(row, column)
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", unicodedata.normalize("NFC", value))
        cell.data_type = "s"
        cell.quotePrefix = value[:1] in ("=", "+", "-", "@")  # Excel keeps it text when the cell is edited
    else:
        cell.value = value
    return cell
