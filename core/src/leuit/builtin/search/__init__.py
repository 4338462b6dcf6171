"""Full text on SQLite (FTS5) and PostgreSQL with the same answers.

Words are cut, stemmed and marked in Python, the same on both engines; an engine only keeps sets of
ready tokens. Who may see what is a condition in SQL that the owner of the documents gives, and that
every search, count and suggestion is put under. An owner whose questions need more of a row than an
entry has keeps `FullText` over a table of its own (ADR 0011).
"""

from .documents import MOST_TEXT, Document
from .engines import (
    add_rows,
    drop_rows,
    full_text_first,
    matched_by,
    stored_tokens,
    token_query,
)
from .excerpts import Piece, excerpt, marked
from .finding import COUNTED, Found, Hit, count, find, suggestion
from .index import FullText, SearchIndex, make_full_text
from .query import MOST_QUERY, Query, Token, parse
from .words import TITLE, plain, tokens_of, vocabulary_of
from .writing import count_words, erase, put, remove

__all__ = [
    "COUNTED",
    "MOST_QUERY",
    "MOST_TEXT",
    "TITLE",
    "Document",
    "Found",
    "FullText",
    "Hit",
    "Piece",
    "Query",
    "SearchIndex",
    "Token",
    "add_rows",
    "count",
    "count_words",
    "drop_rows",
    "erase",
    "excerpt",
    "find",
    "full_text_first",
    "make_full_text",
    "marked",
    "matched_by",
    "parse",
    "plain",
    "put",
    "remove",
    "stored_tokens",
    "suggestion",
    "token_query",
    "tokens_of",
    "vocabulary_of",
]
