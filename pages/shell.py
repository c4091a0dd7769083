"""The one Streamlit script: who is here, which screens they may open, and the screen they chose.

It stands in `pages/`, not beside `app.py`, because a folder `pages/` next to the main script would
be served to the first visitor without this script having run.
"""

from functools import partial
from importlib import import_module
from urllib.parse import urlsplit

import streamlit as st

from pages.menu import MENU, Screen
from pages.ui.screen import go_to, who
from services import access, office
from services.errors import Refused
from services.work import Actor

DEMO = "Dữ liệu hư cấu – bản dùng thử, không nhập thông tin của người thật."


def main() -> None:
    st.set_page_config(page_title="Đường Về", layout="wide", initial_sidebar_state="auto")
    if office.current().is_demo:
        st.html(f'<div class="demo" role="note">{DEMO}</div>')
    actor = who()
    if actor is None:
        _screen("pages.sign_in")
        return
    _person(actor)
    page = st.navigation(_pages(actor), expanded=True)
    asked = urlsplit(st.context.url or "").path.strip("/")
    if asked not in ("", page.url_path):  # Streamlit opens the first page instead: that is said
        st.warning(Refused.sentence)
    page.run()


def _pages(actor: Actor) -> dict[str, list[st.Page]]:
    """The menu this person may open, in groups; any other address is "not found"."""
    rights = access.rights_of(actor)
    groups: dict[str, list[st.Page]] = {}
    for screen in MENU:
        if screen.right is None or screen.right in rights:
            groups.setdefault(screen.group, []).append(_page(screen))
    return groups


def _page(screen: Screen) -> st.Page:
    return st.Page(
        partial(_screen, screen.module),
        title=screen.title,
        url_path=screen.address or "today",
        default=not screen.address,
        visibility="visible" if screen.listed else "hidden",
    )


def _screen(module: str) -> None:
    import_module(module).render()


def _person(actor: Actor) -> None:
    """Who is signed in, as what, where; and the way out."""
    with st.sidebar:
        st.text(actor.name)
        for held in actor.holdings:
            st.caption(f"{held.role.label}{' (thủ trưởng)' if held.head else ''}, {held.unit_name}")
        if st.button("Đăng xuất", key="sign_out_button"):
            go_to("/_signout")


main()
