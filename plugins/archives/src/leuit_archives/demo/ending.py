"""Old dossiers of the demonstration: due for transfer, for disposal, to be appraised, and held.

Everything in them is invented. The archivist of the demonstration keeps them as the records unit
would, holds one for a case, and may appraise the one whose rule is conditional.
"""

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.documents import render_pdf
from leuit.builtin.organisation import grant_role
from leuit.builtin.regulations import require_edition
from leuit.identity import SYSTEM, Account, Unit, UnitLink
from leuit.plugins import CommandContext, DemoAccount, DemoPlan
from leuit.values import RecordRef, _, format_date
from leuit.work import Leuit, Work, register_file, store_file
from leuit_archives.models import Dossier, Hold, HoldItem, Record, Retention
from leuit_archives.rules.lifecycle import INACTIVE
from leuit_archives.service import classification
from leuit_archives.service.dossiers import close_dossier, required_class
from leuit_archives.service.filing import ChosenRecord, file_records
from leuit_archives.service.holds import BEGUN, hold_ref
from leuit_archives.service.reckoning import RECKONED, reckon
from leuit_archives.service.record_access import dossier_ref
from leuit_archives.service.records import RecordFileToTake, RecordToTake, take_record

from .people import ARCHIVIST, SINCE
from .records import MAKER

TEMPLATE = Path(__file__).parent.parent / "documents" / "demo_paper.typ"
ROLES = ("archives.records_unit", "archives.legal", "archives.appraiser")
CASE = "12/Pdt.G/2026/PN Contoh"


@attrs.frozen
class _Old:
    """A dossier of a year long ago; `years` is how long before today it was closed."""

    code: str
    title: str
    years: int
    inactive: bool = False
    held: bool = False


OLD = (
    _Old("000.1.4", "Pemakaian ruang rapat", 3),
    _Old("000.2.1.2", "Laporan inventarisasi kantor", 4),
    _Old("000.2.2.2", "Laporan pemeliharaan kantor", 8, inactive=True),
    _Old("300.2.2.5", "Latihan siaga SAR", 9, inactive=True),
    _Old("000.1.2.3", "Perjalanan dinas pegawai", 10, inactive=True, held=True),
)


def fill_ending(context: CommandContext, _plan: DemoPlan) -> Iterable[DemoAccount]:
    """The old dossiers; nothing where the archive keeps any that is inactive."""
    app = context.app
    with app.read(SYSTEM) as view:
        inactive = select(Retention.dossier_id).where(Retention.state == INACTIVE).limit(1)
        done = view.session.execute(inactive).first() is not None
        unit_id = view.session.scalars(select(Unit.id).where(Unit.code == MAKER)).one()
    if not done:
        _give_roles(context)
        for place, old in enumerate(OLD, 1):
            _keep(app, unit_id, place, old)
    return []


def _give_roles(context: CommandContext) -> None:
    with context.app.change(context.identity) as work:
        account = work.session.scalars(
            select(Account.id).where(Account.login == ARCHIVIST.nip)
        ).one()
        root = work.session.scalars(
            select(Unit.id).where(~select(UnitLink.id).where(UnitLink.unit_id == Unit.id).exists())
        ).one()
        for role in ROLES:
            grant_role(work, role, root, account_id=account, valid_from=SINCE)


def _keep(app: Leuit, unit_id: UUID, place: int, old: _Old) -> None:
    with app.read(SYSTEM) as view:
        closed, now = view.today.replace(year=view.today.year - old.years, day=1), view.now
    opened = closed.replace(month=1)
    values = {
        "kind": "Laporan",
        "number": f"{old.code}/{place:03}/{closed.year}",
        "title": f"{old.title} {closed.year}",
        "day": format_date(closed),
        "remark": str(_("Dokumen contoh untuk peragaan; semua isinya karangan.")),
    }
    pdf = render_pdf(TEMPLATE, values, title=values["title"], now=now)
    file = store_file(app, pdf, "application/pdf", f"arsip-lama-{place}.pdf")
    with app.change(SYSTEM) as work:
        held = required_class(work, old.code)
        dossier = Dossier(
            unit_id=unit_id,
            class_code=held.code,
            class_title=held.title,
            year=opened.year,
            serial=1,
            title=values["title"],
            opened_on=opened,
            classification_edition=require_edition(work, classification.REGULATION, work.today).id,
        )
        work.session.add(dossier)
        work.session.flush()
        ref = RecordRef("archives.demo_old", str(place), values["title"])
        taken = take_record(
            work,
            RecordToTake(
                key=f"archives.demo_old:{place}",
                ref=ref,
                title=values["title"],
                files=(RecordFileToTake(register_file(work, file)),),
                date=closed,
                unit_id=unit_id,
                signed=True,
                number=values["number"],
                secrecy="open",
                code=old.code,
            ),
        )
        record = work.session.get_one(Record, UUID(taken.id))
        file_records(work, [ChosenRecord(record.id, record.version)], dossier.id)
        close_dossier(work, dossier.id, dossier.version, closed)
        if old.inactive:
            work.session.get_one(Retention, dossier.id).state = INACTIVE
            reckon(work, [dossier.id])
            work.audit(RECKONED, dossier_ref(dossier), changed=1)
        if old.held:
            _hold(work, dossier)


def _hold(work: Work, dossier: Dossier) -> None:
    hold = Hold(
        case_number=CASE,
        reason=str(_("Perkara contoh tentang biaya perjalanan.")),
        begun_on=work.today,
        begun_at=work.now,
    )
    work.session.add(hold)
    work.session.flush()
    work.session.add(HoldItem(hold_id=hold.id, dossier_id=dossier.id))
    work.audit(BEGUN, hold_ref(hold), reason=hold.reason, asks=None)
