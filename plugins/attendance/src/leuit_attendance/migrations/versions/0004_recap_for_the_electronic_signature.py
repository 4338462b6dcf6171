"""The file of a recap that is signed electronically, with its footer."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    with op.batch_alter_table("attendance_recap_document") as table:
        table.add_column(sa.Column("electronic_sha256", sa.String(length=64), nullable=True))
        table.create_foreign_key(
            op.f("fk_attendance_recap_document_electronic_sha256"),
            "blob",
            ["electronic_sha256"],
            ["sha256"],
            ondelete="RESTRICT",
        )
