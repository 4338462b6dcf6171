"""The search index: entries with their tokens, texts to show, and words to suggest."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from leuit.builtin.search import make_full_text

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes, and SQLite's full text."""
    op.create_table(
        "archives_search_entry",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("grade", sa.SmallInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("class_code", sa.String(length=40), nullable=False),
        sa.Column(
            "words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_search_entry")),
        sa.UniqueConstraint(
            "document_id", "kind", name=op.f("uq_archives_search_entry_document_id_kind")
        ),
    )
    op.create_index(
        "ix_archives_search_entry_words",
        "archives_search_entry",
        ["words"],
        unique=False,
        postgresql_using="gin",
        sqlite_where=sa.text("1 = 0"),
    )
    op.create_table(
        "archives_search_text",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archives_search_text")),
    )
    op.create_table(
        "archives_search_word",
        sa.Column("word", sa.String(length=40), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_archives_search_word")),
    )
    op.create_index(
        "ix_archives_search_word_length", "archives_search_word", ["length"], unique=False
    )
    make_full_text(op.get_bind(), "archives_search")
