"""First tables."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "esign_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("current_sha256", sa.String(length=64), nullable=True),
        sa.Column("signing_step_id", sa.Uuid(), nullable=True),
        sa.Column("signing_until", leuit.storage.Instant(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("started_at", leuit.storage.Instant(), nullable=True),
        sa.Column("ended_at", leuit.storage.Instant(), nullable=True),
        sa.Column("due_at", leuit.storage.Instant(), nullable=True),
        sa.Column("expires", sa.Boolean(), nullable=False),
        sa.Column("pattern", sa.String(length=60), nullable=False),
        sa.Column("classification", sa.String(length=40), nullable=False),
        sa.Column("number_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("asked_by", leuit.storage.Json(), nullable=True),
        sa.Column("asked_key", sa.String(length=300), nullable=True),
        sa.Column("sheets", leuit.storage.Json(), nullable=False),
        sa.Column("names", leuit.storage.Json(), nullable=False),
        sa.Column("signatures", sa.Integer(), nullable=False),
        sa.Column("flattened", sa.Integer(), nullable=False),
        sa.Column("created_at", leuit.storage.Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'prepared', 'running', 'done', 'refused', 'recalled', 'expired', 'superseded', 'revoked')",
            name=op.f("ck_esign_document_state"),
        ),
        sa.ForeignKeyConstraint(
            ["current_sha256"],
            ["blob.sha256"],
            name=op.f("fk_esign_document_current_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["person.id"],
            name=op.f("fk_esign_document_owner_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["pdf_sha256"],
            ["blob.sha256"],
            name=op.f("fk_esign_document_pdf_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["esign_document.id"],
            name=op.f("fk_esign_document_replaces_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["source_sha256"],
            ["blob.sha256"],
            name=op.f("fk_esign_document_source_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_esign_document")),
        sa.UniqueConstraint("asked_key", name=op.f("uq_esign_document_asked_key")),
        sa.UniqueConstraint("code", name=op.f("uq_esign_document_code")),
    )
    op.create_index("ix_esign_document_current", "esign_document", ["current_sha256"], unique=False)
    op.create_index("ix_esign_document_due", "esign_document", ["state", "due_at"], unique=False)
    op.create_index(
        "ix_esign_document_ended", "esign_document", ["owner_id", "ended_at"], unique=False
    )
    op.create_index(
        "ix_esign_document_owner", "esign_document", ["owner_id", "created_at"], unique=False
    )
    op.create_table(
        "esign_key",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("issuer", sa.String(length=200), nullable=False),
        sa.Column("serial", sa.String(length=50), nullable=False),
        sa.Column("not_before", leuit.storage.Instant(), nullable=False),
        sa.Column("not_after", leuit.storage.Instant(), nullable=False),
        sa.Column("certificate", sa.LargeBinary(), nullable=False),
        sa.Column("pkcs12", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", leuit.storage.Instant(), nullable=False),
        sa.Column("retired_at", leuit.storage.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_esign_key_person_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_esign_key")),
    )
    op.create_index(op.f("ix_esign_key_person_id"), "esign_key", ["person_id"], unique=False)
    op.create_index(
        "uq_esign_key_person_in_use",
        "esign_key",
        ["person_id"],
        unique=True,
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "esign_mandate",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("principal_id", sa.Uuid(), nullable=False),
        sa.Column("through_id", sa.Uuid(), nullable=True),
        sa.Column("delegate_id", sa.Uuid(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["given_by"], ["person.id"], name=op.f("fk_esign_mandate_given_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_esign_mandate")),
    )
    op.create_index("ix_esign_mandate_delegate", "esign_mandate", ["delegate_id"], unique=False)
    op.create_index("ix_esign_mandate_principal", "esign_mandate", ["principal_id"], unique=False)
    op.create_table(
        "esign_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=100), nullable=False),
        sa.Column("purpose", sa.String(length=10), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("left", sa.Double(), nullable=False),
        sa.Column("bottom", sa.Double(), nullable=False),
        sa.Column("right", sa.Double(), nullable=False),
        sa.Column("top", sa.Double(), nullable=False),
        sa.Column("brought", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["esign_document.id"],
            name=op.f("fk_esign_place_document_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_esign_place")),
        sa.UniqueConstraint("document_id", "field", name=op.f("uq_esign_place_document_id_field")),
    )
    op.create_table(
        "esign_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("field", sa.String(length=100), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("opened_at", leuit.storage.Instant(), nullable=True),
        sa.Column("decided_at", leuit.storage.Instant(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("acting", sa.String(length=10), nullable=False),
        sa.Column("acted_as", sa.String(length=700), nullable=False),
        sa.Column("reminded_at", leuit.storage.Instant(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("result_sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint("kind IN ('paraf', 'sign')", name=op.f("ck_esign_step_kind")),
        sa.CheckConstraint(
            "state IN ('waiting', 'open', 'done', 'refused')", name=op.f("ck_esign_step_state")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["esign_document.id"],
            name=op.f("fk_esign_step_document_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_esign_step_person_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["result_sha256"],
            ["blob.sha256"],
            name=op.f("fk_esign_step_result_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_esign_step")),
        sa.UniqueConstraint("document_id", "field", name=op.f("uq_esign_step_document_id_field")),
    )
    op.create_index(
        "ix_esign_step_decided", "esign_step", ["person_id", "decided_at"], unique=False
    )
    op.create_index("ix_esign_step_document", "esign_step", ["document_id", "number"], unique=False)
    op.create_index("ix_esign_step_waiting", "esign_step", ["position_id", "state"], unique=False)
    op.create_table(
        "esign_handing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("from_title", sa.String(length=200), nullable=False),
        sa.Column("to_title", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_esign_handing_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["step_id"],
            ["esign_step.id"],
            name=op.f("fk_esign_handing_step_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_esign_handing")),
    )
    op.create_index(op.f("ix_esign_handing_step_id"), "esign_handing", ["step_id"], unique=False)
