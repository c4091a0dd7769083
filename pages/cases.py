"""The list of files: found by name, number or filters; an address that reopens the same list."""

from pages.ui import listing
from services.registers.case_list import CASES


def render() -> None:
    listing.draw(CASES)
