"""Examples of regulations: editions in force are read by all, drafts by who works on them."""

import datetime as dt

from leuit.builtin.regulations.models import RegulationEdition
from leuit.builtin.regulations.register import ACTIVATE, DRAFT
from leuit.identity import SYSTEM
from leuit.storage import Blob
from leuit.values import RecordRef
from tests.system.access import ROOT, Example, Region

NO_KIND = "a form names a kind of regulation, which is checked before the regency's rights"


def examples(region: Region) -> dict[str, Example]:
    """One edition in force and one draft, of a kind that no active plugin knows."""
    ids = {}
    document = b"naskah contoh"
    sha256 = region.app.blobs.put(document)
    with region.app.change(SYSTEM) as work:
        work.session.add(
            Blob(
                sha256=sha256,
                size=len(document),
                media_type="application/pdf",
                name="contoh.pdf",
                stored_at=work.now,
            )
        )
        work.session.flush()
        for status in ("active", "draft"):
            row = RegulationEdition(
                kind="sample.table",
                title="Contoh",
                legal_basis="Perbup contoh",
                confidence="unverified",
                effective_from=dt.date(2026, 1, 1),
                body={},
                body_sha256="0" * 64,
                source_sha256=sha256,
                status=status,
                drafted_at=work.now,
                revisions=[],
            )
            work.session.add(row)
            work.session.flush()
            ids[status] = {"edition_id": row.id}
            ref = RecordRef("core.regulation", str(row.id), row.title)
            work.audit("core.regulation.drafted", ref)
    active, draft = ids["active"], ids["draft"]
    contents = {
        "title": "Contoh",
        "legal_basis": "Perbup contoh",
        "confidence": "unverified",
        "effective_from": "2026-01-01",
        "body": {},
    }
    step = {"version": 99}
    withdrawal = {"version": 99, "reason": "Contoh alasan"}
    pages, api = "/regulations", "/api/regulations/v1"
    one = "/{edition_id:uuid}"
    return {
        f"GET {pages}": Example(),
        f"GET {pages}/new": Example(unit=ROOT),
        f"POST {pages}/new": Example(form={}, unit=ROOT, shape_first=NO_KIND),
        f"GET {pages}{one}": Example(params=active),
        f"GET {pages}{one}/source": Example(params=draft, unit=ROOT, needs=DRAFT),
        f"GET {pages}{one}/edit": Example(params=draft, unit=ROOT),
        f"POST {pages}{one}/edit": Example(params=draft, form={}, unit=ROOT),
        f"POST {pages}{one}/propose": Example(params=draft, form={"version": "99"}, unit=ROOT),
        f"POST {pages}{one}/activate": Example(params=draft, form={"version": "99"}, unit=ROOT),
        f"POST {pages}{one}/withdraw": Example(
            params=draft, form={"version": "99", "reason": "Contoh"}, unit=ROOT, needs=ACTIVATE
        ),
        f"GET {api}/editions": Example(),
        f"POST {api}/editions": Example(json={"kind": "sample.table", **contents}, unit=ROOT),
        f"GET {api}/in-force": Example(query={"kind": "sample.table", "on": "2026-10-05"}),
        f"GET {api}/editions{one}": Example(params=active),
        f"PUT {api}/editions{one}": Example(
            params=draft, json={"version": 99, **contents}, unit=ROOT
        ),
        f"POST {api}/editions{one}/propose": Example(params=draft, json=step, unit=ROOT),
        f"POST {api}/editions{one}/activate": Example(params=draft, json=step, unit=ROOT),
        f"POST {api}/editions{one}/withdraw": Example(
            params=draft, json=withdrawal, unit=ROOT, needs=ACTIVATE
        ),
    }
