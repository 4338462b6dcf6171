"""Examples of records: one of DIN.A that waits, one that lies in a dossier, both read by its unit.

What changes them names a version of long ago: the matrix asks who is let in, not what comes of it.
"""

import datetime as dt
from uuid import UUID

import attrs

from leuit.builtin.regulations import Draft, seed_edition
from leuit.contracts import ArchiveRequest
from leuit.identity import SYSTEM
from leuit.values import RecordRef
from leuit.work import Leuit, register_file, store_file
from leuit_archives.models import Record
from leuit_archives.rules.filing import FilingRule, FilingRules
from leuit_archives.service.automatic import REGULATION
from leuit_archives.service.records import archive_record
from tests.archives.keepers import SINCE
from tests.system.access import MINE, Example, Region

PDF = b"%PDF-1.7\n%an invented letter\n"
STALE = 99
TITLES = {"uji.surat": "Surat perjalanan dinas", "uji.nota": "Nota dinas"}


@attrs.frozen
class Handed:
    """A record that waits, one that is filed, and its dossier."""

    waiting: UUID
    filed: UUID
    dossier: UUID


def rules_in_force(app: Leuit) -> None:
    """Notes are filed as they come, letters are proposed."""
    rules = (
        FilingRule("uji.nota", "000.1.2", "Nota {tahun}", automatic=True),
        FilingRule("uji.surat", "000.1.2", "Perjalanan {tahun}"),
    )
    body = attrs.asdict(FilingRules(rules))
    draft = Draft("Contoh", "Perbup contoh", "unverified", SINCE, body, "Data contoh")
    with app.change(SYSTEM) as work:
        seed_edition(work, REGULATION, draft)


def hand_over(app: Leuit, unit_id: UUID, day: dt.date, source: str, key: str = "1") -> UUID:
    """A record of a unit out of a service; returns the archive's."""
    file = store_file(app, PDF, "application/pdf", "surat.pdf")
    title = TITLES[source]
    with app.change(SYSTEM) as work:
        request = ArchiveRequest(
            key=f"{source}:{key}",
            ref=RecordRef(source, key, title),
            title=title,
            sha256=register_file(work, file),
            date=day,
            unit_id=unit_id,
            signed=True,
            number="000.1.2/7/2026",
        )
        return UUID(archive_record(work, request).id)


def handed(app: Leuit, unit_id: UUID, day: dt.date) -> Handed:
    """Records of a unit out of two services, of which a rule files one; codes are in force."""
    rules_in_force(app)
    waiting, filed = (hand_over(app, unit_id, day, source) for source in TITLES)
    with app.read(SYSTEM) as view:
        dossier = view.session.get_one(Record, filed).dossier_id
    assert dossier is not None
    return Handed(waiting, filed, dossier)


def examples(region: Region) -> dict[str, Example]:
    """Pages and JSON; the classification is in force already."""
    with region.app.read(SYSTEM) as view:
        day = view.today
    found = handed(region.app, region.unit, day)
    chosen = f"{found.waiting}:{STALE}"
    record, dossier = {"record_id": found.filed}, {"dossier_id": found.dossier}
    file = record | {"place": 1}
    stale = {"version": STALE, "reason": "Uji"}
    one, shelf = "/archives/records/{record_id}", "/archives/dossiers/{dossier_id}"
    api = "/api/archives/v1"
    return {
        "GET /archives/records": Example(),
        "POST /archives/records/file": Example(form={"record": chosen}, unit=MINE),
        "GET /archives/records/place": Example(query={"record": chosen}, unit=MINE),
        "POST /archives/records/place": Example(
            form={"record": chosen, "target": "baru:000.1.3:Rapat"}, unit=MINE
        ),
        f"GET {one}": Example(params=record, unit=MINE),
        f"GET {one}/files/{{place}}": Example(params=file, unit=MINE),
        f"GET {one}/correct": Example(params=record, unit=MINE),
        f"POST {one}/correct": Example(params=record, form={"title": ""}, unit=MINE),
        "GET /archives/dossiers": Example(),
        f"GET {shelf}": Example(params=dossier, unit=MINE),
        f"GET {shelf}/close": Example(params=dossier, unit=MINE),
        f"POST {shelf}/close": Example(params=dossier, form={"on": ""}, unit=MINE),
        f"GET {shelf}/reopen": Example(params=dossier, unit=MINE),
        f"POST {shelf}/reopen": Example(params=dossier, form={"reason": ""}, unit=MINE),
        f"GET {api}/records": Example(),
        f"POST {api}/records/file": Example(
            json={
                "records": [{"id": str(found.waiting), "version": STALE}],
                "code": "000.1.3",
                "title": "Rapat",
            },
            unit=MINE,
        ),
        f"GET {api}/records/{{record_id:uuid}}": Example(params=record, unit=MINE),
        f"GET {api}/records/{{record_id:uuid}}/files/{{place:int}}": Example(
            params=file, unit=MINE
        ),
        f"POST {api}/records/{{record_id:uuid}}/correct": Example(
            params=record, json=stale, unit=MINE
        ),
        f"GET {api}/dossiers": Example(),
        f"GET {api}/dossiers/{{dossier_id:uuid}}": Example(params=dossier, unit=MINE),
        f"GET {api}/dossiers/{{dossier_id:uuid}}/records": Example(params=dossier, unit=MINE),
        f"POST {api}/dossiers/{{dossier_id:uuid}}/close": Example(
            params=dossier, json={"version": STALE, "on": day.isoformat()}, unit=MINE
        ),
        f"POST {api}/dossiers/{{dossier_id:uuid}}/reopen": Example(
            params=dossier, json=stale, unit=MINE
        ),
    }
