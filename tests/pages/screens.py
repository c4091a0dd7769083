"""Opening one screen as one person, without a server: the session is put in at the one seam."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from pages.ui import screen
from services import office as offices
from services.office import Office
from services.work import Actor

Open = Callable[..., AppTest]


def opener(monkeypatch: pytest.MonkeyPatch, office: Office) -> Open:
    """`open(actor, "cases", state="victim")`: the screen drawn for that person at that address."""
    monkeypatch.setattr(offices, "_current", office)

    def open_screen(actor: Actor, name: str, **address: str) -> AppTest:
        monkeypatch.setattr(screen, "who", lambda: actor)
        test = AppTest.from_function(_draw, default_timeout=20, kwargs={"name": name})
        for key, value in address.items():
            test.query_params[key] = value
        return test.run()

    return open_screen


def _draw(name: str) -> None:
    import importlib

    importlib.import_module(f"pages.{name}").render()


def html(test: AppTest) -> str:
    """Everything the screen drew as HTML."""
    assert not test.exception, test.exception
    return "\n".join(element.proto.body for element in test.get("html"))


def words(test: AppTest) -> str:
    """Everything that can be read on the screen."""
    kinds = ("error", "caption", "toast", "text", "markdown")
    return html(test) + "\n".join(str(element.value) for kind in kinds for element in test.get(kind))


def field(test: AppTest, label: str):  # type: ignore[no-untyped-def]
    """The one field with that label, required or not."""
    kinds = ("text_input", "text_area", "selectbox", "checkbox", "button_group")
    found = [each for kind in kinds for each in test.get(kind) if each.label in (label, f"{label} *")]
    assert len(found) == 1, f"{len(found)} × {label}"
    return found[0]


def has_field(test: AppTest, label: str) -> bool:
    kinds = ("text_input", "text_area", "selectbox", "checkbox", "button_group")
    return any(each.label in (label, f"{label} *") for kind in kinds for each in test.get(kind))


def press(test: AppTest, label: str) -> AppTest:
    next(button for button in test.button if button.label == label).click()
    return test.run()
