"""folder imports."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "archives_folder_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size_megabytes", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("counts", leuit.storage.Json(), nullable=False),
        sa.Column("notes", leuit.storage.Json(), nullable=False),
        sa.Column("ignored", leuit.storage.Json(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("asked_at", leuit.storage.Instant(), nullable=False),
        sa.Column("ended_at", leuit.storage.Instant(), nullable=True),
        sa.CheckConstraint(
            "state IN ('trying', 'tried', 'taking', 'taken', 'failed', 'dropped')",
            name=op.f("ck_archives_folder_import_state"),
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
            name=op.f("fk_archives_folder_import_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_folder_import")),
        sa.UniqueConstraint("upload_id", name=op.f("uq_archives_folder_import_upload_id")),
    )
    op.create_index(
        "ix_archives_folder_import_asked",
        "archives_folder_import",
        ["asked_by", "asked_at"],
        unique=False,
    )
    op.create_table(
        "archives_folder_import_row",
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("sentences", leuit.storage.Json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["import_id"],
            ["archives_folder_import.id"],
            name=op.f("fk_archives_folder_import_row_import_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("import_id", "number", name=op.f("pk_archives_folder_import_row")),
    )
    op.create_index(
        "ix_archives_folder_import_row_outcome",
        "archives_folder_import_row",
        ["import_id", "outcome", "number"],
        unique=False,
    )
