"""Records of the demonstration: an archivist, dossiers with contents, and what waits on the desk.

The letters are invented. Those of a kind with an automatic rule are filed as they come; of the
others one has a proposal and one has none, so that both taps can be tried.
"""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.documents import render_pdf
from leuit.builtin.organisation import (
    CAST,
    assign,
    create_account,
    create_person,
    create_position,
    grant_role,
    set_password,
    unit_by_code,
)
from leuit.identity import DEFINITIF, SYSTEM, Account, Unit, UnitLink
from leuit.plugins import CommandContext, DemoAccount, DemoPlan
from leuit.values import ConflictError, RecordRef, _, format_date
from leuit.work import Leuit, Work, register_file, store_file

from .models import Record
from .service.records import RecordFileToTake, RecordToTake, take_record

TEMPLATE = Path(__file__).parent / "documents" / "demo_paper.typ"
PASSWORD = "padi-di-leuit"  # noqa: S105 -- of demonstration accounts, printed for everybody
NIP, NIK, NAME = "198905062014032018", "3602994605890018", "Rukmini Ciboleger"
UNIT, POST, ROLE = "DISPUSIP", "Arsiparis Ahli Muda", "archives.archivist"
TITLE = _("Arsiparis (Dispusip)")
SINCE = dt.date(2020, 1, 1)
MAKER = "DINKES"


@attrs.frozen
class _Paper:
    """A letter that was signed so many days ago."""

    kind: str
    title: str
    number: str
    days: int


PAPERS = (
    _Paper("Surat Tugas", "Pendampingan posyandu Kecamatan Bayah", "800.1.11.1/041/Dinkes", 12),
    _Paper("Surat Tugas", "Pemeriksaan air minum desa", "800.1.11.1/042/Dinkes", 9),
    _Paper("Surat Tugas", "Pelatihan kader imunisasi", "800.1.11.1/043/Dinkes", 3),
    _Paper("Surat Undangan", "Rapat pimpinan evaluasi triwulan", "000.1.5/017/Dinkes", 6),
    _Paper("Surat Dinas", "Permintaan data stok vaksin puskesmas", "400.7/128/Dinkes", 5),
)


def fill_records(context: CommandContext, _plan: DemoPlan) -> Iterable[DemoAccount]:
    """The archivist, then the letters; nothing where records are already."""
    _hire(context)
    app = context.app
    with app.read(SYSTEM) as view:
        done = view.session.execute(select(Record.id).limit(1)).first() is not None
        unit_id = view.session.scalars(select(Unit.id).where(Unit.code == MAKER)).one()
    if not done:
        for place, paper in enumerate(PAPERS, 1):
            _hand_over(app, unit_id, place, paper)
    return [DemoAccount(TITLE, NIP, PASSWORD)]


def _hire(context: CommandContext) -> None:
    with context.app.read(context.identity) as view:
        known = view.session.scalars(select(Account.id).where(Account.login == NIP)).first()
    if known is not None:
        return
    with context.app.change(context.identity) as work:
        account_id = _archivist(work)
    set_password(context.app, context.identity, account_id, PASSWORD)


def _archivist(work: Work) -> UUID:
    unit = unit_by_code(work, UNIT)
    if unit is None:
        raise ConflictError(_("Unit %(code)s tidak ada di data contoh."), code=UNIT)
    person = create_person(work, name=NAME, nip=NIP, nik=NIK)
    position = create_position(work, unit.id, POST)
    assign(work, person.id, position.id, DEFINITIF, SINCE)
    account = create_account(work, person.id)
    root = work.session.scalars(
        select(Unit).where(~select(UnitLink.id).where(UnitLink.unit_id == Unit.id).exists())
    ).one()
    grant_role(work, ROLE, root.id, account_id=account.id, valid_from=SINCE)
    return account.id


def _hand_over(app: Leuit, unit_id: UUID, place: int, paper: _Paper) -> None:
    with app.read(SYSTEM) as view:
        day, now = view.today - dt.timedelta(days=paper.days), view.now
    values = {
        "kind": paper.kind,
        "number": f"{paper.number}/{day.year}",
        "title": paper.title,
        "day": f"{CAST['head'].name}, {format_date(day)}",
        "remark": str(_("Dokumen contoh untuk peragaan; semua isinya karangan.")),
    }
    pdf = render_pdf(TEMPLATE, values, title=paper.title, now=now)
    file = store_file(app, pdf, "application/pdf", f"surat-contoh-{place}.pdf")
    ref = RecordRef("archives.demo_letter", str(place), paper.title)
    with app.change(SYSTEM) as work:
        taken = RecordToTake(
            key=f"archives.demo_letter:{place}",
            ref=ref,
            title=paper.title,
            files=(RecordFileToTake(register_file(work, file)),),
            date=day,
            unit_id=unit_id,
            signed=True,
            number=values["number"],
            secrecy="open",
            kind=paper.kind,
        )
        take_record(work, taken)
