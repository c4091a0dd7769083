"""The empty form: choice lists, two invented sample rows that are never imported, and a sheet that explains."""

from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from db.cases import Place
from services import law
from services.access import Right, require
from services.importing.cells import Cell
from services.importing.countries import COUNTRIES
from services.importing.directory import Directory, directory
from services.importing.form import FORM, SAMPLE, Column, Reads
from services.importing.rows import GIVEN_WORD, NEEDED, NO, OUTSIDE, REFUSED_WORD, YES, Measure, measure_words
from services.importing.sheets import BOLD, FIRST_ROW, Sheet, register_sheet, saved
from services.work import Work

LISTS, GUIDE = "Danh mục", "Hướng dẫn"
FILLED = 2000  # rows that offer the choice lists
COMMON_COUNTRIES = 12
SAMPLES: tuple[dict[str, Cell], ...] = (
    {
        "received_on": date(2020, 3, 9),
        "way": "Tự trở về",
        "full_name": "Nguyễn Thị Ví Dụ",
        "sex": "Nữ",
        "birth": "05/1999",
        "ethnic": "Tày",
        "identity_number": "095000000001",
        "place": "Trung Quốc",
        "purpose": "Ép làm vợ",
        "requested_on": date(2020, 3, 10),
        "concluded_on": date(2020, 3, 30),
        "outcome": "Là nạn nhân",
        "paper_number": "01/GXN",
        "needs_protection": YES,
        "measured_on": date(2020, 3, 10),
        "measures": "Giữ bí mật đời tư, nơi cư trú; Bố trí nơi tạm lánh",
        "support_essentials": 1_440_000,
        "support_travel": GIVEN_WORD,
        "support_vocational": NEEDED,
        "support_loan": REFUSED_WORD,
        "delivered_on": date(2020, 3, 12),
        "fund": "Ngân sách nhà nước",
        "note": "Dòng mẫu, người không có thật",
    },
    {
        "received_on": "15/6/2020",
        "way": "Được giải cứu",
        "full_name": "Trần Văn Thí Dụ",
        "sex": "Nam",
        "birth": "1985",
        "district": f"{OUTSIDE} – Lạng Sơn",
        "needs_protection": NO,
        "note": "Dòng mẫu, người không có thật; còn đang xác minh",
    },
)


def template(work: Work) -> bytes:
    """An empty register with the office's own units and places in its lists."""
    require(work, Right.IMPORT)
    known = directory(work)
    offered = {column.key: _choices(column, known, work.today) for column in FORM}
    book = Workbook(write_only=True)
    sheet = register_sheet(book, FORM, f"Xóa dòng ghi «{SAMPLE}» hay để nguyên đều được: dòng ấy không được nhập.")
    _add_lists(sheet, offered)
    for sample in SAMPLES:
        shown = _localised(sample, known, work.today)
        sheet.row([SAMPLE if c.reads is Reads.ORDER else shown.get(c.key) for c in FORM])
    _guide(book, offered)
    _list_sheet(book, offered)
    return saved(book)


def _localised(sample: dict[str, Cell], known: Directory, day: date) -> dict[str, Cell]:
    """The sample with a unit and a district of this office."""
    units = _units(known, day)
    districts = _districts(known)
    made: dict[str, Cell] = {"unit": units[0] if units else None, "verifier": None}
    if "district" not in sample and districts:
        made["district"] = districts[0]
    if "requested_on" in sample and units:
        made["verifier"] = units[0]
    return made | sample


def _choices(column: Column, known: Directory, day: date) -> Sequence[str]:
    if column.choices is not None:
        return [m.label for m in column.choices if m.value != "unknown"] + _unknown(column)
    match column.reads:
        case Reads.UNIT:
            return _units(known, day)
        case Reads.DISTRICT:
            return [*_districts(known), *(f"{OUTSIDE} – {name}" for name in law.province_names())]
        case Reads.PLACE:
            return [Place.IN_PROVINCE.label, *list(COUNTRIES)[:COMMON_COUNTRIES], *law.province_names()]
        case Reads.YES_NO:
            return [YES, NO]
        case Reads.SUPPORT:
            return [NEEDED, REFUSED_WORD, GIVEN_WORD]
        case Reads.MEASURES:
            return [measure_words(Measure(row.code)) for row in law.measures(law.regime_of(day))]
    return []


def _unknown(column: Column) -> list[str]:
    return [m.label for m in column.choices or () if m.value == "unknown"]


def _units(known: Directory, day: date) -> list[str]:
    """Those at work first, then those a register of earlier years may name."""
    every = {unit.id: unit for units in known.units.values() for unit in units}.values()
    return list(dict.fromkeys(u.name for u in sorted(every, key=lambda u: (not u.on(day), u.name))))


def _districts(known: Directory) -> list[str]:
    return sorted({area.name for areas in known.districts.values() for area in areas})


def _add_lists(sheet: Sheet, offered: dict[str, Sequence[str]]) -> None:
    """A list at each cell of a coded column; another text is allowed, the import says what it makes of it."""
    for at, column in enumerate(FORM, 1):
        count = len(offered[column.key])
        if not count:
            continue
        letter, place = get_column_letter(at), get_column_letter(_place(column))
        rule = DataValidation(
            type="list",
            formula1=f"'{LISTS}'!${place}$2:${place}${count + 1}",
            allow_blank=True,
            showErrorMessage=False,
        )
        rule.add(f"{letter}{FIRST_ROW + 1}:{letter}{FIRST_ROW + FILLED}")
        sheet.sheet.data_validations.append(rule)


def _place(column: Column) -> int:
    return FORM.index(column) + 1


def _list_sheet(book: Workbook, offered: dict[str, Sequence[str]]) -> None:
    """One column a list, in the order of the form."""
    sheet = Sheet(book, LISTS, [20] * len(FORM))
    sheet.line([column.heading if offered[column.key] else None for column in FORM], BOLD)
    for number in range(max(len(values) for values in offered.values())):
        lists = (offered[column.key] for column in FORM)
        sheet.line([values[number] if number < len(values) else None for values in lists])


def _guide(book: Workbook, offered: dict[str, Sequence[str]]) -> None:
    sheet = Sheet(book, GUIDE, [28, 70, 60])
    sheet.heading(["Cột", "Ghi thế nào", "Một trong"])
    for column in FORM:
        few = offered[column.key] if column.reads not in (Reads.UNIT, Reads.DISTRICT, Reads.PLACE) else ()
        where = "; ".join(few) or (f"xem trang «{LISTS}»" if offered[column.key] else "")
        sheet.row([column.heading, column.help or "Có thể để trống.", where])
    sheet.row(["Cột khác", "Nội dung được giữ trong ghi chú, dưới tên cột.", ""])
