"""bmp factors and told certificates."""

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
        "ecatalog_certificate_notice",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=5), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("told_at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["ecatalog_product.id"],
            name=op.f("fk_ecatalog_certificate_notice_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint(
            "product_id", "kind", "until", "ended", name=op.f("pk_ecatalog_certificate_notice")
        ),
    )
    op.add_column(
        "ecatalog_product",
        sa.Column("bmp_factors", leuit.storage.Json(), nullable=False, server_default="[]"),
    )
