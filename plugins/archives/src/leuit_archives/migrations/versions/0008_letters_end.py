"""letters end."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.add_column("archives_letter", sa.Column("ended_at", leuit.storage.Instant(), nullable=True))
