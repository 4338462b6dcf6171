"""What a recap cuts from each person's TPP, and how the payment that it asks for stands."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, add the columns."""
    op.create_table(
        "attendance_recap_deduction",
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("deduction", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "deduction BETWEEN 0 AND 10000", name=op.f("ck_attendance_recap_deduction_deduction")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["attendance_recap_document.id"],
            name=op.f("fk_attendance_recap_deduction_document_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_attendance_recap_deduction_person_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "document_id", "person_id", name=op.f("pk_attendance_recap_deduction")
        ),
    )
    for column in (
        sa.Column("claim_state", sa.String(length=10), nullable=False, server_default=""),
        sa.Column("claim_reason", sa.String(length=500), nullable=False, server_default=""),
        sa.Column("claim_at", leuit.storage.Instant(), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
    ):
        op.add_column("attendance_recap_document", column)
