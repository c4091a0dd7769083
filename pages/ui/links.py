"""Links to our own screens, by their address in the menu: only those this person may open."""

from collections.abc import Iterable
from urllib.parse import urlencode

from pages.menu import MENU, Screen
from pages.ui import format
from services import access
from services.work import Actor

_SCREENS = {screen.address: screen for screen in MENU}


def screen_at(address: str) -> Screen:
    """The menu's entry for an address ("" is the start page). Raises KeyError for any other."""
    return _SCREENS[address]


def may_open(actor: Actor, address: str) -> bool:
    """Whether the menu of this person has the screen."""
    right = screen_at(address).right
    return right is None or access.has(actor, right)


def href(address: str, **params: str | None) -> str:
    """The path of a screen. `params` are coded facts, never typed text; empty ones are left out."""
    given = {name: value for name, value in params.items() if value}
    return f"/{address}" + (f"?{urlencode(given, safe='.')}" if given else "")


def to_screen(address: str, label: str = "", *, kind: str = "do", **params: str | None) -> str:
    """A link to a screen as HTML, in the words of the menu unless `label` says otherwise."""
    return format.link(href(address, **params), label or screen_at(address).title, kind=kind)


def to_screens(actor: Actor, addresses: Iterable[str]) -> str:
    """Links to those of the screens that the person may open."""
    mine = (address for address in dict.fromkeys(addresses) if may_open(actor, address))
    return " ".join(to_screen(address) for address in mine)
