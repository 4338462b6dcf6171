"""Instruments: long tables of classification and retention."""

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
        "archives_table",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("imported_at", leuit.storage.Instant(), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('classification', 'retention')", name=op.f("ck_archives_table_kind")
        ),
        sa.ForeignKeyConstraint(
            ["file_sha256"],
            ["blob.sha256"],
            name=op.f("fk_archives_table_file_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["imported_by"],
            ["person.id"],
            name=op.f("fk_archives_table_imported_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_table")),
        sa.UniqueConstraint("kind", "sha256", name=op.f("uq_archives_table_kind_sha256")),
    )
    op.create_index(
        op.f("ix_archives_table_imported_by"), "archives_table", ["imported_by"], unique=False
    )
    op.create_table(
        "archives_class",
        sa.Column("table_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("parent", sa.String(length=40), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["table_id"],
            ["archives_table.id"],
            name=op.f("fk_archives_class_table_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("table_id", "code", name=op.f("pk_archives_class")),
    )
    op.create_index(
        "ix_archives_class_parent", "archives_class", ["table_id", "parent", "place"], unique=False
    )
    op.create_index(
        "ix_archives_class_place", "archives_class", ["table_id", "place"], unique=False
    )
    op.create_table(
        "archives_rule",
        sa.Column("table_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("active_years", sa.Integer(), nullable=True),
        sa.Column("active_trigger", sa.String(length=80), nullable=False),
        sa.Column("inactive_years", sa.Integer(), nullable=True),
        sa.Column("inactive_trigger", sa.String(length=80), nullable=False),
        sa.Column("final_action", sa.String(length=20), nullable=False),
        sa.Column("raw_active", sa.String(length=500), nullable=False),
        sa.Column("raw_inactive", sa.String(length=500), nullable=False),
        sa.Column("raw_final_action", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["table_id"],
            ["archives_table.id"],
            name=op.f("fk_archives_rule_table_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("table_id", "code", name=op.f("pk_archives_rule")),
    )
    op.create_index("ix_archives_rule_place", "archives_rule", ["table_id", "place"], unique=False)
