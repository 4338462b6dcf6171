"""Requests that are known when they come again, and claims that a newer one replaced."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, the column and the indexes; no stored claim is replaced yet."""
    op.create_table(
        "sp2d_change",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_sp2d_change")),
    )
    op.create_index(op.f("ix_sp2d_change_at"), "sp2d_change", ["at"], unique=False)
    with op.batch_alter_table("sp2d_claim") as table:
        table.add_column(sa.Column("replaced_by", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            op.f("fk_sp2d_claim_replaced_by"),
            "sp2d_claim",
            ["replaced_by"],
            ["id"],
            ondelete="RESTRICT",
        )
        table.create_check_constraint(
            op.f("ck_sp2d_claim_replaced"), "(state = 'replaced') = (replaced_by IS NOT NULL)"
        )
    known = sa.text("replaced_by IS NOT NULL")
    op.create_index(
        "ix_sp2d_claim_replaced_by",
        "sp2d_claim",
        ["replaced_by"],
        unique=False,
        sqlite_where=known,
        postgresql_where=known,
    )
