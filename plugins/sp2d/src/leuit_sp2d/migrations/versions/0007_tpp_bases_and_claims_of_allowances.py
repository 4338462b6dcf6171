"""Base amounts of TPP, and claims of a month's allowance."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    with op.batch_alter_table("sp2d_claim") as table:
        table.add_column(sa.Column("month", sa.Date(), nullable=True))
        table.add_column(
            sa.Column("list_sha256", sa.String(length=64), nullable=False, server_default="")
        )
        table.alter_column("amount", existing_type=sa.BigInteger(), nullable=True)
        table.create_check_constraint(
            op.f("ck_sp2d_claim_month_or_amount"), "month IS NOT NULL OR amount IS NOT NULL"
        )
        table.create_check_constraint(
            op.f("ck_sp2d_claim_month_or_payee"), "(month IS NULL) = (payee <> '')"
        )
    op.create_index("ix_sp2d_claim_unit_month", "sp2d_claim", ["unit_id", "month"], unique=False)
    op.create_table(
        "sp2d_tpp_base",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("decree", sa.String(length=200), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_sp2d_tpp_base_amount")),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_sp2d_tpp_base_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("person_id", "valid_from", name=op.f("pk_sp2d_tpp_base")),
    )
    op.create_table(
        "sp2d_claim_allowance",
        sa.Column("claim_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("deduction", sa.Integer(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("paid_month", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(base IS NULL) = (amount IS NULL) AND (base IS NULL) = (paid_month IS NULL)",
            name=op.f("ck_sp2d_claim_allowance_fixed"),
        ),
        sa.CheckConstraint(
            "deduction BETWEEN 0 AND 10000", name=op.f("ck_sp2d_claim_allowance_deduction")
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"],
            ["sp2d_claim.id"],
            name=op.f("fk_sp2d_claim_allowance_claim_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_sp2d_claim_allowance_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("claim_id", "person_id", name=op.f("pk_sp2d_claim_allowance")),
        sa.UniqueConstraint(
            "person_id",
            "paid_month",
            name=op.f("uq_sp2d_claim_allowance_person_id_paid_month"),
        ),
    )
