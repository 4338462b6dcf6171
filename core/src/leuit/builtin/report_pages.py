"""The report of a file on its page: what would come of each row, by outcome, before it is stored.

The page carries the hash of the file, which lies in the store, and what was given beside it.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from leuit.builtin.organisation import MAX_BYTES, STATUSES, Report, RowReport
from leuit.values import LeuitError, NotFoundError, _
from leuit.web import PAGE_SIZE, FormPage, Listing, Request, page_number

MAX_REPORTED = MAX_BYTES + 64 * 1024
OUTCOMES: Mapping[str, str] = {status: status for status in STATUSES}
TONES: Mapping[str, str] = {"baru": "daun", "berubah": "nila", "sama": "abu", "ditolak": "bata"}
_HASH = re.compile(r"[0-9a-f]{64}")


def kept_file(request: Request, sha256: str) -> bytes:
    """A file that was sent before, out of the store; NotFoundError for what is no hash of one."""
    if not _HASH.fullmatch(sha256):
        raise NotFoundError(_("Berkas itu tidak ada."), advice=_("Kirim berkasnya lagi."))
    return request.app.blobs.get(sha256)


def report_parts(
    request: Request, report: Report, path: str, carried: Mapping[str, str]
) -> dict[str, Any]:
    """What the template of a report shows: refused rows first, of the outcome that was chosen."""
    chosen = request.query.get("status", "")
    rows = [row for row in report.rows if chosen in ("", row.status)]
    rows.sort(key=lambda row: (row.status != "ditolak", row.number == 0, row.number))
    start = (page_number(request) - 1) * PAGE_SIZE
    shown = [shown_row(row) for row in rows[start : start + PAGE_SIZE]]
    return {
        "report": report,
        "counts": shown_counts(report),
        "chosen": chosen,
        "carried": carried,
        "filters": {
            status: f"{path}?{urlencode({**carried, **({'status': status} if status else {})})}"
            for status in ("", *STATUSES)
        },
        "listing": Listing.of(request, shown, len(rows)),
        "action": path,
    }


def shown_row(row: RowReport, words: Mapping[str, str] = OUTCOMES) -> dict[str, Any]:
    """A row of a report for its template; a line that the file leaves out has no number."""
    faults = [fault.sentence() for fault in row.faults]
    return {
        "number": row.number or "–",
        "key": row.key,
        "label": row.label,
        "outcome": words[row.status],
        "tone": TONES[row.status],
        "sentences": faults or [str(change) for change in row.changes],
    }


def shown_counts(report: Report, words: Mapping[str, str] = OUTCOMES) -> list[tuple[str, int, str]]:
    """How many rows of each outcome: what none has is left out, but for refused ones."""
    return [
        (words[status], count, TONES[status])
        for status, count in report.counts.items()
        if count or status == "ditolak"
    ]


def refuse_file(form: FormPage, error: LeuitError, field: str = "") -> None:
    """Put an error beside the questions that it names, else at `field`; a 403 or 404 goes on."""
    if error.status not in (409, 413, 422):
        raise error
    faults = getattr(error, "fields", ())
    if not faults:
        form.errors[field] = str(error)
    names = {question.name for question in form.fields}
    for fault in faults:
        form.errors.setdefault(fault.path if fault.path in names else field, fault.sentence())
