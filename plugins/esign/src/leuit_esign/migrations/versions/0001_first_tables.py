"""first tables."""

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
