"""Choosing a period and a unit, kept in the address: the address can be sent to a colleague."""

from collections.abc import Callable

import streamlit as st

from services import periods
from services.choosing import UnitChoice
from services.errors import AppError
from services.law import plan
from services.periods import Period
from services.text import parse_date, vn_date

PERIOD, UNIT, FROM, TO = "Kỳ", "Đơn vị tiếp nhận", "Từ ngày", "Đến ngày"
YEAR, FIRST_YEAR = "Năm", "Từ năm"
KINDS = {
    "quarter": "Quý",
    "half": "6 tháng",
    "year": "Năm",
    "three": "3 năm",
    "five": "5 năm",
    "month": "Tháng",
    "days": "Hai ngày bất kỳ",
}
LENGTHS = {"three": 3, "five": 5}
PARTS = {"quarter": 4, "half": 2, "month": 12}
KEPT = "figures period"  # in the session: the period stays when one goes from statistics to the report


def period(first: Callable[[], Period], *, last_year: int, kinds: tuple[str, ...] = tuple(KINDS)) -> Period | None:
    """The period in the address, else the one chosen before, else `first()`; None while it cannot be read."""
    _arrive(first)
    offered = [kind for kind in KINDS if kind in kinds]
    kind = st.segmented_control(
        PERIOD, offered, format_func=KINDS.__getitem__, key="period_kind", required=True, wrap=True
    )
    chosen = _days() if kind == "days" else _whole(str(kind), last_year)
    if chosen is not None:
        st.session_state[KEPT] = st.query_params["period"] = chosen.key
    return chosen


def unit(offered: tuple[UnitChoice, ...], label: str = UNIT) -> UnitChoice:
    """One of the units offered; the first when the address names none of them."""
    codes = {format(one.id, "x") if one.id else "": one for one in offered}
    asked = st.query_params.get("unit", "")
    if st.session_state.get("unit_seen") != asked:
        st.session_state["unit_choice"] = asked
    if st.session_state.get("unit_choice", "") not in codes:
        st.session_state["unit_choice"] = next(iter(codes))
    code = st.selectbox(
        label, list(codes), format_func=lambda code: codes[code].name, key="unit_choice", width=300
    )
    st.session_state["unit_seen"] = code
    if code:
        st.query_params["unit"] = code
    else:
        st.query_params.pop("unit", None)
    return codes[code]


def _arrive(first: Callable[[], Period]) -> None:
    """Puts the address's period into the widgets when it is not the one they already show."""
    asked = st.query_params.get("period") or st.session_state.get(KEPT, "")
    if asked and asked == st.session_state.get(KEPT) and "period_kind" in st.session_state:
        return
    try:
        found = periods.parse(asked) if asked else first()
    except AppError as error:
        st.warning(error.sentence)
        found = first()
    _set(found)


def _set(found: Period) -> None:
    kind = _kind_of(found)
    values: dict[str, object] = {"period_kind": kind, "period_year": found.end.year}
    if kind == "days":
        values |= {"period_from": vn_date(found.start), "period_to": vn_date(found.end)}
    elif kind in LENGTHS:
        values["period_year"] = found.end.year - LENGTHS[kind] + 1
    elif kind in PARTS:
        length = 12 // PARTS[kind]
        values[f"period_{kind}"] = (found.end.month - 1) // length + 1
    for name, value in values.items():
        st.session_state[name] = value


def _kind_of(found: Period) -> str:
    if ".." in found.key:
        return "days"
    if "Q" in found.key or "H" in found.key:
        return "quarter" if "Q" in found.key else "half"
    if len(found.key) == 7:
        return "month"
    if len(found.key) == 4:
        return "year"
    length = int(found.key[5:]) - int(found.key[:4]) + 1
    return next((kind for kind, years in LENGTHS.items() if years == length), "days")


def _whole(kind: str, last_year: int) -> Period:
    length = LENGTHS.get(kind, 1)
    usual = range(plan().first_year, max(last_year, plan().last_year) + 1)
    asked = int(st.session_state.get("period_year", last_year))  # an address may ask for any other year
    years = sorted({*usual, asked}, reverse=True)
    label = FIRST_YEAR if length > 1 else YEAR
    year = int(st.selectbox(label, years, key="period_year", width=110))
    if kind in PARTS:
        return _part(kind, year)
    return periods.years(year, year + length - 1)


def _part(kind: str, year: int) -> Period:
    make = {"quarter": periods.quarter, "half": periods.half, "month": periods.month}[kind]
    numbers = list(range(1, PARTS[kind] + 1))
    width = 200 if kind == "half" else 130
    number = st.selectbox(
        KINDS[kind], numbers, format_func=lambda n: _short(make(year, n)), key=f"period_{kind}", width=width
    )
    return make(year, int(number))


def _short(found: Period) -> str:
    """Without its year, which stands beside it: "Quý III năm 2018" → "Quý III"."""
    return found.label[: -len(found.key[:4])].strip().removesuffix("năm").strip() or found.label


def _days() -> Period | None:
    start, end = _day(FROM, "period_from"), _day(TO, "period_to")
    if start and end:
        try:
            return periods.parse(f"{start}..{end}")
        except AppError as error:
            st.error(error.sentence)
    return None


def _day(label: str, key: str) -> str:
    typed = st.text_input(label, key=key, placeholder="dd/mm/yyyy", width=140, autocomplete="off")
    if not typed:
        return ""
    try:
        return parse_date(typed).isoformat()
    except AppError as error:
        st.error(error.sentence)
        return ""
