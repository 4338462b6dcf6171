"""The tables of an index, in the metadata of the plugin that owns it.

`entry` has a row a document with its ready tokens; its id begins with the day, so that the order of
ids is that of days, and a page goes on from an id. `text` holds what is shown of it. `word` counts
in how many documents of low secrecy a word stands: suggestions are made of nothing else.
SQLite's full text is a table `…_fts` beside them, which migrations make by `make_full_text`.
"""

from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

from .documents import CODE, KIND

VOCABULARY_GRADE = 2
"""The highest grade of documents whose words may be suggested."""


class FullText(Protocol):
    """What full text needs of its owner: `entry` has `id` and `words`, which only PostgreSQL reads;
    `word` counts the vocabulary; `full_text` is the name of SQLite's table.
    """

    @property
    def full_text(self) -> str: ...

    @property
    def entry(self) -> Table: ...

    @property
    def word(self) -> Table: ...


class SearchIndex:
    """An index called `name`, such as `archives_search`; each of its tables begins so."""

    def __init__(self, metadata: MetaData, name: str) -> None:
        self.name = name
        self.full_text = f"{name}_fts"
        words: Any = Text().with_variant(TSVECTOR(), "postgresql")
        self.entry = Table(
            f"{name}_entry",
            metadata,
            Column("id", BigInteger, primary_key=True, autoincrement=False),
            Column("kind", String(KIND), nullable=False),
            Column("document_id", Uuid[UUID](), nullable=False),
            Column("unit_id", Uuid[UUID](), nullable=False),
            Column("grade", SmallInteger, nullable=False),
            Column("day", Date, nullable=False),
            Column("class_code", String(CODE), nullable=False),
            Column("words", words, nullable=False),
            # An index that begins with the kind would be taken instead of that of words.
            UniqueConstraint("document_id", "kind"),
            # SQLite has its full text elsewhere: there this index holds nothing.
            Index(
                f"ix_{name}_entry_words",
                "words",
                postgresql_using="gin",
                sqlite_where=text("1 = 0"),
            ),
        )
        self.text = Table(
            f"{name}_text",
            metadata,
            Column("id", BigInteger, primary_key=True, autoincrement=False),
            Column("text", Text, nullable=False),
        )
        self.word = Table(
            f"{name}_word",
            metadata,
            Column("word", String(40), primary_key=True),
            Column("length", Integer, nullable=False),
            Column("documents", Integer, nullable=False),
            Index(f"ix_{name}_word_length", "length"),
        )

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of all tables: their rows follow from others, and are not audited again."""
        return (self.entry.name, self.text.name, self.word.name, self.full_text)


def make_full_text(bind: Any, name: str, *, content: str = "") -> None:
    """For a migration, after the tables: SQLite's full text over the tokens of the entries, or over
    `words` of the table `content`.

    Tokens are cut by us: its own tokenizer only parts at blanks. Neither places nor counts are
    kept, as nothing asks for them.
    """
    if bind.dialect.name == "sqlite":
        source = content or f"{name}_entry"
        bind.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {name}_fts USING fts5(words, content='{source}',"
            " content_rowid='id', tokenize='ascii', detail=none, columnsize=0)"
        )
