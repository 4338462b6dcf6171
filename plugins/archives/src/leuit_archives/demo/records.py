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
from leuit.builtin.organisation import CAST
from leuit.identity import SYSTEM, Unit
from leuit.plugins import CommandContext, DemoAccount, DemoPlan
from leuit.values import RecordRef, _, format_date
from leuit.work import Leuit, register_file, store_file
from leuit_archives.models import Record
from leuit_archives.service.records import RecordFileToTake, RecordToTake, take_record

from .people import ARCHIVIST, hired

TEMPLATE = Path(__file__).parent.parent / "documents" / "demo_paper.typ"
MAKER = "DINKES"
KIND = "archives.demo_letter"


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
    hired(context, ARCHIVIST)
    app = context.app
    with app.read(SYSTEM) as view:
        done = view.session.scalars(select(Record.id).where(Record.ref_kind == KIND)).first()
        unit_id = view.session.scalars(select(Unit.id).where(Unit.code == MAKER)).one()
    if done is None:
        for place, paper in enumerate(PAPERS, 1):
            _hand_over(app, unit_id, place, paper)
    return [ARCHIVIST.account]


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
    ref = RecordRef(KIND, str(place), paper.title)
    with app.change(SYSTEM) as work:
        taken = RecordToTake(
            key=f"{KIND}:{place}",
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
