"""Registers of documents are counted and summed from an index that holds all it takes."""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_COLUMNS = ["unit_id", "year", "kind", "value", "state", "amount", "payment_id"]


def upgrade() -> None:
    """Make the wider index in the place of the one that it begins with."""
    op.create_index("ix_sp2d_paper_register", "sp2d_paper", _COLUMNS, unique=False)
    op.drop_index("ix_sp2d_paper_unit", "sp2d_paper")
