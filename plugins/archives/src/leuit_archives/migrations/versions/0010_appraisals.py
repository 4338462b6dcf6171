"""appraisals."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "archives_appraisal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.String(length=12), nullable=False),
        sa.Column("years", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("number", sa.String(length=120), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", leuit.storage.Instant(), nullable=False),
        sa.CheckConstraint(
            "(decision = 'diperpanjang') = (years > 0)", name=op.f("ck_archives_appraisal_years")
        ),
        sa.CheckConstraint(
            "decision IN ('musnah', 'permanen', 'diperpanjang')",
            name=op.f("ck_archives_appraisal_decision"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["person.id"],
            name=op.f("fk_archives_appraisal_decided_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_archives_appraisal_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_appraisal")),
    )
    op.create_table(
        "archives_reapplication",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=False),
        sa.Column("begun_at", leuit.storage.Instant(), nullable=False),
        sa.Column("applied_by", sa.Uuid(), nullable=True),
        sa.Column("applied_at", leuit.storage.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('surveying', 'surveyed', 'applying', 'applied')",
            name=op.f("ck_archives_reapplication_state"),
        ),
        sa.ForeignKeyConstraint(
            ["applied_by"],
            ["person.id"],
            name=op.f("fk_archives_reapplication_applied_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["begun_by"],
            ["person.id"],
            name=op.f("fk_archives_reapplication_begun_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
            name=op.f("fk_archives_reapplication_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_reapplication")),
    )
    op.create_table(
        "archives_appraised",
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"],
            ["archives_appraisal.id"],
            name=op.f("fk_archives_appraised_appraisal_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["archives_dossier.id"],
            name=op.f("fk_archives_appraised_dossier_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("appraisal_id", "dossier_id", name=op.f("pk_archives_appraised")),
    )
    op.create_index(
        op.f("ix_archives_appraised_dossier_id"), "archives_appraised", ["dossier_id"], unique=False
    )
    op.create_table(
        "archives_reapplication_item",
        sa.Column("reapplication_id", sa.Uuid(), nullable=False),
        sa.Column("dossier_id", sa.Uuid(), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("before", leuit.storage.Json(), nullable=False),
        sa.Column("after", leuit.storage.Json(), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("settled_at", leuit.storage.Instant(), nullable=True),
        sa.CheckConstraint(
            "verdict IN ('longer', 'shorter', 'open', 'fixed')",
            name=op.f("ck_archives_reapplication_item_verdict"),
        ),
        sa.ForeignKeyConstraint(
            ["dossier_id"],
            ["archives_dossier.id"],
            name=op.f("fk_archives_reapplication_item_dossier_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["reapplication_id"],
            ["archives_reapplication.id"],
            name=op.f("fk_archives_reapplication_item_reapplication_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "reapplication_id", "dossier_id", name=op.f("pk_archives_reapplication_item")
        ),
    )
    op.create_index(
        op.f("ix_archives_reapplication_item_dossier_id"),
        "archives_reapplication_item",
        ["dossier_id"],
        unique=False,
    )
    op.create_index(
        "ix_archives_reapplication_item_verdict",
        "archives_reapplication_item",
        ["reapplication_id", "verdict"],
        unique=False,
    )
    op.add_column(
        "archives_disposal_item", sa.Column("appraisal", leuit.storage.Json(), nullable=True)
    )
    op.add_column(
        "archives_retention",
        sa.Column("appraised", sa.String(length=12), server_default="", nullable=False),
    )
