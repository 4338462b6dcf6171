"""Rounds of signatures of a paper."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; papers that are stored were asked for once."""
    column = sa.Column("signing_round", sa.Integer(), server_default="0", nullable=False)
    op.add_column("sp2d_paper", column)
