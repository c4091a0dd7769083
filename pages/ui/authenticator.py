"""streamlit-authenticator, cut down to its sign-in form and its bcrypt check.

Its cookie is readable by scripts and cannot be revoked, so it is never set and never accepted; the
frame it would put on the page for it (whose late answer can swallow a click) is not drawn. Its
register, forgot and two-factor features post passwords to a third party and are never called.
"""

import secrets
from typing import Any

import streamlit as st
from streamlit_authenticator import Authenticate
from streamlit_authenticator.controllers import AuthenticationController

from services import credentials, passwords


class NoCookie:
    """In place of the library's cookie."""

    def get_cookie(self) -> None:
        return None

    def set_cookie(self) -> None:
        return None

    def delete_cookie(self) -> None:
        return None


class Controller(AuthenticationController):  # type: ignore[misc]
    """Checks one attempt and remembers, for this run only, how it went."""

    def __init__(self) -> None:
        super().__init__({"usernames": {}}, auto_hash=False, secret_key=secrets.token_hex(32))
        self.authentication_model.credentials["usernames"] = credentials.Lookup()
        self.passed: str | None = None
        self.refused = False

    def login(self, username: str | None = None, password: str | None = None, *rest: Any, **more: Any) -> bool:
        """Lets nobody in but by name and password."""
        if not username or not password or more.get("token"):
            return False
        if super().login(username, passwords.ready(password), *rest, **more) is True:
            self.passed = username
            return True
        self.refused = True
        credentials.failed(username)
        return False


class Form(Authenticate):  # type: ignore[misc]
    """The form. `passed`: the user name whose password was right in this run; nothing else lets in."""

    def __init__(self) -> None:
        st.session_state["authentication_status"] = None
        self.path = None
        self.attrs = {"login_sleep_time": 0}
        self.cookie_controller = NoCookie()
        self.authentication_controller = Controller()

    @property
    def passed(self) -> str | None:
        return self.authentication_controller.passed

    @property
    def refused(self) -> bool:
        return self.authentication_controller.refused
