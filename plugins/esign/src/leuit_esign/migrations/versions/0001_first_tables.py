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
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.Column("prepared_sha256", sa.String(length=64), nullable=True),
        sa.Column("sheets", leuit.storage.Json(), nullable=False),
        sa.Column("signatures", sa.Integer(), nullable=False),
        sa.Column("flattened", sa.Integer(), nullable=False),
        sa.Column("created_at", leuit.storage.Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('draft', 'prepared')", name=op.f("ck_esign_document_state")),
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
            ["prepared_sha256"],
            ["blob.sha256"],
            name=op.f("fk_esign_document_prepared_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["source_sha256"],
            ["blob.sha256"],
            name=op.f("fk_esign_document_source_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_esign_document")),
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
        "esign_place",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(length=100), nullable=False),
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
