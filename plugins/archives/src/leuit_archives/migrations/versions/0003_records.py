"""Records with their files, and the dossiers they are filed into."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "archives_dossier",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("class_code", sa.String(length=40), nullable=False),
        sa.Column("class_title", sa.String(length=1000), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.Uuid(), nullable=True),
        sa.Column("classification_edition", sa.Uuid(), nullable=False),
        sa.Column("retention_edition", sa.Uuid(), nullable=True),
        sa.Column("active_years", sa.Integer(), nullable=True),
        sa.Column("active_trigger", sa.String(length=80), nullable=False),
        sa.Column("inactive_years", sa.Integer(), nullable=True),
        sa.Column("inactive_trigger", sa.String(length=80), nullable=False),
        sa.Column("final_action", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("closed_on >= opened_on", name=op.f("ck_archives_dossier_closed")),
        sa.CheckConstraint("serial >= 1", name=op.f("ck_archives_dossier_serial")),
        sa.ForeignKeyConstraint(
            ["closed_by"],
            ["person.id"],
            name=op.f("fk_archives_dossier_closed_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_archives_dossier_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_dossier")),
        sa.UniqueConstraint(
            "unit_id",
            "class_code",
            "year",
            "serial",
            name=op.f("uq_archives_dossier_unit_id_class_code_year_serial"),
        ),
    )
    op.create_index(
        "ix_archives_dossier_unit", "archives_dossier", ["unit_id", "year", "id"], unique=False
    )
    op.create_table(
        "archives_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("ref_kind", sa.String(length=80), nullable=False),
        sa.Column("ref_id", sa.String(length=120), nullable=False),
        sa.Column("ref_label", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=100), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=1000), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("signed", sa.Boolean(), nullable=False),
        sa.Column("secrecy", sa.Integer(), nullable=False),
        sa.Column("class_code", sa.String(length=40), nullable=True),
        sa.Column("class_title", sa.String(length=1000), nullable=True),
        sa.Column("classification_edition", sa.Uuid(), nullable=True),
        sa.Column("retention_edition", sa.Uuid(), nullable=True),
        sa.Column("secrecy_edition", sa.Uuid(), nullable=True),
        sa.Column("dossier_id", sa.Uuid(), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("taken_at", leuit.storage.Instant(), nullable=False),
        sa.Column("filed_at", leuit.storage.Instant(), nullable=True),
        sa.Column("filed_by", sa.Uuid(), nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'waiting' AND dossier_id IS NULL AND place IS NULL AND filed_at IS NULL) OR (state = 'filed' AND dossier_id IS NOT NULL AND place IS NOT NULL AND filed_at IS NOT NULL AND class_code IS NOT NULL)",
            name=op.f("ck_archives_record_filed"),
        ),
        sa.CheckConstraint("state IN ('waiting', 'filed')", name=op.f("ck_archives_record_state")),
        sa.CheckConstraint("secrecy BETWEEN 1 AND 4", name=op.f("ck_archives_record_secrecy")),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["archives_dossier.id"],
            name=op.f("fk_archives_record_dossier_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["filed_by"],
            ["person.id"],
            name=op.f("fk_archives_record_filed_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_archives_record_unit_id"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_record")),
        sa.UniqueConstraint(
            "dossier_id", "place", name=op.f("uq_archives_record_dossier_id_place")
        ),
        sa.UniqueConstraint("key", name=op.f("uq_archives_record_key")),
    )
    op.create_index(
        "ix_archives_record_filed", "archives_record", ["filed_by", "filed_at"], unique=False
    )
    op.create_index("ix_archives_record_list", "archives_record", ["state", "id"], unique=False)
    op.create_index(
        "ix_archives_record_unit", "archives_record", ["unit_id", "state", "id"], unique=False
    )
    op.create_index(
        "ix_archives_record_ref", "archives_record", ["ref_kind", "ref_id"], unique=False
    )
    op.create_index(
        "ix_archives_record_waiting",
        "archives_record",
        ["unit_id", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "archives_record_file",
        sa.Column("record_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["archives_record.id"],
            name=op.f("fk_archives_record_file_record_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_archives_record_file_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("record_id", "place", name=op.f("pk_archives_record_file")),
    )
    op.create_index(
        op.f("ix_archives_record_file_sha256"), "archives_record_file", ["sha256"], unique=False
    )
