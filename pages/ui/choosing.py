"""Choosing a period and a unit, kept in the address: the address can be sent to a colleague."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from pages.ui.fields import DAY
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
MAKE = {"quarter": periods.quarter, "half": periods.half, "month": periods.month}
KEPT = "figures period"  # in the session: the period stays when one goes from statistics to the report


@dataclass(frozen=True)
class Chooser:
    """The choices of one screen. Widgets are named after it: Streamlit forgets those of a screen one left."""

    screen: str

    def period(
        self, first: Callable[[], Period], *, last_year: int, kinds: Sequence[str] = tuple(KINDS)
    ) -> Period | None:
        """The period in the address, else the one chosen before, else `first()`; None while it cannot be read."""
        self._arrive(first, kinds)
        kind = st.segmented_control(
            PERIOD, kinds, format_func=KINDS.__getitem__, key=self._key("kind"), required=True, wrap=True
        )
        chosen = self._days() if kind == "days" else self._whole(str(kind), last_year)
        if chosen is not None:
            st.session_state[KEPT] = st.query_params["period"] = chosen.key
        return chosen

    def unit(self, offered: Sequence[UnitChoice], label: str = UNIT) -> UnitChoice:
        """One of the units offered; the first when the address names none of them."""
        codes = {format(one.id, "x") if one.id else "": one for one in offered}
        asked, key = st.query_params.get("unit", ""), self._key("unit")
        if asked != st.session_state.get(self._key("unit seen")) or st.session_state.get(key) not in codes:
            st.session_state[key] = asked if asked in codes else next(iter(codes))
        code = str(st.selectbox(label, list(codes), format_func=lambda code: codes[code].name, key=key, width=300))
        st.session_state[self._key("unit seen")] = code
        if code:
            st.query_params["unit"] = code
        else:
            st.query_params.pop("unit", None)
        return codes[code]

    def one_of(self, name: str, label: str, options: Mapping[str, str]) -> str:
        """One of a few, kept in the address under `name`; the first when the address names none."""
        key, seen, asked = self._key(name), self._key(f"{name} seen"), st.query_params.get(name, "")
        if asked != st.session_state.get(seen) or st.session_state.get(key) not in options:
            st.session_state[key] = asked if asked in options else next(iter(options))
        chosen = str(
            st.segmented_control(
                label, list(options), format_func=options.__getitem__, key=key, required=True, wrap=True
            )
        )
        st.session_state[seen] = st.query_params[name] = chosen
        return chosen

    def _key(self, name: str) -> str:
        return f"{self.screen}:{name}"

    def _arrive(self, first: Callable[[], Period], kinds: Sequence[str]) -> None:
        """Puts the address's period into the widgets when it is not the one they already show."""
        asked = st.query_params.get("period") or st.session_state.get(KEPT, "")
        if asked and asked == st.session_state.get(KEPT) and self._key("kind") in st.session_state:
            return
        try:
            found = periods.parse(asked) if asked else first()
        except AppError as error:
            st.warning(error.sentence)
            found = first()
        if _kind_of(found) not in kinds:  # a screen of reports knows no two days: the quarter they end in
            found = periods.quarter(found.end.year, (found.end.month - 1) // 3 + 1)
        for name, value in _shown(found).items():
            st.session_state[self._key(name)] = value

    def _whole(self, kind: str, last_year: int) -> Period:
        length = LENGTHS.get(kind, 1)
        usual = range(plan().first_year, max(last_year, plan().last_year) + 1)
        asked = int(st.session_state.get(self._key("year"), last_year))  # an address may ask for any other
        years = sorted({*usual, asked}, reverse=True)
        label = FIRST_YEAR if length > 1 else YEAR
        year = int(st.selectbox(label, years, key=self._key("year"), width=110))
        if kind in PARTS:
            return self._part(kind, year)
        return periods.years(year, year + length - 1)

    def _part(self, kind: str, year: int) -> Period:
        make = MAKE[kind]
        numbers = list(range(1, PARTS[kind] + 1))
        width = 200 if kind == "half" else 130
        number = st.selectbox(
            KINDS[kind], numbers, format_func=lambda n: _short(make(year, n)), key=self._key(kind), width=width
        )
        return make(year, int(number))

    def _days(self) -> Period | None:
        start, end = _day(FROM, self._key("from")), _day(TO, self._key("to"))
        if start and end:
            try:
                return periods.parse(f"{start}..{end}")
            except AppError as error:
                st.error(error.sentence)
        return None


def _shown(found: Period) -> dict[str, object]:
    """What the widgets show for a period."""
    kind = _kind_of(found)
    if kind == "days":
        return {"kind": kind, "from": vn_date(found.start), "to": vn_date(found.end)}
    values: dict[str, object] = {"kind": kind, "year": found.end.year - LENGTHS.get(kind, 1) + 1}
    if kind in PARTS:
        values[kind] = (found.end.month - 1) // (12 // PARTS[kind]) + 1
    return values


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


def _short(found: Period) -> str:
    """Without its year, which stands beside it: "Quý III năm 2018" → "Quý III"."""
    return found.label[: -len(found.key[:4])].strip().removesuffix("năm").strip() or found.label


def _day(label: str, key: str) -> str:
    typed = st.text_input(label, key=key, placeholder=DAY, width=140, autocomplete="off")
    if not typed:
        return ""
    try:
        return parse_date(typed).isoformat()
    except AppError as error:
        st.error(error.sentence)
        return ""
