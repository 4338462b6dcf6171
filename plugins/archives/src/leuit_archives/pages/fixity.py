"""The page of checks on stored files: how far they are, and what is gone or changed."""

from typing import Any

from leuit.values import _, format_date, local_time
from leuit.web import Request, Response, page
from leuit_archives.models import FixityRun
from leuit_archives.service.fixity_findings import FAULT_WORDS, findings, standing

MOST_SHOWN = 100


def show(request: Request) -> Response:
    """Findings on files of what the reader may read, and the passes over all files."""
    zone = request.app.zone
    with request.read() as view:
        stands = standing(view)
        found = findings(view, MOST_SHOWN)
    return page(
        request,
        "archives/fixity.html",
        found=[(one, FAULT_WORDS[one.fault]) for one in found],
        facts=[
            (_("Pemeriksaan terakhir yang selesai"), _told(stands.whole, zone)),
            (_("Sedang berjalan"), _going(stands.latest)),
        ],
    )


def _told(run: FixityRun | None, zone: Any) -> Any:
    if run is None or run.finished_at is None:
        return _("Belum pernah")
    told = {"count": run.checked, "when": format_date(local_time(run.finished_at, zone))}
    return _("%(when)s, %(count)s berkas") % told


def _going(run: FixityRun | None) -> Any:
    if run is None or run.finished_at is not None:
        return "–"
    return _("%s berkas sudah dibaca") % run.checked
