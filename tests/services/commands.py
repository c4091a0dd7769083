"""The duongve command, called as somebody at a keyboard does."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from services import cli
from services.office import open_office
from services.work import Work, command_line


class Said:
    """One command run: its exit code and what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> None:
        capsys.readouterr()
        self.code = cli.run([str(argument) for argument in arguments])
        self.out, self.err = capsys.readouterr()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def count(home: str, model: Any) -> int:
    office = open_office(Path(home), f"sqlite:///{home}/data/duongve.db")
    with Work(office, command_line()) as work:
        found = len(work.session.exec(select(model)).all())
    office.close()
    return found
