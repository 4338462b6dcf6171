"""Transfers are found by the account and the tax number of their payee."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_index(
        "ix_sp2d_instruction_account", "sp2d_instruction", ["bank", "account"], unique=False
    )
    op.create_index("ix_sp2d_payment_npwp", "sp2d_payment", ["npwp"], unique=False)
