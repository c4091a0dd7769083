"""Every declaration is complete: columns say what they are, screens have a right and a module."""

import importlib
from datetime import date

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

import db  # noqa: F401
from db.fields import Sensitivity, info
from db.sealed import Sealed

TABLES = [table for table in SQLModel.metadata.sorted_tables if table.name != "trail"]

# Text that is stored in clear, on purpose: codes, numbers of papers, names of offices and officers.
PLAIN_TEXT = {
    "account.username", "account.full_name", "account.password_hash",
    "area.code", "area.name", "unit.code", "unit.name",
    "case_file.code", "case_file.country", "case_file.province", "case_file.home_commune_text",
    "case_file.home_province", "case_step.step", "case_step.by_name",
    "person.ethnic", "person.identity_index", "person.phone_index",
    "verification_request.number", "evidence.source", "conclusion.paper", "conclusion.paper_number",
    "protection_measure.measure", "protection_measure.decision_number",
    "import_batch.digest", "import_batch.by_name",
    "office_value.key", "office_value.unit", "office_value.document",
    "report_text.period", "report_text.number", "report_text.place", "report_text.signer_title",
    "report_text.signer_name",
    "incident.code", "incident.country", "incident.province",
    "person.nationality", "person.language", "person.relation", "person.guardian_relation",
    "extension.number", "conclusion_review.by_name",
    "handover.counterpart", "handover.place", "handover.minutes_number", "referral.body",
    "person_match.by_name", "merge.by_name", "removal.object", "removal.by_name",
    "attachment.digest", "attachment.by_name",
    "letter_template.code", "letter_template.title", "letter_template.subject", "letter_template.form_code",
    "letter_template.addressee", "letter_template.body", "letter_template.recipients",
    "letter_template.signer_title", "letter_template.symbol",
    "letter.template", "letter.title", "letter.number", "letter.by_name",
    "contact.agency", "contact.full_name", "contact.position", "contact.duties",
    "draft.form", "draft.place", "saved_list.listing", "saved_list.codes",
    "server_session.token_hash", "ticket.token_hash", "bootstrap.code_hash", "counter.name",
}  # fmt: skip


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_says_what_it_is(table: sa.Table) -> None:
    for column in table.columns:
        said = info(column)
        assert said.get("label"), f"{column} has no label"
        assert isinstance(said.get("sensitivity"), Sensitivity), f"{column} has no sensitivity"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_text_is_sealed_or_plain_on_purpose(table: sa.Table) -> None:
    for column in table.columns:
        text = isinstance(column.type, sa.String | sa.Text)
        if text and not isinstance(column.type, Sealed):
            assert f"{table.name}.{column.name}" in PLAIN_TEXT, f"{column} is neither sealed nor plain on purpose"


def test_the_plain_list_names_only_what_exists() -> None:
    known = {f"{table.name}.{column.name}" for table in TABLES for column in table.columns}
    assert known >= PLAIN_TEXT


def test_sealed_columns_are_never_open() -> None:
    for table in TABLES:
        for column in table.columns:
            if isinstance(column.type, Sealed) and table.name != "report_text":
                assert info(column)["sensitivity"] is not Sensitivity.OPEN, column


def test_every_screen_has_a_right_and_a_module() -> None:
    from pages.menu import MENU
    from services.access import Right

    for screen in MENU:
        assert screen.title
        assert screen.right is None or isinstance(screen.right, Right)
        assert callable(importlib.import_module(screen.module).render), screen.module
    addresses = [screen.address for screen in MENU]
    assert len(addresses) == len(set(addresses))


def test_every_step_has_a_screen_and_a_law_row() -> None:
    from pages.menu import MENU
    from services import law
    from services.lifecycle import STEPS

    addresses = {screen.address for screen in MENU}
    for step in STEPS.values():
        assert step.screen in addresses
        assert step.limit is None or law.deadline(step.limit, date(2018, 1, 1)) is not None


def test_every_role_is_granted_something() -> None:
    from db.accounts import Role
    from services.access import GRANTS

    assert set(GRANTS) == set(Role)
