"""The device type of strangers, and since when a device is asked for its operation log."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column(
        "attendance_device_state", sa.Column("log_asked_at", leuit.storage.Instant(), nullable=True)
    )
    op.add_column(
        "attendance_device_state", sa.Column("log_told_at", leuit.storage.Instant(), nullable=True)
    )
    op.add_column(
        "attendance_unknown_device", sa.Column("device_type", sa.String(length=4), nullable=True)
    )
