"""letters."""

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
        "archives_brought_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("proposals", leuit.storage.Json(), nullable=False),
        sa.Column("brought_at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_archives_brought_file_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_archives_brought_file_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
            name=op.f("fk_archives_brought_file_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_brought_file")),
    )
    op.create_index(
        op.f("ix_archives_brought_file_brought_at"),
        "archives_brought_file",
        ["brought_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_archives_brought_file_person_id"),
        "archives_brought_file",
        ["person_id"],
        unique=False,
    )
    op.create_table(
        "archives_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("agenda", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=120), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("sender", sa.String(length=300), nullable=False),
        sa.Column("attached", sa.String(length=80), nullable=False),
        sa.Column("secrecy", sa.Integer(), nullable=False),
        sa.Column("secrecy_code", sa.String(length=10), nullable=False),
        sa.Column("urgency", sa.String(length=30), nullable=False),
        sa.Column("class_code", sa.String(length=40), nullable=False),
        sa.Column("class_title", sa.String(length=1000), nullable=False),
        sa.Column("reply_to_id", sa.Uuid(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", leuit.storage.Instant(), nullable=False),
        sa.Column("sent_at", leuit.storage.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f("ck_archives_letter_direction")),
        sa.CheckConstraint(
            "state IN ('registered', 'draft', 'review', 'signing', 'signed', 'sent', 'void')",
            name=op.f("ck_archives_letter_state"),
        ),
        sa.CheckConstraint("secrecy BETWEEN 1 AND 4", name=op.f("ck_archives_letter_secrecy")),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["person.id"],
            name=op.f("fk_archives_letter_created_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["reply_to_id"],
            ["archives_letter.id"],
            name=op.f("fk_archives_letter_reply_to_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_archives_letter_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_letter")),
        sa.UniqueConstraint("key", name=op.f("uq_archives_letter_key")),
        sa.UniqueConstraint(
            "unit_id", "direction", "year", "agenda", name="uq_archives_letter_agenda"
        ),
    )
    op.create_index(
        op.f("ix_archives_letter_created_by"), "archives_letter", ["created_by"], unique=False
    )
    op.create_index("ix_archives_letter_number", "archives_letter", ["number"], unique=False)
    op.create_index(
        "ix_archives_letter_register",
        "archives_letter",
        ["unit_id", "direction", "created_at", "id"],
        unique=False,
    )
    op.create_index("ix_archives_letter_reply", "archives_letter", ["reply_to_id"], unique=False)
    op.create_index(
        "ix_archives_letter_state", "archives_letter", ["unit_id", "state"], unique=False
    )
    op.create_table(
        "archives_addressee",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.String(length=4), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("delivered_at", leuit.storage.Instant(), nullable=True),
        sa.Column("read_at", leuit.storage.Instant(), nullable=True),
        sa.Column("read_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", leuit.storage.Instant(), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("outcome", sa.String(length=1000), nullable=False),
        sa.CheckConstraint("part IN ('to', 'copy')", name=op.f("ck_archives_addressee_part")),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["archives_letter.id"],
            name=op.f("fk_archives_addressee_letter_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["position.id"],
            name=op.f("fk_archives_addressee_position_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["read_by"],
            ["person.id"],
            name=op.f("fk_archives_addressee_read_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"],
            ["person.id"],
            name=op.f("fk_archives_addressee_settled_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_addressee")),
        sa.UniqueConstraint(
            "letter_id", "part", "place", name=op.f("uq_archives_addressee_letter_id_part_place")
        ),
    )
    op.create_index(
        "ix_archives_addressee_post",
        "archives_addressee",
        ["position_id", "part", "read_at", "settled_at"],
        unique=False,
    )
    op.create_table(
        "archives_letter_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["archives_letter.id"],
            name=op.f("fk_archives_letter_file_letter_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_archives_letter_file_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_letter_file")),
        sa.UniqueConstraint(
            "letter_id", "place", name=op.f("uq_archives_letter_file_letter_id_place")
        ),
    )
    op.create_table(
        "archives_disposition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("addressee_id", sa.Uuid(), nullable=True),
        sa.Column("from_id", sa.Uuid(), nullable=True),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("acted_as", sa.String(length=240), nullable=False),
        sa.Column("instructions", leuit.storage.Json(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("due_at", leuit.storage.Instant(), nullable=True),
        sa.Column("created_at", leuit.storage.Instant(), nullable=False),
        sa.CheckConstraint(
            "(from_id IS NULL) <> (addressee_id IS NULL)",
            name=op.f("ck_archives_disposition_origin"),
        ),
        sa.ForeignKeyConstraint(
            ["addressee_id"],
            ["archives_addressee.id"],
            name=op.f("fk_archives_disposition_addressee_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["archives_letter.id"],
            name=op.f("fk_archives_disposition_letter_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_archives_disposition_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["position.id"],
            name=op.f("fk_archives_disposition_position_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_disposition")),
        sa.UniqueConstraint("key", name=op.f("uq_archives_disposition_key")),
    )
    op.create_index(
        op.f("ix_archives_disposition_addressee_id"),
        "archives_disposition",
        ["addressee_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_archives_disposition_from_id"), "archives_disposition", ["from_id"], unique=False
    )
    op.create_index(
        "ix_archives_disposition_letter",
        "archives_disposition",
        ["letter_id", "created_at"],
        unique=False,
    )
    op.create_index(
        "ix_archives_disposition_person",
        "archives_disposition",
        ["person_id", "created_at"],
        unique=False,
    )
    op.create_table(
        "archives_disposition_receiver",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("disposition_id", sa.Uuid(), nullable=False),
        sa.Column("letter_id", sa.Uuid(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=240), nullable=False),
        sa.Column("coordinator", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("read_at", leuit.storage.Instant(), nullable=True),
        sa.Column("read_by", sa.Uuid(), nullable=True),
        sa.Column("acted_at", leuit.storage.Instant(), nullable=True),
        sa.Column("handed_at", leuit.storage.Instant(), nullable=True),
        sa.Column("report", sa.String(length=2000), nullable=False),
        sa.Column("report_sha256", sa.String(length=64), nullable=True),
        sa.Column("report_name", sa.String(length=200), nullable=False),
        sa.Column("ended_at", leuit.storage.Instant(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('new', 'read', 'acted', 'done', 'cancelled')",
            name=op.f("ck_archives_disposition_receiver_state"),
        ),
        sa.ForeignKeyConstraint(
            ["disposition_id"],
            ["archives_disposition.id"],
            name=op.f("fk_archives_disposition_receiver_disposition_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"],
            ["person.id"],
            name=op.f("fk_archives_disposition_receiver_ended_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["archives_letter.id"],
            name=op.f("fk_archives_disposition_receiver_letter_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["position_id"],
            ["position.id"],
            name=op.f("fk_archives_disposition_receiver_position_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["read_by"],
            ["person.id"],
            name=op.f("fk_archives_disposition_receiver_read_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["report_sha256"],
            ["blob.sha256"],
            name=op.f("fk_archives_disposition_receiver_report_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_disposition_receiver")),
        sa.UniqueConstraint(
            "disposition_id",
            "position_id",
            name=op.f("uq_archives_disposition_receiver_disposition_id_position_id"),
        ),
    )
    op.create_index(
        "ix_archives_receiver_letter",
        "archives_disposition_receiver",
        ["letter_id", "position_id"],
        unique=False,
    )
    op.create_index(
        "ix_archives_receiver_post",
        "archives_disposition_receiver",
        ["position_id", "state"],
        unique=False,
    )
