"""Examples of the lawful end: a hold, a transfer and a disposal of DIN.A, in each case an old one.

What changes them names a version of long ago: the matrix asks who is let in, not what comes of it.
"""

import datetime as dt
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import SYSTEM, Person
from leuit.values import RecordRef
from leuit.work import Leuit, register_file, store_file
from leuit_archives.models import (
    NO_EDITION,
    Disposal,
    DisposalItem,
    DisposalPaper,
    Dossier,
    DossierRule,
    Hold,
    HoldItem,
    MinutesRound,
    Retention,
    RetentionEvent,
    Transfer,
    TransferItem,
)
from leuit_archives.rules.lifecycle import APPROVED, PROPOSED
from tests.system.access import MINE, Example, Region

PDF = b"%PDF-1.7\n%invented evidence\n"
STALE = 99


@attrs.frozen
class Ended:
    """What the lawful end has to show."""

    dossier: UUID
    event: UUID
    hold: UUID
    transfer: UUID
    disposal: UUID


def ended(app: Leuit, unit_id: UUID, edition_id: UUID, state: str = PROPOSED) -> Ended:
    """An inactive dossier with an event, under a hold, on a transfer and on a disposal."""
    file = store_file(app, PDF, "application/pdf", "bukti.pdf")
    day = dt.date(2012, 5, 17)
    with app.change(SYSTEM) as work:
        person = work.session.scalars(select(Person.id).order_by(Person.id).limit(1)).one()
        sha256 = register_file(work, file)
        dossier, due, ending = (
            Dossier(
                unit_id=unit_id,
                class_code="000.1.3",
                class_title="Rapat",
                year=2010,
                serial=serial,
                title=f"Rapat koordinasi {topic} 2010",
                opened_on=dt.date(2010, 1, 4),
                closed_on=day,
                classification_edition=edition_id,
            )
            for serial, topic in ((900, "kecamatan"), (901, "puskesmas"), (902, "sekolah"))
        )
        hold = Hold(
            case_number="12/Pdt.G/2026",
            reason="Perkara berjalan",
            begun_on=work.today,
            begun_at=work.now,
        )
        transfer = Transfer(unit_id=unit_id, prepared_at=work.now)
        disposal = Disposal(
            year=2026,
            serial=900,
            kind="destroy",
            unit_id=unit_id,
            state=state,
            authority="head",
            count=1,
            longest=5,
            list_sha256="0" * 64,
            reason="Retensi habis",
            proposed_by=person,
            proposed_at=work.now,
        )
        work.session.add_all([dossier, due, ending, hold, transfer, disposal])
        work.session.flush()
        event = RetentionEvent(
            dossier_id=dossier.id,
            kind="kegiatan_selesai",
            happened_on=day,
            evidence="Laporan akhir",
            evidence_sha256=sha256,
            recorded_at=work.now,
        )
        work.session.add_all(
            [
                event,
                Retention(
                    dossier_id=dossier.id,
                    state="to_destroy",
                    final_action="musnah",
                    ends_on=dt.date(2017, 5, 17),
                    years=5,
                ),
                DossierRule(
                    dossier_id=dossier.id,
                    class_code="000.1.3",
                    edition=NO_EDITION,
                    active_years=2,
                    inactive_years=3,
                    final_action="musnah",
                    raw_active="2 Tahun",
                    raw_inactive="3 Tahun",
                    raw_final_action="Musnah",
                ),
                Retention(
                    dossier_id=due.id,
                    state="active",
                    next_step="transfer",
                    due_on=dt.date(2014, 5, 17),
                    final_action="musnah",
                    years=5,
                ),
                Retention(
                    dossier_id=ending.id,
                    state="inactive",
                    next_step="destroy",
                    due_on=dt.date(2017, 5, 17),
                    ends_on=dt.date(2017, 5, 17),
                    final_action="musnah",
                    years=5,
                    unverified=True,
                ),
                HoldItem(hold_id=hold.id, dossier_id=dossier.id),
                MinutesRound(
                    transfer_id=transfer.id,
                    state="unused",
                    number="BA-1/2026",
                    dated=day,
                    note="Berkas 000.1.3/900/2010 belum waktunya dipindahkan.",
                    signed_sha256=sha256,
                    asked_by=person,
                    asked_at=work.now,
                ),
                DisposalPaper(
                    disposal_id=disposal.id,
                    step="committee",
                    number="SK-1/2026",
                    dated=day,
                    sha256=sha256,
                    recorded_by=person,
                    recorded_at=work.now,
                ),
                TransferItem(transfer_id=transfer.id, place=1, dossier_id=dossier.id),
                DisposalItem(
                    disposal_id=disposal.id,
                    place=1,
                    dossier_id=dossier.id,
                    number="000.1.3/900/2010",
                    title=dossier.title,
                    class_code="000.1.3",
                    records=0,
                    years=5,
                    due_on=dt.date(2017, 5, 17),
                    editions=[],
                ),
            ]
        )
        work.session.flush()
        work.audit("archives.disposal.proposed", RecordRef("archives.disposal", str(disposal.id)))
        return Ended(dossier.id, event.id, hold.id, transfer.id, disposal.id)


