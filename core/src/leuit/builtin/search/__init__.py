"""Full text on SQLite (FTS5) and PostgreSQL with the same answers.

Words are cut, stemmed and marked in Python, the same on both engines; an engine only keeps sets of
ready tokens. Who may see what is a condition in SQL that the owner of the documents gives, and that
every search, count and suggestion is put under.
"""

from .documents import MOST_TEXT, Document
from .excerpts import Piece, excerpt, marked
from .finding import COUNTED, Found, Hit, count, find, suggestion
from .index import SearchIndex, make_full_text
from .query import MOST_QUERY, Query, parse
from .writing import erase, put, remove

__all__ = [
    "COUNTED",
    "MOST_QUERY",
    "MOST_TEXT",
    "Document",
    "Found",
    "Hit",
    "Piece",
    "Query",
    "SearchIndex",
    "count",
    "erase",
    "excerpt",
    "find",
    "make_full_text",
    "marked",
    "parse",
    "put",
    "remove",
    "suggestion",
]
