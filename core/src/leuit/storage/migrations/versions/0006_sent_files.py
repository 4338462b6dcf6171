"""sent files."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "sent_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("metadata_text", sa.String(length=2000), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("begun_at", leuit.storage.Instant(), nullable=False),
        sa.Column("expires_at", leuit.storage.Instant(), nullable=False),
        sa.Column("ended_at", leuit.storage.Instant(), nullable=True),
        sa.CheckConstraint("state IN ('open', 'whole', 'ended')", name=op.f("ck_sent_file_state")),
        sa.CheckConstraint(
            "received >= 0 AND received <= size", name=op.f("ck_sent_file_received")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_sent_file_account_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_file")),
    )
    op.create_index(op.f("ix_sent_file_account_id"), "sent_file", ["account_id"], unique=False)
    op.create_index("ix_sent_file_state", "sent_file", ["state", "expires_at"], unique=False)
    op.create_table(
        "sent_piece",
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("start", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("part", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["sent_file.id"], name=op.f("fk_sent_piece_file_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("file_id", "start", name=op.f("pk_sent_piece")),
    )
