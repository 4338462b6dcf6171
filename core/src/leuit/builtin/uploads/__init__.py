"""Big files that are sent in pieces and go on after a cut, for every service alike.

A service declares by the hook `leuit_uploads` what such files are for. A file belongs to the
account that began it; once whole it is opened with `open_sent_file` and let go with `let_go`, which
frees its bytes. What nobody lets go is forgotten after some days.
"""

from leuit.plugins import Plugin
from leuit.values import _

from .ending import let_go
from .errors import GoneError, QuotaError
from .opening import open_sent_file
from .own import FileOnItsWay, keep_longer, own_file, own_files
from .sending import MOST_PIECE, add_piece, begin_file, keep_whole
from .settings import UploadSettings

plugin = Plugin(
    name="uploads",
    title=_("Kiriman berkas besar"),
    version="0.1.0",
    module="leuit.builtin.uploads",
    hooks="leuit.builtin.uploads.hooks",
    settings=UploadSettings,
    # Each piece moves the offset; beginning, end and dropping are what an auditor asks for.
    unaudited=("sent_file", "sent_piece"),
    namespace="core",
)

__all__ = [
    "MOST_PIECE",
    "FileOnItsWay",
    "GoneError",
    "QuotaError",
    "add_piece",
    "begin_file",
    "keep_longer",
    "keep_whole",
    "let_go",
    "open_sent_file",
    "own_file",
    "own_files",
    "plugin",
]
