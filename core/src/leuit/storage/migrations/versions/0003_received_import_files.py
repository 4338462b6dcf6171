"""Received import files."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "import_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("received_by", sa.Uuid(), nullable=True),
        sa.Column("received_at", leuit.storage.Instant(), nullable=False),
        sa.Column("applied_at", leuit.storage.Instant(), nullable=True),
        sa.Column("counts", leuit.storage.Json(), nullable=False),
        sa.CheckConstraint("kind IN ('units', 'staff')", name=op.f("ck_import_file_kind")),
        sa.ForeignKeyConstraint(
            ["received_by"],
            ["account.id"],
            name=op.f("fk_import_file_received_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blob.sha256"], name=op.f("fk_import_file_sha256"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
