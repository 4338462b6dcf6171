"""names of accounts from outside."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.add_column("account", sa.Column("name", sa.String(length=120), nullable=True))
