"""The listing that everybody searches, with its full text."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from leuit.builtin.search import make_full_text

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "ecatalog_listing_token",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_listing_token")),
    )
    op.create_table(
        "ecatalog_listing_word",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_ecatalog_listing_word")),
    )
    op.create_index(
        "ix_ecatalog_listing_word_length", "ecatalog_listing_word", ["length"], unique=False
    )
    op.create_index(
        "ix_ecatalog_listing_word_pattern",
        "ecatalog_listing_word",
        ["word"],
        unique=False,
        postgresql_ops={"word": "varchar_pattern_ops"},
        sqlite_where=sa.text("1 = 0"),
    )
    op.create_table(
        "ecatalog_listing",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("category", sa.String(length=20), nullable=False),
        sa.Column("district", sa.String(length=13), nullable=False),
        sa.Column("scale", sa.String(length=8), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("tkdn", sa.SmallInteger(), nullable=False),
        sa.Column("local", sa.SmallInteger(), nullable=False),
        sa.Column("low", sa.BigInteger(), nullable=False),
        sa.Column("high", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("frozen", sa.Boolean(), nullable=False),
        sa.Column("standard", sa.Boolean(), nullable=False),
        sa.Column("stamp", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("vendor_id", sa.Uuid(), nullable=False),
        sa.Column("unit_code", sa.String(length=3), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("vendor_name", sa.String(length=160), nullable=False),
        sa.Column("place_name", sa.String(length=120), nullable=False),
        sa.Column("picture", sa.Uuid(), nullable=True),
        sa.Column(
            "words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["ecatalog_product.id"],
            name=op.f("fk_ecatalog_listing_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"],
            ["ecatalog_vendor.id"],
            name=op.f("fk_ecatalog_listing_vendor_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_listing")),
        postgresql_with={"fillfactor": 75},
    )
    op.create_index("ix_ecatalog_listing_vendor", "ecatalog_listing", ["vendor_id"], unique=False)
    op.create_index(
        "ix_ecatalog_listing_words",
        "ecatalog_listing",
        ["words"],
        unique=False,
        postgresql_using="gin",
        sqlite_where=sa.text("1 = 0"),
    )
    op.create_index(
        "uq_ecatalog_listing_product_id", "ecatalog_listing", ["product_id"], unique=True
    )
    op.create_table(
        "ecatalog_listing_value",
        sa.Column("listing_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=120), nullable=False),
        sa.Column("number", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["listing_id"],
            ["ecatalog_listing.id"],
            name=op.f("fk_ecatalog_listing_value_listing_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(
            "listing_id", "key", "value", name=op.f("pk_ecatalog_listing_value")
        ),
    )
    make_full_text(op.get_bind(), "ecatalog_listing", content="ecatalog_listing_token")
