"""Checks of stored files, and records that came in from elsewhere."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "archives_fixity_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("started_at", leuit.storage.Instant(), nullable=False),
        sa.Column("finished_at", leuit.storage.Instant(), nullable=True),
        sa.Column("after", sa.String(length=64), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("faulty", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_fixity_run")),
    )
    op.create_index(
        "ix_archives_fixity_run_started", "archives_fixity_run", ["started_at"], unique=False
    )
    op.create_table(
        "archives_fixity_finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("fault", sa.String(length=10), nullable=False),
        sa.Column("found_at", leuit.storage.Instant(), nullable=False),
        sa.Column("settled_at", leuit.storage.Instant(), nullable=True),
        sa.CheckConstraint(
            "fault IN ('missing', 'changed')", name=op.f("ck_archives_fixity_finding_fault")
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["archives_fixity_run.id"],
            name=op.f("fk_archives_fixity_finding_run_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_archives_fixity_finding_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_fixity_finding")),
    )
    op.create_index(
        op.f("ix_archives_fixity_finding_run_id"),
        "archives_fixity_finding",
        ["run_id"],
        unique=False,
    )
    op.create_index(
        "uq_archives_fixity_finding_open",
        "archives_fixity_finding",
        ["sha256"],
        unique=True,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index(
        op.f("ix_archives_letter_file_sha256"), "archives_letter_file", ["sha256"], unique=False
    )
    op.add_column(
        "archives_record",
        sa.Column("legacy_unverified", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
