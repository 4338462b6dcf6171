"""drafts."""

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
        "archives_number_block",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("series", sa.String(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["person.id"],
            name=op.f("fk_archives_number_block_created_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
            name=op.f("fk_archives_number_block_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_number_block")),
        sa.UniqueConstraint("key", name=op.f("uq_archives_number_block_key")),
    )
    op.create_index(
        op.f("ix_archives_number_block_created_by"),
        "archives_number_block",
        ["created_by"],
        unique=False,
    )
    op.create_index(
        "ix_archives_number_block_unit", "archives_number_block", ["unit_id", "year"], unique=False
    )
    op.create_table(
        "archives_block_number",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("block_id", sa.Uuid(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("number_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("ended_at", leuit.storage.Instant(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'used', 'cancelled')", name=op.f("ck_archives_block_number_state")
        ),
        sa.ForeignKeyConstraint(
            ["block_id"],
            ["archives_number_block.id"],
            name=op.f("fk_archives_block_number_block_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["person.id"],
            name=op.f("fk_archives_block_number_ended_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["archives_letter.id"],
            name=op.f("fk_archives_block_number_letter_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_block_number")),
        sa.UniqueConstraint(
            "block_id", "value", name=op.f("uq_archives_block_number_block_id_value")
        ),
        sa.UniqueConstraint("letter_id", name=op.f("uq_archives_block_number_letter_id")),
    )
    op.create_index(
        "ix_archives_block_number_state",
        "archives_block_number",
        ["state", "block_id"],
        unique=False,
    )
    op.create_table(
        "archives_draft",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("latest", sa.Integer(), nullable=False),
        sa.Column("signer_id", sa.Uuid(), nullable=True),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("fixed", leuit.storage.Json(), nullable=False),
        sa.Column("signing", sa.String(length=10), nullable=False),
        sa.Column("signing_round", sa.Integer(), nullable=False),
        sa.Column("signing_note", sa.String(length=500), nullable=False),
        sa.Column("number_id", sa.Uuid(), nullable=True),
        sa.Column("drawn_sha256", sa.String(length=64), nullable=True),
        sa.Column("signed_sha256", sa.String(length=64), nullable=True),
        sa.Column("signed_at", leuit.storage.Instant(), nullable=True),
        sa.Column("void_reason", sa.String(length=500), nullable=False),
        sa.Column("carried", sa.String(length=1000), nullable=False),
        sa.CheckConstraint("mode IN ('electronic', 'wet')", name=op.f("ck_archives_draft_mode")),
        sa.ForeignKeyConstraint(
            ["drawn_sha256"],
            ["blob.sha256"],
            name=op.f("fk_archives_draft_drawn_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["archives_letter.id"],
            name=op.f("fk_archives_draft_letter_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["signed_sha256"],
            ["blob.sha256"],
            name=op.f("fk_archives_draft_signed_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["signer_id"],
            ["position.id"],
            name=op.f("fk_archives_draft_signer_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_archives_draft")),
    )
    op.create_index("ix_archives_draft_signing", "archives_draft", ["signing"], unique=False)
    op.create_table(
        "archives_draft_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=240), nullable=False),
        sa.Column("state", sa.String(length=4), nullable=False),
        sa.Column("since", leuit.storage.Instant(), nullable=False),
        sa.Column("done_at", leuit.storage.Instant(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.CheckConstraint("kind IN ('paraf', 'sign')", name=op.f("ck_archives_draft_step_kind")),
        sa.CheckConstraint("state IN ('open', 'done')", name=op.f("ck_archives_draft_step_state")),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["archives_letter.id"],
            name=op.f("fk_archives_draft_step_letter_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_archives_draft_step_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["position.id"],
            name=op.f("fk_archives_draft_step_position_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_draft_step")),
        sa.UniqueConstraint(
            "letter_id", "place", name=op.f("uq_archives_draft_step_letter_id_place")
        ),
    )
    op.create_index(
        "ix_archives_draft_step_post", "archives_draft_step", ["position_id", "state"], unique=False
    )
    op.create_table(
        "archives_draft_version",
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", leuit.storage.Json(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("saved_by", sa.Uuid(), nullable=False),
        sa.Column("saved_at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["archives_letter.id"],
            name=op.f("fk_archives_draft_version_letter_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["saved_by"],
            ["person.id"],
            name=op.f("fk_archives_draft_version_saved_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("letter_id", "number", name=op.f("pk_archives_draft_version")),
    )
    op.create_index(
        op.f("ix_archives_draft_version_saved_by"),
        "archives_draft_version",
        ["saved_by"],
        unique=False,
    )
