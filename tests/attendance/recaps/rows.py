"""A version of a recap document without making it, for tests that only need one to be there."""

import datetime as dt
from typing import Any
from uuid import UUID

from leuit.identity import SYSTEM
from leuit.values import RecordRef
from leuit.work import Leuit, register_file, store_file
from leuit_attendance.models import RecapDocument


def put_document(app: Leuit, unit_id: UUID, month: dt.date, **options: Any) -> UUID:
    """Store a version of a unit's month; `options` are columns. Returns its id."""
    file = store_file(app, b"%PDF-1.7 contoh", "application/pdf", "rekap.pdf")
    with app.change(SYSTEM) as work:
        sha256 = register_file(work, file)
        row = RecapDocument(
            unit_id=unit_id,
            month=month,
            content_sha256="0" * 64,
            sha256=sha256,
            people=5,
            made_at=work.now,
            signer="Kepala Contoh",
            place={"page": 0, "left": 0, "bottom": 0, "right": 1, "top": 1},
            **{"number": 1, "signed_sha256": sha256, **options},
        )
        work.session.add(row)
        work.session.flush()
        work.audit("attendance.recap.made", RecordRef("attendance.recap", str(row.id)))
        return row.id
