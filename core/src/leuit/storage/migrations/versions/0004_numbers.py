"""Numbers."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "number_series",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_number_series")),
    )
    op.create_table(
        "number",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("series", sa.String(length=200), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("ref_kind", sa.String(length=60), nullable=False),
        sa.Column("ref_id", sa.String(length=120), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("reserved_at", leuit.storage.Instant(), nullable=False),
        sa.Column("ended_at", leuit.storage.Instant(), nullable=True),
        sa.CheckConstraint(
            "state IN ('reserved', 'confirmed', 'voided')", name=op.f("ck_number_state")
        ),
        sa.ForeignKeyConstraint(
            ["series"], ["number_series.key"], name=op.f("fk_number_series"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number")),
        sa.UniqueConstraint("series", "value", name=op.f("uq_number_series_value")),
    )
