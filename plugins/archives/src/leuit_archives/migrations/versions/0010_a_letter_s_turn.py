"""a letter's turn."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.add_column("archives_draft", sa.Column("turn", sa.Integer(), nullable=True))
