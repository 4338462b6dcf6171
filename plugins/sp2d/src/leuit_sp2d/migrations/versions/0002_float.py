"""Accounts rendered for the float."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "sp2d_lpj",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("since", leuit.storage.Instant(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", leuit.storage.Instant(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_as", sa.String(length=200), nullable=False),
        sa.Column("decided_at", leuit.storage.Instant(), nullable=True),
        sa.Column("reasons", leuit.storage.Json(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("decided_by <> created_by", name=op.f("ck_sp2d_lpj_two_people")),
        sa.CheckConstraint("total > 0", name=op.f("ck_sp2d_lpj_total")),
        sa.ForeignKeyConstraint(
            ["created_by"], ["person.id"], name=op.f("fk_sp2d_lpj_created_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_sp2d_lpj_decided_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_sp2d_lpj_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_lpj")),
        sa.UniqueConstraint(
            "unit_id", "year", "value", name=op.f("uq_sp2d_lpj_unit_id_year_value")
        ),
    )
    op.create_index(op.f("ix_sp2d_lpj_created_by"), "sp2d_lpj", ["created_by"], unique=False)
    op.create_index(op.f("ix_sp2d_lpj_decided_by"), "sp2d_lpj", ["decided_by"], unique=False)
    op.create_index("ix_sp2d_lpj_state", "sp2d_lpj", ["state", "unit_id"], unique=False)
    op.create_table(
        "sp2d_lpj_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("lpj_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["lpj_id"],
            ["sp2d_lpj.id"],
            name=op.f("fk_sp2d_lpj_evidence_lpj_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_lpj_evidence")),
        sa.UniqueConstraint("lpj_id", "sha256", name=op.f("uq_sp2d_lpj_evidence_lpj_id_sha256")),
    )
    op.create_table(
        "sp2d_receipt",
        sa.Column("lpj_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sp2d_receipt_amount")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["sp2d_line.id"], name=op.f("fk_sp2d_receipt_line_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["lpj_id"], ["sp2d_lpj.id"], name=op.f("fk_sp2d_receipt_lpj_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("lpj_id", "place", name=op.f("pk_sp2d_receipt")),
    )
    op.create_index(op.f("ix_sp2d_receipt_line_id"), "sp2d_receipt", ["line_id"], unique=False)
