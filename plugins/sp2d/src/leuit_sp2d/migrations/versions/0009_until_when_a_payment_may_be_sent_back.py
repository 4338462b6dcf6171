"""Until when a payment may be sent back at its present step."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    with op.batch_alter_table("sp2d_payment") as table:
        table.add_column(sa.Column("return_due", leuit.storage.Instant(), nullable=True))
