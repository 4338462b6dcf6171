"""what vendors answer until it is verified."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.add_column(
        "ecatalog_sanction",
        sa.Column("takes_down", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "ecatalog_sanction",
        sa.Column("blocks", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.add_column(
        "ecatalog_sanction",
        sa.Column("media_type", sa.String(length=100), server_default="", nullable=False),
    )
    op.add_column(
        "ecatalog_vendor",
        sa.Column("pending", leuit.storage.Json(), server_default="{}", nullable=False),
    )
    op.add_column(
        "ecatalog_vendor", sa.Column("pending_at", leuit.storage.Instant(), nullable=True)
    )
    op.create_index("ix_ecatalog_vendor_pending", "ecatalog_vendor", ["pending_at"], unique=False)
    op.add_column(
        "ecatalog_vendor_document", sa.Column("verified_at", leuit.storage.Instant(), nullable=True)
    )
