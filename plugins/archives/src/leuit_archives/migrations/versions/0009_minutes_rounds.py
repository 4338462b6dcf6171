"""minutes rounds."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "archives_minutes_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("transfer_id", sa.Uuid(), nullable=True),
        sa.Column("disposal_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("backups_until", sa.Date(), nullable=True),
        sa.Column("statement", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("drawn_sha256", sa.String(length=64), nullable=True),
        sa.Column("signed_sha256", sa.String(length=64), nullable=True),
        sa.Column("asked_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", leuit.storage.Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'waiting', 'used', 'unused', 'unsigned')",
            name=op.f("ck_archives_minutes_round_state"),
        ),
        sa.CheckConstraint(
            "(transfer_id IS NULL) <> (disposal_id IS NULL)",
            name=op.f("ck_archives_minutes_round_one_subject"),
        ),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["person.id"],
            name=op.f("fk_archives_minutes_round_asked_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["disposal_id"],
            ["archives_disposal.id"],
            name=op.f("fk_archives_minutes_round_disposal_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["drawn_sha256"],
            ["blob.sha256"],
            name=op.f("fk_archives_minutes_round_drawn_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["signed_sha256"],
            ["blob.sha256"],
            name=op.f("fk_archives_minutes_round_signed_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"],
            ["archives_transfer.id"],
            name=op.f("fk_archives_minutes_round_transfer_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_minutes_round")),
    )
    op.create_index(
        "uq_archives_minutes_round_disposal",
        "archives_minutes_round",
        ["disposal_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('asked', 'waiting')"),
        postgresql_where=sa.text("state IN ('asked', 'waiting')"),
    )
    op.create_index(
        "uq_archives_minutes_round_transfer",
        "archives_minutes_round",
        ["transfer_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('asked', 'waiting')"),
        postgresql_where=sa.text("state IN ('asked', 'waiting')"),
    )
    op.create_table(
        "archives_minutes_signer",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("nip", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["position.id"],
            name=op.f("fk_archives_minutes_signer_position_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["archives_minutes_round.id"],
            name=op.f("fk_archives_minutes_signer_round_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("round_id", "place", name=op.f("pk_archives_minutes_signer")),
    )
