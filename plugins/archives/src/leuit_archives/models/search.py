"""The index of everything that archives find, by kind and id of the document.

What is in it follows from letters and records; it can be made anew from them at any time.
"""

from leuit.builtin.search import SearchIndex

from .base import Base

INDEX = SearchIndex(Base.metadata, "archives_search")
