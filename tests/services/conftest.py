"""What several of these files ask for."""

from pathlib import Path

import pytest

from services import importing
from services.office import Office
from tests.services.composed import REGISTER, writing


@pytest.fixture
def own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DUONGVE_DATABASE_URL", "DUONGVE_MASTER_KEY", "DUONGVE_TLS", "DUONGVE_BACKUP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DUONGVE_DATA", str(tmp_path / "unnamed"))


@pytest.fixture
def home(office: Office) -> str:
    return str(office.home.path)


@pytest.fixture
def filled(office: Office) -> Office:
    """An office with a register of 96 files."""
    with writing(office) as work:
        importing.apply(work, importing.check(work, REGISTER))
    return office
