"""A dossier as a package to download, by page and for programs alike."""

import tempfile
from uuid import UUID

from leuit.web import Request, Response, stream_answer
from leuit_archives.service.bags import MOST_BY_WEB, write_bag

from .asked import id_in


def download(request: Request) -> Response:
    """The package of a dossier."""
    return bag_answer(request, id_in(request, "dossier_id"))


def bag_answer(request: Request, dossier_id: UUID) -> Response:
    """The package, written to disk before anything is sent, so that a fault is told in words."""
    out = tempfile.TemporaryFile(prefix="leuit-bag-")  # noqa: SIM115 -- closed once it is sent
    try:
        name = write_bag(request.app, request.identity, dossier_id, out, most=MOST_BY_WEB)
    except BaseException:
        out.close()
        raise
    return stream_answer(out, name, "application/zip")
