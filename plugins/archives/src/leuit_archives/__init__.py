"""Records and archives (kearsipan dinamis): classified, kept, found, and lawfully ended."""

from .declaration import plugin

__all__ = ["plugin"]
