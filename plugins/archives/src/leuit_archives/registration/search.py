"""The search: its page, its jobs, and the command that makes the index anew.

Kinds of documents plug in here, see `service.search_sources`.
"""

from leuit.plugins import SIGNED_IN, Command, MenuItem, Route
from leuit.values import _
from leuit.work import JobKind, Schedule
from leuit_archives.cli import search as commands
from leuit_archives.pages.search import show_search
from leuit_archives.service import search_indexing as indexing
from leuit_archives.service.letter_source import LETTERS
from leuit_archives.service.record_source import RECORDS
from leuit_archives.service.search_sources import SOURCES

SOURCES += [LETTERS, RECORDS]

ROUTES: list[Route] = [Route("/search", show_search, SIGNED_IN, name="search")]
MENU: list[MenuItem] = [
    MenuItem("search", _("Cari arsip"), "search", "/archives/search", SIGNED_IN, order=61)
]
COMMANDS: list[Command] = [
    Command(("archives", "search", "rebuild"), commands.rebuild, writes=True)
]
JOBS: list[JobKind | Schedule] = [
    JobKind(indexing.ONE, indexing.index_one, title=_("Mengindeks satu arsip")),
    JobKind(indexing.MANY, indexing.index_many, title=_("Mengindeks beberapa arsip")),
    JobKind(indexing.REBUILD, indexing.rebuild, title=_("Menyusun ulang indeks pencarian")),
    JobKind(indexing.ERASE, indexing.erase_removed, title=_("Menghapus sisa kata dari indeks")),
]
