"""Accounts: who may give roles, and to whom."""

import pytest

from db.accounts import Role
from services import accounts
from services.errors import Invalid, Refused
from services.office import Office
from services.work import Work, command_line
from tests import factories as make

PASSWORD = "đường về nhà rất xa"


def made(office: Office, username: str) -> int:
    with Work(office, command_line(), write=True) as work:
        account = accounts.create_account(work, username=username, full_name="Nông Thị Yến", password=PASSWORD)
        return account.id


def test_nobody_gives_a_role_to_themselves(office: Office) -> None:
    account_id = made(office, "quantri")
    admin = make.actor(office, Role.ADMIN, make.LABOUR, account_id=account_id)
    with Work(office, admin, write=True) as work, pytest.raises(Invalid) as refused:
        accounts.grant(work, account_id=account_id, role=Role.POLICE, unit_id=make.unit(work).id)
    assert "người quản trị khác" in refused.value.sentence


def test_an_administrator_gives_a_role_to_somebody_else(office: Office) -> None:
    account_id = made(office, "canbo")
    admin = make.actor(office, Role.ADMIN, make.LABOUR, account_id=1)
    with Work(office, admin, write=True) as work:
        held = accounts.grant(work, account_id=account_id, role=Role.POLICE, unit_id=make.unit(work).id)
        assert held.role is Role.POLICE


def test_only_administrators_give_roles(office: Office) -> None:
    account_id = made(office, "canbo")
    officer = make.actor(office, Role.LABOUR_DEPT, make.LABOUR, head=True)
    with Work(office, officer, write=True) as work, pytest.raises(Refused):
        accounts.grant(work, account_id=account_id, role=Role.ADMIN, unit_id=make.unit(work).id)


@pytest.mark.parametrize("password", ["ngắn quá", "canbo canbo canbo"])
def test_weak_passwords_are_refused_with_a_sentence(office: Office, password: str) -> None:
    with Work(office, command_line(), write=True) as work, pytest.raises(Invalid) as refused:
        accounts.create_account(work, username="canbo", full_name="Nông Thị Yến", password=password)
    assert "password" in refused.value.problems
