"""The first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


SQLITE_TRIGGERS = (
    "CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail BEGIN SELECT RAISE(ABORT, 'append only'); END",
    "CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail BEGIN SELECT RAISE(ABORT, 'append only'); END",
    "CREATE TRIGGER trail_in_order BEFORE INSERT ON trail "
    "WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM trail) BEGIN SELECT RAISE(ABORT, 'out of order'); END",
)
POSTGRESQL_TRIGGERS = (
    "CREATE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'append only'; END $$",
    "CREATE FUNCTION trail_next() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "IF NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM trail) THEN RAISE EXCEPTION 'out of order'; END IF; "
    "RETURN NEW; END $$",
    "CREATE TRIGGER trail_no_change BEFORE UPDATE OR DELETE ON trail FOR EACH ROW EXECUTE FUNCTION trail_refuse()",
    "CREATE TRIGGER trail_no_truncate BEFORE TRUNCATE ON trail FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse()",
    "CREATE TRIGGER trail_in_order BEFORE INSERT ON trail FOR EACH ROW EXECUTE FUNCTION trail_next()",
)


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=100), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("username"),
    )
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "area",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_code"), ["code"], unique=False)
        batch_op.create_index(batch_op.f("ix_area_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_area_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "bootstrap",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code_hash"),
    )
    op.create_table(
        "counter",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("already_there", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_batch_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "office_value",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("document", sa.String(length=80), nullable=False),
        sa.Column("document_date", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("office_value", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_office_value_key"), ["key"], unique=False)
        batch_op.create_index(batch_op.f("ix_office_value_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "trail",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("role", sa.String(length=80), nullable=False),
        sa.Column("session", sa.String(length=16), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("object", sa.String(length=60), nullable=False),
        sa.Column("object_id", sa.BigInteger(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.Column("fields", sa.String(length=1000), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    with op.batch_alter_table("trail", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_trail_actor_id"), ["actor_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_trail_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_trail_object_id"), ["object_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_trail_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "server_session",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    with op.batch_alter_table("server_session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_server_session_account_id"), ["account_id"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_hash"),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_account_id"), ["account_id"], unique=False)

    op.create_table(
        "unit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("area_id", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_area_id"), ["area_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_unit_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "case_file",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("way", sa.String(length=40), nullable=True),
        sa.Column("place", sa.String(length=40), nullable=True),
        sa.Column("country", sa.String(length=60), nullable=True),
        sa.Column("province", sa.String(length=60), nullable=True),
        sa.Column("purpose", sa.String(length=40), nullable=True),
        sa.Column("home_district_id", sa.BigInteger(), nullable=True),
        sa.Column("home_commune_id", sa.BigInteger(), nullable=True),
        sa.Column("home_commune_text", sa.String(length=80), nullable=True),
        sa.Column("home_province", sa.String(length=60), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["home_commune_id"], ["area.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["home_district_id"], ["area.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_file_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_file_home_commune_id"), ["home_commune_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_file_home_district_id"), ["home_district_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_file_received_on"), ["received_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_file_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_file_updated_at"), ["updated_at"], unique=False)
        batch_op.create_index("ix_case_received_unit", ["received_on", "unit_id"], unique=False)
        batch_op.create_index("ix_case_state_received", ["state", "received_on"], unique=False)

    op.create_table(
        "holding",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("holding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_holding_account_id"), ["account_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_holding_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_holding_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "report_text",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=30), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.String(length=30), nullable=True),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=60), nullable=True),
        sa.Column("signer_title", sa.String(length=120), nullable=True),
        sa.Column("signer_name", sa.String(length=120), nullable=True),
        sa.Column("recipients", sa.LargeBinary(), nullable=True),
        sa.Column("assessment", sa.LargeBinary(), nullable=True),
        sa.Column("difficulties", sa.LargeBinary(), nullable=True),
        sa.Column("proposals", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("report_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_report_text_period"), ["period"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_text_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_report_text_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "case_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("from_state", sa.String(length=40), nullable=True),
        sa.Column("to_state", sa.String(length=40), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("case_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_step_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_step_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "case_unit",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("case_unit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_unit_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_unit_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_unit_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "closing",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("closing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_closing_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_closing_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "conclusion",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=False),
        sa.Column("paper", sa.String(length=20), nullable=True),
        sa.Column("paper_number", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("conclusion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conclusion_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_conclusion_concluded_on"), ["concluded_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_conclusion_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("fund", sa.String(length=40), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("corrects_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["corrects_id"], ["delivery.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_corrects_id"), ["corrects_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_delivered_on"), ["delivered_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_delivery_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "evidence",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_evidence_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "import_change",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("after", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("import_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_change_batch_id"), ["batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_change_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_import_change_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("full_name", sa.LargeBinary(), nullable=False),
        sa.Column("alias", sa.LargeBinary(), nullable=True),
        sa.Column("sex", sa.String(length=40), nullable=True),
        sa.Column("birth", sa.String(length=10), nullable=True),
        sa.Column("ethnic", sa.String(length=40), nullable=True),
        sa.Column("identity_number", sa.LargeBinary(), nullable=True),
        sa.Column("identity_index", sa.String(length=64), nullable=True),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.String(length=64), nullable=True),
        sa.Column("address", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_identity_index"), ["identity_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_phone_index"), ["phone_index"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_subject_id"), ["subject_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_person_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "reopening",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("reopened_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("reopening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reopening_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_reopening_reopened_on"), ["reopened_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_reopening_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "support_need",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=True),
        sa.Column("refused", sa.Boolean(), nullable=False),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("support_need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_support_need_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_support_need_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "verification_request",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("verification_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_verification_request_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_verification_request_requested_on"), ["requested_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_verification_request_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_verification_request_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "protection_measure",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("measure", sa.String(length=20), nullable=False),
        sa.Column("other_text", sa.LargeBinary(), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("decision_number", sa.String(length=60), nullable=True),
        sa.Column("unit_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("protection_measure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_protection_measure_applied_on"), ["applied_on"], unique=False)
        batch_op.create_index(batch_op.f("ix_protection_measure_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_protection_measure_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_protection_measure_unit_id"), ["unit_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_protection_measure_updated_at"), ["updated_at"], unique=False)

    op.create_table(
        "protection_need",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=True),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("note", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("protection_need", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_protection_need_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_protection_need_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_protection_need_updated_at"), ["updated_at"], unique=False)

    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_TRIGGERS if sqlite else POSTGRESQL_TRIGGERS:
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("protection_need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_protection_need_updated_at"))
        batch_op.drop_index(batch_op.f("ix_protection_need_person_id"))
        batch_op.drop_index(batch_op.f("ix_protection_need_case_id"))

    op.drop_table("protection_need")
    with op.batch_alter_table("protection_measure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_protection_measure_updated_at"))
        batch_op.drop_index(batch_op.f("ix_protection_measure_unit_id"))
        batch_op.drop_index(batch_op.f("ix_protection_measure_person_id"))
        batch_op.drop_index(batch_op.f("ix_protection_measure_case_id"))
        batch_op.drop_index(batch_op.f("ix_protection_measure_applied_on"))

    op.drop_table("protection_measure")
    with op.batch_alter_table("verification_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_verification_request_updated_at"))
        batch_op.drop_index(batch_op.f("ix_verification_request_unit_id"))
        batch_op.drop_index(batch_op.f("ix_verification_request_requested_on"))
        batch_op.drop_index(batch_op.f("ix_verification_request_case_id"))

    op.drop_table("verification_request")
    with op.batch_alter_table("support_need", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_support_need_updated_at"))
        batch_op.drop_index(batch_op.f("ix_support_need_case_id"))

    op.drop_table("support_need")
    with op.batch_alter_table("reopening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_reopening_updated_at"))
        batch_op.drop_index(batch_op.f("ix_reopening_reopened_on"))
        batch_op.drop_index(batch_op.f("ix_reopening_case_id"))

    op.drop_table("reopening")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_updated_at"))
        batch_op.drop_index(batch_op.f("ix_person_subject_id"))
        batch_op.drop_index(batch_op.f("ix_person_phone_index"))
        batch_op.drop_index(batch_op.f("ix_person_identity_index"))
        batch_op.drop_index(batch_op.f("ix_person_case_id"))

    op.drop_table("person")
    with op.batch_alter_table("import_change", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_change_updated_at"))
        batch_op.drop_index(batch_op.f("ix_import_change_case_id"))
        batch_op.drop_index(batch_op.f("ix_import_change_batch_id"))

    op.drop_table("import_change")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_updated_at"))
        batch_op.drop_index(batch_op.f("ix_evidence_case_id"))

    op.drop_table("evidence")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_updated_at"))
        batch_op.drop_index(batch_op.f("ix_delivery_unit_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_delivered_on"))
        batch_op.drop_index(batch_op.f("ix_delivery_corrects_id"))
        batch_op.drop_index(batch_op.f("ix_delivery_case_id"))

    op.drop_table("delivery")
    with op.batch_alter_table("conclusion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_conclusion_updated_at"))
        batch_op.drop_index(batch_op.f("ix_conclusion_concluded_on"))
        batch_op.drop_index(batch_op.f("ix_conclusion_case_id"))

    op.drop_table("conclusion")
    with op.batch_alter_table("closing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_closing_updated_at"))
        batch_op.drop_index(batch_op.f("ix_closing_case_id"))

    op.drop_table("closing")
    with op.batch_alter_table("case_unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_unit_updated_at"))
        batch_op.drop_index(batch_op.f("ix_case_unit_unit_id"))
        batch_op.drop_index(batch_op.f("ix_case_unit_case_id"))

    op.drop_table("case_unit")
    with op.batch_alter_table("case_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_step_updated_at"))
        batch_op.drop_index(batch_op.f("ix_case_step_case_id"))

    op.drop_table("case_step")
    with op.batch_alter_table("report_text", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_report_text_updated_at"))
        batch_op.drop_index(batch_op.f("ix_report_text_unit_id"))
        batch_op.drop_index(batch_op.f("ix_report_text_period"))

    op.drop_table("report_text")
    with op.batch_alter_table("holding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_holding_updated_at"))
        batch_op.drop_index(batch_op.f("ix_holding_unit_id"))
        batch_op.drop_index(batch_op.f("ix_holding_account_id"))

    op.drop_table("holding")
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.drop_index("ix_case_state_received")
        batch_op.drop_index("ix_case_received_unit")
        batch_op.drop_index(batch_op.f("ix_case_file_updated_at"))
        batch_op.drop_index(batch_op.f("ix_case_file_unit_id"))
        batch_op.drop_index(batch_op.f("ix_case_file_received_on"))
        batch_op.drop_index(batch_op.f("ix_case_file_home_district_id"))
        batch_op.drop_index(batch_op.f("ix_case_file_home_commune_id"))
        batch_op.drop_index(batch_op.f("ix_case_file_batch_id"))

    op.drop_table("case_file")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_updated_at"))
        batch_op.drop_index(batch_op.f("ix_unit_area_id"))

    op.drop_table("unit")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_account_id"))

    op.drop_table("ticket")
    with op.batch_alter_table("server_session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_server_session_account_id"))

    op.drop_table("server_session")
    with op.batch_alter_table("trail", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_trail_unit_id"))
        batch_op.drop_index(batch_op.f("ix_trail_object_id"))
        batch_op.drop_index(batch_op.f("ix_trail_case_id"))
        batch_op.drop_index(batch_op.f("ix_trail_actor_id"))

    op.drop_table("trail")
    with op.batch_alter_table("office_value", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_office_value_updated_at"))
        batch_op.drop_index(batch_op.f("ix_office_value_key"))

    op.drop_table("office_value")
    with op.batch_alter_table("import_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_batch_updated_at"))

    op.drop_table("import_batch")
    op.drop_table("counter")
    op.drop_table("bootstrap")
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_updated_at"))
        batch_op.drop_index(batch_op.f("ix_area_parent_id"))
        batch_op.drop_index(batch_op.f("ix_area_code"))

    op.drop_table("area")
    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_updated_at"))

    op.drop_table("account")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION trail_refuse() CASCADE")
        op.execute("DROP FUNCTION trail_next() CASCADE")
