"""The budget: editions, releases, lines and their ledger."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "sp2d_dpa",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("skpd_code", sa.String(length=30), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("imported_at", leuit.storage.Instant(), nullable=False),
        sa.Column("imported_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["imported_by"],
            ["person.id"],
            name=op.f("fk_sp2d_dpa_imported_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_sp2d_dpa_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_dpa")),
        sa.UniqueConstraint(
            "unit_id", "year", "sequence", name=op.f("uq_sp2d_dpa_unit_id_year_sequence")
        ),
    )
    op.create_table(
        "sp2d_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(length=20), nullable=False),
        sa.Column("activity_name", sa.String(length=300), nullable=False),
        sa.Column("account", sa.String(length=20), nullable=False),
        sa.Column("account_name", sa.String(length=300), nullable=False),
        sa.Column("unreleased", sa.BigInteger(), nullable=False),
        sa.Column("free", sa.BigInteger(), nullable=False),
        sa.Column("reserved", sa.BigInteger(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("free >= 0", name=op.f("ck_sp2d_line_free")),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_sp2d_line_reserved")),
        sa.CheckConstraint("spent >= 0", name=op.f("ck_sp2d_line_spent")),
        sa.CheckConstraint("unreleased >= 0", name=op.f("ck_sp2d_line_unreleased")),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_sp2d_line_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_line")),
        sa.UniqueConstraint(
            "unit_id",
            "year",
            "activity",
            "account",
            name=op.f("uq_sp2d_line_unit_id_year_activity_account"),
        ),
    )
    op.create_table(
        "sp2d_spd",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("quarter", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("issued_at", leuit.storage.Instant(), nullable=False),
        sa.Column("issued_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("quarter BETWEEN 1 AND 4", name=op.f("ck_sp2d_spd_quarter")),
        sa.ForeignKeyConstraint(
            ["issued_by"], ["person.id"], name=op.f("fk_sp2d_spd_issued_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_sp2d_spd_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_spd")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_sp2d_spd_year_number")),
    )
    op.create_index(op.f("ix_sp2d_spd_unit_id"), "sp2d_spd", ["unit_id"], unique=False)
    op.create_table(
        "sp2d_dpa_line",
        sa.Column("dpa_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_sp2d_dpa_line_amount")),
        sa.ForeignKeyConstraint(
            ["dpa_id"], ["sp2d_dpa.id"], name=op.f("fk_sp2d_dpa_line_dpa_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["sp2d_line.id"],
            name=op.f("fk_sp2d_dpa_line_line_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("dpa_id", "line_id", name=op.f("pk_sp2d_dpa_line")),
    )
    op.create_index(op.f("ix_sp2d_dpa_line_line_id"), "sp2d_dpa_line", ["line_id"], unique=False)
    op.create_table(
        "sp2d_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("from_pocket", sa.String(length=10), nullable=False),
        sa.Column("to_pocket", sa.String(length=10), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("cause_kind", sa.String(length=12), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("reverses_id", sa.Uuid(), nullable=True),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sp2d_entry_amount")),
        sa.CheckConstraint("from_pocket <> to_pocket", name=op.f("ck_sp2d_entry_pockets")),
        sa.ForeignKeyConstraint(
            ["line_id"], ["sp2d_line.id"], name=op.f("fk_sp2d_entry_line_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["sp2d_entry.id"],
            name=op.f("fk_sp2d_entry_reverses_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sp2d_entry")),
    )
    op.create_index("ix_sp2d_entry_cause", "sp2d_entry", ["cause_kind", "cause_id"], unique=False)
    op.create_index("ix_sp2d_entry_line_at", "sp2d_entry", ["line_id", "at"], unique=False)
    op.create_index(
        "ix_sp2d_entry_reverses_id",
        "sp2d_entry",
        ["reverses_id"],
        sqlite_where=sa.text("reverses_id IS NOT NULL"),
        postgresql_where=sa.text("reverses_id IS NOT NULL"),
    )
    op.create_table(
        "sp2d_spd_line",
        sa.Column("spd_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount > 0", name=op.f("ck_sp2d_spd_line_amount")),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["sp2d_line.id"],
            name=op.f("fk_sp2d_spd_line_line_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["spd_id"], ["sp2d_spd.id"], name=op.f("fk_sp2d_spd_line_spd_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("spd_id", "line_id", name=op.f("pk_sp2d_spd_line")),
    )
    op.create_index(op.f("ix_sp2d_spd_line_line_id"), "sp2d_spd_line", ["line_id"], unique=False)
