"""Signed recaps know the record of the archive."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    for name, length in (("filed_kind", 80), ("filed_id", 120)):
        column = sa.Column(name, sa.String(length=length), nullable=False, server_default="")
        op.add_column("attendance_recap_document", column)
