"""Orders to the bank and its statements."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "sp2d_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.String(length=35), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("made_at", leuit.storage.Instant(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_sp2d_batch_made_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_batch")),
        sa.UniqueConstraint("message_id", name=op.f("uq_sp2d_batch_message_id")),
        sa.UniqueConstraint("sha256", name=op.f("uq_sp2d_batch_sha256")),
    )
    op.create_table(
        "sp2d_statement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account", sa.String(length=34), nullable=False),
        sa.Column("statement_id", sa.String(length=35), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("closing", sa.BigInteger(), nullable=True),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("unknown", sa.Integer(), nullable=False),
        sa.Column("read_at", leuit.storage.Instant(), nullable=False),
        sa.Column("read_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["read_by"], ["person.id"], name=op.f("fk_sp2d_statement_read_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_statement")),
        sa.UniqueConstraint(
            "account",
            "statement_id",
            "page",
            name=op.f("uq_sp2d_statement_account_statement_id_page"),
        ),
    )
    op.create_index(
        "ix_sp2d_statement_ends", "sp2d_statement", ["account", "ends_on"], unique=False
    )
    op.create_table(
        "sp2d_instruction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("end_to_end", sa.String(length=35), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("payee", sa.String(length=140), nullable=False),
        sa.Column("bank", sa.String(length=3), nullable=False),
        sa.Column("account", sa.String(length=34), nullable=False),
        sa.Column("holder", sa.String(length=70), nullable=False),
        sa.Column("remittance", sa.String(length=140), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("made_at", leuit.storage.Instant(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=True),
        sa.Column("bank_ref", sa.String(length=35), nullable=False),
        sa.Column("return_reason", sa.String(length=140), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sp2d_instruction_amount")),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["sp2d_batch.id"],
            name=op.f("fk_sp2d_instruction_batch_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["sp2d_payment.id"],
            name=op.f("fk_sp2d_instruction_payment_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["sp2d_instruction.id"],
            name=op.f("fk_sp2d_instruction_replaces_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_instruction")),
        sa.UniqueConstraint("end_to_end", name=op.f("uq_sp2d_instruction_end_to_end")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_sp2d_instruction_replaces_id")),
    )
    op.create_index(
        "ix_sp2d_instruction_batch_id",
        "sp2d_instruction",
        ["batch_id"],
        sqlite_where=sa.text("batch_id IS NOT NULL"),
        postgresql_where=sa.text("batch_id IS NOT NULL"),
    )
    op.create_index("ix_sp2d_instruction_payment", "sp2d_instruction", ["payment_id"], unique=False)
    op.create_index("ix_sp2d_instruction_state", "sp2d_instruction", ["state"], unique=False)
    op.create_index(
        "uq_sp2d_instruction_open",
        "sp2d_instruction",
        ["payment_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'sent', 'paid')"),
        postgresql_where=sa.text("state IN ('waiting', 'sent', 'paid')"),
    )
