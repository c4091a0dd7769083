"""Both registers give, through the import, the answers written down beside them: in every period."""

import json
from datetime import date
from pathlib import Path

import pytest

from services import figures, importing, periods
from services.office import Office
from services.work import Work, command_line

DATA = Path(__file__).parents[1] / "data"
TODAY = date(2026, 11, 1)


@pytest.mark.parametrize("name", ["so_tiep_nhan_sach", "so_tiep_nhan_lon_xon"])
def test_the_register_gives_its_answers_in_every_period(any_office: Office, name: str) -> None:
    answers = json.loads((DATA / f"{name}.answers.json").read_text("utf-8"))
    with Work(any_office, command_line(), write=True, today=TODAY) as work:
        importing.apply(work, importing.check(work, DATA / f"{name}.xlsx"))
    wrong = {}
    with Work(any_office, command_line(), today=TODAY) as work:
        for key, expected in answers["periods"].items():
            found = figures.as_json(work, periods.parse(key))
            if {name: found[name] for name in expected} != expected:
                wrong[key] = found
    assert len(answers["periods"]) == 42
    assert wrong == {}
