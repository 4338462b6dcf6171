"""Full text on SQLite (FTS5) and PostgreSQL with the same answers.

Words are cut, stemmed and marked in Python, the same on both engines; an engine only keeps sets of
ready tokens. Who may see what is a condition in SQL that the owner of the documents gives, and that
every search, count and suggestion is put under.
"""

from .documents import Document
from .excerpts import Piece, excerpt, marked
from .finding import Found, Hit, count, find, suggestion
from .index import SearchIndex
from .query import MOST_QUERY, Query, parse
from .writing import erase, put, remove

__all__ = [
    "MOST_QUERY",
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
    "marked",
    "parse",
    "put",
    "remove",
    "suggestion",
]
