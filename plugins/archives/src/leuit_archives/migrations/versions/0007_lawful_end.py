"""lawful end."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "archives_disposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("authority", sa.String(length=12), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("longest", sa.Integer(), nullable=False),
        sa.Column("list_sha256", sa.String(length=64), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", leuit.storage.Instant(), nullable=False),
        sa.Column("first_by", sa.Uuid(), nullable=True),
        sa.Column("second_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", leuit.storage.Instant(), nullable=True),
        sa.Column("backups_until", sa.Date(), nullable=True),
        sa.Column("undone_reason", sa.String(length=500), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "authority IN ('anri', 'head', 'institution')",
            name=op.f("ck_archives_disposal_authority"),
        ),
        sa.CheckConstraint(
            "kind IN ('destroy', 'hand_over')", name=op.f("ck_archives_disposal_kind")
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'appraised', 'approved', 'determined', 'signed', 'running', 'done', 'undone')",
            name=op.f("ck_archives_disposal_state"),
        ),
        sa.CheckConstraint(
            "second_by IS NULL OR second_by <> first_by", name=op.f("ck_archives_disposal_two")
        ),
        sa.ForeignKeyConstraint(
            ["first_by"],
            ["person.id"],
            name=op.f("fk_archives_disposal_first_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"],
            ["person.id"],
            name=op.f("fk_archives_disposal_proposed_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["second_by"],
            ["person.id"],
            name=op.f("fk_archives_disposal_second_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_archives_disposal_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_disposal")),
        sa.UniqueConstraint("year", "serial", name=op.f("uq_archives_disposal_year_serial")),
    )
    op.create_table(
        "archives_hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_number", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("begun_at", leuit.storage.Instant(), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_at", leuit.storage.Instant(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("end_reason", sa.String(length=500), nullable=False),
        sa.Column("asks", sa.Boolean(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("words", sa.String(length=100), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (ended_at IS NULL)", name=op.f("ck_archives_hold_ended")
        ),
        sa.CheckConstraint("until >= since", name=op.f("ck_archives_hold_days")),
        sa.ForeignKeyConstraint(
            ["begun_by"], ["person.id"], name=op.f("fk_archives_hold_begun_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["ended_by"], ["person.id"], name=op.f("fk_archives_hold_ended_by"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_archives_hold_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_hold")),
    )
    op.create_index(
        "ix_archives_hold_running",
        "archives_hold",
        ["id"],
        unique=False,
        sqlite_where=sa.text("ended_on IS NULL"),
        postgresql_where=sa.text("ended_on IS NULL"),
    )
    op.create_table(
        "archives_transfer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("minutes_sha256", sa.String(length=64), nullable=True),
        sa.Column("prepared_by", sa.Uuid(), nullable=True),
        sa.Column("prepared_at", leuit.storage.Instant(), nullable=False),
        sa.Column("moved_by", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state <> 'moved' OR (dated IS NOT NULL AND minutes_sha256 IS NOT NULL)",
            name=op.f("ck_archives_transfer_minutes"),
        ),
        sa.CheckConstraint(
            "state IN ('prepared', 'moved', 'called_off')", name=op.f("ck_archives_transfer_state")
        ),
        sa.ForeignKeyConstraint(
            ["minutes_sha256"],
            ["blob.sha256"],
            name=op.f("fk_archives_transfer_minutes_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["moved_by"],
            ["person.id"],
            name=op.f("fk_archives_transfer_moved_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["prepared_by"],
            ["person.id"],
            name=op.f("fk_archives_transfer_prepared_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_archives_transfer_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_transfer")),
    )
    op.create_table(
        "archives_disposal_item",
        sa.Column("disposal_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("class_code", sa.String(length=40), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("records", sa.Integer(), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("editions", leuit.storage.Json(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("ended_at", leuit.storage.Instant(), nullable=True),
        sa.CheckConstraint(
            "state IN ('listed', 'left', 'ending', 'ended')",
            name=op.f("ck_archives_disposal_item_state"),
        ),
        sa.ForeignKeyConstraint(
            ["disposal_id"],
            ["archives_disposal.id"],
            name=op.f("fk_archives_disposal_item_disposal_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["archives_dossier.id"],
            name=op.f("fk_archives_disposal_item_dossier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("disposal_id", "place", name=op.f("pk_archives_disposal_item")),
        sa.UniqueConstraint(
            "disposal_id",
            "dossier_id",
            name=op.f("uq_archives_disposal_item_disposal_id_dossier_id"),
        ),
    )
    op.create_index(
        "ix_archives_disposal_item_dossier", "archives_disposal_item", ["dossier_id"], unique=False
    )
    op.create_table(
        "archives_disposal_member",
        sa.Column("disposal_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["disposal_id"],
            ["archives_disposal.id"],
            name=op.f("fk_archives_disposal_member_disposal_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_archives_disposal_member_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "disposal_id", "person_id", name=op.f("pk_archives_disposal_member")
        ),
    )
    op.create_table(
        "archives_disposal_paper",
        sa.Column("disposal_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["disposal_id"],
            ["archives_disposal.id"],
            name=op.f("fk_archives_disposal_paper_disposal_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["person.id"],
            name=op.f("fk_archives_disposal_paper_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_archives_disposal_paper_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("disposal_id", "step", name=op.f("pk_archives_disposal_paper")),
    )
    op.create_table(
        "archives_dossier_rule",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("class_code", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Uuid(), nullable=False),
        sa.Column("unverified", sa.Boolean(), nullable=False),
        sa.Column("counting", sa.String(length=4), nullable=False),
        sa.Column("active_years", sa.Integer(), nullable=True),
        sa.Column("active_trigger", sa.String(length=80), nullable=False),
        sa.Column("inactive_years", sa.Integer(), nullable=True),
        sa.Column("inactive_trigger", sa.String(length=80), nullable=False),
        sa.Column("final_action", sa.String(length=20), nullable=False),
        sa.Column("raw_active", sa.String(length=500), nullable=False),
        sa.Column("raw_inactive", sa.String(length=500), nullable=False),
        sa.Column("raw_final_action", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["archives_dossier.id"],
            name=op.f("fk_archives_dossier_rule_dossier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "dossier_id", "class_code", "edition", name=op.f("pk_archives_dossier_rule")
        ),
    )
    op.create_table(
        "archives_event",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=80), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.String(length=200), nullable=False),
        sa.Column("evidence_sha256", sa.String(length=64), nullable=True),
        sa.Column("recorded_by", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", leuit.storage.Instant(), nullable=False),
        sa.CheckConstraint(
            "evidence_sha256 IS NOT NULL OR evidence <> ''", name=op.f("ck_archives_event_evidence")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["archives_dossier.id"],
            name=op.f("fk_archives_event_dossier_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["evidence_sha256"],
            ["blob.sha256"],
            name=op.f("fk_archives_event_evidence_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["person.id"],
            name=op.f("fk_archives_event_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_event")),
    )
    op.create_index(
        "ix_archives_event_dossier", "archives_event", ["dossier_id", "kind", "id"], unique=False
    )
    op.create_table(
        "archives_opinion",
        sa.Column("disposal_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("opinion", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.CheckConstraint(
            "opinion IN ('agree', 'refuse', 'again')", name=op.f("ck_archives_opinion_opinion")
        ),
        sa.ForeignKeyConstraint(
            ["disposal_id"],
            ["archives_disposal.id"],
            name=op.f("fk_archives_opinion_disposal_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_archives_opinion_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "disposal_id", "place", "person_id", name=op.f("pk_archives_opinion")
        ),
    )
    op.create_table(
        "archives_retention",
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("next_step", sa.String(length=12), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("inactive_from", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("final_action", sa.String(length=20), nullable=False),
        sa.Column("years", sa.Integer(), nullable=True),
        sa.Column("waits_for", sa.String(length=500), nullable=False),
        sa.Column("legacy", sa.Boolean(), nullable=False),
        sa.Column("unverified", sa.Boolean(), nullable=False),
        sa.Column("vital", sa.Boolean(), nullable=False),
        sa.Column("applied_edition", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('active', 'inactive', 'to_destroy', 'destroyed', 'to_hand_over', 'handed_over')",
            name=op.f("ck_archives_retention_state"),
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["archives_dossier.id"],
            name=op.f("fk_archives_retention_dossier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("dossier_id", name=op.f("pk_archives_retention")),
    )
    op.create_index(
        "ix_archives_retention_due", "archives_retention", ["next_step", "due_on"], unique=False
    )
    op.create_index(
        "ix_archives_retention_state", "archives_retention", ["state", "dossier_id"], unique=False
    )
    op.create_table(
        "archives_transfer_item",
        sa.Column("transfer_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["archives_dossier.id"],
            name=op.f("fk_archives_transfer_item_dossier_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["transfer_id"],
            ["archives_transfer.id"],
            name=op.f("fk_archives_transfer_item_transfer_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("transfer_id", "place", name=op.f("pk_archives_transfer_item")),
        sa.UniqueConstraint(
            "transfer_id",
            "dossier_id",
            name=op.f("uq_archives_transfer_item_transfer_id_dossier_id"),
        ),
    )
    op.create_index(
        op.f("ix_archives_transfer_item_dossier_id"),
        "archives_transfer_item",
        ["dossier_id"],
        unique=False,
    )
    op.create_table(
        "archives_hold_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hold_id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=True),
        sa.Column("record_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(dossier_id IS NULL) <> (record_id IS NULL)", name=op.f("ck_archives_hold_item_one")
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["archives_dossier.id"],
            name=op.f("fk_archives_hold_item_dossier_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["hold_id"],
            ["archives_hold.id"],
            name=op.f("fk_archives_hold_item_hold_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["archives_record.id"],
            name=op.f("fk_archives_hold_item_record_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_hold_item")),
    )
    op.create_index(
        "ix_archives_hold_item_dossier", "archives_hold_item", ["dossier_id"], unique=False
    )
    op.create_index("ix_archives_hold_item_hold", "archives_hold_item", ["hold_id"], unique=False)
    op.create_index(
        "ix_archives_hold_item_record", "archives_hold_item", ["record_id"], unique=False
    )
    op.create_table(
        "archives_tombstone",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("disposal_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("destroyed_at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["disposal_id"],
            ["archives_disposal.id"],
            name=op.f("fk_archives_tombstone_disposal_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["archives_record.id"],
            name=op.f("fk_archives_tombstone_record_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_archives_tombstone")),
    )
    op.create_index(
        "ix_archives_tombstone_disposal",
        "archives_tombstone",
        ["disposal_id", "place"],
        unique=False,
    )
    op.create_table(
        "archives_tombstone_file",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("gone_at", leuit.storage.Instant(), nullable=True),
        sa.Column("kept_by", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["archives_tombstone.record_id"],
            name=op.f("fk_archives_tombstone_file_record_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("record_id", "place", name=op.f("pk_archives_tombstone_file")),
    )
    op.create_index(
        "ix_archives_tombstone_file_there",
        "archives_tombstone_file",
        ["sha256"],
        unique=False,
        sqlite_where=sa.text("gone_at IS NULL"),
        postgresql_where=sa.text("gone_at IS NULL"),
    )
