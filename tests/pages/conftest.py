"""Every screen test opens screens the same way."""

import pytest

from services.office import Office
from tests.pages.screens import Open, opener


@pytest.fixture
def open_screen(monkeypatch: pytest.MonkeyPatch, office: Office) -> Open:
    return opener(monkeypatch, office)
