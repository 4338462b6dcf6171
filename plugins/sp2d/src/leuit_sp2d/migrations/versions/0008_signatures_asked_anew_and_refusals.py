"""Rounds of signatures of a paper, and which step refused a payment for good."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what is stored was asked for once, and nothing was refused."""
    signing_round = sa.Column("signing_round", sa.Integer(), server_default="0", nullable=False)
    op.add_column("sp2d_paper", signing_round)
    refused_by = sa.Column("refused_by", sa.String(12), server_default="", nullable=False)
    op.add_column("sp2d_payment", refused_by)