def examples(region: Region) -> dict[str, Example]:
    """Pages alone; those who may change a thing are refused at its stale version."""
    # Not proposed any more, so that who is no member of its committee hears of that first.
    found = ended(region.app, region.unit, region.unit, APPROVED)
    dossier = {"dossier_id": found.dossier}
    hold, transfer = {"hold_id": found.hold}, {"transfer_id": found.transfer}
    disposal = {"disposal_id": found.disposal}
    shelf, one = "/archives/dossiers/{dossier_id}", "/archives/disposals/{disposal_id}"
    held, moved = "/archives/holds/{hold_id}", "/archives/transfers/{transfer_id}"
    made: dict[str, Example] = {
        "GET /archives/desk": Example(),
        f"GET {shelf}/retention": Example(params=dossier, unit=MINE),
        f"GET {shelf}/events": Example(params=dossier, unit=MINE),
        f"POST {shelf}/events": Example(params=dossier, form={"kind": ""}, unit=MINE),
        f"GET {shelf}/events/{{event_id}}/file": Example(
            params=dossier | {"event_id": found.event}, unit=MINE
        ),
        f"GET {shelf}/vital": Example(params=dossier, unit=MINE),
        f"POST {shelf}/vital": Example(params=dossier, form={"reason": ""}, unit=MINE),
        f"GET {shelf}/take-back": Example(params=dossier, unit=MINE),
        f"POST {shelf}/take-back": Example(params=dossier, form={"reason": ""}, unit=MINE),
        f"POST {shelf}/reapply": Example(params=dossier, form={}, unit=MINE),
        "GET /archives/holds": Example(),
        "GET /archives/holds/new": Example(),
        "POST /archives/holds/new": Example(form={"case_number": ""}),
        f"GET {held}": Example(params=hold, unit=MINE),
        f"GET {held}/end": Example(params=hold, unit=MINE),
        f"POST {held}/end": Example(params=hold, form={"reason": ""}, unit=MINE),
        "GET /archives/transfers": Example(),
        "GET /archives/transfers/new": Example(),
        "POST /archives/transfers/new": Example(form={"unit": str(region.unit)}, unit=MINE),
        f"GET {moved}": Example(params=transfer, unit=MINE),
        f"GET {moved}/minutes.pdf": Example(params=transfer, unit=MINE),
        f"GET {moved}/signed": Example(params=transfer, unit=MINE),
        f"POST {moved}/esign/drop": Example(params=transfer, form={}, unit=MINE),
        f"GET {one}/papers/{{step}}": Example(params=disposal | {"step": "committee"}, unit=MINE),
        f"POST {one}/esign/drop": Example(params=disposal, form={}, unit=MINE),
        "GET /archives/disposals": Example(),
        "GET /archives/disposals/new": Example(),
        "POST /archives/disposals/new": Example(
            form={"unit": str(region.unit)}, unit=MINE, person=True
        ),
        f"GET {one}": Example(params=disposal, unit=MINE),
        f"GET {one}/paper.pdf": Example(params=disposal, unit=MINE),
    }
    for path, params, ends in (
        (moved, transfer, ("sign", "esign", "call-off")),
        (one, disposal, ("committee", "opinions", "step", "esign", "execute", "undo")),
    ):
        for end in ends:
            made[f"GET {path}/{end}"] = Example(params=params, unit=MINE)
            made[f"POST {path}/{end}"] = Example(params=params, form={"number": ""}, unit=MINE)
    return made
