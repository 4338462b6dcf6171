"""files let go."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "blob_release",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("owner", sa.String(length=40), nullable=False),
        sa.Column("released_at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sha256"], ["blob.sha256"], name=op.f("fk_blob_release_sha256"), ondelete="RESTRICT"
        ),
        sa.PrimaryKeyConstraint("sha256", "owner", name=op.f("pk_blob_release")),
    )
