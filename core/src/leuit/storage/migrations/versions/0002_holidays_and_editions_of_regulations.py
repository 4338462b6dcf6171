"""Holidays and editions of regulations."""

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
        "holiday",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("edited_by", sa.Uuid(), nullable=True),
        sa.Column("edited_at", leuit.storage.Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('libur', 'cuti_bersama')", name=op.f("ck_holiday_kind")),
        sa.CheckConstraint("status IN ('proposed', 'confirmed')", name=op.f("ck_holiday_status")),
        sa.ForeignKeyConstraint(
            ["edited_by"], ["account.id"], name=op.f("fk_holiday_edited_by"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_holiday")),
    )
    op.create_table(
        "regulation_edition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("legal_basis", sa.String(length=300), nullable=False),
        sa.Column("source", sa.String(length=500), nullable=False),
        sa.Column("source_sha256", sa.String(length=64), nullable=True),
        sa.Column("confidence", sa.String(length=10), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_to", sa.Date(), nullable=True),
        sa.Column("body", leuit.storage.Json(), nullable=False),
        sa.Column("body_sha256", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=True),
        sa.Column("drafted_at", leuit.storage.Instant(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=True),
        sa.Column("proposed_at", leuit.storage.Instant(), nullable=True),
        sa.Column("activated_by", sa.Uuid(), nullable=True),
        sa.Column("activated_at", leuit.storage.Instant(), nullable=True),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", leuit.storage.Instant(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(length=500), nullable=False),
        sa.Column("revisions", leuit.storage.Json(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "confidence IN ('primary', 'secondary', 'derived', 'unverified')",
            name=op.f("ck_regulation_edition_confidence"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'proposed', 'active', 'withdrawn')",
            name=op.f("ck_regulation_edition_status"),
        ),
        sa.CheckConstraint(
            "activated_by IS NULL OR activated_by <> drafted_by",
            name=op.f("ck_regulation_edition_four_eyes"),
        ),
        sa.CheckConstraint(
            "effective_to IS NULL OR effective_to > effective_from",
            name=op.f("ck_regulation_edition_range"),
        ),
        sa.ForeignKeyConstraint(
            ["activated_by"],
            ["account.id"],
            name=op.f("fk_regulation_edition_activated_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["drafted_by"],
            ["account.id"],
            name=op.f("fk_regulation_edition_drafted_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"],
            ["account.id"],
            name=op.f("fk_regulation_edition_proposed_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["source_sha256"],
            ["blob.sha256"],
            name=op.f("fk_regulation_edition_source_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"],
            ["account.id"],
            name=op.f("fk_regulation_edition_withdrawn_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_regulation_edition")),
    )
    op.create_index(
        "ix_regulation_edition_holds",
        "regulation_edition",
        ["kind", "status", "effective_from"],
        unique=False,
    )
