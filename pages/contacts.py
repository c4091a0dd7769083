"""Whom to call at other bodies."""

from pages.ui import register
from services.registers.contact_register import CONTACTS


def render() -> None:
    register.draw(CONTACTS)
